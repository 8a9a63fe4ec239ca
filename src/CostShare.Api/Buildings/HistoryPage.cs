using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CostShare.Api.Problems;
using CostShare.Grains.Buildings;
using CostShare.Silo;
using CostShare.Silo.Journals;

namespace CostShare.Api.Buildings;

/// <summary>A part of what happened to a building, the oldest first.</summary>
public sealed record HistoryPage
{
    /// <summary>The most entries of a page.</summary>
    public const int MostEntries = 100;

    /// <summary>The largest version: as far as every reader of JSON holds whole numbers exactly.</summary>
    internal const long LastVersion = (1L << 53) - 1;

    /// <summary>What happened, by version without a gap; empty where nothing is behind the version that was asked for.</summary>
    [Length(0, MostEntries)]
    public required IReadOnlyList<HistoryEntry> Entries { get; init; }

    /// <summary>The version behind which the next page begins; left out on the last page.</summary>
    [Range(1, LastVersion)]
    public long? Next { get; init; }

    /// <summary>The page behind a version.</summary>
    /// <param name="history">All that happened from the first version on, because what is told of an event rests on what was before.</param>
    /// <param name="codec">Reads what is stored.</param>
    /// <param name="after">The version behind which the page begins; 0 for the first page.</param>
    /// <param name="size">The most entries of the page: 1 to <see cref="MostEntries"/>.</param>
    /// <param name="language">The language of the tellings.</param>
    internal static HistoryPage Of(IReadOnlyList<JournalEntry> history, EventCodec codec, long after, int size, Language language)
    {
        var entries = new List<HistoryEntry>();
        Building building = Building.Unregistered;
        foreach (JournalEntry stored in history)
        {
            if (entries.Count == size) { return new HistoryPage { Entries = entries, Next = building.Version }; }
            BuildingEvent happened = codec.Read(stored.Type, stored.Schema, stored.Payload);
            if (stored.Version > after) { entries.Add(HistoryEntry.Of(stored, building, happened, language)); }
            building = building.Evolve(happened);
        }
        return new HistoryPage { Entries = entries };
    }
}

/// <summary>One thing that happened to a building.</summary>
public sealed record HistoryEntry
{
    /// <summary>The version of the building right after it: 1, 2, 3 and so on.</summary>
    [Range(1, HistoryPage.LastVersion)]
    public required long Version { get; init; }

    /// <summary>When it was recorded: RFC 3339 in UTC with milliseconds, for example "2026-11-20T08:00:00.000Z". Entries are ordered by version, never by time.</summary>
    public required string At { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>What kind of event it is, as <c>happened</c> names it too.</summary>
    public required string Kind { get; init; }

    /// <summary>What happened in words, in the language of Accept-Language; Chinese unless English is preferred.</summary>
    public required string Text { get; init; }

    /// <summary>The event as it is stored.</summary>
    public required BuildingEvent Happened { get; init; }

    internal static HistoryEntry Of(JournalEntry stored, Building before, BuildingEvent happened, Language language) => new()
    {
        Version = stored.Version,
        At = stored.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        By = stored.By,
        Kind = stored.Type,
        Text = HistoryTexts.Of(before, happened, language),
        Happened = happened,
    };
}
