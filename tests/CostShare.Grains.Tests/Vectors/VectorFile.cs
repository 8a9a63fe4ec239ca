using System.Text.Json;

namespace CostShare.Grains.Tests.Vectors;

/// <summary>The test data in <c>tests/vectors</c>; what each entry is and where it comes from stands in the entry.</summary>
internal static class VectorFile
{
    private static readonly Lazy<Dictionary<string, JsonElement>> SharingEntries = new(() => Load("sharing.json", root => root.GetProperty("vectors")));
    private static readonly Lazy<Dictionary<string, JsonElement>> ExampleEntries = new(() => Load("examples.json", root => root));

    public static IReadOnlyDictionary<string, JsonElement> Sharing => SharingEntries.Value;

    public static IReadOnlyDictionary<string, JsonElement> Examples => ExampleEntries.Value;

    public static string Kind(this JsonElement vector) => vector.GetProperty("kind").GetString()!;

    public static JsonElement Input(this JsonElement vector, string name) => vector.GetProperty("input").GetProperty(name);

    public static JsonElement Expected(this JsonElement vector, string name) => vector.GetProperty("expected").GetProperty(name);

    public static long[] Longs(this JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetInt64())];

    public static decimal[] Decimals(this JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDecimal())];

    /// <summary>An object whose names are floors, as (floor, value) from the ground up.</summary>
    public static (int Floor, decimal Value)[] ByFloor(this JsonElement map) =>
        [.. map.EnumerateObject().Select(entry => (int.Parse(entry.Name, System.Globalization.CultureInfo.InvariantCulture), entry.Value.GetDecimal()))];

    private static Dictionary<string, JsonElement> Load(string name, Func<JsonElement, JsonElement> list)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "vectors", name);
        return list(JsonDocument.Parse(File.ReadAllBytes(path)).RootElement).EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("id").GetString()!);
    }
}
