using CostShare.Grains.Amounts;

namespace CostShare.Grains.Tests.Amounts;

public class TotalAreaTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000_000_000)]
    public void A_total_area_is_0_to_a_thousand_million_square_metres(long hundredths) => Assert.Equal(hundredths, TotalArea.FromHundredths(hundredths).Hundredths);

    [Theory]
    [InlineData(-1)]
    [InlineData(100_000_000_001)]
    public void Anything_else_is_none(long hundredths) => Assert.Throws<ArgumentOutOfRangeException>(() => TotalArea.FromHundredths(hundredths));

    [Fact]
    public void It_is_the_sum_of_the_areas_of_flats()
    {
        Assert.Equal(150_25, TotalArea.Sum([Given.Area(50.25m), Given.Area(100)]).Hundredths);
        Assert.Equal(TotalArea.Zero, TotalArea.Sum([]));
        Assert.Equal(0, TotalArea.Zero.Hundredths);
    }

    [Fact]
    public void Ten_thousand_of_the_largest_flats_fit_and_one_more_does_not()
    {
        Area largest = Area.FromHundredths(Area.LargestHundredths);
        Assert.Equal(TotalArea.LargestHundredths, TotalArea.Sum(Enumerable.Repeat(largest, 10_000)).Hundredths);
        Assert.Throws<ArgumentOutOfRangeException>(() => TotalArea.Sum(Enumerable.Repeat(largest, 10_001)));
    }
}
