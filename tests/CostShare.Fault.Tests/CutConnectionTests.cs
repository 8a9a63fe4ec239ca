using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CostShare.Silo.Tests;

namespace CostShare.Fault.Tests;

/// <summary>Clients that go away before they are answered, at any moment of a request.</summary>
[Collection(nameof(PostgresServer))]
public sealed class CutConnectionTests(PostgresServer server)
{
    private const int Connections = 1_000, AtOnce = 16;

    [Theory(Timeout = KillTests.Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_whose_connection_was_cut_is_carried_out_once_or_not_at_all_and_told_later(bool inPostgres)
    {
        await using Store store = inPostgres ? await PostgresStore.New(server) : new FileStore();
        var ledger = new Ledger();
        var slot = new Slot("one", store);
        await slot.Start();
        var load = new Load(ledger, 1, slot);
        string[] buildings = ["cut-0", "cut-1", "cut-2"];
        foreach (string building in buildings) { await load.Send(Commands.Register(building), slot); }

        Command[] commands = [.. Enumerable.Range(0, Connections).Select(i => Commands.Costs(buildings[i % 3], string.Create(CultureInfo.InvariantCulture, $"cut-{i}"), i + 1))];
        await Parallel.ForAsync(0, Connections, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            if (IsWhole(i)) { ledger.Sent(commands[i]); } else { ledger.Broken(commands[i]); }
            await Cut(slot.Node, store, commands[i], i);
        });
        int carriedOut = 0;
        foreach (string building in buildings)
        {
            Answer export = await slot.Node.Get($"/api/v1/buildings/{building}/export");
            carriedOut += export.Body!["entries"]!.AsArray().Count - 1;
        }
        Assert.True(carriedOut > 50, $"only {carriedOut} were carried out before they were sent again");

        for (int time = 0; time < 2; time++)
        {
            // The first answer is the one of then, and so is every later one; the ledger complains if they differ.
            await Parallel.ForAsync(0, Connections, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            {
                if (IsWhole(i)) { await load.Send(commands[i], slot); }
            });
        }
        Assert.Equal(buildings.Length + Enumerable.Range(0, Connections).Count(IsWhole), ledger.Lines.Count(line => line.Fate == Fate.Acknowledged));
        await slot.Node.Terminate();
        await slot.Start();
        Assert.Equal([], await new Checker(ledger).Everything(slot.Node));
    }

    private static bool IsWhole(int i) => i % 5 < 4;

    /// <summary>Sends a request, or a part of it, and cuts the connection.</summary>
    private static async Task Cut(Node node, Store store, Command command, int i)
    {
        var random = new Random(i);
        // How far the body goes: all of it, a part, all but blanks that were announced, or all but the end of the pieces that it is sent in.
        int part = IsWhole(i) ? 0 : 1 + (i / 5 % 3);
        byte[] body = Encoding.UTF8.GetBytes(command.Body.ToJsonString());
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{command.Method} {command.Path} HTTP/1.1\r\nHost: {node.Address.Authority}\r\nContent-Type: application/json\r\nIdempotency-Key: {command.Id}\r\n");
        if (store.Token is { Length: > 0 } token) { head.Append(CultureInfo.InvariantCulture, $"Authorization: Bearer {token}\r\n"); }
        head.Append(part == 3 ? string.Create(CultureInfo.InvariantCulture, $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n")
            : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length + (part == 2 ? 10 : 0)}\r\n\r\n"));
        byte[] sent = [.. Encoding.ASCII.GetBytes(head.ToString()), .. part == 1 ? body[..random.Next(body.Length)] : body, .. part == 3 ? "\r\n"u8 : []];

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(node.Address.Host, node.Address.Port);
        for (int at = 0; at < sent.Length;) { at += await socket.SendAsync(sent.AsMemory(at)); }
        switch (i % 5)
        {
            case 2:
                await Task.Delay(random.Next(6));
                break;
            case 3:
                // Until the answer is there; it is not read.
                await socket.ReceiveAsync(new byte[1], SocketFlags.Peek);
                break;
        }
        // Closed in order, or broken off at once.
        if (random.Next(2) == 0) { socket.LingerState = new LingerOption(true, 0); }
    }
}
