using System.Globalization;
using System.Text;
using System.Text.Json;
using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Api.Sheets;

/// <summary>A column that is read, and how.</summary>
/// <param name="Known">What it is.</param>
/// <param name="Position">Where it stands, from 0.</param>
/// <param name="Heading">Its heading as people are told it.</param>
internal sealed record ReadColumn(KnownColumn Known, int Position, string Heading)
{
    /// <summary>The power of ten by which its amounts are more than yuan, or its parts of 1 less than per cent.</summary>
    public int Power { get; init; }

    /// <summary>Whether nobody knows in what unit its amounts are, so that none is read.</summary>
    public bool IsUnitUnclear { get; init; }

    /// <summary>The member that it states.</summary>
    public string Member => Known.Member;
}

/// <summary>Reads the cells of a sheet: what people write becomes a value of the domain, or a fault that names the cell.</summary>
/// <param name="language">The language of what is told.</param>
/// <param name="notes">Receives what is understood in another way than word for word.</param>
/// <param name="faults">Receives what cannot be read.</param>
internal sealed class CellReader(Language language, SheetNotes notes, FaultList faults)
{
    /// <summary>The name of the value that says in which cell a fault stands.</summary>
    public const string Cell = "cell";

    private const int FenPlaces = 2;

    private static readonly string[] Zeros = ["-", "/", "\\", "无", "免", "免交", "免缴", "免费", "不出", "不出资", "不交", "不缴", "不分摊"];

    private static readonly string[] SquareMetres = ["平方米", "平米", "平方", "㎡", "m²", "m2", "M²", "M2", "平", "sqm"];

    private static readonly string[] AfterDoors = ["号室", "房间", "室", "房", "户", "号"];

    // What is written behind the number of a door begins with these; another letter and one more are a name: 张三.
    private const string OfDoors = "室房户号单元栋楼层座幢门铺车库商店面网点位底顶首地下上中间东西南北左右前后内外侧边甲乙丙丁戊己庚辛壬癸零〇一二三四五六七八九十百两半阁阳台复跃式夹储藏杂物仓朝向区期组弄支路街巷村里苑园院附之第";

    // These end the name of a place before another number: 1号和平楼302.
    private const string OfPlaces = "楼栋幢座院区村里苑园路街巷弄房元门号";

    private static readonly Dictionary<string, (string[] Said, string Wire)[]> Words = new()
    {
        [SheetColumns.Use] =
        [
            (["住宅", "dwelling", "住房", "居住", "居民住宅"], "dwelling"), (["商铺", "shop", "店面", "店铺", "门面", "商业", "商用", "底商"], "shop"),
            (["车库", "garage", "车位"], "garage"), (["其他", "other", "其它"], "other"),
        ],
        [SheetColumns.Joins] =
        [
            (["是", "true", "yes", "y", "参加", "参与", "加装", "出资", "√", "✓", "✔", "1"], "true"), (["否", "false", "no", "n", "不参加", "不参与", "不加装", "不出资", "×", "✗", "✘", "x", "0"], "false"),
        ],
        [SheetColumns.Entry] = [(["平层", "level", "平层入户"], "level"), (["半层", "halfLanding", "半层入户", "错层", "错层入户"], "halfLanding")],
    };

    private readonly Phrases _say = new(language);

    /// <summary>The value of a cell; null after telling that it cannot be read.</summary>
    public object? Read(ReadColumn column, GridCell cell, int line)
    {
        switch (cell.Content)
        {
            case CellContent.Error: return Refuse(FaultCode.CellIsError, column, line, ("value", Scalar.Shorten(cell.Text)));
            case CellContent.Unreckoned: return Refuse(FaultCode.FormulaWithoutValue, column, line);
            case CellContent.Day: return Refuse(FaultCode.CellIsDay, column, line, ("value", Scalar.Shorten(cell.Text)));
            default: break;
        }
        if (cell.IsScaled) { return Refuse(FaultCode.CellShownOtherwise, column, line, ("value", Scalar.Shorten(cell.Text))); }
        if (cell.IsMergedDown && column.Member is SheetColumns.Amount or SheetColumns.Percent or SheetColumns.Coefficient)
        {
            // Nobody knows whether it is of each of the rows or of all together.
            return Refuse(FaultCode.CellsMerged, column, line, ("value", Scalar.Shorten(cell.Text)), ("range", cell.Merged!));
        }
        string stands = cell.Text, narrow = WrittenNumber.Narrow(stands);
        if (narrow.StartsWith('\'')) { narrow = narrow[1..].TrimStart(); }
        if (IsDay(narrow)) { return Refuse(FaultCode.CellIsDay, column, line, ("value", Scalar.Shorten(stands))); }
        (string? token, bool isPlain) = column.Member switch
        {
            SheetColumns.Floor => Floor(narrow),
            SheetColumns.Area => Number(narrow, SquareMetres, ""),
            SheetColumns.Percent => Percent(column, narrow),
            SheetColumns.Coefficient => Part(narrow),
            SheetColumns.Amount => Amount(column, narrow),
            SheetColumns.Households => Number(narrow, ["户"], ""),
            SheetColumns.Use or SheetColumns.Joins or SheetColumns.Entry => Word(column.Member, narrow),
            SheetColumns.Id or SheetColumns.Household => Door(narrow),
            _ => (narrow.Length > 0 ? narrow : null, true),
        };
        if (token is null) { return RefuseUnreadable(column, cell, line); }
        if (Value(column, cell, token, line) is not object value) { return null; }
        string told = Told(column.Member, value);
        if (!isPlain || narrow != stands) { notes.Add(SheetNoteCode.ReadAs, SheetGrid.NameOf(column.Position, line), stands, told); }
        if (cell.Stored is string stored) { notes.Add(SheetNoteCode.ReadAs, SheetGrid.NameOf(column.Position, line), stored, told); }
        return value;
    }

    /// <summary>Tells a fault of a cell.</summary>
    public object? Refuse(FaultCode code, ReadColumn column, int line, params ReadOnlySpan<FaultValue> values)
    {
        faults.Add(code, Place.Root, [.. values, (Cell, SheetGrid.NameOf(column.Position, line)), (CsvTable.Line, line), (CsvTable.Heading, column.Heading)]);
        return null;
    }

    /// <summary>The floor of a door: 302 is on floor 3, 1201 on floor 12, 3-302 on floor 3, 3A on floor 3. Null where the number does not say it.</summary>
    public static int? FloorOfDoor(string door)
    {
        int end = door.Length;
        while (end > 0 && !char.IsAsciiDigit(door[end - 1])) { end--; }
        int start = end;
        while (start > 0 && char.IsAsciiDigit(door[start - 1])) { start--; }
        string digits = door[start..end], behind = door[end..];
        int floor = digits.Length switch
        {
            3 or 4 when behind.Length <= 1 => int.Parse(digits[..^2], CultureInfo.InvariantCulture),
            1 or 2 when behind.Length == 1 && char.IsAsciiLetter(behind[0]) && start == 0 => int.Parse(digits, CultureInfo.InvariantCulture),
            _ => 0,
        };
        return floor > 0 ? floor : null;
    }

    /// <summary>The number of a cell in digits, whatever its unit; null where it is none. For looking at a column as a whole.</summary>
    public static string? Digits(GridCell cell) => cell.Content is CellContent.Text or CellContent.Number ? WrittenNumber.Digits(WrittenNumber.Narrow(cell.Text)) : null;

    /// <summary>The text of a cell as it comes back: of a door without the name that stands behind it.</summary>
    public static string Shown(ReadColumn column, GridCell cell) =>
        Scalar.Shorten(column.Member is SheetColumns.Id or SheetColumns.Household && BeforeName(WrittenNumber.Narrow(cell.Text)) is string door ? door : cell.Text);

    /// <summary>The id of a door as it is read, and whether it stood like that; no id where somebody's name is in it, or where it may be two numbers.</summary>
    public static (string? Token, bool IsPlain) Door(string narrow)
    {
        if (HasGap(narrow) || BeforeName(narrow) is not null) { return (null, false); }
        string door = narrow.Any(char.IsAsciiDigit) ? string.Concat(narrow.Where(letter => letter != ' ')) : narrow;
        foreach (string after in AfterDoors)
        {
            if (door.Length > after.Length && door.EndsWith(after, StringComparison.Ordinal) && char.IsAsciiLetterOrDigit(door[^(after.Length + 1)]))
            {
                door = door[..^after.Length];
                break;
            }
        }
        return (door.Length == 0 ? null : door, door == narrow);
    }

    /// <summary>The floor that a text says, as digits.</summary>
    public static (string? Token, bool IsPlain) Floor(string narrow)
    {
        if (HasGap(narrow)) { return (null, false); }
        string text = narrow.Replace(" ", "", StringComparison.Ordinal);
        int bracket = text.IndexOf('(', StringComparison.Ordinal);
        if (bracket > 0 && text.EndsWith(')')) { text = text[..bracket]; }
        if (WrittenNumber.Digits(text) is string digits) { return (digits, text == narrow); }
        if (text is "底层" or "首层") { return ("1", false); }
        if (text.EndsWith('室') && FloorOfDoor(text[..^1]) is int ofDoor && text[..^1].All(char.IsAsciiDigit)) { return (Invariant(ofDoor), false); }
        string upper = text.ToUpperInvariant();
        foreach (string before in new[] { "第", "FLOOR", "LEVEL", "F", "L" })
        {
            if (!upper.StartsWith(before, StringComparison.Ordinal)) { continue; }
            upper = upper[before.Length..];
            break;
        }
        foreach (string after in new[] { "楼层", "层楼", "楼", "层", "/F", "F", "STFLOOR", "NDFLOOR", "RDFLOOR", "THFLOOR", "FLOOR", "ST", "ND", "RD", "TH" })
        {
            if (!upper.EndsWith(after, StringComparison.Ordinal)) { continue; }
            upper = upper[..^after.Length];
            break;
        }
        return WrittenNumber.Whole(upper) is int floor ? (Invariant(floor), false) : (null, false);
    }

    // 1 302 may be a door of the first entrance, or a thousand.
    private static bool HasGap(string narrow)
    {
        for (int i = 1; i < narrow.Length; i++)
        {
            if (narrow[i] == ' ' && char.IsAsciiDigit(narrow[i - 1]) && char.IsAsciiDigit(narrow.AsSpan(i).TrimStart()[0])) { return true; }
        }
        return false;
    }

    /// <summary>What stands before a name in a door: 201… of 201 张三; null where there is none.</summary>
    private static string? BeforeName(string narrow)
    {
        string door = string.Concat(narrow.Where(letter => letter != ' '));
        int start = door.AsSpan().IndexOfAnyInRange('0', '9');
        while (start >= 0 && start < door.Length)
        {
            int end = start;
            while (end < door.Length && IsChinese(door[end])) { end++; }
            bool isPlace = end > start && OfPlaces.Contains(door[end - 1], StringComparison.Ordinal) && door.AsSpan(end).ContainsAnyInRange('0', '9');
            if (!isPlace && door.AsSpan(start, end - start).TrimStart(OfDoors).Length > 1) { return $"{door[..start]}…"; }
            start = end + 1;
        }
        return null;

        static bool IsChinese(char letter) => letter is >= '\u4E00' and <= '\u9FFF';
    }

    private static (string? Token, bool IsPlain) Number(string narrow, string[] units, string exponent)
    {
        string bare = narrow;
        foreach (string unit in units)
        {
            if (!bare.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) { continue; }
            bare = bare[..^unit.Length].TrimEnd();
            break;
        }
        return WrittenNumber.Digits(bare) is string digits ? (digits + exponent, bare == narrow && !narrow.Contains('。', StringComparison.Ordinal)) : (null, false);
    }

    private static (string? Token, bool IsPlain) Percent(ReadColumn column, string narrow)
    {
        if (Zeros.Contains(narrow)) { return ("0", false); }
        return narrow.EndsWith('%') ? Number(narrow[..^1].TrimEnd(), [], "")
            : Number(narrow, [], column.Power == 0 ? "" : $"e{column.Power}");
    }

    private static (string? Token, bool IsPlain) Part(string narrow)
    {
        if (Zeros.Contains(narrow)) { return ("0", false); }
        return narrow.EndsWith('%') ? (Number(narrow[..^1].TrimEnd(), [], "e-2").Token, false) : Number(narrow, ["份"], "");
    }

    private static (string? Token, bool IsPlain) Amount(ReadColumn column, string narrow)
    {
        if (Zeros.Contains(narrow)) { return ("0", false); }
        string bare = narrow;
        bool isInYuan = false;
        foreach (string before in new[] { "人民币", "RMB", "CNY", "¥", "￥" })
        {
            if (bare.StartsWith(before, StringComparison.OrdinalIgnoreCase)) { bare = bare[before.Length..].TrimStart(); }
        }
        foreach (string after in new[] { "元整", "圆整", "元", "圆", "块钱", "块", "yuan", "RMB", "CNY" })
        {
            if (!bare.EndsWith(after, StringComparison.OrdinalIgnoreCase)) { continue; }
            bare = bare[..^after.Length].TrimEnd();
            isInYuan = after is not ("RMB" or "CNY");
            break;
        }
        // A currency sign says that it is money, and only a unit behind the number says in what.
        int? own = bare.EndsWith('万') ? 4 : bare.EndsWith('千') ? 3 : isInYuan ? 0 : null;
        if (own > 0) { bare = bare[..^1].TrimEnd(); }
        // Yuan in fen, by moving the point.
        return Number(bare, [], $"e{(own ?? column.Power) + FenPlaces}") is (string token, bool isPlain) ? (token, isPlain && own is null) : (null, false);
    }

    private static (string? Token, bool IsPlain) Word(string member, string narrow)
    {
        foreach ((string[] said, string wire) in Words[member])
        {
            int at = Array.FindIndex(said, word => string.Equals(word, narrow, StringComparison.OrdinalIgnoreCase));
            // The Chinese word and the two English ones of a template are word for word.
            if (at >= 0) { return (wire, at < 2 || said[at] is "yes" or "no"); }
        }
        return (null, false);
    }

    /// <summary>A day as texts have it where a spreadsheet made it of a door number: 3月2日, 2026/3/2, 3/2/2026, 2-Mar.</summary>
    private static bool IsDay(string narrow)
    {
        if (narrow.Length is < 4 or > 11) { return false; }
        if (narrow.EndsWith('日') && narrow.Contains('月', StringComparison.Ordinal)) { return true; }
        string[] parts = narrow.Split('-', '/');
        // 2-3-1201 is a door, and 3/2/2026 none.
        if (parts.Length == 3) { return (parts[0].Length == 4 || (parts[2].Length == 4 && parts[2][..2] is "19" or "20" && !narrow.Contains('-', StringComparison.Ordinal))) && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)); }
        return parts.Length == 2 && parts.Any(part => part.Length == 3 && CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames.Contains(part, StringComparer.OrdinalIgnoreCase))
            && parts.Any(part => part.Length is 1 or 2 && part.All(char.IsAsciiDigit));
    }

    private object? RefuseUnreadable(ReadColumn column, GridCell cell, int line)
    {
        string value = Shown(column, cell);
        return Words.TryGetValue(column.Member, out (string[] Said, string Wire)[]? words)
            ? Refuse(FaultCode.NameUnknown, column, line, ("value", value), ("allowed", string.Join(language.Choose("、", ", "), words.Select(word => word.Said[language == Language.Chinese ? 0 : 1]))))
            : Refuse(FaultCode.CellNotReadable, column, line, ("expected", column.Member switch
            {
                SheetColumns.Floor => "aFloor",
                SheetColumns.Area => "anArea",
                SheetColumns.Percent => "aPercentage",
                SheetColumns.Amount => "anAmount",
                SheetColumns.Households => "wholeNumber",
                SheetColumns.Coefficient => "plainNumber",
                _ => "aDoor",
            }), ("value", value));
    }

    /// <summary>The value of what the wire would say, held to the same limits and told in the words of the sheet.</summary>
    private object? Value(ReadColumn column, GridCell cell, string token, int line)
    {
        Type type = column.Member switch
        {
            SheetColumns.Id or SheetColumns.Household => typeof(HouseholdId),
            SheetColumns.Floor => typeof(Floor),
            SheetColumns.Area => typeof(Area),
            SheetColumns.FlatType => typeof(FlatType),
            SheetColumns.Households => typeof(Count),
            SheetColumns.Percent => typeof(Percentage),
            SheetColumns.Coefficient => typeof(Coefficient),
            SheetColumns.Amount => typeof(Money),
            SheetColumns.Use => typeof(Use),
            SheetColumns.Entry => typeof(Entry),
            _ => typeof(bool),
        };
        if (type == typeof(bool)) { return token == "true"; }
        if (type.IsEnum) { return Enum.Parse(type, token, ignoreCase: true); }
        return ReadScalar(Scalar.Of(type)!, column, cell, token, line);
    }

    /// <summary>Reads a total: percentages of a whole table may come to more than a hundred.</summary>
    public object? ReadTotal(ReadColumn column, GridCell cell, int line)
    {
        if (column.Member != SheetColumns.Percent || cell.IsScaled || cell.Content is not (CellContent.Text or CellContent.Number)) { return Read(column, cell, line); }
        (string? token, _) = Percent(column, WrittenNumber.Narrow(cell.Text));
        return token is null ? RefuseUnreadable(column, cell, line) : ReadScalar(Scalar.Of(typeof(Coefficient))!, column, cell, token, line);
    }

    private object? ReadScalar(Scalar scalar, ReadColumn column, GridCell cell, string token, int line)
    {
        var own = new FaultList();
        using var json = JsonDocument.Parse(scalar.Places is null ? JsonSerializer.SerializeToUtf8Bytes(token) : Encoding.ASCII.GetBytes(token));
        object? value = scalar.Read(json.RootElement, Where.Root, own);
        foreach (Fault fault in own.Faults)
        {
            bool isMoney = column.Member == SheetColumns.Amount;
            Refuse(fault.Code, column, line, [.. fault.Values.Select(told => told.Name switch
            {
                "value" => ("value", Scalar.Shorten(cell.Text)),
                "unit" when isMoney => ("unit", "yuan"),
                "places" when isMoney => ("places", FenPlaces),
                "maximum" when isMoney && told.Value is string most => ("maximum", most[..^FenPlaces]),
                _ => told,
            })]);
        }
        return value;
    }

    private string Told(string member, object value) => value switch
    {
        Floor floor => language.Choose($"{floor} 楼", $"floor {floor}"),
        Area area => _say.SquareMetres(area),
        Percentage percent => _say.Percent(percent),
        Coefficient coefficient => _say.Number(coefficient),
        Money amount => _say.Amount(amount),
        Count count => _say.Households(count.Number),
        HouseholdId id => _say.Id(id.Value),
        bool or Enum => Words[member].First(word => word.Wire.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase)).Said[language == Language.Chinese ? 0 : 1],
        _ => _say.Quote(value.ToString()!),
    };

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
