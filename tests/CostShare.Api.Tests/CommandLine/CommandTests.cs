using System.Globalization;
using System.Text.Json.Nodes;
using CostShare.Api.CommandLine;
using Spectre.Console.Rendering;

namespace CostShare.Api.Tests.CommandLine;

/// <summary>The commands on requests of JSON.</summary>
public sealed class CommandTests : WithFolder
{
    [Theory] // docs/decisions/0008-tests.md tells how the files in approved/ are made anew.
    [InlineData("compare-leshan.zh.txt", "compare", "leshan.json")]
    [InlineData("compare-leshan.en.txt", "compare", "leshan.json", "--lang", "en")]
    [InlineData("compare-italy.en.txt", "compare", "w04-italy.json", "--lang=en")]
    [InlineData("compare-csv.zh.txt", "compare", "csv/households.csv", "csv/schemes.json")]
    [InlineData("explain-leshan-605.zh.txt", "explain", "leshan.json", "605")]
    [InlineData("explain-leshan-605.en.txt", "explain", "leshan.json", "605", "--lang", "en")]
    [InlineData("explain-leshan-101.zh.txt", "explain", "leshan.json", "101", "--lang", "zh", "--scheme", "half")]
    [InlineData("explain-elevator-3C.zh.txt", "explain", "elevator.json", "3C")]
    [InlineData("explain-elevator-4A.en.txt", "explain", "elevator.json", "4A", "--lang", "en")]
    [InlineData("explain-wuhan-r03-602.zh.txt", "explain", "wuhan-r03.json", "602")]
    [InlineData("explain-w08-303.en.txt", "explain", "w08-points.json", "303", "--lang", "en", "--scheme", "formula")]
    [InlineData("compare-beijing-corridor.zh.txt", "compare", "beijing-corridor.json")]
    [InlineData("compare-shanghai.zh.txt", "compare", "shanghai.json")]
    [InlineData("compare-shanghai.en.txt", "compare", "shanghai.json", "--lang", "en")]
    [InlineData("compare-shanghai-poll.zh.txt", "compare", "shanghai-poll.json")]
    [InlineData("explain-beijing-corridor-603.zh.txt", "explain", "beijing-corridor.json", "603")]
    [InlineData("compare-elevator.zh.txt", "compare", "elevator.json")]
    [InlineData("explain-csv-602.zh.txt", "explain", "csv/households.csv", "csv/schemes.json", "602")]
    [InlineData("explain-csv-102.en.txt", "explain", "--scheme=points", "csv/households.csv", "csv/schemes.json", "102", "--lang", "en")]
    public void An_example_prints_the_approved_text(string approved, params string[] words)
    {
        string printed = Ran.Of([.. words.Select(word => Path.HasExtension(word) ? Ran.Example(word) : word)]).Done();
        if (Environment.GetEnvironmentVariable("COSTSHARE_APPROVE") is string folder) { File.WriteAllText(Path.Combine(folder, approved), printed); }
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "approved", approved)), printed);
    }

    [Fact]
    public void Money_that_comes_back_and_money_that_is_not_used_are_told_with_the_funding()
    {
        JsonObject request = Running.Small();
        request["funding"] = JsonNode.Parse("""
            [ { "id": "bank", "kind": "fixed", "amountFen": 20000, "treatment": "refundProRata", "expensesFen": 1000 },
              { "id": "fund", "kind": "fixed", "amountFen": 30000, "treatment": "upkeepFund" },
              { "id": "gift", "kind": "fixed", "amountFen": 90000 } ]
            """);
        string file = Write("request.json", request.ToJsonString());
        Assert.Equal(
            [
                "Total cost      1,000.00 yuan",
                "Source bank       200.00 yuan  residents pay first; refunded pro rata; less expenses of 10.00 yuan",
                "Source fund       300.00 yuan  kept as upkeep fund, does not lower the self-funded part",
                "Source gift       500.00 yuan  unused 400.00 yuan",
                "Self-funded       500.00 yuan",
                "Refunded later    190.00 yuan",
                "",
            ],
            Ran.Of("compare", file, "--lang", "en").Done().Split('\n').Take(7));
        Assert.Contains("Refund later: 190.00 yuan × bill 250.00 yuan ÷ all bills 500.00 yuan = 95.00 yuan", Ran.Of("explain", file, "201", "--lang", "en").Done(), StringComparison.Ordinal);
    }

    [Fact]
    public void Schemes_of_one_name_are_told_apart_by_their_ids()
    {
        JsonObject request = Running.Small();
        JsonNode other = request["schemes"]![0]!.DeepClone();
        other["id"] = "again";
        request["schemes"]!.AsArray().Add(other);
        Assert.Contains("均摊 (equal) | 均摊 (again) |", Ran.Of("compare", Write("request.json", request.ToJsonString())).Done(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_look_like_markup_are_printed_as_they_stand()
    {
        JsonObject request = Running.Small();
        request["schemes"]![0]!["name"] = "[red]A[/] {0}";
        request["building"]!["households"]![0]!["id"] = "[b]";
        string printed = Ran.Of("compare", Write("request.json", request.ToJsonString())).Done();
        Assert.Contains("[red]A[/] {0}", printed, StringComparison.Ordinal);
        Assert.Contains("| [b]  |", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_nothing_is_wrapped_and_columns_line_up()
    {
        string name = string.Concat(Enumerable.Repeat("很长的名字 ", 30)).Trim();
        JsonObject request = Running.Small();
        request["schemes"]![0]!["name"] = name;
        string[] lines = Ran.Of("compare", Write("request.json", request.ToJsonString())).Done().Split('\n');
        // In both tables, and above what is said of the scheme.
        Assert.Equal(3, lines.Count(line => line.Contains(name, StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        foreach (IEnumerable<string> table in new[] { lines.SkipWhile(line => line != "各户"), lines.SkipWhile(line => line != "各层") })
        {
            Assert.Single(table.Skip(1).TakeWhile(line => line.Length > 0).Select(Cells).Distinct());
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void In_a_terminal_tables_stay_within_its_width_and_no_amount_is_broken(int width)
    {
        JsonObject request = JsonNode.Parse(Running.Example("leshan.json"))!.AsObject();
        request["building"]!["households"]![8]!["id"] = new string('长', 64);
        for (int k = 0; k < 9; k++)
        {
            JsonNode more = request["schemes"]![1]!.DeepClone();
            more["id"] = $"more{k}";
            request["schemes"]!.AsArray().Add(more);
        }
        string file = Write("request.json", request.ToJsonString());
        string printed = Ran.InTerminal(width, "compare", file).Done();
        // Sentences are left to the terminal to wrap.
        Assert.All(printed.Split('\n').Where(line => line.StartsWith('|') || line.StartsWith('+')), line => Assert.InRange(Cells(line), 0, width));
        string wide = Ran.Of("compare", file).Done();
        Assert.Equal(Amounts(wide), Amounts(printed));
        Assert.True(Amounts(wide).Length > 500);

        // The areas stand in each of the tables that a wide one is cut into, so only the amounts of schemes are counted.
        static string[] Amounts(string text) => [.. text.Split('\n').Where(line => line.StartsWith('|')).SelectMany(line => line.Split('|').Skip(1))
            .Select(cell => cell.Trim()).Where(cell => cell.Length > 3 && cell[^3] == '.' && cell != "1,562.40" && cell is not ("38.60" or "45.25" or "41.80" or "52.30")).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void In_a_terminal_the_largest_amounts_are_not_broken()
    {
        JsonObject request = Running.Small();
        request["costs"]![0]!["amountFen"] = 1_000_000_000_000_000;
        for (int k = 0; k < 3; k++) { request["schemes"]!.AsArray().Add(JsonNode.Parse($$"""{ "id": "{{k}}", "name": "均{{k}}", "rule": { "kind": "equal" } }""")); }
        string printed = Ran.InTerminal(80, "compare", Write("request.json", request.ToJsonString())).Done();
        // Four schemes, two households, one on each floor: each stands in both tables, and each table has a sum.
        Assert.Equal(16, printed.Split(" 5,000,000,000,000.00 |").Length - 1);
        Assert.Equal(8, printed.Split(" 10,000,000,000,000.00 |").Length - 1);
        Assert.All(printed.Split('\n').Where(line => line.StartsWith('|') || line.StartsWith('+')), line => Assert.InRange(Cells(line), 0, 80));
    }

    [Fact]
    public void Help_is_printed_for_the_program_and_each_command_in_both_languages()
    {
        string[] helps = [.. new string[][] { ["--help"], ["-h"], ["compare", "--help"], ["explain", "x", "-h"], ["audit", "-h"], ["transfer", "--help"], ["summaries", "-h"] }
            .SelectMany(words => new[] { Ran.Of(words).Done(), Ran.Of([.. words, "--lang", "en"]).Done() })];
        Assert.Equal(12, helps.Distinct().Count());
        Assert.All(helps.Where((_, i) => i % 2 == 0), help => Assert.StartsWith("用法：", help, StringComparison.Ordinal));
        Assert.All(helps.Where((_, i) => i % 2 == 1), help => Assert.StartsWith("Usage: ", help, StringComparison.Ordinal));
        Assert.All(helps, help => Assert.DoesNotContain(" \n", help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("缺少文件。", "No file is named.", "compare")]
    [InlineData("文件太多。", "There are too many files.", "compare", "a.csv", "b.json", "c.json")]
    [InlineData("a.csv 只有各户，后面还要写方案的 JSON 文件。", "a.csv holds the households alone; name the file of schemes behind it.", "compare", "a.csv")]
    [InlineData("写两个文件时，前一个是各户的 .csv 文件，不能是 a.json。", "Of two files the first is the .csv of households, not a.json.", "compare", "a.json", "b.json")]
    [InlineData("没有选项 --scheme。", "There is no option --scheme.", "compare", "a.json", "--scheme", "x")]
    [InlineData("没有选项 --langs。", "There is no option --langs.", "compare", "a.json", "--langs=zh")]
    [InlineData("没有选项 -x。", "There is no option -x.", "explain", "a.json", "-x")]
    [InlineData("缺少户号。", "No household is named.", "explain", "a.json")]
    [InlineData("a.csv 只有各户，后面还要写方案的 JSON 文件。", "a.csv holds the households alone; name the file of schemes behind it.", "explain", "a.csv", "b.json")]
    [InlineData("文件太多。", "There are too many files.", "explain", "a.csv", "b.json", "c", "d")]
    [InlineData("选项 --scheme 出现了两次。", "The option --scheme stands twice.", "explain", "a.json", "1", "--scheme", "a", "--scheme=a")]
    [InlineData("选项 --scheme 后面缺少值。", "The option --scheme needs a value.", "explain", "a.json", "1", "--scheme")]
    public void Wrong_usage_is_told_with_the_right_one(string chinese, string english, params string[] words)
    {
        string[] told = Ran.Of(words).Refused(Commands.Misused);
        Assert.Equal(chinese, told[0]);
        Assert.StartsWith($"用法：{words[0]}", told[1], StringComparison.Ordinal);
        told = Ran.Of([words[0], "--lang", "en", .. words[1..]]).Refused(Commands.Misused);
        Assert.Equal(english, told[0]);
        Assert.StartsWith($"Usage: {words[0]}", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_that_is_none_is_refused()
    {
        Assert.Equal("--lang 只能是 zh 或 en，不能是“fr”。", Ran.Of("compare", "a.json", "--lang", "fr").Refused(Commands.Misused)[0]);
        Assert.Equal("选项 --lang 后面缺少值。", Ran.Of("compare", "a.json", "--lang").Refused(Commands.Misused)[0]);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_in_a_line()
    {
        string large = Write("large.json", new byte[Wire.RequestBody.Largest + 1]);
        Assert.Equal([$"找不到文件 {Folder}/none.json。"], Ran.Of("compare", $"{Folder}/none.json").Refused(Commands.Misused));
        Assert.Equal([$"There is no file {Folder}/no/folder.csv."], Ran.Of("compare", $"{Folder}/no/folder.csv", large, "--lang", "en").Refused(Commands.Misused));
        Assert.Equal([$"{Folder} 是文件夹，不是文件。"], Ran.Of("compare", Folder).Refused(Commands.Misused));
        Assert.Equal([$"{large} is too large: at most 2097152 bytes (2 MiB)."], Ran.Of("compare", large, "--lang", "en").Refused(Commands.Misused));
        Assert.Equal([$"找不到文件 。"], Ran.Of("compare", "").Refused(Commands.Misused));
    }

    [Fact]
    public void A_file_of_the_largest_size_is_read()
    {
        byte[] request = new byte[Wire.RequestBody.Largest];
        Array.Fill(request, (byte)' ');
        System.Text.Encoding.UTF8.GetBytes(Running.Small().ToJsonString()).CopyTo(request, 0);
        Assert.Contains("500.00", Ran.Of("compare", Write("largest.json", request)).Done(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_told_with_its_file_place_code_and_sentence()
    {
        JsonObject request = Running.Small();
        request["building"]!["households"]![1]!["areaM2"] = 1.234;
        request["costs"]![0]!["amountFen"] = "39.8万";
        request["schemes"]![0]!["x"] = 1;
        string file = Write("request.json", request.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(
            [
                $"{file}: /building/households/1/areaM2: tooManyDecimals: 数值 1.234 的小数位太多：单位是平方米，最多 2 位小数；这里不会悄悄四舍五入。",
                $"{file}: /costs/0/amountFen: wrongType: 这里要填整数（不加引号），收到的是文字（加引号）：\"39.8万\"。",
                $"{file}: /schemes/0/x: memberUnknown: 第 1 个方案：不认识“x”这一项。",
            ],
            Ran.Of("compare", file).Refused());
        Assert.Equal($"{file}: /schemes/0/x: memberUnknown: Scheme 1: \"x\" is not known here.", Ran.Of("explain", file, "101", "--lang", "en").Refused()[2]);
    }

    [Fact]
    public void A_rule_that_is_broken_is_told_and_JSON_that_is_none()
    {
        JsonObject request = Running.Small();
        request["schemes"]![0]!["rule"] = JsonNode.Parse("""{ "kind": "floorPercentages", "percentages": { "1": 2, "2": 100 } }""");
        string file = Write("request.json", request.ToJsonString());
        Assert.Equal([$"{file}: /schemes/0/rule/percentages: doesNotClose: 第 1 个方案：百分比合计是 102，不是 100。楼层表只计有分摊户的楼层。"], Ran.Of("compare", file).Refused());
        string broken = Write("broken.json", "{\n  \"building\": x }");
        Assert.Equal([$"{broken}: notJson: The body is not JSON: see line 2, byte 15."], Ran.Of("compare", broken, "--lang", "en").Refused());
        Assert.Equal([$"{broken}: notJson: The body is not JSON: see line 2, byte 15."],
            Ran.Of("compare", Ran.Example("csv/households.csv"), broken, "--lang", "en").Refused());
    }

    [Fact]
    public void More_faults_than_are_listed_are_counted()
    {
        JsonObject request = Running.Small();
        var households = new JsonArray();
        for (int i = 0; i < 130; i++) { households.Add(new JsonObject { ["id"] = i.ToString(CultureInfo.InvariantCulture), ["floor"] = 0, ["areaM2"] = 1 }); }
        request["building"]!["households"] = households;
        string[] lines = Ran.Of("compare", Write("request.json", request.ToJsonString())).Refused();
        Assert.Equal(101, lines.Length);
        Assert.Equal("共有 130 处错误，这里只列出前 100 处。", lines[^1]);
    }

    [Fact]
    public void A_household_or_scheme_that_is_not_there_is_refused_with_those_that_are()
    {
        string file = Ran.Example("leshan.json");
        string[] lines = Ran.Of("explain", file, "999", "--scheme", "none").Refused();
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{file}: householdUnknown: 登记册里没有 999 户。登记册里有：101、102、103、", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("、405 … (35)。", lines[0], StringComparison.Ordinal);
        Assert.Equal($"{file}: nameUnknown: 没有方案“none”。方案有：coefficients、percentages、half、ride。", lines[1]);
        string register = Ran.Example("csv/households.csv");
        Assert.Equal([$"{register}: householdUnknown: The register has no household 99. It has: 101, 102, 201, 202, 301, 302, 401, 402, 501, 502, 601, 602."],
            Ran.Of("explain", register, Ran.Example("csv/schemes.json"), "99", "--lang", "en").Refused());
    }

    [Fact]
    public void A_household_whose_id_looks_like_an_option_stands_behind_two_dashes()
    {
        JsonObject request = Running.Small();
        request["building"]!["households"]![0]!["id"] = "-1";
        string file = Write("request.json", request.ToJsonString());
        Assert.StartsWith("Household -1, floor 1, 50.50 m²\n", Ran.Of("explain", "--lang", "en", file, "--", "-1").Done(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_or_a_word_holds_cannot_command_the_terminal()
    {
        string file = Write("request.json", "{ \"a\u001b[31m\u202e\": 1 }");
        Assert.DoesNotContain('\u001b', Ran.Of("compare", file).Error);
        Assert.DoesNotContain('\u202e', Ran.Of("compare", file).Error);
        Assert.Equal("没有命令 \uFFFD[31m。命令有：compare、explain、verify、audit、transfer。", Ran.Of("\u001b[31m").Refused(Commands.Misused)[0]);
    }

    private static int Cells(string line) => new Segment(line).CellCount();
}
