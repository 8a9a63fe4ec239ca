using CostShare.Grains.Buildings;
using CostShare.Grains.Register;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Contacts;

/// <summary>Encrypted contacts in the database of a journal, for any number of processes at once.</summary>
/// <param name="journal">The journal, which stays the caller's to close.</param>
public sealed class PostgresContacts(PostgresJournal journal) : IContactRecords
{
    private const string ReadOne = """
        select contact.box, key.wrapped from costshare.contact
        left join costshare.contact_key as key using (building, household)
        where building = $1 and household = $2
        """;

    // Whoever has the row of the key has that of the record too: of two who write at once the later one writes both.
    private const string WriteOne = """
        with key as (
            insert into costshare.contact_key (building, household, wrapped) values ($1, $2, $3)
            on conflict (building, household) do update set wrapped = excluded.wrapped
            returning building, household)
        insert into costshare.contact (building, household, box) select building, household, $4 from key
        on conflict (building, household) do update set box = excluded.box
        """;

    // The message makes this a write also where nothing is left to remove.
    private const string EraseOne = """
        with key as (delete from costshare.contact_key where building = $1 and household = $2 returning building),
            contact as (delete from costshare.contact where building = $1 and household = $2 returning building)
        select pg_logical_emit_message(true, 'barrier', ''), (select count(*) from key), (select count(*) from contact)
        """;

    private const string ReadHouseholds = "select household from costshare.contact where building = $1 order by household";

    private readonly PostgresStore _store = new(journal);

    /// <inheritdoc/>
    public async Task<SealedContacts?> Read(BuildingId building, HouseholdId household) => await _store.Read(ReadOne, building.Value, household.Value) switch
    {
        [] => null,
        [[byte[] box, byte[] wrapped]] => new SealedContacts(wrapped, box),
        _ => throw new ContactsUnreadableException($"costshare.contact_key, building '{building}', household '{household}': the key is gone"),
    };

    /// <inheritdoc/>
    public Task Write(BuildingId building, HouseholdId household, SealedContacts contacts) =>
        _store.Write(WriteOne, building.Value, household.Value, contacts.WrappedKey, contacts.Box);

    /// <inheritdoc/>
    public Task Erase(BuildingId building, HouseholdId household) => _store.Write(EraseOne, building.Value, household.Value);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HouseholdId>> Households(BuildingId building) =>
        [.. (await _store.Read(ReadHouseholds, building.Value)).Select(row => new HouseholdId((string)row[0]))];

    /// <summary>Does nothing: the connections are the journal's.</summary>
    public void Dispose()
    {
    }
}
