using System.Diagnostics;
using CostShare.Silo.Contacts;
using CostShare.Silo.Journals;
using Npgsql;

namespace CostShare.Silo.Tests;

/// <summary>Contacts in PostgreSQL, and what may happen to a database.</summary>
[Collection(nameof(PostgresServer))]
public sealed class PostgresContactsTests(PostgresServer server) : ContactContract, IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("costshare-contacts-").FullName;
    private PostgresJournal? _journal;
    private string _connection = "";
    private string _database = "";

    protected override string KeyFolder => _data;

    protected override IKeptHash Check => PostgresHash.OfContactsKey(_journal!);

    public async Task InitializeAsync()
    {
        _connection = await server.NewDatabase();
        _database = new NpgsqlConnectionStringBuilder(_connection).Database!;
        _journal = await PostgresJournal.Open(_connection, TimeSpan.FromMinutes(1), _ => { });
    }

    public async Task DisposeAsync()
    {
        await _journal!.DisposeAsync();
        await server.Remove(_database);
        Directory.Delete(_data, recursive: true);
    }

    protected override Task<IContactRecords> OpenRecords() => Task.FromResult<IContactRecords>(new PostgresContacts(_journal!));

    protected override Task LoseCheck() => Run("delete from costshare.contact_check");

    protected override async Task<byte[]> Everything() =>
        (byte[])(await Run("select string_agg(convert_to(building || household, 'UTF8') || box || wrapped, '') || (select sha256 from costshare.contact_check) from costshare.contact join costshare.contact_key using (building, household)"))!;

    [Fact]
    public async Task Erasing_leaves_neither_record_nor_key()
    {
        using ContactStore contacts = await Open();
        await contacts.Write(First, One, Zhang);
        await contacts.Write(First, Two, Zhang);
        await contacts.Erase(First, One);
        Assert.Equal("1 1", await Run("select (select count(*) from costshare.contact) || ' ' || (select count(*) from costshare.contact_key)"));
    }

    [Fact]
    public async Task A_record_without_its_key_is_told_and_never_taken_for_none()
    {
        using ContactStore contacts = await Open();
        await contacts.Write(First, One, Zhang);
        await Run("delete from costshare.contact_key");
        await Assert.ThrowsAsync<ContactsUnreadableException>(() => contacts.Read(First, One));
    }

    [Fact]
    public async Task Of_two_processes_that_start_at_once_with_different_keys_one_is_refused()
    {
        for (int round = 0; round < 10; round++)
        {
            await LoseCheck();
            string[] folders = [.. Enumerable.Range(0, 4).Select(i => Path.Combine(_data, $"{round}-{i}"))];
            bool[] opened = await Task.WhenAll(folders.Select(async folder =>
            {
                try
                {
                    (await ContactStore.Open(await OpenRecords(), Check, folder, null)).Dispose();
                    return true;
                }
                catch (ContactsUnreadableException)
                {
                    return false;
                }
                catch (IOException)
                {
                    // It started after the others, and makes no key where one was used.
                    return false;
                }
            }));
            Assert.Single(opened, true);
        }
    }

    [Fact]
    public async Task What_no_standby_confirmed_is_unknown_and_its_repetition_waits_for_one()
    {
        using ContactStore contacts = await Open();
        await contacts.Write(First, One, Li);
        await server.LoseStandby(true);
        try
        {
            // Each wait is cut short, which the database answers with success and a warning.
            foreach (Func<Task> change in (Func<Task>[])[() => contacts.Write(First, One, Zhang), () => contacts.Erase(First, One), () => Check.Keep(new byte[32])])
            {
                Task first = change();
                await Until(Waiting("pg_cancel_backend(pid)"));
                await Assert.ThrowsAsync<OutcomeUnknownException>(() => first);
                // All is there or gone already, and still the answer waits.
                Task again = change();
                await Until(Waiting("true"));
                Assert.False(again.IsCompleted);
                await Until(Waiting("pg_terminate_backend(pid)"));
                await Assert.ThrowsAsync<OutcomeUnknownException>(() => again);
            }
            Assert.Null(await contacts.Read(First, One));
        }
        finally
        {
            await server.LoseStandby(false);
        }
        await contacts.Erase(First, One);
    }

    [Fact]
    public async Task What_takes_too_long_is_unknown_and_not_cancelled()
    {
        await using PostgresJournal hasty = await PostgresJournal.Open(_connection, TimeSpan.FromSeconds(1), _ => { });
        using ContactStore contacts = await ContactStore.Open(new PostgresContacts(hasty), Check, KeyFolder, null);
        await server.LoseStandby(true);
        try
        {
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => contacts.Write(First, One, Zhang));
            Assert.Equal(true, await Run(Waiting("true")));
        }
        finally
        {
            await server.LoseStandby(false);
        }
        await Until("select count(*) = 1 from costshare.contact");
        Assert.Equal(Zhang, await contacts.Read(First, One));
    }

    [Fact]
    public async Task What_the_database_refuses_is_not_written()
    {
        using ContactStore contacts = await Open();
        await contacts.Write(First, One, Li);
        await Run("alter table costshare.contact add constraint refused check (household <> '101') not valid");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => contacts.Write(First, One, Zhang));
        // Neither the record nor its key.
        Assert.Equal(Li, await contacts.Read(First, One));
    }

    private static string Waiting(string what) => $"select {what} from pg_stat_activity where wait_event = 'SyncRep' and application_name = 'CostShare' and datname = current_database() limit 1";

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
