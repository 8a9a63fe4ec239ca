using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CostShare.Silo;

/// <summary>Files that are on the disk, with their names, when a call has returned.</summary>
internal static class DurableFiles
{
    /// <summary>Makes a folder and those above it that are missing.</summary>
    public static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder)) { return; }
        string above = Path.GetDirectoryName(folder)!;
        MakeFolder(above);
        Directory.CreateDirectory(folder);
        FlushFolder(above);
    }

    /// <summary>Writes a file that only the owner may read, over what stood there. Its name is safe when the folder has been flushed.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
        using var stream = new FileStream(path, options);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Writes a file unless there is one; of several at once, processes too, one does. Afterwards there is one, whole and safe.</summary>
    /// <returns>Whether this call wrote it.</returns>
    public static bool TryWriteFirst(string path, ReadOnlySpan<byte> bytes)
    {
        string folder = Path.GetDirectoryName(path)!;
        bool isFirst = false;
        if (!File.Exists(path))
        {
            MakeFolder(folder);
            string part = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp";
            try
            {
                Write(part, bytes);
                isFirst = TryName(part, path);
            }
            finally
            {
                File.Delete(part);
            }
        }
        FlushFolder(folder);
        return isFirst;
    }

    /// <summary>Gives a file a name unless that is taken, in one step. Moving without overwriting looks first and moves then, except on Windows.</summary>
    private static bool TryName(string part, string path)
    {
        const int alreadyThere = 17;
        if (!OperatingSystem.IsWindows())
        {
            if (Native.Link(part, path) == 0) { return true; }
            if (Marshal.GetLastPInvokeError() == alreadyThere) { return false; }
            // A file system without links.
        }
        try
        {
            File.Move(part, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>Removes a file whose bytes must not be found again: they are overwritten on the disk first, as far as the file system lets them.</summary>
    public static void Destroy(string path)
    {
        using (SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(handle, new byte[RandomAccess.GetLength(handle)], 0);
            RandomAccess.FlushToDisk(handle);
        }
        File.Delete(path);
    }

    /// <summary>Flushes the names of a folder to the disk; without it a new file may be there and its name not.</summary>
    public static void FlushFolder(string folder)
    {
        // Windows writes names with the file.
        if (OperatingSystem.IsWindows()) { return; }
        int handle = Native.Open(folder, 0);
        if (handle < 0) { throw new IOException($"the folder {folder} cannot be opened (error {Marshal.GetLastPInvokeError()})"); }
        try
        {
            if (Native.Fsync(handle) != 0) { throw new IOException($"the folder {folder} cannot be flushed (error {Marshal.GetLastPInvokeError()})"); }
        }
        finally
        {
            _ = Native.Close(handle);
        }
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(string path, int flags);

        [DllImport("libc", EntryPoint = "link", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Link(string path, string name);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Fsync(int handle);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int handle);
    }
}
