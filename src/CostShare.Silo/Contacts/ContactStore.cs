using System.Security.Cryptography;
using System.Text;
using CostShare.Grains.Buildings;
using CostShare.Grains.Register;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Contacts;

/// <summary>Names and telephone numbers of households, which can be erased although nothing that happened to a building can.</summary>
/// <remarks>
/// Each record is encrypted (AES-256-GCM) with a key of its own, new at every write, and that key with the key of the installation; both are
/// bound to building and household, so that a record that was moved cannot be read. Decision 16 says what erasing reaches and what it does not.
/// </remarks>
public sealed class ContactStore : IDisposable
{
    /// <summary>The largest record, in bytes of UTF-8.</summary>
    public const int Largest = 64 * 1024;

    /// <summary>The setting that gives the key of the installation in base64.</summary>
    public const string KeySetting = "COSTSHARE_CONTACTS_KEY";

    private const int KeyLength = 32, NonceLength = 12, TagLength = 16;

    private readonly IContactRecords _records;
    private readonly byte[] _key;

    private ContactStore(IContactRecords records, byte[] key) => (_records, _key) = (records, key);

    /// <summary>Opens the contacts of an installation, and makes its key at the first start.</summary>
    /// <param name="records">Where they are kept.</param>
    /// <param name="check">By which a wrong key is noticed.</param>
    /// <param name="dataFolder">The data folder, which holds the key in the file <c>contacts.key</c> where none is given.</param>
    /// <param name="givenKey">The key in base64, 32 bytes; null for the one of the data folder.</param>
    /// <exception cref="ContactsUnreadableException">The key is not the one that the contacts were written with.</exception>
    /// <exception cref="IOException">The key is none, is gone, or cannot be read or made.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be used.</exception>
    /// <exception cref="OutcomeUnknownException">Whether the check was stored is not known; opening again tells.</exception>
    public static async Task<ContactStore> Open(IContactRecords records, IKeptHash check, string dataFolder, string? givenKey)
    {
        byte[]? kept = await check.Read();
        string file = Path.Combine(Path.GetFullPath(dataFolder), "contacts.key");
        byte[] key = givenKey is null ? KeyIn(file, mayMake: kept is null) : KeyOf(givenKey);
        byte[] hash = SHA256.HashData([.. "CostShare contacts"u8, .. key]);
        if (!CryptographicOperations.FixedTimeEquals(await check.Keep(hash), hash))
        {
            throw new ContactsUnreadableException($"the contacts cannot be read with {(givenKey is null ? file : $"the key in {KeySetting}")}: they were written with another key");
        }
        return new ContactStore(records, key);
    }

    /// <summary>The record of a household; null where there is none.</summary>
    /// <param name="building">The building.</param>
    /// <param name="household">The household.</param>
    /// <exception cref="ContactsUnreadableException">There is one, but this key does not open it.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    public async Task<string?> Read(BuildingId building, HouseholdId household)
    {
        if (await _records.Read(building, household) is not SealedContacts stored) { return null; }
        byte[] whose = Whose(building, household);
        byte[] key = Unseal(_key, stored.WrappedKey, whose) ?? throw Unreadable(building, household);
        byte[]? record = Unseal(key, stored.Box, whose);
        CryptographicOperations.ZeroMemory(key);
        return Encoding.UTF8.GetString(record ?? throw Unreadable(building, household));
    }

    /// <summary>Writes the record of a household, over the one that was there.</summary>
    /// <param name="building">The building.</param>
    /// <param name="household">The household.</param>
    /// <param name="record">The record, which is not looked at.</param>
    /// <exception cref="ArgumentException">It is larger than <see cref="Largest"/>.</exception>
    /// <exception cref="JournalUnavailableException">Nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was written is not known; writing it again tells.</exception>
    public Task Write(BuildingId building, HouseholdId household, string record)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(record);
        if (bytes.Length > Largest) { throw new ArgumentException("The record is too large.", nameof(record)); }
        byte[] whose = Whose(building, household), key = RandomNumberGenerator.GetBytes(KeyLength);
        var contacts = new SealedContacts(Seal(_key, key, whose), Seal(key, bytes, whose));
        CryptographicOperations.ZeroMemory(key);
        return _records.Write(building, household, contacts);
    }

    /// <summary>Erases the record of a household: the key that opens it is destroyed.</summary>
    /// <param name="building">The building.</param>
    /// <param name="household">The household, whether or not it has a record.</param>
    /// <exception cref="JournalUnavailableException">Nothing was erased.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was erased is not known; erasing it again tells.</exception>
    public Task Erase(BuildingId building, HouseholdId household) => _records.Erase(building, household);

    /// <summary>The households of a building that have a record, by id.</summary>
    /// <param name="building">The building.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    public Task<IReadOnlyList<HouseholdId>> Households(BuildingId building) => _records.Households(building);

    /// <summary>Lets the records go.</summary>
    public void Dispose() => _records.Dispose();

    private static byte[] KeyOf(string given)
    {
        byte[] key = new byte[KeyLength + 1];
        return Convert.TryFromBase64String(given, key, out int length) && length == KeyLength
            ? key[..KeyLength] : throw new IOException($"{KeySetting} is not a key: {KeyLength} random bytes in base64 are needed");
    }

    private static byte[] KeyIn(string file, bool mayMake)
    {
        try
        {
            if (mayMake) { DurableFiles.TryWriteFirst(file, RandomNumberGenerator.GetBytes(KeyLength)); }
            if (!File.Exists(file)) { throw new IOException($"it is not there, and contacts were written with it or with the one in {KeySetting}"); }
            byte[] key = File.ReadAllBytes(file);
            return key.Length == KeyLength ? key : throw new IOException($"it has {key.Length} bytes instead of {KeyLength}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the key of the contacts, {file}, cannot be used: {exception.Message}", exception);
        }
    }

    private static ContactsUnreadableException Unreadable(BuildingId building, HouseholdId household) =>
        new($"the contacts of household {household} of {building} cannot be read with this key: it is another one, or what is stored was changed");

    // Neither id holds a line break, so no two households share it.
    private static byte[] Whose(BuildingId building, HouseholdId household) => Encoding.UTF8.GetBytes($"CostShare contacts\n{building}\n{household}");

    private static byte[] Seal(byte[] key, byte[] bytes, byte[] whose)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(NonceLength), tag = new byte[TagLength], cipher = new byte[bytes.Length];
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, bytes, cipher, tag, whose);
        return [.. nonce, .. tag, .. cipher];
    }

    private static byte[]? Unseal(byte[] key, byte[] box, byte[] whose)
    {
        if (box.Length < NonceLength + TagLength) { return null; }
        byte[] bytes = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), bytes, whose);
            return bytes;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
