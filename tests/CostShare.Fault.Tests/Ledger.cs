using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace CostShare.Fault.Tests;

/// <summary>A command as a client sends it.</summary>
/// <param name="Building">The building.</param>
/// <param name="Id">The client's own id, sent again with the same command only.</param>
/// <param name="Method">The method of HTTP.</param>
/// <param name="Route">What follows the building in the address.</param>
/// <param name="Kind">The kind of the event that it makes.</param>
/// <param name="Body">What is asked, written as the program writes it.</param>
/// <param name="IfVersion">The version that the client insists on, if it does.</param>
public sealed record Command(string Building, string Id, string Method, string Route, string Kind, JsonObject Body, long? IfVersion)
{
    /// <summary>The address.</summary>
    public string Path => $"/api/v1/buildings/{Building}{Route}";

    /// <summary>What happens when it is carried out: what was asked, with its kind.</summary>
    public JsonObject Happened()
    {
        var happened = (JsonObject)Body.DeepClone();
        happened["kind"] = Kind;
        return happened;
    }
}

/// <summary>What became of a command, as far as its client knows.</summary>
public enum Fate
{
    /// <summary>It was sent and may have been carried out.</summary>
    Open,
    /// <summary>It was carried out.</summary>
    Acknowledged,
    /// <summary>It was not carried out, and never will be.</summary>
    Absent,
}

/// <summary>What clients asked for and were told, whatever happened to the program.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<(string Building, string Id), Line> _lines = new();

    /// <summary>What was wrong with answers.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>How often it was answered that nothing is stored, or that it is not known.</summary>
    public int Doubts { get; private set; }

    /// <summary>All that was sent.</summary>
    public IEnumerable<Line> Lines => _lines.Values;

    /// <summary>What is known of a command; null where no client sent it.</summary>
    public Line? Find(string building, string id) => _lines.GetValueOrDefault((building, id));

    /// <summary>Notes a command that is about to be sent.</summary>
    public void Sent(Command command) => _lines.TryAdd((command.Building, command.Id), new Line(command, Fate.Open, 0, ""));

    /// <summary>Notes a command that must never be found, because too little of it was sent.</summary>
    public void Broken(Command command) => _lines[(command.Building, command.Id)] = new Line(command, Fate.Absent, 0, "");

    /// <summary>Notes an answer; whether it settles what became of the command.</summary>
    public bool Answered(Command command, Answer answer, string by)
    {
        (Fate fate, long version) = answer switch
        {
            { Status: 200 or 201, Body: JsonObject body } => (Fate.Acknowledged, (long)body["version"]!),
            { Status: 412, Code: "versionPassed" } when command.IfVersion is not null => (Fate.Absent, 0L),
            { Status: 503, Code: "storeUnavailable" or "outcomeUnknown", SaysWhenToRetry: true } => (Fate.Open, 0L),
            _ => (Fate.Open, -1L),
        };
        if (answer.Status == 503) { lock (_lines) { Doubts++; } }
        if (version < 0) { Complain(command, $"was answered by {answer}"); }
        Line line = _lines.AddOrUpdate((command.Building, command.Id), _ => throw new InvalidOperationException("Not sent."), (_, before) =>
            before.Fate == Fate.Open ? before with { Fate = fate, Version = version, By = by, WasUnavailable = answer.Code == "storeUnavailable" } : before);
        if (fate != Fate.Open && (line.Fate != fate || line.Version != version)) { Complain(command, $"was answered by {answer} after it was {line.Fate} as version {line.Version}"); }
        if (fate == Fate.Acknowledged)
        {
            if (answer.Tag != $"\"{version}\"" || (string?)answer.Body!["building"] != command.Building) { Complain(command, $"is answered for another building or version: {answer} {answer.Tag}"); }
            if (!JsonNode.DeepEquals(answer.Body!["happened"], command.Happened())) { Complain(command, $"is answered by something else: {answer}"); }
            if (command.IfVersion is long seen && version != seen + 1) { Complain(command, $"made version {version} and insisted on {seen}"); }
        }
        return fate != Fate.Open || version < 0;
    }

    private void Complain(Command command, string what) => Complaints.Enqueue($"{command.Id} of {command.Building} {what}");

    /// <summary>A command and what became of it.</summary>
    /// <param name="Command">The command.</param>
    /// <param name="Fate">What became of it.</param>
    /// <param name="Version">The version that it made, once it is acknowledged.</param>
    /// <param name="By">Who acknowledged it.</param>
    public sealed record Line(Command Command, Fate Fate, long Version, string By)
    {
        /// <summary>Whether the last answer was that nothing was stored.</summary>
        public bool WasUnavailable { get; init; }
    }
}
