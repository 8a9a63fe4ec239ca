using System.Globalization;

namespace CostShare.Grains.Register;

/// <summary>A storey counted from the ground, as in China: the ground floor is 1.</summary>
/// <remarks>1 to <see cref="Highest"/>.</remarks>
public readonly record struct Floor : IComparable<Floor>
{
    /// <summary>The highest floor, and so the largest number of storeys.</summary>
    public const int Highest = 200;

    private readonly int _numberLessOne;

    private Floor(int number) => _numberLessOne = number - 1;

    /// <summary>The number of the floor, 1 or more.</summary>
    public int Number => _numberLessOne + 1;

    /// <summary>The floor of that number.</summary>
    /// <param name="number">1 to <see cref="Highest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static Floor Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Highest);
        return new Floor(number);
    }

    /// <summary>Whether left lies below right.</summary>
    public static bool operator <(Floor left, Floor right) => left.Number < right.Number;

    /// <summary>Whether left lies below right or on it.</summary>
    public static bool operator <=(Floor left, Floor right) => left.Number <= right.Number;

    /// <summary>Whether left lies above right.</summary>
    public static bool operator >(Floor left, Floor right) => left.Number > right.Number;

    /// <summary>Whether left lies above right or on it.</summary>
    public static bool operator >=(Floor left, Floor right) => left.Number >= right.Number;

    /// <inheritdoc/>
    public int CompareTo(Floor other) => _numberLessOne.CompareTo(other._numberLessOne);

    /// <summary>The number in digits.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
