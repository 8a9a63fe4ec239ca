using System.Text.Json;
using CostShare.Silo.Journals;

namespace CostShare.Silo;

/// <summary>A SHA-256 that is kept once for all: whoever keeps the first decides it, for every process on the same store.</summary>
public interface IKeptHash
{
    /// <summary>The hash that is kept; null where none is.</summary>
    /// <exception cref="IOException">It is damaged or cannot be read; the message says where it stands.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be read.</exception>
    Task<byte[]?> Read();

    /// <summary>Keeps a hash if none is kept. Doing it again is harmless, and tells what became of a first try.</summary>
    /// <param name="hash">The hash, 32 bytes.</param>
    /// <returns>The hash that is kept now.</returns>
    /// <exception cref="IOException">What is kept is damaged.</exception>
    /// <exception cref="JournalUnavailableException">Nothing was kept.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was kept is not known.</exception>
    Task<byte[]> Keep(byte[] hash);
}

/// <summary>A hash in a file of its own.</summary>
/// <param name="path">The file; its folder is made if it is missing.</param>
public sealed class FileHash(string path) : IKeptHash
{
    private const string Member = "sha256";

    /// <inheritdoc/>
    public async Task<byte[]?> Read()
    {
        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
            byte[] hash = Convert.FromHexString(document.RootElement.GetProperty(Member).GetString()!);
            return hash.Length == 32 ? hash : throw new FormatException("the hash has another length");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            throw new IOException($"{path} is damaged: {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]> Keep(byte[] hash)
    {
        try
        {
            await Task.Run(() => DurableFiles.TryWriteFirst(path, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [Member] = Convert.ToHexStringLower(hash) })));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string message = $"{path} cannot be written to: {exception.Message}";
            throw File.Exists(path) ? new OutcomeUnknownException(message, exception) : new JournalUnavailableException(message, exception);
        }
        return await Read() ?? throw new JournalUnavailableException($"{path} was removed while it was written", null);
    }
}

/// <summary>A hash in a table of its own, which has one row at the most.</summary>
public sealed class PostgresHash : IKeptHash
{
    private readonly PostgresStore _store;
    private readonly string _table;

    private PostgresHash(PostgresJournal journal, string table) => (_store, _table) = (new PostgresStore(journal), table);

    /// <summary>The hash by which a wrong key of contacts is noticed.</summary>
    /// <param name="journal">The journal in the same database.</param>
    public static PostgresHash OfContactsKey(PostgresJournal journal) => new(journal, "costshare.contact_check");

    /// <summary>The hash of the administrator's token.</summary>
    /// <param name="journal">The journal in the same database.</param>
    public static PostgresHash OfAdministrator(PostgresJournal journal) => new(journal, "costshare.administrator");

    /// <inheritdoc/>
    public async Task<byte[]?> Read() => await _store.Read($"select sha256 from {_table}") is [[byte[] hash]] ? hash : null;

    /// <inheritdoc/>
    // A row that is there is written anew as it is: that returns it, and waits until it is as safe as a row of one's own.
    public async Task<byte[]> Keep(byte[] hash) =>
        (byte[])(await _store.Write($"insert into {_table} as kept (sha256) values ($1) on conflict (one) do update set sha256 = kept.sha256 returning sha256", hash))[0]!;
}
