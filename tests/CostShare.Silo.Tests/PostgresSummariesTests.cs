using System.Diagnostics;
using CostShare.Grains.Buildings;
using CostShare.Grains.Policies;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;
using Npgsql;

namespace CostShare.Silo.Tests;

/// <summary>The summaries of buildings in PostgreSQL, and what may happen to a database.</summary>
[Collection(nameof(PostgresServer))]
public sealed class PostgresSummariesTests(PostgresServer server) : SummaryContract, IAsyncLifetime
{
    private static readonly byte[] Basis = new byte[32], Other = [1, .. new byte[31]];

    private readonly List<string> _told = [];
    private string _connection = "";
    private string _database = "";

    public async Task InitializeAsync()
    {
        _connection = await server.NewDatabase();
        _database = new NpgsqlConnectionStringBuilder(_connection).Database!;
    }

    public Task DisposeAsync() => server.Remove(_database);

    protected override async Task<IJournal> Open() => await OpenSummarised();

    [Fact]
    public async Task To_make_summaries_again_changes_nothing()
    {
        await using PostgresJournal journal = await OpenSummarised();
        await Fill(journal, 0, 100);
        string before = await Everything();
        string? rows = (string?)await Run("select string_agg(xmin::text, ' ' order by building) from costshare.summary");
        var progress = new List<(int, int)>();
        Assert.Equal(new SummaryTotals(100, 0, 0, 0), await Rebuild(journal).Rebuild(Basis, (done, total) => progress.Add((done, total))));
        Assert.Equal([(0, 100), (100, 100)], progress);
        Assert.Equal((before, rows), (await Everything(), (string?)await Run("select string_agg(xmin::text, ' ' order by building) from costshare.summary")));
        Assert.Equal(new SummaryTotals(100, 0, 0, 0), await Check(journal));
        // Nor where all of it is gone.
        await Run("truncate costshare.summary, costshare.summary_past");
        Assert.Equal(0L, await Run("select count(*) from costshare.tally"));
        Assert.Equal(new SummaryTotals(100, 100, 0, 0), await Rebuild(journal).Rebuild(Basis, (_, _) => { }));
        Assert.Equal(before, await Everything());
    }

    [Theory]
    [InlineData("update costshare.summary set sums[1] = sums[1] + 1 where building = '{0}'", 1, 0)]
    [InlineData("update costshare.summary set keys[1] = 'other' where building = '{0}'", 1, 0)]
    [InlineData("update costshare.summary set street = 'other' where building = '{0}'", 1, 0)]
    [InlineData("update costshare.summary set estate = 'other' where building = '{0}'", 1, 0)]
    [InlineData("update costshare.summary set content = content || ' ' where building = '{0}'", 1, 0)]
    [InlineData("update costshare.summary set certificates = array['other'] where building = '{0}'", 1, 0)]
    [InlineData("update costshare.summary set since = since + 1 where building = '{0}'", 1, 0)]
    [InlineData("update costshare.summary set since = since - 300 where building = '{0}'", 1, 0)]
    [InlineData("delete from costshare.summary where building = '{0}'", 1, 0)]
    [InlineData("delete from costshare.summary_past where building = '{0}'", 1, 0)]
    [InlineData("update costshare.summary_past set sums[1] = 7 where building = '{0}'", 1, 0)]
    [InlineData("update costshare.summary_past set content = '' where building = '{0}'", 1, 0)]
    [InlineData("insert into costshare.summary select 'stray', since, street, estate, content, keys, sums, certificates from costshare.summary where building = '{0}'", 1, 0)]
    [InlineData("insert into costshare.summary_past select 'stray', since, street, estate, content, keys, sums from costshare.summary where building = '{0}'", 1, 0)]
    [InlineData("update costshare.tally set sum = sum + 1 where level = 1 and key = 'stairs'", 0, 3)]
    [InlineData("delete from costshare.tally where level = 0 and key = 'stairs'", 0, 1)]
    [InlineData("insert into costshare.tally values (2, 'nowhere', '', 'stairs', 1)", 0, 1)]
    public async Task What_was_planted_is_found_and_mended(string change, int rows, int sums)
    {
        await using PostgresJournal journal = await OpenSummarised();
        await Fill(journal, 0, 30);
        await journal.Compaction.Run();
        string before = await Everything(), building = (string)(await Run("select building from costshare.summary_past order by building limit 1"))!;
        await Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, change, building));
        var found = new List<SummaryFinding>();
        SummaryTotals totals = await Rebuild(journal).Check(found.Add, (_, _) => { });
        Assert.Equal((rows, sums, 0), (totals.Wrong, totals.WrongSums, totals.Unreadable));
        Assert.Equal(rows + sums, found.Count);
        Assert.All(found.Take(rows), finding => Assert.Contains(finding.Building!.Value.Value, (string[])[building, "stray"]));
        Assert.All(found.Skip(rows), finding => Assert.Equal((SummaryFault.SumWrong, true), (finding.Fault, finding.Kept != finding.Made)));
        Assert.Equal(totals, await Rebuild(journal).Rebuild(Basis, (_, _) => { }));
        Assert.Equal(before, await Everything());
        Assert.Equal((0, 0), ((await Check(journal)).Wrong, (await Check(journal)).WrongSums));
    }

    [Fact]
    public async Task What_is_stored_while_a_summary_is_made_again_is_not_overwritten_by_it()
    {
        await using PostgresJournal one = await OpenSummarised(), two = await OpenSummarised();
        BuildingId id = StreetHistories.Id(0);
        IReadOnlyList<JournalEntry> entries = StreetHistories.Entries(0);
        // Up to before the last entry that changes the summary.
        int last = Enumerable.Range(1, entries.Count - 1).Last(count => Sent.Summariser.Rows(id, [.. entries.Take(count)])[^1].Content != Sent.Summariser.Rows(id, [.. entries.Take(count + 1)])[^1].Content);
        await one.Adopt(id, [.. entries.Take(last)], Sent.Summariser.Rows(id, [.. entries.Take(last)]));
        await Run("update costshare.summary set content = ''");
        bool isMeanwhile = false;
        var codec = new SummaryCodec(summary =>
        {
            if (!isMeanwhile)
            {
                isMeanwhile = true;
                Assert.Equal(Appended.Stored, two.Append(id, entries[last], Sent.Summariser.Rows(id, [.. entries.Take(last + 1)])[^1]).GetAwaiter().GetResult());
            }
            return Sent.Summariser.Codec.Write(summary);
        }, Sent.Summariser.Codec.Read);
        await new SummaryRebuild(one, new Summariser(Sent.Summariser.Events, codec, PolicyBook.Empty), Tell).Rebuild(Basis, (_, _) => { });
        Assert.True(isMeanwhile);
        Assert.Equal(new SummaryTotals(1, 0, 0, 0), await Check(one));
    }

    [Fact]
    public async Task Two_processes_that_store_at_once_leave_every_sum_right_whatever_is_made_again_and_put_together_meanwhile()
    {
        await using PostgresJournal one = await OpenSummarised(), two = await OpenSummarised();
        using var end = new CancellationTokenSource();
        int compactions = 0, rebuilds = 0;
        Task compacting = Task.Run(async () =>
        {
            for (; !end.IsCancellationRequested; compactions++) { await (compactions % 2 == 0 ? one : two).Compaction.Run(); }
        });
        Task rebuilding = Task.Run(async () =>
        {
            for (; !end.IsCancellationRequested; rebuilds++)
            {
                // What is planted meanwhile is mended meanwhile.
                await Run("update costshare.summary set sums[1] = sums[1] + 1 where building in (select building from costshare.summary order by building limit 3)");
                SummaryTotals totals = await Rebuild(two).Rebuild(Basis, (_, _) => { });
                Assert.Equal((0, 0), (totals.Unreadable, totals.WrongSums));
            }
        });
        BuildingHost first = new(one, Sent.Summariser, Sent.Rules, _ => { }), second = new(two, Sent.Summariser, Sent.Rules, _ => { });
        // Both take the same turns.
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (seed, _) =>
        {
            int i = 0;
            foreach ((BuildingCommand command, DateTimeOffset at) in StreetHistories.Of(seed))
            {
                TurnRequest turn = Sent.Turn(StreetHistories.Id(seed), $"c{i++}", command) with { At = at };
                await Task.WhenAll(first.Execute(turn), second.Execute(turn));
            }
        });
        await end.CancelAsync();
        await Task.WhenAll(compacting, rebuilding);
        Assert.Equal(new SummaryTotals(60, 0, 0, 0), await Check(one));
        await Agree(one, [null, new(2026, 3, 4)]);
        Assert.True(compactions > 2 && rebuilds > 2, $"{compactions} {rebuilds}");
    }

    [Fact]
    public async Task Changes_are_put_together_and_no_sum_is_another()
    {
        await using PostgresJournal journal = await OpenSummarised();
        await Fill(journal, 0, 60);
        string before = await Everything();
        long rows = (long)(await Run("select count(*) from costshare.tally"))!;
        await journal.Compaction.Run();
        Assert.Equal(before, await Everything());
        Assert.Equal(0L, await Run("select count(*) from (select from costshare.tally group by level, street, estate, key having count(*) > 1) as several"));
        Assert.True((long)(await Run("select count(*) from costshare.tally"))! < rows / 2);
        // By itself at the start, and after many were stored.
        const string several = "insert into costshare.tally values (0, '', '', 'stairs', 0), (0, '', '', 'stairs', 0)";
        await Run(several);
        await using PostgresJournal other = await OpenSummarised();
        Assert.Equal(1L, await Run("select count(*) from costshare.tally where level = 0 and key = 'stairs'"));
        Assert.Equal(before, await Everything());
        await Run(several);
        other.Compaction.Written(1_999);
        Assert.Equal(3L, await Run("select count(*) from costshare.tally where level = 0 and key = 'stairs'"));
        other.Compaction.Written(1);
        await Until("select count(*) = 1 from costshare.tally where level = 0 and key = 'stairs'");
        Assert.DoesNotContain(_told, told => told.Contains("put together", StringComparison.Ordinal));
        await Run("alter table costshare.tally rename to away");
        await journal.Compaction.Run();
        Assert.Contains(_told, told => told.Contains("cannot be put together", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Summaries_are_made_at_the_start_where_there_are_none_or_the_policies_have_changed_and_by_one_process()
    {
        // As an older program left it.
        await using (PostgresJournal journal = await PostgresJournal.Open(_connection, TimeSpan.FromMinutes(1), _told.Add))
        {
            for (int seed = 0; seed < 20; seed++) { await journal.Adopt(StreetHistories.Id(seed), StreetHistories.Entries(seed), []); }
            Assert.Throws<InvalidOperationException>(() => journal.Summaries);
        }
        _told.Clear();
        PostgresJournal[] journals = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(OpenSummarised)));
        Assert.Single(_told, told => told.Contains("are made from the journal", StringComparison.Ordinal));
        await Agree(journals[3], [null, new(2026, 3, 4)]);
        _told.Clear();
        await journals[1].Summarise(Sent.Summariser, Basis, (_, _) => Assert.Fail("made again"));
        Assert.Empty(_told);
        await journals[1].Summarise(Sent.Summariser, Other, (_, _) => { });
        Assert.Single(_told);
        await SummaryRebuild.Forget(journals[0]);
        await journals[2].Summarise(Sent.Summariser, Other, (_, _) => { });
        Assert.Equal(2, _told.Count);
        foreach (PostgresJournal journal in journals) { await journal.DisposeAsync(); }
    }

    [Fact]
    public async Task A_building_that_is_damaged_keeps_its_summary_and_is_told()
    {
        await using PostgresJournal journal = await OpenSummarised();
        await Fill(journal, 0, 10);
        (BuildingId kept, BuildingId headless, BuildingId without, BuildingId nothing) = (StreetHistories.Id(4), StreetHistories.Id(5), StreetHistories.Id(6), StreetHistories.Id(7));
        await Run("create table kept as select * from costshare.journal");
        await Run($"delete from costshare.summary where building in ('{without}', '{nothing}'); delete from costshare.summary_past where building in ('{without}', '{nothing}')");
        string before = await Everything();
        await Run($"update costshare.journal set line = set_byte(line, 50, 0) where building in ('{kept}', '{without}') and version = 2");
        await Run($"delete from costshare.head where building in ('{headless}', '{nothing}')");
        Assert.Equal(new SummaryTotals(10, 0, 4, 0), await Check(journal));
        Assert.Empty(await journal.Summaries.Unreadable());
        Assert.Equal(new SummaryTotals(10, 0, 4, 0), await Rebuild(journal).Rebuild(Basis, (_, _) => { }));
        Assert.Contains(_told, told => told.StartsWith($"the summary of {kept} stays as it is", StringComparison.Ordinal));
        Assert.Equal(before, await Everything());
        // It is told, also by others, as long as it is so.
        Assert.Equal(Sorted(kept, headless, without, nothing), await journal.Summaries.Unreadable());
        await using PostgresJournal other = await OpenSummarised();
        Assert.Equal(Sorted(kept, headless, without, nothing), await other.Summaries.Unreadable());
        await Run("update costshare.journal set line = kept.line from kept where (journal.building, journal.version) = (kept.building, kept.version)");
        Assert.Equal(new SummaryTotals(10, 1, 2, 0), await Rebuild(journal).Rebuild(Basis, (_, _) => { }));
        Assert.Equal(Sorted(headless, nothing), await other.Summaries.Unreadable());
        await Run($"insert into costshare.summary_unreadable values ('{kept}'), ('{without}')");
        await Run($"update costshare.summary set since = since where building = '{kept}'; insert into costshare.summary select (jsonb_populate_record(summary, '{{\"building\": \"{nothing}\"}}')).* from costshare.summary where building = '{kept}'");
        Assert.Equal(Sorted(headless, without), await other.Summaries.Unreadable());

        static BuildingId[] Sorted(params BuildingId[] ids) => [.. ids.OrderBy(id => id.Value, StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(typeof(OverflowException))]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(FormatException))]
    public async Task A_building_that_cannot_be_summarised_is_told_and_all_others_are(Type thrown)
    {
        await using PostgresJournal journal = await OpenSummarised();
        await Fill(journal, 0, 5);
        await journal.Summarise(Failing(StreetHistories.Id(3), thrown), Other, (_, _) => { });
        Assert.Equal([StreetHistories.Id(3)], await journal.Summaries.Unreadable());
        await journal.Summarise(Sent.Summariser, Basis, (_, _) => { });
        await Agree(journal, [null]);
    }

    [Theory]
    [InlineData(false, "b-00000", 0)]
    [InlineData(true, "b-00000", 0)]
    [InlineData(false, "b-00000", 400)]
    [InlineData(true, "b-00000", -400)]
    public async Task What_is_left_of_a_building_that_was_removed_does_not_keep_it_from_coming_back_and_comes_into_no_sum(bool isWhole, string id, int days)
    {
        await using PostgresJournal journal = await OpenSummarised();
        await Fill(journal, 0, 5);
        Assert.Equal(id, StreetHistories.Id(0).Value);
        // What it was like is no longer what it is like.
        await Run($"delete from costshare.head where building = '{id}'; delete from costshare.journal where building = '{id}'; update costshare.summary set since = since + {days}, sums[1] = 77 where building = '{id}'");
        await Run($"insert into costshare.summary_past select building, since - 3, street, estate, content, keys, sums from costshare.summary where building = '{id}' on conflict do nothing");
        if (isWhole) { Assert.True(await journal.Adopt(BuildingId.Of(id), StreetHistories.Entries(0), Sent.Summariser.Rows(BuildingId.Of(id), StreetHistories.Entries(0)))); }
        else
        {
            IReadOnlyList<JournalEntry> first = [StreetHistories.Entries(0)[0]];
            Assert.Equal(Appended.Stored, await journal.Append(BuildingId.Of(id), first[0], Sent.Summariser.Rows(BuildingId.Of(id), first)[0]));
        }
        Assert.Equal(new SummaryTotals(5, 0, 0, 0), await Check(journal));
        await Agree(journal, [null, new(2026, 3, 4)]);
    }

    [Fact]
    public async Task What_is_left_of_a_building_is_removed_without_waiting_for_those_who_store()
    {
        await using PostgresJournal journal = await OpenSummarised();
        await Fill(journal, 0, 5);
        string before = await Everything();
        await Run("insert into costshare.summary select 'stray', since, street, estate, content, keys, sums, certificates from costshare.summary limit 1");
        await using var slow = new NpgsqlConnection(_connection + ";Pooling=false");
        await slow.OpenAsync();
        await using NpgsqlTransaction commit = await slow.BeginTransactionAsync();
        await using var change = new NpgsqlCommand($"update costshare.head set version = version where building = '{StreetHistories.Id(1)}'", slow);
        await change.ExecuteNonQueryAsync();
        Assert.Equal(new SummaryTotals(6, 1, 0, 0), await Rebuild(journal).Rebuild(Basis, (_, _) => { }).WaitAsync(TimeSpan.FromSeconds(30)));
        await commit.RollbackAsync();
        Assert.Equal(before, await Everything());
    }

    [Fact]
    public async Task Sums_are_mended_by_one_after_another()
    {
        await using PostgresJournal journal = await OpenSummarised();
        await Fill(journal, 0, 5);
        await journal.Compaction.Run();
        string before = await Everything();
        await Run("update costshare.tally set sum = sum + 1 where level = 0 and key = 'stairs'");
        // Another, whose connection has gone away while it mends.
        await using var gone = new NpgsqlConnection(_connection + ";Pooling=false");
        await gone.OpenAsync();
        await using NpgsqlTransaction mending = await gone.BeginTransactionAsync();
        await using var mend = new NpgsqlCommand("select pg_advisory_xact_lock(x'436F737453686172'::bigint + 3); insert into costshare.tally values (0, '', '', 'stairs', -1)", gone);
        await mend.ExecuteNonQueryAsync();
        Task<SummaryTotals> rebuild = Rebuild(journal).Rebuild(Basis, (_, _) => { });
        await Until($"select count(*) = 1 from pg_stat_activity where datname = '{_database}' and wait_event_type = 'Lock' and wait_event = 'advisory'");
        await mending.CommitAsync();
        Assert.Equal(new SummaryTotals(5, 0, 0, 0), await rebuild);
        Assert.Equal(before, await Everything());
    }

    [Fact]
    public async Task A_reading_that_takes_too_long_is_not_repeated_and_closes_no_connection_of_others()
    {
        await using PostgresJournal journal = await OpenSummarised();
        await Run("create sequence tries");
        var store = new PostgresStore(journal) { ReadSeconds = 1 };
        // Several connections that wait for others.
        const string connections = "select pg_backend_pid(), pg_sleep(0.3)";
        int[] before = [.. (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.Read(connections)))).Select(rows => (int)rows[0][0]).Order()];
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.Read("select nextval('tries'), pg_sleep(60)"));
        Assert.Equal(1L, await Run("select last_value from tries"));
        Assert.True((long)(await Run($"select count(*) from pg_stat_activity where pid = any('{{{string.Join(',', before)}}}')"))! >= before.Distinct().Count() - 1);
    }

    private async Task<PostgresJournal> OpenSummarised()
    {
        PostgresJournal journal = await PostgresJournal.Open(_connection, TimeSpan.FromMinutes(1), Tell);
        await journal.Summarise(Sent.Summariser, Basis, (_, _) => { });
        // What it does beside keeps others from doing it.
        await journal.Compaction.Running;
        return journal;
    }

    private void Tell(string told)
    {
        lock (_told) { _told.Add(told); }
    }

    private SummaryRebuild Rebuild(PostgresJournal journal) => new(journal, Sent.Summariser, Tell);

    private Task<SummaryTotals> Check(PostgresJournal journal) => Rebuild(journal).Check(_ => { }, (_, _) => { });

    /// <summary>All rows, and all sums.</summary>
    private async Task<string> Everything() => (string)(await Run("""
        select (select string_agg(summary::text, E'\n' order by building) from costshare.summary) || E'\n' || (select string_agg(past::text, E'\n' order by building, since) from costshare.summary_past as past)
            || E'\n' || (select string_agg(total::text, E'\n' order by total::text) from (select level, street, estate, key, sum(sum) from costshare.tally group by level, street, estate, key having sum(sum) <> 0) as total)
        """))!;

    private async Task Until(string question)
    {
        long start = Stopwatch.GetTimestamp();
        while (await Run(question) is not true)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"never seen: {question}");
            await Task.Delay(5);
        }
    }

    private Task<object?> Run(string statement) => server.Run(_database, statement);
}
