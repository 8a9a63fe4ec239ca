namespace CostShare.Grains.Buildings;

/// <summary>A building told in as few events as make it what it is, so that it can be opened without all that ever happened.</summary>
public static class BuildingEssence
{
    /// <summary>The events of which <see cref="Building.Unregistered"/> becomes this building, but for its version.</summary>
    /// <param name="building">The building.</param>
    public static IReadOnlyList<BuildingEvent> Of(Building building)
    {
        var essence = new List<BuildingEvent>();
        if (building.Site is null) { return essence; }
        essence.Add(building.Site);
        if (!building.Households.IsEmpty) { essence.Add(new HouseholdsRegistered { Households = building.Households }); }
        if (building.Costs.Count > 0) { essence.Add(new CostsSet { Costs = building.Costs }); }
        essence.AddRange(building.Quotes);
        if (building.Chosen is not null) { essence.Add(building.Chosen); }
        if (building.Funding.Count > 0) { essence.Add(new FundingSet { Funding = building.Funding }); }
        essence.AddRange(building.Subsidies);
        essence.AddRange(building.Feasibility);
        foreach (ProposedScheme scheme in building.Schemes)
        {
            essence.AddRange(scheme.Versions);
            if (scheme.Withdrawn is not null) { essence.Add(scheme.Withdrawn); }
        }
        essence.AddRange(building.Stages);
        essence.AddRange(building.Signatures);
        essence.AddRange(building.Finalisations);
        return essence;
    }

    /// <summary>The building that was told.</summary>
    /// <param name="essence">The events of <see cref="Of"/>.</param>
    /// <param name="version">The version of the building that was told.</param>
    /// <exception cref="FormatException">The events do not follow from one another.</exception>
    public static Building Restore(IEnumerable<BuildingEvent> essence, long version) =>
        essence.Aggregate(Building.Unregistered, (building, happened) => building.Evolve(happened)).At(version);
}
