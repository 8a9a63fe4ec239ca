using System.Collections.Concurrent;
using System.Globalization;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;
using CostShare.Silo.Tests;
using Npgsql;

namespace CostShare.Fault.Tests;

/// <summary>Where programs store, with what they are told at their start. All programs over it end with it.</summary>
public abstract class Store : IAsyncDisposable
{
    /// <summary>What sets a program up the first time.</summary>
    public const string SetupToken = "only-known-to-these-tests";

    /// <summary>The data folder.</summary>
    public string Data { get => field ??= Directory.CreateTempSubdirectory("costshare-fault-").FullName; init; }

    /// <summary>The data folder of one of several programs.</summary>
    public virtual string DataOf(string slot) => Data;

    /// <summary>What the program is run by: another name space, other rights.</summary>
    public IReadOnlyList<string> Within { get; set; } = [];

    /// <summary>The environment of the program.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>The token of the administrator; null before the first start, empty where none is needed.</summary>
    public string? Token { get; set; }

    /// <summary>The programs that were started.</summary>
    public ConcurrentBag<Node> Nodes { get; } = [];

    /// <summary>Puts other entries in the place of a building's, as if they had always been stored: nothing is wrong with their hashes. Without entries there is no building.</summary>
    public abstract Task Forge(string building, Func<List<JournalEntry>, IEnumerable<JournalEntry>> change);

    /// <summary>Sees that what the street office counts is what was answered for: no more stairs and no fewer.</summary>
    public virtual async Task CheckSummaries(Node node, Ledger ledger)
    {
        int buildings = ledger.Lines.Where(line => line.Fate == Fate.Acknowledged).Select(line => line.Command.Building).Distinct().Count();
        Answer city = await node.Get("/api/v1/city/summary");
        Assert.Equal((200, buildings), (city.Status, (int?)city.Body?["figures"]?["stairs"]));
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (Node node in Nodes) { await node.DisposeAsync(); }
        if (Directory.Exists(Data)) { Directory.Delete(Data, recursive: true); }
    }

    /// <summary>The lines of entries as they are stored, each with its hash.</summary>
    protected static List<(JournalEntry Entry, byte[] Line, string Hash)> Chain(string building, IEnumerable<JournalEntry> entries)
    {
        var chain = new List<(JournalEntry, byte[], string)>();
        string hash = JournalEntry.Beginning(BuildingId.Of(building));
        foreach (JournalEntry entry in entries)
        {
            JournalEntry numbered = entry with { Version = chain.Count + 1 };
            byte[] line = numbered.ToLine();
            hash = JournalEntry.HashOf(hash, line);
            chain.Add((numbered, line, hash));
        }
        return chain;
    }
}

/// <summary>Files in a folder.</summary>
public sealed class FileStore : Store
{
    /// <summary>The file of a building.</summary>
    public string FileOf(string building) => Path.Combine(Data, "journal", building + ".jsonl");

    public override async Task Forge(string building, Func<List<JournalEntry>, IEnumerable<JournalEntry>> change)
    {
        const int hashAndBlank = 65;
        List<JournalEntry> stored = [.. (await File.ReadAllLinesAsync(FileOf(building))).Select(line => JournalEntry.OfLine(System.Text.Encoding.UTF8.GetBytes(line[hashAndBlank..])))];
        byte[] forged = [.. Chain(building, change(stored)).SelectMany(entry => (byte[])[.. System.Text.Encoding.ASCII.GetBytes(entry.Hash), (byte)' ', .. entry.Line, (byte)'\n'])];
        await File.WriteAllBytesAsync(FileOf(building), forged);
        if (forged.Length == 0) { File.Delete(FileOf(building)); }
    }
}

/// <summary>A database of a server.</summary>
public sealed class PostgresStore : Store
{
    private readonly PostgresServer _server;
    private readonly string _database;

    private PostgresStore(PostgresServer server, string connection)
    {
        (_server, _database) = (server, new NpgsqlConnectionStringBuilder(connection).Database!);
        Settings["ConnectionStrings__CostShare"] = connection;
    }

    /// <summary>A new database.</summary>
    public static async Task<PostgresStore> New(PostgresServer server) => new(server, await server.NewDatabase());

    public override string DataOf(string slot) => Path.Combine(Data, slot);

    /// <summary>Runs a statement, and returns the first value of the answer.</summary>
    public Task<object?> Run(string statement) => _server.Run(_database, statement);

    public override async Task Forge(string building, Func<List<JournalEntry>, IEnumerable<JournalEntry>> change)
    {
        var stored = new List<JournalEntry>();
        while (await Run(string.Create(CultureInfo.InvariantCulture, $"select line from costshare.journal where building = '{building}' and version = {stored.Count + 1}")) is byte[] line)
        {
            stored.Add(JournalEntry.OfLine(line));
        }
        // One command may not stand there twice, unless somebody has it so.
        await Run($"alter table costshare.journal drop constraint if exists journal_command; delete from costshare.journal where building = '{building}'");
        List<(JournalEntry Entry, byte[] Line, string Hash)> chain = Chain(building, change(stored));
        foreach ((JournalEntry entry, byte[] line, string hash) in chain)
        {
            await Run(string.Create(CultureInfo.InvariantCulture,
                $@"insert into costshare.journal values ('{building}', {entry.Version}, '{entry.Command}', '\x{Convert.ToHexString(line)}', '\x{hash}')"));
        }
        await Run(chain.Count == 0 ? $"delete from costshare.head where building = '{building}'"
            : string.Create(CultureInfo.InvariantCulture, $@"update costshare.head set version = {chain.Count}, hash = '\x{chain[^1].Hash}' where building = '{building}'"));
    }

    /// <inheritdoc/>
    /// <remarks>Every summary is that of the journal, and every sum that of the summaries: they were stored together or not at all.</remarks>
    public override async Task CheckSummaries(Node node, Ledger ledger)
    {
        await base.CheckSummaries(node, ledger);
        (int exitCode, string output) = await Node.Carry(this, "summaries", "check");
        Assert.True(exitCode == 0, output);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.Remove(_database);
    }
}
