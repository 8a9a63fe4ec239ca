using CostShare.Grains.Amounts;

namespace CostShare.Grains.Tests.Amounts;

public class CountTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public void A_count_is_1_to_10000(int number) => Assert.Equal(number, Count.Of(number).Number);

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void Anything_else_is_none(int number) => Assert.Throws<ArgumentOutOfRangeException>(() => Count.Of(number));

    [Fact]
    public void What_is_not_stated_counts_as_one() => Assert.Equal(1, default(Count).Number);
}
