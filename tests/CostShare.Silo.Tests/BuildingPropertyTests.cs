using System.Text.Json;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;

namespace CostShare.Silo.Tests;

/// <summary>What holds whatever happens to a building.</summary>
public class BuildingPropertyTests
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("COSTSHARE_CASES") ?? "10000", System.Globalization.CultureInfo.InvariantCulture) / 20;

    [Fact]
    public void A_building_that_is_stored_and_read_again_is_the_same_and_so_is_its_essence()
    {
        int done = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            var commands = new RandomCommands(seed);
            Building building = Building.Unregistered, stored = Building.Unregistered;
            for (int i = 0; i < 40; i++)
            {
                BuildingCommand command = i == 0 ? Sent.Register : commands.Next();
                var faults = new FaultList();
                BuildingEvent? happened = BuildingDecider.Decide(Sent.Here, building, command, Sent.Rules, faults);
                Assert.Equal(happened is null, faults.Count > 0);
                if (happened is null) { continue; }
                done++;
                building = building.Evolve(happened);
                (string type, int schema, string payload) = StoredEvents.Codec.Write(happened);
                Assert.DoesNotContain('\n', payload);
                stored = stored.Evolve(StoredEvents.Codec.Read(type, schema, payload));
            }
            Assert.Equal(Tell(building), Tell(stored));
            Building restored = BuildingEssence.Restore(BuildingEssence.Of(building).Select(StoredEvents.Codec.Write).Select(entry => StoredEvents.Codec.Read(entry.Type, entry.Schema, entry.Payload)), building.Version);
            Assert.Equal(Tell(building), Tell(restored));
            // The same decisions follow from either.
            for (int i = 0; i < 5; i++)
            {
                BuildingCommand command = commands.Next();
                Assert.Equal(Decide(building, command), Decide(restored, command));
            }
        }
        Assert.True(done > 10 * Cases, $"{done} events");
    }

    [Fact]
    public void What_nothing_happened_to_has_no_essence() => Assert.Empty(BuildingEssence.Of(Building.Unregistered));

    private static string Decide(Building building, BuildingCommand command)
    {
        var faults = new FaultList();
        BuildingEvent? happened = BuildingDecider.Decide(Sent.Here, building, command, Sent.Rules, faults);
        return happened is null ? string.Join(' ', faults.Faults.Select(fault => $"{fault.Code} {fault.Place}")) : StoredEvents.Codec.Write(happened).Payload;
    }

    private static string Tell(Building building) => JsonSerializer.Serialize(building, WireJson.Options);
}
