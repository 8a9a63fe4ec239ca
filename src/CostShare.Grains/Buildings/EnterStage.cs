using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Buildings;

/// <summary>How far a project has come.</summary>
public enum Stage
{
    /// <summary>The residents talk it over 动议协商.</summary>
    Consulting,
    /// <summary>The permit is applied for 申请报建.</summary>
    Applying,
    /// <summary>The plans are on public notice 公示公告.</summary>
    PublicNotice,
    /// <summary>It is being built 施工建设.</summary>
    Construction,
    /// <summary>It is finished and is examined 竣工验收.</summary>
    Acceptance,
    /// <summary>It is in use 交付使用.</summary>
    InUse,
    /// <summary>It is managed and kept up 后期管理.</summary>
    Upkeep,
}

/// <summary>Asks to record that a project has come to a stage, or gone back to one; or to put such a record right.</summary>
public sealed record EnterStage : BuildingCommand
{
    /// <summary>The most stages that are recorded of a building.</summary>
    public const int Most = 200;

    /// <summary>The stage.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Since when; not before the stage that was entered before it.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The record that it takes the place of, as its number from 1; a new record unless stated.</summary>
    public Count? Corrects { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (Corrects is null) { Records.CheckRoom(building.Stages.Count, Most, Place.Root, faults); }
        if (Records.Position(building.Stages.Count, Corrects, faults) is not int position) { return null; }
        var entered = new StageEntered { Stage = Stage, On = On, Corrects = Corrects };
        Records.CheckDays(Records.Put(building.Stages, position, entered), position, record => record.On, faults);
        return entered;
    }
}

/// <summary>A project came to a stage.</summary>
public sealed record StageEntered : BuildingEvent
{
    /// <summary>The stage.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Since when.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The number of the record that it took the place of, from 1; left out for a new record and in the building.</summary>
    public Count? Corrects { get; init; }

    internal override Building ApplyTo(Building building) =>
        building with { Stages = Records.Put(building.Stages, Records.PositionThen(building.Stages.Count, Corrects), this with { Corrects = null }) };
}

/// <summary>Whether a lift can be added to a building.</summary>
public enum Feasibility
{
    /// <summary>It can 能装.</summary>
    Suitable,
    /// <summary>It is hard 较难.</summary>
    Hard,
    /// <summary>It cannot 不适合.</summary>
    Unsuitable,
}

/// <summary>Asks to record whether a lift can be added, or to put such a record right.</summary>
public sealed record AssessFeasibility : BuildingCommand
{
    /// <summary>The most judgements that are recorded of a building.</summary>
    public const int Most = 200;

    /// <summary>Whether it can.</summary>
    public required Feasibility Feasibility { get; init; }

    /// <summary>The day of the judgement; not before the one before it.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What it rests on.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Note { get; init; }

    /// <summary>The record that it takes the place of, as its number from 1; a new record unless stated.</summary>
    public Count? Corrects { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (Corrects is null) { Records.CheckRoom(building.Feasibility.Count, Most, Place.Root, faults); }
        if (Records.Position(building.Feasibility.Count, Corrects, faults) is not int position) { return null; }
        var assessed = new FeasibilityAssessed { Feasibility = Feasibility, On = On, Note = Note, Corrects = Corrects };
        Records.CheckDays(Records.Put(building.Feasibility, position, assessed), position, record => record.On, faults);
        return assessed;
    }
}

/// <summary>It was judged whether a lift can be added.</summary>
public sealed record FeasibilityAssessed : BuildingEvent
{
    /// <summary>Whether it can.</summary>
    public required Feasibility Feasibility { get; init; }

    /// <summary>The day of the judgement.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What it rests on.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Note { get; init; }

    /// <summary>The number of the record that it took the place of, from 1; left out for a new record and in the building.</summary>
    public Count? Corrects { get; init; }

    internal override Building ApplyTo(Building building) =>
        building with { Feasibility = Records.Put(building.Feasibility, Records.PositionThen(building.Feasibility.Count, Corrects), this with { Corrects = null }) };
}

/// <summary>Asks to record that a household signed the agreement 协议.</summary>
public sealed record SignAgreement : BuildingCommand
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>When it signed.</summary>
    public required DateOnly On { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (building.PositionOf(Household) < 0) { faults.Add(FaultCode.HouseholdUnknown, Place.Root.At("household"), ("household", Household.Value)); }
        else if (building.Signatures.Exists(signature => signature.Household == Household))
        {
            faults.Add(FaultCode.SignedAlready, Place.Root.At("household"), ("household", Household.Value));
        }
        return new AgreementSigned { Household = Household, On = On };
    }
}

/// <summary>A household signed the agreement.</summary>
public sealed record AgreementSigned : BuildingEvent
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>When it signed.</summary>
    public required DateOnly On { get; init; }

    internal override Building ApplyTo(Building building)
    {
        CanHaveHappened(building.HouseholdIds.Contains(Household), "a household that signs is registered");
        CanHaveHappened(!building.Signatures.Exists(signature => signature.Household == Household), "a household signs once");
        return building with { Signatures = building.Signatures.Add(this) };
    }
}

/// <summary>Asks to take back a signature: it was recorded by mistake, or the household withdrew it 撤签. It may sign again.</summary>
public sealed record WithdrawSignature : BuildingCommand
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>Why.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (!building.Signatures.Exists(signature => signature.Household == Household)) { faults.Add(FaultCode.NotSigned, Place.Root.At("household"), ("household", Household.Value)); }
        return new SignatureWithdrawn { Household = Household, Reason = Reason };
    }
}

/// <summary>A signature was taken back.</summary>
public sealed record SignatureWithdrawn : BuildingEvent
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>Why.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override Building ApplyTo(Building building)
    {
        ImmutableList<AgreementSigned> left = building.Signatures.RemoveAll(signature => signature.Household == Household);
        CanHaveHappened(left.Count < building.Signatures.Count, "a signature that is taken back was recorded");
        return building with { Signatures = left };
    }
}
