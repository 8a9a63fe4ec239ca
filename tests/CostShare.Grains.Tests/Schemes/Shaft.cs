using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>An airport problem as the literature states it, one cost per household in any order, carried out as a scheme.</summary>
/// <param name="Costs">The stand-alone costs in fen, in register order.</param>
/// <param name="Areas">The areas in hundredths of a square metre; 1 each unless stated.</param>
internal sealed record Shaft(long[] Costs, long[]? Areas = null)
{
    /// <summary>The households; each distinct cost is a floor.</summary>
    public HouseholdRegister Building()
    {
        long[] levels = [.. Costs.Distinct().Order()];
        return Given.Building([.. Costs.Select((cost, i) => Given.Household($"h{i}", Array.IndexOf(levels, cost) + 1)
            with
        { Area = Area.FromHundredths(Areas?[i] ?? 1) })]);
    }

    public AirportRule Rule(AirportMethod method, AirportWeight weight = AirportWeight.Household, AirportBy by = AirportBy.Household) =>
        Given.Airport(method, Costs.Distinct().Order().Select((cost, level) => (level + 1, cost))) with { Weight = weight, By = by };

    /// <summary>The exact shares of the highest cost.</summary>
    public Fraction[] Share(Rule rule) => [.. Seen.Run(Building(), Money.FromFen(Costs.Max()), Given.Scheme(rule)).Exact];

    public Fraction[] Share(AirportMethod method) => Share(Rule(method));

    /// <summary>The increments of the costs as coefficients of the floors, shared within: each floor pays the segment that only it and those above need.</summary>
    public Rule EachOwnSegment(Within within)
    {
        long[] levels = [0, .. Costs.Distinct().Order()];
        return Given.Coefficients(levels.Skip(1).Select((cost, k) => (k + 1, (decimal)(cost - levels[k]) / 1000)), within: within);
    }

    /// <summary>In proportion to the stand-alone costs.</summary>
    public Rule Proportional() => Given.Coefficients(Costs.Distinct().Order().Select((cost, k) => (k + 1, (decimal)cost / 1000)), sharedBy: SharedBy.Household);
}
