using CostShare.Api.Problems;
using CostShare.Grains.Faults;

namespace CostShare.Api.Sheets;

/// <summary>What a column of a sheet may be read as.</summary>
/// <param name="Member">The member that it states.</param>
/// <param name="Chinese">What it is called in Chinese, the usual heading first and the surer before the vaguer.</param>
/// <param name="English">The same in English.</param>
internal sealed record KnownColumn(string Member, string[] Chinese, string[] English)
{
    private readonly Dictionary<string, int> _ranks = Ranks(Chinese, English);

    /// <summary>Endings by which a longer heading is understood, and words that a heading with such an ending must not hold.</summary>
    public (string[] Endings, string[] Not) Endings { get; init; } = ([], []);

    /// <summary>The usual heading.</summary>
    public string HeadingIn(Language language) => language.Choose(Chinese[0], English[0]);

    /// <summary>How surely a heading is this column's: 0 the surest; null where it is not.</summary>
    /// <param name="key">The heading as <see cref="PlainText.Key"/> has it, without brackets.</param>
    public int? Rank(string key) => _ranks.TryGetValue(key, out int rank) ? rank
        : Endings.Endings.Any(ending => key.EndsWith(ending, StringComparison.Ordinal)) && !Endings.Not.Any(word => key.Contains(word, StringComparison.Ordinal)) ? _ranks.Count
        : null;

    /// <summary>Whether a heading is one of its own, word for word.</summary>
    public bool IsCalled(string key) => _ranks.ContainsKey(key);

    private static Dictionary<string, int> Ranks(string[] chinese, string[] english)
    {
        var ranks = new Dictionary<string, int>();
        foreach (string heading in chinese.Concat(english)) { ranks.TryAdd(PlainText.Key(heading), ranks.Count); }
        return ranks;
    }
}

/// <summary>The columns that sheets of households and pasted tables may have, and those that are left alone because they say who somebody is.</summary>
internal static class SheetColumns
{
    /// <summary>The members of a household and of a row of a table.</summary>
    public const string Id = "id", Household = "household", Floor = "floor", Area = "areaM2", Use = "use", Joins = "joins", Entry = "entry", FlatType = "flatType",
        Households = "households", Percent = "percent", Coefficient = "coefficient", Amount = "amountFen";

    /// <summary>Headings that may stand over names as well as over doors.</summary>
    public static readonly string[] NamesOrDoors = ["户", "住户", "户名", "户别", "HOUSEHOLD"];

    private static readonly string[] Doors =
    [
        "户号", "房号", "门牌号", "门牌", "室号", "门号", "房间号", "房屋号", "房室号", "户室号", "单元房号", "单元室号", "房间", "房屋", "房号/室号", "室", "户", "住户", "户别", "户名",
    ],
    DoorsInEnglish = ["household", "id", "flat", "unit", "apartment", "room", "door", "flat no", "flat no.", "unit no", "unit no.", "room no", "room no.", "door no", "door no.", "door number", "flat number", "apt"];

    private static readonly (string[], string[]) DoorEndings = (["房号", "室号", "门牌号", "户号"], ["姓名", "电话", "手机", "账户号", "用户号"]);

    private static readonly KnownColumn FloorColumn = new(Floor, ["楼层", "所在楼层", "所在层", "层", "层次", "楼", "几楼", "楼层号", "层数"], ["floor", "storey", "story", "level", "floor no", "floor no."])
    {
        Endings = (["所在楼层", "楼层"], ["总", "最高", "地下"]),
    };

    // A part of the whole that is held in common is nobody's own area.
    private static readonly KnownColumn AreaColumn = new(Area,
        ["面积", "专有部分面积", "专有面积", "产权面积", "产证面积", "房产证面积", "证载面积", "登记面积", "不动产证面积", "建筑面积", "房屋建筑面积", "建面", "房屋面积", "住房面积", "套内面积", "使用面积"],
        ["area", "areaM2", "area m2", "area sqm", "exclusive area", "floor area", "sqm", "m2"])
    {
        Endings = (["面积"], ["公摊", "公用", "公共", "共用", "分摊", "占地", "总", "合计", "绿化", "层面积", "楼面积", "小计"]),
    };

    /// <summary>What a sheet of households may state.</summary>
    public static readonly KnownColumn[] OfHouseholds =
    [
        new(Id, Doors, DoorsInEnglish) { Endings = DoorEndings },
        FloorColumn,
        AreaColumn,
        new(Use, ["用途", "房屋用途", "使用性质", "房屋性质"], ["use"]),
        new(Joins, ["参加", "是否参加", "参与", "是否参与", "是否加装", "是否出资", "参加加装"], ["joins", "join"]),
        new(Entry, ["入户", "入户方式"], ["entry"]),
        new(FlatType, ["房型", "户型"], ["flatType", "flat type", "type"]),
    ];

    /// <summary>What a pasted table may state.</summary>
    public static readonly KnownColumn[] OfTable =
    [
        FloorColumn,
        new(Household, Doors, DoorsInEnglish) { Endings = DoorEndings },
        new(Households, ["户数", "每层户数", "本层户数", "住户数", "总户数"], ["households", "flats", "number of flats", "number of households"]),
        AreaColumn,
        new(Percent, ["比例", "分摊比例", "百分比", "出资比例", "分担比例", "承担比例", "费用比例", "占比", "分摊百分比", "比率", "%"], ["percent", "percentage", "share", "share %"])
        {
            Endings = (["比例", "百分比", "占比"], ["补贴", "付款", "进度", "下浮", "首付", "面积"]),
        },
        new(Coefficient, ["系数", "分摊系数", "楼层系数", "出资系数", "分担系数", "权重", "份数"], ["coefficient", "factor", "weight", "parts"]) { Endings = (["系数"], ["容积", "折算"]) },
        new(Amount,
            [
                "金额", "分摊金额", "应交金额", "应缴金额", "应付金额", "应摊金额", "应分摊金额", "应交", "应缴", "应付", "应摊", "应分摊", "分摊额", "分摊费用", "分摊款", "出资金额", "出资额", "出资", "集资金额", "集资款",
                "承担金额", "承担费用", "自筹金额", "缴费金额", "缴款金额", "每户金额", "每户分摊", "每户应交", "每户应缴", "每户出资", "每户分摊金额", "每户应交金额", "户均", "费用", "分摊",
            ],
            ["amountYuan", "amount", "amount due", "due", "to pay", "cost", "contribution"])
        {
            Endings = (["金额", "出资额", "分摊费用"], ["已", "实", "补", "退", "差", "欠", "未", "总", "剩", "合同", "优惠", "合计", "小计"]),
        },
    ];

    // What stands under these says who somebody is, or how to reach somebody, whatever else the heading says.
    private static readonly string[] Personal = ["姓名", "电话", "手机", "身份证", "微信", "证件", "银行卡", "联系", "邮箱", "签名", "签字", "NAME", "PHONE", "MOBILE", "TEL", "EMAIL", "E-MAIL", "IDCARD", "WECHAT", "SIGNATURE"],
        Owners = ["户主", "业主", "产权人", "房主", "所有权人", "代理人", "经办人", "OWNER", "RESIDENT"];

    /// <summary>Whether what stands under a heading is left alone: who somebody is, or how to reach somebody.</summary>
    /// <param name="key">The heading as <see cref="PlainText.Key"/> has it.</param>
    public static bool IsPersonal(string key) => Personal.Any(word => key.Contains(word, StringComparison.Ordinal)) && !key.EndsWith("日期", StringComparison.Ordinal);

    /// <summary>The same of headings that may also stand before something else: 业主 is somebody, 业主房号 a door.</summary>
    public static bool IsSomebody(string key) => IsPersonal(key) || Owners.Any(word => key.Contains(word, StringComparison.Ordinal));
}

/// <summary>A heading taken apart: its words, and the unit that it states.</summary>
internal readonly record struct Heading
{
    // Areas and parts in other measures are nothing that may be read as square metres or per cent, and what is paid by the month is no share of the whole.
    private static readonly string[] OtherMeasures = ["亩", "坪", "英尺", "SQFT", "SQ.FT", "FT2", "‰", "/月", "/年", "每月", "每年"], ByArea = ["/㎡", "/M²", "/M2", "/平", "每平", "每㎡"];

    // Looked at only of the few headings of amounts: most texts that are taken apart are none.
    private readonly string _measure;

    private Heading(string text)
    {
        string key = PlainText.Key(text).TrimEnd(':', '*', '、', '.').Replace('【', '(').Replace('】', ')').Replace('[', '(').Replace(']', ')');
        int open = key.IndexOf('(', StringComparison.Ordinal);
        string inBrackets = open < 0 ? "" : key[(open + 1)..].TrimEnd(')');
        string bare = open < 0 ? key : key[..open] + (key.IndexOf(')', StringComparison.Ordinal) is > 0 and var close && close > open && close < key.Length - 1 ? key[(close + 1)..] : "");
        // 金额/元, 金额：元, 面积㎡
        int mark = bare.LastIndexOfAny(['/', ':', ',', '-']);
        if (mark > 0 && (AmountUnit.IsOne(bare[(mark + 1)..]) || IsMeasure(bare[(mark + 1)..]))) { (inBrackets, bare) = (inBrackets + bare[(mark + 1)..], bare[..mark]); }
        foreach (string measure in new[] { "平方米", "㎡", "M²", "M2", "%" })
        {
            if (bare.Length > measure.Length && bare.EndsWith(measure, StringComparison.Ordinal)) { bare = bare[..^measure.Length]; }
        }
        IsOtherMeasure = OtherMeasures.Any(measure => key.Contains(measure, StringComparison.Ordinal));
        IsByArea = ByArea.Any(measure => key.Contains(measure, StringComparison.Ordinal));
        Key = bare.Trim('.', ':', '、', '*');
        _measure = inBrackets;
        IsPerCent = inBrackets.Contains('%', StringComparison.Ordinal) || key.Contains('%', StringComparison.Ordinal) || key.Contains("百分", StringComparison.Ordinal);
    }

    /// <summary>Its words as <see cref="PlainText.Key"/> has them, without brackets and units.</summary>
    public string Key { get; }

    /// <summary>The unit of its amounts.</summary>
    public AmountUnit Unit => AmountUnit.Of(Key, _measure);

    /// <summary>Whether it says that its numbers are of a hundred.</summary>
    public bool IsPerCent { get; }

    /// <summary>Whether it states a measure that is not ours.</summary>
    public bool IsOtherMeasure { get; }

    /// <summary>Whether it states something of each square metre, unless it is itself about areas.</summary>
    public bool IsByArea { get; }

    public static Heading Of(string text) => new(text);

    /// <summary>Whether what it says of its measure is nothing that a column can be read in: 金额（元/㎡）, 面积（%）.</summary>
    public bool IsMeasuredOtherwise(KnownColumn column) => IsOtherMeasure || (IsByArea && column.Member != SheetColumns.Area) || (IsPerCent && column.Member is SheetColumns.Area or SheetColumns.Amount);

    private static bool IsMeasure(string text) => text is "平方米" or "㎡" or "M²" or "M2" or "%";
}
