using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CostShare.Api.Sheets;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Cells = DocumentFormat.OpenXml.Spreadsheet;

namespace CostShare.Api.Tests.Streets;

/// <summary>csv and workbooks, read again, say what the JSON says.</summary>
public sealed class TableFileTests(Planted planted) : IClassFixture<Planted>
{
    private static readonly string Address = $"/api/v1/streets/{Uri.EscapeDataString(Planted.Street)}";

    private HttpClient Office => planted.Running.Administrator;

    public static TheoryData<string, string> Tables => new()
    {
        { "/api/v1/city/summary", "figures,subsidies,unreadable" },
        { "/api/v1/city/streets", "figures,subsidies,unreadable" },
        { $"{Address}/estates", "figures,subsidies,unreadable" },
        { $"{Address}/subsidies", "lines,doubleClaims,programmes,figures,unreadable" },
        { "/api/v1/city/subsidies", "lines,doubleClaims,programmes,figures,unreadable" },
        { $"{Address}/progress", "lines,figures" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_workbook_holds_all_tables_and_csv_holds_each_of_them(string address, string tables)
    {
        foreach (string language in new[] { "en", "zh-CN" })
        {
            using HttpResponseMessage file = await Office.Fetch($"{address}?format=xlsx", language);
            List<(string Name, List<string[]> Rows)> sheets = Sheets(await file.Content.ReadAsByteArrayAsync());
            Assert.Equal(tables.Split(',').Length, sheets.Count);
            foreach ((string table, (_, List<string[]> rows)) in tables.Split(',').Zip(sheets))
            {
                using HttpResponseMessage csv = await Office.Fetch($"{address}?format=csv&table={table}", language);
                Assert.Equal(rows, Rows(await csv.Content.ReadAsByteArrayAsync()));
                Assert.True(language == "en" ? rows[0].All(heading => heading.All(char.IsAscii)) : rows[0].All(heading => heading.Any(letter => letter > 0x4e00)), string.Join(',', rows[0]));
            }
        }
    }

    [Fact]
    public async Task Lines_of_subsidies_are_those_of_the_JSON()
    {
        JsonObject page = await Office.Json($"{Address}/subsidies");
        List<Dictionary<string, string>> lines = await Named($"{Address}/subsidies?format=csv");
        Assert.Equal(page["check"]!["lines"]!.AsArray().Select(line => string.Join('|',
                line!["building"], line["street"], line["estate"], line["address"], line["source"], line["policy"], line["ruleOn"], Yuan(line["recordedFen"]), line["recordedOn"], Yuan(line["ruleFen"]), Yuan(line["differenceFen"]), line["certificate"], line["programme"])),
            lines.Select(line => string.Join('|', new[] { "building", "street", "estate", "address", "source", "policy", "rule on", "recorded (yuan)", "recorded on", "by the rule (yuan)", "difference (yuan)", "certificate", "programme" }.Select(name => line[name]))));
        Assert.Equal(["granted", "granted", "granted", "granted", "granted", "granted", "nothing recorded"], lines.Select(line => line["state"]));
        Assert.All(lines, line => Assert.Equal("Shanghai lift subsidy", line["name of the policy"]));
        Assert.Equal(page["programmes"]!.AsArray().Select(one => string.Join('|', one!["programme"], one["name"]?["en"], Yuan(one["budgetFen"]), Yuan(one["committedFen"]), Yuan(one["committedHereFen"]), Yuan(one["plannedFen"]), Yuan(one["leftFen"]))),
            (await Named($"{Address}/subsidies?format=csv&table=programmes")).Select(row => string.Join('|', row.Values)));
        Assert.Equal(page["check"]!["doubleClaims"]!.AsArray().SelectMany((claim, i) => claim!["claims"]!.AsArray().Select((one, j) =>
                string.Join('|', i + 1, claim["what"], j == 0 ? Yuan(claim["tooMuchFen"]) : "", one!["building"], one["street"], one["address"], Yuan(one["amountFen"]), one["on"]))),
            (await Named($"{Address}/subsidies?format=csv&table=doubleClaims")).Select(row => string.Join('|', new[] { "number", "certificate or address", "too much (yuan)", "building", "street", "address", "amount (yuan)", "recorded on" }.Select(name => row[name]))));
    }

    [Fact]
    public async Task Figures_are_those_of_the_JSON()
    {
        JsonArray parts = (await Office.Json($"{Address}/estates"))["parts"]!.AsArray();
        List<Dictionary<string, string>> rows = await Named($"{Address}/estates?format=csv");
        Assert.Equal(parts.Count, rows.Count);
        foreach ((JsonNode? part, Dictionary<string, string> row) in parts.Zip(rows))
        {
            JsonNode figures = part!["figures"]!, stages = figures["stages"]!, feasibility = figures["feasibility"]!;
            Assert.Equal(string.Join('|', part["street"], part["estate"], figures["stairs"], figures["signed"], figures["signingPercent"], figures["underConstruction"], figures["inUse"], figures["medianDaysToSigning"],
                    stages["notStarted"], stages["consulting"], stages["applying"], stages["publicNotice"], stages["construction"], stages["acceptance"], stages["inUse"], stages["upkeep"],
                    feasibility["suitable"], feasibility["hard"], feasibility["unsuitable"], feasibility["notAssessed"], figures["households"],
                    Yuan(figures["totalCostFen"]), Yuan(figures["selfFundedFen"]), Yuan(figures["billedFen"]), figures["notReckoned"]),
                string.Join('|', row.Values));
        }
        Assert.Equal(parts.SelectMany(part => part!["figures"]!["subsidies"]!.AsArray().Select(figure => string.Join('|',
                part["street"], part["estate"], figure!["policy"], Yuan(figure["ruleFen"]), Yuan(figure["plannedFen"]), Yuan(figure["claimedFen"]), Yuan(figure["grantedFen"]), Yuan(figure["paidFen"])))),
            (await Named($"{Address}/estates?format=csv&table=subsidies")).Select(row => string.Join('|', new[] { "street", "estate", "policy", "by the rule (yuan)", "planned (yuan)", "claimed (yuan)", "granted (yuan)", "paid (yuan)" }.Select(name => row[name]))));
    }

    [Fact]
    public async Task A_formula_in_an_address_is_text_in_every_table()
    {
        using HttpResponseMessage csv = await Office.Fetch($"{Address}/progress?format=csv");
        Assert.Contains("\r\n\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"丙路 9 号\"\")\",6,12,", Encoding.UTF8.GetString(await csv.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        using HttpResponseMessage file = await Office.Fetch($"{Address}/progress?format=xlsx");
        using var document = SpreadsheetDocument.Open(new MemoryStream(await file.Content.ReadAsByteArrayAsync()), isEditable: false);
        Cell cell = document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>()).Single(cell => cell.InnerText.StartsWith('='));
        Assert.Equal(CellValues.InlineString, cell.DataType!.Value);
        Assert.Empty(document.WorkbookPart.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<CellFormula>()));
        // What is in quotes stays text when somebody edits it.
        Assert.True(document.WorkbookPart.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value).QuotePrefix!.Value);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86 21", "'+86 21")]
    [InlineData("-1 层", "'-1 层")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("\r=1", "'\r'=1")]
    [InlineData("'=1", "'=1")]
    [InlineData("乐山路 1 号", "乐山路 1 号")]
    [InlineData("1号;=HYPERLINK(1)", "1号;'=HYPERLINK(1)")]
    [InlineData("1号\t+1", "1号\t'+1")]
    [InlineData("1号,-1 层", "1号,'-1 层")]
    [InlineData("1号;\"＝1", "1号;\"\"'＝1")]
    [InlineData("1号; 2=3-1", "1号; 2=3-1")]
    [InlineData("a,b", "a,b")]
    [InlineData("a\"b", "a\"\"b")]
    public void A_text_that_begins_like_a_formula_is_written_with_an_apostrophe(string text, string written)
    {
        byte[] csv = CsvSheet.Write(new Api.Sheets.Sheet("t", "t", [new SheetColumn("a", SheetForm.Text, 10), new SheetColumn("b", SheetForm.Yuan, 10)], [[text, "-0.05"]]));
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        Assert.Equal($"\"a\",\"b\"\r\n\"{written}\",-0.05\r\n", Encoding.UTF8.GetString(csv[3..]));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData(',')]
    public void No_separator_of_a_spreadsheet_makes_a_formula_of_a_text(char separator)
    {
        string[] signs = ["=", "+", "-", "@", "＝", "＋", "－", "＠"];
        IReadOnlyList<string>[] rows = [.. signs.SelectMany(sign => new[] { $"{sign}1", $"1号{separator}{sign}1", $"1号{separator}\"{sign}1\"", $"\"{separator}\"\"{sign}1", $"{separator}{separator}{sign}1" }).Select(text => new[] { "a", text })];
        string csv = Encoding.UTF8.GetString(CsvSheet.Write(new Api.Sheets.Sheet("t", "t", [new SheetColumn("a", SheetForm.Text, 10), new SheetColumn("b", SheetForm.Text, 10)], rows))[3..]);
        // As a reader that knows nothing of quotes has it, and takes them away.
        Assert.All(csv.Split(separator, '\r', '\n'), cell => Assert.False(CsvSheet.IsFormula(cell.Replace("\"", "", StringComparison.Ordinal)), cell));
    }

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(5, "0.05")]
    [InlineData(-5, "-0.05")]
    [InlineData(28_000_000, "280000.00")]
    [InlineData(-99_999_999_999_999_99, "-99999999999999.99")]
    [InlineData(1_000_000_000_000_000, "10000000000000.00")]
    public void Fen_are_written_as_yuan_digit_by_digit(long fen, string yuan) => Assert.Equal(yuan, SheetOf<int>.InYuan(fen));

    [Fact]
    public async Task Files_have_a_name_and_a_type_and_heads_that_stay()
    {
        using HttpResponseMessage csv = await Office.Fetch($"{Address}/subsidies?format=csv&table=programmes"), xlsx = await Office.Fetch("/api/v1/city/streets?format=xlsx&on=2022-01-01", "zh-CN");
        Assert.Equal("text/csv; charset=utf-8; header=present", csv.Content.Headers.ContentType!.ToString());
        ContentDispositionHeaderValue disposition = csv.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", "天平_湖南_路街道-subsidies-programmes.csv"), (disposition.DispositionType, disposition.FileNameStar));
        Assert.Equal(Api.Sheets.Workbook.MediaType, xlsx.Content.Headers.ContentType!.ToString());
        Assert.Equal("streets-2022-01-01.xlsx", xlsx.Content.Headers.ContentDisposition!.FileNameStar);
        using var document = SpreadsheetDocument.Open(new MemoryStream(await xlsx.Content.ReadAsByteArrayAsync()), isEditable: false);
        Assert.Equal(["概况", "补贴", "读不出的楼栋"], document.WorkbookPart!.Workbook.Descendants<Cells.Sheet>().Select(sheet => sheet.Name!.Value));
        Assert.All(document.WorkbookPart.WorksheetParts, part =>
        {
            Pane pane = part.Worksheet.Descendants<Pane>().Single();
            Assert.Equal((1d, PaneStateValues.Frozen), (pane.VerticalSplit!.Value, pane.State!.Value));
            Assert.All(part.Worksheet.Descendants<Row>().First().Elements<Cell>(), cell => Assert.Equal(1u, cell.StyleIndex!.Value));
            Assert.All(part.Worksheet.Descendants<Column>(), column => Assert.True(column.Width!.Value >= 10));
        });
        Assert.NotNull(document.WorkbookPart.WorkbookStylesPart!.Stylesheet.Fonts!.Elements<Font>().ElementAt((int)document.WorkbookPart.WorkbookStylesPart.Stylesheet.CellFormats!.Elements<CellFormat>().ElementAt(1).FontId!.Value).Bold);
    }

    /// <summary>The sheets of a workbook, after seeing that it is one as the format has it, in which amounts are numbers.</summary>
    internal static List<(string Name, List<string[]> Rows)> Sheets(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        return
        [
            .. document.WorkbookPart!.Workbook.Descendants<Cells.Sheet>().Select(sheet =>
            {
                Row[] rows = [.. ((WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!)).Worksheet.Descendants<Row>()];
                string[] headings = [.. rows[0].Elements<Cell>().Select(cell => cell.InnerText)];
                Assert.All(rows[1..], row => Assert.All(row.Elements<Cell>().Zip(headings), cell => Assert.True(cell.First.InnerText.Length == 0
                    || !(cell.Second.EndsWith("(yuan)", StringComparison.Ordinal) || cell.Second.EndsWith("（元）", StringComparison.Ordinal)) || cell.First.DataType!.Value == CellValues.Number)));
                return (sheet.Name!.Value!, rows.Select(row => row.Elements<Cell>().Select(cell => cell.InnerText).ToArray()).ToList());
            }),
        ];
    }

    private async Task<List<Dictionary<string, string>>> Named(string address)
    {
        using HttpResponseMessage csv = await Office.Fetch(address);
        List<string[]> rows = Rows(await csv.Content.ReadAsByteArrayAsync());
        return [.. rows[1..].Select(row => rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    /// <summary>The rows of a csv by RFC 4180, without the apostrophes that keep formulas text.</summary>
    internal static List<string[]> Rows(byte[] csv)
    {
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        string text = Encoding.UTF8.GetString(csv[3..]);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var rows = new List<string[]>();
        var row = new List<string>();
        for (int at = 0; at < text.Length;)
        {
            var cell = new StringBuilder();
            if (text[at] == '"')
            {
                for (at++; text[at] != '"' || text[at + 1] == '"'; at++)
                {
                    if (text[at] == '"') { at++; }
                    cell.Append(text[at]);
                }
                at++;
            }
            else
            {
                for (; text[at] is not (',' or '\r'); at++) { cell.Append(text[at]); }
            }
            row.Add(cell.Length > 1 && cell[0] == '\'' && CsvSheet.IsFormula(cell.ToString()[1..]) ? cell.ToString()[1..] : cell.ToString());
            if (text[at] == ',')
            {
                at++;
                continue;
            }
            Assert.Equal("\r\n", text.Substring(at, 2));
            at += 2;
            rows.Add([.. row]);
            row.Clear();
        }
        return rows;
    }

    // Another way than the program's: by decimal arithmetic.
    internal static string Yuan(JsonNode? fen) => fen is null ? "" : (fen.GetValue<long>() / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
