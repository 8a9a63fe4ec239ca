using System.Text.Json.Nodes;

namespace CostShare.Api.Tests;

/// <summary>What the OpenAPI document must say of every field.</summary>
public class DocumentTests
{
    private static readonly JsonObject Schemas = JsonNode.Parse(File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "docs", "openapi.json")))!
        ["components"]!["schemas"]!.AsObject();

    public static TheoryData<string, string> Fields
    {
        get
        {
            var fields = new TheoryData<string, string>();
            foreach ((string name, JsonNode? schema) in Schemas)
            {
                foreach ((string member, _) in schema!["properties"]?.AsObject() ?? []) { fields.Add(name, member); }
            }
            return fields;
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_is_described_with_its_range(string schema, string member)
    {
        JsonNode described = Schemas[schema]!["properties"]![member]!;
        Assert.False(string.IsNullOrWhiteSpace(described["description"]?.GetValue<string>()));
        switch (described["type"]?.GetValue<string>())
        {
            case "integer" or "number" when described["enum"] is null:
                Assert.NotNull(described["minimum"]);
                Assert.NotNull(described["maximum"]);
                break;
            case "array":
                Assert.NotNull(described["maxItems"]);
                break;
            default: break;
        }
        if (member.EndsWith("Fen", StringComparison.Ordinal) && described["type"]?.GetValue<string>() == "integer")
        {
            Assert.Contains("Unit: fen.", described["description"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_example_of_the_document_runs_as_it_stands()
    {
        using var running = new Running();
        JsonObject examples = JsonNode.Parse(File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "docs", "openapi.json")))!
            ["paths"]!["/api/v1/comparisons"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject();
        Assert.Equal(Running.Examples.Select(name => Path.GetFileNameWithoutExtension(name)), examples.Select(example => example.Key));
        foreach ((string name, JsonNode? example) in examples)
        {
            Answer answer = await running.Post(example!["value"]!);
            Assert.True(answer.Status == System.Net.HttpStatusCode.OK, name);
        }
    }

    [Fact]
    public async Task The_example_of_a_table_is_answered_as_the_document_says()
    {
        using var running = new Running();
        JsonNode check = JsonNode.Parse(File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "docs", "openapi.json")))!["paths"]!["/api/v1/tables/check"]!["post"]!;
        JsonNode table = check["requestBody"]!["content"]!["application/json"]!["example"]!, told = check["responses"]!["200"]!["content"]!["application/json"]!["example"]!;
        Assert.True(JsonNode.DeepEquals(told, JsonNode.Parse((await running.PostTo(TableTests.Address, table.ToJsonString())).Text)));
    }

    [Fact]
    public async Task The_example_of_a_search_is_answered_as_the_document_says()
    {
        using var running = new Running();
        JsonNode search = JsonNode.Parse(File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "docs", "openapi.json")))!["paths"]![SearchTests.Address]!["post"]!;
        JsonNode example = search["requestBody"]!["content"]!["application/json"]!["example"]!, told = search["responses"]!["200"]!["content"]!["application/json"]!["example"]!;
        Assert.True(JsonNode.DeepEquals(told, JsonNode.Parse((await running.PostTo(SearchTests.Address, example.ToJsonString())).Text)));
    }

    [Fact]
    public void Every_fault_and_every_step_is_listed()
    {
        Assert.All(Enum.GetNames<Grains.Faults.FaultCode>(), name =>
            Assert.Contains($"`{char.ToLowerInvariant(name[0])}{name[1..]}` (", Schemas["FaultCode"]!["description"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.All(Enum.GetNames<Grains.Amounts.StepCode>(), name =>
            Assert.Contains($"`{char.ToLowerInvariant(name[0])}{name[1..]}`:", Schemas["StepCode"]!["description"]!.GetValue<string>(), StringComparison.Ordinal));
    }
}
