using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>Carries the schemes of a request out again and again, with one thing changed at a time.</summary>
internal sealed class VariedRuns
{
    // So many requests of the largest size may be spent on the exact shares of the variations.
    private const int RequestsWorth = 4;

    private readonly ComparisonRequest _request;
    private readonly HouseholdRegister _register;
    private readonly Budget _budget;
    private readonly ShareLength _length;
    private readonly RuleSteps _steps;
    private readonly List<(Variation What, Budget? Budget, FaultList Faults)> _budgets = [];

    /// <summary>Works out what residents raise under each change of the budget and of the funding; all schemes share it.</summary>
    /// <param name="request">The request, within its limits.</param>
    /// <param name="policies">The policies that sources may name.</param>
    /// <param name="facts">What the building itself says of the facts that rules ask for.</param>
    /// <param name="budget">What residents raise when nothing changes.</param>
    public VariedRuns(ComparisonRequest request, PolicyBook policies, BuildingFacts facts, Budget budget)
    {
        (_request, _register, _budget) = (request, request.Building.Register, budget);
        _steps = new RuleSteps(_register, request.Costs);
        _length = ShareLength.Of((Bills(request) / RequestsWorth) + 1);
        for (int k = 0; k < request.Costs.Count; k++)
        {
            CostLine line = request.Costs[k];
            CostLine[] costs = [.. request.Costs.Select((other, j) => j == k ? line with { Amount = line.Amount + OverrunVariation.Step } : other)];
            AddBudget(new OverrunVariation { Cost = line.Id, By = OverrunVariation.Step }, costs, request.Funding, i => i, policies, facts);
        }
        for (int k = 0; k < request.Funding.Count; k++)
        {
            int left = k;
            Source[] others = [.. request.Funding.Where((_, i) => i != left)];
            AddBudget(new RefusedVariation { Source = request.Funding[k].Id }, request.Costs, others, i => i < left ? i : i + 1, policies, facts);
        }
    }

    /// <summary>How many variations there are, over all schemes.</summary>
    public static long Count(ComparisonRequest request) => request.Schemes.Select((_, k) => Count(request, k)).Sum();

    /// <summary>How many bills they are, each rule of a household counting as one; and once for all schemes each source of each line for each change of the budget.</summary>
    public static long Bills(ComparisonRequest request)
    {
        long budgets = request.Costs.Count + request.Funding.Count;
        return (budgets * request.Costs.Count * (request.Funding.Count + 1))
            + request.Schemes.Select((scheme, k) => Count(request, k) * request.Building.Households.Count * scheme.Rule.Size).Sum();
    }

    // A household either drops out or joins.
    private static long Count(ComparisonRequest request, int scheme) => request.Costs.Count + request.Funding.Count + request.Building.Households.Count
        + new RuleSteps(request.Building.Register, request.Costs).Of(request.Schemes[scheme].Rule, Place.Root).LongCount();

    /// <summary>How the bills of a scheme move.</summary>
    /// <param name="scheme">Its position in the request.</param>
    /// <param name="unchanged">The scheme carried out when nothing changes.</param>
    public Sensitivity Of(int scheme, Allocation unchanged)
    {
        Variation[] variations = [.. BudgetRuns(scheme, unchanged), .. HouseholdRuns(scheme, unchanged), .. RuleRuns(scheme, unchanged)];
        return new Sensitivity
        {
            Variations = variations,
            Tornado = Tornado(variations),
            Statements = SensitivitySentences.Of(variations, _request),
        };
    }

    private void AddBudget(
        Variation what, IReadOnlyList<CostLine> costs, IReadOnlyList<Source> sources, Func<int, int> position, PolicyBook policies, BuildingFacts facts)
    {
        var faults = new FaultList();
        // Places are those of the request as it was sent, where the source that gives nothing still stands.
        FundingResult funding = Waterfall.Run(
            costs, Place.Root.At("costs"), sources, i => Place.Root.At("funding").At(position(i)), policies.Subsidies, facts, faults);
        _budgets.Add((what, faults.Count > 0 ? null : Comparer.BudgetOf(costs, sources, funding, faults), faults));
    }

    private IEnumerable<Variation> BudgetRuns(int scheme, Allocation unchanged) => _budgets.Select(varied => varied.Budget is Budget budget
        ? Run(varied.What, unchanged, faults => Allocation.Run(_register, _request.Schemes[scheme], budget, _length, PlaceOf(scheme), faults))
        : varied.What with { Refusal = VariationRefusal.Of(varied.Faults.Faults[0]) });

    private IEnumerable<Variation> HouseholdRuns(int scheme, Allocation unchanged)
    {
        for (int i = 0; i < _register.Households.Count; i++)
        {
            Household household = _register.Households[i];
            Household[] households = [.. _register.Households];
            households[i] = household with { Joins = !household.Joins };
            HouseholdRegister register = _register with { Households = households };
            yield return household.Joins
                ? Run(new DropOutVariation { Household = household.Id }, unchanged, faults => RunWithout(household.Id, register, scheme, faults))
                : Run(new LateJoinerVariation { Household = household.Id }, unchanged,
                    faults => Allocation.Run(register, _request.Schemes[scheme], _budget, _length, PlaceOf(scheme), faults));
        }
    }

    private Allocation? RunWithout(HouseholdId household, HouseholdRegister register, int position, FaultList faults)
    {
        Scheme scheme = _request.Schemes[position];
        int[] kept = [.. Enumerable.Range(0, scheme.Adjustments.Count).Where(k => !FallsAway(scheme.Adjustments[k], household))];
        Rule rule = scheme.Rule is FixedRule @fixed
            ? @fixed with { Amounts = @fixed.Amounts.Where(entry => entry.Key != household).ToDictionary() }
            : scheme.Rule;
        Place place = PlaceOf(position);
        return Allocation.Run(
            register, scheme with { Rule = rule, Adjustments = [.. kept.Select(k => scheme.Adjustments[k])] }, _budget, _length, place, k => place.At("adjustments").At(kept[k]), faults);
    }

    /// <summary>Whether an adjustment is about the bill of a household. Compensation is not: it is also paid to those who do not join.</summary>
    private static bool FallsAway(Adjustment adjustment, HouseholdId household) => household == adjustment switch
    {
        Exemption exemption => exemption.Household,
        FixedAmount @fixed => @fixed.Household,
        Discount discount => discount.Household,
        Cap cap => cap.Household,
        Minimum minimum => minimum.Household,
        Relief relief => relief.Household,
        _ => null,
    };

    private IEnumerable<Variation> RuleRuns(int scheme, Allocation unchanged)
    {
        Place place = PlaceOf(scheme);
        foreach ((Variation what, Func<Rule> rule) in _steps.Of(_request.Schemes[scheme].Rule, place.At("rule")))
        {
            yield return Run(what, unchanged, faults => Allocation.Run(_register, _request.Schemes[scheme] with { Rule = rule() }, _budget, _length, place, faults));
        }
    }

    private static Place PlaceOf(int scheme) => Place.Root.At("schemes").At(scheme);

    private static Variation Run(Variation what, Allocation unchanged, Func<FaultList, Allocation?> run)
    {
        var faults = new FaultList();
        if (run(faults) is not Allocation varied) { return what with { Refusal = VariationRefusal.Of(faults.Faults[0]) }; }
        return what with
        {
            Differences = [.. varied.Amounts.Select((amount, i) => SignedMoney.Of(amount - unchanged.Amounts[i]))],
            Sum = SignedMoney.Of(Money.Sum(varied.Amounts) - Money.Sum(unchanged.Amounts)),
            // Without the only source that is refunded nothing comes back.
            RefundDifferences = unchanged.Refunds.Count == 0
                ? null
                : [.. unchanged.Refunds.Select((refund, i) => SignedMoney.Of((varied.Refunds.Count > 0 ? varied.Refunds[i] : Money.Zero) - refund))],
        };
    }

    private TornadoBar[] Tornado(Variation[] variations)
    {
        var bars = new List<TornadoBar>();
        IReadOnlyList<HouseholdId> ids = [.. _register.Households.Select(household => household.Id)];
        for (int k = 0; k < variations.Length; k++)
        {
            HouseholdId? itself = variations[k] switch { DropOutVariation drop => drop.Household, LateJoinerVariation late => late.Household, _ => null };
            HouseholdMove? rise = LargestMove(variations[k], 1, itself, ids), fall = LargestMove(variations[k], -1, itself, ids);
            long largest = long.Max(rise?.Difference.Fen ?? 0, -(fall?.Difference.Fen ?? 0));
            if (largest > 0) { bars.Add(new TornadoBar { Variation = k, Largest = Money.FromFen(largest), Rise = rise, Fall = fall }); }
        }
        // OrderByDescending is stable, which leaves equal ones in the order of the variations.
        return [.. bars.OrderByDescending(bar => bar.Largest)];
    }

    /// <summary>The largest rise, or with a sign of -1 the largest fall, of a household other than the one that drops out or joins; the first of equal ones, null where there is none.</summary>
    internal static HouseholdMove? LargestMove(Variation variation, int sign, HouseholdId? itself, IReadOnlyList<HouseholdId> ids)
    {
        if (variation.Differences is not IReadOnlyList<SignedMoney> differences) { return null; }
        HouseholdMove? largest = null;
        for (int i = 0; i < differences.Count; i++)
        {
            if (ids[i] != itself && sign * differences[i].Fen > sign * (largest?.Difference.Fen ?? 0)) { largest = new HouseholdMove(ids[i], differences[i]); }
        }
        return largest;
    }
}
