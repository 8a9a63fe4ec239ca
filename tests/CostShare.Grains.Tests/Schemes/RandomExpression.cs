using System.Globalization;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>Random expressions that are right in form, small enough to read.</summary>
internal static class RandomExpression
{
    private static readonly string[] Names = ["floor", "floor", "area", "area", "storeys", "payers"];
    private static readonly string[] Comparisons = ["<", "<=", ">", ">=", "==", "!="];

    public static string Of(Random random, int depth = 0) => random.Next(depth < 3 ? 10 : 3) switch
    {
        0 or 1 => Names[random.Next(Names.Length)],
        2 => Number(random),
        3 or 4 => $"{Of(random, depth + 1)} {(random.Next(4) > 0 ? '+' : '-')} {Of(random, depth + 1)}",
        5 => $"{Factor(random, depth)} * {Factor(random, depth)}",
        6 => $"{Factor(random, depth)} / {Factor(random, depth)}{(random.Next(3) == 0 ? $"{"*/"[random.Next(2)]} {Factor(random, depth)}" : "")}",
        7 => $"max({Of(random, depth + 1)}, {Number(random)},{Of(random, depth + 1)})",
        8 => $"min({Of(random, depth + 1)})",
        _ => $"if({Factor(random, depth)}{Comparisons[random.Next(6)]}{Number(random)}, {Of(random, depth + 1)}, {Of(random, depth + 1)})",
    };

    private static string Factor(Random random, int depth) => random.Next(4) switch
    {
        0 => $"({Of(random, depth + 1)})",
        1 => $"-{Number(random)}",
        _ => random.Next(2) == 0 ? Number(random) : Names[random.Next(Names.Length)],
    };

    private static string Number(Random random) => random.Next(3) == 0
        ? (random.Next(0, 500) / 100m).ToString(CultureInfo.InvariantCulture)
        : random.Next(0, 9).ToString(CultureInfo.InvariantCulture);
}
