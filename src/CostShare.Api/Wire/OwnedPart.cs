using System.Globalization;
using System.Text.Json;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Api.Wire;

/// <summary>Reads which part of a whole is somebody's: "1", or "a/b" above 0 and at most 1. No request states any other fraction.</summary>
internal static class OwnedPart
{
    /// <summary>How it is written.</summary>
    public const string Pattern = "^[0-9]{1,7}(/[0-9]{1,7})?$";

    /// <summary>The longest text.</summary>
    public const int Longest = 15;

    // Keeps the sums of many parts short.
    private const int LargestDenominator = 1_000_000;

    /// <summary>Reads a part, or tells what is wrong with it and returns null.</summary>
    public static object? Read(in JsonElement element, Where where, FaultList faults)
    {
        if (StrictReader.ReadText(element, 1, Longest, where, faults) is not string text) { return null; }
        string[] numbers = text.Split('/');
        if (numbers.Length > 2 || numbers.Any(number => number.Length is 0 or > 7 || !number.All(char.IsAsciiDigit)))
        {
            faults.Add(FaultCode.NameUnknown, where.Place, ("value", Scalar.Shorten(text)), ("allowed", "1, 1/2, 1/3, 2/3 …"));
            return null;
        }
        int above = int.Parse(numbers[0], CultureInfo.InvariantCulture), below = numbers.Length == 1 ? 1 : int.Parse(numbers[1], CultureInfo.InvariantCulture);
        if (above >= 1 && above <= below && below <= LargestDenominator) { return Fraction.Of(above, below); }
        faults.Add(FaultCode.OutOfRange, where.Place, ("value", text), ("minimum", $"1/{LargestDenominator}"), ("maximum", "1"), ("unit", "1"));
        return null;
    }
}
