namespace CostShare.Grains.Amounts;

/// <summary>A share coefficient 分摊系数, weight or number of points: how much one counts beside another.</summary>
/// <remarks>Counted in millionths, so exact to six decimals. 0 to 10^6. The default value is 0.</remarks>
public readonly record struct Coefficient
{
    /// <summary>How many decimals are held.</summary>
    public const int Places = 6;

    /// <summary>How many millionths make 1.</summary>
    public const long One = 1_000_000;

    /// <summary>The largest coefficient, 10^6, in millionths.</summary>
    public const long LargestMillionths = 1_000_000 * One;

    private Coefficient(long millionths) => Millionths = millionths;

    /// <summary>The coefficient in millionths.</summary>
    public long Millionths { get; }

    /// <summary>The coefficient of so many millionths.</summary>
    /// <param name="millionths">0 to <see cref="LargestMillionths"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static Coefficient FromMillionths(long millionths)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(millionths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(millionths, LargestMillionths);
        return new Coefficient(millionths);
    }
}
