using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CostShare.Grains.Buildings;
using Microsoft.Win32.SafeHandles;

namespace CostShare.Silo.Journals;

/// <summary>A journal in a folder: one file for each building, one line for each entry, flushed to the disk before it is said to be stored.</summary>
/// <remarks>
/// A line is the entry's hash, a blank, the entry as JSON. One process at a time holds the folder. A last line that was not finished, because the
/// process or the machine died while it was written, was never said to be stored: it is set aside in a file of its own and told. Anything else
/// that does not follow from what stands before it stops the building, and no other.
/// </remarks>
public sealed class FileJournal : IJournal
{
    private const string Ending = ".jsonl";
    private const byte LineBreak = (byte)'\n';
    private const int HashLength = 64;

    // How many buildings are remembered at once; the others are read again when they are needed.
    private const int MostRemembered = 2_000;

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly Action<string> _tell;
    private readonly ConcurrentDictionary<BuildingId, BuildingFile> _files = new();
    private long _uses;

    private FileJournal(string folder, FileStream @lock, Action<string> tell) => (_folder, _lock, _tell) = (folder, @lock, tell);

    /// <summary>Opens the journal of a folder, and makes it if there is none.</summary>
    /// <param name="folder">The folder of the journal.</param>
    /// <param name="tell">Receives what an operator should know: unfinished lines that were set aside.</param>
    /// <exception cref="IOException">The folder cannot be made or written to, or another process holds it.</exception>
    public static FileJournal Open(string folder, Action<string> tell)
    {
        string path = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);
            var @lock = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new FileJournal(path, @lock, tell);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the journal in {path} cannot be opened, or another process holds it: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> Read(BuildingId building, long after) => Use<IReadOnlyList<JournalEntry>>(building, file => file.Read(after));

    /// <inheritdoc/>
    public Task<Appended> Append(BuildingId building, JournalEntry entry) => Use(building, file => file.Append(entry));

    /// <inheritdoc/>
    public async Task<JournalEntry?> Find(BuildingId building, CommandId command) => (await Read(building, 0)).FirstOrDefault(entry => entry.Command == command);

    /// <inheritdoc/>
    public Task<bool> Adopt(BuildingId building, IReadOnlyList<JournalEntry> entries) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<JournalSnapshot?> ReadSnapshot(BuildingId building) => Task.FromResult<JournalSnapshot?>(null);

    /// <inheritdoc/>
    public Task KeepSnapshot(BuildingId building, JournalSnapshot snapshot) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<BuildingId>> Buildings(BuildingId? after, int most) => Task.Run<IReadOnlyList<BuildingId>>(() =>
    {
        try
        {
            return [.. Directory.EnumerateFiles(_folder, "*" + Ending).Select(file => Path.GetFileName(file)[..^Ending.Length])
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
        private readonly HashSet<string> _commands = [];
        private SafeFileHandle? _handle;
        private string _lastHash = "";
        private long _version;
        private long _length = -1;

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
            if (_length >= 0 && after >= _version) { return []; }
            byte[] bytes = Load();
            var entries = new List<JournalEntry>();
            int start = 0;
            for (long version = 1; version <= _version; version++)
            {
                int end = start + bytes.AsSpan(start).IndexOf(LineBreak);
                if (version > after) { entries.Add(JournalEntry.OfLine(bytes.AsMemory((start + HashLength + 1)..end))); }
                start = end + 1;
            }
            return entries;
        }

        public Appended Append(JournalEntry entry)
        {
            if (IsBroken) { throw new JournalUnavailableException($"{_path} could not be flushed to the disk; the program must be started anew.", null); }
            if (_length < 0) { Load(); }
            if (_commands.Contains(entry.Command.Value)) { return Appended.CommandKnown; }
            if (entry.Version <= _version) { return Appended.VersionTaken; }
            if (entry.Version > _version + 1) { throw new ArgumentException("A version was left out.", nameof(entry)); }

            byte[] json = entry.ToLine();
            string hash = JournalEntry.HashOf(_lastHash, json);
            byte[] line = [.. Encoding.ASCII.GetBytes(hash), (byte)' ', .. json, LineBreak];
            bool isNew = _length == 0;
            Write(line);
            Flush(isNew);
            (_lastHash, _version, _length) = (hash, entry.Version, _length + line.Length);
            _commands.Add(entry.Command.Value);
            return Appended.Stored;
        }

        private void Write(byte[] line)
        {
            try
            {
                _handle ??= File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
                RandomAccess.Write(_handle, line, _length);
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

        private void Flush(bool isNew)
        {
            try
            {
                RandomAccess.FlushToDisk(_handle!);
                if (isNew) { DurableFiles.FlushFolder(folder); }
            }
            catch (IOException exception)
            {
                IsBroken = true;
                throw new OutcomeUnknownException($"{_path} could not be flushed to the disk: {exception.Message}", exception);
            }
        }

        /// <summary>Reads the file, checks that every line follows from the one before it, and sets an unfinished last line aside.</summary>
        private byte[] Load()
        {
            byte[] bytes;
            try
            {
                bytes = File.Exists(_path) ? File.ReadAllBytes(_path) : [];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new JournalUnavailableException($"{_path} cannot be read: {exception.Message}", exception);
            }
            _commands.Clear();
            (_version, _lastHash, _length) = (0, JournalEntry.Beginning(Building), -1);
            int start = 0;
            while (start < bytes.Length)
            {
                int length = bytes.AsSpan(start).IndexOf(LineBreak);
                if (length < 0) { break; }
                if (!Follows(bytes.AsMemory(start, length))) { throw new JournalDamagedException(Building, _version + 1, $"{_path}, line {_version + 1}"); }
                start += length + 1;
            }
            if (start < bytes.Length) { bytes = MendEnd(bytes, start); }
            _length = bytes.Length;
            return bytes;
        }

        /// <summary>Whether a line is the next entry; then it is remembered.</summary>
        private bool Follows(ReadOnlyMemory<byte> line)
        {
            if (line.Length <= HashLength || line.Span[HashLength] != (byte)' ') { return false; }
            ReadOnlyMemory<byte> json = line[(HashLength + 1)..];
            string hash = JournalEntry.HashOf(_lastHash, json.Span);
            if (!line.Span[..HashLength].SequenceEqual(Encoding.ASCII.GetBytes(hash))) { return false; }
            // The first two members, which are what is remembered of an entry.
            var reader = new Utf8JsonReader(json.Span);
            reader.Read();
            reader.Read();
            reader.Read();
            if (reader.GetInt64() != _version + 1) { return false; }
            reader.Read();
            reader.Read();
            _commands.Add(reader.GetString()!);
            (_version, _lastHash) = (_version + 1, hash);
            return true;
        }

        /// <summary>Deals with bytes behind the last line break, and returns the file as it is afterwards.</summary>
        private byte[] MendEnd(byte[] bytes, int start)
        {
            ReadOnlyMemory<byte> rest = bytes.AsMemory(start);
            // An entry whose line break was changed into another byte was said to be stored.
            if (rest.Length > 1 && IsWhole(rest[..^1])) { throw new JournalDamagedException(Building, _version + 1, $"{_path}, line {_version + 1}"); }
            try
            {
                using SafeFileHandle handle = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
                if (Follows(rest))
                {
                    // All of it was written but the line break.
                    RandomAccess.Write(handle, [LineBreak], bytes.Length);
                    RandomAccess.FlushToDisk(handle);
                    return [.. bytes, LineBreak];
                }
                string aside = SetAside(rest.Span);
                RandomAccess.SetLength(handle, start);
                RandomAccess.FlushToDisk(handle);
                tell($"{_path}: the last line was not finished and never said to be stored; it stands in {aside} now.");
                return bytes[..start];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new JournalUnavailableException($"the unfinished last line of {_path} cannot be set aside: {exception.Message}", exception);
            }
        }

        private bool IsWhole(ReadOnlyMemory<byte> line) => line.Length > HashLength && line.Span[HashLength] == (byte)' '
            && line.Span[..HashLength].SequenceEqual(Encoding.ASCII.GetBytes(JournalEntry.HashOf(_lastHash, line.Span[(HashLength + 1)..])));

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
