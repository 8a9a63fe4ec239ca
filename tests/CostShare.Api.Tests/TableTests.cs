using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests;

/// <summary>Pasted tables over HTTP: against the shipped policies, as JSON and as CSV, and whatever else people send.</summary>
public sealed class TableTests(Running running) : IClassFixture<Running>
{
    public const string Address = "/api/v1/tables/check";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static string Example(string name) => File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "examples", "tables", name));

    [Fact]
    public async Task The_Shanghai_table_sums_to_102()
    {
        JsonElement answer = (await running.PostTo(Address, Example("shanghai.json"))).Json;
        Assert.False(answer.GetProperty("closes").GetBoolean());
        Assert.Equal("""{"code":"percentagesSum","holds":false,"sentence":{"zh":"百分比加起来是 102，不是 100，多 2。照这样收钱，会多收 10,400.00 元。","en":"The percentages add up to 102, not to 100: 2 too much. Collected like this, the money would be 10,400.00 yuan too much."},"expected":"100","actual":"102","difference":"2","excess":"1040000"}""", answer.GetProperty("checks")[0].GetRawText());
        Assert.Empty(Ids(answer));
        Assert.Equal("beijing-guidance-6", answer.GetProperty("nearest").GetProperty("scheme").GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_French_table_divides_by_52_parts_and_is_the_usual_grid()
    {
        JsonElement answer = (await PostCsv(Example("french.csv"), "?valuesFor=household")).Json;
        Assert.Equal(["partsSum False", "amountsSum False", "amountsFollowCoefficients True"],
            answer.GetProperty("checks").EnumerateArray().Select(check => $"{check.GetProperty("code").GetString()} {check.GetProperty("holds").GetBoolean()}"));
        Assert.Equal(("54", "52", "4000000/13"), (Check(answer, "expected"), Check(answer, "actual"), Check(answer, "excess")));
        Assert.Equal(["france-grid", "steps"], Ids(answer));
        Assert.Equal(("france-grid", "press"), (answer.GetProperty("matches")[0].GetProperty("policy").GetString(), answer.GetProperty("matches")[0].GetProperty("certainty").GetString()));

        static string? Check(JsonElement answer, string name) => answer.GetProperty("checks")[0].GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("0 5 12 20 28 33", "beijing-guidance-6", false)]
    [InlineData("0 8 19 31 41.5", "beijing-guidance-5", false)]
    [InlineData("0 11 33 56", "beijing-guidance-4", true)]
    public async Task The_middles_of_Beijing_are_its_guidance(string percentages, string scheme, bool closes)
    {
        string[] each = percentages.Split(' ');
        JsonElement answer = (await PostCsv("楼层,比例\n" + string.Concat(each.Select((percent, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1},{percent}%\n"))))).Json;
        Assert.Equal((closes, scheme), (answer.GetProperty("closes").GetBoolean(), answer.GetProperty("nearest").GetProperty("scheme").GetProperty("id").GetString()));
        Assert.Equal(scheme, Ids(answer)[0]);
        Assert.Equal("official", answer.GetProperty("matches")[0].GetProperty("certainty").GetString());
    }

    [Fact]
    public async Task Every_matching_scheme_can_be_compared_as_it_stands()
    {
        JsonNode answer = JsonNode.Parse((await PostCsv("楼层,户数,金额\n1,2,0\n2,2,0\n3,2,\"25,000\"\n4,2,27500\n5,2,30000\n6,2,32500\n7,2,35000.00\n总计,,300000\n", "?valuesFor=household")).Text)!;
        // The total stands in the third column, under the amounts.
        Assert.True(answer["closes"]!.GetValue<bool>());
        JsonArray schemes = [.. answer["matches"]!.AsArray().Select(match => match!["scheme"]!.DeepClone())];
        Assert.Equal(["guangzhou-coefficients-payers", "steps"], schemes.Select(scheme => scheme!["id"]!.GetValue<string>()).Order());
        Answer compared = await running.Post(new JsonObject
        {
            ["building"] = answer["building"]!.DeepClone(),
            ["costs"] = new JsonArray(new JsonObject { ["id"] = "lift", ["name"] = "电梯", ["category"] = "equipment", ["amountFen"] = 30_000_000 }),
            ["schemes"] = schemes,
        });
        Assert.All(compared.Json.GetProperty("schemes").EnumerateArray(), scheme => Assert.Equal(
            [0, 0, 0, 0, 2_500_000, 2_500_000, 2_750_000, 2_750_000, 3_000_000, 3_000_000, 3_250_000, 3_250_000, 3_500_000, 3_500_000],
            scheme.GetProperty("shares").EnumerateArray().Select(share => share.GetProperty("amountFen").GetInt64())));
    }

    [Fact]
    public async Task A_table_gives_the_same_answer_in_CSV_and_in_JSON()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            (string csv, string query, string json) = RandomTable(new Random(seed));
            Answer fromCsv = await PostCsv(csv, query), fromJson = await running.PostTo(Address, json);
            Assert.True(fromCsv.Text == fromJson.Text, $"seed {seed}\n{csv}{query}\n{json}\n{fromCsv.Text}\n{fromJson.Text}");
            Assert.True(fromCsv.Status == HttpStatusCode.OK, $"seed {seed}: {fromCsv.Text}");
        }
    }

    [Fact]
    public async Task Headings_encodings_signs_and_separators_are_read_as_spreadsheets_write_them()
    {
        const string plain = "floor,household,households,areaM2,percent,coefficient,amountYuan\n1,101,1,50.5,25,1,1000\n2,201,,60,75,3,3000.5\ntotal,,,,100,4,4000.5\n";
        string expected = (await PostCsv(plain)).Text;
        Assert.Contains("\"totalFen\":400050", expected, StringComparison.Ordinal);
        foreach (string same in new[]
        {
            "楼层,户号,户数,面积,比例,系数,金额\n1,101,1,50.5,25%,1,1000\n2,201,,60,75 %,3,3000.5\n合计,,,,100％,4,4000.50\n",
            "房号,楼层,面积,百分比,系数,金额,户数\n101,1,50.50,25.0,1.0,\"1,000.00\",\n201,2,60,75,3,\"3,000.50\",1\n总计,,,100,4,\"4,000.5\",\n",
            "\n楼层,户号,户数,面积,比例,系数,金额,,\r\n 1 ,101,1,50.5,25%,1,1000,,\r\n,,,,\r\n2,201,,60,75%,3,3000.5\r\nTotal,,9,9,100,4,4000.5\r\n,,\r\n",
        })
        {
            Assert.Equal(expected, (await PostCsv(same)).Text);
            Assert.Equal(expected, (await Post([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(same)], "text/csv")).Text);
            Assert.Equal(expected, (await Post(Gb18030.GetBytes(same), "text/csv; charset=gbk")).Text);
        }
    }

    [Fact]
    public async Task A_wrong_cell_is_told_by_line_and_heading_in_both_languages()
    {
        const string csv = "楼层,户数,比例,系数,金额\n三楼,1,10,1,1\n2,0.5,101%,一,1.234\n\n3,,5,,-1\n4,,5,1,\"1,00\"\n201,1,1,1,10000000000000.01\n,1,1,1,1e2\n";
        Answer chinese = await Post(Encoding.UTF8.GetBytes(csv), "text/csv", language: "zh");
        Assert.Equal(
            [
                "第 2 行，楼层：这里要填整数，收到的是“三楼”。",
                "第 3 行，户数：数值 0.5 的小数位太多：单位是无，最多 0 位小数；这里不会悄悄四舍五入。",
                "第 3 行，比例：数值 101 超出范围：应在 0 到 100 之间（单位：百分之一）。",
                "第 3 行，系数：这里要填数字，收到的是“一”。",
                "第 3 行，金额：数值 1.234 的小数位太多：单位是元，最多 2 位小数；这里不会悄悄四舍五入。",
                "第 5 行，金额：数值 -1 超出范围：应在 0 到 10000000000000 之间（单位：元）。",
                "第 6 行，金额：这里要填数字，收到的是“1,00”。",
                "第 7 行，楼层：数值 201 超出范围：应在 1 到 200 之间（单位：层，底层是 1）。",
                "第 7 行，金额：数值 10000000000000.01 超出范围：应在 0 到 10000000000000 之间（单位：元）。",
                "第 8 行，金额：这里要填数字，收到的是“1e2”。",
                "第 8 行，楼层：缺少“楼层”。",
            ],
            Details(chinese));
        chinese.Faults(HttpStatusCode.BadRequest);
        Answer english = await PostCsv(csv);
        Assert.Equal("Line 2, 楼层: This must be a whole number, not \"三楼\".", Details(english)[0]);
        Assert.Equal("""{"expected":"wholeNumber","value":"三楼","line":2,"heading":"楼层"}""", english.Json.GetProperty("faults")[0].GetProperty("values").GetRawText());
        Assert.All(english.Json.GetProperty("faults").EnumerateArray(), fault => Assert.Equal("", fault.GetProperty("pointer").GetString()));
    }

    [Theory]
    [InlineData("floor,household,percent\n1,a,10\n2,a,90\n", "idDuplicate 422 Line 3, household: The id \"a\" stands twice.")]
    [InlineData("floor,household,households,percent\n1,a,2,10\n", "tableRowIsOneHousehold 422 Line 2, households: Household a is one, so its row cannot stand for 2 households.")]
    [InlineData("楼层,金额\n1,1\n2,\n", "tableValueMissing 422 Line 3, 金额: This row has no \"金额\", and others have; write 0 where nothing is paid.")]
    [InlineData("楼层,比例\n1,0\n2,0%\n", "tableAllZero 422 \"比例\" comes to 0, so nothing is shared.")]
    [InlineData("楼层,系数,金额\n1,1,0\n2,2,0.00\n", "tableAllZero 422 \"金额\" comes to 0, so nothing is shared.")]
    [InlineData("楼层,百分比,金额\n1,50%,0\n2,50%,0\n合计,100%,\n", "tableAllZero 422 \"金额\" comes to 0, so nothing is shared.")]
    [InlineData("楼层,系数\n1,1\n合计,0\n", "tableAllZero 422 Line 3, 系数: \"系数\" comes to 0, so nothing is shared.")]
    [InlineData("floor,household\n1,a\n", "tableWithoutValues 422 The table has no values: it needs coefficients, percentages or amounts.")]
    [InlineData("floor,percent\n合计,100\n", "entryCount 400 There are 0 entries; there must be 1 to 10000.")]
    [InlineData("floor,percent\n", "entryCount 400 There are 0 entries; there must be 1 to 10000.")]
    [InlineData("floor,percent\n合计,100\n1,100\n", "cellNotReadable 400 Line 2, floor: This must be a whole number, not \"合计\".")]
    [InlineData("floor,percent\n1,100\ntotal,x\n", "cellNotReadable 400 Line 3, percent: This must be a number, not \"x\".")]
    [InlineData("floor;percent\n1;100\n", "separatorUnknown 400 Line 1: The columns stand between commas, not semicolons or tabs.")]
    [InlineData("floor,rent\n1,100\n", "nameUnknown 400 Line 1: \"rent\" is not allowed here. Allowed: floor, household, households, areaM2, percent, coefficient, amountYuan.")]
    [InlineData("percent\n100\n", "memberMissing 400 Line 1: \"floor\" is missing.")]
    [InlineData("floor,比例,percent\n1,1,1\n", "memberDuplicate 400 Line 1: \"percent\" stands twice.")]
    [InlineData("floor,percent\n1,100,5\n", "entryCount 400 Line 2: There are 3 entries; there must be 1 to 2.")]
    [InlineData("floor,percent\n1,\"100\n", "quotesDoNotMatch 400 Line 2: The quotes do not match. A cell that holds quotes stands in quotes, and each quote in it is doubled.")]
    [InlineData("floor,household,percent\n1,\"a\u202eb\",100\n", "textCharacter 400 Line 2, household: The text holds a character that is not allowed: U+202E (an invisible one, or half a character).")]
    [InlineData("floor,percent\n1,100%%\n", "cellNotReadable 400 Line 2, percent: This must be a number, not \"100%%\".")]
    [InlineData("floor,percent\n1,5 ％ %\n", "cellNotReadable 400 Line 2, percent: This must be a number, not \"5 ％ %\".")]
    [InlineData("floor,amountYuan\n1,\"1,000.5,0\"\n", "cellNotReadable 400 Line 2, amountYuan: This must be a number, not \"1,000.5,0\".")]
    [InlineData("floor,percent\n1,%\n", "cellNotReadable 400 Line 2, percent: This must be a number, not \"%\".")]
    [InlineData("floor,percent\n1,=100\n", "cellNotReadable 400 Line 2, percent: This must be a number, not \"=100\".")]
    [InlineData("", "bodyEmpty 400 The body is empty.")]
    [InlineData("\n,,\n", "memberMissing 400 Line 2: \"floor\" is missing.")]
    public async Task A_table_that_is_none_is_told(string csv, string told)
    {
        Answer answer = await PostCsv(csv);
        Assert.Equal(told, $"{answer.Json.GetProperty("code").GetString()} {(int)answer.Status} {answer.Json.GetProperty("detail").GetString()}");
        answer.Faults(answer.Status);
    }

    [Fact]
    public async Task What_the_query_says_is_what_the_members_say()
    {
        const string csv = "floor,coefficient\n1,1\n2,2\n";
        Assert.Equal((await running.PostTo(Address, """{ "rows": [ { "floor": 1, "coefficient": 1 }, { "floor": 2, "coefficient": 2 } ], "valuesFor": "household", "totalFen": 300, "parts": 3.5, "storeys": 4 }""")).Text,
            (await PostCsv(csv, "?valuesFor=household&totalFen=300&parts=3.5&storeys=4")).Text);
        foreach ((string query, string fault) in new[]
        {
            ("?parts=x", "wrongType /parts"), ("?parts=", "wrongType /parts"), ("?totalFen=1&totalFen=1", "memberDuplicate /totalFen"), ("?totalFen=1.5", "tooManyDecimals /totalFen"),
            ("?valuesFor=each", "nameUnknown /valuesFor"), ("?storeys=0", "outOfRange /storeys"), ("?total=1", "nameUnknown "), ("?percentTotal=1", "nameUnknown "),
        })
        {
            Assert.Equal([fault], (await PostCsv(csv, query)).Faults(HttpStatusCode.BadRequest));
        }
        Assert.Equal(["memberDuplicate "], (await PostCsv("floor,amountYuan\n1,1\ntotal,1\n", "?totalFen=100")).Faults(HttpStatusCode.BadRequest));
        Assert.Equal(["tableSumWithoutColumn /parts"], (await PostCsv("楼层,金额\n1,1\n", "?parts=1")).Faults(HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [InlineData("en", "\"valuesFor\" cannot stand in the address: a table in JSON takes no query members and states everything itself.")]
    [InlineData("zh", "网址里不能有“valuesFor”：用 JSON 传表格时不带查询参数，一切都写在 JSON 里。")]
    public async Task A_table_in_JSON_takes_no_query(string language, string told)
    {
        Answer answer = await running.Post(Encoding.UTF8.GetBytes(FullRequest.MakeTable().ToJsonString()), "application/json", language, "?valuesFor=&x=1", Address);
        Assert.Equal(["queryBesideJson ", "queryBesideJson "], answer.Faults(HttpStatusCode.BadRequest));
        Assert.Equal(told, Details(answer)[0]);
    }

    [Theory]
    [InlineData("text/csv", true)]
    [InlineData("Text/CSV; charset=UTF-8; header=present", true)]
    [InlineData("text/csv; charset=gb2312", true)]
    [InlineData("text/csv; charset=GB18030", true)]
    [InlineData("text/csv; charset=big5", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/json; charset=gbk", false)]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false)]
    [InlineData(null, false)]
    public async Task Tables_are_JSON_or_CSV(string? contentType, bool accepted)
    {
        Answer answer = await Post(Encoding.UTF8.GetBytes("floor,percent\n1,100\n"), contentType);
        if (accepted) { Assert.Equal(HttpStatusCode.OK, answer.Status); }
        else
        {
            Assert.Equal(["unsupportedMediaType "], answer.Faults(HttpStatusCode.UnsupportedMediaType));
            Assert.Contains("text/csv", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bytes_that_are_no_table_are_refused()
    {
        await PostCsv("floor,percent\n1,100\n");
        Assert.Equal(["notUtf8NorGb18030 "], (await Post([0x66, 0xFF, 0xFF], "text/csv")).Faults(HttpStatusCode.BadRequest));
        Assert.Equal(["bodyTooLarge "], (await Post(new byte[(2 * 1024 * 1024) + 1], "text/csv")).Faults(HttpStatusCode.RequestEntityTooLarge));
        var random = new Random(20_261_120);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            // Half of them of what tables are made of.
            const string letters = "楼层floor,percent比例\n\r\"'1203.%, -e";
            if (i % 2 == 0) { bytes = Encoding.UTF8.GetBytes([.. bytes.Select(b => letters[b % letters.Length])]); }
            Answer answer = await Post(bytes, "text/csv");
            Assert.True((int)answer.Status is 200 or 400 or 422, $"{Convert.ToHexString(bytes)}: {answer.Text}");
        }
    }

    public static TheoryData<string> Large => new()
    {
        "floor,percent\n" + string.Concat(Enumerable.Repeat("1,1\n", 500_000)),
        new string(',', 1_000_000) + "floor,percent\n" + string.Concat(Enumerable.Repeat("1\n", 500_000)),
        string.Concat(Enumerable.Repeat("x,", 500_000)) + "\n" + string.Concat(Enumerable.Repeat("1\n", 400_000)),
        "floor,percent\n" + string.Concat(Enumerable.Repeat("x,y\n", 10_000)),
        "floor,percent\n" + string.Concat(Enumerable.Repeat("1,1,1\n", 300_000)),
        "floor,percent\n" + new string('"', 2_000_000),
        "floor,percent\n1," + new string('9', 2_000_000) + "\n",
        new string('\n', 2_000_000),
    };

    [Theory]
    [MemberData(nameof(Large))]
    public async Task Large_files_that_are_wrong_are_refused_with_few_words(string csv)
    {
        await PostCsv("floor,percent\n1,100\n");
        var watch = Stopwatch.StartNew();
        Answer answer = await PostCsv(csv);
        Assert.True(watch.ElapsedMilliseconds < 30_000, $"{watch.ElapsedMilliseconds} ms");
        Assert.InRange(answer.Faults(HttpStatusCode.BadRequest).Length, 1, 100);
        Assert.True(answer.Text.Length < 200_000);
    }

    [Fact]
    public async Task Ten_thousand_rows_are_checked_and_one_more_refused()
    {
        var random = new Random(20_261_120);
        string rows = string.Concat(Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{1 + (i % 200)},{random.Next(5_000, 9_000) / 100m},{(i % 3 == 0 ? 0 : random.Next(1, 1_000_000))}\n")));
        var watch = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.OK, (await PostCsv("楼层,面积,金额\n" + rows + "合计,,1000000000\n")).Status);
        Assert.True(watch.ElapsedMilliseconds < 60_000, $"{watch.ElapsedMilliseconds} ms");
        foreach (string more in new[] { "1,1,1\n", "1,1,1\n合计,,1\n", "1,1,1\n1,1,1\n" })
        {
            Assert.Equal(["entryCount "], (await PostCsv("楼层,面积,金额\n" + rows + more)).Faults(HttpStatusCode.BadRequest));
        }
    }

    private static string[] Ids(JsonElement answer) => [.. answer.GetProperty("matches").EnumerateArray().Select(match => match.GetProperty("scheme").GetProperty("id").GetString()!)];

    private static string[] Details(Answer answer) => [.. answer.Json.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("detail").GetString()!)];

    private Task<Answer> PostCsv(string csv, string query = "") => Post(Encoding.UTF8.GetBytes(csv), "text/csv", query);

    private Task<Answer> Post(byte[] body, string? contentType, string query = "", string language = "en") => running.Post(body, contentType, language, query, Address);

    /// <summary>A random table both ways.</summary>
    private static (string Csv, string Query, string Json) RandomTable(Random random)
    {
        bool percent = random.Next(2) == 0, coefficient = random.Next(2) == 0, amount = !(percent || coefficient) || random.Next(2) == 0, areas = random.Next(2) == 0;
        var csv = new StringBuilder($"楼层,户数{(areas ? ",面积" : "")}{(percent ? ",比例" : "")}{(coefficient ? ",系数" : "")}{(amount ? ",金额" : "")}\n");
        var rows = new JsonArray();
        for (int i = 0; i < random.Next(1, 9); i++)
        {
            var row = new JsonObject { ["floor"] = i + 1 };
            csv.Append(CultureInfo.InvariantCulture, $"{i + 1},");
            if (random.Next(2) == 0)
            {
                row["households"] = random.Next(1, 4);
                csv.Append(row["households"]!.ToJsonString());
            }
            void Cell(bool stated, string member, decimal value, string cell)
            {
                if (!stated) { return; }
                row[member] = value;
                csv.Append(CultureInfo.InvariantCulture, $",{cell}");
            }

            decimal area = random.Next(4_000, 9_000) / 100m, part = random.Next(1, 30) / 2m, weight = random.Next(1, 30) / 10m;
            long fen = random.Next(1, 10_000_000);
            Cell(areas, "areaM2", area, area.ToString(CultureInfo.InvariantCulture));
            Cell(percent, "percent", part, part.ToString(CultureInfo.InvariantCulture) + (random.Next(2) == 0 ? "%" : ""));
            Cell(coefficient, "coefficient", weight, weight.ToString(CultureInfo.InvariantCulture));
            Cell(amount, "amountFen", fen, random.Next(2) == 0 ? $"\"{(fen / 100m).ToString("N2", CultureInfo.InvariantCulture)}\"" : (fen / 100m).ToString(CultureInfo.InvariantCulture));
            rows.Add(row);
            csv.Append('\n');
        }
        var json = new JsonObject { ["rows"] = rows };
        string query = "";
        if (random.Next(2) == 0)
        {
            // What the table comes to, as it says itself, right or wrong.
            csv.Append("合计,").Append(areas ? "," : "");
            if (percent) { csv.Append(CultureInfo.InvariantCulture, $",{json["percentTotal"] = random.Next(90, 110)}%"); }
            if (coefficient) { csv.Append(CultureInfo.InvariantCulture, $",{json["parts"] = random.Next(1, 60)}"); }
            if (amount)
            {
                long total = random.Next(1, 100_000_000);
                json["totalFen"] = total;
                csv.Append(CultureInfo.InvariantCulture, $",{total / 100m}");
            }
            csv.Append('\n');
        }
        else if (random.Next(2) == 0)
        {
            query = "?valuesFor=household&totalFen=123456700";
            json["valuesFor"] = "household";
            json["totalFen"] = 123_456_700;
        }
        return (csv.ToString(), query, json.ToJsonString());
    }
}
