using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>Whether a scheme keeps to the guidance ranges that it names, floor by floor.</summary>
public class GuidanceTests
{
    // Beijing's ranges for four storeys; 京建发〔2022〕318号.
    private static readonly (int Low, int High)[] FourStoreys = [(0, 0), (10, 12), (32, 34), (55, 57)];

    private static readonly PolicyBook Book = PolicyBook.Of([Ranges(FourStoreys, [0, 1, 1, 1])]);

    [Theory] // Both ends of a range belong to it.
    [InlineData("0 10 33 57", "Within Within Within Within")]
    [InlineData("0 9.999999 33 57.000001", "Within Below Within Above")]
    [InlineData("0 12 33 55", "Within Within Within Within")]
    [InlineData("1 12 33 54", "Above Within Within Below")]
    public void Each_floor_lies_below_within_or_above_its_range(string percentages, string positions)
    {
        GuidanceResult result = Check(Percentages(percentages), []);
        Assert.Equal(positions, string.Join(' ', result.Floors.Select(floor => floor.Position)));
        Assert.Equal(positions == "Within Within Within Within", result.AllWithin);
        Assert.Equal(percentages, string.Join(' ', result.Floors.Select(floor => Percentage.Text((floor.Percent * 1_000_000).Floor()))));
        Assert.Equal(FourStoreys.Select(range => ((Fraction)range.Low, (Fraction)range.High)), result.Floors.Select(floor => (floor.Low, floor.High)));
    }

    [Fact]
    public void Corridors_are_a_pot_of_their_own()
    {
        // Three quarters for the lift, one quarter for corridors of which 2F to 4F carry a third each.
        CostLine[] costs = [Given.Cost("lift", Given.Yuan(300_000)), Given.Cost("corridor", Given.Yuan(100_000), CostCategory.Corridor)];
        GuidanceResult result = Check(Percentages("0 11 33 56"), costs);
        Assert.Equal(["0 0", "95/6 52/3", "97/3 203/6", "595/12 613/12"], result.Floors.Select(floor => $"{floor.Low} {floor.High}"));
        Assert.Equal("Within Below Within Above", string.Join(' ', result.Floors.Select(floor => floor.Position)));
        // Who shares the lift by the middles and the corridors equally lies in the middle of every range.
        PresetScheme level = Assert.Single(Book.List(null, null, null).Policies[0].Schemes, preset => preset.Entry == Entry.Level);
        GuidanceResult middle = Check(level.Scheme.Rule, costs);
        Assert.True(middle.AllWithin);
        Assert.All(middle.Floors, floor => Assert.Equal(floor.Low + floor.High, floor.Percent * 2));
    }

    [Fact]
    public void A_text_without_corridors_has_one_range_for_all_the_money()
    {
        CostLine[] costs = [Given.Cost("lift", Given.Yuan(300_000)), Given.Cost("corridor", Given.Yuan(100_000), CostCategory.Corridor)];
        GuidanceResult result = Check(Percentages("0 11 33 56"), costs, PolicyBook.Of([Ranges(FourStoreys, null)]));
        Assert.Equal((10, 12), (result.Floors[1].Low, result.Floors[1].High));
    }

    [Fact]
    public void Corridors_that_others_pay_are_no_pot()
    {
        ComparisonRequest request = Request(Percentages("0 11 33 56"), [Given.Cost("lift", Given.Yuan(300_000)), Given.Cost("corridor", Given.Yuan(100_000), CostCategory.Corridor)])
            with
        { Funding = [new ProgrammeSource { Id = new("estate"), CostIds = [new("corridor")] }] };
        Assert.Equal(10, Run(request, Book).Floors[1].Low);
    }

    [Fact]
    public void Compensation_counts_as_money_to_be_raised()
    {
        // 1F is given 10,000 of 110,000 and pays a tenth of it: 11,000, which is 10 per cent of what is to be raised.
        ComparisonRequest request = Request(Percentages("10 12 33 45"), [Given.Cost("lift", Given.Yuan(100_000))]);
        request = request with { Schemes = [request.Schemes[0] with { Adjustments = [new Compensation { Household = Given.Id("1"), Amount = Given.Yuan(10_000) }] }] };
        Assert.Equal([10, 12, 33, 45], Run(request, Book).Floors.Select(floor => floor.Percent));
    }

    [Fact]
    public void Where_nothing_is_raised_nobody_pays_anything()
    {
        GuidanceResult result = Check(Percentages("0 11 33 56"), [Given.Cost("lift", Money.Zero)]);
        Assert.All(result.Floors, floor => Assert.Equal(0, floor.Percent));
        Assert.True(result.AllWithin);
    }

    [Fact]
    public void Several_households_of_a_floor_count_together_and_a_floor_without_any_pays_nothing()
    {
        var building = new HouseholdRegister { Storeys = Floor.Of(4), Households = [Given.Household("a", 4), Given.Household("b", 4), Given.Household("c", 3)] };
        ComparisonRequest request = Request(new EqualRule(), [Given.Cost("lift", Given.Yuan(100))]) with { Building = PolledRegister.Of(building) };
        Assert.Equal([0, 0, Fraction.Of(100, 3), Fraction.Of(200, 3)], Run(request, Book).Floors.Select(floor => floor.Percent));
    }

    [Theory]
    [InlineData("mars", "2023-01-01", 4, "GuidanceUnknown /schemes/0/guidance/policy policy=mars")]
    [InlineData("city-lift", "2023-01-01", 4, "GuidanceUnknown /schemes/0/guidance/policy policy=city-lift")]
    [InlineData("city-guidance", "2022-08-18", 4, "NoRuleOnThatDay /schemes/0/guidance/on policy=city-guidance on=2022-08-18 known=2022-08-19 – …")]
    [InlineData("city-guidance", "2022-08-19", 5, "GuidanceNotForStoreys /schemes/0/guidance/policy policy=city-guidance storeys=5 known=4")]
    public void Ranges_that_are_not_there_are_refused(string policy, string on, int storeys, string refusal)
    {
        ComparisonRequest request = Request(new EqualRule(), [Given.Cost("lift", Given.Yuan(100))]);
        request = request with
        {
            Building = request.Building with { Storeys = Floor.Of(storeys) },
            Schemes = [request.Schemes[0] with { Guidance = new Guidance { Policy = new(policy), On = Day(on) } }],
        };
        var subsidy = new SubsidyPolicy
        {
            Id = new("city-lift"),
            Name = Said,
            City = Said,
            Versions = [new SubsidyRule { From = Day("2020-01-01"), Certainty = Certainty.Press, References = [Paper], Paid = PaidWhen.NotStated, Parts = [] }],
        };
        var faults = new FaultList();
        Assert.Null(Comparer.Compare(request, PolicyBook.Of([subsidy, Ranges(FourStoreys, null)]), ComparisonParts.None, faults));
        Assert.Equal([refusal], faults.Faults.Select(Seen.Tell));
    }

    [Theory]
    [InlineData("{\"1\":0,\"2\":10}", "FloorMissing /versions/0/tables/0/floors floor=3")]
    [InlineData("{\"1\":0,\"2\":10,\"3\":20,\"4\":30}", "FloorUnknown /versions/0/tables/0/floors/4 floor=4 storeys=3")]
    public void Ranges_name_every_floor_of_the_building_and_no_other(string floors, string refusal)
    {
        var map = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, int>>(floors)!
            .ToDictionary(entry => Floor.Of(int.Parse(entry.Key, System.Globalization.CultureInfo.InvariantCulture)), entry => new PercentageRange { Low = Given.Percent(entry.Value), High = Given.Percent(entry.Value) });
        Assert.Equal([refusal], Checked(new GuidanceTable { Storeys = Floor.Of(3), Floors = map }));
    }

    [Fact]
    public void Corridors_name_floors_of_the_building_and_somebody_who_pays()
    {
        GuidanceTable table = Ranges(FourStoreys, null).Versions[0].Tables[0];
        Dictionary<Floor, Coefficient> Counts(params (int Floor, int Count)[] counts) => counts.ToDictionary(entry => Floor.Of(entry.Floor), entry => Given.Coefficient(entry.Count));
        Assert.Equal(["FloorUnknown /versions/0/tables/0/corridors/5 floor=5 storeys=4"], Checked(table with { Corridors = Counts((4, 1), (5, 1)) }));
        Assert.Equal(["WeightsAllZero /versions/0/tables/0/corridors"], Checked(table with { Corridors = Counts((4, 0)) }));
        Assert.Empty(Checked(table with { Corridors = Counts((4, 1)) }));
    }

    [Theory]
    [InlineData(44, 180, "")]
    [InlineData(45, 180, "TextLength /id minimum=1 maximum=44 length=45")]
    [InlineData(44, 181, "TextLength /name/zh minimum=1 maximum=180 length=181")]
    public void The_ready_schemes_of_a_policy_can_be_called_by_its_id_and_name(int id, int name, string refusal)
    {
        GuidancePolicy policy = Ranges(FourStoreys, [0, 1, 1, 1]) with { Id = new(new string('a', id)), Name = new() { Zh = new string('名', name), En = "n" } };
        var faults = new FaultList();
        PolicyCheck.Run(policy, faults);
        Assert.Equal(refusal, string.Join(' ', faults.Faults.Select(Seen.Tell)));
        if (refusal.Length > 0) { return; }
        Assert.All(PolicyBook.Of([policy]).List(null, null, null).Policies[0].Schemes, preset => Assert.InRange(preset.Scheme.Name.Length, name, Scheme.LongestName));
    }

    private static Words Said => new() { Zh = "条件", En = "words" };

    private static PolicyReference Paper => Given.Paper("paper", Certainty.Official);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static GuidancePolicy Ranges((int Low, int High)[] ranges, int[]? corridors) => new()
    {
        Id = new("city-guidance"),
        Name = Said,
        City = Said,
        Versions =
        [
            new GuidanceRule
            {
                From = Day("2022-08-19"), Certainty = Certainty.Official, References = [Paper],
                Tables =
                [
                    new GuidanceTable
                    {
                        Storeys = Floor.Of(ranges.Length),
                        Floors = Enumerable.Range(1, ranges.Length).ToDictionary(Floor.Of,
                            floor => new PercentageRange { Low = Given.Percent(ranges[floor - 1].Low), High = Given.Percent(ranges[floor - 1].High) }),
                        Corridors = corridors is null ? null : Enumerable.Range(1, ranges.Length).ToDictionary(Floor.Of, floor => Given.Coefficient(corridors[floor - 1])),
                    },
                ],
            },
        ],
    };

    private static FloorPercentagesRule Percentages(string percentages) => new()
    {
        Percentages = percentages.Split(' ').Select((text, i) => (Floor: Floor.Of(i + 1), Percent: Given.Percent(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture))))
            .ToDictionary(entry => entry.Floor, entry => entry.Percent),
    };

    private static ComparisonRequest Request(Rule rule, CostLine[] costs) => new()
    {
        Building = PolledRegister.Of(new HouseholdRegister { Storeys = Floor.Of(4), Households = [.. Enumerable.Range(1, 4).Select(floor => Given.Household($"{floor}", floor))] }),
        Costs = costs.Length > 0 ? costs : [Given.Cost("lift", Given.Yuan(400_000))],
        Schemes = [Given.Scheme(rule) with { Guidance = new Guidance { Policy = new("city-guidance"), On = Day("2023-01-01") } }],
    };

    private static GuidanceResult Check(Rule rule, CostLine[] costs, PolicyBook? book = null) => Run(Request(rule, costs), book ?? Book);

    private static GuidanceResult Run(ComparisonRequest request, PolicyBook book)
    {
        var faults = new FaultList();
        ComparisonResult? result = Comparer.Compare(request, book, ComparisonParts.None, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return result!.Schemes[0].Guidance!;
    }

    private static string[] Checked(GuidanceTable table)
    {
        var faults = new FaultList();
        GuidancePolicy policy = Ranges(FourStoreys, null);
        PolicyCheck.Run(policy with { Versions = [policy.Versions[0] with { Tables = [table] }] }, faults);
        return [.. faults.Faults.Select(Seen.Tell)];
    }
}
