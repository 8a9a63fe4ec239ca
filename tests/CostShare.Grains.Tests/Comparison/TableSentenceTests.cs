using CostShare.Grains.Comparison;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>What a table check says in words; the figures of the findings themselves are held elsewhere.</summary>
public class TableSentenceTests
{
    [Fact]
    public void A_sum_says_by_how_much_it_is_off_and_what_that_costs()
    {
        TableCheck table = Tables.Of([Tables.Percent(1, 40), Tables.Percent(2, 62)]) with { Total = Given.Yuan(520_000), PercentTotal = Given.Coefficient(100) };
        Says(table,
            "百分比加起来是 102，不是 100，多 2。照这样收钱，会多收 10,400.00 元。", "The percentages add up to 102, not to 100: 2 too much. Collected like this, the money would be 10,400.00 yuan too much.",
            "表上写的百分比合计是 100，但加起来是 102。", "The table says that its percentages come to 100, but they add up to 102.");
        Says(Tables.Of([Tables.Percent(1, 99.25m)]), "百分比加起来是 99.25，不是 100，少 0.75。", "The percentages add up to 99.25, not to 100: 0.75 too little.");
        Says(Tables.Of([Tables.Percent(1, 100)]) with { PercentTotal = Given.Coefficient(100) },
            "百分比加起来正好是 100。", "The percentages add up to 100.", "表上写的百分比合计 100，和加起来的一样。", "The total of 100 that the table gives for its percentages is their sum.");
    }

    [Fact]
    public void Parts_say_what_they_are_and_should_be()
    {
        TableCheck table = Tables.Of([Tables.Coefficient(1, 1), Tables.Coefficient(2, 1.7m)]) with { Total = Given.Yuan(300), Parts = Given.Coefficient(2.5m) };
        Says(table,
            "表上用总份数 2.5 来除，但各户系数加起来是 2.7。照这样收钱，会多收 24.00 元。",
            "The table divides by 2.5 parts, but its coefficients add up to 2.7. Collected like this, the money would be 24.00 yuan too much.");
        Says(table with { Parts = Given.Coefficient(3) },
            "表上用总份数 3 来除，但各户系数加起来是 2.7。照这样收钱，会少收 30.00 元。",
            "The table divides by 3 parts, but its coefficients add up to 2.7. Collected like this, the money would be 30.00 yuan too little.");
        Says(table with { Parts = Given.Coefficient(2.7m) }, "表上用来除的总份数 2.7，和各户系数加起来的一样。", "The table divides by 2.7 parts, which is the sum of its coefficients.");
    }

    [Fact]
    public void Amounts_say_what_is_missing_in_yuan()
    {
        TableCheck table = Tables.Of([Tables.Amount(1, 100), Tables.Amount(2, 1_100.5m)]) with { Total = Given.Yuan(1_200) };
        Says(table, "各户金额加起来是 1,200.50 元，不是 1,200.00 元，多 0.50 元。", "The amounts add up to 1,200.50 yuan, not to 1,200.00 yuan: 0.50 yuan too much.");
        Says(table with { Total = Given.Yuan(1_201) }, "各户金额加起来是 1,200.50 元，不是 1,201.00 元，少 0.50 元。", "The amounts add up to 1,200.50 yuan, not to 1,201.00 yuan: 0.50 yuan too little.");
        Says(table with { Total = Given.Yuan(1_200.5m) }, "各户金额加起来正好是 1,200.50 元。", "The amounts add up to 1,200.50 yuan.");
    }

    [Fact]
    public void Rows_say_who_is_wrong_and_how_many_more()
    {
        TableRow Wrong(int row) => Tables.Amount(row, row == 1 ? 600 : 50) with { Percent = Given.Percent(10) };
        TableRow named = Wrong(7) with { Household = Given.Id("701") };
        Says(Tables.Of([named, .. Enumerable.Range(1, 6).Select(Wrong), Tables.Amount(8, 100) with { Percent = Given.Percent(30) }]) with { Total = Given.Yuan(1_000) },
            "百分比加起来正好是 100。", "The percentages add up to 100.",
            "各户金额加起来正好是 1,000.00 元。", "The amounts add up to 1,000.00 yuan.",
            "有 8 行的金额和它自己的百分比对不上：701 写的是 50.00 元，照百分比应是 100.00 元，少 50.00 元；1 楼（第 2 行）写的是 600.00 元，照百分比应是 100.00 元，多 500.00 元；"
                + "2 楼（第 3 行）写的是 50.00 元，照百分比应是 100.00 元，少 50.00 元；3 楼（第 4 行）写的是 50.00 元，照百分比应是 100.00 元，少 50.00 元；"
                + "4 楼（第 5 行）写的是 50.00 元，照百分比应是 100.00 元，少 50.00 元；另有 3 行。",
            "8 amounts are not what the percentage beside them gives: 701 has 50.00 yuan where its percentage gives 100.00 yuan, 50.00 yuan too little; "
                + "floor 1 (row 2) has 600.00 yuan where its percentage gives 100.00 yuan, 500.00 yuan too much; floor 2 (row 3) has 50.00 yuan where its percentage gives 100.00 yuan, 50.00 yuan too little; "
                + "floor 3 (row 4) has 50.00 yuan where its percentage gives 100.00 yuan, 50.00 yuan too little; floor 4 (row 5) has 50.00 yuan where its percentage gives 100.00 yuan, 50.00 yuan too little; and 3 more.");
    }

    [Fact]
    public void Rows_that_agree_say_to_which_unit()
    {
        Says(Tables.Of([Tables.Amount(1, 30) with { Coefficient = Given.Coefficient(3) }, Tables.Amount(2, 10) with { Coefficient = Given.Coefficient(1) }]),
            "每个金额都和它的系数相符（取整到 10.00 元，每户相差不到这么多）。", "Every amount is what its coefficient gives (rounded to 10.00 yuan, and less than that away for each household).");
        Says(Tables.Of([Tables.Amount(1, 31) with { Coefficient = Given.Coefficient(3) }, Tables.Amount(2, 9) with { Coefficient = Given.Coefficient(1) }]),
            "有 2 行的金额和它自己的系数对不上：1 楼（第 1 行）写的是 31.00 元，照系数应是 30.00 元，多 1.00 元；2 楼（第 2 行）写的是 9.00 元，照系数应是 10.00 元，少 1.00 元。",
            "2 amounts are not what the coefficient beside them gives: floor 1 (row 1) has 31.00 yuan where its coefficient gives 30.00 yuan, 1.00 yuan too much; floor 2 (row 2) has 9.00 yuan where its coefficient gives 10.00 yuan, 1.00 yuan too little.");
    }

    private static void Says(TableCheck table, params string[] told) =>
        Assert.Equal(told, Tables.Check(table).Checks.SelectMany(finding => new[] { finding.Sentence.Zh, finding.Sentence.En }));
}
