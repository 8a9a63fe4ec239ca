using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Comparison;

/// <summary>Whether the floors pay within the guidance ranges 指导区间 that the scheme names.</summary>
public sealed record GuidanceResult
{
    /// <summary>The policy that holds the ranges.</summary>
    public required PolicyId Policy { get; init; }

    /// <summary>Since when the ranges are in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>How sure they are.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>What else is to be known of them; left out where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Words? Note { get; init; }

    /// <summary>Whether every floor lies within its range.</summary>
    public required bool AllWithin { get; init; }

    /// <summary>Every floor, from the lowest up.</summary>
    [Length(1, Floor.Highest)]
    public required IReadOnlyList<FloorGuidance> Floors { get; init; }

    /// <summary>Where the ranges were read.</summary>
    [Length(1, 20)]
    public required IReadOnlyList<PolicyReference> References { get; init; }

    /// <summary>The ranges that a scheme names, or null after a fault.</summary>
    /// <param name="guidance">What the scheme names.</param>
    /// <param name="storeys">The storeys of the building.</param>
    /// <param name="policies">Every policy that is known.</param>
    /// <param name="place">Where the name stands in the request.</param>
    /// <param name="faults">Receives what is wrong.</param>
    internal static (GuidanceRule Rule, GuidanceTable Table)? Find(Guidance guidance, Floor storeys, PolicyBook policies, Place place, FaultList faults)
    {
        if (policies.Find(guidance.Policy) is not GuidancePolicy policy)
        {
            faults.Add(FaultCode.GuidanceUnknown, place.At("policy"), ("policy", guidance.Policy.Value));
            return null;
        }
        if (policy.Versions.InForce(guidance.On) is not GuidanceRule rule)
        {
            faults.Add(FaultCode.NoRuleOnThatDay, place.At("on"), ("policy", guidance.Policy.Value), ("on", DatedRule.Text(guidance.On)), ("known", policy.Versions.Days()));
            return null;
        }
        if (rule.Tables.FirstOrDefault(table => table.Storeys == storeys) is GuidanceTable table) { return (rule, table); }
        faults.Add(FaultCode.GuidanceNotForStoreys, place.At("policy"), ("policy", guidance.Policy.Value), ("storeys", storeys.Number),
            ("known", string.Join(", ", rule.Tables.Select(known => known.Storeys.Number.ToString(CultureInfo.InvariantCulture)))));
        return null;
    }

    /// <summary>Puts what the floors pay beside the ranges.</summary>
    /// <remarks>
    /// A floor's percentage is what its households contribute, exactly and before compensation is taken off, of all that is to be raised; where nothing is to be raised it is 0, and no floor lies outside its range.
    /// Where the text makes new corridors a pot of their own and residents pay for lines of the category <c>corridor</c>, each end of a range is that
    /// of the ranges for the rest of the money and the floor's part of the corridors for theirs, each weighed with its money. The weights are those of the self-funded
    /// parts, and compensation is spread alike over both, as rules per cost line do.
    /// </remarks>
    internal static GuidanceResult Of(
        PolicyId policy, GuidanceRule rule, GuidanceTable table, HouseholdRegister register, Allocation allocation, Fraction corridors)
    {
        var perFloor = register.Households.Select((household, i) => (household.Floor, Contribution: allocation.Contributions[i])).ToLookup(entry => entry.Floor, entry => entry.Contribution);
        long corridorTotal = table.Corridors?.Values.Sum(count => count.Millionths) ?? 0;
        var floors = new FloorGuidance[table.Storeys.Number];
        for (int i = 0; i < floors.Length; i++)
        {
            var floor = Floor.Of(i + 1);
            PercentageRange range = table.Floors[floor];
            Fraction End(Percentage end) => corridorTotal == 0
                ? end.Number
                : (end.Number * (1 - corridors)) + (Fraction.Of(100 * table.Corridors!.GetValueOrDefault(floor).Millionths, corridorTotal) * corridors);
            Fraction low = End(range.Low), high = End(range.High);
            floors[i] = FloorGuidance.Of(floor, low, high, Fraction.Sum([.. perFloor[floor]]), allocation.Payable);
        }
        return new GuidanceResult
        {
            Policy = policy,
            From = rule.From,
            Certainty = rule.Certainty,
            Note = rule.Note,
            AllWithin = floors.All(floor => floor.Position == RangePosition.Within),
            Floors = floors,
            References = rule.References,
        };
    }
}

/// <summary>What a floor pays beside its guidance range, all in per cent of what is to be raised.</summary>
/// <param name="Floor">The floor.</param>
/// <param name="Percent">What its households contribute together, before rounding.</param>
/// <param name="Low">The least of the range, with the floor's part of the corridors where they are a pot of their own.</param>
/// <param name="High">The most of the range, likewise.</param>
/// <param name="Position">Whether it lies within, both ends included.</param>
public sealed record FloorGuidance(Floor Floor, Fraction Percent, Fraction Low, Fraction High, RangePosition Position)
{
    /// <summary>By how many percentage points it lies outside; 0 within.</summary>
    [JsonIgnore]
    internal Fraction Distance => Position switch { RangePosition.Below => Low - Percent, RangePosition.Above => Percent - High, _ => 0 };

    /// <summary>Puts what a floor contributes, in fen, beside its range; where nothing is to be raised nobody lies outside.</summary>
    internal static FloorGuidance Of(Floor floor, Fraction low, Fraction high, Fraction contribution, Money payable)
    {
        Fraction percent = payable == Money.Zero ? 0 : contribution * 100 / payable.Fen;
        return new FloorGuidance(floor, percent, low, high, payable == Money.Zero ? RangePosition.Within : percent < low ? RangePosition.Below : percent > high ? RangePosition.Above : RangePosition.Within);
    }
}

/// <summary>Where something lies beside a range.</summary>
public enum RangePosition
{
    /// <summary>Below its lower end.</summary>
    Below,
    /// <summary>Between its ends, both included.</summary>
    Within,
    /// <summary>Above its upper end.</summary>
    Above,
}
