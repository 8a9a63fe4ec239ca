using System.Text;

namespace CostShare.Api.Tests.Sheets;

/// <summary>Sheets as they really come, made here and stored beside this file; what each has in it stands in its README.</summary>
internal static class UglySheets
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>The files by name, each with what it is read for.</summary>
    public static IReadOnlyDictionary<string, (string For, byte[] Bytes)> All { get; } = new SortedDictionary<string, (string, byte[])>(StringComparer.Ordinal)
    {
        ["01-title-and-totals.txt"] = Households("乐山路 12 号加装电梯住户表\n\n序号\t室号\t楼层\t建筑面积\n1\t101\t1\t52.30\n2\t201\t2\t52.30\n\n3\t301\t3\t60.5\n\t合 计\t\t165.1\n\n注：一楼不出资，以协议为准。\n制表人：\t业委会\n"),
        ["02-full-width.txt"] = Households("房号\t楼层\t面积（平方米）\n１０１\t１\t５２．３０\n２０１\t２Ｆ\t６０．５㎡\n３０２室\t３\t１，０３８．６ 平方米\n"),
        ["03-gbk.csv"] = ("table", Gb18030.GetBytes("楼层,户号,分摊比例,应交金额（元）\n2,201,10%,\"1,843.20\"\n3,301,40%,\"7,372.80\"\n4,401,50%,\"9,216.00\"\n合计,,100%,\"18,432.00\"\n")),
        ["04-utf-16.txt"] = ("households", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("门牌号\t楼层\t产权面积\r\n东一〇一\t1\t52.30\r\n西一〇一\t1\t48.75\r\n\"东二〇一\"\t2\t52.30\r\n")]),
        ["05-utf-16-without-mark.txt"] = ("households", Encoding.Unicode.GetBytes("室号\t楼层\t面积\r\n101\t1\t52.3\r\n201\t2\t60.5\r\n")),
        ["06-floors-in-words.csv"] = Households("室号,所在楼层,面积\n101室,底层,52.3\n201室,第二层,52.3\n301室,三楼,52.3\n401室,4F,52.3\n501室,五层,52.3\n601室,6楼（顶层）,52.3\n1201室,十二层,52.3\n2101室,二十一层,52.3\nB01,地下一层,20\n-101,-1,20\n"),
        ["07-doors-only.txt"] = Households("门牌\t面积\n302室\t38.6\n1201\t52.3\n3-502\t60.5\n12号602\t60.5\n4A\t44\n3-2\t38.6\n"),
        ["08-no-headings.txt"] = Households("101\t52.3\n201\t60.55\n301室\t38\n合计\t150.85\n"),
        ["09-no-headings-unclear.txt"] = Households("101\t52.3\t12.5\n201\t60.55\t20\n301\t38\t30\n"),
        ["10-ten-thousands.xlsx"] = ("table", new MadeWorkbook().With("分摊表",
            [["乐山路 12 号分摊表"], ["楼层", "户号", "分摊金额（万元）"], ["#2", "#201", "#1.8432"], ["#3", "#301", "#2.5"], ["#4", "#401", "3万元"], ["#5", "#501", "35000元"], ["合计", null, "=SUM(C3:C6)|10.8432"]]).Make()),
        ["11-unit-above.xlsx"] = ("table", new MadeWorkbook().With("Sheet1",
            [["电梯费用分摊表"], [null, null, null, "单位：万元"], ["层", "房号", "面积", "应交"], ["二层", "201", "#52.3", "#0.5"], ["三层", "301", "#52.3", "$1.25"], ["四层", "401", "#52.3", "12500元整"], ["五层", "501", "#52.3", "免交"]]).Make()),
        ["12-merged-headings.xlsx"] = ("table", new MadeWorkbook().With("Sheet1",
            [
                ["乐山路 12 号费用分摊明细"], ["住户", null, null, "分摊", null, "备注"], ["楼层", "室号", "面积", "比例", "金额（元）", null],
                ["一楼", "101", "#52.3", "#0", "#0"], [null, "102", "#60.5", "#0", "#0"], ["二楼", "201", "#52.3", "#40", "#4000"], [null, "202", "#60.5", "#60", "#6000"], ["合计", null, "#225.6", "#100", "#10000"],
            ], merged: ["A1:F1", "A2:C2", "D2:E2", "F2:F3", "A4:A5", "A6:A7", "A8:B8"]).Make()),
        ["13-per-cent-and-noise.xlsx"] = ("table", new MadeWorkbook().With("Sheet1",
            [["楼层", "面积", "分摊比例", "系数"], ["#1", "#38.600000000000001", "%0", "#0"], ["#2", "#52.299999999999997", "%0.28999999999999998", "#0.30000000000000004"], ["#3", "#60.5", "%0.71", "#1.1000000000000001"], ["#4", "#60.512", "%0", "#0"]]).Make()),
        ["14-parts-of-one.csv"] = ("table", Encoding.UTF8.GetBytes("楼层,比例\n1,0\n2,0.12\n3,0.28\n4,0.6\n合计,1\n")),
        ["15-days.xlsx"] = Households(new MadeWorkbook().With("Sheet1",
            [["门牌号", "楼层", "面积", "签字日期"], ["3-1", "#3", "#52.3", "@46084"], ["@46084", "#3", "#60.5", "@46084"], ["3月3日", "#3", "#60.5", "@46084"], ["3-4", "#3", "#60.5"]])),
        ["16-formulas.xlsx"] = Households(new MadeWorkbook().With("Sheet1",
            [["室号", "楼层", "面积"], ["#101", "#1", "=40+12.3|52.3"], ["#201", "=B2+1|2", "=40+20.5|60.5"], ["#301", "#3", "=C3"], ["#401", "#4", "!#REF!"], ["合计", null, "=SUM(C2:C5)|112.8"]])),
        ["17-numbers-as-text.xlsx"] = Households(new MadeWorkbook().With("Sheet1",
            [["室号", "楼层", "面积", "参加", "用途", "入户"], ["0101", "1", "52.30", "是", "门面", "平层入户"], ["'201", "'2", "'60.5", "×", "住宅", "错层"], ["301", "3", "1,060.5", "?1", "住房", null], ["401", "4", "60,5", "也许", "厂房", "平层"]])),
        ["18-two-sheets.xlsx"] = Households(new MadeWorkbook()
            .With("封面", [["乐山路 12 号"], ["加装电梯资料"]])
            .With("旧表", [["室号", "楼层", "面积"], ["999", "9", "#99"]], state: "hidden")
            .With("明细", [["室号", "楼层", "面积"], ["101", "#1", "#52.3"], ["201", "#2", "#60.5"]])),
        ["19-hidden.xlsx"] = Households(new MadeWorkbook().With("Sheet1",
            [["室号", "楼层", "面积", "套内面积"], ["101", "#1", "#52.3", "#40"], ["201", "#2", "#60.5", "#45"], ["301", "#3", "#60.5", "#45"]], hiddenRows: [3], hiddenColumns: [2])),
        ["20-names-and-phones.csv"] = Households("室号,业主姓名,联系电话,身份证号,住户,楼层,建筑面积(㎡),备注\n101,张三丰,13800138000,310101195001011234,张三丰,1,52.3,先联系儿子 13900139000\n201,李四光,13700137000,310101195501011234,李四光,2,60.5,\n联系人：王五,13600136000,,,,,,\n"),
        ["21-merged-amounts.xlsx"] = ("table", new MadeWorkbook().With("Sheet1",
            [["楼层", "房号", "金额"], ["#3", "301", "#30000"], ["#3", "302", null], ["#4", "401", "#20000"]], merged: ["C2:C3"]).Make()),
        ["22-comma-in-numbers.csv"] = ("table", Encoding.UTF8.GetBytes("楼层,户号,金额\n2,201,1,000\n3,301,2000\n")),
        ["23-pages.txt"] = Households("室号\t楼层\t面积\n101\t1\t52.3\n102\t1\t60.5\n一楼小计\t\t112.8\n室号\t楼层\t面积\n201\t2\t52.3\n202\t\t60.5\n东间\t\t20\n二层小计\t\t132.8\n总计：\t\t245.6\n"),
        ["24-shanghai-102.txt"] = ("table", Encoding.UTF8.GetBytes("楼层\t分摊比例\n一楼\t0%\n二楼\t6%\n三楼\t12%\n四楼\t20%\n五楼\t27%\n六楼\t37%\n合计\t102%\n")),
        ["25-two-bad-cells.txt"] = Households("室号\t楼层\t面积\n" + string.Concat(Enumerable.Range(1, 7).SelectMany(floor => Enumerable.Range(1, 5).Select(flat => (floor, flat) switch
        {
            (3, 2) => "302\t3\t38.6左右\n",
            (5, 4) => "504\t五楼半\t60.5\n",
            _ => $"{floor}0{flat}\t{floor}\t{50 + flat}.{floor}\n",
        }))) + "合计\t\t1800\n"),
        ["26-two-tables.csv"] = Households("室号,楼层,面积\n101,1,52.3\n201,2,60.5\n,,112.8\n\n楼层,金额\n1,0\n2,10000\n"),
        ["27-each-household.txt"] = ("table", Encoding.UTF8.GetBytes("楼层\t户数\t每户应交\n1\t2\t-\n2\t2户\t500\n3\t2\t1000\n合计\t\t3000\n")),
        ["28-other-program.xlsx"] = Households(OtherProgram()),
    };

    private static (string, byte[]) Households(string text) => ("households", Encoding.UTF8.GetBytes(text));

    private static (string, byte[]) Households(MadeWorkbook workbook) => ("households", workbook.Make());

    // Names with prefixes, no names of cells, texts in runs with reading aids, and days from 1904: allowed, and not what Excel writes.
    private static MadeWorkbook OtherProgram()
    {
        MadeWorkbook workbook = new MadeWorkbook().With("数据", []);
        workbook.Besides["xl/worksheets/sheet1.xml"] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:sheetData>"
            + "<x:row><x:c t=\"inlineStr\"><x:is><x:r><x:t>室</x:t></x:r><x:r><x:t>号</x:t></x:r><x:rPh sb=\"0\" eb=\"1\"><x:t>シツ</x:t></x:rPh></x:is></x:c><x:c t=\"inlineStr\"><x:is><x:t>面积</x:t></x:is></x:c></x:row>"
            + "<x:row><x:c t=\"inlineStr\"><x:is><x:t>101</x:t></x:is></x:c><x:c><x:v>5.23E1</x:v></x:c></x:row><x:row/>"
            + "<x:row><x:c><x:v>201</x:v></x:c><x:c t=\"str\"><x:f>A1</x:f><x:v>60.5</x:v></x:c></x:row></x:sheetData></x:worksheet>";
        return workbook;
    }
}
