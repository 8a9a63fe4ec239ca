using System.Numerics;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>The formula language done another way, as the oracle of the reader: by splitting the text at its weakest operator.</summary>
/// <remarks>Takes only expressions that are right; gives null where one divides by 0.</remarks>
internal static class SlowFormula
{
    private static readonly string[] Comparisons = ["<=", ">=", "==", "!=", "<", ">"];

    public static Q? Value(string text, IReadOnlyDictionary<string, Q> names)
    {
        string s = text.Replace(" ", "", StringComparison.Ordinal);
        Q? Of(string part) => Value(part, names);

        foreach ((int at, int depth) in Places(s))
        {
            if (depth > 0 || Comparisons.FirstOrDefault(c => string.CompareOrdinal(s, at, c, 0, c.Length) == 0) is not string comparison) { continue; }
            if (Of(s[..at]) is not Q left || Of(s[(at + comparison.Length)..]) is not Q right) { return null; }
            int order = left.CompareTo(right);
            return comparison switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, ">=" => order >= 0, "==" => order == 0, _ => order != 0 } ? 1 : 0;
        }
        foreach (string operators in new[] { "+-", "*/" })
        {
            foreach ((int at, int depth) in Places(s).Reverse())
            {
                // A minus after another operator, or at the beginning, is a sign.
                if (depth > 0 || at == 0 || !operators.Contains(s[at], StringComparison.Ordinal) || "+-*/".Contains(s[at - 1], StringComparison.Ordinal)) { continue; }
                if (Of(s[..at]) is not Q left || Of(s[(at + 1)..]) is not Q right) { return null; }
                return s[at] switch { '+' => left + right, '-' => left - right, '*' => left * right, _ => right == 0 ? null : left / right };
            }
        }
        if (s[0] == '-') { return Of(s[1..]) is Q value ? (Q)0 - value : null; }
        if (s[0] == '(') { return Of(s[1..^1]); }
        int open = s.IndexOf('(', StringComparison.Ordinal);
        if (open > 0) { return Call(s[..open], [.. Arguments(s[(open + 1)..^1])], Of); }
        if (names.TryGetValue(s, out Q named)) { return named; }
        string[] digits = s.Split('.');
        return digits.Length == 1 ? (Q)BigInteger.Parse(s) : (Q)BigInteger.Parse(digits[0] + digits[1]) / BigInteger.Pow(10, digits[1].Length);
    }

    private static Q? Call(string name, string[] arguments, Func<string, Q?> of)
    {
        if (name == "if") { return of(arguments[0]) is Q condition ? of(condition == 0 ? arguments[2] : arguments[1]) : null; }
        Q?[] values = [.. arguments.Select(of)];
        return values.Any(value => value is null) ? null : name == "min" ? values.Min() : values.Max();
    }

    private static IEnumerable<string> Arguments(string s)
    {
        int start = 0;
        foreach ((int at, int depth) in Places(s))
        {
            if (depth > 0 || s[at] != ',') { continue; }
            yield return s[start..at];
            start = at + 1;
        }
        yield return s[start..];
    }

    /// <summary>Every position and how many parentheses it stands in.</summary>
    private static IEnumerable<(int At, int Depth)> Places(string s)
    {
        int depth = 0;
        for (int at = 0; at < s.Length; at++)
        {
            if (s[at] == ')') { depth--; }
            yield return (at, depth);
            if (s[at] == '(') { depth++; }
        }
    }
}
