using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Streets;

/// <summary>What explains that another sum is recorded than the rule gives.</summary>
public enum DifferenceKind
{
    /// <summary>A condition of the rule is not met, so that it gives nothing.</summary>
    ConditionUnmet,
    /// <summary>It is what the rule of other days gives.</summary>
    RuleOfOtherDays,
    /// <summary>It is what the rule gives without its cap.</summary>
    CapLeftOut,
    /// <summary>It is what the rule gives when it is reckoned on the whole budget.</summary>
    WholeBudget,
    /// <summary>It is what the rule gives when it is reckoned on the whole budget and without its cap.</summary>
    WholeBudgetAndCapLeftOut,
    /// <summary>It is what the rule offers, but its cost lines need less.</summary>
    LinesNeedLess,
    /// <summary>It is what the rule gives without one of its parts.</summary>
    PartLeftOut,
    /// <summary>There is no budget, so that the rule gives nothing.</summary>
    NoBudget,
    /// <summary>None of these: the reckoning tells what the rule gives.</summary>
    Unexplained,
}

/// <summary>The condition or figure that explains a difference.</summary>
/// <remarks>
/// A condition that is not met is told first, because the rule gives nothing then. Everything else was tried by running the rule again with that one thing changed; what is
/// told is the first that comes to the recorded sum. Of a recorded sum of 0 nothing is tried, since many a change comes to nothing.
/// </remarks>
public sealed record DifferenceCause
{
    /// <summary>What it is.</summary>
    public required DifferenceKind Kind { get; init; }

    /// <summary>The conditions that are not met; only with <c>conditionUnmet</c>.</summary>
    [Length(1, 50)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Words>? Conditions { get; init; }

    /// <summary>What the rule would give if they were met; only with <c>conditionUnmet</c>.</summary>
    [JsonPropertyName("ifMetFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? IfMet { get; init; }

    /// <summary>The first day of the rule that it goes by; only with <c>ruleOfOtherDays</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? From { get; init; }

    /// <summary>The last day of that rule, where there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? To { get; init; }

    /// <summary>The cap of the rule; only with <c>capLeftOut</c> and where the rule has one part.</summary>
    [JsonPropertyName("capFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? Cap { get; init; }

    /// <summary>The part that is left out; only with <c>partLeftOut</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Words? Part { get; init; }

    /// <summary>How the rule reckons, step by step.</summary>
    [Length(1, 100)]
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Finds what explains that a sum is recorded of a source.</summary>
    internal static DifferenceCause Of(BuildingSummary summary, int index, Money recorded, FundingResult result, PolicyBook policies)
    {
        var source = (PolicySource)summary.Funding[index];
        IReadOnlyList<SubsidyRule> versions = policies.Subsidies[source.Policy];
        SubsidyRule rule = versions.InForce(source.On)!;
        SourceResult given = result.Sources[index];
        var plain = new DifferenceCause { Kind = DifferenceKind.Unexplained, Steps = given.Steps };
        if (summary.Costs.Count == 0) { return plain with { Kind = DifferenceKind.NoBudget }; }
        Words[] unmet = [.. given.Policy!.Conditions.Where(condition => condition.State == ConditionState.Unmet).Select(condition => condition.Words)];
        if (unmet.Length > 0)
        {
            return plain with { Kind = DifferenceKind.ConditionUnmet, Conditions = unmet, IfMet = With(rule with { Conditions = [] }) };
        }
        if (recorded == Money.Zero) { return plain; }
        foreach (SubsidyRule other in versions.Where(other => other != rule))
        {
            if (With(other) == recorded) { return plain with { Kind = DifferenceKind.RuleOfOtherDays, From = other.From, To = other.To }; }
        }
        SubsidyRule uncapped = rule with { Parts = [.. rule.Parts.Select(part => part with { Cap = null })] };
        if (With(uncapped) == recorded) { return plain with { Kind = DifferenceKind.CapLeftOut, Cap = rule.Parts.Count == 1 ? rule.Parts[0].Cap : null }; }
        if (With(OnWholeBudget(rule)) == recorded) { return plain with { Kind = DifferenceKind.WholeBudget }; }
        if (With(OnWholeBudget(uncapped)) == recorded) { return plain with { Kind = DifferenceKind.WholeBudgetAndCapLeftOut }; }
        if (given.Amount + given.Unused == recorded) { return plain with { Kind = DifferenceKind.LinesNeedLess }; }
        for (int left = 0; rule.Parts.Count > 1 && left < rule.Parts.Count; left++)
        {
            SubsidyPart part = rule.Parts[left];
            if (With(rule with { Parts = [.. rule.Parts.Where(other => other != part)] }) == recorded) { return plain with { Kind = DifferenceKind.PartLeftOut, Part = part.Name }; }
        }
        return plain;

        // Under an id of its own, so that other sources of the policy stay as they are; how sure it is does not matter here.
        Money? With(SubsidyRule tried)
        {
            string name = "tried";
            while (summary.Funding.OfType<PolicySource>().Any(known => known.Policy.Value == name)) { name += "'"; }
            var alone = new PolicyId(name);
            Source[] funding = [.. summary.Funding.Select((known, i) => i == index ? source with { Policy = alone, AcceptUnconfirmed = true } : known)];
            var rules = summary.Funding.OfType<PolicySource>().Select(known => known.Policy).Distinct().ToDictionary(policy => policy, policy => policies.Subsidies[policy]);
            rules[alone] = [tried with { From = rule.From, To = rule.To }];
            return StairFunding.Run(summary, funding, rules, new FaultList())?.Sources[index].Amount;
        }
    }

    private static SubsidyRule OnWholeBudget(SubsidyRule rule) =>
        rule with { Parts = [.. rule.Parts.Select(part => part with { Base = Enum.GetValues<CostCategory>() })] };
}
