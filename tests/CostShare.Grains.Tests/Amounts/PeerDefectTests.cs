using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Amounts;

/// <summary>What money libraries of the field are known to get wrong, each as a test that ours does not.</summary>
public class PeerDefectTests
{
    private static long[] Split(long total, params long[] weights) =>
        Apportionment.Split(Money.FromFen(total), [.. weights.Select(Money.FromFen)]).Amounts.InFen();

    private static long[] Repeat(long value, int times) => [.. Enumerable.Repeat(value, times)];

    [Theory] // NodaMoney Split at f0350a0: every share rounded half to even and the last one takes the rest, even below 0.
    [InlineData(7, 10)]
    [InlineData(43_000_000, 96)]
    [InlineData(10_000, 96)]
    public void The_last_party_does_not_take_the_rest(long total, int parties)
    {
        long[] shares = Split(total, Repeat(1, parties));
        Assert.Equal(total, shares.Sum());
        Assert.InRange(shares[^1], total / parties, (total / parties) + 1);
        Assert.True(shares.Max() - shares.Min() <= 1);
    }

    [Fact] // NodaMoney refuses a ratio below 1, moneyphp issue 436 gave a ratio of 0 a cent.
    public void A_weight_of_nought_gets_nothing_and_is_allowed() => Assert.Equal([0, 34, 33, 33, 0], Split(100, 0, 1, 1, 1, 0));

    [Fact] // NodaMoney sums ratios in 32 bits.
    public void Two_large_weights_do_not_overflow() => Assert.Equal([1, 1], Split(2, 1_500_000_000, 1_500_000_000));

    [Fact] // dinero.js v2 and RubyMoney give 6, 2, 2: more than the exact 5 for the first.
    public void A_whole_share_stays() => Assert.Equal([5, 3, 2], Split(10, 50, 25, 25));

    [Theory] // dinero.js issue 892: products beyond 2^53 gave 3, 0, 0; issue 771: totals beyond 2^53 looped for ever.
    [InlineData(1)]
    [InlineData(9_007_199_254_740_993)]
    [InlineData(3_000_000_000_000_000_000)]
    public void Products_beyond_2_to_the_53_stay_exact(long scale) => Assert.Equal([2, 1, 0], Split(3, 2 * scale, scale, 0));

    [Fact]
    public void Totals_beyond_2_to_the_53_stay_exact() =>
        Assert.Equal([4_503_599_627_370_497, 4_503_599_627_370_497], Split(9_007_199_254_740_994, 1, 1));

    [Fact] // RubyMoney: the first gets all 100 and the other hundred nothing, though 50 and a half each is exact.
    public void A_large_party_does_not_take_the_rest_of_many_small_ones()
    {
        long[] shares = Split(100, [100, .. Repeat(1, 100)]);
        Assert.Equal(50, shares[0]);
        Assert.Equal(50, shares.Skip(1).Count(share => share == 1));
        Assert.Equal(50, shares.Skip(1).Count(share => share == 0));
    }

    [Fact] // RubyMoney splits equally where all ratios are 0.
    public void Weights_of_nought_only_are_refused() => Assert.Throws<ArgumentException>(() => Split(100, 0, 0));

    [Fact] // moneyphp sorts remainders held in binary floating point: 17 digits cannot tell these two apart.
    public void Remainders_are_told_apart_beyond_17_digits() =>
        Assert.Equal([0, 1, 0], Split(1, 1_000_000_000_000_000_000, 1_000_000_000_000_000_001, 999_999_999_999_999_999));

    [Fact] // sebastianbergmann/money issue 65: 10 targets gave 19 parts.
    public void There_are_as_many_shares_as_parties() => Assert.Equal(10, Split(99, Repeat(1, 10)).Length);

    [Fact] // spliit-app issues 374 and 547: thirds of 100 summed to 99.
    public void Thirds_sum_to_the_whole() => Assert.Equal([34, 33, 33], Split(100, 1, 1, 1));

    [Fact] // moneyphp issue 492.
    public void Three_quarters_of_9999() => Assert.Equal([7499, 2500], Split(9999, 75, 25));

    [Fact] // brick/money issue 73: ratios of 8.23 and 91.77 were cut to 8 and 91.
    public void Decimals_of_weights_count()
    {
        HouseholdRegister building = Given.Building(Given.Household("a", 1), Given.Household("b", 1));
        Allocation allocation = Seen.Run(building, Given.Yuan(100), Given.Scheme(Given.Weights(("a", 8.23m), ("b", 91.77m))));
        Assert.Equal([823, 9177], allocation.Amounts.InFen());
    }

    [Fact] // martinlackner/apportionment compares texts in a way that is always true; rounding.md: equal exact shares must tie.
    public void Equal_shares_reached_along_different_paths_tie()
    {
        // One seventh by weight and one seventh by a mix of two rules are the same fraction, so the first in the register is served.
        HouseholdRegister building = Given.Building(7, 1);
        Rule mix = Given.Mix((30, new EqualRule()), (70, new AreaRule()));
        Assert.Equal([15, 15, 14, 14, 14, 14, 14], Seen.Run(building, Given.Fen(100), Given.Scheme(mix)).Amounts.InFen());
        Assert.Equal([15, 15, 14, 14, 14, 14, 14], Seen.Run(building, Given.Fen(100), Given.Scheme(new EqualRule())).Amounts.InFen());
    }
}
