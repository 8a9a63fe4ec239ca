using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Policies;

/// <summary>Policies, each by one of its rules.</summary>
/// <param name="Policies">The policies, by id.</param>
public sealed record PolicyList([property: Length(0, PolicyBook.Most)] IReadOnlyList<PolicySummary> Policies);

/// <summary>A policy by one of its rules: the one in force on the day asked for, otherwise the last.</summary>
public sealed record PolicySummary
{
    /// <summary>The policy.</summary>
    public required PolicyId Id { get; init; }

    /// <summary>What it is about: subsidy, coefficients, guidance, consent, notice.</summary>
    public required string Kind { get; init; }

    /// <summary>What people call it.</summary>
    public required Words Name { get; init; }

    /// <summary>The city, or the country where it holds for all of it.</summary>
    public required Words City { get; init; }

    /// <summary>The district, where it holds only there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Words? District { get; init; }

    /// <summary>The first day on which the rule is in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, where there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? To { get; init; }

    /// <summary>How sure the rule is.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>Schemes that follow from it, ready to be compared: one for coefficients; for guidance ranges one for each height, and another where new corridors are a pot of their own; otherwise none.</summary>
    [Length(0, 2 * Floor.Highest)]
    public required IReadOnlyList<PresetScheme> Schemes { get; init; }
}

/// <summary>A scheme that follows from a policy.</summary>
public sealed record PresetScheme
{
    /// <summary>The id of the cost line that a scheme for level entry expects.</summary>
    public const string CorridorsId = "corridor";

    /// <summary>The storeys of the buildings that it is for; all unless stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Floor? Storeys { get; init; }

    /// <summary>
    /// The entry that it is for; any unless stated. Level entry has the corridors as a pot of their own: the scheme expects them as a cost line with the
    /// id "corridor".
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Entry? Entry { get; init; }

    /// <summary>The scheme; its id is that of the policy, with the storeys and "level" behind it where they are stated.</summary>
    public required Scheme Scheme { get; init; }
}

/// <summary>Asks what a subsidy gives for a building and a budget.</summary>
public sealed record EvaluationRequest
{
    /// <summary>The day whose rule counts.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What is known of the building.</summary>
    public BuildingFacts Facts { get; init; } = new();

    /// <summary>The budget, line by line.</summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyList<CostLine> Costs { get; init; }

    /// <summary>Whether a rule may be applied that rests on hints alone; false unless stated.</summary>
    public bool AcceptUnconfirmed { get; init; }
}

/// <summary>What a subsidy gives.</summary>
public sealed record EvaluationResult
{
    /// <summary>What it gives; conditions of which the facts are missing are taken as met.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>What it offers beyond what its lines cost.</summary>
    [JsonPropertyName("unusedFen")]
    public required Money Unused { get; init; }

    /// <summary>What would be lost if a condition of which a fact is missing turned out not to be met; 0 where all is known.</summary>
    [JsonPropertyName("atStakeFen")]
    public required Money AtStake { get; init; }

    /// <summary>What each missing fact would change by itself, if it were stated.</summary>
    [Length(0, 20)]
    public required IReadOnlyList<MissingFact> Missing { get; init; }

    /// <summary>Whether it is paid only after acceptance.</summary>
    public required bool AfterAcceptance { get; init; }

    /// <summary>How the amount was reached, part by part.</summary>
    [Length(1, 100)]
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>The rule that was applied, with its conditions one by one.</summary>
    public required PolicyResult Policy { get; init; }
}
