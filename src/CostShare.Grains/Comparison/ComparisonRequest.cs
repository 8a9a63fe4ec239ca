using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison;

/// <summary>Asks for schemes to be carried out side by side on one building and one budget.</summary>
public sealed record ComparisonRequest
{
    /// <summary>The most schemes in one request.</summary>
    public const int MostSchemes = 50;

    /// <summary>The most households times schemes in one request.</summary>
    public const int MostShares = 20_000;

    /// <summary>The most households times rules in one request, where each part of a mix counts as a rule, and so do twenty characters of a formula.</summary>
    public const int MostRules = 100_000;

    /// <summary>The same where derivations are asked for, since every rule adds steps to the answer; each floor that <c>shapley</c> lists and, under <c>perCost</c>, each cost line then counts as a rule.</summary>
    public const int MostExplainedRules = 20_000;

    /// <summary>
    /// The most bills that a request may ask to reckon again to see how they move: variations times households times rules, over all schemes, and cost lines times sources for each
    /// change of the budget.
    /// </summary>
    public const int MostVariedBills = 100_000;

    /// <summary>The building: its storeys and its households.</summary>
    public required PolledRegister Building { get; init; }

    /// <summary>The budget, line by line.</summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyList<CostLine> Costs { get; init; }

    /// <summary>Money that residents do not raise themselves; programmes first, then in this order. None unless stated.</summary>
    [Length(0, Source.Most)]
    public IReadOnlyList<Source> Funding { get; init; } = [];

    /// <summary>The schemes to compare.</summary>
    [Length(1, MostSchemes)]
    public required IReadOnlyList<Scheme> Schemes { get; init; }

    /// <summary>What a lift that serves only the lower floors would cost, for the question whether a group of floors pays more than a lift of its own. Not asked unless stated.</summary>
    public StandAloneCosts? StandAlone { get; init; }

    /// <summary>The rule by which the vote is forecast. Not forecast unless stated.</summary>
    public VoteQuestion? Vote { get; init; }
}

/// <summary>What an answer holds besides the shares.</summary>
[Flags]
public enum ComparisonParts
{
    /// <summary>The shares, and how many payers there are.</summary>
    None = 0,
    /// <summary>What can be said about each scheme and between each two.</summary>
    Facts = 1,
    /// <summary>Each household's amount with its steps.</summary>
    Derivations = 2,
    /// <summary>With the facts, what each household pays more or less than under each other scheme.</summary>
    Differences = 4,
    /// <summary>How each bill moves when something changes.</summary>
    Sensitivity = 8,
    /// <summary>With the facts, which households are above their stated limits and what would bring them below: only for whoever collected the limits.</summary>
    Limits = 16,
}
