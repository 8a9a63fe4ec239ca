using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;

namespace CostShare.Grains.Votes;

/// <summary>The least side payments that bring a vote to pass; they tell limits, so only whoever collected those may see them.</summary>
public sealed record Swing
{
    /// <summary>Whether there are such payments.</summary>
    public required SwingState State { get; init; }

    /// <summary>What they come to; only where some were found.</summary>
    [JsonPropertyName("totalFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? Total { get; init; }

    /// <summary>How many heads they win.</summary>
    [Range(1, HouseholdRegister.MostHouseholds)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Persons { get; init; }

    /// <summary>The area of these heads.</summary>
    [JsonPropertyName("areaM2")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TotalArea? Area { get; init; }

    /// <summary>To whom how much, in register order: exactly what each is above its limit.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HouseholdAbove>? Payments { get; init; }
}

/// <summary>Whether side payments bring a vote to pass.</summary>
public enum SwingState
{
    /// <summary>It would pass without any if it closed now.</summary>
    NotNeeded,
    /// <summary>There are some, and none that come to less.</summary>
    Found,
    /// <summary>There are none: too few take part, or too many say no for another reason.</summary>
    Impossible,
    /// <summary>Finding the least would take too much work.</summary>
    TooLarge,
}

/// <summary>A household and what it pays above its limit.</summary>
/// <param name="Household">The household's id.</param>
/// <param name="By">The difference; above 0.</param>
public sealed record HouseholdAbove(HouseholdId Household, [property: JsonPropertyName("byFen")] Money By);
