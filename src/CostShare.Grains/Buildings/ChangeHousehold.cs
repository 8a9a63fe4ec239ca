using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Buildings;

/// <summary>Asks to put a household as it is now in the place of the one with its id.</summary>
public sealed record ChangeHousehold : BuildingCommand
{
    /// <summary>The household as it is now.</summary>
    public required RegisteredHousehold Household { get; init; }

    /// <summary>Why it is changed.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        Place place = Place.Root.At("household").At("facts");
        if (building.PositionOf(Household.Facts.Id) < 0)
        {
            faults.Add(FaultCode.HouseholdUnknown, place.At("id"), ("household", Household.Facts.Id.Value));
            return null;
        }
        RegisterHouseholds.CheckFloor(building.Site!.Storeys, Household.Facts, place.At("floor"), faults);
        return new HouseholdChanged { Household = Household, Reason = Reason };
    }
}

/// <summary>A household changed; it keeps its place in the register.</summary>
public sealed record HouseholdChanged : BuildingEvent
{
    /// <summary>The household as it is now.</summary>
    public required RegisteredHousehold Household { get; init; }

    /// <summary>Why it was changed.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override Building ApplyTo(Building building)
    {
        int position = building.PositionOf(Household.Facts.Id);
        CanHaveHappened(position >= 0, "a household that is changed is registered");
        return building with { Households = building.Households.SetItem(position, Household) };
    }
}

/// <summary>Asks to take a household off the register: it was entered by mistake, or two flats became one.</summary>
public sealed record RemoveHousehold : BuildingCommand
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>Why it is removed.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (building.PositionOf(Household) < 0) { faults.Add(FaultCode.HouseholdUnknown, Place.Root.At("household"), ("household", Household.Value)); }
        return new HouseholdRemoved { Household = Household, Reason = Reason };
    }
}

/// <summary>A household was taken off the register, and with it its signature.</summary>
public sealed record HouseholdRemoved : BuildingEvent
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>Why it was removed.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override Building ApplyTo(Building building)
    {
        int position = building.PositionOf(Household);
        CanHaveHappened(position >= 0, "a household that is removed is registered");
        return building with
        {
            Households = building.Households.RemoveAt(position),
            HouseholdIds = building.HouseholdIds.Remove(Household),
            Signatures = building.Signatures.RemoveAll(signature => signature.Household == Household),
        };
    }
}
