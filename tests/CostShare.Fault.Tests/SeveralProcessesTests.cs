using CostShare.Silo.Tests;
using Xunit.Abstractions;

namespace CostShare.Fault.Tests;

/// <summary>Several programs over one database, and a database that is killed.</summary>
[Collection(nameof(PostgresServer))]
public sealed class SeveralProcessesTests(PostgresServer server, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly Ledger _ledger = new();
    private PostgresStore? _store;

    public async Task InitializeAsync() => _store = await PostgresStore.New(server);

    public async Task DisposeAsync() => await _store!.DisposeAsync();

    [Theory(Timeout = KillTests.Limit)]
    [InlineData(1, 20)]
    public async Task Three_programs_of_which_one_is_always_killed_agree(int seed, int kills)
    {
        Slot[] slots = [new("one", _store!), new("two", _store!), new("three", _store!)];
        foreach (Slot slot in slots) { await slot.Start(); }
        var load = new Load(_ledger, seed, slots);
        await load.Register();
        var checker = new Checker(_ledger);
        var random = new Random(seed);
        int changes = 0;
        for (int kill = 1; kill <= kills; kill++)
        {
            var moment = TimeSpan.FromMilliseconds(random.Next(50, 1_500));
            HashSet<string> before = [.. Contended().Select(line => line.Command.Id)];
            using var stop = new CancellationTokenSource();
            Task running = load.Run(stop.Token);
            await Task.Delay(moment);
            await slots[kill % 3].Node.Kill();
            await slots[kill % 3].Start();
            await stop.CancelAsync();
            await running;
            // Read by a program that was not killed last.
            Assert.Equal([], (await checker.Since(slots[(kill + 1) % 3].Node)).Select(complaint => $"seed {seed}, kill {kill} after {moment}: {complaint}"));
            string[] by = [.. Contended().Where(line => !before.Contains(line.Command.Id)).OrderBy(line => line.Version).Select(line => line.By)];
            Assert.True(by.Distinct().Count() > 1, $"seed {seed}, kill {kill}: the contended building was written to through {string.Join(", ", by.Distinct())} alone");
            // Whoever writes behind another had remembered an older version, unless it read since: its turn was decided again.
            changes += by.Zip(by.Skip(1)).Count(pair => pair.First != pair.Second);
        }
        foreach (Slot slot in slots) { Assert.Equal([], await checker.Everything(slot.Node)); }
        foreach (Slot slot in slots) { await _store!.CheckSummaries(slot.Node, _ledger); }
        output.WriteLine($"seed {seed}: {kills} kills, {Contended().Count()} of {_ledger.Lines.Count()} in the contended building, which changed hands {changes} times");
        Assert.True(changes > 5 * kills, $"the contended building changed hands only {changes} times");
    }

    [Fact(Timeout = KillTests.Limit)]
    public async Task Whatever_was_answered_outlives_a_database_that_is_killed()
    {
        // Three kills are enough where the machine is quiet; where it is not, more are needed until enough has happened.
        const int kills = 3, mostKills = 40;
        var slot = new Slot("one", _store!);
        await slot.Start();
        var load = new Load(_ledger, 1, slot);
        await load.Register();
        var checker = new Checker(_ledger);
        using var stop = new CancellationTokenSource();
        Task running = load.Run(stop.Token);
        for (int kill = 0; kill < kills || (kill < mostKills && !EnoughHappened()); kill++)
        {
            await Task.Delay(500);
            await server.KillAndStart();
        }
        await Task.Delay(500);
        await stop.CancelAsync();
        await running;
        Assert.Equal([], await checker.Everything(slot.Node));
        Assert.True(EnoughHappened(), $"too little happened: {Contended().Count()} written, {_ledger.Doubts} times in doubt");
        await slot.Node.Terminate();
        await slot.Start();
        Assert.Equal([], await checker.Everything(slot.Node));
        await _store!.CheckSummaries(slot.Node, _ledger);
    }

    private bool EnoughHappened() => _ledger.Doubts > 0 && Contended().Count() > 50;

    private IEnumerable<Ledger.Line> Contended() => _ledger.Lines.Where(line => line.Fate == Fate.Acknowledged && line.Command.Building == Load.Contended);
}
