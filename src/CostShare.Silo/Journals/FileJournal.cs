using System.Collections.Concurrent;
using System.Text;
using CostShare.Grains.Buildings;
using CostShare.Silo.Summaries;
using Microsoft.Win32.SafeHandles;

namespace CostShare.Silo.Journals;

/// <summary>A journal in a folder: one file for each building, one line for each entry, flushed to the disk before it is said to be stored.</summary>
/// <remarks>
/// A line is the entry's hash, a blank, the entry as JSON. One process at a time holds the folder. A last line that was not finished, because the
/// process or the machine died while it was written, was never said to be stored: it is set aside in a file of its own and told. Anything else
/// that does not follow from what stands before it stops the building, and no other. All lines are checked when a building is first used; after that
/// those that are read.
/// </remarks>
public sealed class FileJournal : IJournal
{
    internal const string Ending = ".jsonl";
    internal const byte LineBreak = (byte)'\n';
    internal const int HashLength = 64;

    // How many buildings are remembered at once; the others are read again when they are needed.
    private const int MostRemembered = 2_000;

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly Action<string> _tell;
    private readonly ConcurrentDictionary<BuildingId, BuildingFile> _files = new();
    private readonly MemorySummaries _summaries = new();
    private long _uses;
    private volatile bool _isClosed;

    private FileJournal(string folder, FileStream @lock, Action<string> tell) => (_folder, _lock, _tell) = (folder, @lock, tell);

    /// <summary>Opens the journal of a folder, and makes it if there is none.</summary>
    /// <param name="folder">The folder of the journal.</param>
    /// <param name="tell">Receives what an operator should know: lines that were not finished, snapshots that are not used or could not be kept.</param>
    /// <exception cref="IOException">The folder cannot be made or written to, or another process holds it.</exception>
    public static FileJournal Open(string folder, Action<string> tell)
    {
        string path = Path.GetFullPath(folder);
        try
        {
            DurableFiles.MakeFolder(path);
            var @lock = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new FileJournal(path, @lock, tell);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the journal in {path} cannot be opened, or another process holds it: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Those of what was stored before the journal was opened are missing until <see cref="Summarise"/> has been called.</remarks>
    public ISummaries Summaries => _summaries;

    /// <summary>Makes the summaries of all buildings. To be called before anything is stored.</summary>
    /// <param name="summariser">Makes summaries of what happened.</param>
    /// <param name="progress">Receives how many buildings are done, of how many, after each thousand and at the end.</param>
    /// <exception cref="JournalUnavailableException">The folder cannot be read; where that is so of the file of one building, it is told and counts as unreadable.</exception>
    public async Task Summarise(Summariser summariser, Action<int, int> progress)
    {
        // Each listing goes through the whole folder.
        IReadOnlyList<BuildingId> buildings = await Buildings(null, int.MaxValue);
        for (int i = 0; i < buildings.Count; i++)
        {
            BuildingId building = buildings[i];
            try
            {
                foreach (SummaryRow row in summariser.Rows(building, await Read(building, 0))) { _summaries.Put(building, row); }
            }
            catch (Exception exception) when (Summariser.IsOfContent(exception) || exception is JournalUnavailableException)
            {
                _tell($"{building} is in no sum of its street, because it cannot be read, or what is stored of it is damaged or of another program: {exception.Message}");
                _summaries.PutUnreadable(building);
            }
            if ((i + 1) % 1_000 == 0 || i + 1 == buildings.Count) { progress(i + 1, buildings.Count); }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> Read(BuildingId building, long after) => Use<IReadOnlyList<JournalEntry>>(building, file => file.Read(after));

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> CatchUp(BuildingId building, long after, string hash) => Use<IReadOnlyList<JournalEntry>>(building, file => file.CatchUp(after, hash));

    /// <inheritdoc/>
    public Task<Appended> Append(BuildingId building, JournalEntry entry, SummaryRow? changed) => Use(building, file =>
    {
        Appended appended = file.Append(entry);
        if (appended == Appended.Stored && changed is not null) { _summaries.Put(building, changed); }
        return appended;
    });

    /// <inheritdoc/>
    public Task<JournalEntry?> Find(BuildingId building, CommandId command) => Use(building, file => file.Find(command));

    /// <inheritdoc/>
    public Task<bool> Adopt(BuildingId building, IReadOnlyList<JournalEntry> entries, IReadOnlyList<SummaryRow> rows) => Use(building, file =>
    {
        if (!file.Adopt(JournalEntry.Chain(building, entries))) { return false; }
        foreach (SummaryRow row in rows) { _summaries.Put(building, row); }
        return true;
    });

    /// <inheritdoc/>
    public Task<JournalSnapshot?> ReadSnapshot(BuildingId building) => Use(building, file => file.ReadSnapshot());

    /// <inheritdoc/>
    public Task KeepSnapshot(BuildingId building, JournalSnapshot snapshot) => Use(building, file => file.KeepSnapshot(snapshot));

    /// <inheritdoc/>
    public Task<IReadOnlyList<BuildingId>> Buildings(BuildingId? after, int most) => Task.Run<IReadOnlyList<BuildingId>>(() =>
    {
        try
        {
            // A first entry that could not be written leaves an empty file.
            return [.. new DirectoryInfo(_folder).EnumerateFiles("*" + Ending).Where(file => file.Length > 0).Select(file => file.Name[..^Ending.Length])
                .Where(id => BuildingId.IsId(id) && (after is null || string.CompareOrdinal(id, after.Value.Value) > 0)).Order(StringComparer.Ordinal).Take(most).Select(BuildingId.Of)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"the folder {_folder} cannot be read: {exception.Message}", exception);
        }
    });

    /// <summary>Lets the folder go; turns that are being taken are finished first.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        foreach (BuildingFile file in _files.Values)
        {
            await file.Turn.WaitAsync();
            file.Close();
        }
        await _lock.DisposeAsync();
    }

    private async Task<T> Use<T>(BuildingId building, Func<BuildingFile, T> use)
    {
        while (true)
        {
            BuildingFile file = _files.GetOrAdd(building, id => new BuildingFile(id, _folder, _tell));
            await file.Turn.WaitAsync();
            try
            {
                // Forgotten between being found and being held.
                if (_isClosed) { throw new JournalUnavailableException($"the journal in {_folder} is closed", null); }
                if (file.IsClosed) { continue; }
                file.LastUse = Interlocked.Increment(ref _uses);
                // Files have no asynchronous flush, so a thread of the pool waits for the disk.
                return await Task.Run(() => use(file));
            }
            finally
            {
                file.Turn.Release();
                Forget();
            }
        }
    }

    /// <summary>Forgets the building that was not used for longest where there are too many, unless it is in use.</summary>
    private void Forget()
    {
        if (_files.Count <= MostRemembered) { return; }
        foreach (BuildingFile file in _files.Values.OrderBy(file => file.LastUse).Take(MostRemembered / 10))
        {
            if (!file.Turn.Wait(0)) { continue; }
            // What could not be flushed is remembered as long as the process lives.
            if (!file.IsBroken)
            {
                file.Close();
                _files.TryRemove(new KeyValuePair<BuildingId, BuildingFile>(file.Building, file));
            }
            file.Turn.Release();
        }
    }

    /// <summary>The file of one building; used by one at a time.</summary>
    private sealed class BuildingFile(BuildingId building, string folder, Action<string> tell)
    {
        private readonly string _path = Path.Combine(folder, building + Ending);
        private readonly string _snapshot = Path.Combine(folder, building + ".snapshot");

        // The versions by their commands, and where their lines begin.
        private readonly Dictionary<string, long> _commands = [];
        private readonly List<long> _starts = [];
        private SafeFileHandle? _handle;
        private string _lastHash = "";
        private long _version;
        private long _length = -1;

        // Whether all that was read is known to be on the disk, and the command whose entry may not be.
        private bool _isSafe;
        private string? _inDoubt;

        public BuildingId Building { get; } = building;

        public SemaphoreSlim Turn { get; } = new(1);

        public long LastUse { get; set; }

        public bool IsClosed { get; private set; }

        /// <summary>Whether a flush failed, after which nobody can say what the disk holds.</summary>
        public bool IsBroken { get; private set; }

        public void Close()
        {
            _handle?.Dispose();
            IsClosed = true;
        }

        public List<JournalEntry> Read(long after)
        {
            if (_length < 0) { Load(); }
            return after >= _version ? [] : Entries(after + 1, _version);
        }

        public List<JournalEntry> CatchUp(long after, string hash)
        {
            if (_length < 0) { Load(); }
            bool isThere = after <= _version && hash == (after == 0 ? JournalEntry.Beginning(Building) : after == _version ? _lastHash : HashAt(after));
            return isThere ? Read(after) : throw new JournalUnavailableException($"{_path} no longer holds version {after} as it was read before.", null);
        }

        public JournalEntry? Find(CommandId command)
        {
            Prepare(command.Value);
            return _commands.TryGetValue(command.Value, out long version) ? Entries(version, version)[0] : null;
        }

        public Appended Append(JournalEntry entry)
        {
            Prepare(entry.Command.Value);
            if (_commands.ContainsKey(entry.Command.Value)) { return Appended.CommandKnown; }
            if (entry.Version <= _version) { return Appended.VersionTaken; }
            if (entry.Version > _version + 1) { throw new ArgumentException("A version was left out.", nameof(entry)); }

            byte[] json = entry.ToLine();
            string hash = JournalEntry.HashOf(_lastHash, json);
            byte[] line = [.. Encoding.ASCII.GetBytes(hash), (byte)' ', .. json, LineBreak];
            bool isNew = _length == 0;
            Write(line, _length);
            _inDoubt = entry.Command.Value;
            Flush(_handle, isNew);
            _inDoubt = null;
            Remember(entry.Command.Value, hash, _length);
            _length += line.Length;
            return Appended.Stored;
        }

        public bool Adopt(IReadOnlyList<(byte[] Line, string Hash)> chain)
        {
            Prepare(null);
            if (_version > 0) { return false; }
            string whole = _path + ".new";
            try
            {
                // What is left of an attempt that was cut short may be the journal itself under a second name, so it is removed and never written to.
                File.Delete(whole);
                using (var file = new FileStream(whole, FileMode.CreateNew, FileAccess.Write))
                {
                    foreach ((byte[] line, string hash) in chain) { file.Write([.. Encoding.ASCII.GetBytes(hash), (byte)' ', .. line, LineBreak]); }
                    file.Flush(flushToDisk: true);
                }
                // What follows replaces the file, so it is opened and read again.
                _handle?.Dispose();
                (_handle, _length) = (null, -1);
                if (new FileInfo(_path) is { Exists: true, Length: 0 }) { File.Delete(_path); }
                File.Move(whole, _path, overwrite: false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new JournalUnavailableException($"{_path} cannot be written: {exception.Message}", exception);
            }
            Flush(null, isNew: true);
            return true;
        }

        public JournalSnapshot? ReadSnapshot()
        {
            if (_length < 0) { Load(); }
            try
            {
                if (!File.Exists(_snapshot)) { return null; }
                if (StoredSnapshot.Read(File.ReadAllBytes(_snapshot)) is (JournalSnapshot snapshot, string hash) && snapshot.Version <= _version && hash == HashAt(snapshot.Version)) { return snapshot with { Hash = hash }; }
                tell($"{_snapshot} is damaged, or of another journal than the one beside it; it is not used, and made again later.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                tell($"{_snapshot} cannot be read and is not used: {exception.Message}");
            }
            return null;
        }

        public bool KeepSnapshot(JournalSnapshot snapshot)
        {
            try
            {
                if (_length < 0) { Load(); }
                string whole = _snapshot + ".new";
                using (SafeFileHandle handle = File.OpenHandle(whole, FileMode.Create, FileAccess.Write))
                {
                    RandomAccess.Write(handle, StoredSnapshot.Write(snapshot, HashAt(snapshot.Version)), 0);
                    RandomAccess.FlushToDisk(handle);
                }
                File.Move(whole, _snapshot, overwrite: true);
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JournalUnavailableException or JournalDamagedException)
            {
                tell($"{_snapshot} cannot be written, so that opening the building takes longer: {exception.Message}");
                return false;
            }
        }

        /// <summary>Gets ready for what is answered for: all that is there is on the disk.</summary>
        /// <param name="command">The command; null where a whole building is stored.</param>
        private void Prepare(string? command)
        {
            if (IsBroken)
            {
                string message = $"{_path} could not be flushed to the disk; the program must be started anew.";
                throw command is null || command == _inDoubt ? new OutcomeUnknownException(message, null) : new JournalUnavailableException(message, null);
            }
            if (_length < 0) { Load(); }
            if (_isSafe) { return; }
            if (_version > 0)
            {
                // Whoever wrote the last line may have died before it was flushed, or after that failed; then the system may believe that nothing is left to write.
                long start = _starts[^1];
                Write(Bytes(start, _length - start), start);
                Flush(_handle, isNew: true);
            }
            _isSafe = true;
        }

        private void Write(byte[] line, long at)
        {
            try
            {
                _handle ??= File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
                RandomAccess.Write(_handle, line, at);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // What was written of the line is taken back; should that fail too it stays as an unfinished line, which is set aside when it is read.
                try
                {
                    if (_handle is not null) { RandomAccess.SetLength(_handle, _length); }
                }
                catch (IOException)
                {
                    _length = -1;
                }
                throw new JournalUnavailableException($"{_path} cannot be written to: {exception.Message}", exception);
            }
        }

        private void Flush(SafeFileHandle? handle, bool isNew)
        {
            try
            {
                if (handle is not null) { RandomAccess.FlushToDisk(handle); }
                if (isNew) { DurableFiles.FlushFolder(folder); }
            }
            catch (IOException exception)
            {
                IsBroken = true;
                throw new OutcomeUnknownException($"{_path} could not be flushed to the disk: {exception.Message}", exception);
            }
        }

        /// <summary>Entries from one version to another, checked from the line before them on.</summary>
        private List<JournalEntry> Entries(long first, long last)
        {
            if (Follow(first, last) is List<JournalEntry> entries) { return entries; }
            // The file was changed since all of it was checked: doing that again tells what is the first wrong version.
            Load();
            throw Damaged(_version < last ? _version + 1 : first);
        }

        private List<JournalEntry>? Follow(long first, long last)
        {
            // The line before tells the hash that the first one is chained to.
            long start = _starts[(int)long.Max(first - 2, 0)];
            byte[] bytes = Bytes(start, (last == _version ? _length : _starts[(int)last]) - start);
            string hash = first == 1 ? JournalEntry.Beginning(Building) : Encoding.ASCII.GetString(bytes, 0, HashLength);
            var entries = new List<JournalEntry>((int)(last - first + 1));
            for (long version = first; version <= last; version++)
            {
                int at = (int)(_starts[(int)version - 1] - start), end = (int)((version == _version ? _length : _starts[(int)version]) - start) - 1;
                ReadOnlyMemory<byte> json = bytes.AsMemory((at + HashLength + 1)..end);
                string expected = JournalEntry.HashOf(hash, json.Span);
                if (bytes[end] != LineBreak || !IsHash(bytes.AsSpan(at), expected)) { return null; }
                try
                {
                    entries.Add(JournalEntry.OfLine(json));
                }
                catch (FormatException)
                {
                    throw Damaged(version);
                }
                hash = expected;
            }
            return entries;
        }

        private string HashAt(long version) => Encoding.ASCII.GetString(Bytes(_starts[(int)version - 1], HashLength));

        /// <summary>Bytes of the file; zeros in the place of those that are no longer there.</summary>
        private byte[] Bytes(long start, long length)
        {
            try
            {
                using SafeFileHandle handle = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                byte[] bytes = new byte[length];
                int done = 0;
                while (done < length && RandomAccess.Read(handle, bytes.AsSpan(done), start + done) is > 0 and int read) { done += read; }
                return bytes;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new JournalUnavailableException($"{_path} cannot be read: {exception.Message}", exception);
            }
        }

        private long Length()
        {
            try
            {
                return new FileInfo(_path).Length;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new JournalUnavailableException($"{_path} cannot be read: {exception.Message}", exception);
            }
        }

        /// <summary>Reads the file, checks that every line follows from the one before it, and sets an unfinished last line aside.</summary>
        private void Load()
        {
            byte[] bytes = File.Exists(_path) ? Bytes(0, Length()) : [];
            _commands.Clear();
            _starts.Clear();
            (_version, _lastHash, _length, _isSafe) = (0, JournalEntry.Beginning(Building), -1, false);
            int start = 0;
            while (start < bytes.Length)
            {
                int length = bytes.AsSpan(start).IndexOf(LineBreak);
                if (length < 0) { break; }
                if (!Follows(bytes.AsMemory(start, length), start)) { throw Damaged(_version + 1); }
                start += length + 1;
            }
            _length = start < bytes.Length ? MendEnd(bytes, start) : bytes.Length;
        }

        private JournalDamagedException Damaged(long version) => new(Building, version, $"{_path}, line {version}");

        private void Remember(string command, string hash, long start)
        {
            (_version, _lastHash) = (_version + 1, hash);
            _commands[command] = _version;
            _starts.Add(start);
        }

        /// <summary>Whether a line is the next entry; then it is remembered.</summary>
        private bool Follows(ReadOnlyMemory<byte> line, long start)
        {
            if (HashOf(line) is not string hash) { return false; }
            // The first two members, which are what is remembered of an entry.
            ReadOnlySpan<byte> json = line.Span[(HashLength + 1)..];
            if (JournalEntry.BeginningOfLine(json) is not (long version, string command) || version != _version + 1) { return false; }
            Remember(command, hash, start);
            return true;
        }

        /// <summary>Deals with bytes behind the last line break, and returns the length of the file as it is afterwards.</summary>
        private long MendEnd(byte[] bytes, int start)
        {
            ReadOnlyMemory<byte> rest = bytes.AsMemory(start);
            // An entry whose line break was changed into another byte was said to be stored.
            if (rest.Length > 1 && HashOf(rest[..^1]) is not null) { throw Damaged(_version + 1); }
            try
            {
                using SafeFileHandle handle = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                if (Follows(rest, start))
                {
                    // All of it was written but the line break.
                    RandomAccess.Write(handle, [LineBreak], bytes.Length);
                    RandomAccess.FlushToDisk(handle);
                    tell($"{_path}: the last line was whole but for its line break, which was added.");
                    return bytes.Length + 1;
                }
                string aside = SetAside(rest.Span);
                RandomAccess.SetLength(handle, start);
                RandomAccess.FlushToDisk(handle);
                tell($"{_path}: the last line was not finished and never said to be stored; it stands in {aside} now.");
                return start;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new JournalUnavailableException($"the unfinished last line of {_path} cannot be set aside: {exception.Message}", exception);
            }
        }

        /// <summary>The hash of a line that follows the last one; null where it does not.</summary>
        private string? HashOf(ReadOnlyMemory<byte> line)
        {
            if (line.Length <= HashLength || line.Span[HashLength] != (byte)' ') { return null; }
            string hash = JournalEntry.HashOf(_lastHash, line.Span[(HashLength + 1)..]);
            return IsHash(line.Span, hash) ? hash : null;
        }

        private static bool IsHash(ReadOnlySpan<byte> line, string hash) => Ascii.Equals(line[..HashLength], hash);

        private string SetAside(ReadOnlySpan<byte> rest)
        {
            string aside;
            int number = 1;
            do { aside = $"{_path}.unfinished-{_version + 1}-{number++}"; } while (File.Exists(aside));
            using (SafeFileHandle handle = File.OpenHandle(aside, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(handle, rest, 0);
                RandomAccess.FlushToDisk(handle);
            }
            DurableFiles.FlushFolder(folder);
            return aside;
        }
    }
}
