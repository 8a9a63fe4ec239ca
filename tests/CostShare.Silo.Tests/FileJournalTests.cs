using System.Text;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Tests;

/// <summary>The journal in a folder, and what may happen to files.</summary>
public sealed class FileJournalTests : JournalContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("costshare-journal-").FullName;

    private string Path => System.IO.Path.Combine(_folder, First + ".jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override Task<IJournal> Open() => Task.FromResult<IJournal>(FileJournal.Open(_folder, Told.Add));

    protected override async Task SpoilSnapshot(int at)
    {
        byte[] bytes = await File.ReadAllBytesAsync(Snapshot(First));
        bytes[at] ^= (byte)(1 << (at % 8));
        await File.WriteAllBytesAsync(Snapshot(First), bytes);
    }

    protected override Task MoveSnapshot()
    {
        File.Copy(Snapshot(Second), Snapshot(First), overwrite: true);
        return Task.CompletedTask;
    }

    protected override Task RefuseSnapshots(bool isRefused)
    {
        // A folder stands where the file is to be written.
        if (isRefused) { Directory.CreateDirectory(Snapshot(First) + ".new"); }
        else { Directory.Delete(Snapshot(First) + ".new"); }
        return Task.CompletedTask;
    }

    private string Snapshot(BuildingId building) => System.IO.Path.Combine(_folder, building + ".snapshot");

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
        Assert.Contains(file, Assert.Throws<IOException>(() => FileJournal.Open(file, Told.Add)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unfinished_last_line_is_set_aside_andTold_wherever_it_ends()
    {
        byte[] whole = await Filled(3);
        int last = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (int end = last + 1; end < whole.Length - 1; end++)
        {
            await File.WriteAllBytesAsync(Path, whole[..end]);
            Told.Clear();
            await using (IJournal journal = await Open())
            {
                Assert.Equal(2, (await journal.Read(First, 0)).Count);
                string told = Assert.Single(Told);
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
        Assert.Contains(Path, Assert.Single(Told), StringComparison.Ordinal);
        Assert.Equal(Appended.Stored, await journal.Append(First, Entry(4)));
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
        Assert.Empty(Told);
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

    [Fact]
    public async Task What_an_adoption_that_was_cut_short_leaves_disturbs_nothing()
    {
        byte[] whole = await Filled(3);
        // Half a file, and the file itself under both names.
        foreach (bool isDone in (bool[])[false, true])
        {
            File.Delete(Path);
            File.Delete(Path + ".new");
            await File.WriteAllBytesAsync(Path + ".new", isDone ? whole : whole[..^20]);
            if (isDone) { Assert.Equal(0, Link(Path + ".new", Path)); }
            await using (IJournal journal = await Open())
            {
                Assert.Equal(isDone ? [First] : [], await journal.Buildings(null, 10));
                Assert.Equal(!isDone, await journal.Adopt(First, [Entry(1), Entry(2), Entry(3)]));
                Assert.Equal(3, (await journal.Read(First, 0)).Count);
            }
            Assert.Equal(whole, await File.ReadAllBytesAsync(Path));
        }
        Assert.Empty(Told);
    }

    [Fact]
    public async Task A_journal_that_lost_its_name_is_not_overwritten_through_what_an_adoption_left()
    {
        byte[] whole = await Filled(3);
        string other = System.IO.Path.Combine(_folder, "kept-by-the-operator");
        File.Move(Path, other);
        Assert.Equal(0, Link(other, Path + ".new"));
        await using (IJournal journal = await Open()) { Assert.True(await journal.Adopt(First, [Entry(1, "new")])); }
        Assert.Equal(whole, await File.ReadAllBytesAsync(other));
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "link", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern int Link([System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string old, [System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string made);

    [Fact]
    public async Task An_entry_that_could_not_be_written_leaves_no_building_and_room_for_one()
    {
        await File.WriteAllBytesAsync(Path, []);
        await using IJournal journal = await Open();
        Assert.Empty(await journal.Buildings(null, 10));
        Assert.True(await journal.Adopt(First, [Entry(1)]));
        Assert.Equal([First], await journal.Buildings(null, 10));
    }

    [Fact]
    public async Task A_file_that_is_changed_while_it_is_open_is_found_where_it_is_read()
    {
        byte[] whole = await Filled(4);
        await using IJournal journal = await Open();
        Assert.Equal(4, (await journal.Read(First, 0)).Count);
        int second = Array.IndexOf(whole, (byte)'\n') + 1;
        foreach (int at in (int[])[second + 3, second + 100])
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            await File.WriteAllBytesAsync(Path, changed);
            Assert.Equal(2, (await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Read(First, 1))).Version);
            Assert.Equal(2, (await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Find(First, CommandId.Of("c2")))).Version);
            await File.WriteAllBytesAsync(Path, whole);
            Assert.Equal(3, (await journal.Read(First, 1)).Count);
        }
        // What lies before is not read again to catch up.
        await File.WriteAllBytesAsync(Path, [.. whole[..second], (byte)'x', .. whole[(second + 1)..]]);
        Assert.Single(await journal.Read(First, 3));
        await File.WriteAllBytesAsync(Path, whole[..^9]);
        Assert.Equal(4, (await Assert.ThrowsAsync<JournalDamagedException>(() => journal.Read(First, 0))).Version);
    }

    [Fact]
    public async Task A_snapshot_whose_journal_is_gone_or_shorter_is_not_used()
    {
        byte[] whole = await Filled(3);
        await using (IJournal journal = await Open()) { await journal.KeepSnapshot(First, new JournalSnapshot(3, Entry(3).At, [1])); }
        int second = Array.IndexOf(whole, (byte)'\n') + 1;
        foreach (byte[] left in (byte[][])[[], whole[..second]])
        {
            await File.WriteAllBytesAsync(Path, left);
            Told.Clear();
            await using IJournal journal = await Open();
            Assert.Null(await journal.ReadSnapshot(First));
            Assert.Single(Told);
        }
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
