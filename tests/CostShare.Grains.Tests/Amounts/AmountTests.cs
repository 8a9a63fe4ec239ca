using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Amounts;

public class AmountTests
{
    [Fact]
    public void Money_is_added_compared_and_summed_in_fen()
    {
        Money one = Money.FromFen(1), two = Money.FromFen(2);
        Assert.Equal(3, (one + two).Fen);
        Assert.Equal(-1, (one - two).Fen);
        Assert.True(one < two && two > one && one <= two && two >= one);
        Assert.False(two < one || one > two || two <= one || one >= two);
        Assert.True(one <= Money.FromFen(1) && one >= Money.FromFen(1));
        Assert.False(one < Money.FromFen(1) || one > Money.FromFen(1));
        Assert.Equal(one, Money.Min(one, two));
        Assert.Equal(one, Money.Min(two, one));
        Assert.Equal(6, Money.Sum([one, two, Money.FromFen(3)]).Fen);
        Assert.Equal(Money.Zero, Money.Sum([]));
        Assert.Equal(-1, one.CompareTo(two));
        Assert.Equal(1_000_000_000_000_000, Money.Largest.Fen);
    }

    [Fact]
    public void Money_out_of_range_overflows()
    {
        Assert.Throws<OverflowException>(() => Money.FromFen(long.MaxValue) + Money.FromFen(1));
        Assert.Throws<OverflowException>(() => Money.FromFen(long.MinValue) - Money.FromFen(1));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(Area.LargestHundredths, true)]
    [InlineData(Area.LargestHundredths + 1, false)]
    public void An_area_is_above_nought_and_within_its_limit(long hundredths, bool accepted) =>
        CheckRange(() => Area.FromHundredths(hundredths).Hundredths, hundredths, accepted);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(Coefficient.LargestMillionths, true)]
    [InlineData(Coefficient.LargestMillionths + 1, false)]
    public void A_coefficient_is_not_negative_and_within_its_limit(long millionths, bool accepted) =>
        CheckRange(() => Coefficient.FromMillionths(millionths).Millionths, millionths, accepted);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(Percentage.WholeMillionths, true)]
    [InlineData(Percentage.WholeMillionths + 1, false)]
    public void A_percentage_lies_between_nought_and_a_hundred(long millionths, bool accepted) =>
        CheckRange(() => Percentage.FromMillionths(millionths).Millionths, millionths, accepted);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_floor_lies_between_the_ground_and_the_highest(int number, bool accepted) =>
        CheckRange(() => Floor.Of(number).Number, number, accepted);

    [Theory]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(1_000, true)]
    [InlineData(10_000, true)]
    [InlineData(10, false)]
    [InlineData(0, false)]
    public void A_billing_unit_is_one_of_four(long fen, bool accepted) => CheckRange(() => BillingUnit.FromFen(fen).Amount.Fen, fen, accepted);

    [Fact]
    public void A_percentage_knows_its_number_and_its_part()
    {
        Assert.Equal(Fraction.Of(25, 2), Given.Percent(12.5m).Number);
        Assert.Equal(Fraction.Of(1, 8), Given.Percent(12.5m).Part);
    }

    [Theory]
    [InlineData(102_000_000, "102")]
    [InlineData(99_500_000, "99.5")]
    [InlineData(99_999_999, "99.999999")]
    [InlineData(0, "0")]
    [InlineData(100_000, "0.1")]
    public void Per_cent_are_written_without_trailing_zeros(long millionths, string expected) =>
        Assert.Equal(expected, Percentage.Text(millionths));

    [Fact]
    public void Floors_are_ordered_from_the_ground()
    {
        Floor low = Floor.Of(2), high = Floor.Of(3);
        Assert.True(low < high && high > low && low <= high && high >= low && low <= Floor.Of(2) && low >= Floor.Of(2));
        Assert.False(high < low || low > high || high <= low || low >= high || low < Floor.Of(2) || low > Floor.Of(2));
        Assert.True(low.CompareTo(high) < 0);
        Assert.Equal("3", high.ToString());
    }

    [Fact]
    public void Ids_are_written_as_they_stand()
    {
        Assert.Equal("501", new HouseholdId("501").ToString());
        Assert.Equal("两室", new FlatType("两室").ToString());
        Assert.Equal("lift", new Grains.Costs.CostId("lift").ToString());
        Assert.Equal("gz", new SchemeId("gz").ToString());
        Assert.Equal("selfFunded", Grains.Funding.SourceId.SelfFunded.ToString());
    }

    private static void CheckRange(Func<long> create, long value, bool accepted)
    {
        if (accepted) { Assert.Equal(value, create()); }
        else { Assert.Throws<ArgumentOutOfRangeException>(() => create()); }
    }

    [Fact]
    public void An_amount_that_may_be_below_zero_lies_within_twice_the_largest()
    {
        long most = 2 * Money.Largest.Fen;
        Assert.Equal([most, -most], [SignedMoney.FromFen(most).Fen, SignedMoney.FromFen(-most).Fen]);
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedMoney.FromFen(most + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedMoney.FromFen(-most - 1));
    }
}
