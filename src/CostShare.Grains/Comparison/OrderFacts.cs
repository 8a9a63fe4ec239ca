using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>Whether nobody pays more than somebody on a higher floor: of the households that join, by what each pays.</summary>
/// <param name="PerFlat">By the bills.</param>
/// <param name="PerSquareMetre">By the bills for each square metre.</param>
public sealed record OrderFacts(FloorOrder PerFlat, FloorOrder PerSquareMetre)
{
    /// <summary>Looks at bills; null where nobody joins.</summary>
    internal static OrderFacts? Of(IReadOnlyList<JoinedBill> bills) =>
        bills.Count == 0 ? null : new OrderFacts(
            FloorOrder.Of(bills, bill => bill.Amount.Fen, bill => bill.Unrounded), FloorOrder.Of(bills, bill => bill.PerSquareMetre, bill => bill.UnroundedPerSquareMetre));
}

/// <summary>Whether nobody pays more than somebody on a higher floor.</summary>
/// <param name="Holds">Whether it is so.</param>
/// <param name="OnlyByRounding">Whether it is not so, but would be if bills were not rounded.</param>
/// <param name="Households">How many pay more than somebody on a higher floor; 0 where it is so.</param>
public sealed record FloorOrder(bool Holds, bool OnlyByRounding, [property: Range(0, HouseholdRegister.MostHouseholds)] int Households)
{
    /// <summary>The one who pays most above somebody on a higher floor. Of equal pairs that with the lowest floors, and of equal bills on a floor the first in the register. Left out where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FloorPair? Worst { get; init; }

    /// <summary>Looks at bills.</summary>
    /// <param name="bills">The bills of those who join; at least one.</param>
    /// <param name="paid">What of a bill is compared.</param>
    /// <param name="unrounded">The same if bills were not rounded.</param>
    internal static FloorOrder Of(IReadOnlyList<JoinedBill> bills, Func<JoinedBill, Fraction> paid, Func<JoinedBill, Fraction> unrounded)
    {
        JoinedBill[][] floors = [.. bills.GroupBy(bill => bill.Household.Floor).OrderBy(floor => floor.Key).Select(floor => floor.ToArray())];
        if (FurthestApart(floors, paid) is not var (lower, higher)) { return new FloorOrder(true, false, 0); }
        int households = 0;
        Fraction lowestAbove = floors[^1].Min(paid);
        foreach (JoinedBill[] floor in Enumerable.Reverse(floors[..^1]))
        {
            households += floor.Count(bill => paid(bill) > lowestAbove);
            lowestAbove = Fraction.Min(lowestAbove, floor.Min(paid));
        }
        return new FloorOrder(false, IsKept(floors, unrounded), households) { Worst = new FloorPair(FlatBill.Of(lower), FlatBill.Of(higher)) };
    }

    /// <summary>The pair furthest apart: the least of each floor is compared with the most of all below it. Null where none pays more than one above.</summary>
    private static (JoinedBill Lower, JoinedBill Higher)? FurthestApart(JoinedBill[][] floors, Func<JoinedBill, Fraction> paid)
    {
        (JoinedBill Lower, JoinedBill Higher)? worst = null;
        Fraction by = 0;
        JoinedBill below = floors[0].MaxBy(paid);
        foreach (JoinedBill[] floor in floors[1..])
        {
            (JoinedBill least, JoinedBill most) = (floor.MinBy(paid), floor.MaxBy(paid));
            if (paid(below) - paid(least) > by) { (worst, by) = ((below, least), paid(below) - paid(least)); }
            if (paid(most) > paid(below)) { below = most; }
        }
        return worst;
    }

    /// <summary>Whether none pays more than one above. What it is by is not asked, since long fractions take their time to be taken off each other.</summary>
    private static bool IsKept(JoinedBill[][] floors, Func<JoinedBill, Fraction> paid)
    {
        Fraction? below = null;
        foreach (JoinedBill[] floor in floors)
        {
            Fraction[] there = [.. floor.Select(paid)];
            if (below is Fraction most && there.Any(share => share < most)) { return false; }
            below = there.Append(below ?? there[0]).Max();
        }
        return true;
    }
}

/// <summary>Two households, of which the lower one pays more.</summary>
/// <param name="Lower">The one on the lower floor.</param>
/// <param name="Higher">The one on the higher floor.</param>
public sealed record FloorPair(FlatBill Lower, FlatBill Higher);

/// <summary>A household with its floor and what it pays.</summary>
/// <param name="Household">The household.</param>
/// <param name="Floor">Its floor.</param>
/// <param name="Amount">What it pays; below 0 where it is paid.</param>
/// <param name="PerSquareMetre">The same for each square metre, in fen, exactly.</param>
public sealed record FlatBill(HouseholdId Household, Floor Floor, [property: JsonPropertyName("amountFen")] SignedMoney Amount, Fraction PerSquareMetre)
{
    internal static FlatBill Of(JoinedBill bill) => new(bill.Household.Id, bill.Household.Floor, SignedMoney.Of(bill.Amount), bill.PerSquareMetre);
}

/// <summary>Whether equals pay equal: households that join, have floor, area, use, entry and flat type in common, and are named by no adjustment and by no entry of a rule.</summary>
/// <param name="Households">How many have an equal.</param>
/// <param name="Groups">In how many groups of equals.</param>
/// <param name="Spread">The most that two equals are apart.</param>
/// <param name="WithinOneUnit">Whether that is at most one billing unit, which the rounding of bills can come to.</param>
public sealed record AlikeFacts(
    [property: Range(2, HouseholdRegister.MostHouseholds)] int Households, [property: Range(1, HouseholdRegister.MostHouseholds)] int Groups,
    [property: JsonPropertyName("spreadFen")] SignedMoney Spread, bool WithinOneUnit)
{
    /// <summary>The two that are furthest apart: of the group whose first household stands first in the register, and of equal bills the first. Left out where all equals pay the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AlikePair? Worst { get; init; }

    /// <summary>Looks at bills; null where nobody has an equal.</summary>
    internal static AlikeFacts? Of(IReadOnlyList<JoinedBill> bills, Scheme scheme)
    {
        HashSet<HouseholdId> named = Named(scheme);
        JoinedBill[][] groups =
        [
            .. bills.Where(bill => !named.Contains(bill.Household.Id))
                .GroupBy(bill => (bill.Household.Floor, bill.Household.Area, bill.Household.Use, bill.Household.Entry, bill.Household.FlatType))
                .Select(group => group.ToArray()).Where(group => group.Length > 1),
        ];
        if (groups.Length == 0) { return null; }
        Money spread = Money.Zero;
        AlikePair? worst = null;
        foreach (JoinedBill[] group in groups)
        {
            (JoinedBill most, JoinedBill least) = (group.MaxBy(bill => bill.Amount), group.MinBy(bill => bill.Amount));
            if (most.Amount - least.Amount <= spread) { continue; }
            spread = most.Amount - least.Amount;
            worst = new AlikePair(FlatBill.Of(most), FlatBill.Of(least));
        }
        return new AlikeFacts(groups.Sum(group => group.Length), groups.Length, SignedMoney.Of(spread), spread <= scheme.Rounding.Unit.Amount) { Worst = worst };
    }

    /// <summary>Who is treated apart by name.</summary>
    private static HashSet<HouseholdId> Named(Scheme scheme)
    {
        var named = new HashSet<HouseholdId>();
        foreach (Adjustment adjustment in scheme.Adjustments)
        {
            HouseholdId? one = adjustment switch
            {
                Compensation compensation => compensation.Household,
                Exemption exemption => exemption.Household,
                FixedAmount @fixed => @fixed.Household,
                Discount discount => discount.Household,
                Cap cap => cap.Household,
                Minimum minimum => minimum.Household,
                Relief relief => relief.Household,
                _ => throw new InvalidOperationException("A kind of adjustment that facts do not know."),
            };
            if (one is HouseholdId household) { named.Add(household); }
        }
        Name(scheme.Rule, named);
        return named;
    }

    private static void Name(Rule rule, HashSet<HouseholdId> named)
    {
        switch (rule)
        {
            case WeightsRule weights:
                named.UnionWith(weights.Weights.Keys);
                break;
            case FixedRule @fixed:
                named.UnionWith(@fixed.Amounts.Keys);
                Name(@fixed.Remainder, named);
                break;
            case MixRule mix:
                foreach (MixPart part in mix.Parts) { Name(part.Rule, named); }
                break;
            case PerCostRule perCost:
                foreach (Rule own in perCost.Rules.Values) { Name(own, named); }
                if (perCost.Otherwise is Rule otherwise) { Name(otherwise, named); }
                break;
            default:
                break;
        }
    }
}

/// <summary>Two households that are alike and do not pay the same.</summary>
/// <param name="Most">The one that pays more.</param>
/// <param name="Least">The one that pays less.</param>
public sealed record AlikePair(FlatBill Most, FlatBill Least);
