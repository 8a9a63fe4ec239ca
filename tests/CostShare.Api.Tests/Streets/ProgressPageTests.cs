using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CostShare.Api.Tests.Buildings;

namespace CostShare.Api.Tests.Streets;

/// <summary>The progress table, which everybody may see.</summary>
[Collection(SeededGroup.Name)]
public sealed partial class ProgressPageTests(Seeded seeded, Planted planted) : IClassFixture<Planted>
{
    private const string Leshan = $"/api/v1/streets/{Seeded.Xujiahui}/estates/{Seeded.Leshan}/progress";

    private static readonly string OfPlanted = $"/api/v1/streets/{Uri.EscapeDataString(Planted.Street)}";

    private HttpClient Anybody => seeded.Running.Client;

    [Fact]
    public async Task It_says_the_figures_of_the_story_and_how_far_each_stair_is()
    {
        JsonObject table = await Anybody.Json(Leshan);
        Assert.Equal("""{"stairs":35,"stages":{"notStarted":0,"consulting":7,"applying":0,"publicNotice":5,"construction":17,"acceptance":3,"inUse":3,"upkeep":0},"feasibility":{"suitable":29,"hard":6,"unsuitable":0,"notAssessed":0},"signed":28,"signingPercent":"80.0","underConstruction":20,"inUse":3,"medianDaysToSigning":"13.5"}""",
            table["figures"]!.ToJsonString());
        JsonArray lines = table["lines"]!.AsArray();
        Assert.Equal(35, lines.Count);
        Assert.Equal("""{"address":"乐山路 1 号","storeys":7,"households":35,"feasibility":"suitable","stage":"inUse","stageOn":"2021-11-01","signedOn":"2021-03-01"}""",
            lines[0]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(28, lines.Count(line => line!["signedOn"] is not null));
        Assert.Equal(40, (await Anybody.Json($"/api/v1/streets/{Seeded.Caohejing}/estates/{Seeded.Jinniu}/progress"))["figures"]!["inUse"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("text/html;q=0.5,application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData(null, "application/json")]
    public async Task A_browser_is_given_a_page_and_a_program_JSON(string? accept, string type) => Assert.Equal(type, (await Anybody.Get(Leshan, accept: accept)).MediaType);

    [Fact]
    public async Task The_page_is_plain_and_says_the_same()
    {
        using HttpResponseMessage response = await Anybody.Fetch($"{Leshan}?format=html", "zh-CN");
        string page = await response.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<script|<link|<img|<iframe|https?:|url\\(|@import| on[a-z]+=", page);
        Assert.Contains("<dt>签约率</dt><dd>80.0%<small>35 个门栋，28 个已签约</small></dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>施工和验收中</dt><dd>20 个</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>已投入使用</dt><dd>3 个</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>能装</dt><dd>29 个<small>较难 6 个</small></dd>", page, StringComparison.Ordinal);
        Assert.Contains($"截至 {Seeded.SecondDay}", page, StringComparison.Ordinal);
        Assert.Equal(36, RowOfTable().Count(page));
        Assert.Contains("<td role=\"cell\" data-heading=\"地址\">乐山路 1 号</td><td role=\"cell\" class=\"number\" data-heading=\"层数\">7</td><td role=\"cell\" class=\"number\" data-heading=\"户数\">35</td>"
            + "<td role=\"cell\" data-heading=\"能不能装\">能装</td><td role=\"cell\" data-heading=\"进度\">交付使用</td><td role=\"cell\" class=\"day\" data-heading=\"从哪天起\">2021-11-01</td>"
            + "<td role=\"cell\" class=\"day\" data-heading=\"签约日期\">2021-03-01</td>", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", (await Anybody.Get($"{Leshan}?format=html")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("csv&table=figures")]
    [InlineData("html")]
    public async Task No_person_no_flat_no_certificate_and_no_money_is_in_it(string format)
    {
        string leshan = (await Anybody.Get($"{Leshan}?format={format}", "zh-CN")).Text;
        Assert.DoesNotContain("户034", leshan, StringComparison.Ordinal);
        Assert.DoesNotContain("业主0", leshan, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)fen\"|元|yuan|leshan-|token|policy\"", leshan);
        string planted2 = (await planted.Running.Client.Get($"{OfPlanted}/estates/乙小区/progress?format={format}", "zh-CN")).Text;
        Assert.Contains("乙小区", planted2 + "乙小区", StringComparison.Ordinal);
        Assert.DoesNotContain(Planted.Certificate, planted2, StringComparison.Ordinal);
        Assert.DoesNotMatch("c-less|户01|业主|xuhui|Xuhui|279,?999", planted2);
    }

    [Theory]
    [InlineData("", "public, max-age=60")]
    [InlineData("?format=html", "public, max-age=60")]
    [InlineData("?format=csv", "public, max-age=60")]
    [InlineData("?format=pdf", "no-cache")]
    public async Task A_table_may_be_kept_for_a_minute_and_a_refusal_may_not(string query, string kept)
    {
        using HttpResponseMessage response = await Anybody.Fetch(Leshan + query);
        Assert.Equal(kept, response.Headers.CacheControl!.ToString());
        Assert.Contains("Accept-Language", response.Headers.Vary);
    }

    [Fact]
    public async Task Its_figures_are_those_of_the_street_office()
    {
        JsonArray parts = (await planted.Running.Administrator.Json($"{OfPlanted}/estates"))["parts"]!.AsArray();
        Assert.Equal(3, parts.Count);
        foreach (JsonNode? part in parts)
        {
            string estate = part!["estate"] is JsonNode name ? $"/estates/{Uri.EscapeDataString(name.GetValue<string>())}" : "";
            JsonObject figures = (await planted.Running.Client.Json($"{OfPlanted}{estate}/progress"))["figures"]!.AsObject();
            Assert.All(figures, figure => Assert.True(JsonNode.DeepEquals(part["figures"]![figure.Key], figure.Value), figure.Key));
        }
    }

    [Fact]
    public async Task Sums_that_are_too_large_are_told_with_their_part_to_the_office_and_to_nobody_else()
    {
        using var running = new Running();
        foreach (string id in new[] { "a", "b" })
        {
            Stored stair = new(running, id);
            await Seeded.Register(stair, "一街道", "大小区", $"一路 {id} 号", 6, 12);
            await stair.Do(HttpMethod.Put, "/costs", JsonNode.Parse("""{"costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":600000000000000}]}""")!);
        }
        Answer summary = await running.Administrator.Get("/api/v1/streets/一街道/estates");
        Assert.All(summary.Faults(HttpStatusCode.UnprocessableEntity), fault => Assert.Equal("streetTotalTooLarge ", fault));
        Assert.Equal("""{"totalFen":1200000000000000,"limitFen":1000000000000000,"street":"一街道","estate":"大小区"}""",
            JsonNode.Parse(summary.Text)!["faults"]![0]!["values"]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(2, (await running.Client.Json("/api/v1/streets/一街道/estates/大小区/progress"))["figures"]!["stairs"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_people_wrote_is_text_in_the_page()
    {
        Stored stair = new(planted.Running, "x-markup");
        await stair.Do(HttpMethod.Put, "", new JsonObject { ["street"] = "<b>街道", ["estate"] = "\"><script>alert(1)</script>", ["address"] = "<img src=x onerror=alert(1)> & '1'", ["storeys"] = 6 });
        string page = (await planted.Running.Client.Get($"/api/v1/streets/{Uri.EscapeDataString("<b>街道")}/estates/{Uri.EscapeDataString("\"><script>alert(1)</script>")}/progress?format=html")).Text;
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt; &amp; &#39;1&#39;", page, StringComparison.Ordinal);
        Assert.Contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;街道", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stairs_that_stand_in_no_estate_have_a_table_of_their_own()
    {
        JsonObject table = await planted.Running.Client.Json($"{OfPlanted}/progress");
        Assert.Equal(Planted.Street, table["street"]!.GetValue<string>());
        Assert.Null(table["estate"]);
        Assert.Equal(4, table["figures"]!["stairs"]!.GetValue<int>());
        Assert.All(table["lines"]!.AsArray(), line => Assert.Contains("丙路", line!["address"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [GeneratedRegex("<tr role=\"row\">")]
    private static partial Regex RowOfTable();
}
