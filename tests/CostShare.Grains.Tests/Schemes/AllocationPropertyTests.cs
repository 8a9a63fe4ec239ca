using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>What must hold for every scheme, over at least ten thousand random buildings each.</summary>
public class AllocationPropertyTests
{
    [Fact]
    public void The_engine_and_the_slow_reference_agree_on_every_share_and_every_refusal()
    {
        int accepted = 0;
        for (int seed = 0; seed < RandomCase.Count * 3 / 2; seed++)
        {
            var one = RandomCase.Of(seed);
            Allocation? actual = one.Run();
            var expected = Reference.Run(one.Building, one.Scheme, one.Budget);
            Assert.True(actual is null == expected is null, $"Seed {seed}: one accepts and the other refuses.");
            if (actual is null) { continue; }
            accepted++;
            Assert.True(expected!.Value.Exact.Select(share => $"{share}").SequenceEqual(actual.Exact.Texts()), $"Seed {seed}: exact shares differ.");
            Assert.True(expected.Value.Bills.Select(bill => (long)bill).SequenceEqual(actual.Bills.InFen()), $"Seed {seed}: bills differ.");
        }
        Assert.InRange(accepted, RandomCase.Count * 3 / 4, RandomCase.Count * 3 / 2);
    }

    [Fact]
    public void Every_sum_closes_to_the_fen() => RandomCase.ForAll(1_000_000, (one, allocation) =>
    {
        long unit = one.Scheme.Rounding.Unit.Amount.Fen;
        long fixedTotal = one.Scheme.Adjustments.OfType<FixedAmount>().Sum(a => a.Amount.Fen)
            + (one.Scheme.Rule is FixedRule rule ? rule.Amounts.Values.Sum(a => a.Fen) : 0);
        long toShare = allocation.Payable.Fen - fixedTotal;
        Assert.Equal(one.SelfFunded.Fen + one.Scheme.Adjustments.OfType<Compensation>().Sum(a => a.Amount.Fen), allocation.Payable.Fen);
        Assert.Equal(one.SelfFunded.Fen, Fraction.Sum([.. allocation.Exact]));
        Assert.Equal(allocation.Bills.Sum(bill => bill.Fen), allocation.Billed.Fen);
        Assert.Equal(allocation.Billed.Fen - allocation.Payable.Fen, allocation.Reserve.Fen);
        Assert.Equal(allocation.Billed.Fen - allocation.Compensation.Fen - allocation.Relief.Fen, allocation.Amounts.Sum(amount => amount.Fen));
        Assert.Equal(one.Budget.Refund!.Value.Fen, allocation.Refunds.Sum(refund => refund.Fen));
        if (one.Scheme.Rounding.Mode == RoundingMode.LargestRemainder && allocation.Payers > 0)
        {
            Assert.Equal(((toShare + unit - 1) / unit * unit) - toShare, allocation.Reserve.Fen);
        }
        Assert.InRange(allocation.Reserve.Fen, 0, unit * int.Max(allocation.Payers, 1));
    });

    [Fact]
    public void A_bill_is_a_whole_number_of_units_and_a_zero_share_is_never_billed() => RandomCase.ForAll(2_000_000, (one, allocation) =>
    {
        long unit = one.Scheme.Rounding.Unit.Amount.Fen;
        for (int i = 0; i < one.Building.Households.Count; i++)
        {
            if (IsFixed(one, i)) { continue; }
            Assert.Equal(0, allocation.Bills[i].Fen % unit);
            if (allocation.Exact[i] + Compensation(one, i) == Fraction.Zero) { Assert.Equal(0, allocation.Bills[i].Fen); }
            if (!one.Building.Households[i].Joins) { Assert.Equal(0, allocation.Bills[i].Fen); }
        }
    });

    [Fact]
    public void Equals_pay_equal_within_one_unit_and_exactly_in_mode_up() => RandomCase.ForAll(3_000_000, (one, allocation) =>
    {
        long unit = one.Scheme.Rounding.Unit.Amount.Fen;
        long tolerance = one.Scheme.Rounding.Mode == RoundingMode.Up ? 0 : unit;
        int count = one.Building.Households.Count;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (IsFixed(one, i) || IsFixed(one, j) || !Alike(one, i, j)) { continue; }
                Assert.Equal(allocation.Exact[i] + Compensation(one, i), allocation.Exact[j] + Compensation(one, j));
                Assert.InRange(allocation.Bills[j].Fen - allocation.Bills[i].Fen, 0, tolerance);
            }
        }
    });

    [Fact]
    public void A_cap_is_never_exceeded_and_a_minimum_never_undercut()
    {
        int met = 0;
        RandomCase.ForAll(4_000_000, (one, allocation) =>
        {
            Money? generalCap = one.Scheme.Adjustments.OfType<Cap>().Where(a => a.Household is null).Select(a => (Money?)a.Amount).SingleOrDefault();
            Money? generalMinimum = one.Scheme.Adjustments.OfType<Minimum>().Where(a => a.Household is null).Select(a => (Money?)a.Amount).SingleOrDefault();
            for (int i = 0; i < one.Building.Households.Count; i++)
            {
                if (!one.Building.Households[i].Joins || IsFixed(one, i) || IsExempt(one, i)) { continue; }
                HouseholdId id = one.Building.Households[i].Id;
                Money? ownMinimum = one.Scheme.Adjustments.OfType<Minimum>().Where(a => a.Household == id).Select(a => (Money?)a.Amount).SingleOrDefault();
                Fraction exact = allocation.Exact[i] + Compensation(one, i);
                if ((one.Scheme.Adjustments.OfType<Cap>().Where(a => a.Household == id).Select(a => (Money?)a.Amount).SingleOrDefault() ?? generalCap) is Money cap)
                {
                    Assert.True(allocation.Bills[i] <= cap && exact <= cap.Fen);
                    met++;
                }
                if ((ownMinimum ?? (exact.Sign > 0 ? generalMinimum : null)) is Money minimum)
                {
                    Assert.True(allocation.Bills[i] >= minimum && exact >= minimum.Fen);
                    met++;
                }
            }
        });
        Assert.True(met > RandomCase.Count);
    }

    [Fact]
    public void Scaling_all_weights_changes_nothing()
    {
        int met = 0;
        RandomCase.ForAll(5_000_000, (one, allocation) =>
        {
            Rule? scaled = Scaled(one.Scheme.Rule);
            if (scaled is null) { return; }
            met++;
            Same(allocation, one with { Scheme = one.Scheme with { Rule = scaled } });
        });
        Assert.True(met > RandomCase.Count / 5);
    }

    [Fact]
    public void The_order_of_adjustments_changes_nothing() => RandomCase.ForAll(6_000_000, (one, allocation) =>
        Same(allocation, one with { Scheme = one.Scheme with { Adjustments = [.. one.Scheme.Adjustments.Reverse()] } }));

    [Fact]
    public void Register_order_changes_only_ties() => RandomCase.ForAll(7_000_000, (one, allocation) =>
    {
        Household[] households = [.. one.Building.Households];
        int[] order = [.. Enumerable.Range(0, households.Length)];
        new Random(one.Seed).Shuffle(order);
        var other = (one with { Building = one.Building with { Households = [.. order.Select(i => households[i])] } }).Run()!;
        long unit = one.Scheme.Rounding.Unit.Amount.Fen;
        Assert.Equal(allocation.Billed, other.Billed);
        for (int k = 0; k < order.Length; k++)
        {
            Assert.Equal(allocation.Exact[order[k]], other.Exact[k]);
            if (allocation.Bills[order[k]] == other.Bills[k]) { continue; }
            // Only a household that ties with another may see its bill change, and by one unit at most.
            Assert.Equal(RoundingMode.LargestRemainder, one.Scheme.Rounding.Mode);
            Assert.Equal(unit, long.Abs(allocation.Bills[order[k]].Fen - other.Bills[k].Fen));
            Assert.Contains(Enumerable.Range(0, order.Length), j => j != order[k]
                && Remainder(allocation, j) == Remainder(allocation, order[k]));
        }
    });

    [Fact]
    public void The_same_request_gives_the_same_answer() => RandomCase.ForAll(8_000_000, (one, allocation) =>
    {
        Allocation again = one.Run()!;
        Assert.Equal(allocation.Amounts, again.Amounts);
        Assert.Equal(allocation.Exact.Texts(), again.Exact.Texts());
        for (int i = 0; i < one.Building.Households.Count; i += 7)
        {
            Assert.Equal(allocation.DerivationOf(i).Select(Describe), again.DerivationOf(i).Select(Describe));
        }
    });

    [Fact]
    public void An_amount_is_the_bill_less_compensation_and_relief() => RandomCase.ForAll(9_000_000, (one, allocation) =>
    {
        for (int i = 0; i < one.Building.Households.Count; i++)
        {
            long relief = one.Scheme.Adjustments.OfType<Relief>().Where(a => a.Household == one.Building.Households[i].Id).Sum(a => a.Amount.Fen);
            Assert.InRange(relief, 0, allocation.Bills[i].Fen);
            Assert.Equal(allocation.Bills[i].Fen - Compensation(one, i) - relief, allocation.Amounts[i].Fen);
        }
    });

    internal static string Describe(Step step) =>
        $"{step.Code}({string.Join(", ", step.Inputs.Select(input => $"{input.Name}={input.Value}"))})={step.Result}";

    private static void Same(Allocation expected, RandomCase changed)
    {
        Allocation actual = changed.Run()!;
        Assert.Equal(expected.Amounts, actual.Amounts);
        Assert.Equal(expected.Bills, actual.Bills);
        Assert.Equal(expected.Exact.Texts(), actual.Exact.Texts());
    }

    private static Fraction Remainder(Allocation allocation, int i)
    {
        Step? step = allocation.DerivationOf(i).FirstOrDefault(step => step.Code == StepCode.LargestRemainder);
        if (step is null) { return -1; }
        Fraction share = step.Inputs[0].Value / step.Inputs[1].Value;
        return share - share.Floor();
    }

    private static bool IsFixed(RandomCase one, int i) =>
        one.Scheme.Adjustments.OfType<FixedAmount>().Any(a => a.Household == one.Building.Households[i].Id)
        || (one.Scheme.Rule is FixedRule rule && rule.Amounts.ContainsKey(one.Building.Households[i].Id));

    private static bool IsExempt(RandomCase one, int i) =>
        one.Scheme.Adjustments.OfType<Exemption>().Any(a => a.Household == one.Building.Households[i].Id);

    private static long Compensation(RandomCase one, int i) =>
        one.Scheme.Adjustments.OfType<Compensation>().Where(a => a.Household == one.Building.Households[i].Id).Sum(a => a.Amount.Fen);

    private static bool Alike(RandomCase one, int i, int j)
    {
        Household a = one.Building.Households[i], b = one.Building.Households[j];
        bool named = one.Scheme.Adjustments.Any(adjustment => adjustment switch
        {
            Exemption x => x.Household == a.Id || x.Household == b.Id,
            Discount x => x.Household == a.Id || x.Household == b.Id,
            Cap x => x.Household == a.Id || x.Household == b.Id,
            Minimum x => x.Household == a.Id || x.Household == b.Id,
            _ => false,
        });
        return !named && a with { Id = b.Id } == b && !Uses<WeightsRule>(one.Scheme.Rule);
    }

    private static bool Uses<T>(Rule rule) => rule is T || (rule is MixRule mix && mix.Parts.Any(part => Uses<T>(part.Rule)))
        || (rule is FixedRule f && Uses<T>(f.Remainder))
        || (rule is PerCostRule perCost && (perCost.Rules.Values.Any(Uses<T>) || (perCost.Otherwise is Rule otherwise && Uses<T>(otherwise))));

    private static Rule? Scaled(Rule rule) => rule switch
    {
        FloorCoefficientsRule c => c with
        {
            Coefficients = c.Coefficients.ToDictionary(entry => entry.Key, entry => Triple(entry.Value)),
            StepAbove = c.StepAbove is Coefficient step ? Triple(step) : null,
        },
        WeightsRule w => w with { Weights = w.Weights.ToDictionary(entry => entry.Key, entry => Triple(entry.Value)) },
        PointsRule p => p with { ByType = p.ByType.ToDictionary(entry => entry.Key, entry => Triple(entry.Value)), PerFloor = Triple(p.PerFloor) },
        AirportRule a => a with { StandAlone = a.StandAlone.ToDictionary(entry => entry.Key, entry => Money.FromFen(3 * entry.Value.Fen)) },
        FormulaRule f => f with { Expression = $"3 * ({f.Expression})" },
        StepsRule { Closing: Closing.Proportional } s when s.Base.Fen + s.Step.Fen < Money.Largest.Fen / 3 =>
            s with { Base = Money.FromFen(3 * s.Base.Fen), Step = Money.FromFen(3 * s.Step.Fen) },
        _ => null,
    };

    private static Coefficient Triple(Coefficient value) => Coefficient.FromMillionths(3 * value.Millionths);
}
