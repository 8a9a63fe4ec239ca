using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

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

    /// <summary>The building: its storeys and its households.</summary>
    public required HouseholdRegister Building { get; init; }

    /// <summary>The budget, line by line.</summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyList<CostLine> Costs { get; init; }

    /// <summary>Money that residents do not raise themselves; programmes first, then in this order. None unless stated.</summary>
    [Length(0, Source.Most)]
    public IReadOnlyList<Source> Funding { get; init; } = [];

    /// <summary>The schemes to compare.</summary>
    [Length(1, MostSchemes)]
    public required IReadOnlyList<Scheme> Schemes { get; init; }
}
