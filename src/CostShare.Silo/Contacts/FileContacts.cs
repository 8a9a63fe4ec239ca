using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CostShare.Grains.Buildings;
using CostShare.Grains.Register;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Contacts;

/// <summary>Encrypted contacts in a folder, which one process at a time holds.</summary>
/// <remarks>
/// A record is the file <c>boxes/(building)/(hash of the household's id).box</c>, and it names the file of its key in <c>keys</c>. Putting it in
/// place of the one before is what writing is: the new key lies on the disk by then, and the old key is destroyed afterwards. To erase is to
/// remove the record and then to destroy the key. Keys that no record names are what a process left that died in between; they are destroyed
/// when the folder is opened.
/// </remarks>
public sealed class FileContacts : IContactRecords
{
    private const string BoxEnding = ".box", KeyEnding = ".key", PartEnding = ".tmp";
    private const int HashLength = 64;

    private readonly string _boxes;
    private readonly string _keys;
    private readonly FileStream _lock;
    private readonly SemaphoreSlim _turn = new(1);

    private FileContacts(string folder, FileStream @lock) => (_boxes, _keys, _lock) = (Path.Combine(folder, "boxes"), Path.Combine(folder, "keys"), @lock);

    /// <summary>Opens the contacts of a folder, makes it if there is none, and clears away what an earlier process left unfinished.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The folder cannot be made or written to, or another process holds it.</exception>
    public static FileContacts Open(string folder)
    {
        string path = Path.GetFullPath(folder);
        FileStream? @lock = null;
        try
        {
            DurableFiles.MakeFolder(path);
            @lock = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var contacts = new FileContacts(path, @lock);
            DurableFiles.MakeFolder(contacts._boxes);
            DurableFiles.MakeFolder(contacts._keys);
            contacts.ClearAway();
            return contacts;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            @lock?.Dispose();
            throw new IOException($"the contacts in {path} cannot be opened, or another process holds them: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public Task<SealedContacts?> Read(BuildingId building, HouseholdId household) => Use($"the contacts in {_boxes} cannot be read", () =>
    {
        string path = BoxOf(building, household);
        if (BoxIn(path) is not StoredBox stored) { return null; }
        string key = KeyOf(building, household, stored.Key);
        return stored.Household == household.Value && File.Exists(key)
            ? new SealedContacts(File.ReadAllBytes(key), stored.Box)
            : throw new ContactsUnreadableException($"{path} is another household's, or its key is gone");
    });

    /// <inheritdoc/>
    public Task Write(BuildingId building, HouseholdId household, SealedContacts contacts)
    {
        bool isBegun = false;
        return Use($"the contacts in {_boxes} cannot be written", () =>
        {
            string box = BoxOf(building, household), id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), key = KeyOf(building, household, id);
            (string boxes, string keys) = (Path.GetDirectoryName(box)!, Path.GetDirectoryName(key)!);
            DurableFiles.MakeFolder(boxes);
            DurableFiles.MakeFolder(keys);
            DurableFiles.Write(key, contacts.WrappedKey);
            DurableFiles.FlushFolder(keys);
            DurableFiles.Write(box + PartEnding, JsonSerializer.SerializeToUtf8Bytes(new StoredBox(household.Value, id, contacts.Box), JsonSerializerOptions.Web));
            isBegun = true;
            File.Move(box + PartEnding, box, overwrite: true);
            DurableFiles.FlushFolder(boxes);
            DestroyKeys(keys, Hash(household), but: id);
            return true;
        }, () => isBegun);
    }

    /// <inheritdoc/>
    public Task Erase(BuildingId building, HouseholdId household) => Use($"the contacts in {_boxes} cannot be erased", () =>
    {
        string box = BoxOf(building, household);
        if (!Directory.Exists(Path.GetDirectoryName(box))) { return true; }
        File.Delete(box + PartEnding);
        File.Delete(box);
        DurableFiles.FlushFolder(Path.GetDirectoryName(box)!);
        DestroyKeys(Path.Combine(_keys, building.Value), Hash(household), but: null);
        return true;
    }, () => true);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HouseholdId>> Households(BuildingId building) => Use<IReadOnlyList<HouseholdId>>($"the contacts in {_boxes} cannot be read", () =>
    {
        string folder = Path.Combine(_boxes, building.Value);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*" + BoxEnding).Select(path => BoxIn(path)!.Household).Order(StringComparer.Ordinal).Select(id => new HouseholdId(id))]
            : [];
    });

    /// <summary>Lets the folder go; what is being done is finished first.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _lock.Dispose();
        _turn.Release();
    }

    private static string Hash(HouseholdId household) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(household.Value)));

    private string BoxOf(BuildingId building, HouseholdId household) => Path.Combine(_boxes, building.Value, Hash(household) + BoxEnding);

    private string KeyOf(BuildingId building, HouseholdId household, string id) => Path.Combine(_keys, building.Value, $"{Hash(household)}-{id}{KeyEnding}");

    private static StoredBox? BoxIn(string path)
    {
        if (!File.Exists(path)) { return null; }
        try
        {
            StoredBox? stored = JsonSerializer.Deserialize<StoredBox>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
            if (stored is { Household: not null, Key: not null, Box: not null } && Path.GetFileName(path) == Hash(new HouseholdId(stored.Household)) + BoxEnding) { return stored; }
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // Told below.
        }
        throw new ContactsUnreadableException($"{path} is not what was written");
    }

    private static void DestroyKeys(string folder, string hash, string? but)
    {
        if (!Directory.Exists(folder)) { return; }
        foreach (string key in Directory.GetFiles(folder, $"{hash}-*{KeyEnding}"))
        {
            if (Path.GetFileName(key) != $"{hash}-{but}{KeyEnding}") { DurableFiles.Destroy(key); }
        }
        DurableFiles.FlushFolder(folder);
    }

    private void ClearAway()
    {
        foreach (string part in Directory.GetFiles(_boxes, "*" + PartEnding, SearchOption.AllDirectories)) { File.Delete(part); }
        foreach (string keys in Directory.GetDirectories(_keys))
        {
            foreach (IGrouping<string, string> ofOne in Directory.GetFiles(keys, "*" + KeyEnding).Select(key => Path.GetFileName(key)).Where(name => name.Length > HashLength).GroupBy(name => name[..HashLength]))
            {
                string box = Path.Combine(_boxes, Path.GetFileName(keys), ofOne.Key + BoxEnding);
                if (ofOne.Count() == 1 && File.Exists(box)) { continue; }
                try
                {
                    DestroyKeys(keys, ofOne.Key, but: BoxIn(box)?.Key);
                }
                catch (ContactsUnreadableException)
                {
                    // Which key belongs to it cannot be told, so all are kept; reading it tells.
                }
            }
        }
    }

    private async Task<T> Use<T>(string failure, Func<T> use, Func<bool>? isBegun = null)
    {
        await _turn.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(!_lock.CanRead, this);
            // Files have no asynchronous flush, so a thread of the pool waits for the disk.
            return await Task.Run(use);
        }
        catch (Exception exception) when (exception is IOException and not ContactsUnreadableException or UnauthorizedAccessException)
        {
            string message = $"{failure}: {exception.Message}";
            throw isBegun?.Invoke() == true ? new OutcomeUnknownException(message, exception) : new JournalUnavailableException(message, exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record StoredBox(string Household, string Key, byte[] Box);
}
