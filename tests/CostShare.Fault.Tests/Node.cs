using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CostShare.Fault.Tests;

/// <summary>The program as a process of its own, over a store.</summary>
/// <remarks>It ends with its store, and with this process even if that is killed: the shell that holds it waits for its input to end.</remarks>
public sealed class Node : IAsyncDisposable
{
    // The first line is the id of the program, and the exit code is the program's.
    private const string Hold = "exec 3<&0; \"$@\" </dev/null 3<&- & p=$!; echo $p; (read x <&3; kill -KILL $p) >/dev/null 2>&1 & w=$!; wait $p; s=$?; kill $w; exit $s";

    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(90) };

    // Long enough for the busiest machine; only against hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _shell;
    private readonly Store _store;
    private readonly int _id;
    private readonly Task<string> _error;
    private readonly ConcurrentQueue<string> _told = new();
    private Task _reading = Task.CompletedTask;

    private Node(Process shell, Store store)
    {
        (_shell, _store) = (shell, store);
        _id = int.Parse(shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        _error = shell.StandardError.ReadToEndAsync();
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    /// <summary>What it said so far.</summary>
    public string Told => string.Join('\n', _told);

    /// <summary>Starts the program and waits until it answers.</summary>
    public static async Task<Node> Start(Store store, string slot)
    {
        Node node = Begin(store, slot);
        if (!await node.Answers()) { throw new InvalidOperationException($"The program did not start: {node.Told} {await node._error}"); }
        if (store.Token is null) { await node.SetUp(); }
        return node;
    }

    /// <summary>Starts the program where it is refused, and returns its exit code and what it said of it.</summary>
    public static async Task<(int ExitCode, string Error)> StartRefused(Store store)
    {
        Node node = Begin(store, "refused");
        if (await node.Answers()) { throw new InvalidOperationException("The program started though it should not."); }
        return (await node.Ended(), await node._error);
    }

    /// <summary>Carries out a command of the program, and returns its exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> Carry(Store store, params IEnumerable<string> words)
    {
        Node node = Begin(store, words);
        using var end = new CancellationTokenSource(Patience);
        string output = await node._shell.StandardOutput.ReadToEndAsync(end.Token);
        return (await node.Ended(), output + await node._error);
    }

    /// <summary>Sends a request; a connection that breaks throws.</summary>
    public Task<Answer> Get(string path) => Send("GET", path, null, null, null);

    /// <summary>Sends a request; a connection that breaks throws.</summary>
    public async Task<Answer> Send(string method, string path, JsonObject? body, string? id, long? ifVersion)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path));
        if (body is not null) { request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"); }
        if (id is not null) { request.Headers.Add("Idempotency-Key", id); }
        if (ifVersion is long version) { request.Headers.Add("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")); }
        if (_store.Token is { Length: > 0 } token) { request.Headers.Add("Authorization", $"Bearer {token}"); }
        using HttpResponseMessage response = await Client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers.ETag?.Tag, response.Headers.RetryAfter is not null);
    }

    /// <summary>Kills the program at once, as when the power fails; what the system was told to keep stays.</summary>
    public async Task Kill()
    {
        try
        {
            using var program = Process.GetProcessById(_id);
            program.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
        await Ended();
    }

    /// <summary>Asks the program to end, as an operator does, and returns its exit code and how long it took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> Terminate()
    {
        long start = Stopwatch.GetTimestamp();
        using (Process kill = Process.Start("kill", ["-TERM", _id.ToString(CultureInfo.InvariantCulture)])) { await kill.WaitForExitAsync(); }
        return (await Ended(), Stopwatch.GetElapsedTime(start));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_shell.HasExited) { await Kill(); }
        _shell.Dispose();
    }

    private static Node Begin(Store store, string slot) => Begin(store, ["--urls", "http://127.0.0.1:0", "--data", store.DataOf(slot)]);

    private static Node Begin(Store store, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        string[] program = ["dotnet", typeof(Program).Assembly.Location, .. words];
        foreach (string argument in (string[])["-c", Hold, "sh", .. store.Within, .. program]) { start.ArgumentList.Add(argument); }
        foreach ((string name, string value) in store.Settings) { start.Environment[name] = value; }
        start.Environment["COSTSHARE_SETUP_TOKEN"] = Store.SetupToken;
        // Several programs on one database need the same key of contacts.
        start.Environment["COSTSHARE_CONTACTS_KEY"] = Convert.ToBase64String(new byte[32]);
        var node = new Node(Process.Start(start)!, store);
        store.Nodes.Add(node);
        return node;
    }

    /// <summary>Waits until the program says where it answers; false where it ends instead.</summary>
    private async Task<bool> Answers()
    {
        using var end = new CancellationTokenSource(Patience);
        while (await _shell.StandardOutput.ReadLineAsync(end.Token) is string line)
        {
            _told.Enqueue(line);
            if (!line.StartsWith("CostShare: http", StringComparison.Ordinal)) { continue; }
            Address = new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
            _reading = Task.Run(async () =>
            {
                while (await _shell.StandardOutput.ReadLineAsync() is string told) { _told.Enqueue(told); }
            });
            return true;
        }
        return false;
    }

    private async Task SetUp()
    {
        Answer answer = await Send("POST", "/api/v1/setup", new JsonObject { ["token"] = Store.SetupToken }, null, null);
        _store.Token = answer.Status switch
        {
            201 => (string)answer.Body!["administratorToken"]!,
            404 => "",
            _ => throw new InvalidOperationException($"Setting up was answered by {answer}"),
        };
    }

    private async Task<int> Ended()
    {
        using var end = new CancellationTokenSource(Patience);
        await _shell.WaitForExitAsync(end.Token);
        await _reading;
        return _shell.ExitCode;
    }
}

/// <summary>An answer by HTTP.</summary>
public sealed record Answer(int Status, JsonNode? Body, string? Tag, bool SaysWhenToRetry)
{
    /// <summary>The code of a refusal.</summary>
    public string? Code => (string?)Body?["code"];

    public override string ToString() => $"{Status} {Body?.ToJsonString()}";
}
