using CostShare.Grains.Faults;

namespace CostShare.Api.Sheets;

/// <summary>The unit of amounts, as a heading or a line above a table states it.</summary>
/// <remarks>An amount in 万元 that is taken for yuan is ten thousand times too small; so what speaks of such a unit and is not understood is unclear, and never yuan.</remarks>
/// <param name="Power">The power of ten by which the amounts are more than yuan; null where nothing is said of it, or nothing clear.</param>
/// <param name="IsUnclear">Whether a unit larger than yuan is spoken of in a way that is not understood, or more than one.</param>
internal readonly record struct AmountUnit(int? Power, bool IsUnclear)
{
    private const string Unit = "单位", Numerals = "一二三四五六七八九十零两几数余多";

    private static readonly (string Word, int Power)[] Units =
        [("百万元", 6), ("百万", 6), ("万元", 4), ("萬元", 4), ("万", 4), ("千元", 3), ("仟元", 3), ("千", 3), ("元", 0), ("圆", 0), ("YUAN", 0)];

    private static readonly string[] Currencies = ["人民币", "RMB", "CNY", "¥", "￥"], Before = [":", "金额", Unit, "均", "按", "以", "为", .. Currencies], Behind = ["为单位", "计算", "计"];

    // Of these a heading says something only as a unit; a line above may speak of 万科 and of 65 万元.
    private static readonly string[] Large = ["万", "萬", "千元", "仟元", "亿", "THOUSAND", "MILLION", "10,000", "10000"], LargeOfLine = ["万元", "萬元", "千元", "仟元", "亿元"];

    private static readonly char[] Between = ['、', ',', '/', ';', '(', ')', '。', ' '];

    /// <summary>Whether it says anything.</summary>
    public bool IsStated => Power is not null || IsUnclear;

    /// <summary>The unit that a heading states.</summary>
    /// <param name="words">Its words, as <see cref="PlainText.Key"/> has them.</param>
    /// <param name="inBrackets">What it says of its measure, the same way.</param>
    public static AmountUnit Of(string words, string inBrackets)
    {
        string[] parts = inBrackets.Split(Between, StringSplitOptions.RemoveEmptyEntries);
        bool isUnclear = LargeOfLine.Any(word => words.Contains(word, StringComparison.Ordinal))
            || (OfParts(parts).Power is null && Large.Any(word => inBrackets.Contains(word, StringComparison.Ordinal)))
            || parts.Any(part => PowerOf(part) is null && Large.Any(word => part.Contains(word, StringComparison.Ordinal)));
        return isUnclear ? new AmountUnit(null, true) : OfParts(parts);
    }

    /// <summary>The unit that a line above a table states for all of it: 单位：万元, 单位：平方米、万元, and in a title 分摊表（万元）.</summary>
    /// <param name="text">The line.</param>
    /// <param name="isTitle">Whether it stands alone in its row, so that its brackets are not those of a heading.</param>
    public static AmountUnit OfLine(string text, bool isTitle)
    {
        string line = WrittenNumber.Narrow(text).ToUpperInvariant(), key = PlainText.Key(text);
        foreach (string together in new[] { Unit, "万元", "千元", "百万" }) { line = line.Replace($"{together[0]} {together[1]}", together, StringComparison.Ordinal); }
        var parts = new List<string>();
        foreach (string behind in line.Split(Unit).Skip(1)) { parts.AddRange(behind.Split(Between, StringSplitOptions.RemoveEmptyEntries)); }
        if (isTitle || (key.StartsWith('(') && key.EndsWith(')')))
        {
            foreach (string behind in line.Split('(').Skip(1)) { parts.AddRange(behind.Split(')')[0].Split(Between, StringSplitOptions.RemoveEmptyEntries)); }
        }
        AmountUnit unit = OfParts(parts);
        return unit.IsStated ? unit : new AmountUnit(null, LargeOfLine.Any(word => IsNamed(line, word)));
    }

    /// <summary>Whether a text is the name of a unit or of the currency.</summary>
    public static bool IsOne(string text) => Currencies.Contains(text) || PowerOf(text) is not null;

    private static AmountUnit OfParts(IEnumerable<string> parts) => parts.Select(PowerOf).Where(power => power is not null).Distinct().ToArray() switch
    {
        [] => default,
        [int power] => new AmountUnit(power, false),
        _ => new AmountUnit(null, true),
    };

    // 万元, 人民币万元, 按万元计, 万元每户
    private static int? PowerOf(string part)
    {
        string bare = part;
        while (Before.FirstOrDefault(before => bare.StartsWith(before, StringComparison.Ordinal)) is string before) { bare = bare[before.Length..]; }
        foreach (string behind in Behind)
        {
            if (bare.EndsWith(behind, StringComparison.Ordinal)) { bare = bare[..^behind.Length]; }
        }
        foreach ((string word, int power) in Units)
        {
            if (bare.StartsWith(word, StringComparison.Ordinal) && (bare.Length == word.Length || bare[word.Length] == '每' || !char.IsLetter(bare[word.Length]))) { return power; }
        }
        return null;
    }

    // 以万元计 names a unit; 总价 65 万元 and 三百万元 are amounts.
    private static bool IsNamed(string line, string word)
    {
        for (int at = line.IndexOf(word, StringComparison.Ordinal); at >= 0; at = line.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            string before = line[..at].TrimEnd(' ', '百', '千', '十');
            if (before.Length == 0 || !(char.IsAsciiDigit(before[^1]) || Numerals.Contains(before[^1], StringComparison.Ordinal))) { return true; }
        }
        return false;
    }
}
