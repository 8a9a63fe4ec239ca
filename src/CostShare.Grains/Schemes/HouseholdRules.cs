using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>By weights of the households: tantièmes, millesimi, coeficientes, or whatever was agreed.</summary>
public sealed record WeightsRule : Rule
{
    /// <summary>The weight of each household, by its id. Every payer needs one; a 0 must be written.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyDictionary<HouseholdId, Coefficient> Weights { get; init; }

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        Payers payers = sharing.Payers;
        Place map = place.At("weights");
        foreach (HouseholdId id in Weights.Keys)
        {
            if (payers.Find(id) < 0) { sharing.Faults.Add(FaultCode.HouseholdUnknown, map.At(id.Value), ("household", id.Value)); }
        }
        foreach (HouseholdId id in payers.Positions.Select(i => payers[i].Id))
        {
            if (!Weights.ContainsKey(id)) { sharing.Faults.Add(FaultCode.HouseholdMissing, map, ("household", id.Value)); }
        }
        return sharing.InProportion(amount, sharing.Weigh(household => Weights.GetValueOrDefault(household.Id).Millionths),
            Coefficient.One, (StepCode.ByWeight, "weight", "totalWeight"), place);
    }
}

/// <summary>Fixed amounts for some households; the rest is shared among the payers by another rule.</summary>
/// <remarks>
/// An entry means the same as the adjustment <c>fixed</c>: the household is no payer, and its amount is never rounded,
/// discounted or capped. Stands only at the top of a scheme.
/// </remarks>
public sealed record FixedRule : Rule
{
    /// <summary>What each of these households pays, by its id; each joins and is not exempt.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    [JsonPropertyName("amountsFen")]
    public required IReadOnlyDictionary<HouseholdId, Money> Amounts { get; init; }

    /// <summary>The rule by which the payers share the rest; not <c>fixed</c> again.</summary>
    public required Rule Remainder { get; init; }

    internal override int Size => Remainder.Size;

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        // The amounts themselves were taken out before any rule is asked (Allocation); one inside another rule has no such turn.
        if (Remainder is FixedRule)
        {
            sharing.Faults.Add(FaultCode.RuleNotAllowedHere, place.At("remainder").At("kind"), ("kind", "fixed"));
            return new Fraction[sharing.Payers.Households];
        }
        return Remainder.Share(sharing, amount, place.At("remainder"));
    }
}
