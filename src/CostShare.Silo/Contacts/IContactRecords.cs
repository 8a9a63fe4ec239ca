using CostShare.Grains.Buildings;
using CostShare.Grains.Register;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Contacts;

/// <summary>Keeps the encrypted contacts of households; what it has said to be written or erased is so, whatever happens to the process.</summary>
/// <remarks>Writing and erasing again is harmless, and is what to do after <see cref="OutcomeUnknownException"/>.</remarks>
public interface IContactRecords : IDisposable
{
    /// <summary>The record of a household; null where there is none.</summary>
    /// <param name="building">The building.</param>
    /// <param name="household">The household.</param>
    /// <exception cref="ContactsUnreadableException">There is one, and what is stored of it is not whole.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<SealedContacts?> Read(BuildingId building, HouseholdId household);

    /// <summary>Writes a record, over the one that was there: record and key of that together, or neither.</summary>
    /// <param name="building">The building.</param>
    /// <param name="household">The household.</param>
    /// <param name="contacts">The record and its key.</param>
    /// <exception cref="JournalUnavailableException">Nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was written is not known.</exception>
    Task Write(BuildingId building, HouseholdId household, SealedContacts contacts);

    /// <summary>Removes a record and destroys its key; nothing happens where there is none.</summary>
    /// <param name="building">The building.</param>
    /// <param name="household">The household.</param>
    /// <exception cref="JournalUnavailableException">Nothing was removed.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was removed is not known.</exception>
    Task Erase(BuildingId building, HouseholdId household);

    /// <summary>The households of a building that have a record, by id.</summary>
    /// <param name="building">The building.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<IReadOnlyList<HouseholdId>> Households(BuildingId building);
}

/// <summary>What is stored of a household's contacts.</summary>
/// <param name="WrappedKey">The key of the record, encrypted.</param>
/// <param name="Box">The record, encrypted.</param>
public sealed record SealedContacts(byte[] WrappedKey, byte[] Box);

/// <summary>Contacts cannot be read with this key: it is another than the one they were written with, or what is stored was changed.</summary>
/// <param name="message">What cannot be read, and where it stands.</param>
public sealed class ContactsUnreadableException(string message) : IOException(message);
