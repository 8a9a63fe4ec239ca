using System.Diagnostics;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;
using Npgsql;

namespace CostShare.Silo.Tests;

/// <summary>The journal in PostgreSQL, and what may happen to a database.</summary>
[Collection(nameof(PostgresServer))]
public sealed class PostgresJournalTests(PostgresServer server) : JournalContract, IAsyncLifetime
{
    private string _connection = "";
    private string _database = "";

    public async Task InitializeAsync()
    {
        _connection = await server.NewDatabase();
        _database = new NpgsqlConnectionStringBuilder(_connection).Database!;
    }

    public Task DisposeAsync() => server.Remove(_database);

    protected override async Task<IJournal> Open() => await PostgresJournal.Open(_connection, TimeSpan.FromMinutes(1), Told.Add);

    protected override Task SpoilSnapshot(int at) => Run($"update costshare.snapshot set content = set_byte(content, {at}, get_byte(content, {at}) # {1 << (at % 8)}) where building = '{First}'");

    protected override Task MoveSnapshot() =>
        Run($"update costshare.snapshot as first set version = second.version, hash = second.hash, content = second.content from costshare.snapshot as second where first.building = '{First}' and second.building = '{Second}'");

    protected override Task RefuseSnapshots(bool isRefused) => Run($"alter table costshare.snapshot rename to {(isRefused ? "away" : "snapshot")}".Replace("costshare.snapshot rename to snapshot", "costshare.away rename to snapshot", StringComparison.Ordinal));

    [Fact]
    public async Task Scripts_run_once_however_many_open_the_database_at_once()
    {
        IJournal[] journals = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(Open)));
        Assert.Single(Told, told => told.Contains("0001-journal.sql", StringComparison.Ordinal));
        Assert.Equal(1L, await Run("select count(*) from costshare.migration where number = 1 and name = '0001-journal.sql' and length(sha256) = 64 and ran_at <= now()"));
        for (int i = 0; i < journals.Length; i++) { Assert.Equal(Appended.Stored, await journals[i].Append(First, Entry(i + 1))); }
        foreach (IJournal journal in journals) { await journal.DisposeAsync(); }
    }

    [Theory]
    [InlineData("update costshare.migration set sha256 = repeat('0', 64) where number = 1", "0001-journal.sql has changed")]
    [InlineData("insert into costshare.migration (number, name, sha256) values (9999, '9999-later.sql', '')", "newer than this program: it was brought forward by 9999-later.sql")]
    [InlineData("update costshare.migration set number = 0, name = '0000-other.sql' where number = 1", "0001-journal.sql has not run in the database, but 0000-other.sql has")]
    public async Task A_schema_that_is_not_this_programs_is_refused(string change, string reason)
    {
        await (await Open()).DisposeAsync();
        await Run(change);
        Assert.Contains(reason, (await Assert.ThrowsAsync<IOException>(Open)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_used_is_refused_with_its_name_and_without_a_password()
    {
        await Refused($"Host=127.0.0.1;Port=1;Database=away;Username=tests;Password=geheim", "the database away at 127.0.0.1 cannot be used: ");
        await Refused(new NpgsqlConnectionStringBuilder(_connection) { Password = "geheim" }.ConnectionString, "password authentication failed");
        await Refused(new NpgsqlConnectionStringBuilder(_connection) { Database = "geheim-not" }.ConnectionString.Replace("geheim-not", "none", StringComparison.Ordinal), "\"none\" does not exist");
        await Refused("Host=127.0.0.1;Password=ge;heim", "not one that Npgsql reads");
        await Refused("Host=127.0.0.1;Port=geheim", "not one that Npgsql reads");
        await Refused("Host=127.0.0.1;geheim=1", "not one that Npgsql reads");
        await Refused("Password=geheim", "names no host");
    }

    private async Task Refused(string connection, string reason)
    {
        IOException refused = await Assert.ThrowsAsync<IOException>(() => PostgresJournal.Open(connection, TimeSpan.FromMinutes(1), Told.Add));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_hosts_the_primary_is_used()
    {
        var settings = new NpgsqlConnectionStringBuilder(_connection);
        settings.Host = $"127.0.0.1:1,127.0.0.1:{settings.Port}";
        await using PostgresJournal journal = await PostgresJournal.Open(settings.ConnectionString, TimeSpan.FromMinutes(1), Told.Add);
        Assert.Equal(Appended.Stored, await journal.Append(First, Entry(1)));
    }

    [Fact]
    public async Task How_a_role_is_set_up_does_not_weaken_what_is_said_to_be_stored()
    {
        foreach (string setting in (string[])["synchronous_commit = off", "client_min_messages = error", "statement_timeout = 1", "default_transaction_isolation = serializable"])
        {
            await Run($"alter database {_database} set {setting}");
        }
        await using IJournal journal = await Open();
        Assert.Equal(Appended.Stored, await journal.Append(First, Entry(1)));
        await Many_who_write_at_once_lose_nothing_and_double_nothing_between_two_journals();
    }

    [Fact]
    public async Task Many_who_write_at_once_lose_nothing_and_double_nothing_between_two_journals()
    {
        await using IJournal one = await Open(), two = await Open();
        var contended = BuildingId.Of("contended");
        int[] conflicts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            IJournal journal = writer % 2 == 0 ? one : two;
            int conflicts = 0;
            for (int k = 0; k < 20; k++)
            {
                while (true)
                {
                    long last = (await journal.Read(contended, 0)).Count;
                    Appended appended = await journal.Append(contended, Entry(last + 1, $"w{writer}-{k}"));
                    if (appended == Appended.Stored) { break; }
                    Assert.Equal(Appended.VersionTaken, appended);
                    conflicts++;
                }
            }
            return conflicts;
        }));
        Assert.NotEqual(0, conflicts.Sum());
        IReadOnlyList<JournalEntry> entries = await two.Read(contended, 0);
        Assert.Equal(Enumerable.Range(1, 160).Select(version => (long)version), entries.Select(entry => entry.Version));
        Assert.Equal(160, entries.Select(entry => entry.Command).Distinct().Count());
    }

    [Fact]
    public async Task The_same_command_from_many_is_stored_once()
    {
        await using IJournal one = await Open(), two = await Open();
        for (int version = 1; version <= 20; version++)
        {
            Appended[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? one : two).Append(First, Entry(version))));
            Assert.Single(answers, Appended.Stored);
            Assert.All(answers.Where(answer => answer != Appended.Stored), answer => Assert.Equal(Appended.CommandKnown, answer));
        }
        Assert.Equal(20, (await one.Read(First, 0)).Count);
    }

    [Fact]
    public async Task The_bytes_that_are_stored_are_those_of_the_files()
    {
        await using IJournal journal = await Open();
        JournalEntry first = Entry(1) with { Payload = "{\"text\":\"\\u0000 \\ud83d\\ude00 乐山\"}" }, second = Entry(2) with { Payload = $"{{\"long\":\"{new string('长', 100_000)}\"}}" };
        Assert.Equal(Appended.Stored, await journal.Append(First, first));
        Assert.Equal(Appended.Stored, await journal.Append(First, second));
        Assert.Equal([first, second], await journal.Read(First, 0));
        Assert.Equal(first.ToLine(), await Run("select line from costshare.journal where version = 1"));
        string hash = JournalEntry.HashOf(JournalEntry.HashOf(JournalEntry.Beginning(First), first.ToLine()), second.ToLine());
        Assert.Equal(hash, await Run("select encode(hash, 'hex') from costshare.head"));
        Assert.Equal(hash, await Run("select encode(hash, 'hex') from costshare.journal where version = 2"));
    }

    [Fact]
    public async Task More_buildings_than_one_page_are_listed_in_order()
    {
        await using IJournal journal = await Open();
        await Run("insert into costshare.head select 'b' || i, 1, sha256('') from generate_series(1, 250000) as i");
        var buildings = new List<BuildingId>();
        while (await journal.Buildings(buildings.Count == 0 ? null : buildings[^1], 100_000) is { Count: > 0 } page) { buildings.AddRange(page); }
        Assert.Equal(Enumerable.Range(1, 250_000).Select(i => $"b{i}").Order(StringComparer.Ordinal), buildings.Select(building => building.Value));
    }

    [Theory]
    [InlineData("update costshare.journal set line = overlay(line placing '\\x42' from 30 for 1) where building = 'leshan-6-12' and version = 2", 2)]
    [InlineData("update costshare.journal set line = '' where building = 'leshan-6-12' and version = 2", 2)]
    [InlineData("update costshare.journal set line = overlay(line placing '\\x42' from 30 for 1) where building = 'leshan-6-12' and version = 4", 4)]
    [InlineData("update costshare.journal set hash = set_bit(hash, 9, 1 - get_bit(hash, 9)) where building = 'leshan-6-12' and version = 2", 2)]
    [InlineData("update costshare.journal set hash = set_bit(hash, 9, 1 - get_bit(hash, 9)) where building = 'leshan-6-12' and version = 4", 4)]
    [InlineData("update costshare.journal set command = 'other' where building = 'leshan-6-12' and version = 3", 3)]
    [InlineData("update costshare.journal set version = 9 where building = 'leshan-6-12' and version = 4", 4)]
    [InlineData("update costshare.journal set version = case version when 2 then 13 else 12 end where building = 'leshan-6-12' and version in (2, 3); update costshare.journal set version = version - 10 where building = 'leshan-6-12' and version > 10", 2)]
    [InlineData("delete from costshare.journal where building = 'leshan-6-12' and version = 1", 1)]
    [InlineData("delete from costshare.journal where building = 'leshan-6-12' and version = 2", 2)]
    [InlineData("delete from costshare.journal where building = 'leshan-6-12' and version = 4", 4)]
    [InlineData("delete from costshare.journal where building = 'leshan-6-12'", 1)]
    [InlineData("insert into costshare.journal values ('leshan-6-12', 5, 'five', '{}', sha256(''))", 5)]
    [InlineData("insert into costshare.journal select 'leshan-6-12', 5, 'c5', line, hash from costshare.journal where building = 'leshan-6-12' and version = 4", 5)]
    [InlineData("insert into costshare.journal select 'leshan-6-12', 5, 'c5', line, hash from costshare.journal where building = 'leshan-6-13'; update costshare.head set version = 5 where building = 'leshan-6-12'", 5)]
    [InlineData("update costshare.head set version = 3 where building = 'leshan-6-12'", 4)]
    [InlineData("update costshare.head set version = 6 where building = 'leshan-6-12'", 5)]
    [InlineData("update costshare.head set hash = sha256('') where building = 'leshan-6-12'", 4)]
    [InlineData("delete from costshare.head where building = 'leshan-6-12'", 1)]
    public async Task What_was_changed_by_hand_is_found_and_the_first_wrong_versionTold(string change, long version)
    {
        await using IJournal journal = await Open();
        for (int i = 1; i <= 4; i++) { await journal.Append(First, Entry(i)); }
        await journal.Append(Second, Entry(1, "elsewhere"));
        await Run(change);
        JournalDamagedException damaged = await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Read(First, 0));
        Assert.Equal((First, version), (damaged.Building, damaged.Version));
        Assert.Contains("costshare.", damaged.Where, StringComparison.Ordinal);
        Assert.Single(await journal.Read(Second, 0));
        // Catching up tells the same version, where it sees that anything is wrong: what lies behind, and the hash where it begins.
        foreach (long after in (long[])[1, 2, 3, 4])
        {
            try
            {
                await journal.Read(First, after);
                Assert.True(version <= after);
            }
            catch (JournalDamagedException later)
            {
                Assert.Equal(version, later.Version);
            }
        }
    }

    [Theory]
    [InlineData("delete from costshare.journal where version = 2", 3)]
    [InlineData("update costshare.journal set hash = sha256('') where version = 2", 3)]
    [InlineData("update costshare.head set hash = sha256('')", 3)]
    [InlineData("update costshare.head set version = 1", 2)]
    [InlineData("update costshare.head set version = 2; insert into costshare.journal values ('leshan-6-12', 3, 'three', '{}', sha256(''))", 3)]
    [InlineData("delete from costshare.head", 1)]
    public async Task Nothing_is_added_behind_an_end_that_was_changed(string change, long next)
    {
        await using IJournal journal = await Open();
        for (int i = 1; i <= 2; i++) { await journal.Append(First, Entry(i)); }
        await Run(change);
        await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Append(First, Entry(next, "next")));
        Assert.Equal(0L, await Run("select count(*) from costshare.journal where command = 'next'"));
    }

    [Theory]
    [InlineData("53100")] // The disk is full.
    [InlineData("42501")]
    [InlineData("40001")]
    public async Task What_the_database_refuses_is_not_stored(string state)
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        await Trigger($"raise exception 'refused' using errcode = '{state}'", "");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(First, Entry(2)));
        await Run("drop trigger spoil on costshare.journal");
        Assert.Single(await journal.Read(First, 0));
        Assert.Equal(Appended.Stored, await journal.Append(First, Entry(2)));
    }

    [Fact]
    public async Task A_commit_that_fails_after_the_rows_wereTold_is_not_stored()
    {
        await using IJournal journal = await Open();
        await Trigger("raise exception 'refused' using errcode = '53100'", "deferrable initially deferred");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.Append(First, Entry(1)));
        Assert.Empty(await journal.Read(First, 0));
        Assert.Empty(await journal.Buildings(null, 10_000));
    }

    [Fact]
    public async Task A_database_that_only_reads_or_has_no_place_left_is_unavailable()
    {
        await using (IJournal journal = await Open()) { await journal.Append(First, Entry(1)); }
        await Run("create role crowded login password 'crowded'; grant usage on schema costshare to crowded; grant all on all tables in schema costshare to crowded");
        var settings = new NpgsqlConnectionStringBuilder(_connection) { Username = "crowded", Password = "crowded", Pooling = false };
        await using PostgresJournal crowded = await PostgresJournal.Open(settings.ConnectionString, TimeSpan.FromMinutes(1), Told.Add);
        await Run("alter role crowded connection limit 0");
        JournalUnavailableException refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => crowded.Append(First, Entry(2)));
        Assert.Equal("53300", Assert.IsType<PostgresException>(refused.InnerException).SqlState);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => crowded.Read(First, 0));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => crowded.Buildings(null, 10));
        await Run("alter role crowded connection limit -1");
        await Run($"alter database {_database} set default_transaction_read_only = on");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => crowded.Append(First, Entry(2)));
        Assert.Single(await crowded.Read(First, 0));
        await server.Run("postgres", $"alter database {_database} reset default_transaction_read_only");
        Assert.Equal(Appended.Stored, await crowded.Append(First, Entry(2)));
        await Run("drop owned by crowded; drop role crowded");
    }

    [Fact]
    public async Task A_building_that_somebody_holds_leaves_it_open_what_became_of_a_command_and_is_free_again_then()
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        await using var other = new NpgsqlConnection(_connection + ";Pooling=false");
        await other.OpenAsync();
        await using (NpgsqlTransaction transaction = await other.BeginTransactionAsync())
        {
            await new NpgsqlCommand("select from costshare.head for update", other).ExecuteNonQueryAsync();
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => journal.Append(First, Entry(2)));
        }
        Assert.Equal(Appended.Stored, await journal.Append(First, Entry(2)));
    }

    [Fact]
    public async Task Requests_do_not_wait_for_ever_behind_a_building_that_somebody_holds()
    {
        await using IJournal journal = await Open();
        await using var host = new BuildingHost(journal, Sent.Summariser, Sent.Rules, Told.Add) { Patience = TimeSpan.FromSeconds(3) };
        await host.Execute(Sent.Turn(First, "1", Sent.Register));
        await using (var other = new NpgsqlConnection(_connection + ";Pooling=false"))
        {
            await other.OpenAsync();
            await using NpgsqlTransaction transaction = await other.BeginTransactionAsync();
            await new NpgsqlCommand("select from costshare.head for update", other).ExecuteNonQueryAsync();
            // Each holds the building until waiting for the lock ends, so the last ones come to the end of their patience.
            Task<Turn>[] turns = [.. Enumerable.Range(0, 6).Select(i => host.Execute(Sent.Turn(First, $"t{i}", new RegisterHouseholds { Households = [Sent.Flat($"{i}", 2)] })))];
            string[] told = await Task.WhenAll(turns.Select(async turn => (await Assert.ThrowsAnyAsync<Exception>(() => turn)).Message)).WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Contains(told, message => message.Contains("is busy; nothing was done", StringComparison.Ordinal));
            Assert.Contains(told, message => message.Contains("(55P03)", StringComparison.Ordinal));
        }
        Assert.Equal(1, (await host.Read(First, null)).Version);
        Assert.Equal(TurnOutcome.Done, (await host.Execute(Sent.Turn(First, "t0", new RegisterHouseholds { Households = [Sent.Flat("0", 2)] }))).Outcome);
    }

    [Fact]
    public async Task An_adoption_that_is_cut_off_is_tried_again_and_done_once()
    {
        JournalEntry[] entries = [.. Enumerable.Range(1, 300).Select(version => Entry(version))];
        await using IJournal journal = await Open();
        await Trigger("perform pg_sleep(0.01)", "");
        Task<bool> adoption = journal.Adopt(First, entries);
        await Until($"select count(pg_terminate_backend(pid)) > 0 from pg_stat_activity where datname = '{_database}' and wait_event = 'PgSleep'");
        Assert.True(await adoption);
        Assert.Equal(entries, await journal.Read(First, 0));
    }

    [Fact]
    public async Task An_adoption_is_said_to_be_done_or_found_only_when_that_is_confirmed()
    {
        await using IJournal journal = await Open();
        await journal.Append(Second, Entry(1));
        await server.LoseStandby(true);
        try
        {
            // Cut off after the commit: what is there is what was to be adopted.
            Task<bool> adoption = journal.Adopt(First, [Entry(1), Entry(2)]);
            await Until(Waiting("pg_terminate_backend(pid)"));
            await Until(Waiting("true", "barrier"));
            Assert.False(adoption.IsCompleted);
            await server.LoseStandby(false);
            Assert.True(await adoption);

            await server.LoseStandby(true);
            Task<bool> refused = journal.Adopt(Second, [Entry(1)]);
            await Until(Waiting("true", "barrier"));
            Assert.False(refused.IsCompleted);
            // A snapshot waits for nobody.
            await journal.KeepSnapshot(Second, new JournalSnapshot(1, Entry(1).At, [1])).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.NotNull(await journal.ReadSnapshot(Second));
            await server.LoseStandby(false);
            Assert.False(await refused);

            // So is a command that is looked up.
            await server.LoseStandby(true);
            Task<JournalEntry?> found = journal.Find(Second, Entry(1).Command);
            await Until(Waiting("true", "barrier"));
            Assert.False(found.IsCompleted);
            await server.LoseStandby(false);
            Assert.Equal(Entry(1), await found);
        }
        finally
        {
            await server.LoseStandby(false);
        }
        Assert.Equal(2, (await journal.Read(First, 0)).Count);
    }

    [Fact]
    public async Task An_adoption_onto_what_is_left_of_a_building_is_refused()
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        await Run("delete from costshare.head");
        await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Adopt(First, [Entry(1, "new")]));
        Assert.Equal(1L, await Run("select count(*) from costshare.journal"));
    }

    [Fact]
    public async Task An_entry_that_was_changed_is_not_found_by_its_command()
    {
        await using IJournal journal = await Open();
        for (int i = 1; i <= 3; i++) { await journal.Append(First, Entry(i)); }
        foreach (string column in (string[])["line", "hash"])
        {
            string change = $"update costshare.journal set {column} = set_bit({column}, 9, 1 - get_bit({column}, 9)) where version = 2";
            await Run(change);
            Assert.Equal(2, (await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Find(First, CommandId.Of("c2")))).Version);
            await Run(change);
            Assert.Equal(Entry(2), await journal.Find(First, CommandId.Of("c2")));
        }
    }

    [Fact]
    public async Task A_database_of_the_first_schema_is_brought_forward_with_all_that_it_holds()
    {
        const string name = "0001-journal.sql";
        using var script = new StreamReader(typeof(PostgresJournal).Assembly.GetManifestResourceStream(name)!);
        string text = await script.ReadToEndAsync();
        await Run("create schema costshare; create table costshare.migration (number integer primary key, name text not null, sha256 text not null, ran_at timestamptz not null default now())");
        await Run(text);
        await Run($"insert into costshare.migration (number, name, sha256) values (1, '{name}', encode(sha256(convert_to($script${text}$script$, 'UTF8')), 'hex'))");
        string hash = JournalEntry.Beginning(First);
        for (int version = 1; version <= 3; version++)
        {
            byte[] line = Entry(version).ToLine();
            hash = JournalEntry.HashOf(hash, line);
            await Run($"insert into costshare.journal values ('{First}', {version}, 'c{version}', '\\x{Convert.ToHexString(line)}', '\\x{hash}')");
        }
        await Run($"insert into costshare.head values ('{First}', 3, '\\x{hash}')");

        await using IJournal journal = await Open();
        Assert.Equal(["0002-snapshots.sql", "0003-contacts.sql", "0004-administrator.sql", "0005-summaries.sql"], Told.Select(told => told.Split(' ')[^1].TrimEnd('.')));
        Assert.Equal(3, (await journal.Read(First, 0)).Count);
        Assert.Equal(Appended.Stored, await journal.Append(First, Entry(4)));
        await journal.KeepSnapshot(First, new JournalSnapshot(4, Entry(4).At, [1]));
        Assert.NotNull(await journal.ReadSnapshot(First));
    }

    [Fact]
    public async Task A_connection_that_is_cut_before_the_commit_is_replaced_and_the_entry_stored_once()
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        await Trigger("perform pg_sleep(0.5)", "");
        Task<Appended> append = journal.Append(First, Entry(2));
        await Until($"select count(pg_terminate_backend(pid)) > 0 from pg_stat_activity where datname = '{_database}' and wait_event = 'PgSleep'");
        Assert.Equal(Appended.Stored, await append);
        Assert.Equal(2, (await journal.Read(First, 0)).Count);
    }

    [Fact]
    public async Task Connections_that_are_cut_again_and_again_lose_nothing_and_double_nothing()
    {
        await using IJournal journal = await Open();
        using var end = new CancellationTokenSource();
        Task cut = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await Run($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_database}' and pid <> pg_backend_pid() order by random() limit 1");
                await Task.Delay(30);
            }
        });
        await Task.WhenAll(Enumerable.Range(1, 4).Select(async writer =>
        {
            for (int version = 1; version <= 150; version++)
            {
                // Cut five times in a row its outcome is not known, and asking again tells.
                bool isInDoubt = false;
                for (Appended? answer = null; answer is null;)
                {
                    try
                    {
                        answer = await journal.Append(BuildingId.Of($"b{writer}"), Entry(version));
                        Assert.True(answer == Appended.Stored || (isInDoubt && answer == Appended.CommandKnown), $"{answer}");
                    }
                    catch (OutcomeUnknownException)
                    {
                        isInDoubt = true;
                    }
                }
            }
        }));
        await end.CancelAsync();
        await cut;
        for (int writer = 1; writer <= 4; writer++) { Assert.Equal(150, (await journal.Read(BuildingId.Of($"b{writer}"), 0)).Count); }
    }

    [Fact]
    public async Task A_commit_that_no_standby_confirmed_is_not_said_to_be_stored()
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        await server.LoseStandby(true);
        try
        {
            // Each wait is cut short, which the database answers with success and a warning; so is each barrier.
            Task<Appended> append = journal.Append(First, Entry(2));
            while (!append.IsCompleted) { await Run(Waiting("pg_cancel_backend(pid)")); }
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => append);

            // Cut short once, confirmed behind the barrier.
            append = journal.Append(First, Entry(3));
            await Until(Waiting("pg_cancel_backend(pid)"));
            await Until(Waiting("true", "barrier"));
            Assert.False(append.IsCompleted);
            await server.LoseStandby(false);
            Assert.Equal(Appended.Stored, await append);
        }
        finally
        {
            await server.LoseStandby(false);
        }
        Assert.Equal(Appended.CommandKnown, await journal.Append(First, Entry(2)));
        Assert.Equal(3, (await journal.Read(First, 0)).Count);
    }

    [Fact]
    public async Task A_connection_that_is_cut_after_the_commit_is_replaced_and_the_entry_confirmed()
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        await server.LoseStandby(true);
        try
        {
            Task<Appended> append = journal.Append(First, Entry(2));
            await Until(Waiting("pg_terminate_backend(pid)"));
            await Until(Waiting("true", "barrier"));
            Assert.False(append.IsCompleted);
            await server.LoseStandby(false);
            Assert.Equal(Appended.Stored, await append);
        }
        finally
        {
            await server.LoseStandby(false);
        }
        Assert.Equal(2, (await journal.Read(First, 0)).Count);
    }

    [Fact]
    public async Task A_command_is_known_only_when_that_is_confirmed()
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        await server.LoseStandby(true);
        try
        {
            Task<Appended> append = journal.Append(First, Entry(2, "c1"));
            await Until(Waiting("true", "barrier"));
            Assert.False(append.IsCompleted);
            await server.LoseStandby(false);
            Assert.Equal(Appended.CommandKnown, await append);
        }
        finally
        {
            await server.LoseStandby(false);
        }
    }

    [Fact]
    public async Task An_append_that_takes_too_long_is_unknown_and_not_cancelled()
    {
        await using PostgresJournal journal = await PostgresJournal.Open(_connection, TimeSpan.FromSeconds(1), Told.Add);
        await journal.Append(First, Entry(1));
        await server.LoseStandby(true);
        try
        {
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => journal.Append(First, Entry(2)));
            Assert.Equal(true, await Run(Waiting("true")));
        }
        finally
        {
            await server.LoseStandby(false);
        }
        Assert.Equal(Appended.CommandKnown, await journal.Append(First, Entry(2)));
    }

    [Fact]
    public async Task Whatever_was_said_to_be_stored_outlives_a_server_that_is_killed()
    {
        const int writers = 6, rounds = 3;
        await using IJournal journal = await Open();
        using var end = new CancellationTokenSource();
        int doubts = 0;
        Task<List<(BuildingId Building, long Version, string Command, bool IsStored)>>[] written = [.. Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var answers = new List<(BuildingId, long, string, bool)>();
            var building = BuildingId.Of($"b{writer % 3}");
            long version = 1;
            for (int k = 0; !end.IsCancellationRequested; k++)
            {
                string command = $"w{writer}-{k}";
                Appended? answer = null;
                while (answer is null)
                {
                    try
                    {
                        answer = await journal.Append(building, Entry(version, command));
                    }
                    catch (Exception exception) when (exception is JournalUnavailableException or OutcomeUnknownException)
                    {
                        Interlocked.Increment(ref doubts);
                        await Task.Delay(20);
                    }
                }
                answers.Add((building, version, command, answer != Appended.VersionTaken));
                version++;
            }
            return answers;
        }))];
        for (int round = 0; round < rounds; round++)
        {
            await Task.Delay(500);
            await server.KillAndStart();
        }
        await Task.Delay(300);
        await end.CancelAsync();
        (BuildingId Building, long Version, string Command, bool IsStored)[] all = [.. (await Task.WhenAll(written)).SelectMany(answers => answers)];
        for (int i = 0; i < 3; i++)
        {
            var building = BuildingId.Of($"b{i}");
            IReadOnlyList<JournalEntry> entries = await journal.Read(building, 0);
            // Two writers at each building take turns at its versions, so every version was one's, and whoever was refused is not there.
            Assert.Equal(all.Where(answer => answer.Building == building && answer.IsStored).Select(answer => (answer.Version, answer.Command)).Order(),
                entries.Select(entry => (entry.Version, entry.Command.Value)).Order());
        }
        Assert.True(all.Count(answer => answer.IsStored) > 50, $"only {all.Length} were written, with {doubts} doubts");
    }

    private static string Waiting(string what, string query = "") =>
        $"select {what} from pg_stat_activity where wait_event = 'SyncRep' and application_name = 'CostShare' and query like '%{query}%'";

    private async Task Until(string question)
    {
        long start = Stopwatch.GetTimestamp();
        while (await Run(question) is not true)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"never seen: {question}");
            await Task.Delay(5);
        }
    }

    /// <summary>Does something whenever an entry is added.</summary>
    private async Task Trigger(string what, string when)
    {
        await Run($"create or replace function spoil() returns trigger language plpgsql as $$ begin {what}; return null; end $$");
        await Run($"create constraint trigger spoil after insert on costshare.journal {when} for each row execute function spoil()");
    }

    private Task<object?> Run(string statement) => server.Run(_database, statement);
}
