using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CostShare.Api.CommandLine;

namespace CostShare.Api.Tests.Buildings;

/// <summary>A stair of 乐山六七村 from its registration to a finalisation anew after an overrun, by HTTP, as a volunteer, the residents and the street office see it.</summary>
public sealed class LeshanTests(Running running) : IClassFixture<Running>
{
    private static readonly JsonObject Example = JsonNode.Parse(Running.Example("leshan.json"))!.AsObject();

    [Fact]
    public async Task A_stair_goes_from_its_register_to_bills_that_change_with_a_reason()
    {
        Stored stair = new(running, "leshan-6-12");
        await Propose(stair);

        // Residents compare: the same figures as anybody gets without an account.
        JsonObject asked = Request(Example["costs"]!);
        string compared = (await running.Post(asked)).Text;
        Assert.Equal(compared, (await stair.Get("/comparison")).Text);
        await stair.Do(HttpMethod.Post, "/schemes/withdrawals", new JsonObject { ["scheme"] = "percentages", ["reason"] = "七楼负担太重" });

        // The volunteer finalises what was adopted.
        JsonObject first = await stair.Do(HttpMethod.Post, "/finalisations", new JsonObject { ["scheme"] = "coefficients", ["evidence"] = Evidence("2022-03-20", 31) });
        Dictionary<string, long> billed = Bills(first), shares = Shares(compared, "coefficients");
        Assert.Equal(shares, billed);
        Assert.Equal(48_000_000, billed.Values.Sum());
        string beforeOverrun = (await stair.Get()).Tag!.Trim('"');

        // The shaft costs 30,000 yuan more, and the subsidy has come to its cap: residents carry all of it.
        JsonArray costs = Example["costs"]!.DeepClone().AsArray();
        costs[1]!["amountFen"] = 28_000_000;
        await stair.Do(HttpMethod.Put, "/costs", new JsonObject { ["costs"] = costs.DeepClone() });
        var again = new JsonObject { ["scheme"] = "coefficients", ["evidence"] = Evidence("2022-09-01", 30) };
        Assert.Equal(["reasonMissing /reason"], (await stair.Post("/finalisations", again.ToJsonString())).Answer.Faults(HttpStatusCode.UnprocessableEntity));
        again["reason"] = "地下障碍物，井道增加 3 万元";
        JsonObject second = await stair.Do(HttpMethod.Post, "/finalisations", again);
        Dictionary<string, long> billedAnew = Bills(second);
        Assert.Equal(Shares((await running.Post(Request(costs))).Text, "coefficients"), billedAnew);
        Assert.Equal(51_000_000, billedAnew.Values.Sum());

        // Household by household: the old amount, the new one, and why.
        JsonArray changes = (await stair.Get("/finalisations")).Json["finalisations"]![1]!["changes"]!.AsArray();
        Assert.Equal(Example["building"]!["households"]!.AsArray().Select(household => household!["id"]!.GetValue<string>()), changes.Select(change => change!["household"]!.GetValue<string>()));
        foreach (JsonNode? change in changes)
        {
            string household = change!["household"]!.GetValue<string>();
            Assert.Equal((billed[household], billedAnew[household]), (change["beforeFen"]!.GetValue<long>(), change["afterFen"]!.GetValue<long>()));
            Assert.Equal(billed[household] == billedAnew[household] ? [] : [("costs", billedAnew[household] - billed[household])],
                change["causes"]!.AsArray().Select(cause => (cause!["parts"]!.AsArray().Single()!.GetValue<string>(), cause["differenceFen"]!.GetValue<long>())));
        }

        // What was before stays readable, and is told in words.
        Assert.Single((await stair.Get($"/finalisations?at={beforeOverrun}")).Json["finalisations"]!.AsArray());
        Assert.Equal(25_000_000, (await stair.Get($"/costs?at={beforeOverrun}")).Json["costs"]![1]!["amountFen"]!.GetValue<long>());
        string told = (await stair.Get("/history", "zh-CN")).Json["entries"]!.AsArray()[^1]!["text"]!.GetValue<string>();
        Assert.Contains("第 2 次定案", told, StringComparison.Ordinal);
        Assert.Contains("510,000.00 元", told, StringComparison.Ordinal);
        Assert.Contains("地下障碍物，井道增加 3 万元", told, StringComparison.Ordinal);

        // Anybody can check the passports, offline; the second names the first.
        string passport = (await stair.Get("/finalisations/1/passport")).Text, anew = (await stair.Get("/finalisations/2/passport")).Text;
        Assert.Equal(first["passport"]!.GetValue<string>(), passport);
        Assert.Equal(JsonNode.Parse(passport)!["sha256"]!.GetValue<string>(), JsonNode.Parse(anew)!["previousSha256"]!.GetValue<string>());
        Assert.Equal((0, ""), Verify(passport));
        Assert.Equal((0, ""), Verify(anew));
        string raised = passport.Replace($"\"amountFen\":{billed["701"]}", $"\"amountFen\":{billed["701"] + 100}", StringComparison.Ordinal);
        Assert.NotEqual(passport, raised);
        (int code, string wrong) = Verify(raised);
        Assert.Equal(1, code);
        Assert.Contains(billed["701"].ToString(CultureInfo.InvariantCulture), wrong, StringComparison.Ordinal);
        Assert.Equal(["notFound "], (await stair.Get("/finalisations/3/passport")).Answer.Faults(HttpStatusCode.NotFound));
    }

    /// <summary>From the register to three schemes.</summary>
    private static async Task Propose(Stored stair)
    {
        await stair.Do(HttpMethod.Put, "", JsonNode.Parse(Stored.Site)!);
        await stair.Do(HttpMethod.Post, "/feasibility", new JsonObject { ["feasibility"] = "suitable", ["on"] = "2021-03-01", ["note"] = "可行性地图" });
        await stair.Do(HttpMethod.Post, "/stages", new JsonObject { ["stage"] = "consulting", ["on"] = "2021-03-08" });
        var register = new StringBuilder("户号,楼层,面积,产权人编号,面积依据\n");
        foreach (JsonNode? household in Example["building"]!["households"]!.AsArray())
        {
            string id = household!["id"]!.GetValue<string>();
            register.Append(CultureInfo.InvariantCulture, $"{id},{household["floor"]},{household["areaM2"]},{(id == "702" ? "p-701" : "p-" + id)},租用公房凭证\n");
        }
        Assert.Equal(HttpStatusCode.OK, (await stair.Post("/households", register.ToString())).Status);
        await stair.Do(HttpMethod.Put, "/costs", new JsonObject { ["costs"] = Example["costs"]!.DeepClone() });
        foreach ((string id, string vendor, long lift) in new[] { ("a", "甲电梯公司", 46_000_000L), ("b", "乙电梯公司", 47_500_000L) })
        {
            JsonNode line = Example["costs"]![0]!.DeepClone();
            line["amountFen"] = lift;
            await stair.Do(HttpMethod.Post, "/quotes", new JsonObject { ["id"] = id, ["vendor"] = vendor, ["on"] = "2021-06-01", ["lines"] = new JsonArray(line) });
        }
        await stair.Do(HttpMethod.Post, "/quotes/choices", new JsonObject { ["quote"] = "a", ["reason"] = "质保十年，价格低" });
        await stair.Do(HttpMethod.Put, "/funding", new JsonObject { ["funding"] = Funding() });
        await stair.Do(HttpMethod.Post, "/subsidies", new JsonObject { ["source"] = "subsidy", ["state"] = "planned", ["amountFen"] = 28_000_000, ["on"] = "2021-07-01" });
        foreach (JsonNode? scheme in Schemes()) { await stair.Do(HttpMethod.Post, "/schemes", new JsonObject { ["scheme"] = scheme!.DeepClone() }); }
        await stair.Do(HttpMethod.Post, "/signatures", new JsonObject { ["household"] = "701", ["on"] = "2022-03-21" });
    }

    // The rule of Shanghai gives 40 % of the construction amount, at most 280,000 yuan.
    private static JsonArray Funding() => JsonNode.Parse("""
        [ { "id": "sewer-works", "kind": "programme", "costIds": ["sewer"] },
          { "id": "subsidy", "kind": "policy", "policy": "shanghai-lift", "on": "2022-05-01", "afterAcceptance": true } ]
        """)!.AsArray();

    private static IEnumerable<JsonNode?> Schemes() => Example["schemes"]!.AsArray().Take(3);

    private static JsonObject Request(JsonNode costs) => new()
    {
        ["building"] = Example["building"]!.DeepClone(),
        ["costs"] = costs.DeepClone(),
        ["funding"] = Funding(),
        ["schemes"] = new JsonArray([.. Schemes().Select(scheme => scheme!.DeepClone())]),
    };

    private static JsonObject Evidence(string on, int votes) => new() { ["record"] = "征询表决公告", ["on"] = on, ["for"] = votes, ["against"] = 2, ["forM2"] = 1_381.4, ["againstM2"] = 90.5 };

    private static Dictionary<string, long> Bills(JsonNode happened) =>
        happened["bills"]!.AsArray().ToDictionary(bill => bill!["household"]!.GetValue<string>(), bill => bill!["amountFen"]!.GetValue<long>());

    private static Dictionary<string, long> Shares(string comparison, string scheme) => JsonNode.Parse(comparison)!["schemes"]!.AsArray().Single(found => found!["id"]!.GetValue<string>() == scheme)!
        ["shares"]!.AsArray().ToDictionary(share => share!["household"]!.GetValue<string>(), share => share!["amountFen"]!.GetValue<long>());

    private static (int Code, string Wrong) Verify(string passport)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, passport);
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = new Commands(output, error, null).Answer(["verify", file]) ?? -1;
        File.Delete(file);
        return (code, error.ToString());
    }
}
