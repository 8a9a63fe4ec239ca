using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CostShare.Api.Tests.Streets;

/// <summary>What other rules would give, beside figures by hand.</summary>
[Collection(SeededGroup.Name)]
public sealed class WhatIfTests(Seeded seeded)
{
    private const string Street = $"/api/v1/streets/{Seeded.Xujiahui}/what-ifs", City = "/api/v1/city/what-ifs";

    private HttpClient Office => seeded.Running.Administrator;

    [Theory]
    [InlineData(Street, 35)]
    [InlineData(City, 75)]
    public async Task A_cap_of_300000_gives_29_stairs_more(string address, int stairs)
    {
        JsonNode result = JsonNode.Parse((await Office.Send($"{address}?limit=3", CapOf(30_000_000))).Text)!;
        // 40 % of 650,000 to 990,000 yuan: 260,000, and 4,000 more from stair to stair. Up to the 6th that is at most 280,000, up to the 11th at most 300,000.
        long before = (5 * 26_000_000) + (400_000 * (0 + 1 + 2 + 3 + 4)) + (30 * 28_000_000L), after = (10 * 26_000_000) + (400_000 * 45) + (25 * 30_000_000L);
        Assert.Equal((974_000_000, 1_028_000_000), (before, after));
        Assert.Equal((stairs, 35, 29, 0, 0), (Number("stairs"), Number("concerned"), Number("gain"), Number("lose"), Number("notReckoned")));
        Assert.Equal((before, after, after - before, after - before), (Fen("beforeFen"), Fen("afterFen"), Fen("differenceFen"), Fen("openDifferenceFen")));
        Assert.Equal(before - after, Fen("selfFundedAfterFen") - Fen("selfFundedBeforeFen"));
        Assert.Equal(["leshan-11 2000000", "leshan-12 2000000", "leshan-13 2000000"], result["lines"]!.AsArray().Select(line => $"{line!["building"]} {line["differenceFen"]}"));

        int Number(string name) => result[name]!.GetValue<int>();
        long Fen(string name) => result[name]!.GetValue<long>();
    }

    [Fact] // Its rule begins in 2020, and so does that of the stairs.
    public async Task The_example_gives_the_same() => Assert.Equal((await Office.Send(City, CapOf(30_000_000))).Text,
        (await Office.Send(City, File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "examples", "what-if", "cap-300000.json")))).Text);

    [Fact]
    public async Task A_lower_cap_takes_from_stairs_and_nothing_is_stored()
    {
        Answer before = await Office.Get("/api/v1/city/summary");
        JsonNode result = JsonNode.Parse((await Office.Send(City, CapOf(26_400_000))).Text)!;
        Assert.Equal((0, 33), (result["gain"]!.GetValue<int>(), result["lose"]!.GetValue<int>()));
        Assert.Equal((26_000_000 + 26_400_000 * 34L) - 974_000_000, result["differenceFen"]!.GetValue<long>());
        Assert.Equal(33, result["lines"]!.AsArray().Count);
        Assert.Empty(JsonNode.Parse((await Office.Send($"{City}?limit=0", CapOf(26_400_000))).Text)!["lines"]!.AsArray());
        Assert.Equal(before.Text, (await Office.Get("/api/v1/city/summary")).Text);
    }

    [Fact]
    public async Task Events_tell_how_far_it_is_and_end_with_the_same_result()
    {
        Answer answer = await Office.Send(Street, CapOf(30_000_000), "text/event-stream");
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.Status, answer.MediaType));
        string[][] events = [.. answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('\n'))];
        Assert.Equal(["event: progress", "event: progress", "event: result"], events.Select(lines => lines[0]));
        Assert.Equal(["data: {\"done\":0,\"total\":35}", "data: {\"done\":35,\"total\":35}"], events[..2].Select(lines => lines[1]));
        Assert.Equal($"data: {(await Office.Send(Street, CapOf(30_000_000))).Text}", events[2][1]);
    }

    [Fact]
    public async Task Tables_are_those_of_the_JSON()
    {
        JsonNode result = JsonNode.Parse((await Office.Send(Street, CapOf(30_000_000))).Text)!;
        string[] csv = (await Office.Send($"{Street}?format=csv", CapOf(30_000_000))).Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("building,street,estate,address,now (yuan),then (yuan),difference (yuan),difference of what residents raise (yuan),granted or paid", csv[0].Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal(result["lines"]!.AsArray().Select(line => $"{line!["building"]},{line["street"]},{line["estate"]},{line["address"]},{line["beforeFen"]!.GetValue<long>() / 100m:0.00},"
            + $"{line["afterFen"]!.GetValue<long>() / 100m:0.00},{line["differenceFen"]!.GetValue<long>() / 100m:0.00},{line["selfFundedDifferenceFen"]!.GetValue<long>() / 100m:0.00},no"), csv[1..].Select(line => line.Replace("\"", "", StringComparison.Ordinal)));
        string[] figures = (await Office.Send($"{Street}?format=csv&table=figures", CapOf(30_000_000))).Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("\"policy\",\"name of the policy\",\"stairs\",\"concerned\",\"gain\",\"lose\",\"no rule now\",\"not reckoned\",\"now (yuan)\"", figures[0], StringComparison.Ordinal);
        Assert.StartsWith("\"shanghai-lift\",\"Shanghai lift subsidy\",35,35,29,0,0,0,9740000.00,10280000.00,540000.00,", figures[1], StringComparison.Ordinal);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (await Office.Send($"{Street}?format=xlsx", CapOf(30_000_000))).MediaType);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, "memberMissing /policy", "memberMissing /versions")]
    [InlineData("", HttpStatusCode.BadRequest, "bodyEmpty ")]
    [InlineData("""{"policy":"nowhere","versions":[]}""", HttpStatusCode.BadRequest, "entryCount /versions")]
    [InlineData("""{"policy":"shanghai-consent","versions":[VERSION]}""", HttpStatusCode.UnprocessableEntity, "policyUnknown /policy")]
    [InlineData("""{"policy":"shanghai-lift","versions":[VERSION,VERSION]}""", HttpStatusCode.UnprocessableEntity, "daysInWrongOrder /versions/1/from")]
    public async Task A_request_that_cannot_be_carried_out_is_refused_before_anything_is_told(string body, HttpStatusCode status, params string[] faults)
    {
        string version = JsonNode.Parse(CapOf(30_000_000))!["versions"]![0]!.ToJsonString();
        Answer answer = await Office.Send(City, body.Replace("VERSION", version, StringComparison.Ordinal), "text/event-stream");
        Assert.Equal(faults, answer.Faults(status));
    }

    [Theory]
    [InlineData($"{City}?limit=10001", HttpStatusCode.BadRequest, "parameterForm ")]
    [InlineData($"{City}?on=2022-01-01", HttpStatusCode.BadRequest, "parameterUnknown ")]
    [InlineData("/api/v1/streets/没有/what-ifs", HttpStatusCode.NotFound, "streetUnknown ")]
    public async Task An_address_that_says_nothing_known_is_refused(string address, HttpStatusCode status, string fault) => Assert.Equal([fault], (await Office.Send(address, CapOf(30_000_000))).Faults(status));

    [Fact]
    public async Task Closing_the_connection_ends_the_reading()
    {
        var endless = new Endless { StallsAfter = 3_500 };
        using var running = new Running { Besides = host => host.ConfigureTestServices(services => services.AddSingleton<ISummaries>(endless.Around)) };
        await Seeded.Register(new Buildings.Stored(running, "only"), "一", null, "一路 1 号", 6, 12);
        using var request = new HttpRequestMessage(HttpMethod.Post, City) { Content = new StringContent(CapOf(30_000_000), Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using (HttpResponseMessage response = await running.Administrator.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            // It tells how far it is, and then the store is slow to go on.
            string? last = null;
            while (last != "data: {\"done\":3000,\"total\":1}") { last = await reader.ReadLineAsync(); }
            Assert.False(endless.Ended.Task.IsCompleted);
        }
        await endless.Ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_comment_is_sent_while_the_store_has_not_told_of_the_first_stair()
    {
        var endless = new Endless { StallsAfter = 0 };
        using var running = new Running { Besides = host => host.ConfigureTestServices(services => services.AddSingleton<ISummaries>(endless.Around).AddSingleton<TimeProvider>(new Hurried())) };
        await Seeded.Register(new Buildings.Stored(running, "only"), "一", null, "一路 1 号", 6, 12);
        using var request = new HttpRequestMessage(HttpMethod.Post, City) { Content = new StringContent(CapOf(30_000_000), Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using (HttpResponseMessage response = await running.Administrator.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            for (int beats = 0; beats < 3;) { beats += await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) == ": still at it" ? 1 : 0; }
            Assert.False(endless.Ended.Task.IsCompleted);
        }
        await endless.Ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("text/event-stream;q=0, application/json", "application/json")]
    [InlineData("application/json, text/event-stream;q=0.1", "text/event-stream")]
    public async Task Events_are_told_where_they_are_wished_for(string accept, string type) => Assert.Equal(type, (await Office.Send(Street, CapOf(30_000_000), accept)).MediaType);

    [Theory]
    [InlineData(typeof(FormatException))]
    [InlineData(typeof(OverflowException))]
    public async Task A_defect_on_the_way_is_told_as_the_last_event(Type defect)
    {
        var endless = new Endless { FailsAfter = 1_500, Failure = (Exception)Activator.CreateInstance(defect)! };
        using var running = new Running { Besides = host => host.ConfigureTestServices(services => services.AddSingleton<ISummaries>(endless.Around)) };
        await Seeded.Register(new Buildings.Stored(running, "only"), "一", null, "一路 1 号", 6, 12);
        string[] events = (await running.Administrator.Send(City, CapOf(30_000_000), "text/event-stream")).Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("event: problem\n", events[^1], StringComparison.Ordinal);
        Assert.Contains("\"code\":\"internalError\"", events[^1], StringComparison.Ordinal);
        Assert.Equal("event: progress\ndata: {\"done\":1500,\"total\":1}", events[^2]);
    }

    [Fact]
    public async Task A_store_that_fails_on_the_way_is_told_as_the_last_event()
    {
        var endless = new Endless { FailsAfter = 1_500 };
        using var running = new Running { Besides = host => host.ConfigureTestServices(services => services.AddSingleton<ISummaries>(endless.Around)) };
        await Seeded.Register(new Buildings.Stored(running, "only"), "一", null, "一路 1 号", 6, 12);
        Answer answer = await running.Administrator.Send(City, CapOf(30_000_000), "text/event-stream");
        string[] last = answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1].Split('\n');
        Assert.Equal("event: problem", last[0]);
        Assert.Equal(("storeUnavailable", 503), (JsonNode.Parse(last[1]["data: ".Length..])!["code"]!.GetValue<string>(), JsonNode.Parse(last[1]["data: ".Length..])!["status"]!.GetValue<int>()));
        Assert.Equal(["storeUnavailable "], (await running.Administrator.Send(City, CapOf(30_000_000))).Faults(HttpStatusCode.ServiceUnavailable));
    }

    internal static string CapOf(long capFen) => $$"""
        {"policy":"shanghai-lift","versions":[{"from":"2022-01-01","certainty":"background","references":[{"title":{"zh":"设想","en":"A thought"},"certainty":"background"}],
          "parts":[{"name":{"zh":"施工金额的 40%","en":"40 % of the construction amount"},"layer":"cityAndDistrict","base":["equipment","civilWorks"],"amount":{"kind":"percent","percent":40},"capFen":{{capFen}}}],
          "paid":"notStated"}]}
        """;

    /// <summary>A clock whose timers ring a thousand times sooner.</summary>
    private sealed class Hurried : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, dueTime / 1_000, period);
    }

    /// <summary>The summaries of the store, which are read again and again without an end, until the store is said to fail or to stall.</summary>
    private sealed class Endless
    {
        public TaskCompletionSource Ended { get; } = new();

        public int? FailsAfter { get; init; }

        public Exception Failure { get; init; } = new JournalUnavailableException("It fails.", null);

        public int? StallsAfter { get; init; }

        public ISummaries Around(IServiceProvider services) => new Reading(this, services.GetRequiredService<IJournal>().Summaries);

        private sealed class Reading(Endless endless, ISummaries summaries) : ISummaries
        {
            public Task<IReadOnlyCollection<BuildingId>> Unreadable() => summaries.Unreadable();

            public Task<IReadOnlyDictionary<string, Int128>> Sums(Scope scope, DateOnly? on) => summaries.Sums(scope, on);

            public Task<IReadOnlyList<(Scope Part, IReadOnlyDictionary<string, Int128> Sums)>> Parts(Scope scope, DateOnly? on) => summaries.Parts(scope, on);

            public Task<IReadOnlyList<BuildingSummary>> WithCertificates(IReadOnlyCollection<string> certificates) => summaries.WithCertificates(certificates);

            public async IAsyncEnumerable<BuildingSummary> Read(Scope scope, DateOnly? on, [EnumeratorCancellation] CancellationToken cancellation)
            {
                try
                {
                    for (int read = 0; ;)
                    {
                        await foreach (BuildingSummary summary in summaries.Read(scope, on, cancellation))
                        {
                            if (++read > endless.FailsAfter) { throw endless.Failure; }
                            if (read > endless.StallsAfter) { await Task.Delay(Timeout.InfiniteTimeSpan, cancellation); }
                            yield return summary;
                        }
                    }
                }
                finally { endless.Ended.TrySetResult(); }
            }
        }
    }
}
