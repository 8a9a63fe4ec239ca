using CostShare.Grains.Buildings;

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
    /// <exception cref="JournalDamagedException">What is stored is not what was written.</exception>
    /// <exception cref="JournalUnavailableException">The entry is not stored: the disk is full, the store cannot be reached.</exception>
    /// <exception cref="OutcomeUnknownException">Whether the entry is stored is not known.</exception>
    Task<Appended> Append(BuildingId building, JournalEntry entry);

    /// <summary>Every building, by id.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<IReadOnlyList<BuildingId>> Buildings();
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
