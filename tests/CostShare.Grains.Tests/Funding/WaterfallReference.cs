using System.Numerics;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Funding;

/// <summary>The waterfall done slowly and literally, as its oracle.</summary>
/// <remarks>
/// Shares nothing with the engine but the records that say what is asked: big integers, sets of lines in place of predicates, a table of names of its
/// own, and fen handed out one by one to the line that is furthest below its part.
/// </remarks>
internal sealed class WaterfallReference
{
    private static readonly Dictionary<string, CostCategory> Categories = new()
    {
        ["equipment"] = CostCategory.Equipment,
        ["civilWorks"] = CostCategory.CivilWorks,
        ["design"] = CostCategory.Design,
        ["survey"] = CostCategory.Survey,
        ["supervision"] = CostCategory.Supervision,
        ["pipes"] = CostCategory.Pipes,
        ["power"] = CostCategory.Power,
        ["landscape"] = CostCategory.Landscape,
        ["inspection"] = CostCategory.Inspection,
        ["corridor"] = CostCategory.Corridor,
        ["other"] = CostCategory.Other,
    };

    private readonly RandomPlan _plan;
    private readonly BigInteger[] _gross;
    private readonly BigInteger[] _need;

    private WaterfallReference(RandomPlan plan)
    {
        _plan = plan;
        var carried = plan.Sources.OfType<ProgrammeSource>().SelectMany(programme => programme.CostIds).ToHashSet();
        _gross = [.. plan.Costs.Select(line => carried.Contains(line.Id) ? BigInteger.Zero : line.Amount.Fen)];
        _need = [.. _gross];
    }

    /// <summary>What a source gives at a time: a policy once for each part, every other source once.</summary>
    public sealed record Gift(BigInteger Offered, BigInteger Need, BigInteger[] Given);

    /// <summary>What a source gives in all.</summary>
    public sealed record Expected(IReadOnlyList<Gift> Gifts, bool Late, string Conditions)
    {
        public BigInteger Offered => Sum(Gifts.Select(gift => gift.Offered));

        public BigInteger Amount => Sum(Gifts.SelectMany(gift => gift.Given));

        public BigInteger Of(int line) => Sum(Gifts.Select(gift => gift.Given[line]));
    }

    /// <summary>What each source gives, in the order of the plan, or null where the plan cannot be carried out.</summary>
    public static Expected[]? Run(RandomPlan plan)
    {
        var reference = new WaterfallReference(plan);
        var results = new Expected[plan.Sources.Length];
        for (int i = 0; i < results.Length; i++)
        {
            // Programmes have their lines before anybody else; _need never held those.
            if (reference.Take(plan.Sources[i]) is not Expected result) { return null; }
            if (plan.Sources[i].Expenses.Fen > 0 && plan.Sources[i].Expenses.Fen > result.Amount) { return null; }
            results[i] = result;
        }
        return results;
    }

    /// <summary>The lines that each gift of a source may pay, by position; lines that programmes carry are left out.</summary>
    public static HashSet<int>[] Coverage(RandomPlan plan, Source source) => source switch
    {
        ProgrammeSource => [],
        PolicySource policy when InForce(plan, policy) is SubsidyRule rule =>
            [.. rule.Parts.Select(part => source.Covers is null ? Lines(plan, line => part.Base.Contains(line.Category)) : Named(plan, source))],
        _ => [Named(plan, source)],
    };

    /// <summary>The rule in force on the day of a source, or null where none is.</summary>
    public static SubsidyRule? InForce(RandomPlan plan, PolicySource source)
    {
        foreach (SubsidyRule rule in plan.Subsidies[source.Policy])
        {
            bool begun = rule.From.DayNumber <= source.On.DayNumber, over = rule.To is DateOnly to && to.DayNumber < source.On.DayNumber;
            if (begun && !over) { return rule; }
        }
        return null;
    }

    /// <summary>What a part offers: its amount and then its cap.</summary>
    public static BigInteger? Offer(RandomPlan plan, PolicySource source, SubsidyPart part)
    {
        var reference = new WaterfallReference(plan);
        return reference.Offer(source, part);
    }

    private static HashSet<int> Named(RandomPlan plan, Source source)
    {
        if (source.Covers is null) { return Lines(plan, _ => true); }
        var lines = new HashSet<int>();
        foreach (CostId name in source.Covers)
        {
            lines.UnionWith(Lines(plan, line => line.Id == name));
            if (Categories.TryGetValue(name.Value, out CostCategory category)) { lines.UnionWith(Lines(plan, line => line.Category == category)); }
        }
        return lines;
    }

    private static HashSet<int> Lines(RandomPlan plan, Predicate<CostLine> which)
    {
        var carried = plan.Sources.OfType<ProgrammeSource>().SelectMany(programme => programme.CostIds).ToHashSet();
        return [.. Enumerable.Range(0, plan.Costs.Length).Where(line => which(plan.Costs[line]) && !carried.Contains(plan.Costs[line].Id))];
    }

    private Expected? Take(Source source)
    {
        HashSet<int>[] coverage = Coverage(_plan, source);
        switch (source)
        {
            case ProgrammeSource programme:
                BigInteger[] whole = [.. _plan.Costs.Select(line => programme.CostIds.Contains(line.Id) ? line.Amount.Fen : BigInteger.Zero)];
                return new Expected([new Gift(Sum(whole), Sum(whole), whole)], source.AfterAcceptance, "");
            case FixedSource stated:
                return new Expected([Give(stated.Amount.Fen, coverage[0])], source.AfterAcceptance, "");
            case PolicySource policy:
                SubsidyRule? rule = InForce(_plan, policy);
                if (rule is null || (rule.Certainty >= Certainty.Hint && !policy.AcceptUnconfirmed)) { return null; }
                bool late = source.AfterAcceptance || rule.Paid != PaidWhen.DuringWorks;
                string conditions = string.Join(' ', rule.Conditions.Select(condition => Judge(condition, policy)));
                if (conditions.Contains("Unmet", StringComparison.Ordinal)) { return new Expected([], late, conditions); }
                var gifts = new List<Gift>();
                for (int k = 0; k < rule.Parts.Count; k++)
                {
                    if (Offer(policy, rule.Parts[k]) is not BigInteger offered) { return null; }
                    gifts.Add(Give(offered, coverage[k]));
                }
                return new Expected(gifts, late, conditions);
            default:
                throw new InvalidOperationException();
        }
    }

    private Gift Give(BigInteger offered, HashSet<int> lines)
    {
        var given = new BigInteger[_need.Length];
        BigInteger need = Sum(lines.Select(line => _need[line])), amount = BigInteger.Min(offered, need);
        if (amount > 0)
        {
            var exact = lines.ToDictionary(line => line, line => new Q(amount * _need[line], need));
            foreach (int line in lines) { given[line] = exact[line].Floor(); }
            for (BigInteger left = amount - Sum(given); left > 0; left--)
            {
                int furthest = lines.OrderByDescending(line => exact[line] - given[line]).ThenBy(line => line).First();
                given[furthest]++;
            }
            foreach (int line in lines) { _need[line] -= given[line]; }
        }
        return new Gift(offered, need, given);
    }

    private BigInteger? Offer(PolicySource source, SubsidyPart part)
    {
        BigInteger reckonedOn = 0;
        for (int line = 0; line < _gross.Length; line++)
        {
            if (part.Base.Contains(_plan.Costs[line].Category)) { reckonedOn += _gross[line]; }
        }
        BigInteger? amount = part.Amount switch
        {
            PercentOfBase percent => reckonedOn * percent.Percent.Millionths / 100_000_000,
            FlatAmount flat => flat.Amount.Fen,
            ActualCost => reckonedOn,
            TieredAmount tiered => Number(tiered.By, source) is int number ? Reached(tiered.Tiers, number) : null,
            _ => throw new InvalidOperationException(),
        };
        return part.Cap is { Fen: long cap } && amount > cap ? cap : amount;
    }

    private static BigInteger Reached(IReadOnlyList<Tier> tiers, int number)
    {
        BigInteger amount = 0;
        foreach (Tier tier in tiers) { amount = number < tier.From.Number ? amount : tier.Amount.Fen; }
        return amount;
    }

    private string Judge(Condition condition, PolicySource source)
    {
        bool? so = condition switch
        {
            CountCondition c => Number(c.Fact, source) is int number ? !(number < c.AtLeast?.Number || number > c.AtMost?.Number) : null,
            YesNoCondition c => c.Fact switch
            {
                YesNoFact.SingleOwner => source.Facts.SingleOwner ?? _plan.Building.SingleOwner,
                YesNoFact.UseCertificate => source.Facts.UseCertificate ?? _plan.Building.UseCertificate,
                YesNoFact.ReservedShaft => source.Facts.ReservedShaft ?? _plan.Building.ReservedShaft,
                _ => source.Facts.OwnersCarryMost ?? _plan.Building.OwnersCarryMost,
            } is bool fact ? !(fact ^ c.Is) : null,
            DayCondition c => c.Fact switch
            {
                DayFact.StartedOn => source.Facts.StartedOn ?? _plan.Building.StartedOn,
                DayFact.AcceptedOn => source.Facts.AcceptedOn ?? _plan.Building.AcceptedOn,
                _ => source.Facts.AppliedOn ?? _plan.Building.AppliedOn,
            } is DateOnly day ? !(day < c.From || day > c.To) : null,
            _ => throw new InvalidOperationException(),
        };
        return so switch { true => "Met", false => "Unmet", null => "Unknown" };
    }

    private int? Number(CountFact fact, PolicySource source) => fact switch
    {
        CountFact.Storeys => source.Facts.Storeys?.Number ?? _plan.Building.Storeys?.Number,
        CountFact.Households => source.Facts.Households?.Number ?? _plan.Building.Households?.Number,
        CountFact.Stops => source.Facts.Stops?.Number ?? _plan.Building.Stops?.Number,
        _ => source.Facts.Ride?.Number ?? _plan.Building.Ride?.Number,
    };

    private static BigInteger Sum(IEnumerable<BigInteger> numbers) => numbers.Aggregate(BigInteger.Zero, (sum, number) => sum + number);
}
