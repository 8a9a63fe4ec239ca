using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Tests;

/// <summary>One turn at a time: what is answered is stored, and a command is carried out once.</summary>
public sealed class BuildingHostTests : IDisposable
{
    private static readonly BuildingId Here = BuildingId.Of("leshan-6-12");

    private readonly string _folder = Directory.CreateTempSubdirectory("costshare-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_answered_stands_after_opening_anew()
    {
        await using (FileJournal journal = Open())
        {
            BuildingHost host = Host(journal);
            Assert.False((await host.Read(Here, null)).IsRegistered);
            Turn turn = await host.Execute(Sent.Turn(Here, "1", Sent.Register));
            Assert.Equal((TurnOutcome.Done, 1), (turn.Outcome, turn.Version));
            await host.Execute(Sent.Turn(Here, "2", Households("101", "201")));
        }
        await using FileJournal again = Open();
        Building building = await Host(again).Read(Here, null);
        Assert.Equal((2, 2), (building.Version, building.Households.Count));
        Assert.Equal((1, 0), ((await Host(again).Read(Here, 1)).Version, (await Host(again).Read(Here, 1)).Households.Count));
        Assert.False((await Host(again).Read(Here, 3)).IsRegistered);
        Assert.Equal(["buildingRegistered", "householdsRegistered"], (await Host(again).History(Here, 0)).Select(entry => entry.Type));
    }

    [Fact]
    public async Task A_command_that_is_sent_again_gets_its_first_answer_even_where_it_would_be_refused_now()
    {
        await using FileJournal journal = Open();
        BuildingHost host = Host(journal);
        await host.Execute(Sent.Turn(Here, "1", Sent.Register));
        await host.Execute(Sent.Turn(Here, "2", Households("101")));
        foreach (BuildingHost asked in new[] { host, Host(journal) })
        {
            Turn again = await asked.Execute(Sent.Turn(Here, "1", Sent.Register));
            Assert.Equal((TurnOutcome.Repeated, 1), (again.Outcome, again.Version));
            Turn households = await asked.Execute(Sent.Turn(Here, "2", Households("101")));
            Assert.Equal((TurnOutcome.Repeated, 2), (households.Outcome, households.Version));
            Assert.Equal(TurnOutcome.CommandReused, (await asked.Execute(Sent.Turn(Here, "2", Households("102")))).Outcome);
        }
        Assert.Equal(2, (await host.History(Here, 0)).Count);
    }

    [Fact]
    public async Task A_refusal_rests_on_what_is_stored_and_stores_nothing()
    {
        await using FileJournal journal = Open();
        BuildingHost one = Host(journal), other = Host(journal);
        await one.Execute(Sent.Turn(Here, "1", Sent.Register));
        Assert.True((await other.Read(Here, null)).IsRegistered);
        // What the other host remembers is old by now: it knows of no household.
        await one.Execute(Sent.Turn(Here, "2", Households("101")));
        Assert.Equal(TurnOutcome.Done, (await other.Execute(Sent.Turn(Here, "3", Sent.Sign("101")))).Outcome);
        Turn refused = await one.Execute(Sent.Turn(Here, "4", Sent.Sign("101")));
        Assert.Equal((TurnOutcome.Refused, 3, FaultCode.SignedAlready), (refused.Outcome, refused.Version, Assert.Single(refused.Faults.Faults).Code));
        Assert.Equal(3, (await one.History(Here, 0)).Count);
    }

    [Fact]
    public async Task A_sender_may_insist_on_the_version_that_it_has_seen()
    {
        await using FileJournal journal = Open();
        BuildingHost one = Host(journal), other = Host(journal);
        await one.Execute(Sent.Turn(Here, "1", Sent.Register));
        await other.Read(Here, null);
        await one.Execute(Sent.Turn(Here, "2", Households("101")));
        Assert.Equal(TurnOutcome.VersionPassed, (await one.Execute(Sent.Turn(Here, "3", Sent.Sign("101")) with { IfVersion = 1 })).Outcome);
        Assert.Equal(TurnOutcome.Done, (await other.Execute(Sent.Turn(Here, "3", Sent.Sign("101")) with { IfVersion = 2 })).Outcome);
        // Sent again it is the same command, whatever happened since.
        Assert.Equal(TurnOutcome.Repeated, (await one.Execute(Sent.Turn(Here, "3", Sent.Sign("101")) with { IfVersion = 2 })).Outcome);
    }

    [Fact]
    public async Task A_dry_run_answers_and_stores_nothing()
    {
        await using FileJournal journal = Open();
        BuildingHost host = Host(journal);
        Turn turn = await host.Execute(Sent.Turn(Here, "1", Sent.Register) with { DryRun = true });
        Assert.Equal((TurnOutcome.Done, 1), (turn.Outcome, turn.Version));
        Assert.Empty(await journal.Buildings(null, 10_000));
        Assert.False((await host.Read(Here, null)).IsRegistered);
    }

    [Fact]
    public async Task Many_hosts_over_one_journal_lose_nothing_and_double_nothing()
    {
        await using FileJournal journal = Open();
        BuildingHost[] hosts = [.. Enumerable.Range(0, 3).Select(_ => Host(journal))];
        await hosts[0].Execute(Sent.Turn(Here, "register", Sent.Register));
        await Task.WhenAll(Enumerable.Range(0, 9).Select(async writer =>
        {
            for (int k = 0; k < 15; k++)
            {
                // Every command is sent twice, to two hosts: the second answer is the first one.
                TurnRequest turn = Sent.Turn(Here, $"{writer}-{k}", Households($"{writer}-{k}"));
                Turn first = await hosts[writer % 3].Execute(turn), second = await hosts[(writer + 1) % 3].Execute(turn);
                Assert.Equal((TurnOutcome.Done, TurnOutcome.Repeated, first.Version), (first.Outcome, second.Outcome, second.Version));
            }
        }));
        Building building = await hosts[1].Read(Here, null);
        Assert.Equal((136, 135, 135), (building.Version, building.Households.Count, building.Households.Select(household => household.Facts.Id).Distinct().Count()));
    }

    [Fact]
    public async Task A_host_that_is_stopping_finishes_its_turns_and_takes_no_more()
    {
        await using FileJournal journal = Open();
        BuildingHost host = Host(journal);
        Task<Turn>[] turns = [.. Enumerable.Range(0, 20).Select(i => host.Execute(Sent.Turn(BuildingId.Of($"b{i}"), "1", Sent.Register)))];
        await host.DisposeAsync();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => host.Execute(Sent.Turn(Here, "1", Sent.Register)));
        int stored = (await journal.Buildings(null, 10_000)).Count;
        Assert.Equal(stored, (await Task.WhenAll(turns.Select(async turn => { try { return (await turn).Outcome == TurnOutcome.Done; } catch (JournalUnavailableException) { return false; } }))).Count(done => done));
    }

    [Fact]
    public async Task More_buildings_than_are_remembered_live_in_a_host()
    {
        await using FileJournal journal = Open();
        BuildingHost host = Host(journal);
        for (int i = 0; i < 1_200; i++) { await host.Execute(Sent.Turn(BuildingId.Of($"b{i}"), "1", Sent.Register)); }
        for (int i = 0; i < 1_200; i += 7) { Assert.Equal(TurnOutcome.Repeated, (await host.Execute(Sent.Turn(BuildingId.Of($"b{i}"), "1", Sent.Register))).Outcome); }
    }

    private FileJournal Open() => FileJournal.Open(_folder, told => Assert.Fail(told));

    private static BuildingHost Host(FileJournal journal) => new(journal, Sent.Summariser, Sent.Rules, told => Assert.Fail(told));

    private static RegisterHouseholds Households(params string[] ids) => new() { Households = [.. ids.Select(id => Sent.Flat(id, 2))] };
}
