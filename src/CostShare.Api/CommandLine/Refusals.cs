using System.Globalization;
using System.Text;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;

namespace CostShare.Api.CommandLine;

/// <summary>Why a command is refused, each reason a line of its own: where, code, sentence.</summary>
internal sealed class Refusals
{
    private readonly List<string> _lines = [];

    /// <summary>How many reasons there are, including those past what is listed.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a fault.</summary>
    /// <param name="where">The file and the place in it.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="language">The language of its sentence.</param>
    public void Add(string where, Fault fault, Language language) => Add(where, fault.Code, FaultTexts.Sentence(fault, language));

    /// <summary>Adds a fault with a sentence of its own.</summary>
    /// <param name="where">The file and the place in it.</param>
    /// <param name="code">The code that says what kind of fault it is.</param>
    /// <param name="sentence">The sentence.</param>
    public void Add(string where, FaultCode code, string sentence)
    {
        Count++;
        if (_lines.Count < FaultList.Most) { _lines.Add($"{where}: {WireNames.Of(code)}: {sentence}"); }
    }

    /// <summary>Counts faults that were found and are not listed.</summary>
    public void AddUnlisted(int count) => Count += count;

    /// <summary>Writes every line, and how many more there are.</summary>
    public void Write(TextWriter error, Language language)
    {
        foreach (string line in _lines) { error.WriteLine(Visible(line)); }
        if (Count > _lines.Count)
        {
            error.WriteLine(language.Choose(
                string.Create(CultureInfo.InvariantCulture, $"共有 {Count} 处错误，这里只列出前 {_lines.Count} 处。"),
                string.Create(CultureInfo.InvariantCulture, $"{Count} faults were found; the first {_lines.Count} are listed.")));
        }
    }

    /// <summary>A text in which nothing hides, reorders or colours what is shown: files may hold anything, and a terminal obeys it.</summary>
    public static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool hidden = Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            visible.Append(hidden ? Rune.ReplacementChar.ToString() : rune.ToString());
        }
        return visible.ToString();
    }
}
