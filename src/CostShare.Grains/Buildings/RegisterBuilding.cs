using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Buildings;

/// <summary>Asks to register a building: one stair 门栋.</summary>
public sealed record RegisterBuilding : BuildingCommand
{
    /// <summary>The street office 街道 that it belongs to, by which it is counted.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string Street { get; init; }

    /// <summary>The estate 小区, where it stands in one.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Estate { get; init; }

    /// <summary>Its address, as people call it.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Address { get; init; }

    /// <summary>The number of storeys, the ground floor included.</summary>
    public required Floor Storeys { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults) =>
        new BuildingRegistered { Street = Street, Estate = Estate, Address = Address, Storeys = Storeys };
}

/// <summary>A building was registered.</summary>
public sealed record BuildingRegistered : BuildingEvent
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

    internal override Building ApplyTo(Building building) => building with { Site = this };
}
