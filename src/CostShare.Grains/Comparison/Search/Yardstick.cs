using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison.Search;

/// <summary>What schemes of a search are held against besides the ballot: the cost of a lift up to each floor, and the guidance range of each floor.</summary>
/// <param name="Lifts">By floor from the lowest up, for floors with a household that joins: the cost scaled so that the highest costs what all pay together, in fen. Null where no costs are given.</param>
/// <param name="Ranges">By floor: the least and the most that it is to carry, in per cent. Null where no guidance is asked for.</param>
internal sealed record Yardstick(IReadOnlyList<(int Floor, Fraction Cost)>? Lifts, IReadOnlyList<(int Floor, Fraction Low, Fraction High)>? Ranges)
{
    /// <summary>Puts up what is asked for.</summary>
    /// <param name="standAlone">The costs as stated, if any.</param>
    /// <param name="guidance">What any scheme was answered about the ranges, which are the same for all.</param>
    /// <param name="register">The building.</param>
    /// <param name="paid">What the households that join pay together, whatever the scheme, in fen.</param>
    public static Yardstick Of(StandAloneCosts? standAlone, GuidanceResult? guidance, PolledRegister register, long paid)
    {
        int[] floors = [.. register.Households.Where(household => household.Joins).Select(household => household.Floor.Number).Distinct().Order()];
        (int, Fraction)[]? lifts = null;
        if (standAlone is not null)
        {
            Int128 highest = CostOf(standAlone, floors[^1]);
            lifts = [.. floors.Select(floor => (floor, Fraction.Of(paid, highest) * CostOf(standAlone, floor)))];
        }
        return new Yardstick(lifts, guidance is null ? null : [.. guidance.Floors.Select(floor => (floor.Floor.Number, floor.Low, floor.High))]);
    }

    /// <summary>What a scheme comes to.</summary>
    public (Fraction? Subsidy, Fraction? Distance) Measure(PolledRegister register, Allocation allocation) =>
        (Lifts is null ? null : WorstSubsidy(Lifts, register, allocation), Ranges is null ? null : Distance(Ranges, register, allocation));

    // With what is paid 0 or more the worst group is everybody up to some floor; who is paid more than it pays stays out of it. All households together pay what their lift
    // costs, so that the highest floor gives 0 if nobody stays out, and a group that is not the whole otherwise.
    private static Fraction WorstSubsidy(IReadOnlyList<(int Floor, Fraction Cost)> lifts, PolledRegister register, Allocation allocation)
    {
        ILookup<int, Fraction> payments = register.Households.Select((household, i) => (household, i)).Where(entry => entry.household.Joins)
            .ToLookup(entry => entry.household.Floor.Number, entry => Fraction.Max(allocation.Exact[entry.i], 0));
        Fraction worst = 0, below = 0;
        foreach ((int floor, Fraction cost) in lifts)
        {
            below += Fraction.Sum([.. payments[floor]]);
            worst = Fraction.Max(worst, below - cost);
        }
        return worst;
    }

    private static Fraction Distance(IReadOnlyList<(int Floor, Fraction Low, Fraction High)> ranges, PolledRegister register, Allocation allocation)
    {
        if (allocation.Payable == Money.Zero) { return 0; }
        ILookup<int, Fraction> contributions = register.Households.Select((household, i) => (household, i))
            .ToLookup(entry => entry.household.Floor.Number, entry => allocation.Contributions[entry.i]);
        return Fraction.Sum([.. ranges.Select(range =>
        {
            Fraction percent = Fraction.Sum([.. contributions[range.Floor]]) * 100 / allocation.Payable.Fen;
            return Fraction.Max(Fraction.Max(range.Low - percent, percent - range.High), 0);
        })]);
    }

    internal static Int128 CostOf(StandAloneCosts costs, int floor) => costs switch
    {
        StatedStandAloneCosts stated => stated.Amounts[Floor.Of(floor)].Fen,
        StandAloneModel model when floor == 1 => model.Ground.Fen,
        StandAloneModel model => model.Fixed.Fen + ((Int128)model.PerStop.Fen * floor) + ((Int128)model.PerStorey.Fen * (floor - 1)),
        _ => throw new InvalidOperationException("A kind of stand-alone costs that the search does not know."),
    };
}
