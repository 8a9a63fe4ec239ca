using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Schemes;

/// <summary>Names a scheme within a comparison.</summary>
/// <param name="Value">1 to 64 characters.</param>
public readonly record struct SchemeId(string Value)
{
    /// <summary>1 to 64 characters, none of them hidden.</summary>
    public string Value { get; } = PlainText.Id(Value);

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}

/// <summary>A scheme 分摊方案: who pays what, by which rule, with which adjustments, rounded how.</summary>
public sealed record Scheme
{
    /// <summary>The most adjustments of a scheme.</summary>
    public const int MostAdjustments = 20_000;

    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>Its id, unique within the request.</summary>
    public required SchemeId Id { get; init; }

    /// <summary>Its name, as people call it.</summary>
    [StringLength(LongestName, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>The rule by which the payers share.</summary>
    public required Rule Rule { get; init; }

    /// <summary>What departs from the rule for single households or for all. Their order does not matter.</summary>
    [Length(0, MostAdjustments)]
    public IReadOnlyList<Adjustment> Adjustments { get; init; } = [];

    /// <summary>How exact shares become bills; whole fen by largest remainder unless stated.</summary>
    public Rounding Rounding { get; init; } = new();

    /// <summary>Guidance ranges that the scheme means to keep to: the answer says floor by floor whether it does. They change no amount. None unless stated.</summary>
    public Guidance? Guidance { get; init; }
}

/// <summary>Names the guidance ranges 指导区间 of a text.</summary>
public sealed record Guidance
{
    /// <summary>The policy that holds them, for example "beijing-guidance".</summary>
    public required PolicyId Policy { get; init; }

    /// <summary>The day whose ranges count.</summary>
    public required DateOnly On { get; init; }
}

/// <summary>How exact shares become bills.</summary>
public sealed record Rounding
{
    /// <summary>The billing unit in fen: 1, 100 (a yuan), 1000 or 10000; 1 unless stated.</summary>
    [JsonPropertyName("unitFen")]
    public BillingUnit Unit { get; init; } = BillingUnit.Fen;

    /// <summary>How units are given out; by largest remainder unless stated.</summary>
    public RoundingMode Mode { get; init; } = RoundingMode.LargestRemainder;
}

/// <summary>The unit in which bills are written.</summary>
public readonly record struct BillingUnit
{
    private readonly long _fenLessOne;

    private BillingUnit(long fen) => _fenLessOne = fen - 1;

    /// <summary>The units there are, in fen.</summary>
    public static IReadOnlyList<long> AllowedFen { get; } = [1, 100, 1_000, 10_000];

    /// <summary>One fen.</summary>
    public static BillingUnit Fen => default;

    /// <summary>The unit as money.</summary>
    public Money Amount => Money.FromFen(_fenLessOne + 1);

    /// <summary>The unit of so many fen.</summary>
    /// <param name="fen">One of <see cref="AllowedFen"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none of them.</exception>
    public static BillingUnit FromFen(long fen) => AllowedFen.Contains(fen)
        ? new BillingUnit(fen)
        : throw new ArgumentOutOfRangeException(nameof(fen), fen, "Not a billing unit.");
}

/// <summary>How whole units are given out.</summary>
public enum RoundingMode
{
    /// <summary>
    /// The total is rounded up to the unit; whole units first, then one each to the largest remainders, ties to the
    /// household that stands first in the register.
    /// </summary>
    LargestRemainder,
    /// <summary>Every share is rounded up to the unit, so that equals pay exactly equal; the surplus stays in the pool.</summary>
    Up,
}

/// <summary>Something that departs from the rule.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Compensation), "compensation")]
[JsonDerivedType(typeof(Exemption), "exempt")]
[JsonDerivedType(typeof(FixedAmount), "fixed")]
[JsonDerivedType(typeof(Discount), "discount")]
[JsonDerivedType(typeof(Cap), "cap")]
[JsonDerivedType(typeof(Minimum), "minimum")]
[JsonDerivedType(typeof(Relief), "relief")]
public abstract record Adjustment;

/// <summary>A household is credited an amount, and all pay for it 补偿. It may also be a household that does not join.</summary>
/// <remarks>At most one for a household.</remarks>
public sealed record Compensation : Adjustment
{
    /// <summary>The household that is credited.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>The credit; it adds to what the payers raise.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }
}

/// <summary>A household that joins pays nothing 免除. At most one for a household.</summary>
public sealed record Exemption : Adjustment
{
    /// <summary>The household that is exempt.</summary>
    public required HouseholdId Household { get; init; }
}

/// <summary>A household pays a stated amount, never rounded, discounted or capped; the others share the rest.</summary>
/// <remarks>The same as an entry of the rule <c>fixed</c>. At most one for a household.</remarks>
public sealed record FixedAmount : Adjustment
{
    /// <summary>The household; it joins and is not exempt.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>What it pays.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }
}

/// <summary>A payer's share falls by a percentage, and the other payers carry it. At most one for a household.</summary>
public sealed record Discount : Adjustment
{
    /// <summary>The household; it is a payer.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>By how much the share falls, in per cent.</summary>
    public required Percentage Percent { get; init; }
}

/// <summary>No bill is above this amount 封顶. One that names a household replaces the general one for it.</summary>
/// <remarks>At most one for a household, and one general one.</remarks>
public sealed record Cap : Adjustment
{
    /// <summary>The household, a payer; all payers unless stated.</summary>
    public HouseholdId? Household { get; init; }

    /// <summary>The largest bill.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }
}

/// <summary>No bill is below this amount 最低. One that names a household replaces the general one for it.</summary>
/// <remarks>
/// The general one binds only payers whose share is above 0; one that names a household binds it in any case.
/// At most one for a household, and one general one.
/// </remarks>
public sealed record Minimum : Adjustment
{
    /// <summary>The household, a payer; all payers unless stated.</summary>
    public HouseholdId? Household { get; init; }

    /// <summary>The smallest bill.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }
}

/// <summary>A named third party pays part of a household's bill 减免; nobody else's bill changes.</summary>
/// <remarks>At most the bill, and at most one for a household.</remarks>
public sealed record Relief : Adjustment
{
    /// <summary>The household that is helped.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>The part that the third party pays.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>Who pays it, for example the street office.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Payer { get; init; }
}
