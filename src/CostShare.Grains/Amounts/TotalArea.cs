namespace CostShare.Grains.Amounts;

/// <summary>The exclusive area of several flats together, or of none.</summary>
/// <remarks>Counted in hundredths of a square metre. 0 to 10^9 m²: ten thousand of the largest flats.</remarks>
public readonly record struct TotalArea
{
    /// <summary>The largest area: 10^9 m², in hundredths.</summary>
    public const long LargestHundredths = Area.LargestHundredths * 10_000;

    private TotalArea(long hundredths) => Hundredths = hundredths;

    /// <summary>No area.</summary>
    public static TotalArea Zero => default;

    /// <summary>The area in hundredths of a square metre.</summary>
    public long Hundredths { get; }

    /// <summary>The area of so many hundredths of a square metre.</summary>
    /// <param name="hundredths">0 to <see cref="LargestHundredths"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static TotalArea FromHundredths(long hundredths)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hundredths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hundredths, LargestHundredths);
        return new TotalArea(hundredths);
    }

    /// <summary>The area of several flats.</summary>
    /// <param name="areas">The areas of the flats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sum is above <see cref="LargestHundredths"/>.</exception>
    public static TotalArea Sum(IEnumerable<Area> areas) => FromHundredths(areas.Sum(area => area.Hundredths));
}
