using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;

namespace CostShare.Grains.Buildings;

/// <summary>What a street office needs of a building: a pure function of the building as it stands.</summary>
/// <remarks>Nobody's name, bill or signature is in it, so that it can be kept beside the building and read for thousands of them.</remarks>
public sealed record BuildingSummary
{
    /// <summary>The building.</summary>
    public required BuildingId Building { get; init; }

    /// <summary>Where it stands and how high it is.</summary>
    public required BuildingRegistered Site { get; init; }

    /// <summary>The households of the register; left out where there is none.</summary>
    public Count? Households { get; init; }

    /// <summary>The households that join; left out where none does.</summary>
    public Count? Joining { get; init; }

    /// <summary>How many of those that join signed the agreement; left out where none did.</summary>
    public Count? Signatories { get; init; }

    /// <summary>Whether a lift can be added, as it was judged last; left out where it was not judged.</summary>
    public Feasibility? Feasibility { get; init; }

    /// <summary>The stage that was entered last; left out where none was.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Since when.</summary>
    public DateOnly? StageOn { get; init; }

    /// <summary>When the project began: the day of its first stage or of its first signature, whichever was earlier; left out where no stage was entered.</summary>
    public DateOnly? StartedOn { get; init; }

    /// <summary>When the stair had signed 签约: the last day on which a household signed, where all that join have; left out where not all have.</summary>
    public DateOnly? SignedOn { get; init; }

    /// <summary>The budget.</summary>
    [Length(0, CostLine.Most)]
    public required IReadOnlyList<CostLine> Costs { get; init; }

    /// <summary>Money that residents do not raise themselves.</summary>
    [Length(0, Source.Most)]
    public required IReadOnlyList<Source> Funding { get; init; }

    /// <summary>How far the subsidy of each source has come, in the order of the funding; a source of which nothing is recorded is left out.</summary>
    [Length(0, Source.Most)]
    public required IReadOnlyList<SubsidyStanding> Subsidies { get; init; }

    /// <summary>
    /// What households are to pay in all, by the contributions in force; left out where none were finalised. What some are paid, because their compensation exceeds their bill,
    /// is not taken off.
    /// </summary>
    [JsonPropertyName("billedFen")]
    public Money? Billed { get; init; }

    /// <summary>The summary of a building.</summary>
    /// <param name="id">The building.</param>
    /// <param name="building">The building as it stands.</param>
    /// <returns>The summary, or null where the building is not registered.</returns>
    public static BuildingSummary? Of(BuildingId id, Building building)
    {
        if (building.Site is null) { return null; }
        var signed = building.Signatures.ToDictionary(signature => signature.Household, signature => signature.On);
        DateOnly?[] joining = [.. building.Households.Where(household => household.Facts.Joins)
            .Select(household => signed.TryGetValue(household.Facts.Id, out DateOnly on) ? on : (DateOnly?)null)];
        int signatories = joining.Count(on => on is not null);
        StageEntered? stage = building.Stages.LastOrDefault();
        return new BuildingSummary
        {
            Building = id,
            Site = building.Site,
            Households = Number(building.Households.Count),
            Joining = Number(joining.Length),
            Signatories = Number(signatories),
            Feasibility = building.Feasibility.LastOrDefault()?.Feasibility,
            Stage = stage?.Stage,
            StageOn = stage?.On,
            StartedOn = stage is null ? null : building.Stages.Select(entered => entered.On).Concat(building.Signatures.Select(signature => signature.On)).Min(),
            SignedOn = signatories > 0 && signatories == joining.Length ? joining.Max() : null,
            Costs = building.Costs,
            Funding = building.Funding,
            Subsidies = [.. building.Funding.Select(source => SubsidyStanding.Of(source.Id, building.Subsidies)).OfType<SubsidyStanding>()],
            Billed = building.Finalisations.LastOrDefault() is ContributionsFinalised last ? Money.Sum(last.Bills.Select(bill => bill.Amount)) : null,
        };
    }

    private static Count? Number(int number) => number > 0 ? Count.Of(number) : null;
}

/// <summary>How far the subsidy of one source has come: of each state the sum that was recorded last.</summary>
public sealed record SubsidyStanding
{
    /// <summary>The source of money that stands for it.</summary>
    public required SourceId Source { get; init; }

    /// <summary>How far it has come at the furthest.</summary>
    public required SubsidyState State { get; init; }

    /// <summary>The day of the last record.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The day on which it was first claimed, granted or paid; left out where it is only planned.</summary>
    public DateOnly? ClaimedOn { get; init; }

    /// <summary>What was planned; left out where no plan was recorded.</summary>
    [JsonPropertyName("plannedFen")]
    public Money? Planned { get; init; }

    /// <summary>What was claimed; left out where no claim was recorded.</summary>
    [JsonPropertyName("claimedFen")]
    public Money? Claimed { get; init; }

    /// <summary>What was granted; left out where no grant was recorded.</summary>
    [JsonPropertyName("grantedFen")]
    public Money? Granted { get; init; }

    /// <summary>What was paid so far; left out where no payment was recorded.</summary>
    [JsonPropertyName("paidFen")]
    public Money? Paid { get; init; }

    /// <summary>The number of the use certificate of the last record; left out where none was stated.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Certificate { get; init; }

    /// <summary>The same as it is compared: wide letters, blanks and capitals make no other certificate; null where none was stated.</summary>
    [JsonIgnore]
    public string? CertificateKey => Certificate is null ? null : PlainText.Key(Certificate);

    /// <summary>The programme of the last record; left out where none was stated.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Programme { get; init; }

    /// <summary>
    /// The sum that counts: what was granted, where something was; otherwise what was paid, claimed or planned, the first of these that was recorded. A
    /// grant may be paid in parts, so a payment counts only where no grant was recorded.
    /// </summary>
    [JsonIgnore]
    public Money Recorded => Granted ?? Paid ?? Claimed ?? Planned ?? Money.Zero;

    /// <summary>What was asked of public money, and not refused: as <see cref="Recorded"/>, but what is only planned is not.</summary>
    [JsonIgnore]
    public Money Committed => Granted ?? Paid ?? Claimed ?? Money.Zero;

    /// <summary>The standing of a source, or null where nothing is recorded of it.</summary>
    internal static SubsidyStanding? Of(SourceId source, ImmutableList<SubsidyRecorded> records)
    {
        ImmutableList<SubsidyRecorded> own = records.FindAll(record => record.Source == source);
        if (own.IsEmpty) { return null; }
        return new SubsidyStanding
        {
            Source = source,
            State = own.Max(record => record.State),
            On = own[^1].On,
            ClaimedOn = own.Find(record => record.State > SubsidyState.Planned)?.On,
            Planned = Last(SubsidyState.Planned),
            Claimed = Last(SubsidyState.Claimed),
            Granted = Last(SubsidyState.Granted),
            Paid = Last(SubsidyState.Paid),
            Certificate = own[^1].Certificate,
            Programme = own[^1].Programme,
        };

        Money? Last(SubsidyState state) => own.FindLast(record => record.State == state)?.Amount;
    }
}
