using System.Globalization;
using System.Text;
using System.Text.Json;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;

namespace CostShare.Api.Policies;

/// <summary>Reads policies from folders: those that are shipped beside the program, and a deployment's own.</summary>
internal static class PolicyFolder
{
    /// <summary>The folder of the policies that are shipped.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "policies");

    /// <summary>Reads all policies; one of a later folder takes the place of one with the same id.</summary>
    /// <param name="folders">The folders, in order.</param>
    /// <exception cref="FormatException">A file is broken; the message names the file, the line and the reason.</exception>
    /// <exception cref="IOException">A folder or file cannot be read.</exception>
    public static PolicyBook Read(params IEnumerable<string> folders)
    {
        // An empty name would be taken for a mistake of the program.
        if (folders.Any(string.IsNullOrWhiteSpace)) { throw new FormatException("--policies needs the name of a folder"); }
        Policy[] policies = [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read))];
        if (policies.Length > PolicyBook.Most) { throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"there are {policies.Length} policies; at most {PolicyBook.Most} can be read")); }
        var book = PolicyBook.Of(policies);
        return book.BudgetNamedTwice is string name ? throw new FormatException($"two budgets are named \"{name}\", so that a record that names it could mean either") : book;
    }

    private static Policy Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        var faults = new FaultList();
        Policy? policy = StrictReader.Read<Policy>(bytes, faults);
        if (policy is not null && faults.Count == 0)
        {
            PolicyCheck.Run(policy, faults);
            if (policy.Id.Value != Path.GetFileNameWithoutExtension(file)) { faults.Add(FaultCode.FileNameIsNotTheId, Place.Root.At("id"), ("id", policy.Id.Value)); }
        }
        if (faults.Count == 0) { return policy!; }
        Fault first = faults.Faults[0];
        string pointer = first.Place.ToString();
        throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{file}, line {LineOf(bytes, first)}{(pointer.Length == 0 ? "" : $", {pointer}")}: {FaultTexts.Sentence(first, Language.English)}"));
    }

    /// <summary>The line on which a fault stands: where it says so itself, otherwise that of its place, or of the nearest thing around it that is there.</summary>
    private static long LineOf(byte[] json, Fault fault)
    {
        if (fault.Values.FirstOrDefault(value => value.Name == "line") is { Value: long line }) { return line; }
        if (fault.Values.FirstOrDefault(value => value.Name == "byteOffset") is { Value: long offset }) { return Line(json.AsSpan(0, (int)offset)); }
        ReadOnlySpan<byte> text = json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsSpan(3) : json;
        string[] path = [.. fault.Place.ToString().Split('/').Skip(1)
            .Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        // Without a place there may be no JSON to look through.
        if (path.Length == 0) { return 1; }
        var reader = new Utf8JsonReader(text);
        reader.Read();
        long start = reader.TokenStartIndex;
        foreach (string token in path)
        {
            if (!Enter(ref reader, token)) { break; }
            start = reader.TokenStartIndex;
        }
        return Line(text[..(int)start]);
    }

    private static long Line(ReadOnlySpan<byte> before) => before.Count((byte)'\n') + 1;

    /// <summary>Goes to a member or element of the object or list at hand; false where there is none.</summary>
    private static bool Enter(ref Utf8JsonReader reader, string token)
    {
        bool isList = reader.TokenType == JsonTokenType.StartArray;
        if (!isList && reader.TokenType != JsonTokenType.StartObject) { return false; }
        byte[] name = Encoding.UTF8.GetBytes(token);
        for (int position = 0; reader.Read(); position++)
        {
            if (isList)
            {
                if (reader.TokenType == JsonTokenType.EndArray) { return false; }
                if ($"{position}" == token) { return true; }
            }
            else
            {
                if (reader.TokenType == JsonTokenType.EndObject) { return false; }
                bool found = reader.ValueTextEquals(name);
                reader.Read();
                if (found) { return true; }
            }
            reader.Skip();
        }
        return false;
    }
}
