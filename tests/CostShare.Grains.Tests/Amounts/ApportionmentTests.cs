using CostShare.Grains.Amounts;
using FsCheck;
using FsCheck.Fluent;

namespace CostShare.Grains.Tests.Amounts;

public class ApportionmentTests
{
    private static readonly Arbitrary<long> Totals = Gen.OneOf(
        Gen.Choose(0, 200).Select(value => (long)value),
        Gen.Choose(0, int.MaxValue).Select(value => value * 400_000L)).ToArbitrary();

    private static readonly Arbitrary<long[]> Weights = Gen.OneOf(
            Gen.Choose(0, 5).Select(value => (long)value),
            Gen.Choose(0, int.MaxValue).Select(value => value * 400_000L))
        .NonEmptyListOf().Where(list => list.Any(weight => weight > 0)).Select(list => list.ToArray()).ToArbitrary();

    private static long[] Split(long total, params long[] weights) =>
        Apportionment.Split(Money.FromFen(total), [.. weights.Select(Money.FromFen)]).Amounts.InFen();

    [Fact] // Balinski and Young, "The quota method of apportionment", Amer. Math. Monthly 82 (1975), 701-730.
    public void Published_example_is_reproduced() => Assert.Equal([51, 44, 2, 2, 1], Split(100, 5117, 4400, 162, 161, 160));

    [Fact]
    public void Larger_fraction_is_served_before_an_earlier_tie() => Assert.Equal([1, 0, 1], Split(2, 3, 3, 4));

    [Fact]
    public void Ties_fall_to_those_who_stand_first() => Assert.Equal([1, 1, 0], Split(2, 5, 5, 5));

    [Fact]
    public void Largest_amount_does_not_overflow() => Assert.Equal([long.MaxValue], Split(long.MaxValue, long.MaxValue));

    [Fact]
    public void Nothing_is_split_into_nothing() => Assert.Equal([0, 0], Split(0, 1, 2));

    [Fact]
    public void Shares_sum_to_the_total() =>
        Prop.ForAll(Totals, Weights, (total, weights) => Split(total, weights).Sum() == total).Check(Examine.Lists);

    [Fact]
    public void Every_share_is_within_one_fen_and_a_whole_share_stays() => Prop.ForAll(Totals, Weights, (total, weights) =>
    {
        Int128 sum = weights.Aggregate((Int128)0, (s, w) => s + w);
        return Split(total, weights).Zip(weights).All(pair =>
            Int128.Abs(((Int128)pair.First * sum) - ((Int128)total * pair.Second)) < sum);
    }).Check(Examine.Lists);

    [Fact]
    public void A_larger_weight_never_gets_less_and_equal_weights_are_served_in_order() =>
        Prop.ForAll(Totals, Weights, (total, weights) =>
        {
            long[] shares = Split(total, weights);
            return Enumerable.Range(0, weights.Length).All(i => Enumerable.Range(0, weights.Length).All(j =>
                (weights[i] <= weights[j] || shares[i] >= shares[j])
                && (weights[i] != weights[j] || i >= j || shares[i] >= shares[j])));
        }).Check(Examine.Lists);

    [Fact]
    public void Rounded_shares_are_those_of_the_definition() => Prop.ForAll(Totals, Weights, (total, weights) =>
    {
        // The definition done slowly: give the rest one by one to the largest remainder not yet served.
        Int128 sum = weights.Aggregate((Int128)0, (s, w) => s + w);
        long[] expected = [.. weights.Select(weight => (long)((Int128)total * weight / sum))];
        Int128[] remainders = [.. weights.Select(weight => (Int128)total * weight % sum)];
        for (long left = total - expected.Sum(); left > 0; left--)
        {
            int best = 0;
            for (int i = 1; i < remainders.Length; i++) { best = remainders[i] > remainders[best] ? i : best; }
            expected[best]++;
            remainders[best] = -1;
        }
        return Split(total, weights).SequenceEqual(expected);
    }).Check(Examine.Lists);

    [Fact]
    public void Ranks_and_units_left_tell_who_got_one_more()
    {
        Apportionment.Rounded rounded = Apportionment.LargestRemainder(
            Money.FromFen(700), [Fraction.Of(500, 3), Fraction.Of(500, 2), 100, Fraction.Of(550, 3)], Money.FromFen(100));
        Assert.Equal([200, 200, 100, 200], rounded.Amounts.InFen());
        Assert.Equal([2, 3, 0, 1], rounded.Ranks);
        Assert.Equal(2, rounded.UnitsLeft);
    }

    [Fact]
    public void Units_are_given_whole() => Assert.Equal([300, 0, 400],
        Apportionment.LargestRemainder(Money.FromFen(700), [Fraction.Of(700, 3), Fraction.Of(100, 3), Fraction.Of(1300, 3)], Money.FromFen(100))
            .Amounts.InFen());

    [Fact]
    public void What_cannot_be_split_is_refused()
    {
        Money one = Money.FromFen(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Split(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split(1, 2, -1));
        Assert.Throws<ArgumentException>(() => Split(1, 0, 0));
        Assert.Throws<ArgumentException>(() => Split(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.LargestRemainder(Money.FromFen(-1), [-1L], one));
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.LargestRemainder(Money.FromFen(-1), [], one));
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.LargestRemainder(one, [2L, -1L], one));
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.LargestRemainder(Money.Zero, [0], Money.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.LargestRemainder(one, [1], Money.FromFen(-1)));
        Assert.Throws<ArgumentException>(() => Apportionment.LargestRemainder(Money.FromFen(150), [150], Money.FromFen(100)));
        Assert.Throws<ArgumentException>(() => Apportionment.LargestRemainder(one, [2], one));
        Assert.Throws<ArgumentException>(() => Apportionment.LargestRemainder(Money.FromFen(3), [2], one));
        Assert.Throws<ArgumentException>(() => Apportionment.LargestRemainder(Money.FromFen(3), [Fraction.Of(3, 2), Fraction.Of(1, 2)], one));
        Assert.Throws<ArgumentException>(() => Apportionment.LargestRemainder(Money.FromFen(2), [Fraction.Of(1, 2), Fraction.Of(1, 2)], one));
    }
}
