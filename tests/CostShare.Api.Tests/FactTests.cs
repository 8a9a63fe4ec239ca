using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests;

/// <summary>What can be said about schemes, over HTTP.</summary>
public sealed class FactTests(Running running) : IClassFixture<Running>
{
    /// <summary>Two flats, equal shares and shares by area, and what a lift to each floor would cost.</summary>
    private static JsonObject Asked(string standAlone)
    {
        JsonObject request = Running.Small();
        request["schemes"]!.AsArray().Add(JsonNode.Parse("""{ "id": "area", "name": "按面积", "rule": { "kind": "area" } }"""));
        request["standAlone"] = JsonNode.Parse(standAlone);
        return request;
    }

    [Fact]
    public async Task Facts_stand_in_every_answer()
    {
        JsonElement facts = (await running.Post(Asked("""{ "kind": "stated", "amountsFen": { "1": 40000, "2": 80000 } }"""))).Json.GetProperty("schemes")[0].GetProperty("facts");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            { "households": 2, "highest": { "amountFen": 50000, "household": "101", "households": 2 }, "lowest": { "amountFen": 50000, "household": "101", "households": 2 },
              "median": "50000", "highestPerSquareMetre": { "rate": "100000/101", "household": "101", "households": 1 },
              "lowestPerSquareMetre": { "rate": "2500/3", "household": "201", "households": 1 }, "spread": "1",
              "topFloor": { "floor": 2, "households": 1, "amountFen": 50000, "part": "1/2" } }
            """), JsonNode.Parse(facts.GetProperty("bills").GetRawText())));
        Assert.Equal("""{"gini":"0","giniCorrected":"0","hoover":"0","theilT":0,"theilL":0,"atkinson":0}""", facts.GetProperty("inequality").GetRawText());
        Assert.Equal("""{"holds":true,"onlyByRounding":false,"households":0}""", facts.GetProperty("order").GetProperty("perFlat").GetRawText());
        Assert.Equal(
            """{"holds":false,"onlyByRounding":false,"households":1,"worst":{"lower":{"household":"101","floor":1,"amountFen":50000,"perSquareMetre":"100000/101"},"higher":{"household":"201","floor":2,"amountFen":50000,"perSquareMetre":"2500/3"}}}""",
            facts.GetProperty("order").GetProperty("perSquareMetre").GetRawText());
        Assert.False(facts.TryGetProperty("alike", out _));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            { "worstExcess": "0", "leastSlack": "0", "inCore": true, "worstUpTo": 1, "scale": "5/4", "groups": [
                { "upTo": 1, "households": 1, "leftOut": 0, "paid": "50000", "ownLift": "50000", "excess": "0" },
                { "upTo": 2, "households": 1, "leftOut": 1, "paid": "50000", "ownLift": "100000", "excess": "-50000" } ] }
            """), JsonNode.Parse(facts.GetProperty("stability").GetRawText())));
        Assert.Equal(
            """[{"scheme":"area","less":{"households":1,"areaM2":60},"same":{"households":0,"areaM2":0},"more":{"households":1,"areaM2":50.5}}]""",
            facts.GetProperty("against").GetRawText());
        JsonElement told = facts.GetProperty("statements").EnumerateArray().Single(statement => statement.GetProperty("code").GetString() == "noGroupPaysMore");
        Assert.Equal("没有哪几层楼合起来付的钱，比自己单独装一部电梯还多；最接近的是 1 楼，付的正好一样多。", told.GetProperty("sentence").GetProperty("zh").GetString());
        Assert.Contains("multiplied by 1.250000.", told.GetProperty("assumption").GetProperty("en").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_pays_too_much_is_told_in_words()
    {
        JsonElement answer = (await running.Post(Asked("""{ "kind": "model", "fixedFen": 60000, "perStopFen": 10000, "perStoreyFen": 20000, "groundFen": 30000 }"""))).Json;
        JsonElement facts = answer.GetProperty("schemes")[0].GetProperty("facts");
        Assert.Equal("20000", facts.GetProperty("stability").GetProperty("worstExcess").GetString());
        Assert.Equal(["Together, the household on floor 1 pays 200.00 yuan more than a lift of their own would cost."],
            facts.GetProperty("statements").EnumerateArray().Where(statement => statement.GetProperty("code").GetString() == "groupPaysMore")
                .Select(statement => statement.GetProperty("sentence").GetProperty("en").GetString()));
    }

    [Fact]
    public async Task Differences_stand_in_the_answer_that_asks_for_them()
    {
        byte[] body = System.Text.Encoding.UTF8.GetBytes(Asked("""{ "kind": "stated", "amountsFen": { "1": 1, "2": 1 } }""").ToJsonString());
        JsonElement against = (await running.Post(body, "application/json", query: "?include=differences")).Json.GetProperty("schemes")[0].GetProperty("facts").GetProperty("against")[0];
        Assert.Equal(
            """[{"household":"101","differenceFen":4299,"percent":"429900/45701"},{"household":"201","differenceFen":-4299,"percent":"-429900/54299"}]""",
            against.GetProperty("differences").GetRawText());
        against = (await running.Post(body, "application/json")).Json.GetProperty("schemes")[0].GetProperty("facts").GetProperty("against")[0];
        Assert.False(against.TryGetProperty("differences", out _));
    }

    [Theory]
    [InlineData("""{ "kind": "stated", "amountsFen": { "1": 5, "3": 9 } }""", 422, "floorUnknown /standAlone/amountsFen/3", "standAloneMissing /standAlone/amountsFen")]
    [InlineData("""{ "kind": "stated", "amountsFen": { "1": 5, "2": 4 } }""", 422, "standAloneFalls /standAlone/amountsFen/2")]
    [InlineData("""{ "kind": "stated", "amountsFen": { "1": 0, "2": 0 } }""", 422, "standAloneNothing /standAlone/amountsFen")]
    [InlineData("""{ "kind": "model", "fixedFen": 1, "perStopFen": 1, "perStoreyFen": 1, "groundFen": 5 }""", 422, "standAloneFalls /standAlone/groundFen")]
    [InlineData("""{ "kind": "model", "fixedFen": 0, "perStopFen": 0, "perStoreyFen": 0, "groundFen": 0 }""", 422, "standAloneNothing /standAlone")]
    [InlineData("""{ "kind": "model", "fixedFen": 1, "perStopFen": 1, "perStoreyFen": 1 }""", 400, "memberMissing /standAlone/groundFen")]
    [InlineData("""{ "kind": "model", "fixedFen": -1, "perStopFen": 1.5, "perStoreyFen": "1", "groundFen": 0 }""", 400,
        "outOfRange /standAlone/fixedFen", "tooManyDecimals /standAlone/perStopFen", "wrongType /standAlone/perStoreyFen")]
    [InlineData("""{ "kind": "stated", "amountsFen": {} }""", 400, "entryCount /standAlone/amountsFen")]
    [InlineData("""{ "kind": "stated", "amountsFen": { "0": 1 } }""", 400, "outOfRange /standAlone/amountsFen/0")]
    [InlineData("""{ "kind": "guessed" }""", 400, "nameUnknown /standAlone/kind")]
    public async Task Wrong_costs_are_refused_with_their_places(string standAlone, int status, params string[] faults) =>
        Assert.Equal(faults, (await running.Post(Asked(standAlone))).Faults((HttpStatusCode)status));

    [Fact]
    public async Task A_missing_cost_is_told_in_plain_words()
    {
        JsonObject request = Asked("""{ "kind": "stated", "amountsFen": { "1": 5 } }""");
        Assert.Equal("2 层有参加的住户，却没有填单独装电梯到这一层要多少钱；不要钱的也要写 0。", (await running.Post(request, "zh")).Json.GetProperty("detail").GetString());
    }

    [Theory] // What is left out where there is nothing to tell is not promised.
    [InlineData("SchemeFacts", "payers")]
    [InlineData("FloorOrder", "holds households onlyByRounding")]
    [InlineData("AlikeFacts", "groups households spreadFen withinOneUnit")]
    [InlineData("BillDifference", "differenceFen household")]
    [InlineData("TopFloor", "amountFen floor households")]
    public void The_document_promises_what_always_stands(string schema, string members)
    {
        JsonNode document = JsonNode.Parse(File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "docs", "openapi.json")))!;
        Assert.Equal(members.Split(' '), document["components"]!["schemas"]![schema]!["required"]!.AsArray().Select(member => member!.GetValue<string>()));
    }
}
