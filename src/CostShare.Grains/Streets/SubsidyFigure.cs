using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Streets;

/// <summary>What is recorded of a policy's subsidy, and what its rules give, for those who pay it.</summary>
public sealed record SubsidyFigure
{
    /// <summary>The policy; left out for money that goes by no policy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PolicyId? Policy { get; init; }

    /// <summary>Who pays it; left out where no rule tells.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Layer? Layer { get; init; }

    /// <summary>What the rules in force on the days of the sources give; 0 for money that goes by no policy.</summary>
    [JsonPropertyName("ruleFen")]
    public required Money Rule { get; init; }

    /// <summary>What was planned.</summary>
    [JsonPropertyName("plannedFen")]
    public required Money Planned { get; init; }

    /// <summary>What was claimed.</summary>
    [JsonPropertyName("claimedFen")]
    public required Money Claimed { get; init; }

    /// <summary>What was granted.</summary>
    [JsonPropertyName("grantedFen")]
    public required Money Granted { get; init; }

    /// <summary>What was paid so far.</summary>
    [JsonPropertyName("paidFen")]
    public required Money Paid { get; init; }

    /// <summary>The figures of a stair, source by source and layer by layer.</summary>
    /// <param name="summary">The stair.</param>
    /// <param name="result">Its waterfall; null where it cannot be reckoned.</param>
    /// <param name="policies">The policies.</param>
    internal static IEnumerable<SubsidyFigure> OfStair(BuildingSummary summary, FundingResult? result, PolicyBook policies)
    {
        for (int i = 0; i < summary.Funding.Count; i++)
        {
            Source source = summary.Funding[i];
            SubsidyStanding? standing = summary.Subsidies.FirstOrDefault(known => known.Source == source.Id);
            var policy = source as PolicySource;
            if (policy is null && standing is null) { continue; }
            PolicyResult? applied = result?.Sources[i].Policy;
            SubsidyRule? rule = applied is null ? null : policies.Subsidies[policy!.Policy].InForce(policy.On);
            Money[] recorded = [standing?.Planned ?? Money.Zero, standing?.Claimed ?? Money.Zero, standing?.Granted ?? Money.Zero, standing?.Paid ?? Money.Zero];
            (Layer? Layer, Money Amount)[][] split = [.. recorded.Select(sum => rule is null ? [(null, sum)] : StairFunding.ByLayer(sum, rule, applied!).ToArray())];
            IEnumerable<Layer?> layers = (applied?.Parts.Select(part => (Layer?)part.Layer) ?? []).Concat(split.SelectMany(parts => parts.Select(part => part.Layer))).Distinct();
            foreach (Layer? layer in layers)
            {
                yield return new SubsidyFigure
                {
                    Policy = policy?.Policy,
                    Layer = layer,
                    Rule = Money.Sum(applied?.Parts.Where(part => part.Layer == layer).Select(part => part.Amount) ?? []),
                    Planned = Of(split[0], layer),
                    Claimed = Of(split[1], layer),
                    Granted = Of(split[2], layer),
                    Paid = Of(split[3], layer),
                };
            }
        }

        static Money Of((Layer? Layer, Money Amount)[] split, Layer? layer) => Money.Sum(split.Where(part => part.Layer == layer).Select(part => part.Amount));
    }
}
