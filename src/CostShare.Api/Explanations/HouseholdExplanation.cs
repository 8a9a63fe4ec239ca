using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Api.Explanations;

/// <summary>Why a household pays what it pays, in words, with every number in its place.</summary>
public sealed record HouseholdExplanation
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>Its floor.</summary>
    public required Floor Floor { get; init; }

    /// <summary>Its exclusive area.</summary>
    [JsonPropertyName("areaM2")]
    public required Area Area { get; init; }

    /// <summary>How each source's amount was reached, in the order of the request.</summary>
    [Length(0, Source.Most)]
    public required IReadOnlyList<SourceExplanation> Funding { get; init; }

    /// <summary>Each scheme that was asked for.</summary>
    [Length(1, ComparisonRequest.MostSchemes)]
    public required IReadOnlyList<SchemeExplanation> Schemes { get; init; }
}

/// <summary>What a source gives, in words.</summary>
/// <param name="Id">The source.</param>
/// <param name="Amount">What it gives.</param>
/// <param name="Steps">How that was reached, one sentence a step.</param>
public sealed record SourceExplanation(SourceId Id, [property: JsonPropertyName("amountFen")] Money Amount, [property: Length(0, CostLine.Most)] IReadOnlyList<string> Steps);

/// <summary>What a household pays under a scheme, in words.</summary>
/// <param name="Id">The scheme.</param>
/// <param name="Name">Its name.</param>
/// <param name="Amount">What the household pays.</param>
/// <param name="Steps">How that was reached, one sentence a step; each can be done again with a calculator.</param>
/// <param name="Closing">The amount, what rounding did to it and why.</param>
public sealed record SchemeExplanation(
    SchemeId Id, string Name, [property: JsonPropertyName("amountFen")] Money Amount, [property: Length(1, ComparisonRequest.MostExplainedRules)] IReadOnlyList<string> Steps, string Closing);
