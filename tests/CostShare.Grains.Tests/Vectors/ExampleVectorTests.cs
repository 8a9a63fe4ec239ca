using System.Text.Json;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Vectors;

/// <summary>The real buildings, worked examples and official tables of <c>examples.json</c> that today's rules cover.</summary>
public class ExampleVectorTests
{
    /// <summary>Entries that are not tested here, and why.</summary>
    private static readonly Dictionary<string, string> NotTested = new()
    {
        ["R04"] = "one flat's amount without the total: nothing to compute",
        ["R06"] = "rounded amounts of a news story: nothing to assert",
        ["R09"] = "totals only",
        ["R10"] = "about-figures; its plan is compared under the shipped policy in the tests of the API",
        ["R11"] = "about-figures only",
        ["R12"] = "payments to the contractor only",
        ["R13"] = "missing money: a matter of the ledger",
        ["R14"] = "payments only",
        ["R15"] = "payments only",
        ["R17"] = "no amounts",
        ["R18"] = "rounded, second hand",
        ["R20"] = "no amounts",
        ["R21"] = "pay per ride",
        ["R22"] = "pay per ride",
        ["R23"] = "price per stair step not stated",
        ["R31"] = "split not stated",
        ["R32"] = "per household sums of one scheme",
        ["R33"] = "about-figures only",
        ["W07"] = "interest of late joiners comes with the pool",
    };

    private static readonly string[] Tested =
        ["R01", "R02", "R03", "R05", "R07", "R08", "R16", "R19", "R30", "W01", "W02", "W03", "W04", "W05", "W06", "W08", "W09", "W10", "W11", "T01", "T02", "T03", "T04"];

    private static JsonElement Vector(string id) => VectorFile.Examples[id];

    [Fact]
    public void Every_example_is_tested_or_named_with_a_reason() =>
        Assert.Empty(VectorFile.Examples.Keys.Except(Tested).Except(NotTested.Keys));

    [Fact]
    public void R01_base_and_step_come_out_to_the_yuan_whichever_way_they_are_closed()
    {
        JsonElement vector = Vector("R01");
        (int Floor, decimal Value)[] prices = vector.GetProperty("derived").GetProperty("perFloorAmounts").ByFloor();
        // Two households a floor; their advances are 500,000 together.
        foreach (Closing closing in Enum.GetValues<Closing>())
        {
            Allocation allocation = Seen.Run(Given.Building(vector.GetProperty("floors").GetInt32(), 2), Given.Yuan(500_000),
                Given.Scheme(Given.Steps(3, Given.Yuan(vector.GetProperty("perFloorAmounts").GetProperty("3").GetDecimal()), Given.Yuan(10_000), closing)));
            Assert.Equal(prices.SelectMany(price => new[] { Given.Yuan(price.Value), Given.Yuan(price.Value) }), allocation.Amounts);
        }
    }

    [Fact] // The true-up: more is refunded and less is paid in proportion to the advances.
    public void R01_another_total_moves_every_price_in_proportion()
    {
        Rule rule = Given.Steps(3, Given.Yuan(30_000), Given.Yuan(10_000), Closing.Proportional);
        Assert.Equal([0, 0, 28_500_00, 38_000_00, 47_500_00, 57_000_00, 66_500_00], Seen.Run(Given.Building(7, 1), Given.Yuan(237_500), Given.Scheme(rule)).Amounts.InFen());
    }

    [Fact]
    public void R03_five_per_cent_more_a_floor_closes_when_all_join_and_is_advanced_by_the_top_when_not()
    {
        JsonElement percent = Vector("R03").GetProperty("derived").GetProperty("perFloorPercent");
        HouseholdRegister building = Given.Building(Vector("R03").GetProperty("floors").GetInt32(), 2);
        StepsRule rule = Given.Steps(3, Given.Yuan(percent.GetProperty("3").GetDecimal()), Given.Yuan(5), Closing.TopFloor);
        decimal[] expected = [0, 0, .. percent.ByFloor().Select(entry => entry.Value)];
        Assert.Equal(expected.SelectMany(each => new[] { Given.Yuan(each), Given.Yuan(each) }), Seen.Run(building, Given.Yuan(100), Given.Scheme(rule)).Amounts);
        Assert.Equal(expected.SelectMany(each => new[] { Given.Yuan(each), Given.Yuan(each) }),
            Seen.Run(building, Given.Yuan(100), Given.Scheme(rule with { Closing = Closing.Proportional })).Amounts);
        // Without 402 the two on the sixth floor advance its ten per cent.
        Assert.Equal([10_00, 0, 15_00, 15_00, 25_00, 25_00],
            Seen.Run(building, Given.Yuan(100), Given.Scheme(rule, new Exemption { Household = Given.Id("402") })).Amounts.InFen()[6..]);
    }

    [Fact]
    public void W05_the_rule_of_the_lift() => CheckAmounts("W05", 140, 1, _ => Given.Coefficients([(1, 1)], 0.5m));

    [Fact] // The printed figures are rounded to the cent and sum to 140.01; the bills sum to 140.
    public void W06_Shapley_of_the_floors()
    {
        AirportRule rule = Given.Airport(AirportMethod.Shapley, [(1, 80_00), (2, 100_00), (3, 120_00), (4, 140_00)]) with { By = AirportBy.Floor };
        Allocation allocation = Seen.Run(Given.Building(4, 1), Given.Yuan(140), Given.Scheme(rule));
        Assert.Equal(["2000", "8000/3", "11000/3", "17000/3"], allocation.Exact.Texts());
        Assert.Equal(Vector("W06").GetProperty("perFloorAmounts").ByFloor().Select(entry => (long)(entry.Value * 100)),
            allocation.Exact.Select(share => (share + Fraction.Of(1, 2)).Floor()));
        Assert.Equal([20_00, 26_67, 36_67, 56_66], allocation.Amounts.InFen());
    }

    [Fact]
    public void R02_two_prices_and_the_rest_for_the_two_on_top()
    {
        JsonElement prices = Vector("R02").GetProperty("perFloorAmounts");
        HouseholdRegister building = Given.Building(Given.Household("401", 4), Given.Household("501", 5), Given.Household("601", 6), Given.Household("602", 6));
        var start = Given.Yuan(prices.GetProperty("4").GetDecimal());
        Rule rule = Given.Steps(4, start, Given.Yuan(prices.GetProperty("5").GetDecimal()) - start, Closing.TopFloor);
        Assert.Equal([90_000_00, 100_000_00, 125_000_00, 125_000_00], Seen.Run(building, Given.Yuan(440_000), Given.Scheme(rule)).Amounts.InFen());
    }

    [Fact]
    public void R02_two_fixed_amounts_and_the_rest_for_the_two_on_top()
    {
        JsonElement fixedAmounts = Vector("R02").GetProperty("perFloorAmounts");
        HouseholdRegister building = Given.Building(Given.Household("401", 4), Given.Household("501", 5), Given.Household("601", 6), Given.Household("602", 6));
        var rule = new FixedRule
        {
            Amounts = new Dictionary<HouseholdId, Money>
            {
                [Given.Id("401")] = Given.Yuan(fixedAmounts.GetProperty("4").GetDecimal()),
                [Given.Id("501")] = Given.Yuan(fixedAmounts.GetProperty("5").GetDecimal()),
            },
            Remainder = new EqualRule(),
        };
        // The total is not published; derived: each on the sixth floor pays (net cost - 190,000) / 2.
        Assert.Equal([90_000_00, 100_000_00, 125_000_00, 125_000_00], Seen.Run(building, Given.Yuan(440_000), Given.Scheme(rule)).Amounts.InFen());
    }

    [Fact]
    public void R05_a_refund_in_proportion_to_what_each_was_billed()
    {
        JsonElement derived = Vector("R05").GetProperty("derived");
        HouseholdRegister building = Given.Building([Given.Household("feng", 5), .. Enumerable.Range(2, 13).Select(i => Given.Household($"o{i}", 3))]);
        ComparisonResult result = Seen.Compare(Given.Request(building, Given.Yuan(Vector("R05").GetProperty("totalCost").GetDecimal()),
            Given.Scheme(new EqualRule(), new FixedAmount { Household = Given.Id("feng"), Amount = Given.Yuan(47_786) })) with
        {
            Funding = [Given.Source("subsidy", Given.Yuan(Vector("R05").GetProperty("subsidy").GetDecimal())) with
            {
                Treatment = Treatment.RefundProRata, AfterAcceptance = true,
                Expenses = Given.Yuan(derived.GetProperty("120000-117294 (expenses)").GetDecimal()),
            }],
        });
        Assert.Equal(438_004_00, result.Funding.SelfFunded.Fen);
        Assert.Equal(Given.Yuan(derived.GetProperty("117294*47786/438004").GetDecimal()), result.Schemes[0].Shares[0].Refund);
        Assert.Equal(117_294_00, result.Schemes[0].Shares.Sum(share => share.Refund!.Value.Fen));
        // Before largest remainder it is 12,796.71 and a fifth of a fen, which is too little for one of the 4 fen that are left.
        Step refund = result.Schemes[0].Derivations![0].Steps.Single(step => step.Code == StepCode.Refund);
        Assert.Equal("Refund(total=11729400, bill=4778600, billed=43800400, rank=13, unitsLeft=4)=1279671", Schemes.AllocationPropertyTests.Describe(refund));
        Assert.Equal(127_967_120, (Fraction.Of((Int128)11_729_400 * 4_778_600, 43_800_400) * 100).Floor());
        Assert.Equal(0, result.Funding.Bridge.Fen);
    }

    [Fact]
    public void R07_percentages_of_six_floors() => CheckAmounts("R07", 510_000, 2, vector =>
        Given.Percentages(vector.GetProperty("perFloorPercent").ByFloor()));

    [Fact] // The first round, five floors by 5:4:3:2:1, printed as 33.3 / 26.6 / 20 / 13.3 / 6.6 per cent.
    public void R08_five_to_one_by_floor()
    {
        Allocation allocation = Seen.Run(Given.Building(6, 1), Given.Yuan(100), Given.Scheme(
            Given.Coefficients([(1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5)])));
        foreach ((int floor, decimal percent) in Vector("R08").GetProperty("perFloorPercent").GetProperty("round1").ByFloor())
        {
            Assert.InRange(allocation.Amounts[floor - 1].Fen - (percent * 100), 0, 10);
        }
    }

    [Fact]
    public void R16_a_subsidy_kept_for_upkeep_leaves_the_gross_amount_to_the_residents()
    {
        decimal subsidy = Vector("R16").GetProperty("subsidy").GetDecimal();
        ComparisonResult result = Seen.Compare(Given.Request(Given.Building(6, 2), Given.Yuan(500_000), Given.Scheme(new EqualRule())) with
        {
            Funding = [Given.Source("city", Given.Yuan(subsidy)) with { Treatment = Treatment.UpkeepFund }],
        });
        Assert.Equal(500_000_00, result.Funding.SelfFunded.Fen);
        Assert.Equal(100_000_00, result.Funding.Sources[0].Amount.Fen);
        Assert.Null(result.Schemes[0].Shares[0].Refund);
    }

    [Fact]
    public void R19_fourteen_payers_compensate_the_ground_floor()
    {
        decimal total = Vector("R19").GetProperty("derived").GetProperty("compensationTotal").GetDecimal();
        HouseholdRegister building = Given.Building([Given.Household("1F", 1) with { Joins = false }, .. Enumerable.Range(1, 14).Select(i => Given.Household($"{i}", 2))]);
        Allocation allocation = Seen.Run(building, Money.Zero, Given.Scheme(new EqualRule(), new Compensation { Household = Given.Id("1F"), Amount = Given.Yuan(total) }));
        Assert.All(allocation.Amounts.Skip(1), amount => Assert.Equal(1_500_00, amount.Fen));
    }

    [Fact]
    public void R30_what_is_left_after_the_subsidy_in_equal_parts() => CheckFunded("R30", vector => new EqualRule(), [2, 3, 4, 5]);

    [Fact]
    public void W01_coefficients_that_close_at_300000() => CheckAmounts("W01", 300_000, 2, vector =>
        Given.Coefficients(vector.GetProperty("derived").GetProperty("coefficients").ByFloor()));

    [Fact]
    public void W02_storeys_ridden_in_per_cent()
    {
        Allocation allocation = Seen.Run(Given.Building(7, 3), Given.Yuan(100), Given.Scheme(new RideRule()));
        foreach ((int floor, decimal percent) in Vector("W02").GetProperty("perFloorPercent").ByFloor())
        {
            Fraction exact = Fraction.Sum([.. allocation.Exact.Skip(3 * (floor - 1)).Take(3)]);
            Assert.Equal((long)(percent * 100), (exact + Fraction.Of(1, 2)).Floor());
        }
    }

    [Fact] // Printed figures divide by 52 parts instead of 54 and would collect 3,076.92 too much.
    public void W03_the_printed_French_figures_are_not_reproduced()
    {
        Allocation allocation = Seen.Run(Given.Building(6, 4), Given.Yuan(80_000),
            Given.Scheme(Given.Coefficients([(1, 1)], 0.5m, SharedBy.Household)));
        foreach ((int floor, decimal printed) in Vector("W03").GetProperty("perFloorAmounts").ByFloor())
        {
            Assert.True(allocation.Amounts[4 * (floor - 1)].Fen < (printed * 100) - 50_00);
        }
        foreach ((int floor, decimal right) in Vector("W03").GetProperty("derived").GetProperty("correctWith54").ByFloor())
        {
            // The derived figures are rounded (or cut) at two decimals.
            Assert.InRange((decimal)(allocation.Exact[4 * (floor - 1)] * 100).Floor() - (right * 10_000), -100, 100);
        }
        Assert.Equal(80_000_00, allocation.Amounts.Sum(amount => amount.Fen));
    }

    [Fact]
    public void W04_half_by_value_and_half_by_height()
    {
        HouseholdRegister building = Given.Building(Given.Household("1", 1), Given.Household("2", 2), Given.Household("3", 3));
        Allocation allocation = Seen.Run(building, Given.Yuan(1000), Given.Scheme(Given.Mix(
            (50, Given.Weights(("1", 432), ("2", 432), ("3", 136))), (50, Given.Coefficients([(1, 1), (2, 2), (3, 3)])))));
        Assert.Equal(Vector("W04").GetProperty("derived").GetProperty("perFloorAmounts").ByFloor().Select(entry => (long)(entry.Value * 100)),
            allocation.Amounts.InFen());
    }

    [Fact]
    public void W08_points_of_flat_types_and_floors()
    {
        // 24 flats on floors 3 to 6, half of them two-bed and half three-bed; 21 join. Points: (floor - 2) + 0.15 for a three-bed.
        Household[] households = [.. from floor in Enumerable.Range(3, 4)
                                     from flat in Enumerable.Range(1, 6)
                                     select Given.Household($"{floor}0{flat}", floor) with { FlatType = new(flat <= 3 ? "two-bed" : "three-bed"), Joins = !(flat == 1 && floor < 6) }];
        HouseholdRegister building = Given.Building(households);
        var rule = new PointsRule
        {
            ByType = new Dictionary<FlatType, Coefficient> { [new("two-bed")] = Given.Coefficient(1), [new("three-bed")] = Given.Coefficient(1.15m) },
            PerFloor = Given.Coefficient(1),
            FromFloor = Floor.Of(3),
        };
        // Points of all 24: 2 × (3 + 6 + 9 + 12) + 12 × 0.15 = 61.8; less 1 + 2 + 3 of those who do not join: 55.8.
        Allocation allocation = Seen.Run(building, Given.Yuan(558), Given.Scheme(rule));
        for (int i = 0; i < households.Length; i++)
        {
            decimal points = households[i].Joins ? households[i].Floor.Number - 2 + (households[i].FlatType!.Value.Value == "three-bed" ? 0.15m : 0) : 0;
            Assert.Equal((long)(points * 1000), allocation.Amounts[i].Fen);
        }
    }

    [Theory]
    [InlineData("W09")]
    [InlineData("W10")]
    public void Percentages_in_circulation_that_close_are_accepted(string id) => Assert.Equal(1_000_000_00, Seen.Run(Given.Building(6, 2),
        Given.Yuan(1_000_000), Given.Scheme(Given.Percentages(Vector(id).GetProperty("perFloorPercent").ByFloor()))).Amounts.Sum(amount => amount.Fen));

    [Fact]
    public void W11_percentages_that_sum_to_102_are_refused_with_their_sum() => Assert.Equal(
        ["DoesNotClose /schemes/0/rule/percentages sum=102"],
        Seen.Refused(Given.Building(6, 2), Given.Yuan(520_000), Given.Scheme(Given.Percentages(Vector("W11").GetProperty("perFloorPercent").ByFloor()))));

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, "99.5")]
    [InlineData(6, "98")]
    public void T01_midpoints_of_the_Beijing_ranges_close_only_for_four_storeys(int storeys, string? sum)
    {
        Rule midpoints = Given.Percentages(Ranges(storeys).Select(range => (range.Floor, (range.Low + range.High) / 2)));
        if (sum is null) { Assert.Equal(100_00, Seen.Run(Given.Building(storeys, 2), Given.Yuan(100), Given.Scheme(midpoints)).Billed.Fen); }
        else
        {
            Assert.Equal([$"DoesNotClose /schemes/0/rule/percentages sum={sum}"],
                Seen.Refused(Given.Building(storeys, 2), Given.Yuan(100), Given.Scheme(midpoints)));
        }
    }

    [Fact]
    public void T01_a_table_inside_the_ranges_that_closes_is_accepted()
    {
        (int Floor, decimal Percent)[] table = [(1, 0), (2, 5), (3, 12), (4, 21), (5, 29), (6, 33)];
        Assert.All(Ranges(6).Zip(table), pair => Assert.InRange(pair.Second.Percent, pair.First.Low, pair.First.High));
        Assert.Equal(100_00, Seen.Run(Given.Building(6, 2), Given.Yuan(100), Given.Scheme(Given.Percentages(table))).Billed.Fen);
    }

    [Fact]
    public void T02_Guangzhou_in_per_cent_of_the_floors() => CheckPercent("T02", "six_storey_percent_by_floor",
        Given.Coefficients([(1, 0), (2, 0.5m), (3, 1)], 0.1m));

    [Fact]
    public void T03_Nanjing_in_per_cent_of_the_floors() => CheckPercent("T03", "six_storey_3F_up_percent_by_floor",
        Given.Coefficients([(1, 0), (2, 0), (3, 1)], 0.3m));

    [Fact] // Coefficient × area × (cost / total area) closes only if the weighted mean coefficient is 1; ours is always brought to the total.
    public void T04_coefficient_times_area_closes_whatever_the_areas()
    {
        Rule rule = Given.Coefficients([(1, 0), (2, 0), .. Vector("T04").GetProperty("derived").GetProperty("coefficients").ByFloor()], sharedBy: SharedBy.Area);
        HouseholdRegister equal = Given.Building([.. Enumerable.Range(3, 7).Select(floor => Given.Household($"{floor}", floor, 80))]);
        Assert.Equal([70_00, 80_00, 90_00, 100_00, 110_00, 120_00, 130_00], Seen.Run(equal, Given.Yuan(700), Given.Scheme(rule)).Amounts.InFen());
        HouseholdRegister unequal = Given.Building([.. Enumerable.Range(3, 7).Select(floor => Given.Household($"{floor}", floor, 60 + (5 * floor)))]);
        Assert.Equal(700_00, Seen.Run(unequal, Given.Yuan(700), Given.Scheme(rule)).Amounts.Sum(amount => amount.Fen));
    }

    private static (int Floor, decimal Low, decimal High)[] Ranges(int storeys) =>
        [.. Vector("T01").GetProperty("perFloorPercent").GetProperty($"{storeys}").EnumerateObject()
            .Select(range => (int.Parse(range.Name, System.Globalization.CultureInfo.InvariantCulture), range.Value[0].GetDecimal(), range.Value[1].GetDecimal()))];

    private static void CheckAmounts(string id, decimal total, int perFloor, Func<JsonElement, Rule> rule)
    {
        JsonElement vector = Vector(id);
        HouseholdRegister building = Given.Building(vector.GetProperty("floors").GetInt32(), perFloor);
        Allocation allocation = Seen.Run(building, Given.Yuan(total), Given.Scheme(rule(vector)));
        foreach ((int floor, decimal yuan) in vector.GetProperty("perFloorAmounts").ByFloor())
        {
            for (int flat = 0; flat < perFloor; flat++) { Assert.Equal(Given.Yuan(yuan), allocation.Amounts[(perFloor * (floor - 1)) + flat]); }
        }
    }

    private static void CheckFunded(string id, Func<JsonElement, Rule> rule, int[] floors)
    {
        JsonElement vector = Vector(id);
        HouseholdRegister building = Given.Building([.. floors.SelectMany(floor => new[] { Given.Household($"{floor}a", floor), Given.Household($"{floor}b", floor) })]);
        ComparisonResult result = Seen.Compare(Given.Request(building, Given.Yuan(vector.GetProperty("totalCost").GetDecimal()), Given.Scheme(rule(vector))) with
        {
            Funding = [Given.Source("subsidy", Given.Yuan(vector.GetProperty("subsidy").GetDecimal())) with { AfterAcceptance = true }],
        });
        Assert.Equal(result.Funding.Sources[0].Amount, result.Funding.Bridge);
        foreach ((int floor, decimal yuan) in vector.GetProperty("derived").GetProperty("ifSplitEqually").ByFloor())
        {
            Assert.Equal(Given.Yuan(2 * yuan), result.Schemes[0].Floors.Single(total => total.Floor.Number == floor).Amount);
        }
    }

    private static void CheckPercent(string id, string table, Rule rule)
    {
        Allocation allocation = Seen.Run(Given.Building(6, 1), Given.Yuan(100), Given.Scheme(rule));
        foreach ((int floor, decimal percent) in Vector(id).GetProperty("derived").GetProperty(table).ByFloor())
        {
            Assert.Equal((long)(percent * 100), (allocation.Exact[floor - 1] + Fraction.Of(1, 2)).Floor());
        }
    }
}
