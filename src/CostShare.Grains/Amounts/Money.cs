namespace CostShare.Grains.Amounts;

/// <summary>An exact amount of money in the building's currency.</summary>
/// <remarks>
/// Counted in fen (hundredths of a yuan) in 64 bits; arithmetic that leaves the range throws
/// <see cref="OverflowException"/>. There is no division, because dividing money loses money: amounts are split by
/// <see cref="Apportionment"/> and nowhere else. May be negative (a credit). The default value is <see cref="Zero"/>.
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    private Money(long fen) => Fen = fen;

    /// <summary>The largest amount that a request may state: 10^15 fen, ten thousand billion yuan.</summary>
    public static Money Largest => new(1_000_000_000_000_000);

    /// <summary>No money.</summary>
    public static Money Zero => default;

    /// <summary>The amount in fen.</summary>
    public long Fen { get; }

    /// <summary>The amount of so many fen.</summary>
    /// <param name="fen">Hundredths of a yuan; negative for a credit.</param>
    public static Money FromFen(long fen) => new(fen);

    /// <summary>The sum.</summary>
    public static Money operator +(Money left, Money right) => new(left.Fen + right.Fen);

    /// <summary>The difference.</summary>
    public static Money operator -(Money left, Money right) => new(left.Fen - right.Fen);

    /// <summary>Whether left is less than right.</summary>
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    /// <summary>Whether left is less than right or equal to it.</summary>
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    /// <summary>Whether left is greater than right.</summary>
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    /// <summary>Whether left is greater than right or equal to it.</summary>
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    /// <summary>The smaller of two.</summary>
    public static Money Min(Money left, Money right) => left <= right ? left : right;

    /// <summary>The sum of many; of none it is <see cref="Zero"/>.</summary>
    /// <param name="amounts">The amounts to add.</param>
    public static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Zero, (sum, amount) => sum + amount);

    /// <inheritdoc/>
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);
}
