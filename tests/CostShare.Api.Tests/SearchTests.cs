using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CostShare.Api.Comparisons;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CostShare.Api.Tests;

/// <summary>Searches over HTTP: the answer, the events, whose turn it is, and what is refused where.</summary>
public sealed class SearchTests(Running running) : IClassFixture<Running>
{
    public const string Address = "/api/v1/searches";

    private static string Example => File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "examples", "searches", "six-storeys.json"));

    [Fact]
    public async Task What_is_found_gives_the_same_amounts_in_a_comparison()
    {
        JsonNode search = JsonNode.Parse(Example)!;
        JsonNode result = await Found(running, Example);
        Assert.Equal(3, result["schemes"]!.AsArray().Count);
        Assert.True(result["frontier"]!.GetValue<int>() >= 3 && result["complete"]!.GetValue<bool>());
        var comparison = new JsonObject { ["schemes"] = new JsonArray([.. result["schemes"]!.AsArray().Select(found => found!["scheme"]!.DeepClone())]) };
        foreach (string member in new[] { "building", "costs", "funding", "standAlone" }) { comparison[member] = search[member]!.DeepClone(); }
        JsonNode compared = JsonNode.Parse((await running.Post(comparison)).Text)!;
        Assert.Equal(result["schemes"]!.AsArray().Select(found => Amounts(found!["amounts"]!)), compared["schemes"]!.AsArray().Select(scheme => Amounts(scheme!["shares"]!)));

        static string Amounts(JsonNode list) => string.Join(' ', list.AsArray().Select(one => $"{one!["household"]}={one["amountFen"]}"));
    }

    [Fact]
    public async Task No_limit_of_a_household_is_told()
    {
        JsonNode search = JsonNode.Parse(Example)!;
        search["building"]!["households"]![9]!["limitFen"] = 5_432_109;
        string text = (await running.PostTo(Address, search.ToJsonString())).Text;
        Assert.DoesNotContain("5432109", text, StringComparison.Ordinal);
        Assert.DoesNotContain("limitFen", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_tell_how_far_it_is_and_end_with_the_same_result()
    {
        string[][] events = [.. (await SearchAndTell(running, Example)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(one => !one.StartsWith(':')).Select(one => one.Split('\n'))];
        Assert.Equal("event: progress", events[0][0]);
        Assert.Equal("data: {\"done\":0,\"total\":3012}", events[0][1]);
        Assert.Equal(("event: progress", "data: {\"done\":3012,\"total\":3012}"), (events[^2][0], events[^2][1]));
        Assert.Equal(("event: result", $"data: {(await running.PostTo(Address, Example)).Text}"), (events[^1][0], events[^1][1]));
    }

    [Fact]
    public async Task Closing_the_connection_ends_the_search_so_that_the_next_has_its_turn()
    {
        using var one = new Running { Besides = host => host.ConfigureTestServices(services => services.AddSingleton(new SearchTurns(1, 1))) };
        using (HttpResponseMessage response = await Begin(one, Large))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            // It has begun, and takes a minute or more.
            int done = 0;
            while (done == 0)
            {
                string? line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
                Assert.NotNull(line);
                if (line.StartsWith("data: {\"done\":", StringComparison.Ordinal)) { done = JsonNode.Parse(line[6..])!["done"]!.GetValue<int>(); }
            }
            Assert.InRange(done, 1, 150_000_000);
        }
        Assert.Equal(HttpStatusCode.OK, (await one.PostTo(Address, Example).WaitAsync(TimeSpan.FromSeconds(60))).Status);
    }

    [Fact]
    public async Task Who_finds_too_many_waiting_is_refused_and_who_waits_is_told_so()
    {
        using var one = new Running { Besides = host => host.ConfigureTestServices(services => services.AddSingleton(new SearchTurns(1, 1))) };
        HttpResponseMessage first = await Begin(one, Large), second = await Begin(one, Large);
        using (first)
        {
            using (second)
            {
                Answer refused = await one.PostTo(Address, Example);
                Assert.Equal(["searchesBusy "], refused.Faults(HttpStatusCode.ServiceUnavailable));
                using var reader = new StreamReader(await second.Content.ReadAsStreamAsync());
                Assert.Equal("event: progress", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
                Assert.StartsWith("data: {\"done\":0,", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
            }
            // Who no longer waits makes room: as soon as it is noticed, the next may wait, and has its turn when the first has gone.
            HttpResponseMessage third = await Begin(one, Example);
            for (int tries = 0; third.StatusCode != HttpStatusCode.OK && tries < 600; tries++)
            {
                third.Dispose();
                await Task.Delay(100);
                third = await Begin(one, Example);
            }
            first.Dispose();
            using (third) { Assert.Contains("event: result", await third.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.Ordinal); }
        }
    }

    [Theory]
    [InlineData("family", "{}", "familyEmpty /family")]
    [InlineData("family", """{"blend":{"with":["equal"],"stepPercent":100},"uncapped":false}""", "familyEmpty /family")]
    [InlineData("family", """{"blend":{"with":["equal","equal"],"stepPercent":3}}""", "listedTwice /family/blend/with/1", "blendStepUneven /family/blend/stepPercent")]
    [InlineData("family", """{"blend":{"with":["equal"],"stepPercent":0.5},"capsFen":[1,2,1]}""", "listedTwice /family/capsFen/2", "blendStepUneven /family/blend/stepPercent")]
    [InlineData("family", """{"coefficients":{"firstFloor":{"from":3,"to":2},"base":{"from":1,"to":0.5},"step":{"from":0,"to":1}}}""",
        "rangeFalls /family/coefficients/firstFloor", "rangeFalls /family/coefficients/base", "rangeStepMissing /family/coefficients/step")]
    [InlineData("family", """{"coefficients":{"firstFloor":{"from":7},"base":{"from":0,"to":500,"step":1},"step":{"from":0,"to":1,"step":0},"sharedBy":["area","area"],"within":["equal","equal"]}}""",
        "floorUnknown /family/coefficients/firstFloor", "rangeTooLong /family/coefficients/base", "rangeStepMissing /family/coefficients/step", "listedTwice /family/coefficients/sharedBy/1", "listedTwice /family/coefficients/within/1")]
    [InlineData("family", """{"coefficients":{"firstFloor":{"from":1,"to":6},"base":{"from":0,"to":499,"step":1},"step":{"from":0,"to":499,"step":1}},"blend":{"with":["equal","area","height"],"stepPercent":10}}""", "familyTooLarge /family")]
    [InlineData("adjustments", """[{"kind":"cap","amountFen":1},{"kind":"compensation","household":"999","amountFen":1},{"kind":"discount","household":"101","percent":1}]""",
        "adjustmentNotInSearches /adjustments/0/kind", "adjustmentNotInSearches /adjustments/2/kind", "householdUnknown /adjustments/1/household")]
    [InlineData("adjustments", """[{"kind":"fixed","household":"101","amountFen":1000000000}]""", "fixedExceedsPayable ")]
    [InlineData("guidance", """{"policy":"nowhere","on":"2023-03-01"}""", "guidanceUnknown /guidance/policy")]
    [InlineData("guidance", """{"policy":"beijing-guidance","on":"1999-03-01"}""", "noRuleOnThatDay /guidance/on")]
    [InlineData("costs", """[{"id":"a","name":"a","category":"equipment","amountFen":1},{"id":"a","name":"a","category":"equipment","amountFen":1}]""", "idDuplicate /costs/1/id")]
    public async Task What_breaks_a_rule_is_told_at_its_place(string member, string value, params string[] faults)
    {
        JsonNode search = JsonNode.Parse(Example)!;
        search[member] = JsonNode.Parse(value);
        Assert.Equal(faults, (await running.PostTo(Address, search.ToJsonString())).Faults(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_family_that_is_too_large_is_refused_with_its_size()
    {
        JsonNode search = JsonNode.Parse(Example)!;
        search["family"] = JsonNode.Parse("""{"coefficients":{"firstFloor":{"from":1,"to":6},"base":{"from":0,"to":499,"step":1},"step":{"from":0,"to":499,"step":1}},"blend":{"with":["equal","area","height"],"stepPercent":10}}""");
        JsonElement fault = (await running.PostTo(Address, search.ToJsonString())).Json.GetProperty("faults")[0];
        // 6 floors, 250,000 pairs and 220 blends with coefficients; 66 without.
        Assert.Equal((6 * 250_000L * 220) + 66, fault.GetProperty("values").GetProperty("count").GetInt64());
        Assert.Equal("There are 330000066 schemes; at most 200000000 are searched. Narrow the ranges, or take larger steps.", fault.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("no", "nobodyShares /building/households")]
    [InlineData("many", "searchTooManyHouseholds /building/households")]
    [InlineData("work", "searchTooLarge /family")]
    public async Task A_building_that_cannot_be_searched_is_refused(string kind, string fault)
    {
        JsonNode search = JsonNode.Parse(Example)!;
        JsonArray households = search["building"]!["households"]!.AsArray();
        if (kind == "no")
        {
            search["costs"]![0]!["amountFen"] = 0;
            search["costs"]![1]!["amountFen"] = 0;
            foreach (JsonNode? household in households) { household!["joins"] = false; }
            search.AsObject().Remove("standAlone");
        }
        else
        {
            int count = kind == "many" ? 501 : 500;
            for (int i = households.Count; i < count; i++) { households.Add(JsonNode.Parse($$"""{"id":"x{{i}}","floor":2,"areaM2":50}""")); }
            if (kind == "work") { search["family"] = JsonNode.Parse(Large)!["family"]!.DeepClone(); }
        }
        Assert.Equal([fault], (await running.PostTo(Address, search.ToJsonString())).Faults(HttpStatusCode.UnprocessableEntity));
    }

    /// <summary>More than a hundred million schemes.</summary>
    private static string Large
    {
        get
        {
            JsonNode search = JsonNode.Parse(Example)!;
            search["family"] = JsonNode.Parse("""
                {"coefficients":{"firstFloor":{"from":1,"to":3},"base":{"from":0.01,"to":2.99,"step":0.02},"step":{"from":0.01,"to":2.99,"step":0.02},"sharedBy":["floor","household","area"],"within":["area","equal"]},
                 "blend":{"with":["equal","area","height"],"stepPercent":10},"capsFen":[6000000,7000000]}
                """);
            return search.ToJsonString();
        }
    }

    private static async Task<JsonNode> Found(Running running, string search)
    {
        Answer answer = await running.PostTo(Address, search);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return JsonNode.Parse(answer.Text)!;
    }

    private static async Task<string> SearchAndTell(Running running, string search)
    {
        using HttpResponseMessage response = await Begin(running, search);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> Begin(Running running, string search)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new StringContent(search, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.AcceptEncoding.ParseAdd("br");
        return await running.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
