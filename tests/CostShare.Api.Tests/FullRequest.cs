using System.Text.Json.Nodes;

namespace CostShare.Api.Tests;

/// <summary>A request that states every member there is, and the OpenAPI schema of each of its places.</summary>
internal static class FullRequest
{
    private static readonly Lazy<JsonNode> Document = new(() => JsonNode.Parse(File.ReadAllText(
        Path.Combine(FindRoot(), "docs", "openapi.json")))!);

    public static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CostShare.sln"))) { folder = Path.GetDirectoryName(folder)!; }
        return folder;
    }

    public static JsonObject Make() => JsonNode.Parse("""
        {
          "building": { "storeys": 4, "households": [
            { "id": "101", "floor": 1, "areaM2": 50.25, "use": "shop", "joins": true, "entry": "level", "flatType": "two",
              "owners": [ { "person": "p1", "of": "1/3" }, { "person": "p2", "of": "2/3" } ], "stance": "undecided", "limitFen": 100000 },
            { "id": "201", "floor": 2, "areaM2": 61.5, "use": "dwelling", "joins": true, "entry": "halfLanding", "flatType": "three",
              "owners": [ { "person": "p3", "of": "1" } ], "stance": "yes", "limitFen": 0 },
            { "id": "301", "floor": 3, "areaM2": 70, "use": "other", "joins": true, "entry": "level", "flatType": "three",
              "owners": [ { "person": "p3", "of": "1/1" } ], "stance": "yes", "limitFen": 100000 } ] },
          "standAlone": { "kind": "model", "fixedFen": 50000, "perStopFen": 1000, "perStoreyFen": 2000, "groundFen": 0 },
          "vote": { "policy": "china-civil-code-278", "on": "2024-01-01", "stated": { "areaM2": 200.5, "persons": 4 } },
          "costs": [ { "id": "lift", "name": "电梯", "category": "equipment", "amountFen": 100000 },
                     { "id": "pipes", "name": "管线", "category": "pipes", "amountFen": 30000 } ],
          "funding": [
            { "id": "estate", "kind": "programme", "costIds": [ "pipes" ], "afterAcceptance": false, "treatment": "netOff" },
            { "id": "street", "kind": "fixed", "amountFen": 20000, "covers": [ "equipment" ], "afterAcceptance": true,
              "treatment": "refundProRata", "expensesFen": 100 },
            { "id": "city", "kind": "policy", "policy": "shanghai-lift", "on": "2022-05-01", "acceptUnconfirmed": true, "covers": [ "lift" ],
              "afterAcceptance": true, "treatment": "upkeepFund",
              "facts": { "storeys": 7, "households": 20, "stops": 6, "ride": 5, "singleOwner": false, "useCertificate": true, "reservedShaft": false,
                "ownersCarryMost": true, "startedOn": "2021-01-02", "acceptedOn": "2022-01-03", "appliedOn": "2022-05-01" } } ],
          "schemes": [
            { "id": "a", "name": "a", "rule": { "kind": "equal" }, "rounding": { "unitFen": 100, "mode": "up" },
              "adjustments": [ { "kind": "compensation", "household": "101", "amountFen": 100 },
                { "kind": "relief", "household": "201", "amountFen": 100, "payer": "street" },
                { "kind": "cap", "amountFen": 60000 }, { "kind": "minimum", "household": "101", "amountFen": 100 },
                { "kind": "discount", "household": "201", "percent": 12.5 } ] },
            { "id": "b", "name": "b", "rule": { "kind": "area" }, "adjustments": [ { "kind": "exempt", "household": "101" },
                { "kind": "fixed", "household": "201", "amountFen": 40000 }, { "kind": "cap", "household": "301", "amountFen": 100000 } ],
              "guidance": { "policy": "beijing-guidance", "on": "2023-03-01" } },
            { "id": "c", "name": "c", "rule": { "kind": "floorCoefficients", "coefficients": { "1": 0, "2": 0.5 }, "stepAbove": 0.1,
                "sharedBy": "floor", "within": "equal" } },
            { "id": "d", "name": "d", "rule": { "kind": "floorPercentages", "percentages": { "1": 10, "2": 30.5, "3": 59.5 }, "within": "area" } },
            { "id": "e", "name": "e", "rule": { "kind": "ride" } },
            { "id": "f", "name": "f", "rule": { "kind": "points", "byType": { "two": 1, "three": 1.15 }, "perFloor": 1, "fromFloor": 1 } },
            { "id": "g", "name": "g", "rule": { "kind": "weights", "weights": { "101": 1, "201": 2.5, "301": 3 } } },
            { "id": "h", "name": "h", "rule": { "kind": "fixed", "amountsFen": { "101": 50 }, "remainder": { "kind": "equal" } } },
            { "id": "i", "name": "i", "rule": { "kind": "mix", "parts": [ { "percent": 50, "rule": { "kind": "equal" } },
                { "percent": 50, "rule": { "kind": "area" } } ] } },
            { "id": "j", "name": "j", "rule": { "kind": "airport", "method": "shapley", "standAloneFen": { "1": 0, "2": 60000, "3": 90000 },
                "weight": "area", "by": "floor" } },
            { "id": "k", "name": "k", "rule": { "kind": "formula", "expression": "if(floor < 2, 0, (floor - 1) * area)" } },
            { "id": "l", "name": "l", "rule": { "kind": "steps", "fromFloor": 2, "baseFen": 30000, "stepFen": 10000, "closing": "topFloor" } },
            { "id": "m", "name": "m", "rule": { "kind": "perCost", "rules": { "lift": { "kind": "ride" } }, "otherwise": { "kind": "equal" } } } ]
        }
        """)!.AsObject();

    /// <summary>A table that states every member there is.</summary>
    public static JsonObject MakeTable() => JsonNode.Parse("""
        { "rows": [ { "floor": 1, "household": "101", "households": 1, "areaM2": 50.25, "percent": 0, "coefficient": 0, "amountFen": 0 },
                    { "floor": 2, "household": "201", "households": 1, "areaM2": 60, "percent": 100, "coefficient": 1.5, "amountFen": 100000 } ],
          "valuesFor": "household", "totalFen": 100000, "parts": 1.5, "percentTotal": 100, "storeys": 3 }
        """)!.AsObject();

    /// <summary>A search that states every member there is.</summary>
    public static JsonObject MakeSearch()
    {
        JsonObject full = Make();
        JsonObject search = JsonNode.Parse("""
            { "guidance": { "policy": "beijing-guidance", "on": "2023-03-01" },
              "adjustments": [ { "kind": "compensation", "household": "101", "amountFen": 100 }, { "kind": "exempt", "household": "101" }, { "kind": "fixed", "household": "201", "amountFen": 50 } ],
              "rounding": { "unitFen": 100, "mode": "up" },
              "family": { "coefficients": { "firstFloor": { "from": 1, "to": 2 }, "base": { "from": 0.5, "to": 1, "step": 0.25 }, "step": { "from": 0.5, "to": 1, "step": 0.5 },
                  "sharedBy": [ "floor", "household" ], "within": [ "area", "equal" ] },
                "blend": { "with": [ "equal", "height" ], "stepPercent": 50 }, "capsFen": [ 90000, 100000 ], "uncapped": true },
              "most": 10 }
            """)!.AsObject();
        foreach (string member in new[] { "building", "costs", "funding", "standAlone", "vote" })
        {
            if (full[member] is JsonNode shared) { search[member] = shared.DeepClone(); }
        }
        return search;
    }

    /// <summary>Every place of a request, from the top down.</summary>
    public static IEnumerable<JsonNode> Places(JsonNode node)
    {
        yield return node;
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject map => map.Select(entry => entry.Value),
            JsonArray list => list,
            _ => [],
        };
        foreach (JsonNode place in children.SelectMany(child => Places(child!))) { yield return place; }
    }

    /// <summary>The JSON pointer of a place.</summary>
    public static string Pointer(JsonNode node) => node.Parent switch
    {
        null => "",
        JsonArray list => $"{Pointer(list)}/{list.IndexOf(node)}",
        JsonNode parent => $"{Pointer(parent)}/{node.GetPropertyName()}",
    };

    /// <summary>The schema of a place in a body of a schema, as the document has it, with references followed and kinds chosen.</summary>
    public static JsonObject Schema(JsonNode node, string body) => Follow(node.Parent switch
    {
        null => Component(body),
        JsonArray list => Schema(list, body)["items"]!.AsObject(),
        JsonObject parent when Schema(parent, body)["properties"]?[node.GetPropertyName()] is JsonObject member => member,
        JsonNode parent => Schema(parent, body)["additionalProperties"]!.AsObject(),
    }, node);

    /// <summary>Whether a place is a map whose names are data.</summary>
    public static bool IsMap(JsonNode node, string body) => node is JsonObject && Schema(node, body)["additionalProperties"] is JsonObject;

    private static JsonObject Follow(JsonObject schema, JsonNode node)
    {
        while (true)
        {
            if (schema["$ref"] is JsonNode reference) { schema = Component(reference.GetValue<string>().Split('/')[^1]); }
            else if (schema["allOf"]?[0] is JsonObject only) { schema = only; }
            else if (schema["discriminator"] is JsonNode discriminator)
            {
                string kind = node[discriminator["propertyName"]!.GetValue<string>()]!.GetValue<string>();
                schema = Component(discriminator["mapping"]![kind]!.GetValue<string>().Split('/')[^1]);
            }
            else if (schema["oneOf"] is JsonArray choices)
            {
                // The choice written in place, without its discriminator: the family whose mapping knows the kind.
                string name = choices[0]!["$ref"]!.GetValue<string>().Split('/')[^1];
                string family = Document.Value["components"]!["schemas"]!.AsObject().First(entry =>
                    entry.Value!["discriminator"]?["mapping"]?.AsObject().Any(map => map.Value!.GetValue<string>().EndsWith("/" + name, StringComparison.Ordinal)) == true).Key;
                schema = Component(family);
            }
            else { return schema; }
        }
    }

    private static JsonObject Component(string name) => Document.Value["components"]!["schemas"]![name]!.AsObject();
}
