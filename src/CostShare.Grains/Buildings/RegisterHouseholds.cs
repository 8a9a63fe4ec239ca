using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Buildings;

/// <summary>Asks to add households to the register: one, or a whole list that was imported.</summary>
public sealed record RegisterHouseholds : BuildingCommand
{
    /// <summary>The households, in the order in which they follow those that are registered already.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<RegisteredHousehold> Households { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        Place list = Place.Root.At("households");
        int together = building.Households.Count + Households.Count;
        if (together > HouseholdRegister.MostHouseholds)
        {
            faults.Add(FaultCode.EntryCount, list, ("count", together), ("minimum", 1), ("maximum", HouseholdRegister.MostHouseholds));
            return null;
        }
        var known = building.Households.Select(household => household.Facts.Id).ToHashSet();
        for (int i = 0; i < Households.Count; i++)
        {
            Household household = Households[i].Facts;
            Place place = list.At(i).At("facts");
            if (!known.Add(household.Id)) { faults.Add(FaultCode.IdDuplicate, place.At("id"), ("id", household.Id.Value)); }
            CheckFloor(building.Site!.Storeys, household, place.At("floor"), faults);
        }
        return new HouseholdsRegistered { Households = Households };
    }

    internal static void CheckFloor(Floor storeys, Household household, Place place, FaultList faults)
    {
        if (household.Floor <= storeys) { return; }
        faults.Add(FaultCode.FloorAboveTop, place, ("household", household.Id.Value), ("floor", household.Floor.Number), ("storeys", storeys.Number));
    }
}

/// <summary>Households were added to the register.</summary>
public sealed record HouseholdsRegistered : BuildingEvent
{
    /// <summary>The households, in the order in which they follow those that were registered before.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<RegisteredHousehold> Households { get; init; }

    internal override Building ApplyTo(Building building)
    {
        ImmutableHashSet<HouseholdId> ids = building.HouseholdIds.Union(Households.Select(household => household.Facts.Id));
        CanHaveHappened(ids.Count == building.Households.Count + Households.Count, "every household is registered once");
        CanHaveHappened(ids.Count <= HouseholdRegister.MostHouseholds, "a register has room for so many households");
        return building with { Households = building.Households.AddRange(Households), HouseholdIds = ids };
    }
}
