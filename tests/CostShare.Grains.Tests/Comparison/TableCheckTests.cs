using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Comparison;

public class TableCheckTests
{
    [Fact]
    public void Rows_that_disagree_are_refused_all_at_once()
    {
        TableRow[] rows =
        [
            Tables.Percent(1, 10) with { Household = Given.Id("101") },
            Tables.Coefficient(2, 1) with { Household = Given.Id("101"), Households = Count.Of(2) },
            Tables.Row(4) with { Percent = Given.Percent(5), Coefficient = Given.Coefficient(1) },
        ];
        Assert.Equal(
            [
                "IdDuplicate /rows/1/household id=101",
                "TableRowIsOneHousehold /rows/1/households household=101 households=2",
                "FloorUnknown /rows/2/floor floor=4 storeys=3",
                "TableValueMissing /rows/0/coefficient member=coefficient",
                "TableValueMissing /rows/1/percent member=percent",
            ],
            Tables.Refused(Tables.Of(rows) with { Storeys = Floor.Of(3) }));
    }

    [Fact]
    public void A_table_that_shares_nothing_is_refused()
    {
        Assert.Equal(["TableWithoutValues /rows"], Tables.Refused(Tables.Of([Tables.Row(1)])));
        Assert.Equal(["TableAllZero /rows member=percent"], Tables.Refused(Tables.Of([Tables.Percent(1, 0)])));
        Assert.Equal(["TableAllZero /rows member=amountFen"], Tables.Refused(Tables.Of([Tables.Amount(1, 0)])));
        Assert.Equal(["TableAllZero /rows member=coefficient"], Tables.Refused(Tables.Of([Tables.Coefficient(1, 0) with { Percent = Given.Percent(100) }])));
        // Amounts of nothing say neither what is shared nor how; beside a total they are only wrong.
        TableRow nothing = Tables.Coefficient(1, 1) with { Percent = Given.Percent(100), Amount = Money.Zero };
        Assert.Equal(["TableAllZero /rows member=amountFen"], Tables.Refused(Tables.Of([nothing])));
        Assert.Equal(["TableAllZero /rows member=amountFen"], Tables.Refused(Tables.Of([nothing with { Coefficient = null }])));
        Assert.Equal(["TableAllZero /rows member=coefficient", "TableAllZero /rows member=amountFen"], Tables.Refused(Tables.Of([nothing with { Coefficient = Given.Coefficient(0) }])));
        Assert.Equal("AmountsSum False 100 0 -100 -100", Tables.Check(Tables.Of([nothing]) with { Total = Given.Yuan(1) }).Checks.Told()[1]);
        Assert.Equal(["TableAllZero /totalFen member=totalFen"], Tables.Refused(Tables.Of([Tables.Percent(1, 100)]) with { Total = Money.Zero }));
        Assert.Equal(["TableAllZero /parts member=parts"], Tables.Refused(Tables.Of([Tables.Coefficient(1, 1)]) with { Parts = Given.Coefficient(0) }));
    }

    [Fact]
    public void Sums_of_columns_that_are_not_there_are_refused() => Assert.Equal(
        ["TableSumWithoutColumn /parts member=parts column=coefficient", "TableSumWithoutColumn /percentTotal member=percentTotal column=percent"],
        Tables.Refused(Tables.Of([Tables.Amount(1, 1)]) with { Parts = Given.Coefficient(1), PercentTotal = Given.Coefficient(100) }));

    [Fact]
    public void Households_and_amounts_are_limited_together()
    {
        TableRow many = Tables.Coefficient(1, 1) with { Households = Count.Of(5_000) };
        Assert.Equal(10_000, Tables.Check(Tables.Of([many, many])).Building.Households.Count);
        Assert.Equal(["TableTooManyHouseholds /rows households=10001 limit=10000"], Tables.Refused(Tables.Of([many, many, Tables.Coefficient(1, 1)])));
        TableRow large = Tables.Row(1) with { Amount = Money.Largest };
        Assert.Equal(1_000_000_000_000_000, Tables.Check(Tables.Of([large])).Total!.Value.Fen);
        Assert.Equal(["TableAmountsTooLarge /rows totalFen=2000000000000000 limitFen=1000000000000000"],
            Tables.Refused(Tables.Of([large with { Households = Count.Of(2) }]) with { ValuesFor = ValuesFor.Household }));
    }

    [Fact]
    public void The_total_is_the_sum_of_the_amounts_unless_stated()
    {
        TableRow[] rows = [Tables.Amount(1, 1), Tables.Amount(2, 2) with { Households = Count.Of(3) }];
        Assert.Equal(3_00, Tables.Check(Tables.Of(rows)).Total!.Value.Fen);
        Assert.Equal(7_00, Tables.Check(Tables.Of(rows) with { ValuesFor = ValuesFor.Household }).Total!.Value.Fen);
        Assert.Equal(["AmountsSum False 500 300 -200 -200"], Tables.Check(Tables.Of(rows) with { Total = Given.Yuan(5) }).Checks.Told());
        Assert.Null(Tables.Check(Tables.Of([Tables.Percent(1, 100)])).Total);
    }

    [Fact]
    public void Sums_are_told_with_what_they_collect_too_much_or_too_little()
    {
        TableRow[] rows = [Tables.Percent(1, 40) with { Coefficient = Given.Coefficient(2) }, Tables.Percent(2, 59.5m) with { Coefficient = Given.Coefficient(3) }];
        TableCheckResult result = Tables.Check(Tables.Of(rows) with { Total = Given.Yuan(1_000), Parts = Given.Coefficient(6), PercentTotal = Given.Coefficient(100) });
        Assert.Equal(
            ["PercentagesSum False 100 199/2 -1/2 -500", "PercentTotal False 199/2 100 1/2 -", "PartsSum False 5 6 1 -50000/3"],
            result.Checks.Told());
        Assert.Equal(ValueColumn.Coefficient, result.SharedBy);
        Assert.False(result.Closes);
    }

    [Theory] // All amounts are whole yuan, so less than a yuan is rounding.
    [InlineData(333_00, true)]
    [InlineData(334_00, true)]
    [InlineData(332_00, false)]
    [InlineData(335_00, false)]
    public void An_amount_is_right_within_the_unit_in_which_the_table_is_rounded(long fen, bool right)
    {
        TableRow[] rows = [Tables.Coefficient(1, 1) with { Amount = Given.Fen(fen) }, Tables.Coefficient(2, 2) with { Amount = Given.Yuan(667) }];
        TableFinding finding = Tables.Check(Tables.Of(rows) with { Total = Given.Yuan(1_000) }).Checks[^1];
        Assert.Equal((TableCheckCode.AmountsFollowCoefficients, right, 100), (finding.Code, finding.Holds, finding.Unit!.Value.Amount.Fen));
        if (!right) { Assert.Equal((0, "100000/3", $"{fen}"), (finding.Rows![0].Row, finding.Rows[0].Expected.ToString(), finding.Rows[0].Actual.ToString())); }
    }

    [Theory] // Exactly one unit off is no rounding; with several households to a row there is room for as many.
    [InlineData(1, 51_00, false)]
    [InlineData(1, 49_00, false)]
    [InlineData(2, 51_00, true)]
    [InlineData(2, 49_00, true)]
    [InlineData(2, 52_00, false)]
    [InlineData(2, 48_00, false)]
    [InlineData(3, 52_00, true)]
    [InlineData(3, 53_00, false)]
    public void In_a_table_in_yuan_a_whole_yuan_for_every_household_is_too_much(int households, long fen, bool right) =>
        AssertHalf(households, fen, unitFen: 100, right);

    [Theory] // One amount in fen, and the whole table is.
    [InlineData(1, 50_01, false)]
    [InlineData(1, 49_99, false)]
    [InlineData(1, 50_99, false)]
    [InlineData(2, 50_01, true)]
    [InlineData(2, 49_99, true)]
    [InlineData(2, 50_02, false)]
    [InlineData(2, 49_98, false)]
    [InlineData(3, 50_02, true)]
    [InlineData(3, 50_03, false)]
    public void In_a_table_in_fen_a_whole_fen_for_every_household_is_too_much(int households, long fen, bool right) =>
        AssertHalf(households, fen, unitFen: 1, right);

    /// <summary>A row that asks some fen of a hundred yuan for its 50 per cent, above one that is in whole yuan.</summary>
    private static void AssertHalf(int households, long fen, long unitFen, bool right)
    {
        TableRow[] rows = [Tables.Percent(1, 50) with { Amount = Given.Fen(fen), Households = Count.Of(households) }, Tables.Percent(2, 50) with { Amount = Given.Yuan(50) }];
        TableFinding finding = Tables.Check(Tables.Of(rows) with { Total = Given.Yuan(100) }).Checks[^1];
        Assert.Equal(unitFen, finding.Unit!.Value.Amount.Fen);
        Assert.Equal(right ? [] : [0], finding.Rows!.Select(row => row.Row));
    }

    [Fact]
    public void Values_of_each_household_count_as_often_as_there_are_households()
    {
        TableRow[] rows = [Tables.Percent(1, 10) with { Households = Count.Of(4), Amount = Given.Yuan(10) }, Tables.Percent(2, 30) with { Households = Count.Of(2), Amount = Given.Yuan(31) }];
        TableCheckResult result = Tables.Check(Tables.Of(rows) with { ValuesFor = ValuesFor.Household, Total = Given.Yuan(100) });
        Assert.Equal(["PercentagesSum True 100 100 0 0", "AmountsSum False 10000 10200 200 200", "AmountsFollowPercentages False - - - -"], result.Checks.Told());
        // Told of each household, as the table states it.
        Assert.Equal(["3000", "3100", "100"], new[] { result.Checks[2].Rows![0].Expected, result.Checks[2].Rows![0].Actual, result.Checks[2].Rows![0].Difference }.Texts());
        Assert.Equal(["40", "60"], result.Nearest.Rows.Select(row => row.TablePercent).Texts());
        Assert.Equal([40_00, 62_00], result.Nearest.Rows.Select(row => row.TableAmount!.Value).InFen());
    }

    [Fact]
    public void Candidates_come_in_their_order_and_equals_once()
    {
        // One household: every scheme that lets the third floor pay is the same.
        TableCheckResult result = Tables.Check(Tables.Of([Tables.Coefficient(3, 1) with { Area = Given.Area(50) }]));
        Assert.Equal(
            ["dongpu-coefficients", "france-grid", "galicia-coefficients", "guangzhou-coefficients", "italy-1124", "nanjing-coefficients", "ride-distance", "equal", "area"],
            result.Matches.Ids());
        Assert.Equal("dongpu-coefficients", result.Nearest.Scheme.Id.Value);
        Assert.DoesNotContain("area", Tables.Check(Tables.Of([Tables.Coefficient(2, 1)])).Matches.Ids());
        Assert.Equal(["ride", "equal"], Tables.Check(Tables.Of([Tables.Coefficient(2, 1)]), PolicyBook.Empty).Matches.Ids().OrderDescending());
    }

    [Fact]
    public void However_many_policies_there_are_each_is_told_as_if_it_stood_alone()
    {
        // Those that no table can be are known at once, so that the test is short.
        var points = (CoefficientsPolicy)Tables.Book.Find(new("types"))!;
        var book = PolicyBook.Of([.. Tables.Book.All, .. Enumerable.Range(0, 300).Select(i => points with { Id = new($"types-{i}") })]);
        TableCheck table = Tables.Of([Tables.Coefficient(3, 1) with { Households = Count.Of(5_000) }, Tables.Coefficient(4, 1.1m) with { Households = Count.Of(5_000) }]);
        table = table with { ValuesFor = ValuesFor.Household };
        Assert.Equal(["guangzhou-coefficients"], Tables.Check(table).Matches.Ids());
        Assert.Equal(["guangzhou-coefficients"], Tables.Check(table, book).Matches.Ids());
    }

    [Theory] // Households times rules of ready schemes stay within 200,000; those behind by id are not looked at, the plain ones always are.
    [InlineData(5_000, 18, "guangzhou-coefficients")]
    [InlineData(5_000, 19, "")]
    [InlineData(3, 300, "guangzhou-coefficients")]
    public void Ready_schemes_are_looked_at_as_far_as_their_work_is_bounded(int perFloor, int before, string matches)
    {
        var points = (CoefficientsPolicy)Tables.Book.Find(new("types"))!;
        var book = PolicyBook.Of([.. Tables.Book.All.Where(policy => policy.Id.Value == "guangzhou-coefficients"),
            .. Enumerable.Range(0, before + 1).Select(i => points with { Id = new($"a-{i}") })]);
        TableRow Flats(int floor, decimal coefficient) => Tables.Coefficient(floor, coefficient) with { Households = Count.Of(perFloor) };
        TableCheckResult result = Tables.Check(Tables.Of([Flats(3, 1), Flats(4, 1.1m)]) with { ValuesFor = ValuesFor.Household }, book);
        Assert.Equal(matches, string.Join(' ', result.Matches.Ids()));
        Assert.NotNull(result.Nearest);
    }

    [Fact]
    public void A_scheme_over_those_that_pay_is_told_only_where_it_is_another()
    {
        // Equal shares of three, and of the two upper ones by storeys ridden.
        Assert.Equal(["equal-payers"], Tables.Check(Tables.Of([Tables.Coefficient(1, 0), Tables.Coefficient(2, 1), Tables.Coefficient(3, 1)])).Matches.Ids());
        Assert.Equal(["ride-distance-payers"],
            Tables.Check(Tables.Of([Tables.Coefficient(2, 0), Tables.Coefficient(3, 2), Tables.Coefficient(5, 4)])).Matches.Ids());
        // The ground floor pays nothing by storeys ridden anyway.
        Assert.Equal(["ride-distance", "steps"],
            Tables.Check(Tables.Of([Tables.Coefficient(1, 0), Tables.Coefficient(2, 1), Tables.Coefficient(3, 2), Tables.Coefficient(6, 5)])).Matches.Ids());
    }

    [Fact]
    public void Areas_count_where_every_row_states_one()
    {
        TableRow[] rows = [Tables.Coefficient(3, 3) with { Area = Given.Area(60) }, Tables.Coefficient(3, 2) with { Area = Given.Area(40) }];
        Assert.Contains("area", Tables.Check(Tables.Of(rows)).Matches.Ids());
        Assert.Contains("guangzhou-coefficients", Tables.Check(Tables.Of(rows)).Matches.Ids());
        TableCheckResult without = Tables.Check(Tables.Of([rows[0], rows[1] with { Area = null }]));
        Assert.Empty(without.Matches);
        Assert.All(without.Building.Households, household => Assert.Equal(100_00, household.Area.Hundredths));
    }

    [Fact]
    public void The_building_names_households_that_the_table_does_not()
    {
        TableRow[] rows = [Tables.Coefficient(3, 1) with { Households = Count.Of(2) }, Tables.Coefficient(3, 1) with { Household = Given.Id("3-2") }, Tables.Coefficient(3, 1), Tables.Coefficient(1, 1)];
        HouseholdRegister building = Tables.Check(Tables.Of(rows) with { Storeys = Floor.Of(5) }).Building;
        Assert.Equal(5, building.Storeys.Number);
        Assert.Equal(["3-1", "3-3", "3-2", "3-4", "1-1"], building.Households.Select(household => household.Id.Value));
        Assert.Equal(3, Tables.Check(Tables.Of(rows)).Building.Storeys.Number);
    }

    [Fact]
    public void A_price_list_without_a_known_total_is_told_in_whole_yuan()
    {
        var rule = (StepsRule)Tables.Check(Tables.Of([Tables.Coefficient(3, 1), Tables.Coefficient(4, 1.1m), Tables.Coefficient(6, 1.3m)]), PolicyBook.Empty).Matches.Single().Scheme.Rule;
        Assert.Equal((3, 10_00, 1_00, Closing.Proportional), (rule.FromFloor.Number, rule.Base.Fen, rule.Step.Fen, rule.Closing));
    }

    [Theory]
    [InlineData("1 3 4")] // no series
    [InlineData("3 2 1")] // falls
    [InlineData("1 2")] // two always are one
    public void What_is_no_rising_series_of_three_is_no_price_list(string coefficients) => Assert.DoesNotContain("steps", Tables.Check(Tables.Of(
        coefficients.Split(' ').Select((coefficient, i) => Tables.Coefficient(i + 2, int.Parse(coefficient, System.Globalization.CultureInfo.InvariantCulture)))), PolicyBook.Empty).Matches.Ids());

    [Fact]
    public void Prices_that_differ_on_a_floor_are_no_price_list()
    {
        TableRow[] rows = [Tables.Coefficient(2, 2), Tables.Coefficient(3, 3), Tables.Coefficient(3, 3.1m), Tables.Coefficient(4, 4)];
        Assert.NotEqual("steps", Tables.Check(Tables.Of(rows), PolicyBook.Empty).Nearest.Scheme.Id.Value);
        Assert.Equal("steps", Tables.Check(Tables.Of(rows.Where((_, i) => i != 2)), PolicyBook.Empty).Nearest.Scheme.Id.Value);
    }

    [Fact]
    public void A_long_id_is_cut_and_stays_one()
    {
        string id = new('长', 64);
        var policy = new CoefficientsPolicy
        {
            Id = new(id),
            Name = new Words { Zh = new string('名', 200), En = "n" },
            City = new Words { Zh = "市", En = "c" },
            Versions = [new ReferenceRule { From = new(2020, 1, 1), Certainty = Certainty.Hint, References = [], Rule = new RideRule() }],
        };
        Scheme scheme = Tables.Check(Tables.Of([Tables.Coefficient(2, 0), Tables.Coefficient(3, 2), Tables.Coefficient(5, 4)]), PolicyBook.Of([policy])).Matches.Single().Scheme;
        Assert.Equal(64, scheme.Id.Value.Length);
        Assert.EndsWith("-payers", scheme.Id.Value, StringComparison.Ordinal);
        Assert.InRange(scheme.Name.Length, 1, 200);
    }

    [Fact]
    public void The_finest_rounding_that_gives_the_amounts_is_told()
    {
        // Thirds of 100 yuan: 34, 33, 33 by largest remainder in yuan; up in yuan 34 each.
        TableRow[] rows = [Tables.Amount(2, 34), Tables.Amount(2, 33), Tables.Amount(2, 33)];
        TableMatch match = Tables.Check(Tables.Of(rows) with { Total = Given.Yuan(100) }).Matches.Single(found => found.Scheme.Id.Value == "equal");
        Assert.Equal((100, RoundingMode.LargestRemainder), (match.Rounding!.Unit.Amount.Fen, match.Rounding.Mode));
        Assert.Equal(match.Rounding, match.Scheme.Rounding);
        Assert.True(match.Distance.Sign > 0);
        TableCheckResult up = Tables.Check(Tables.Of([.. rows.Select(row => row with { Amount = Given.Yuan(34) })]) with { Total = Given.Yuan(100) });
        Assert.Equal((100, RoundingMode.Up), up.Matches.Where(found => found.Scheme.Id.Value == "equal").Select(found => (found.Rounding!.Unit.Amount.Fen, found.Rounding.Mode)).Single());
        // It collects two yuan more than is shared, and says so.
        Assert.Equal(["AmountsSum False 10000 10200 200 200"], up.Checks.Told());
        // Another order is another table: the odd yuan goes to the first.
        Assert.DoesNotContain("equal", Tables.Check(Tables.Of([rows[1], rows[0], rows[2]]) with { Total = Given.Yuan(100) }).Matches.Ids());
    }

    [Fact] // 1.01 yuan by 95 : 5 m² in whole yuan: two yuan are billed, 1.90 and 0.10, and both fall to the first, who is 1.04 yuan from the exact share.
    public void A_bill_may_be_more_than_a_unit_from_its_share_where_the_total_is_rounded_up()
    {
        TableRow[] rows = [Tables.Amount(2, 2) with { Area = Given.Area(95) }, Tables.Amount(2, 0) with { Area = Given.Area(5) }];
        Assert.Contains("area", Tables.Check(Tables.Of(rows) with { Total = Given.Fen(101) }).Matches.Ids());
    }

    [Fact]
    public void Amounts_beside_matching_coefficients_tell_their_rounding_only_if_they_have_one()
    {
        TableRow[] rows = [Tables.Coefficient(2, 1) with { Amount = Given.Yuan(34) }, Tables.Coefficient(2, 1) with { Amount = Given.Yuan(33) }, Tables.Coefficient(2, 1) with { Amount = Given.Yuan(33) }];
        TableMatch Equal(IEnumerable<TableRow> table) => Tables.Check(Tables.Of(table) with { Total = Given.Yuan(100) }).Matches.Single(match => match.Scheme.Id.Value == "equal");
        Assert.Equal(100, Equal(rows).Rounding!.Unit.Amount.Fen);
        Assert.Null(Equal(rows.Reverse()).Rounding);
        Assert.Equal("0", Equal(rows.Reverse()).Distance.ToString());
    }
}
