using System.Text.Json.Nodes;
using CostShare.Api.Problems;
using CostShare.Api.Streets;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Streets;
using CostShare.Grains.Texts;

namespace CostShare.Api.Tests.Streets;

/// <summary>Wrong sums, claims that were made twice and a budget that is overrun are named, each with its amount and its reason.</summary>
public sealed class SubsidyTests(Planted planted) : IClassFixture<Planted>
{
    private static readonly string Address = $"/api/v1/streets/{Uri.EscapeDataString(Planted.Street)}";

    private HttpClient Office => planted.Running.Administrator;

    [Fact]
    public async Task Wrong_sums_come_first_with_their_difference_and_what_explains_it()
    {
        JsonObject check = (await Office.Json($"{Address}/subsidies"))["check"]!.AsObject();
        Assert.Equal(["b-uncapped 6000000 capLeftOut", "g-old 4000000 ruleOfOtherDays", "c-less -1 unexplained", "a-right  ", "d-address  ", "e-address  ", "f-formula  "],
            check["lines"]!.AsArray().Select(line => $"{line!["building"]} {line["differenceFen"]} {line["cause"]?["kind"]}"));
        Assert.Equal(28_000_000, check["lines"]![0]!["cause"]!["capFen"]!.GetValue<long>());
        Assert.Equal((7, 3, 0, 0), (check["checked"]!.GetValue<int>(), check["differing"]!.GetValue<int>(), check["refused"]!.GetValue<int>(), check["withoutRule"]!.GetValue<int>()));
        Assert.Equal(((6L * 28_000_000) + 24_000_000, (4L * 28_000_000) + 34_000_000 + 27_999_999, 9_999_999L),
            (check["ruleFen"]!.GetValue<long>(), check["recordedFen"]!.GetValue<long>(), check["differenceFen"]!.GetValue<long>()));

        // Of the city only what is wrong is listed, and its totals are those of its streets.
        JsonObject city = (await Office.Json("/api/v1/city/subsidies"))["check"]!.AsObject(), other = (await Office.Json($"/api/v1/streets/{Planted.Elsewhere}/subsidies"))["check"]!.AsObject();
        Assert.Equal(["b-uncapped", "g-old", "c-less"], city["lines"]!.AsArray().Select(line => $"{line!["building"]}"));
        Assert.All(["checked", "differing", "refused", "ruleFen", "recordedFen", "differenceFen"],
            name => Assert.Equal(city[name]!.GetValue<long>(), check[name]!.GetValue<long>() + other[name]!.GetValue<long>()));
    }

    [Fact]
    public async Task The_sum_of_an_unconfirmed_rule_of_other_days_is_explained_where_nobody_accepted_that_rule()
    {
        using var running = new Running();
        Buildings.Stored stair = new(running, "a");
        await Seeded.Register(stair, "一", null, "一路 1 号", 6, 12);
        await Seeded.Fund(stair, 40_000_000);
        await Seeded.Record(stair, "granted", 24_000_000);
        JsonNode line = Assert.Single((await running.Administrator.Json("/api/v1/city/subsidies"))["check"]!["lines"]!.AsArray())!;
        Assert.Equal("-4000000 ruleOfOtherDays 2018-01-01 2020-03-31", $"{line["differenceFen"]} {line["cause"]!["kind"]} {line["cause"]!["from"]} {line["cause"]!["to"]}");
    }

    [Fact]
    public async Task One_certificate_of_two_streets_and_one_stair_under_two_ids_are_double_claims()
    {
        JsonArray here = (await Office.Json($"{Address}/subsidies"))["check"]!["doubleClaims"]!.AsArray();
        Assert.Equal([$"certificate {Planted.Certificate} 28000000 c-less z-elsewhere", "stair 丙路 8 号 28000000 d-address e-address"], here.Select(Told));
        Assert.Equal(here.Select(Told), (await Office.Json("/api/v1/city/subsidies"))["check"]!["doubleClaims"]!.AsArray().Select(Told));
        Assert.Equal([$"certificate {Planted.Certificate} 28000000 c-less z-elsewhere"], (await Office.Json($"/api/v1/streets/{Planted.Elsewhere}/subsidies"))["check"]!["doubleClaims"]!.AsArray().Select(Told));

        static string Told(JsonNode? claim) => $"{claim!["kind"]} {claim["what"]} {claim["tooMuchFen"]} {string.Join(' ', claim["claims"]!.AsArray().Select(one => one!["building"]))}";
    }

    [Fact]
    public async Task A_programme_that_granted_more_than_its_budget_is_below_zero_by_what_it_is_overrun()
    {
        JsonArray programmes = (await Office.Json($"{Address}/subsidies"))["programmes"]!.AsArray();
        Assert.Equal(["xuhui-lifts 100000000 89999999 89999999 10000001", "别的资金  28000000 0 "], programmes.Select(Told));
        Buildings.Stored right = new(planted.Running, "a-right");
        await Seeded.Record(right, "granted", 38_000_002, programme: "xuhui-lifts");
        Assert.Equal("xuhui-lifts 100000000 100000001 0 -1", Told((await Office.Json($"/api/v1/streets/{Planted.Elsewhere}/subsidies"))["programmes"]![0]));
        await Seeded.Record(right, "granted", 28_000_000, programme: "xuhui-lifts");
        Assert.Equal("xuhui-lifts 100000000 89999999 89999999 10000001", Told((await Office.Json("/api/v1/city/subsidies"))["programmes"]![0]));

        static string Told(JsonNode? one) => $"{one!["programme"]} {one["budgetFen"]} {one["committedFen"]} {one["committedHereFen"]} {one["leftFen"]}";
    }

    [Fact]
    public async Task Pages_of_lines_lead_on_and_hold_each_line_once()
    {
        string[] all = [.. (await Office.Json($"{Address}/subsidies"))["check"]!["lines"]!.AsArray().Select(line => $"{line!["building"]}")];
        var found = new List<string>();
        for (string? next = $"{Address}/subsidies?limit=3"; next is not null;)
        {
            JsonObject page = await Office.Json(next);
            found.AddRange(page["check"]!["lines"]!.AsArray().Select(line => $"{line!["building"]}"));
            Assert.Equal(3, page["check"]!["differing"]!.GetValue<int>());
            next = page["next"]?.GetValue<string>();
        }
        Assert.Equal(all, found);
        Assert.Null((await Office.Json($"{Address}/subsidies?limit={all.Length}"))["next"]);
        Assert.Equal(Planted.Street, (await Office.Json($"{Address}/summary"))["street"]!.GetValue<string>());
    }

    [Fact]
    public Task Streets_and_estates_add_up_with_stairs_that_stand_in_no_estate() => Sums.AddUp(Office, "");

    [Theory]
    [InlineData("zh-CN", "记录的是 340,000.00 元，按规定是 280,000.00 元，多了 60,000.00 元。没有按封顶 280,000.00 元计算。", "记录的是 279,999.99 元，按规定是 280,000.00 元，少了 0.01 元。没有找到原因", "用了别的日子的规定：2020-04-01 – 现在；这里要用 2019-06-01 生效的规定。")]
    [InlineData("en", "Recorded are 340,000.00 yuan, the rule gives 280,000.00 yuan: 60,000.00 yuan too much. The cap of 280,000.00 yuan was left out.",
        "279,999.99 yuan, the rule gives 280,000.00 yuan: 0.01 yuan too little. No cause", "It is what the rule of other days gives (2020-04-01 – now); the rule in force on 2019-06-01 counts.")]
    public async Task Tables_explain_differences_as_a_sentence_with_its_figures(string language, params string[] said)
    {
        string csv = (await Office.Get($"{Address}/subsidies?format=csv", language)).Text;
        Assert.All(said, sentence => Assert.Contains(sentence, csv, StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_that_cannot_be_reckoned_says_why_with_its_values()
    {
        var line = new SubsidyLine
        {
            Building = BuildingId.Of("a"),
            Street = "一",
            Address = "一路 1 号",
            Source = new("city"),
            Fault = new Fault(FaultCode.PolicyUnknown, Place.Root, [("policy", "gone")]),
        };
        Assert.Equal(FaultCode.PolicyUnknown, line.Refusal);
        Assert.Equal("无法核算：没有补贴政策“gone”。", new StreetWords(Language.Chinese, PolicyBook.Empty).Explanation(line));
        Assert.Equal("Cannot be reckoned: There is no subsidy policy \"gone\".", new StreetWords(Language.English, PolicyBook.Empty).Explanation(line));
        Assert.Null(new StreetWords(Language.Chinese, PolicyBook.Empty).Explanation(line with { Fault = null }));
    }

    [Fact]
    public void Every_cause_is_told_in_both_languages_with_its_figures()
    {
        var line = new SubsidyLine
        {
            Building = BuildingId.Of("a"),
            Street = "一",
            Address = "一路 1 号",
            Source = new("city"),
            RuleOn = new DateOnly(2022, 5, 1),
            Recorded = Money.FromFen(30_000_000),
            Rule = Money.FromFen(28_000_000),
            Difference = SignedMoney.FromFen(2_000_000),
        };
        string[] told =
        [
            .. Enum.GetValues<DifferenceKind>().SelectMany(kind => new[] { Language.Chinese, Language.English }.Select(language => new StreetWords(language, PolicyBook.Empty).Explanation(line with
            {
                Cause = new DifferenceCause
                {
                    Kind = kind,
                    Conditions = [new Words { Zh = "六层以上", En = "six storeys or more" }],
                    IfMet = Money.FromFen(1),
                    From = new DateOnly(2018, 1, 1),
                    To = new DateOnly(2020, 3, 31),
                    Part = new Words { Zh = "管线", En = "pipes" },
                    Steps = [],
                },
            })!)),
        ];
        Assert.Equal(told.Length, told.Distinct().Count());
        Assert.All(told, (sentence, i) => Assert.Equal(i % 2 == 0, sentence.Any(letter => letter > 0x4e00)));
        Assert.All(told, sentence => Assert.Contains("20,000.00", sentence, StringComparison.Ordinal));
        Assert.Contains(told, sentence => sentence.EndsWith("不满足的条件：六层以上。满足的话是 0.01 元。", StringComparison.Ordinal));
        Assert.Contains(told, sentence => sentence.EndsWith("2018-01-01 – 2020-03-31；这里要用 2022-05-01 生效的规定。", StringComparison.Ordinal));
    }
}
