using CostShare.Grains.Buildings;
using CostShare.Silo.Summaries;

namespace CostShare.Silo.Journals;

/// <summary>Keeps what happened to every building. What it has said to be stored is stored, whatever happens to the process.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>What happened to a building after a version, in order; nothing where there is no such building.</summary>
    /// <param name="building">The building.</param>
    /// <param name="after">The version behind which to begin; 0 for all.</param>
    /// <exception cref="JournalDamagedException">What is stored is not what was written.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<IReadOnlyList<JournalEntry>> Read(BuildingId building, long after);

    /// <summary>Stores an entry as the next of its building, if nobody else has stored that version and the command is not known.</summary>
    /// <remarks>
    /// There is no way to cancel it: an entry that may have been stored must be answered for. On <see cref="JournalUnavailableException"/> it is not
    /// stored; on <see cref="OutcomeUnknownException"/> it may be, and only sending the same command again tells.
    /// </remarks>
    /// <param name="building">The building.</param>
    /// <param name="entry">The entry; its version is one more than the last that the caller has seen.</param>
    /// <param name="changed">The summary of the building after it, which is stored with it or not at all; null where the entry does not change it.</param>
    /// <exception cref="JournalDamagedException">What is stored is not what was written.</exception>
    /// <exception cref="JournalUnavailableException">The entry is not stored: the disk is full, the store cannot be reached.</exception>
    /// <exception cref="OutcomeUnknownException">Whether the entry is stored is not known.</exception>
    Task<Appended> Append(BuildingId building, JournalEntry entry, SummaryRow? changed);

    /// <summary>What happened to a building after a version whose entry the caller has read before.</summary>
    /// <param name="building">The building.</param>
    /// <param name="after">The version behind which to begin.</param>
    /// <param name="hash">The hash of the entry of that version; for version 0 <see cref="JournalEntry.Beginning"/>.</param>
    /// <exception cref="JournalDamagedException">What is stored is not what was written.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be read, or no longer holds that entry: an older state took its place, and what the caller remembers is void.</exception>
    Task<IReadOnlyList<JournalEntry>> CatchUp(BuildingId building, long after, string hash);

    /// <summary>The entry that carries out a command; null where none does. It is as safe as one that was said to be stored.</summary>
    /// <param name="building">The building.</param>
    /// <param name="command">The command.</param>
    /// <exception cref="JournalDamagedException">What is stored is not what was written.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be asked.</exception>
    /// <exception cref="OutcomeUnknownException">What was found may be lost; asking again tells.</exception>
    Task<JournalEntry?> Find(BuildingId building, CommandId command);

    /// <summary>Stores a whole building at once, or nothing.</summary>
    /// <param name="building">The building.</param>
    /// <param name="entries">Its entries from version 1 on, without a gap; at least one.</param>
    /// <param name="rows">Its summaries, as <see cref="Summariser.Rows"/> makes them of these entries; stored with them or not at all.</param>
    /// <returns>Whether it was stored; false where there is a building of that id already.</returns>
    /// <exception cref="JournalUnavailableException">Nothing was stored.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was stored is not known; asking again tells.</exception>
    Task<bool> Adopt(BuildingId building, IReadOnlyList<JournalEntry> entries, IReadOnlyList<SummaryRow> rows);

    /// <summary>What was last kept of a building to open it without all that ever happened; null where nothing was, or where it does not belong to what is stored.</summary>
    /// <param name="building">The building.</param>
    /// <exception cref="JournalDamagedException">What is stored of the building is not what was written.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<JournalSnapshot?> ReadSnapshot(BuildingId building);

    /// <summary>Keeps a snapshot in the place of the one before it.</summary>
    /// <remarks>It can be made again at any time, so one that is lost or damaged loses nothing; that one could not be kept is told and never thrown.</remarks>
    /// <param name="building">The building.</param>
    /// <param name="snapshot">The snapshot; its version is stored already.</param>
    Task KeepSnapshot(BuildingId building, JournalSnapshot snapshot);

    /// <summary>The summaries of its buildings.</summary>
    ISummaries Summaries { get; }

    /// <summary>Buildings by id, some at a time.</summary>
    /// <param name="after">The id behind which to begin; null for the first.</param>
    /// <param name="most">How many at most.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<IReadOnlyList<BuildingId>> Buildings(BuildingId? after, int most);
}

/// <summary>A building as it was at a version, so that it can be opened without what happened before.</summary>
/// <param name="Version">The version.</param>
/// <param name="At">The time of the entry of that version.</param>
/// <param name="Body">The building, in whatever form the one who keeps it reads again.</param>
public sealed record JournalSnapshot(long Version, DateTimeOffset At, byte[] Body)
{
    /// <summary>The hash of the entry of that version, where it was read from a journal; empty otherwise.</summary>
    public string Hash { get; init; } = "";
}

/// <summary>What became of an entry.</summary>
public enum Appended
{
    /// <summary>It is stored.</summary>
    Stored,
    /// <summary>Somebody else stored that version first, or later ones: read them and decide again.</summary>
    VersionTaken,
    /// <summary>An entry of that command is stored already: its answer stands in the history.</summary>
    CommandKnown,
}

/// <summary>What is stored of a building is not what was written: its entries do not follow from one another.</summary>
/// <param name="building">The building.</param>
/// <param name="version">The first version that is wrong.</param>
/// <param name="where">Where that stands: a file and line, a row.</param>
public sealed class JournalDamagedException(BuildingId building, long version, string where)
    : Exception($"The journal of {building} is damaged at version {version} ({where}).")
{
    /// <summary>The building.</summary>
    public BuildingId Building { get; } = building;

    /// <summary>The first version that is wrong; all before it are right.</summary>
    public long Version { get; } = version;

    /// <summary>Where that stands.</summary>
    public string Where { get; } = where;
}

/// <summary>The store cannot be used, and nothing was stored.</summary>
/// <param name="message">What is the matter.</param>
/// <param name="inner">What the store said.</param>
public sealed class JournalUnavailableException(string message, Exception? inner) : Exception(message, inner);

/// <summary>Whether an entry was stored is not known.</summary>
/// <param name="message">What is the matter.</param>
/// <param name="inner">What the store said.</param>
public sealed class OutcomeUnknownException(string message, Exception? inner) : Exception(message, inner);
