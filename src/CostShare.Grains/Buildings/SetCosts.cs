using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;

namespace CostShare.Grains.Buildings;

/// <summary>Asks to put a budget in the place of the one there is.</summary>
public sealed record SetCosts : BuildingCommand
{
    /// <summary>The budget, line by line.</summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyList<CostLine> Costs { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        var found = new FaultList();
        CheckMoney(building, Costs, Place.Root.At("costs"), building.Funding, i => Place.Root.At("funding").At(i), rules.Policies, found);
        // What the funding asks for and the new budget lacks is wrong with the budget.
        foreach (Fault fault in found.Faults)
        {
            faults.Add(fault.Code, fault.Place.ToString().StartsWith("/funding", StringComparison.Ordinal) ? Place.Root.At("costs") : fault.Place, [.. fault.Values]);
        }
        return new CostsSet { Costs = Costs };
    }

    /// <summary>Whether the sources can pay the budget; what does not fit is noted where it stands in the command.</summary>
    internal static void CheckMoney(
        Building building, IReadOnlyList<CostLine> costs, Place costsPlace, IReadOnlyList<Source> funding, Func<int, Place> sourcePlace, PolicyBook policies, FaultList faults)
    {
        var facts = new BuildingFacts
        {
            Storeys = building.Site!.Storeys,
            Households = building.Households.IsEmpty ? null : Count.Of(building.Households.Count),
        };
        Waterfall.Run(costs, costsPlace, funding, sourcePlace, policies.Subsidies, facts, faults);
    }
}

/// <summary>A budget was set.</summary>
public sealed record CostsSet : BuildingEvent
{
    /// <summary>The budget, line by line.</summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyList<CostLine> Costs { get; init; }

    internal override Building ApplyTo(Building building)
    {
        AreDifferent(Costs.Select(line => line.Id), "every cost line has an id of its own");
        return building with { Costs = Costs };
    }
}

/// <summary>Asks to put other sources of money in the place of those there are. A subsidy of which something was granted or paid keeps its source.</summary>
public sealed record SetFunding : BuildingCommand
{
    /// <summary>Money that residents do not raise themselves; programmes first, then in this order.</summary>
    [Length(0, Source.Most)]
    public required IReadOnlyList<Source> Funding { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        SetCosts.CheckMoney(building, building.Costs, Place.Root.At("funding"), Funding, i => Place.Root.At("funding").At(i), rules.Policies, faults);
        foreach (SourceId source in building.Subsidies.Select(record => record.Source).Distinct())
        {
            bool stands = Enum.GetValues<SubsidyState>().Where(state => state >= SubsidyState.Granted)
                .Any(state => building.Subsidies.FindLast(record => record.Source == source && record.State == state)?.Amount > Money.Zero);
            if (stands && !Funding.Any(kept => kept.Id == source && kept is not ProgrammeSource))
            {
                faults.Add(FaultCode.SourceHasSubsidy, Place.Root.At("funding"), ("source", source.Value));
            }
        }
        return new FundingSet { Funding = Funding };
    }
}

/// <summary>The sources of money were set.</summary>
public sealed record FundingSet : BuildingEvent
{
    /// <summary>The sources.</summary>
    [Length(0, Source.Most)]
    public required IReadOnlyList<Source> Funding { get; init; }

    internal override Building ApplyTo(Building building)
    {
        AreDifferent(Funding.Select(source => source.Id), "every source has an id of its own");
        return building with { Funding = Funding };
    }
}
