using System.Globalization;
using CostShare.Silo.Tests;
using Xunit.Abstractions;

namespace CostShare.Fault.Tests;

/// <summary>The program is killed under load again and again; whatever it answered must be there, once, and nothing else.</summary>
public abstract class KillTests(ITestOutputHelper output)
{
    /// <summary>A limit against hanging, never against slowness; below the one of ./test.</summary>
    public const int Limit = 9 * 60_000;

    /// <summary>One seed for each twenty kills; COSTSHARE_KILLS says how many there are.</summary>
    public static TheoryData<int, int> Rounds()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("COSTSHARE_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int stated) ? stated : 20;
        var rounds = new TheoryData<int, int>();
        for (int seed = 1; kills > 0; seed++, kills -= 20) { rounds.Add(seed, int.Min(kills, 20)); }
        return rounds;
    }

    [Theory(Timeout = Limit)]
    [MemberData(nameof(Rounds))]
    public async Task Whatever_was_answered_outlives_a_program_that_is_killed(int seed, int kills)
    {
        await using Store store = await NewStore();
        var ledger = new Ledger();
        var checker = new Checker(ledger);
        var slot = new Slot("one", store);
        await slot.Start();
        var load = new Load(ledger, seed, slot);
        await load.Register();
        var random = new Random(seed);
        for (int kill = 1; kill <= kills; kill++)
        {
            var moment = TimeSpan.FromMilliseconds(random.Next(50, 1_500));
            using var stop = new CancellationTokenSource();
            Task running = load.Run(stop.Token);
            await Task.Delay(moment);
            await slot.Node.Kill();
            await stop.CancelAsync();
            await slot.Start();
            await running;
            Assert.Equal([], (await checker.Since(slot.Node)).Select(complaint => $"seed {seed}, kill {kill} after {moment}: {complaint}"));
        }
        Assert.Equal([], await checker.Everything(slot.Node));
        await store.CheckSummaries(slot.Node, ledger);
        int acknowledged = ledger.Lines.Count(line => line.Fate == Fate.Acknowledged);
        output.WriteLine($"seed {seed}: {kills} kills, {acknowledged} acknowledged, {load.Broken} connections broken");
        Assert.True(load.Broken > kills && acknowledged > 20 * kills, $"too little happened: {acknowledged} acknowledged, {load.Broken} connections broken");
    }

    /// <summary>An empty store.</summary>
    protected abstract Task<Store> NewStore();
}

/// <summary>Kills over files.</summary>
[Collection(nameof(PostgresServer))]
public sealed class FileKillTests(ITestOutputHelper output) : KillTests(output)
{
    protected override Task<Store> NewStore() => Task.FromResult<Store>(new FileStore());
}

/// <summary>Kills over PostgreSQL.</summary>
[Collection(nameof(PostgresServer))]
public sealed class PostgresKillTests(PostgresServer server, ITestOutputHelper output) : KillTests(output)
{
    protected override async Task<Store> NewStore() => await PostgresStore.New(server);
}
