using System.Globalization;
using System.Text;
using CostShare.Grains.Buildings;

namespace CostShare.Silo.Journals;

/// <summary>What an audit may find.</summary>
public enum AuditFault
{
    /// <summary>An entry does not follow from those before it: it was changed, left out, moved or brought from elsewhere.</summary>
    ChainBroken,
    /// <summary>An entry is none, or not as it is written.</summary>
    NoEntry,
    /// <summary>The time of an entry lies before that of the one before it.</summary>
    TimeFalls,
    /// <summary>Two entries carry out one command.</summary>
    CommandTwice,
    /// <summary>What happened cannot be read by this program, or does not follow from what happened before.</summary>
    NoEvent,
    /// <summary>A passport of a finalisation is wrong, or is not that of the building as it was and of the bills that were recorded.</summary>
    PassportWrong,
    /// <summary>The head of a database does not say what its last entry says.</summary>
    HeadWrong,
    /// <summary>What is stored under this name has no name of a building.</summary>
    NoName,
    /// <summary>The building ends before the version at which it stood when its head was written down.</summary>
    Shortened,
    /// <summary>The building has another history than when its head was written down.</summary>
    Rewritten,
    /// <summary>A building whose head was written down is gone.</summary>
    Gone,
    /// <summary>Nothing wrong: a last line was not finished, and never said to be stored.</summary>
    Unfinished,
    /// <summary>Nothing wrong: a last line is whole but for its line break.</summary>
    BreakMissing,
}

/// <summary>Something that an audit found.</summary>
/// <param name="Building">The building, as its name is stored.</param>
/// <param name="Version">The first version that is wrong.</param>
/// <param name="Where">Where that stands: a file and line, a row.</param>
/// <param name="Fault">What is the matter.</param>
/// <param name="Detail">More about it; empty where there is no more.</param>
public sealed record AuditFinding(string Building, long Version, string Where, AuditFault Fault, string Detail)
{
    /// <summary>Whether what is stored is not what was written.</summary>
    public bool IsWrong => Fault is not (AuditFault.Unfinished or AuditFault.BreakMissing);
}

/// <summary>The last version of a building and its hash, by which all before it is fixed.</summary>
/// <param name="Building">The building.</param>
/// <param name="Version">Its last version.</param>
/// <param name="Hash">The hash of the entry of that version, in hexadecimal.</param>
public sealed record BuildingHead(string Building, long Version, string Hash);

/// <summary>What an audit came to.</summary>
/// <param name="Heads">The heads of the buildings that are right, by name.</param>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Finalisations">How many passports were reckoned again.</param>
/// <param name="Wrong">How many buildings are wrong.</param>
public sealed record AuditResult(IReadOnlyList<BuildingHead> Heads, long Entries, long Finalisations, int Wrong);

/// <summary>Checks everything in a journal from the beginning on, and changes nothing; others may write to it meanwhile.</summary>
/// <remarks>
/// A journal alone cannot show that the last entries of a file, or a whole building, are gone. Whoever keeps the heads of an earlier audit somewhere
/// else can: they are looked for in the chains.
/// </remarks>
public sealed class JournalAudit : IAsyncDisposable
{
    // How long a line that is being written is given before it is told as unfinished.
    private static readonly TimeSpan Meanwhile = TimeSpan.FromMilliseconds(200);

    private readonly Func<Task<IReadOnlyList<string>>> _names;
    private readonly Func<string, Task<Stored>> _read;
    private readonly PostgresJournal? _database;

    private JournalAudit(Func<Task<IReadOnlyList<string>>> names, Func<string, Task<Stored>> read, PostgresJournal? database) => (_names, _read, _database) = (names, read, database);

    /// <summary>An audit of the journal in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static JournalAudit OfFolder(string folder)
    {
        string path = Path.GetFullPath(folder);
        if (!Directory.Exists(path)) { throw new IOException($"there is no journal in {path}"); }
        return new JournalAudit(
            () => Task.FromResult<IReadOnlyList<string>>([.. new DirectoryInfo(path).EnumerateFiles("*" + FileJournal.Ending).Where(file => file.Length > 0)
                .Select(file => file.Name[..^FileJournal.Ending.Length]).Order(StringComparer.Ordinal)]),
            name => ReadFile(Path.Combine(path, name + FileJournal.Ending)), null);
    }

    /// <summary>An audit of the journal in a database.</summary>
    /// <param name="connection">A connection string; its role needs no more than to read the schema <c>costshare</c>.</param>
    /// <exception cref="IOException">The database cannot be used, or holds no journal.</exception>
    public static async Task<JournalAudit> OfDatabase(string connection)
    {
        PostgresJournal database = await PostgresJournal.OpenUnchanged(connection);
        return new JournalAudit(database.Names, name => ReadRows(database, name), database);
    }

    /// <summary>Checks everything.</summary>
    /// <param name="codec">Reads events.</param>
    /// <param name="verify">What is wrong with a finalisation of a building as it was right before; null where nothing is.</param>
    /// <param name="earlier">Heads that must be in the chains.</param>
    /// <param name="tell">Receives what is found, at most one thing that is wrong for each building.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be read.</exception>
    public async Task<AuditResult> Run(EventCodec codec, Func<BuildingId, Building, ContributionsFinalised, string?> verify, IReadOnlyCollection<BuildingHead> earlier, Action<AuditFinding> tell)
    {
        var expected = earlier.ToDictionary(head => head.Building);
        var heads = new List<BuildingHead>();
        (long entries, long finalisations, int wrong) = (0, 0, 0);
        foreach (string name in await _names())
        {
            expected.Remove(name, out BuildingHead? head);
            Stored stored = await _read(name);
            var check = new Check(name, stored, codec, verify, head);
            AuditFinding? finding = check.Find();
            (entries, finalisations) = (entries + stored.Lines.Count, finalisations + check.Finalisations);
            if (finding is not null) { tell(finding); }
            if (finding is { IsWrong: true }) { wrong++; }
            else if (check.Head is BuildingHead last) { heads.Add(last); }
        }
        foreach (BuildingHead head in expected.Values.OrderBy(head => head.Building, StringComparer.Ordinal))
        {
            tell(new AuditFinding(head.Building, head.Version, "", AuditFault.Gone, ""));
            wrong++;
        }
        return new AuditResult(heads, entries, finalisations, wrong);
    }

    /// <summary>Lets the database go.</summary>
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Reads heads from a file: on each line a building, its version and its hash.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">It holds something else.</exception>
    public static IReadOnlyList<BuildingHead> ReadHeads(string file)
    {
        var heads = new Dictionary<string, BuildingHead>();
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (line.Split(' ') is not [string building, string version, { Length: FileJournal.HashLength } hash] || !BuildingId.IsId(building)
                || !long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long last) || last < 1 || !hash.All(char.IsAsciiHexDigitLower)
                || !heads.TryAdd(building, new BuildingHead(building, last, hash)))
            {
                throw new FormatException($"{file}, line {number}: not a building, a version and a hash");
            }
        }
        return [.. heads.Values];
    }

    /// <summary>Writes heads to a file, as a whole or not at all.</summary>
    /// <param name="file">The file; one that is there is replaced.</param>
    /// <param name="heads">The heads.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteHeads(string file, IReadOnlyList<BuildingHead> heads)
    {
        string whole = file + ".new";
        using (var stream = new FileStream(whole, FileMode.Create, FileAccess.Write))
        {
            foreach (BuildingHead head in heads) { stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head.Building} {head.Version} {head.Hash}\n"))); }
            stream.Flush(flushToDisk: true);
        }
        File.Move(whole, file, overwrite: true);
    }

    private static async Task<Stored> ReadFile(string path)
    {
        byte[] bytes = ReadBytes(path);
        for (int attempt = 0; attempt < 2 && bytes.Length > 0 && bytes[^1] != FileJournal.LineBreak; attempt++)
        {
            // Perhaps it is being written just now.
            await Task.Delay(Meanwhile);
            bytes = ReadBytes(path);
        }
        var lines = new List<Line>();
        int start = 0;
        while (bytes.AsSpan(start).IndexOf(FileJournal.LineBreak) is >= 0 and int length)
        {
            lines.Add(LineOf(bytes.AsMemory(start, length), $"{path}, line {lines.Count + 1}"));
            start += length + 1;
        }
        return new Stored(lines, bytes.AsMemory(start), $"{path}, line {lines.Count + 1}", null);
    }

    private static byte[] ReadBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>A line of a file; what has not its form has no hash and so follows from nothing.</summary>
    private static Line LineOf(ReadOnlyMemory<byte> line, string where) => line.Length > FileJournal.HashLength && line.Span[FileJournal.HashLength] == (byte)' '
        ? new Line(Encoding.Latin1.GetString(line.Span[..FileJournal.HashLength]), line[(FileJournal.HashLength + 1)..], null, null, where)
        : new Line("", line, null, null, where);

    private static async Task<Stored> ReadRows(PostgresJournal database, string name)
    {
        (IReadOnlyList<(long Version, string Command, byte[] Line, string Hash)> rows, (long Version, string Hash)? head) = await database.Rows(name);
        string Row(string table, long version) => string.Create(CultureInfo.InvariantCulture, $"costshare.{table}, building '{name}', version {version}");
        return new Stored([.. rows.Select(row => new Line(row.Hash, row.Line, row.Version, row.Command, Row("journal", row.Version)))],
            ReadOnlyMemory<byte>.Empty, Row("head", head?.Version ?? 0), head ?? (0, ""));
    }

    /// <summary>What is stored of a building, unchecked.</summary>
    /// <param name="Lines">The entries.</param>
    /// <param name="Rest">Bytes behind the last line break of a file.</param>
    /// <param name="End">Where the rest, or the head, stands.</param>
    /// <param name="Head">What the head of a database says.</param>
    private sealed record Stored(IReadOnlyList<Line> Lines, ReadOnlyMemory<byte> Rest, string End, (long Version, string Hash)? Head);

    private sealed record Line(string Hash, ReadOnlyMemory<byte> Json, long? Version, string? Command, string Where);

    /// <summary>The check of one building, up to the first thing that is wrong.</summary>
    private sealed class Check(string name, Stored stored, EventCodec codec, Func<BuildingId, Building, ContributionsFinalised, string?> verify, BuildingHead? earlier)
    {
        private readonly HashSet<CommandId> _commands = [];
        private Building _state = Building.Unregistered;
        private string _hash = "";
        private DateTimeOffset _at;

        public long Finalisations { get; private set; }

        public BuildingHead? Head => _state.Version == 0 ? null : new BuildingHead(name, _state.Version, _hash);

        public AuditFinding? Find()
        {
            if (!BuildingId.IsId(name)) { return new AuditFinding(name, 1, stored.Lines.Count > 0 ? stored.Lines[0].Where : stored.End, AuditFault.NoName, ""); }
            _hash = JournalEntry.Beginning(BuildingId.Of(name));
            foreach (Line line in stored.Lines)
            {
                if (Take(line) is AuditFinding wrong) { return wrong; }
            }
            AuditFinding? unfinished = null;
            if (!stored.Rest.IsEmpty)
            {
                // A whole line whose break is another byte; a whole line without it; part of a line.
                if (stored.Rest.Length > 1 && Follows(LineOf(stored.Rest[..^1], ""))) { return Wrong(stored.End, AuditFault.ChainBroken, ""); }
                Line rest = LineOf(stored.Rest, stored.End);
                bool isWhole = Follows(rest);
                unfinished = Wrong(stored.End, isWhole ? AuditFault.BreakMissing : AuditFault.Unfinished, "");
                if (isWhole && Take(rest) is AuditFinding wrong) { return wrong; }
            }
            if (stored.Head is (long version, string hash) && (version != _state.Version || hash != _hash))
            {
                return new AuditFinding(name, version > _state.Version ? _state.Version + 1 : long.Max(version, 1), stored.End, AuditFault.HeadWrong, "");
            }
            return earlier is not null && earlier.Version > _state.Version ? Wrong(stored.End, AuditFault.Shortened, earlier.Version.ToString(CultureInfo.InvariantCulture)) : unfinished;
        }

        private AuditFinding? Take(Line line)
        {
            long next = _state.Version + 1;
            if ((line.Version ?? next) != next || !Follows(line)) { return Wrong(line.Where, AuditFault.ChainBroken, ""); }
            JournalEntry entry;
            try
            {
                entry = JournalEntry.OfLine(line.Json);
            }
            catch (FormatException exception)
            {
                return Wrong(line.Where, AuditFault.NoEntry, exception.Message);
            }
            // What is written again elsewhere must keep its hash.
            if (entry.Version != next || (line.Command ?? entry.Command.Value) != entry.Command.Value || !line.Json.Span.SequenceEqual(entry.ToLine())) { return Wrong(line.Where, AuditFault.NoEntry, ""); }
            if (entry.At < _at) { return Wrong(line.Where, AuditFault.TimeFalls, ""); }
            _at = entry.At;
            if (!_commands.Add(entry.Command)) { return Wrong(line.Where, AuditFault.CommandTwice, entry.Command.Value); }
            BuildingEvent happened;
            Building state;
            try
            {
                happened = codec.Read(entry.Type, entry.Schema, entry.Payload);
                state = _state.Evolve(happened);
            }
            catch (FormatException exception)
            {
                return Wrong(line.Where, AuditFault.NoEvent, exception.Message);
            }
            if (happened is ContributionsFinalised finalised)
            {
                Finalisations++;
                if (verify(BuildingId.Of(name), _state, finalised) is string told) { return Wrong(line.Where, AuditFault.PassportWrong, told); }
            }
            if (earlier is not null && earlier.Version == next && earlier.Hash != line.Hash) { return Wrong(line.Where, AuditFault.Rewritten, ""); }
            (_state, _hash) = (state, line.Hash);
            return null;
        }

        private bool Follows(Line line) => line.Hash == JournalEntry.HashOf(_hash, line.Json.Span);

        private AuditFinding Wrong(string where, AuditFault fault, string detail) => new(name, _state.Version + 1, where, fault, detail);
    }
}
