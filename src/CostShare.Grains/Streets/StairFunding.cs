using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Streets;

/// <summary>What the rules give a stair: its waterfall, from what its summary holds.</summary>
internal static class StairFunding
{
    /// <summary>Runs the waterfall of a stair.</summary>
    /// <param name="summary">The stair.</param>
    /// <param name="funding">Its sources, or others in their place.</param>
    /// <param name="subsidies">The rules of every subsidy policy, the oldest first.</param>
    /// <param name="faults">Receives why it cannot be reckoned.</param>
    /// <returns>The result, or null after a fault.</returns>
    public static FundingResult? Run(BuildingSummary summary, IReadOnlyList<Source> funding, IReadOnlyDictionary<PolicyId, IReadOnlyList<SubsidyRule>> subsidies, FaultList faults)
    {
        var facts = new BuildingFacts { Storeys = summary.Site.Storeys, Households = summary.Households };
        FundingResult result = Waterfall.Run(summary.Costs, Place.Root.At("costs"), funding, i => Place.Root.At("funding").At(i), subsidies, facts, faults);
        return faults.Count > 0 ? null : result;
    }

    /// <summary>Splits a sum that is recorded of a subsidy among those who pay it, in proportion to what the rule has them give.</summary>
    /// <remarks>
    /// Largest remainders in fen, ties in the order of the layers. Where the rule gives nothing, it is split as the rule offers; where all of it is paid by one
    /// layer, it is that layer's; and where neither tells, nobody's: a layer of null.
    /// </remarks>
    public static IEnumerable<(Layer? Layer, Money Amount)> ByLayer(Money recorded, SubsidyRule rule, PolicyResult applied)
    {
        Layer[] layers = [.. rule.Parts.Select(part => part.Layer).Distinct().Order()];
        if (layers.Length == 1) { return [(layers[0], recorded)]; }
        Money[] given = Sums(part => part.Amount);
        if (given.All(amount => amount == Money.Zero)) { given = Sums(part => part.Offered); }
        return given.All(amount => amount == Money.Zero)
            ? [(null, recorded)]
            : Apportionment.Split(recorded, given).Amounts.Select((amount, i) => ((Layer?)layers[i], amount));

        Money[] Sums(Func<PartResult, Money> sum) => [.. layers.Select(layer => Money.Sum(applied.Parts.Where(part => part.Layer == layer).Select(sum)))];
    }
}
