using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>Schemes carried out side by side.</summary>
public sealed record ComparisonResult
{
    /// <summary>Who pays the project before the residents do, and what is left for them.</summary>
    public required FundingResult Funding { get; init; }

    /// <summary>What each scheme asks of whom, in the order of the request.</summary>
    [Length(1, ComparisonRequest.MostSchemes)]
    public required IReadOnlyList<SchemeResult> Schemes { get; init; }
}

/// <summary>What one scheme asks of whom.</summary>
public sealed record SchemeResult
{
    /// <summary>The scheme's id.</summary>
    public required SchemeId Id { get; init; }

    /// <summary>What is to be raised: the self-funded part and all compensation.</summary>
    [JsonPropertyName("payableFen")]
    public required Money Payable { get; init; }

    /// <summary>The sum of all bills before compensation and relief are taken off; at least <c>payableFen</c>.</summary>
    [JsonPropertyName("billedFen")]
    public required Money Billed { get; init; }

    /// <summary>What the bills exceed <c>payableFen</c> by, because of rounding; kept in the pool.</summary>
    [JsonPropertyName("reserveFen")]
    public required Money Reserve { get; init; }

    /// <summary>All compensation.</summary>
    [JsonPropertyName("compensationFen")]
    public required Money Compensation { get; init; }

    /// <summary>All relief.</summary>
    [JsonPropertyName("reliefFen")]
    public required Money Relief { get; init; }

    /// <summary>Every household in register order, those who do not pay with 0.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<Share> Shares { get; init; }

    /// <summary>Every floor that has a household, from the lowest up.</summary>
    [Length(1, Floor.Highest)]
    public required IReadOnlyList<FloorTotal> Floors { get; init; }

    /// <summary>What can be said about the scheme as a whole.</summary>
    public required SchemeFacts Facts { get; init; }

    /// <summary>Whether every floor pays within the guidance ranges; only where the scheme names some.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GuidanceResult? Guidance { get; init; }

    /// <summary>How the bills move when one thing changes; only with <c>?include=sensitivity</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sensitivity? Sensitivity { get; init; }

    /// <summary>How each household's amount was reached, in register order; only with <c>?include=derivations</c>.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HouseholdDerivation>? Derivations { get; init; }
}

/// <summary>What one household pays under a scheme.</summary>
public sealed record Share
{
    /// <summary>The household's id.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>
    /// Its bill less its compensation and its relief; below 0 where compensation exceeds the bill. All amounts sum to
    /// <c>billedFen - compensationFen - reliefFen</c>.
    /// </summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>Its share before rounding, less its compensation, in fen: "a" or "a/b" in lowest terms.</summary>
    public required Fraction Exact { get; init; }

    /// <summary>What comes back to it later; only where a source is treated as <c>refundProRata</c>.</summary>
    [JsonPropertyName("refundFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? Refund { get; init; }
}

/// <summary>What the households of one floor pay together.</summary>
/// <param name="Floor">The floor; the ground floor is 1.</param>
/// <param name="Amount">The sum of their amounts.</param>
/// <param name="Households">How many households live there, whether they pay or not.</param>
public sealed record FloorTotal(Floor Floor, [property: JsonPropertyName("amountFen")] Money Amount,
    [property: Range(1, HouseholdRegister.MostHouseholds)] int Households);

/// <summary>How a household's amount was reached.</summary>
/// <param name="Household">The household's id.</param>
/// <param name="Steps">The steps in the order in which the engine took them.</param>
public sealed record HouseholdDerivation(HouseholdId Household, [property: Length(1, ComparisonRequest.MostExplainedRules)] IReadOnlyList<Step> Steps);
