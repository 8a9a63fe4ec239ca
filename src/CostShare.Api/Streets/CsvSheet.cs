using CsvHelper;

namespace CostShare.Api.Streets;

/// <summary>Writes a table as csv: UTF-8 with a byte order mark, as RFC 4180 has it, and harmless to whoever opens it in a spreadsheet.</summary>
internal static class CsvSheet
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/csv";

    // What a spreadsheet takes for the beginning of a formula, wide letters included; it also passes over what only moves the cursor.
    private const string BeginsFormula = "=+-@＝＋－＠\t\r\n";

    /// <summary>The bytes of a table.</summary>
    public static byte[] Write(Sheet sheet)
    {
        using var bytes = new MemoryStream();
        // What is no text is written as it is, so that a number below 0 stays one; of texts the program sees to it itself.
        using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true, Injection = CsvInjection.None }, leaveOpen: true))
        {
            csv.WriteHeader([.. sheet.Columns.Select(column => column.Heading)]);
            foreach (IReadOnlyList<string> row in sheet.Rows)
            {
                csv.WriteRecord([.. row.Select((cell, i) => sheet.Columns[i].Form == SheetForm.Text ? Harmless(cell) : cell)]);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A text with an apostrophe before what a spreadsheet would carry out as a formula.</summary>
    internal static string Harmless(string text) => IsFormula(text) ? $"'{text}" : text;

    /// <summary>Whether a spreadsheet would take a text for a formula.</summary>
    internal static bool IsFormula(string text) => text.Length > 0 && BeginsFormula.Contains(text[0], StringComparison.Ordinal);
}
