using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CostShare.Grains.Buildings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace CostShare.Api.Tests.Buildings;

/// <summary>Stored buildings under hostile and careless clients: each gets its documented refusal, and a refusal changes nothing.</summary>
public sealed class HostileBuildingTests(Running running) : IClassFixture<Running>
{
    private const string Signature = """{"household":"101","on":"2026-05-01"}""";

    // Every command with every member there is.
    private static readonly (string Schema, HttpMethod Method, string Path, string Body)[] Commands =
    [
        ("RegisterBuilding", HttpMethod.Put, "", Stored.Site),
        ("CorrectSite", HttpMethod.Put, "/site", """{"street":"徐家汇街道","estate":"乐山六村","address":"乐山路 6 弄 12 号","storeys":7,"reason":"登记错了"}"""),
        ("RegisterHouseholds", HttpMethod.Post, "/households", """{"households":[{"facts":{"id":"101","floor":1,"areaM2":50.25,"use":"shop","joins":true,"entry":"level"},"unit":"一单元","areaSource":"产证","owners":["p1"]}]}"""),
        ("ChangeHousehold", HttpMethod.Post, "/households/changes", """{"household":{"facts":{"id":"101","floor":1,"areaM2":50.25,"use":"shop","joins":true,"entry":"level"},"unit":"一单元","areaSource":"产证","owners":["p1"]},"reason":"按产证更正"}"""),
        ("RemoveHousehold", HttpMethod.Post, "/households/removals", """{"household":"101","reason":"并户"}"""),
        ("SetCosts", HttpMethod.Put, "/costs", """{"costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":70000000}]}"""),
        ("RecordQuote", HttpMethod.Post, "/quotes", """{"id":"q1","vendor":"甲","on":"2026-01-01","lines":[{"id":"lift","name":"电梯","category":"equipment","amountFen":70000000}]}"""),
        ("ChooseQuote", HttpMethod.Post, "/quotes/choices", """{"quote":"q1","reason":"质保十年"}"""),
        ("SetFunding", HttpMethod.Put, "/funding", """{"funding":[{"id":"estate","kind":"programme","costIds":["lift"],"afterAcceptance":false,"treatment":"netOff"}]}"""),
        ("RecordSubsidy", HttpMethod.Post, "/subsidies", """{"source":"city","state":"planned","amountFen":1,"on":"2026-01-01","certificate":"c","programme":"p","corrects":1}"""),
        ("AssessFeasibility", HttpMethod.Post, "/feasibility", """{"feasibility":"hard","on":"2026-01-01","note":"n","corrects":1}"""),
        ("ProposeScheme", HttpMethod.Post, "/schemes", """{"scheme":{"id":"area","name":"按面积","rule":{"kind":"area"}},"reason":"初稿"}"""),
        ("WithdrawScheme", HttpMethod.Post, "/schemes/withdrawals", """{"scheme":"area","reason":"r"}"""),
        ("EnterStage", HttpMethod.Post, "/stages", """{"stage":"consulting","on":"2026-01-01","corrects":1}"""),
        ("SignAgreement", HttpMethod.Post, "/signatures", Signature),
        ("WithdrawSignature", HttpMethod.Post, "/signatures/withdrawals", """{"household":"101","reason":"r"}"""),
        ("FinaliseContributions", HttpMethod.Post, "/finalisations", """{"scheme":"area","evidence":{"record":"大会","on":"2026-06-01","for":2,"against":1,"forM2":110.5,"againstM2":50},"reason":"涨价"}"""),
    ];

    public static TheoryData<string> Kinds => [.. Commands.Select(command => command.Schema)];

    [Fact]
    public async Task Every_address_of_buildings_asks_for_the_token()
    {
        _ = running.Administrator;
        string[] documented =
        [
            .. JsonNode.Parse(File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "docs", "openapi.json")))!["paths"]!.AsObject()
                .Where(path => path.Key.StartsWith("/api/v1/buildings", StringComparison.Ordinal))
                .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")),
        ];
        string[] mapped =
        [
            .. running.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1/buildings", StringComparison.Ordinal))
                .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}")),
        ];
        Assert.Equal(documented.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
        Assert.True(documented.Length >= 30, $"Only {documented.Length} operations.");
        string token = running.Administrator.DefaultRequestHeaders.Authorization!.Parameter!;
        foreach (string operation in documented)
        {
            foreach (string[] authorization in (string[][])[[], ["Bearer"], ["Bearer x"], [token], [$"Basic {token}"], [$"Bearer {token}x"], [$"Bearer {token}", $"Bearer {token}"], [$"Bearer {token}, Bearer {token}"], [$"Bearer {token.ToUpperInvariant()}"]])
            {
                string address = operation.Split(' ')[1].Replace("{building}", "No", StringComparison.Ordinal).Replace("{household}", "1", StringComparison.Ordinal).Replace("{number}", "x", StringComparison.Ordinal);
                using var request = new HttpRequestMessage(HttpMethod.Parse(operation.Split(' ')[0]), $"{address}?unknown=1");
                // What else is wrong is not told to strangers.
                if (request.Method != HttpMethod.Get) { request.Content = new StringContent("{", Encoding.UTF8, "application/json"); }
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
                using HttpResponseMessage response = await running.Client.SendAsync(request);
                Assert.Equal(["unauthorized "], (await Answer.Of(response)).Faults(HttpStatusCode.Unauthorized));
                Assert.Equal(("Bearer", true), (response.Headers.WwwAuthenticate.ToString(), response.Headers.CacheControl!.NoStore));
            }
        }
    }

    [Fact]
    public void Every_command_has_an_address()
    {
        Type[] commands = [.. typeof(BuildingCommand).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType)];
        Type?[] accepted = [.. running.Services.GetRequiredService<EndpointDataSource>().Endpoints.SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<IAcceptsMetadata>()).Select(accepts => accepts.RequestType)];
        Assert.All(commands, command => Assert.Contains(command, accepted));
        Assert.Equal(commands.Select(command => command.Name).Order(), Commands.Select(command => command.Schema).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_member_of_a_command_is_held_to_what_the_OpenAPI_document_says_of_it(string kind)
    {
        (string schema, HttpMethod method, string path, string body) = Commands.Single(command => command.Schema == kind);
        Stored here = new(running, $"spoilt-{kind.ToLowerInvariant()}");
        // Right in form, and refused only because there is no such building.
        Reply right = await here.Send(method, path, body, "en");
        if (kind == "RegisterBuilding") { Assert.Equal(HttpStatusCode.Created, right.Status); }
        else { Assert.Equal(["buildingUnknown "], right.Answer.Faults(HttpStatusCode.NotFound)); }
        string before = (await here.Get("/export")).Text;
        IReadOnlyList<(string Body, string Expected)> spoilt = HostileRequestTests.SpoiltEverywhere(schema, () => JsonNode.Parse(body)!.AsObject());
        Assert.True(spoilt.Count > 15, $"Only {spoilt.Count} bodies.");
        foreach ((string wrong, string expected) in spoilt)
        {
            string[] faults = (await here.Send(method, path, wrong, "en")).Answer.Faults(HttpStatusCode.BadRequest);
            Assert.True(faults is [var fault] && fault == expected, $"expected {expected}, got {string.Join(", ", faults)} for {wrong}");
        }
        Assert.Equal(before, (await here.Get("/export")).Text);
    }

    [Fact]
    public async Task Conditions_that_stand_twice_or_are_empty_are_refused()
    {
        Stored here = new(running, "headers");
        await here.Put("", Stored.Site);
        await here.Post("/households", Stored.TwoFlats);
        foreach ((string name, string[] values) in new (string, string[])[]
        {
            ("Idempotency-Key", ["k1", "k2"]), ("Idempotency-Key", ["k1", "k1"]), ("Idempotency-Key", [""]), ("Idempotency-Key", [" "]), ("Idempotency-Key", ["", "k1"]),
            ("If-Match", ["\"2\"", "\"2\""]), ("If-Match", [""]), ("If-Match", ["\"2\", \"2\""]), ("If-Match", ["\"+2\""]), ("If-Match", ["\"99999999999999999999\""]),
        })
        {
            // The client of .NET leaves out what is empty; others send it.
            HttpContext answered = await running.Server.SendAsync(context =>
            {
                (context.Request.Method, context.Request.Path, context.Request.ContentType, context.Request.Body) = ("POST", here.Address + "/signatures", "application/json", new MemoryStream(Encoding.UTF8.GetBytes(Signature)));
                context.Request.Headers.Authorization = running.Administrator.DefaultRequestHeaders.Authorization!.ToString();
                context.Request.Headers[name] = new StringValues(values);
            });
            Assert.True(answered.Response.StatusCode == StatusCodes.Status400BadRequest, $"{name}: {string.Join(" | ", values)}");
            Assert.Equal("headerForm", JsonNode.Parse(answered.Response.Body)!["code"]!.GetValue<string>());
        }
        Assert.Equal("\"2\"", (await here.Get()).Tag);
        // One key may hold a comma.
        Assert.Equal("\"3\"", (await here.Post("/signatures", Signature, "k1,k2")).Tag);
    }

    [Fact]
    public async Task Numbers_of_the_query_are_digits_within_what_the_document_says()
    {
        Stored here = new(running, "numbers");
        await here.Put("", Stored.Site);
        foreach (string wrong in new[] { "1%00", "%201", "1%20", "%2B1", "%EF%BC%91", "%D9%A1", "0x1", "1.0", "1e0", "9223372036854775808" })
        {
            Assert.Equal(["momentForm "], (await here.Get($"?at={wrong}")).Answer.Faults(HttpStatusCode.BadRequest));
            Assert.Equal(["parameterForm "], (await here.Get($"/households?limit={wrong}")).Answer.Faults(HttpStatusCode.BadRequest));
            Assert.Equal(["parameterForm "], (await here.Get($"/history?after={wrong}")).Answer.Faults(HttpStatusCode.BadRequest));
        }
        foreach (string wrong in new[] { "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z" })
        {
            Assert.Equal(["momentForm "], (await here.Get($"?at={wrong}")).Answer.Faults(HttpStatusCode.BadRequest));
        }
        Assert.Equal(["buildingUnknownThen "], (await here.Get("?at=9223372036854775807")).Answer.Faults(HttpStatusCode.NotFound));
        // A page of the history has at most 100 entries, whatever is asked for.
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/history?limit=100")).Status);
        Assert.Equal(["parameterForm "], (await here.Get("/history?limit=101")).Answer.Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task The_same_command_at_once_from_many_is_carried_out_once_and_answered_alike()
    {
        Stored here = new(running, "crowd");
        await here.Put("", Stored.Site);
        Reply[] same = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => here.Post("/households", Stored.TwoFlats, "k1")));
        Assert.Single(same.Select(reply => (reply.Status, reply.Tag, reply.Text)).Distinct());
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (same[0].Status, same[0].Tag));
        Assert.Equal("\"2\"", (await here.Get()).Tag);
        Reply[] rivals = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => here.Post("/feasibility", $$"""{"feasibility":"hard","on":"2026-01-01","note":"{{i}}"}""", $"r{i}", "\"2\"")));
        Assert.Single(rivals, reply => reply.Status == HttpStatusCode.OK);
        Assert.All(rivals.Where(reply => reply.Status != HttpStatusCode.OK), reply => Assert.Equal(["versionPassed "], reply.Answer.Faults(HttpStatusCode.PreconditionFailed)));
        Assert.Equal("\"3\"", (await here.Get()).Tag);
    }

    [Fact]
    public async Task A_file_whose_entries_cannot_be_is_refused_though_its_hash_is_right()
    {
        using var elsewhere = new Running();
        Stored target = new(elsewhere, "forged");
        string[] lines = await Tell(new Stored(running, "forged"));
        async Task Check(int at, params string[] forged)
        {
            Reply reply = await target.Post("/import", Export("forged", forged));
            Assert.True(reply.Status == HttpStatusCode.UnprocessableEntity, reply.Text);
            Assert.Equal([$"importEntryWrong /entries/{at}"], reply.Answer.Faults(HttpStatusCode.UnprocessableEntity));
            Assert.Equal(["buildingUnknown "], (await target.Get()).Answer.Faults(HttpStatusCode.NotFound));
        }
        string Next(string kind, string members) => Line(lines.Length + 1, kind, members);

        // The order of things.
        await Check(0, lines[1]);
        await Check(0, lines[1].Replace("\"version\":2", "\"version\":1", StringComparison.Ordinal));
        await Check(1, lines[0], lines[0].Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal).Replace("command\":\"", "command\":\"other", StringComparison.Ordinal));
        await Check(1, lines[0], lines[2]);
        await Check(1, lines[0], Line(2, "householdsRegistered", "\"households\":[{\"facts\":{\"id\":\"1\",\"floor\":1,\"areaM2\":1,\"use\":\"dwelling\",\"joins\":true,\"entry\":\"level\"},\"owners\":[]}]", at: "2020-01-01T00:00:00.000Z"));
        // The entry itself.
        JsonObject first = JsonNode.Parse(lines[0])!.AsObject();
        foreach (string member in new[] { "command", "digest", "at", "by", "type" })
        {
            string was = first[member]!.ToJsonString(WireOptions);
            foreach (string wrong in new[] { "null", "1", "\"\"", "\"\\u0000\"", $"\"{new string('x', 65)}\"", "\"\\ud800\"" })
            {
                await Check(0, lines[0].Replace($"\"{member}\":{was}", $"\"{member}\":{wrong}", StringComparison.Ordinal));
            }
        }
        foreach (string wrong in new[] { "-1", "0", "2", "null", "\"1\"", "99999999999" }) { await Check(0, lines[0].Replace("\"schema\":1", $"\"schema\":{wrong}", StringComparison.Ordinal)); }
        string command = JsonNode.Parse(lines[0])!["command"]!.GetValue<string>(), second = JsonNode.Parse(lines[1])!["command"]!.GetValue<string>();
        await Check(1, lines[0], lines[1].Replace(second, command, StringComparison.Ordinal));
        // What did not happen to this building.
        foreach ((string kind, string members) in new[]
        {
            ("householdRemoved", """ "household":"999","reason":"r" """), ("schemeWithdrawn", """ "scheme":"zz","reason":"r" """), ("quoteChosen", """ "quote":"zz","reason":"r" """),
            ("stageEntered", """ "stage":"consulting","on":"2026-01-01","corrects":1 """), ("feasibilityAssessed", """ "feasibility":"hard","on":"2026-01-01","corrects":2 """),
            ("subsidyRecorded", """ "source":"s","state":"paid","amountFen":1,"on":"2026-01-01","corrects":1 """), ("agreementSigned", """ "household":"999","on":"2026-01-01" """),
            ("signatureWithdrawn", """ "household":"101","reason":"r" """), ("costsSet", """ "costs":[{"id":"a","name":"a","category":"other","amountFen":1},{"id":"a","name":"b","category":"other","amountFen":1}] """),
            ("strange", "\"a\":1"),
        })
        {
            await Check(lines.Length, [.. lines, Next(kind, members.Trim())]);
        }
        // As it was told it is taken.
        Assert.Equal(HttpStatusCode.Created, (await target.Post("/import", Export("forged", lines))).Status);
    }

    [Fact]
    public async Task Contributions_in_a_file_are_those_that_the_building_comes_to()
    {
        Stored here = new(running, "reckoned");
        using var elsewhere = new Running();
        Stored target = new(elsewhere, "reckoned");
        string[] lines = await Tell(here);
        int[] finalised = [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].Contains("\"type\":\"contributionsFinalised\"", StringComparison.Ordinal))];
        Assert.Equal(2, finalised.Length);
        async Task Check(int which, Action<JsonObject, JsonObject> forge)
        {
            string[] forged = [.. lines];
            JsonObject entry = JsonNode.Parse(lines[finalised[which]])!.AsObject();
            JsonObject payload = entry["payload"]!.AsObject(), passport = JsonNode.Parse(payload["passport"]!.GetValue<string>())!.AsObject();
            bool hadHash = forge != Unhashed;
            forge(payload, passport);
            // The forger knows how passports are hashed.
            passport.Remove("sha256");
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(passport))));
            passport["sha256"] = hash;
            if (hadHash) { payload["sha256"] = hash; }
            payload["passport"] = Canonical(passport);
            forged[finalised[which]] = entry.ToJsonString(WireOptions);
            Reply reply = await target.Post("/import", Export("reckoned", forged));
            Assert.True(reply.Status == HttpStatusCode.UnprocessableEntity, reply.Text);
            Assert.Equal([$"importEntryWrong /entries/{finalised[which]}"], reply.Answer.Faults(HttpStatusCode.UnprocessableEntity));
        }

        await Check(0, (payload, _) => payload["bills"]![0]!["amountFen"] = 1);
        await Check(0, (payload, _) => payload["bills"]!.AsArray().RemoveAt(1));
        await Check(0, (payload, _) => payload["scheme"] = "other");
        await Check(0, (_, passport) => passport["building"] = "other");
        await Check(0, (_, passport) => passport["number"] = 2);
        await Check(0, (_, passport) => passport["site"]!["street"] = "other");
        await Check(0, (_, passport) => passport["request"]!["costs"]![0]!["name"] = "other");
        await Check(0, (_, passport) => passport["evidence"]!["against"] = 9);
        await Check(0, (_, passport) => passport["previousSha256"] = new string('0', 64));
        await Check(0, Unhashed);
        await Check(1, (_, passport) => passport["previousSha256"] = new string('0', 64));
        await Check(1, (payload, _) => payload["reason"] = "other");
        await Check(1, (payload, _) => payload["changes"]![0]!["afterFen"] = 1);
        await Check(1, (payload, _) => payload.Remove("changes"));
        Assert.Equal(HttpStatusCode.Created, (await target.Post("/import", Export("reckoned", lines))).Status);

        static void Unhashed(JsonObject payload, JsonObject passport) => payload["sha256"] = new string('f', 64);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"result\":\"\\ud800\"}")]
    [InlineData("{\"a\":1,\"a\":1}")]
    public async Task A_passport_that_is_none_is_refused(string passport)
    {
        using var elsewhere = new Running();
        string[] lines = await Tell(new Stored(elsewhere, "odd"));
        int which = Array.FindIndex(lines, line => line.Contains("\"type\":\"contributionsFinalised\"", StringComparison.Ordinal));
        JsonObject entry = JsonNode.Parse(lines[which])!.AsObject();
        entry["payload"]!["passport"] = passport;
        lines[which] = entry.ToJsonString(WireOptions);
        Assert.Equal([$"importEntryWrong /entries/{which}"], (await new Stored(elsewhere, "odd").Post("/import", Export("odd", lines))).Answer.Faults(HttpStatusCode.UnprocessableEntity));
    }

    private static readonly JsonSerializerOptions WireOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lets a building happen, and returns the lines of its history.</summary>
    private static async Task<string[]> Tell(Stored here)
    {
        await here.Put("", Stored.Site);
        await here.Post("/households", Stored.TwoFlats);
        await here.Put("/costs", """{"costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":70000001}]}""");
        await here.Post("/schemes", """{"scheme":{"id":"area","name":"按面积","rule":{"kind":"area"}}}""");
        await here.Post("/finalisations", """{"scheme":"area","evidence":{"record":"业主大会 1 号","on":"2026-06-01","for":2,"forM2":110.5}}""");
        await here.Put("/costs", """{"costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":80000001}]}""");
        await here.Post("/finalisations", """{"scheme":"area","evidence":{"record":"业主大会 2 号","on":"2026-07-01","for":2,"forM2":110.5},"reason":"涨价"}""");
        return [.. (await here.Get("/export")).Json["entries"]!.AsArray().Select(entry => entry!["line"]!.GetValue<string>())];
    }

    private static string Line(int version, string kind, string members, string at = "2099-01-01T00:00:00.000Z") =>
        $$$"""{"version":{{{version}}},"command":"forged-{{{version}}}","digest":"{{{new string('0', 64)}}}","at":"{{{at}}}","by":"administrator","type":"{{{kind}}}","schema":1,"payload":{"kind":"{{{kind}}}",{{{members}}}}}""";

    /// <summary>A file with these lines and their right hash, reckoned as it is documented and not by the program.</summary>
    private static string Export(string building, IEnumerable<string> lines)
    {
        static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new JsonObject
        {
            ["format"] = "costshare-building-1",
            ["building"] = building,
            ["entries"] = new JsonArray([.. lines.Select(line => (JsonNode)new JsonObject { ["line"] = line })]),
            ["sha256"] = lines.Aggregate(Hash($"CostShare journal of {building}"), (hash, line) => Hash(hash + line)),
        }.ToJsonString();
    }

    // The members of a passport are ASCII, and so is every escape that these passports need.
    private static string Canonical(JsonNode node) => node switch
    {
        JsonObject map => $"{{{string.Join(',', map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"\"{entry.Key}\":{Canonical(entry.Value!)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(entry => Canonical(entry!)))}]",
        _ => node.ToJsonString(WireOptions),
    };
}
