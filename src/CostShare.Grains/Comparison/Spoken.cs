using System.Globalization;
using System.Numerics;
using CostShare.Grains.Amounts;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Comparison;

/// <summary>A piece of a sentence in both languages.</summary>
/// <remarks>
/// Numbers stand with separators of thousands. One that needs more decimals than are shown is rounded half up (half away from zero) and marked with 约 or about,
/// so that a figure without that mark can be relied upon. In Chinese a number brings the blank that stands between a word and a digit. Only whole numbers are computed with.
/// </remarks>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
internal readonly record struct Spoken(string Zh, string En)
{
    /// <summary>A sentence.</summary>
    public Words Words => new() { Zh = Zh, En = En };

    /// <summary>An amount of fen in yuan with two decimals and the unit; with a minus where it is below 0.</summary>
    public static Spoken Yuan(Fraction fen)
    {
        (string digits, bool exact) = Digits(fen / 100, 2);
        return new Spoken($"{(exact ? " " : "约 ")}{digits} 元", $"{(exact ? "" : "about ")}{digits} yuan");
    }

    /// <summary>A number with as many decimals.</summary>
    public static Spoken Number(Fraction value, int places)
    {
        (string digits, bool exact) = Digits(value, places);
        return new Spoken($"{(exact ? " " : "约 ")}{digits}", $"{(exact ? "" : "about ")}{digits}");
    }

    /// <summary>A part of 1 as a percentage with two decimals.</summary>
    public static Spoken Percent(Fraction part)
    {
        (string digits, bool exact) = Digits(part * 100, 2);
        return new Spoken($"{(exact ? " " : "约 ")}{digits}%", $"{(exact ? "" : "about ")}{digits}%");
    }

    /// <summary>So many households; without a blank before it, since sentences begin with it.</summary>
    public static Spoken Households(int count)
    {
        string digits = count.ToString("N0", CultureInfo.InvariantCulture);
        return new Spoken($"{digits} 户", count == 1 ? "1 household" : $"{digits} households");
    }

    /// <summary>So many square metres, without a blank before it.</summary>
    public static Spoken SquareMetres(TotalArea area)
    {
        (string digits, _) = Digits(Fraction.Of(area.Hundredths, 100), 2);
        return new Spoken($"{digits} 平方米", $"{digits} m²");
    }

    private static (string Digits, bool Exact) Digits(Fraction value, int places)
    {
        var scale = BigInteger.Pow(10, places);
        var parts = BigInteger.DivRem(BigInteger.Abs(value.Numerator) * scale, value.Denominator, out BigInteger rest);
        if (rest * 2 >= value.Denominator) { parts++; }
        var whole = BigInteger.DivRem(parts, scale, out BigInteger decimals);
        string sign = value.Sign < 0 && !parts.IsZero ? "-" : "";
        string behind = places == 0 ? "" : $".{decimals.ToString(CultureInfo.InvariantCulture).PadLeft(places, '0')}";
        return ($"{sign}{whole.ToString("N0", CultureInfo.InvariantCulture)}{behind}", rest.IsZero);
    }
}
