using System.Collections.Concurrent;
using System.Globalization;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;
using Npgsql;

namespace CostShare.Silo.Summaries;

/// <summary>What a check of summaries may find.</summary>
public enum SummaryFault
{
    /// <summary>What is stored of a day is not what the journal gives, or one of the two is missing.</summary>
    RowWrong,
    /// <summary>What is stored of the building in the journal is damaged or of another program; its summaries cannot be checked, and stay as they are.</summary>
    Unreadable,
    /// <summary>A sum that is kept is not that of the rows.</summary>
    SumWrong,
}

/// <summary>Something that a check of summaries found.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Building">The building; null for a sum.</param>
/// <param name="Day">The first day that is wrong; null for the summary of now, and where the fault is no wrong row.</param>
/// <param name="Detail">What a sum is of: street, estate and key; why a building cannot be read. Empty for a wrong row.</param>
public sealed record SummaryFinding(SummaryFault Fault, BuildingId? Building, DateOnly? Day, string Detail)
{
    /// <summary>The sum that is kept.</summary>
    public Int128 Kept { get; init; }

    /// <summary>The sum that the rows give.</summary>
    public Int128 Made { get; init; }
}

/// <summary>What became of summaries.</summary>
/// <param name="Buildings">How many buildings were gone through, the unreadable ones too.</param>
/// <param name="Wrong">Of how many the summaries were wrong; a rebuild made them right.</param>
/// <param name="Unreadable">How many could not be read.</param>
/// <param name="WrongSums">How many sums were not those of the rows.</param>
public sealed record SummaryTotals(int Buildings, int Wrong, int Unreadable, int WrongSums);

/// <summary>Makes the summaries of a database again from its journal, and checks them against it, beside processes that store.</summary>
/// <param name="journal">The journal, which stays the caller's to close.</param>
/// <param name="summariser">Makes summaries of what happened.</param>
/// <param name="tell">Receives what an operator should know: what is done and why, buildings that cannot be read.</param>
public sealed class SummaryRebuild(PostgresJournal journal, Summariser summariser, Action<string> tell)
{
    private const int Page = 500, AtOnce = 4, MostTries = 100;

    // "CostShar" and 2: of several processes one makes the summaries, and the others wait for it.
    private const string Lock = "select pg_advisory_xact_lock(x'436F737453686172'::bigint + 2)";
    private const string TryLock = "select pg_try_advisory_xact_lock(x'436F737453686172'::bigint + 2)";

    private const string Wait = "select set_config('lock_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)";

    private const string ReadBasis = "select sha256 from costshare.summary_basis";

    // Which buildings could not be read belongs to it. Those that could be are not told any more, also where nothing had to be written of them.
    private const string KeepBasis = """
        with read as (delete from costshare.summary_unreadable where building <> all ($2)),
        unread as (insert into costshare.summary_unreadable (building) select unnest($2) on conflict do nothing)
        insert into costshare.summary_basis (sha256) values ($1) on conflict (one) do update set sha256 = excluded.sha256
        """;

    // "CostShar" and 3: who mends sums sees what the one before has mended, also where that one is this process and its connection broke.
    private const string LockSums = "select pg_advisory_xact_lock(x'436F737453686172'::bigint + 3)";

    private const string Strays = """
        select building from costshare.summary where not exists (select from costshare.head where head.building = summary.building)
        union
        select building from costshare.summary_past where not exists (select from costshare.head where head.building = summary_past.building)
        union
        select building from costshare.journal where not exists (select from costshare.head where head.building = journal.building)
        order by building
        """;

    // What is stored of a building at one moment, and the version at which it stands then.
    private const string ReadStored = """
        select coalesce(head.version, 0), day.is_now, day.since, day.street, day.estate, day.content, day.keys, day.sums, day.certificates
        from (values ($1)) as asked (building)
        left join costshare.head on head.building = asked.building
        left join lateral (
            select true as is_now, since, street, estate, content, keys, sums, certificates from costshare.summary where building = asked.building
            union all
            select false, since, street, estate, content, keys, sums, array[]::text[] from costshare.summary_past where building = asked.building) as day on true
        order by day.is_now, day.since
        """;

    // Whoever appends needs the head: the version is still the one that was read, and stays it. What is lost with the machine is made again.
    private const string Hold = "select version, set_config('synchronous_commit', 'off', true) from costshare.head where building = $1 for update";

    private const string ForgetPast = "delete from costshare.summary_past where building = $1";
    private static readonly string WriteLast = SummaryTables.WriteLast(2, "(values (1)) as always"), WritePast = SummaryTables.WritePast(2, "(values (1)) as always");

    // The sums that are kept beside those of the rows, all as of one moment.
    private const string SumsCompared = """
        estates as (
            select street, estate, tally.key, sum(tally.sum) as sum
            from costshare.summary cross join lateral unnest(keys, sums) as tally (key, sum)
            group by street, estate, tally.key),
        made as (
            select 0::smallint as level, '' as street, '' as estate, key, sum(sum) as sum from estates group by key
            union all
            select 1::smallint, street, '', key, sum(sum) from estates group by street, key
            union all
            select 2::smallint, street, estate, key, sum from estates),
        kept as (
            select level, street, estate, key, sum(sum) as sum from costshare.tally group by level, street, estate, key),
        wrong as (
            select level, street, estate, key, coalesce(kept.sum, 0) as kept, coalesce(made.sum, 0) as made
            from kept full join made using (level, street, estate, key)
            where coalesce(kept.sum, 0) <> coalesce(made.sum, 0))
        """;

    private const string WrongSums = $"with {SumsCompared} select level, street, estate, key, kept::text, made::text from wrong order by level, street, estate, key";

    // Whatever is stored meanwhile changes rows and sums by the same, so what is missing at one moment is missing for ever.
    private const string MendSums = $"with {SumsCompared} insert into costshare.tally (level, street, estate, key, sum) select level, street, estate, key, made - kept from wrong";

    /// <summary>Makes the summaries again where they were made by something else than this basis.</summary>
    /// <param name="basis">The SHA-256 of all that summaries go by besides the journal.</param>
    /// <param name="progress">Receives how many buildings are done, of how many.</param>
    /// <exception cref="JournalUnavailableException">The database cannot be used.</exception>
    public async Task Prepare(byte[] basis, Action<int, int> progress)
    {
        if (await HasBasis(basis)) { return; }
        await Alone(async () =>
        {
            if (await HasBasis(basis)) { return; }
            tell("the summaries of the buildings are made from the journal, because there are none yet or the policies have changed.");
            await RebuildAlone(basis, progress);
        });
    }

    /// <summary>Notes that summaries are not known to be right, so that the next <see cref="Prepare"/> makes them again.</summary>
    /// <param name="journal">The journal.</param>
    /// <exception cref="JournalUnavailableException">The database cannot be used.</exception>
    public static Task Forget(PostgresJournal journal) => journal.Try(async connection =>
    {
        await Run(connection, "delete from costshare.summary_basis");
        return true;
    });

    /// <summary>Makes the summaries of all buildings again, and the sums; those that are right stay untouched. Nobody who stores or reads has to stop for it.</summary>
    /// <param name="basis">The SHA-256 of all that summaries go by besides the journal.</param>
    /// <param name="progress">Receives how many buildings are done, of how many.</param>
    /// <exception cref="JournalUnavailableException">The database cannot be used. Nothing is wrong that was right before.</exception>
    public async Task<SummaryTotals> Rebuild(byte[] basis, Action<int, int> progress)
    {
        SummaryTotals? totals = null;
        await Alone(async () => totals = await RebuildAlone(basis, progress));
        return totals!;
    }

    /// <summary>Compares all summaries with the journal, and all sums with the summaries; changes nothing.</summary>
    /// <param name="find">Receives what is wrong, in the order of the buildings, and then of the sums.</param>
    /// <param name="progress">Receives how many buildings are done, of how many.</param>
    /// <exception cref="JournalUnavailableException">The database cannot be read.</exception>
    public async Task<SummaryTotals> Check(Action<SummaryFinding> find, Action<int, int> progress)
    {
        SummaryTotals totals = await Each(find, progress, async building =>
        {
            (_, IReadOnlyList<Day> made, IReadOnlyList<Day> stored) = await Compare(building);
            return Difference(made, stored) is Day wrong ? new SummaryFinding(SummaryFault.RowWrong, building, wrong.IsNow ? null : wrong.Since, "") : null;
        });
        int sums = 0;
        var store = new PostgresStore(journal) { ReadSeconds = 0 };
        foreach (object[] row in await store.Read(WrongSums))
        {
            sums++;
            // Those that stand in no estate are an estate without a name.
            string part = string.Join(" / ", row[1..((short)row[0] + 1)].Cast<string>().Select(name => name.Length > 0 ? name : "-").Append((string)row[3]));
            find(new SummaryFinding(SummaryFault.SumWrong, null, null, part) { Kept = Number(row[4]), Made = Number(row[5]) });
        }
        return totals with { WrongSums = sums };
    }

    private async Task<SummaryTotals> RebuildAlone(byte[] basis, Action<int, int> progress)
    {
        var unreadable = new List<string>();
        SummaryTotals totals = await Each(finding =>
        {
            if (finding.Fault != SummaryFault.Unreadable) { return; }
            tell($"the summary of {finding.Building} stays as it is, because the building cannot be read: {finding.Detail}");
            unreadable.Add(finding.Building!.Value.Value);
        }, progress, async building =>
        {
            for (int i = 0; i < MostTries; i++)
            {
                (long version, IReadOnlyList<Day> made, IReadOnlyList<Day> stored) = await Compare(building);
                if (Difference(made, stored) is not Day wrong) { return null; }
                if (await Replace(building, version, [.. made.Select(day => day.Row!)])) { return new SummaryFinding(SummaryFault.RowWrong, building, wrong.IsNow ? null : wrong.Since, ""); }
            }
            throw Busy(building);
        });
        int sums = await journal.Try(async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await Run(connection, Wait);
            await Run(connection, LockSums);
            await using NpgsqlCommand mend = PostgresJournal.Command(connection, MendSums);
            mend.CommandTimeout = 0;
            int mended = await mend.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            return mended;
        });
        await journal.Try(async connection =>
        {
            await using NpgsqlCommand keep = PostgresJournal.Command(connection, KeepBasis, basis, unreadable.ToArray());
            return await keep.ExecuteNonQueryAsync();
        });
        if (totals.Wrong > 0 || sums > 0) { await journal.Compaction.Run(); }
        return totals with { WrongSums = sums };
    }

    /// <summary>Does something with every building of the journal, and with those of which something is left but no head; what is found is told in their order.</summary>
    private async Task<SummaryTotals> Each(Action<SummaryFinding> find, Action<int, int> progress, Func<BuildingId, Task<SummaryFinding?>> look)
    {
        var store = new PostgresStore(journal) { ReadSeconds = 0 };
        // A journal may hold names that are none; the audit tells them.
        BuildingId[] strays = [.. (await store.Read(Strays)).Select(row => (string)row[0]).Where(BuildingId.IsId).Select(BuildingId.Of)];
        int total = (int)(long)(await store.Read("select count(*) from costshare.head"))[0][0] + strays.Length;
        (int done, int wrong, int unreadable) = (0, 0, 0);
        progress(0, total);
        for (IReadOnlyList<BuildingId> page = await journal.Buildings(null, Page); page.Count > 0; page = await journal.Buildings(page[^1], Page)) { await Go(page); }
        if (strays.Length > 0) { await Go(strays); }
        return new SummaryTotals(done, wrong, unreadable, 0);

        async Task Go(IReadOnlyList<BuildingId> page)
        {
            var found = new ConcurrentBag<SummaryFinding>();
            await Parallel.ForEachAsync(page, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (building, _) =>
            {
                try
                {
                    if (await look(building) is SummaryFinding finding) { found.Add(finding); }
                }
                catch (Exception exception) when (Summariser.IsOfContent(exception))
                {
                    found.Add(new SummaryFinding(SummaryFault.Unreadable, building, null, exception.Message));
                }
            });
            foreach (SummaryFinding finding in found.OrderBy(finding => finding.Building!.Value.Value, StringComparer.Ordinal))
            {
                if (finding.Fault == SummaryFault.Unreadable) { unreadable++; } else { wrong++; }
                find(finding);
            }
            done += page.Count;
            progress(done, Math.Max(done, total));
        }
    }

    /// <summary>The summaries of a building that its journal gives, and those that are stored, both as of one version.</summary>
    private async Task<(long Version, IReadOnlyList<Day> Made, IReadOnlyList<Day> Stored)> Compare(BuildingId building)
    {
        var store = new PostgresStore(journal);
        for (int i = 0; i < MostTries; i++)
        {
            IReadOnlyList<JournalEntry> entries = await journal.Read(building, 0);
            IReadOnlyList<object[]> stored = await store.Read(ReadStored, building.Value);
            if ((long)stored[0][0] != entries.Count) { continue; }
            IReadOnlyList<SummaryRow> rows = summariser.Rows(building, entries);
            return (entries.Count, [.. rows.Select((row, i) => Day.Of(row, i == rows.Count - 1))], [.. stored.Where(row => row[1] is bool).Select(Day.Of)]);
        }
        throw Busy(building);
    }

    /// <summary>The first day that differs, that of now last; null where none does.</summary>
    private static Day? Difference(IReadOnlyList<Day> made, IReadOnlyList<Day> stored) => made.Except(stored).Concat(stored.Except(made)).OrderBy(day => day.IsNow).ThenBy(day => day.Since).FirstOrDefault();

    /// <summary>Writes what the journal gives of a building in the place of what is stored; false where the building has another version by now, and nothing was done.</summary>
    private Task<bool> Replace(BuildingId building, long version, IReadOnlyList<SummaryRow> rows) => journal.Try(async connection =>
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await Run(connection, Wait);
        if ((await Run(connection, Hold, building.Value) as long? ?? 0) != version) { return false; }
        // Where there is no head to hold, what is left is removed and what somebody stores meanwhile is not.
        if (version == 0) { await Run(connection, SummaryTables.ForgetLeft, building.Value); }
        else
        {
            // The past comes last: to write the summary of now may put what was wrong there.
            await Run(connection, WriteLast, [building.Value, .. SummaryTables.Last(rows[^1])]);
            await Run(connection, ForgetPast, building.Value);
            await Run(connection, WritePast, [building.Value, .. SummaryTables.Past([.. rows.SkipLast(1)])]);
        }
        await transaction.CommitAsync();
        journal.Compaction.Written(rows.Count);
        return true;
    });

    private async Task<bool> HasBasis(byte[] basis) => await new PostgresStore(journal).Read(ReadBasis) is [[byte[] kept]] && kept.AsSpan().SequenceEqual(basis);

    /// <summary>Does something that no other process does at the same time.</summary>
    private async Task Alone(Func<Task> work)
    {
        // It holds nothing but the lock, so that nothing is undone where it breaks; and two who work at once do no harm, only the same twice.
        await journal.Try(async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await Run(connection, Wait);
            if (await Run(connection, TryLock) is not true)
            {
                tell("another process makes the summaries of the buildings; it is waited for.");
                await Run(connection, Lock);
            }
            await work();
            return true;
        });
    }

    private static async Task<object?> Run(NpgsqlConnection connection, string text, params object[] values)
    {
        await using NpgsqlCommand command = PostgresJournal.Command(connection, text, values);
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync();
    }

    private static Int128 Number(object sum) => Int128.Parse((string)sum, CultureInfo.InvariantCulture);

    private static JournalUnavailableException Busy(BuildingId building) => new(string.Create(CultureInfo.InvariantCulture, $"{building} is written to so often that its summary could not be compared; it can be tried again."), null);

    /// <summary>The summary of a day as it is stored.</summary>
    private sealed record Day(bool IsNow, DateOnly Since, string Street, string Estate, string Content, string[] Keys, long[] Sums, string[] Certificates)
    {
        /// <summary>What it was made of; null where it was read.</summary>
        public SummaryRow? Row { get; private init; }

        public static Day Of(SummaryRow row, bool isNow) => new(
            isNow, row.Since, row.Summary.Site.Street, row.Summary.Site.Estate ?? "", row.Content, [.. row.Tallies.Select(tally => tally.Key)], [.. row.Tallies.Select(tally => tally.Sum)],
            isNow ? SummaryTables.Certificates(row) : [])
        {
            Row = row,
        };

        public static Day Of(object[] row) => new(
            (bool)row[1], (DateOnly)row[2], (string)row[3], (string)row[4], (string)row[5], (string[])row[6], (long[])row[7], (string[])row[8]);

        public bool Equals(Day? other) => other is not null && (IsNow, Since, Street, Estate, Content) == (other.IsNow, other.Since, other.Street, other.Estate, other.Content)
            && Keys.AsSpan().SequenceEqual(other.Keys) && Sums.AsSpan().SequenceEqual(other.Sums) && Certificates.AsSpan().SequenceEqual(other.Certificates);

        public override int GetHashCode() => HashCode.Combine(IsNow, Since, Content);
    }
}
