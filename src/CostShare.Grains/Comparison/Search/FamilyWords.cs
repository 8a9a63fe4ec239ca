using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Comparison.Search;

/// <summary>What a scheme of a family is, in words.</summary>
internal static class FamilyWords
{
    public static Words Of(Family family, int set, int blend, int cap)
    {
        BlendParts parts = (set < 0 ? family.Without : family.With)[blend];
        (string Zh, string En)[] sentences = [.. set < 0 ? [] : new[] { OfSet(family.Set(set)) }, .. parts is { Count: 1, Coefficients: > 0 } ? [] : new[] { OfBlend(parts) },
            .. family.Caps[cap] is Money amount ? new[] { ($"每户最多 {Yuan(amount)} 元", $"at most {Yuan(amount)} yuan each") } : []];
        string english = string.Join("; ", sentences.Select(sentence => sentence.En));
        return new Words { Zh = string.Join("；", sentences.Select(sentence => sentence.Zh)), En = char.ToUpperInvariant(english[0]) + english[1..] };
    }

    private static (string, string) OfSet(Coefficients set)
    {
        string start = Percentage.Text(set.Base), step = Percentage.Text(set.Step);
        string lower = set.FirstFloor == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{set.FirstFloor} 层起付，");
        string from = set.FirstFloor == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"from floor {set.FirstFloor} on: ");
        (string zh, string en) = (set.SharedBy, set.Within) switch
        {
            (SharedBy.Household, _) => ("按户分摊", "shared by household"),
            (SharedBy.Area, _) => ("系数乘面积分摊", "times area"),
            (_, Within.Equal) => ("先按层，层内均摊", "shared by floor, equally within"),
            _ => ("先按层，层内按面积", "shared by floor, by area within"),
        };
        return ($"{lower}系数 {start}，每高一层加 {step}，{zh}", $"{from}coefficient {start} and {step} more per floor, {en}");
    }

    private static (string, string) OfBlend(BlendParts parts)
    {
        (long Part, string Zh, string En)[] rules =
            [(parts.Coefficients, "系数", "coefficients"), (parts.Equal, "均摊", "equal"), (parts.Area, "面积", "area"), (parts.Height, "楼层高度", "height")];
        return (string.Join("、", rules.Where(rule => rule.Part > 0).Select(rule => $"{rule.Zh} {Percentage.Text(rule.Part)}%")),
            string.Join(", ", rules.Where(rule => rule.Part > 0).Select(rule => $"{rule.En} {Percentage.Text(rule.Part)} %")));
    }

    private static string Yuan(Money amount)
    {
        (long yuan, long rest) = long.DivRem(amount.Fen, 100);
        return string.Create(CultureInfo.InvariantCulture, $"{yuan:N0}.{rest:D2}");
    }
}
