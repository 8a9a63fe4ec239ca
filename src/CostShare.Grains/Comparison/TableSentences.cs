using CostShare.Grains.Amounts;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Comparison;

/// <summary>What was checked of a table in plain sentences: what does not add up, by how much, and for whom.</summary>
internal static class TableSentences
{
    /// <summary>The most rows that a sentence names; how many others there are is said behind them.</summary>
    public const int MostRows = 5;

    private const int MostPlaces = 6;

    /// <summary>Tells whether a sum is what it should be.</summary>
    /// <param name="code">Which sum.</param>
    /// <param name="expected">What it should be, in the unit of the code.</param>
    /// <param name="actual">What it is.</param>
    /// <param name="excess">What would be collected beyond the total, in fen, where that is known.</param>
    public static Words OfSum(TableCheckCode code, Fraction expected, Fraction actual, Fraction? excess)
    {
        bool inYuan = code == TableCheckCode.AmountsSum;
        (Spoken should, Spoken told, Spoken by) = (Say(expected, inYuan), Say(actual, inYuan), Say(Absolute(actual - expected), inYuan));
        int sign = (actual - expected).Sign;
        (string zh, string en) = (code, sign) switch
        {
            (TableCheckCode.PercentagesSum, 0) => ($"百分比加起来正好是{should.Zh}。", $"The percentages add up to {should.En}."),
            (TableCheckCode.PercentagesSum, _) => (
                $"百分比加起来是{told.Zh}，不是{should.Zh}，{More(sign).Zh}{by.Zh}。", $"The percentages add up to {told.En}, not to {should.En}: {by.En} too {More(sign).En}."),
            (TableCheckCode.PercentTotal, 0) => ($"表上写的百分比合计{told.Zh}，和加起来的一样。", $"The total of {told.En} that the table gives for its percentages is their sum."),
            (TableCheckCode.PercentTotal, _) => (
                $"表上写的百分比合计是{told.Zh}，但加起来是{should.Zh}。", $"The table says that its percentages come to {told.En}, but they add up to {should.En}."),
            (TableCheckCode.PartsSum, 0) => ($"表上用来除的总份数{told.Zh}，和各户系数加起来的一样。", $"The table divides by {told.En} parts, which is the sum of its coefficients."),
            (TableCheckCode.PartsSum, _) => (
                $"表上用总份数{told.Zh} 来除，但各户系数加起来是{should.Zh}。", $"The table divides by {told.En} parts, but its coefficients add up to {should.En}."),
            (TableCheckCode.AmountsSum, 0) => ($"各户金额加起来正好是{should.Zh}。", $"The amounts add up to {should.En}."),
            _ => ($"各户金额加起来是{told.Zh}，不是{should.Zh}，{More(sign).Zh}{by.Zh}。", $"The amounts add up to {told.En}, not to {should.En}: {by.En} too {More(sign).En}."),
        };
        if (inYuan || excess is not Fraction collected || collected.Sign == 0) { return new Words { Zh = zh, En = en }; }
        Spoken money = Spoken.Yuan(Absolute(collected));
        return new Words
        {
            Zh = $"{zh}照这样收钱，会{More(collected.Sign).Zh}收{money.Zh}。",
            En = $"{en} Collected like this, the money would be {money.En} too {More(collected.Sign).En}.",
        };
    }

    /// <summary>Tells which amounts are not what the table's own numbers give.</summary>
    public static Words OfRows(TableCheckCode code, BillingUnit unit, IReadOnlyList<TableRowFinding> wrong)
    {
        Spoken column = code == TableCheckCode.AmountsFollowPercentages ? new("百分比", "percentage") : new("系数", "coefficient");
        Spoken step = Spoken.Yuan(unit.Amount.Fen);
        if (wrong.Count == 0)
        {
            return new Words
            {
                Zh = $"每个金额都和它的{column.Zh}相符（取整到{step.Zh}，每户相差不到这么多）。",
                En = $"Every amount is what its {column.En} gives (rounded to {step.En}, and less than that away for each household).",
            };
        }
        var rows = wrong.Take(MostRows).Select(row => (Row: row, Is: Spoken.Yuan(row.Actual), Should: Spoken.Yuan(row.Expected), By: Spoken.Yuan(Absolute(row.Difference)))).ToList();
        int others = wrong.Count - rows.Count;
        return new Words
        {
            Zh = $"有 {wrong.Count} 行的金额和它自己的{column.Zh}对不上："
                + string.Join("；", rows.Select(row => $"{Who(row.Row).Zh}写的是{row.Is.Zh}，照{column.Zh}应是{row.Should.Zh}，{More(row.Row.Difference.Sign).Zh}{row.By.Zh}"))
                + (others > 0 ? $"；另有 {others} 行。" : "。"),
            En = (wrong.Count == 1 ? "One amount is" : $"{wrong.Count} amounts are") + $" not what the {column.En} beside {(wrong.Count == 1 ? "it" : "them")} gives: "
                + string.Join("; ", rows.Select(row => $"{Who(row.Row).En} has {row.Is.En} where its {column.En} gives {row.Should.En}, {row.By.En} too {More(row.Row.Difference.Sign).En}"))
                + (others > 0 ? $"; and {others} more." : "."),
        };
    }

    private static Spoken More(int sign) => sign > 0 ? new("多", "much") : new("少", "little");

    private static Spoken Who(TableRowFinding row) => row.Household is { } household
        ? new($"{household} ", $"{household}")
        : new($"{row.Floor.Number} 楼（第 {row.Row + 1} 行）", $"floor {row.Floor.Number} (row {row.Row + 1})");

    private static Spoken Say(Fraction value, bool inYuan)
    {
        if (inYuan) { return Spoken.Yuan(value); }
        int places = 0;
        for (Fraction scaled = value; places < MostPlaces && !scaled.Denominator.IsOne; scaled *= 10) { places++; }
        return Spoken.Number(value, places);
    }

    private static Fraction Absolute(Fraction value) => value.Sign < 0 ? -value : value;
}
