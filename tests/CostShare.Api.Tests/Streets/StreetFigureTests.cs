using System.Net;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests.Streets;

/// <summary>The figures of the newspaper stories, as the street office sees them.</summary>
[Collection(SeededGroup.Name)]
public sealed class StreetFigureTests(Seeded seeded)
{
    private const string Street = $"/api/v1/streets/{Seeded.Xujiahui}", Other = $"/api/v1/streets/{Seeded.Caohejing}";

    private HttpClient Office => seeded.Running.Administrator;

    [Fact]
    public async Task Leshan_has_35_stairs_of_which_28_signed_3_are_in_use_and_20_are_being_built()
    {
        JsonObject summary = await Office.Json($"{Street}/summary");
        Assert.Equal(Seeded.Xujiahui, summary["street"]!.GetValue<string>());
        Assert.Empty(summary["unreadable"]!.AsArray());
        JsonObject figures = summary["figures"]!.AsObject();
        Assert.Equal("""{"notStarted":0,"consulting":7,"applying":0,"publicNotice":5,"construction":17,"acceptance":3,"inUse":3,"upkeep":0}""", figures["stages"]!.ToJsonString());
        Assert.Equal("""{"suitable":29,"hard":6,"unsuitable":0,"notAssessed":0}""", figures["feasibility"]!.ToJsonString());
        // The last signatures came on the 1st to the 28th day, so that the middle lies between 13 and 14 days.
        Assert.Equal((35, 28, "80.0", 20, 3, "13.5", 35 * 35),
            (Number(figures, "stairs"), Number(figures, "signed"), Text(figures, "signingPercent"), Number(figures, "underConstruction"), Number(figures, "inUse"), Text(figures, "medianDaysToSigning"), Number(figures, "households")));
        // 35 lifts of 450,000 and drawings of 12,345.67; shafts of 200,000, and 10,000 more from stair to stair.
        Assert.Equal((35L * (45_000_000 + 1_234_567 + 20_000_000)) + (1_000_000L * 595), Fen(figures, "totalCostFen"));
        // 40 %: 260,000 and 4,000 more each time, at most 280,000.
        JsonNode subsidy = Assert.Single(figures["subsidies"]!.AsArray())!;
        Assert.Equal(("shanghai-lift", "cityAndDistrict", 974_000_000L), (Text(subsidy, "policy"), Text(subsidy, "layer"), Fen(subsidy, "ruleFen")));
        Assert.Equal(Fen(figures, "totalCostFen") - 974_000_000, Fen(figures, "selfFundedFen"));

        JsonObject estate = (await Office.Json($"{Street}/estates"))["parts"]!.AsArray().Single()!.AsObject();
        Assert.Equal((Seeded.Xujiahui, Seeded.Leshan), (Text(estate, "street"), Text(estate, "estate")));
        Assert.True(JsonNode.DeepEquals(figures, estate["figures"]));
        Assert.True(JsonNode.DeepEquals(figures, (await Office.Json("/api/v1/city/streets"))["parts"]!.AsArray().Single(part => Text(part!, "street") == Seeded.Xujiahui)!["figures"]));
    }

    [Fact]
    public async Task Jinniu_has_28_suitable_8_hard_and_4_unsuitable_stairs_and_a_year_later_all_40_are_built()
    {
        JsonObject first = (await Office.Json($"{Other}/summary?on={Seeded.FirstDay}"))["figures"]!.AsObject(), then = (await Office.Json($"{Other}/summary"))["figures"]!.AsObject();
        Assert.Equal((40, 1056, 0, 0), (Number(first, "stairs"), Number(first, "households"), Number(first, "signed"), Number(first, "inUse")));
        Assert.Equal("""{"suitable":28,"hard":8,"unsuitable":4,"notAssessed":0}""", first["feasibility"]!.ToJsonString());
        Assert.Equal((40, 1056, 40, 40, "100.0"), (Number(then, "stairs"), Number(then, "households"), Number(then, "signed"), Number(then, "inUse"), Text(then, "signingPercent")));
        Assert.Equal("""{"suitable":40,"hard":0,"unsuitable":0,"notAssessed":0}""", then["feasibility"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(first, (await Office.Json($"{Other}/estates?on=2022-11-30"))["parts"]![0]!["figures"]));
        Assert.Equal((75, 68), (Number((await Office.Json("/api/v1/city/summary"))["figures"]!, "stairs"), Number((await Office.Json("/api/v1/city/summary"))["figures"]!, "signed")));
        Assert.Equal(28, Number((await Office.Json($"/api/v1/city/summary?on={Seeded.FirstDay}"))["figures"]!, "signed"));
    }

    [Fact]
    public async Task The_parts_add_up_to_the_whole_to_the_fen()
    {
        await Sums.AddUp(Office, "");
        await Sums.AddUp(Office, $"?on={Seeded.FirstDay}");
    }

    [Theory]
    [InlineData("/api/v1/streets/没有这条街道/summary", HttpStatusCode.NotFound, "streetUnknown ", "没有这条街道")]
    [InlineData("/api/v1/streets/没有这条街道/estates", HttpStatusCode.NotFound, "streetUnknown ", "没有这条街道")]
    [InlineData("/api/v1/streets/没有这条街道/subsidies", HttpStatusCode.NotFound, "streetUnknown ", "没有这条街道")]
    [InlineData("/api/v1/streets/没有这条街道/progress", HttpStatusCode.NotFound, "streetUnknown ", "没有这条街道")]
    [InlineData($"{Street}/estates/没有这个小区/progress", HttpStatusCode.NotFound, "estateUnknown ", "没有这个小区")]
    [InlineData($"{Street}/summary?on=2021-11-30", HttpStatusCode.NotFound, "streetUnknown ", Seeded.Xujiahui)]
    [InlineData($"{Street}/summary?on=2022-02-30", HttpStatusCode.BadRequest, "notADay ", "2022-02-30")]
    [InlineData($"{Street}/summary?on=", HttpStatusCode.BadRequest, "notADay ", "year-month-day")]
    [InlineData($"{Street}/summary?on=2022-12-02", HttpStatusCode.BadRequest, "momentAhead ", "2022-12-02")]
    [InlineData($"{Street}/summary?on=2021-12-01&on=2021-12-02", HttpStatusCode.BadRequest, "memberDuplicate ", "on")]
    [InlineData($"{Street}/estates?on=heute", HttpStatusCode.BadRequest, "notADay ", "heute")]
    [InlineData("/api/v1/city/summary?format=pdf", HttpStatusCode.BadRequest, "parameterForm ", "json, csv, xlsx")]
    [InlineData("/api/v1/city/summary?format=html", HttpStatusCode.BadRequest, "parameterForm ", "json, csv, xlsx")]
    [InlineData("/api/v1/city/streets?format=csv&table=lines", HttpStatusCode.BadRequest, "parameterForm ", "figures, subsidies, unreadable")]
    [InlineData("/api/v1/city/streets?table=figures", HttpStatusCode.BadRequest, "parameterUnknown ", "table")]
    [InlineData("/api/v1/city/subsidies?format=csv&after=5", HttpStatusCode.BadRequest, "parameterUnknown ", "after")]
    [InlineData("/api/v1/city/subsidies?limit=0", HttpStatusCode.BadRequest, "parameterForm ", "1 … 500")]
    [InlineData("/api/v1/city/subsidies?on=2022-12-02", HttpStatusCode.BadRequest, "momentAhead ", "2022-12-02")]
    [InlineData($"{Street}/estates/{Seeded.Leshan}/progress?on=2021-12-01", HttpStatusCode.BadRequest, "parameterUnknown ", "on")]
    [InlineData($"{Street}/estates/{Seeded.Leshan}/progress?format=pdf", HttpStatusCode.BadRequest, "parameterForm ", "json, csv, xlsx, html")]
    public async Task What_cannot_be_told_is_refused_with_what_is_wrong(string address, HttpStatusCode status, string fault, string said)
    {
        Answer answer = await Office.Get(address);
        Assert.Equal([fault], answer.Faults(status));
        Assert.Contains(said, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_a_slash_and_one_that_spells_it_are_two()
    {
        using var running = new Running();
        // Only a real server keeps what was sent.
        running.UseKestrel(0);
        running.StartServer();
        string[] names = ["a/b", "a%2Fb", "a%2fb", "%252F", "a/%2F"];
        for (int i = 0; i < names.Length; i++) { await Seeded.Register(new Buildings.Stored(running, $"n{i}"), names[i], names[^(i + 1)], $"{i} 号", 6, 12); }
        for (int i = 0; i < names.Length; i++)
        {
            string address = $"/api/v1/streets/{Uri.EscapeDataString(names[i])}";
            Assert.Equal(names[i], Text(await running.Administrator.Json($"{address}/summary"), "street"));
            JsonObject table = await running.Client.Json($"{address}/estates/{Uri.EscapeDataString(names[^(i + 1)])}/progress");
            Assert.Equal((names[i], names[^(i + 1)], $"{i} 号"), (Text(table, "street"), Text(table, "estate"), Text(table["lines"]![0]!, "address")));
        }
    }

    [Theory]
    [InlineData("/api/v1/city/summary")]
    [InlineData("/api/v1/city/streets?format=csv")]
    [InlineData("/api/v1/city/subsidies")]
    [InlineData($"{Street}/summary")]
    [InlineData($"{Street}/estates")]
    [InlineData($"{Street}/subsidies?format=xlsx")]
    public async Task Without_the_token_nobody_sees_figures(string address) => Assert.Equal(["unauthorized "], (await seeded.Running.Client.Get(address)).Faults(HttpStatusCode.Unauthorized));

    [Fact]
    public async Task Without_the_token_nobody_asks_what_if() =>
        Assert.Equal(["unauthorized "], (await seeded.Running.Client.Send("/api/v1/city/what-ifs", "{}")).Faults(HttpStatusCode.Unauthorized));

    [Fact]
    public async Task The_last_day_that_has_begun_is_as_now() => Assert.True(JsonNode.DeepEquals(
        (await Office.Json("/api/v1/city/summary"))["figures"], (await Office.Json($"/api/v1/city/summary?on={Seeded.SecondDay}"))["figures"]));

    private static int Number(JsonNode figures, string name) => figures[name]!.GetValue<int>();

    private static long Fen(JsonNode figures, string name) => figures[name]!.GetValue<long>();

    private static string Text(JsonNode figures, string name) => figures[name]!.GetValue<string>();
}
