using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison.Search;

/// <summary>The schemes of a family that no other scheme of it beats.</summary>
public sealed record SearchResult
{
    /// <summary>How many schemes the family has; each was looked at.</summary>
    [Range(1, SearchRequest.MostSchemes)]
    public required int Family { get; init; }

    /// <summary>How many of them cannot be carried out: all coefficients of payers are 0, nobody rides, or a cap leaves money that nobody may be billed. They take no part.</summary>
    [Range(0, SearchRequest.MostSchemes)]
    public required int Refused { get; init; }

    /// <summary>How many there are that no other beats; of those that are equal by every criterion one counts, the first of the family.</summary>
    [Range(0, Search.Frontier.Most)]
    public required int Frontier { get; init; }

    /// <summary>Whether these are all. Otherwise the bounds of the search were reached: others may be missing, and one that is listed may be beaten by one that is missing.</summary>
    public required bool Complete { get; init; }

    /// <summary>How many schemes were left out at those bounds without being compared.</summary>
    [Range(0, SearchRequest.MostSchemes)]
    public required int LeftOut { get; init; }

    /// <summary>The criteria by which the schemes were compared.</summary>
    [Length(4, 6)]
    public required IReadOnlyList<Criterion> Criteria { get; init; }

    /// <summary>
    /// The schemes, as many as were asked for: most heads that would agree first, then most area, fewest above their limit, least subsidy, least distance, simplest, and the first of the family. Subsidies count in whole yuan and
    /// distances in hundredths of a percentage point here, both rounded up, as they do in the comparison.
    /// </summary>
    [Length(0, ListedSchemes.Most)]
    public required IReadOnlyList<FoundScheme> Schemes { get; init; }
}

/// <summary>What schemes are compared by.</summary>
public enum Criterion
{
    /// <summary>How many heads would agree, as far as stances and limits tell: the more the better.</summary>
    SupportByPersons,
    /// <summary>What area they have: the more the better.</summary>
    SupportByArea,
    /// <summary>How many households pay more than they are willing to: the fewer the better.</summary>
    AboveLimit,
    /// <summary>By how much the group of floors that is worst off pays more than a lift of its own would cost: the less the better. Only where stand-alone costs are given.</summary>
    WorstSubsidy,
    /// <summary>How far floors lie outside the guidance ranges: the less the better. Only where guidance is asked for.</summary>
    GuidanceDistance,
    /// <summary>How much there is to explain: the less the better.</summary>
    Complexity,
}

/// <summary>A scheme that no other one of its family beats.</summary>
public sealed record FoundScheme
{
    /// <summary>Its place in the family, from 1.</summary>
    [Range(1, SearchRequest.MostSchemes)]
    public required int Number { get; init; }

    /// <summary>What it is, in words.</summary>
    public required Words Description { get; init; }

    /// <summary>The scheme, ready to be compared with others: carried out there it gives the same amounts.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>What it comes to, recomputed exactly.</summary>
    public required CriteriaValues Values { get; init; }

    /// <summary>What a vote on it would come to by the totals of the register, as far as stances and limits tell; only where the request has a <c>vote</c>. The comparison tells more.</summary>
    public VoteState? Vote { get; init; }

    /// <summary>What every household pays, in register order.</summary>
    [Length(1, SearchRequest.MostHouseholds)]
    public required IReadOnlyList<HouseholdAmount> Amounts { get; init; }
}

/// <summary>What one household pays.</summary>
/// <param name="Household">The household's id.</param>
/// <param name="Amount">Its bill less its compensation; below 0 where compensation exceeds the bill.</param>
public sealed record HouseholdAmount(HouseholdId Household, [property: JsonPropertyName("amountFen")] SignedMoney Amount);

/// <summary>What a scheme comes to by each criterion, exactly.</summary>
public sealed record CriteriaValues
{
    /// <summary>How the owners would vote.</summary>
    public required Support Support { get; init; }

    /// <summary>Households that pay more than they are willing to.</summary>
    public required AboveLimit AboveLimit { get; init; }

    /// <summary>
    /// The most by which a group of floors pays more than a lift of its own would cost, in fen; 0 where none does. Only where stand-alone costs are given.
    /// </summary>
    public Fraction? WorstSubsidy { get; init; }

    /// <summary>By how many percentage points floors lie outside the guidance ranges, added up over the floors. Only where guidance is asked for.</summary>
    public Fraction? GuidanceDistance { get; init; }

    /// <summary>
    /// How much there is to explain, 0 for the simplest: 1 for each rule of the blend beyond the first, 1 for a cap, and for coefficients that are shared by household 0, by area 1, by floor and equally within 1, by floor and by area within 2.
    /// </summary>
    [Range(0, 6)]
    public required int Complexity { get; init; }
}

/// <summary>How far a search is.</summary>
public sealed record SearchProgress
{
    /// <summary>How many schemes were looked at.</summary>
    [Range(0, SearchRequest.MostSchemes)]
    public required int Done { get; init; }

    /// <summary>How many there are.</summary>
    [Range(1, SearchRequest.MostSchemes)]
    public required int Total { get; init; }
}
