using System.Text;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests.CommandLine;

/// <summary>Households that stand in a table.</summary>
public sealed class RegisterTableTests : WithFolder
{
    private const string Schemes = """
        { "costs": [ { "id": "lift", "name": "电梯", "category": "equipment", "amountFen": 100000 } ],
          "schemes": [ { "id": "equal", "name": "均摊", "rule": { "kind": "equal" } }, { "id": "ride", "name": "乘梯", "rule": { "kind": "ride" } } ] }
        """;

    private const string Full = """
        id,floor,areaM2,use,joins,entry,flatType
        101,1,50.5,shop,true,level,small
        102,1,50.5,garage,false,level,
        201,2,60,dwelling,true,halfLanding,small
        202,2,60.25,other,true,,big
        """;

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public void A_table_and_the_same_households_as_JSON_give_the_same()
    {
        JsonObject request = JsonNode.Parse(Schemes)!.AsObject();
        request["building"] = JsonNode.Parse("""
            { "storeys": 2, "households": [
              { "id": "101", "floor": 1, "areaM2": 50.5, "use": "shop", "joins": true, "entry": "level", "flatType": "small" },
              { "id": "102", "floor": 1, "areaM2": 50.5, "use": "garage", "joins": false, "entry": "level" },
              { "id": "201", "floor": 2, "areaM2": 60, "use": "dwelling", "joins": true, "entry": "halfLanding", "flatType": "small" },
              { "id": "202", "floor": 2, "areaM2": 60.25, "use": "other", "joins": true, "flatType": "big" } ] }
            """);
        request["schemes"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "points", "name": "积分", "rule": { "kind": "points", "byType": { "small": 1, "big": 2 }, "perFloor": 1, "fromFloor": 1 } }"""));
        string json = Write("request.json", request.ToJsonString());
        request.Remove("building");
        string schemes = Write("schemes.json", request.ToJsonString());
        string table = Write("register.csv", Full);
        Assert.Equal(Ran.Of("compare", json).Done(), Ran.Of("compare", table, schemes).Done());
        Assert.Equal(Ran.Of("explain", json, "201").Done(), Ran.Of("explain", table, schemes, "201").Done());
    }

    [Fact]
    public void Headings_and_words_may_be_Chinese_and_stand_in_any_order()
    {
        string expected = Compare(Full);
        Assert.Equal(expected, Compare("""
            房型,入户,参加,用途,面积,楼层,房号
            small,平层,是,商铺,50.5,1,101
            ,平层,否,车库,50.5,1,102
            small,半层,是,住宅,60,2,201
            big,,是,其他,60.25,2,202
            """));
        Assert.Equal(expected, Compare("""
            户号,楼层,areaM2,参加,entry
            101,1,50.50,yes,
            102,1,50.50,False,
            201,2,60.0,,半层
            202,2,60.25,,level
            """));
        Assert.NotEqual(expected, Compare(Full.Replace("halfLanding", "level", StringComparison.Ordinal)));
        Assert.NotEqual(expected, Compare(Full.Replace("false", "true", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_encodings_that_csv_is_saved_in_are_read_and_others_refused()
    {
        const string text = "户号,楼层,面积\r\n东一〇一,1,50.5\r\n𠀀,2,60\r\n";
        string expected = Compare(text);
        Assert.Contains("| 东一〇一 |", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Compare(text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd()));
        Assert.Equal(expected, Compare([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]));
        Assert.Equal(expected, Compare(Gb18030.GetBytes(text)));
        Assert.Equal(expected, Compare([.. Gb18030.GetBytes("\uFEFF"), .. Gb18030.GetBytes(text)]));
        string file = Write("register.csv", Encoding.Unicode.GetBytes('\uFEFF' + text));
        Assert.Equal([$"{file}: notUtf8NorGb18030: 内容既不是 UTF-8（第 0 字节处有误）也不是 GB18030。"], Ran.Of("compare", file, Write("s.json", Schemes)).Refused());
    }

    [Fact]
    public void Quotes_spaces_and_empty_rows_and_columns_are_read_as_spreadsheets_mean_them()
    {
        string expected = Compare("id,floor,areaM2\n\"a,\"\"b\"\"\",1,50.5\nc,2,60\n");
        Assert.Contains("| a,\"b\" |", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Compare("\nid,floor,areaM2,,\n\"a,\"\"b\"\"\", 1 ,\"50.5\",,\n,,,,\n\n\u3000c,2,60\n,,\n"));
    }

    [Fact]
    public void Storeys_are_the_highest_floor_unless_stated()
    {
        const string table = "id,floor,areaM2\na,3,50\nb,12,60\n";
        string file = Write("register.csv", table);
        string points = Schemes.Replace("\"kind\": \"equal\"", "\"kind\": \"floorCoefficients\", \"coefficients\": { \"3\": 1, \"12\": 1, \"13\": 1 }", StringComparison.Ordinal);
        string schemes = Write("schemes.json", points);
        Assert.Equal([$"{schemes}: /schemes/0/rule/coefficients/13: floorUnknown: Scheme 1: There is no floor 13: the building has 12 storeys."],
            Ran.Of("compare", file, schemes, "--lang", "en").Refused());
        foreach (string building in new[] { "{ \"storeys\": 13 }", "{\"storeys\":13}" })
        {
            Ran.Of("compare", file, Write("stated.json", points.Replace("{ \"costs\"", $"{{ \"building\": {building}, \"costs\"", StringComparison.Ordinal))).Done();
        }
        string low = Write("low.json", Schemes.Replace("{ \"costs\"", "{ \"building\": { \"storeys\": 11 }, \"costs\"", StringComparison.Ordinal));
        Assert.Equal([$"{file}, line 3, floor: floorAboveTop: Household b is on floor 12, but the building has 11 storeys."], Ran.Of("compare", file, low, "--lang", "en").Refused());
        Ran.Of("compare", file, Write("empty.json", Schemes.Replace("{ \"costs\"", "{ \"building\": {}, \"costs\"", StringComparison.Ordinal))).Done();
        Ran.Of("compare", file, Write("bom.json", '\uFEFF' + Schemes)).Done();
    }

    [Fact]
    public void Households_cannot_stand_in_both_files()
    {
        string file = Write("register.csv", Full);
        foreach ((string building, string fault) in new[]
        {
            ("{ \"households\": [] }", "/building/households: memberDuplicate: \"households\" stands twice."),
            ("{ \"storeys\": 2, \"x\": 1 }", "/building/x: memberUnknown: \"x\" is not known here."),
            ("null", "/building: wrongType: This must be an object (in braces), not null: null."),
        })
        {
            string schemes = Write("schemes.json", Schemes.Replace("{ \"costs\"", $"{{ \"building\": {building}, \"costs\"", StringComparison.Ordinal));
            Assert.Equal([$"{schemes}: {fault}"], Ran.Of("compare", file, schemes, "--lang", "en").Refused());
        }
        string list = Write("list.json", "[]");
        Assert.Equal([$"{list}: wrongType: This must be an object (in braces), not a list (in brackets): …."], Ran.Of("compare", file, list, "--lang", "en").Refused());
        string empty = Write("none.json", "{}");
        Assert.Equal([$"{empty}: /costs: memberMissing: \"costs\" is missing.", $"{empty}: /schemes: memberMissing: \"schemes\" is missing."],
            Ran.Of("compare", file, empty, "--lang", "en").Refused());
    }

    [Fact]
    public void A_wrong_cell_is_told_by_line_and_column()
    {
        const string table = """
            户号,楼层,面积,用途,参加,入户,房型

            101,一楼,50.5,住宅,是,平层,
            102,1,50.555,仓库,也许,中层,
            ,201,,住宅,,,
            101,5.5,0,商铺,是,,
            """;
        string file = Write("register.csv", table);
        Assert.Equal(
            [
                $"{file}，第 3 行，楼层: cellNotReadable: 这里要填整数，收到的是“一楼”。",
                $"{file}，第 4 行，面积: tooManyDecimals: 数值 50.555 的小数位太多：单位是平方米，最多 2 位小数；这里不会悄悄四舍五入。",
                $"{file}，第 4 行，用途: nameUnknown: “仓库”不是可用的值。可用的有：住宅、商铺、车库、其他。",
                $"{file}，第 4 行，参加: cellNotReadable: 这里要填是或否，收到的是“也许”。",
                $"{file}，第 4 行，入户: nameUnknown: “中层”不是可用的值。可用的有：平层、半层。",
                $"{file}，第 5 行，楼层: outOfRange: 数值 201 超出范围：应在 1 到 200 之间（单位：层，底层是 1）。",
                $"{file}，第 5 行，户号: memberMissing: 缺少“户号”。",
                $"{file}，第 5 行，面积: memberMissing: 缺少“面积”。",
                $"{file}，第 6 行，楼层: tooManyDecimals: 数值 5.5 的小数位太多：单位是层，底层是 1，最多 0 位小数；这里不会悄悄四舍五入。",
                $"{file}，第 6 行，面积: outOfRange: 数值 0 超出范围：应在 0.01 到 100000 之间（单位：平方米）。",
            ],
            Ran.Of("compare", file, Write("schemes.json", Schemes)).Refused());
        string english = Write("english.csv", "id,floor,areaM2,joins,use\na,1,50,maybe,住房\na,x,\"1,000\",是,shop\n");
        Assert.Equal(
            [
                $"{english}, line 2, joins: cellNotReadable: This must be yes or no (true or false), not \"maybe\".",
                $"{english}, line 2, use: nameUnknown: \"住房\" is not allowed here. Allowed: dwelling, shop, garage, other.",
                $"{english}, line 3, floor: cellNotReadable: This must be a whole number, not \"x\".",
                $"{english}, line 3, areaM2: cellNotReadable: This must be a number, not \"1,000\".",
            ],
            Ran.Of("compare", english, Write("schemes.json", Schemes), "--lang", "en").Refused());
    }

    [Fact]
    public void A_rule_that_a_row_breaks_is_told_by_line_and_one_of_the_schemes_by_pointer()
    {
        string file = Write("register.csv", "id,floor,areaM2\na,1,50\na,2,60\n");
        string schemes = Write("schemes.json", Schemes.Replace("\"id\": \"ride\"", "\"id\": \"equal\"", StringComparison.Ordinal));
        Assert.Equal(
            [$"{file}, line 3, id: idDuplicate: The id \"a\" stands twice.", $"{schemes}: /schemes/1/id: idDuplicate: Scheme 2: The id \"equal\" stands twice."],
            Ran.Of("compare", file, schemes, "--lang", "en").Refused());
    }

    [Theory]
    [InlineData("id,floor\na,1\n", ", line 1: memberMissing: \"areaM2\" is missing.")]
    [InlineData("id,户号,floor,areaM2\na,a,1,50\n", ", line 1: memberDuplicate: \"户号\" stands twice.")]
    [InlineData("id;floor;areaM2\na;1;50\n", ", line 1: separatorUnknown: The columns stand between commas, not semicolons or tabs.")]
    [InlineData("id,floor,areaM2,phone\na,1,50,1\n", ", line 1: nameUnknown: \"phone\" is not allowed here. Allowed: id, floor, areaM2, use, joins, entry, flatType.")]
    [InlineData("id,floor,areaM2\na,1,50,9\n", ", line 2: entryCount: There are 4 entries; there must be 1 to 3.")]
    [InlineData("id,floor,areaM2\na,1,\"50\nb,1,50\n", ", line 2: quotesDoNotMatch: The quotes do not match. A cell that holds quotes stands in quotes, and each quote in it is doubled.")]
    [InlineData("id,floor,areaM2\na\"b,1,50\n", ", line 2: quotesDoNotMatch: The quotes do not match. A cell that holds quotes stands in quotes, and each quote in it is doubled.")]
    [InlineData("id,floor,areaM2\n\"a\nb\",1,50\n", ", line 2, id: textCharacter: The text holds a character that is not allowed: U+000A (an invisible one, or half a character).")]
    [InlineData("", ": bodyEmpty: The body is empty.")]
    [InlineData("id,floor,areaM2\n", ": entryCount: There are 0 entries; there must be 1 to 10000.")]
    public void A_table_that_is_none_is_told(string table, string told)
    {
        string file = Write("register.csv", table);
        Assert.Equal([file + told], Ran.Of("compare", file, Write("schemes.json", Schemes), "--lang", "en").Refused());
    }

    [Fact]
    public void The_columns_are_the_members_of_a_household()
    {
        string[] members = [.. typeof(Grains.Register.Household).GetProperties().Where(property => property.CanWrite).Select(Wire.WireNames.Of)];
        Assert.Equal(members.Order(), Full.Split('\n')[0].Split(',').Order());
    }

    private string Compare(string table) => Compare(Encoding.UTF8.GetBytes(table));

    private string Compare(byte[] table) => Ran.Of("compare", Write("register.csv", table), Write("schemes.json", Schemes)).Done();
}
