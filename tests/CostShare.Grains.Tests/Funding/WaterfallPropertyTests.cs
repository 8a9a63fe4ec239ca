using System.Numerics;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Funding;

/// <summary>What must hold for every plan of programmes, stated amounts and subsidies, over at least ten thousand random ones each.</summary>
public class WaterfallPropertyTests
{
    [Fact]
    public void The_waterfall_and_the_slow_reference_agree_on_every_fen_and_every_refusal()
    {
        int accepted = 0;
        for (int seed = 0; seed < RandomCase.Count * 3 / 2; seed++)
        {
            var plan = RandomPlan.Of(seed);
            FundingResult? actual = plan.Run();
            WaterfallReference.Expected[]? expected = WaterfallReference.Run(plan);
            Assert.True(actual is null == expected is null, $"Seed {seed}: one accepts and the other refuses.");
            if (actual is null) { continue; }
            accepted++;
            string wanted = Tell(plan, expected!), told = Tell(actual);
            Assert.True(wanted == told, $"Seed {seed}\n{wanted}\n{told}");
        }
        Assert.InRange(accepted, RandomCase.Count, RandomCase.Count * 3 / 2);
    }

    [Fact]
    public void The_carriers_of_a_cost_line_sum_to_its_amount() => RandomPlan.ForAll(1_000_000, (plan, result) =>
    {
        Assert.All(result.Matrix, entry => Assert.True(entry.Amount > Money.Zero));
        for (int line = 0; line < plan.Costs.Length; line++)
        {
            MatrixEntry[] carriers = [.. result.Matrix.Where(entry => entry.CostId == plan.Costs[line].Id)];
            Assert.Equal(plan.Costs[line].Amount.Fen, carriers.Sum(entry => entry.Amount.Fen));
            Assert.Equal(result.SelfFundedByLine[line].Fen, carriers.Where(entry => entry.SourceId == SourceId.SelfFunded).Sum(entry => entry.Amount.Fen));
            Assert.Equal(carriers.Length, carriers.Select(entry => entry.SourceId).Distinct().Count());
        }
    });

    [Fact]
    public void A_source_gives_what_its_lines_get_and_never_more_than_its_offer_its_cap_or_the_need() => RandomPlan.ForAll(2_000_000, (plan, result) =>
    {
        for (int i = 0; i < plan.Sources.Length; i++)
        {
            (Source source, SourceResult given) = (plan.Sources[i], result.Sources[i]);
            Assert.Equal(source.Treatment == Treatment.NetOff ? given.Amount.Fen : 0, Entries(result, source.Id).Sum(entry => entry.Amount.Fen));
            Assert.True(given.Amount >= Money.Zero && given.Unused >= Money.Zero);
            // What its lines cost, less what programmes and the sources before it pay of them.
            HashSet<CostId> covered = [.. WaterfallReference.Coverage(plan, source).SelectMany(lines => lines).Select(line => plan.Costs[line].Id)];
            long need = plan.Costs.Where(line => covered.Contains(line.Id)).Sum(line => line.Amount.Fen)
                - plan.Sources[..i].SelectMany(earlier => Entries(result, earlier.Id)).Where(entry => covered.Contains(entry.CostId)).Sum(entry => entry.Amount.Fen);
            if (source is not ProgrammeSource) { Assert.True(given.Amount.Fen <= need); }
            switch (source)
            {
                case ProgrammeSource programme:
                    Assert.Equal(plan.Costs.Where(line => programme.CostIds.Contains(line.Id)).Sum(line => line.Amount.Fen), given.Amount.Fen);
                    Assert.Equal(Money.Zero, given.Unused);
                    break;
                case FixedSource stated:
                    Assert.Equal(stated.Amount, given.Amount + given.Unused);
                    break;
                case PolicySource policy:
                    SubsidyRule rule = WaterfallReference.InForce(plan, policy)!;
                    Step[] gifts = [.. given.Steps.Where(step => step.Code == StepCode.SourceGives)];
                    if (given.Policy!.Conditions.Any(condition => condition.State == ConditionState.Unmet)) { Assert.Equal((0, 0, 0), (gifts.Length, given.Amount.Fen, given.Unused.Fen)); }
                    else
                    {
                        Assert.Equal(rule.Parts.Count, gifts.Length);
                        Assert.All(gifts.Zip(rule.Parts), pair => Assert.True(pair.Second.Cap is not Money cap || pair.First.Result <= cap.Fen));
                        Assert.Equal(rule.Parts.Select(part => WaterfallReference.Offer(plan, policy, part)!.Value).Aggregate(BigInteger.Add), (given.Amount + given.Unused).Fen);
                    }
                    break;
                default:
                    throw new InvalidOperationException();
            }
        }
    });

    [Fact]
    public void What_residents_raise_and_what_is_netted_off_is_the_total() => RandomPlan.ForAll(3_000_000, (plan, result) =>
    {
        Assert.Equal(plan.Costs.Sum(line => line.Amount.Fen), result.TotalCost.Fen);
        Assert.Equal(result.TotalCost.Fen, result.SelfFunded.Fen + result.Sources.Where(source => source.Treatment == Treatment.NetOff).Sum(source => source.Amount.Fen));
        Assert.True(result.SelfFunded >= Money.Zero && result.Bridge <= result.TotalCost - result.SelfFunded);
        // Money that comes back or is kept is not given twice either: what nobody gives is never below nothing.
        Assert.True(Left(result) >= 0 && result.Refund >= Money.Zero);
    });

    [Fact]
    public void A_source_that_comes_last_never_raises_what_residents_pay()
    {
        int met = 0;
        RandomPlan.ForAll(4_000_000, (plan, _) =>
        {
            plan = plan.WithoutExpenses();
            if (plan.Sources is not [.., not ProgrammeSource]) { return; }
            met++;
            (FundingResult before, FundingResult after) = (plan.Without(plan.Sources.Length - 1).Run()!, plan.Run()!);
            bool netOff = plan.Sources[^1].Treatment == Treatment.NetOff;
            Assert.Equal(before.SelfFunded - (netOff ? after.Sources[^1].Amount : Money.Zero), after.SelfFunded);
            Assert.True(after.SelfFunded - after.Refund <= before.SelfFunded - before.Refund);
            Assert.Equal(before.Sources.Select(Gave), after.Sources.SkipLast(1).Select(Gave));
        });
        Assert.True(met > RandomCase.Count / 2);
    }

    [Fact] // Where coverage is the same or has nothing in common, sums alone decide, and no fen of rounding can fall on a line that a later source does not pay.
    public void Another_source_anywhere_never_raises_what_residents_pay_where_lines_are_covered_alike_or_not_at_all()
    {
        int met = 0;
        RandomPlan.ForAll(5_000_000, (plan, _) =>
        {
            var kept = new List<Source>();
            var coverage = new List<HashSet<int>>();
            foreach (Source source in plan.WithoutExpenses().Sources)
            {
                HashSet<int>[] own = WaterfallReference.Coverage(plan, source);
                HashSet<int>[] all = [.. coverage, .. own];
                if (all.Any(one => all.Any(other => one.Overlaps(other) && !one.SetEquals(other)))) { continue; }
                coverage.AddRange(own);
                kept.Add(source);
            }
            plan = plan with { Sources = [.. kept] };
            // A programme that was left out would have other lines in the base, which is all the same to this claim.
            if (plan.Run() is not FundingResult after) { return; }
            for (int i = 0; i < kept.Count; i++)
            {
                if (kept[i] is ProgrammeSource) { continue; }
                FundingResult before = plan.Without(i).Run()!;
                if (kept[i].Treatment == Treatment.NetOff)
                {
                    met++;
                    Assert.True(after.SelfFunded <= before.SelfFunded);
                }
                Assert.True(Left(after) <= Left(before));
            }
        });
        Assert.True(met > RandomCase.Count / 2);
    }

    [Fact] // Each later gift is rounded anew on other needs, and each rounding moves less than a fen a line.
    public void Another_source_anywhere_raises_what_residents_pay_by_roundings_at_most()
    {
        int met = 0, raised = 0;
        RandomPlan.ForAll(6_000_000, (plan, _) =>
        {
            plan = plan.WithoutExpenses();
            FundingResult after = plan.Run()!;
            for (int i = 0; i < plan.Sources.Length; i++)
            {
                if (plan.Sources[i] is ProgrammeSource) { continue; }
                FundingResult before = plan.Without(i).Run()!;
                long roundings = Roundings(plan, i + 1);
                // What nobody gives never grows, whatever becomes of the money; what residents raise never grows where the source is netted off.
                Assert.True(Left(after) - Left(before) <= roundings);
                if (plan.Sources[i].Treatment != Treatment.NetOff) { continue; }
                Assert.True(after.SelfFunded.Fen - before.SelfFunded.Fen <= roundings);
                if (after.SelfFunded > before.SelfFunded) { raised++; }
                met++;
            }
        });
        Assert.True(met > RandomCase.Count);
        Assert.True(raised <= met / 1_000, $"{raised} of {met}");
    }

    [Fact]
    public void A_programme_raises_what_residents_pay_by_what_subsidies_then_offer_less_at_most()
    {
        int met = 0, reckoned = 0;
        RandomPlan.ForAll(7_000_000, (plan, _) =>
        {
            plan = plan.WithoutExpenses();
            FundingResult after = plan.Run()!;
            for (int i = 0; i < plan.Sources.Length; i++)
            {
                if (plan.Sources[i] is not ProgrammeSource) { continue; }
                FundingResult before = plan.Without(i).Run()!;
                long less = Offered(before) - (Offered(after) - after.Sources[i].Amount.Fen);
                Assert.True(less >= 0);
                Assert.True(after.SelfFunded.Fen - before.SelfFunded.Fen <= less + Roundings(plan, 0));
                if (less == 0) { met++; }
                else { reckoned++; }
            }
        });
        Assert.True(met > RandomCase.Count / 20 && reckoned > RandomCase.Count / 20);
    }

    [Fact] // The firm pays the lift whole, and the subsidy of 40 % of lift and shaft then pays the shaft. A programme for the lift leaves the firm nothing to pay and halves the subsidy.
    public void A_programme_for_a_line_that_another_source_would_pay_can_raise_what_residents_pay()
    {
        Step Base(FundingResult result) => result.Sources[1].Steps[0];
        RandomPlan plan = Plan([Given.Cost("lift", Given.Yuan(100)), Given.Cost("shaft", Given.Yuan(100), CostCategory.CivilWorks)],
            Given.Source("firm", Given.Yuan(100), "lift"), FortyPerCent);
        FundingResult before = plan.Run()!, after = (plan with { Sources = [.. plan.Sources, new ProgrammeSource { Id = new("estate"), CostIds = [new("lift")] }] }).Run()!;
        Assert.Equal((20_00, 60_00), (before.SelfFunded.Fen, after.SelfFunded.Fen));
        Assert.Equal(("SubsidyBase(lift=10000, shaft=10000)=20000", "SubsidyBase(lift=0, shaft=10000)=10000"),
            (AllocationPropertyTests.Describe(Base(before)), AllocationPropertyTests.Describe(Base(after))));
        Assert.Equal([Money.Zero, Given.Yuan(40)], after.Sources.Take(2).Select(source => source.Amount));
    }

    [Fact] // With the fen of the first, the second spreads its two fen differently, and one comes to lie where the third does not pay.
    public void A_source_before_others_that_cover_some_of_its_lines_can_cost_residents_a_fen()
    {
        CostLine[] costs = [Line("a", 3), Line("b", 1), Line("c", 1)];
        RandomPlan plan = Plan(costs, Fixed("first", 1, "c"), Fixed("second", 2, "a", "b", "c"), Fixed("third", 3, "a", "c"));
        Assert.Equal((0, 1), (plan.Without(0).Run()!.SelfFunded.Fen, plan.Run()!.SelfFunded.Fen));
        static CostLine Line(string id, long fen) => Given.Cost(id, Money.FromFen(fen));
        static FixedSource Fixed(string id, long fen, params string[] covers) => Given.Source(id, Money.FromFen(fen), covers);
    }

    [Theory] // The need that it uses up is not funded twice, so a source behind it gives less.
    [InlineData(Treatment.RefundProRata, 0, 600, 600)]
    [InlineData(Treatment.RefundProRata, 50, 600, 550)]
    [InlineData(Treatment.UpkeepFund, 0, 600, 0)]
    public void Money_that_does_not_lower_bills_raises_them_where_it_stands_before_money_that_does(Treatment treatment, long expenses, long raised, long refunded)
    {
        FixedSource firm = Given.Source("firm", Money.FromFen(400)), city = Given.Source("city", Money.FromFen(600)) with { Treatment = treatment, Expenses = Money.FromFen(expenses) };
        CostLine[] costs = [Given.Cost("lift", Money.FromFen(600))];
        Assert.Equal(200, Plan(costs, firm).Run()!.SelfFunded.Fen);
        FundingResult before = Plan(costs, city, firm).Run()!, behind = Plan(costs, firm, city with { Expenses = Money.Zero }).Run()!;
        Assert.Equal((raised, refunded), (before.SelfFunded.Fen, before.Refund.Fen));
        Assert.Equal((200, 400), (behind.SelfFunded.Fen, behind.Sources[1].Unused.Fen));
    }

    [Fact]
    public void The_order_of_sources_that_share_no_lines_changes_nothing()
    {
        int met = 0;
        RandomPlan.ForAll(8_000_000, (plan, result) =>
        {
            int[] order = Interleave(plan);
            if (order.SequenceEqual(order.Order())) { return; }
            met++;
            FundingResult other = (plan with { Sources = [.. order.Select(i => plan.Sources[i])] }).Run()!;
            Assert.Equal((result.SelfFunded, result.Bridge, result.Refund), (other.SelfFunded, other.Bridge, other.Refund));
            Assert.Equal(result.SelfFundedByLine, other.SelfFundedByLine);
            for (int k = 0; k < order.Length; k++)
            {
                Assert.Equal(Gave(result.Sources[order[k]]), Gave(other.Sources[k]));
                Assert.Equal(Told(result.Sources[order[k]]), Told(other.Sources[k]));
            }
            Assert.Equal(result.Matrix.ToHashSet(), [.. other.Matrix]);
        });
        Assert.True(met > RandomCase.Count / 3);
    }

    [Fact]
    public void Every_step_of_a_source_follows_from_its_inputs_and_earlier_results()
    {
        var met = new HashSet<StepCode>();
        RandomPlan.ForAll(9_000_000, (plan, result) =>
        {
            WaterfallReference.Expected[] expected = WaterfallReference.Run(plan)!;
            for (int i = 0; i < plan.Sources.Length; i++)
            {
                IReadOnlyList<Step> steps = result.Sources[i].Steps;
                met.UnionWith(steps.Select(step => step.Code));
                Q amount = 0, unused = 0;
                for (int k = 0; k < steps.Count; k++)
                {
                    Assert.True(DerivationTests.Compute(steps[k]) == Q.Parse(steps[k].Result.ToString()), AllocationPropertyTests.Describe(steps[k]));
                    // What a step takes over is the result of the step right before it.
                    string? taken = steps[k].Code switch
                    {
                        StepCode.SubsidyPercent or StepCode.SubsidyActual => "base",
                        StepCode.SubsidyCap => "amount",
                        StepCode.SourceGives when plan.Sources[i] is PolicySource => "offered",
                        _ => null,
                    };
                    if (taken is not null) { Assert.Equal(Q.Parse(steps[k - 1].Result.ToString()), DerivationTests.Input(steps[k], taken)); }
                    if (steps[k].Code is not (StepCode.SourceGives or StepCode.ProgrammeLines)) { continue; }
                    amount += Q.Parse(steps[k].Result.ToString());
                    if (steps[k].Code == StepCode.SourceGives) { unused += DerivationTests.Input(steps[k], "offered") - Q.Parse(steps[k].Result.ToString()); }
                }
                Assert.Equal((result.Sources[i].Amount.Fen, result.Sources[i].Unused.Fen), ((long)amount.N, (long)unused.N));
                Assert.Matches(Shape(plan.Sources[i]), string.Join(' ', steps.Select(step => step.Code)));
                // The need is what earlier sources left.
                Assert.Equal(expected[i].Gifts.Where(_ => plan.Sources[i] is not ProgrammeSource).Select(gift => gift.Need),
                    steps.Where(step => step.Code == StepCode.SourceGives).Select(step => DerivationTests.Input(step, "need").N));
                foreach (Step step in steps.Where(step => step.Code == StepCode.SubsidyBase))
                {
                    // Carried lines stand in the base as 0.
                    Assert.All(step.Inputs, input => Assert.Equal(Gross(plan, new CostId(input.Name)), input.Value));
                }
            }
        });
        Assert.Equal(Enum.GetValues<StepCode>().Where(code => code is >= StepCode.ProgrammeLines and <= StepCode.SubsidyUnmet), met.Order());
    }

    private static string Shape(Source source) => source switch
    {
        ProgrammeSource => "^ProgrammeLines$",
        FixedSource => "^SourceGives$",
        _ => "^(SubsidyUnmet|( ?SubsidyBase Subsidy(Percent|Flat|Actual|Tier)( SubsidyCap)? SourceGives)+)$",
    };

    private static long Gross(RandomPlan plan, CostId line) =>
        plan.Sources.OfType<ProgrammeSource>().Any(programme => programme.CostIds.Contains(line)) ? 0 : plan.Costs.Single(one => one.Id == line).Amount.Fen;

    /// <summary>Another order in which sources that share a line still follow each other as before.</summary>
    private static int[] Interleave(RandomPlan plan)
    {
        HashSet<int>[] lines = [.. plan.Sources.Select(source => WaterfallReference.Coverage(plan, source).SelectMany(one => one).ToHashSet())];
        var random = new Random(plan.Seed);
        var order = new List<int>();
        while (order.Count < lines.Length)
        {
            int[] ready = [.. Enumerable.Range(0, lines.Length).Where(i => !order.Contains(i)
                && Enumerable.Range(0, i).All(earlier => order.Contains(earlier) || !lines[earlier].Overlaps(lines[i])))];
            order.Add(ready[random.Next(ready.Length)]);
        }
        return [.. order];
    }

    /// <summary>At how many places a fen may fall otherwise: the lines of every gift from a source on.</summary>
    private static long Roundings(RandomPlan plan, int from) =>
        plan.Sources.Skip(from).SelectMany(source => WaterfallReference.Coverage(plan, source)).Sum(lines => (long)lines.Count);

    /// <summary>What no source gives, whatever becomes of the money.</summary>
    private static long Left(FundingResult result) => result.TotalCost.Fen - result.Sources.Sum(source => source.Amount.Fen);

    private static long Offered(FundingResult result) => result.Sources.Sum(source => source.Amount.Fen + source.Unused.Fen);

    private static IEnumerable<MatrixEntry> Entries(FundingResult result, SourceId source) => result.Matrix.Where(entry => entry.SourceId == source);

    private static (SourceId, Money, Money) Gave(SourceResult source) => (source.Id, source.Amount, source.Unused);

    private static IEnumerable<string> Told(SourceResult source) => source.Steps.Select(AllocationPropertyTests.Describe);

    private static readonly PolicySource FortyPerCent = new() { Id = new("subsidy"), Policy = new("city-lift"), On = new DateOnly(2022, 5, 1) };

    private static RandomPlan Plan(CostLine[] costs, params Source[] sources)
    {
        var said = new Words { Zh = "补贴", En = "subsidy" };
        var rule = new SubsidyRule
        {
            From = new DateOnly(2020, 4, 1),
            Parts = [new SubsidyPart { Name = said, Layer = Layer.City, Base = [CostCategory.Equipment, CostCategory.CivilWorks], Amount = new PercentOfBase { Percent = Given.Percent(40) } }],
            Paid = PaidWhen.NotStated,
            Certainty = Certainty.Press,
            References = [Given.Paper("paper", Certainty.Press)],
        };
        return new RandomPlan(0, costs, sources, new() { [FortyPerCent.Policy] = [rule] }, new BuildingFacts());
    }

    private static string Tell(RandomPlan plan, WaterfallReference.Expected[] expected)
    {
        bool NetOff(int i) => plan.Sources[i].Treatment == Treatment.NetOff;
        int[] all = [.. Enumerable.Range(0, expected.Length)];
        BigInteger[] selfFunded = [.. plan.Costs.Select((line, k) => line.Amount.Fen - Sum(all.Where(NetOff), i => expected[i].Of(k)))];
        string[] matrix = [.. plan.Costs.SelectMany((line, k) => all.Where(NetOff).Select(i => (Who: plan.Sources[i].Id.Value, Fen: expected[i].Of(k))).Append((Who: "selfFunded", Fen: selfFunded[k]))
            .Where(entry => entry.Fen > 0).Select(entry => $"{line.Id} {entry.Who} {entry.Fen}"))];
        return string.Join('\n', [
            .. all.Select(i => $"{plan.Sources[i].Id} {expected[i].Amount} {expected[i].Offered - expected[i].Amount} {expected[i].Late} {expected[i].Conditions}"),
            .. matrix,
            $"selfFunded {Sum(selfFunded, one => one)} of {Sum(plan.Costs, line => line.Amount.Fen)}: {string.Join(' ', selfFunded)}",
            $"bridge {Sum(all.Where(i => NetOff(i) && expected[i].Late), i => expected[i].Amount)}",
            $"refund {Sum(all.Where(i => plan.Sources[i].Treatment == Treatment.RefundProRata), i => expected[i].Amount - plan.Sources[i].Expenses.Fen)}",
        ]);
    }

    private static string Tell(FundingResult result) => string.Join('\n', [
        .. result.Sources.Select(source => $"{source.Id} {source.Amount.Fen} {source.Unused.Fen} {source.AfterAcceptance} {string.Join(' ', source.Policy?.Conditions.Select(condition => condition.State) ?? [])}"),
        .. result.Matrix.Select(entry => $"{entry.CostId} {entry.SourceId} {entry.Amount.Fen}"),
        $"selfFunded {result.SelfFunded.Fen} of {result.TotalCost.Fen}: {string.Join(' ', result.SelfFundedByLine.InFen())}",
        $"bridge {result.Bridge.Fen}",
        $"refund {result.Refund.Fen}",
    ]);

    private static BigInteger Sum<T>(IEnumerable<T> items, Func<T, BigInteger> number) => items.Aggregate(BigInteger.Zero, (sum, item) => sum + number(item));
}
