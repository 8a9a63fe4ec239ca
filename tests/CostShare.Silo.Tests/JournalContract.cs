using System.Globalization;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Tests;

/// <summary>What every journal promises; one class of tests for each kind of store runs it.</summary>
public abstract class JournalContract
{
    protected static readonly BuildingId First = BuildingId.Of("leshan-6-12"), Second = BuildingId.Of("leshan-6-13");

    /// <summary>The journal of this test, opened anew: what it held before it still holds.</summary>
    protected abstract Task<IJournal> Open();

    /// <summary>What operators were told.</summary>
    protected List<string> Told { get; } = [];

    /// <summary>Changes one byte of the snapshot of <see cref="First"/>.</summary>
    protected abstract Task SpoilSnapshot(int at);

    /// <summary>Makes the snapshot of <see cref="Second"/> that of <see cref="First"/>.</summary>
    protected abstract Task MoveSnapshot();

    /// <summary>Makes it impossible to keep snapshots, and after that possible again.</summary>
    protected abstract Task RefuseSnapshots(bool isRefused);

    [Fact]
    public async Task What_is_stored_is_read_again_in_order_also_after_opening_anew()
    {
        JournalEntry[] entries = [.. Enumerable.Range(1, 5).Select(version => Entry(version))];
        await using (IJournal journal = await Open())
        {
            foreach (JournalEntry entry in entries) { Assert.Equal(Appended.Stored, await journal.Append(First, entry)); }
            Assert.Equal(entries, await journal.Read(First, 0));
        }
        await using IJournal again = await Open();
        Assert.Equal(entries, await again.Read(First, 0));
        Assert.Equal(entries[3..], await again.Read(First, 3));
        Assert.Empty(await again.Read(First, 5));
        Assert.Empty(await again.Read(First, 9));
        Assert.Equal(Appended.Stored, await again.Append(First, Entry(6)));
        Assert.Equal(6, (await again.Read(First, 0)).Count);
    }

    [Fact]
    public async Task Whoever_remembers_another_entry_than_the_one_that_is_stored_is_told()
    {
        JournalEntry[] entries = [.. Enumerable.Range(1, 5).Select(version => Entry(version))];
        await using IJournal journal = await Open();
        string hash = JournalEntry.Beginning(First);
        Assert.Empty(await journal.CatchUp(First, 0, hash));
        foreach (JournalEntry entry in entries) { await journal.Append(First, entry); }
        for (int version = 0; version <= 5; version++)
        {
            Assert.Equal(entries[version..], await journal.CatchUp(First, version, hash));
            string other = JournalEntry.HashOf(hash, "another entry"u8);
            await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.CatchUp(First, version, other));
            if (version < 5) { hash = JournalEntry.HashOf(hash, entries[version].ToLine()); }
        }
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.CatchUp(First, 6, hash));
    }

    [Fact]
    public async Task A_version_is_stored_once()
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        Assert.Equal(Appended.VersionTaken, await journal.Append(First, Entry(1, "other")));
        await journal.Append(First, Entry(2));
        Assert.Equal(Appended.VersionTaken, await journal.Append(First, Entry(1, "other")));
        Assert.Equal(["c1", "c2"], (await journal.Read(First, 0)).Select(entry => entry.Command.Value));
    }

    [Fact]
    public async Task A_command_is_stored_once_whatever_its_version()
    {
        await using (IJournal journal = await Open())
        {
            await journal.Append(First, Entry(1));
            Assert.Equal(Appended.CommandKnown, await journal.Append(First, Entry(1)));
            Assert.Equal(Appended.CommandKnown, await journal.Append(First, Entry(2, "c1")));
        }
        await using IJournal again = await Open();
        Assert.Equal(Appended.CommandKnown, await again.Append(First, Entry(2, "c1")));
        Assert.Single(await again.Read(First, 0));
    }

    [Fact]
    public async Task Buildings_know_nothing_of_each_other()
    {
        await using IJournal journal = await Open();
        Assert.Empty(await journal.Buildings(null, 10_000));
        await journal.Append(Second, Entry(1));
        await journal.Append(First, Entry(1));
        await journal.Append(First, Entry(2));
        Assert.Equal([First, Second], await journal.Buildings(null, 10_000));
        Assert.Single(await journal.Read(Second, 0));
        Assert.Empty(await journal.Read(BuildingId.Of("nowhere"), 0));
        Assert.Equal([First, Second], await journal.Buildings(null, 10_000));
    }

    [Fact]
    public async Task A_version_that_leaves_one_out_is_a_defect()
    {
        await using IJournal journal = await Open();
        await Assert.ThrowsAsync<ArgumentException>(() => journal.Append(First, Entry(2)));
        Assert.Empty(await journal.Read(First, 0));
    }

    [Fact]
    public async Task Whatever_a_payload_holds_comes_back_as_it_was()
    {
        string[] payloads = ["{}", "{\"name\":\"乐山六村 12 号\"}", "{\"text\":\"line\\nbreak \\\" \\u0001 \\u2028 😀\"}", $"{{\"long\":\"{new string('长', 100_000)}\"}}", "{\"n\":9007199254740991}"];
        await using IJournal journal = await Open();
        for (int i = 0; i < payloads.Length; i++) { await journal.Append(First, Entry(i + 1) with { Payload = payloads[i] }); }
        Assert.Equal(payloads, (await journal.Read(First, 0)).Select(entry => entry.Payload));
    }

    [Fact]
    public async Task Many_who_write_at_once_lose_nothing_and_double_nothing()
    {
        await using IJournal journal = await Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (int k = 0; k < 20; k++)
            {
                while (true)
                {
                    long last = (await journal.Read(First, 0)).Count;
                    Appended appended = await journal.Append(First, Entry(last + 1, $"w{writer}-{k}"));
                    if (appended == Appended.Stored) { break; }
                    Assert.Equal(Appended.VersionTaken, appended);
                }
            }
        }));
        IReadOnlyList<JournalEntry> entries = await journal.Read(First, 0);
        Assert.Equal(Enumerable.Range(1, 160).Select(version => (long)version), entries.Select(entry => entry.Version));
        Assert.Equal(160, entries.Select(entry => entry.Command).Distinct().Count());
    }

    [Fact]
    public async Task Catching_up_shows_what_came_since_whoever_wrote_it()
    {
        await using IJournal journal = await Open();
        for (int version = 1; version <= 30; version++)
        {
            await journal.Append(First, Entry(version));
            for (int after = int.Max(0, version - 3); after <= version; after++)
            {
                Assert.Equal(Enumerable.Range(after + 1, version - after).Select(later => Entry(later)), await journal.Read(First, after));
            }
        }
    }

    [Fact]
    public async Task A_command_is_found_with_its_entry_also_after_opening_anew()
    {
        await using (IJournal journal = await Open())
        {
            for (int version = 1; version <= 3; version++) { await journal.Append(First, Entry(version)); }
            await journal.Append(Second, Entry(1, "elsewhere"));
            await Check(journal);
        }
        await using IJournal again = await Open();
        await Check(again);

        static async Task Check(IJournal journal)
        {
            for (int version = 1; version <= 3; version++) { Assert.Equal(Entry(version), await journal.Find(First, CommandId.Of($"c{version}"))); }
            Assert.Null(await journal.Find(First, CommandId.Of("elsewhere")));
            Assert.Null(await journal.Find(First, CommandId.Of("c4")));
            Assert.Null(await journal.Find(BuildingId.Of("nowhere"), CommandId.Of("c1")));
        }
    }

    [Fact]
    public async Task A_building_that_is_adopted_is_as_if_it_had_been_written_here()
    {
        JournalEntry[] entries = [.. Enumerable.Range(1, 1_200).Select(version => Entry(version))];
        await using (IJournal journal = await Open())
        {
            Assert.True(await journal.Adopt(First, entries));
            Assert.False(await journal.Adopt(First, entries));
            Assert.False(await journal.Adopt(First, [Entry(1, "other")]));
            Assert.Equal(entries, await journal.Read(First, 0));
            Assert.Equal(Appended.Stored, await journal.Append(First, Entry(1_201)));
            // What was written one by one is no less a building.
            await journal.Append(Second, Entry(1));
            Assert.False(await journal.Adopt(Second, entries));
            Assert.Single(await journal.Read(Second, 0));
        }
        await using IJournal again = await Open();
        Assert.Equal([.. entries, Entry(1_201)], await again.Read(First, 0));
        Assert.Equal(Appended.CommandKnown, await again.Append(First, Entry(1_202, "c7")));
        Assert.Equal(entries[6], await again.Find(First, CommandId.Of("c7")));
        Assert.DoesNotContain(Told, told => !told.Contains(".sql", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_who_adopt_a_building_one_does()
    {
        await using IJournal journal = await Open();
        bool[] adopted = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => journal.Adopt(First, [Entry(1, $"a{i}"), Entry(2, $"b{i}")])));
        int one = Array.IndexOf(adopted, true) + 1;
        Assert.Single(adopted, true);
        Assert.Equal([$"a{one}", $"b{one}"], (await journal.Read(First, 0)).Select(entry => entry.Command.Value));
    }

    [Fact]
    public async Task What_is_no_whole_building_is_a_defect()
    {
        await using IJournal journal = await Open();
        foreach (JournalEntry[] entries in (JournalEntry[][])[[], [Entry(2)], [Entry(1), Entry(3)], [Entry(1), Entry(1, "c2")], [Entry(1), Entry(2, "c1")]])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => journal.Adopt(First, entries));
        }
        Assert.Empty(await journal.Buildings(null, 10));
    }

    [Fact]
    public async Task Buildings_are_told_in_pages()
    {
        await using IJournal journal = await Open();
        string[] ids = ["0", "a", "a-1", "a0", "a1", "b", "zz"];
        foreach (string id in ids.Reverse()) { await journal.Append(BuildingId.Of(id), Entry(1)); }
        var told = new List<string>();
        BuildingId? after = null;
        while (await journal.Buildings(after, 2) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 2);
            told.AddRange(page.Select(building => building.Value));
            after = page[^1];
        }
        Assert.Equal(ids, told);
        Assert.Equal(["a0", "a1"], (await journal.Buildings(BuildingId.Of("a-2"), 2)).Select(building => building.Value));
    }

    [Fact]
    public async Task The_last_snapshot_is_kept_also_after_opening_anew()
    {
        await using (IJournal journal = await Open())
        {
            Assert.Null(await journal.ReadSnapshot(First));
            for (int version = 1; version <= 3; version++)
            {
                await journal.Append(First, Entry(version));
                await journal.KeepSnapshot(First, Snapshot(version));
                Same(Snapshot(version), await journal.ReadSnapshot(First));
            }
            await journal.Append(First, Entry(4));
            Assert.Null(await journal.ReadSnapshot(Second));
        }
        await using IJournal again = await Open();
        Same(Snapshot(3), await again.ReadSnapshot(First));
        Assert.Equal([First], await again.Buildings(null, 10));
        Assert.DoesNotContain(Told, told => told.Contains("snapshot ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_snapshot_of_which_any_byte_was_changed_is_not_used_and_told_and_replaced()
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        await journal.KeepSnapshot(First, Snapshot(1));
        int length = 64 + 1 + 2 + 65 + 25 + Snapshot(1).Body.Length;
        for (int at = 0; at < length; at += 3)
        {
            await SpoilSnapshot(at);
            Told.Clear();
            Assert.Null(await journal.ReadSnapshot(First));
            Assert.Contains("snapshot", Assert.Single(Told), StringComparison.Ordinal);
            Assert.Single(await journal.Read(First, 0));
            await journal.KeepSnapshot(First, Snapshot(1));
            Same(Snapshot(1), await journal.ReadSnapshot(First));
        }
    }

    [Fact]
    public async Task A_snapshot_of_another_history_is_not_used()
    {
        await using IJournal journal = await Open();
        foreach (BuildingId building in (BuildingId[])[First, Second])
        {
            for (int version = 1; version <= 2; version++) { await journal.Append(building, Entry(version)); }
            await journal.KeepSnapshot(building, Snapshot(2));
        }
        await MoveSnapshot();
        Told.Clear();
        Assert.Null(await journal.ReadSnapshot(First));
        Assert.Contains("snapshot", Assert.Single(Told), StringComparison.Ordinal);
        Assert.Equal(2, (await journal.Read(First, 0)).Count);
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_kept_is_told_and_nothing_more()
    {
        await using IJournal journal = await Open();
        await journal.Append(First, Entry(1));
        await RefuseSnapshots(true);
        Told.Clear();
        await journal.KeepSnapshot(First, Snapshot(1));
        Assert.Contains("snapshot", Assert.Single(Told), StringComparison.Ordinal);
        Assert.Equal(Appended.Stored, await journal.Append(First, Entry(2)));
        await RefuseSnapshots(false);
        await journal.KeepSnapshot(First, Snapshot(2));
        Same(Snapshot(2), await journal.ReadSnapshot(First));
    }

    private static JournalSnapshot Snapshot(long version) => new(version, Entry(version).At, [.. Enumerable.Range(0, 300).Select(i => (byte)(i * version % 251))]);

    private static void Same(JournalSnapshot expected, JournalSnapshot? snapshot)
    {
        Assert.Equal((expected.Version, expected.At), (snapshot?.Version, snapshot?.At));
        Assert.Equal(expected.Body, snapshot!.Body);
    }

    protected static JournalEntry Entry(long version, string? command = null) => new()
    {
        Version = version,
        Command = CommandId.Of(command ?? string.Create(CultureInfo.InvariantCulture, $"c{version}")),
        Digest = new string('a', 64),
        At = new DateTimeOffset(2026, 11, 20, 8, 30, 0, 125, TimeSpan.Zero).AddDays(version),
        By = "volunteer",
        Type = "costsSet",
        Schema = 1,
        Payload = $"{{\"amountFen\":{version}}}",
    };
}
