using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CostShare.Grains.Buildings;

namespace CostShare.Silo.Journals;

/// <summary>One turn of a building, as it is stored for ever.</summary>
/// <remarks>
/// Stored as one line of JSON without line breaks, whose members stand in the order of this record. Its hash is the SHA-256 of the hash of the
/// entry before it (for the first: of the building's id) and the bytes of the line, so that no entry can be changed, left out or moved
/// without being found.
/// </remarks>
public sealed record JournalEntry
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The number of the entry within its building: 1, 2, 3 and so on without a gap.</summary>
    public required long Version { get; init; }

    /// <summary>The command that it carries out; no two entries of a building carry out one command.</summary>
    public required CommandId Command { get; init; }

    /// <summary>The SHA-256 of what the command asked for, in hexadecimal, by which the same id with something else in it is found.</summary>
    public required string Digest { get; init; }

    /// <summary>When the turn was taken, in UTC to the millisecond. Entries are ordered by version, never by time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>The type of the event, in camelCase.</summary>
    public required string Type { get; init; }

    /// <summary>The version of the event's shape, from 1 on.</summary>
    public required int Schema { get; init; }

    /// <summary>The event as JSON without line breaks.</summary>
    public required string Payload { get; init; }

    /// <summary>What the first entry of a building is chained to, in hexadecimal.</summary>
    /// <param name="building">The building.</param>
    public static string Beginning(BuildingId building) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes($"CostShare journal of {building}")));

    /// <summary>The line as which it is stored, without a line break.</summary>
    public byte[] ToLine()
    {
        var line = new ArrayBufferWriter<byte>(256 + Payload.Length);
        using (var writer = new Utf8JsonWriter(line, Plain))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("command", Command.Value);
            writer.WriteString("digest", Digest);
            writer.WriteString("at", At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("by", By);
            writer.WriteString("type", Type);
            writer.WriteNumber("schema", Schema);
            writer.WritePropertyName("payload");
            writer.WriteRawValue(Payload);
            writer.WriteEndObject();
        }
        return line.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, whose hash has been checked.</param>
    /// <exception cref="FormatException">The line is none of a journal.</exception>
    public static JournalEntry OfLine(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement entry = document.RootElement;
            return new JournalEntry
            {
                Version = entry.GetProperty("version").GetInt64(),
                Command = CommandId.Of(Text("command")),
                Digest = Text("digest"),
                At = entry.GetProperty("at").GetDateTimeOffset(),
                By = Text("by"),
                Type = Text("type"),
                Schema = entry.GetProperty("schema").GetInt32(),
                Payload = entry.GetProperty("payload").GetRawText(),
            };

            string Text(string name) => entry.GetProperty(name).GetString() ?? throw new FormatException($"not an entry of a journal: {name} is null");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"not an entry of a journal: {exception.Message}", exception);
        }
    }

    /// <summary>The version and the command of a line; null where it is none of a journal.</summary>
    internal static (long Version, string Command)? BeginningOfLine(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            for (int i = 0; i < 3; i++) { reader.Read(); }
            long version = reader.GetInt64();
            for (int i = 0; i < 2; i++) { reader.Read(); }
            return (version, reader.GetString()!);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The hash of an entry, in hexadecimal.</summary>
    /// <param name="previous">The hash of the entry before it, or <see cref="Beginning"/>.</param>
    /// <param name="line">The entry's line.</param>
    public static string HashOf(string previous, ReadOnlySpan<byte> line)
    {
        // One call on borrowed memory: a building that is opened hashes all its lines.
        byte[] both = ArrayPool<byte>.Shared.Rent(previous.Length + line.Length);
        Encoding.ASCII.GetBytes(previous, both);
        line.CopyTo(both.AsSpan(previous.Length));
        string hash = Hex(SHA256.HashData(both.AsSpan(0, previous.Length + line.Length)));
        ArrayPool<byte>.Shared.Return(both);
        return hash;
    }

    /// <summary>The lines and hashes of a whole building.</summary>
    /// <param name="building">The building.</param>
    /// <param name="entries">Its entries from version 1 on.</param>
    /// <exception cref="ArgumentException">There is none, a version is left out, or a command stands twice.</exception>
    internal static IReadOnlyList<(byte[] Line, string Hash)> Chain(BuildingId building, IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0) { throw new ArgumentException("A building to which nothing happened.", nameof(entries)); }
        if (entries.Select(entry => entry.Command).Distinct().Count() < entries.Count) { throw new ArgumentException("A command stands twice.", nameof(entries)); }
        var chain = new List<(byte[] Line, string Hash)>(entries.Count);
        foreach (JournalEntry entry in entries)
        {
            if (entry.Version != chain.Count + 1) { throw new ArgumentException("A version was left out.", nameof(entries)); }
            byte[] line = entry.ToLine();
            chain.Add((line, HashOf(chain.Count == 0 ? Beginning(building) : chain[^1].Hash, line)));
        }
        return chain;
    }

    /// <summary>Bytes in hexadecimal, small letters.</summary>
    internal static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
