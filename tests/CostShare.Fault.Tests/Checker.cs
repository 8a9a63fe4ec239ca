using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;

namespace CostShare.Fault.Tests;

/// <summary>Compares what is stored with what clients were told. It reads by HTTP alone, and folds buildings by a model of its own.</summary>
public sealed class Checker(Ledger ledger)
{
    private const int Page = 100;

    private readonly Dictionary<string, long> _checked = [];
    private readonly List<string> _complaints = [];

    /// <summary>What is wrong with what happened since it was asked last. Every command that was sent must be settled, so that what is stored is what was acknowledged.</summary>
    public async Task<IReadOnlyList<string>> Since(Node node)
    {
        Begin();
        foreach (IGrouping<string, Ledger.Line> lines in Acknowledged())
        {
            long from = _checked.GetValueOrDefault(lines.Key);
            Ledger.Line[] expected = [.. lines.Where(line => line.Version > from).OrderBy(line => line.Version)];
            List<JsonNode> entries = await History(node, lines.Key, from);
            Compare(lines.Key, from, entries, [.. expected.Select(line => line.Command)]);
            for (int i = 0; i < expected.Length; i++)
            {
                if (expected[i].Version != from + i + 1) { Complain(lines.Key, $"{expected[i].Command.Id} was told version {expected[i].Version}, but it is the {from + i + 1}th that was acknowledged"); }
            }
            _checked[lines.Key] = from + entries.Count;
        }
        return _complaints;
    }

    /// <summary>What is wrong with all that is stored.</summary>
    public async Task<IReadOnlyList<string>> Everything(Node node)
    {
        Begin();
        string[] expected = [.. Acknowledged().Select(lines => lines.Key).Order(StringComparer.Ordinal)];
        Dictionary<string, long> listed = await List(node);
        foreach (string building in listed.Keys.Union(expected))
        {
            if (!listed.TryGetValue(building, out long version)) { Complain(building, "is not in the list of buildings"); }
            long stored = await CheckBuilding(node, building);
            if (version != stored) { Complain(building, $"is listed as version {version}, but {stored} entries are stored"); }
        }
        foreach (Ledger.Line line in ledger.Lines.Where(line => line.Fate == Fate.Acknowledged && !listed.ContainsKey(line.Command.Building))) { Complain(line.Command.Building, $"{line.Command.Id} is lost"); }
        return _complaints;
    }

    private void Begin()
    {
        _complaints.Clear();
        while (ledger.Complaints.TryDequeue(out string? complaint)) { _complaints.Add(complaint); }
    }

    private IEnumerable<IGrouping<string, Ledger.Line>> Acknowledged() =>
        ledger.Lines.Where(line => line.Fate == Fate.Acknowledged).GroupBy(line => line.Command.Building);

    private void Complain(string building, string what)
    {
        // One loss shifts everything after it; the first complaints tell enough.
        if (_complaints.Count(complaint => complaint.StartsWith(building + ":", StringComparison.Ordinal)) < 5) { _complaints.Add($"{building}: {what}"); }
    }

    /// <summary>Checks one building from its first entry to its state; how many entries it has.</summary>
    private async Task<long> CheckBuilding(Node node, string building)
    {
        Answer export = await node.Get($"/api/v1/buildings/{building}/export");
        if (export.Status != 200)
        {
            Complain(building, $"its export is answered by {export}");
            return 0;
        }
        var commands = new List<Command>();
        var found = new HashSet<string>();
        string hash = JournalEntry.Beginning(BuildingId.Of(building));
        foreach (string text in export.Body!["entries"]!.AsArray().Select(entry => (string)entry!["line"]!))
        {
            hash = JournalEntry.HashOf(hash, Encoding.UTF8.GetBytes(text));
            JsonNode line = JsonNode.Parse(text)!;
            string id = (string)line["command"]!;
            long version = (long)line["version"]!;
            if (!found.Add(id)) { Complain(building, $"{id} is stored twice, the second time as version {version}"); }
            if (version != commands.Count + 1) { Complain(building, $"version {version} stands where {commands.Count + 1} should"); }
            if (ledger.Find(building, id) is not Ledger.Line known)
            {
                Complain(building, $"nobody sent {id}, which is stored as version {version}");
                commands.Add(new Command(building, id, "", "", (string)line["type"]!, (JsonObject)line["payload"]!.DeepClone(), null));
                continue;
            }
            if (known.Fate == Fate.Absent) { Complain(building, $"{id} was refused, and is stored as version {version}"); }
            if (known.WasUnavailable && known.Fate == Fate.Open) { Complain(building, $"{id} was told that nothing was stored, and is stored as version {version}"); }
            if (known.Fate == Fate.Acknowledged && known.Version != version) { Complain(building, $"{id} was told version {known.Version}, and is stored as {version}"); }
            if (!JsonNode.DeepEquals(line["payload"], known.Command.Happened())) { Complain(building, $"{id} is stored as {line["payload"]!.ToJsonString()}"); }
            commands.Add(known.Command);
        }
        if ((string?)export.Body["sha256"] != hash) { Complain(building, "the hash of its export is another"); }
        foreach (Ledger.Line lost in ledger.Lines.Where(line => line.Command.Building == building && line.Fate == Fate.Acknowledged && !found.Contains(line.Command.Id)))
        {
            Complain(building, $"{lost.Command.Id}, told to be version {lost.Version}, is lost");
        }
        Compare(building, 0, await History(node, building, 0), commands);
        await CheckState(node, building, commands);
        return commands.Count;
    }

    /// <summary>Compares entries behind a version with the commands that made them.</summary>
    private void Compare(string building, long after, List<JsonNode> entries, List<Command> commands)
    {
        if (entries.Count != commands.Count) { Complain(building, $"has {entries.Count} entries behind version {after} where {commands.Count} are expected"); }
        foreach ((JsonNode entry, int i) in entries.Select((entry, i) => (entry, i)))
        {
            if ((long)entry["version"]! != after + i + 1) { Complain(building, $"its history has version {entry["version"]} where {after + i + 1} should stand"); }
            if (i < commands.Count && ((string?)entry["kind"] != commands[i].Kind || !JsonNode.DeepEquals(entry["happened"], commands[i].Happened())))
            {
                Complain(building, $"its history tells at version {entry["version"]}: {entry["happened"]!.ToJsonString()}; expected was {commands[i].Id}");
            }
        }
    }

    /// <summary>Folds the commands by the model of this class, and compares that with every view.</summary>
    private async Task CheckState(Node node, string building, List<Command> commands)
    {
        JsonArray households = [], signatures = [], stages = [], quotes = [];
        JsonNode costs = new JsonArray();
        JsonNode? site = null;
        foreach (Command command in commands)
        {
            switch (command.Kind)
            {
                case "buildingRegistered": site = command.Body; break;
                case "householdsRegistered": foreach (JsonNode? household in command.Body["households"]!.AsArray()) { households.Add(household!.DeepClone()); } break;
                case "agreementSigned": signatures.Add(command.Body.DeepClone()); break;
                case "stageEntered": stages.Add(command.Body.DeepClone()); break;
                case "quoteRecorded": quotes.Add(command.Body.DeepClone()); break;
                case "costsSet": costs = command.Body["costs"]!; break;
                default: throw new InvalidOperationException($"The model does not know {command.Kind}.");
            }
        }
        string address = $"/api/v1/buildings/{building}";
        JsonNode? overview = await View(node, address, commands.Count), progress = await View(node, address + "/progress", commands.Count);
        Same(building, "site", site, overview?["site"]);
        Same(building, "number of households", households.Count == 0 ? null : households.Count, overview?["households"]);
        Same(building, "number of signatures", signatures.Count == 0 ? null : signatures.Count, overview?["signed"]);
        Same(building, "stages", stages, progress?["stages"]);
        Same(building, "signatures", signatures, progress?["signatures"]);
        Same(building, "costs", costs, (await View(node, address + "/costs", commands.Count))?["costs"]);
        Same(building, "quotes", quotes, (await View(node, address + "/quotes", commands.Count))?["quotes"]);
        JsonArray registered = [];
        for (string? next = $"{address}/households?limit={Page}"; next is not null;)
        {
            JsonNode? page = await View(node, next, commands.Count);
            foreach (JsonNode? household in page?["households"]?.AsArray() ?? []) { registered.Add(household!.DeepClone()); }
            next = (string?)page?["next"];
        }
        Same(building, "households", households, registered);
    }

    private void Same(string building, string what, JsonNode? expected, JsonNode? shown)
    {
        if (!JsonNode.DeepEquals(expected, shown)) { Complain(building, $"its {what}: {Shorten(shown)} where {Shorten(expected)} is expected"); }
    }

    private static string Shorten(JsonNode? node) => node?.ToJsonString() is { Length: > 300 } text ? string.Create(CultureInfo.InvariantCulture, $"{text[..300]}… ({text.Length} characters)") : node?.ToJsonString() ?? "nothing";

    private async Task<JsonNode?> View(Node node, string path, long version)
    {
        Answer answer = await node.Get(path);
        if (answer.Status != 200 || answer.Tag != $"\"{version}\"") { _complaints.Add($"{path} is answered by {answer.Status} {answer.Code} {answer.Tag}"); }
        return answer.Status == 200 ? answer.Body : null;
    }

    private async Task<List<JsonNode>> History(Node node, string building, long after)
    {
        var entries = new List<JsonNode>();
        for (long? next = after; next is not null;)
        {
            Answer answer = await node.Get(string.Create(CultureInfo.InvariantCulture, $"/api/v1/buildings/{building}/history?after={next}&limit={Page}"));
            if (answer.Status != 200)
            {
                Complain(building, $"its history is answered by {answer}");
                break;
            }
            entries.AddRange(answer.Body!["entries"]!.AsArray().Select(entry => entry!));
            next = (long?)answer.Body["next"];
        }
        return entries;
    }

    private async Task<Dictionary<string, long>> List(Node node)
    {
        var listed = new Dictionary<string, long>();
        for (string? next = "/api/v1/buildings"; next is not null;)
        {
            Answer answer = await node.Get(next);
            if (answer.Status != 200)
            {
                _complaints.Add($"the list of buildings is answered by {answer}");
                break;
            }
            foreach (JsonNode? line in answer.Body!["buildings"]!.AsArray())
            {
                if (line!["overview"] is not JsonNode overview) { Complain((string)line["building"]!, $"is listed as {line["problem"]}"); }
                listed.Add((string)line["building"]!, (long?)line["overview"]?["version"] ?? 0);
            }
            next = (string?)answer.Body["next"];
        }
        return listed;
    }
}
