using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;

namespace CostShare.Grains.Schemes;

/// <summary>What the residents raise, cost line by cost line, and what comes back to them.</summary>
/// <param name="Costs">The cost lines, by id, in the order of the request.</param>
/// <param name="SelfFunded">
/// What residents pay of each line, in the same order; null where that is not known because of other faults. A scheme is then
/// examined without money, so that its own faults are told too.
/// </param>
/// <param name="Refund">What comes back to the households in proportion to their bills; null where nothing can.</param>
public sealed record Budget(IReadOnlyList<CostId> Costs, IReadOnlyList<Money>? SelfFunded, Money? Refund)
{
    /// <summary>What the residents raise together; null where it is not known.</summary>
    public Money? Total => SelfFunded is null ? null : Money.Sum(SelfFunded);
}
