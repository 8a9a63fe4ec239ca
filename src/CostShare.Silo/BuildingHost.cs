using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;

namespace CostShare.Silo;

/// <summary>Hosts buildings in this process, over a journal that others may write to as well.</summary>
/// <remarks>
/// A turn is: catch up where needed, decide, append as the next version, answer. Where another process wrote first the turn catches up and decides
/// again, which is safe because deciding is pure. A refusal is only answered on the last version, so what is remembered here may be old
/// but never misleads. Buildings that were not asked for longest are forgotten; the journal is the truth.
/// </remarks>
/// <param name="journal">The journal.</param>
/// <param name="summariser">Makes summaries of what happened, and turns events into what is stored.</param>
/// <param name="rules">What decisions go by besides the building.</param>
/// <param name="tell">Receives what an operator should know: a clock that was set back, a snapshot that is not used.</param>
public sealed class BuildingHost(IJournal journal, Summariser summariser, BuildingRules rules, Action<string> tell) : IBuildings, IAsyncDisposable
{
    /// <summary>How often a turn is decided again because others wrote first, before it is given up.</summary>
    private const int MostConflicts = 100;

    /// <summary>How many buildings are remembered at once.</summary>
    private const int MostActive = 1_000;

    private readonly IJournal _journal = journal;
    private readonly Summariser _summariser = summariser;
    private readonly EventCodec _codec = summariser.Events;
    private readonly Action<string> _tell = tell;
    private readonly ConcurrentDictionary<BuildingId, Activation> _active = new();
    private long _uses;
    private volatile bool _isStopped;

    /// <summary>How much happens before another snapshot is kept.</summary>
    internal int SnapshotEvery { get; init; } = 500;

    /// <summary>How long a request waits for those before it. Nothing was done by then, so giving up is safe; a turn that is being taken is never given up.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

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
    public Task<Building> ReadAsOf(BuildingId building, DateTimeOffset moment) => Use(building, async _ =>
    {
        IReadOnlyList<JournalEntry> entries = await _journal.Read(building, 0);
        return Fold(building, entries.Where(entry => entry.At <= moment));
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> History(BuildingId building, long after) => _journal.Read(building, after);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BuildingId>> List(BuildingId? after, int most) => _journal.Buildings(after, most);

    /// <inheritdoc/>
    public Task<bool> Adopt(BuildingId building, IReadOnlyList<JournalEntry> entries)
    {
        // What cannot be opened is not taken over.
        Fold(building, entries);
        IReadOnlyList<SummaryRow> rows = _summariser.Rows(building, entries);
        return Use(building, async activation =>
        {
            bool isAdopted = await _journal.Adopt(building, entries, rows);
            await activation.CatchUp();
            return isAdopted;
        });
    }

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
            var faults = new FaultList();
            bool passed = request.IfVersion is long seen && seen != activation.State.Version;
            BuildingEvent? happened = passed ? null : BuildingDecider.Decide(request.Building, activation.State, request.Command, rules, faults);
            if (happened is null || request.DryRun)
            {
                // Decided on what is remembered; it counts only on what is stored.
                if (await activation.CatchUp()) { continue; }
                // What was carried out before is answered as then, though it would be refused now.
                if (!request.DryRun && await _journal.Find(request.Building, request.Id) is JournalEntry known) { return Repeat(request, known); }
                return happened is null
                    ? new Turn(passed ? TurnOutcome.VersionPassed : TurnOutcome.Refused, activation.State.Version, null, faults)
                    : new Turn(TurnOutcome.Done, activation.State.Version + 1, happened, faults);
            }
            JournalEntry entry = Entry(request, happened, activation);
            (Building after, SummaryRow? changed) = activation.After(happened, entry.At);
            switch (await _journal.Append(request.Building, entry, changed))
            {
                case Appended.Stored:
                    activation.Apply(entry, after, changed?.Content ?? activation.Content);
                    await activation.KeepSnapshot();
                    return new Turn(TurnOutcome.Done, entry.Version, happened, faults);
                case Appended.CommandKnown:
                    return Repeat(request, await _journal.Find(request.Building, request.Id) ?? throw Lost(request.Building));
                default:
                    // Somebody wrote that version first.
                    await activation.CatchUp();
                    break;
            }
        }
        throw new JournalUnavailableException($"{request.Building} is written to by so many that a turn could not be taken; it can be tried again.", null);
    }

    private JournalEntry Entry(TurnRequest request, BuildingEvent happened, Activation activation)
    {
        // Within a building time does not run backwards, whatever clocks do: what is asked as of a time must not change afterwards.
        DateTimeOffset at = request.At > activation.LastAt ? request.At : activation.LastAt;
        if (at - request.At > TimeSpan.FromMinutes(1)) { _tell($"the clock of this machine says {request.At:u}, but {request.Building} was changed at {at:u}; that time is used."); }
        (string type, int schema, string payload) = _codec.Write(happened);
        return new JournalEntry
        {
            Version = activation.State.Version + 1,
            Command = request.Id,
            Digest = request.Digest,
            At = at,
            By = request.By,
            Type = type,
            Schema = schema,
            Payload = payload,
        };
    }

    /// <summary>The first answer to a command, or the refusal of its id for something else.</summary>
    private Turn Repeat(TurnRequest request, JournalEntry known) => known.Digest == request.Digest
        ? new Turn(TurnOutcome.Repeated, known.Version, Decode(known), new FaultList())
        : new Turn(TurnOutcome.CommandReused, known.Version, null, new FaultList());

    private static OutcomeUnknownException Lost(BuildingId building) => new($"a command of {building} was found and then not found", null);

    private async Task<Building> StateAt(BuildingId building, long version)
    {
        IReadOnlyList<JournalEntry> entries = await _journal.Read(building, 0);
        return version < 0 || version > entries.Count ? Building.Unregistered : Fold(building, entries.Take((int)version));
    }

    private Building Fold(BuildingId building, IEnumerable<JournalEntry> entries)
    {
        Building state = Building.Unregistered;
        foreach (JournalEntry entry in entries)
        {
            state = state.Evolve(Decode(entry));
            if (state.Version != entry.Version) { throw new FormatException($"Version {entry.Version} of {building} does not follow {state.Version - 1}."); }
        }
        return state;
    }

    private BuildingEvent Decode(JournalEntry entry) => _codec.Read(entry.Type, entry.Schema, entry.Payload);

    private async Task<T> Use<T>(BuildingId building, Func<Activation, Task<T>> use)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (_isStopped) { throw new JournalUnavailableException("the program is stopping", null); }
            Activation activation = _active.GetOrAdd(building, id => new Activation(id, this));
            // Those that were forgotten meanwhile are waited for anew, but not for longer.
            TimeSpan left = Patience - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !await activation.Gate.WaitAsync(left)) { throw new JournalUnavailableException($"{building} is busy; nothing was done, and it can be tried again.", null); }
            bool isRight = false;
            try
            {
                // Forgotten between being found and being held.
                if (activation.IsForgotten) { continue; }
                // Who stops waits for every building that is held, and lets no further turn begin.
                if (_isStopped) { throw new JournalUnavailableException("the program is stopping", null); }
                activation.LastUse = Interlocked.Increment(ref _uses);
                if (activation.State.Version == 0) { await activation.Open(); }
                T answer = await use(activation);
                isRight = true;
                return answer;
            }
            finally
            {
                // Whatever went wrong, what is remembered may not be what is stored.
                if (!isRight) { Forget(activation); }
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
        public BuildingId Building { get; } = building;

        public SemaphoreSlim Gate { get; } = new(1);

        public long LastUse { get; set; }

        public bool IsForgotten { get; set; }

        public Building State { get; private set; } = Grains.Buildings.Building.Unregistered;

        /// <summary>The summary as JSON; null where it was not needed yet.</summary>
        public string? Content { get; private set; }

        /// <summary>When the last version was made.</summary>
        public DateTimeOffset LastAt { get; private set; }

        // The hash of the entry of the last version, by which it is noticed that the store holds another one.
        private string _hash = JournalEntry.Beginning(building);

        // The version of the last snapshot, whether it could be kept or not.
        private long _snapshot;

        /// <summary>Begins with what was kept of the building, if anything was.</summary>
        public async Task Open()
        {
            if (await host._journal.ReadSnapshot(Building) is not JournalSnapshot snapshot) { return; }
            try
            {
                (State, LastAt, _hash, _snapshot) = (SnapshotCodec.Read(snapshot, host._codec), snapshot.At, snapshot.Hash, snapshot.Version);
            }
            catch (FormatException exception)
            {
                host._tell($"the snapshot of {Building} is not used, because another program made it; all that happened is read instead: {exception.Message}");
            }
        }

        /// <summary>Applies what others stored since; whether there was anything.</summary>
        public async Task<bool> CatchUp()
        {
            IReadOnlyList<JournalEntry> entries = await host._journal.CatchUp(Building, State.Version, _hash);
            foreach (JournalEntry entry in entries) { Apply(entry, State.Evolve(host.Decode(entry)), null); }
            await KeepSnapshot();
            return entries.Count > 0;
        }

        /// <summary>Keeps a snapshot where enough happened since the last one.</summary>
        public async Task KeepSnapshot()
        {
            if (State.Version - _snapshot < host.SnapshotEvery) { return; }
            _snapshot = State.Version;
            await host._journal.KeepSnapshot(Building, SnapshotCodec.Write(State, LastAt, host._codec));
        }

        /// <summary>The building after something that was decided, and its summary where that changes.</summary>
        public (Building After, SummaryRow? Changed) After(BuildingEvent happened, DateTimeOffset at)
        {
            Building after = State.Evolve(happened);
            Content ??= host._summariser.Content(Building, State);
            return (after, host._summariser.Changed(Building, Content, after, at));
        }

        public void Apply(JournalEntry entry, Building after, string? content)
        {
            (State, Content) = (after, content);
            if (State.Version != entry.Version) { throw new InvalidOperationException($"Version {entry.Version} of {Building} does not follow {State.Version - 1}."); }
            (LastAt, _hash) = (entry.At, JournalEntry.HashOf(_hash, entry.ToLine()));
        }
    }
}

/// <summary>Snapshots as the essence of a building: a line for the shape, and one for each event.</summary>
internal static class SnapshotCodec
{
    // Another number as soon as buildings remember more of what happened, or remember it otherwise, than they did: older snapshots lack that.
    private const string Shape = "essence 1";

    public static JournalSnapshot Write(Building building, DateTimeOffset at, EventCodec codec)
    {
        var body = new StringBuilder().Append(Shape).Append('\n');
        foreach (BuildingEvent happened in BuildingEssence.Of(building))
        {
            (string type, int schema, string payload) = codec.Write(happened);
            body.Append(CultureInfo.InvariantCulture, $"{type} {schema} {payload}\n");
        }
        return new JournalSnapshot(building.Version, at, Encoding.UTF8.GetBytes(body.ToString()));
    }

    /// <exception cref="FormatException">It is of another shape, or holds what this program does not know.</exception>
    public static Building Read(JournalSnapshot snapshot, EventCodec codec)
    {
        string[] lines = Encoding.UTF8.GetString(snapshot.Body).Split('\n');
        if (lines[0] != Shape || lines[^1].Length > 0) { throw new FormatException($"\"{lines[0]}\" is not the shape of this program."); }
        return BuildingEssence.Restore(lines[1..^1].Select(line => line.Split(' ', 3) is [string type, string shape, string payload] && int.TryParse(shape, CultureInfo.InvariantCulture, out int schema)
            ? codec.Read(type, schema, payload) : throw new FormatException("A line is no event.")), snapshot.Version);
    }
}
