using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison.Search;

/// <summary>What the floors of every scheme are held against: the cost of a lift up to each, and the guidance range of each. Null where it is not asked for.</summary>
/// <param name="Lifts">For each floor with a household that joins, from the lowest up: what a lift of its own would cost in fen, multiplied so that the highest costs what all pay together. Empty where a single household joins, which is no group.</param>
/// <param name="Ranges">For each floor, from the lowest up: the least and the most that it is to carry, in per cent of what is to be raised.</param>
internal sealed record Yardstick(IReadOnlyList<(Floor Floor, Fraction Cost)>? Lifts, IReadOnlyList<FloorGuidance>? Ranges)
{
    /// <summary>What is the same for all schemes, out of what any of them was answered.</summary>
    public static Yardstick Of(StandAloneCosts? costs, SchemeResult any) => new(
        costs is null ? null : [.. (any.Facts.Stability?.Groups ?? []).Select(group => (group.UpTo, group.OwnLift))],
        any.Guidance?.Floors);

    /// <summary>The floors of a scheme beside their ranges; null where no guidance is asked for.</summary>
    public IReadOnlyList<FloorGuidance>? Hold(HouseholdRegister register, Allocation allocation)
    {
        if (Ranges is null) { return null; }
        ILookup<Floor, Fraction> contributions = register.Households.Select((household, i) => (household.Floor, Contribution: allocation.Contributions[i])).ToLookup(entry => entry.Floor, entry => entry.Contribution);
        return [.. Ranges.Select(range => FloorGuidance.Of(range.Floor, range.Low, range.High, Fraction.Sum([.. contributions[range.Floor]]), allocation.Payable))];
    }
}
