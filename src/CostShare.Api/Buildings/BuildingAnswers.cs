using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Api.Buildings;

/// <summary>The answer to a command: what happened. Sent again under the same id, the command gets this answer again.</summary>
public sealed record CommandAnswer
{
    /// <summary>The building.</summary>
    [StringLength(BuildingId.Longest, MinimumLength = 1)]
    public required string Building { get; init; }

    /// <summary>The version that the command made, or would make on a dry run; it is also the tag of the answer.</summary>
    [Range(1, 9_007_199_254_740_991)]
    public required long Version { get; init; }

    /// <summary>True where it was only tried and nothing is stored; left out otherwise.</summary>
    public bool? DryRun { get; init; }

    /// <summary>What happened.</summary>
    public required BuildingEvent Happened { get; init; }
}

/// <summary>Buildings, by id.</summary>
public sealed record BuildingPage
{
    /// <summary>The buildings.</summary>
    [Length(0, BuildingAddress.MostOnPage)]
    public required IReadOnlyList<BuildingLine> Buildings { get; init; }

    /// <summary>The address of the next page; left out on the last one.</summary>
    [StringLength(400)]
    public string? Next { get; init; }
}

/// <summary>A building in a list.</summary>
public sealed record BuildingLine
{
    /// <summary>The building.</summary>
    [StringLength(BuildingId.Longest, MinimumLength = 1)]
    public required string Building { get; init; }

    /// <summary>Why nothing can be told of it: what is stored of it is damaged. Left out otherwise.</summary>
    public FaultCode? Problem { get; init; }

    /// <summary>How it is; left out where that cannot be told.</summary>
    public BuildingOverview? Overview { get; init; }
}

/// <summary>A building at a glance.</summary>
public sealed record BuildingOverview
{
    /// <summary>The version: how much happened so far.</summary>
    [Range(1, 9_007_199_254_740_991)]
    public required long Version { get; init; }

    /// <summary>Where it stands and how high it is.</summary>
    public required BuildingRegistered Site { get; init; }

    /// <summary>How many households are registered; left out where none is.</summary>
    public Count? Households { get; init; }

    /// <summary>How many of them signed the agreement; left out where none did.</summary>
    public Count? Signed { get; init; }

    /// <summary>Where the project is; left out before it begins.</summary>
    public StageEntered? Stage { get; init; }

    /// <summary>Whether a lift can be added, as it was judged last.</summary>
    public FeasibilityAssessed? Feasibility { get; init; }

    /// <summary>The schemes that stand, without those that were withdrawn.</summary>
    [Length(0, ProposeScheme.MostSchemes)]
    public required IReadOnlyList<SchemeLine> Schemes { get; init; }

    /// <summary>Which finalisation is in force; left out before the first.</summary>
    public Count? Finalisation { get; init; }

    /// <summary>A building at a glance.</summary>
    internal static BuildingOverview Of(Building building) => new()
    {
        Version = building.Version,
        Site = building.Site!,
        Households = CountOf(building.Households.Count),
        Signed = CountOf(building.Signatures.Count),
        Stage = building.Stages.LastOrDefault(),
        Feasibility = building.Feasibility.LastOrDefault(),
        Schemes = [.. building.Schemes.Where(scheme => scheme.Withdrawn is null).Select(scheme => new SchemeLine { Id = scheme.Current.Id, Name = scheme.Current.Name, Versions = Count.Of(scheme.Versions.Count) })],
        Finalisation = CountOf(building.Finalisations.Count),
    };

    private static Count? CountOf(int number) => number == 0 ? null : Count.Of(number);
}

/// <summary>A scheme in a list.</summary>
public sealed record SchemeLine
{
    /// <summary>Its id.</summary>
    public required SchemeId Id { get; init; }

    /// <summary>What people call it.</summary>
    [StringLength(200)]
    public required string Name { get; init; }

    /// <summary>How many versions of it there are.</summary>
    public required Count Versions { get; init; }
}

/// <summary>A finalisation without its passport.</summary>
public sealed record FinalisationLine
{
    /// <summary>Which finalisation of the building it is, from 1 on.</summary>
    public required Count Number { get; init; }

    /// <summary>The scheme that was adopted.</summary>
    public required SchemeId Scheme { get; init; }

    /// <summary>Why contributions changed; left out for the first.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    /// <summary>What every household is to pay, in the order of the register.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<Bill> Bills { get; init; }

    /// <summary>What changed since the finalisation before it, and why: every household of now, then those that are not in the register any more; left out for the first.</summary>
    [Length(1, 2 * HouseholdRegister.MostHouseholds)]
    public IReadOnlyList<BillChange>? Changes { get; init; }

    /// <summary>The SHA-256 of the passport, to which the bills refer.</summary>
    [StringLength(64, MinimumLength = 64)]
    public required string Sha256 { get; init; }

    /// <summary>A finalisation without its passport.</summary>
    internal static FinalisationLine Of(ContributionsFinalised finalised) =>
        new() { Number = finalised.Number, Scheme = finalised.Scheme, Reason = finalised.Reason, Bills = finalised.Bills, Changes = finalised.Changes, Sha256 = finalised.Sha256 };
}

/// <summary>Households in the order of the register.</summary>
public sealed record HouseholdPage
{
    /// <summary>The households.</summary>
    [Length(0, BuildingAddress.MostOnPage)]
    public required IReadOnlyList<RegisteredHousehold> Households { get; init; }

    /// <summary>The address of the next page, as of the same version; left out on the last one.</summary>
    [StringLength(400)]
    public string? Next { get; init; }
}

/// <summary>The budget of a building.</summary>
/// <param name="Costs">The budget, line by line.</param>
public sealed record CostsAnswer([property: Length(0, CostLine.Most)] IReadOnlyList<CostLine> Costs);

/// <summary>What vendors offered.</summary>
public sealed record QuotesAnswer
{
    /// <summary>The offers, in the order in which they were recorded.</summary>
    [Length(0, RecordQuote.Most)]
    public required IReadOnlyList<QuoteRecorded> Quotes { get; init; }

    /// <summary>The one that was chosen, with the reason; left out where none was.</summary>
    public QuoteChosen? Chosen { get; init; }
}

/// <summary>Money that residents do not raise themselves, and what became of it.</summary>
public sealed record FundingAnswer
{
    /// <summary>The sources of money.</summary>
    [Length(0, Source.Most)]
    public required IReadOnlyList<Source> Funding { get; init; }

    /// <summary>How far subsidies have come, in the order in which it was recorded.</summary>
    [Length(0, RecordSubsidy.Most)]
    public required IReadOnlyList<SubsidyRecorded> Subsidies { get; init; }
}

/// <summary>Schemes with all their versions.</summary>
/// <param name="Schemes">The schemes, in the order in which they were first proposed.</param>
public sealed record SchemesAnswer([property: Length(0, ProposeScheme.MostSchemes)] IReadOnlyList<SchemeHistory> Schemes);

/// <summary>A scheme with all its versions.</summary>
public sealed record SchemeHistory
{
    /// <summary>The scheme as it was proposed and revised, the oldest first.</summary>
    [Length(1, ProposeScheme.MostVersions)]
    public required IReadOnlyList<SchemeProposed> Versions { get; init; }

    /// <summary>Why it was withdrawn; left out while it stands.</summary>
    public SchemeWithdrawn? Withdrawn { get; init; }
}

/// <summary>How far a project has come.</summary>
public sealed record ProgressAnswer
{
    /// <summary>The stages that were entered, in that order.</summary>
    [Length(0, EnterStage.Most)]
    public required IReadOnlyList<StageEntered> Stages { get; init; }

    /// <summary>Whether a lift can be added, as it was judged from time to time; the last one counts.</summary>
    [Length(0, AssessFeasibility.Most)]
    public required IReadOnlyList<FeasibilityAssessed> Feasibility { get; init; }

    /// <summary>Who signed the agreement, in the order of signing.</summary>
    [Length(0, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<AgreementSigned> Signatures { get; init; }
}

/// <summary>Contributions as they were finalised.</summary>
/// <param name="Finalisations">The finalisations; the last one is in force.</param>
public sealed record FinalisationsAnswer([property: Length(0, FinaliseContributions.Most)] IReadOnlyList<FinalisationLine> Finalisations);

/// <summary>A building with all that ever happened to it, to be taken elsewhere. Names and telephone numbers are not in it.</summary>
public sealed record BuildingExport
{
    /// <summary>The form of this object; another form gets another name.</summary>
    public const string Form = "costshare-building-1";

    /// <summary>The form: costshare-building-1.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string Format { get; init; }

    /// <summary>The building.</summary>
    [StringLength(BuildingId.Longest, MinimumLength = 1)]
    public required string Building { get; init; }

    /// <summary>What happened, in order.</summary>
    [Length(1, 1_000_000)]
    public required IReadOnlyList<ExportedEntry> Entries { get; init; }

    /// <summary>The hash of the last entry, in hexadecimal: it stands for all of them.</summary>
    [StringLength(64, MinimumLength = 64)]
    public required string Sha256 { get; init; }
}

/// <summary>An entry of the journal as it is stored.</summary>
public sealed record ExportedEntry
{
    /// <summary>The entry as JSON, byte for byte as it is hashed.</summary>
    [StringLength(2 * ContributionsFinalised.LongestPassport, MinimumLength = 1)]
    public required string Line { get; init; }
}
