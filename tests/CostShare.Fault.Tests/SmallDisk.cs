using System.Diagnostics;
using System.Globalization;

namespace CostShare.Fault.Tests;

/// <summary>A disk of its own of a few megabytes, which only those see who are run within it. It is gone when this process ends.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly Process _holder;

    private SmallDisk(Process holder, string folder) => (_holder, Folder) = (holder, folder);

    /// <summary>The folder, as those within see it.</summary>
    public string Folder { get; }

    /// <summary>The same folder, as everybody else reaches it.</summary>
    public string Seen => string.Create(CultureInfo.InvariantCulture, $"/proc/{_holder.Id}/root{Folder}");

    /// <summary>What a program is run by so that it sees the disk.</summary>
    public IReadOnlyList<string> Within =>
        ["nsenter", "-t", _holder.Id.ToString(CultureInfo.InvariantCulture), "-m", .. Environment.IsPrivilegedProcess ? [] : (string[])["-U", "--preserve-credentials"], "--"];

    /// <summary>Makes a disk.</summary>
    /// <exception cref="InvalidOperationException">This machine lets nobody make one.</exception>
    public static async Task<SmallDisk> New(int megabytes)
    {
        string folder = Directory.CreateTempSubdirectory("costshare-disk-").FullName;
        var start = new ProcessStartInfo("unshare") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string script = string.Create(CultureInfo.InvariantCulture, $"mount -t tmpfs -o size={megabytes}m,mode=777 tmpfs '{folder}' && echo mounted && read x");
        foreach (string argument in (string[])[Environment.IsPrivilegedProcess ? "-m" : "-rm", "sh", "-c", script]) { start.ArgumentList.Add(argument); }
        Process holder = Process.Start(start)!;
        if (await holder.StandardOutput.ReadLineAsync() == "mounted") { return new SmallDisk(holder, folder); }
        throw new InvalidOperationException($"This test needs to mount a disk, as root or in a name space of the user: {await holder.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Takes up all space that is left.</summary>
    public void Fill()
    {
        using FileStream ballast = File.Create(Path.Combine(Seen, "ballast"), 1);
        byte[] block = new byte[4_096];
        try
        {
            while (true) { ballast.Write(block); }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(Path.Combine(Seen, "ballast"));

    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
        Directory.Delete(Folder);
    }
}
