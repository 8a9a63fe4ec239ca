using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CostShare.Api.Tests;

/// <summary>What the README prints is what the program says.</summary>
public sealed partial class ReadmeTests(Running running) : IClassFixture<Running>
{
    private static readonly JsonNode[] Blocks = [.. Block().Matches(File.ReadAllText(Path.Combine(FullRequest.FindRoot(), "README.md")))
        .Select(match => JsonNode.Parse(match.Groups[1].Value)!)];

    [Fact]
    public async Task The_smallest_request_gives_the_printed_answer()
    {
        JsonObject scheme = JsonNode.Parse((await running.Post(Blocks[0])).Json.GetProperty("schemes")[0].GetRawText())!.AsObject();
        Assert.True(scheme.Remove("facts"));
        Assert.True(JsonNode.DeepEquals(Blocks[1], scheme), scheme.ToJsonString());
    }

    [Fact]
    public async Task A_table_that_does_not_close_gives_the_printed_refusal()
    {
        JsonObject request = Blocks[0].DeepClone().AsObject();
        request["schemes"]!.AsArray().Add(JsonNode.Parse(
            """{ "id": "p", "name": "p", "rule": { "kind": "floorPercentages", "percentages": { "1": 2, "2": 100 } } }"""));
        string refusal = (await running.Post(request, "")).Text;
        Assert.True(JsonNode.DeepEquals(Blocks[2], JsonNode.Parse(refusal)), refusal);
    }

    [GeneratedRegex("```json\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
