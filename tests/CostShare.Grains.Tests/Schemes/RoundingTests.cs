using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

public class RoundingTests
{
    private static readonly HouseholdRegister Three = Given.Building(1, 3);

    private static Allocation Run(long fen, Rounding rounding, HouseholdRegister? building = null) =>
        Seen.Run(building ?? Three, Given.Fen(fen), Given.Scheme(new EqualRule()) with { Rounding = rounding });

    [Theory]
    [InlineData(1, 100, 34, 33, 33)]
    [InlineData(100, 1000, 400, 300, 300)]
    [InlineData(100, 1001, 400, 400, 300)] // rounded up to 1100
    [InlineData(1_000, 1001, 1000, 1000, 0)]
    [InlineData(10_000, 90_000, 30_000, 30_000, 30_000)]
    public void Largest_remainder_bills_the_total_rounded_up_to_the_unit(
        long unit, long fen, long first, long second, long third)
    {
        long[] expected = [first, second, third];
        Allocation allocation = Run(fen, Given.InUnits(unit));
        Assert.Equal(expected, allocation.Amounts.InFen());
        Assert.Equal(expected.Sum() - fen, allocation.Reserve.Fen);
        Assert.Equal(Fraction.Of(fen, 3), allocation.Exact[0]);
    }

    [Theory]
    [InlineData(1, 100, 34)]
    [InlineData(100, 1000, 400)]
    [InlineData(100, 1200, 400)]
    [InlineData(1_000, 1, 1000)]
    public void Mode_up_bills_equals_equally_and_keeps_the_surplus(long unit, long fen, long each)
    {
        Allocation allocation = Run(fen, Given.InUnits(unit, RoundingMode.Up));
        Assert.Equal([each, each, each], allocation.Amounts.InFen());
        Assert.Equal((3 * each) - fen, allocation.Reserve.Fen);
    }

    [Fact]
    public void Nothing_to_share_bills_nothing()
    {
        Assert.Equal([0, 0, 0], Run(0, Given.InUnits(100)).Amounts.InFen());
        Assert.Equal([0, 0, 0], Run(0, Given.InUnits(100, RoundingMode.Up)).Amounts.InFen());
    }

    [Fact]
    public void A_share_of_nought_is_not_rounded_up()
    {
        HouseholdRegister building = Given.Building(2, 1);
        Scheme scheme = Given.Scheme(Given.Coefficients([(1, 0), (2, 1)])) with { Rounding = Given.InUnits(10_000, RoundingMode.Up) };
        Assert.Equal([0, 10_000], Seen.Run(building, Given.Fen(1), scheme).Amounts.InFen());
        Assert.Equal([0, 10_000], Seen.Run(building, Given.Fen(1), scheme with { Rounding = Given.InUnits(10_000) }).Amounts.InFen());
    }

    [Fact]
    public void A_whole_share_of_the_rounded_total_stays() => // 999 of 2 : 1 is billed as 1000: 666.67 and 333.33 in whole yuan
        Assert.Equal([700, 300], Seen.Run(Given.Building(Given.Household("a", 1), Given.Household("b", 1)), Given.Fen(999),
            Given.Scheme(Given.Weights(("a", 2), ("b", 1))) with { Rounding = Given.InUnits(100) }).Amounts.InFen());

    [Fact]
    public void The_largest_amount_is_shared() =>
        Assert.Equal(1_000_000_000_000_000, Run(1_000_000_000_000_000, Given.InUnits(10_000)).Billed.Fen);

    [Fact]
    public void Unstated_rounding_is_whole_fen_by_largest_remainder()
    {
        Assert.Equal(1, new Rounding().Unit.Amount.Fen);
        Assert.Equal(RoundingMode.LargestRemainder, new Rounding().Mode);
    }
}
