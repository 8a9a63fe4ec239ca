using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CostShare.Api.Policies;
using CostShare.Api.Problems;
using CostShare.Api.Tests.CommandLine;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;

namespace CostShare.Api.Tests;

/// <summary>The policies that are shipped, how they are read, and what they answer.</summary>
public sealed class PolicyTests(Running running) : WithFolder, IClassFixture<Running>
{
    public static TheoryData<string> Shipped => [.. PolicyFolder.Read(PolicyFolder.Shipped).All.Select(policy => policy.Id.Value)];

    [Fact]
    public void These_subsidies_are_shipped()
    {
        string[] subsidies = [.. PolicyFolder.Read(PolicyFolder.Shipped).All.OfType<SubsidyPolicy>().Select(policy => policy.Id.Value)];
        Assert.Equal(
            ["beijing-lift", "changsha-lift", "chengdu-lift", "guangzhou-haizhu-lift", "guangzhou-liwan-lift", "guangzhou-tianhe-lift",
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
    [InlineData("2022-05-01", 69_999_999, 27_999_999)]
    [InlineData("2022-05-01", 68_000_000, 27_200_000)]
    [InlineData("2020-04-01", 68_000_000, 27_200_000)]
    public async Task Shanghai_gives_forty_per_cent_up_to_its_cap(string on, long cost, long subsidy) =>
        Assert.Equal(subsidy, (await Evaluate("shanghai-lift", on, cost)).Json.GetProperty("amountFen").GetInt64());

    [Theory] // Until March 2020 the cap was 240,000, which 40 % of 600,000 reach exactly.
    [InlineData("2019-01-01", 76_000_000, 24_000_000)]
    [InlineData("2018-01-01", 60_000_000, 24_000_000)]
    [InlineData("2020-03-31", 60_000_002, 24_000_000)]
    [InlineData("2020-03-31", 59_999_999, 23_999_999)]
    public async Task The_earlier_cap_of_Shanghai_is_applied_only_with_leave(string on, long cost, long subsidy)
    {
        Assert.Equal(["policyUnconfirmed /policy"], (await Evaluate("shanghai-lift", on, cost)).Faults(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(subsidy, (await Evaluate("shanghai-lift", on, cost, Leave)).Json.GetProperty("amountFen").GetInt64());
    }

    [Theory] // Nothing is known of Shanghai before 2018, and leave does not make it known.
    [InlineData("2017-12-31", "")]
    [InlineData("2017-12-31", Leave)]
    [InlineData("2010-01-01", Leave)]
    public async Task A_day_before_the_first_rule_is_refused(string on, string more) =>
        Assert.Equal(["noRuleOnThatDay /on"], (await Evaluate("shanghai-lift", on, 76_000_000, more)).Faults(HttpStatusCode.UnprocessableEntity));

    [Theory]
    [InlineData("2018-06-05", "")]
    [InlineData("2018-06-05", Leave)]
    [InlineData("2021-06-06", "")]
    [InlineData("2021-06-06", Leave)]
    public async Task Haizhu_has_no_rule_outside_its_three_years(string on, string more) =>
        Assert.Equal(["noRuleOnThatDay /on"], (await Evaluate("guangzhou-haizhu-lift", on, 60_000_000, more)).Faults(HttpStatusCode.UnprocessableEntity));

    [Theory]
    [InlineData("2018-06-06", """ "storeys": 7, "singleOwner": false, "useCertificate": true """, 10_000_000, 0, "met met met")]
    [InlineData("2021-06-05", """ "storeys": 7, "singleOwner": false, "useCertificate": true """, 10_000_000, 0, "met met met")]
    [InlineData("2021-06-05", """ "storeys": 6, "singleOwner": false, "useCertificate": true """, 0, 0, "unmet met met")]
    [InlineData("2020-01-01", """ "storeys": 7, "singleOwner": true, "useCertificate": true """, 0, 0, "met unmet met")]
    [InlineData("2020-01-01", """ "storeys": 7, "singleOwner": false, "useCertificate": false """, 0, 0, "met met unmet")]
    [InlineData("2020-01-01", """ "storeys": 7, "singleOwner": false """, 10_000_000, 10_000_000, "met met unknown")]
    [InlineData("2020-01-01", """ "storeys": 6 """, 0, 0, "unmet unknown unknown")]
    [InlineData("2020-01-01", """ "storeys": 8 """, 10_000_000, 10_000_000, "met unknown unknown")]
    [InlineData("2020-01-01", "", 10_000_000, 10_000_000, "unknown unknown unknown")]
    public async Task Haizhu_gives_100000_from_seven_storeys_on_under_its_conditions(string on, string facts, long subsidy, long atStake, string states)
    {
        JsonElement answer = (await Evaluate("guangzhou-haizhu-lift", on, 60_000_000, $$""", "facts": { {{facts}} }""")).Json;
        Assert.Equal((subsidy, atStake), (answer.GetProperty("amountFen").GetInt64(), answer.GetProperty("atStakeFen").GetInt64()));
        Assert.Equal(states, string.Join(' ', answer.GetProperty("policy").GetProperty("conditions").EnumerateArray().Select(condition => condition.GetProperty("state").GetString())));
        Assert.True(answer.GetProperty("afterAcceptance").GetBoolean());
    }

    [Theory] // 240,000 for the lift, and the pipes at what they cost, up to 400,000.
    [InlineData(0, 24_000_000)]
    [InlineData(15_000_000, 39_000_000)]
    [InlineData(40_000_000, 64_000_000)]
    [InlineData(40_000_001, 64_000_000)]
    public async Task Beijing_pays_lift_and_pipes_with_leave(long pipes, long subsidy)
    {
        string costs = $$""" { "id": "lift", "name": "电梯", "category": "equipment", "amountFen": 60000000 }, { "id": "pipes", "name": "管线", "category": "pipes", "amountFen": {{pipes}} }""";
        Assert.Equal(["policyUnconfirmed /policy"], (await EvaluateOn("beijing-lift", "2021-05-01", costs, "")).Faults(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(["noRuleOnThatDay /on"], (await EvaluateOn("beijing-lift", "2021-04-30", costs, Leave)).Faults(HttpStatusCode.UnprocessableEntity));
        JsonElement answer = (await EvaluateOn("beijing-lift", "2021-05-01", costs, Leave)).Json;
        Assert.Equal((subsidy, 0, true), (answer.GetProperty("amountFen").GetInt64(), answer.GetProperty("unusedFen").GetInt64(), answer.GetProperty("afterAcceptance").GetBoolean()));
    }

    public static TheoryData<string, string, int, long> Tiers
    {
        get
        {
            var rows = new TheoryData<string, string, int, long>();
            foreach ((string policy, string on) in new[] { ("changsha-lift", "2019-01-01"), ("jinan-lift", "2026-01-01") })
            {
                long[] fromThree = [0, 16_000_000, 18_000_000, 20_000_000, 22_000_000, 22_000_000];
                for (int k = 0; k < fromThree.Length; k++) { rows.Add(policy, on, 3 + k, fromThree[k]); }
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Tiers_by_storeys_are_applied_with_leave(string policy, string on, int storeys, long subsidy)
    {
        string facts = $$""", "facts": { "storeys": {{storeys}} }""";
        Assert.Equal(["policyUnconfirmed /policy"], (await Evaluate(policy, on, 60_000_000, facts)).Faults(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(["factMissing /facts"], (await Evaluate(policy, on, 60_000_000, Leave)).Faults(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(subsidy, (await Evaluate(policy, on, 60_000_000, facts + Leave)).Json.GetProperty("amountFen").GetInt64());
    }

    [Fact] // R10 of the published examples, a pilot in Hangzhou of about 500,000 a lift: the pipes are carried apart from the 200,000, and the third floor and up share what is left.
    public async Task The_pilot_of_Hangzhou_leaves_300000_to_the_third_floor_and_up()
    {
        JsonObject body = Running.Small();
        body["building"] = new JsonObject
        {
            ["storeys"] = 6,
            ["households"] = new JsonArray([.. Enumerable.Range(1, 6).SelectMany(floor => new[] { "01", "02" }, (floor, flat) => (JsonNode)new JsonObject { ["id"] = $"{floor}{flat}", ["floor"] = floor, ["areaM2"] = 60 })]),
        };
        body["costs"] = JsonNode.Parse("""
            [ { "id": "lift", "name": "电梯", "category": "equipment", "amountFen": 30000000 }, { "id": "shaft", "name": "土建", "category": "civilWorks", "amountFen": 20000000 },
              { "id": "pipes", "name": "管线", "category": "pipes", "amountFen": 15000000 } ]
            """);
        body["funding"] = JsonNode.Parse("""
            [ { "id": "subsidy", "kind": "policy", "policy": "hangzhou-lift", "on": "2018-01-18" }, { "id": "estate", "kind": "programme", "costIds": [ "pipes" ] } ]
            """);
        body["schemes"] = JsonNode.Parse("""
            [ { "id": "equal", "name": "三层以上均摊", "rule": { "kind": "floorCoefficients", "coefficients": { "1": 0, "2": 0, "3": 1, "4": 1, "5": 1, "6": 1 } } } ]
            """);
        JsonElement answer = (await running.Post(body)).Json, funding = answer.GetProperty("funding");
        // When it is paid is not stated, so somebody bridges it.
        Assert.Equal((65_000_000, 30_000_000, 20_000_000), (funding.GetProperty("totalCostFen").GetInt64(), funding.GetProperty("selfFundedFen").GetInt64(), funding.GetProperty("bridgeFen").GetInt64()));
        Assert.Equal(
            ["lift subsidy 12000000", "lift selfFunded 18000000", "shaft subsidy 8000000", "shaft selfFunded 12000000", "pipes estate 15000000"],
            funding.GetProperty("matrix").EnumerateArray().Select(entry => $"{entry.GetProperty("costId")} {entry.GetProperty("sourceId")} {entry.GetProperty("amountFen")}"));
        Assert.Equal([0, 0, 7_500_000, 7_500_000, 7_500_000, 7_500_000],
            answer.GetProperty("schemes")[0].GetProperty("floors").EnumerateArray().Select(floor => floor.GetProperty("amountFen").GetInt64()));
    }

    [Fact]
    public async Task A_number_that_tiers_need_is_asked_for_in_words_with_the_tiers()
    {
        Answer answer = await Evaluate("changsha-lift", "2020-05-01", 76_000_000, ", \"acceptUnconfirmed\": true");
        Assert.Equal(
            "The policy \"changsha-lift\" goes by storeys; state it in facts. Tiers (from which number, how many yuan): 4: 160000.00; 5: 180000.00; 6: 200000.00; 7: 220000.00.",
            answer.Json.GetProperty("detail").GetString());
        foreach (CountFact fact in Enum.GetValues<CountFact>())
        {
            Fault fault = new(FaultCode.FactMissing, Place.Root, [("policy", "p"), ("fact", JsonNamingPolicy.CamelCase.ConvertName(fact.ToString())), ("tiers", "1: 2.00")]);
            Assert.Matches("^政策“p”按(层数|户数|停站数|提升层数)（[a-z]+）分档，请在 facts 里填上。", FaultTexts.Sentence(fault, Language.Chinese));
        }
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
        Assert.Equal(["nameUnknown /kind"], (await running.Get("/api/v1/policies?kind=tax")).Faults(HttpStatusCode.BadRequest));
        Assert.Equal(["memberDuplicate /on"], (await running.Get("/api/v1/policies?on=2022-02-20&on=2023-01-01")).Faults(HttpStatusCode.BadRequest));
        Assert.Equal(["nameUnknown /town"], (await running.Get("/api/v1/policies?town=x")).Faults(HttpStatusCode.BadRequest));
        Assert.Equal(["notADay /on"], (await running.Get("/api/v1/policies?on=2022-02-30")).Faults(HttpStatusCode.BadRequest));
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
    [InlineData("{\n  \"kind\": \"notice\",\n  \"id\": \"own\",\n  \"name\": { \"zh\": \"公示\", \"en\": \"notice\" },\n  \"city\": { \"zh\": \"市\", \"en\": \"city\" },\n  \"versions\": [\n    { \"from\": \"2020-02-30\", \"days\": 7, \"certainty\": \"press\", \"references\": [ { \"title\": { \"zh\": \"x\", \"en\": \"x\" }, \"certainty\": \"press\" } ] }\n  ]\n}", "line 7, /versions/0/from")]
    [InlineData("{\n  \"kind\": \"notice\",\n  \"id\": \"other\",\n  \"name\": { \"zh\": \"公示\", \"en\": \"notice\" },\n  \"city\": { \"zh\": \"市\", \"en\": \"city\" },\n  \"versions\": [\n    { \"from\": \"2020-02-01\", \"days\": 7, \"certainty\": \"press\", \"references\": [ { \"title\": { \"zh\": \"x\", \"en\": \"x\" }, \"certainty\": \"press\" } ] }\n  ]\n}", "line 3, /id")]
    [InlineData("{\n  \"kind\": \"notice\",\n  \"id\" \"own\" }", "line 3")]
    public void A_broken_policy_is_told_with_file_and_line(string text, string where)
    {
        string file = Write("own.json", text);
        string message = Assert.Throws<FormatException>(() => PolicyFolder.Read(Path.GetDirectoryName(file)!)).Message;
        Assert.StartsWith($"{file}, {where}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("EFBBBF", 1)]
    [InlineData("FFFE7B00", 1)]
    [InlineData("7B0A0A22CAD0", 3)]
    public void A_file_that_is_no_text_at_all_is_told_by_name_and_line(string bytes, int line)
    {
        string file = Write("own.json", Convert.FromHexString(bytes));
        string message = Assert.Throws<FormatException>(() => PolicyFolder.Read(Path.GetDirectoryName(file)!)).Message;
        Assert.StartsWith($"{file}, line {line}: ", message, StringComparison.Ordinal);
    }

    [Theory] // A part of a shipped file, what stands in its place, and how that is told.
    [InlineData("shanghai-lift", "\"to\": \"2020-03-31\"", "\"to\": \"2017-12-31\"", "/versions/0/to: The days do not follow")]
    [InlineData("shanghai-lift", "\"to\": \"2020-03-31\"", "\"to\": \"2020-04-01\"", "/versions/1/from: The days do not follow")]
    [InlineData("shanghai-lift", "\"certainty\": \"hint\",\n      \"references\"", "\"certainty\": \"press\",\n      \"references\"", "/versions/0/certainty: This says press or practice, but the text is a hint")]
    [InlineData("changsha-lift", "\"from\": 5", "\"from\": 4", "/versions/0/parts/0/amount/tiers/1/from: The numbers are in the wrong order")]
    [InlineData("beijing-guidance", "\"high\": 12", "\"high\": 9", "/versions/0/tables/0/floors/2/high: The numbers are in the wrong order")]
    [InlineData("china-civil-code-278", "\"numerator\": 3", "\"numerator\": 5", "/versions/0/approval/numerator: The numbers are in the wrong order")]
    [InlineData("guangzhou-haizhu-lift", "\"atLeast\": 7", "\"atLeast\": 7, \"atMost\": 6", "/versions/0/conditions/0/atMost: The numbers are in the wrong order")]
    [InlineData("guangzhou-coefficients", "\"2\": 0.5", "\"9\": 0.5", "/versions/0/rule/coefficients")]
    [InlineData("italy-1124", "\"percent\": 50", "\"percent\": 60", "/versions/0/rule")]
    public void A_policy_that_contradicts_itself_stops_the_start(string id, string part, string instead, string told)
    {
        string shipped = File.ReadAllText(Path.Combine(PolicyFolder.Shipped, $"{id}.json"));
        Assert.Contains(part, shipped, StringComparison.Ordinal);
        int at = shipped.IndexOf(part, StringComparison.Ordinal);
        string file = Write($"{id}.json", string.Concat(shipped.AsSpan(0, at), instead, shipped.AsSpan(at + part.Length)));
        string message = Assert.Throws<FormatException>(() => PolicyFolder.Read(Path.GetDirectoryName(file)!)).Message;
        Assert.Contains(told, message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kinds_of_policies_are_those_of_their_files() => Assert.Equal(
        typeof(Policy).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), inherit: false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(kind => (kind.DerivedType, (string)kind.TypeDiscriminator!)).ToHashSet(),
        PolicyBook.Kinds.Select(entry => (entry.Key, entry.Value)).ToHashSet());

    [Fact]
    public void A_deployments_own_policy_takes_the_place_of_the_shipped_one()
    {
        string own = File.ReadAllText(Path.Combine(PolicyFolder.Shipped, "shanghai-lift.json")).Replace("28000000", "30000000", StringComparison.Ordinal);
        string folder = Path.GetDirectoryName(Write("shanghai-lift.json", own))!;
        PolicyBook book = PolicyFolder.Read(PolicyFolder.Shipped, folder);
        Assert.Equal(PolicyFolder.Read(PolicyFolder.Shipped).All.Count, book.All.Count);
        Assert.Equal(30_000_000, book.Subsidies[new("shanghai-lift")][^1].Parts[0].Cap!.Value.Fen);
    }

    private const string Leave = """, "acceptUnconfirmed": true""";

    private Task<Answer> Evaluate(string policy, string on, long cost, string more = "") =>
        EvaluateOn(policy, on, $$"""{ "id": "lift", "name": "电梯", "category": "equipment", "amountFen": {{cost}} }""", more);

    private Task<Answer> EvaluateOn(string policy, string on, string costs, string more) => running.PostTo(
        $"/api/v1/policies/{policy}/evaluation", $$"""{ "on": "{{on}}", "costs": [ {{costs}} ]{{more}} }""");

    /// <summary>Whether an answer holds everything that is stated; defaults may be added to it.</summary>
    private static bool Holds(JsonNode answer, JsonNode stated) => stated switch
    {
        JsonObject map => map.All(entry => answer[entry.Key] is JsonNode value && Holds(value, entry.Value!)),
        JsonArray list => answer is JsonArray other && other.Count == list.Count && list.Zip(other).All(pair => Holds(pair.Second!, pair.First!)),
        JsonValue value => value.ToJsonString() == answer.ToJsonString(),
        _ => false,
    };
}
