namespace CostShare.Silo;

/// <summary>The folder in which a process keeps what must outlive it.</summary>
/// <remarks>It is made and probed at the start, so that a wrong one is told then and not later.</remarks>
public sealed class DataFolder
{
    private DataFolder(string path) => FullPath = path;

    /// <summary>The absolute path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Opens a folder, and makes it if it does not exist.</summary>
    /// <param name="path">An absolute path, or one from the current folder.</param>
    /// <exception cref="IOException">It cannot or may not be made or written to.</exception>
    public static DataFolder Open(string path)
    {
        var folder = new DataFolder(Path.GetFullPath(path));
        try
        {
            DurableFiles.MakeFolder(folder.FullPath);
            folder.Probe();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the data folder {folder.FullPath} cannot be used: {exception.Message}", exception);
        }
        return folder;
    }

    /// <summary>Writes a small file, flushes it to the disk and removes it again.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public void Probe()
    {
        string file = Path.Combine(FullPath, $".probe-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        stream.WriteByte(0);
        stream.Flush(flushToDisk: true);
    }
}
