using System.Text;
using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Grains.Faults;

namespace CostShare.Api.Tests.Sheets;

/// <summary>What a single cell is read as, or that it is refused: a misread digit is somebody's money.</summary>
public sealed class SheetCellTests
{
    [Theory]
    [InlineData("金额", "1,234.5", 123_450)]
    [InlineData("金额", "12 345", 1_234_500)]
    [InlineData("金额", "￥1.8", 180)]
    [InlineData("金额", "1.8万", 1_800_000)]
    [InlineData("金额", "1.8 万元", 1_800_000)]
    [InlineData("金额", "1.8千元", 180_000)]
    [InlineData("金额", "免交", 0)]
    [InlineData("金额（万元）", "1.8", 1_800_000)]
    [InlineData("金额（千元）", "1.8", 180_000)]
    [InlineData("金额（万元）", "18000元", 1_800_000)]
    // A currency sign does not say that the column's unit does not hold.
    [InlineData("金额（万元）", "¥1.8", 1_800_000)]
    [InlineData("金额（万元）", "人民币1.8", 1_800_000)]
    [InlineData("金额（万元）", "1.8 RMB", 1_800_000)]
    [InlineData("金额（万元）", "人民币18000元", 1_800_000)]
    [InlineData("金额（万元）", "1.2345678", null)]
    [InlineData("金额（万元）", "1.8432", 1_843_200)]
    [InlineData("金额（万元）", "1.234567", 1_234_567)]
    [InlineData("金额", "0.005", null)]
    // Two numbers, or one: nobody knows.
    [InlineData("金额", "52 60", null)]
    [InlineData("金额", "1 2345", null)]
    [InlineData("金额", "1,234 567", null)]
    [InlineData("金额", "100~200", null)]
    [InlineData("金额", "12%", null)]
    [InlineData("金额", "(500)", null)]
    public void An_amount_is_read_to_the_fen_or_refused(string heading, string cell, int? fen) => Assert.Equal(fen, (int?)Read($"楼层\t{heading}\n2\t{cell}\n").Rows[0].TableRow!.Amount?.Fen);

    [Theory]
    [InlineData("比例", "12%", 12_000_000)]
    [InlineData("比例", "12 ％", 12_000_000)]
    [InlineData("比例", "12.345678", 12_345_678)]
    [InlineData("比例", "0.12", 120_000)]
    [InlineData("比例", "12‰", null)]
    [InlineData("比例", "1/8", null)]
    [InlineData("比例", "-", 0)]
    public void A_percentage_is_read_as_it_stands_or_refused(string heading, string cell, int? millionths) => Assert.Equal(millionths, (int?)Read($"楼层\t{heading}\n2\t{cell}\n3\t50\n").Rows[0].TableRow!.Percent?.Millionths);

    [Theory]
    [InlineData("1.2", 1_200_000)]
    [InlineData("120 %", 1_200_000)]
    [InlineData("3份", 3_000_000)]
    [InlineData("1/2", null)]
    public void A_coefficient_is_read_as_it_stands_or_refused(string cell, int? millionths) => Assert.Equal(millionths, (int?)Read($"楼层\t系数\n2\t{cell}\n").Rows[0].TableRow!.Coefficient?.Millionths);

    [Theory]
    [InlineData("三楼", 3)]
    [InlineData("第十二层", 12)]
    [InlineData("3F", 3)]
    [InlineData("L3", 3)]
    [InlineData("3rd floor", 3)]
    [InlineData("底层", 1)]
    [InlineData("1201室", 12)]
    [InlineData("6楼（顶层）", 6)]
    [InlineData("五楼半", null)]
    [InlineData("3-4", null)]
    [InlineData("0", null)]
    public void A_floor_is_read_as_it_stands_or_refused(string cell, int? floor) => Assert.Equal(floor, Read($"楼层\t金额\n{cell}\t1\n").Rows[0].TableRow!.Floor?.Number);

    [Theory] // A comma between thousands, in a file without quotes: the amount is not the first of them.
    [InlineData("楼层,户号,金额,备注\n2,201,1,000,\n", true)]
    [InlineData("楼层,户号,金额,备注\n2,201,1,000,同意\n", true)]
    [InlineData("楼层,户号,金额,备注\n2,201,18,432.50,\n", true)]
    [InlineData("楼层,户号,金额\n2,201,1,000\n", true)]
    [InlineData("楼层,户号,金额,备注\n2,201,1000,302 同意\n", false)]
    [InlineData("楼层,户号,金额,备注\n2,201,500,一楼\n", false)]
    [InlineData("楼层,户号,金额,面积\n2,201,500,100\n", false)]
    [InlineData("楼层\t户号\t金额\t备注\n2\t201\t1\t000\n", false)]
    public void An_amount_that_a_comma_cut_in_two_is_refused(string text, bool isRefused)
    {
        SheetReading reading = Read(text);
        Assert.Equal(isRefused ? [FaultCode.RowTooWide] : Array.Empty<FaultCode>(), reading.Faults.Select(fault => fault.Code));
        Assert.Equal(isRefused, reading.Rows[0].TableRow!.Amount is null);
    }

    [Fact]
    public void Two_rows_and_a_row_of_their_sums_leave_two_rows()
    {
        SheetReading reading = Read("楼层\t比例\t金额\n2\t40\t400\n3\t60\t600.5\n\t100\t1000.5\n");
        Assert.Equal((2, 100_050L), (reading.Rows.Count, reading.Totals!.Total!.Value.Fen));
        // What is not the sum in every column is a row without a floor.
        Assert.Equal(3, Read("楼层\t比例\t金额\n2\t40\t400\n3\t60\t600.5\n\t100\t1000\n").Rows.Count);
    }

    private static SheetReading Read(string text)
    {
        var faults = new FaultList();
        SheetReading? reading = SheetReader.Read(Encoding.UTF8.GetBytes(text), SheetPurpose.Table, null, Language.Chinese, faults);
        Assert.True(reading is not null, string.Join(' ', faults.Faults.Select(fault => fault.Code)));
        return reading;
    }
}
