using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Register;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Funding;

/// <summary>A number that conditions and tiers go by.</summary>
public enum CountFact
{
    /// <summary>The storeys, the ground floor included.</summary>
    Storeys,
    /// <summary>The households of the stair.</summary>
    Households,
    /// <summary>The stops of the lift.</summary>
    Stops,
    /// <summary>The storeys that the lift travels.</summary>
    Ride,
}

/// <summary>Something that is so or is not.</summary>
public enum YesNoFact
{
    /// <summary>One owner holds the whole building.</summary>
    SingleOwner,
    /// <summary>The lift has its use certificate 特种设备使用登记证.</summary>
    UseCertificate,
    /// <summary>The building was made with an empty shaft.</summary>
    ReservedShaft,
    /// <summary>The owners carry most of the cost.</summary>
    OwnersCarryMost,
}

/// <summary>A day of the project.</summary>
public enum DayFact
{
    /// <summary>The works began.</summary>
    StartedOn,
    /// <summary>The lift was accepted.</summary>
    AcceptedOn,
    /// <summary>The subsidy was applied for.</summary>
    AppliedOn,
}

/// <summary>What is known of a building and its project. What is not stated is not known, which is not the same as no.</summary>
public sealed record BuildingFacts
{
    /// <summary>The storeys; in a comparison those of the building unless stated.</summary>
    public Floor? Storeys { get; init; }

    /// <summary>The households of the stair; in a comparison those of the register unless stated.</summary>
    public Count? Households { get; init; }

    /// <summary>The stops of the lift.</summary>
    public Floor? Stops { get; init; }

    /// <summary>The storeys that the lift travels: from the ground floor to the sixth they are 5.</summary>
    public Floor? Ride { get; init; }

    /// <summary>Whether one owner holds the whole building.</summary>
    public bool? SingleOwner { get; init; }

    /// <summary>Whether the lift has its use certificate 特种设备使用登记证.</summary>
    public bool? UseCertificate { get; init; }

    /// <summary>Whether the building was made with an empty shaft.</summary>
    public bool? ReservedShaft { get; init; }

    /// <summary>Whether the owners carry most of the cost.</summary>
    public bool? OwnersCarryMost { get; init; }

    /// <summary>The day on which the works began.</summary>
    public DateOnly? StartedOn { get; init; }

    /// <summary>The day on which the lift was accepted.</summary>
    public DateOnly? AcceptedOn { get; init; }

    /// <summary>The day on which the subsidy was applied for.</summary>
    public DateOnly? AppliedOn { get; init; }

    /// <summary>These facts, and where one is not stated that of others.</summary>
    internal BuildingFacts Or(BuildingFacts others) => new()
    {
        Storeys = Storeys ?? others.Storeys,
        Households = Households ?? others.Households,
        Stops = Stops ?? others.Stops,
        Ride = Ride ?? others.Ride,
        SingleOwner = SingleOwner ?? others.SingleOwner,
        UseCertificate = UseCertificate ?? others.UseCertificate,
        ReservedShaft = ReservedShaft ?? others.ReservedShaft,
        OwnersCarryMost = OwnersCarryMost ?? others.OwnersCarryMost,
        StartedOn = StartedOn ?? others.StartedOn,
        AcceptedOn = AcceptedOn ?? others.AcceptedOn,
        AppliedOn = AppliedOn ?? others.AppliedOn,
    };

    internal int? Of(CountFact fact) => fact switch
    {
        CountFact.Storeys => Storeys?.Number,
        CountFact.Households => Households?.Number,
        CountFact.Stops => Stops?.Number,
        CountFact.Ride => Ride?.Number,
        _ => throw new InvalidOperationException($"No fact {fact}."),
    };

    /// <summary>These facts, with a number stated; the number is one that the fact can have.</summary>
    internal BuildingFacts With(CountFact fact, int number) => fact switch
    {
        CountFact.Storeys => this with { Storeys = Floor.Of(number) },
        CountFact.Households => this with { Households = Count.Of(number) },
        CountFact.Stops => this with { Stops = Floor.Of(number) },
        CountFact.Ride => this with { Ride = Floor.Of(number) },
        _ => throw new InvalidOperationException($"No fact {fact}."),
    };

    internal bool? Of(YesNoFact fact) => fact switch
    {
        YesNoFact.SingleOwner => SingleOwner,
        YesNoFact.UseCertificate => UseCertificate,
        YesNoFact.ReservedShaft => ReservedShaft,
        YesNoFact.OwnersCarryMost => OwnersCarryMost,
        _ => throw new InvalidOperationException($"No fact {fact}."),
    };

    /// <summary>These facts, with a yes or no stated.</summary>
    internal BuildingFacts With(YesNoFact fact, bool so) => fact switch
    {
        YesNoFact.SingleOwner => this with { SingleOwner = so },
        YesNoFact.UseCertificate => this with { UseCertificate = so },
        YesNoFact.ReservedShaft => this with { ReservedShaft = so },
        YesNoFact.OwnersCarryMost => this with { OwnersCarryMost = so },
        _ => throw new InvalidOperationException($"No fact {fact}."),
    };

    internal DateOnly? Of(DayFact fact) => fact switch
    {
        DayFact.StartedOn => StartedOn,
        DayFact.AcceptedOn => AcceptedOn,
        DayFact.AppliedOn => AppliedOn,
        _ => throw new InvalidOperationException($"No fact {fact}."),
    };

    /// <summary>These facts, with a day stated.</summary>
    internal BuildingFacts With(DayFact fact, DateOnly day) => fact switch
    {
        DayFact.StartedOn => this with { StartedOn = day },
        DayFact.AcceptedOn => this with { AcceptedOn = day },
        DayFact.AppliedOn => this with { AppliedOn = day },
        _ => throw new InvalidOperationException($"No fact {fact}."),
    };
}

/// <summary>A whole number that is counted: households, days, parts.</summary>
/// <remarks>1 to 10,000.</remarks>
public readonly record struct Count
{
    private readonly int _numberLessOne;

    private Count(int number) => _numberLessOne = number - 1;

    /// <summary>The number, 1 or more.</summary>
    public int Number => _numberLessOne + 1;

    /// <summary>So many.</summary>
    /// <param name="number">1 to <see cref="HouseholdRegister.MostHouseholds"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static Count Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, HouseholdRegister.MostHouseholds);
        return new Count(number);
    }
}

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
