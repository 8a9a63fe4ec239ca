using CostShare.Silo.Contacts;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Tests;

/// <summary>Contacts in a folder, and what may happen to files.</summary>
public sealed class FileContactsTests : ContactContract, IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("costshare-contacts-").FullName;

    private string Folder => Path.Combine(_data, "contacts");

    private string CheckFile => Path.Combine(Folder, "check.json");

    private string Boxes => Path.Combine(Folder, "boxes", First.Value);

    private string Keys => Path.Combine(Folder, "keys", First.Value);

    protected override string KeyFolder => _data;

    protected override IKeptHash Check => new FileHash(CheckFile);

    public void Dispose() => Directory.Delete(_data, recursive: true);

    protected override Task<IContactRecords> OpenRecords() => Task.FromResult<IContactRecords>(FileContacts.Open(Folder));

    protected override Task LoseCheck()
    {
        File.Delete(CheckFile);
        return Task.CompletedTask;
    }

    // The names of the files too, and not the lock, which is held.
    protected override Task<byte[]> Everything() => Task.FromResult<byte[]>(
        [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock").SelectMany(path => (byte[])[.. File.ReadAllBytes(path), .. System.Text.Encoding.UTF8.GetBytes(path)])]);

    [Fact]
    public async Task One_process_at_a_time_holds_the_folder()
    {
        using (await OpenRecords()) { Assert.Contains(Folder, (await Assert.ThrowsAsync<IOException>(OpenRecords)).Message, StringComparison.Ordinal); }
        (await OpenRecords()).Dispose();
    }

    [Fact]
    public async Task Only_the_owner_may_read_what_is_stored()
    {
        using ContactStore contacts = await Open();
        await contacts.Write(First, One, Zhang);
        foreach (string path in (string[])[.. Directory.GetFiles(Boxes), .. Directory.GetFiles(Keys), CheckFile])
        {
            if (!OperatingSystem.IsWindows()) { Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)); }
        }
    }

    [Fact]
    public async Task A_key_that_is_no_longer_wanted_is_overwritten_and_removed()
    {
        using ContactStore contacts = await Open();
        foreach (Func<Task> end in (Func<Task>[])[() => contacts.Write(First, One, Li), () => contacts.Erase(First, One)])
        {
            await contacts.Write(First, One, Zhang);
            string key = Directory.GetFiles(Keys).Single();
            // Open, so that what the disk holds of it can be seen after its name is gone.
            await using var held = new FileStream(key, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            await end();
            Assert.False(File.Exists(key));
            byte[] bytes = new byte[held.Length];
            await held.ReadExactlyAsync(bytes);
            Assert.NotEmpty(bytes);
            Assert.All(bytes, one => Assert.Equal(0, one));
        }
        Assert.Empty(Directory.GetFiles(Keys));
        Assert.Empty(Directory.GetFiles(Boxes));
    }

    [Fact]
    public async Task A_write_that_was_interrupted_anywhere_leaves_the_old_record_or_the_new_one()
    {
        using (ContactStore contacts = await Open()) { await contacts.Write(First, One, Li); }
        string box = Directory.GetFiles(Boxes).Single(), part = box + ".tmp", oldKey = Directory.GetFiles(Keys).Single();
        byte[] oldBox = await File.ReadAllBytesAsync(box), oldKeyBytes = await File.ReadAllBytesAsync(oldKey);
        using (ContactStore contacts = await Open()) { await contacts.Write(First, One, Zhang); }
        string newKey = Directory.GetFiles(Keys).Single();
        byte[] newBox = await File.ReadAllBytesAsync(box), newKeyBytes = await File.ReadAllBytesAsync(newKey);
        Assert.NotEqual(oldKey, newKey);

        // The new key is written, then the new record beside the old one.
        for (int end = 0; end <= newKeyBytes.Length; end++) { await Opens(Li, (box, oldBox), (oldKey, oldKeyBytes), (newKey, newKeyBytes[..end])); }
        for (int end = 0; end <= newBox.Length; end++) { await Opens(Li, (box, oldBox), (oldKey, oldKeyBytes), (newKey, newKeyBytes), (part, newBox[..end])); }
        // It took the place of the old one; the old key is overwritten and removed.
        await Opens(Zhang, (box, newBox), (oldKey, oldKeyBytes), (newKey, newKeyBytes));
        for (int end = 0; end <= oldKeyBytes.Length; end++) { await Opens(Zhang, (box, newBox), (oldKey, [.. new byte[end], .. oldKeyBytes[end..]]), (newKey, newKeyBytes)); }
        await Opens(Zhang, (box, newBox), (newKey, newKeyBytes));
        // The first record of a household.
        await Opens(null, (newKey, newKeyBytes[..9]));
        await Opens(null, (newKey, newKeyBytes), (part, newBox));
        // Erasing: the record goes first.
        await Opens(null, (newKey, newKeyBytes));
        await Opens(null, (newKey, new byte[newKeyBytes.Length]));
    }

    /// <summary>The record is read from these files; and nothing is left then but what belongs to it, so that nothing can be read that was replaced or erased.</summary>
    private async Task Opens(string? record, params (string Path, byte[] Bytes)[] files)
    {
        foreach (string path in (string[])[.. Directory.GetFiles(Boxes), .. Directory.GetFiles(Keys)]) { File.Delete(path); }
        foreach ((string path, byte[] bytes) in files) { await File.WriteAllBytesAsync(path, bytes); }
        using ContactStore contacts = await Open();
        Assert.Equal(record, await contacts.Read(First, One));
        int count = record is null ? 0 : 1;
        Assert.Equal((count, count), (Directory.GetFiles(Boxes).Length, Directory.GetFiles(Keys).Length));
    }

    [Fact]
    public async Task A_record_whose_files_are_not_what_was_written_is_told_and_never_taken_for_none()
    {
        using (ContactStore contacts = await Open()) { await contacts.Write(First, One, Zhang); }
        string box = Directory.GetFiles(Boxes).Single(), key = Directory.GetFiles(Keys).Single();
        byte[] boxBytes = await File.ReadAllBytesAsync(box), keyBytes = await File.ReadAllBytesAsync(key);
        for (int end = 0; end < boxBytes.Length; end++)
        {
            await File.WriteAllBytesAsync(box, boxBytes[..end]);
            await IsUnreadable();
        }
        await File.WriteAllBytesAsync(box, boxBytes);
        for (int end = 0; end < keyBytes.Length; end++)
        {
            await File.WriteAllBytesAsync(key, keyBytes[..end]);
            await IsUnreadable();
        }
        File.Delete(key);
        await IsUnreadable();
        await File.WriteAllBytesAsync(key, keyBytes);
        string other = Path.Combine(Boxes, new string('0', 64) + ".box");
        File.Copy(box, other);
        using ContactStore again = await Open();
        await Assert.ThrowsAsync<ContactsUnreadableException>(() => again.Households(First));
        Assert.Equal(Zhang, await again.Read(First, One));
    }

    private async Task IsUnreadable()
    {
        using ContactStore contacts = await Open();
        await Assert.ThrowsAsync<ContactsUnreadableException>(() => contacts.Read(First, One));
        // Its keys are kept as long as nobody can say which is the right one.
        await contacts.Write(First, Two, Li);
        Assert.Equal(Li, await contacts.Read(First, Two));
        await contacts.Erase(First, Two);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_old_record_and_says_that_nothing_was_written()
    {
        using ContactStore contacts = await Open();
        await contacts.Write(First, One, Li);
        string part = Directory.GetFiles(Boxes).Single() + ".tmp";
        Directory.CreateDirectory(part);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => contacts.Write(First, One, Zhang));
        Assert.Equal(Li, await contacts.Read(First, One));
        Directory.Delete(part);
        await contacts.Write(First, One, Zhang);
        Assert.Equal(Zhang, await contacts.Read(First, One));
        Assert.Single(Directory.GetFiles(Keys));
    }

    [Fact]
    public async Task A_write_or_an_erasure_that_fails_behind_its_beginning_is_unknown_and_can_be_repeated()
    {
        using ContactStore contacts = await Open();
        await contacts.Write(First, One, Li);
        // A key that cannot be destroyed.
        string obstacle = Directory.GetFiles(Keys).Single().Replace(".key", "0.key", StringComparison.Ordinal);
        File.CreateSymbolicLink(obstacle, Path.Combine(Keys, "away", "nowhere"));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => contacts.Write(First, One, Zhang));
        Assert.Equal(Zhang, await contacts.Read(First, One));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => contacts.Erase(First, One));
        File.Delete(obstacle);
        await contacts.Erase(First, One);
        Assert.Null(await contacts.Read(First, One));
        Assert.Empty(Directory.GetFiles(Keys));
    }
}
