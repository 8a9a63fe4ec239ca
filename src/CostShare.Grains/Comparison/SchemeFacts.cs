using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Comparison;

/// <summary>What can be said about a scheme as a whole.</summary>
/// <param name="Payers">How many households share the amount, those whose share comes out at 0 included: they join and are neither exempt nor fixed.</param>
public sealed record SchemeFacts([property: Range(0, HouseholdRegister.MostHouseholds)] int Payers)
{
    /// <summary>How the owners would vote, as far as stances and limits tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Support? Support { get; init; }

    /// <summary>How many households pay more than they said they are willing to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AboveLimit? AboveLimit { get; init; }

    /// <summary>Whether a group of floors pays more than a lift of its own; only where stand-alone costs are given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Stability? Stability { get; init; }

    /// <summary>The facts in sentences, each with what it rests on.</summary>
    [Length(0, 100)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Statement>? Statements { get; init; }
}

/// <summary>A fact in a sentence.</summary>
/// <param name="Code">Which fact it is.</param>
/// <param name="Sentence">The fact.</param>
/// <param name="Assumption">What it rests on.</param>
public sealed record Statement(StatementCode Code, Words Sentence, Words Assumption);

/// <summary>Which fact a sentence tells.</summary>
public enum StatementCode
{
    /// <summary>How many pay more than they are willing to.</summary>
    AboveLimit,
}

/// <summary>How the owners would vote.</summary>
/// <param name="Persons">By heads: the flats of one owner are one.</param>
/// <param name="Area">By exclusive area.</param>
public sealed record Support(HeadsByStance Persons, [property: JsonPropertyName("areaM2")] AreaByStance Area);

/// <summary>Heads by what they would say.</summary>
/// <param name="Yes">Those who would agree.</param>
/// <param name="No">Those who would not.</param>
/// <param name="Undecided">Those of whom nothing is known.</param>
public sealed record HeadsByStance(
    [property: Range(0, HouseholdRegister.MostHouseholds)] int Yes, [property: Range(0, HouseholdRegister.MostHouseholds)] int No, [property: Range(0, HouseholdRegister.MostHouseholds)] int Undecided);

/// <summary>Area by what its owners would say, in square metres.</summary>
/// <param name="Yes">Of those who would agree.</param>
/// <param name="No">Of those who would not.</param>
/// <param name="Undecided">Of those of whom nothing is known.</param>
public sealed record AreaByStance(TotalArea Yes, TotalArea No, TotalArea Undecided);

/// <summary>Households that pay more than they are willing to.</summary>
/// <param name="Households">How many there are.</param>
/// <param name="Area">Their area.</param>
/// <param name="Stated">How many households have stated a limit.</param>
public sealed record AboveLimit(
    [property: Range(0, HouseholdRegister.MostHouseholds)] int Households, [property: JsonPropertyName("areaM2")] TotalArea Area, [property: Range(0, HouseholdRegister.MostHouseholds)] int Stated);

/// <summary>Whether groups of floors pay more than a lift of their own would cost.</summary>
public sealed record Stability
{
    /// <summary>
    /// The most by which a group pays more than a lift of its own, in fen, exactly; below 0 where every group pays less. The whole of the households is no group here.
    /// Its opposite is the least slack.
    /// </summary>
    public required Fraction WorstExcess { get; init; }
}
