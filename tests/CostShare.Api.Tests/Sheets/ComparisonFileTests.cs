using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FileTests = CostShare.Api.Tests.Streets.TableFileTests;

namespace CostShare.Api.Tests.Sheets;

/// <summary>A comparison as csv and in a workbook says what the JSON says, to the fen.</summary>
public sealed class ComparisonFileTests(Running running) : IClassFixture<Running>
{
    private static readonly string[] Tables = ["households", "floors", "totals", "funding", "costs"];

    public static TheoryData<string> Examples => [.. Running.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_figure_is_that_of_the_JSON(string example)
    {
        JsonNode request = JsonNode.Parse(Running.Example(example))!, answer = JsonNode.Parse((await running.Post(Running.Example(example))).Text)!;
        JsonArray schemes = answer["schemes"]!.AsArray(), households = request["building"]!["households"]!.AsArray();
        foreach (string language in new[] { "en", "zh-CN" })
        {
            List<(string Name, List<string[]> Rows)> sheets = FileTests.Sheets(await Bytes(example, language, "?format=xlsx"));
            foreach ((string table, (_, List<string[]> rows)) in Tables.Zip(sheets)) { Assert.Equal(rows, FileTests.Rows(await Bytes(example, language, $"?format=csv&table={table}"))); }
            Assert.Equal(sheets[0].Rows, FileTests.Rows(await Bytes(example, language, "?format=csv")));
        }
        Dictionary<string, List<string[]>> tables = [];
        foreach (string table in Tables) { tables[table] = FileTests.Rows(await Bytes(example, "en", $"?format=csv&table={table}"))[1..]; }

        Assert.Equal(households.Select((household, i) => string.Join('|', household!["id"], household["floor"], household["areaM2"]!.GetValue<decimal>().ToString("0.##", System.Globalization.CultureInfo.InvariantCulture),
            string.Join('|', schemes.Select(scheme => scheme!["shares"]![i]!["refundFen"] is JsonNode refund
                ? $"{FileTests.Yuan(scheme["shares"]![i]!["amountFen"])}|{FileTests.Yuan(refund)}" : FileTests.Yuan(scheme["shares"]![i]!["amountFen"]))))), Lines("households"));
        Assert.Equal(schemes[0]!["floors"]!.AsArray().Select((floor, i) => string.Join('|', floor!["floor"], floor["households"], string.Join('|', schemes.Select(scheme => FileTests.Yuan(scheme!["floors"]![i]!["amountFen"]))))), Lines("floors"));
        Assert.Equal(schemes.Select((scheme, i) => string.Join('|', scheme!["id"], request["schemes"]![i]!["name"], scheme["facts"]!["payers"], FileTests.Yuan(scheme["payableFen"]), FileTests.Yuan(scheme["billedFen"]),
            FileTests.Yuan(scheme["reserveFen"]), FileTests.Yuan(scheme["compensationFen"]), FileTests.Yuan(scheme["reliefFen"]))), Lines("totals"));
        JsonNode funding = answer["funding"]!;
        Assert.Equal([FileTests.Yuan(funding["totalCostFen"]), .. funding["sources"]!.AsArray().Select(source => FileTests.Yuan(source!["amountFen"])), FileTests.Yuan(funding["selfFundedFen"]), FileTests.Yuan(funding["bridgeFen"])],
            tables["funding"].Select(row => row[2]));
        Assert.Equal(funding["matrix"]!.AsArray().Select(entry => $"{entry!["costId"]}|{FileTests.Yuan(entry["amountFen"])}"), tables["costs"].Select(row => $"{row[0]}|{row[3]}"));

        IEnumerable<string> Lines(string table) => tables[table].Select(row => string.Join('|', row));
    }

    [Fact]
    public async Task A_formula_in_a_name_is_text_in_every_table()
    {
        JsonObject request = Running.Small();
        request["schemes"]![0]!["name"] = "=HYPERLINK(\"http://evil.example\")";
        request["building"]!["households"]![0]!["id"] = "+101";
        request["costs"]![0]!["name"] = "@SUM(A1)";
        byte[] body = Encoding.UTF8.GetBytes(request.ToJsonString());
        foreach (string table in Tables)
        {
            string csv = Encoding.UTF8.GetString(await Bytes(body, "zh-CN", $"?format=csv&table={table}"));
            Assert.DoesNotMatch("(^|[,;\\n])\"?[=+@]", csv[1..]);
        }
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\")（元）\"", Encoding.UTF8.GetString(await Bytes(body, "zh-CN", "?format=csv")), StringComparison.Ordinal);
        using var document = SpreadsheetDocument.Open(new MemoryStream(await Bytes(body, "zh-CN", "?format=xlsx")), isEditable: false);
        Cell[] cells = [.. document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>()).Where(cell => cell.InnerText.Length > 0 && "=+@".Contains(cell.InnerText[0], StringComparison.Ordinal))];
        Assert.True(cells.Length >= 4, $"{cells.Length} cells.");
        CellFormat[] formats = [.. document.WorkbookPart.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>()];
        Assert.All(cells, cell => Assert.True(cell.DataType!.Value == CellValues.InlineString && formats[(int)cell.StyleIndex!.Value].QuotePrefix!.Value));
        Assert.Empty(document.WorkbookPart.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<CellFormula>()));
    }

    [Theory]
    [InlineData("refundProRata", "以后按比例退还", "refunded later, pro rata")]
    [InlineData("upkeepFund", "留作维保基金", "kept for upkeep")]
    [InlineData("netOff", "先抵扣", "netted off")]
    public async Task Funding_and_refunds_are_told_by_what_becomes_of_the_money(string treatment, string chinese, string english)
    {
        JsonNode request = JsonNode.Parse(Running.Example("leshan.json"))!;
        request["funding"]![1]!["treatment"] = treatment;
        // Limits and relief were made for what is left with a subsidy.
        request["schemes"]![2]!.AsObject().Remove("adjustments");
        // More than there is to pay for, so that some of it is not used.
        request["funding"]![1]!["amountFen"] = 900_000_000;
        byte[] body = Encoding.UTF8.GetBytes(request.ToJsonString());
        JsonNode answer = JsonNode.Parse((await running.Post(body, "application/json")).Text)!;
        JsonNode[] sources = [.. answer["funding"]!["sources"]!.AsArray().Select(source => source!)];
        Assert.True(sources[1]["unusedFen"]!.GetValue<long>() > 0);
        foreach ((string language, string told, string netted, string yes, string no, string own) in new[] { ("zh-CN", chinese, "先抵扣", "是", "否", "自筹"), ("en", english, "netted off", "yes", "no", "self-funded") })
        {
            List<string[]> funding = FileTests.Rows(await Bytes(body, language, "?format=csv&table=funding"));
            string[][] expected = [.. sources.Select((source, i) => new[]
            {
                i == 1 ? told : netted, source["id"]!.GetValue<string>(), FileTests.Yuan(source["amountFen"]), FileTests.Yuan(source["unusedFen"]), source["afterAcceptance"]!.GetValue<bool>() ? yes : no,
            })];
            Assert.Equal(expected, funding.Where(row => row[1].Length > 0).Skip(1));
            Assert.Equal(answer["funding"]!["matrix"]!.AsArray().Select(entry => entry!["sourceId"]!.GetValue<string>() is "selfFunded" ? own : entry["sourceId"]!.GetValue<string>()),
                FileTests.Rows(await Bytes(body, language, "?format=csv&table=costs"))[1..].Select(row => row[2]));
        }
        List<string[]> households = FileTests.Rows(await Bytes(body, "en", "?format=csv"));
        string[] refunds = [.. answer["schemes"]![0]!["shares"]!.AsArray().Select(share => share!["refundFen"]).OfType<JsonNode>().Select(refund => FileTests.Yuan(refund))];
        Assert.Equal(treatment == "refundProRata" ? households.Count - 1 : 0, refunds.Length);
        if (refunds.Length > 0) { Assert.Equal(refunds, households[1..].Select(row => row[4])); }
        Assert.Equal(refunds.Length > 0, households[0].Any(heading => heading.EndsWith("refund later (yuan)", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Schemes_of_one_name_are_told_apart()
    {
        JsonObject request = Running.Small();
        request["schemes"]!.AsArray().Add(JsonNode.Parse("""{ "id": "other", "name": "均摊", "rule": { "kind": "area" } }"""));
        List<string[]> rows = FileTests.Rows(await Bytes(Encoding.UTF8.GetBytes(request.ToJsonString()), "zh-CN", "?format=csv"));
        Assert.Equal(["户号", "楼层", "面积（平方米）", "均摊 equal（元）", "均摊 other（元）"], rows[0]);
    }

    [Theory]
    [InlineData("?format=ods", "parameterForm ")]
    [InlineData("?format=csv&table=figures", "parameterForm ")]
    [InlineData("?format=html", "parameterForm ")]
    [InlineData("?format=csv&include=derivations", "parameterUnknown ")]
    [InlineData("?format=xlsx&include=limits", "parameterUnknown ")]
    [InlineData("?format=xlsx&table=totals", "parameterUnknown ")]
    [InlineData("?table=totals", "parameterUnknown ")]
    [InlineData("?format=csv&format=json", "memberDuplicate ")]
    [InlineData("?formt=csv", "parameterUnknown ")]
    public async Task Other_forms_and_tables_are_refused(string query, string fault) =>
        Assert.Equal([fault], (await running.Post(Encoding.UTF8.GetBytes(Running.Small().ToJsonString()), "application/json", query: query)).Faults(HttpStatusCode.BadRequest));

    [Fact]
    public async Task Asked_for_json_the_answer_is_the_same_byte_for_byte()
    {
        byte[] body = Encoding.UTF8.GetBytes(Running.Small().ToJsonString());
        Assert.Equal(await Bytes(body, "en", ""), await Bytes(body, "en", "?format=json"));
    }

    [Fact]
    public async Task A_table_of_households_is_read_back()
    {
        JsonNode request = JsonNode.Parse(Running.Example("leshan.json"))!;
        foreach (string form in new[] { "csv", "xlsx" })
        {
            byte[] file = await Bytes("leshan.json", "zh-CN", $"?format={form}");
            JsonNode reading = JsonNode.Parse((await running.Post(file, "application/octet-stream", "zh", "?for=households", UglySheetTests.Address)).Text)!;
            Assert.Equal(request["building"]!["households"]!.AsArray().Select(household => $"{household!["id"]} {household["floor"]} {household["areaM2"]!.GetValue<decimal>():0.##}"),
                reading["households"]!.AsArray().Select(household => $"{household!["id"]} {household["floor"]} {household["areaM2"]!.GetValue<decimal>():0.##}"));
        }
    }

    private Task<byte[]> Bytes(string example, string language, string query) => Bytes(Encoding.UTF8.GetBytes(Running.Example(example)), language, query);

    private async Task<byte[]> Bytes(byte[] body, string language, string query)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Running.Comparisons + query) { Content = content };
        request.Headers.AcceptLanguage.ParseAdd(language);
        using HttpResponseMessage response = await running.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
