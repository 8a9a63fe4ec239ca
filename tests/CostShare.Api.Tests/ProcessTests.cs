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
        using Process process = Start("--urls", "http://127.0.0.1:0", "--data", _data);
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
        using (HttpResponseMessage root = await client.GetAsync(new Uri("/", UriKind.Relative))) { Assert.Equal("/swagger", root.Headers.Location!.OriginalString); }
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

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    [Fact]
    public async Task A_body_that_ends_early_is_told_as_broken()
    {
        using Process process = Start("--urls", "http://127.0.0.1:0", "--data", _data);
        var address = new Uri((await process.StandardOutput.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Running.Comparisons} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
        using var reader = new StreamReader(stream);
        Assert.Contains("400", await reader.ReadLineAsync(), StringComparison.Ordinal);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_told_in_a_line()
    {
        string file = Path.GetTempFileName();
        using Process process = Start("--urls", "http://127.0.0.1:0", "--data", Path.Combine(file, "data"));
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("CostShare cannot start: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told_in_a_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using Process process = Start("--urls", $"http://{taken.LocalEndpoint}", "--data", _data);
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("CostShare cannot start: ", error, StringComparison.Ordinal);
        Assert.Contains("in use", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Path.GetFullPath(Path.Combine(_data, "..", "..", "..")), recursive: true);

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (string argument in arguments) { start.ArgumentList.Add(argument); }
        return Process.Start(start)!;
    }
}
