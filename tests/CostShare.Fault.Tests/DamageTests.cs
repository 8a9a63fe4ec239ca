using System.Globalization;
using System.Text.Json.Nodes;
using CostShare.Silo.Tests;

namespace CostShare.Fault.Tests;

/// <summary>One byte of what is stored becomes another while the program is away.</summary>
[Collection(nameof(PostgresServer))]
public sealed class DamageTests(PostgresServer server)
{
    private readonly Ledger _ledger = new();

    [Fact(Timeout = KillTests.Limit)]
    public async Task One_changed_byte_of_a_file_stops_that_building_at_that_version_and_no_other()
    {
        const int damaged = 50, sound = 10;
        await using var store = new FileStore();
        Slot slot = await Written(store, damaged + sound);
        await slot.Node.Terminate();
        var random = new Random(1);
        var expected = new Dictionary<string, long>();
        var files = new Dictionary<string, byte[]>();
        for (int i = 0; i < damaged; i++)
        {
            byte[] bytes = await File.ReadAllBytesAsync(store.FileOf(Name(i)));
            // The first are the line breaks themselves, the last one among them, and bytes that become line breaks.
            int at = i == 0 ? bytes.Length - 1 : i < 4 ? Array.IndexOf(bytes, (byte)'\n', random.Next(bytes.Length)) : random.Next(bytes.Length);
            expected[Name(i)] = 1 + bytes.Take(at).Count(one => one == '\n');
            bytes[at] = i is >= 4 and < 8 && bytes[at] != '\n' ? (byte)'\n' : (byte)(bytes[at] ^ random.Next(1, 256));
            await File.WriteAllBytesAsync(store.FileOf(Name(i)), bytes);
            files[Name(i)] = bytes;
        }
        await slot.Start();
        await Check(slot, expected);
        foreach ((string building, byte[] bytes) in files) { Assert.Equal(bytes, await File.ReadAllBytesAsync(store.FileOf(building))); }
    }

    [Fact(Timeout = KillTests.Limit)]
    public async Task One_changed_byte_of_a_row_stops_that_building_at_that_version_and_no_other()
    {
        const int damaged = 24, sound = 6;
        await using PostgresStore store = await PostgresStore.New(server);
        Slot slot = await Written(store, damaged + sound);
        await slot.Node.Terminate();
        var random = new Random(1);
        var expected = new Dictionary<string, long>();
        for (int i = 0; i < damaged; i++)
        {
            // Twenty lines, two hashes of rows, two of heads.
            (string table, string column) = i < 20 ? ("journal", "line") : i < 22 ? ("journal", "hash") : ("head", "hash");
            int version = table == "head" ? Entries : random.Next(1, Entries + 1), change = random.Next(1, 256);
            long at = random.Next(int.MaxValue);
            await store.Run(string.Create(CultureInfo.InvariantCulture, $"""
                update costshare.{table} set {column} = set_byte({column}, ({at} % length({column}))::integer, get_byte({column}, ({at} % length({column}))::integer) # {change})
                where building = '{Name(i)}' and version = {version}
                """));
            expected[Name(i)] = version;
        }
        await slot.Start();
        await Check(slot, expected);
    }

    /// <summary>How much happens to every building.</summary>
    private const int Entries = 6;

    private static string Name(int building) => string.Create(CultureInfo.InvariantCulture, $"building-{building}");

    private async Task<Slot> Written(Store store, int buildings)
    {
        var slot = new Slot("one", store);
        await slot.Start();
        var load = new Load(_ledger, 1, slot);
        await Parallel.ForAsync(0, buildings, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            foreach (Command command in (Command[])[Commands.Register(Name(i)), Commands.Costs(Name(i), "costs", i + 1), Commands.Quote(Name(i), "quote", 1),
                Commands.Household(Name(i), "household"), Commands.Sign(Name(i), "sign", "household"), Commands.Stage(Name(i), "stage", i)])
            {
                await load.Send(command, slot);
            }
        });
        Assert.Equal([], await new Checker(_ledger).Everything(slot.Node));
        return slot;
    }

    /// <summary>Checks that damaged buildings are told as such, and that all others are as they were and go on.</summary>
    private async Task Check(Slot slot, Dictionary<string, long> damaged)
    {
        foreach ((string building, long version) in damaged)
        {
            string address = $"/api/v1/buildings/{building}";
            Command command = Commands.Costs(building, "more", 1);
            foreach (Answer answer in (Answer[])[await slot.Node.Get(address + "/history"), await slot.Node.Get(address), await slot.Node.Get(address + "/export"),
                await slot.Node.Send(command.Method, command.Path, command.Body, command.Id, null), await slot.Node.Get($"{address}/costs?at=1")])
            {
                JsonNode? values = answer.Body?["faults"]?[0]?["values"];
                Assert.Equal((500, "buildingDamaged", building, version), (answer.Status, answer.Code, (string?)values?["building"], (long?)values?["version"]));
            }
        }
        JsonArray list = (await slot.Node.Get("/api/v1/buildings?limit=100")).Body!["buildings"]!.AsArray();
        string[] known = [.. _ledger.Lines.Select(line => line.Command.Building).Distinct()];
        Assert.Equal(known.Order(), list.Select(line => (string)line!["building"]!).Order());
        Assert.Equal(damaged.Keys.Order(), list.Where(line => (string?)line!["problem"] == "buildingDamaged").Select(line => (string)line!["building"]!).Order());

        var load = new Load(_ledger, 1, slot);
        foreach (string building in known.Where(building => !damaged.ContainsKey(building))) { await load.Send(Commands.Costs(building, "more", 1), slot); }
        await load.Send(Commands.Register("new"), slot);
        Assert.DoesNotContain(await new Checker(_ledger).Everything(slot.Node), complaint => !damaged.ContainsKey(complaint.Split(':')[0]));
    }
}
