using System.Globalization;
using System.Numerics;
using System.Text;

namespace CostShare.Api.Sheets;

/// <summary>Numbers as people and spreadsheets write them, read exactly: digits go in and digits come out.</summary>
internal static class WrittenNumber
{
    // Binary floating point holds fifteen digits; what stands behind them is a trace of it.
    private const int TrustedDigits = 15, MostDecimals = 9, MostDigits = 60, LargestExponent = 400;

    private const string Numerals = "零一二三四五六七八九", OfCheques = "零壹贰叁肆伍陆柒捌玖";

    /// <summary>Full-width letters and digits as narrow ones, and nothing that is not seen.</summary>
    public static string Narrow(string text)
    {
        var narrow = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (character is >= '\uFF01' and <= '\uFF5E') { narrow.Append((char)(character - '\uFF01' + '!')); }
            else if (char.IsWhiteSpace(character)) { narrow.Append(' '); }
            else if (character is '—' or '–' or '−' or '‐' or '‑') { narrow.Append('-'); }
            else if (!(char.IsControl(character) || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format)) { narrow.Append(character); }
        }
        return narrow.ToString().Trim();
    }

    /// <summary>A number in digits as JSON has it, without the commas between its thousands; null where it is none.</summary>
    /// <param name="narrow">The text, narrowed.</param>
    public static string? Digits(string narrow)
    {
        // Blanks may stand between thousands as commas may; between other digits nobody knows whether it is one number or two.
        string text = Wire.CsvColumn.Joined(narrow.Contains(',', StringComparison.Ordinal) ? narrow : narrow.Replace(' ', ','));
        // An input method may write its full stop between digits.
        int stop = text.IndexOf('。', StringComparison.Ordinal);
        if (stop > 0 && stop < text.Length - 1) { text = $"{text[..stop]}.{text[(stop + 1)..]}"; }
        ReadOnlySpan<char> digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point], decimals = point < 0 ? "0" : digits[(point + 1)..];
        bool isNumber = whole.Length > 0 && decimals.Length > 0 && !whole.ContainsAnyExceptInRange('0', '9') && !decimals.ContainsAnyExceptInRange('0', '9');
        if (!isNumber) { return null; }
        // JSON begins no number with a 0 that says nothing.
        string plain = whole.TrimStart('0') is { Length: > 0 } rest ? rest.ToString() : "0";
        return $"{(text.StartsWith('-') ? "-" : "")}{plain}{(point < 0 ? "" : $".{decimals}")}";
    }

    /// <summary>A whole number in digits or in Chinese numerals, 0 to 199; null where it is none.</summary>
    public static int? Whole(string narrow)
    {
        if (narrow.Length is > 0 and <= 4 && narrow.All(char.IsAsciiDigit)) { return int.Parse(narrow, CultureInfo.InvariantCulture); }
        string text = string.Concat(narrow.Select(numeral => OfCheques.IndexOf(numeral, StringComparison.Ordinal) is >= 0 and var cheque ? Numerals[cheque]
            : numeral switch { '〇' => '零', '两' => '二', '拾' => '十', '佰' => '百', _ => numeral }));
        int number = 0;
        if (text.StartsWith("一百", StringComparison.Ordinal) || text.StartsWith('百'))
        {
            number = 100;
            text = text[(text.IndexOf('百', StringComparison.Ordinal) + 1)..];
            if (text.Length == 0) { return number; }
            if (text.StartsWith('零')) { return text.Length == 2 && Numeral(text[1]) is > 0 and var unit ? number + unit : null; }
            if (!text.Contains('十', StringComparison.Ordinal)) { return null; }
        }
        int ten = text.IndexOf('十', StringComparison.Ordinal);
        if (ten < 0) { return text.Length == 1 && Numeral(text[0]) is >= 0 and var only ? number + only : null; }
        int tens = ten == 0 ? 1 : ten == 1 ? Numeral(text[0]) : -1, units = text.Length == ten + 1 ? 0 : text.Length == ten + 2 ? Numeral(text[^1]) : -1;
        return tens > 0 && units >= 0 && !(units == 0 && text.Length > ten + 1) ? number + (tens * 10) + units : null;
    }

    /// <summary>A number of a workbook as people see it. What is no number there is told as text.</summary>
    /// <param name="stored">The digits of the file; they may have an exponent.</param>
    /// <param name="format">How it is shown.</param>
    /// <param name="isFrom1904">Whether the workbook counts days from 1904.</param>
    public static GridCell OfWorkbook(string stored, NumberFormat format, bool isFrom1904)
    {
        if (Parse(stored) is not (BigInteger mantissa, int decimals)) { return new GridCell(CellContent.Text, stored); }
        (BigInteger Mantissa, int Decimals) shown = Shortest(mantissa, decimals);
        bool isCleared = shown.Decimals != decimals || shown.Mantissa != mantissa;
        string text = format switch
        {
            NumberFormat.Day => Day(shown.Mantissa, shown.Decimals, isFrom1904),
            NumberFormat.Percent => Plain(shown.Mantissa, shown.Decimals - 2) + "%",
            NumberFormat.TenThousands => Plain(shown.Mantissa, shown.Decimals) + "万",
            NumberFormat.YuanInTenThousands => Plain(shown.Mantissa, shown.Decimals) + "元",
            _ => Plain(shown.Mantissa, shown.Decimals),
        };
        return new GridCell(format == NumberFormat.Day ? CellContent.Day : CellContent.Number, text) { Stored = isCleared ? stored : null, IsScaled = format == NumberFormat.Scaled };
    }

    /// <summary>The shortest decimal number within 10^-9 of one that carries traces of binary floating point; any other as it is.</summary>
    /// <remarks>
    /// A program that writes 38.6 from binary floating point writes seventeen digits where it writes all: 38.600000000000001. Nothing of a sheet (areas, shares, yuan) has more than nine
    /// decimals, so that of numbers with more digits than binary floating point holds the shortest that close is what was meant.
    /// </remarks>
    private static (BigInteger Mantissa, int Decimals) Shortest(BigInteger mantissa, int decimals)
    {
        if (decimals <= 0 || BigInteger.Abs(mantissa).ToString(CultureInfo.InvariantCulture).Length <= TrustedDigits) { return (mantissa, decimals); }
        for (int kept = 0; kept <= int.Min(MostDecimals, decimals - 1); kept++)
        {
            var unit = BigInteger.Pow(10, decimals - kept);
            var rounded = BigInteger.Divide((2 * BigInteger.Abs(mantissa)) + unit, 2 * unit);
            var error = BigInteger.Abs((rounded * unit) - BigInteger.Abs(mantissa));
            // error / 10^decimals is at most 10^-9.
            if (error * BigInteger.Pow(10, MostDecimals) <= BigInteger.Pow(10, decimals)) { return (mantissa.Sign * rounded, kept); }
        }
        return (mantissa, decimals);
    }

    private static (BigInteger Mantissa, int Decimals)? Parse(string stored)
    {
        int mark = stored.AsSpan().IndexOfAny('e', 'E');
        string digits = mark < 0 ? stored : stored[..mark];
        int exponent = 0;
        if (mark >= 0 && !int.TryParse(stored.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)) { return null; }
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        string all = point < 0 ? digits : digits.Remove(point, 1);
        string bare = all.StartsWith('-') ? all[1..] : all;
        if (bare.Length is 0 or > MostDigits || !bare.All(char.IsAsciiDigit) || exponent is < -LargestExponent or > LargestExponent) { return null; }
        var mantissa = BigInteger.Parse(all, CultureInfo.InvariantCulture);
        int decimals = (point < 0 ? 0 : digits.Length - point - 1) - exponent;
        while (decimals > 0 && !mantissa.IsZero && (mantissa % 10).IsZero) { (mantissa, decimals) = (mantissa / 10, decimals - 1); }
        return mantissa.IsZero ? (mantissa, 0) : (mantissa, decimals);
    }

    private static string Plain(BigInteger mantissa, int decimals)
    {
        if (decimals < 0) { (mantissa, decimals) = (mantissa * BigInteger.Pow(10, -decimals), 0); }
        string digits = BigInteger.Abs(mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string text = decimals == 0 ? digits : $"{digits[..^decimals]}.{digits[^decimals..]}".TrimEnd('0').TrimEnd('.');
        return mantissa.Sign < 0 ? $"-{text}" : text;
    }

    // Excel counts days from the first of January 1900, which is 1, and has a 29th of February that year. Times tell nothing here.
    private static string Day(BigInteger mantissa, int decimals, bool isFrom1904)
    {
        BigInteger days = decimals > 0 ? BigInteger.Divide(mantissa, BigInteger.Pow(10, decimals)) : mantissa * BigInteger.Pow(10, -decimals);
        if (days < 1 || days > 2_000_000) { return Plain(mantissa, decimals); }
        DateOnly origin = isFrom1904 ? new DateOnly(1904, 1, 1) : new DateOnly(1899, 12, days < 60 ? 31 : 30);
        return origin.AddDays((int)days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static int Numeral(char numeral) => Numerals.IndexOf(numeral, StringComparison.Ordinal);
}
