using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Register;

namespace CostShare.Grains.Funding;

/// <summary>Names a policy: city or district, and what it is about: "shanghai-lift".</summary>
/// <param name="Value">1 to 64 characters.</param>
public readonly record struct PolicyId(string Value)
{
    /// <summary>1 to 64 characters, none of them hidden.</summary>
    public string Value { get; } = Faults.PlainText.Id(Value);

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}

/// <summary>A sentence or name in both languages.</summary>
public sealed record Words
{
    /// <summary>Chinese.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Zh { get; init; }

    /// <summary>English.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string En { get; init; }
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
    /// <summary>The title of the text.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Title { get; init; }

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

/// <summary>Who pays a part of a subsidy. Layers add up.</summary>
public enum Layer
{
    /// <summary>The city.</summary>
    City,
    /// <summary>The district.</summary>
    District,
    /// <summary>The street or town.</summary>
    Subdistrict,
    /// <summary>City and district together, where the split is not stated.</summary>
    CityAndDistrict,
}

/// <summary>When a subsidy is paid.</summary>
public enum PaidWhen
{
    /// <summary>Only after the lift is accepted, so that somebody bridges it.</summary>
    AfterAcceptance,
    /// <summary>As the works go on.</summary>
    DuringWorks,
    /// <summary>No source says.</summary>
    NotStated,
}

/// <summary>How much one part of a subsidy gives, before its cap.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PercentOfBase), "percent")]
[JsonDerivedType(typeof(FlatAmount), "flat")]
[JsonDerivedType(typeof(ActualCost), "actual")]
[JsonDerivedType(typeof(TieredAmount), "tiers")]
public abstract record SubsidyAmount;

/// <summary>A percentage of the base, rounded down to the fen.</summary>
public sealed record PercentOfBase : SubsidyAmount
{
    /// <summary>The percentage.</summary>
    public required Percentage Percent { get; init; }
}

/// <summary>A stated amount for each lift.</summary>
public sealed record FlatAmount : SubsidyAmount
{
    /// <summary>The amount.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }
}

/// <summary>The cost of the base lines themselves, up to the cap.</summary>
public sealed record ActualCost : SubsidyAmount;

/// <summary>A stated amount that grows with a number of the building.</summary>
public sealed record TieredAmount : SubsidyAmount
{
    /// <summary>What the tiers go by.</summary>
    public required CountFact By { get; init; }

    /// <summary>The tiers, rising; the last one that the number reaches counts, and below the first there is nothing.</summary>
    [Length(1, 50)]
    public required IReadOnlyList<Tier> Tiers { get; init; }
}

/// <summary>One tier.</summary>
public sealed record Tier
{
    /// <summary>The lowest number that reaches it.</summary>
    public required Floor From { get; init; }

    /// <summary>What it gives.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }
}

/// <summary>One part of a subsidy, for some categories of cost. Parts add up.</summary>
public sealed record SubsidyPart
{
    /// <summary>What the part is for.</summary>
    public required Words Name { get; init; }

    /// <summary>Who pays it.</summary>
    public required Layer Layer { get; init; }

    /// <summary>The categories of cost that it is reckoned on, and by default the lines that it pays.</summary>
    [Length(1, 20)]
    public required IReadOnlyList<CostCategory> Base { get; init; }

    /// <summary>How much, before the cap.</summary>
    public required SubsidyAmount Amount { get; init; }

    /// <summary>The most that this part gives for one lift; several lifts at one stair count as one.</summary>
    [JsonPropertyName("capFen")]
    public Money? Cap { get; init; }

    /// <summary>The article or paragraph that says so.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Paragraph { get; init; }
}

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
}

/// <summary>A subsidy rule as it stands from one day on.</summary>
public sealed record SubsidyRule : DatedRule
{
    /// <summary>The parts, which add up.</summary>
    [Length(1, 20)]
    public required IReadOnlyList<SubsidyPart> Parts { get; init; }

    /// <summary>What a building must fulfil; one that is not met makes the subsidy 0.</summary>
    [Length(0, 50)]
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>When it is paid.</summary>
    public required PaidWhen Paid { get; init; }

    /// <summary>The papers to hand in.</summary>
    [Length(0, 50)]
    public IReadOnlyList<Words> Evidence { get; init; } = [];
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
