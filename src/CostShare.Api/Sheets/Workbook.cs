using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Cells = DocumentFormat.OpenXml.Spreadsheet;

namespace CostShare.Api.Sheets;

/// <summary>Writes tables as the sheets of a workbook (xlsx).</summary>
/// <remarks>
/// Text stands in cells as text and can be no formula, also after somebody edits it; an amount stands there as the digits of yuan. A reader makes binary floating point of
/// them, which holds fifteen digits exactly: more than the largest amount has.
/// </remarks>
internal static class Workbook
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    // The styles, in the order of Styles().
    private const uint Plain = 0, Head = 1, Whole = 2, Yuan = 3, Tenths = 4, Quoted = 5, Plainly = 6, QuotedHead = 7;

    /// <summary>The bytes of a workbook.</summary>
    public static byte[] Write(IReadOnlyList<Sheet> sheets)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var list = new Cells.Sheets();
            for (int i = 0; i < sheets.Count; i++)
            {
                WorksheetPart part = book.AddNewPart<WorksheetPart>();
                Write(part, sheets[i]);
                list.Append(new Cells.Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)i + 1, Name = sheets[i].Name });
            }
            book.Workbook = new Cells.Workbook(list);
        }
        return bytes.ToArray();
    }

    private static void Write(WorksheetPart part, Sheet sheet)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(sheet.Columns.Select((column, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = column.Width, CustomWidth = true })));
        writer.WriteStartElement(new SheetData());
        writer.WriteElement(new Row(sheet.Columns.Select(column => Text(column.Heading, CsvSheet.IsFormula(column.Heading) ? QuotedHead : Head))));
        foreach (IReadOnlyList<string> row in sheet.Rows) { writer.WriteElement(new Row(row.Select((cell, i) => CellOf(cell, sheet.Columns[i].Form)))); }
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static Cell CellOf(string content, SheetForm form) => content.Length == 0 ? new Cell() : form switch
    {
        SheetForm.Text => Text(content, CsvSheet.IsFormula(content) ? Quoted : Plain),
        SheetForm.Whole => Number(content, Whole),
        SheetForm.Yuan => Number(content, Yuan),
        SheetForm.Number => Number(content, Plainly),
        _ => Number(content, Tenths),
    };

    private static Cell Number(string digits, uint style) => new() { DataType = CellValues.Number, StyleIndex = style, CellValue = new CellValue(digits) };

    private static Cell Text(string text, uint style) =>
        new() { DataType = CellValues.InlineString, StyleIndex = style, InlineString = new InlineString(new Text(Writable(text)) { Space = SpaceProcessingModeValues.Preserve }) };

    // XML cannot hold every character; what people may write can hold a few of those.
    private static string Writable(string text)
    {
        if (text.All(character => XmlConvert.IsXmlChar(character))) { return text; }
        var writable = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) { writable.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()); }
        return writable.ToString();
    }

    private static Stylesheet Styles()
    {
        CellFormat Format(uint numberFormat, uint font = 0, bool isQuoted = false) => new()
        {
            NumberFormatId = numberFormat,
            ApplyNumberFormat = true,
            FontId = font,
            ApplyFont = true,
            FillId = 0,
            BorderId = 0,
            FormatId = 0,
            QuotePrefix = isQuoted,
        };
        const uint twoDecimalsInThousands = 4, wholeInThousands = 3, general = 0, oneDecimal = 164, text = 49;
        return new Stylesheet(
            new NumberingFormats(new NumberingFormat { NumberFormatId = oneDecimal, FormatCode = "0.0" }) { Count = 1 },
            new Fonts(new Font(), new Font(new Bold())) { Count = 2 },
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })) { Count = 2 },
            new Borders(new Border()) { Count = 1 },
            new CellStyleFormats(new CellFormat()) { Count = 1 },
            new CellFormats(Format(text), Format(general, font: 1), Format(wholeInThousands), Format(twoDecimalsInThousands), Format(oneDecimal), Format(text, isQuoted: true), Format(general), Format(general, font: 1, isQuoted: true)) { Count = 8 });
    }
}
