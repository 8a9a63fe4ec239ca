using System.Text.Json;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests.Streets;

/// <summary>Whether parts add up to their whole, number by number, without knowing what the numbers are.</summary>
internal static class Sums
{
    /// <summary>Streets add up to the city, and estates to their street.</summary>
    public static async Task AddUp(HttpClient office, string query)
    {
        JsonArray streets = (await office.Json($"/api/v1/city/streets{query}"))["parts"]!.AsArray();
        Equal((await office.Json($"/api/v1/city/summary{query}"))["figures"]!, streets);
        foreach (JsonNode? street in streets)
        {
            string address = $"/api/v1/streets/{Uri.EscapeDataString(street!["street"]!.GetValue<string>())}";
            Equal((await office.Json($"{address}/summary{query}"))["figures"]!, (await office.Json($"{address}/estates{query}"))["parts"]!.AsArray());
            Assert.True(JsonNode.DeepEquals(street["figures"], (await office.Json($"{address}/summary{query}"))["figures"]));
        }
    }

    private static void Equal(JsonNode whole, JsonArray parts)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (JsonNode? part in parts) { Add(sums, "", part!["figures"]!); }
        var expected = new SortedDictionary<string, long>(StringComparer.Ordinal);
        Add(expected, "", whole);
        Assert.Equal(expected.Where(number => number.Value != 0), sums.Where(number => number.Value != 0));
    }

    private static void Add(SortedDictionary<string, long> sums, string path, JsonNode node)
    {
        switch (node)
        {
            case JsonObject json:
                foreach ((string name, JsonNode? member) in json) { Add(sums, $"{path}/{name}", member!); }
                break;
            case JsonArray list:
                foreach (JsonNode? entry in list) { Add(sums, $"{path}/{entry!["policy"]}|{entry["layer"]}", entry); }
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                sums[path] = sums.GetValueOrDefault(path) + value.GetValue<long>();
                break;
            // A rate and a median are no sums.
            default: break;
        }
    }
}
