using System.Text;
using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Grains.Comparison;
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
    [InlineData("1 2", null)]
    [InlineData("1\u30002", null)]
    [InlineData("1\u00A02 层", null)]
    [InlineData("第 12 层", 12)]
    public void A_floor_is_read_as_it_stands_or_refused(string cell, int? floor) => Assert.Equal(floor, Read($"楼层\t金额\n{cell}\t1\n").Rows[0].TableRow!.Floor?.Number);

    [Theory]
    [InlineData("201", "201")]
    [InlineData("3 - 302 室", "3-302")]
    [InlineData("12号 602", "12号602")]
    [InlineData("2栋 东单元 302", "2栋东单元302")]
    [InlineData("1号和平楼302", "1号和平楼302")]
    [InlineData("1 302", null)]
    [InlineData("1\u3000302", null)]
    [InlineData("1\u00A0\u00A0302", null)]
    // A name is nobody's door; one letter may be of a door.
    [InlineData("201 张三", null)]
    [InlineData("３０２室（李四光）", null)]
    [InlineData("12号602王 五", null)]
    [InlineData("201 张三 302", null)]
    [InlineData("201室 张三", null)]
    [InlineData("302东", "302东")]
    [InlineData("1号底层车库", "1号底层车库")]
    [InlineData("商铺 1", "商铺1")]
    [InlineData("底层 甲/2", "底层甲/2")]
    [InlineData("底层 甲", "底层 甲")]
    // A day, and a door of the third entrance.
    [InlineData("3/2/2026", null)]
    [InlineData("2026/3/2", null)]
    [InlineData("2-3-1201", "2-3-1201")]
    [InlineData("2/3/1201", "2/3/1201")]
    public void A_door_is_read_as_it_stands_or_refused(string cell, string? door) => Assert.Equal(door, Read($"户号\t楼层\t面积\n{cell}\t3\t50\n", SheetPurpose.Households).Rows[0].Household!.Id?.Value);

    [Fact]
    public void No_name_behind_a_door_comes_back()
    {
        SheetReading reading = Read("房号\t楼层\t面积\n201 张三\t2\t50\n", SheetPurpose.Households);
        Assert.Equal(("201…", "201…"), (reading.Rows[0].Cells["A"], $"{reading.Faults.Single().Values["value"]}"));
        // 张, as JSON has it.
        Assert.DoesNotContain("\\u5F20", System.Text.Json.JsonSerializer.Serialize(reading), StringComparison.OrdinalIgnoreCase);
    }

    [Theory] // Spreadsheets write both for =IF(…,"",…).
    [InlineData("<c t=\"str\"><f>X</f><v></v></c>", FaultCode.MemberMissing)]
    [InlineData("<c t=\"str\"><f>X</f><v/></c>", FaultCode.MemberMissing)]
    [InlineData("<c t=\"str\"><f>X</f></c>", FaultCode.FormulaWithoutValue)]
    [InlineData("<c><f>X</f><v></v></c>", FaultCode.FormulaWithoutValue)]
    public void An_empty_text_of_a_formula_is_an_empty_cell(string cell, FaultCode code)
    {
        MadeWorkbook workbook = new MadeWorkbook().With("表", []);
        workbook.Besides["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>室号</t></is></c><c t=\"inlineStr\"><is><t>面积</t></is></c></row>"
            + $"<row><c><v>101</v></c>{cell}</row></sheetData></worksheet>";
        Assert.Equal([code], SheetReader.Read(workbook.Make(), SheetPurpose.Households, null, Language.Chinese, new FaultList())!.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void No_column_is_wider_than_spreadsheets_allow() => Assert.Equal([255, 14],
        new SheetOf<string>(Language.Chinese).Text(new string('方', 200), "", row => row).Text("户号", "", row => row).Make("a", "a", []).Columns.Select(column => column.Width));

    [Theory] // A comma between thousands, in a file without quotes, or a blank in a text typed with blanks: the amount is not the first of them.
    [InlineData("楼层,户号,金额,备注\n2,201,1,000,\n", "C2")]
    [InlineData("楼层,户号,金额,备注\n2,201,1,000,同意\n", "C2")]
    [InlineData("楼层,户号,金额,备注\n2,201,18,432.50,\n", "C2")]
    [InlineData("楼层,户号,金额\n2,201,1,000\n", "C2")]
    [InlineData("楼层,户号,金额,面积\n2,201,1,000,1,050\n", "C2")]
    [InlineData("楼层,户号,金额,面积\n2,201,1000,1,050\n", "E2")]
    [InlineData("户号,楼层,金额,系数,备注\n301,3,1,234,1.2\n", "C2")]
    [InlineData("户号,楼层,金额,系数,备注\n301,3,1,234,1.2,\n", "C2")]
    [InlineData("房号 楼层 金额\n301 3 1 234.50\n", "C2")]
    [InlineData("房号 楼层 金额 备注\n301 3 1 234 同意\n", "C2")]
    [InlineData("楼层,户号,金额,备注\n2,201,1000,302 同意\n", null)]
    [InlineData("楼层,户号,金额,备注\n2,201,500,一楼\n", null)]
    [InlineData("楼层,户号,金额,面积\n2,201,500,100\n", null)]
    [InlineData("楼层,户号,金额,面积,联系电话\n2,201,500,100,13800138000\n", null)]
    [InlineData("楼层,户号,金额,面积,备注\n2,201,500,100,同意\n", null)]
    [InlineData("房号 楼层 金额\n301 3 1234.50 已同意\n", null)]
    [InlineData("楼层\t户号\t金额\t备注\n2\t201\t1\t000\n", null)]
    public void An_amount_that_was_cut_in_two_is_refused(string text, string? cell)
    {
        SheetReading reading = Read(text);
        Assert.Equal(cell is null ? [] : new[] { (FaultCode.RowTooWide, (object?)cell) }, reading.Faults.Select(fault => (fault.Code, (object?)$"{fault.Values["cell"]}")));
        Assert.Equal(cell is not null, reading.Rows[0].TableRow!.Amount is null);
    }

    [Fact] // Percentages of floors, times the households of each, would come to two hundred.
    public void What_is_not_of_each_household_is_left_out_beside_what_is()
    {
        SheetReading reading = Read("楼层,户数,本层比例,每户金额\n2,2,40%,2000\n3,2,60%,3000\n");
        Assert.Equal((0, ValuesFor.Household), (reading.FaultCount, reading.Table!.ValuesFor));
        Assert.Equal([(null, 2_000_00L), (null, 3_000_00L)], reading.Table.Rows.Select(row => (row.Percent, row.Amount!.Value.Fen)));
        Assert.Equal(["C:C"], reading.Notes.Single(note => note.Code == SheetNoteCode.NotOfEachHousehold).Cells);
        Assert.NotNull(Read("楼层,户数,每户比例,每户金额\n2,2,20%,2000\n3,2,30%,3000\n").Table!.Rows[0].Percent);
        // A measure in brackets says it too.
        Assert.Equal(ValuesFor.Household, Read("楼层,户数,金额（元/户）\n2,2,2000\n").ValuesFor);
    }

    [Fact]
    public void Two_rows_and_a_row_of_their_sums_leave_two_rows()
    {
        SheetReading reading = Read("楼层\t比例\t金额\n2\t40\t400\n3\t60\t600.5\n\t100\t1000.5\n");
        Assert.Equal((2, 100_050L), (reading.Rows.Count, reading.Totals!.Total!.Value.Fen));
        // What is not the sum in every column is a row without a floor.
        Assert.Equal(3, Read("楼层\t比例\t金额\n2\t40\t400\n3\t60\t600.5\n\t100\t1000\n").Rows.Count);
    }

    [Fact]
    public void A_last_row_that_says_more_than_sums_is_a_household()
    {
        Assert.Equal(2, Read("室号,楼层,面积,用途\n101,1,50,住宅\n201,2,60,住宅\n,,110,\n", SheetPurpose.Households).Rows.Count);
        SheetReading reading = Read("室号,楼层,面积,用途\n101,1,50,住宅\n201,2,60,住宅\n,,110,住宅\n", SheetPurpose.Households);
        Assert.Equal((3, true), (reading.Rows.Count, reading.Households is null));
    }

    [Theory] // Between nine and eleven tenths they are parts of 1, and what is further off is taken at its word.
    [InlineData("0.44", "0.45", 440_000)]
    [InlineData("0.45", "0.45", 45_000_000)]
    [InlineData("0.55", "0.55", 55_000_000)]
    [InlineData("0.55", "0.56", 550_000)]
    [InlineData("0.5%", "0.5", 500_000)]
    public void Parts_of_one_come_to_about_one(string first, string second, int millionths) => Assert.Equal(millionths, Read($"楼层\t比例\n2\t{first}\n3\t{second}\n").Rows[0].TableRow!.Percent!.Value.Millionths);

    [Fact]
    public void A_row_that_begins_like_a_remark_and_holds_a_number_is_a_household()
    {
        Assert.Equal(["备注101", "201"], Read("室号\t楼层\t面积\n备注101\t1\t50\n201\t2\t60\n备注：以协议为准\t\t\n", SheetPurpose.Households).Households!.Select(household => household.Id.Value));
    }

    [Fact]
    public void The_last_totals_are_those_of_the_sheet()
    {
        SheetReading reading = Read("楼层\t金额\n2\t100\n合计\t100\n3\t200\n合计\t300\n");
        Assert.Equal((2, 5, 300_00L), (reading.Rows.Count, reading.Totals!.Line, reading.Totals.Total!.Value.Fen));
        Assert.Equal([(SkippedWhy.Heading, 1), (SkippedWhy.Subtotal, 3), (SkippedWhy.Total, 5)], reading.Skipped.Select(skipped => (skipped.Why, skipped.Line)));
    }

    [Theory] // Whatever stands before or behind the word: no row of totals is a household.
    [InlineData("3层小计", SkippedWhy.Subtotal)]
    [InlineData("1单元合计", SkippedWhy.Subtotal)]
    [InlineData("三楼合计", SkippedWhy.Subtotal)]
    [InlineData("平均", SkippedWhy.Subtotal)]
    [InlineData("平均每户", SkippedWhy.Subtotal)]
    [InlineData("合计12户", SkippedWhy.Total)]
    [InlineData("12户合计", SkippedWhy.Total)]
    [InlineData("总计：2 户", SkippedWhy.Total)]
    public void A_row_of_totals_is_no_household_whatever_its_name_holds(string name, object why)
    {
        foreach (SheetPurpose purpose in Enum.GetValues<SheetPurpose>())
        {
            SheetReading reading = Read($"室号\t楼层\t面积\t金额\n301\t3\t50\t100\n302\t3\t60\t200\n{name}\t\t110\t300\n", purpose);
            Assert.Equal((0, 2), (reading.FaultCount, reading.Rows.Count));
            Assert.Equal([(SkippedWhy.Heading, 1), ((SkippedWhy)why, 4)], reading.Skipped.Select(skipped => (skipped.Why, skipped.Line)));
            // What a part comes to is not what the whole should come to.
            Assert.Equal(purpose == SheetPurpose.Table && (SkippedWhy)why == SkippedWhy.Total ? 300_00L : null, reading.Totals?.Total?.Fen);
        }
    }

    [Theory] // Words that are also headings elsewhere, beside numbers.
    [InlineData("id,floor,areaM2,use,joins,entry,flatType\n101,1,52.3,dwelling,yes,level,apartment\n201,2,60.5,dwelling,yes,level,apartment\n")]
    [InlineData("房号,楼层,面积,是否参与,是否出资\n101,1,52.3,参与,出资\n201,2,52.6,参与,出资\n")]
    [InlineData("id,floor,areaM2\n101,1,52.3\nid,floor,areaM2\n201,2,60.5\n")]
    public void A_row_with_numbers_repeats_no_headings(string text)
    {
        SheetReading reading = Read(text, SheetPurpose.Households);
        Assert.Equal(["101", "201"], reading.Rows.Select(row => row.Household!.Id!.Value.Value));
        Assert.DoesNotContain(SheetNoteCode.OtherTable, reading.Notes.Select(note => note.Code));
    }

    [Fact]
    public void A_remark_about_sums_beside_a_floor_makes_no_row_of_totals()
    {
        SheetReading reading = Read("楼层\t房号\t金额\t备注\n2\t\t100\t\n3\t\t200\t两户合计\n\t\t300\t合计\n");
        Assert.Equal((2, 300_00L), (reading.Rows.Count, reading.Totals!.Total!.Value.Fen));
        Assert.Equal(2, Read("楼层\t房号\t金额\n2\t201\t100\n3\t301\t200\n3\t小计\t300\n").Rows.Count);
    }

    [Fact]
    public void No_floor_is_taken_from_over_one_that_cannot_be_read()
    {
        SheetReading reading = Read("室号\t楼层\t面积\n东\t3\t50\n西\t五楼半\t60\n南\t\t70\n", SheetPurpose.Households);
        Assert.Equal([("B3", FaultCode.CellNotReadable), ("B4", FaultCode.MemberMissing)], reading.Faults.Select(fault => ($"{fault.Values["cell"]}", fault.Code)));
        Assert.Equal([3, null, null], reading.Rows.Select(row => row.Household!.Floor?.Number));
    }

    [Theory] // Doors and names are told apart by what stands first, and where nothing does, the column is left alone.
    [InlineData(3, "张三", "101", false)]
    [InlineData(0, "", "张三", false)]
    [InlineData(3, "101", "102", true)]
    public void The_first_forty_rows_tell_doors_from_names(int filled, string first, string then, bool isRead)
    {
        string text = "住户,楼层,面积\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{(row < filled ? first : row < 40 ? "" : then)},1,50\n"));
        Assert.Equal((isRead ? "id" : null, isRead ? null : true), (Read(text, SheetPurpose.Households).Columns[0].Member, Read(text, SheetPurpose.Households).Columns[0].Personal));
    }

    [Fact]
    public void What_is_not_seen_is_not_read()
    {
        // A joiner, a byte order mark within the text, a soft hyphen and a mark of direction, as they come along when text is copied.
        SheetReading reading = Read("楼层\t金额\n2\u200B\t\uFEFF100\u200E.\u00AD5\u200D\n");
        Assert.Equal((2, 100_50L), (reading.Rows[0].TableRow!.Floor!.Value.Number, reading.Rows[0].TableRow!.Amount!.Value.Fen));
    }

    [Fact]
    public void Lines_are_counted_as_the_text_has_them()
    {
        // 302 stands on line 6: a cell in quotes goes over three lines, and one line is blank.
        SheetReading reading = Read("室号,面积,备注\r\n101,50,\"一\r\n二\n三\"\r\n\r\n302,左右,\r\n", SheetPurpose.Households);
        Assert.Equal([2, 6], reading.Rows.Select(row => row.Line));
        Assert.Equal("B6", reading.Faults[0].Values["cell"].ToString());
        Assert.Equal([(SkippedWhy.Heading, 1, 1), (SkippedWhy.Blank, 5, 1)], reading.Skipped.Select(skipped => (skipped.Why, skipped.Line, skipped.Lines)));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("GB18030", false)]
    public void The_bytes_say_their_encoding(string name, bool isMarked)
    {
        Encoding encoding = name == "GB18030" ? CodePagesEncodingProvider.Instance.GetEncoding(name)! : Encoding.GetEncoding(name);
        byte[] bytes = [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes("室号\t面积\n东101\t52.3\n")];
        SheetReading reading = SheetReader.Read(bytes, SheetPurpose.Households, null, Language.Chinese, new FaultList())!;
        Assert.Equal(("东101", name.ToUpperInvariant().TrimEnd('B', 'E')), (reading.Households!.Single().Id.Value, reading.Source.Encoding!.ToUpperInvariant()));
    }

    [Theory] // Codes that mean something to one program only are no text, and neither are controls.
    [InlineData("室号\t面积\n\uE000101\t50\n")]
    [InlineData("室号\t面积\n\u0007101\t50\n")]
    public void What_is_no_text_is_refused(string text)
    {
        var faults = new FaultList();
        Assert.Null(SheetReader.Read(Encoding.UTF8.GetBytes(text), SheetPurpose.Households, null, Language.Chinese, faults));
        Assert.Equal([FaultCode.SheetNotText], faults.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void Tabs_come_before_commas_and_commas_before_semicolons()
    {
        foreach (string text in new[] { "室号\t面积\n101，东\t1,050.5\n", "室号,面积\n101;东,\"1,050.5\"\n", "室号;面积\n101 东;1050.5\n", "室号 面积\n101东 1050.5\n" })
        {
            Assert.Equal(105_050, Read(text, SheetPurpose.Households).Rows.Single().Household!.Area!.Value.Hundredths);
        }
    }

    [Theory]
    [InlineData("单位：万元", 15_000_00)]
    [InlineData("编制单位：某业委会　单位：万元", 15_000_00)]
    [InlineData("面积单位：平方米 金额单位：万元", 15_000_00)]
    [InlineData("单位：平方米、万元", 15_000_00)]
    [InlineData("单位：户、平方米、万元", 15_000_00)]
    [InlineData("单位：万元 日期：2026-03-01", 15_000_00)]
    [InlineData("单 位：人民币万 元", 15_000_00)]
    [InlineData("乐山路 12 号分摊表（万元）", 15_000_00)]
    [InlineData("（单位：百万元）", 1_500_000_00)]
    [InlineData("单位：元、平方米", 1_50)]
    [InlineData("编制单位：元和街道业委会", 1_50)]
    [InlineData("万科花园加装电梯，总价 65 万元", 1_50)]
    [InlineData("以下均以万元计", null)]
    [InlineData("单位：元或万元", null)]
    [InlineData("单位：元、万元", null)]
    public void A_unit_above_the_table_holds_for_its_amounts(string line, int? fen) => CheckUnit($"{line}\n楼层\t金额\n2\t1.5\n", fen);

    [Theory]
    [InlineData("金额（人民币万元）", 15_000_00)]
    [InlineData("金额（含税,万元）", 15_000_00)]
    [InlineData("金额（万元每户）", 15_000_00)]
    [InlineData("金额（万元/户）", 15_000_00)]
    [InlineData("金额（按万元计）", 15_000_00)]
    [InlineData("金额（百万元）", 1_500_000_00)]
    [InlineData("金额：人民币", 1_50)]
    [InlineData("金额（元）", 1_50)]
    [InlineData("金额（元，折合万元）", null)]
    [InlineData("金额（亿元）", null)]
    [InlineData("万元金额", null)]
    [InlineData("amount (10,000 yuan)", null)]
    [InlineData("amount (in thousands)", null)]
    public void A_unit_in_the_heading_is_understood_or_the_column_refused(string heading, int? fen) => CheckUnit($"楼层\t{heading}\n2\t1.5\n合计\t1.5\n", fen);

    [Fact] // A currency is no unit.
    public void A_heading_that_names_the_currency_leaves_the_unit_to_the_line_above() => CheckUnit("单位：万元\n楼层\t金额（人民币）\n2\t1.5\n", 15_000_00);

    private static void CheckUnit(string text, int? fen)
    {
        SheetReading reading = Read(text);
        Assert.Equal(fen is null ? [FaultCode.AmountUnitUnclear] : Array.Empty<FaultCode>(), reading.Faults.Select(fault => fault.Code));
        Assert.Equal((fen, fen > 1_50), ((int?)reading.Rows[0].TableRow!.Amount?.Fen, reading.Notes.Any(note => note.Code == SheetNoteCode.Unit)));
    }

    [Theory] // What is stored is 35000; what people see is 3.5 in the first six.
    [InlineData("金额（万元）", "0!.0,", null)]
    [InlineData("金额（万元）", "0\\.0,", null)]
    [InlineData("金额", "0!.0,", null)]
    [InlineData("金额（万元）", "0!.0,\"万元\"", 35_000_00)]
    [InlineData("金额（万元）", "0\".\"0000\"万元\"", 35_000_00)]
    [InlineData("金额", "0!.0,\"万元\"", 35_000_00)]
    [InlineData("金额", "0,\"万元\"", null)]
    [InlineData("金额", "0\"千元\"", null)]
    [InlineData("金额", "#,##0.00", 35_000_00)]
    public void A_format_that_moves_the_point_is_seen_through_or_refused(string heading, string format, int? fen)
    {
        MadeWorkbook workbook = new MadeWorkbook().With("表", [["楼层", heading], ["#2", "$35000"]]);
        workbook.Besides["xl/styles.xml"] = $"<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts><numFmt numFmtId=\"165\" formatCode=\"{System.Security.SecurityElement.Escape(format)}\"/></numFmts>"
            + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"14\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>";
        SheetReading reading = SheetReader.Read(workbook.Make(), SheetPurpose.Table, null, Language.Chinese, new FaultList())!;
        Assert.Equal(fen is null ? [FaultCode.CellShownOtherwise] : Array.Empty<FaultCode>(), reading.Faults.Select(fault => fault.Code));
        Assert.Equal(fen, (int?)reading.Rows[0].TableRow!.Amount?.Fen);
    }

    [Theory] // Nothing of a whole is paid by the square metre or by the month, and no area is a part of a hundred.
    [InlineData("分摊金额（元/㎡）", SheetPurpose.Table, "amountFen", false)]
    [InlineData("分摊金额（元/平方米）", SheetPurpose.Table, "amountFen", false)]
    [InlineData("费用（元/月）", SheetPurpose.Table, "amountFen", false)]
    [InlineData("金额（%）", SheetPurpose.Table, "amountFen", false)]
    [InlineData("面积（%）", SheetPurpose.Households, "areaM2", false)]
    [InlineData("面积/㎡", SheetPurpose.Households, "areaM2", true)]
    [InlineData("金额（元/户）", SheetPurpose.Table, "amountFen", true)]
    public void A_column_in_another_measure_is_not_read(string heading, object purpose, string member, bool isRead) =>
        Assert.Equal(isRead, Read($"室号\t楼层\t系数\t{heading}\n201\t2\t1\t50\n", (SheetPurpose)purpose).Columns.Any(column => column.Member == member));

    [Fact]
    public void Headings_in_two_rows_are_read_where_neither_is_enough()
    {
        SheetReading reading = Read("楼层\t室号\t各户承担\t\n\t\t比例\t金额\n2\t201\t40\t400\n3\t301\t60\t600\n");
        Assert.Equal(["floor", "household", "percent", "amountFen"], reading.Columns.Select(column => column.Member));
        Assert.Equal((2, 2), (reading.Rows.Count, reading.Source.HeadingLine));
    }

    [Fact]
    public void An_area_in_another_measure_is_not_read_as_square_metres() =>
        Assert.Equal([FaultCode.ColumnMissing], Read("室号\t楼层\t面积（亩）\n101\t1\t50\n", SheetPurpose.Households).Faults.Select(fault => fault.Code));

    [Theory] // However it is written, a door stands once.
    [InlineData("室号\t面积\n101\t50\n101\t60\n", SheetPurpose.Households)]
    [InlineData("室号\t面积\n101\t50\n１０１室\t60\n", SheetPurpose.Households)]
    [InlineData("室号\t金额\n101\t50\n201\t60\n101\t60\n", SheetPurpose.Table)]
    public void A_door_that_stands_twice_is_told_by_its_cell(string text, object purpose)
    {
        SheetReading reading = Read(text, (SheetPurpose)purpose);
        Assert.Equal([FaultCode.IdDuplicate], reading.Faults.Select(fault => fault.Code));
        Assert.Equal($"A{text.Count(letter => letter == '\n')}", reading.Faults[0].Values["cell"].ToString());
        Assert.True(reading.Households is null && reading.Table is null);
    }

    private static SheetReading Read(string text, SheetPurpose purpose = SheetPurpose.Table)
    {
        var faults = new FaultList();
        SheetReading? reading = SheetReader.Read(Encoding.UTF8.GetBytes(text), purpose, null, Language.Chinese, faults);
        Assert.True(reading is not null, string.Join(' ', faults.Faults.Select(fault => fault.Code)));
        return reading;
    }
}
