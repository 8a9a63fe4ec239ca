using System.Net.Sockets;
using CostShare.Grains.Buildings;
using CostShare.Silo.Summaries;
using Npgsql;

namespace CostShare.Silo.Journals;

/// <summary>A journal in a PostgreSQL database (15 or later), which any number of processes may write to at once.</summary>
/// <remarks>
/// Who stores a version is decided by the database alone. An entry is said to be stored when its commit has been acknowledged, by the standbys too
/// where there are synchronous ones. Where that is not certain (the connection broke, the wait for the standbys was cut short) the same append is
/// tried again: the constraints let it in at most once, and whatever is then found rather than written is believed only behind a write of its own,
/// because a primary that was replaced without knowing shows entries that the others never had. Reading is not behind a write: an answer that says
/// that a command was carried out must come from <see cref="Append"/>.
/// </remarks>
public sealed class PostgresJournal : IJournal
{
    // What guards what was said to be stored must not depend on how a role or database was set up: every commit waits for the disk and the
    // standbys, its warnings are sent, no statement is cancelled by a clock, and a refused swap is no error. Only waiting for a lock is bounded:
    // it ends before anything is written. Every statement goes by keys alone, so one plan serves all values: making one anew takes longer than a reading,
    // and compiling the few that read a whole city takes longer than it saves.
    private const string Session = @"-c synchronous_commit=on -c client_min_messages=warning -c statement_timeout=0 -c lock_timeout=2s -c default_transaction_isolation=read\ committed -c plan_cache_mode=force_generic_plan -c jit=off";

    // Swaps the head and adds the row, or does neither; a first one neither where summaries are left of a building that was removed. The hash is the one of JournalEntry.HashOf.
    private const string FirstAdvanced = $"""
        with advanced as (
            insert into costshare.head (building, version, hash)
            select $1, $2, sha256(convert_to($5, 'UTF8') || $4) where {SummaryTables.NothingLeft}
            on conflict do nothing
            returning hash)
        """;

    private const string NextAdvanced = """
        with advanced as (
            update costshare.head
            set version = $2, hash = sha256(convert_to(encode(head.hash, 'hex'), 'UTF8') || $4)
            from costshare.journal as last
            where head.building = $1 and head.version = $2 - 1
                and last.building = $1 and last.version = $2 - 1 and last.hash = head.hash
                and not exists (select from costshare.journal as known where known.building = $1 and known.command = $3)
            returning head.hash)
        """;

    private const string Entered = """

        insert into costshare.journal (building, version, command, line, hash)
        select $1, $2, $3, $4, hash from advanced
        """;

    private const string AppendFirst = FirstAdvanced + Entered, AppendNext = NextAdvanced + Entered;

    // The summary of the building with the entry, or neither: whoever has the head is the only one to write it.
    private static readonly string AppendFirstSummarised = $"{FirstAdvanced},\nsummarised as (\n{SummaryTables.WriteLast(6, "advanced")}){Entered}",
        AppendNextSummarised = $"{NextAdvanced},\nsummarised as (\n{SummaryTables.WriteLast(5, "advanced")}){Entered}";

    // Why an append stored nothing. The message is a write: this statement ends only when everything it has seen is as safe as its own commit.
    private const string Ask = """
        select coalesce(head.version, 0), known.line is not null, coalesce(known.line = $3, false), pg_logical_emit_message(true, 'barrier', '')
        from (values ($1)) as asked (building)
        left join costshare.head on head.building = asked.building
        left join costshare.journal as known on known.building = asked.building and known.command = $2
        """;

    // Of what is known already the hash is all that is needed: most readings find nothing new, and the last line may be a passport.
    private const string ReadEntries = """
        select coalesce(head.version, 0), head.hash, entry.version, entry.command, case when entry.version > $2 then entry.line end, entry.hash
        from (values ($1)) as asked (building)
        left join costshare.head on head.building = asked.building
        left join costshare.journal as entry on entry.building = asked.building and entry.version >= $2
        order by entry.version
        """;

    // All rows of a building that is not there, or nothing.
    private const string AllAdvanced = $"""
        with advanced as (
            insert into costshare.head (building, version, hash)
            select $1, $2, $3 where {SummaryTables.NothingLeft}
            on conflict do nothing
            returning building)
        """;

    private const string AllEntered = """

        insert into costshare.journal (building, version, command, line, hash)
        select advanced.building, entry.* from advanced, unnest($4::bigint[], $5::text[], $6::bytea[], $7::bytea[]) as entry
        """;

    private const string AdoptAll = AllAdvanced + AllEntered;

    private static readonly string AdoptAllSummarised =
        $"{AllAdvanced},\nsummarised as (\n{SummaryTables.WriteLast(8, "advanced")}),\npast as (\n{SummaryTables.WritePast(8 + SummaryTables.LastValues, "advanced")}){AllEntered}";

    // Whether there is a building, and whether it is the one that was to be adopted; behind a write, as in Ask.
    private const string AskAdopted = """
        select head.building is not null, entry.building is not null, pg_logical_emit_message(true, 'barrier', '')
        from (values ($1)) as asked (building)
        left join costshare.head on head.building = asked.building
        left join costshare.journal as entry on entry.building = asked.building and entry.version = $2 and entry.hash = $3
        """;

    // Those too that are left of a building whose head is gone.
    private const string ReadAllBuildings = "select building from costshare.head union select building from costshare.journal order by building";

    // Behind a write, as in Ask.
    private const string FindEntry = """
        select entry.version, entry.line, entry.hash, previous.hash, pg_logical_emit_message(true, 'barrier', '')
        from (values ($1)) as asked (building)
        left join costshare.journal as entry on entry.building = asked.building and entry.command = $2
        left join costshare.journal as previous on previous.building = entry.building and previous.version = entry.version - 1
        """;

    private const string ReadKept = """
        select version, hash, content,
            exists (select from costshare.journal as entry where entry.building = snapshot.building and entry.version = snapshot.version and entry.hash = snapshot.hash)
        from costshare.snapshot where building = $1
        """;

    private const string ReadHash = "select hash from costshare.journal where building = $1 and version = $2";

    // Waits for no standby: a snapshot that is lost is made again.
    private const string KeepOne = """
        insert into costshare.snapshot (building, version, hash, content)
        select $1, $2, $3, $4 from (select set_config('synchronous_commit', 'off', true) as setting) as quick where setting is not null
        on conflict (building) do update set version = excluded.version, hash = excluded.hash, content = excluded.content
        """;

    private const string ReadBuildings = "select building from costshare.head where building > $1 order by building limit $2";

    // How long to wait before each try; some seconds in all, which a database that was restarted or replaced may need.
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.Zero, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    private readonly NpgsqlDataSource _database;
    private readonly string _where;
    private readonly TimeSpan _patience;
    private readonly Action<string> _tell;

    private PostgresSummaries? _summaries;

    private PostgresJournal(NpgsqlDataSource database, string where, TimeSpan patience, Action<string> tell)
    {
        (_database, _where, _patience, _tell) = (database, where, patience, tell);
        Compaction = new TallyCompaction(this, tell);
    }

    /// <summary>Keeps the sums of summaries short.</summary>
    internal TallyCompaction Compaction { get; }

    /// <summary>Opens the journal of a database, and makes its schema or brings it forward.</summary>
    /// <param name="connection">
    /// A connection string as Npgsql reads it. With several hosts the primary among them is used. The role must own the schema <c>costshare</c>, or
    /// be allowed to make it.
    /// </param>
    /// <param name="patience">How long an append may take before its outcome is said to be unknown; it is not cancelled then.</param>
    /// <param name="tell">Receives what an operator should know: changes of the schema, settings that are not safe, snapshots that are not used or could not be kept.</param>
    /// <exception cref="IOException">The database cannot be used; the message says why and holds no password.</exception>
    public static Task<PostgresJournal> Open(string connection, TimeSpan patience, Action<string> tell) => Open(connection, patience, tell, async (opened, told) =>
    {
        await CheckSettings(opened, told);
        await PostgresSchema.BringForward(opened, told);
    });

    /// <summary>Opens the journal of a database for reading alone; the schema stays as it is.</summary>
    /// <exception cref="IOException">The database cannot be used, or holds no journal.</exception>
    internal static Task<PostgresJournal> OpenUnchanged(string connection) => Open(connection, TimeSpan.Zero, _ => { }, (opened, _) => PostgresSchema.Check(opened));

    /// <summary>Opens the journal of a database for comparing its summaries with it; the schema stays as it is, and no right is needed but to read.</summary>
    /// <param name="connection">A connection string as Npgsql reads it.</param>
    /// <param name="tell">Receives what an operator should know.</param>
    /// <exception cref="IOException">The database cannot be used, holds no journal, or lacks tables that this program would make.</exception>
    public static Task<PostgresJournal> OpenToCheck(string connection, Action<string> tell) => Open(connection, TimeSpan.Zero, tell, (opened, _) => PostgresSchema.CheckWhole(opened));

    private static async Task<PostgresJournal> Open(string connection, TimeSpan patience, Action<string> tell, Func<NpgsqlConnection, Action<string>, Task> prepare)
    {
        NpgsqlConnectionStringBuilder settings = Settings(connection);
        string where = $"the database {settings.Database} at {settings.Host}";
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        NpgsqlDataSource database = settings.Host!.Contains(',', StringComparison.Ordinal)
            ? source.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary) : source.Build();
        try
        {
            void TellWhere(string message) => tell($"{where}: {message}");
            await using NpgsqlConnection opened = await database.OpenConnectionAsync();
            await prepare(opened, TellWhere);
            return new PostgresJournal(database, where, patience, TellWhere);
        }
        catch (Exception exception) when (IsOfTheStore(exception))
        {
            await database.DisposeAsync();
            throw new IOException($"{where} cannot be used: {Told(exception)}", exception);
        }
    }

    /// <summary>What other stores in the same database share with the journal: its connections, its name, its patience.</summary>
    internal (NpgsqlDataSource Database, string Where, TimeSpan Patience) Store => (_database, _where, _patience);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><see cref="Summarise"/> has not been called.</exception>
    public ISummaries Summaries => _summaries ?? throw new InvalidOperationException("Summaries are read once it is known that they are those of the policies.");

    /// <summary>Makes sure that the summaries are those of the policies. To be called before anything is stored; another process that makes them already is waited for.</summary>
    /// <param name="summariser">Makes summaries of what happened.</param>
    /// <param name="basis">The SHA-256 of all that summaries go by besides the journal.</param>
    /// <param name="progress">Receives, where they are made anew, how many buildings are done, of how many.</param>
    /// <exception cref="JournalUnavailableException">The database cannot be used.</exception>
    public async Task Summarise(Summariser summariser, byte[] basis, Action<int, int> progress)
    {
        await new SummaryRebuild(this, summariser, _tell).Prepare(basis, progress);
        _summaries = new PostgresSummaries(this, summariser.Codec);
        Compaction.Start();
    }

    /// <inheritdoc/>
    /// <remarks>Entries after a version are checked from the hash of that version on; all of them are when reading from 0.</remarks>
    public async Task<IReadOnlyList<JournalEntry>> Read(BuildingId building, long after) => (await ReadFrom(building, after)).Entries;

    /// <summary>Entries after a version, and the hash of that version; empty where the building has not come to it.</summary>
    private async Task<(IReadOnlyList<JournalEntry> Entries, string Hash)> ReadFrom(BuildingId building, long after)
    {
        try
        {
            return await Try(connection => Read(connection, building, after));
        }
        catch (JournalDamagedException) when (after > 0)
        {
            // What was taken for granted may be what is wrong: only from the beginning can the first wrong version be told.
            await Try(connection => Read(connection, building, 0));
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JournalEntry>> CatchUp(BuildingId building, long after, string hash)
    {
        (IReadOnlyList<JournalEntry> entries, string stood) = await ReadFrom(building, after);
        return stood == hash ? entries : throw new JournalUnavailableException($"{_where} no longer holds version {after} of {building} as it was read before.", null);
    }

    /// <inheritdoc/>
    public async Task<Appended> Append(BuildingId building, JournalEntry entry, SummaryRow? changed)
    {
        byte[] line = entry.ToLine();
        bool isFirst = entry.Version == 1;
        object[] summary = changed is null ? [] : SummaryTables.Last(changed);
        object[] values = [building.Value, entry.Version, entry.Command.Value, line, .. isFirst ? [JournalEntry.Beginning(building)] : (object[])[], .. summary];
        string text = (isFirst, changed) switch
        {
            (true, null) => AppendFirst,
            (true, _) => AppendFirstSummarised,
            (_, null) => AppendNext,
            _ => AppendNextSummarised,
        };
        Appended appended = await Patiently(building, entry.Version, connection => AppendOnce(connection, building, entry, line, text, values));
        if (appended == Appended.Stored && changed is not null) { Compaction.Written(1); }
        return appended;
    }

    /// <inheritdoc/>
    public async Task<JournalEntry?> Find(BuildingId building, CommandId command)
    {
        if (await new PostgresStore(this).Write(FindEntry, building.Value, command.Value) is not [long version, byte[] line, byte[] hash, var previous, _]) { return null; }
        string? chained = version == 1 ? JournalEntry.Beginning(building) : previous is byte[] before ? JournalEntry.Hex(before) : null;
        if (chained is not null && JournalEntry.Hex(hash) == JournalEntry.HashOf(chained, line) && EntryOf(line) is JournalEntry entry && entry.Version == version && entry.Command == command) { return entry; }
        // Only from the beginning can the first wrong version be told.
        await Read(building, 0);
        throw Damaged(building, version, "journal");
    }

    /// <inheritdoc/>
    public async Task<bool> Adopt(BuildingId building, IReadOnlyList<JournalEntry> entries, IReadOnlyList<SummaryRow> rows)
    {
        IReadOnlyList<(byte[] Line, string Hash)> chain = JournalEntry.Chain(building, entries);
        byte[][] hashes = [.. chain.Select(entry => Convert.FromHexString(entry.Hash))];
        object[] values =
        [
            building.Value, entries[^1].Version, hashes[^1], entries.Select(entry => entry.Version).ToArray(), entries.Select(entry => entry.Command.Value).ToArray(),
            chain.Select(entry => entry.Line).ToArray(), hashes, .. rows.Count == 0 ? [] : (object[])[.. SummaryTables.Last(rows[^1]), .. SummaryTables.Past([.. rows.SkipLast(1)])],
        ];
        string text = rows.Count == 0 ? AdoptAll : AdoptAllSummarised;
        bool isStored = await Patiently(building, entries[^1].Version, connection => AdoptOnce(connection, text, values)) == Appended.Stored;
        if (isStored) { Compaction.Written(rows.Count); }
        return isStored;
    }

    /// <inheritdoc/>
    public async Task<JournalSnapshot?> ReadSnapshot(BuildingId building)
    {
        (long Version, byte[] Hash, byte[] Content, bool IsOfJournal)? found = await Try<(long, byte[], byte[], bool)?>(async connection =>
        {
            await using NpgsqlCommand command = Command(connection, ReadKept, building.Value);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            if (!await reader.ReadAsync()) { return null; }
            return (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2), reader.GetBoolean(3));
        });
        if (found is not (long version, byte[] stated, byte[] content, bool isOfJournal)) { return null; }
        if (isOfJournal && StoredSnapshot.Read(content) is (JournalSnapshot snapshot, string hash) && snapshot.Version == version && hash == JournalEntry.Hex(stated)) { return snapshot with { Hash = hash }; }
        _tell($"the snapshot of {building} in costshare.snapshot is damaged, or of another journal; it is not used, and made again later.");
        return null;
    }

    /// <inheritdoc/>
    public async Task KeepSnapshot(BuildingId building, JournalSnapshot snapshot)
    {
        try
        {
            await using NpgsqlConnection connection = await _database.OpenConnectionAsync();
            await using NpgsqlCommand read = Command(connection, ReadHash, building.Value, snapshot.Version);
            if (await read.ExecuteScalarAsync() is not byte[] hash)
            {
                _tell($"a snapshot of {building} is not kept, because its version {snapshot.Version} is no longer stored.");
                return;
            }
            await using NpgsqlCommand keep = Command(connection, KeepOne, building.Value, snapshot.Version, hash, StoredSnapshot.Write(snapshot, JournalEntry.Hex(hash)));
            // Whoever waits for it has been stored already; unlike a commit of entries this may be cut short.
            (read.CommandTimeout, keep.CommandTimeout) = (5, 5);
            await keep.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (IsOfTheStore(exception))
        {
            _tell($"a snapshot of {building} cannot be kept, so that opening it takes longer: {Told(exception)}");
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BuildingId>> Buildings(BuildingId? after, int most) => await Try(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, ReadBuildings, after?.Value ?? "", most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var page = new List<BuildingId>();
        while (await reader.ReadAsync()) { page.Add(BuildingId.Of(reader.GetString(0))); }
        return page;
    });

    /// <summary>Every name that a building has in any row, whether it is one or not.</summary>
    internal async Task<IReadOnlyList<string>> Names() => await Try(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, ReadAllBuildings);
        command.CommandTimeout = 0;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync()) { names.Add(reader.GetString(0)); }
        return names;
    });

    /// <summary>The rows of a building as they stand, unchecked, and what its head says.</summary>
    internal async Task<(IReadOnlyList<(long Version, string Command, byte[] Line, string Hash)> Rows, (long Version, string Hash)? Head)> Rows(string building) => await Try(async connection =>
    {
        await using NpgsqlCommand command = Command(connection, ReadEntries, building, long.MinValue);
        command.CommandTimeout = 0;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<(long, string, byte[], string)>();
        (long, string)? head = null;
        while (await reader.ReadAsync())
        {
            if (!reader.IsDBNull(1)) { head = (reader.GetInt64(0), JournalEntry.Hex(reader.GetFieldValue<byte[]>(1))); }
            if (!reader.IsDBNull(2)) { rows.Add((reader.GetInt64(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4), JournalEntry.Hex(reader.GetFieldValue<byte[]>(5)))); }
        }
        return (rows, head);
    });

    /// <summary>Lets the connections go.</summary>
    public async ValueTask DisposeAsync()
    {
        await Compaction.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>The connection string with what the journal relies on; what it leaves open is filled in.</summary>
    private static NpgsqlConnectionStringBuilder Settings(string connection)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            // What is told of it could be a part of the password.
            throw new IOException("the connection string of the database is not one that Npgsql reads");
        }
        if (string.IsNullOrEmpty(settings.Host)) { throw new IOException("the connection string of the database names no host"); }
        HashSet<string> stated = [.. settings.Keys.Select(key => key.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant())];
        if (!stated.Contains("APPLICATIONNAME")) { settings.ApplicationName = "CostShare"; }
        if (!stated.Contains("TIMEOUT")) { settings.Timeout = 5; }
        if (!stated.Contains("COMMANDTIMEOUT")) { settings.CommandTimeout = 10; }
        if (!stated.Contains("MAXAUTOPREPARE")) { settings.MaxAutoPrepare = 32; }
        if (!stated.Contains("HOSTRECHECKSECONDS")) { settings.HostRecheckSeconds = 1; }
        // A host that is gone without a word is found by the operating system.
        if (!stated.Contains("TCPKEEPALIVE")) { (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval) = (true, 5, 1); }
        // Warnings reach the connection that they are for, nothing joins a transaction of the caller, and no session is changed, so none is reset.
        (settings.Multiplexing, settings.Enlist, settings.NoResetOnClose) = (false, false, true);
        settings.TargetSessionAttributes = null;
        settings.Options = $"{settings.Options} {Session}".TrimStart();
        return settings;
    }

    private static async Task CheckSettings(NpgsqlConnection connection, Action<string> tell)
    {
        const string question = "select current_setting('server_version_num')::integer, current_setting('synchronous_commit'), current_setting('client_min_messages'), current_setting('fsync')";
        await using var command = new NpgsqlCommand(question, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        if (reader.GetInt32(0) < 150_000) { throw new IOException($"it is PostgreSQL {connection.PostgreSqlVersion}, and 15 or later is needed"); }
        // Something between the program and the database may leave out what the session asks for.
        if (reader.GetString(1) != "on" || reader.GetString(2) != "warning")
        {
            throw new IOException("it does not take the settings of the session (synchronous_commit, client_min_messages); a pooler in between must pass them on");
        }
        if (reader.GetString(3) != "on") { tell("fsync is off: what is stored may be lost when the machine stops."); }
    }

    private static async Task<(IReadOnlyList<JournalEntry> Entries, string Hash)> Read(NpgsqlConnection connection, BuildingId building, long after)
    {
        await using NpgsqlCommand command = Command(connection, ReadEntries, building.Value, after);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var entries = new List<JournalEntry>();
        (long head, byte[]? headHash) = (0, null);
        // Nothing stands at `after` until its row has been read; its hash is what the next one is checked by.
        (long version, string hash) = after == 0 ? (0, JournalEntry.Beginning(building)) : (after - 1, "");
        string stood = hash;
        while (await reader.ReadAsync())
        {
            head = reader.GetInt64(0);
            headHash = reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1);
            if (reader.IsDBNull(2)) { break; }
            string stored = JournalEntry.Hex(reader.GetFieldValue<byte[]>(5));
            if (reader.GetInt64(2) != version + 1) { throw Damaged(building, version + 1, "journal"); }
            if (after == 0 || version >= after)
            {
                byte[] line = reader.GetFieldValue<byte[]>(4);
                if (stored != JournalEntry.HashOf(hash, line)) { throw Damaged(building, version + 1, "journal"); }
                if (EntryOf(line) is not JournalEntry entry || entry.Version != version + 1 || entry.Command.Value != reader.GetString(3)) { throw Damaged(building, version + 1, "journal"); }
                entries.Add(entry);
            }
            else { stood = stored; }
            (version, hash) = (version + 1, stored);
        }
        // Asked for what lies behind the last entry.
        if (version < after && head < after) { return ([], ""); }
        if (version != head) { throw Damaged(building, Math.Min(version, head) + 1, version < head ? "journal" : "head"); }
        if (head > 0 && JournalEntry.Hex(headHash!) != hash) { throw Damaged(building, head, "head"); }
        return (entries, stood);
    }

    private static JournalEntry? EntryOf(byte[] line)
    {
        try
        {
            return JournalEntry.OfLine(line);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JournalDamagedException Damaged(BuildingId building, long version, string table) =>
        new(building, version, $"costshare.{table}, building '{building}', version {version}");

    internal static NpgsqlCommand Command(NpgsqlConnection connection, string text, params object[] values)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach (object value in values) { command.Parameters.Add(new NpgsqlParameter { Value = value }); }
        return command;
    }

    /// <summary>Runs a command to the end of its transaction, and returns the first row.</summary>
    /// <exception cref="NpgsqlException">It failed, or its commit did.</exception>
    internal static async Task<(int Rows, object?[] First)> Commit(NpgsqlCommand command)
    {
        command.CommandTimeout = 0;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        object?[] first = new object?[reader.FieldCount];
        if (await reader.ReadAsync()) { reader.GetValues(first!); }
        // The rows arrive before the commit; only the end of the answer says that it is done.
        while (await reader.NextResultAsync()) { }
        await reader.CloseAsync();
        return (reader.RecordsAffected, first);
    }

    /// <summary>What went wrong, without the values that it went wrong with.</summary>
    internal static string Told(Exception exception) => exception is PostgresException error ? $"{error.MessageText} ({error.SqlState})" : exception.Message;

    internal static bool IsOfTheStore(Exception exception) => exception is NpgsqlException or IOException or SocketException or TimeoutException;

    /// <summary>Whether the database said that the transaction was undone; anything else that goes wrong leaves it open.</summary>
    internal static bool IsUndone(Exception exception) =>
        exception is PostgresException { InvariantSeverity: "ERROR" } error && !error.SqlState.StartsWith("08", StringComparison.Ordinal) && !error.SqlState.StartsWith("57P", StringComparison.Ordinal);

    /// <summary>Reads something; a connection that broke is replaced.</summary>
    internal Task<T> Try<T>(Func<NpgsqlConnection, Task<T>> read) => Try(read, repeatsTimeouts: true);

    /// <summary>Reads something; a connection that broke is replaced.</summary>
    /// <param name="read">The reading.</param>
    /// <param name="repeatsTimeouts">Whether what takes too long is taken for a connection that broke.</param>
    internal async Task<T> Try<T>(Func<NpgsqlConnection, Task<T>> read, bool repeatsTimeouts)
    {
        for (int attempt = 0; ; attempt++)
        {
            await Task.Delay(Pauses[attempt]);
            bool isOpen = false;
            try
            {
                await using NpgsqlConnection connection = await _database.OpenConnectionAsync();
                isOpen = true;
                return await read(connection);
            }
            catch (Exception exception) when (IsOfTheStore(exception))
            {
                bool isBroken = isOpen && !IsUndone(exception) && (repeatsTimeouts || exception is not NpgsqlException { InnerException: TimeoutException });
                if (isBroken) { _database.Clear(); }
                if (!isBroken || attempt == Pauses.Length - 1) { throw new JournalUnavailableException($"{_where} cannot be read: {Told(exception)}", exception); }
            }
        }
    }

    /// <summary>Waits as long as is patient for what is not cancelled when that has passed.</summary>
    private async Task<Appended> Patiently(BuildingId building, long version, Func<NpgsqlConnection, Task<Answer>> store)
    {
        Task<Appended> stored = UntilKnown(building, version, store);
        await ((Task)stored.WaitAsync(_patience)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stored.IsCompleted) { return await stored; }
        // It goes on and holds its connection: to cancel a commit is to be told that it was stored where it may be lost.
        _ = stored.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        throw Unknown(building, version, null);
    }

    private async Task<Appended> UntilKnown(BuildingId building, long version, Func<NpgsqlConnection, Task<Answer>> store)
    {
        Exception? last = null;
        bool isInDoubt = false;
        foreach (TimeSpan pause in Pauses)
        {
            await Task.Delay(pause);
            bool isOpen = false;
            try
            {
                await using NpgsqlConnection connection = await _database.OpenConnectionAsync();
                isOpen = true;
                Answer answer = await store(connection);
                switch (answer)
                {
                    case Answer.Stored:
                        return Appended.Stored;
                    case Answer.KnownAsItIs:
                        // What was sent before, if it was; else somebody else's.
                        return isInDoubt ? Appended.Stored : Appended.CommandKnown;
                    case Answer.KnownOtherwise:
                        return Appended.CommandKnown;
                    case Answer.VersionTaken:
                        return Appended.VersionTaken;
                    case Answer.VersionLeftOut:
                        throw new ArgumentException("A version was left out.", nameof(version));
                    case Answer.Warned:
                        isInDoubt = true;
                        break;
                    case Answer.NotSwapped:
                        // The version is free and yet was not to be had: the last row and the head do not belong together, which reading tells, or it became
                        // free since, or summaries are left of a building that was removed.
                        await Read(connection, building, 0);
                        await using (NpgsqlCommand forget = Command(connection, SummaryTables.ForgetLeft, building.Value)) { await Commit(forget); }
                        break;
                }
            }
            catch (Exception exception) when (IsOfTheStore(exception))
            {
                last = exception;
                if (isOpen && !IsUndone(exception))
                {
                    isInDoubt = true;
                    _database.Clear();
                }
                else if (exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
                {
                    // Whoever holds the building may be an earlier try of this very command, whose commit waits: to say that nothing was stored would be to have it entered again.
                    throw Unknown(building, version, exception);
                }
                else if (!isInDoubt)
                {
                    // The head let it in and the journal did not: they do not belong together, which reading tells.
                    if (exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }) { await Read(building, 0); }
                    break;
                }
            }
        }
        throw isInDoubt ? Unknown(building, version, last) : new JournalUnavailableException($"{_where} stores nothing: {(last is null ? "entries come and go" : Told(last))}", last);
    }

    private static Task<Answer> AppendOnce(NpgsqlConnection connection, BuildingId building, JournalEntry entry, byte[] line, string text, object[] values) => Heeding(connection, async () =>
    {
        await using NpgsqlCommand append = Command(connection, text, values);
        if ((await Commit(append)).Rows == 1) { return Answer.Stored; }

        await using NpgsqlCommand ask = Command(connection, Ask, building.Value, entry.Command.Value, line);
        return (await Commit(ask)).First switch
        {
            [_, true, true, _] => Answer.KnownAsItIs,
            [_, true, _, _] => Answer.KnownOtherwise,
            [long head, ..] when head >= entry.Version => Answer.VersionTaken,
            [long head, ..] when head < entry.Version - 1 => Answer.VersionLeftOut,
            _ => Answer.NotSwapped,
        };
    });

    private static Task<Answer> AdoptOnce(NpgsqlConnection connection, string text, object[] values) => Heeding(connection, async () =>
    {
        await using NpgsqlCommand adopt = Command(connection, text, values);
        if ((await Commit(adopt)).Rows > 0) { return Answer.Stored; }

        await using NpgsqlCommand ask = Command(connection, AskAdopted, values[..3]);
        return (await Commit(ask)).First switch
        {
            [true, true, _] => Answer.KnownAsItIs,
            [true, ..] => Answer.KnownOtherwise,
            _ => Answer.NotSwapped,
        };
    });

    /// <summary>What is answered; where the database warned, that and nothing else.</summary>
    private static async Task<Answer> Heeding(NpgsqlConnection connection, Func<Task<Answer>> ask)
    {
        bool isWarned = false;
        void Heed(object sender, NpgsqlNoticeEventArgs notice) => isWarned |= notice.Notice.InvariantSeverity == "WARNING";
        connection.Notice += Heed;
        try
        {
            Answer answer = await ask();
            // "Canceling wait for synchronous replication": it is stored here, and perhaps nowhere else.
            return isWarned ? Answer.Warned : answer;
        }
        finally
        {
            connection.Notice -= Heed;
        }
    }

    private OutcomeUnknownException Unknown(BuildingId building, long version, Exception? exception) =>
        new($"whether {_where} has stored version {version} of {building} is not known: {(exception is null ? "its commit was not confirmed" : Told(exception))}", exception);

    private enum Answer
    {
        Stored,
        KnownAsItIs,
        KnownOtherwise,
        VersionTaken,
        VersionLeftOut,
        NotSwapped,
        Warned,
    }
}
