using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;

namespace CostShare.Grains.Comparison;

/// <summary>What a lift that serves only up to a floor would cost.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StatedStandAloneCosts), "stated")]
[JsonDerivedType(typeof(StandAloneModel), "model")]
public abstract record StandAloneCosts;

/// <summary>The costs floor by floor.</summary>
public sealed record StatedStandAloneCosts : StandAloneCosts
{
    /// <summary>The cost of a lift up to each floor. Every floor that has a household that joins needs an entry; a 0 must be written. It never falls from one floor to the next.</summary>
    [Length(1, Floor.Highest)]
    [JsonPropertyName("amountsFen")]
    public required IReadOnlyDictionary<Floor, Money> Amounts { get; init; }
}

/// <summary>A model of the cost: a lift up to floor f, above the ground floor, costs fixed + per stop × f + per storey × (f - 1).</summary>
public sealed record StandAloneModel : StandAloneCosts
{
    /// <summary>What every lift costs, however low: machine, cabin, pit, permits.</summary>
    [JsonPropertyName("fixedFen")]
    public required Money Fixed { get; init; }

    /// <summary>What each stop costs, the one on the ground floor included: doors, controls.</summary>
    [JsonPropertyName("perStopFen")]
    public required Money PerStop { get; init; }

    /// <summary>What each storey of the shaft costs.</summary>
    [JsonPropertyName("perStoreyFen")]
    public required Money PerStorey { get; init; }

    /// <summary>What the ground floor alone would need; 0 where it needs no lift. It moves more money than any other choice, so it must be stated.</summary>
    [JsonPropertyName("groundFen")]
    public required Money Ground { get; init; }
}
