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

    internal override void Check(Sharing sharing, Place place)
    {
        foreach (HouseholdId id in Weights.Keys)
        {
            if (sharing.Payers.Find(id) < 0)
            {
                sharing.Faults.Add(FaultCode.HouseholdUnknown, place.At("weights").At(id.Value), ("household", id.Value));
            }
        }
    }

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        HouseholdId[] missing = [.. sharing.Payers.Positions.Select(i => sharing.Payers[i].Id).Where(id => !Weights.ContainsKey(id))];
        foreach (HouseholdId id in missing) { sharing.Faults.Add(FaultCode.HouseholdMissing, place.At("weights"), ("household", id.Value)); }
        return missing.Length > 0
            ? sharing.Nothing
            : sharing.InProportion(amount, sharing.Weigh(household => Weights[household.Id].Millionths),
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

    internal override int ExplainedSize(int lines) => Remainder.ExplainedSize(lines);

    internal override string? OnlyAtTop => "fixed";

    internal override void Check(Sharing sharing, Place place)
    {
        Place remainder = place.At("remainder");
        if (Remainder is FixedRule) { sharing.Faults.Add(FaultCode.RuleNotAllowedHere, remainder.At("kind"), ("kind", "fixed")); }
        else { Remainder.Check(sharing, remainder); }
    }

    // The amounts themselves are taken out before any rule is asked (Adjusted), which is why the rule stands only at the top.
    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place) =>
        Remainder.Share(sharing, amount, place.At("remainder"));
}
