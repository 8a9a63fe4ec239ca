using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;

namespace CostShare.Grains.Texts;

/// <summary>A rule as it stands from one day on, with where it was read.</summary>
public abstract record DatedRule
{
    /// <summary>The first day on which it is in force. A day known only by its month is the 1st of it, one known only by its year 1 January.</summary>
    public required DateOnly From { get; init; }

    /// <summary>How exactly the first day is known; to the day unless stated.</summary>
    public DayKnown FromKnown { get; init; } = DayKnown.Day;

    /// <summary>The last day, where there is one.</summary>
    public DateOnly? To { get; init; }

    /// <summary>How sure the rule is as a whole: as sure as its least sure figure. A hint and background are unconfirmed.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>Where it was read.</summary>
    [Length(1, 20)]
    public required IReadOnlyList<PolicyReference> References { get; init; }

    /// <summary>What else is to be known, above all what is not.</summary>
    public Words? Note { get; init; }

    /// <summary>Whether it rests on an official text, the press, or a document that was read; what is not is never applied silently.</summary>
    [JsonIgnore]
    public bool IsConfirmed => Certainty is Certainty.Official or Certainty.Press;

    /// <summary>Whether it is in force on a day.</summary>
    /// <param name="day">The day.</param>
    public bool IsInForce(DateOnly day) => day >= From && (To is not DateOnly to || day <= to);

    /// <summary>A day as the wire writes it.</summary>
    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The rules of one policy as they stood from time to time.</summary>
internal static class History
{
    /// <summary>The rule in force on a day, or null if none is.</summary>
    public static TRule? InForce<TRule>(this IReadOnlyList<TRule> versions, DateOnly day) where TRule : DatedRule =>
        versions.FirstOrDefault(rule => rule.IsInForce(day));

    /// <summary>The days on which rules are in force, for a refusal that tells them.</summary>
    public static string Days(this IReadOnlyList<DatedRule> versions) =>
        string.Join("; ", versions.Select(rule => $"{DatedRule.Text(rule.From)} – {(rule.To is DateOnly to ? DatedRule.Text(to) : "…")}"));
}

/// <summary>How exactly a day is known.</summary>
public enum DayKnown
{
    /// <summary>To the day.</summary>
    Day,
    /// <summary>Only the month; the 1st stands for it.</summary>
    Month,
    /// <summary>Only the year; 1 January stands for it.</summary>
    Year,
}

/// <summary>How sure a rule or a source is, in four grades.</summary>
public enum Certainty
{
    /// <summary>Grade A: an official text, or a page of a court or government.</summary>
    Official,
    /// <summary>Grade B: the press, or a document of practitioners that was read directly.</summary>
    Press,
    /// <summary>Grade C: an anonymous page, a translation, a mirrored site. A hint, not a rule.</summary>
    Hint,
    /// <summary>Grade K: background knowledge without a source.</summary>
    Background,
}

/// <summary>Where a rule was read.</summary>
public sealed record PolicyReference
{
    /// <summary>The title of the text as it is printed, or what the text is where no title was seen.</summary>
    public required Words Title { get; init; }

    /// <summary>The number of the document, as officials cite it.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Number { get; init; }

    /// <summary>The address at which it was read.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Address { get; init; }

    /// <summary>The article or paragraph.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Paragraph { get; init; }

    /// <summary>How sure it is.</summary>
    public required Certainty Certainty { get; init; }
}
