using System.Text.Json;
using System.Text.Json.Nodes;
using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;

namespace CostShare.Api.Tests.Buildings;

/// <summary>History page by page.</summary>
public class HistoryPageTests
{
    private static readonly JournalEntry[] History = [.. Story.Events.Select((happened, i) =>
    {
        (string type, int schema, string payload) = StoredEvents.Codec.Write(happened);
        return new JournalEntry
        {
            Version = i + 1,
            Command = CommandId.Of($"c{i}"),
            Digest = new string('0', 64),
            At = new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(8)).AddMilliseconds(i),
            By = "volunteer",
            Type = type,
            Schema = schema,
            Payload = payload,
        };
    })];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Page_by_page_everything_is_told_once_and_in_order(int size)
    {
        var entries = new List<HistoryEntry>();
        for (long? after = 0; after is not null;)
        {
            var page = HistoryPage.Of(History, StoredEvents.Codec, after.Value, size, Language.Chinese);
            Assert.InRange(page.Entries.Count, 1, size);
            entries.AddRange(page.Entries);
            Assert.True(entries.Count <= History.Length, "Pages go round in circles.");
            after = page.Next;
        }
        Assert.Equal(Story.Turns(Story.Events).Select((turn, i) => (i + 1L, HistoryTexts.Of(turn.Before, turn.Happened, Language.Chinese))), entries.Select(entry => (entry.Version, entry.Text)));
    }

    [Fact]
    public void Only_a_page_with_more_behind_it_names_the_next()
    {
        Assert.Equal(2, HistoryPage.Of(History[..3], StoredEvents.Codec, 0, 2, Language.English).Next);
        Assert.Null(HistoryPage.Of(History[..3], StoredEvents.Codec, 1, 2, Language.English).Next);
        Assert.Null(HistoryPage.Of(History[..3], StoredEvents.Codec, 0, 3, Language.English).Next);
        Assert.Empty(HistoryPage.Of(History[..3], StoredEvents.Codec, 3, 2, Language.English).Entries);
        Assert.Empty(HistoryPage.Of([], StoredEvents.Codec, 0, 2, Language.English).Entries);
    }

    [Fact]
    public void An_entry_is_answered_with_its_time_in_utc_and_the_event_as_it_is_stored()
    {
        var page = HistoryPage.Of(History[..3], StoredEvents.Codec, 1, 1, Language.English);
        JsonNode answer = JsonNode.Parse(JsonSerializer.Serialize(page, WireJson.Options))!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""
            {
              "entries": [
                {
                  "version": 2, "at": "2026-11-20T00:00:00.001Z", "by": "volunteer", "kind": "feasibilityAssessed",
                  "text": "Judged on 2026-01-05 whether a lift can be added: it is hard. It rests on \"北侧管线密集\".",
                  "happened": {{History[1].Payload}}
                }
              ],
              "next": 2
            }
            """), answer), answer.ToJsonString());
    }
}
