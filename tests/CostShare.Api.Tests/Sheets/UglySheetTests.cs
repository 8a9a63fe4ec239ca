using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests.Sheets;

/// <summary>Sheets as they really come: each is understood as it was meant, or refused with the cell named.</summary>
public sealed class UglySheetTests(Running running) : IClassFixture<Running>
{
    public const string Address = "/api/v1/sheets/reading";

    public static readonly string Folder = Path.Combine(FullRequest.FindRoot(), "tests", "CostShare.Api.Tests", "Sheets", "ugly");

    public static TheoryData<string> Names => [.. UglySheets.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_sheet_is_read_as_it_was_approved(string name)
    {
        (string purpose, byte[] bytes) = UglySheets.All[name];
        string file = Path.Combine(Folder, name), approved = Path.Combine(Folder, $"{name}.reading");
        string reading = Told(await running.Post(bytes, "application/octet-stream", "zh-CN", $"?for={purpose}", Address));
        if (Environment.GetEnvironmentVariable("COSTSHARE_APPROVE") is not null)
        {
            await File.WriteAllBytesAsync(file, bytes);
            await File.WriteAllTextAsync(approved, reading);
        }
        Assert.Equal(await File.ReadAllTextAsync(approved), reading);
        // The files are for people to try out; they are those that are read here.
        Assert.Equal(Unpacked(bytes), Unpacked(await File.ReadAllBytesAsync(file)));
    }

    [Fact]
    public void Every_file_is_explained()
    {
        string readme = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(UglySheets.All.Keys, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
        Assert.Equal(UglySheets.All.Keys, Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Where(name => name != "README.md" && !name.EndsWith(".reading", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_ready_is_accepted_as_it_stands(string name)
    {
        (string purpose, byte[] bytes) = UglySheets.All[name];
        Answer answer = await running.Post(bytes, "text/plain", "en", $"?for={purpose}", Address);
        if (answer.Status != HttpStatusCode.OK) { return; }
        JsonObject reading = JsonNode.Parse(answer.Text)!.AsObject();
        Assert.Equal(reading["faultCount"]!.GetValue<int>() == 0, reading.ContainsKey("households") || reading.ContainsKey("table"));
        if (reading["households"] is JsonNode households)
        {
            JsonObject request = Running.Small();
            request["building"] = new JsonObject { ["storeys"] = reading["storeys"]!.DeepClone(), ["households"] = households.DeepClone() };
            Assert.Equal(HttpStatusCode.OK, (await running.Post(request)).Status);
        }
        if (reading["table"] is JsonNode table) { Assert.Equal(HttpStatusCode.OK, (await running.PostTo(TableTests.Address, table.ToJsonString())).Status); }
    }

    [Fact]
    public async Task The_table_that_sums_to_102_is_told_from_the_paste_to_the_check()
    {
        JsonNode reading = JsonNode.Parse((await running.Post(UglySheets.All["24-shanghai-102.txt"].Bytes, "text/plain", "zh", "?for=table", Address)).Text)!;
        JsonElement check = (await running.PostTo(TableTests.Address, reading["table"]!.ToJsonString())).Json;
        Assert.False(check.GetProperty("closes").GetBoolean());
        Assert.Equal(("102", "2"), (check.GetProperty("checks")[0].GetProperty("actual").GetString(), check.GetProperty("checks")[0].GetProperty("difference").GetString()));
    }

    [Fact]
    public async Task Nobody_is_named_in_an_answer()
    {
        foreach (string language in new[] { "zh", "en" })
        {
            string answer = (await running.Post(UglySheets.All["20-names-and-phones.csv"].Bytes, "text/csv", language, "?for=households", Address)).Text;
            foreach (string secret in new[] { "张三", "李四", "王五", "138", "137", "139", "3101" }) { Assert.DoesNotContain(secret, answer, StringComparison.Ordinal); }
        }
    }

    /// <summary>A reading in lines, as people check it.</summary>
    private static string Told(Answer answer)
    {
        var text = new StringBuilder();
        if (answer.Status != HttpStatusCode.OK)
        {
            Assert.InRange((int)answer.Status, 400, 499);
            return $"{(int)answer.Status} {string.Join('\n', answer.Json.GetProperty("faults").EnumerateArray().Select(fault => $"{fault.GetProperty("code")}: {fault.GetProperty("detail")}"))}\n";
        }
        JsonElement reading = answer.Json;
        text.AppendLine(CultureInfo.InvariantCulture, $"{reading.GetProperty("for")} {reading.GetProperty("source").GetRawText()}");
        foreach (JsonElement column in reading.GetProperty("columns").EnumerateArray())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{column.GetProperty("column")} {Of(column, "heading")} = {Of(column, "member")}{(Of(column, "personal") == "-" ? "" : "personal")}");
        }
        foreach (JsonElement row in reading.GetProperty("rows").EnumerateArray())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.GetProperty("line")}: {row.GetProperty("cells").GetRawText()} -> {(row.TryGetProperty("household", out JsonElement read) ? read : row.GetProperty("tableRow")).GetRawText()}");
        }
        foreach (JsonElement skipped in reading.GetProperty("skipped").EnumerateArray()) { text.AppendLine(CultureInfo.InvariantCulture, $"skipped {skipped.GetProperty("line")}+{skipped.GetProperty("lines")} {skipped.GetProperty("why")}"); }
        foreach (JsonElement note in reading.GetProperty("notes").EnumerateArray()) { text.AppendLine(CultureInfo.InvariantCulture, $"{note.GetProperty("code")}: {note.GetProperty("sentence")}"); }
        foreach (JsonElement fault in reading.GetProperty("faults").EnumerateArray()) { text.AppendLine(CultureInfo.InvariantCulture, $"FAULT {fault.GetProperty("code")}: {fault.GetProperty("detail")}"); }
        text.AppendLine(CultureInfo.InvariantCulture, $"storeys {Of(reading, "storeys")} totals {Of(reading, "totals")} ready {reading.TryGetProperty("households", out _) || reading.TryGetProperty("table", out _)}{(reading.TryGetProperty("table", out JsonElement table) ? $" {table.GetProperty("valuesFor")}" : "")}");
        return text.ToString();
    }

    private static string Of(JsonElement element, string member) => element.TryGetProperty(member, out JsonElement value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "-";

    // What is in a packed file, however it was packed.
    private static string[] Unpacked(byte[] bytes)
    {
        if (bytes is not [(byte)'P', (byte)'K', ..]) { return [Convert.ToBase64String(bytes)]; }
        using var archive = new ZipArchive(new MemoryStream(bytes));
        return [.. archive.Entries.Select(entry =>
        {
            using var text = new StreamReader(entry.Open());
            return $"{entry.FullName} {text.ReadToEnd()}";
        })];
    }
}
