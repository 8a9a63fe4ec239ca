using CostShare.Grains.Amounts;
using CostShare.Grains.Register;

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
