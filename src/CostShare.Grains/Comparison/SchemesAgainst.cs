using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>A scheme beside another one: of all households of the register, by what each pays under both.</summary>
public sealed record SchemeAgainst
{
    /// <summary>The most differences in one answer: households times schemes times the other schemes.</summary>
    public const int MostDifferences = 200_000;

    /// <summary>The other scheme.</summary>
    public required SchemeId Scheme { get; init; }

    /// <summary>Who pays less under this scheme than under the other one, and so is better off.</summary>
    public required HouseholdsTogether Less { get; init; }

    /// <summary>Who pays the same under both.</summary>
    public required HouseholdsTogether Same { get; init; }

    /// <summary>Who pays more under this scheme.</summary>
    public required HouseholdsTogether More { get; init; }

    /// <summary>What each household pays more, in register order; only with <c>?include=differences</c>.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BillDifference>? Differences { get; init; }

    /// <summary>Puts what is paid under two schemes side by side.</summary>
    /// <param name="other">The id of the other scheme.</param>
    /// <param name="register">The register.</param>
    /// <param name="amounts">What each household pays under this scheme.</param>
    /// <param name="others">What each household pays under the other one.</param>
    /// <param name="tellEach">Whether each household's difference is told.</param>
    internal static SchemeAgainst Of(SchemeId other, HouseholdRegister register, IReadOnlyList<Money> amounts, IReadOnlyList<Money> others, bool tellEach)
    {
        Span<int> counts = stackalloc int[3];
        Span<long> areas = stackalloc long[3];
        for (int i = 0; i < amounts.Count; i++)
        {
            int side = amounts[i].CompareTo(others[i]) + 1;
            counts[side]++;
            areas[side] += register.Households[i].Area.Hundredths;
        }
        return new SchemeAgainst
        {
            Scheme = other,
            Less = new HouseholdsTogether(counts[0], TotalArea.FromHundredths(areas[0])),
            Same = new HouseholdsTogether(counts[1], TotalArea.FromHundredths(areas[1])),
            More = new HouseholdsTogether(counts[2], TotalArea.FromHundredths(areas[2])),
            Differences = tellEach ? [.. register.Households.Select((household, i) => BillDifference.Of(household.Id, amounts[i], others[i]))] : null,
        };
    }
}

/// <summary>Some households together.</summary>
/// <param name="Households">How many there are.</param>
/// <param name="Area">Their area.</param>
public sealed record HouseholdsTogether([property: Range(0, HouseholdRegister.MostHouseholds)] int Households, [property: JsonPropertyName("areaM2")] TotalArea Area);

/// <summary>What a household pays more under one scheme than under another.</summary>
/// <param name="Household">The household.</param>
/// <param name="Difference">What it pays under this scheme less what it pays under the other one; below 0 where it pays less.</param>
public sealed record BillDifference(HouseholdId Household, [property: JsonPropertyName("differenceFen")] SignedMoney Difference)
{
    /// <summary>The same in per cent of what it pays under the other scheme, exactly; left out where that is not above 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fraction? Percent { get; init; }

    internal static BillDifference Of(HouseholdId household, Money amount, Money other) => new(household, SignedMoney.Of(amount - other))
    {
        Percent = other > Money.Zero ? Fraction.Of((Int128)(amount - other).Fen * 100, other.Fen) : null,
    };
}
