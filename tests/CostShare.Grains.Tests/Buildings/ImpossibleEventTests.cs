using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Buildings;

/// <summary>What is stored elsewhere may claim anything: events that cannot have happened are found, and nothing else goes wrong with them.</summary>
public class ImpossibleEventTests
{
    private static readonly CostLine Lift = Given.Cost("lift", Given.Yuan(1));
    private static readonly FixedSource Firm = new() { Id = new("firm"), Amount = Given.Yuan(1) };
    private static readonly QuoteRecorded Quote = new() { Id = new("q"), Vendor = "v", On = Day, Lines = [Lift] };
    private static readonly Bill Bill = new() { Household = Given.Id("101"), Amount = Given.Yuan(1) };
    private static readonly SchemeProposed Proposed = new() { Scheme = Given.Scheme(new EqualRule()), Bills = [Bill] };
    private static readonly SubsidyRecorded Subsidy = new() { Source = new("firm"), State = SubsidyState.Planned, Amount = Given.Yuan(1), On = Day };
    private static readonly StageEntered Stage = new() { Stage = Grains.Buildings.Stage.Consulting, On = Day };
    private static readonly FeasibilityAssessed Assessed = new() { Feasibility = Feasibility.Hard, On = Day };
    private static readonly BuildingRegistered Site = new() { Street = "s", Address = "a", Storeys = Floor.Of(7) };
    private static readonly ContributionsFinalised Finalised = new() { Number = Count.Of(1), Scheme = Proposed.Scheme.Id, Bills = [Bill], Passport = "{}", Sha256 = new string('0', 64) };

    private static DateOnly Day => new(2026, 1, 1);

    private static readonly BuildingEvent[] Happened =
    [
        Site,
        new HouseholdsRegistered { Households = [Flat("101"), Flat("201")] },
        new CostsSet { Costs = [Lift] },
        new FundingSet { Funding = [Firm] },
        Quote,
        new QuoteChosen { Quote = Quote.Id, Reason = "r" },
        Proposed,
        Subsidy,
        Subsidy with { Source = new("city") },
        Stage,
        Assessed,
        new AgreementSigned { Household = Given.Id("101"), On = Day },
        Finalised,
    ];

    private static readonly Dictionary<string, BuildingEvent> Impossible = new()
    {
        ["a second registration"] = Site,
        ["a household registered before"] = new HouseholdsRegistered { Households = [Flat("301"), Flat("201")] },
        ["a household twice in a list"] = new HouseholdsRegistered { Households = [Flat("301"), Flat("301")] },
        ["a change of an unknown household"] = new HouseholdChanged { Household = Flat("301"), Reason = "r" },
        ["the removal of an unknown household"] = new HouseholdRemoved { Household = Given.Id("301"), Reason = "r" },
        ["a cost line twice"] = new CostsSet { Costs = [Lift, Lift] },
        ["a source twice"] = new FundingSet { Funding = [Firm, Firm] },
        ["a quote recorded before"] = Quote,
        ["the choice of an unknown quote"] = new QuoteChosen { Quote = new("other"), Reason = "r" },
        ["two bills of a household"] = Proposed with { Bills = [Bill, Bill] },
        ["the withdrawal of an unknown scheme"] = new SchemeWithdrawn { Scheme = new("other"), Reason = "r" },
        ["a correction of a subsidy not recorded"] = Subsidy with { Corrects = Count.Of(2) },
        ["a correction of a subsidy of another source"] = Subsidy with { Source = new("other"), Corrects = Count.Of(1) },
        ["a correction of a stage not recorded"] = Stage with { Corrects = Count.Of(2) },
        ["a correction of a judgement not recorded"] = Assessed with { Corrects = Count.Of(2) },
        ["more households than a register has room for"] = new HouseholdsRegistered { Households = [.. Enumerable.Range(0, 9_999).Select(i => Flat($"n{i}"))] },
        ["a second signature"] = new AgreementSigned { Household = Given.Id("101"), On = Day },
        ["a signature of an unknown household"] = new AgreementSigned { Household = Given.Id("301"), On = Day },
        ["the withdrawal of no signature"] = new SignatureWithdrawn { Household = Given.Id("201"), Reason = "r" },
        ["a finalisation numbered anew"] = Finalised,
        ["a finalisation left out"] = Finalised with { Number = Count.Of(3) },
        ["two finalised bills of a household"] = Finalised with { Number = Count.Of(2), Bills = [Bill, Bill] },
    };

    public static TheoryData<string> Names => [.. Impossible.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_cannot_have_happened_is_found(string name)
    {
        Building building = Fold(Happened);
        Assert.Throws<FormatException>(() => building.Evolve(Impossible[name]));
    }

    [Fact]
    public void Nothing_happens_before_a_building_is_registered() =>
        Assert.All(Happened.Skip(1), happened => Assert.Throws<FormatException>(() => Building.Unregistered.Evolve(happened)));

    [Fact]
    public void What_was_taken_away_is_unknown_afterwards()
    {
        Building building = Fold([.. Happened, new HouseholdRemoved { Household = Given.Id("101"), Reason = "r" }, new SchemeWithdrawn { Scheme = Proposed.Scheme.Id, Reason = "r" }]);
        Assert.Throws<FormatException>(() => building.Evolve(new AgreementSigned { Household = Given.Id("101"), On = Day }));
        Assert.Throws<FormatException>(() => building.Evolve(new SignatureWithdrawn { Household = Given.Id("101"), Reason = "r" }));
        Assert.Throws<FormatException>(() => building.Evolve(new SchemeWithdrawn { Scheme = Proposed.Scheme.Id, Reason = "r" }));
        Assert.Equal(["201", "101"], building.Evolve(new HouseholdsRegistered { Households = [Flat("101")] }).Households.Select(household => household.Facts.Id.Value));
    }

    [Fact]
    public void What_happened_can_be_corrected_to_the_last_record()
    {
        Building building = Fold([.. Happened, Stage with { Corrects = Count.Of(1) }, Assessed with { Corrects = Count.Of(1) }, Subsidy with { Corrects = Count.Of(1), Amount = Given.Yuan(2) }]);
        Assert.Equal((1, 1), (building.Stages.Count, building.Feasibility.Count));
        Assert.Equal([Given.Yuan(2), Given.Yuan(1)], building.Subsidies.Select(record => record.Amount));
    }

    private static Building Fold(IEnumerable<BuildingEvent> events) => events.Aggregate(Building.Unregistered, (building, happened) => building.Evolve(happened));

    private static RegisteredHousehold Flat(string id) => new() { Facts = Given.Household(id, 1) };
}
