using CostShare.Grains.Buildings;
using CostShare.Grains.Policies;
using CostShare.Grains.Streets;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Summaries;

/// <summary>The summary of a building as it is stored.</summary>
/// <param name="Since">The first day at whose end it counts, in China.</param>
/// <param name="Summary">The summary.</param>
/// <param name="Content">The same as JSON without line breaks.</param>
/// <param name="Tallies">What it adds to the sums of its estate, street and city.</param>
public sealed record SummaryRow(DateOnly Since, BuildingSummary Summary, string Content, IReadOnlyList<Tally> Tallies);

/// <summary>Turns summaries into what is stored, and back.</summary>
/// <param name="Write">The JSON of a summary, without line breaks; the same for the same summary.</param>
/// <param name="Read">The summary of JSON; throws <see cref="FormatException"/> where it is none.</param>
public sealed record SummaryCodec(Func<BuildingSummary, string> Write, Func<string, BuildingSummary> Read);

/// <summary>Makes summaries of what happened.</summary>
/// <param name="events">Turns events into what is stored.</param>
/// <param name="codec">Turns summaries into what is stored.</param>
/// <param name="policies">The policies, by which tallies go.</param>
public sealed class Summariser(EventCodec events, SummaryCodec codec, PolicyBook policies)
{
    // China has one time of day, and no summer time since 1991.
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Turns events into what is stored.</summary>
    public EventCodec Events { get; } = events;

    /// <summary>Turns summaries into what is stored.</summary>
    public SummaryCodec Codec { get; } = codec;

    /// <summary>The day in China of a time.</summary>
    /// <param name="moment">The time.</param>
    public static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(China).DateTime);

    /// <summary>Whether something went wrong because of what is stored of a building, which leaves all others as they are.</summary>
    /// <param name="exception">What went wrong.</param>
    internal static bool IsOfContent(Exception exception) => exception is JournalDamagedException or FormatException or ArgumentException or OverflowException;

    /// <summary>The JSON of the summary of a building; null where it is not registered.</summary>
    /// <param name="id">The building.</param>
    /// <param name="building">The building as it stands.</param>
    public string? Content(BuildingId id, Building building) => BuildingSummary.Of(id, building) is BuildingSummary summary ? Codec.Write(summary) : null;

    /// <summary>What is stored of a building after something happened to it; null where that leaves its summary as it was.</summary>
    /// <param name="id">The building.</param>
    /// <param name="before">The JSON of its summary before it; null where it was not registered.</param>
    /// <param name="after">The building after it.</param>
    /// <param name="at">When it happened.</param>
    public SummaryRow? Changed(BuildingId id, string? before, Building after, DateTimeOffset at)
    {
        BuildingSummary summary = BuildingSummary.Of(id, after) ?? throw new ArgumentException("It is not registered.", nameof(after));
        string content = Codec.Write(summary);
        return content == before ? null : new SummaryRow(Day(at), summary, content, Tally.Of(summary, policies));
    }

    /// <summary>The summaries of a building from its first day to its last: for each day on which it changed, the last one of that day.</summary>
    /// <param name="id">The building.</param>
    /// <param name="entries">What happened to it, in order from version 1 on.</param>
    /// <exception cref="FormatException">What is told did not happen to any building.</exception>
    public IReadOnlyList<SummaryRow> Rows(BuildingId id, IReadOnlyList<JournalEntry> entries)
    {
        var days = new List<(DateOnly Day, BuildingSummary Summary, string Content)>();
        Building building = Building.Unregistered;
        string? content = null;
        foreach (JournalEntry entry in entries)
        {
            building = building.Evolve(Events.Read(entry.Type, entry.Schema, entry.Payload));
            if (BuildingSummary.Of(id, building) is not BuildingSummary summary || Codec.Write(summary) is not string changed || changed == content) { continue; }
            DateOnly day = Day(entry.At);
            content = changed;
            if (days.Count > 0 && days[^1].Day == day) { days[^1] = (day, summary, content); }
            else { days.Add((day, summary, content)); }
        }
        return [.. days.Select(entry => new SummaryRow(entry.Day, entry.Summary, entry.Content, Tally.Of(entry.Summary, policies)))];
    }
}
