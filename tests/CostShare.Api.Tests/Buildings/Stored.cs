using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests.Buildings;

/// <summary>One stored building of the program in this process.</summary>
internal sealed class Stored(Running running, string building)
{
    public const string Site = """{"street":"徐家汇街道","estate":"乐山六村","address":"乐山路 6 弄 12 号","storeys":7}""";

    public const string TwoFlats = """{"households":[{"facts":{"id":"101","floor":1,"areaM2":50}},{"facts":{"id":"701","floor":7,"areaM2":60.5},"unit":"7 楼 1 室","owners":["p1"]}]}""";

    public string Address => $"/api/v1/buildings/{building}";

    public Task<Reply> Get(string path = "", string language = "en", string? known = null) => Send(HttpMethod.Get, path, null, language, ("If-None-Match", known));

    public Task<Reply> Put(string path, string body, string? key = null, string? ifMatch = null) => Send(HttpMethod.Put, path, body, "en", ("Idempotency-Key", key), ("If-Match", ifMatch));

    public Task<Reply> Post(string path, string body, string? key = null, string? ifMatch = null) => Send(HttpMethod.Post, path, body, "en", ("Idempotency-Key", key), ("If-Match", ifMatch));

    /// <summary>Sends what must be carried out, and returns what happened.</summary>
    public async Task<JsonObject> Do(HttpMethod method, string path, JsonNode body)
    {
        Reply reply = await Send(method, path, body.ToJsonString(), "en");
        Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.Created, reply.Text);
        return JsonNode.Parse(reply.Text)!["happened"]!.AsObject();
    }

    public async Task<Reply> Send(HttpMethod method, string path, string? body, string language, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, Address + path);
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (body is not null)
        {
            bool isCsv = body.Length > 0 && body[0] is not ('{' or '[');
            request.Content = new StringContent(body, Encoding.UTF8, isCsv ? "text/csv" : "application/json");
        }
        foreach ((string name, string? value) in headers)
        {
            if (value is not null) { request.Headers.TryAddWithoutValidation(name, value); }
        }
        using HttpResponseMessage response = await running.Administrator.SendAsync(request);
        return new Reply(await Answer.Of(response), response.Headers.ETag?.ToString());
    }
}

/// <summary>What came back, with its tag.</summary>
internal sealed record Reply(Answer Answer, string? Tag)
{
    public HttpStatusCode Status => Answer.Status;

    public string Text => Answer.Text;

    public JsonNode Json => JsonNode.Parse(Answer.Text)!;
}
