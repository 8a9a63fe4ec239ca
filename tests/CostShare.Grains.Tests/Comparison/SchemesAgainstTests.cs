using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Tests.Vectors;

namespace CostShare.Grains.Tests.Comparison;

public class SchemesAgainstTests
{
    private static readonly (int Floor, long Fen)[] Costs = [(1, 25_000_00), (2, 30_000_00), (3, 35_000_00), (4, 45_000_00)];

    private static readonly (string Id, Rule Rule)[] Rules =
    [
        ("equal", new EqualRule()),
        ("area", new AreaRule()),
        ("coefficients", Given.Coefficients([(1, 1)], 0.5m, SharedBy.Household)),
        ("sec", Given.Airport(AirportMethod.Shapley, Costs)),
        ("owen", Given.Airport(AirportMethod.Shapley, Costs) with { By = AirportBy.Floor }),
        ("cec", Given.Airport(AirportMethod.ConstrainedEqual, Costs)),
        ("ceb", Given.Airport(AirportMethod.ConstrainedEqualBenefits, Costs)),
        ("sm", Given.Airport(AirportMethod.Nucleolus, Costs)),
        ("coefficients × area", Given.Coefficients([(1, 1)], 0.5m, SharedBy.Area)),
        ("half area, half floor", Given.Mix((50, new AreaRule()), (50, Given.Coefficients([(1, 1)], 1, SharedBy.Household)))),
        ("in proportion", Given.Coefficients(Costs.Select(cost => (cost.Floor, cost.Fen / 100_000m)), sharedBy: SharedBy.Household)),
        ("sec by area", Given.Airport(AirportMethod.Shapley, Costs) with { Weight = AirportWeight.Area }),
        ("cp", Given.Airport(AirportMethod.ConstrainedProportional, Costs)),
        ("sfc", Given.Coefficients([(1, 25), (2, 5), (3, 5), (4, 10)], within: Within.Equal)),
    ];

    /// <summary>The building of fourteen flats "elevator" of the R package AirportProblems.</summary>
    private static readonly HouseholdRegister Elevator = Given.Building([.. VectorFile.Sharing["data-elevator-area-weighted-SEC"].Input("id").EnumerateArray().Select((id, i) =>
        Given.Household(id.GetString()!, (int)VectorFile.Sharing["data-elevator-area-weighted-SEC"].Input("floor").Longs()[i],
            VectorFile.Sharing["data-elevator-area-weighted-SEC"].Input("weights").Decimals()[i]))]);

    private static readonly Lazy<Dictionary<string, SchemeFacts>> Facts = new(() => Told.Facts(Given.Request(Elevator, Given.Fen(45_000_00),
        [.. Rules.Select(rule => new Scheme { Id = new(rule.Id), Name = rule.Id, Rule = rule.Rule })]) with
    { StandAlone = Told.Costs(Costs) }).Zip(Rules).ToDictionary(pair => pair.Second.Id, pair => pair.First));

    [Theory] // Who would rather have the row's scheme than the column's: flats / per cent of the area. Computed beside the project from exact shares.
    [InlineData("equal", "-", "8 62", "6 46", "2 18", "2 18", "2 18", "6 46", "2 18")]
    [InlineData("area", "6 38", "-", "8 58", "4 31", "2 18", "8 57", "6 46", "2 18")]
    [InlineData("coefficients", "8 54", "6 42", "-", "2 18", "2 18", "6 46", "6 46", "6 46")]
    [InlineData("sec", "12 82", "10 69", "12 82", "-", "2 18", "8 54", "6 46", "8 54")]
    [InlineData("owen", "12 82", "12 82", "12 82", "12 82", "-", "12 82", "6 46", "12 82")]
    [InlineData("cec", "12 82", "6 43", "8 54", "6 46", "2 18", "-", "6 46", "2 18")]
    [InlineData("ceb", "8 54", "8 54", "8 54", "8 54", "8 54", "8 54", "-", "8 54")]
    [InlineData("sm", "12 82", "12 82", "8 54", "6 46", "2 18", "12 82", "6 46", "-")]
    public void Support_of_each_scheme_against_each_other_one_is_reproduced(string scheme, params string[] support)
    {
        for (int k = 0; k < support.Length; k++)
        {
            if (support[k] == "-") { continue; }
            SchemeAgainst against = Facts.Value[scheme].Against!.Single(other => other.Scheme.Value == Rules[k].Id);
            Assert.Equal((scheme, Rules[k].Id, support[k]), (scheme, Rules[k].Id, $"{against.Less.Households} {Percent(against.Less.Area)}"));
            Assert.Equal((14, 125_000), (against.Less.Households + against.Same.Households + against.More.Households,
                against.Less.Area.Hundredths + against.Same.Area.Hundredths + against.More.Area.Hundredths));
        }
    }

    private static string Percent(TotalArea area) => (Fraction.Of(area.Hundredths * 100, 125_000) + Fraction.Of(1, 2)).Floor().ToString(CultureInfo.InvariantCulture);

    [Fact] // The majority that prefers whatever loads the two flats at the top.
    public void Owen_beats_sec_twelve_to_two_in_words() => Assert.Contains(
        ("和“sec”相比，12 户付得更少（1,020.00 平方米），2 户付得更多（230.00 平方米），0 户付得一样多。",
            "Beside \"sec\", 12 households pay less (1,020.00 m²), 2 households pay more (230.00 m²) and 0 households pay the same."),
        Facts.Value["owen"].Sentences(StatementCode.Against));

    [Theory] // Gini, highest bill beside the median, worst group excess in euro, in the core. Computed beside the project.
    [InlineData("equal", "0.000", "1.00", 3571, false)]
    [InlineData("area", "0.062", "1.33", 1720, false)]
    [InlineData("coefficients", "0.174", "1.67", 217, false)]
    [InlineData("coefficients × area", "0.230", "2.22", -1710, true)]
    [InlineData("half area, half floor", "0.149", "1.64", 235, false)]
    [InlineData("in proportion", "0.108", "1.50", 1000, false)]
    [InlineData("sec", "0.286", "3.55", -1786, true)]
    [InlineData("sec by area", "0.322", "4.07", -1600, true)]
    [InlineData("owen", "0.364", "5.16", -1562, true)]
    [InlineData("sm", "0.139", "2.36", -2692, true)]
    [InlineData("cec", "0.079", "1.71", 0, true)]
    [InlineData("cp", "0.129", "1.71", 0, true)]
    [InlineData("ceb", "0.698", null, 0, true)]
    [InlineData("sfc", "0.365", "5.00", 0, true)]
    public void Measures_of_each_scheme_are_reproduced(string scheme, string gini, string? spread, long excess, bool inCore)
    {
        SchemeFacts facts = Facts.Value[scheme];
        Assert.Equal(gini, Spoken.Number(facts.Inequality!.Gini, 3).En.Replace("about ", "", StringComparison.Ordinal));
        Assert.Equal(spread, facts.Bills!.Spread is Fraction known ? Spoken.Number(known, 2).En.Replace("about ", "", StringComparison.Ordinal) : null);
        Fraction off = (facts.Stability!.WorstExcess / 100) - excess;
        Assert.True(off <= Fraction.Of(1, 2) && off >= Fraction.Of(-1, 2), $"{facts.Stability.WorstExcess}");
        Assert.Equal(inCore, facts.Stability.InCore);
        Assert.Equal(1, facts.Stability.Scale);
    }

    [Fact]
    public void Differences_come_only_where_they_are_asked_for_and_in_fen_and_per_cent()
    {
        HouseholdRegister building = Given.Building(Given.Household("101", 1), Given.Household("201", 2), Given.Household("301", 3), Given.Household("401", 4) with { Joins = false });
        Scheme equal = Given.Scheme(new EqualRule()), stated = Told.Stated(building.Households, [0, 200, 700, 0]) with { Id = new("stated") };
        ComparisonRequest request = Given.Request(building, Given.Fen(900), equal, stated);
        Assert.All(Told.Facts(request), facts => Assert.All(facts.Against!, against => Assert.Null(against.Differences)));
        IReadOnlyList<SchemeFacts> facts = Told.Facts(request, ComparisonParts.Differences);
        Assert.Equal(
            [
                new BillDifference(Given.Id("101"), SignedMoney.FromFen(300)),
                new BillDifference(Given.Id("201"), SignedMoney.FromFen(100)) { Percent = 50 },
                new BillDifference(Given.Id("301"), SignedMoney.FromFen(-400)) { Percent = Fraction.Of(-400, 7) },
                new BillDifference(Given.Id("401"), SignedMoney.FromFen(0)),
            ],
            facts[0].Against!.Single().Differences!);
        Assert.Equal(
            [
                new BillDifference(Given.Id("101"), SignedMoney.FromFen(-300)) { Percent = -100 },
                new BillDifference(Given.Id("201"), SignedMoney.FromFen(-100)) { Percent = Fraction.Of(-100, 3) },
                new BillDifference(Given.Id("301"), SignedMoney.FromFen(400)) { Percent = Fraction.Of(400, 3) },
                new BillDifference(Given.Id("401"), SignedMoney.FromFen(0)),
            ],
            facts[1].Against!.Single().Differences!);
        SchemeAgainst against = facts[0].Against!.Single();
        Assert.Equal((1, 1, 2), (against.Less.Households, against.Same.Households, against.More.Households));
    }

    [Fact] // Of something that is received, a percentage would mean nothing.
    public void Beside_money_received_there_is_no_percentage() => Assert.Null(BillDifference.Of(Given.Id("a"), Given.Fen(5), Given.Fen(-5)).Percent);

    [Fact]
    public void Alone_a_scheme_is_beside_none() => Assert.Empty(Told.Facts(Given.Request(Given.Building(1, 1), Given.Fen(1), Given.Scheme(new EqualRule())))[0].Against!);

    [Theory] // 223 × 30 × 29 = 194,010.
    [InlineData(223, 30, true)]
    [InlineData(229, 30, true)]
    [InlineData(230, 30, false)]
    [InlineData(10_000, 2, true)]
    public void Differences_are_bounded(int households, int schemes, bool accepted)
    {
        ComparisonRequest request = Given.Request(Given.Building(1, households), Given.Fen(100),
            [.. Enumerable.Range(0, schemes).Select(i => Given.Scheme(new EqualRule()) with { Id = new($"s{i}") })]);
        if (accepted) { Assert.Equal(schemes, Told.Facts(request, ComparisonParts.Differences).Count); }
        else { Assert.Equal([$"TooManyDifferences /schemes households={households} schemes={schemes} limit=200000"], Told.Refused(request, ComparisonParts.Differences)); }
    }

    [Theory] // At the limits of a request, without differences; also with shares of more than 3,000 bits.
    [InlineData(400, 50, false)]
    [InlineData(400, 50, true)]
    [InlineData(10_000, 2, false)]
    public async Task The_largest_requests_are_told(int households, int schemes, bool longShares)
    {
        HouseholdRegister building = Given.Building([.. Enumerable.Range(0, households).Select(i => Given.Household($"h{i}", (i % 200) + 1, 5_000 + (i % 170) + 0.01m))]);
        Rule rule = longShares ? Given.Formula("1/area") : new AreaRule();
        ComparisonRequest request = Given.Request(building, Given.Yuan(1_000_000), [.. Enumerable.Range(0, schemes).Select(i => Given.Scheme(rule) with { Id = new($"s{i}") })]) with
        {
            StandAlone = new StandAloneModel { Fixed = Given.Fen(1), PerStop = Given.Fen(1), PerStorey = Given.Fen(1), Ground = Given.Fen(1) },
        };
        IReadOnlyList<SchemeFacts> facts = await Task.Run(() => Told.Facts(request)).WaitAsync(TimeSpan.FromSeconds(120));
        Assert.All(facts, one => Assert.InRange(one.Statements!.Count, 1, 100));
        Assert.Equal(schemes - 1, facts[0].Against!.Count);
        Assert.Equal(200, facts[0].Stability!.Groups.Count);
    }

    [Fact] // One household at a time, and what is less from one side is more from the other.
    public void Counts_of_random_schemes_are_those_of_each_household() => RandomCase.ForAll(1_700_000, (one, allocation) =>
    {
        HouseholdRegister building = one.Building;
        Allocation? equal = Allocation.Run(building, Given.Scheme(new EqualRule()), one.Budget, Seen.Place, new Faults.FaultList());
        if (equal is null) { return; }
        SchemeAgainst against = SchemeAgainst.Of(new("equal"), building, allocation.Amounts, equal.Amounts, true);
        SchemeAgainst back = SchemeAgainst.Of(new("random"), building, equal.Amounts, allocation.Amounts, true);
        Assert.Equal((against.Less, against.Same, against.More), (back.More, back.Same, back.Less));
        int[] better = [.. Enumerable.Range(0, building.Households.Count).Where(i => allocation.Amounts[i] < equal.Amounts[i])];
        int[] worse = [.. Enumerable.Range(0, building.Households.Count).Where(i => allocation.Amounts[i] > equal.Amounts[i])];
        Assert.Equal((better.Length, worse.Length), (against.Less.Households, against.More.Households));
        Assert.Equal(better.Sum(i => building.Households[i].Area.Hundredths), against.Less.Area.Hundredths);
        Assert.Equal(worse.Sum(i => building.Households[i].Area.Hundredths), against.More.Area.Hundredths);
        Assert.Equal(TotalArea.Sum(building.Households.Select(household => household.Area)).Hundredths, against.Less.Area.Hundredths + against.Same.Area.Hundredths + against.More.Area.Hundredths);
        Assert.Equal(building.Households.Select(household => household.Id), against.Differences!.Select(difference => difference.Household));
        for (int i = 0; i < building.Households.Count; i++)
        {
            BillDifference difference = against.Differences![i];
            Assert.Equal(allocation.Amounts[i].Fen - equal.Amounts[i].Fen, difference.Difference.Fen);
            Assert.Equal(equal.Amounts[i].Fen > 0, difference.Percent is not null);
            if (difference.Percent is Fraction percent) { Assert.Equal(difference.Difference.Fen, percent * equal.Amounts[i].Fen / 100); }
        }
    });
}
