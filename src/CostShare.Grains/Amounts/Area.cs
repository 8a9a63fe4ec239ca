namespace CostShare.Grains.Amounts;

/// <summary>An exclusive floor area 专有部分面积, as the title deed states it.</summary>
/// <remarks>Counted in hundredths of a square metre, because deeds print two decimals. Above 0, at most 10^5 m².</remarks>
public readonly record struct Area
{
    /// <summary>How many decimals of a square metre are held.</summary>
    public const int Places = 2;

    /// <summary>The largest area: 10^5 m², in hundredths.</summary>
    public const long LargestHundredths = 10_000_000;

    private Area(long hundredths) => Hundredths = hundredths;

    /// <summary>The area in hundredths of a square metre.</summary>
    public long Hundredths { get; }

    /// <summary>The area of so many hundredths of a square metre.</summary>
    /// <param name="hundredths">1 to <see cref="LargestHundredths"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static Area FromHundredths(long hundredths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hundredths, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hundredths, LargestHundredths);
        return new Area(hundredths);
    }
}
