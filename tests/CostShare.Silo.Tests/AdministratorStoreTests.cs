using System.Text;
using CostShare.Silo.Access;
using CostShare.Silo.Journals;
using Npgsql;

namespace CostShare.Silo.Tests;

/// <summary>What the store of the administrator's token promises; one class of tests for each kind of store runs it.</summary>
public abstract class AdministratorContract
{
    /// <summary>What is kept, as another process sees it.</summary>
    protected abstract IKeptHash Kept { get; }

    /// <summary>Takes away what is kept.</summary>
    protected abstract Task Lose();

    /// <summary>Everything that is stored, as text.</summary>
    protected abstract Task<string> Everything();

    [Fact]
    public async Task The_first_token_is_the_administrators_for_good()
    {
        AdministratorStore store = await AdministratorStore.Open(Kept), other = await AdministratorStore.Open(Kept);
        Assert.False(await store.IsSetUp());
        Assert.False(await store.IsAdministrator("token-1"));
        Assert.True(await store.TrySetUp(AdministratorStore.HashOf("token-1")));
        foreach (AdministratorStore one in (AdministratorStore[])[store, other, await AdministratorStore.Open(Kept)])
        {
            Assert.True(await one.IsSetUp());
            Assert.False(await one.TrySetUp(AdministratorStore.HashOf("token-2")));
            Assert.True(await one.TrySetUp(AdministratorStore.HashOf("token-1")));
            Assert.True(await one.IsAdministrator("token-1"));
            foreach (string wrong in (string[])["token-2", "token-", "token-11", "TOKEN-1", ""]) { Assert.False(await one.IsAdministrator(wrong)); }
        }
        Assert.DoesNotContain("token-1", await Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_set_up_at_once_one_does()
    {
        for (int round = 0; round < 40; round++)
        {
            // Stores of their own, as of processes that know nothing of each other.
            AdministratorStore[] stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AdministratorStore.Open(Kept)));
            using var start = new Barrier(stores.Length);
            bool[] isFirst = await Task.WhenAll(stores.Select((store, i) => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait(TimeSpan.FromSeconds(30));
                return store.TrySetUp(AdministratorStore.HashOf($"token-{i}")).GetAwaiter().GetResult();
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            int first = Array.IndexOf(isFirst, true);
            Assert.Single(isFirst, true);
            foreach (AdministratorStore store in stores) { Assert.True(await store.IsAdministrator($"token-{first}")); }
            await Lose();
        }
    }
}

/// <summary>The administrator's token in a file.</summary>
public sealed class FileAdministratorTests : AdministratorContract, IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("costshare-administrator-").FullName;

    private string File => Path.Combine(_data, "administrator.json");

    protected override IKeptHash Kept => new FileHash(File);

    public void Dispose() => Directory.Delete(_data, recursive: true);

    protected override Task Lose()
    {
        System.IO.File.Delete(File);
        return Task.CompletedTask;
    }

    protected override async Task<string> Everything() => await System.IO.File.ReadAllTextAsync(Directory.GetFiles(_data).Single());

    [Fact]
    public async Task A_damaged_file_is_told_with_its_path_and_never_taken_for_none()
    {
        await (await AdministratorStore.Open(Kept)).TrySetUp(AdministratorStore.HashOf("token"));
        string whole = await System.IO.File.ReadAllTextAsync(File);
        string[] damaged = [.. Enumerable.Range(0, whole.Length).Select(end => whole[..end]), "null", "[]", "{}", """{"sha256":null}""", """{"sha256":1}""", whole.Replace("\":\"", "\":\"x", StringComparison.Ordinal), """{"sha256":"00"}"""];
        foreach (string text in damaged)
        {
            await System.IO.File.WriteAllTextAsync(File, text);
            Assert.Contains(File, (await Assert.ThrowsAsync<IOException>(() => AdministratorStore.Open(Kept))).Message, StringComparison.Ordinal);
        }
        System.IO.File.Delete(File);
        Directory.CreateDirectory(File);
        Assert.Contains(File, (await Assert.ThrowsAsync<IOException>(() => AdministratorStore.Open(Kept))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_sets_nothing_up()
    {
        string file = Path.Combine(_data, "file");
        await System.IO.File.WriteAllTextAsync(file, "", Encoding.UTF8);
        AdministratorStore store = await AdministratorStore.Open(new FileHash(Path.Combine(file, "administrator.json")));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => store.TrySetUp(AdministratorStore.HashOf("token")));
        Assert.False(await store.IsSetUp());
    }
}

/// <summary>The administrator's token in PostgreSQL.</summary>
[Collection(nameof(PostgresServer))]
public sealed class PostgresAdministratorTests(PostgresServer server) : AdministratorContract, IAsyncLifetime
{
    private PostgresJournal? _journal;
    private string _database = "";

    protected override IKeptHash Kept => PostgresHash.OfAdministrator(_journal!);

    public async Task InitializeAsync()
    {
        string connection = await server.NewDatabase();
        _database = new NpgsqlConnectionStringBuilder(connection).Database!;
        _journal = await PostgresJournal.Open(connection, TimeSpan.FromMinutes(1), _ => { });
    }

    public async Task DisposeAsync()
    {
        await _journal!.DisposeAsync();
        await server.Remove(_database);
    }

    protected override Task Lose() => server.Run(_database, "delete from costshare.administrator");

    protected override async Task<string> Everything() => (string)(await server.Run(_database, "select administrator::text from costshare.administrator"))!;

    [Fact]
    public async Task It_is_kept_apart_from_the_key_of_contacts()
    {
        await (await AdministratorStore.Open(Kept)).TrySetUp(AdministratorStore.HashOf("token"));
        Assert.Null(await PostgresHash.OfContactsKey(_journal!).Read());
    }
}
