using System.Text;
using System.Text.Json;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;

namespace CostShare.Silo.Tests;

/// <summary>What holds whatever happens to a building.</summary>
public class BuildingPropertyTests
{
    /// <summary>A twentieth of the cases that are asked for.</summary>
    internal static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("COSTSHARE_CASES") ?? "10000", System.Globalization.CultureInfo.InvariantCulture) / 20;

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
    public void What_is_accepted_and_what_stands_afterwards_is_what_the_model_says()
    {
        int accepted = 0, refused = 0, finalised = 0, changed = 0;
        for (int seed = 0; seed < Cases * 20; seed++)
        {
            var commands = new RandomCommands(seed);
            var model = new BuildingModel();
            Building building = Building.Unregistered, stored = Building.Unregistered;
            foreach (BuildingCommand command in commands.Course(12))
            {
                var faults = new FaultList();
                BuildingEvent? happened = BuildingDecider.Decide(Sent.Here, building, command, Sent.Rules, faults);
                bool expected = model.Accepts(command);
                Assert.True(expected == happened is not null, $"Seed {seed}: {command} is {(expected ? "refused" : "accepted")}: {string.Join(' ', faults.Faults.Select(fault => $"{fault.Code} {fault.Place}"))}\n{model.Tell()}");
                if (happened is null)
                {
                    refused++;
                    continue;
                }
                accepted++;
                (string type, int schema, string payload) = StoredEvents.Codec.Write(happened);
                Assert.Equal(payload, Decide(building, command));
                building = building.Evolve(happened);
                stored = stored.Evolve(StoredEvents.Codec.Read(type, schema, payload));
                if (happened is not ContributionsFinalised final) { continue; }
                finalised++;
                Assert.Null(PassportJson.Verify(Encoding.UTF8.GetBytes(final.Passport), Language.English));
                if (final.Changes is null) { continue; }
                changed++;
                Assert.Equal(final.Bills.Select(bill => bill.Household), final.Changes.Where(change => change.After is not null).Select(change => change.Household));
                Assert.All(final.Changes, change => Assert.Equal((change.After?.Fen ?? 0) - (change.Before?.Fen ?? 0), change.Causes.Sum(cause => cause.Difference.Fen)));
            }
            Assert.Equal(model.Tell(), BuildingModel.Tell(building));
            Assert.Equal(Tell(building), Tell(stored));
        }
        Assert.True(accepted > 80 * Cases && refused > 20 * Cases && finalised > Cases && changed > Cases / 10, $"{accepted} accepted, {refused} refused, {finalised} finalised, {changed} anew");
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
