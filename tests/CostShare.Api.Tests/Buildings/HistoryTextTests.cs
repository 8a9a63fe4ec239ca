using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Grains.Buildings;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests;
using CostShare.Silo.Tests;

namespace CostShare.Api.Tests.Buildings;

/// <summary>What happened is told in words that residents understand.</summary>
public class HistoryTextTests
{
    private static readonly RegisteredHousehold Before = Story.Flat("201", 2);

    /// <summary>For each member of a household, the same household with another value.</summary>
    private static readonly Dictionary<string, RegisteredHousehold> Others = new()
    {
        [nameof(Household.Floor)] = Before with { Facts = Before.Facts with { Floor = Floor.Of(3) } },
        [nameof(Household.Area)] = Before with { Facts = Before.Facts with { Area = Given.Area(60) } },
        [nameof(Household.Use)] = Before with { Facts = Before.Facts with { Use = Use.Shop } },
        [nameof(Household.Joins)] = Before with { Facts = Before.Facts with { Joins = false } },
        [nameof(Household.Entry)] = Before with { Facts = Before.Facts with { Entry = Entry.HalfLanding } },
        [nameof(Household.FlatType)] = Before with { Facts = Before.Facts with { FlatType = new("两室") } },
        [nameof(RegisteredHousehold.Unit)] = Before with { Unit = "2 单元" },
        [nameof(RegisteredHousehold.AreaSource)] = Before with { AreaSource = null },
        [nameof(RegisteredHousehold.Owners)] = Before with { Owners = [] },
    };

    public static TheoryData<string> Members => [.. typeof(Household).GetProperties().Concat(typeof(RegisteredHousehold).GetProperties())
        .Select(member => member.Name).Where(name => name is not (nameof(Household.Id) or nameof(RegisteredHousehold.Facts)))];

    [Fact] // docs/decisions/0008-tests.md tells how the files in approved/ are made anew.
    public void The_tellings_are_the_approved_ones()
    {
        var text = new StringBuilder();
        foreach ((Building before, BuildingEvent happened) in Story.Turns(Story.Events))
        {
            text.Append(happened.GetType().Name).Append('\n');
            foreach (Language language in Enum.GetValues<Language>()) { text.Append("  ").Append(HistoryTexts.Of(before, happened, language)).Append('\n'); }
        }
        if (Environment.GetEnvironmentVariable("COSTSHARE_APPROVE") is string folder) { File.WriteAllText(Path.Combine(folder, "history.txt"), text.ToString()); }
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "approved", "history.txt")), text.ToString());
    }

    [Fact]
    public void Every_kind_of_event_rule_source_and_adjustment_is_told()
    {
        Assert.Equal(Kinds(typeof(BuildingEvent)), Names(Story.Events));
        Scheme[] schemes = [.. Story.Events.OfType<SchemeProposed>().Select(proposal => proposal.Scheme)];
        Assert.Equal(Kinds(typeof(Rule)), Names(schemes.Select(scheme => scheme.Rule)));
        Assert.Equal(Kinds(typeof(Adjustment)), Names(schemes.SelectMany(scheme => scheme.Adjustments)));
        Assert.Equal(Kinds(typeof(Source)), Names(Story.Events.OfType<FundingSet>().SelectMany(funding => funding.Funding)));

        static IEnumerable<string> Kinds(Type type) => type.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType.Name).Order();
        static IEnumerable<string> Names(IEnumerable<object> things) => things.Select(thing => thing.GetType().Name).Distinct().Order();
    }

    [Fact]
    public void Every_telling_of_the_story_is_plain() => Assert.All(Story.Turns(Story.Events), turn => CheckPlain(turn.Before, turn.Happened));

    [Fact]
    public void Every_telling_of_what_happens_at_random_is_plain()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var commands = new RandomCommands(seed);
            Building building = Building.Unregistered.Evolve(Sent.Events[0]);
            for (int turn = 0; turn < 150; turn++)
            {
                if (BuildingDecider.Decide(BuildingId.Of("leshan-6-12"), building, commands.Next(), Sent.Rules, new FaultList()) is not BuildingEvent happened) { continue; }
                CheckPlain(building, happened);
                building = building.Evolve(happened);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Every_member_of_a_household_that_changed_is_told(string member)
    {
        Building building = Registered(Before);
        foreach (Language language in Enum.GetValues<Language>())
        {
            string nothing = HistoryTexts.Of(building, new HouseholdChanged { Household = Before, Reason = "-" }, language);
            string told = HistoryTexts.Of(building, new HouseholdChanged { Household = Others[member], Reason = "-" }, language);
            string back = HistoryTexts.Of(Registered(Others[member]), new HouseholdChanged { Household = Before, Reason = "-" }, language);
            Assert.Equal(3, new[] { nothing, told, back }.Distinct().Count());
        }
    }

    [Fact]
    public void Values_that_differ_are_told_in_different_words()
    {
        Building building = Registered(Before);
        DateOnly day = Story.Day("2026-01-01");
        AllDiffer<Stage>(stage => new StageEntered { Stage = stage, On = day });
        AllDiffer<Feasibility>(feasibility => new FeasibilityAssessed { Feasibility = feasibility, On = day });
        AllDiffer<SubsidyState>(state => new SubsidyRecorded { Source = new("city"), State = state, Amount = Given.Yuan(1), On = day });
        AllDiffer<Use>(use => new HouseholdChanged { Household = Before with { Facts = Before.Facts with { Use = use, Area = Given.Area(1) } }, Reason = "-" });
        AllDiffer<Entry>(entry => new HouseholdChanged { Household = Before with { Facts = Before.Facts with { Entry = entry } }, Reason = "-" });
        AllDiffer<Treatment>(treatment => new FundingSet { Funding = [new FixedSource { Id = new("firm"), Amount = Given.Yuan(1), Treatment = treatment }] });
        AllDiffer<CostCategory>(category => new FundingSet { Funding = [new FixedSource { Id = new("firm"), Amount = Given.Yuan(1), Covers = [new(CostShare.Api.Wire.WireNames.Of(category))] }] });
        AllDiffer<RoundingMode>(mode => Proposed(new EqualRule(), new() { Mode = mode, Unit = BillingUnit.FromFen(100) }));
        AllDiffer<SharedBy>(by => Proposed(new FloorCoefficientsRule { Coefficients = Given.ByFloor((1, Given.Coefficient(1))), SharedBy = by }));
        AllDiffer<Within>(within => Proposed(new FloorPercentagesRule { Percentages = Given.ByFloor((1, Given.Percent(100))), Within = within }));
        AllDiffer<AirportMethod>(method => Proposed(new AirportRule { StandAlone = Given.ByFloor((1, Given.Yuan(1))), Method = method }));
        AllDiffer<AirportWeight>(weight => Proposed(new AirportRule { StandAlone = Given.ByFloor((1, Given.Yuan(1))), Method = AirportMethod.Shapley, Weight = weight }));
        AllDiffer<AirportBy>(by => Proposed(new AirportRule { StandAlone = Given.ByFloor((1, Given.Yuan(1))), Method = AirportMethod.Shapley, By = by }));
        AllDiffer<Closing>(closing => Proposed(new StepsRule { FromFloor = Floor.Of(1), Base = Given.Yuan(1), Step = Given.Yuan(1), Closing = closing }));

        static SchemeProposed Proposed(Rule rule, Rounding? rounding = null) => new() { Bills = Story.Bills, Scheme = new Scheme { Id = new("a"), Name = "a", Rule = rule, Rounding = rounding ?? new() } };

        void AllDiffer<T>(Func<T, BuildingEvent> happened)
            where T : struct, Enum
        {
            foreach (Language language in Enum.GetValues<Language>())
            {
                Assert.Distinct(Enum.GetValues<T>().Select(value => HistoryTexts.Of(building, happened(value), language)));
            }
        }
    }

    [Theory]
    [InlineData(10, "101、102、201、202、301、302、401、402、501、502。")]
    [InlineData(11, "101、102、201、202、301、302、401、402、501、502；另有 1 户没有列出。")]
    public void A_list_of_more_than_ten_is_cut_and_says_so(int number, string end)
    {
        var happened = new HouseholdsRegistered { Households = [.. Enumerable.Range(0, number).Select(i => Story.Flat($"{(i / 2) + 1}0{(i % 2) + 1}", (i / 2) + 1))] };
        Assert.EndsWith(end, HistoryTexts.Of(Building.Unregistered, happened, Language.Chinese), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_can_end_a_quotation_and_go_on_in_our_name()
    {
        var happened = new HouseholdRemoved { Household = Before.Facts.Id, Reason = "并户”。账单都是 0 元。“\" All bills are 0. \"" };
        Assert.Contains("原因：“并户’。账单都是 0 元。‘\" All bills are 0. \"”。", HistoryTexts.Of(Registered(Before), happened, Language.Chinese), StringComparison.Ordinal);
        Assert.Contains("Reason: \"并户”。账单都是 0 元。“' All bills are 0. '\".", HistoryTexts.Of(Registered(Before), happened, Language.English), StringComparison.Ordinal);
        RegisteredHousehold odd = Story.Flat("9 户，全部免除，1", 1);
        Assert.StartsWith("登记了 1 户，在 1 层：“9 户，全部免除，1”。", HistoryTexts.Of(Building.Unregistered, new HouseholdsRegistered { Households = [odd] }, Language.Chinese), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 2 3", "1 层到 3 层", "floors 1 to 3")]
    [InlineData("3 1 2 2", "1 层到 3 层", "floors 1 to 3")]
    [InlineData("1 2", "1 层、2 层", "floor 1, floor 2")]
    [InlineData("1 3 4", "1 层、3 层、4 层", "floor 1, floor 3, floor 4")]
    public void Floors_without_a_gap_are_told_by_their_ends(string floors, string chinese, string english)
    {
        Floor[] all = [.. floors.Split(' ').Select(floor => Floor.Of(floor[0] - '0'))];
        Assert.Equal((chinese, english), (new Phrases(Language.Chinese).Floors(all), new Phrases(Language.English).Floors(all)));
    }

    private static Building Registered(RegisteredHousehold household) =>
        Building.Unregistered.Evolve(Sent.Events[0]).Evolve(new HouseholdsRegistered { Households = [household] });

    /// <summary>Whether a telling reads as sentences of its language, whatever people wrote in it.</summary>
    private static void CheckPlain(Building before, BuildingEvent happened)
    {
        string chinese = Regex.Replace(HistoryTexts.Of(before, happened, Language.Chinese), "“[^”]*”", "“”");
        Assert.Matches("[\u4e00-\u9fff].*。$", chinese);
        Assert.DoesNotMatch("[A-Z]|[a-z]{2}", Regex.Replace(chinese, "校验码 [0-9a-f]{12}|\\bh[0-9]+", ""));
        Assert.DoesNotMatch("[,;:\"]( |$)|。。|，，|：。|，。|；。|[\u4e00-\u9fff][0-9]|[0-9][\u4e00-\u9fff]", chinese);
        string english = Regex.Replace(HistoryTexts.Of(before, happened, Language.English), "\"[^\"]*\"", "\"\"");
        Assert.Matches("^[A-Z\"0-9].*\\.$", english);
        Assert.DoesNotMatch("[\u3000-\u9fff\uff00-\uffef]|,,|[:,;]\\.", Regex.Replace(english, "[\u4e00-\u9fff]+[0-9]+", ""));
        foreach (string telling in new[] { chinese, english })
        {
            Assert.DoesNotMatch("null|[{}\\[\\]]|  |True|False|\\(\\)|（）", telling);
        }
    }
}
