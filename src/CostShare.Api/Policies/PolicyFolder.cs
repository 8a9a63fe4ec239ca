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
    public static PolicyBook Read(params IEnumerable<string> folders) => PolicyBook.Of(folders.SelectMany(folder =>
        Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)).ToArray());

    private static Policy Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        var faults = new FaultList();
        Policy? policy = StrictReader.Read<Policy>(bytes, faults);
        if (policy is not null && faults.Count == 0)
        {
            PolicyBook.Check(policy, faults);
            if (policy.Id.Value != Path.GetFileNameWithoutExtension(file)) { faults.Add(FaultCode.FileNameIsNotTheId, Place.Root.At("id"), ("id", policy.Id.Value)); }
        }
        if (faults.Count == 0) { return policy!; }
        Fault first = faults.Faults[0];
        string pointer = first.Place.ToString();
        string where = first.Values.FirstOrDefault(value => value.Name == "line") is { Value: long line } ? $"{line}" : $"{LineOf(bytes, pointer)}";
        throw new FormatException($"{file}, line {where}{(pointer.Length == 0 ? "" : $", {pointer}")}: {FaultTexts.Sentence(first, Language.English)}");
    }

    /// <summary>The line on which the value of a JSON pointer stands, or the nearest thing around it that is there.</summary>
    private static int LineOf(byte[] json, string pointer)
    {
        string[] path = [.. pointer.Split('/').Skip(1).Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        ReadOnlySpan<byte> text = json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsSpan(3) : json;
        var reader = new Utf8JsonReader(text);
        reader.Read();
        long start = reader.TokenStartIndex;
        foreach (string token in path)
        {
            if (!Enter(ref reader, token)) { break; }
            start = reader.TokenStartIndex;
        }
        return text[..(int)start].Count((byte)'\n') + 1;
    }

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
