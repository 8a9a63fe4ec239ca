using CostShare.Grains.Amounts;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Comparison;

/// <summary>A scheme that a table may be.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Policy">The policy that it comes from; null for the plain ones.</param>
/// <param name="Certainty">How sure that policy's rule is.</param>
internal sealed record TableCandidate(Scheme Scheme, PolicyId? Policy, Certainty? Certainty);

/// <summary>The schemes that a table is held against, in the order in which they are told.</summary>
/// <remarks>
/// The ready schemes of the policies, by id, each by its last rule, as many as <see cref="MostReadyRules"/> leaves room for; then equal shares, by area where every row states one, by storeys ridden, and the
/// price list that was read off the table. Where some rows of the table pay nothing, each of them again with those households exempt.
/// </remarks>
internal static class TableCandidates
{
    /// <summary>The most candidates: one of each policy and the four plain ones, each over all households and over those that pay.</summary>
    public const int Most = 2 * (PolicyBook.Most + 4);

    /// <summary>The most households times rules of ready schemes that a table is held against, where each part of a mix counts as a rule.</summary>
    private const int MostReadyRules = 200_000;

    private const string Suffix = "-payers";

    /// <summary>The schemes over all households.</summary>
    public static IReadOnlyList<TableCandidate> Of(PastedTable table, PolicyBook policies)
    {
        long rules = 0;
        List<TableCandidate> candidates = [.. policies.List(city: null, kind: null, on: null).Policies.SelectMany(policy => policy.Schemes
            // A table is one pot; schemes for level entry expect the corridors as another.
            .Where(preset => preset.Entry is null && (preset.Storeys is null || preset.Storeys == table.Building.Storeys))
            .Select(preset => new TableCandidate(preset.Scheme, policy.Id, policy.Certainty)))
            .Where(candidate => (rules += candidate.Scheme.Rule.Size) * table.Building.Households.Count <= MostReadyRules)];
        AddPlain("equal", "均摊", new EqualRule());
        if (table.HasAreas) { AddPlain("area", "按面积", new AreaRule()); }
        AddPlain("ride", "按乘梯层数", new RideRule());
        if (ReadPrices(table) is StepsRule steps) { AddPlain("steps", "按楼层定价（由表中读出）", steps); }
        return candidates;

        void AddPlain(string id, string name, Rule rule)
        {
            // A policy that states the same says more.
            if (candidates.All(candidate => candidate.Scheme.Rule != rule))
            {
                candidates.Add(new TableCandidate(new Scheme { Id = new SchemeId(id), Name = name, Rule = rule }, null, null));
            }
        }
    }

    /// <summary>The same scheme with some households exempt.</summary>
    public static TableCandidate Without(TableCandidate candidate, IReadOnlyList<HouseholdId> exempt) => candidate with
    {
        Scheme = candidate.Scheme with
        {
            Id = new SchemeId(Shorten(candidate.Scheme.Id.Value, Faults.PlainText.LongestId - Suffix.Length) + Suffix),
            Name = Shorten(candidate.Scheme.Name, 180) + "（只计表中出钱的户）",
            Adjustments = [.. exempt.Select(id => new Exemption { Household = id })],
        },
    };

    private static string Shorten(string text, int most) => string.Concat(text.EnumerateRunes().Take(most));

    /// <summary>The price list of a table in which every floor that pays asks a step more a flat than the one below; null where there is none.</summary>
    /// <remarks>Told only where the table says more than a series needs to be any: three floors on it, and for a top floor that takes the rest three below it.</remarks>
    private static StepsRule? ReadPrices(PastedTable table)
    {
        var perFloor = new SortedDictionary<Floor, Fraction>();
        for (int row = 0; row < table.Rows.Count; row++)
        {
            if (!table.Pays(row)) { continue; }
            Fraction price = table.Part(row) / PastedTable.HouseholdsOf(table.Rows[row]);
            if (!perFloor.TryAdd(table.Rows[row].Floor, price) && perFloor[table.Rows[row].Floor] != price) { return null; }
        }
        (int Floor, Fraction Price)[] prices = [.. perFloor.Select(entry => (entry.Key.Number, entry.Value))];
        if (prices.Length < 3) { return null; }
        return IsSeries(prices) ? Proportional(table, prices)
            : prices.Length > 3 && IsSeries(prices[..^1]) ? AtTop(table, prices)
            : null;
    }

    private static bool IsSeries((int Floor, Fraction Price)[] prices) => StepOf(prices) is { Sign: >= 0 } step
        && prices.All(entry => entry.Price == prices[0].Price + (step * (entry.Floor - prices[0].Floor)));

    private static Fraction StepOf((int Floor, Fraction Price)[] prices) => (prices[1].Price - prices[0].Price) / (prices[1].Floor - prices[0].Floor);

    private static StepsRule? Proportional(PastedTable table, (int Floor, Fraction Price)[] prices)
    {
        Fraction step = StepOf(prices);
        // Without a step it is equal shares, which are a candidate of their own.
        if (step.Sign == 0) { return null; }
        if (table.Total is Money total && MakeRule(prices[0], step, total.Fen, Closing.Proportional) is StepsRule inMoney) { return inMoney; }
        // Otherwise in the smallest whole yuan of the same proportion.
        Fraction ratio = prices[0].Price / step;
        return MakeRule(prices[0], step, 100 * Fraction.Of(ratio.Denominator, System.Numerics.BigInteger.One) / step, Closing.Proportional);
    }

    // The prices below the top do not move with the amount, so they are read only where the amount is known.
    private static StepsRule? AtTop(PastedTable table, (int Floor, Fraction Price)[] prices) =>
        table.Total is Money total ? MakeRule(prices[0], StepOf(prices), total.Fen, Closing.TopFloor) : null;

    private static StepsRule? MakeRule((int Floor, Fraction Price) first, Fraction step, Fraction whole, Closing closing)
    {
        (Fraction start, Fraction each) = (first.Price * whole, step * whole);
        if (!start.IsInteger || !each.IsInteger || start > Money.Largest.Fen || each > Money.Largest.Fen) { return null; }
        return new StepsRule { FromFloor = Floor.Of(first.Floor), Base = Money.FromFen(start.Floor()), Step = Money.FromFen(each.Floor()), Closing = closing };
    }
}
