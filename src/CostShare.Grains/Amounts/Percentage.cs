using System.Globalization;

namespace CostShare.Grains.Amounts;

/// <summary>A percentage of a whole.</summary>
/// <remarks>Counted in millionths of one per cent, so exact to six decimals. 0 to 100. The default value is 0.</remarks>
public readonly record struct Percentage
{
    /// <summary>How many decimals are held.</summary>
    public const int Places = 6;

    /// <summary>The whole, 100 %, in millionths of one per cent.</summary>
    public const long WholeMillionths = 100_000_000;

    private Percentage(long millionths) => Millionths = millionths;

    /// <summary>The percentage in millionths of one per cent.</summary>
    public long Millionths { get; }

    /// <summary>The number before the per cent sign: 12.5 % gives 25/2.</summary>
    public Fraction Number => Fraction.Of(Millionths, 1_000_000);

    /// <summary>The part of the whole that it stands for: 12.5 % gives 1/8.</summary>
    public Fraction Part => Fraction.Of(Millionths, WholeMillionths);

    /// <summary>A number of per cent in digits, without trailing zeros: 99500000 gives "99.5".</summary>
    /// <param name="millionths">Millionths of one per cent, 0 or more; a sum may exceed the whole.</param>
    public static string Text(long millionths)
    {
        (long whole, long rest) = long.DivRem(millionths, 1_000_000);
        return rest == 0
            ? whole.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{whole}.{rest:D6}").TrimEnd('0');
    }

    /// <summary>The percentage of so many millionths of one per cent.</summary>
    /// <param name="millionths">0 to <see cref="WholeMillionths"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static Percentage FromMillionths(long millionths)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(millionths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(millionths, WholeMillionths);
        return new Percentage(millionths);
    }
}
