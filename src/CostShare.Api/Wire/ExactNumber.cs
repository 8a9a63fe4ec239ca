namespace CostShare.Api.Wire;

/// <summary>Reads JSON numbers exactly, without passing through binary floating point.</summary>
internal static class ExactNumber
{
    /// <summary>What became of a number.</summary>
    public enum Outcome
    {
        /// <summary>It is a whole number of units.</summary>
        Exact,
        /// <summary>It has more decimals than the unit.</summary>
        TooManyDecimals,
        /// <summary>It is beyond anything that a unit counts.</summary>
        TooLarge,
    }

    // Every limit of the wire has fewer digits than this, and 128 bits hold all numbers that have.
    private const int MostDigits = 30;

    /// <summary>Reads a number as a whole number of units of 10^-places.</summary>
    /// <param name="text">The digits of a JSON number as they stand in the request; its grammar was checked.</param>
    /// <param name="places">How many decimals the unit has.</param>
    /// <param name="units">The number in units, where the outcome is exact.</param>
    public static Outcome Read(ReadOnlySpan<byte> text, int places, out Int128 units)
    {
        units = 0;
        bool negative = text[0] == (byte)'-';
        if (negative) { text = text[1..]; }
        int mark = text.IndexOfAny((byte)'e', (byte)'E');
        long exponent = mark < 0 ? 0 : ReadExponent(text[(mark + 1)..]);
        ReadOnlySpan<byte> mantissa = mark < 0 ? text : text[..mark];
        int point = mantissa.IndexOf((byte)'.');
        int decimals = point < 0 ? 0 : mantissa.Length - point - 1;

        // The digits without leading and trailing zeros, and the power of ten of the last of them.
        int first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0) { return Outcome.Exact; }
        int last = mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9');
        long power = exponent - decimals + (mantissa.Length - 1 - last) - (point > last ? 1 : 0);
        long shift = power + places;
        if (shift < 0) { return Outcome.TooManyDecimals; }
        int digits = last - first + 1 - (point > first && point < last ? 1 : 0);
        if (digits + shift > MostDigits) { return Outcome.TooLarge; }
        foreach (byte digit in mantissa[first..(last + 1)])
        {
            if (digit != (byte)'.') { units = (units * 10) + (digit - (byte)'0'); }
        }
        for (; shift > 0; shift--) { units *= 10; }
        if (negative) { units = -units; }
        return Outcome.Exact;
    }

    private static long ReadExponent(ReadOnlySpan<byte> text)
    {
        bool negative = text[0] == (byte)'-';
        if (text[0] is (byte)'-' or (byte)'+') { text = text[1..]; }
        long exponent = 0;
        foreach (byte digit in text) { exponent = long.Min((exponent * 10) + (digit - (byte)'0'), 1_000_000_000); }
        return negative ? -exponent : exponent;
    }
}
