using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;

namespace CostShare.Grains.Buildings;

/// <summary>How far a subsidy has come.</summary>
public enum SubsidyState
{
    /// <summary>Reckoned with 计划.</summary>
    Planned,
    /// <summary>Applied for 申领.</summary>
    Claimed,
    /// <summary>Granted 批准.</summary>
    Granted,
    /// <summary>Paid 发放.</summary>
    Paid,
}

/// <summary>Asks to record how far a subsidy has come.</summary>
public sealed record RecordSubsidy : BuildingCommand
{
    /// <summary>The source of money that stands for it in the funding.</summary>
    public required SourceId Source { get; init; }

    /// <summary>How far it has come.</summary>
    public required SubsidyState State { get; init; }

    /// <summary>How much is planned, claimed, granted or paid.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>When.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The number of the use certificate 特种设备使用登记证 that it was claimed with.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Certificate { get; init; }

    /// <summary>The programme that it is paid from, as the office calls it.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Programme { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (building.Funding.All(source => source.Id != Source)) { faults.Add(FaultCode.SourceUnknown, Place.Root.At("source"), ("source", Source.Value)); }
        return new SubsidyRecorded { Source = Source, State = State, Amount = Amount, On = On, Certificate = Certificate, Programme = Programme };
    }
}

/// <summary>It was recorded how far a subsidy has come.</summary>
public sealed record SubsidyRecorded : BuildingEvent
{
    /// <summary>The source of money that stands for it.</summary>
    public required SourceId Source { get; init; }

    /// <summary>How far it has come.</summary>
    public required SubsidyState State { get; init; }

    /// <summary>How much is planned, claimed, granted or paid.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>When.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The number of the use certificate.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Certificate { get; init; }

    /// <summary>The programme that it is paid from.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Programme { get; init; }

    internal override Building ApplyTo(Building building) => building with { Subsidies = building.Subsidies.Add(this) };
}
