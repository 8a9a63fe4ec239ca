namespace CostShare.Grains.Amounts;

/// <summary>Turns exact shares into payable amounts without creating or losing a fen.</summary>
public static class Apportionment
{
    /// <summary>Splits an amount in proportion to weights, in fen, by the method of largest remainders.</summary>
    /// <remarks>
    /// Every share is its exact value rounded down to a fen; the fen left over go, one each, to the largest
    /// fractional parts. Equal fractional parts are served in the order given, so pass an order that is stable and that
    /// no party can influence. Every share is within one fen of its exact value, and a weight of 0 gets nothing. A larger
    /// total can shrink a share (the Alabama paradox): split the new total, never the increment.
    /// Source: Balinski and Young, <i>Fair Representation</i>, 2nd ed., Brookings, 2001 (there: Hamilton's method).
    /// </remarks>
    /// <param name="total">The amount to split; zero or more.</param>
    /// <param name="weights">One weight per party, in fen, zero or more; at least one positive.</param>
    /// <returns>One share per weight, in the same order; the shares sum to <paramref name="total"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The total or a weight is negative.</exception>
    /// <exception cref="ArgumentException">No weight is positive.</exception>
    public static Rounded Split(Money total, IReadOnlyList<Money> weights)
    {
        Int128 weightSum = 0;
        foreach (Money weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(weight, Money.Zero, nameof(weights));
            weightSum += weight.Fen;
        }
        if (weightSum == 0) { throw new ArgumentException("At least one weight must be positive.", nameof(weights)); }
        var shares = new Fraction[weights.Count];
        for (int i = 0; i < shares.Length; i++) { shares[i] = Fraction.Of((Int128)total.Fen * weights[i].Fen, weightSum); }
        return LargestRemainder(total, shares, Money.FromFen(1));
    }

    /// <summary>Rounds exact shares to whole units so that they sum to the total, by the method of largest remainders.</summary>
    /// <remarks>
    /// As <see cref="Split"/>: whole units first, then one unit each to the largest remainders, ties to the party that
    /// stands first. A share that is already a whole number of units keeps it, so a share of 0 stays 0.
    /// </remarks>
    /// <param name="total">What the rounded shares sum to: the sum of <paramref name="shares"/>, a whole number of units.</param>
    /// <param name="shares">The exact shares in fen, each zero or more.</param>
    /// <param name="unit">The billing unit; above zero.</param>
    /// <returns>The rounded shares in the same order, and who got a unit more than its whole ones.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The total or a share is negative, or the unit is not positive.</exception>
    /// <exception cref="ArgumentException">
    /// The total is not a whole number of units, or so far from the sum of the shares that no largest remainders make up for it.
    /// </exception>
    public static Rounded LargestRemainder(Money total, IReadOnlyList<Fraction> shares, Money unit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, Money.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(unit, Money.Zero);
        (long units, long rest) = long.DivRem(total.Fen, unit.Fen);
        if (rest != 0) { throw new ArgumentException("The total must be a whole number of units.", nameof(total)); }

        var perFen = Fraction.Of(1, unit.Fen);
        var whole = new long[shares.Count];
        var remainders = new Fraction[shares.Count];
        // Nearly all remainders differ in their first 64 bits; long ones are compared in full only where those are equal.
        var leading = new ulong[shares.Count];
        var order = new List<int>(shares.Count);
        for (int i = 0; i < whole.Length; i++)
        {
            Fraction inUnits = shares[i] * perFen;
            ArgumentOutOfRangeException.ThrowIfNegative(inUnits.Sign, nameof(shares));
            whole[i] = inUnits.Floor();
            units -= whole[i];
            if (!inUnits.IsInteger)
            {
                remainders[i] = inUnits.FractionalPart();
                leading[i] = remainders[i].LeadingBits();
                order.Add(i);
            }
        }
        // Remainders lie strictly between 0 and 1, so their sum, which is what is left, is below their number.
        if (units < 0 || units > order.Count || (units == order.Count && units > 0))
        {
            throw new ArgumentException("The shares must sum to the total.", nameof(shares));
        }
        order.Sort((a, b) => leading[b].CompareTo(leading[a]) is var byBits and not 0 ? byBits
            : remainders[b].CompareTo(remainders[a]) is var byRemainder and not 0 ? byRemainder : a.CompareTo(b));

        var ranks = new int[shares.Count];
        for (int place = 0; place < order.Count; place++)
        {
            ranks[order[place]] = place + 1;
            if (place < units) { whole[order[place]]++; }
        }
        var amounts = new Money[shares.Count];
        for (int i = 0; i < amounts.Length; i++) { amounts[i] = Money.FromFen(whole[i] * unit.Fen); }
        return new Rounded(amounts, ranks, (int)units);
    }

    /// <summary>Amounts rounded by largest remainder, with what is needed to check each by hand.</summary>
    /// <param name="Amounts">The rounded amounts, in the order of the parties.</param>
    /// <param name="Ranks">Each party's place among the remainders, 1 for the largest; 0 for a party without one.</param>
    /// <param name="UnitsLeft">How many units were left after the whole ones: the ranks 1 to this got one more.</param>
    public sealed record Rounded(IReadOnlyList<Money> Amounts, IReadOnlyList<int> Ranks, int UnitsLeft);
}
