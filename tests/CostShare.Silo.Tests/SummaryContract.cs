using System.Globalization;
using CostShare.Grains.Buildings;
using CostShare.Grains.Policies;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;

namespace CostShare.Silo.Tests;

/// <summary>What the summaries of every store promise; one class of tests for each kind of store runs it.</summary>
public abstract class SummaryContract
{
    private static readonly int Histories = int.Parse(Environment.GetEnvironmentVariable("COSTSHARE_CASES") ?? "10000", CultureInfo.InvariantCulture) / 10;

    /// <summary>The journal of this test, opened anew, with its summaries.</summary>
    protected abstract Task<IJournal> Open();

    [Fact]
    public async Task Sums_are_those_of_all_that_happened_by_the_end_of_a_day_in_every_part_of_the_city()
    {
        await using (IJournal journal = await Open())
        {
            await Fill(journal, 0, Histories);
            await Agree(journal, [null, new(2026, 2, 28), new(2026, 3, 1), new(2026, 3, 3), new(2026, 3, 8), new(2026, 9, 9)]);
        }
        // What is kept is what was told.
        await using IJournal again = await Open();
        await Agree(again, [null, new(2026, 3, 5)]);
    }

    [Fact]
    public async Task A_summary_is_stored_with_its_entry_or_not_at_all()
    {
        await using IJournal journal = await Open();
        IReadOnlyList<JournalEntry> entries = StreetHistories.Entries(3), others = StreetHistories.Entries(4);
        BuildingId id = StreetHistories.Id(3);
        IReadOnlyList<SummaryRow> rows = Sent.Summariser.Rows(id, entries), otherRows = Sent.Summariser.Rows(id, others);
        Assert.NotEqual(rows[0].Content, otherRows[^1].Content);
        Assert.Equal(Appended.Stored, await journal.Append(id, entries[0], rows[0]));
        string stored = await Tell(journal);
        Assert.Contains(id.Value, stored, StringComparison.Ordinal);
        Assert.Equal(Appended.VersionTaken, await journal.Append(id, entries[0] with { Command = CommandId.Of("other") }, otherRows[^1]));
        Assert.Equal(Appended.CommandKnown, await journal.Append(id, entries[0] with { Version = 2 }, otherRows[^1]));
        Assert.False(await journal.Adopt(id, others, otherRows));
        Assert.Equal(stored, await Tell(journal));
        // Without one the entry leaves it alone.
        Assert.Equal(Appended.Stored, await journal.Append(id, entries[1], null));
        Assert.Equal(stored, await Tell(journal));
        Assert.Equal(Appended.VersionTaken, await journal.Append(id, entries[1] with { Command = CommandId.Of("other") }, otherRows[^1]));
        Assert.Equal(stored, await Tell(journal));
        Assert.Equal(Appended.Stored, await journal.Append(id, entries[2], rows[^1]));
        Assert.NotEqual(stored, await Tell(journal));
    }

    [Fact]
    public async Task A_whole_building_is_taken_over_with_the_summaries_of_all_its_days()
    {
        await using IJournal journal = await Open();
        for (int seed = 0; seed < 20; seed++)
        {
            IReadOnlyList<JournalEntry> entries = StreetHistories.Entries(seed);
            Assert.True(await journal.Adopt(StreetHistories.Id(seed), entries, Sent.Summariser.Rows(StreetHistories.Id(seed), entries)));
        }
        await Agree(journal, [null, .. Enumerable.Range(0, 25).Select(i => (DateOnly?)new DateOnly(2026, 2, 28).AddDays(i))]);
    }

    [Fact]
    public async Task Reading_can_be_ended_at_any_building_and_leaves_the_store_as_good_as_before()
    {
        await using IJournal journal = await Open();
        await Fill(journal, 0, 60);
        BuildingId[] all = [.. (await List(journal.Summaries.Read(Scope.City, null, default))).Select(summary => summary.Building)];
        Assert.Equal(60, all.Length);
        // More often than there are connections.
        for (int i = 0; i < 150; i++)
        {
            using var end = new CancellationTokenSource();
            var read = new List<BuildingId>();
            try
            {
                await foreach (BuildingSummary summary in journal.Summaries.Read(Scope.City, i % 2 == 0 ? null : new DateOnly(2027, 1, 1), end.Token))
                {
                    read.Add(summary.Building);
                    if (read.Count <= i % 59) { continue; }
                    if (i % 3 == 0) { break; }
                    await end.CancelAsync();
                }
                Assert.Equal(0, i % 3);
            }
            catch (OperationCanceledException)
            {
                Assert.NotEqual(0, i % 3);
            }
            Assert.Equal(all[..((i % 59) + 1)], read);
        }
        Assert.Equal(60, (await List(journal.Summaries.Read(Scope.City, null, default))).Count);
    }

    [Fact]
    public async Task Where_nothing_is_stored_there_is_nothing()
    {
        await using IJournal journal = await Open();
        foreach (DateOnly? on in (DateOnly?[])[null, new DateOnly(2026, 1, 1)])
        {
            foreach (Scope scope in (Scope[])[Scope.City, Scope.OfStreet("x"), Scope.OfEstate("x", null)])
            {
                Assert.Empty(await journal.Summaries.Sums(scope, on));
                Assert.Empty(await List(journal.Summaries.Read(scope, on, default)));
            }
            Assert.Empty(await journal.Summaries.Parts(Scope.City, on));
            Assert.Empty(await journal.Summaries.Parts(Scope.OfStreet("x"), on));
        }
        Assert.Empty(await journal.Summaries.WithCertificates(["x"]));
        Assert.Empty(await journal.Summaries.WithCertificates([]));
        Assert.Empty(await journal.Summaries.Unreadable());
    }

    /// <summary>Makes summaries, but of one building.</summary>
    protected static Summariser Failing(BuildingId building, Type thrown) => new(
        Sent.Summariser.Events,
        new SummaryCodec(summary => summary.Building == building ? throw (Exception)Activator.CreateInstance(thrown, "planted")! : Sent.Summariser.Codec.Write(summary), Sent.Summariser.Codec.Read),
        PolicyBook.Empty);

    /// <summary>Carries out histories, several at once; every other one is taken over whole.</summary>
    protected static async Task Fill(IJournal journal, int from, int to)
    {
        var host = new BuildingHost(journal, Sent.Summariser, Sent.Rules, _ => { });
        await Parallel.ForEachAsync(Enumerable.Range(from, to - from), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (seed, _) =>
        {
            if (seed % 2 == 0)
            {
                Assert.True(await host.Adopt(StreetHistories.Id(seed), StreetHistories.Entries(seed)));
                return;
            }
            int i = 0;
            foreach ((BuildingCommand command, DateTimeOffset at) in StreetHistories.Of(seed))
            {
                await host.Execute(Sent.Turn(StreetHistories.Id(seed), string.Create(CultureInfo.InvariantCulture, $"c{i++}"), command) with { At = at });
            }
        });
    }

    /// <summary>Compares all that can be asked with a fold over the journal.</summary>
    protected static async Task Agree(IJournal journal, DateOnly?[] days)
    {
        var entries = new SortedDictionary<string, IReadOnlyList<JournalEntry>>(StringComparer.Ordinal);
        foreach (BuildingId id in await journal.Buildings(null, 100_000)) { entries[id.Value] = await journal.Read(id, 0); }
        ISummaries summaries = journal.Summaries;
        foreach (DateOnly? on in days)
        {
            (string Id, StreetModel Model)[] buildings = [.. entries.Select(building => (building.Key, StreetModel.Of(building.Value, on)!)).Where(building => building.Item2 is not null)];
            await AgreeOn(Scope.City, _ => true);
            foreach (string street in StreetHistories.Streets)
            {
                await AgreeOn(Scope.OfStreet(street), model => model.Street == street);
                foreach (string? estate in StreetHistories.Estates) { await AgreeOn(Scope.OfEstate(street, estate), model => model.Street == street && model.Estate == (estate ?? "")); }
            }

            async Task AgreeOn(Scope scope, Func<StreetModel, bool> isIn)
            {
                (string Id, StreetModel Model)[] here = [.. buildings.Where(building => isIn(building.Model))];
                IReadOnlyDictionary<string, Int128> sums = await summaries.Sums(scope, on);
                Assert.Equal(Tell(Sum(here.Select(building => building.Model))), Tell(Recorded(sums)));
                // To the fen, also what the waterfall gives.
                Assert.Equal(sums.GetValueOrDefault("totalCost") > 0, sums.GetValueOrDefault("selfFunded") > 0);
                List<BuildingSummary> read = await List(summaries.Read(scope, on, default));
                Assert.Equal(here.Select(building => building.Id), read.Select(summary => summary.Building.Value));
                Assert.Equal(here.Select(building => (building.Model.Street, building.Model.Estate)), read.Select(summary => (summary.Site.Street, summary.Site.Estate ?? "")));
                if (scope.Level == ScopeLevel.Estate) { return; }
                IReadOnlyList<(Scope Part, IReadOnlyDictionary<string, Int128> Sums)> parts = await summaries.Parts(scope, on);
                var expected = here.GroupBy(building => scope.Level == ScopeLevel.City ? Scope.OfStreet(building.Model.Street) : Scope.OfEstate(building.Model.Street, building.Model.Estate))
                    .OrderBy(part => part.Key.Street, StringComparer.Ordinal).ThenBy(part => part.Key.Estate, StringComparer.Ordinal).ToArray();
                Assert.Equal(expected.Select(part => part.Key), parts.Select(part => part.Part));
                Assert.Equal(expected.Select(part => Tell(Sum(part.Select(building => building.Model)))), parts.Select(part => Tell(Recorded(part.Sums))));
                var closed = parts.SelectMany(part => part.Sums).GroupBy(sum => sum.Key).ToDictionary(sum => sum.Key, sum => sum.Aggregate(Int128.Zero, (left, right) => left + right.Value));
                Assert.Equal(Tell(sums), Tell(closed));
            }
        }
        string[] certificates = ["梯1", "梯4"];
        Assert.Equal(
            entries.Where(building => StreetModel.Of(building.Value, null)!.Certificates.Intersect(certificates).Any()).Select(building => building.Key),
            (await summaries.WithCertificates(certificates)).Select(summary => summary.Building.Value));
        Assert.Empty(await summaries.Unreadable());
    }

    /// <summary>All that is told of the city, as text.</summary>
    protected static async Task<string> Tell(IJournal journal) => string.Join('\n',
    [
        Tell(await journal.Summaries.Sums(Scope.City, null)), Tell(await journal.Summaries.Sums(Scope.City, new DateOnly(2026, 3, 4))),
        .. (await journal.Summaries.Parts(Scope.City, null)).Select(part => part.Part.Street + Tell(part.Sums)),
        .. (await List(journal.Summaries.Read(Scope.City, null, default))).Select(Sent.Summariser.Codec.Write),
        .. (await List(journal.Summaries.Read(Scope.City, new DateOnly(2026, 3, 4), default))).Select(Sent.Summariser.Codec.Write),
    ]);

    private static string Tell(IReadOnlyDictionary<string, Int128> sums) =>
        string.Join('\n', sums.OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => string.Create(CultureInfo.InvariantCulture, $"{sum.Key}: {sum.Value}")));

    /// <summary>What was recorded, without what the waterfall makes of it.</summary>
    private static Dictionary<string, Int128> Recorded(IReadOnlyDictionary<string, Int128> sums) => sums.Where(sum => sum.Key is not ("selfFunded" or "notReckoned")).ToDictionary();

    private static Dictionary<string, Int128> Sum(IEnumerable<StreetModel> models) =>
        models.SelectMany(model => model.Sums()).GroupBy(sum => sum.Key).ToDictionary(sum => sum.Key, sum => sum.Aggregate(Int128.Zero, (left, right) => left + right.Value));

    private static async Task<List<BuildingSummary>> List(IAsyncEnumerable<BuildingSummary> summaries)
    {
        var list = new List<BuildingSummary>();
        await foreach (BuildingSummary summary in summaries) { list.Add(summary); }
        return list;
    }
}
