using System.Collections.Concurrent;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Silo.Journals;

namespace CostShare.Silo;

/// <summary>Hosts buildings in this process, over a journal that others may write to as well.</summary>
/// <remarks>
/// A turn is: catch up where needed, decide, append as the next version, answer. Where another process wrote first the turn catches up and decides
/// again, which is safe because deciding is pure. A refusal is only answered on the last version, so what is remembered here may be old
/// but never misleads. Buildings that were not asked for longest are forgotten; the journal is the truth.
/// </remarks>
/// <param name="journal">The journal.</param>
/// <param name="codec">Turns events into what is stored.</param>
/// <param name="rules">What decisions go by besides the building.</param>
public sealed class BuildingHost(IJournal journal, EventCodec codec, BuildingRules rules) : IBuildings, IAsyncDisposable
{
    /// <summary>How often a turn is decided again because others wrote first, before it is given up.</summary>
    private const int MostConflicts = 100;

    /// <summary>How many buildings are remembered at once.</summary>
    private const int MostActive = 1_000;

    private readonly ConcurrentDictionary<BuildingId, Activation> _active = new();
    private long _uses;
    private volatile bool _isStopped;

    /// <inheritdoc/>
    public Task<Building> Read(BuildingId building, long? version) => Use(building, async activation =>
    {
        if (version is null)
        {
            await activation.CatchUp();
            return activation.State;
        }
        return await StateAt(building, version.Value);
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> History(BuildingId building, long after) => journal.Read(building, after);

    /// <inheritdoc/>
    public Task<Turn> Execute(TurnRequest request) => Use(request.Building, activation => Take(activation, request));

    /// <summary>Takes no new turns and lets those that are being taken finish.</summary>
    public async ValueTask DisposeAsync()
    {
        _isStopped = true;
        foreach (Activation activation in _active.Values) { await activation.Gate.WaitAsync(); }
    }

    private async Task<Turn> Take(Activation activation, TurnRequest request)
    {
        for (int conflicts = 0; conflicts <= MostConflicts; conflicts++)
        {
            if (activation.Find(request.Id) is JournalEntry known) { return await Repeat(request, known); }
            var faults = new FaultList();
            bool passed = request.IfVersion is long seen && seen != activation.State.Version;
            BuildingEvent? happened = passed ? null : BuildingDecider.Decide(activation.State, request.Command, rules, faults);
            if (happened is null)
            {
                // Refused on what is remembered; it counts only on what is stored.
                if (await activation.CatchUp()) { continue; }
                return new Turn(passed ? TurnOutcome.VersionPassed : TurnOutcome.Refused, activation.State, faults);
            }
            if (request.DryRun)
            {
                if (await activation.CatchUp()) { continue; }
                return new Turn(TurnOutcome.Done, activation.State.Evolve(happened), faults);
            }
            JournalEntry entry = Entry(request, happened, activation.State.Version + 1);
            switch (await journal.Append(request.Building, entry))
            {
                case Appended.Stored:
                    activation.Apply(entry, happened);
                    return new Turn(TurnOutcome.Done, activation.State, faults);
                default:
                    // Somebody wrote that version, or this very command, first.
                    await activation.CatchUp();
                    break;
            }
        }
        throw new JournalUnavailableException($"{request.Building} is written to by so many that a turn could not be taken; it can be tried again.", null);
    }

    private JournalEntry Entry(TurnRequest request, BuildingEvent happened, long version)
    {
        (string type, int schema, string payload) = codec.Write(happened);
        return new JournalEntry
        {
            Version = version,
            Command = request.Id,
            Digest = request.Digest,
            At = request.At,
            By = request.By,
            Type = type,
            Schema = schema,
            Payload = payload,
        };
    }

    /// <summary>The first answer to a command, or the refusal of its id for something else.</summary>
    private async Task<Turn> Repeat(TurnRequest request, JournalEntry known)
    {
        // What was read may be what only a server that lost its place holds; appending asks the store behind a barrier (decision 14).
        if (await journal.Append(request.Building, known with { Payload = "{}" }) != Appended.CommandKnown)
        {
            throw new OutcomeUnknownException($"a command of {request.Building} was read and then not found", null);
        }
        Building then = await StateAt(request.Building, known.Version);
        return new Turn(known.Digest == request.Digest ? TurnOutcome.Repeated : TurnOutcome.CommandReused, then, new FaultList());
    }

    private async Task<Building> StateAt(BuildingId building, long version)
    {
        IReadOnlyList<JournalEntry> entries = await journal.Read(building, 0);
        return version < 0 || version > entries.Count
            ? Building.Unregistered
            : entries.Take((int)version).Aggregate(Building.Unregistered, (state, entry) => state.Evolve(Decode(entry)));
    }

    private Task<IReadOnlyList<JournalEntry>> Stored(BuildingId building, long after) => journal.Read(building, after);

    private BuildingEvent Decode(JournalEntry entry) => codec.Read(entry.Type, entry.Schema, entry.Payload);

    private async Task<T> Use<T>(BuildingId building, Func<Activation, Task<T>> use)
    {
        while (true)
        {
            if (_isStopped) { throw new JournalUnavailableException("the program is stopping", null); }
            Activation activation = _active.GetOrAdd(building, id => new Activation(id, this));
            await activation.Gate.WaitAsync();
            try
            {
                // Forgotten between being found and being held.
                if (activation.IsForgotten) { continue; }
                activation.LastUse = Interlocked.Increment(ref _uses);
                return await use(activation);
            }
            catch (Exception exception) when (exception is OutcomeUnknownException or JournalDamagedException or JournalUnavailableException)
            {
                // What is remembered may not be what is stored.
                Forget(activation);
                throw;
            }
            finally
            {
                activation.Gate.Release();
                ForgetOldest();
            }
        }
    }

    private void ForgetOldest()
    {
        if (_active.Count <= MostActive) { return; }
        foreach (Activation activation in _active.Values.OrderBy(activation => activation.LastUse).Take(MostActive / 10))
        {
            if (!activation.Gate.Wait(0)) { continue; }
            Forget(activation);
            activation.Gate.Release();
        }
    }

    private void Forget(Activation activation)
    {
        activation.IsForgotten = true;
        _active.TryRemove(new KeyValuePair<BuildingId, Activation>(activation.Building, activation));
    }

    /// <summary>A building that is remembered; used by one at a time.</summary>
    private sealed class Activation(BuildingId building, BuildingHost host)
    {
        private readonly Dictionary<CommandId, JournalEntry> _commands = [];

        public BuildingId Building { get; } = building;

        public SemaphoreSlim Gate { get; } = new(1);

        public long LastUse { get; set; }

        public bool IsForgotten { get; set; }

        public Building State { get; private set; } = Grains.Buildings.Building.Unregistered;

        public JournalEntry? Find(CommandId command) => _commands.GetValueOrDefault(command);

        /// <summary>Applies what others stored since; whether there was anything.</summary>
        public async Task<bool> CatchUp()
        {
            IReadOnlyList<JournalEntry> entries = await host.Stored(Building, State.Version);
            foreach (JournalEntry entry in entries) { Apply(entry, host.Decode(entry)); }
            return entries.Count > 0;
        }

        public void Apply(JournalEntry entry, BuildingEvent happened)
        {
            State = State.Evolve(happened);
            if (State.Version != entry.Version) { throw new InvalidOperationException($"Version {entry.Version} of {Building} does not follow {State.Version - 1}."); }
            // What is remembered of an entry is its version and digest.
            _commands[entry.Command] = entry with { Payload = "" };
        }
    }
}
