using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace CostShare.Api.Tests.Sheets;

/// <summary>Makes workbooks as spreadsheets write them, without the library that the program writes its own with.</summary>
/// <remarks>
/// A cell is a text; what begins with # is a number, % one shown per cent, @ one shown as a day, $ one shown with 万元 behind it, ? true or false, ! an error,
/// and = a formula with what it gave behind a bar. Nothing stands in an empty one.
/// </remarks>
internal sealed class MadeWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    private readonly List<(string Name, string State, string Xml)> _sheets = [];
    private readonly List<string> _texts = [];

    /// <summary>Parts that are there besides, or instead of those that would be made.</summary>
    public Dictionary<string, string> Besides { get; } = [];

    /// <summary>Adds a sheet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">Its rows from the first on; a null one is not there.</param>
    /// <param name="merged">Merged cells.</param>
    /// <param name="hiddenRows">Rows that are not shown.</param>
    /// <param name="hiddenColumns">Columns that are not shown, from 1.</param>
    /// <param name="state">How the sheet is shown.</param>
    public MadeWorkbook With(string name, string?[]?[] rows, string[]? merged = null, int[]? hiddenRows = null, int[]? hiddenColumns = null, string state = "visible")
    {
        var xml = new StringBuilder($"<worksheet xmlns=\"{Main}\">");
        if (hiddenColumns is not null) { xml.Append("<cols>").AppendJoin("", hiddenColumns.Select(column => $"<col min=\"{column}\" max=\"{column}\" width=\"9\" hidden=\"1\" customWidth=\"1\"/>")).Append("</cols>"); }
        xml.Append("<sheetData>");
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row] is not string?[] cells) { continue; }
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{row + 1}\"{(hiddenRows?.Contains(row + 1) == true ? " hidden=\"1\"" : "")}>");
            for (int column = 0; column < cells.Length; column++)
            {
                if (cells[column] is { Length: > 0 } cell) { xml.Append(Cell($"{Letters(column)}{row + 1}", cell)); }
            }
            xml.Append("</row>");
        }
        xml.Append("</sheetData>");
        if (merged is not null) { xml.Append("<mergeCells>").AppendJoin("", merged.Select(range => $"<mergeCell ref=\"{range}\"/>")).Append("</mergeCells>"); }
        _sheets.Add((name, state, xml.Append("</worksheet>").ToString()));
        return this;
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] Make()
    {
        var parts = new Dictionary<string, string>
        {
            ["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                + "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/>"
                + string.Concat(_sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>")) + "</Types>",
            ["_rels/.rels"] = $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ["xl/workbook.xml"] = $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>"
                + string.Concat(_sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\" state=\"{sheet.State}\" r:id=\"rId{i + 1}\"/>")) + "</sheets></workbook>",
            ["xl/_rels/workbook.xml.rels"] = $"<Relationships xmlns=\"{Package}\">"
                + string.Concat(_sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))
                + $"<Relationship Id=\"rId{_sheets.Count + 1}\" Type=\"{Office}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId{_sheets.Count + 2}\" Type=\"{Office}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>",
            ["xl/styles.xml"] = $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"m&quot;月&quot;d&quot;日&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"0.00&quot;万元&quot;\"/></numFmts>"
                + "<cellStyleXfs count=\"1\"><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>",
            ["xl/sharedStrings.xml"] = $"<sst xmlns=\"{Main}\">" + string.Concat(_texts.Select(text => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>")) + "</sst>",
        };
        for (int i = 0; i < _sheets.Count; i++) { parts[$"xl/worksheets/sheet{i + 1}.xml"] = _sheets[i].Xml; }
        foreach ((string part, string xml) in Besides) { parts[part] = xml; }
        return Pack(parts.ToDictionary(part => part.Key, part => Encoding.UTF8.GetBytes(part.Value)));
    }

    /// <summary>Packs parts.</summary>
    public static byte[] Pack(IReadOnlyDictionary<string, byte[]> parts)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in parts)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>The letters of a column, from 0.</summary>
    public static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : $"{(char)('A' + (column / 26) - 1)}{(char)('A' + (column % 26))}";

    private string Cell(string name, string cell) => cell[0] switch
    {
        '#' => $"<c r=\"{name}\"><v>{cell[1..]}</v></c>",
        '%' => $"<c r=\"{name}\" s=\"1\"><v>{cell[1..]}</v></c>",
        '@' => $"<c r=\"{name}\" s=\"2\"><v>{cell[1..]}</v></c>",
        '$' => $"<c r=\"{name}\" s=\"3\"><v>{cell[1..]}</v></c>",
        '?' => $"<c r=\"{name}\" t=\"b\"><v>{cell[1..]}</v></c>",
        '!' => $"<c r=\"{name}\" t=\"e\"><f>X</f><v>{cell[1..]}</v></c>",
        '=' when cell.Split('|') is [var formula, var value] => $"<c r=\"{name}\"><f>{SecurityElement.Escape(formula[1..])}</f><v>{value}</v></c>",
        '=' => $"<c r=\"{name}\"><f>{SecurityElement.Escape(cell[1..])}</f></c>",
        _ => $"<c r=\"{name}\" t=\"s\"><v>{Shared(cell)}</v></c>",
    };

    private int Shared(string text)
    {
        int at = _texts.IndexOf(text);
        if (at >= 0) { return at; }
        _texts.Add(text);
        return _texts.Count - 1;
    }
}
