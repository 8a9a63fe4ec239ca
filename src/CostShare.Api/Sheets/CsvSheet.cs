using System.Text;
using CsvHelper;

namespace CostShare.Api.Sheets;

/// <summary>Writes a table as csv: UTF-8 with a byte order mark, as RFC 4180 has it, and harmless to whoever opens it in a spreadsheet.</summary>
internal static class CsvSheet
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/csv";

    // What a spreadsheet takes for the beginning of a formula, wide letters included; it also passes over what only moves the cursor.
    private const string BeginsFormula = "=+-@＝＋－＠\t\r\n";

    // Behind these a spreadsheet of another country, or one that was told so, begins a new cell; quotes may stand between.
    private const string Separators = ";,\t\r\n";

    /// <summary>The bytes of a table. Texts stand in quotes, numbers do not.</summary>
    public static byte[] Write(Sheet sheet)
    {
        using var bytes = new MemoryStream();
        // What is no text is written as it is, so that a number below 0 stays one; of texts the program sees to it itself.
        using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true, Injection = CsvInjection.None }, leaveOpen: true))
        {
            foreach (SheetColumn column in sheet.Columns) { csv.WriteField(Harmless(column.Heading), CsvQuoting.Always); }
            csv.EndRecord();
            foreach (IReadOnlyList<string> row in sheet.Rows)
            {
                for (int i = 0; i < row.Count; i++)
                {
                    bool isText = sheet.Columns[i].Form == SheetForm.Text && row[i].Length > 0;
                    csv.WriteField(isText ? Harmless(row[i]) : row[i], isText ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
                }
                csv.EndRecord();
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A text with an apostrophe before what a spreadsheet would carry out as a formula, also where it splits the text at a separator that is not ours.</summary>
    internal static string Harmless(string text)
    {
        var harmless = new StringBuilder(text.Length + 1);
        bool isBeginning = true;
        foreach (char character in text)
        {
            if (isBeginning && BeginsFormula.Contains(character, StringComparison.Ordinal)) { harmless.Append('\''); }
            harmless.Append(character);
            isBeginning = Separators.Contains(character, StringComparison.Ordinal) || (isBeginning && character == '"');
        }
        return harmless.ToString();
    }

    /// <summary>Whether a spreadsheet would take a text for a formula.</summary>
    internal static bool IsFormula(string text) => text.Length > 0 && BeginsFormula.Contains(text[0], StringComparison.Ordinal);
}
