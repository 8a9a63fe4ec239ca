using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison.Search;

/// <summary>Asks which schemes of a family no other scheme of it beats.</summary>
public sealed record SearchRequest
{
    /// <summary>The most schemes of a family.</summary>
    public const int MostSchemes = 200_000_000;

    /// <summary>The most households of a building in which schemes are searched.</summary>
    public const int MostHouseholds = 500;

    /// <summary>The most households times schemes of the family.</summary>
    public const long MostShares = 10_000_000_000;

    /// <summary>How many schemes are listed unless it is stated.</summary>
    public const int Listed = 100;

    /// <summary>The building: its storeys and its households, with their owners, what they said and the most that each is willing to pay.</summary>
    public required PolledRegister Building { get; init; }

    /// <summary>The budget, line by line.</summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyList<CostLine> Costs { get; init; }

    /// <summary>Money that residents do not raise themselves; programmes first, then in this order. None unless stated.</summary>
    [Length(0, Source.Most)]
    public IReadOnlyList<Source> Funding { get; init; } = [];

    /// <summary>What a lift that serves only the lower floors would cost: where it is stated, schemes are also compared by the worst subsidy that a group of floors gives to the others.</summary>
    public StandAloneCosts? StandAlone { get; init; }

    /// <summary>The rule by which it is told what a vote on each scheme that is found would come to. Not told unless stated; schemes are not compared by it.</summary>
    public VoteQuestion? Vote { get; init; }

    /// <summary>Guidance ranges: where they are stated, schemes are also compared by how far their floors lie outside.</summary>
    public Guidance? Guidance { get; init; }

    /// <summary>What departs from the rule in every scheme: only <c>compensation</c>, <c>exempt</c> and <c>fixed</c>; caps belong to the family.</summary>
    [Length(0, 3 * MostHouseholds)]
    public IReadOnlyList<Adjustment> Adjustments { get; init; } = [];

    /// <summary>How exact shares become bills in every scheme; whole fen by largest remainder unless stated.</summary>
    public Rounding Rounding { get; init; } = new();

    /// <summary>The schemes among which is searched.</summary>
    public required SchemeFamily Family { get; init; }

    /// <summary>How many schemes are listed at the most, the first in the order of the answer; 100 unless stated.</summary>
    public ListedSchemes? Most { get; init; }
}

/// <summary>How many schemes are listed.</summary>
/// <remarks>1 to 1,000.</remarks>
public readonly record struct ListedSchemes
{
    /// <summary>The largest number.</summary>
    public const int Most = 1_000;

    private readonly int _numberLessOne;

    private ListedSchemes(int number) => _numberLessOne = number - 1;

    /// <summary>The number, 1 or more.</summary>
    public int Number => _numberLessOne + 1;

    /// <summary>So many.</summary>
    /// <param name="number">1 to <see cref="Most"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public static ListedSchemes Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Most);
        return new ListedSchemes(number);
    }
}

/// <summary>A family of schemes: floor coefficients, blended with other rules, under caps.</summary>
/// <remarks>
/// Every combination is a scheme of the family. What would share alike is one scheme: coefficients in the same proportion (1 and 0.5 as 2 and 1) stand once, by the first pair of base and
/// step, and a blend without coefficients stands once whatever they are.
/// </remarks>
public sealed record SchemeFamily
{
    /// <summary>The coefficients; none unless stated, and then the blend has no part of them.</summary>
    public CoefficientFamily? Coefficients { get; init; }

    /// <summary>The rules with which they are blended; coefficients alone unless stated.</summary>
    public BlendFamily? Blend { get; init; }

    /// <summary>Caps for every payer, each of which is tried. None unless stated.</summary>
    [Length(0, 50)]
    [JsonPropertyName("capsFen")]
    public IReadOnlyList<Money> Caps { get; init; } = [];

    /// <summary>Whether schemes without a cap are tried too.</summary>
    public bool Uncapped { get; init; } = true;
}

/// <summary>Floor coefficients: 0 below the first paying floor, the base on it, and one step more on each floor above.</summary>
public sealed record CoefficientFamily
{
    /// <summary>The first floor that pays.</summary>
    public required FloorRange FirstFloor { get; init; }

    /// <summary>The coefficient of that floor.</summary>
    public required CoefficientRange Base { get; init; }

    /// <summary>By how much each floor above has more.</summary>
    public required CoefficientRange Step { get; init; }

    /// <summary>Between whom the coefficients share; floors unless stated.</summary>
    [Length(1, 3)]
    public IReadOnlyList<SharedBy> SharedBy { get; init; } = [Schemes.SharedBy.Floor];

    /// <summary>By what a floor's payers divide what the floor carries; by area unless stated. Used only with <c>sharedBy</c> floor.</summary>
    [Length(1, 2)]
    public IReadOnlyList<Within> Within { get; init; } = [Schemes.Within.Area];
}

/// <summary>Several rules side by side, in parts that sum to 100 %.</summary>
public sealed record BlendFamily
{
    /// <summary>The rules besides the coefficients.</summary>
    [Length(1, 3)]
    public required IReadOnlyList<BlendRule> With { get; init; }

    /// <summary>In which steps the parts are varied, in per cent: at least 1, and a whole number of them makes 100.</summary>
    [JsonPropertyName("stepPercent")]
    public required Percentage Step { get; init; }
}

/// <summary>A rule that coefficients are blended with.</summary>
public enum BlendRule
{
    /// <summary>Equal shares: the rule <c>equal</c>.</summary>
    Equal,
    /// <summary>By exclusive area: the rule <c>area</c>.</summary>
    Area,
    /// <summary>By height, in storeys ridden: the rule <c>ride</c>.</summary>
    Height,
}

/// <summary>From one floor to another, both included.</summary>
public sealed record FloorRange
{
    /// <summary>The lowest.</summary>
    public required Floor From { get; init; }

    /// <summary>The highest; the lowest alone unless stated.</summary>
    public Floor? To { get; init; }
}

/// <summary>From one coefficient to another in steps.</summary>
public sealed record CoefficientRange
{
    /// <summary>The most coefficients of a range.</summary>
    public const int Most = 500;

    /// <summary>The smallest.</summary>
    public required Coefficient From { get; init; }

    /// <summary>The largest, if a whole number of steps leads to it, otherwise what none is above; the smallest alone unless stated.</summary>
    public Coefficient? To { get; init; }

    /// <summary>By how much each is more than the one before; above 0. Needed only where there is more than one.</summary>
    public Coefficient? Step { get; init; }
}
