using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;
using CostShare.Silo.Tests;

namespace CostShare.Fault.Tests;

/// <summary>The checker sees what it is there for: entries are forged so well that the program itself finds nothing wrong with them.</summary>
[Collection(nameof(PostgresServer))]
public sealed class CheckerTests(PostgresServer server)
{
    private static readonly (string Building, string Complaint, Func<List<JournalEntry>, IEnumerable<JournalEntry>> Change)[] Forgeries =
    [
        ("last-lost", "quote, told to be version 3, is lost", entries => entries.SkipLast(1)),
        ("middle-lost", "costs, told to be version 2, is lost", entries => entries.Where((_, i) => i != 1)),
        ("doubled", "costs is stored twice", entries => entries.SelectMany((entry, i) => i == 1 ? [entry, entry] : (JournalEntry[])[entry])),
        ("altered", "costs is stored as", entries => entries.Select((entry, i) => i == 1 ? entry with { Payload = entry.Payload.Replace("700", "701", StringComparison.Ordinal) } : entry)),
        ("moved", "costs was told version 2, and is stored as 3", entries => [entries[0], entries[2], entries[1]]),
        ("added", "nobody sent stranger", entries => [.. entries, entries[1] with { Command = CommandId.Of("stranger") }]),
        ("refused", "broken was refused, and is stored", entries => [.. entries, entries[1] with { Command = CommandId.Of("broken") }]),
        ("gone", "is not in the list of buildings", _ => []),
    ];

    [Theory(Timeout = KillTests.Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_lost_doubled_altered_or_added_is_seen(bool inPostgres)
    {
        await using Store store = inPostgres ? await PostgresStore.New(server) : new FileStore();
        var ledger = new Ledger();
        var slot = new Slot("one", store);
        await slot.Start();
        var load = new Load(ledger, 1, slot);
        foreach (string building in (string[])["sound", .. Forgeries.Select(forgery => forgery.Building)])
        {
            foreach (Command command in (Command[])[Commands.Register(building), Commands.Costs(building, "costs", 700), Commands.Quote(building, "quote", 800)]) { await load.Send(command, slot); }
        }
        ledger.Broken(Commands.Costs("refused", "broken", 700));
        var checker = new Checker(ledger);
        Assert.Equal([], await checker.Since(slot.Node));
        Assert.Equal([], await checker.Everything(slot.Node));

        await slot.Node.Kill();
        foreach ((string building, _, Func<List<JournalEntry>, IEnumerable<JournalEntry>> change) in Forgeries) { await store.Forge(building, change); }
        await slot.Start();

        string[] everything = [.. await checker.Everything(slot.Node)];
        foreach ((string building, string complaint, _) in Forgeries) { Assert.Contains(everything, told => told.StartsWith($"{building}: {complaint}", StringComparison.Ordinal)); }
        Assert.DoesNotContain(everything, told => told.StartsWith("sound", StringComparison.Ordinal));
        string[] since = [.. await new Checker(ledger).Since(slot.Node)];
        foreach ((string building, _, _) in Forgeries) { Assert.Contains(since, told => told.StartsWith(building, StringComparison.Ordinal)); }
        Assert.DoesNotContain(since, told => told.StartsWith("sound", StringComparison.Ordinal));
    }
}
