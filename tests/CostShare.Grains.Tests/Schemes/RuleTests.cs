using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>Every rule on a case small enough to do by hand, and everything that it refuses.</summary>
public class RuleTests
{
    // 101 60 m², 201 60 m² and 202 40 m², 301 80 m².
    private static readonly HouseholdRegister Small = Given.Building(
        Given.Household("101", 1, 60), Given.Household("201", 2, 60), Given.Household("202", 2, 40), Given.Household("301", 3, 80));

    private static string[] Exact(Rule rule, HouseholdRegister? building = null, long fen = 2400) =>
        Seen.Run(building ?? Small, Given.Fen(fen), Given.Scheme(rule)).Exact.Texts();

    private static string[] Refused(Rule rule, HouseholdRegister? building = null) =>
        Seen.Refused(building ?? Small, Given.Fen(2400), Given.Scheme(rule));

    [Fact]
    public void Equal_shares() => Assert.Equal(["600", "600", "600", "600"], Exact(new EqualRule()));

    [Fact]
    public void Shares_by_area() => Assert.Equal(["600", "600", "400", "800"], Exact(new AreaRule()));

    [Fact]
    public void Who_does_not_join_is_no_payer() =>
        Assert.Equal(["0", "1200", "1200"], Exact(new EqualRule(),
            Given.Building(Given.Household("a", 1) with { Joins = false }, Given.Household("b", 1), Given.Household("c", 2))));

    [Theory]
    [InlineData(SharedBy.Floor, Within.Area, "0", "720", "480", "1200")] // 0 : 1 : 1 between floors, 60 : 40 within the second
    [InlineData(SharedBy.Floor, Within.Equal, "0", "600", "600", "1200")]
    [InlineData(SharedBy.Household, Within.Area, "0", "800", "800", "800")]
    [InlineData(SharedBy.Area, Within.Equal, "0", "800", "1600/3", "3200/3")] // 0 : 60 : 40 : 80
    public void Floor_coefficients_share_between_floors_households_or_areas(SharedBy sharedBy, Within within, params string[] expected) =>
        Assert.Equal(expected, Exact(Given.Coefficients([(1, 0), (2, 1), (3, 1)], null, sharedBy, within)));

    [Fact]
    public void A_step_fills_the_floors_above_the_highest_one_listed()
    {
        HouseholdRegister building = Given.Building(5, 1);
        Assert.Equal(["0", "1000", "1100", "1200", "1300"], Exact(Given.Coefficients([(1, 0), (2, 1)], 0.1m), building, 4600));
        Assert.Equal(["0", "0", "0", "0", "100"], Exact(Given.Coefficients([(1, 0), (2, 0), (3, 0), (4, 0), (5, 3)], 0.1m), building, 100));
    }

    [Fact]
    public void Entries_for_floors_without_payers_are_ignored()
    {
        HouseholdRegister building = Given.Building(Given.Household("a", 1), Given.Household("b", 2) with { Joins = false }, Given.Household("c", 3));
        Assert.Equal(["800", "0", "1600"], Exact(Given.Coefficients([(1, 1), (2, 7), (3, 2)]), building));
        Assert.Equal(["600", "0", "1800"], Exact(Given.Percentages([(1, 25), (2, 50), (3, 75)]), building));
        Assert.Equal(["800", "0", "1600"], Exact(Given.Weights(("a", 1), ("b", 9), ("c", 2)), building));
    }

    [Fact]
    public void A_floor_with_a_payer_needs_an_entry()
    {
        Assert.Equal(["FloorMissing /schemes/0/rule/coefficients floor=2"], Refused(Given.Coefficients([(1, 0), (3, 1)], 0.1m)));
        Assert.Equal(["FloorMissing /schemes/0/rule/coefficients floor=3"], Refused(Given.Coefficients([(1, 0), (2, 1)])));
        Assert.Equal(
            ["FloorMissing /schemes/0/rule/percentages floor=1", "FloorMissing /schemes/0/rule/percentages floor=2"],
            Refused(Given.Percentages([(3, 100)])));
    }

    [Fact]
    public void A_floor_that_the_building_does_not_have_is_refused()
    {
        Assert.Equal(["FloorUnknown /schemes/0/rule/coefficients/4 floor=4 storeys=3"], Refused(Given.Coefficients([(1, 0), (2, 1), (3, 1), (4, 1)])));
        Assert.Equal(["FloorUnknown /schemes/0/rule/percentages/4 floor=4 storeys=3"],
            Refused(Given.Percentages([(1, 20), (2, 30), (3, 50), (4, 0)])));
        Assert.Equal(["FloorUnknown /schemes/0/rule/percentages/9 floor=9 storeys=3"],
            Refused(Given.Percentages([(1, 20), (2, 30), (3, 50), (9, 0)])));
    }

    [Fact]
    public void Percentages_of_the_floors() => Assert.Equal(["0", "360", "360", "1680"], Exact(Given.Percentages([(1, 0), (2, 30), (3, 70)])));

    [Fact]
    public void Percentages_divided_by_area() =>
        Assert.Equal(["0", "432", "288", "1680"], Exact(Given.Percentages([(1, 0), (2, 30), (3, 70)], Within.Area)));

    [Theory]
    [InlineData(102, "102")]
    [InlineData(99.5, "99.5")]
    [InlineData(99.999999, "99.999999")]
    public void Percentages_that_do_not_close_are_refused_with_their_sum(double sum, string text) =>
        Assert.Equal([$"DoesNotClose /schemes/0/rule/percentages sum={text}"],
            Refused(Given.Percentages([(1, 0), (2, 50), (3, (decimal)sum - 50)])));

    [Fact]
    public void Storeys_ridden()
    {
        HouseholdRegister building = Given.Building(
            Given.Household("a", 1), Given.Household("b", 1) with { Entry = Entry.HalfLanding },
            Given.Household("c", 2) with { Entry = Entry.HalfLanding }, Given.Household("d", 3));
        Assert.Equal(["0", "0", "480", "1920"], Exact(new RideRule(), building));
    }

    [Fact]
    public void Points_of_flat_type_and_floor()
    {
        HouseholdRegister building = Given.Building(
            Given.Household("a", 1) with { FlatType = new("three") }, Given.Household("b", 2) with { FlatType = new("two") },
            Given.Household("c", 3) with { FlatType = new("three") });
        var rule = new PointsRule
        {
            ByType = new Dictionary<FlatType, Coefficient> { [new("two")] = Given.Coefficient(1), [new("three")] = Given.Coefficient(1.5m) },
            PerFloor = Given.Coefficient(0.5m),
            FromFloor = Floor.Of(2),
        };
        Assert.Equal(["0", "800", "1600"], Exact(rule, building)); // 0 : 1 : 1.5 + 0.5
    }

    [Fact]
    public void Points_need_the_type_of_every_payer_and_know_every_type()
    {
        HouseholdRegister building = Given.Building(
            Given.Household("a", 1), Given.Household("b", 1) with { FlatType = new("two") },
            Given.Household("c", 1) with { FlatType = new("three"), Joins = false });
        var rule = new PointsRule
        {
            ByType = new Dictionary<FlatType, Coefficient> { [new("three")] = Given.Coefficient(1), [new("for")] = Given.Coefficient(1) },
            PerFloor = default,
            FromFloor = Floor.Of(1),
        };
        Assert.Equal(
            [
                "FlatTypeUnknown /schemes/0/rule/byType/for flatType=for",
                "FlatTypeNotStated /schemes/0/rule/byType household=a",
                "FlatTypeMissing /schemes/0/rule/byType flatType=two household=b",
            ],
            Refused(rule, building));
    }

    [Theory]
    [InlineData(null, "FlatTypeNotStated /schemes/0/rule/byType household=a")]
    [InlineData("three", "FlatTypeMissing /schemes/0/rule/byType flatType=three household=a")]
    public void One_payer_without_points_is_enough_to_refuse(string? type, string expected)
    {
        HouseholdRegister building = Given.Building(
            Given.Household("a", 1) with { FlatType = type is null ? null : new FlatType(type) }, Given.Household("b", 1) with { FlatType = new("two") });
        var rule = new PointsRule
        {
            ByType = new Dictionary<FlatType, Coefficient> { [new("two")] = Given.Coefficient(1) },
            PerFloor = default,
            FromFloor = Floor.Of(1),
        };
        Assert.Equal([expected], Refused(rule, building));
    }

    [Fact]
    public void Faults_inside_another_rule_are_told_where_they_stand()
    {
        Rule strange = Given.Weights(("101", 1), ("201", 2), ("202", 3), ("301", 2), ("x", 1));
        Rule shorter = Given.Weights(("201", 2), ("202", 3));
        var amounts = new Dictionary<HouseholdId, Money> { [Given.Id("101")] = Given.Fen(1) };
        Assert.Equal(["HouseholdUnknown /schemes/0/rule/parts/1/rule/weights/x household=x"], Refused(Given.Mix((50, new EqualRule()), (50, strange))));
        Assert.Equal(["HouseholdUnknown /schemes/0/rule/remainder/weights/x household=x"], Refused(new FixedRule { Amounts = amounts, Remainder = strange }));
        Assert.Equal(["HouseholdMissing /schemes/0/rule/remainder/weights household=301"], Refused(new FixedRule { Amounts = amounts, Remainder = shorter }));
    }

    [Fact]
    public void Weights_of_households() =>
        Assert.Equal(["300", "600", "900", "600"], Exact(Given.Weights(("101", 1), ("201", 2), ("202", 3), ("301", 2))));

    [Fact]
    public void Weights_cover_every_payer_and_name_no_stranger() => Assert.Equal(
        ["HouseholdUnknown /schemes/0/rule/weights/x~1y household=x/y", "HouseholdMissing /schemes/0/rule/weights household=301"],
        Refused(Given.Weights(("101", 1), ("201", 2), ("202", 3), ("x/y", 2))));

    [Fact]
    public void Weights_of_nought_only_are_refused()
    {
        Assert.Equal(["WeightsAllZero /schemes/0/rule"], Refused(Given.Weights(("101", 0), ("201", 0), ("202", 0), ("301", 0))));
        Assert.Equal(["WeightsAllZero /schemes/0/rule"], Refused(Given.Coefficients([(1, 0), (2, 0), (3, 0)])));
        Assert.Equal(["WeightsAllZero /schemes/0/rule"], Refused(Given.Coefficients([(1, 0), (2, 0), (3, 0)], sharedBy: SharedBy.Household)));
        Assert.Equal(["WeightsAllZero /schemes/0/rule"], Refused(Given.Coefficients([(1, 0), (2, 0), (3, 0)], sharedBy: SharedBy.Area)));
        Assert.Equal(["WeightsAllZero /schemes/0/rule"], Refused(new RideRule(), Given.Building(1, 3)));
        Assert.Equal(["WeightsAllZero /schemes/0/rule/parts/1/rule"], Refused(Given.Mix((50, new EqualRule()), (50, new RideRule())), Given.Building(1, 3)));
    }

    [Fact]
    public void A_mix_shares_each_part_by_its_own_rule()
    {
        Assert.Equal(["600", "600", "500", "700"], Exact(Given.Mix((50, new EqualRule()), (50, new AreaRule()))));
        Rule nested = Given.Mix((50, Given.Mix((20, new AreaRule()), (80, new EqualRule()))), (50, new AreaRule()));
        Assert.Equal(["600", "600", "480", "720"], Exact(nested));
    }

    [Fact]
    public void A_mix_that_does_not_close_is_refused_with_its_sum() =>
        Assert.Equal(["DoesNotClose /schemes/0/rule/parts sum=99"], Refused(Given.Mix((50, new EqualRule()), (49, new AreaRule()))));

    [Fact]
    public void A_mix_is_at_most_four_deep()
    {
        Rule rule = new EqualRule();
        for (int depth = 1; depth <= 4; depth++) { rule = Given.Mix((50, rule), (50, new AreaRule())); }
        Assert.Equal(4, Exact(rule).Length);
        Assert.Equal(["MixTooDeep /schemes/0/rule limit=4"], Refused(Given.Mix((50, rule), (50, new AreaRule()))));
        Assert.Equal(["MixTooDeep /schemes/0/rule limit=4"], Refused(Given.Mix((50, new AreaRule()), (50, rule))));
        Assert.Equal(["MixTooDeep /schemes/0/rule limit=4"], Refused(Given.Mix((50, Given.Mix((50, rule), (50, rule))), (50, rule))));
    }

    [Fact]
    public void Fixed_amounts_stand_only_at_the_top()
    {
        FixedRule inner = new() { Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("101")] = Given.Fen(1) }, Remainder = new EqualRule() };
        Assert.Equal(["RuleNotAllowedHere /schemes/0/rule/parts/1/rule/kind kind=fixed"], Refused(Given.Mix((50, new EqualRule()), (50, inner))));
        Assert.Equal(["RuleNotAllowedHere /schemes/0/rule/remainder/kind kind=fixed"],
            Refused(new FixedRule { Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("201")] = Given.Fen(1) }, Remainder = inner }));
        Assert.Equal(["RuleNotAllowedHere /schemes/0/rule/remainder/parts/0/rule/kind kind=fixed"],
            Refused(new FixedRule { Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("201")] = Given.Fen(1) }, Remainder = Given.Mix((50, inner), (50, new EqualRule())) }));
    }

    [Fact]
    public void Fixed_amounts_are_taken_out_and_the_rest_is_shared()
    {
        var rule = new FixedRule
        {
            Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("101")] = Given.Fen(600), [Given.Id("202")] = Money.Zero },
            Remainder = new AreaRule(),
        };
        Assert.Equal(["600", "5400/7", "0", "7200/7"], Exact(rule)); // 1800 in 60 : 80
    }

    [Fact]
    public void All_faults_of_a_rule_are_told_at_once() => Assert.Equal(
        [
            "DoesNotClose /schemes/0/rule/parts sum=90",
            "FloorMissing /schemes/0/rule/parts/0/rule/percentages floor=3",
            "HouseholdMissing /schemes/0/rule/parts/1/rule/weights household=202",
            "HouseholdMissing /schemes/0/rule/parts/1/rule/weights household=301",
        ],
        Refused(Given.Mix((50, Given.Percentages([(1, 1), (2, 1)])), (40, Given.Weights(("101", 1), ("201", 1))))));

    [Fact]
    public void The_size_of_a_rule_counts_its_parts_to_the_bottom()
    {
        Rule mix = Given.Mix((50, new EqualRule()), (50, Given.Mix((50, new AreaRule()), (50, new RideRule()))));
        Assert.Equal(1, new EqualRule().Size);
        Assert.Equal(3, mix.Size);
        Assert.Equal(3, new FixedRule { Amounts = new Dictionary<HouseholdId, Money>(), Remainder = mix }.Size);
    }
}
