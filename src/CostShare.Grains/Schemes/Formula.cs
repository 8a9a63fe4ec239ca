using System.Globalization;
using System.Numerics;
using System.Text;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Schemes;

/// <summary>What the names of a formula stand for.</summary>
/// <param name="Floor">The household's floor.</param>
/// <param name="Area">Its area in square metres.</param>
/// <param name="Storeys">The storeys of the building.</param>
/// <param name="Payers">How many households share.</param>
internal readonly record struct FormulaNames(int Floor, Fraction Area, int Storeys, int Payers)
{
    /// <summary>The names there are.</summary>
    public static IReadOnlyList<string> All { get; } = ["floor", "area", "storeys", "payers"];

    /// <summary>The number that a name stands for.</summary>
    public Fraction Of(string name) => name switch
    {
        "floor" => Floor,
        "area" => Area,
        "storeys" => Storeys,
        "payers" => Payers,
        _ => throw new InvalidOperationException($"No name {name}."),
    };
}

/// <summary>An expression of the formula language, read once and evaluated for each household.</summary>
/// <remarks>
/// The language is total: there are no loops and no calls but min, max and if, so every evaluation ends, and its numbers are no longer
/// than the text allows. The only thing that can go wrong in an evaluation is a division by 0.
/// <code>
/// expression = sum [ ("&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "!=") sum ]
/// sum = product { ("+" | "-") product }     product = unary { ("*" | "/") unary }     unary = [ "-" ] primary
/// primary = number | name | "(" expression ")" | ("min" | "max") "(" expression { "," expression } ")"
///         | "if" "(" expression "," expression "," expression ")"
/// </code>
/// </remarks>
internal sealed class Formula
{
    /// <summary>How deeply parentheses may be nested, those of min, max and if included.</summary>
    public const int MostDepth = 32;

    private readonly Node _root;

    private Formula(Node root, IReadOnlyList<string> names) => (_root, Names) = (root, names);

    /// <summary>The names that the expression uses, each once.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="place">Where it stands in the request.</param>
    /// <param name="faults">Receives the first thing that is wrong, with its position: the number of the character, from 1.</param>
    /// <returns>The expression, or null if a fault was added.</returns>
    public static Formula? Read(string text, Place place, FaultList faults)
    {
        var reader = new Reader(text, place, faults);
        return reader.ReadAll() is Node root ? new Formula(root, [.. FormulaNames.All.Where(reader.Names.Contains)]) : null;
    }

    /// <summary>The value for one household, or null where it divides by 0.</summary>
    /// <param name="names">What the names stand for.</param>
    /// <param name="dividedAt">Where the division stands that failed, as the number of its character, from 1; 0 where none did.</param>
    public Fraction? Evaluate(in FormulaNames names, out int dividedAt)
    {
        dividedAt = 0;
        return _root.Value(names, ref dividedAt);
    }

    private abstract record Node
    {
        /// <summary>The value, or null after a division by 0, whose position is then told.</summary>
        public abstract Fraction? Value(in FormulaNames names, ref int dividedAt);
    }

    private sealed record Number(Fraction Stated) : Node
    {
        public override Fraction? Value(in FormulaNames names, ref int dividedAt) => Stated;
    }

    private sealed record Name(string Text) : Node
    {
        public override Fraction? Value(in FormulaNames names, ref int dividedAt) => names.Of(Text);
    }

    private sealed record Opposite(Node Of) : Node
    {
        public override Fraction? Value(in FormulaNames names, ref int dividedAt) => Of.Value(names, ref dividedAt) is Fraction value ? -value : null;
    }

    private sealed record Operation(string Operator, Node Left, Node Right, int Position) : Node
    {
        public override Fraction? Value(in FormulaNames names, ref int dividedAt)
        {
            if (Left.Value(names, ref dividedAt) is not Fraction left || Right.Value(names, ref dividedAt) is not Fraction right) { return null; }
            if (Operator == "/" && right.Sign == 0)
            {
                dividedAt = Position;
                return null;
            }
            return Operator switch
            {
                "+" => left + right,
                "-" => left - right,
                "*" => left * right,
                "/" => left / right,
                "<" => Truth(left < right),
                "<=" => Truth(left <= right),
                ">" => Truth(left > right),
                ">=" => Truth(left >= right),
                "==" => Truth(left == right),
                "!=" => Truth(left != right),
                _ => throw new InvalidOperationException($"No operator {Operator}."),
            };
        }

        private static Fraction Truth(bool holds) => holds ? Fraction.One : Fraction.Zero;
    }

    private sealed record Extreme(bool Largest, IReadOnlyList<Node> Of) : Node
    {
        public override Fraction? Value(in FormulaNames names, ref int dividedAt)
        {
            Fraction? extreme = null;
            foreach (Node node in Of)
            {
                if (node.Value(names, ref dividedAt) is not Fraction value) { return null; }
                extreme = extreme is not Fraction met ? value : Largest ? Fraction.Max(met, value) : Fraction.Min(met, value);
            }
            return extreme;
        }
    }

    private sealed record Choice(Node Condition, Node Then, Node Otherwise) : Node
    {
        public override Fraction? Value(in FormulaNames names, ref int dividedAt) => Condition.Value(names, ref dividedAt) is Fraction condition
            ? (condition.Sign != 0 ? Then : Otherwise).Value(names, ref dividedAt)
            : null;
    }

    /// <summary>Reads by recursive descent; every method returns null after telling what is wrong.</summary>
    private sealed class Reader(string text, Place place, FaultList faults)
    {
        private const string End = "end", Operand = "operand";
        private static readonly string[] Comparisons = ["<=", ">=", "==", "!=", "<", ">"];

        private int _at;
        private int _depth;

        public HashSet<string> Names { get; } = [];

        public Node? ReadAll()
        {
            if (ReadExpression() is not Node node) { return null; }
            SkipBlanks();
            return _at == text.Length ? node : Expected(End);
        }

        private Node? ReadExpression()
        {
            if (ReadSum() is not Node left) { return null; }
            SkipBlanks();
            int start = _at;
            return Comparisons.FirstOrDefault(Take) is not string comparison ? left
                : ReadSum() is Node right ? new Operation(comparison, left, right, Position(start))
                : null;
        }

        private Node? ReadSum() => ReadChain(ReadProduct, '+', '-');

        private Node? ReadProduct() => ReadChain(ReadUnary, '*', '/');

        private Node? ReadChain(Func<Node?> operand, char first, char second)
        {
            Node? left = operand();
            while (left is not null)
            {
                SkipBlanks();
                int start = _at;
                if (_at == text.Length || (text[_at] != first && text[_at] != second)) { break; }
                string chosen = text[_at++].ToString();
                left = operand() is Node right ? new Operation(chosen, left, right, Position(start)) : null;
            }
            return left;
        }

        private Node? ReadUnary()
        {
            SkipBlanks();
            if (!Take("-")) { return ReadPrimary(); }
            return ReadPrimary() is Node node ? new Opposite(node) : null;
        }

        private Node? ReadPrimary()
        {
            SkipBlanks();
            if (_at == text.Length) { return Expected(Operand); }
            if (char.IsAsciiDigit(text[_at])) { return ReadNumber(); }
            if (char.IsAsciiLetter(text[_at])) { return ReadWord(); }
            if (text[_at] != '(') { return Expected(Operand); }
            return ReadList(1, 1) is [var inner] ? inner : null;
        }

        private Number? ReadNumber()
        {
            int start = _at;
            SkipDigits();
            int decimals = 0;
            if (_at < text.Length && text[_at] == '.')
            {
                _at++;
                int point = _at;
                SkipDigits();
                decimals = _at - point;
                if (decimals == 0)
                {
                    Expected("digit");
                    return null;
                }
            }
            string digits = text[start.._at].Replace(".", "", StringComparison.Ordinal);
            return new Number(Fraction.Of(BigInteger.Parse(digits, CultureInfo.InvariantCulture), BigInteger.Pow(10, decimals)));
        }

        private Node? ReadWord()
        {
            int start = _at;
            while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at])) { _at++; }
            string word = text[start.._at];
            switch (word)
            {
                case "min" or "max":
                    return ReadList(1, int.MaxValue) is IReadOnlyList<Node> of ? new Extreme(word == "max", of) : null;
                case "if":
                    return ReadList(3, 3) is [var condition, var then, var otherwise] ? new Choice(condition, then, otherwise) : null;
                default:
                    if (!FormulaNames.All.Contains(word))
                    {
                        Tell(FaultCode.FormulaNameUnknown, start, ("name", word));
                        return null;
                    }
                    Names.Add(word);
                    return new Name(word);
            }
        }

        /// <summary>Expressions in parentheses, with commas between them.</summary>
        private List<Node>? ReadList(int fewest, int most)
        {
            SkipBlanks();
            int start = _at;
            if (!Take("("))
            {
                Expected("(");
                return null;
            }
            if (++_depth > MostDepth)
            {
                Tell(FaultCode.FormulaTooDeep, start, ("limit", MostDepth));
                return null;
            }
            var nodes = new List<Node>();
            do
            {
                if (ReadExpression() is not Node node) { return null; }
                nodes.Add(node);
                SkipBlanks();
            }
            while (nodes.Count < most && Take(","));
            if (nodes.Count < fewest || !Take(")"))
            {
                Expected(nodes.Count < fewest ? "," : ")");
                return null;
            }
            _depth--;
            return nodes;
        }

        private bool Take(string symbol)
        {
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) != 0) { return false; }
            _at += symbol.Length;
            return true;
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && text[_at] == ' ') { _at++; }
        }

        private void SkipDigits()
        {
            while (_at < text.Length && char.IsAsciiDigit(text[_at])) { _at++; }
        }

        private Node? Expected(string wanted)
        {
            Tell(FaultCode.FormulaSyntax, _at, ("found", Found()), ("wanted", wanted));
            return null;
        }

        /// <summary>What stands at the place: a word, or a character, by its number where it would not be seen.</summary>
        private string Found()
        {
            if (_at == text.Length) { return End; }
            int end = _at;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) { end++; }
            if (end > _at) { return text[_at..end]; }
            Rune rune = Rune.TryGetRuneAt(text, _at, out Rune whole) ? whole : Rune.ReplacementChar;
            return Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : rune.ToString();
        }

        private void Tell(FaultCode code, int at, FaultValue value, params ReadOnlySpan<FaultValue> more) =>
            faults.Add(code, place, [("position", Position(at)), value, .. more]);

        /// <summary>The number of a character, from 1, as people count them.</summary>
        private int Position(int at) => text[..at].EnumerateRunes().Count() + 1;
    }
}
