using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Funding;

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
    /// <summary>No source says. Almost everywhere it is after completion, so it is bridged like that.</summary>
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

/// <summary>A stated amount for the stair, or for its lift; several lifts at one stair count as one.</summary>
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
    public required Count From { get; init; }

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

    /// <summary>The text that says so; the first reference of the rule unless stated.</summary>
    public PolicyReference? Reference { get; init; }
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
