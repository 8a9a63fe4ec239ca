using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Register;

/// <summary>The register of a building: one stair 门栋 with its storeys and its households.</summary>
public sealed record HouseholdRegister
{
    /// <summary>The most households that a building may have.</summary>
    public const int MostHouseholds = 10_000;

    /// <summary>The number of storeys, the ground floor included.</summary>
    public required Floor Storeys { get; init; }

    /// <summary>The households in the order of the register, which settles ties.</summary>
    [Length(1, MostHouseholds)]
    public required IReadOnlyList<Household> Households { get; init; }

    /// <summary>Notes every id that stands twice and every household above the top storey.</summary>
    /// <param name="place">Where the register stands in the request.</param>
    /// <param name="faults">Receives what is wrong.</param>
    /// <returns>Whether every household lives on a floor that the building has.</returns>
    public bool Check(Place place, FaultList faults)
    {
        Place households = place.At("households");
        bool floorsExist = true;
        var ids = new HashSet<HouseholdId>(Households.Count);
        for (int i = 0; i < Households.Count; i++)
        {
            Household household = Households[i];
            if (!ids.Add(household.Id)) { faults.Add(FaultCode.IdDuplicate, households.At(i).At("id"), ("id", household.Id.Value)); }
            if (household.Floor > Storeys)
            {
                floorsExist = false;
                faults.Add(FaultCode.FloorAboveTop, households.At(i).At("floor"),
                    ("household", household.Id.Value), ("floor", household.Floor.Number), ("storeys", Storeys.Number));
            }
        }
        return floorsExist;
    }
}
