using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CostShare.Api.Tests.Buildings;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CostShare.Api.Tests.Streets;

/// <summary>Two estates of the newspaper stories, stair by stair through the API: 乐山六七村 (2021) and 金牛花苑 (2022).</summary>
public sealed class Seeded : IAsyncLifetime
{
    public const string Xujiahui = "徐家汇街道", Caohejing = "漕河泾街道", Leshan = "乐山六七村", Jinniu = "金牛花苑";

    /// <summary>The day on which all was recorded but what came later, and the day of that.</summary>
    public const string FirstDay = "2021-12-01", SecondDay = "2022-12-01";

    private const int LeshanHouseholds = 35;

    private readonly Clock _clock = new();

    public Seeded() : this(null) { }

    /// <summary>The same in a database, where a connection string is given.</summary>
    internal Seeded(string? connection) => Running = new Running
    {
        Besides = host =>
        {
            host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(_clock));
            Store(host, connection);
        },
    };

    public Running Running { get; }

    public async Task InitializeAsync()
    {
        _clock.Set(FirstDay);
        for (int i = 0; i < 35; i++) { await LeshanStair(i); }
        for (int i = 0; i < 40; i++) { await JinniuStair(i); }
        _clock.Set(SecondDay);
        for (int i = 0; i < 40; i++)
        {
            Stored stair = new(Running, $"jinniu-{i + 1:D2}");
            if (i >= 28) { await stair.Do(HttpMethod.Post, "/feasibility", new JsonObject { ["feasibility"] = "suitable", ["on"] = "2022-06-01", ["note"] = "电线杆已经移走" }); }
            await Sign(stair, JinniuHouseholds(i), "2022-03-01");
            await stair.Do(HttpMethod.Post, "/stages", new JsonObject { ["stage"] = "inUse", ["on"] = "2022-11-30" });
        }
    }

    public Task DisposeAsync()
    {
        Running.Dispose();
        return Task.CompletedTask;
    }

    // 29 can take a lift and 6 are hard. 28 signed: 3 in use, 20 being built, 5 on the way there. One talks it over.
    private async Task LeshanStair(int i)
    {
        Stored stair = new(Running, $"leshan-{i + 1:D2}");
        await Register(stair, Xujiahui, Leshan, $"乐山路 {i + 1} 号", 7, LeshanHouseholds);
        await stair.Do(HttpMethod.Post, "/feasibility", new JsonObject { ["feasibility"] = i < 29 ? "suitable" : "hard", ["on"] = "2021-01-10" });
        await stair.Do(HttpMethod.Post, "/stages", new JsonObject { ["stage"] = "consulting", ["on"] = "2021-03-01" });
        if (i < 28)
        {
            await Sign(stair, LeshanHouseholds, Day("2021-03-01", i));
            await stair.Do(HttpMethod.Post, "/stages", new JsonObject { ["stage"] = i < 3 ? "inUse" : i < 20 ? "construction" : i < 23 ? "acceptance" : "publicNotice", ["on"] = "2021-11-01" });
        }
        // The base of the subsidy grows by 10,000 yuan from stair to stair: 650,000 to 990,000.
        await Fund(stair, 20_000_000 + (1_000_000 * i));
    }

    private async Task JinniuStair(int i)
    {
        Stored stair = new(Running, $"jinniu-{i + 1:D2}");
        await Register(stair, Caohejing, Jinniu, $"金牛花苑 {i + 1} 号", 6, JinniuHouseholds(i));
        await stair.Do(HttpMethod.Post, "/feasibility", new JsonObject { ["feasibility"] = i < 28 ? "suitable" : i < 36 ? "hard" : "unsuitable", ["on"] = "2021-02-01" });
        await stair.Do(HttpMethod.Post, "/stages", new JsonObject { ["stage"] = "consulting", ["on"] = "2021-02-10" });
    }

    // Not as an option of the command line, which takes none with a password in it.
    internal static void Store(IWebHostBuilder host, string? connection)
    {
        if (connection is not null) { host.ConfigureAppConfiguration(settings => settings.AddInMemoryCollection([new("ConnectionStrings:CostShare", connection)])); }
    }

    internal static async Task Register(Stored stair, string street, string? estate, string address, int storeys, int households)
    {
        await stair.Do(HttpMethod.Put, "", Without(new JsonObject { ["street"] = street, ["estate"] = estate, ["address"] = address, ["storeys"] = storeys }));
        // The two highest join; so many signatures do.
        var list = new StringBuilder("户号,楼层,面积,参加,产权人编号\n");
        for (int n = 0; n < households; n++) { list.Append(CultureInfo.InvariantCulture, $"户{n + 1:D3},{(n < households - 2 ? 1 + (n % (storeys - 1)) : storeys)},50,{(n < households - 2 ? "否" : "是")},业主{n + 1:D3}\n"); }
        Reply reply = await stair.Post("/households", list.ToString());
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
    }

    internal static async Task Fund(Stored stair, long civilWorksFen, string on = "2022-05-01", bool isUnconfirmedAccepted = false)
    {
        await stair.Do(HttpMethod.Put, "/costs", JsonNode.Parse($$"""
            {"costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":45000000},{"id":"shaft","name":"井道","category":"civilWorks","amountFen":{{civilWorksFen}}},
                      {"id":"drawings","name":"设计","category":"design","amountFen":1234567}]}
            """)!);
        await stair.Do(HttpMethod.Put, "/funding", JsonNode.Parse($$"""{"funding":[{"id":"city","kind":"policy","policy":"shanghai-lift","on":"{{on}}","acceptUnconfirmed":{{(isUnconfirmedAccepted ? "true" : "false")}}}]}""")!);
    }

    internal static Task Record(Stored stair, string state, long amountFen, string? certificate = null, string? programme = null, string on = "2022-09-01") => stair.Do(HttpMethod.Post, "/subsidies",
        Without(new JsonObject { ["source"] = "city", ["state"] = state, ["amountFen"] = amountFen, ["on"] = on, ["certificate"] = certificate, ["programme"] = programme }));

    // 1,056 in 40 stairs.
    private static int JinniuHouseholds(int i) => i < 16 ? 27 : 26;

    private static async Task Sign(Stored stair, int households, string on)
    {
        foreach (string household in new[] { $"户{households - 1:D3}", $"户{households:D3}" }) { await stair.Do(HttpMethod.Post, "/signatures", new JsonObject { ["household"] = household, ["on"] = on }); }
    }

    private static string Day(string first, int days) => DateOnly.Parse(first, CultureInfo.InvariantCulture).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonObject Without(JsonObject json)
    {
        foreach ((string name, _) in json.Where(member => member.Value is null).ToArray()) { json.Remove(name); }
        return json;
    }
}

/// <summary>The tests that read the two estates share them.</summary>
[CollectionDefinition(Name)]
public sealed class SeededGroup : ICollectionFixture<Seeded>
{
    public const string Name = "Seeded streets";
}

/// <summary>A clock that is set.</summary>
internal sealed class Clock : TimeProvider
{
    private DateTimeOffset _now;

    /// <summary>Sets it to noon of a day in China.</summary>
    public void Set(string day) => _now = DateTimeOffset.Parse($"{day}T12:00:00+08:00", CultureInfo.InvariantCulture);

    public override DateTimeOffset GetUtcNow() => _now;
}

/// <summary>What these tests ask.</summary>
internal static class Asking
{
    public static async Task<Answer> Get(this HttpClient client, string address, string language = "en", string? accept = null) => await Answer.Of(await client.Fetch(address, language, accept));

    public static async Task<HttpResponseMessage> Fetch(this HttpClient client, string address, string language = "en", string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (accept is not null) { request.Headers.Accept.ParseAdd(accept); }
        return await client.SendAsync(request);
    }

    public static async Task<JsonObject> Json(this HttpClient client, string address)
    {
        Answer answer = await client.Get(address);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return JsonNode.Parse(answer.Text)!.AsObject();
    }

    public static async Task<Answer> Send(this HttpClient client, string address, string body, string? accept = null, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (accept is not null) { request.Headers.Accept.ParseAdd(accept); }
        using HttpResponseMessage response = await client.SendAsync(request);
        return await Answer.Of(response);
    }
}
