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
