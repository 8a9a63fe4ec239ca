using System.Numerics;
using CostShare.Grains.Amounts;

namespace CostShare.Grains.Schemes;

/// <summary>The smallest and the largest amount that each payer may bear.</summary>
/// <param name="Minimums">By position in the register; 0 where there is none.</param>
/// <param name="Caps">By position in the register; null where there is none.</param>
internal sealed record Limits(Money[] Minimums, Money?[] Caps)
{
    /// <summary>The same limits as whole units: minimums rounded up, caps rounded down.</summary>
    public Limits InUnits(Money unit) => new(
        [.. Minimums.Select(minimum => Money.FromFen(Fraction.Of(minimum.Fen, unit.Fen).Ceiling() * unit.Fen))],
        [.. Caps.Select(cap => cap is Money money ? Money.FromFen(money.Fen / unit.Fen * unit.Fen) : cap)]);

    /// <summary>A share within the limits of its household.</summary>
    public Fraction Clamp(int household, Fraction share)
    {
        Fraction raised = Fraction.Max(share, Minimums[household].Fen);
        return Caps[household] is Money cap ? Fraction.Min(raised, cap.Fen) : raised;
    }

    /// <summary>The factor t for which the shares, each times t and then kept within its limits, sum to the amount.</summary>
    /// <remarks>
    /// The sum never falls as t grows, and is linear between the turns: the factors at which a share leaves its minimum or
    /// meets its cap. The first turn at which the sum is reached is found among them, and the factor on the line before it.
    /// Where a whole stretch of factors gives the same sum, the smallest is taken; the clamped shares are the same on all of it. All
    /// arithmetic is in whole numbers over one common denominator.
    /// </remarks>
    /// <param name="who">The payers, as positions in the register.</param>
    /// <param name="shares">Their exact shares before limits, 0 or more, by position.</param>
    /// <param name="amount">What the clamped shares must sum to, in fen.</param>
    public Solution Solve(IReadOnlyList<int> who, Fraction[] shares, long amount)
    {
        BigInteger common = Fraction.CommonDenominator([.. who.Select(i => shares[i])]);
        var turns = new List<Turn>();
        Int128 least = 0;
        foreach (int i in who)
        {
            least += Minimums[i].Fen;
            if (shares[i].Sign == 0) { continue; }
            BigInteger slope = shares[i].Numerator * (common / shares[i].Denominator);
            turns.Add(new Turn(Minimums[i].Fen / shares[i], slope, -Minimums[i].Fen));
            if (Caps[i] is Money cap) { turns.Add(new Turn(cap.Fen / shares[i], -slope, cap.Fen)); }
        }
        if (least > amount) { return new Solution(default, least - amount, 0); }

        // A share leaves its minimum before it meets its cap, also where both are equal.
        turns.Sort((a, b) => a.At.CompareTo(b.At) is var order and not 0 ? order : b.Slope.Sign.CompareTo(a.Slope.Sign));
        // Before turn k the sum is settled[k] + t * free[k] / common.
        var free = new BigInteger[turns.Count + 1];
        var settled = new Int128[turns.Count + 1];
        settled[0] = least;
        for (int k = 0; k < turns.Count; k++) { (free[k + 1], settled[k + 1]) = (free[k] + turns[k].Slope, settled[k] + turns[k].Settled); }

        int from = 0, to = turns.Count;
        while (from < to)
        {
            int middle = (from + to) / 2;
            Fraction at = turns[middle].At;
            bool reached = (amount - settled[middle]) * common * at.Denominator <= at.Numerator * free[middle];
            (from, to) = reached ? (from, middle) : (middle + 1, to);
        }
        Int128 missing = amount - settled[from];
        return free[from].IsZero
            ? new Solution(Fraction.Zero, 0, missing)
            : new Solution(Fraction.Of(missing * common, free[from]), 0, 0);
    }

    /// <summary>A factor at which a share starts or stops to grow.</summary>
    private readonly record struct Turn(Fraction At, BigInteger Slope, Int128 Settled);

    /// <summary>The factor, or by how much the limits miss.</summary>
    /// <param name="Factor">The factor t; meaningless where the limits miss.</param>
    /// <param name="Excess">By how much the minimums exceed the amount, in fen; 0 where they do not.</param>
    /// <param name="Shortfall">By how much the caps fall short of the amount, in fen; 0 where they do not.</param>
    internal readonly record struct Solution(Fraction Factor, Int128 Excess, Int128 Shortfall)
    {
        public bool Found => Excess == 0 && Shortfall == 0;
    }
}
