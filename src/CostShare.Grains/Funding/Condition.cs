using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Funding;

/// <summary>Whether a condition is fulfilled.</summary>
public enum ConditionState
{
    /// <summary>It is.</summary>
    Met,
    /// <summary>It is not.</summary>
    Unmet,
    /// <summary>A fact is missing.</summary>
    Unknown,
}

/// <summary>Something that a building must fulfil.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CountCondition), "count")]
[JsonDerivedType(typeof(YesNoCondition), "yesNo")]
[JsonDerivedType(typeof(DayCondition), "day")]
public abstract record Condition
{
    /// <summary>The condition in words.</summary>
    public required Words Words { get; init; }

    /// <summary>The article or paragraph that says so.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Paragraph { get; init; }

    /// <summary>The text that says so; the first reference of the rule unless stated.</summary>
    public PolicyReference? Reference { get; init; }

    /// <summary>Whether a building fulfils it.</summary>
    /// <param name="facts">What is known of the building.</param>
    internal abstract ConditionState Judge(BuildingFacts facts);
}

/// <summary>A number within bounds, both included.</summary>
public sealed record CountCondition : Condition
{
    /// <summary>The number.</summary>
    public required CountFact Fact { get; init; }

    /// <summary>The least, where there is one.</summary>
    public Count? AtLeast { get; init; }

    /// <summary>The most, where there is one.</summary>
    public Count? AtMost { get; init; }

    internal override ConditionState Judge(BuildingFacts facts) => facts.Of(Fact) switch
    {
        null => ConditionState.Unknown,
        int number => number >= (AtLeast?.Number ?? 0) && number <= (AtMost?.Number ?? int.MaxValue) ? ConditionState.Met : ConditionState.Unmet,
    };
}

/// <summary>Something that must be so, or must not.</summary>
public sealed record YesNoCondition : Condition
{
    /// <summary>What.</summary>
    public required YesNoFact Fact { get; init; }

    /// <summary>Whether it must be so.</summary>
    public required bool Is { get; init; }

    internal override ConditionState Judge(BuildingFacts facts) => facts.Of(Fact) switch
    {
        null => ConditionState.Unknown,
        bool so => so == Is ? ConditionState.Met : ConditionState.Unmet,
    };
}

/// <summary>A day within bounds, both included; without bounds it must only have come.</summary>
public sealed record DayCondition : Condition
{
    /// <summary>The day.</summary>
    public required DayFact Fact { get; init; }

    /// <summary>The first day allowed, where there is one.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day allowed, where there is one.</summary>
    public DateOnly? To { get; init; }

    internal override ConditionState Judge(BuildingFacts facts) => facts.Of(Fact) switch
    {
        null => ConditionState.Unknown,
        DateOnly day => day >= (From ?? DateOnly.MinValue) && day <= (To ?? DateOnly.MaxValue) ? ConditionState.Met : ConditionState.Unmet,
    };
}
