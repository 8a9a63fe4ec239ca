using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CostShare.Api.Tests;

/// <summary>The program as an operator starts it: a process of its own, with its own server, address and data folder.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly string _data = Path.Combine(Directory.CreateTempSubdirectory("costshare-process-").FullName, "not", "yet", "there");

    [Fact]
    public async Task The_program_starts_on_the_address_given_answers_and_stops()
    {
        using Started started = Start("--urls", "http://127.0.0.1:0", "--data", _data);
        Process process = started.Process;
        string line = (await process.StandardOutput.ReadLineAsync(new CancellationTokenSource(30_000).Token))!;
        Assert.StartsWith("CostShare: http://127.0.0.1:", line, StringComparison.Ordinal);
        Assert.EndsWith($"data: {_data})", line, StringComparison.Ordinal);
        var address = new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

        foreach (string path in new[] { "/health/live", "/health/ready", "/swagger/index.html", "/swagger/v1/swagger.json" })
        {
            using HttpResponseMessage page = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
        using (HttpResponseMessage root = await client.GetAsync(new Uri("/", UriKind.Relative))) { Assert.Contains("<title>", await root.Content.ReadAsStringAsync(), StringComparison.Ordinal); }
        foreach (string name in Running.Examples)
        {
            using var body = new StringContent(Running.Example(name), Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync(new Uri(Running.Comparisons, UriKind.Relative), body);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.False(response.Headers.Contains("Server"));
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }
        foreach (int length in new[] { 3 * 1024 * 1024, 11 * 1024 * 1024 })
        {
            // The server's own limit is met by the second, and both are told in the same words.
            using var large = new HttpRequestMessage(HttpMethod.Post, Running.Comparisons) { Content = new StringContent(new string(' ', length), Encoding.UTF8, "application/json") };
            large.Headers.ExpectContinue = true;
            using HttpResponseMessage refused = await client.SendAsync(large);
            Assert.Equal(["bodyTooLarge "], (await Answer.Of(refused)).Faults(HttpStatusCode.RequestEntityTooLarge));
        }

        using (Process terminate = Process.Start("kill", ["-TERM", $"{process.Id}"])) { await terminate.WaitForExitAsync(); }
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_message_that_is_no_HTTP_is_told_as_broken()
    {
        using Started started = Start("--urls", "http://127.0.0.1:0", "--data", _data);
        Process process = started.Process;
        var address = new Uri((await process.StandardOutput.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Running.Comparisons} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
        var buffer = new byte[4_096];
        var answer = new StringBuilder();
        while (!answer.ToString().Contains("\"code\"", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var read)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        Assert.StartsWith("HTTP/1.1 400", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"code\":\"badRequest\"", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_told_in_a_line()
    {
        string file = Path.GetTempFileName();
        using Started started = Start("--urls", "http://127.0.0.1:0", "--data", Path.Combine(file, "data"));
        Process process = started.Process;
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("CostShare cannot start: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("taken", "in use")]
    [InlineData("http://192.0.2.1:5080", "address")]
    [InlineData("nonsense", "nonsense")]
    public async Task An_address_that_cannot_be_had_is_told_in_a_line(string address, string told)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using Started started = Start("--urls", address == "taken" ? $"http://{taken.LocalEndpoint}" : address, "--data", _data);
        Task<string> output = started.Process.StandardOutput.ReadToEndAsync();
        string error = await started.Process.StandardError.ReadToEndAsync();
        await started.Process.WaitForExitAsync();
        Assert.Equal("", await output);
        Assert.Equal(1, started.Process.ExitCode);
        Assert.Contains("CostShare cannot start: ", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_data_folder_is_counted_from_where_the_program_is_started()
    {
        string here = Directory.CreateDirectory(Path.Combine(_data, "here")).FullName;
        string project = Path.Combine(FullRequest.FindRoot(), "src", "CostShare.Api");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = here };
        foreach (string argument in new[] { "run", "--no-build", "--project", project, "--", "--urls", "http://127.0.0.1:0" }) { start.ArgumentList.Add(argument); }
        using var started = new Started(Process.Start(start)!);
        string? line = await started.Process.StandardOutput.ReadLineAsync();
        Assert.EndsWith($"data: {Path.Combine(here, "data")})", line, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(here, "data")));
    }

    public void Dispose() => Directory.Delete(Path.GetFullPath(Path.Combine(_data, "..", "..", "..")), recursive: true);

    private static Started Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (string argument in arguments) { start.ArgumentList.Add(argument); }
        return new Started(Process.Start(start)!);
    }

    /// <summary>A process that ends with the test, however the test ends.</summary>
    private sealed record Started(Process Process) : IDisposable
    {
        public void Dispose()
        {
            if (!Process.HasExited)
            {
                Process.Kill(entireProcessTree: true);
                Process.WaitForExit();
            }
            Process.Dispose();
        }
    }
}
