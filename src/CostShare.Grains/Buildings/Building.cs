using System.Collections.Immutable;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Buildings;

/// <summary>A building as it stands: the fold of everything that happened to it.</summary>
/// <remarks>Immutable. A later version is made by <see cref="Evolve"/> and by nothing else.</remarks>
public sealed record Building
{
    private Building()
    {
    }

    /// <summary>What there is before anything happened.</summary>
    public static Building Unregistered { get; } = new();

    /// <summary>How much happened so far; 0 where nothing did.</summary>
    public long Version { get; private init; }

    /// <summary>Where it stands and how high it is, as it was registered or last corrected; null before it is registered.</summary>
    public BuildingRegistered? Site { get; internal init; }

    /// <summary>Whether it is registered.</summary>
    public bool IsRegistered => Site is not null;

    /// <summary>Its households in the order of the register, which settles ties.</summary>
    public ImmutableList<RegisteredHousehold> Households { get; internal init; } = [];

    /// <summary>The ids of <see cref="Households"/>, among which one is found at once.</summary>
    internal ImmutableHashSet<HouseholdId> HouseholdIds { get; init; } = [];

    /// <summary>The budget, line by line.</summary>
    public IReadOnlyList<CostLine> Costs { get; internal init; } = [];

    /// <summary>What vendors offered, in the order in which it was recorded.</summary>
    public ImmutableList<QuoteRecorded> Quotes { get; internal init; } = [];

    /// <summary>The offer that was chosen, with the reason; null where none was.</summary>
    public QuoteChosen? Chosen { get; internal init; }

    /// <summary>Money that residents do not raise themselves.</summary>
    public IReadOnlyList<Source> Funding { get; internal init; } = [];

    /// <summary>What became of subsidies, in the order in which it was recorded and as it was corrected; of each source the last record counts, and of each state its last sum.</summary>
    public ImmutableList<SubsidyRecorded> Subsidies { get; internal init; } = [];

    /// <summary>Whether a lift can be added, as it was judged from time to time; the last one counts.</summary>
    public ImmutableList<FeasibilityAssessed> Feasibility { get; internal init; } = [];

    /// <summary>Schemes, in the order in which they were first proposed, with all their versions.</summary>
    public ImmutableList<ProposedScheme> Schemes { get; internal init; } = [];

    /// <summary>The stages that were entered, in that order; the last one is where the building is.</summary>
    public ImmutableList<StageEntered> Stages { get; internal init; } = [];

    /// <summary>Who signed the agreement, in the order of signing.</summary>
    public ImmutableList<AgreementSigned> Signatures { get; internal init; } = [];

    /// <summary>Contributions as they were finalised; the last ones are in force.</summary>
    public ImmutableList<ContributionsFinalised> Finalisations { get; internal init; } = [];

    /// <summary>The building after something happened. Applies and never decides.</summary>
    /// <param name="happened">What happened.</param>
    /// <exception cref="FormatException">It cannot have happened to this building: it speaks of what the building does not have.</exception>
    public Building Evolve(BuildingEvent happened)
    {
        BuildingEvent.CanHaveHappened(IsRegistered != happened is BuildingRegistered, "a building is registered first, and once");
        return happened.ApplyTo(this) with { Version = Version + 1 };
    }

    /// <summary>The same building, told to be of a version.</summary>
    internal Building At(long version) => this with { Version = version };

    /// <summary>The register as schemes see it, or null where no household is registered.</summary>
    public HouseholdRegister? Register => Site is null || Households.IsEmpty ? null : new HouseholdRegister
    {
        Storeys = Site.Storeys,
        Households = [.. Households.Select(household => household.Facts)],
    };

    internal int PositionOf(HouseholdId id) => Households.FindIndex(household => household.Facts.Id == id);
}

/// <summary>A household of the register, with what schemes do not need to know.</summary>
/// <remarks>Names and telephone numbers are kept apart from it and from everything that happened.</remarks>
public sealed record RegisteredHousehold
{
    /// <summary>What schemes go by.</summary>
    public required Household Facts { get; init; }

    /// <summary>The unit 单元 or door as people write it; not stated unless it is.</summary>
    [System.ComponentModel.DataAnnotations.StringLength(64, MinimumLength = 1)]
    public string? Unit { get; init; }

    /// <summary>The document that the area was taken from.</summary>
    [System.ComponentModel.DataAnnotations.StringLength(200, MinimumLength = 1)]
    public string? AreaSource { get; init; }

    /// <summary>Who owns it; several flats of one person are one head in a vote, and several owners of one flat are one head.</summary>
    [System.ComponentModel.DataAnnotations.Length(0, 100)]
    public IReadOnlyList<PersonId> Owners { get; init; } = [];
}

/// <summary>A scheme that was proposed, with its versions.</summary>
/// <param name="Versions">The scheme as it was proposed and revised, the oldest first.</param>
/// <param name="Withdrawn">Why it was withdrawn; null while it stands.</param>
public sealed record ProposedScheme(ImmutableList<SchemeProposed> Versions, SchemeWithdrawn? Withdrawn)
{
    /// <summary>The scheme as it stands.</summary>
    public Scheme Current => Versions[^1].Scheme;
}
