using CostShare.Grains.Comparison;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Comparison;

public class StandAloneCostTests
{
    private static readonly HouseholdRegister Three = Given.Building(
        Given.Household("101", 1), Given.Household("201", 2) with { Joins = false }, Given.Household("301", 3), Given.Household("401", 4) with { Joins = false });

    private static readonly StandAloneModel Model = new() { Fixed = Given.Fen(1_000), PerStop = Given.Fen(100), PerStorey = Given.Fen(10), Ground = Given.Fen(7) };

    private static ComparisonRequest Asked(StandAloneCosts costs, HouseholdRegister? building = null) =>
        Given.Request(building ?? Three, Given.Fen(100), Given.Scheme(new EqualRule())) with { StandAlone = costs };

    [Fact] // A stop on every floor, and a storey less than floors.
    public void The_model_counts_stops_and_storeys() =>
        Assert.Equal([7, 1_210, 1_320, 1_430], Enumerable.Range(1, 4).Select(floor => Model.Of(Floor.Of(floor))!.Value.Fen));

    [Fact]
    public void The_largest_model_of_the_highest_floor_does_not_overflow()
    {
        long most = Grains.Amounts.Money.Largest.Fen;
        var model = new StandAloneModel { Fixed = Given.Fen(most), PerStop = Given.Fen(most), PerStorey = Given.Fen(most), Ground = Given.Fen(0) };
        Assert.Equal(400 * most, model.Of(Floor.Of(200))!.Value.Fen);
    }

    [Fact]
    public void A_model_and_the_same_costs_as_stated_give_the_same_groups()
    {
        Stability model = Told.Facts(Asked(Model))[0].Stability!, stated = Told.Facts(Asked(Told.Costs((1, 7), (3, 1_320))))[0].Stability!;
        Assert.Equal(model with { Groups = [] }, stated with { Groups = [] });
        Assert.Equal(model.Groups, stated.Groups);
    }

    [Fact]
    public void Everything_wrong_with_stated_costs_is_told() => Assert.Equal(
        [
            "FloorUnknown /standAlone/amountsFen/5 floor=5 storeys=4",
            "FloorUnknown /standAlone/amountsFen/6 floor=6 storeys=4",
            "StandAloneFalls /standAlone/amountsFen/4 floor=4 costFen=19 lowerFloor=2 lowerCostFen=20",
            "StandAloneFalls /standAlone/amountsFen/6 floor=6 costFen=29 lowerFloor=5 lowerCostFen=30",
            "StandAloneMissing /standAlone/amountsFen floor=1",
            "StandAloneMissing /standAlone/amountsFen floor=3",
        ],
        Told.Refused(Asked(Told.Costs((6, 29), (5, 30), (2, 20), (4, 19)))));

    [Fact] // Equal costs do not fall, floors without anybody who joins need none, and a 0 below the highest is right.
    public void Costs_may_stay_the_same_leave_out_floors_and_be_nought_below() => Assert.NotNull(Told.Facts(Asked(Told.Costs((1, 0), (2, 9), (3, 9))))[0].Stability);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    public void The_highest_floor_that_joins_needs_a_cost_above_nought(int top, long cost)
    {
        HouseholdRegister building = Given.Building(Given.Household("101", 1), Given.Household("102", 1), Given.Household("301", 3) with { Joins = top == 3 });
        ComparisonRequest request = Asked(Told.Costs((1, 0), (3, cost)), building);
        if (cost > 0) { Assert.NotNull(Told.Facts(request)[0].Stability); }
        else { Assert.Equal([$"StandAloneNothing /standAlone/amountsFen floor={top}"], Told.Refused(request)); }
    }

    [Theory]
    [InlineData(1_210, true)]
    [InlineData(1_211, false)]
    public void A_ground_floor_may_cost_as_much_as_the_next_one(long ground, bool accepted)
    {
        ComparisonRequest request = Asked(Model with { Ground = Given.Fen(ground) });
        if (accepted) { Assert.NotNull(Told.Facts(request)[0].Stability); }
        else { Assert.Equal(["StandAloneFalls /standAlone/groundFen floor=2 costFen=1210 lowerFloor=1 lowerCostFen=1211"], Told.Refused(request)); }
    }

    [Fact]
    public void A_model_of_nothing_compares_nothing() => Assert.Equal(["StandAloneNothing /standAlone floor=3"],
        Told.Refused(Asked(new StandAloneModel { Fixed = default, PerStop = default, PerStorey = default, Ground = default })));

    [Fact] // There is no second floor beside which it could be too high.
    public void A_building_of_one_storey_states_its_ground_floor() =>
        Assert.NotNull(Told.Facts(Asked(new StandAloneModel { Fixed = default, PerStop = default, PerStorey = default, Ground = Given.Fen(5) }, Given.Building(1, 2)))[0].Stability);

    [Fact]
    public void Faults_of_costs_and_schemes_are_told_together() => Assert.Equal(
        ["StandAloneMissing /standAlone/amountsFen floor=3", "IdDuplicate /schemes/1/id id=s", "DoesNotClose /schemes/1/rule/percentages sum=90"],
        Told.Refused(Asked(Told.Costs((1, 1))) with { Schemes = [Given.Scheme(new EqualRule()), Given.Scheme(Given.Percentages([(1, 40), (3, 50)]))] }));

    [Fact]
    public void Without_costs_there_is_no_fact()
    {
        SchemeFacts facts = Told.Facts(Asked(null!))[0];
        Assert.Null(facts.Stability);
        Assert.Single(facts.Sentences(StatementCode.StabilityNotTested));
    }
}
