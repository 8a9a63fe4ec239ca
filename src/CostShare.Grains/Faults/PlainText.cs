using System.Globalization;
using System.Text;

namespace CostShare.Grains.Faults;

/// <summary>Texts that people read and compare: neither empty nor endless, and nothing in them that hides or reorders what is shown.</summary>
public static class PlainText
{
    /// <summary>The longest id, in characters.</summary>
    public const int LongestId = 64;

    /// <summary>Notes the first thing that is wrong with a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shortest">The fewest characters, counted as Unicode code points.</param>
    /// <param name="longest">The most characters.</param>
    /// <param name="place">Where the text stands.</param>
    /// <param name="faults">Receives the fault.</param>
    /// <returns>Whether nothing is wrong.</returns>
    public static bool Check(string text, int shortest, int longest, Func<Place> place, FaultList faults)
    {
        if (FirstHidden(text) is string character)
        {
            faults.Add(FaultCode.TextCharacter, place(), ("character", character));
            return false;
        }
        int length = text.EnumerateRunes().Count();
        if (length >= shortest && length <= longest) { return true; }
        faults.Add(FaultCode.TextLength, place(), ("minimum", shortest), ("maximum", longest), ("length", length));
        return false;
    }

    /// <summary>Returns an id that keeps the rule of ids: 1 to <see cref="LongestId"/> characters, none of them hidden.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="ArgumentException">It breaks the rule.</exception>
    public static string Id(string id) => id.Length > 0 && id.EnumerateRunes().Count() <= LongestId && FirstHidden(id) is null
        ? id
        : throw new ArgumentException("Not an id.", nameof(id));

    /// <summary>A text as people mean it where they copy it from paper: without blanks, with narrow letters for wide ones, in capitals.</summary>
    /// <param name="text">The text.</param>
    public static string Key(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character))
        .Select(character => char.ToUpperInvariant(character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - '\uFF01' + '!') : character)));

    private static string? FirstHidden(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Controls, and what is written without being seen: marks and overrides of direction, joiners, line separators.
            bool hidden = Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                // Variation selectors, and letters and signs without ink: Hangul fillers, the blank of Braille.
                || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;
            if (hidden) { return $"U+{rune.Value:X4}"; }
        }
        return null;
    }
}
