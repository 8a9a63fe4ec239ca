using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Streets;

/// <summary>Stairs as tests are given them: one lift, one subsidy.</summary>
internal static class Stairs
{
    public static readonly PolicyId Policy = new("city-lift");

    public static readonly SourceId Subsidy = new("subsidy");

    public static readonly DateOnly On = new(2026, 5, 1);

    public static BuildingSummary Of(string id, decimal yuan, SubsidyStanding? recorded = null) => new()
    {
        Building = BuildingId.Of(id),
        Site = new BuildingRegistered { Street = "徐家汇街道", Address = $"乐山路 {id} 号", Storeys = Floor.Of(6) },
        Costs = [Given.Cost("lift", Given.Yuan(yuan))],
        Funding = [new PolicySource { Id = Subsidy, Policy = Policy, On = On }],
        Subsidies = recorded is null ? [] : [recorded],
    };

    public static SubsidyStanding Recorded(Money? planned = null, Money? claimed = null, Money? granted = null, Money? paid = null) => new()
    {
        Source = Subsidy,
        State = paid is not null ? SubsidyState.Paid : granted is not null ? SubsidyState.Granted : claimed is not null ? SubsidyState.Claimed : SubsidyState.Planned,
        On = On,
        Planned = planned,
        Claimed = claimed,
        Granted = granted,
        Paid = paid,
    };

    /// <summary>40 % of lift and building works, at most so much.</summary>
    public static SubsidyPart FortyPercent(decimal capYuan) => new()
    {
        Name = new Words { Zh = "四成", En = "forty per cent" },
        Layer = Layer.CityAndDistrict,
        Base = [CostCategory.Equipment, CostCategory.CivilWorks],
        Amount = new PercentOfBase { Percent = Given.Percent(40) },
        Cap = Given.Yuan(capYuan),
    };

    public static SubsidyPart Flat(decimal yuan) => FortyPercent(yuan) with { Amount = new FlatAmount { Amount = Given.Yuan(yuan) }, Cap = null };

    public static SubsidyRule Rule(params SubsidyPart[] parts) => new()
    {
        From = new DateOnly(2020, 4, 1),
        Certainty = Certainty.Press,
        References = [Given.Paper("notice", Certainty.Press)],
        Parts = parts,
        Paid = PaidWhen.AfterAcceptance,
    };

    public static PolicyBook Book(params SubsidyRule[] versions) => PolicyBook.Of([Subsidised(versions)]);

    public static SubsidyPolicy Subsidised(params SubsidyRule[] versions) =>
        new() { Id = Policy, Name = new Words { Zh = "市补贴", En = "city subsidy" }, City = new Words { Zh = "城", En = "city" }, Versions = versions };
}
