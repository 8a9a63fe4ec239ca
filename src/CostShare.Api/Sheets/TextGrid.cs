using System.Buffers;
using System.Text;
using CostShare.Grains.Faults;

namespace CostShare.Api.Sheets;

/// <summary>Reads a text as a sheet: what a spreadsheet copies (tabs), what it saves (CSV), and what people type (blanks).</summary>
/// <remarks>
/// The strict tables in CSV are read elsewhere. Here no more is kept than a sheet may have, however long a line is, and quotes that do not match are letters.
/// </remarks>
internal static class TextGrid
{
    private const char ByteOrderMark = '\uFEFF', Blank = ' ';

    // How far it is looked for what stands between the columns.
    private const int Sample = 20_000;

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    /// <summary>The text of bytes, and the name of its encoding; null after telling that they are none.</summary>
    public static (string Text, string Encoding)? Decode(ReadOnlySpan<byte> bytes, FaultList faults)
    {
        foreach ((Encoding encoding, string name) in Candidates(bytes))
        {
            try
            {
                string text = encoding.GetString(bytes).TrimStart(ByteOrderMark);
                if (IsText(text)) { return (text, name); }
            }
            catch (DecoderFallbackException)
            {
                // Another encoding, then.
            }
        }
        faults.Add(FaultCode.SheetNotText, Place.Root);
        return null;
    }

    /// <summary>The rows of a text; null after telling that there are too many.</summary>
    public static SheetGrid? Read(string text, FaultList faults)
    {
        char separator = SeparatorOf(text);
        var rows = new List<GridRow>();
        var cells = new List<GridCell?>();
        int line = 1, start = 1, filled = 0, column = 0;
        bool hasMore = false;
        for (int at = 0; at <= text.Length; column++)
        {
            if (column == 0) { start = line; }
            string cell = Next(text, separator, ref at, ref line).Trim();
            if (cell.Length > 0)
            {
                if (column >= SheetGrid.MostColumns) { hasMore = true; }
                else
                {
                    while (cells.Count < column) { cells.Add(null); }
                    cells.Add(new GridCell(CellContent.Text, SheetGrid.Cut(cell)));
                    filled++;
                }
            }
            bool isLast = at >= text.Length, isEnd = isLast || text[at] is '\r' or '\n';
            if (isEnd)
            {
                if (cells.Count > 0) { rows.Add(new GridRow(start, [.. cells]) { LastLine = line }); }
                cells.Clear();
                column = -1;
                if (!isLast) { Pass(text, ref at, ref line); }
            }
            else { at++; }
            if (TooMany(rows.Count, filled, faults)) { return null; }
            if (isLast) { break; }
        }
        return new SheetGrid(rows) { HasMoreColumns = hasMore, IsCutAtThousands = separator is ',' or Blank };
    }

    /// <summary>Tells of more rows or cells than are read.</summary>
    public static bool TooMany(int rows, int filled, FaultList faults)
    {
        if (rows > SheetGrid.MostLines) { faults.Add(FaultCode.SheetTooManyRows, Place.Root, ("limit", SheetGrid.MostRows)); }
        else if (filled > SheetGrid.MostCells) { faults.Add(FaultCode.SheetTooManyCells, Place.Root, ("limit", SheetGrid.MostCells)); }
        else { return false; }
        return true;
    }

    // A mark decides. Without one, zeros stand in UTF-16 alone, and GB18030 is seldom valid UTF-8 by chance.
    private static IEnumerable<(Encoding Encoding, string Name)> Candidates(ReadOnlySpan<byte> bytes)
    {
        const string utf8 = "utf-8", utf16 = "utf-16", gb18030 = "gb18030";
        var littleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
        var bigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);
        if (bytes.StartsWith(new byte[] { 0xFF, 0xFE })) { return [(littleEndian, utf16)]; }
        if (bytes.StartsWith(new byte[] { 0xFE, 0xFF })) { return [(bigEndian, utf16)]; }
        if (bytes.Contains((byte)0))
        {
            int even = 0, odd = 0;
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] != 0) { continue; }
                if ((i & 1) == 0) { even++; }
                else { odd++; }
            }
            return [(odd > even ? littleEndian : bigEndian, utf16)];
        }
        return
        [
            (new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), utf8),
            (CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!, gb18030),
        ];
    }

    // Pictures and programs hold controls, and pages of codes without a meaning.
    private static bool IsText(string text)
    {
        foreach (char character in text)
        {
            if ((character < ' ' && character is not ('\t' or '\r' or '\n' or '\v' or '\f')) || character is '\u007F' or '\uFFFE' or '\uFFFF' or (>= '\uE000' and <= '\uF8FF')) { return false; }
        }
        return true;
    }

    /// <summary>What stands between the columns: tabs where there is one, otherwise commas, semicolons, or blanks as people type them.</summary>
    private static char SeparatorOf(string text)
    {
        ReadOnlySpan<char> sample = text.AsSpan(0, int.Min(text.Length, Sample));
        foreach (char separator in "\t,;")
        {
            if (sample.Contains(separator)) { return separator; }
        }
        return Blank;
    }

    /// <summary>The next cell; it ends before a separator, the end of the line or the end of the text.</summary>
    private static string Next(string text, char separator, ref int at, ref int line)
    {
        if (separator == Blank)
        {
            while (at < text.Length && text[at] is ' ' or '\u3000') { at++; }
        }
        if (at < text.Length && text[at] == '"' && Quoted(text, separator, ref at, ref line) is string quoted) { return quoted; }
        int length = separator == Blank
            ? text.AsSpan(at).IndexOfAny(" \u3000\r\n")
            : text.AsSpan(at).IndexOfAny([separator, '\r', '\n']);
        int end = length < 0 ? text.Length : at + length;
        // Only as much of it as a cell may have is made a text of its own.
        string cell = text.Substring(at, int.Min(end - at, 2 * SheetGrid.LongestText));
        at = end;
        return cell;
    }

    /// <summary>A cell in quotes; null where they do not match, so that they are letters.</summary>
    private static string? Quoted(string text, char separator, ref int at, ref int line)
    {
        var cell = new StringBuilder();
        int lines = 0;
        // A cell of a spreadsheet holds at most 32,767 characters.
        int most = int.Min(text.Length, at + 70_000);
        for (int i = at + 1; i < most; i++)
        {
            if (text[i] == '"')
            {
                if (i + 1 < text.Length && text[i + 1] == '"') { i++; }
                else if (i + 1 >= text.Length || text[i + 1] == separator || text[i + 1] is '\r' or '\n')
                {
                    at = i + 1;
                    line += lines;
                    return cell.ToString();
                }
                else { return null; }
            }
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n'))) { lines++; }
            cell.Append(LineEnds.Contains(text[i]) ? Blank : text[i]);
        }
        return null;
    }

    private static void Pass(string text, ref int at, ref int line)
    {
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        line++;
    }
}
