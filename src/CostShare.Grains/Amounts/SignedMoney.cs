namespace CostShare.Grains.Amounts;

/// <summary>An amount of money that may be below 0: what a household pays less what it is paid, or the difference of two such amounts.</summary>
/// <remarks>
/// On the wire an amount of <see cref="Money"/> is 0 or more; this is what stands where it may not be. Any two amounts that a request can make lie within
/// <see cref="Largest"/> of each other.
/// </remarks>
public readonly record struct SignedMoney
{
    private SignedMoney(long fen) => Fen = fen;

    /// <summary>The largest, and with a minus the smallest: twice <see cref="Money.Largest"/>.</summary>
    public static SignedMoney Largest => new(2 * Money.Largest.Fen);

    /// <summary>The amount in fen.</summary>
    public long Fen { get; }

    /// <summary>The amount of so many fen.</summary>
    /// <param name="fen">Hundredths of a yuan, at most <see cref="Largest"/> in size.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is larger.</exception>
    public static SignedMoney FromFen(long fen)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fen, Largest.Fen);
        ArgumentOutOfRangeException.ThrowIfLessThan(fen, -Largest.Fen);
        return new(fen);
    }

    /// <summary>An amount that may be below 0.</summary>
    /// <param name="amount">The amount.</param>
    public static SignedMoney Of(Money amount) => FromFen(amount.Fen);
}
