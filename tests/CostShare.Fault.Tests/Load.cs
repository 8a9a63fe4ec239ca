using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CostShare.Fault.Tests;

/// <summary>A place that clients send to, at which one program follows another.</summary>
public sealed class Slot(string name, Store store)
{
    private volatile Node? _node;

    public string Name => name;

    /// <summary>The program that is there, or was there last.</summary>
    public Node Node => _node ?? throw new InvalidOperationException("Nothing was started.");

    /// <summary>Starts a program here.</summary>
    public async Task Start() => _node = await Node.Start(store, name);
}

/// <summary>Clients that write to buildings at once, all to one of them, and ask again whatever was not answered.</summary>
public sealed class Load
{
    /// <summary>The building that all clients write to.</summary>
    public const string Contended = "contended";

    private const int Clients = 12;

    // How long a command may stay without an answer; only against hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Ledger _ledger;
    private readonly Slot[] _slots;
    private readonly Client[] _clients;

    public Load(Ledger ledger, int seed, params Slot[] slots)
    {
        (_ledger, _slots) = (ledger, slots);
        _clients = [.. Enumerable.Range(0, Clients).Select(number => new Client(number, new Random(seed * 1_000 + number)))];
    }

    /// <summary>How often a connection broke before the answer.</summary>
    public int Broken { get; private set; }

    /// <summary>Registers the buildings.</summary>
    public async Task Register()
    {
        foreach (string building in _clients.SelectMany(client => client.Buildings).Distinct())
        {
            await Send(Commands.Register(building), _slots[0]);
        }
    }

    /// <summary>Sends commands until it is told to stop, and then waits for the last answers.</summary>
    public Task Run(CancellationToken stop) => Task.WhenAll(_clients.Select(client => Task.Run(async () =>
    {
        while (!stop.IsCancellationRequested)
        {
            Command command = client.Next();
            Answer answer = await Send(command, _slots[client.Number % _slots.Length]);
            client.Learn(command, answer);
        }
    })));

    /// <summary>Sends commands until the program is gone or it is told to stop, and returns those without a final answer.</summary>
    public async Task<Command[]> RunWithoutRepeating(CancellationToken stop) => [.. (await Task.WhenAll(_clients.Select(client => Task.Run(async () =>
    {
        while (!stop.IsCancellationRequested)
        {
            Command command = client.Next();
            _ledger.Sent(command);
            try
            {
                Answer answer = await _slots[0].Node.Send(command.Method, command.Path, command.Body, command.Id, command.IfVersion);
                if (!_ledger.Answered(command, answer, _slots[0].Name)) { return command; }
                client.Learn(command, answer);
            }
            catch (HttpRequestException)
            {
                return command;
            }
        }
        return null;
    })))).OfType<Command>()];

    /// <summary>Sends a command until it is answered, in turn to every slot that it cannot reach.</summary>
    public async Task<Answer> Send(Command command, Slot first)
    {
        _ledger.Sent(command);
        long start = Stopwatch.GetTimestamp();
        for (int at = Array.IndexOf(_slots, first); ; at++)
        {
            Slot slot = _slots[at % _slots.Length];
            try
            {
                Answer answer = await slot.Node.Send(command.Method, command.Path, command.Body, command.Id, command.IfVersion);
                if (_ledger.Answered(command, answer, slot.Name)) { return answer; }
            }
            catch (HttpRequestException)
            {
                lock (_ledger) { Broken++; }
            }
            if (Stopwatch.GetElapsedTime(start) > Patience) { throw new TimeoutException($"{command.Id} of {command.Building} was never answered."); }
            await Task.Delay(20);
        }
    }

    /// <summary>One who writes: to a building of its own, to one shared with few, and to the one of all.</summary>
    private sealed class Client(int number, Random random)
    {
        private readonly Dictionary<string, long> _seen = [];
        private readonly Queue<(string Building, string Household)> _unsigned = new();
        private readonly Dictionary<(string Building, string Kind), int> _limited = [];
        private int _sent;

        public int Number => number;

        public string[] Buildings { get; } = [Contended, $"shared-{number % 3}", $"own-{number}"];

        public Command Next()
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"c{number}-{_sent++}");
            string building = random.Next(10) switch { < 5 => Contended, < 8 => Buildings[1], _ => Buildings[2] };
            // Insisting on a version mostly fails where others write too, and mostly succeeds elsewhere.
            long? seen = random.Next(4) == 0 && _seen.TryGetValue(building, out long last) ? last : null;
            return random.Next(10) switch
            {
                < 1 when HasRoom(building, "quote", 8) => Commands.Quote(building, id, random.Next(1, 1_000_000_000)) with { IfVersion = seen },
                < 2 when HasRoom(building, "stage", 16) => Commands.Stage(building, id, random.Next()) with { IfVersion = seen },
                < 6 => Commands.Costs(building, id, random.Next(1, 1_000_000_000)) with { IfVersion = seen },
                < 9 when _unsigned.TryDequeue(out (string Building, string Household) next) => Commands.Sign(next.Building, id, next.Household),
                _ => Commands.Household(building, id) with { IfVersion = seen },
            };
        }

        // A building takes 100 quotes and 200 stages, and there are twelve who send.
        private bool HasRoom(string building, string kind, int most)
        {
            int sent = _limited.GetValueOrDefault((building, kind));
            _limited[(building, kind)] = sent + 1;
            return sent < most;
        }

        public void Learn(Command command, Answer answer)
        {
            if (answer.Status is 200 or 201)
            {
                _seen[command.Building] = (long)answer.Body!["version"]!;
                if (command.Kind == Commands.HouseholdsRegistered) { _unsigned.Enqueue((command.Building, command.Id)); }
            }
            else if (answer.Status == 412) { _seen[command.Building] = (long)answer.Body!["faults"]![0]!["values"]!["version"]!; }
        }
    }
}

/// <summary>Commands that are always carried out, unless they insist on a version.</summary>
public static class Commands
{
    public const string HouseholdsRegistered = "householdsRegistered";

    private static readonly string[] Stages = ["consulting", "applying", "publicNotice", "construction", "acceptance", "inUse", "upkeep"];

    public static Command Register(string building) =>
        new(building, "register", "PUT", "", "buildingRegistered", new JsonObject { ["street"] = "徐家汇街道", ["address"] = $"乐山路 {building}", ["storeys"] = 7 }, null);

    public static Command Quote(string building, string id, int amountFen) => new(building, id, "POST", "/quotes", "quoteRecorded",
        new JsonObject { ["id"] = id, ["vendor"] = "甲电梯公司", ["on"] = "2026-03-01", ["lines"] = Lines(amountFen) }, null);

    public static Command Costs(string building, string id, int amountFen) => new(building, id, "PUT", "/costs", "costsSet", new JsonObject { ["costs"] = Lines(amountFen) }, null);

    public static Command Stage(string building, string id, int number) =>
        new(building, id, "POST", "/stages", "stageEntered", new JsonObject { ["stage"] = Stages[number % Stages.Length], ["on"] = "2026-05-01" }, null);

    /// <summary>Registers a household whose id is the command's.</summary>
    public static Command Household(string building, string id)
    {
        var facts = new JsonObject { ["id"] = id, ["floor"] = 3, ["areaM2"] = 52.3, ["use"] = "dwelling", ["joins"] = true, ["entry"] = "level" };
        var household = new JsonObject { ["facts"] = facts, ["owners"] = new JsonArray() };
        return new(building, id, "POST", "/households", HouseholdsRegistered, new JsonObject { ["households"] = new JsonArray(household) }, null);
    }

    public static Command Sign(string building, string id, string household) =>
        new(building, id, "POST", "/signatures", "agreementSigned", new JsonObject { ["household"] = household, ["on"] = "2026-06-01" }, null);

    private static JsonArray Lines(int amountFen) => [new JsonObject { ["id"] = "lift", ["name"] = "电梯", ["category"] = "equipment", ["amountFen"] = amountFen }];
}
