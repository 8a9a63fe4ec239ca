using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CostShare.Grains.Tests.Schemes;

namespace CostShare.Api.Tests.Sheets;

/// <summary>Whatever way a register or a table is written, the same is read.</summary>
public sealed class SheetPropertyTests(Running running) : IClassFixture<Running>
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static readonly int Cases = RandomCase.Count / 5;

    [Fact]
    public void A_register_is_read_back_however_it_was_written()
    {
        var ways = new HashSet<string>();
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            var written = new Written(random);
            Household[] households = [.. Enumerable.Range(0, random.Next(1, 15)).Select(i => new Household
            {
                // Each flat has a number of its own, and not always one that says the floor.
                Id = new HouseholdId(written.IdOf(i)),
                Floor = Floor.Of(Written.FloorOf(i)),
                Area = Area.FromHundredths(random.Next(1_000, 40_000)),
                Use = (Use)random.Next(4),
                Joins = random.Next(3) > 0,
                Entry = (Entry)random.Next(2),
            })];
            string[] headings = [written.Heading("室号", "户号", "房 号", "门牌"), written.Heading("楼层", "所在楼层", "层"), written.Heading("面积", "建筑面积（㎡）", "产权面积"), "用途", "是否参加", "入户"];
            (byte[] bytes, string way) = written.Pack([headings, .. households.Select(household => new[]
            {
                written.Door(household.Id.Value), written.Floor(household.Floor.Number), written.Decimal(household.Area.Hundredths, 2, "", "㎡", "平方米", " m2"),
                household.Use switch { Use.Dwelling => "住宅", Use.Shop => "商铺", Use.Garage => "车库", _ => "其他" }, household.Joins ? "是" : "否", household.Entry == Entry.Level ? "平层" : "半层",
            })]);
            ways.Add(way);
            var faults = new FaultList();
            SheetReading? reading = SheetReader.Read(bytes, SheetPurpose.Households, null, Language.Chinese, faults);
            Assert.True(reading?.Households is not null, $"seed {seed} ({way}): {string.Join(' ', faults.Faults.Select(fault => fault.Code))} {string.Join('\n', reading?.Faults.Select(fault => fault.Detail) ?? [])}");
            Assert.True(households.SequenceEqual(reading!.Households!), $"seed {seed} ({way})\n{string.Join('\n', households)}\n{string.Join("\n", reading.Households!)}");
            Assert.Equal(households.Max(household => household.Floor), reading.Storeys);
        }
        Assert.Equal(6, ways.Count);
    }

    [Fact]
    public void A_table_is_read_back_to_the_fen_however_it_was_written()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            var written = new Written(random);
            int power = random.Next(3) switch { 0 => 4, 1 => 3, _ => 0 };
            TableRow[] rows = [.. Enumerable.Range(0, random.Next(2, 12)).Select(i => new TableRow
            {
                Floor = Floor.Of(i + 1),
                Percent = Percentage.FromMillionths(random.Next(2_000_000, 9_000_000)),
                Coefficient = Coefficient.FromMillionths(random.Next(5_000_000)),
                Amount = Money.FromFen(random.Next(1, 100_000_000)),
            })];
            var total = Money.Sum(rows.Select(row => row.Amount!.Value));
            string unit = power switch { 4 => "（万元）", 3 => "(千元)", _ => written.Heading("", "（元）", "(单位：元)") };
            (byte[] bytes, string way) = written.Pack(
            [
                [written.Heading("楼层", "层"), "分摊比例", "系数", $"应交金额{unit}"],
                .. rows.Select(row => new[]
                {
                    written.Floor(row.Floor.Number), written.Decimal(row.Percent!.Value.Millionths, 6, "%"), written.Decimal(row.Coefficient!.Value.Millionths, 6, ""), Amount(row.Amount!.Value.Fen),
                }),
                [written.Heading("合计", "总 计", "合计："), "", "", Amount(total.Fen)],
            ]);
            var faults = new FaultList();
            SheetReading? reading = SheetReader.Read(bytes, SheetPurpose.Table, null, Language.Chinese, faults);
            Assert.True(reading?.Table is not null, $"seed {seed} ({way}): {string.Join(' ', faults.Faults.Select(fault => fault.Code))} {string.Join('\n', reading?.Faults.Select(fault => fault.Detail) ?? [])}");
            Assert.True(rows.SequenceEqual(reading!.Table!.Rows), $"seed {seed} ({way})");
            Assert.Equal(total, reading!.Table!.Total);

            string Amount(long fen) => power > 0 && random.Next(3) > 0 ? written.Decimal(fen, 2 + power, "") : written.Decimal(fen, 2, "元", "元整", " 元");
        }
    }

    [Theory]
    [InlineData("households", "zh-CN")]
    [InlineData("households", "en")]
    [InlineData("table", "zh-CN")]
    [InlineData("table", "en")]
    public async Task A_template_is_read_without_a_word(string purpose, string language)
    {
        foreach (string form in new[] { "xlsx", "csv" })
        {
            using HttpResponseMessage file = await running.Client.GetAsync(new Uri($"/api/v1/sheets/templates/{purpose}?format={form}&language={language}", UriKind.Relative));
            Assert.Equal((HttpStatusCode.OK, language, $"costshare-{purpose}.{form}"), (file.StatusCode, file.Content.Headers.ContentLanguage.Single(), file.Content.Headers.ContentDisposition!.FileNameStar));
            byte[] bytes = await file.Content.ReadAsByteArrayAsync();
            JsonNode reading = JsonNode.Parse((await running.Post(bytes, "application/octet-stream", language, $"?for={purpose}", UglySheetTests.Address)).Text)!;
            Assert.Empty(reading["notes"]!.AsArray());
            Assert.Equal(2, reading[purpose is "table" ? "table" : "households"] is JsonArray list ? list.Count : reading["table"]!["rows"]!.AsArray().Count);
            if (form == "csv")
            {
                // What takes tables in CSV elsewhere takes it too.
                var faults = new FaultList();
                if (purpose == "households") { Assert.NotNull(CsvTable.Read(bytes, HouseholdColumns.All, Language.Chinese, faults)); }
                else { Assert.True((await running.Post(bytes, "text/csv", address: TableTests.Address)).Json.GetProperty("closes").GetBoolean()); }
                Assert.Equal(0, faults.Count);
            }
        }
    }

    [Theory]
    [InlineData("1234.5", "1234.5")]
    [InlineData("１，２３４．５", "1234.5")]
    [InlineData("38。6", "38.6")]
    [InlineData("007", "7")]
    [InlineData("0.10", "0.10")]
    [InlineData("-1", "-1")]
    [InlineData("1,00", null)]
    [InlineData("1,2345", null)]
    [InlineData("1.", null)]
    [InlineData(".5", null)]
    [InlineData("1e5", null)]
    [InlineData("1.2.3", null)]
    [InlineData("约1", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("12 345", "12345")]
    [InlineData("1 234 567.8", "1234567.8")]
    [InlineData("52 60", null)]
    [InlineData("38 .6", null)]
    public void Digits_are_read_as_they_stand_or_not_at_all(string text, string? digits) => Assert.Equal(digits, WrittenNumber.Digits(WrittenNumber.Narrow(text)));

    [Theory]
    [InlineData("38.600000000000001", "38.6")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1.1000000000000001", "1.1")]
    [InlineData("18432.569999999998", "18432.57")]
    [InlineData("0.14285714285714285", "0.142857143")]
    [InlineData("38.60000001", "38.60000001")]
    [InlineData("38.6000000001", "38.6000000001")]
    [InlineData("-38.600000000000001", "-38.6")]
    [InlineData("38.600000002000001", "38.600000002")]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("5.23E1", "52.3")]
    [InlineData("1.2E-2", "0.012")]
    [InlineData("1E+3", "1000")]
    [InlineData("-2.5000000000000004", "-2.5")]
    [InlineData("0", "0")]
    [InlineData("1E999", "1E999")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345E-60", "12345678901234567890123456789012345678901234567890123456789012345E-60")]
    [InlineData("NaN", "NaN")]
    public void Traces_of_binary_floating_point_are_cleared_and_nothing_else(string stored, string text) => Assert.Equal(text, WrittenNumber.OfWorkbook(stored, NumberFormat.General, false).Text);

    [Theory] // Source: ECMA-376-1:2016, 18.17.4.1 (dates); spreadsheets keep the 29th of February 1900 that there never was.
    [InlineData("1", false, "1900-01-01")]
    [InlineData("59", false, "1900-02-28")]
    [InlineData("61", false, "1900-03-01")]
    [InlineData("46084", false, "2026-03-03")]
    [InlineData("46084.75", false, "2026-03-03")]
    [InlineData("44622", true, "2026-03-03")]
    [InlineData("0.5", false, "0.5")]
    public void Days_are_told_as_people_see_them(string stored, bool isFrom1904, string text)
    {
        GridCell cell = WrittenNumber.OfWorkbook(stored, NumberFormat.Day, isFrom1904);
        Assert.Equal((CellContent.Day, text), (cell.Content, cell.Text));
    }

    [Fact] // What a program writes of a decimal number from binary floating point, whatever it adds up, is that number.
    public void A_decimal_number_survives_binary_floating_point()
    {
        var random = new Random(20_261_121);
        for (int i = 0; i < Cases; i++)
        {
            long hundredths = random.NextInt64(1, 1_000_000_000);
            double noisy = hundredths / 100.0;
            string stored = (i % 3 == 0 ? noisy + 0.1 - 0.1 : noisy).ToString("G17", CultureInfo.InvariantCulture);
            string expected = (hundredths / 100m).ToString("0.##", CultureInfo.InvariantCulture);
            Assert.Equal(expected, WrittenNumber.OfWorkbook(stored, NumberFormat.General, false).Text);
        }
    }

    [Theory]
    [InlineData("三", 3)]
    [InlineData("十", 10)]
    [InlineData("十二", 12)]
    [InlineData("二十", 20)]
    [InlineData("二十一", 21)]
    [InlineData("一百", 100)]
    [InlineData("一百零五", 105)]
    [InlineData("一百一十五", 115)]
    [InlineData("贰拾", 20)]
    [InlineData("两", 2)]
    [InlineData("零", 0)]
    [InlineData("三三", null)]
    [InlineData("十十", null)]
    [InlineData("一百五", null)]
    [InlineData("半", null)]
    [InlineData("", null)]
    [InlineData("二十零", null)]
    public void Chinese_numerals_are_read(string text, int? number) => Assert.Equal(number, WrittenNumber.Whole(text));

    [Theory]
    [InlineData("302", 3)]
    [InlineData("1201", 12)]
    [InlineData("0302", 3)]
    [InlineData("3-302", 3)]
    [InlineData("12号602", 6)]
    [InlineData("302A", 3)]
    [InlineData("3A", 3)]
    [InlineData("3-2", null)]
    [InlineData("32", null)]
    [InlineData("12345", null)]
    [InlineData("012", null)]
    [InlineData("A3A", null)]
    [InlineData("东间", null)]
    public void A_door_says_its_floor_or_nothing(string door, int? floor) => Assert.Equal(floor, CellReader.FloorOfDoor(door));

    [Theory]
    [InlineData(9, null, NumberFormat.Percent)]
    [InlineData(10, null, NumberFormat.Percent)]
    [InlineData(0, null, NumberFormat.General)]
    [InlineData(4, null, NumberFormat.General)]
    [InlineData(13, null, NumberFormat.General)]
    [InlineData(14, null, NumberFormat.Day)]
    [InlineData(22, null, NumberFormat.Day)]
    [InlineData(23, null, NumberFormat.General)]
    [InlineData(31, null, NumberFormat.Day)]
    [InlineData(58, null, NumberFormat.Day)]
    [InlineData(164, "m\"月\"d\"日\"", NumberFormat.Day)]
    [InlineData(164, "[$-804]yyyy\"年\"m\"月\"", NumberFormat.Day)]
    [InlineData(164, "[h]:mm", NumberFormat.Day)]
    [InlineData(164, "0.0%;[Red]-0.0%", NumberFormat.Percent)]
    [InlineData(164, "0.00\"万元\"", NumberFormat.TenThousands)]
    [InlineData(164, "0!.0,\"万元\"", NumberFormat.YuanInTenThousands)]
    [InlineData(164, "0\\.0,\"万\"", NumberFormat.YuanInTenThousands)]
    [InlineData(164, "0\".\"0000\"万元\"", NumberFormat.YuanInTenThousands)]
    [InlineData(164, "0!.0,", NumberFormat.Scaled)]
    [InlineData(164, "0\\.0,", NumberFormat.Scaled)]
    [InlineData(164, "0!.00,\"万元\"", NumberFormat.Scaled)]
    [InlineData(164, "0\".\"00", NumberFormat.Scaled)]
    [InlineData(164, "0.0,,\"百万\"", NumberFormat.Scaled)]
    [InlineData(164, "#,##0,", NumberFormat.Scaled)]
    [InlineData(164, "0\"千元\"", NumberFormat.Scaled)]
    [InlineData(164, "\"No.\"000", NumberFormat.General)]
    [InlineData(164, "0!层", NumberFormat.General)]
    [InlineData(164, "0.00\"元.\"", NumberFormat.General)]
    [InlineData(164, "#,##0.00\"元\"", NumberFormat.General)]
    [InlineData(164, "General\"㎡\"", NumberFormat.General)]
    [InlineData(164, "[Red]0.00", NumberFormat.General)]
    [InlineData(164, "0.00\"m²\"", NumberFormat.General)]
    [InlineData(164, "0;-0.0%;yyyy", NumberFormat.General)]
    [InlineData(164, "0_d", NumberFormat.General)]
    [InlineData(164, "0* d", NumberFormat.Day)]
    [InlineData(164, "0*d", NumberFormat.General)]
    [InlineData(164, "0\\%", NumberFormat.General)]
    [InlineData(164, "0,\"万\"", NumberFormat.Scaled)]
    [InlineData(164, "#,##0\"万\"", NumberFormat.TenThousands)]
    public void Formats_say_what_people_see(int id, string? code, object format) => Assert.Equal(format, NumberFormats.Of(id, code));

    /// <summary>One of the many ways in which people and programs write the same.</summary>
    private sealed class Written(Random random)
    {
        private readonly bool _isWide = random.Next(3) == 0, _isSpoken = random.Next(2) == 0, _hasTitle = random.Next(2) == 0;
        private readonly int _doors = random.Next(3), _form = random.Next(6);

        public static int FloorOf(int i) => 1 + (i / 2 * 3 % 30);

        public string IdOf(int i) => _doors switch { 0 => $"{FloorOf(i)}{i % 2 + 1:D2}{(i > 18 ? "A" : "")}", 1 => $"东{i + 1}", _ => $"2-{FloorOf(i)}{i % 2 + 1:D2}" };

        public string Heading(params string[] choices) => choices[random.Next(choices.Length)];

        public string Door(string id) => Wide(char.IsAsciiDigit(id[^1]) && random.Next(2) == 0 ? $"{id}室" : id);

        public string Floor(int floor) => Wide(!_isSpoken ? $"{floor}" : random.Next(4) switch { 0 => $"第{Spoken(floor)}层", 1 => $"{floor}F", 2 => $"{Spoken(floor)}楼", _ => $"{floor} 层" });

        public string Decimal(long units, int places, params string[] after)
        {
            string digits = units.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0'), whole = digits[..^places], rest = digits[^places..].TrimEnd('0');
            if (random.Next(3) == 0 && _form is 0 or 3 or 4) { whole = long.Parse(whole, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture); }
            return Wide((rest.Length > 0 ? $"{whole}.{rest}" : whole) + after[random.Next(after.Length)]);
        }

        /// <summary>The rows as one of six kinds of files.</summary>
        public (byte[] Bytes, string Way) Pack(string[][] rows)
        {
            string[][] all = _hasTitle ? [["乐山路 12 号加装电梯"], .. rows, [], ["注：以协议为准"]] : rows;
            string text(char separator) => string.Concat(all.Select(row => string.Join(separator, row) + "\r\n"));
            return _form switch
            {
                0 => (Encoding.UTF8.GetBytes(text('\t')), "tabs"),
                1 => ([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text(','))], "csv"),
                2 => (Gb18030.GetBytes(text(',')), "gbk"),
                3 => ([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text('\t'))], "utf-16"),
                4 => (new MadeWorkbook().With("表", all).Make(), "xlsx"),
                _ => (new MadeWorkbook().With("空", []).With("表", [.. all.Select((row, i) => i <= (_hasTitle ? 1 : 0) ? row : row.Select(AsNumber).ToArray())]).Make(), "xlsx with numbers"),
            };
        }

        // As a spreadsheet holds numbers, through binary floating point.
        private static string AsNumber(string cell) => cell.Length is > 0 and < 12 && cell.All(letter => char.IsAsciiDigit(letter) || letter == '.') && cell[0] != '.' && (cell[0] != '0' || cell.StartsWith("0.", StringComparison.Ordinal))
            ? $"#{double.Parse(cell, CultureInfo.InvariantCulture).ToString(cell.Length % 2 == 0 ? "G17" : "R", CultureInfo.InvariantCulture)}" : cell;

        private string Wide(string text) => !_isWide ? text : string.Concat(text.Select(letter => letter is >= '!' and <= '~' && letter is not ('"' or ',') ? (char)(letter - '!' + '！') : letter));

        private static string Spoken(int number)
        {
            const string numerals = "零一二三四五六七八九";
            return number < 10 ? $"{numerals[number]}" : $"{(number < 20 ? "" : numerals[number / 10])}十{(number % 10 == 0 ? "" : numerals[number % 10])}";
        }
    }
}
