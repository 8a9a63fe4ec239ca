using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CostShare.Api.Access;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Silo;
using CostShare.Silo.Access;
using CostShare.Silo.Contacts;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CostShare.Api.Tests;

/// <summary>Who gets in, how the first administrator does, and what only an administrator sees.</summary>
public sealed class AccessTests : IAsyncLifetime, IDisposable
{
    private const string SetUpToken = "a-token-of-this-test<&%>", Contacts = "/api/v1/buildings/leshan-6-12/households/101/contacts";

    private const string Record = """{"contacts":[{"person":"p1","name":"张三","phone":"+86 (21) 6400-0101 ext 7"},{"name":"李四"}]}""";

    private readonly string _data = Directory.CreateTempSubdirectory("costshare-access-").FullName;
    private readonly Told _log = new();
    private WebApplication? _app;
    private HttpClient? _client;
    private BuildingHost? _buildings;
    private FileJournal? _journal;

    public async Task InitializeAsync() => await Start(SetUpToken);

    public async Task DisposeAsync()
    {
        await Stop();
        Directory.Delete(_data, recursive: true);
    }

    public void Dispose()
    {
        _client!.Dispose();
        _log.Dispose();
    }

    private async Task Start(string? setUpToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(_log).AddFilter<Told>(null, LogLevel.Trace);
        _journal = FileJournal.Open(Path.Combine(_data, "journal"), _ => { });
        _buildings = new BuildingHost(_journal, new Summariser(StoredEvents.Codec, StoredSummaries.Codec, PolicyBook.Empty), new BuildingRules(PolicyBook.Empty, PassportJson.Write, PassportJson.Read), _ => { });
        AdministratorStore administrators = await AdministratorStore.Open(new FileHash(Path.Combine(_data, "administrator.json")));
        ContactStore contacts = await ContactStore.Open(FileContacts.Open(Path.Combine(_data, "contacts")), new FileHash(Path.Combine(_data, "contacts", "check.json")), _data, null);
        builder.Services.AddSingleton<IBuildings>(_buildings).AddSingleton(administrators).AddSingleton(_ => contacts).AddSingleton(_ => SetUp.Of(administrators, setUpToken));
        _app = builder.Build();
        SetUp.Map(_app);
        ContactsEndpoint.Map(_app);
        await _app.StartAsync();
        _client = _app.GetTestClient();
    }

    private async Task Stop()
    {
        // Not resolved, not disposed.
        _app!.Services.GetRequiredService<ContactStore>();
        await _app.DisposeAsync();
        await _buildings!.DisposeAsync();
        await _journal!.DisposeAsync();
    }

    [Fact]
    public async Task A_set_up_gives_one_token_once_and_nothing_without_the_right_one()
    {
        string line = (await Line())!;
        Assert.Equal("CostShare: set up at http://127.0.0.1:5080/setup#a-token-of-this-test%3C%26%25%3E", line);
        Assert.Equal(SetUpToken, Uri.UnescapeDataString(line.Split('#')[1]));

        foreach (string wrong in (string[])["a-token-of-this-test", "x", SetUpToken + "x"]) { Assert.Equal(["setUpTokenWrong /token"], (await PostSetUp(wrong)).Faults(HttpStatusCode.Unauthorized)); }
        Assert.NotNull(await Line());
        HttpStatusCode[] answers = [.. (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostSetUp(SetUpToken)))).Select(answer => answer.Status)];
        Assert.Equal((1, 7), (answers.Count(status => status == HttpStatusCode.Created), answers.Count(status => status == HttpStatusCode.Conflict)));
        Assert.Null(await Line());
        Assert.Equal(["alreadySetUp "], (await PostSetUp(SetUpToken)).Faults(HttpStatusCode.Conflict));
        Assert.Equal(["alreadySetUp "], (await PostSetUp("wrong")).Faults(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task The_token_of_the_set_up_opens_what_is_guarded_also_after_starting_anew_and_stands_nowhere()
    {
        await Register();
        string token = await SetUpNow();
        Assert.Matches("^[A-Za-z0-9_-]{43}$", token);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(HttpMethod.Put, Contacts, $"Bearer {token}", Record)).Status);
        await Stop();
        await Start(null);
        Assert.Null(await Line());
        Assert.Equal(Record, (await Send(HttpMethod.Get, Contacts, $"Bearer {token}")).Text);
        foreach (string file in Directory.GetFiles(_data, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock"))
        {
            foreach (string secret in (string[])[token, SetUpToken, "张三", "6400"]) { Assert.DoesNotContain(secret, await File.ReadAllTextAsync(file), StringComparison.Ordinal); }
        }
    }

    [Fact]
    public async Task A_random_token_is_another_at_each_start()
    {
        string[] lines = new string[2];
        for (int i = 0; i < 2; i++)
        {
            await Stop();
            await Start(null);
            lines[i] = (await Line())!;
            Assert.Matches("/setup#[A-Za-z0-9_-]{43}$", lines[i]);
        }
        Assert.NotEqual(lines[0], lines[1]);
        Assert.Equal(HttpStatusCode.Created, (await PostSetUp(lines[1].Split('#')[1])).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fifteen-letters")]
    [InlineData("sixteen letters-")]
    [InlineData("sixteen-letters口")]
    public async Task A_setting_that_is_no_token_is_refused_without_repeating_it(string given)
    {
        AdministratorStore administrators = await AdministratorStore.Open(new FileHash(Path.Combine(_data, "other.json")));
        IOException refused = Assert.Throws<IOException>(() => SetUp.Of(administrators, given));
        Assert.Contains(SetUp.TokenSetting, refused.Message, StringComparison.Ordinal);
        if (given.Length > 0) { Assert.DoesNotContain(given, refused.Message, StringComparison.Ordinal); }
        SetUp.Of(administrators, new string('x', 16)).Dispose();
        SetUp.Of(administrators, new string('x', 128)).Dispose();
        Assert.Throws<IOException>(() => SetUp.Of(administrators, new string('x', 129)));
    }

    [Fact]
    public async Task A_set_up_whose_outcome_was_not_known_gives_the_token_that_was_stored()
    {
        var kept = new Doubtful(new FileHash(Path.Combine(_data, "doubtful.json")));
        AdministratorStore administrators = await AdministratorStore.Open(kept);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(administrators).AddSingleton(_ => SetUp.Of(administrators, SetUpToken));
        await using WebApplication app = builder.Build();
        SetUp.Map(app);
        await app.StartAsync();
        _client = app.GetTestClient();
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => PostSetUp(SetUpToken));
        Assert.True(await administrators.IsSetUp());
        Assert.Equal(["setUpTokenWrong /token"], (await PostSetUp("wrong")).Faults(HttpStatusCode.Unauthorized));
        string token = (await PostSetUp(SetUpToken)).Json.GetProperty("administratorToken").GetString()!;
        Assert.True(await administrators.IsAdministrator(token));
        Assert.Equal(["alreadySetUp "], (await PostSetUp(SetUpToken)).Faults(HttpStatusCode.Conflict));
    }

    /// <summary>A store that keeps what it is given, and the first time cannot say so.</summary>
    private sealed class Doubtful(FileHash kept) : IKeptHash
    {
        private bool _hasFailed;

        public Task<byte[]?> Read() => kept.Read();

        public async Task<byte[]> Keep(byte[] hash)
        {
            byte[] now = await kept.Keep(hash);
            if (_hasFailed) { return now; }
            _hasFailed = true;
            throw new OutcomeUnknownException("the connection broke", null);
        }
    }

    [Theory]
    [InlineData("", "bodyEmpty ")]
    [InlineData("{}", "memberMissing /token")]
    [InlineData("""{"token":""}""", "textLength /token")]
    [InlineData("""{"token":12345678}""", "wrongType /token")]
    [InlineData("""{"token":"a-token-of-this-test<&%>","a-token-of-this-test":1}""", "memberUnknown ")]
    public async Task A_set_up_is_read_strictly_and_its_refusal_repeats_no_token(string body, string fault)
    {
        Answer answer = await Send(HttpMethod.Post, "/api/v1/setup", null, body);
        Assert.Equal([fault], answer.Faults(HttpStatusCode.BadRequest));
        Assert.DoesNotContain("a-token", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("12345678", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN", "得到管理员口令")]
    [InlineData("", "zh-CN", "得到管理员口令")]
    [InlineData("en", "en", "Get the administrator&#39;s token|Get the administrator's token")]
    public async Task The_page_runs_only_what_it_brings_and_tells_nobody_where_it_was(string accepted, string language, string button)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/setup");
        if (accepted.Length > 0) { request.Headers.AcceptLanguage.ParseAdd(accepted); }
        using HttpResponseMessage response = await _client!.SendAsync(request);
        string page = await response.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Matches($"<html lang=\"{language}\">", page);
        Assert.Matches(button, page);

        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal($"default-src 'none'; script-src '{HashOf("script", page)}'; style-src '{HashOf("style", page)}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", policy);
        // Nothing that this policy would stop.
        Assert.DoesNotMatch(" (style|on[a-z]+)=|<(link|img|iframe|form)|src=|https?:", page);
        Assert.DoesNotContain(SetUpToken, page, StringComparison.Ordinal);
        Assert.Contains("data-is-set-up=\"false\"", page, StringComparison.Ordinal);
        await SetUpNow();
        Assert.Contains("data-is-set-up=\"true\"", await _client.GetStringAsync(new Uri("/setup", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static string HashOf(string tag, string page)
    {
        string source = Regex.Matches(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Single().Groups[1].Value;
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(source)))}";
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_administrators_token()
    {
        await Register();
        // Before there is an administrator, too.
        await IsRefused($"Bearer {SetUpToken}");
        string token = await SetUpNow();
        string?[] headers = [null, "", "Bearer", "Bearer ", "Bearer " + SetUpToken, $"Bearer {token}x", $"Bearer {token[..^1]}", $"Basic {token}", token, $"Bearer{token}", $"Bearer {token}, Bearer {token}", $"Bearer x {token}", $"Bearer {new string('x', 5_000)}"];
        foreach (string? header in headers) { await IsRefused(header); }
        foreach (string header in (string[])[$"Bearer {token}", $"bearer {token}"]) { Assert.Equal(["contactsUnknown "], (await Send(HttpMethod.Get, Contacts, header)).Faults(HttpStatusCode.NotFound)); }
        Assert.DoesNotContain(_log.Lines, line => line.Contains(token, StringComparison.Ordinal) || line.Contains(SetUpToken, StringComparison.Ordinal));
        Assert.NotEmpty(_log.Lines);
    }

    private async Task IsRefused(string? authorization)
    {
        foreach ((HttpMethod method, string? body) in ((HttpMethod, string?)[])[(HttpMethod.Get, null), (HttpMethod.Put, Record), (HttpMethod.Delete, null)])
        {
            // Whether there is such a household is nobody's business either.
            foreach (string address in (string[])[Contacts, "/api/v1/buildings/nowhere/households/1/contacts", "/api/v1/buildings/NO/households/1/contacts"])
            {
                Answer answer = await Send(method, address, authorization, body);
                Assert.Equal(["unauthorized "], answer.Faults(HttpStatusCode.Unauthorized));
                Assert.Equal("Bearer", _answered!.Headers.WwwAuthenticate.ToString());
                Assert.Equal("no-store", _answered.Headers.CacheControl!.ToString());
            }
        }
    }

    [Fact]
    public async Task Contacts_are_written_shown_and_erased_and_never_cached()
    {
        await Register();
        string bearer = $"Bearer {await SetUpNow()}";
        Assert.Equal(["contactsUnknown "], (await Send(HttpMethod.Get, Contacts, bearer)).Faults(HttpStatusCode.NotFound));
        await IsDone(await Send(HttpMethod.Put, Contacts, bearer, """{"contacts":[{"name":"王五"}]}"""));
        await IsDone(await Send(HttpMethod.Put, Contacts, bearer, Record));
        Answer shown = await Send(HttpMethod.Get, Contacts, bearer);
        Assert.Equal((HttpStatusCode.OK, "application/json", Record), (shown.Status, shown.MediaType, shown.Text));
        Assert.Equal("no-store", _answered!.Headers.CacheControl!.ToString());
        Assert.Equal(["contactsUnknown "], (await Send(HttpMethod.Get, Contacts.Replace("101", "3%2F2", StringComparison.Ordinal), bearer)).Faults(HttpStatusCode.NotFound));
        await IsDone(await Send(HttpMethod.Delete, Contacts, bearer));
        await IsDone(await Send(HttpMethod.Delete, Contacts, bearer));
        Assert.Equal(["contactsUnknown "], (await Send(HttpMethod.Get, Contacts, bearer)).Faults(HttpStatusCode.NotFound));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("张三", StringComparison.Ordinal) || line.Contains("6400", StringComparison.Ordinal));
    }

    private async Task IsDone(Answer answer)
    {
        await Task.CompletedTask;
        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Text));
        Assert.Equal("no-store", _answered!.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("leshan-6-12", "999", "householdNotRegistered ")]
    [InlineData("leshan-6-12", "a%07b", "householdNotRegistered ")]
    [InlineData("leshan-6-99", "101", "buildingUnknown ")]
    [InlineData("LESHAN", "101", "buildingUnknown ")]
    public async Task Contacts_are_those_of_a_household_of_the_register(string building, string household, string fault)
    {
        await Register();
        string bearer = $"Bearer {await SetUpNow()}", address = $"/api/v1/buildings/{building}/households/{household}/contacts";
        Assert.Equal([fault], (await Send(HttpMethod.Get, address, bearer)).Faults(HttpStatusCode.NotFound));
        Assert.Equal([fault], (await Send(HttpMethod.Put, address, bearer, Record)).Faults(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_household_that_left_the_register_can_still_be_erased()
    {
        await Register();
        string bearer = $"Bearer {await SetUpNow()}";
        await Send(HttpMethod.Put, Contacts, bearer, Record);
        await Turn("c3", new RemoveHousehold { Household = new("101"), Reason = "并户" });
        Assert.Equal(["householdNotRegistered "], (await Send(HttpMethod.Get, Contacts, bearer)).Faults(HttpStatusCode.NotFound));
        await IsDone(await Send(HttpMethod.Delete, Contacts, bearer));
        Assert.Empty(await _app!.Services.GetRequiredService<ContactStore>().Households(BuildingId.Of("leshan-6-12")));
    }

    public static TheoryData<string, string> Refused => new()
    {
        { """{"contacts":[]}""", "entryCount /contacts" },
        { $$"""{"contacts":[{{string.Join(',', Enumerable.Repeat("""{"name":"张三"}""", 21))}}]}""", "entryCount /contacts" },
        { """{"contacts":[{"phone":"13800138000"}]}""", "memberMissing /contacts/0/name" },
        { """{"contacts":[{"name":""}]}""", "textLength /contacts/0/name" },
        { $$"""{"contacts":[{"name":"{{string.Concat(Enumerable.Repeat("张三", 50))}}三"}]}""", "textLength /contacts/0/name" },
        { """{"contacts":[{"name":"张三\u202e"}]}""", "textCharacter /contacts/0/name" },
        { """{"contacts":[{"name":"张三","phone":"12"}]}""", "textLength /contacts/0/phone" },
        { """{"contacts":[{"name":"张三","phone":"1380013800013800138000138001380"}]}""", "textLength /contacts/0/phone" },
        { """{"contacts":[{"name":"张三","phone":13800138000}]}""", "wrongType /contacts/0/phone" },
        { """{"contacts":[{"name":["张三"],"phone":null}]}""", "wrongType /contacts/0/name wrongType /contacts/0/phone" },
        { """{"contacts":"张三 13800138000"}""", "wrongType /contacts" },
        { """{"contacts":[{"name":"张三"},{"张三/13800138000":1,"name":"b"}]}""", "memberUnknown /contacts/1" },
        { """{"张三":"13800138000","contacts":[{"name":"张三"}]}""", "memberUnknown " },
        { """{"contacts":[{"name":"张三","name":"张三"}]}""", "memberDuplicate /contacts/0/name" },
        { """{"contacts":[{"name":"张三","phone":"一三八00138000"},{"name":"张三","phone":"call 13800138000"}]}""", "phoneNotPlain /contacts/0/phone phoneNotPlain /contacts/1/phone" },
        { """{"contacts":[{"name":"张三","phone":"+ (1)2 -"}]}""", "phoneNotPlain /contacts/0/phone" },
        { """{"contacts":[{"name":"张三","phone":"13800138000"}""", "notJson " },
        { """{"contacts":[{"person":"","name":"张三"}]}""", "textLength /contacts/0/person" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_refusal_of_contacts_repeats_neither_name_nor_number(string body, string faults)
    {
        await Register();
        string bearer = $"Bearer {await SetUpNow()}";
        Answer answer = await Send(HttpMethod.Put, Contacts, bearer, body);
        Assert.Equal(faults, string.Join(' ', answer.Faults(HttpStatusCode.BadRequest)));
        foreach (string sent in (string[])["张", "三", "1380", "13800138000"]) { Assert.DoesNotContain(sent, answer.Text, StringComparison.Ordinal); }
        Assert.DoesNotContain(_log.Lines, line => line.Contains("张三", StringComparison.Ordinal) || line.Contains("13800138000", StringComparison.Ordinal));
        Assert.Equal(["contactsUnknown "], (await Send(HttpMethod.Get, Contacts, bearer)).Faults(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task The_largest_contacts_are_kept()
    {
        await Register();
        string bearer = $"Bearer {await SetUpNow()}", name = string.Concat(Enumerable.Repeat("𠮷", 100)), person = string.Concat(Enumerable.Repeat("𠮷", 64));
        string largest = $$"""{"contacts":[{{string.Join(',', Enumerable.Repeat($$"""{"person":"{{person}}","name":"{{name}}","phone":"{{new string('1', 30)}}"}""", 20))}}]}""";
        await IsDone(await Send(HttpMethod.Put, Contacts, bearer, largest));
        Assert.Equal(name, (await Send(HttpMethod.Get, Contacts, bearer)).Json.GetProperty("contacts")[19].GetProperty("name").GetString());
    }

    private HttpResponseMessage? _answered;

    private Task<string?> Line() => _app!.Services.GetRequiredService<SetUp>().Line("http://127.0.0.1:5080");

    private Task<Answer> PostSetUp(string token) => Send(HttpMethod.Post, "/api/v1/setup", null, System.Text.Json.JsonSerializer.Serialize(new { token }));

    private async Task<string> SetUpNow()
    {
        Answer answer = await PostSetUp(SetUpToken);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("no-store", _answered!.Headers.CacheControl!.ToString());
        return answer.Json.GetProperty("administratorToken").GetString()!;
    }

    private async Task<Answer> Send(HttpMethod method, string address, string? authorization, string? body = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (authorization is not null) { request.Headers.TryAddWithoutValidation("Authorization", authorization); }
        if (body is not null) { request.Content = new StringContent(body, Encoding.UTF8, "application/json"); }
        HttpResponseMessage response = await _client!.SendAsync(request);
        _answered = response;
        return await Answer.Of(response);
    }

    private async Task Register()
    {
        await Turn("c1", new RegisterBuilding { Street = "徐家汇街道", Estate = "乐山六村", Address = "乐山路 6 弄 12 号", Storeys = Floor.Of(7) });
        await Turn("c2", new RegisterHouseholds { Households = [Flat("101"), Flat("3/2")] });
    }

    private static RegisteredHousehold Flat(string id) => new() { Facts = new Household { Id = new(id), Floor = Floor.Of(1), Area = Area.FromHundredths(50_00) } };

    private async Task Turn(string id, BuildingCommand command) =>
        Assert.Equal(TurnOutcome.Done, (await _buildings!.Execute(new TurnRequest(BuildingId.Of("leshan-6-12"), CommandId.Of(id), "", "test", DateTimeOffset.UnixEpoch, command))).Outcome);

    /// <summary>Everything that is logged, at every level.</summary>
    private sealed class Told : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
