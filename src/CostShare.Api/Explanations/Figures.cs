using System.Globalization;
using System.Numerics;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;

namespace CostShare.Api.Explanations;

/// <summary>What a number counts, and so how it is shown.</summary>
internal enum FigureKind
{
    /// <summary>A number without a unit.</summary>
    Plain,
    /// <summary>Money: counted in fen, shown in yuan with at least two decimals.</summary>
    Money,
    /// <summary>Square metres, shown with at least two decimals, as deeds print them.</summary>
    Area,
    /// <summary>Per cent.</summary>
    Percentage,
}

/// <summary>Exact numbers as decimals for people.</summary>
/// <remarks>
/// At most six decimals; factors and weights, which multiply amounts of millions, twelve digits that count. A number that needs more is
/// rounded half up (half away from zero) and marked with ≈, so that a figure without that mark can be relied upon to the last digit. Only
/// whole numbers are computed with.
/// </remarks>
internal static class Figures
{
    private const int MostPlaces = 6;

    private const int DigitsOfAFactor = 12;

    // A fraction as short as this can be keyed in, which the rounded decimals beside it cannot replace.
    private const int LongestFraction = 24;

    /// <summary>A number within a sentence, with its unit.</summary>
    public static string Text(Fraction value, FigureKind kind, Language language)
    {
        (string digits, bool exact) = Digits(value, kind);
        return $"{(exact ? "" : "≈")}{digits}{Unit(kind, language)}{(exact ? "" : Terms(value, kind))}";
    }

    /// <summary>A number as the outcome of a calculation, with = or ≈ before it.</summary>
    public static string Result(Fraction value, FigureKind kind, Language language)
    {
        (string digits, bool exact) = Digits(value, kind);
        return $"{(exact ? '=' : '≈')} {digits}{Unit(kind, language)}{(exact ? "" : Terms(value, kind))}";
    }

    /// <summary>Yuan without the unit, for a column of a table.</summary>
    public static string Yuan(Money amount) => Digits(amount.Fen, FigureKind.Money).Digits;

    /// <summary>Square metres without the unit, for a column of a table.</summary>
    public static string SquareMetres(long hundredths) => Digits(Fraction.Of(hundredths, 100), FigureKind.Area).Digits;

    /// <summary>A percentage without the unit, for a column of a table: at most two decimals, marked with ≈ where that is rounded.</summary>
    public static string Percent(Fraction value)
    {
        (string digits, bool exact) = Digits(value, FigureKind.Percentage, most: 2);
        return $"{(exact ? "" : "≈")}{digits}";
    }

    private static (string Digits, bool Exact) Digits(Fraction value, FigureKind kind)
    {
        Fraction shown = kind == FigureKind.Money ? value / 100 : value;
        return Digits(shown, kind, kind == FigureKind.Plain ? PlacesOf(shown) : MostPlaces);
    }

    private static (string Digits, bool Exact) Digits(Fraction shown, FigureKind kind, int most)
    {
        var scale = BigInteger.Pow(10, most);
        var parts = BigInteger.DivRem(BigInteger.Abs(shown.Numerator) * scale, shown.Denominator, out BigInteger rest);
        if (rest * 2 >= shown.Denominator) { parts++; }
        var whole = BigInteger.DivRem(parts, scale, out BigInteger decimals);
        string places = decimals.ToString(CultureInfo.InvariantCulture).PadLeft(most, '0');
        if (rest.IsZero)
        {
            int fewest = kind is FigureKind.Money or FigureKind.Area ? 2 : 0;
            places = places.TrimEnd('0').PadRight(fewest, '0');
        }
        string sign = shown.Sign < 0 && !parts.IsZero ? "-" : "";
        return ($"{sign}{whole.ToString("N0", CultureInfo.InvariantCulture)}{(places.Length > 0 ? "." : "")}{places}", rest.IsZero);
    }

    /// <summary>As many decimals as leave a plain number the digits that count, and at least <see cref="MostPlaces"/>.</summary>
    private static int PlacesOf(Fraction value)
    {
        BigInteger numerator = BigInteger.Abs(value.Numerator);
        int digits = (numerator / value.Denominator).ToString(CultureInfo.InvariantCulture).Length;
        if (numerator >= value.Denominator || numerator.IsZero) { return int.Max(MostPlaces, DigitsOfAFactor - digits); }
        int zeros = 0;
        while ((numerator *= 10) < value.Denominator) { zeros++; }
        return zeros + DigitsOfAFactor;
    }

    private static string Unit(FigureKind kind, Language language) => kind switch
    {
        FigureKind.Money => language.Choose(" 元", " yuan"),
        FigureKind.Area => " m²",
        FigureKind.Percentage => "%",
        _ => "",
    };

    private static string Terms(Fraction value, FigureKind kind) =>
        kind == FigureKind.Plain && value.ToString() is { Length: <= LongestFraction } terms ? $" ({terms})" : "";
}
