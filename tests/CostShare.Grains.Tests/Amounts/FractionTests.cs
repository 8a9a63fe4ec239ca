using System.Numerics;
using CostShare.Grains.Amounts;
using FsCheck;
using FsCheck.Fluent;

namespace CostShare.Grains.Tests.Amounts;

public class FractionTests
{
    // Numbers on both sides of every border of the fast path: 0, ±1, ±2^31, ±2^62, ±2^63, ±2^64 and beyond.
    private static readonly BigInteger[] Edges =
        [.. new[] { 0, 1, 31, 32, 62, 63, 64, 65, 126, 127, 128, 200 }
            .SelectMany(power => new[] { BigInteger.Pow(2, power) - 1, BigInteger.Pow(2, power), BigInteger.Pow(2, power) + 1 })
            .SelectMany(value => new[] { value, -value }).Distinct()];

    private static readonly Gen<BigInteger> Whole = Gen.OneOf(
        Gen.Elements(Edges),
        Gen.Choose(-1000, 1000).Select(value => (BigInteger)value),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(pair => (BigInteger)pair.Item1 * pair.Item2));

    private static readonly Arbitrary<(BigInteger N, BigInteger D)> Pairs =
        Whole.Two().Where(pair => !pair.Item2.IsZero).Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();

    private static Fraction F((BigInteger N, BigInteger D) pair) => Fraction.Of(pair.N, pair.D);

    [Fact]
    public void Sums_differences_products_and_quotients_are_those_of_the_definition() => Prop.ForAll(Pairs, Pairs, (a, b) =>
        Same(F(a) + F(b), (a.N * b.D) + (b.N * a.D), a.D * b.D)
        && Same(F(a) - F(b), (a.N * b.D) - (b.N * a.D), a.D * b.D)
        && Same(F(a) * F(b), a.N * b.N, a.D * b.D)
        && (b.N.IsZero || Same(F(a) / F(b), a.N * b.D, a.D * b.N))
        && Same(-F(a), -a.N, a.D)).Check(Examine.Thoroughly);

    [Fact]
    public void Order_and_equality_are_those_of_the_definition() => Prop.ForAll(Pairs, Pairs, (a, b) =>
    {
        int order = (a.N * b.D * a.D.Sign * b.D.Sign).CompareTo(b.N * a.D * a.D.Sign * b.D.Sign);
        Fraction left = F(a), right = F(b);
        return Math.Sign(left.CompareTo(right)) == order
            && (left == right) == (order == 0) && (left != right) == (order != 0)
            && (left < right) == (order < 0) && (left <= right) == (order <= 0)
            && (left > right) == (order > 0) && (left >= right) == (order >= 0)
            && Fraction.Min(left, right) == (order <= 0 ? left : right)
            && Fraction.Max(left, right) == (order >= 0 ? left : right)
            && left.Equals((object)right) == (order == 0)
            && (order != 0 || left.GetHashCode() == right.GetHashCode());
    }).Check(Examine.Thoroughly);

    [Fact]
    public void Equal_numbers_are_neither_less_nor_greater() => Prop.ForAll(Pairs, a =>
    {
        Fraction left = F(a), right = F((a.N * 6, a.D * 6));
        return left == right && left <= right && left >= right && !(left < right) && !(left > right) && !(left != right)
            && left.CompareTo(right) == 0 && left.GetHashCode() == right.GetHashCode();
    }).Check(Examine.Thoroughly);

    [Fact]
    public void Large_numbers_have_hashes_of_their_own() => Assert.NotEqual(
        Fraction.Of(BigInteger.Pow(2, 100), 3).GetHashCode(), Fraction.Of(BigInteger.Pow(2, 101), 3).GetHashCode());

    [Fact]
    public void The_fractional_part_is_what_the_value_exceeds_its_floor_by() => Prop.ForAll(Pairs, a =>
    {
        Fraction part = F(a).FractionalPart();
        return part >= 0L && part < Fraction.One && (F(a) - part).IsInteger && part.Denominator == F(a).Denominator;
    }).Check(Examine.Thoroughly);

    [Fact]
    public void A_whole_number_of_128_bits_is_held() => Prop.ForAll(Whole.ToArbitrary(), value =>
        BigInteger.Abs(value) > (BigInteger)Int128.MaxValue || ((Fraction)(Int128)value).Numerator == value).Check(Examine.Thoroughly);

    [Fact]
    public void A_number_has_one_form_whichever_way_it_was_reached() => Prop.ForAll(Pairs, Pairs, (a, b) =>
        b.N.IsZero || (F(a) * F(b) / F(b) == F(a) && F(a) + F(b) - F(b) == F(a)
            && (F(a) * F(b) / F(b)).GetHashCode() == F(a).GetHashCode())).Check(Examine.Thoroughly);

    [Fact]
    public void Lowest_terms_with_a_positive_denominator() => Prop.ForAll(Pairs, a =>
        F(a).Denominator.Sign > 0
        && BigInteger.GreatestCommonDivisor(F(a).Numerator, F(a).Denominator).IsOne
        && F(a).Numerator * a.D == a.N * F(a).Denominator
        && F(a).Sign == a.N.Sign * a.D.Sign
        && F(a).IsInteger == (a.N % a.D).IsZero).Check(Examine.Thoroughly);

    [Fact]
    public void Both_ways_to_make_a_fraction_agree() => Prop.ForAll(Pairs, a =>
        BigInteger.Abs(a.N) > (BigInteger)Int128.MaxValue || BigInteger.Abs(a.D) > (BigInteger)Int128.MaxValue
        || Fraction.Of((Int128)a.N, (Int128)a.D) == F(a)).Check(Examine.Thoroughly);

    [Fact]
    public void Floor_and_ceiling_enclose_the_value() => Prop.ForAll(Pairs, a =>
    {
        Fraction value = F(a);
        if (value < -1_000_000_000_000_000_000 || value > 1_000_000_000_000_000_000) { return true; }
        return value.Floor() <= value && value < value.Floor() + Fraction.One
            && value.Ceiling() >= value && value.Ceiling() - Fraction.One < value;
    }).Check(Examine.Thoroughly);

    [Fact]
    public void The_sum_of_many_is_the_sum_one_by_one() => Prop.ForAll(Pairs.Generator.ListOf().ToArbitrary(), list =>
        Fraction.Sum([.. list.Select(F)]) == list.Aggregate(Fraction.Zero, (sum, pair) => sum + F(pair))).Check(Examine.Lists);

    [Fact]
    public void Every_denominator_divides_the_common_one_and_no_smaller_number_does()
    {
        Assert.Equal(12, Fraction.CommonDenominator([Fraction.Of(1, 4), Fraction.Of(5, 6), Fraction.Of(1, 4)]));
        Assert.Equal(1, Fraction.CommonDenominator([]));
        Prop.ForAll(Pairs.Generator.ListOf().ToArbitrary(), list =>
        {
            BigInteger common = Fraction.CommonDenominator([.. list.Select(F)]);
            BigInteger expected = list.Select(pair => F(pair).Denominator)
                .Aggregate(BigInteger.One, (lcm, d) => lcm * d / BigInteger.GreatestCommonDivisor(lcm, d));
            return common == expected;
        }).Check(Examine.Lists);
    }

    [Theory]
    [InlineData(6, 4, "3/2")]
    [InlineData(-6, 4, "-3/2")]
    [InlineData(6, -4, "-3/2")]
    [InlineData(-6, -4, "3/2")]
    [InlineData(0, -5, "0")]
    [InlineData(10, 5, "2")]
    public void Written_in_lowest_terms(long numerator, long denominator, string expected) =>
        Assert.Equal(expected, Fraction.Of((Int128)numerator, denominator).ToString());

    [Fact]
    public void Large_numbers_are_written_in_full()
    {
        var large = Fraction.Of(BigInteger.Pow(10, 30), BigInteger.Pow(7, 30));
        Assert.Equal($"1{new string('0', 30)}/{BigInteger.Pow(7, 30)}", large.ToString());
        Assert.Equal($"1{new string('0', 30)}", (large * Fraction.Of(BigInteger.Pow(7, 30), BigInteger.One)).ToString());
    }

    [Fact]
    public void The_default_is_nought()
    {
        Assert.Equal(Fraction.Zero, default);
        Assert.Equal("0", default(Fraction).ToString());
        Assert.Equal(BigInteger.One, default(Fraction).Denominator);
        Assert.Equal("1", Fraction.One.ToString());
        Assert.False(Fraction.One.Equals("1"));
    }

    [Fact]
    public void A_denominator_of_nought_is_refused()
    {
        Assert.Throws<DivideByZeroException>(() => Fraction.Of((Int128)1, 0));
        Assert.Throws<DivideByZeroException>(() => Fraction.Of(BigInteger.One, BigInteger.Zero));
        Assert.Throws<DivideByZeroException>(() => Fraction.One / Fraction.Zero);
    }

    [Fact]
    public void The_most_negative_whole_numbers_are_held()
    {
        Assert.Equal(long.MinValue.ToString(), ((Fraction)long.MinValue).ToString());
        Assert.Equal("9223372036854775808", (-(Fraction)long.MinValue).ToString());
        Assert.Equal((BigInteger)Int128.MinValue, Fraction.Of(Int128.MinValue, 1).Numerator);
        Assert.Equal(Fraction.Of(1, 2), Fraction.Of(Int128.MinValue / 2, Int128.MinValue));
        Assert.Equal(Fraction.One, Fraction.Of(Int128.MinValue, Int128.MinValue));
    }

    [Fact]
    public void A_whole_part_beyond_64_bits_overflows()
    {
        Assert.Throws<OverflowException>(() => Fraction.Of(BigInteger.Pow(2, 70), 3).Floor());
        Assert.Equal(-1, Fraction.Of(-1, BigInteger.Pow(2, 70)).Floor());
        Assert.Equal(0, Fraction.Of(-1, BigInteger.Pow(2, 70)).Ceiling());
        Assert.Equal(1, Fraction.Of(1, BigInteger.Pow(2, 70)).Ceiling());
    }

    [Fact]
    public void Length_is_that_of_the_longer_part()
    {
        Assert.Equal(64, Fraction.One.BitLength);
        Assert.Equal(101, Fraction.Of(BigInteger.Pow(2, 100), 3).BitLength);
        Assert.Equal(101, Fraction.Of(3, BigInteger.Pow(2, 100)).BitLength);
    }

    private static bool Same(Fraction actual, BigInteger numerator, BigInteger denominator) =>
        actual.Numerator * denominator == numerator * actual.Denominator
        && BigInteger.GreatestCommonDivisor(actual.Numerator, actual.Denominator).IsOne && actual.Denominator.Sign > 0;
}
