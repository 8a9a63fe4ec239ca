using System.Globalization;
using CostShare.Silo.Tests;

namespace CostShare.Fault.Tests;

/// <summary>The clock of the machine is set back while the program is away.</summary>
[Collection(nameof(PostgresServer))]
public sealed class ClockTests(PostgresServer server)
{
    private const string Building = "clock";

    [Theory(Timeout = KillTests.Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_clock_was_set_back_writing_goes_on_and_time_stands_still(bool inPostgres)
    {
        await using Store store = inPostgres ? await PostgresStore.New(server) : new FileStore();
        var ledger = new Ledger();
        var slot = new Slot("one", store);
        await slot.Start();
        var load = new Load(ledger, 1, slot);
        await load.Send(Commands.Register(Building), slot);
        for (int i = 1; i <= 5; i++) { await load.Send(Commands.Costs(Building, $"before-{i}", i), slot); }
        DateTimeOffset[] before = await Times(slot.Node, Building);
        Dictionary<string, string> then = await AsOf(slot.Node, before);
        Assert.Equal(before.Length + before.Distinct().Count() - 1, then.Count);

        foreach ((string setBack, TimeSpan by) in ((string, TimeSpan)[])[("-1h", TimeSpan.FromHours(1)), ("-400d", TimeSpan.FromDays(400)), ("+0", TimeSpan.Zero)])
        {
            await slot.Node.Terminate();
            store.Settings["LD_PRELOAD"] = Library();
            store.Settings["FAKETIME"] = setBack;
            // Otherwise timers would count by it too.
            store.Settings["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
            await slot.Start();
            string other = string.Create(CultureInfo.InvariantCulture, $"other{(int)by.TotalDays}");
            await load.Send(Commands.Register(other), slot);
            DateTimeOffset now = Assert.Single(await Times(slot.Node, other));
            for (int i = 1; i <= 5; i++) { await load.Send(Commands.Costs(Building, $"back{setBack}-{i}", i), slot); }

            DateTimeOffset[] after = await Times(slot.Node, Building);
            Assert.Equal(before, after[..before.Length]);
            Assert.Equal(after.Order(), after);
            if (by > TimeSpan.Zero)
            {
                Assert.True(now < before[^1] - by / 2, "the clock was not set back");
                Assert.All(after[before.Length..], at => Assert.Equal(before[^1], at));
                Assert.Contains($"the clock of this machine says {now:yyyy-MM-dd HH}", slot.Node.Told, StringComparison.Ordinal);
            }
            else
            {
                Assert.True(after[^1] > before[^1]);
                Assert.DoesNotContain("the clock", slot.Node.Told, StringComparison.Ordinal);
            }
            Assert.Equal(then, await AsOf(slot.Node, before));
        }
        Assert.Equal([], await new Checker(ledger).Everything(slot.Node));
    }

    private static string Library() => Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("libfaketime is not installed (Debian: faketime); ./test installs it.");

    private static async Task<DateTimeOffset[]> Times(Node node, string building) => [.. (await node.Get($"/api/v1/buildings/{building}/history?limit=100")).Body!["entries"]!.AsArray()
        .Select(entry => DateTimeOffset.Parse((string)entry!["at"]!, CultureInfo.InvariantCulture))];

    /// <summary>The costs as of every version, and as of every time but the last one: at that the clock may still stand.</summary>
    private static async Task<Dictionary<string, string>> AsOf(Node node, DateTimeOffset[] times)
    {
        var shown = new Dictionary<string, string>();
        IEnumerable<string> moments = times.Where(time => time < times[^1]).Distinct().Select(time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        foreach (string at in Enumerable.Range(1, times.Length).Select(version => version.ToString(CultureInfo.InvariantCulture)).Concat(moments))
        {
            Answer answer = await node.Get($"/api/v1/buildings/{Building}/costs?at={at}");
            Assert.Equal(200, answer.Status);
            shown.Add(at, $"{answer.Tag} {answer.Body!.ToJsonString()}");
        }
        return shown;
    }
}
