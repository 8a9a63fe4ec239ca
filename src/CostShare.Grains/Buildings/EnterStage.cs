using System.ComponentModel.DataAnnotations;
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

/// <summary>Asks to record that a project has come to a stage, or gone back to one.</summary>
public sealed record EnterStage : BuildingCommand
{
    /// <summary>The stage.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Since when; not before the stage that was entered last.</summary>
    public required DateOnly On { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (building.Stages.LastOrDefault() is StageEntered last && On < last.On) { faults.Add(FaultCode.DayBeforeLast, Place.Root.At("on"), ("on", Day(On)), ("last", Day(last.On))); }
        return new StageEntered { Stage = Stage, On = On };
    }

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A project came to a stage.</summary>
public sealed record StageEntered : BuildingEvent
{
    /// <summary>The stage.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Since when.</summary>
    public required DateOnly On { get; init; }

    internal override Building ApplyTo(Building building) => building with { Stages = building.Stages.Add(this) };
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

/// <summary>Asks to record whether a lift can be added.</summary>
public sealed record AssessFeasibility : BuildingCommand
{
    /// <summary>Whether it can.</summary>
    public required Feasibility Feasibility { get; init; }

    /// <summary>The day of the judgement; not before the one before it.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What it rests on.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Note { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (building.Feasibility.LastOrDefault() is FeasibilityAssessed last && On < last.On)
        {
            faults.Add(FaultCode.DayBeforeLast, Place.Root.At("on"), ("on", EnterStage.Day(On)), ("last", EnterStage.Day(last.On)));
        }
        return new FeasibilityAssessed { Feasibility = Feasibility, On = On, Note = Note };
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

    internal override Building ApplyTo(Building building) => building with { Feasibility = building.Feasibility.Add(this) };
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

    internal override Building ApplyTo(Building building) => building with { Signatures = building.Signatures.Add(this) };
}
