using System.Text;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Tests;

/// <summary>The journal in a folder, and what may happen to files.</summary>
public sealed class FileJournalTests : JournalContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("costshare-journal-").FullName;
    private readonly List<string> _told = [];

    private string Path => System.IO.Path.Combine(_folder, First + ".jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override Task<IJournal> Open() => Task.FromResult<IJournal>(FileJournal.Open(_folder, _told.Add));

    [Fact]
    public async Task One_process_at_a_time_holds_the_folder()
    {
        await using (IJournal journal = await Open())
        {
            IOException refused = await Assert.ThrowsAsync<IOException>(Open);
            Assert.Contains(_folder, refused.Message, StringComparison.Ordinal);
        }
        await using IJournal again = await Open();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_with_its_name()
    {
        string file = System.IO.Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Contains(file, Assert.Throws<IOException>(() => FileJournal.Open(file, _told.Add)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unfinished_last_line_is_set_aside_and_told_wherever_it_ends()
    {
        byte[] whole = await Filled(3);
        int last = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (int end = last + 1; end < whole.Length - 1; end++)
        {
            await File.WriteAllBytesAsync(Path, whole[..end]);
            _told.Clear();
            await using (IJournal journal = await Open())
            {
                Assert.Equal(2, (await journal.Read(First, 0)).Count);
                string told = Assert.Single(_told);
                string aside = Directory.GetFiles(_folder, "*.unfinished-*").Single();
                Assert.Contains(aside, told, StringComparison.Ordinal);
                Assert.Equal(whole[last..end], await File.ReadAllBytesAsync(aside));
                Assert.Equal(whole[..last], await File.ReadAllBytesAsync(Path));
                Assert.Equal(Appended.Stored, await journal.Append(First, Entry(3, "again")));
                File.Delete(aside);
            }
            await using IJournal next = await Open();
            Assert.Equal("again", (await next.Read(First, 2)).Single().Command.Value);
        }
    }

    [Fact]
    public async Task Lines_that_were_set_aside_before_are_kept()
    {
        byte[] whole = await Filled(2);
        for (int times = 1; times <= 3; times++)
        {
            await File.WriteAllBytesAsync(Path, whole[..^5]);
            await using IJournal journal = await Open();
            Assert.Single(await journal.Read(First, 0));
            Assert.Equal(times, Directory.GetFiles(_folder, "*.unfinished-2-*").Length);
        }
    }

    [Fact]
    public async Task A_last_line_without_its_break_is_whole()
    {
        byte[] whole = await Filled(3);
        await File.WriteAllBytesAsync(Path, whole[..^1]);
        await using IJournal journal = await Open();
        Assert.Equal(3, (await journal.Read(First, 0)).Count);
        Assert.Equal(whole, await File.ReadAllBytesAsync(Path));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_byte_that_was_changed_anywhere_stops_the_building_and_no_other()
    {
        byte[] whole = await Filled(3);
        await using (IJournal other = await Open()) { await other.Append(Second, Entry(1)); }
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(Path, changed);
            await using IJournal journal = await Open();
            JournalDamagedException damaged = await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Read(First, 0));
            Assert.Equal((First, 1 + whole.AsSpan(0, at).Count((byte)'\n')), (damaged.Building, damaged.Version));
            await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Append(First, Entry(4)));
            Assert.Single(await journal.Read(Second, 0));
            Assert.Equal(changed, await File.ReadAllBytesAsync(Path));
        }
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Lines_that_were_left_out_moved_or_brought_from_elsewhere_are_found()
    {
        string[] lines = Encoding.UTF8.GetString(await Filled(4)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await using (IJournal other = await Open()) { await other.Append(Second, Entry(1)); }
        string foreign = (await File.ReadAllLinesAsync(System.IO.Path.Combine(_folder, Second + ".jsonl")))[0];
        foreach (string[] spoilt in new string[][]
        {
            [.. lines[1..]], [lines[0], .. lines[2..]], [lines[0], lines[2], lines[1], lines[3]], [lines[0], .. lines], [foreign, .. lines[1..]], [.. lines, foreign],
        })
        {
            await File.WriteAllTextAsync(Path, string.Concat(spoilt.Select(line => line + "\n")));
            await using IJournal journal = await Open();
            await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Read(First, 0));
        }
    }

    [Fact]
    public async Task More_buildings_than_are_remembered_are_read_again()
    {
        await using IJournal journal = await Open();
        BuildingId[] many = [.. Enumerable.Range(0, 2_300).Select(i => BuildingId.Of($"b{i}"))];
        foreach (BuildingId building in many) { await journal.Append(building, Entry(1)); }
        Assert.All(many, building => Assert.Equal(Appended.CommandKnown, journal.Append(building, Entry(2, "c1")).GetAwaiter().GetResult()));
        Assert.Equal(2_300, (await journal.Buildings(null, 10_000)).Count);
    }

    private async Task<byte[]> Filled(int entries)
    {
        await using (IJournal journal = await Open())
        {
            for (int version = 1; version <= entries; version++) { await journal.Append(First, Entry(version)); }
        }
        return await File.ReadAllBytesAsync(Path);
    }
}
