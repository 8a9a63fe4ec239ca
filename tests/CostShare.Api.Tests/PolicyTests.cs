using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CostShare.Api.Policies;
using CostShare.Api.Tests.CommandLine;
using CostShare.Grains.Policies;

namespace CostShare.Api.Tests;

/// <summary>The policies that are shipped, how they are read, and what they answer.</summary>
public sealed class PolicyTests(Running running) : WithFolder, IClassFixture<Running>
{
    public static TheoryData<string> Shipped => [.. PolicyFolder.Read(PolicyFolder.Shipped).All.Select(policy => policy.Id.Value)];

    [Fact]
    public void Every_city_with_a_source_has_its_policy()
    {
        string[] subsidies = [.. PolicyFolder.Read(PolicyFolder.Shipped).All.OfType<SubsidyPolicy>().Select(policy => policy.Id.Value)];
        Assert.Equal(
            ["beijing-lift", "changsha-lift", "chengdu-lift", "guangzhou-haizhu-lift", "guangzhou-liwan-lift", "guangzhou-panyu-lift", "guangzhou-tianhe-lift",
             "guangzhou-yuexiu-lift", "hangzhou-lift", "jinan-lift", "shanghai-lift", "shenzhen-lift", "wuhan-lift"], subsidies);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task A_policy_is_answered_as_its_file_states_it(string id)
    {
        Answer answer = await running.Get($"/api/v1/policies/{id}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var stated = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(PolicyFolder.Shipped, $"{id}.json")))!;
        Assert.True(Holds(JsonNode.Parse(answer.Text)!, stated), answer.Text);
    }

    [Theory] // 40 % of 760,000 is above the cap, of 680,000 below, of 700,000 exactly at it.
    [InlineData("2022-05-01", 76_000_000, 28_000_000)]
    [InlineData("2022-05-01", 70_000_000, 28_000_000)]
    [InlineData("2022-05-01", 68_000_000, 27_200_000)]
    [InlineData("2020-04-01", 68_000_000, 27_200_000)]
    public async Task Shanghai_gives_forty_per_cent_up_to_its_cap(string on, long cost, long subsidy) =>
        Assert.Equal(subsidy, (await Evaluate("shanghai-lift", on, cost)).Json.GetProperty("amountFen").GetInt64());

    [Fact]
    public async Task The_earlier_cap_of_Shanghai_is_applied_only_with_leave()
    {
        Assert.Equal(["policyUnconfirmed /policy"], (await Evaluate("shanghai-lift", "2019-01-01", 76_000_000)).Faults(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(24_000_000, (await Evaluate("shanghai-lift", "2019-01-01", 76_000_000, """, "acceptUnconfirmed": true""")).Json.GetProperty("amountFen").GetInt64());
        Assert.Equal(["noRuleOnThatDay /on"], (await Evaluate("shanghai-lift", "2010-01-01", 76_000_000)).Faults(HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [InlineData("2018-06-05", "", null, "")]
    [InlineData("2021-06-06", "", null, "")]
    [InlineData("2018-06-06", """, "facts": { "storeys": 7, "singleOwner": false, "useCertificate": true }""", 10_000_000L, "met met met")]
    [InlineData("2021-06-05", """, "facts": { "storeys": 6, "singleOwner": false, "useCertificate": true }""", 0L, "unmet met met")]
    [InlineData("2020-01-01", """, "facts": { "storeys": 8 }""", 10_000_000L, "met unknown unknown")]
    public async Task Haizhu_gives_100000_within_its_days_from_seven_storeys_on(string on, string facts, long? subsidy, string states)
    {
        Answer answer = await Evaluate("guangzhou-haizhu-lift", on, 60_000_000, facts);
        if (subsidy is null)
        {
            Assert.Equal(["noRuleOnThatDay /on"], answer.Faults(HttpStatusCode.UnprocessableEntity));
            return;
        }
        Assert.Equal(subsidy, answer.Json.GetProperty("amountFen").GetInt64());
        Assert.Equal(states, string.Join(' ', answer.Json.GetProperty("policy").GetProperty("conditions").EnumerateArray().Select(condition => condition.GetProperty("state").GetString())));
        Assert.Equal(states.Contains("unknown", StringComparison.Ordinal) ? subsidy : 0, answer.Json.GetProperty("atStakeFen").GetInt64());
    }

    [Fact]
    public async Task Policies_are_listed_by_city_kind_and_day()
    {
        async Task<string[]> List(string query) =>
            [.. (await running.Get($"/api/v1/policies?{query}")).Json.GetProperty("policies").EnumerateArray().Select(policy => policy.GetProperty("id").GetString()!)];
        Assert.Equal(["shanghai-consent", "shanghai-lift"], await List("city=上海"));
        Assert.Equal(["shanghai-lift"], await List("city=shanghai&kind=subsidy"));
        Assert.Equal(["shanghai-lift"], await List("city=Shanghai&on=2022-05-01"));
        Assert.Empty(await List("city=Shanghai&on=1990-01-01"));
        Assert.Equal(["nameUnknown "], (await running.Get("/api/v1/policies?kind=tax")).Faults(HttpStatusCode.BadRequest));
        Assert.Equal(["notADay "], (await running.Get("/api/v1/policies?on=2022-02-30")).Faults(HttpStatusCode.BadRequest));
        Assert.Equal(HttpStatusCode.NotFound, (await running.Get("/api/v1/policies/mars-lift")).Status);
    }

    [Fact]
    public async Task The_schemes_of_a_policy_can_be_compared_as_they_stand()
    {
        JsonElement list = (await running.Get("/api/v1/policies")).Json;
        int met = 0;
        foreach (JsonElement preset in list.GetProperty("policies").EnumerateArray().SelectMany(policy => policy.GetProperty("schemes").EnumerateArray()))
        {
            int storeys = preset.TryGetProperty("storeys", out JsonElement stated) ? stated.GetInt32() : 6;
            JsonObject body = Running.Small();
            body["building"] = new JsonObject
            {
                ["storeys"] = storeys,
                ["households"] = new JsonArray([.. Enumerable.Range(1, storeys).Select(floor => (JsonNode)new JsonObject { ["id"] = $"{floor}", ["floor"] = floor, ["areaM2"] = 60 })]),
            };
            if (preset.TryGetProperty("entry", out _))
            {
                body["costs"]!.AsArray().Add(JsonNode.Parse("""{ "id": "corridor", "name": "连廊", "category": "corridor", "amountFen": 9000000 }"""));
            }
            body["schemes"] = new JsonArray(JsonNode.Parse(preset.GetProperty("scheme").GetRawText()));
            Answer answer = await running.Post(body);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            JsonElement result = answer.Json.GetProperty("schemes")[0];
            // What a text offers as guidance lies within its own ranges.
            if (preset.TryGetProperty("storeys", out _)) { Assert.True(result.GetProperty("guidance").GetProperty("allWithin").GetBoolean()); }
            else { Assert.False(result.TryGetProperty("guidance", out _)); }
            met++;
        }
        Assert.Equal(13, met);
    }

    [Theory]
    [InlineData("{ \"kind\": \"subsidy\" }", "line 1")]
    [InlineData("{\n  \"kind\": \"notice\",\n  \"id\": \"own\",\n  \"name\": { \"zh\": \"公示\", \"en\": \"notice\" },\n  \"city\": { \"zh\": \"市\", \"en\": \"city\" },\n  \"versions\": [\n    { \"from\": \"2020-02-30\", \"days\": 7, \"certainty\": \"press\", \"references\": [ { \"title\": \"x\", \"certainty\": \"press\" } ] }\n  ]\n}", "line 7, /versions/0/from")]
    [InlineData("{\n  \"kind\": \"notice\",\n  \"id\": \"other\",\n  \"name\": { \"zh\": \"公示\", \"en\": \"notice\" },\n  \"city\": { \"zh\": \"市\", \"en\": \"city\" },\n  \"versions\": [\n    { \"from\": \"2020-02-01\", \"days\": 7, \"certainty\": \"press\", \"references\": [ { \"title\": \"x\", \"certainty\": \"press\" } ] }\n  ]\n}", "line 3, /id")]
    [InlineData("{\n  \"kind\": \"notice\",\n  \"id\" \"own\" }", "line 3")]
    public void A_broken_policy_is_told_with_file_and_line(string text, string where)
    {
        string file = Write("own.json", text);
        string message = Assert.Throws<FormatException>(() => PolicyFolder.Read(Path.GetDirectoryName(file)!)).Message;
        Assert.StartsWith($"{file}, {where}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deployments_own_policy_takes_the_place_of_the_shipped_one()
    {
        string own = File.ReadAllText(Path.Combine(PolicyFolder.Shipped, "shanghai-lift.json")).Replace("28000000", "30000000", StringComparison.Ordinal);
        string folder = Path.GetDirectoryName(Write("shanghai-lift.json", own))!;
        PolicyBook book = PolicyFolder.Read(PolicyFolder.Shipped, folder);
        Assert.Equal(PolicyFolder.Read(PolicyFolder.Shipped).All.Count, book.All.Count);
        Assert.Equal(30_000_000, book.Subsidies[new("shanghai-lift")][^1].Parts[0].Cap!.Value.Fen);
    }

    private Task<Answer> Evaluate(string policy, string on, long cost, string more = "") => running.PostTo(
        $"/api/v1/policies/{policy}/evaluation",
        $$"""{ "on": "{{on}}", "costs": [ { "id": "lift", "name": "电梯", "category": "equipment", "amountFen": {{cost}} } ]{{more}} }""");

    /// <summary>Whether an answer holds everything that is stated; defaults may be added to it.</summary>
    private static bool Holds(JsonNode answer, JsonNode stated) => stated switch
    {
        JsonObject map => map.All(entry => answer[entry.Key] is JsonNode value && Holds(value, entry.Value!)),
        JsonArray list => answer is JsonArray other && other.Count == list.Count && list.Zip(other).All(pair => Holds(pair.Second!, pair.First!)),
        JsonValue value => value.ToJsonString() == answer.ToJsonString(),
        _ => false,
    };
}
