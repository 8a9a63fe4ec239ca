using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Funding;

/// <summary>Reckons a subsidy by its rule: conditions, base, amount, cap.</summary>
internal static class SubsidyReckoning
{
    /// <summary>Judges every condition of a rule.</summary>
    public static IReadOnlyList<ConditionResult> Judge(SubsidyRule rule, BuildingFacts facts) =>
        [.. rule.Conditions.Select(condition => new ConditionResult
        {
            Words = condition.Words,
            State = condition.Judge(facts),
            Paragraph = condition.Paragraph,
            Reference = condition.Reference ?? rule.References[0],
        })];

    /// <summary>What one part offers before it is known what its lines still need.</summary>
    /// <param name="part">The part.</param>
    /// <param name="costs">The budget.</param>
    /// <param name="gross">Each line's amount less what programmes carry.</param>
    /// <param name="facts">What is known of the building.</param>
    /// <returns>The offer with its steps, or null where the tiers need a number that is not known.</returns>
    public static (Money Offered, IReadOnlyList<Step> Steps)? Offer(SubsidyPart part, IReadOnlyList<CostLine> costs, IReadOnlyList<Money> gross, BuildingFacts facts)
    {
        StepInput[] lines = [.. costs.Select((line, i) => (line, i)).Where(entry => part.Base.Contains(entry.line.Category))
            .Select(entry => new StepInput(entry.line.Id.Value, gross[entry.i].Fen))];
        long reckonedOn = lines.Aggregate(0L, (sum, line) => sum + line.Value.Floor());
        var steps = new List<Step> { new(StepCode.SubsidyBase, lines, reckonedOn) };
        if (Amount(part.Amount, reckonedOn, facts) is not Step amount) { return null; }
        steps.Add(amount);
        var offered = Money.FromFen(amount.Result.Floor());
        if (part.Cap is Money cap)
        {
            steps.Add(new Step(StepCode.SubsidyCap, [new("amount", offered.Fen), new("cap", cap.Fen)], Money.Min(offered, cap).Fen));
            offered = Money.Min(offered, cap);
        }
        return (offered, steps);
    }

    private static Step? Amount(SubsidyAmount amount, long reckonedOn, BuildingFacts facts)
    {
        switch (amount)
        {
            case PercentOfBase percent:
                return new Step(StepCode.SubsidyPercent, [new("base", reckonedOn), new("percent", percent.Percent.Number)],
                    (percent.Percent.Part * reckonedOn).Floor());
            case FlatAmount flat:
                return new Step(StepCode.SubsidyFlat, [new("amount", flat.Amount.Fen)], flat.Amount.Fen);
            case ActualCost:
                return new Step(StepCode.SubsidyActual, [new("base", reckonedOn)], reckonedOn);
            case TieredAmount tiered:
                if (facts.Of(tiered.By) is not int number) { return null; }
                Tier? reached = tiered.Tiers.LastOrDefault(tier => tier.From.Number <= number);
                long given = reached?.Amount.Fen ?? 0;
                return new Step(StepCode.SubsidyTier, [new("number", number), new("tier", reached?.From.Number ?? 0), new("amount", given)], given);
            default:
                throw new InvalidOperationException("A kind of amount that the reckoning does not know.");
        }
    }
}

/// <summary>A condition and whether the building fulfils it.</summary>
public sealed record ConditionResult
{
    /// <summary>The condition in words.</summary>
    public required Words Words { get; init; }

    /// <summary>Whether it is met, not met, or a fact is missing.</summary>
    public required ConditionState State { get; init; }

    /// <summary>The article or paragraph that says so; left out where none is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Paragraph { get; init; }

    /// <summary>The text that says so.</summary>
    public required PolicyReference Reference { get; init; }
}
