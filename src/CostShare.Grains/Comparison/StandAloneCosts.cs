using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Comparison;

/// <summary>What a lift that serves only up to a floor would cost.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StatedStandAloneCosts), "stated")]
[JsonDerivedType(typeof(StandAloneModel), "model")]
public abstract record StandAloneCosts
{
    /// <summary>The cost of a lift up to a floor; null where it is not stated.</summary>
    internal abstract Money? Of(Floor floor);

    /// <summary>Notes everything for which no group could be compared with a lift of its own.</summary>
    /// <param name="register">The register; every household lives on a floor that the building has.</param>
    /// <param name="place">Where the costs stand in the request.</param>
    /// <param name="faults">Receives what is wrong.</param>
    internal void Check(HouseholdRegister register, Place place, FaultList faults)
    {
        CheckEntries(register, place, faults);
        Floor[] joined = [.. register.Households.Where(household => household.Joins).Select(household => household.Floor).Distinct().Order()];
        foreach (Floor floor in joined)
        {
            if (Of(floor) is null) { faults.Add(FaultCode.StandAloneMissing, PlaceOf(place), ("floor", floor.Number)); }
        }
        if (joined.Length > 0 && Of(joined[^1]) == Money.Zero) { faults.Add(FaultCode.StandAloneNothing, PlaceOf(place), ("floor", joined[^1].Number)); }
    }

    /// <summary>Notes what is wrong with single entries.</summary>
    private protected abstract void CheckEntries(HouseholdRegister register, Place place, FaultList faults);

    /// <summary>Where the costs of floors stand.</summary>
    private protected abstract Place PlaceOf(Place place);

    /// <summary>Notes a cost below that of a lower floor.</summary>
    private protected static void CheckRise((Floor Floor, Money Cost) lower, (Floor Floor, Money Cost) upper, Place place, FaultList faults)
    {
        if (upper.Cost >= lower.Cost) { return; }
        faults.Add(FaultCode.StandAloneFalls, place, ("floor", upper.Floor.Number), ("costFen", upper.Cost.Fen),
            ("lowerFloor", lower.Floor.Number), ("lowerCostFen", lower.Cost.Fen));
    }
}

/// <summary>The costs floor by floor.</summary>
public sealed record StatedStandAloneCosts : StandAloneCosts
{
    /// <summary>The cost of a lift up to each floor. Every floor that has a household that joins needs an entry; a 0 must be written. It never falls from one floor to the next.</summary>
    [Length(1, Floor.Highest)]
    [JsonPropertyName("amountsFen")]
    public required IReadOnlyDictionary<Floor, Money> Amounts { get; init; }

    internal override Money? Of(Floor floor) => Amounts.TryGetValue(floor, out Money cost) ? cost : null;

    private protected override Place PlaceOf(Place place) => place.At("amountsFen");

    private protected override void CheckEntries(HouseholdRegister register, Place place, FaultList faults)
    {
        Place map = PlaceOf(place);
        Floor[] listed = [.. Amounts.Keys.Order()];
        foreach (Floor floor in listed)
        {
            if (floor > register.Storeys) { faults.Add(FaultCode.FloorUnknown, map.At(floor.ToString()), ("floor", floor.Number), ("storeys", register.Storeys.Number)); }
        }
        for (int k = 1; k < listed.Length; k++)
        {
            CheckRise((listed[k - 1], Amounts[listed[k - 1]]), (listed[k], Amounts[listed[k]]), map.At(listed[k].ToString()), faults);
        }
    }
}

/// <summary>A model of the cost: a lift up to floor f, above the ground floor, costs fixed + per stop × f + per storey × (f - 1).</summary>
public sealed record StandAloneModel : StandAloneCosts
{
    /// <summary>What every lift costs, however low: machine, cabin, pit, permits.</summary>
    [JsonPropertyName("fixedFen")]
    public required Money Fixed { get; init; }

    /// <summary>What each stop costs, the one on the ground floor included: doors, controls.</summary>
    [JsonPropertyName("perStopFen")]
    public required Money PerStop { get; init; }

    /// <summary>What each storey of the shaft costs.</summary>
    [JsonPropertyName("perStoreyFen")]
    public required Money PerStorey { get; init; }

    /// <summary>What the ground floor alone would need; 0 where it needs no lift. It moves more money than any other choice, so it must be stated.</summary>
    [JsonPropertyName("groundFen")]
    public required Money Ground { get; init; }

    // At most 400 times the largest amount, which fits.
    internal override Money? Of(Floor floor) => floor.Number == 1
        ? Ground
        : Money.FromFen(Fixed.Fen + (PerStop.Fen * floor.Number) + (PerStorey.Fen * (floor.Number - 1)));

    private protected override Place PlaceOf(Place place) => place;

    // Above the ground floor the costs cannot fall.
    private protected override void CheckEntries(HouseholdRegister register, Place place, FaultList faults)
    {
        (Floor ground, Floor above) = (Floor.Of(1), Floor.Of(2));
        if (register.Storeys >= above) { CheckRise((ground, Ground), (above, Of(above)!.Value), place.At("groundFen"), faults); }
    }
}
