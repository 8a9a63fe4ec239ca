using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Silo.Journals;

namespace CostShare.Silo;

/// <summary>Where buildings live: the one seam between those who ask and whatever hosts the buildings.</summary>
public interface IBuildings
{
    /// <summary>A building as it is, or as it was.</summary>
    /// <param name="building">The building.</param>
    /// <param name="version">The version to read; null for the last.</param>
    /// <returns>The building; <see cref="Building.Unregistered"/> where there is none, or where it has not come to that version.</returns>
    /// <exception cref="JournalDamagedException">What is stored of it is not what was written.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<Building> Read(BuildingId building, long? version);

    /// <summary>A building as it was at a time.</summary>
    /// <remarks>Times do not fall from version to version. A command that is being carried out at this very moment may yet count as of a time just passed.</remarks>
    /// <param name="building">The building.</param>
    /// <param name="moment">The time.</param>
    /// <returns>The building; <see cref="Building.Unregistered"/> where there was none.</returns>
    /// <exception cref="JournalDamagedException">What is stored of it is not what was written.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<Building> ReadAsOf(BuildingId building, DateTimeOffset moment);

    /// <summary>What happened to a building, in order.</summary>
    /// <param name="building">The building.</param>
    /// <param name="after">The version behind which to begin; 0 for all.</param>
    Task<IReadOnlyList<JournalEntry>> History(BuildingId building, long after);

    /// <summary>Buildings by id, some at a time.</summary>
    /// <param name="after">The id behind which to begin; null for the first.</param>
    /// <param name="most">How many at most.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<IReadOnlyList<BuildingId>> List(BuildingId? after, int most);

    /// <summary>Takes over a building with all that ever happened to it, from another store.</summary>
    /// <param name="building">The building.</param>
    /// <param name="entries">What happened, in order from version 1 on.</param>
    /// <returns>Whether it was taken over; false where there is a building of that id already, and nothing was done.</returns>
    /// <exception cref="FormatException">What is told did not happen to any building: an event is none, or does not follow from those before it.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be used, and nothing was done.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was done is not known.</exception>
    Task<bool> Adopt(BuildingId building, IReadOnlyList<JournalEntry> entries);

    /// <summary>Carries out a command: one at a time for each building, stored before it is answered.</summary>
    /// <param name="request">The command, with who asks and under which id.</param>
    /// <exception cref="JournalDamagedException">What is stored of the building is not what was written.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be used, and nothing was done.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was done is not known; sending it again under the same id tells.</exception>
    Task<Turn> Execute(TurnRequest request);
}

/// <summary>A command to a building, with all that it brings from outside.</summary>
/// <param name="Building">The building.</param>
/// <param name="Id">Chosen by the sender: the same id is carried out once.</param>
/// <param name="Digest">The SHA-256 of what is asked, in hexadecimal: the same id with another digest is refused.</param>
/// <param name="By">Who asks.</param>
/// <param name="At">When.</param>
/// <param name="Command">What is asked.</param>
public sealed record TurnRequest(BuildingId Building, CommandId Id, string Digest, string By, DateTimeOffset At, BuildingCommand Command)
{
    /// <summary>The version that the sender has seen, where it insists that nothing happened since; null where it does not.</summary>
    public long? IfVersion { get; init; }

    /// <summary>Whether the answer is only to be tried: nothing is stored.</summary>
    public bool DryRun { get; init; }
}

/// <summary>How a command was answered.</summary>
public enum TurnOutcome
{
    /// <summary>It was carried out; or, on a dry run, would be.</summary>
    Done,
    /// <summary>It had been carried out before; the answer is the one of then.</summary>
    Repeated,
    /// <summary>It was refused, and nothing changed.</summary>
    Refused,
    /// <summary>Its id was used for something else.</summary>
    CommandReused,
    /// <summary>Something happened since the version that the sender has seen.</summary>
    VersionPassed,
}

/// <summary>The answer to a command.</summary>
/// <param name="Outcome">How it was answered.</param>
/// <param name="Version">The version that the command made, also when it is repeated; where nothing was done, the last one.</param>
/// <param name="Happened">What happened, also when it is repeated; null where nothing did.</param>
/// <param name="Faults">Why it was refused.</param>
public sealed record Turn(TurnOutcome Outcome, long Version, BuildingEvent? Happened, FaultList Faults);

/// <summary>Turns what happened into what is stored, and back.</summary>
/// <param name="Write">The type of an event, the version of its shape, and its JSON without line breaks.</param>
/// <param name="Read">The event of a type, a version of its shape, and JSON; throws <see cref="FormatException"/> where it is none.</param>
public sealed record EventCodec(Func<BuildingEvent, (string Type, int Schema, string Payload)> Write, Func<string, int, string, BuildingEvent> Read);
