using CostShare.Api.Problems;

namespace CostShare.Api.Sheets;

/// <summary>Sheets to begin with: headings that every reader of the program understands, and two rows as an example.</summary>
internal static class SheetTemplates
{
    private static readonly string?[][] Households =
    [
        ["101", "1", "52.3", "住宅|dwelling", "是|yes", "平层|level", "两室|two-bed"],
        ["201", "2", "60.55", "住宅|dwelling", "是|yes", "平层|level", "三室|three-bed"],
    ];

    private static readonly string?[][] Table = [["2", "201", "52.3", "25", "1", "1000.00"], ["3", "301", "60.55", "75", "3", "3000.00"]];

    /// <summary>The sheet to begin with for a purpose.</summary>
    public static Sheet Of(SheetPurpose purpose, Language language)
    {
        var sheet = new SheetOf<string?[]>(language);
        return purpose == SheetPurpose.Households
            ? sheet.Text("户号", "id", row => row[0])
                .Whole("楼层", "floor", row => long.Parse(row[1]!, System.Globalization.CultureInfo.InvariantCulture))
                .Number("面积", "areaM2", row => row[2])
                .Text("用途", "use", row => In(row[3]!, language))
                .Text("参加", "joins", row => In(row[4]!, language))
                .Text("入户", "entry", row => In(row[5]!, language))
                .Text("房型", "flatType", row => In(row[6]!, language))
                .Make("households", language.Choose("住户", "Households"), Households)
            : sheet.Whole("楼层", "floor", row => long.Parse(row[0]!, System.Globalization.CultureInfo.InvariantCulture))
                .Text("户号", "household", row => row[1])
                .Number("面积", "areaM2", row => row[2])
                .Number("比例", "percent", row => row[3])
                .Number("系数", "coefficient", row => row[4])
                .Number("金额", "amountYuan", row => row[5])
                .Make("table", language.Choose("分摊表", "Table"), Table);
    }

    private static string In(string words, Language language) => words.Split('|')[(int)language];
}
