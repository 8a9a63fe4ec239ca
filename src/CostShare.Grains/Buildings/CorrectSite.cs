using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Buildings;

/// <summary>Asks to put right where a building stands and how high it is; everything is stated anew.</summary>
/// <remarks>What else was recorded stays: a scheme or a source that no longer fits is told when it is next reckoned.</remarks>
public sealed record CorrectSite : BuildingCommand
{
    /// <summary>The street office 街道 that it belongs to, by which it is counted.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string Street { get; init; }

    /// <summary>The estate 小区; not in one unless stated.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Estate { get; init; }

    /// <summary>Its address, as people call it.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Address { get; init; }

    /// <summary>The number of storeys, the ground floor included; no household lives above them.</summary>
    public required Floor Storeys { get; init; }

    /// <summary>Why it is corrected.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        foreach (RegisteredHousehold household in building.Households)
        {
            RegisterHouseholds.CheckFloor(Storeys, household.Facts, Place.Root.At("storeys"), faults);
        }
        return new SiteCorrected { Street = Street, Estate = Estate, Address = Address, Storeys = Storeys, Reason = Reason };
    }
}

/// <summary>Where a building stands and how high it is was put right.</summary>
public sealed record SiteCorrected : BuildingEvent
{
    /// <summary>The street office that it belongs to.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string Street { get; init; }

    /// <summary>The estate, where it stands in one.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Estate { get; init; }

    /// <summary>Its address, as people call it.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Address { get; init; }

    /// <summary>The number of storeys, the ground floor included.</summary>
    public required Floor Storeys { get; init; }

    /// <summary>Why it was corrected.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override Building ApplyTo(Building building) =>
        building with { Site = new BuildingRegistered { Street = Street, Estate = Estate, Address = Address, Storeys = Storeys } };
}
