using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Schemes;

/// <summary>The rule by which payers share an amount.</summary>
/// <remarks>
/// A rule sees payers only. It gives each an exact share that is never negative, and the shares sum to the amount. A rule
/// whose weights are all 0 is refused.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(EqualRule), "equal")]
[JsonDerivedType(typeof(AreaRule), "area")]
[JsonDerivedType(typeof(FloorCoefficientsRule), "floorCoefficients")]
[JsonDerivedType(typeof(FloorPercentagesRule), "floorPercentages")]
[JsonDerivedType(typeof(RideRule), "ride")]
[JsonDerivedType(typeof(PointsRule), "points")]
[JsonDerivedType(typeof(WeightsRule), "weights")]
[JsonDerivedType(typeof(AirportRule), "airport")]
[JsonDerivedType(typeof(FormulaRule), "formula")]
[JsonDerivedType(typeof(StepsRule), "steps")]
[JsonDerivedType(typeof(FixedRule), "fixed")]
[JsonDerivedType(typeof(MixRule), "mix")]
[JsonDerivedType(typeof(PerCostRule), "perCost")]
public abstract record Rule
{
    /// <summary>How many simple rules it is made of, or worth: the parts of a mix, counted to the bottom; twenty characters of a formula.</summary>
    [JsonIgnore]
    internal virtual int Size => 1;

    /// <summary>The same where each household's steps are told: each segment of the shaft, and each cost line of a rule per cost line, is one more.</summary>
    /// <param name="lines">How many cost lines there are.</param>
    internal virtual int ExplainedSize(int lines) => Size;

    /// <summary>The kind of a rule that may not stand inside a mix or a rule per cost line; null for all others.</summary>
    [JsonIgnore]
    internal virtual string? OnlyAtTop => null;

    /// <summary>Checks the rule as a part of another; told if it may not be one.</summary>
    internal void CheckInside(Sharing sharing, Place place)
    {
        if (OnlyAtTop is string kind) { sharing.Faults.Add(FaultCode.RuleNotAllowedHere, place.At("kind"), ("kind", kind)); }
        else { Check(sharing, place); }
    }

    /// <summary>Notes what is wrong with the rule by itself, whoever pays: unknown names, parts that do not close.</summary>
    /// <param name="sharing">The register, and what receives the faults.</param>
    /// <param name="place">Where the rule stands in the request.</param>
    internal virtual void Check(Sharing sharing, Place place)
    {
        // A rule without names and parts has nothing wrong with it.
    }

    /// <summary>Shares as a part of another rule; a rule that may not be one, as <see cref="CheckInside"/> told, shares nothing.</summary>
    internal Fraction[] ShareInside(Sharing sharing, Fraction amount, Place place) =>
        OnlyAtTop is null ? Share(sharing, amount, place) : sharing.Nothing;

    /// <summary>Shares an amount among the payers, of whom there is at least one.</summary>
    /// <param name="sharing">The payers, and what receives the derivation and the faults.</param>
    /// <param name="amount">The amount in fen; 0 or more.</param>
    /// <param name="place">Where the rule stands in the request.</param>
    /// <returns>The exact shares by position in the register; meaningless if a fault was added.</returns>
    internal abstract Fraction[] Share(Sharing sharing, Fraction amount, Place place);
}

/// <summary>By what the payers of one floor divide what the floor carries.</summary>
public enum Within
{
    /// <summary>By area: own area over the area of the floor's payers.</summary>
    Area,
    /// <summary>Equally.</summary>
    Equal,
}

/// <summary>Equal shares 均摊: each payer bears 1 / number of payers.</summary>
public sealed record EqualRule : Rule
{
    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        var shares = new Fraction[sharing.Payers.Households];
        long payers = sharing.Payers.Positions.Count;
        Fraction share = amount / payers;
        foreach (int i in sharing.Payers.Positions) { shares[i] = share; }
        sharing.Derivation.Note(StepCode.Equal, sharing.Payers.Positions,
            [Column.Same("amount", amount), Column.Same("payers", payers)], shares);
        return shares;
    }
}

/// <summary>By exclusive area 按面积: own area over the total area of the payers.</summary>
public sealed record AreaRule : Rule
{
    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place) => sharing.InProportion(
        amount, sharing.Weigh(household => household.Area.Hundredths), Sharing.SquareMetre, (StepCode.ByArea, "areaM2", "totalAreaM2"), place);
}

/// <summary>By storeys ridden 按乘梯层数: floor - 1, or floor - 1.5 for a half-landing entry, never below 0.</summary>
public sealed record RideRule : Rule
{
    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        // Counted in half storeys, so that the half landing stays whole.
        Int128[] halves = sharing.Weigh(household =>
            int.Max(0, (2 * (household.Floor.Number - 1)) - (household.Entry == Register.Entry.HalfLanding ? 1 : 0)));
        Payers payers = sharing.Payers;
        sharing.Derivation.Note(StepCode.StoreysRidden, payers.Positions,
            [
                Column.Some("floor", i => payers[i].Floor.Number),
                Column.Some("entry", i => payers[i].Entry == Register.Entry.HalfLanding ? Fraction.Of(1, 2) : 0),
            ],
            [.. halves.Select(half => Fraction.Of(half, 2))]);
        return sharing.InProportion(amount, halves, 2, (StepCode.ByWeight, "weight", "totalWeight"), place);
    }
}
