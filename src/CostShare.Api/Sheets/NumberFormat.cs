using System.Text;

namespace CostShare.Api.Sheets;

/// <summary>What the format of a cell makes people see in a number.</summary>
internal enum NumberFormat
{
    /// <summary>The number.</summary>
    General,
    /// <summary>A hundred times the number, with a per cent sign.</summary>
    Percent,
    /// <summary>A day or a time.</summary>
    Day,
    /// <summary>The number with 万 behind it.</summary>
    TenThousands,
    /// <summary>A ten-thousandth of the number with 万 behind it: 35000 as 3.5万元, so that the number is in yuan whatever the heading says.</summary>
    YuanInTenThousands,
    /// <summary>Another number than is stored: its point moved, or a unit such as 千元 behind it.</summary>
    Scaled,
}

/// <summary>Tells formats of spreadsheets apart.</summary>
internal static class NumberFormats
{
    /// <summary>What a format makes people see.</summary>
    /// <param name="id">Its number; those below 164 are built in.</param>
    /// <param name="code">Its code, where the workbook has one.</param>
    /// <remarks>Source: ECMA-376-1:2016, 18.8.30 (numFmt), with the built-in formats of Chinese workbooks, which are days from 27 to 36 and from 50 to 58.</remarks>
    public static NumberFormat Of(int id, string? code) => code is not null ? OfCode(code)
        : id is 9 or 10 ? NumberFormat.Percent
        : id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) ? NumberFormat.Day
        : NumberFormat.General;

    private static NumberFormat OfCode(string code)
    {
        bool isPercent = false, isDay = false, hasDigits = false;
        int thousands = 0, behindPoint = 0;
        // Whether a point was met that is a letter: it moves the decimals of yuan until they look like 万.
        bool hasPoint = false;
        var letters = new StringBuilder();
        // Only the first section: the others are for numbers below 0, for 0 and for texts.
        for (int i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    int end = code.IndexOf('"', i + 1);
                    if (end < 0) { end = code.Length; }
                    for (int at = i + 1; at < end; at++) { Letter(code[at]); }
                    i = end;
                    break;
                case '\\' or '!':
                    i++;
                    if (i < code.Length) { Letter(code[i]); }
                    break;
                case '_' or '*':
                    i++;
                    break;
                case '[':
                    int close = code.IndexOf(']', i);
                    // [h] counts hours; [$-804], [Red] and [>100] say nothing of days.
                    isDay |= close > i + 1 && code[i + 1] is 'h' or 'H' or 'm' or 's' or 'S' && code.AsSpan(i + 1, close - i - 1).Trim("hHmMsS").IsEmpty;
                    i = close < 0 ? code.Length : close;
                    break;
                case '%':
                    isPercent = true;
                    break;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S' or '年' or '月' or '日':
                    isDay = true;
                    break;
                case 'G' or 'g' when code.AsSpan(i).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                    i += "General".Length - 1;
                    break;
                case '0' or '#' or '?':
                    hasDigits = true;
                    if (hasPoint) { behindPoint++; }
                    break;
                case ',':
                    // A comma behind the last digit divides what is shown by a thousand.
                    if (i > 0 && code[i - 1] is '0' or '#' or '?' or ',' && (i + 1 == code.Length || code[i + 1] is not ('0' or '#' or '?'))) { thousands++; }
                    break;
                case '.':
                    break;
                default:
                    Letter(code[i]);
                    break;
            }
        }
        string said = letters.ToString();
        int moved = (3 * thousands) + behindPoint;
        bool isTenThousands = said.Contains('万', StringComparison.Ordinal), isOtherUnit = said.Contains("百万", StringComparison.Ordinal) || said.Contains('千', StringComparison.Ordinal) || said.Contains('亿', StringComparison.Ordinal);
        return isDay ? NumberFormat.Day
            : isTenThousands && !isOtherUnit && moved == 4 ? NumberFormat.YuanInTenThousands
            : isOtherUnit || moved > 0 ? NumberFormat.Scaled
            : isPercent ? NumberFormat.Percent
            : isTenThousands ? NumberFormat.TenThousands
            : NumberFormat.General;

        void Letter(char letter)
        {
            letters.Append(letter);
            hasPoint |= letter == '.' && hasDigits;
        }
    }
}
