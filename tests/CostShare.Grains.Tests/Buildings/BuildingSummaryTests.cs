using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;

namespace CostShare.Grains.Tests.Buildings;

/// <summary>What a street office sees of a building.</summary>
public class BuildingSummaryTests
{
    private static readonly BuildingId Here = BuildingId.Of("b1");

    private static readonly BuildingEvent Registered = new BuildingRegistered { Street = "徐家汇街道", Estate = "乐山六村", Address = "乐山路 12 号", Storeys = Floor.Of(7) };

    [Fact]
    public void What_is_not_registered_has_no_summary() => Assert.Null(BuildingSummary.Of(Here, Building.Unregistered));

    [Fact]
    public void Of_a_bare_building_nothing_is_said()
    {
        BuildingSummary summary = Of(Registered);
        Assert.Equal((Here, "乐山六村"), (summary.Building, summary.Site.Estate));
        Assert.Equal((null, null, null, null, null, null, null, null, null),
            (summary.Households, summary.Joining, summary.Signatories, summary.Feasibility, summary.Stage, summary.StageOn, summary.StartedOn, summary.SignedOn, summary.Billed));
        Assert.Empty(summary.Subsidies);
    }

    [Fact]
    public void A_stair_has_signed_when_all_that_join_have_and_on_the_last_of_their_days()
    {
        BuildingEvent flats = Households(("101", false), ("201", true), ("301", true));
        Assert.Equal((3, 2, null, null), Signed(Of(Registered, flats)));
        Assert.Equal((3, 2, 1, null), Signed(Of(Registered, flats, Signs("301", 9))));
        // Who does not join need not sign.
        Assert.Equal((3, 2, 1, null), Signed(Of(Registered, flats, Signs("301", 9), Signs("101", 1))));
        Assert.Equal((3, 2, 2, Day(9)), Signed(Of(Registered, flats, Signs("301", 9), Signs("201", 4))));
        Assert.Equal((3, 2, 1, null), Signed(Of(Registered, flats, Signs("301", 9), Signs("201", 4), new SignatureWithdrawn { Household = Given.Id("301"), Reason = "sold" })));
        Assert.Equal((1, null, null, null), Signed(Of(Registered, Households(("101", false)), Signs("101", 1))));
    }

    [Fact]
    public void A_project_begins_with_its_first_stage_or_signature()
    {
        BuildingEvent flats = Households(("201", true));
        Assert.Null(Of(Registered, flats, Signs("201", 3)).StartedOn);
        Assert.Equal(Day(3), Of(Registered, flats, Signs("201", 3), Enters(Stage.Applying, 5)).StartedOn);
        BuildingSummary summary = Of(Registered, flats, Enters(Stage.Consulting, 2), Signs("201", 3), Enters(Stage.Applying, 5));
        Assert.Equal((Day(2), Stage.Applying, Day(5)), (summary.StartedOn, summary.Stage, summary.StageOn));
    }

    [Fact]
    public void The_last_judgement_counts() => Assert.Equal(Feasibility.Hard,
        Of(Registered, new FeasibilityAssessed { Feasibility = Feasibility.Suitable, On = Day(1) }, new FeasibilityAssessed { Feasibility = Feasibility.Hard, On = Day(2) }).Feasibility);

    [Fact]
    public void Of_each_state_of_a_subsidy_the_last_sum_counts_and_of_its_papers_the_last_record()
    {
        BuildingEvent funding = new FundingSet { Funding = [Given.Source("firm", Given.Yuan(1)), Given.Source("subsidy", Given.Yuan(280_000))] };
        Assert.Empty(Of(Registered, funding).Subsidies);
        SubsidyStanding standing = Assert.Single(Of(Registered, funding, Records(SubsidyState.Planned, 5, 1), Records(SubsidyState.Claimed, 9, 2), Records(SubsidyState.Granted, 8, 3),
            Records(SubsidyState.Paid, 4, 4), Records(SubsidyState.Granted, 9, 5) with { Certificate = "T1", Programme = "P" }).Subsidies);
        Assert.Equal((new SourceId("subsidy"), SubsidyState.Paid, Day(5), "T1", "P"), (standing.Source, standing.State, standing.On, standing.Certificate, standing.Programme));
        Assert.Equal(Day(2), standing.ClaimedOn);
        Assert.Null(Assert.Single(Of(Registered, funding, Records(SubsidyState.Planned, 5, 1)).Subsidies).ClaimedOn);
        Assert.Equal((5, 9, 9, 4), (standing.Planned!.Value.Fen, standing.Claimed!.Value.Fen, standing.Granted!.Value.Fen, standing.Paid!.Value.Fen));
    }

    [Fact]
    public void A_subsidy_whose_source_is_gone_is_not_told()
    {
        BuildingEvent funding = new FundingSet { Funding = [Given.Source("subsidy", Given.Yuan(9))] };
        Assert.Empty(Of(Registered, funding, Records(SubsidyState.Claimed, 9, 2), new FundingSet { Funding = [Given.Source("other", Given.Yuan(9))] }).Subsidies);
    }

    [Theory]
    [InlineData(1, 2, 3, 4, 3, 3)]
    [InlineData(1, 2, null, 4, 4, 4)]
    [InlineData(1, 2, null, null, 2, 2)]
    [InlineData(1, null, null, null, 1, 0)]
    [InlineData(null, 2, 0, null, 0, 0)]
    [InlineData(null, null, null, null, 0, 0)]
    public void The_sum_that_counts_is_the_surest(int? planned, int? claimed, int? granted, int? paid, int recorded, int committed)
    {
        var standing = new SubsidyStanding { Source = new("s"), State = SubsidyState.Planned, On = Day(1), Planned = Sum(planned), Claimed = Sum(claimed), Granted = Sum(granted), Paid = Sum(paid) };
        Assert.Equal((recorded, committed), (standing.Recorded.Fen, standing.Committed.Fen));

        static Money? Sum(int? fen) => fen is int sum ? Given.Fen(sum) : null;
    }

    [Fact]
    public void Households_are_billed_what_the_last_finalisation_says()
    {
        ContributionsFinalised Bills(int number, params long[] fen) => new()
        {
            Number = Count.Of(number),
            Scheme = new("s"),
            Bills = [.. fen.Select((amount, i) => new Bill { Household = Given.Id($"{i}01"), Amount = Given.Fen(amount), Credit = i == 0 ? Given.Fen(7) : null })],
            Passport = "{}",
            Sha256 = new string('0', 64),
        };
        Assert.Equal(Given.Fen(300), Of(Registered, Bills(1, 100, 200)).Billed);
        Assert.Equal(Given.Fen(30), Of(Registered, Bills(1, 100, 200), Bills(2, 10, 20)).Billed);
    }

    private static (int?, int?, int?, DateOnly?) Signed(BuildingSummary summary) => (summary.Households?.Number, summary.Joining?.Number, summary.Signatories?.Number, summary.SignedOn);

    private static DateOnly Day(int day) => new(2026, 3, day);

    private static AgreementSigned Signs(string household, int day) => new() { Household = Given.Id(household), On = Day(day) };

    private static StageEntered Enters(Stage stage, int day) => new() { Stage = stage, On = Day(day) };

    private static SubsidyRecorded Records(SubsidyState state, long fen, int day) => new() { Source = new("subsidy"), State = state, Amount = Given.Fen(fen), On = Day(day) };

    private static HouseholdsRegistered Households(params (string Id, bool Joins)[] flats) =>
        new() { Households = [.. flats.Select(flat => new RegisteredHousehold { Facts = Given.Household(flat.Id, 1) with { Joins = flat.Joins } })] };

    private static BuildingSummary Of(params BuildingEvent[] happened) =>
        BuildingSummary.Of(Here, happened.Aggregate(Building.Unregistered, (building, one) => building.Evolve(one)))!;
}
