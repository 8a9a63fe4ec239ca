using System.Globalization;
using System.Numerics;

namespace CostShare.Grains.Amounts;

/// <summary>An exact rational number: what a share is before it is rounded.</summary>
/// <remarks>
/// Always in lowest terms with a positive denominator, of any size. Numerators and denominators that fit 63 bits are
/// held as machine integers, larger ones as <see cref="BigInteger"/>; no caller can tell which. The default value is
/// <see cref="Zero"/>. Operations never round and never overflow.
/// </remarks>
public readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    private readonly long _numerator;
    private readonly long _denominatorLessOne;
    private readonly Large? _large;

    private Fraction(long numerator, long denominator)
    {
        _numerator = numerator;
        _denominatorLessOne = denominator - 1;
    }

    private Fraction(Large large) => _large = large;

    /// <summary>Nought.</summary>
    public static Fraction Zero => default;

    /// <summary>One.</summary>
    public static Fraction One => new(1, 1);

    /// <summary>The numerator in lowest terms; it carries the sign.</summary>
    public BigInteger Numerator => _large is null ? _numerator : _large.Numerator;

    /// <summary>The denominator in lowest terms; 1 or more.</summary>
    public BigInteger Denominator => _large is null ? SmallDenominator : _large.Denominator;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => _large is null ? long.Sign(_numerator) : _large.Numerator.Sign;

    /// <summary>Whether the value is a whole number.</summary>
    public bool IsInteger => _large is null ? _denominatorLessOne == 0 : _large.Denominator.IsOne;

    /// <summary>The number of bits of the longer of numerator and denominator, at least 64: what it costs to compute with and print.</summary>
    public long BitLength => _large is null
        ? 64
        : long.Max(_large.Numerator.GetBitLength(), _large.Denominator.GetBitLength());

    private long SmallDenominator => _denominatorLessOne + 1;

    /// <summary>The fraction numerator / denominator.</summary>
    /// <param name="numerator">Any whole number.</param>
    /// <param name="denominator">Any whole number but 0; a negative one turns the sign.</param>
    /// <exception cref="DivideByZeroException"><paramref name="denominator"/> is 0.</exception>
    public static Fraction Of(Int128 numerator, Int128 denominator)
    {
        if (denominator == 0) { throw new DivideByZeroException("A fraction needs a denominator other than 0."); }
        if (Fits(numerator) && Fits(denominator) && denominator > 0)
        {
            (long n, long d) = ((long)numerator, (long)denominator);
            var g = (long)GreatestCommonDivisor((ulong)long.Abs(n), (ulong)d);
            return new Fraction(n / g, d / g);
        }
        // The most negative number has no opposite in 128 bits, so it goes the long way.
        if (numerator == Int128.MinValue || denominator == Int128.MinValue)
        {
            return Of((BigInteger)numerator, denominator);
        }
        if (denominator < 0) { (numerator, denominator) = (-numerator, -denominator); }
        var divisor = (Int128)GreatestCommonDivisor((UInt128)Int128.Abs(numerator), (UInt128)denominator);
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        return Fits(numerator) && Fits(denominator)
            ? new Fraction((long)numerator, (long)denominator)
            : new Fraction(new Large(numerator, denominator));
    }

    /// <summary>The fraction numerator / denominator of whole numbers of any size.</summary>
    /// <param name="numerator">Any whole number.</param>
    /// <param name="denominator">Any whole number but 0; a negative one turns the sign.</param>
    /// <exception cref="DivideByZeroException"><paramref name="denominator"/> is 0.</exception>
    public static Fraction Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) { throw new DivideByZeroException("A fraction needs a denominator other than 0."); }
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0) { divisor = -divisor; }
        return InLowestTerms(numerator / divisor, denominator / divisor);
    }

    /// <summary>A whole number as a fraction.</summary>
    /// <param name="value">Any whole number.</param>
    public static implicit operator Fraction(long value) =>
        Fits(value) ? new Fraction(value, 1) : new Fraction(new Large(value, BigInteger.One));

    /// <summary>A whole number as a fraction.</summary>
    /// <param name="value">Any whole number.</param>
    public static implicit operator Fraction(Int128 value) =>
        Fits(value) ? new Fraction((long)value, 1) : new Fraction(new Large(value, BigInteger.One));

    /// <summary>The sum.</summary>
    public static Fraction operator +(Fraction left, Fraction right)
    {
        if (left._large is null && right._large is null)
        {
            Int128 a = left._numerator, b = left.SmallDenominator, c = right._numerator, d = right.SmallDenominator;
            return b == d ? Of(a + c, b) : Of((a * d) + (c * b), b * d);
        }
        return Of((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);
    }

    /// <summary>The opposite number.</summary>
    public static Fraction operator -(Fraction value) => value._large is null
        ? new Fraction(-value._numerator, value.SmallDenominator)
        : InLowestTerms(-value._large.Numerator, value._large.Denominator);

    /// <summary>The difference.</summary>
    public static Fraction operator -(Fraction left, Fraction right) => left + -right;

    /// <summary>The product.</summary>
    public static Fraction operator *(Fraction left, Fraction right)
    {
        if (left._large is null && right._large is null)
        {
            // Dividing crosswise first keeps the products small, and lowest terms without another search.
            var g = (long)GreatestCommonDivisor((ulong)long.Abs(left._numerator), (ulong)right.SmallDenominator);
            var h = (long)GreatestCommonDivisor((ulong)long.Abs(right._numerator), (ulong)left.SmallDenominator);
            Int128 numerator = (Int128)(left._numerator / g) * (right._numerator / h);
            Int128 denominator = (Int128)(left.SmallDenominator / h) * (right.SmallDenominator / g);
            return Fits(numerator) && Fits(denominator)
                ? new Fraction((long)numerator, (long)denominator)
                : new Fraction(new Large(numerator, denominator));
        }
        if (left == One) { return right; }
        if (right == One) { return left; }
        var crossLeft = BigInteger.GreatestCommonDivisor(left.Numerator, right.Denominator);
        var crossRight = BigInteger.GreatestCommonDivisor(right.Numerator, left.Denominator);
        return InLowestTerms(
            left.Numerator / crossLeft * (right.Numerator / crossRight),
            left.Denominator / crossRight * (right.Denominator / crossLeft));
    }

    /// <summary>The quotient.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is 0.</exception>
    public static Fraction operator /(Fraction left, Fraction right)
    {
        if (right.Sign == 0) { throw new DivideByZeroException("A fraction cannot be divided by 0."); }
        Fraction inverse = right._large is null
            ? new Fraction(long.Sign(right._numerator) * right.SmallDenominator, long.Abs(right._numerator))
            : InLowestTerms(right._large.Numerator.Sign * right._large.Denominator, BigInteger.Abs(right._large.Numerator));
        return left * inverse;
    }

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(Fraction left, Fraction right) => left.Equals(right);

    /// <summary>Whether they are different numbers.</summary>
    public static bool operator !=(Fraction left, Fraction right) => !left.Equals(right);

    /// <summary>Whether left is less than right.</summary>
    public static bool operator <(Fraction left, Fraction right) => left.CompareTo(right) < 0;

    /// <summary>Whether left is less than right or equal to it.</summary>
    public static bool operator <=(Fraction left, Fraction right) => left.CompareTo(right) <= 0;

    /// <summary>Whether left is greater than right.</summary>
    public static bool operator >(Fraction left, Fraction right) => left.CompareTo(right) > 0;

    /// <summary>Whether left is greater than right or equal to it.</summary>
    public static bool operator >=(Fraction left, Fraction right) => left.CompareTo(right) >= 0;

    /// <summary>The smaller of two.</summary>
    public static Fraction Min(Fraction left, Fraction right) => left <= right ? left : right;

    /// <summary>The larger of two.</summary>
    public static Fraction Max(Fraction left, Fraction right) => left >= right ? left : right;

    /// <summary>The sum of many: brought to one denominator first, so that it stays quick when all differ.</summary>
    /// <param name="values">Any number of fractions; the sum of none is 0.</param>
    public static Fraction Sum(IReadOnlyCollection<Fraction> values)
    {
        BigInteger denominator = CommonDenominator(values);
        BigInteger sum = BigInteger.Zero;
        foreach (Fraction value in values) { sum += value.Numerator * (denominator / value.Denominator); }
        return Of(sum, denominator);
    }

    /// <summary>The smallest whole number that every denominator divides.</summary>
    /// <param name="values">Any number of fractions; 1 for none.</param>
    public static BigInteger CommonDenominator(IReadOnlyCollection<Fraction> values) => CommonDenominator(values, long.MaxValue)!.Value;

    /// <summary>The smallest whole number that every denominator divides, or null where it is longer than wanted.</summary>
    /// <param name="values">Any number of fractions; 1 for none.</param>
    /// <param name="mostBits">The longest number wanted, in bits.</param>
    public static BigInteger? CommonDenominator(IReadOnlyCollection<Fraction> values, long mostBits)
    {
        BigInteger common = BigInteger.One;
        var met = new HashSet<BigInteger>();
        foreach (Fraction value in values)
        {
            BigInteger denominator = value.Denominator;
            if (!met.Add(denominator)) { continue; }
            common *= denominator / BigInteger.GreatestCommonDivisor(common, denominator);
            if (common.GetBitLength() > mostBits) { return null; }
        }
        return common;
    }

    /// <summary>The largest whole number that is not above the value.</summary>
    /// <exception cref="OverflowException">It does not fit 64 bits.</exception>
    public long Floor()
    {
        if (_large is null)
        {
            (long quotient, long remainder) = long.DivRem(_numerator, SmallDenominator);
            return remainder < 0 ? quotient - 1 : quotient;
        }
        var whole = BigInteger.DivRem(_large.Numerator, _large.Denominator, out BigInteger rest);
        return (long)(rest.Sign < 0 ? whole - 1 : whole);
    }

    /// <summary>The smallest whole number that is not below the value.</summary>
    /// <exception cref="OverflowException">It does not fit 64 bits.</exception>
    public long Ceiling() => -(-this).Floor();

    /// <summary>What the value exceeds its floor by: at least 0 and below 1.</summary>
    public Fraction FractionalPart()
    {
        // The numerator loses a multiple of the denominator, so the terms stay the lowest.
        if (_large is null)
        {
            long rest = _numerator % SmallDenominator;
            return new Fraction(rest < 0 ? rest + SmallDenominator : rest, SmallDenominator);
        }
        var largeRest = BigInteger.Remainder(_large.Numerator, _large.Denominator);
        return InLowestTerms(largeRest.Sign < 0 ? largeRest + _large.Denominator : largeRest, _large.Denominator);
    }

    /// <summary>The first 64 bits behind the point of a value of at least 0 and below 1: the larger of two values never has the smaller bits.</summary>
    internal ulong LeadingBits() => _large is null
        ? (ulong)(((UInt128)(ulong)_numerator << 64) / (ulong)SmallDenominator)
        : (ulong)((_large.Numerator << 64) / _large.Denominator);

    /// <inheritdoc/>
    public int CompareTo(Fraction other)
    {
        if (_large is null && other._large is null)
        {
            return _denominatorLessOne == other._denominatorLessOne
                ? _numerator.CompareTo(other._numerator)
                : ((Int128)_numerator * other.SmallDenominator).CompareTo((Int128)other._numerator * SmallDenominator);
        }
        if (_large is not null && other._large is not null && _large.Denominator == other._large.Denominator)
        {
            return _large.Numerator.CompareTo(other._large.Numerator);
        }
        return (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);
    }

    /// <inheritdoc/>
    public bool Equals(Fraction other) => _large is null
        ? other._large is null && _numerator == other._numerator && _denominatorLessOne == other._denominatorLessOne
        : _large.Equals(other._large);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _large is null ? HashCode.Combine(_numerator, _denominatorLessOne) : _large.GetHashCode();

    /// <summary>The value in lowest terms: "a" when it is whole, otherwise "a/b".</summary>
    public override string ToString() => IsInteger
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    // One form per number, or equality would tell the small form from the large one: whatever fits is held small.
    private static Fraction InLowestTerms(BigInteger numerator, BigInteger denominator) =>
        BigInteger.Abs(numerator) <= long.MaxValue && denominator <= long.MaxValue
            ? new Fraction((long)numerator, (long)denominator)
            : new Fraction(new Large(numerator, denominator));

    // long.MinValue has no opposite in 64 bits, so it counts as large.
    private static bool Fits(Int128 value) => value >= -long.MaxValue && value <= long.MaxValue;

    private static UInt128 GreatestCommonDivisor(UInt128 a, UInt128 b)
    {
        while (a > ulong.MaxValue || b > ulong.MaxValue)
        {
            if (b == 0) { return a; }
            (a, b) = (b, a % b);
        }
        return GreatestCommonDivisor((ulong)a, (ulong)b);
    }

    // Stein's binary algorithm (Knuth, The Art of Computer Programming, vol. 2, 3rd ed., 4.5.2, algorithm B).
    private static ulong GreatestCommonDivisor(ulong a, ulong b)
    {
        if (a == 0 || b == 0) { return a | b; }
        int shift = BitOperations.TrailingZeroCount(a | b);
        a >>= BitOperations.TrailingZeroCount(a);
        while (b != 0)
        {
            b >>= BitOperations.TrailingZeroCount(b);
            if (a > b) { (a, b) = (b, a); }
            b -= a;
        }
        return a << shift;
    }

    private sealed record Large(BigInteger Numerator, BigInteger Denominator);
}
