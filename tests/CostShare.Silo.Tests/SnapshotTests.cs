using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;
using Npgsql;
using Xunit.Abstractions;

namespace CostShare.Silo.Tests;

/// <summary>A building that is opened from a snapshot is the one that is opened from all that happened.</summary>
[Collection(nameof(PostgresServer))]
public sealed class SnapshotTests(PostgresServer server, ITestOutputHelper output) : IDisposable
{
    private static readonly BuildingId Here = BuildingId.Of("leshan-6-12");
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("COSTSHARE_CASES") ?? "10000", CultureInfo.InvariantCulture) / 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("costshare-snapshots-").FullName;
    private readonly List<string> _told = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Whatever_happened_a_snapshot_and_the_rest_answer_as_all_of_it_does()
    {
        await using var journal = FileJournal.Open(_folder, _told.Add);
        int kept = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            var building = BuildingId.Of($"b{seed}");
            var commands = new RandomCommands(seed);
            BuildingHost writer = Host(journal, 7);
            for (int i = 0; i < 60; i++) { await writer.Execute(Sent.Turn(building, $"c{i}", i == 0 ? Sent.Register : commands.Next())); }
            JournalSnapshot? snapshot = await journal.ReadSnapshot(building);
            if (snapshot is not null) { kept++; }
            BuildingHost opened = Host(journal, 7), folded = Host(journal, 1_000_000);
            Building one = await opened.Read(building, null);
            File.Delete(Path.Combine(_folder, building + ".snapshot"));
            Building other = await folded.Read(building, null);
            Assert.Equal(Tell(other), Tell(one));
            Assert.True(one.Version < 7 || one.Version - snapshot!.Version < 7);
            for (int i = 0; i < 20; i++)
            {
                TurnRequest turn = Sent.Turn(building, $"d{i}", commands.Next()) with { DryRun = true };
                Assert.Equal(Tell(await folded.Execute(turn)), Tell(await opened.Execute(turn)));
                // Sent again, the first commands are answered as they were.
                TurnRequest again = Sent.Turn(building, $"c{i}", Sent.Register);
                Assert.Equal(Tell(await folded.Execute(again)), Tell(await opened.Execute(again)));
            }
        }
        Assert.True(kept > Cases / 2, $"{kept} snapshots");
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData("essence 2\n")]
    [InlineData("essence 1\nunheardOf 1 {}\n")]
    [InlineData("essence 1\nbuildingRegistered 2 {}\n")]
    [InlineData("essence 1\nbuildingRegistered\n")]
    [InlineData("essence 1\nbuildingRegistered one {}\n")]
    [InlineData("essence 1\nbuildingRegistered 99999999999 {}\n")]
    [InlineData("essence 1\nhouseholdRemoved 1 {\"kind\":\"householdRemoved\",\"household\":\"9\",\"reason\":\"x\"}\n")]
    [InlineData("essence 1\nbuildingRegistered 1 {\"kind\"")]
    [InlineData("")]
    public async Task A_snapshot_that_another_program_made_is_not_used(string body)
    {
        await using var journal = FileJournal.Open(_folder, _told.Add);
        await Host(journal, 500).Execute(Sent.Turn(Here, "1", Sent.Register));
        await Host(journal, 500).Execute(Sent.Turn(Here, "2", new RegisterHouseholds { Households = [Sent.Flat("101", 1)] }));
        await journal.KeepSnapshot(Here, new JournalSnapshot(2, default, System.Text.Encoding.UTF8.GetBytes(body)));
        Building building = await Host(journal, 2).Read(Here, null);
        Assert.Equal((2, 1, true), (building.Version, building.Households.Count, building.IsRegistered));
        Assert.Contains("the snapshot of leshan-6-12 is not used", Assert.Single(_told), StringComparison.Ordinal);
        // It has been replaced by one that is.
        Assert.Single((await Host(journal, 2).Read(Here, null)).Households);
        Assert.Single(_told);
    }

    [Fact]
    public async Task Time_goes_on_where_a_snapshot_ends()
    {
        await using var journal = FileJournal.Open(_folder, _told.Add);
        TurnRequest first = Sent.Turn(Here, "1", Sent.Register);
        await Host(journal, 1).Execute(first with { At = first.At.AddDays(1) });
        Assert.NotNull(await journal.ReadSnapshot(Here));
        await Host(journal, 1).Execute(Sent.Turn(Here, "2", new RegisterHouseholds { Households = [Sent.Flat("101", 1)] }));
        Assert.All(await journal.Read(Here, 0), entry => Assert.Equal(first.At.AddDays(1), entry.At));
        Assert.Contains("the clock of this machine", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_building_of_10000_events_is_opened_from_its_snapshot_and_what_came_after()
    {
        (string Type, int Schema, string Payload)[] happened =
        [
            .. new[] { Sent.Events[0], new HouseholdsRegistered { Households = [.. Enumerable.Range(1, 30).Select(i => Sent.Flat($"h{i}", 1 + i % 7))] } }.Select(StoredEvents.Codec.Write),
            .. Enumerable.Range(0, 9_998).Select(i => StoredEvents.Codec.Write(new HouseholdChanged { Household = Sent.Flat($"h{1 + i % 30}", 1 + i % 7), Reason = $"更正 {i}" })),
        ];
        JournalEntry[] entries = [.. happened.Select((stored, i) => new JournalEntry
        {
            Version = i + 1, Command = CommandId.Of($"c{i}"), Digest = new string('a', 64), At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i), By = "volunteer",
            Type = stored.Type, Schema = stored.Schema, Payload = stored.Payload,
        })];
        string connection = await server.NewDatabase();
        try
        {
            foreach (Func<Task<IJournal>> open in (Func<Task<IJournal>>[])
                [() => Task.FromResult<IJournal>(FileJournal.Open(_folder, _told.Add)), async () => await PostgresJournal.Open(connection, TimeSpan.FromMinutes(1), _ => { })])
            {
                string whole, name;
                await using (IJournal journal = await open())
                {
                    name = journal.GetType().Name;
                    // Twelve short of the last: those are read behind the snapshot.
                    Assert.True(await journal.Adopt(Here, entries[..^12]));
                    await Host(journal, 500).Read(Here, null);
                    foreach (JournalEntry entry in entries[^12..]) { await journal.Append(Here, entry); }
                    Assert.Equal(9_988, (await journal.ReadSnapshot(Here))!.Version);
                }
                (whole, double opened) = await Measure(open);
                if (name == nameof(FileJournal)) { File.Delete(Path.Combine(_folder, Here + ".snapshot")); }
                else { await server.Run(new NpgsqlConnectionStringBuilder(connection).Database!, "delete from costshare.snapshot"); }
                (string other, double folded) = await Measure(open);
                Assert.Equal(other, whole);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {opened:0.0} ms from the snapshot, {folded:0.0} ms from all that happened"));
            }
            Assert.Empty(_told);
        }
        finally
        {
            await server.Remove(new NpgsqlConnectionStringBuilder(connection).Database!);
        }
    }

    /// <summary>The building, and the median of how long opening it takes in a journal that was opened anew.</summary>
    private async Task<(string Building, double Milliseconds)> Measure(Func<Task<IJournal>> open)
    {
        var times = new List<double>();
        string told = "";
        for (int i = 0; i < 7; i++)
        {
            await using IJournal journal = await open();
            long start = Stopwatch.GetTimestamp();
            Building building = await Host(journal, 1_000_000).Read(Here, null);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            told = Tell(building);
        }
        return (told, times.Order().ElementAt(times.Count / 2));
    }

    private BuildingHost Host(IJournal journal, int snapshotEvery) => new(journal, Sent.Summariser, Sent.Rules, _told.Add) { SnapshotEvery = snapshotEvery };

    private static string Tell(Building building) => JsonSerializer.Serialize(building, WireJson.Options);

    private static string Tell(Turn turn) =>
        $"{turn.Outcome} {turn.Version} {(turn.Happened is null ? "" : StoredEvents.Codec.Write(turn.Happened).Payload)} {string.Join(' ', turn.Faults.Faults.Select(fault => $"{fault.Code} {fault.Place}"))}";
}
