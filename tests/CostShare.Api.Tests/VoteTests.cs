using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests;

/// <summary>Owners, stances, limits and the forecast of a vote over HTTP.</summary>
public sealed class VoteTests(Running running) : IClassFixture<Running>
{
    // Six storeys of two flats; everybody pays 20,000 yuan. p5 owns both flats of the fifth floor. The limits are numbers that nothing else can come to.
    private static JsonObject Request() => JsonNode.Parse("""
        {
          "building": { "storeys": 6, "households": [
            { "id": "101", "floor": 1, "areaM2": 80, "stance": "no" },
            { "id": "102", "floor": 1, "areaM2": 80, "limitFen": 1357913 },
            { "id": "201", "floor": 2, "areaM2": 80, "stance": "undecided" },
            { "id": "202", "floor": 2, "areaM2": 80 },
            { "id": "301", "floor": 3, "areaM2": 80, "limitFen": 1975317 },
            { "id": "302", "floor": 3, "areaM2": 80, "stance": "yes" },
            { "id": "401", "floor": 4, "areaM2": 80, "stance": "yes", "limitFen": 2222221 },
            { "id": "402", "floor": 4, "areaM2": 80, "stance": "yes", "owners": [ { "person": "p4", "of": "1/2" }, { "person": "p4b", "of": "1/2" } ] },
            { "id": "501", "floor": 5, "areaM2": 80, "stance": "yes", "owners": [ { "person": "p5" } ] },
            { "id": "502", "floor": 5, "areaM2": 80, "owners": [ { "person": "p5", "of": "1" } ] },
            { "id": "601", "floor": 6, "areaM2": 80, "stance": "yes" },
            { "id": "602", "floor": 6, "areaM2": 80, "stance": "yes" } ] },
          "costs": [ { "id": "lift", "name": "电梯", "category": "equipment", "amountFen": 24000000 } ],
          "schemes": [ { "id": "equal", "name": "均摊", "rule": { "kind": "equal" } } ],
          "vote": { "policy": "china-civil-code-278", "on": "2024-05-01" }
        }
        """)!.AsObject();

    private Task<Answer> Post(JsonNode request, string query = "") => running.Post(Encoding.UTF8.GetBytes(request.ToJsonString()), "application/json", query: query);

    private static JsonElement Facts(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json.GetProperty("schemes")[0].GetProperty("facts");
    }

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.GetRawText())), actual.GetRawText());

    [Fact]
    public async Task A_vote_is_forecast_with_what_is_missing_and_who_decides()
    {
        JsonElement facts = Facts(await Post(Request()));
        // Eleven heads: 6 yes (401 is within its limit), 3 no (301 and 102 are above theirs), 2 undecided.
        AssertJson("""{ "persons": { "yes": 6, "no": 3, "undecided": 2 }, "areaM2": { "yes": 560, "no": 240, "undecided": 160 } }""", facts.GetProperty("support"));
        AssertJson("""{ "households": 2, "areaM2": 160, "stated": 3 }""", facts.GetProperty("aboveLimit"));
        JsonElement forecast = facts.GetProperty("forecast");
        Assert.Equal(("china-civil-code-278", "2021-01-01", "official", "unit"), (forecast.GetProperty("policy").GetString(), forecast.GetProperty("from").GetString(),
            forecast.GetProperty("certainty").GetString(), forecast.GetProperty("body").GetString()));
        Assert.Contains("三分之二", forecast.GetProperty("note").GetProperty("zh").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, forecast.GetProperty("references").GetArrayLength());
        AssertJson("""
            { "persons": 11, "areaM2": 960, "state": "failed", "closedNow": false,
              "participation": { "threshold": "2/3",
                "persons": { "reached": 9, "of": 11, "part": "9/11", "met": true, "missing": 0 },
                "area": { "reachedM2": 800, "ofM2": 960, "part": "5/6", "met": true, "missingM2": 0 } },
              "approval": { "threshold": "3/4",
                "persons": { "reached": 6, "of": 9, "part": "2/3", "met": false },
                "area": { "reachedM2": 560, "ofM2": 800, "part": "7/10", "met": false, "missingM2": 160 } },
              "approvalOf": "participants" }
            """, forecast.GetProperty("registered"));
        Assert.False(forecast.TryGetProperty("toPass", out _) || forecast.TryGetProperty("toBlock", out _) || forecast.TryGetProperty("stated", out _));
    }

    [Fact]
    public async Task The_sets_that_decide_an_open_vote_are_listed()
    {
        JsonObject request = Request();
        request["building"]!["households"]![4]!["limitFen"] = 2000000;
        request["building"]!["households"]![2]!["areaM2"] = 90.5;
        request["vote"]!["stated"] = new JsonObject { ["areaM2"] = 1200.75, ["persons"] = 12 };
        JsonElement forecast = Facts(await Post(request)).GetProperty("forecast");
        AssertJson("""
            { "fewest": { "persons": 0, "areaM2": 0, "households": [] }, "anySoMany": true, "leastArea": { "persons": 0, "areaM2": 0, "households": [] }, "leastAreaFound": true }
            """, forecast.GetProperty("toPass"));
        AssertJson("""
            { "fewest": { "persons": 1, "areaM2": 90.5, "households": [ "201" ], "by": "no" }, "anySoMany": true,
              "leastArea": { "persons": 1, "areaM2": 80, "households": [ "202" ], "by": "no" }, "leastAreaFound": true }
            """, forecast.GetProperty("toBlock"));
        AssertJson("""{ "persons": 0, "areaM2": 0 }""", forecast.GetProperty("registered").GetProperty("missing"));
        AssertJson("""
            { "threshold": "2/3", "persons": { "reached": 9, "of": 12, "part": "3/4", "met": true, "missing": 0 },
              "area": { "reachedM2": 800, "ofM2": 1200.75, "part": "3200/4803", "met": false, "missingM2": 0.5 } }
            """, forecast.GetProperty("stated").GetProperty("participation"));
    }

    [Fact] // Not by a number, not by a difference, not in a sentence.
    public async Task No_limit_is_told_unless_limits_are_asked_for()
    {
        foreach (string query in new[] { "", "?include=derivations", "?include=differences", "?include=sensitivity" })
        {
            Answer answer = await Post(Request(), query);
            Assert.DoesNotContain("byFen", Facts(answer).GetRawText(), StringComparison.Ordinal);
            Assert.All(new[] { "1357913", "1975317", "2222221", "642087", "24683", "222221", "13,579.13", "19,753.17", "22,222.21", "6,420.87", "246.83", "2,222.21", "limitFen", "\"limits\"", "swing" },
                secret => Assert.DoesNotContain(secret, answer.Text, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Limits_and_the_cheapest_swing_are_told_to_whoever_asks_for_them()
    {
        JsonElement facts = Facts(await Post(Request(), "?include=limits"));
        AssertJson("""
            { "above": [ { "household": "102", "byFen": 642087 }, { "household": "301", "byFen": 24683 } ],
              "swing": { "state": "found", "totalFen": 24683, "persons": 1, "areaM2": 80, "payments": [ { "household": "301", "byFen": 24683 } ] } }
            """, facts.GetProperty("limits"));
        Assert.Contains("246.83 元", facts.GetProperty("statements").GetRawText(), StringComparison.Ordinal);
        JsonObject without = Request();
        without.Remove("vote");
        Assert.False(Facts(await Post(without, "?include=limits")).GetProperty("limits").TryGetProperty("swing", out _));
    }

    [Theory]
    [InlineData("\"1/2\"", "\"2/4\"", null)]
    [InlineData("\"1/2\"", "\"500000/1000000\"", null)]
    [InlineData("\"1/2\"", "\"0.5\"", "nameUnknown")]
    [InlineData("\"1/2\"", "\"1/2/3\"", "nameUnknown")]
    [InlineData("\"1/2\"", "\"/2\"", "nameUnknown")]
    [InlineData("\"1/2\"", "\"1/\"", "nameUnknown")]
    [InlineData("\"1/2\"", "\"-1/2\"", "nameUnknown")]
    [InlineData("\"1/2\"", "\"１/2\"", "nameUnknown")]
    [InlineData("\"1/2\"", "\" 1/2\"", "nameUnknown")]
    [InlineData("\"1/2\"", "\"00000001/2\"", "nameUnknown")]
    [InlineData("\"1/2\"", "\"0\"", "outOfRange")]
    [InlineData("\"1/2\"", "\"0/2\"", "outOfRange")]
    [InlineData("\"1/2\"", "\"1/0\"", "outOfRange")]
    [InlineData("\"1/2\"", "\"3/2\"", "outOfRange")]
    [InlineData("\"1/2\"", "\"2\"", "outOfRange")]
    [InlineData("\"1/2\"", "\"1000001/2000002\"", "outOfRange")]
    [InlineData("\"1/2\"", "\"1/1000001\"", "outOfRange")]
    [InlineData("\"1/2\"", "\"\"", "textLength")]
    [InlineData("\"1/2\"", "\"1000000/10000000\"", "textLength")]
    [InlineData("\"1/2\"", "0.5", "wrongType")]
    public async Task A_part_is_1_or_a_fraction_above_0_and_at_most_1(string from, string to, string? fault)
    {
        string body = Request().ToJsonString();
        int at = body.IndexOf(from, StringComparison.Ordinal);
        Answer answer = await running.Post(body[..at] + to + body[(at + from.Length)..]);
        if (fault is null) { Assert.Equal(HttpStatusCode.OK, answer.Status); }
        else { Assert.Equal([$"{fault} /building/households/7/owners/0/of"], answer.Faults(HttpStatusCode.BadRequest)); }
    }

    [Theory]
    [InlineData("/building/households/7/owners", "[]", 400, "entryCount /building/households/7/owners")]
    [InlineData("/building/households/7/owners/0/person", "\"p4b\"", 422, "ownerTwice /building/households/7/owners/1/person")]
    [InlineData("/building/households/7/owners/1/of", "\"1/3\"", 422, "ownedPartsDoNotClose /building/households/7/owners")]
    [InlineData("/building/households/7/owners/1", "{ \"person\": \"x\" }", 422, "ownedPartMissing /building/households/7/owners/1/of")]
    [InlineData("/building/households/9/stance", "\"no\"", 422, "stancesContradict /building/households/9/stance")]
    [InlineData("/building/households/0/stance", "\"maybe\"", 400, "nameUnknown /building/households/0/stance")]
    [InlineData("/building/households/0/limitFen", "-1", 400, "outOfRange /building/households/0/limitFen")]
    [InlineData("/vote/policy", "\"mars\"", 422, "consentUnknown /vote/policy")]
    [InlineData("/vote/policy", "\"shanghai-lift\"", 422, "consentUnknown /vote/policy")]
    [InlineData("/vote/on", "\"2020-12-31\"", 422, "noRuleOnThatDay /vote/on")]
    [InlineData("/vote/on", "\"2020-13-31\"", 400, "notADay /vote/on")]
    [InlineData("/vote/stated", "{ \"areaM2\": 0 }", 422, "statedAreaZero /vote/stated/areaM2")]
    [InlineData("/vote/stated", "{ \"areaM2\": 1000000000.01 }", 400, "outOfRange /vote/stated/areaM2")]
    [InlineData("/vote/stated", "{ \"areaM2\": 1.001 }", 400, "tooManyDecimals /vote/stated/areaM2")]
    [InlineData("/vote/stated", "{ \"persons\": 0 }", 400, "outOfRange /vote/stated/persons")]
    public async Task Wrong_input_is_refused_at_its_place(string place, string value, int status, string fault)
    {
        JsonObject request = Request();
        string[] path = place.Split('/')[1..];
        JsonNode parent = path[..^1].Aggregate((JsonNode)request, (node, name) => node is JsonArray list ? list[int.Parse(name, null)]! : node[name]!);
        if (parent is JsonArray items) { items[int.Parse(path[^1], null)] = JsonNode.Parse(value); }
        else { parent[path[^1]] = JsonNode.Parse(value); }
        Assert.Equal([fault], (await Post(request)).Faults((HttpStatusCode)status));
    }

    [Theory]
    [InlineData("china-civil-code-278", "2021-01-01")]
    [InlineData("shanghai-consent", "2018-01-01")]
    [InlineData("shanghai-consent", "2018-09-21")]
    [InlineData("beijing-consent", "2022-01-01")]
    [InlineData("chengdu-consent", "2019-01-01")]
    public async Task Every_policy_of_consent_can_be_asked(string policy, string on)
    {
        JsonObject request = Request();
        request["vote"] = new JsonObject { ["policy"] = policy, ["on"] = on };
        JsonElement facts = Facts(await Post(request));
        Assert.Equal(policy, facts.GetProperty("forecast").GetProperty("policy").GetString());
        Assert.Equal(policy.StartsWith("shanghai", StringComparison.Ordinal), facts.GetProperty("statements").GetRawText().Contains("只算了这一个门栋", StringComparison.Ordinal)
            && facts.GetProperty("statements").GetRawText().Contains("规定要算整栋楼", StringComparison.Ordinal));
    }
}
