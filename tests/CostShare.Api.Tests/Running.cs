using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CostShare.Api.Tests;

/// <summary>The program in this process, with a data folder of its own.</summary>
public sealed class Running : WebApplicationFactory<Program>
{
    private const string SetUpToken = "the-set-up-token-of-these-tests";

    private readonly string _data = Directory.CreateTempSubdirectory("costshare-test-").FullName;

    // A token is no option of the command line, where others on the machine could read it.
    static Running() => Environment.SetEnvironmentVariable("COSTSHARE_SETUP_TOKEN", SetUpToken);

    public const string Comparisons = "/api/v1/comparisons";

    /// <summary>What a test sets up besides.</summary>
    public Action<IWebHostBuilder>? Besides { get; init; }

    /// <summary>Takes the data folder away from the running program.</summary>
    public void LoseDataFolder() => Directory.Delete(_data, recursive: true);

    public HttpClient Client => field ??= CreateClient(Options);

    // The address is another where a test has started a real server.
    private WebApplicationFactoryClientOptions Options => new() { AllowAutoRedirect = false, BaseAddress = ClientOptions.BaseAddress };

    /// <summary>A client with the administrator's token.</summary>
    public HttpClient Administrator
    {
        get
        {
            if (field is not null) { return field; }
            using var body = new StringContent($$"""{"token":"{{SetUpToken}}"}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage response = Client.PostAsync(new Uri("/api/v1/setup", UriKind.Relative), body).GetAwaiter().GetResult();
            string token = Answer.Of(response).GetAwaiter().GetResult().Json.GetProperty("administratorToken").GetString()!;
            HttpClient client = CreateClient(Options);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return field = client;
        }
    }

    public static string Example(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", name));

    public static IEnumerable<string> Examples =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "examples"), "*.json").Select(file => Path.GetFileName(file)).Order();

    /// <summary>A small request that is accepted as it stands.</summary>
    public static JsonObject Small() => JsonNode.Parse("""
        {
          "building": { "storeys": 2, "households": [ { "id": "101", "floor": 1, "areaM2": 50.5 }, { "id": "201", "floor": 2, "areaM2": 60 } ] },
          "costs": [ { "id": "lift", "name": "电梯", "category": "equipment", "amountFen": 100000 } ],
          "schemes": [ { "id": "equal", "name": "均摊", "rule": { "kind": "equal" } } ]
        }
        """)!.AsObject();

    public Task<Answer> Post(JsonNode body, string language = "en") => Post(body.ToJsonString(), language);

    public Task<Answer> Post(string body, string language = "en") => Post(Encoding.UTF8.GetBytes(body), "application/json", language);

    /// <summary>Posts to another address than that of comparisons.</summary>
    public Task<Answer> PostTo(string address, string body) => Post(Encoding.UTF8.GetBytes(body), "application/json", address: address);

    public async Task<Answer> Get(string address)
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri(address, UriKind.Relative));
        return await Answer.Of(response);
    }

    public async Task<Answer> Post(byte[] body, string? contentType, string language = "en", string query = "", string address = Comparisons)
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null) { content.Headers.TryAddWithoutValidation("Content-Type", contentType); }
        using var request = new HttpRequestMessage(HttpMethod.Post, address + query) { Content = content };
        if (language.Length > 0) { request.Headers.AcceptLanguage.ParseAdd(language); }
        using HttpResponseMessage response = await Client.SendAsync(request);
        return await Answer.Of(response);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("data", _data);
        Besides?.Invoke(builder);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_data)) { Directory.Delete(_data, recursive: true); }
    }
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, string? MediaType, string? Language, HttpContentHeaders Headers, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public static async Task<Answer> Of(HttpResponseMessage response) => new(
        response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentLanguage.FirstOrDefault(),
        response.Content.Headers, await response.Content.ReadAsStringAsync());

    /// <summary>The faults as "code pointer", after seeing that the refusal is one as documented.</summary>
    public string[] Faults(HttpStatusCode status)
    {
        Assert.Equal((status, "application/problem+json"), (Status, MediaType));
        JsonElement problem = Json;
        JsonElement[] faults = [.. problem.GetProperty("faults").EnumerateArray()];
        Assert.NotEmpty(faults);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal(faults[0].GetProperty("code").GetString(), problem.GetProperty("code").GetString());
        Assert.Equal(faults[0].GetProperty("detail").GetString(), problem.GetProperty("detail").GetString());
        Assert.True(problem.GetProperty("faultCount").GetInt32() >= faults.Length);
        Assert.All(faults, fault => Assert.DoesNotMatch("\\{[a-zA-Z]+\\}", fault.GetProperty("detail").GetString()!));
        return [.. faults.Select(fault => $"{fault.GetProperty("code").GetString()} {fault.GetProperty("pointer").GetString()}")];
    }
}
