using System.Collections.Immutable;
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

/// <summary>Asks to record how far a subsidy has come, or to put such a record right.</summary>
/// <remarks>
/// A state may be left out, and recorded again with another sum, but not gone back to; only more may be granted after something was paid. What was
/// recorded by mistake is corrected, and everything must then hold as if it had been recorded so at first.
/// </remarks>
public sealed record RecordSubsidy : BuildingCommand
{
    /// <summary>The most records of one building.</summary>
    public const int Most = 1_000;

    /// <summary>The source of money that stands for it in the funding; not a programme.</summary>
    public required SourceId Source { get; init; }

    /// <summary>How far it has come.</summary>
    public required SubsidyState State { get; init; }

    /// <summary>
    /// The whole sum that is planned, claimed, granted or was paid. For <c>paid</c> it is everything that was paid so far, this payment included: no less than was
    /// recorded before, and no more than was granted last, where a grant was recorded.
    /// </summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>When; not before the record of this source before it.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The number of the use certificate 特种设备使用登记证 that it was claimed with; the one of the record of this source before it unless stated.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Certificate { get; init; }

    /// <summary>The programme that it is paid from, as the office calls it; the one of the record of this source before it unless stated.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Programme { get; init; }

    /// <summary>The record that it takes the place of, whole, as the number among the records of this source, from 1; a new record unless stated.</summary>
    public Count? Corrects { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        switch (building.Funding.FirstOrDefault(source => source.Id == Source))
        {
            case null: faults.Add(FaultCode.SourceUnknown, Place.Root.At("source"), ("source", Source.Value)); break;
            case ProgrammeSource: faults.Add(FaultCode.SourceIsProgramme, Place.Root.At("source"), ("source", Source.Value)); break;
            default: break;
        }
        ImmutableList<SubsidyRecorded> records = building.Subsidies.FindAll(record => record.Source == Source);
        if (Corrects is null) { Records.CheckRoom(building.Subsidies.Count, Most, Place.Root, faults); }
        if (Records.Position(records.Count, Corrects, faults) is not int position) { return null; }
        SubsidyRecorded? before = position > 0 ? records[position - 1] : null;
        var recorded = new SubsidyRecorded
        {
            Source = Source,
            State = State,
            Amount = Amount,
            On = On,
            Certificate = Certificate ?? before?.Certificate,
            Programme = Programme ?? before?.Programme,
            Corrects = Corrects,
        };
        records = Records.Put(records, position, recorded);
        Records.CheckDays(records, position, record => record.On, faults);
        CheckSums(records, faults);
        return recorded;
    }

    // All records of the source, since a correction may not fit one that follows it.
    private void CheckSums(ImmutableList<SubsidyRecorded> records, FaultList faults)
    {
        Money? granted = null, paid = null;
        SubsidyState furthest = SubsidyState.Planned;
        bool goesBack = false;
        foreach (SubsidyRecorded record in records)
        {
            goesBack |= record.State < furthest && record.State != SubsidyState.Granted;
            if (record.State > furthest) { furthest = record.State; }
            if (record.State == SubsidyState.Granted) { granted = record.Amount; }
            if (record.State != SubsidyState.Paid) { continue; }
            if (record.Amount < paid)
            {
                faults.Add(FaultCode.PaidSumFalls, Place.Root.At("amountFen"), ("source", Source.Value), ("paidFen", record.Amount.Fen), ("beforeFen", paid.Value.Fen));
            }
            paid = record.Amount;
        }
        if (goesBack) { faults.Add(FaultCode.SubsidyGoesBack, Place.Root.At("state"), ("source", Source.Value)); }
        if (paid > granted) { faults.Add(FaultCode.PaidAboveGranted, Place.Root.At("amountFen"), ("source", Source.Value), ("paidFen", paid.Value.Fen), ("grantedFen", granted.Value.Fen)); }
    }
}

/// <summary>It was recorded how far a subsidy has come.</summary>
public sealed record SubsidyRecorded : BuildingEvent
{
    /// <summary>The source of money that stands for it.</summary>
    public required SourceId Source { get; init; }

    /// <summary>How far it has come.</summary>
    public required SubsidyState State { get; init; }

    /// <summary>The whole sum that is planned, claimed, granted or was paid so far.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>When.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The number of the use certificate, where one was stated now or before.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Certificate { get; init; }

    /// <summary>The programme that it is paid from, where one was stated now or before.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Programme { get; init; }

    /// <summary>The number of the record of this source that it took the place of, from 1; left out for a new record and in the building.</summary>
    public Count? Corrects { get; init; }

    internal override Building ApplyTo(Building building)
    {
        int[] ofSource = [.. building.Subsidies.Select((record, i) => (record.Source, i)).Where(record => record.Source == Source).Select(record => record.i)];
        int corrected = Records.PositionThen(ofSource.Length, Corrects);
        int position = corrected == ofSource.Length ? building.Subsidies.Count : ofSource[corrected];
        return building with { Subsidies = Records.Put(building.Subsidies, position, this with { Corrects = null }) };
    }
}
