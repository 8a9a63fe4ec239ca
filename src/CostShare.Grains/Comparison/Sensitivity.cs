using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;

namespace CostShare.Grains.Comparison;

/// <summary>How the bills of a scheme move when one thing changes.</summary>
/// <remarks>Each variation is the whole way carried out anew, funding, scheme and rounding, and compared to the fen; nothing is estimated from a slope.</remarks>
public sealed record Sensitivity
{
    /// <summary>
    /// One thing changed at a time: each cost line dearer, each source giving nothing, each household that joins dropping out and each other one joining, in the order of the request;
    /// then each coefficient and price of the rule one step up and one step down, in the order of the rule.
    /// </summary>
    [Length(1, ComparisonRequest.MostVariedBills)]
    public required IReadOnlyList<Variation> Variations { get; init; }

    /// <summary>
    /// The variations that move a bill, those that move one most first; equal ones in the order of <c>variations</c>. A household that drops out or joins is left out of its own
    /// variation, since what moves there is what the others pay.
    /// </summary>
    [Length(0, ComparisonRequest.MostVariedBills)]
    public required IReadOnlyList<TornadoBar> Tornado { get; init; }

    /// <summary>The most important of it in sentences.</summary>
    [Length(0, 60)]
    public required IReadOnlyList<Statement> Statements { get; init; }
}

/// <summary>What a change moves, or why the scheme cannot be carried out then.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OverrunVariation), "overrun")]
[JsonDerivedType(typeof(RefusedVariation), "refused")]
[JsonDerivedType(typeof(DropOutVariation), "dropsOut")]
[JsonDerivedType(typeof(LateJoinerVariation), "joinsLate")]
[JsonDerivedType(typeof(CoefficientVariation), "coefficient")]
[JsonDerivedType(typeof(PriceVariation), "price")]
public abstract record Variation
{
    /// <summary>What each household then pays more, in fen, below 0 where it pays less, in the order of <c>shares</c>. Left out where the scheme cannot be carried out then.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    [JsonPropertyName("differencesFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SignedMoney>? Differences { get; init; }

    /// <summary>The sum of the differences.</summary>
    [JsonPropertyName("sumFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SignedMoney? Sum { get; init; }

    /// <summary>What more comes back to each household later, in fen, in the same order; only where a source is treated as <c>refundProRata</c>.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    [JsonPropertyName("refundDifferencesFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SignedMoney>? RefundDifferences { get; init; }

    /// <summary>Why the scheme cannot be carried out then; left out where it can.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VariationRefusal? Refusal { get; init; }
}

/// <summary>A cost line comes out dearer 超支.</summary>
public sealed record OverrunVariation : Variation
{
    /// <summary>By how much: 10,000 yuan.</summary>
    public static Money Step => Money.FromFen(1_000_000);

    /// <summary>The cost line.</summary>
    public required CostId Cost { get; init; }

    /// <summary>By how much it is dearer.</summary>
    [JsonPropertyName("byFen")]
    public required Money By { get; init; }
}

/// <summary>A source gives nothing: a subsidy is refused, a sponsor withdraws. The lines of a programme come back to the residents.</summary>
public sealed record RefusedVariation : Variation
{
    /// <summary>The source.</summary>
    public required SourceId Source { get; init; }
}

/// <summary>A household that joins drops out 退出.</summary>
/// <remarks>
/// It pays nothing then, and what the scheme says of its bill (fixed, discount, cap, minimum, relief, exempt, an entry of the rule <c>fixed</c>) falls away with it. Compensation
/// is still paid to it.
/// </remarks>
public sealed record DropOutVariation : Variation
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }
}

/// <summary>A household that does not join comes in after all 后来参加, and pays as if it had been in from the beginning.</summary>
public sealed record LateJoinerVariation : Variation
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }
}

/// <summary>A coefficient of the rule is one step higher or lower.</summary>
/// <remarks>
/// Nothing is lowered below 0 or raised above the largest coefficient. The step is 0.1; for weights it is the largest power of ten that is no more than a tenth of the largest
/// weight of the rule, at least 0.000001, because weights stand in any unit: 0.1 for weights up to 9, 100 for parts of a thousand. Percentages are not varied, since they must
/// close, nor are stand-alone costs and formulas.
/// </remarks>
public sealed record CoefficientVariation : Variation
{
    /// <summary>The step of floor coefficients and points.</summary>
    public static Coefficient Step => Coefficient.FromMillionths(Coefficient.One / 10);

    /// <summary>Where it stands: a JSON pointer (RFC 6901) into the request.</summary>
    public required string Pointer { get; init; }

    /// <summary>What it counts for.</summary>
    public required CoefficientOf Of { get; init; }

    /// <summary>The floor, where it is that of a floor.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Floor? Floor { get; init; }

    /// <summary>The household, where it is that of a household.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HouseholdId? Household { get; init; }

    /// <summary>The flat type, where it is that of a flat type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FlatType? FlatType { get; init; }

    /// <summary>Whether it is raised or lowered.</summary>
    public required Direction Direction { get; init; }

    /// <summary>By how much.</summary>
    public required Coefficient By { get; init; }

    /// <summary>What it is then.</summary>
    public required Coefficient To { get; init; }
}

/// <summary>A price of the rule <c>steps</c> is 1,000 yuan higher or lower, but not below 0.</summary>
public sealed record PriceVariation : Variation
{
    /// <summary>By how much: 1,000 yuan.</summary>
    public static Money Step => Money.FromFen(100_000);

    /// <summary>Where it stands: a JSON pointer (RFC 6901) into the request.</summary>
    public required string Pointer { get; init; }

    /// <summary>Which price.</summary>
    public required PriceOf Of { get; init; }

    /// <summary>Whether it is raised or lowered.</summary>
    public required Direction Direction { get; init; }

    /// <summary>By how much.</summary>
    [JsonPropertyName("byFen")]
    public required Money By { get; init; }

    /// <summary>What it is then.</summary>
    [JsonPropertyName("toFen")]
    public required Money To { get; init; }
}

/// <summary>What a coefficient counts for.</summary>
public enum CoefficientOf
{
    /// <summary>A floor, under floor coefficients.</summary>
    Floor,
    /// <summary>Each floor above the highest one listed: <c>stepAbove</c>.</summary>
    StepAbove,
    /// <summary>A household, under weights.</summary>
    Household,
    /// <summary>A flat type, under points.</summary>
    FlatType,
    /// <summary>Each floor from the lowest one that has points: <c>perFloor</c>.</summary>
    PerFloor,
}

/// <summary>Which price of a price list.</summary>
public enum PriceOf
{
    /// <summary>The price of the lowest floor that has one.</summary>
    Base,
    /// <summary>What each floor above adds.</summary>
    Step,
}

/// <summary>Whether something is raised or lowered.</summary>
public enum Direction
{
    /// <summary>It is raised.</summary>
    Up,
    /// <summary>It is lowered.</summary>
    Down,
}

/// <summary>Why a scheme cannot be carried out when something changes: the first thing that is wrong then.</summary>
public sealed record VariationRefusal
{
    /// <summary>What is wrong then.</summary>
    public required FaultCode Code { get; init; }

    /// <summary>Where it stands: a JSON pointer (RFC 6901) into the request.</summary>
    public required string Pointer { get; init; }

    /// <summary>The values that the code speaks of, by name: texts and whole numbers; a name that ends in "Fen" holds fen. A number of 2^53 or more stands as text.</summary>
    public required IReadOnlyDictionary<string, object> Values { get; init; }

    internal static VariationRefusal Of(Fault fault) => new()
    {
        Code = fault.Code,
        Pointer = fault.Place.ToString(),
        Values = fault.Values.ToDictionary(value => value.Name, value => value.Value),
    };
}

/// <summary>How far a variation moves bills, and whose most.</summary>
public sealed record TornadoBar
{
    /// <summary>The variation: its position in <c>variations</c>, from 0.</summary>
    [Range(0, ComparisonRequest.MostVariedBills - 1)]
    public required int Variation { get; init; }

    /// <summary>The size of the larger of the two changes; more than 0.</summary>
    [JsonPropertyName("largestFen")]
    public required Money Largest { get; init; }

    /// <summary>The largest rise; of equal ones that of the household which stands first in the register. Left out where nobody pays more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HouseholdMove? Rise { get; init; }

    /// <summary>The largest fall, likewise. Left out where nobody pays less.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HouseholdMove? Fall { get; init; }
}

/// <summary>How far one bill moves.</summary>
/// <param name="Household">The household.</param>
/// <param name="Difference">What it pays more, below 0 where it pays less.</param>
public sealed record HouseholdMove(HouseholdId Household, [property: JsonPropertyName("differenceFen")] SignedMoney Difference);
