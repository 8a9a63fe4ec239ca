using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using CostShare.Grains.Tests.Schemes;

namespace CostShare.Api.Tests.Sheets;

/// <summary>Files that mean harm, or are merely broken: each is refused in words, none is a defect, none takes more than it may.</summary>
public sealed class HostileSheetTests(Running running) : IClassFixture<Running>
{
    private const string Doctype = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";

    // A guard against hanging, not a test of speed.
    private const int MostSeconds = 60;

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml")]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/sharedStrings.xml")]
    [InlineData("xl/styles.xml")]
    [InlineData("_rels/.rels")]
    [InlineData("xl/_rels/workbook.xml.rels")]
    [InlineData("[Content_Types].xml")]
    [InlineData("docProps/core.xml")]
    [InlineData("xl/drawings/vmlDrawing1.vml")]
    public async Task A_document_type_is_refused_in_every_part(string part)
    {
        MadeWorkbook workbook = Small();
        workbook.Besides[part] = $"{Doctype}<x>&e;</x>";
        Answer answer = await Post(workbook.Make());
        Assert.Equal(["sheetDocumentType "], answer.Faults(HttpStatusCode.BadRequest));
        Assert.DoesNotContain("root:", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entities_that_grow_are_refused()
    {
        MadeWorkbook workbook = Small();
        workbook.Besides["xl/sharedStrings.xml"] = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><sst><si><t>&c;</t></si></sst>";
        Assert.Equal(["sheetDocumentType "], (await Post(workbook.Make())).Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_link_to_elsewhere_is_not_followed()
    {
        MadeWorkbook workbook = Small();
        workbook.Besides["xl/_rels/workbook.xml.rels"] = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" TargetMode=\"External\" "
            + "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"file:///etc/passwd\"/></Relationships>";
        Assert.Equal(["sheetEmpty "], (await Post(workbook.Make())).Faults(HttpStatusCode.BadRequest));
        // What lies elsewhere is not what has the same name here.
        string elsewhere = workbook.Besides["xl/_rels/workbook.xml.rels"];
        workbook.Besides["xl/_rels/workbook.xml.rels"] = elsewhere.Replace("file:///etc/passwd", "worksheets/sheet1.xml", StringComparison.Ordinal);
        Assert.Equal(["sheetEmpty "], (await Post(workbook.Make())).Faults(HttpStatusCode.BadRequest));
        workbook.Besides["xl/_rels/workbook.xml.rels"] = elsewhere.Replace("TargetMode=\"External\"", "", StringComparison.Ordinal).Replace("file:///etc/passwd", "../../../../etc/passwd", StringComparison.Ordinal);
        Assert.Equal(["sheetEmpty "], (await Post(workbook.Make())).Faults(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml")]
    [InlineData("xl/media/image1.bin")]
    public async Task A_bomb_is_refused_by_what_it_says_of_itself(string part)
    {
        byte[] bomb = MadeWorkbook.Pack(new Dictionary<string, byte[]> { ["xl/workbook.xml"] = "<workbook/>"u8.ToArray(), [part] = new byte[30 * 1024 * 1024] });
        Assert.True(bomb.Length < 100_000, $"{bomb.Length}");
        Assert.Equal(["sheetPackedTooTightly "], (await Post(bomb)).Faults(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task A_bomb_that_lies_about_its_size_is_stopped_while_it_unpacks()
    {
        // Blanks are allowed in XML, so that a reader would go on to the last of them.
        const int length = 60 * 1024 * 1024;
        MadeWorkbook workbook = Small();
        byte[] made = workbook.Make(), bomb;
        using (var bytes = new MemoryStream())
        {
            bytes.Write(made);
            using (var archive = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
            {
                archive.GetEntry("xl/worksheets/sheet1.xml")!.Delete();
                using Stream stream = archive.CreateEntry("xl/worksheets/sheet1.xml").Open();
                stream.Write("<worksheet><sheetData>"u8);
                byte[] blanks = Filled(' ')[..(1024 * 1024)];
                for (int i = 0; i < length / blanks.Length; i++) { stream.Write(blanks); }
                stream.Write("</sheetData></worksheet>"u8);
            }
            bomb = bytes.ToArray();
        }
        // Both places in which the file says how large the part is.
        byte[] size = BitConverter.GetBytes(length + "<worksheet><sheetData></sheetData></worksheet>".Length);
        int lies = 0;
        for (int i = 0; i <= bomb.Length - 4; i++)
        {
            if (!bomb.AsSpan(i, 4).SequenceEqual(size)) { continue; }
            BitConverter.GetBytes(900_000).CopyTo(bomb, i);
            lies++;
        }
        Assert.Equal(2, lies);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Answer answer = await Post(bomb);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        string[] faults = answer.Faults(answer.Status);
        Assert.Contains(faults[0], new[] { "sheetPackedTooTightly ", "sheetUnpacksTooLarge ", "sheetDamaged " });
        Assert.True(allocated < 100L * 1024 * 1024, $"{allocated} bytes");
    }

    [Fact]
    public async Task Much_that_is_not_packed_tightly_is_refused_as_too_large()
    {
        // Numbers that do not pack well: five parts of eight million bytes.
        var parts = new Dictionary<string, byte[]> { ["xl/workbook.xml"] = "<workbook/>"u8.ToArray() };
        for (int i = 0; i < 5; i++)
        {
            var text = new byte[8 * 1024 * 1024];
            var random = new Random(i);
            for (int j = 0; j < text.Length; j++) { text[j] = (byte)(random.Next(4) == 0 ? '0' + random.Next(2) : 'a'); }
            parts[$"xl/worksheets/sheet{i + 1}.xml"] = text;
        }
        byte[] large = MadeWorkbook.Pack(parts);
        Assert.InRange(large.Length, 1_000_000, 10 * 1024 * 1024);
        Assert.Equal(["sheetUnpacksTooLarge "], (await Post(large)).Faults(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task A_thousand_and_one_parts_are_too_many()
    {
        MadeWorkbook workbook = Small();
        int own = 0;
        using (var archive = new ZipArchive(new MemoryStream(workbook.Make()))) { own = archive.Entries.Count; }
        for (int i = own; i < 1_000; i++) { workbook.Besides[$"xl/media/{i}.bin"] = ""; }
        Assert.Equal(HttpStatusCode.OK, (await Post(workbook.Make())).Status);
        workbook.Besides["xl/media/more.bin"] = "";
        Assert.Equal(["sheetTooManyParts "], (await Post(workbook.Make())).Faults(HttpStatusCode.RequestEntityTooLarge));
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    [InlineData(10_200, false)]
    public async Task Ten_thousand_rows_are_read_besides_titles_and_headings_and_no_more(int below, bool accepted)
    {
        string text = "登记表\n室号\t楼层\t面积\n" + string.Concat(Enumerable.Range(1, below).Select(i => string.Create(CultureInfo.InvariantCulture, $"a{i}\t1\t50\n")));
        foreach (byte[] bytes in new[]
        {
            Encoding.UTF8.GetBytes(text),
            new MadeWorkbook().With("表", [["室号", "楼层", "面积"], .. Enumerable.Range(1, below).Select(i => new[] { $"#{100_000 + i}", "#1", "#50" })]).Make(),
        })
        {
            Answer answer = await Post(bytes);
            if (!accepted) { Assert.Equal(["sheetTooManyRows "], answer.Faults(HttpStatusCode.RequestEntityTooLarge)); }
            else { Assert.Equal(below, answer.Json.GetProperty("households").GetArrayLength()); }
        }
    }

    [Theory]
    [InlineData("\t")]
    [InlineData(",")]
    [InlineData(";")]
    public async Task Two_hundred_columns_are_read_and_more_are_told(string separator)
    {
        string row(string first, string filling) => first + string.Concat(Enumerable.Repeat(separator + filling, 100_000)) + "\n";
        JsonObjectOf(await Post(Encoding.UTF8.GetBytes(row($"室号{separator}面积", "x") + row($"101{separator}50", "y") + row($"201{separator}60", ""))), out var notes, out int households);
        Assert.Equal(2, households);
        Assert.Contains("moreColumns", notes);

        static void JsonObjectOf(Answer answer, out string[] notes, out int households)
        {
            notes = [.. answer.Json.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("code").GetString()!)];
            households = answer.Json.GetProperty("households").GetArrayLength();
            Assert.Equal(200, answer.Json.GetProperty("columns").GetArrayLength());
        }
    }

    [Fact]
    public async Task Very_many_cells_are_too_many()
    {
        string row = string.Join('\t', Enumerable.Repeat("1", 200)) + "\n";
        Assert.Equal(["sheetTooManyCells "], (await Post(Encoding.UTF8.GetBytes("室号\t面积\n" + string.Concat(Enumerable.Repeat(row, 1_100))))).Faults(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task Cells_merged_over_and_over_are_too_many()
    {
        byte[] bytes = new MadeWorkbook().With("表", [.. Enumerable.Range(0, 2_000).Select(_ => new[] { "#1", "#2" })], merged: [.. Enumerable.Repeat("A1:GR2000", 5_000)]).Make();
        Assert.Equal(["sheetTooManyCells "], (await Post(bytes)).Faults(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task One_part_as_many_sheets_is_refused_and_not_read_again_and_again()
    {
        MadeWorkbook workbook = Small().With("又", [["室号", "面积"], ["201", "#60"]]);
        workbook.Besides["xl/_rels/workbook.xml.rels"] = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + string.Concat(new[] { "rId1", "rId2" }.Select(id => $"<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>")) + "</Relationships>";
        workbook.Besides["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>室号</t></is></c><c t=\"inlineStr\"><is><t>面积</t></is></c></row><row><c><v>101</v></c><c><v>50</v></c></row></sheetData></worksheet>";
        Assert.Equal(["sheetDamaged "], (await Post(workbook.Make())).Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task What_is_unpacked_again_and_again_is_counted_each_time()
    {
        MadeWorkbook workbook = Small();
        workbook.Besides["xl/sharedStrings.xml"] = "<sst>" + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"<si><t>{i * 7_919L % 1_000_003}</t></si>")) + "</sst>";
        workbook.Besides["xl/_rels/workbook.xml.rels"] = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + string.Concat(Enumerable.Range(0, 50).Select(i => $"<Relationship Id=\"t{i}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/>")) + "</Relationships>";
        Assert.Equal(["sheetUnpacksTooLarge "], (await Post(workbook.Make())).Faults(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task Two_parts_of_one_name_are_refused()
    {
        using var bytes = new MemoryStream();
        bytes.Write(Small().Make());
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            using Stream stream = archive.CreateEntry("xl/Worksheets/sheet1.xml").Open();
            stream.Write("<worksheet/>"u8);
        }
        Assert.Equal(["sheetDamaged "], (await Post(bytes.ToArray())).Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Sheets_that_are_hidden_however_well_come_last_and_days_count_from_what_the_workbook_says()
    {
        MadeWorkbook workbook = new MadeWorkbook().With("旧", [["室号", "面积"], ["999", "#99"]], state: "veryHidden").With("新", [["室号", "面积"], ["@44622", "#50"]]);
        string book = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"旧\" state=\"veryHidden\" r:id=\"rId1\"/><sheet name=\"新\" r:id=\"rId2\"/></sheets></workbook>";
        workbook.Besides["xl/workbook.xml"] = book;
        Answer answer = await Post(workbook.Make());
        Assert.Equal(2, answer.Json.GetProperty("source").GetProperty("sheet").GetInt32());
        Assert.Equal("2026-03-03", answer.Json.GetProperty("faults")[0].GetProperty("values").GetProperty("value").GetString());
    }

    [Fact]
    public async Task Sheets_without_headings_have_only_as_many_cells_together_as_one()
    {
        var workbook = new MadeWorkbook();
        string[] row = [.. Enumerable.Repeat("#1", 200)];
        for (int i = 0; i < 11; i++) { workbook.With($"表{i}", [.. Enumerable.Repeat(row, 100)]); }
        Assert.Equal(["sheetTooManyCells "], (await Post(workbook.Make())).Faults(HttpStatusCode.RequestEntityTooLarge));
    }

    [Theory] // Each was seconds or a thousand million bytes of work for a file of a few million.
    [InlineData(64, 0, true)]
    [InlineData(65, 0, false)]
    [InlineData(3_000_000, 0, false)]
    [InlineData(1, 20_000, true)]
    [InlineData(1, 40_000, false)]
    [InlineData(1, 1_500_000, false)]
    public async Task Elements_that_are_deep_or_full_of_attributes_are_refused(int depth, int attributes, bool accepted)
    {
        MadeWorkbook workbook = Small();
        var random = new Random(1);
        // Blanks here and there, so that it does not pack too tightly.
        string inner = string.Concat(Enumerable.Range(0, attributes).Select(i => $" a{i}=\"\"")), opened = string.Concat(Enumerable.Range(0, depth - 1).Select(_ => random.Next(2) == 0 ? "<a>" : "<b >"));
        // What is not closed is broken, but not before its end; so that what is closed tells the depth.
        string closed = depth > 1_000 ? "" : string.Concat(Enumerable.Reverse(opened.Replace(" ", "", StringComparison.Ordinal).Split('>', StringSplitOptions.RemoveEmptyEntries)).Select(tag => $"</{tag[1..]}>"));
        workbook.Besides["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>室号</t></is></c><c t=\"inlineStr\"><is><t>面积</t></is></c></row><row><c><v>101</v></c><c><v>50</v></c></row></sheetData>"
            + $"{opened}<x{inner}/>{closed}</worksheet>";
        long before = GC.GetTotalAllocatedBytes(precise: true);
        byte[] bytes = workbook.Make();
        long made = GC.GetTotalAllocatedBytes(precise: true) - before;
        Answer answer = await Post(bytes);
        if (accepted) { Assert.Equal(HttpStatusCode.OK, answer.Status); }
        else { Assert.Equal(["sheetDamaged "], answer.Faults(HttpStatusCode.BadRequest)); }
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before - made < 100L * 1024 * 1024);
    }

    [Theory] // Spreadsheets write UTF-8; what else lies in a workbook may be written otherwise.
    [InlineData("customXml/item1.xml", true)]
    [InlineData("xl/worksheets/sheet1.xml", false)]
    public async Task A_part_that_is_read_is_in_UTF_8(string part, bool accepted)
    {
        foreach (Encoding wide in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            foreach (bool isMarked in new[] { true, false })
            {
                using var bytes = new MemoryStream();
                bytes.Write(Small().Make());
                using (var archive = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
                {
                    archive.GetEntry(part)?.Delete();
                    using Stream stream = archive.CreateEntry(part).Open();
                    stream.Write([.. isMarked ? wide.GetPreamble() : [], .. wide.GetBytes("<worksheet><sheetData/></worksheet>")]);
                }
                Answer answer = await Post(bytes.ToArray());
                if (accepted) { Assert.Equal(HttpStatusCode.OK, answer.Status); }
                else { Assert.Equal(["sheetDamaged "], answer.Faults(HttpStatusCode.BadRequest)); }
            }
        }
    }

    // Named, because tests are known by what they are given, and nobody wants ten million letters in a name.
    private static readonly Dictionary<string, Func<byte[]>> Texts = new()
    {
        ["ten million letters"] = () => Filled('a'),
        ["ten million tabs"] = () => Filled('\t'),
        ["ten million commas"] = () => Filled(','),
        ["ten million lines"] = () => Filled('\n'),
        ["ten million returns"] = () => Filled('\r'),
        ["ten million quotes"] = () => Filled('"'),
        ["ten million blanks"] = () => Filled(' '),
        ["ten million digits"] = () => Filled('1'),
        ["a quote and ten million letters"] = () => [(byte)'"', .. Filled('a')[1..]],
        ["quotes and commas"] = () => Filled("\","),
        ["quotes, letters and commas"] = () => Filled("\"a,"),
        ["quotes twice, letters and commas"] = () => Filled("\"\"a,\n"),
        ["zeros"] = () => new byte[1_000_001],
        ["one zero"] = () => [0],
        ["a mark of UTF-16"] = () => [0xFF, 0xFE],
        ["half a mark"] = () => [0xFF],
        ["a mark of UTF-8"] = () => [0xEF, 0xBB, 0xBF],
    };

    public static TheoryData<string> NamesOfTexts => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(NamesOfTexts))]
    public async Task Texts_without_sense_are_refused(string what)
    {
        var watch = Stopwatch.StartNew();
        Answer answer = await Post(Texts[what]());
        Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{what}: {answer.Status}");
        Assert.True(watch.Elapsed.TotalSeconds < MostSeconds, what);
    }

    [Fact]
    public async Task Random_bytes_and_files_that_break_off_are_refused()
    {
        byte[] workbook = UglySheets.All["12-merged-headings.xlsx"].Bytes;
        for (int seed = 0; seed < int.Max(100, RandomCase.Count / 10); seed++)
        {
            var random = new Random(seed);
            byte[] bytes = (seed % 4) switch
            {
                0 => workbook[..random.Next(workbook.Length)],
                1 => [.. "PK\u0003\u0004"u8, .. Noise(random, random.Next(2_000))],
                2 => Noise(random, random.Next(1, 2_000)),
                _ => Changed(workbook, random),
            };
            foreach (string purpose in new[] { "households", "table" })
            {
                Answer answer = await running.Post(bytes, "application/octet-stream", "zh", $"?for={purpose}", UglySheetTests.Address);
                Assert.True((int)answer.Status is 200 or 400 or 413, $"seed {seed}: {answer.Status} {answer.Text}");
            }
        }

        static byte[] Noise(Random random, int length)
        {
            var noise = new byte[length];
            random.NextBytes(noise);
            return noise;
        }

        static byte[] Changed(byte[] workbook, Random random)
        {
            byte[] changed = [.. workbook];
            for (int i = 0; i < 5; i++) { changed[random.Next(changed.Length)] = (byte)random.Next(256); }
            return changed;
        }
    }

    [Theory] // Parts that are XML and say what no spreadsheet says.
    [InlineData("<worksheet><sheetData><row r=\"0\"><c/></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=\"99999999999\"><c/></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=\"x\"/></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>2</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=\"1\"><c r=\"ZZZZZZZ1\"><v>1</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=\"1\"><c r=\"1\"><v>1</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"x\"><v>1</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>")]
    [InlineData("no xml")]
    [InlineData("")]
    public async Task A_broken_part_is_told_by_its_name(string sheet)
    {
        MadeWorkbook workbook = Small();
        workbook.Besides["xl/worksheets/sheet1.xml"] = sheet;
        Answer answer = await Post(workbook.Make());
        Assert.Equal(["sheetDamaged "], answer.Faults(HttpStatusCode.BadRequest));
        Assert.Equal("xl/worksheets/sheet1.xml", answer.Json.GetProperty("faults")[0].GetProperty("values").GetProperty("part").GetString());
    }

    [Fact]
    public async Task Numbers_that_no_cell_holds_are_refused_by_their_cells()
    {
        foreach (string number in new[] { "1E999", "1E-400", "NaN", "1e5e5", "--1", "9".PadLeft(450, '9'), "1E308", "-0.0000000000000000000001", "０" })
        {
            Answer answer = await Post(new MadeWorkbook().With("表", [["室号", "楼层", "面积"], ["101", $"#{number}", $"#{number}"]]).Make());
            Assert.True(answer.Status == HttpStatusCode.OK && answer.Json.GetProperty("faultCount").GetInt32() > 0, $"{number}: {answer.Text}");
        }
    }

    [Theory]
    [InlineData("D0CF11E0A1B11AE1", "sheetOldOrLocked ")]
    [InlineData("255044462D312E34", "sheetNotText ")]
    [InlineData("89504E470D0A1A0A0000", "sheetNotText ")]
    [InlineData("504B0506000000000000000000000000000000000000", "sheetIsOtherFile ")]
    [InlineData("504B0304", "sheetDamaged ")]
    [InlineData("", "bodyEmpty ")]
    [InlineData("20200A", "sheetEmpty ")]
    public async Task Other_files_are_told_what_to_do(string hex, string fault)
    {
        // A picture and a document hold more than their first letters.
        byte[] bytes = [.. Convert.FromHexString(hex), .. hex.StartsWith("25", StringComparison.Ordinal) ? new byte[] { 0x0A, 0x25, 0xE2, 0xE3, 0xCF, 0xD3, 0x80, 0x01 } : []];
        Assert.Equal([fault], (await Post(bytes)).Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_document_that_is_packed_alike_is_told_as_another_file()
    {
        byte[] document = MadeWorkbook.Pack(new Dictionary<string, byte[]>
        {
            ["_rels/.rels"] = Encoding.UTF8.GetBytes("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
            ["word/document.xml"] = "<document/>"u8.ToArray(),
        });
        Assert.Equal(["sheetIsOtherFile "], (await Post(document)).Faults(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fifty_million_bytes_are_refused_without_being_kept(bool chunked)
    {
        using var content = new Endless(50 * 1024 * 1024, chunked);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{UglySheetTests.Address}?for=households") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        using HttpResponseMessage response = await running.Client.SendAsync(request);
        Assert.Equal(["bodyTooLarge "], (await Answer.Of(response)).Faults(HttpStatusCode.RequestEntityTooLarge));
        // Ten million are let in before it is known that there are more; what is read beyond that is what was under way.
        Assert.True(content.Sent < 12 * 1024 * 1024, $"{content.Sent} bytes were taken.");
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 64L * 1024 * 1024);
    }

    [Theory]
    [InlineData("", "parameterForm ")]
    [InlineData("?for=x", "parameterForm ")]
    [InlineData("?for=households&for=table", "memberDuplicate ")]
    [InlineData("?for=table&x=1", "parameterUnknown ")]
    [InlineData("?for=table&sheet=0", "parameterForm ")]
    [InlineData("?for=households&sheet=2", "parameterForm ")]
    public async Task A_query_that_says_too_little_or_too_much_is_refused(string query, string fault)
    {
        foreach (byte[] bytes in new[] { "室号,面积\n101,50\n"u8.ToArray(), Small().Make() })
        {
            Assert.Equal([fault], (await running.Post(bytes, "text/csv", query: query, address: UglySheetTests.Address)).Faults(HttpStatusCode.BadRequest));
        }
    }

    [Theory]
    [InlineData("text/plain", true)]
    [InlineData("text/plain; charset=GBK", true)]
    [InlineData("text/csv; charset=utf-16le", true)]
    [InlineData("text/tab-separated-values", true)]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true)]
    [InlineData("application/vnd.ms-excel", true)]
    [InlineData("application/json", false)]
    [InlineData("text/html", false)]
    [InlineData("multipart/form-data; boundary=x", false)]
    [InlineData(null, false)]
    public async Task The_bytes_decide_and_the_type_only_says_that_it_is_a_sheet(string? type, bool accepted)
    {
        Answer answer = await running.Post("室号,面积\n101,50\n"u8.ToArray(), type, query: "?for=households", address: UglySheetTests.Address);
        if (accepted) { Assert.Equal(HttpStatusCode.OK, answer.Status); }
        else { Assert.Equal(["unsupportedMediaType "], answer.Faults(HttpStatusCode.UnsupportedMediaType)); }
    }

    [Fact]
    public async Task The_sheet_that_is_asked_for_is_read()
    {
        byte[] bytes = new MadeWorkbook().With("甲", [["室号", "面积"], ["101", "#50"]]).With("乙", [["室号", "面积"], ["201", "#60"]]).Make();
        foreach ((int sheet, string id) in new[] { (1, "101"), (2, "201") })
        {
            Answer answer = await running.Post(bytes, "application/octet-stream", query: $"?for=households&sheet={sheet}", address: UglySheetTests.Address);
            Assert.Equal((id, sheet), (answer.Json.GetProperty("households")[0].GetProperty("id").GetString(), answer.Json.GetProperty("source").GetProperty("sheet").GetInt32()));
        }
    }

    private static MadeWorkbook Small() => new MadeWorkbook().With("表", [["室号", "面积"], ["101", "#50"]]);

    private static byte[] Filled(char letter) => Filled($"{letter}");

    private static byte[] Filled(string again)
    {
        var text = new byte[10_000_000];
        for (int i = 0; i < text.Length; i++) { text[i] = (byte)again[i % again.Length]; }
        return text;
    }

    private Task<Answer> Post(byte[] bytes) => running.Post(bytes, "application/octet-stream", "en", "?for=households", UglySheetTests.Address);

    /// <summary>A body that is made while it is sent, and counts how much of it was taken.</summary>
    private sealed class Endless(int length, bool chunked) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[16 * 1024];
            for (; Sent < length; Sent += piece.Length) { await stream.WriteAsync(piece); }
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return !chunked;
        }
    }
}
