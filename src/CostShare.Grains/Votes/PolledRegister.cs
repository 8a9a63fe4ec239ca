using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;

namespace CostShare.Grains.Votes;

/// <summary>The register of a building with what its households said when they were asked 征询.</summary>
public sealed record PolledRegister
{
    /// <summary>The number of storeys, the ground floor included.</summary>
    public required Floor Storeys { get; init; }

    /// <summary>The households in the order of the register, which settles ties.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<PolledHousehold> Households { get; init; }

    /// <summary>The register alone.</summary>
    [JsonIgnore]
    public HouseholdRegister Register => new() { Storeys = Storeys, Households = Households };

    /// <summary>A register of which nobody was asked.</summary>
    /// <param name="register">The register.</param>
    public static PolledRegister Of(HouseholdRegister register) => new()
    {
        Storeys = register.Storeys,
        Households = [.. register.Households.Select(household => new PolledHousehold(household))],
    };
}

/// <summary>A household with its owners and with what it said when it was asked.</summary>
public sealed record PolledHousehold : Household
{
    /// <summary>A household of which nothing is known yet.</summary>
    public PolledHousehold()
    {
    }

    /// <summary>A household that was not asked.</summary>
    /// <param name="household">Its line in the register.</param>
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    internal PolledHousehold(Household household)
        : base(household)
    {
    }

    /// <summary>
    /// Who owns it. The flats of the same owner, or of the same owners together, are one head in a vote; several owners of one flat are one head. Where it is
    /// not stated the household is a head of its own.
    /// </summary>
    [Length(1, 100)]
    public IReadOnlyList<Owner>? Owners { get; init; }

    /// <summary>What it says to the project; undecided unless stated.</summary>
    public Stance? Stance { get; init; }

    /// <summary>The most that it is willing to pay. Never told to other residents.</summary>
    [JsonPropertyName("limitFen")]
    public Money? Limit { get; init; }
}

/// <summary>An owner of a flat.</summary>
public sealed record Owner
{
    /// <summary>The person.</summary>
    public required PersonId Person { get; init; }

    /// <summary>Which part of the flat is the person's, "1" or "a/b", b at most 1,000,000; the parts of a flat sum to 1. Either all owners of a flat state theirs, or none does: then one owner has the whole, and of several the parts are not known.</summary>
    public Fraction? Of { get; init; }
}

/// <summary>What a household says to the project.</summary>
public enum Stance
{
    /// <summary>It agrees.</summary>
    Yes,
    /// <summary>It does not agree.</summary>
    No,
    /// <summary>It has not said, or does not know.</summary>
    Undecided,
}

/// <summary>The rule by which a vote is counted.</summary>
public sealed record VoteQuestion
{
    /// <summary>The policy that holds the thresholds, for example "china-civil-code-278".</summary>
    public required Texts.PolicyId Policy { get; init; }

    /// <summary>The day whose thresholds count.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Totals that somebody counts by in place of those of the register, as a notice may: the vote is then told under both.</summary>
    public StatedTotals? Stated { get; init; }
}

/// <summary>What somebody takes for the whole of the owners.</summary>
public sealed record StatedTotals
{
    /// <summary>The exclusive area of all owners in square metres; as the register has it unless stated.</summary>
    [JsonPropertyName("areaM2")]
    public TotalArea? Area { get; init; }

    /// <summary>The heads; as the register has them unless stated.</summary>
    public Count? Persons { get; init; }
}
