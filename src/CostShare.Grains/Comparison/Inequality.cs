#pragma warning disable RS0030 // Statistics that cannot be fractions are made here and nowhere else (decision 0020).
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;

namespace CostShare.Grains.Comparison;

/// <summary>How far apart the bills are, as statisticians measure it: of the households that join, by what each pays. 0 where all pay the same.</summary>
/// <remarks>
/// Gini and Hoover are exact. The measures of Theil and Atkinson hold logarithms and roots and are rounded to twelve decimals; no amount is made from them.
/// Sources: Gini, <i>Variabilità e mutabilità</i>, 1912; Hoover, "The measurement of industrial localization", Review of Economics and Statistics 18 (1936);
/// Theil, <i>Economics and Information Theory</i>, 1967, chapter 4; Atkinson, "On the measurement of inequality", Journal of Economic Theory 2 (1970).
/// </remarks>
public sealed record Inequality
{
    /// <summary>The mean difference of two bills as a part of twice the mean bill: 0 to (n - 1) / n.</summary>
    public required Fraction Gini { get; init; }

    /// <summary>The same times n / (n - 1), so that 1 is one household paying all; left out where one household joins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fraction? GiniCorrected { get; init; }

    /// <summary>The part of the whole that would have to move for all to pay the same.</summary>
    public required Fraction Hoover { get; init; }

    /// <summary>The mean of x/m · ln(x/m), where x is a bill and m the mean bill; a bill of 0 adds 0. 0 to ln n.</summary>
    [Range(0, 10)]
    public required double TheilT { get; init; }

    /// <summary>The mean of ln(m/x), also called mean logarithmic deviation; left out where somebody pays 0, since it has no end then.</summary>
    [Range(0, 40)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TheilL { get; init; }

    /// <summary>1 - (the mean of √x)² / m: Atkinson's measure with the parameter 0.5. 0 to (n - 1) / n.</summary>
    [Range(0, 1)]
    public required double Atkinson { get; init; }

    /// <summary>Measures bills; null where there are none, one is below 0 or all are 0, since shares of such a whole mean nothing.</summary>
    internal static Inequality? Of(IReadOnlyList<Money> bills)
    {
        long[] sorted = [.. bills.Select(bill => bill.Fen).Order()];
        Int128 sum = 0, weighted = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            sum += sorted[i];
            weighted += (Int128)sorted[i] * (i + 1);
        }
        if (sum == 0 || sorted[0] < 0) { return null; }
        int count = sorted.Length;
        Fraction gini = Fraction.Of(2 * weighted, count * sum) - Fraction.Of(count + 1, count);
        Int128 apart = 0;
        foreach (long bill in sorted) { apart += Int128.Abs((count * (Int128)bill) - sum); }
        return new Inequality
        {
            Gini = gini,
            GiniCorrected = count > 1 ? gini * Fraction.Of(count, count - 1) : null,
            Hoover = Fraction.Of(apart, 2 * count * sum),
            TheilT = TheilTOf(sorted, sum),
            TheilL = sorted[0] == 0 ? null : TheilLOf(sorted, sum),
            Atkinson = AtkinsonOf(sorted, sum),
        };
    }

    // What each bill is above the mean, as a part of the mean, is made of whole numbers first, so that nearly equal bills lose no digits.
    // These parts sum to 0 and may be taken off the terms, which makes each term one that is never below 0.
    private static double TheilTOf(long[] bills, Int128 sum)
    {
        double total = 0;
        foreach (long bill in bills)
        {
            (double ratio, double above) = ToMean(bill, bills.Length, sum);
            total += bill == 0 ? 1 : (ratio * Logarithm(ratio, above)) - above;
        }
        return Rounded(total / bills.Length);
    }

    private static double TheilLOf(long[] bills, Int128 sum)
    {
        double total = 0;
        foreach (long bill in bills)
        {
            (double ratio, double above) = ToMean(bill, bills.Length, sum);
            total += above - Logarithm(ratio, above);
        }
        return Rounded(total / bills.Length);
    }

    private static double AtkinsonOf(long[] bills, Int128 sum)
    {
        double roots = 0;
        foreach (long bill in bills) { roots += double.Sqrt(ToMean(bill, bills.Length, sum).Ratio); }
        double mean = roots / bills.Length;
        return Rounded(1 - (mean * mean));
    }

    /// <summary>A bill as a multiple of the mean, and what that is above 1.</summary>
    private static (double Ratio, double Above) ToMean(long bill, int count, Int128 sum) =>
        ((double)(count * (Int128)bill) / (double)sum, (double)((count * (Int128)bill) - sum) / (double)sum);

    /// <summary>The natural logarithm of a ratio above 0, of which it is also known what it is above 1.</summary>
    /// <remarks>
    /// The logarithm of the platform may differ from machine to machine in the last digit. This one adds, multiplies, divides and takes halves only, which
    /// IEEE 754 prescribes to the last bit: ln y = k ln 2 + 2 (z + z³/3 + z⁵/5 + …) with z = (y/2^k - 1) / (y/2^k + 1), where 2^k brings y next to 1.
    /// Source: Abramowitz and Stegun, <i>Handbook of Mathematical Functions</i>, 1964, 4.1.27.
    /// </remarks>
    private static double Logarithm(double ratio, double above)
    {
        const double ln2 = 0.693147180559945309;
        int halvings = 0;
        double y = ratio;
        while (y > 1.5) { (y, halvings) = (y / 2, halvings + 1); }
        while (y < 0.75) { (y, halvings) = (y * 2, halvings - 1); }
        // Next to 1 what it is above 1 is known to more digits.
        double z = halvings == 0 ? above / (2 + above) : (y - 1) / (y + 1);
        double square = z * z;
        double series = 0;
        // |z| is at most 1/5, so that the sixteenth term is below 10^-23.
        for (int k = 31; k >= 1; k -= 2) { series = (series * square) + (1.0 / k); }
        return (halvings * ln2) + (2 * z * series);
    }

    /// <summary>To twelve decimals, fewer than are right, so that what errors there are do not show; never below 0, which rounding errors might come to.</summary>
    private static double Rounded(double measure) => double.Max(0, double.Round(measure, 12));
}
