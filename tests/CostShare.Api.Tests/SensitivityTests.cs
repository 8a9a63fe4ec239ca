using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CostShare.Api.Tests.Buildings;

namespace CostShare.Api.Tests;

/// <summary>How bills move, by HTTP: each variation against the request that was changed in its JSON.</summary>
public sealed class SensitivityTests(Running running) : IClassFixture<Running>
{
    [Theory] // Coefficients, percentages that no longer close, a subsidy, a programme, points, price lists, rules per cost line, mixes with weights, a household that does not join.
    [InlineData("shanghai-poll.json")]
    [InlineData("shanghai.json")]
    [InlineData("w08-points.json")]
    [InlineData("wuhan-r01.json")]
    [InlineData("w04-italy.json")]
    [InlineData("beijing-corridor.json")]
    public async Task Every_variation_is_what_the_changed_request_is_answered(string name)
    {
        JsonNode request = JsonNode.Parse(Running.Example(name))!;
        JsonArray schemes = JsonNode.Parse((await Ask(running, request, "?include=sensitivity")).Text)!["schemes"]!.AsArray();
        for (int k = 0; k < schemes.Count; k++)
        {
            long[] before = Amounts(schemes[k]!);
            foreach (JsonNode? variation in schemes[k]!["sensitivity"]!["variations"]!.AsArray())
            {
                JsonNode changed = request.DeepClone();
                Change(changed, k, variation!);
                changed["schemes"] = new JsonArray(changed["schemes"]![k]!.DeepClone());
                Answer answer = await Ask(running, changed, "");
                if (variation!["refusal"] is JsonNode refusal)
                {
                    Assert.Equal(answer.Faults(HttpStatusCode.UnprocessableEntity)[0], $"{refusal["code"]} {refusal["pointer"]!.GetValue<string>().Replace($"/schemes/{k}", "/schemes/0", StringComparison.Ordinal)}");
                    Assert.Equal(answer.Json.GetProperty("faults")[0].GetProperty("values").GetRawText(), refusal["values"]!.ToJsonString());
                    Assert.Null(variation["differencesFen"]);
                    continue;
                }
                long[] after = Amounts(JsonNode.Parse(answer.Text)!["schemes"]![0]!);
                Assert.Equal(after.Zip(before, (now, then) => now - then), variation["differencesFen"]!.AsArray().Select(difference => difference!.GetValue<long>()));
                Assert.Equal(after.Sum() - before.Sum(), variation["sumFen"]!.GetValue<long>());
            }
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("?include=sensitivity", "sensitivity")]
    [InlineData("?include=derivations", "derivations")]
    [InlineData("?include=derivations&include=sensitivity&include=derivations&include=differences&include=limits", "sensitivity derivations")]
    public async Task What_is_included_is_asked_for_one_by_one(string query, string members)
    {
        JsonElement scheme = (await Ask(running, Running.Small(), query)).Json.GetProperty("schemes")[0];
        string[] asked = members.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(asked, scheme.EnumerateObject().Select(member => member.Name).Where(name => name is "sensitivity" or "derivations"));
    }

    [Theory]
    [InlineData("?include=")]
    [InlineData("?include=facts")]
    [InlineData("?include=Limits")]
    [InlineData("?include=derivations,limits")]
    [InlineData("?include=derivations&include=all")]
    public async Task What_cannot_be_included_is_refused_with_what_can(string query)
    {
        Answer answer = await Ask(running, Running.Small(), query);
        Assert.Equal(["nameUnknown "], answer.Faults(HttpStatusCode.BadRequest));
        Assert.Equal("derivations, differences, sensitivity, limits", answer.Json.GetProperty("faults")[0].GetProperty("values").GetProperty("allowed").GetString());
    }

    [Fact]
    public async Task Stored_buildings_answer_the_same_and_hold_no_limits()
    {
        Stored here = new(running, "moved");
        await here.Put("", Stored.Site);
        await here.Post("/households", Stored.TwoFlats);
        await here.Put("/costs", """{"costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":70000001}]}""");
        await here.Post("/schemes", """{"scheme":{"id":"ride","name":"ride","rule":{"kind":"ride"}}}""");
        JsonNode asked = JsonNode.Parse("""
            {"building":{"storeys":7,"households":[{"id":"101","floor":1,"areaM2":50},{"id":"701","floor":7,"areaM2":60.5}]},
             "costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":70000001}],
             "schemes":[{"id":"ride","name":"ride","rule":{"kind":"ride"}}]}
            """)!;
        Answer posted = await Ask(running, asked, "?include=sensitivity&include=derivations");
        Assert.Equal(HttpStatusCode.OK, posted.Status);
        Assert.Equal(posted.Text, (await here.Get("/comparison?include=sensitivity&include=derivations")).Text);
        Assert.Equal((await Ask(running, asked, "?include=differences")).Text, (await here.Get("/comparison?include=differences")).Text);
        Answer refused = (await here.Get("/comparison?include=limits")).Answer;
        Assert.Equal(["parameterForm "], refused.Faults(HttpStatusCode.BadRequest));
        Assert.Equal("derivations, differences, sensitivity", refused.Json.GetProperty("faults")[0].GetProperty("values").GetProperty("allowed").GetString());
        // Other parameters still stand once.
        Assert.Equal(["memberDuplicate "], (await here.Get("/comparison?at=4&at=4")).Answer.Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Too_many_variations_are_refused_in_words()
    {
        JsonObject body = Running.Small();
        body["building"]!["households"] = new JsonArray([.. Enumerable.Range(0, 316).Select(i => (JsonNode)new JsonObject { ["id"] = $"{i}", ["floor"] = 1, ["areaM2"] = 50 })]);
        Answer answer = await Ask(running, body, "?include=sensitivity");
        Assert.Equal(["tooManyVariations /schemes"], answer.Faults(HttpStatusCode.UnprocessableEntity));
        Assert.Equal("Too many bills to reckon again: 317 variations for 316 households make 100173, each rule of a household counting as one; at most 100000. Ask about fewer schemes.",
            answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_same_question_gives_the_same_bytes()
    {
        JsonNode request = JsonNode.Parse(Running.Example("shanghai-poll.json"))!;
        const string everything = "?include=derivations&include=differences&include=sensitivity&include=limits";
        Assert.Equal((await Ask(running, request, everything)).Text, (await Ask(running, request, everything)).Text);
    }

    [Fact]
    public async Task Answers_keep_to_the_document()
    {
        JsonNode request = JsonNode.Parse(Running.Example("shanghai-poll.json"))!;
        // 501 alone on its floor: without it the percentages do not close.
        Named(request["building"]!["households"]!, JsonValue.Create("502"))["joins"] = false;
        JsonNode variations = JsonNode.Parse((await Ask(running, request, "?include=sensitivity")).Text)!["schemes"]![2]!["sensitivity"]!["variations"]!;
        JsonNode document = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(FullRequest.FindRoot(), "docs", "openapi.json")))!["components"]!["schemas"]!;
        foreach (JsonNode? variation in variations.AsArray())
        {
            string kind = variation!["kind"]!.GetValue<string>();
            JsonNode schema = document[document["Variation"]!["discriminator"]!["mapping"]![kind]!.GetValue<string>().Split('/')[^1]]!;
            Assert.Subset(schema["properties"]!.AsObject().Select(member => member.Key).ToHashSet(), variation.AsObject().Select(member => member.Key).ToHashSet());
            Assert.Superset(schema["required"]!.AsArray().Select(member => member!.GetValue<string>()).ToHashSet(), variation.AsObject().Select(member => member.Key).ToHashSet());
        }
        Assert.Contains(variations.AsArray(), variation => variation!["refusal"] is not null);
    }

    private static Task<Answer> Ask(Running running, JsonNode body, string query) => running.Post(Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json", query: query);

    private static long[] Amounts(JsonNode scheme) => [.. scheme["shares"]!.AsArray().Select(share => share!["amountFen"]!.GetValue<long>())];

    private static void Change(JsonNode request, int scheme, JsonNode variation)
    {
        switch (variation["kind"]!.GetValue<string>())
        {
            case "overrun":
                JsonNode line = Named(request["costs"]!, variation["cost"]!);
                line["amountFen"] = line["amountFen"]!.GetValue<long>() + variation["byFen"]!.GetValue<long>();
                break;
            case "refused":
                request["funding"]!.AsArray().Remove(Named(request["funding"]!, variation["source"]!));
                break;
            case "dropsOut":
                Named(request["building"]!["households"]!, variation["household"]!)["joins"] = false;
                JsonArray adjustments = request["schemes"]![scheme]!["adjustments"]?.AsArray() ?? [];
                foreach (JsonNode? falling in adjustments.Where(adjustment => $"{adjustment!["household"]}" == $"{variation["household"]}" && $"{adjustment["kind"]}" != "compensation").ToArray())
                {
                    adjustments.Remove(falling);
                }
                break;
            case "joinsLate":
                Named(request["building"]!["households"]!, variation["household"]!)["joins"] = true;
                break;
            default:
                JsonNode place = request;
                string[] tokens = variation["pointer"]!.GetValue<string>().Split('/')[1..];
                foreach (string token in tokens[..^1]) { place = place is JsonArray list ? list[int.Parse(token, System.Globalization.CultureInfo.InvariantCulture)]! : place[token]!; }
                Assert.NotNull(place[tokens[^1]]);
                place[tokens[^1]] = (variation["to"] ?? variation["toFen"])!.DeepClone();
                break;
        }
    }

    private static JsonNode Named(JsonNode list, JsonNode id) => list.AsArray().Single(entry => entry!["id"]!.GetValue<string>() == id.GetValue<string>())!;
}
