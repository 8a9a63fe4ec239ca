using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CostShare.Silo.Journals;

/// <summary>A snapshot as it is stored: a line with a checksum of the rest, its version, the hash of the entry of that version and its time; then the body.</summary>
internal static class StoredSnapshot
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The bytes of a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="hash">The hash of the entry of its version.</param>
    public static byte[] Write(JournalSnapshot snapshot, string hash)
    {
        byte[] rest = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{snapshot.Version} {hash} {snapshot.At.ToUniversalTime().ToString(Time, CultureInfo.InvariantCulture)}\n")), .. snapshot.Body];
        return [.. Encoding.ASCII.GetBytes(JournalEntry.Hex(SHA256.HashData(rest)) + " "), .. rest];
    }

    /// <summary>Reads a snapshot; null where the bytes are not those that were written.</summary>
    public static (JournalSnapshot Snapshot, string Hash)? Read(byte[] bytes)
    {
        int end = Array.IndexOf(bytes, (byte)'\n');
        if (end < 0) { return null; }
        string[] parts = Encoding.ASCII.GetString(bytes, 0, end).Split(' ');
        if (parts.Length != 4 || parts[0] != JournalEntry.Hex(SHA256.HashData(bytes.AsSpan(int.Min(parts[0].Length + 1, bytes.Length))))) { return null; }
        var at = DateTimeOffset.ParseExact(parts[3], Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (new JournalSnapshot(long.Parse(parts[1], CultureInfo.InvariantCulture), at, bytes[(end + 1)..]), parts[2]);
    }
}
