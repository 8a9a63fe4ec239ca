using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;

namespace CostShare.Grains.Comparison;

/// <summary>What the bills of a scheme come to: of the households that join, by what each pays.</summary>
public sealed record BillFacts
{
    /// <summary>How many households join.</summary>
    [Range(1, HouseholdRegister.MostHouseholds)]
    public required int Households { get; init; }

    /// <summary>The highest bill.</summary>
    public required BillExtreme Highest { get; init; }

    /// <summary>The lowest bill.</summary>
    public required BillExtreme Lowest { get; init; }

    /// <summary>The bill in the middle, in fen; of an even number of bills exactly half way between the two in the middle. May be below 0.</summary>
    public required Fraction Median { get; init; }

    /// <summary>The highest bill for each square metre.</summary>
    public required RateExtreme HighestPerSquareMetre { get; init; }

    /// <summary>The lowest bill for each square metre.</summary>
    public required RateExtreme LowestPerSquareMetre { get; init; }

    /// <summary>The highest bill as a multiple of the median; left out where the median is not above 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fraction? Spread { get; init; }

    /// <summary>The highest floor that has a household that joins.</summary>
    public required TopFloor TopFloor { get; init; }

    /// <summary>Looks at bills; null where nobody joins.</summary>
    internal static BillFacts? Of(IReadOnlyList<JoinedBill> bills)
    {
        if (bills.Count == 0) { return null; }
        long[] sorted = [.. bills.Select(bill => bill.Amount.Fen).Order()];
        var median = Fraction.Of((Int128)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2], 2);
        return new BillFacts
        {
            Households = bills.Count,
            Highest = OfAmount(bills, Money.FromFen(sorted[^1])),
            Lowest = OfAmount(bills, Money.FromFen(sorted[0])),
            Median = median,
            HighestPerSquareMetre = OfRate(bills, bills.Max(bill => bill.PerSquareMetre)),
            LowestPerSquareMetre = OfRate(bills, bills.Min(bill => bill.PerSquareMetre)),
            Spread = median.Sign > 0 ? sorted[^1] / median : null,
            TopFloor = OfTop(bills),
        };
    }

    private static BillExtreme OfAmount(IReadOnlyList<JoinedBill> bills, Money amount) => new(
        SignedMoney.Of(amount), bills.First(bill => bill.Amount == amount).Household.Id, bills.Count(bill => bill.Amount == amount));

    private static RateExtreme OfRate(IReadOnlyList<JoinedBill> bills, Fraction rate) => new(
        rate, bills.First(bill => bill.PerSquareMetre == rate).Household.Id, bills.Count(bill => bill.PerSquareMetre == rate));

    private static TopFloor OfTop(IReadOnlyList<JoinedBill> bills)
    {
        Floor top = bills.Max(bill => bill.Household.Floor);
        JoinedBill[] there = [.. bills.Where(bill => bill.Household.Floor == top)];
        var sum = Money.Sum(there.Select(bill => bill.Amount));
        var all = Money.Sum(bills.Select(bill => bill.Amount));
        return new TopFloor(top, there.Length, SignedMoney.Of(sum)) { Part = all == Money.Zero ? null : Fraction.Of(sum.Fen, all.Fen) };
    }
}

/// <summary>A bill at an end of the range.</summary>
/// <param name="Amount">What is paid; below 0 where it is received.</param>
/// <param name="Household">Who pays it: the first in the order of the register.</param>
/// <param name="Households">How many pay the same.</param>
public sealed record BillExtreme(
    [property: JsonPropertyName("amountFen")] SignedMoney Amount, HouseholdId Household, [property: Range(1, HouseholdRegister.MostHouseholds)] int Households);

/// <summary>A bill for each square metre at an end of the range.</summary>
/// <param name="Rate">What is paid for a square metre, in fen, exactly; below 0 where it is received.</param>
/// <param name="Household">Who pays it: the first in the order of the register.</param>
/// <param name="Households">How many pay the same.</param>
public sealed record RateExtreme(Fraction Rate, HouseholdId Household, [property: Range(1, HouseholdRegister.MostHouseholds)] int Households);

/// <summary>The highest floor that has a household that joins, and what is paid there.</summary>
/// <param name="Floor">The floor.</param>
/// <param name="Households">How many of its households join.</param>
/// <param name="Amount">What they pay together; below 0 where they are paid.</param>
public sealed record TopFloor(Floor Floor, [property: Range(1, HouseholdRegister.MostHouseholds)] int Households, [property: JsonPropertyName("amountFen")] SignedMoney Amount)
{
    /// <summary>Which part that is of what all who join pay: 1 is all of it. Left out where they pay nothing together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fraction? Part { get; init; }
}
