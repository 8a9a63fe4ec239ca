using System.Security.Cryptography;
using System.Text;
using CostShare.Grains.Buildings;
using CostShare.Grains.Register;
using CostShare.Silo.Contacts;

namespace CostShare.Silo.Tests;

/// <summary>What every store of contacts promises; one class of tests for each kind of store runs it.</summary>
public abstract class ContactContract
{
    protected const string Zhang = """{"contacts":[{"name":"张三","phone":"021-6400 0101"}]}""", Li = """{"contacts":[{"name":"李四"}]}""";

    protected static readonly BuildingId First = BuildingId.Of("leshan-6-12"), Second = BuildingId.Of("leshan-6-13");
    protected static readonly HouseholdId One = new("101"), Two = new("201");

    /// <summary>A folder for the key of the installation, of this test alone.</summary>
    protected abstract string KeyFolder { get; }

    /// <summary>The records of this test, opened anew: what they held before they still hold.</summary>
    protected abstract Task<IContactRecords> OpenRecords();

    /// <summary>The hash by which a wrong key is noticed.</summary>
    protected abstract IKeptHash Check { get; }

    /// <summary>Takes that hash away.</summary>
    protected abstract Task LoseCheck();

    /// <summary>Everything that is stored.</summary>
    protected abstract Task<byte[]> Everything();

    protected async Task<ContactStore> Open(string? key = null)
    {
        IContactRecords records = await OpenRecords();
        try
        {
            return await ContactStore.Open(records, Check, KeyFolder, key);
        }
        catch (Exception)
        {
            records.Dispose();
            throw;
        }
    }

    private string KeyFile => Path.Combine(KeyFolder, "contacts.key");

    [Fact]
    public async Task What_was_written_last_is_read_also_after_opening_anew()
    {
        using (ContactStore contacts = await Open())
        {
            Assert.Null(await contacts.Read(First, One));
            await contacts.Write(First, One, Li);
            await contacts.Write(First, One, Zhang);
            await contacts.Write(Second, One, Li);
            Assert.Equal(Zhang, await contacts.Read(First, One));
        }
        using ContactStore again = await Open();
        Assert.Equal((Zhang, Li), (await again.Read(First, One), await again.Read(Second, One)));
        Assert.Null(await again.Read(First, Two));
    }

    [Fact]
    public async Task A_record_is_at_most_64_KiB()
    {
        using ContactStore contacts = await Open();
        string largest = new('长', ContactStore.Largest / 3);
        await contacts.Write(First, One, largest + "a");
        await Assert.ThrowsAsync<ArgumentException>(() => contacts.Write(First, One, largest + "ab"));
        Assert.Equal(largest + "a", await contacts.Read(First, One));
        await contacts.Write(First, Two, "");
        Assert.Equal("", await contacts.Read(First, Two));
    }

    [Fact]
    public async Task What_was_erased_is_gone_and_nothing_else_is()
    {
        using (ContactStore contacts = await Open())
        {
            await contacts.Erase(First, One);
            await contacts.Write(First, One, Zhang);
            await contacts.Write(First, Two, Li);
            await contacts.Write(Second, One, Li);
            await contacts.Erase(First, One);
            await contacts.Erase(First, One);
            Assert.Null(await contacts.Read(First, One));
            Assert.Equal([Two], await contacts.Households(First));
        }
        using ContactStore again = await Open();
        Assert.Null(await again.Read(First, One));
        Assert.Equal((Li, Li), (await again.Read(First, Two), await again.Read(Second, One)));
        await again.Write(First, One, Li);
        Assert.Equal(Li, await again.Read(First, One));
    }

    [Fact]
    public async Task Households_are_listed_by_id_whatever_their_ids_are()
    {
        using ContactStore contacts = await Open();
        string[] ids = ["..", "/etc", "3/2", "501", "A", "CON", "a", "a.", "乐山 501", "𠮷"];
        foreach (string id in ids.Reverse()) { await contacts.Write(First, new HouseholdId(id), id); }
        Assert.Equal(ids, (await contacts.Households(First)).Select(household => household.Value));
        foreach (string id in ids) { Assert.Equal(id, await contacts.Read(First, new HouseholdId(id))); }
        Assert.Empty(await contacts.Households(Second));
    }

    [Fact]
    public async Task Nothing_that_is_stored_tells_a_name_and_no_key_is_used_twice()
    {
        using IContactRecords records = await OpenRecords();
        using ContactStore contacts = await ContactStore.Open(records, Check, KeyFolder, null);
        await contacts.Write(First, One, Zhang);
        SealedContacts before = (await records.Read(First, One))!;
        await contacts.Write(First, One, Zhang);
        SealedContacts after = (await records.Read(First, One))!;
        byte[] everything = await Everything();
        foreach (string told in (string[])["张三", "6400", "contacts\":["]) { Assert.False(Holds(everything, Encoding.UTF8.GetBytes(told))); }
        Assert.False(Holds(everything, await File.ReadAllBytesAsync(KeyFile)));
        Assert.True(Holds(everything, "101"u8.ToArray()));
        // The nonces alone differ between two writes, so the rest is compared through what the old key opens.
        await records.Write(First, One, new SealedContacts(before.WrappedKey, after.Box));
        await Assert.ThrowsAsync<ContactsUnreadableException>(() => contacts.Read(First, One));
        await records.Write(First, One, before);
        Assert.Equal(Zhang, await contacts.Read(First, One));
    }

    [Fact]
    public async Task A_record_that_was_moved_or_changed_is_not_read()
    {
        using IContactRecords records = await OpenRecords();
        using ContactStore contacts = await ContactStore.Open(records, Check, KeyFolder, null);
        await contacts.Write(First, One, Zhang);
        SealedContacts sealedOf = (await records.Read(First, One))!;
        foreach ((BuildingId building, HouseholdId household) in ((BuildingId, HouseholdId)[])[(First, Two), (Second, One)])
        {
            await records.Write(building, household, sealedOf);
            await Assert.ThrowsAsync<ContactsUnreadableException>(() => contacts.Read(building, household));
        }
        SealedContacts[] changed =
        [
            .. Enumerable.Range(0, sealedOf.Box.Length).Select(at => sealedOf with { Box = Flipped(sealedOf.Box, at) }), sealedOf with { Box = sealedOf.Box[..^1] }, sealedOf with { Box = [] },
            .. Enumerable.Range(0, sealedOf.WrappedKey.Length).Select(at => sealedOf with { WrappedKey = Flipped(sealedOf.WrappedKey, at) }), sealedOf with { WrappedKey = [] },
        ];
        foreach (SealedContacts one in changed)
        {
            await records.Write(First, One, one);
            await Assert.ThrowsAsync<ContactsUnreadableException>(() => contacts.Read(First, One));
        }
    }

    private static bool Holds(byte[] all, byte[] part) => all.AsSpan().IndexOf(part) >= 0;

    private static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= (byte)(1 << (at % 8));
        return flipped;
    }

    [Fact]
    public async Task A_wrong_key_is_told_at_the_start_and_never_taken_for_no_record()
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), other = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        using (ContactStore contacts = await Open(key)) { await contacts.Write(First, One, Zhang); }
        Assert.False(File.Exists(KeyFile));
        ContactsUnreadableException refused = await Assert.ThrowsAsync<ContactsUnreadableException>(() => Open(other));
        Assert.DoesNotContain(other, refused.ToString(), StringComparison.Ordinal);
        // No key is made where one was used before.
        Assert.Contains(KeyFile, (await Assert.ThrowsAsync<IOException>(() => Open())).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
        await LoseCheck();
        using (ContactStore contacts = await Open(other)) { await Assert.ThrowsAsync<ContactsUnreadableException>(() => contacts.Read(First, One)); }
        await LoseCheck();
        using ContactStore again = await Open(key);
        Assert.Equal(Zhang, await again.Read(First, One));
    }

    [Theory]
    [InlineData("")]
    [InlineData("geheim")]
    [InlineData("Z2VoZWlt")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_setting_that_is_no_key_is_refused_without_repeating_it(string given)
    {
        IOException refused = await Assert.ThrowsAsync<IOException>(() => Open(given));
        Assert.Contains(ContactStore.KeySetting, refused.Message, StringComparison.Ordinal);
        if (given.Length > 0) { Assert.DoesNotContain(given, refused.ToString(), StringComparison.Ordinal); }
        Assert.Null(await Check.Read());
    }

    [Fact]
    public async Task The_key_is_made_once_and_only_its_owner_may_read_it()
    {
        (await Open()).Dispose();
        byte[] key = await File.ReadAllBytesAsync(KeyFile);
        Assert.Equal(32, key.Length);
        Assert.NotEqual(new byte[32], key);
        if (!OperatingSystem.IsWindows()) { Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile)); }
        (await Open()).Dispose();
        Assert.Equal(key, await File.ReadAllBytesAsync(KeyFile));
        await File.WriteAllBytesAsync(KeyFile, key[..31]);
        Assert.Contains(KeyFile, (await Assert.ThrowsAsync<IOException>(() => Open())).Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(KeyFile, Flipped(key, 5));
        await Assert.ThrowsAsync<ContactsUnreadableException>(() => Open());
    }

    [Fact]
    public async Task While_many_write_and_erase_every_reader_sees_a_whole_record_or_none()
    {
        using ContactStore contacts = await Open();
        await contacts.Write(First, One, "0");
        var writers = Task.WhenAll(Enumerable.Range(1, 4).Select(writer => Task.Run(async () =>
        {
            for (int k = 0; k < 25; k++)
            {
                if (writer == 4 && k % 5 == 0) { await contacts.Erase(First, One); }
                await contacts.Write(First, One, $"{writer}");
            }
        })));
        for (int reads = 0; !writers.IsCompleted || reads == 0; reads++) { Assert.Contains(await contacts.Read(First, One), (string?[])[null, "0", "1", "2", "3", "4"]); }
        await writers;
        Assert.NotNull(await contacts.Read(First, One));
    }
}
