namespace CostShare.Grains.Amounts;

/// <summary>A whole number of things: households, storeys, days, parts of a fraction.</summary>
/// <remarks>1 to 10,000.</remarks>
public readonly record struct Count
{
    /// <summary>The largest number.</summary>
    public const int Most = 10_000;

    private readonly int _numberLessOne;

    private Count(int number) => _numberLessOne = number - 1;

    /// <summary>The number, 1 or more.</summary>
    public int Number => _numberLessOne + 1;

    /// <summary>So many.</summary>
    /// <param name="number">1 to <see cref="Most"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static Count Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Most);
        return new Count(number);
    }
}
