using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests;

public sealed class ComparisonTests(Running running) : IClassFixture<Running>
{
    public static TheoryData<string> Examples => [.. Running.Examples];

    [Fact]
    public void There_is_an_example_of_each_city_and_table() => Assert.Equal(
        ["beijing-corridor.json", "beijing.json", "elevator.json", "guangzhou.json", "leshan.json", "nanjing.json", "shanghai-poll.json", "shanghai.json", "w01-300000.json", "w04-italy.json",
         "w05-galicia.json", "w06-shapley-floors.json", "w08-points.json", "wuhan-r01.json", "wuhan-r02.json", "wuhan-r03.json"], Running.Examples);

    [Theory] // docs/decisions/0008-tests.md tells how the answers in approved/ are made anew.
    [MemberData(nameof(Examples))]
    public async Task An_example_gives_the_approved_answer(string name)
    {
        Answer answer = await running.Post(Encoding.UTF8.GetBytes(Running.Example(name)), "application/json", query: "?include=derivations");
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.MediaType));
        string approved = Path.Combine(AppContext.BaseDirectory, "approved", name);
        string actual = Indented(answer.Text);
        if (Environment.GetEnvironmentVariable("COSTSHARE_APPROVE") is string folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), actual);
        }
        Assert.Equal(await File.ReadAllTextAsync(approved), actual);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_sum_of_an_example_closes(string name)
    {
        JsonElement request = JsonDocument.Parse(Running.Example(name)).RootElement;
        JsonElement answer = (await running.Post(Running.Example(name))).Json;
        JsonElement funding = answer.GetProperty("funding");
        long total = request.GetProperty("costs").EnumerateArray().Sum(cost => cost.GetProperty("amountFen").GetInt64());
        Assert.Equal(total, funding.GetProperty("totalCostFen").GetInt64());
        Assert.Equal(total, Sum(funding.GetProperty("matrix"), "amountFen"));
        Assert.Equal(total - Sum(funding.GetProperty("sources"), "amountFen"), funding.GetProperty("selfFundedFen").GetInt64());
        foreach (JsonElement scheme in answer.GetProperty("schemes").EnumerateArray())
        {
            long Of(string member) => scheme.GetProperty(member).GetInt64();
            Assert.Equal(funding.GetProperty("selfFundedFen").GetInt64() + Of("compensationFen"), Of("payableFen"));
            Assert.Equal(Of("billedFen") - Of("payableFen"), Of("reserveFen"));
            Assert.Equal(Of("billedFen") - Of("compensationFen") - Of("reliefFen"), Sum(scheme.GetProperty("shares"), "amountFen"));
            Assert.Equal(Sum(scheme.GetProperty("shares"), "amountFen"), Sum(scheme.GetProperty("floors"), "amountFen"));
            Assert.Equal(request.GetProperty("building").GetProperty("households").EnumerateArray().Select(household => household.GetProperty("id").GetString()),
                scheme.GetProperty("shares").EnumerateArray().Select(share => share.GetProperty("household").GetString()));
            Assert.False(scheme.TryGetProperty("derivations", out _));
        }
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bytes()
    {
        string first = (await running.Post(Running.Example("leshan.json"))).Text;
        for (int i = 0; i < 20; i++) { Assert.Equal(first, (await running.Post(Running.Example("leshan.json"))).Text); }
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_answer_is_packed_for_whom_it_may_be(string packing)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Running.Comparisons, UriKind.Relative))
        {
            Content = new StringContent(Running.Example("leshan.json"), Encoding.UTF8, "application/json"),
        };
        request.Headers.AcceptEncoding.ParseAdd(packing);
        using HttpResponseMessage response = await running.Client.SendAsync(request);
        Assert.Equal(packing, Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        await using Stream packed = await response.Content.ReadAsStreamAsync();
        await using Stream plain = packing == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Equal((await running.Post(Running.Example("leshan.json"))).Text, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task The_published_table_of_300000_yuan_comes_out_to_the_yuan()
    {
        JsonElement scheme = (await running.Post(Running.Example("w01-300000.json"))).Json.GetProperty("schemes")[0];
        Assert.Equal([0, 0, 5_000_000, 5_500_000, 6_000_000, 6_500_000, 7_000_000],
            scheme.GetProperty("floors").EnumerateArray().Select(floor => floor.GetProperty("amountFen").GetInt64()));
    }

    [Fact]
    public async Task A_programme_shows_as_nought_to_the_residents()
    {
        JsonElement funding = (await running.Post(Running.Example("leshan.json"))).Json.GetProperty("funding");
        JsonElement sewer = Assert.Single(funding.GetProperty("matrix").EnumerateArray(), entry => entry.GetProperty("costId").GetString() == "sewer");
        Assert.Equal("sewer-works", sewer.GetProperty("sourceId").GetString());
        Assert.Equal(48_000_000, funding.GetProperty("selfFundedFen").GetInt64());
        Assert.Equal(28_000_000, funding.GetProperty("bridgeFen").GetInt64());
    }

    [Theory]
    [InlineData("50.5", "5050")]
    [InlineData("50.50", "5050")]
    [InlineData("5.05e1", "5050")]
    [InlineData("505E-1", "5050")]
    [InlineData("0.5050e+2", "5050")]
    [InlineData("50.500000000000000000000000000000", "5050")]
    [InlineData("100000", "10000000")]
    [InlineData("0.01", "1")]
    public async Task An_area_is_read_exactly_however_it_is_written(string written, string hundredths)
    {
        string body = Running.Small().ToJsonString().Replace("50.5", written, StringComparison.Ordinal);
        body = body.Replace("\"kind\":\"equal\"", "\"kind\":\"area\"", StringComparison.Ordinal);
        long own = long.Parse(hundredths, System.Globalization.CultureInfo.InvariantCulture);
        JsonElement share = (await running.Post(body)).Json.GetProperty("schemes")[0].GetProperty("shares")[0];
        string exact = share.GetProperty("exact").GetString()!;
        long[] parts = [.. exact.Split('/').Select(long.Parse)];
        Assert.Equal((decimal)own * 100_000 / (own + 6_000), (decimal)parts[0] / (parts.Length > 1 ? parts[1] : 1), 12);
    }

    [Theory]
    [InlineData("", "zh-CN", "缺少")]
    [InlineData("en", "en", "missing")]
    [InlineData("en-GB, zh;q=0.5", "en", "missing")]
    [InlineData("fr, en;q=0.5", "en", "missing")]
    [InlineData("zh-Hans-CN, en", "zh-CN", "缺少")]
    [InlineData("en;q=0.4, zh;q=0.9", "zh-CN", "缺少")]
    [InlineData("fr", "zh-CN", "缺少")]
    [InlineData("*", "zh-CN", "缺少")]
    [InlineData("en;q=0", "zh-CN", "缺少")]
    [InlineData("energy", "zh-CN", "缺少")]
    public async Task Refusals_are_Chinese_unless_English_is_preferred(string accepted, string language, string words)
    {
        Answer answer = await running.Post("{}", accepted);
        Assert.Equal(language, answer.Language);
        Assert.Contains(words, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_names_the_number_in_yuan_and_the_value_is_in_fen()
    {
        JsonObject body = Running.Small();
        body["schemes"]![0]!["adjustments"] = JsonNode.Parse("""[{ "kind": "cap", "amountFen": 12345 }]""");
        JsonElement fault = (await running.Post(body)).Json.GetProperty("faults")[0];
        Assert.Equal("Scheme 1: The caps are too low: 753.10 yuan short.", fault.GetProperty("detail").GetString());
        Assert.Equal(75_310, fault.GetProperty("values").GetProperty("shortfallFen").GetInt64());
        Assert.Equal("第 1 个方案：封顶太低：合计还差 753.10 元。", (await running.Post(body, "zh")).Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_subsidy_policy_gives_what_its_rule_says()
    {
        JsonObject body = Running.Small();
        body["costs"]![0]!["amountFen"] = 76_000_000;
        body["funding"] = JsonNode.Parse("""[{ "id": "s", "kind": "policy", "policy": "shanghai-lift", "on": "2022-05-01" }]""");
        JsonElement source = (await running.Post(body)).Json.GetProperty("funding").GetProperty("sources")[0];
        Assert.Equal(28_000_000, source.GetProperty("amountFen").GetInt64());
        Assert.Equal("2020-04-01", source.GetProperty("policy").GetProperty("from").GetString());
    }

    [Fact]
    public async Task Shape_is_told_before_rules_and_all_of_it()
    {
        JsonObject body = Running.Small();
        body["building"]!["storeys"] = 0;
        body["building"]!["households"]![1]!["id"] = "101";
        body["costs"]![0]!["colour"] = "red";
        body["schemes"]![0]!.AsObject().Remove("name");
        Assert.Equal(["outOfRange /building/storeys", "memberUnknown /costs/0/colour", "memberMissing /schemes/0/name"],
            (await running.Post(body)).Faults(HttpStatusCode.BadRequest));
        body["building"]!["storeys"] = 2;
        body["costs"]![0]!.AsObject().Remove("colour");
        body["schemes"]![0]!["name"] = "n";
        Assert.Equal(["idDuplicate /building/households/1/id"], (await running.Post(body)).Faults(HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound, "notFound")]
    [InlineData("GET", "/api/v1/comparisons", HttpStatusCode.MethodNotAllowed, "methodNotAllowed")]
    [InlineData("PUT", "/api/v1/comparisons", HttpStatusCode.MethodNotAllowed, "methodNotAllowed")]
    [InlineData("POST", "/health/live", HttpStatusCode.MethodNotAllowed, "methodNotAllowed")]
    public async Task Addresses_and_methods_that_do_not_exist_are_told(string method, string path, HttpStatusCode status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await running.Client.SendAsync(request);
        Assert.Equal([$"{code} "], (await Answer.Of(response)).Faults(status));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task The_program_says_that_it_is_well(string path)
    {
        using HttpResponseMessage response = await running.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("healthy", (await Answer.Of(response)).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_program_without_its_data_folder_lives_but_is_not_ready()
    {
        using var losing = new Running();
        using HttpResponseMessage before = await losing.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        losing.LoseDataFolder();
        using HttpResponseMessage ready = await losing.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        using HttpResponseMessage live = await losing.Client.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (before.StatusCode, ready.StatusCode, live.StatusCode));
        Assert.Equal("unhealthy", (await Answer.Of(ready)).Json.GetProperty("status").GetString());
    }

    private static long Sum(JsonElement list, string member) => list.EnumerateArray().Sum(item => item.GetProperty(member).GetInt64());

    private static string Indented(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json), IndentedOptions) + "\n";

    private static readonly JsonSerializerOptions IndentedOptions = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
