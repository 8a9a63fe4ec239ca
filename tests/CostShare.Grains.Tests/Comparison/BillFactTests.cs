using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Schemes;

namespace CostShare.Grains.Tests.Comparison;

public class BillFactTests
{
    private static readonly Household[] Five =
        [Given.Household("a", 1, 50), Given.Household("b", 2, 100), Given.Household("c", 2, 80), Given.Household("d", 3, 100), Given.Household("e", 3, 100)];

    [Fact]
    public void Ends_and_middle_of_the_bills_are_told()
    {
        BillFacts facts = BillFacts.Of(Told.Bills(Five, 900, 400, 900, 100, 100))!;
        Assert.Equal(5, facts.Households);
        Assert.Equal(new BillExtreme(SignedMoney.FromFen(900), Given.Id("a"), 2), facts.Highest);
        Assert.Equal(new BillExtreme(SignedMoney.FromFen(100), Given.Id("d"), 2), facts.Lowest);
        Assert.Equal(400, facts.Median);
        Assert.Equal(Fraction.Of(9, 4), facts.Spread);
        Assert.Equal(new RateExtreme(18, Given.Id("a"), 1), facts.HighestPerSquareMetre);
        Assert.Equal(new RateExtreme(1, Given.Id("d"), 2), facts.LowestPerSquareMetre);
        Assert.Equal(new TopFloor(Floor.Of(3), 2, SignedMoney.FromFen(200)) { Part = Fraction.Of(1, 12) }, facts.TopFloor);
    }

    [Fact]
    public void The_middle_of_an_even_number_lies_exactly_half_way() =>
        Assert.Equal(Fraction.Of(301, 2), BillFacts.Of(Told.Bills(Five[..4], 1, 100, 201, 300))!.Median);

    [Fact]
    public void Who_is_paid_has_the_lowest_bill_and_who_does_not_join_none()
    {
        HouseholdRegister building = Given.Building(Given.Household("a", 1), Given.Household("b", 2), Given.Household("c", 3) with { Joins = false });
        Scheme scheme = Given.Scheme(new EqualRule(),
            new Compensation { Household = Given.Id("a"), Amount = Given.Fen(500) }, new Compensation { Household = Given.Id("c"), Amount = Given.Fen(300) });
        BillFacts facts = Told.Facts(Given.Request(building, Given.Fen(100), scheme))[0].Bills!;
        Assert.Equal((2, -50, 450), (facts.Households, facts.Lowest.Amount.Fen, facts.Highest.Amount.Fen));
        Assert.Equal(new TopFloor(Floor.Of(2), 1, SignedMoney.FromFen(450)) { Part = Fraction.Of(450, 400) }, facts.TopFloor);
    }

    [Theory]
    [InlineData(0, 0, 5)]
    [InlineData(-5, -5, 5)]
    public void Without_a_middle_above_nought_there_is_no_multiple_of_it(long first, long second, long third) =>
        Assert.Null(BillFacts.Of(Told.Bills(Five[..3], first, second, third))!.Spread);

    [Fact]
    public void Of_nothing_there_are_no_parts()
    {
        Assert.Null(BillFacts.Of(Told.Bills(Five[..3], -5, 0, 5))!.TopFloor.Part);
        Assert.Null(BillFacts.Of([]));
        SchemeFacts facts = Told.Facts(Given.Request(Given.Building(Given.Household("a", 1) with { Joins = false }), Money.Zero, Given.Scheme(new EqualRule())))[0];
        Assert.Equal((null, null, null, null), (facts.Bills, facts.Inequality, facts.Order, facts.Alike));
    }

    [Fact] // By the definitions, one household at a time.
    public void Facts_of_random_bills_are_those_of_the_definitions() => RandomCase.ForAll(1_100_000, (one, allocation) =>
    {
        IReadOnlyList<JoinedBill> bills = JoinedBill.All(one.Building, allocation);
        HouseholdRegister building = one.Building;
        int[] joined = [.. Enumerable.Range(0, building.Households.Count).Where(i => building.Households[i].Joins)];
        BillFacts? facts = BillFacts.Of(bills);
        if (joined.Length == 0)
        {
            Assert.Null(facts);
            return;
        }
        long Paid(int i) => allocation.Amounts[i].Fen;
        Assert.Equal(joined.Select(i => building.Households[i].Id), bills.Select(bill => bill.Household.Id));
        int[] top = [.. joined.Where(i => joined.All(k => Paid(k) <= Paid(i)))], bottom = [.. joined.Where(i => joined.All(k => Paid(k) >= Paid(i)))];
        Assert.Equal((Paid(top[0]), building.Households[top[0]].Id, top.Length), (facts!.Highest.Amount.Fen, facts.Highest.Household, facts.Highest.Households));
        Assert.Equal((Paid(bottom[0]), building.Households[bottom[0]].Id, bottom.Length), (facts.Lowest.Amount.Fen, facts.Lowest.Household, facts.Lowest.Households));
        // As many lie above the middle as below it.
        Assert.True(2 * joined.Count(i => Paid(i) < facts.Median) <= joined.Length && 2 * joined.Count(i => Paid(i) > facts.Median) <= joined.Length);
        Fraction Rate(int i) => Fraction.Of(Paid(i) * (Int128)100, building.Households[i].Area.Hundredths);
        Assert.All(joined, i => Assert.True(Rate(i) <= facts.HighestPerSquareMetre.Rate && Rate(i) >= facts.LowestPerSquareMetre.Rate));
        Assert.Equal(joined.Count(i => Rate(i) == facts.HighestPerSquareMetre.Rate), facts.HighestPerSquareMetre.Households);
        Assert.Equal(joined.Where(i => building.Households[i].Floor == facts.TopFloor.Floor).Sum(Paid), facts.TopFloor.Amount.Fen);
        Assert.DoesNotContain(joined, i => building.Households[i].Floor > facts.TopFloor.Floor);
        // All bills together may be a unit more than is shared, and then a bill is rounded: it moves by less than two units, or is not a payer's.
        Assert.All(bills, bill => Assert.True(
            Fraction.Max(bill.Unrounded - bill.Amount.Fen, bill.Amount.Fen - bill.Unrounded) < 2 * one.Scheme.Rounding.Unit.Amount.Fen || bill.Unrounded == bill.Amount.Fen
                || one.Scheme.Adjustments.Any(adjustment => adjustment is Cap or Minimum)));
    });
}
