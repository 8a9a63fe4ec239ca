using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Funding;

/// <summary>Subsidies by dated rules: which rule counts, what it is reckoned on, its conditions, and its place in the waterfall.</summary>
public class SubsidyTests
{
    private static readonly PolicyId City = new("city-lift");

    private static readonly SubsidyRule FortyPerCent = Rule("2020-04-01", Part(new PercentOfBase { Percent = Given.Percent(40) }, Given.Yuan(280_000)));

    [Theory] // Shanghai 2020: the cap binds from 700,000 on.
    [InlineData(760_000, 280_000)]
    [InlineData(700_000, 280_000)]
    [InlineData(699_999, 279_999.6)]
    [InlineData(680_000, 272_000)]
    [InlineData(0, 0)]
    public void Forty_per_cent_are_capped_at_280000(decimal cost, decimal subsidy) => Assert.Equal(Given.Yuan(subsidy), Run(FortyPerCent, Lines(("lift", cost))).Sources[0].Amount);

    [Fact]
    public void A_percentage_is_rounded_down_to_the_fen() => Assert.Equal(3, Run(Rule("2020-01-01", Part(new PercentOfBase { Percent = Given.Percent(40) }, null)),
        [Given.Cost("lift", Given.Fen(9))]).Sources[0].Amount.Fen);

    [Fact]
    public void The_base_is_gross_of_other_sources_and_net_of_programmes()
    {
        CostLine[] costs = [Given.Cost("lift", Given.Yuan(500_000)), Given.Cost("shaft", Given.Yuan(100_000), CostCategory.CivilWorks), Given.Cost("design", Given.Yuan(50_000), CostCategory.Design)];
        Source[] sources = [Given.Source("firm", Given.Yuan(300_000), "lift"), Subsidy(), new ProgrammeSource { Id = new("estate"), CostIds = [new("shaft")] }];
        FundingResult result = Run(costs, sources, FortyPerCent);
        // 40 % of 500,000: the shaft is carried by the programme, the design is not in the base, the firm's money does not lower it.
        Assert.Equal(Given.Yuan(200_000), result.Sources[1].Amount);
        Assert.Equal(Given.Yuan(50_000), result.SelfFunded);
    }

    [Fact]
    public void A_subsidy_gives_at_most_what_its_lines_still_need()
    {
        FundingResult result = Run(Lines(("lift", 500_000)), [Given.Source("firm", Given.Yuan(400_000)), Subsidy()], FortyPerCent);
        Assert.Equal((Given.Yuan(100_000), Given.Yuan(100_000)), (result.Sources[1].Amount, result.Sources[1].Unused));
    }

    [Fact]
    public void Parts_of_several_layers_add_up_each_on_its_own_lines()
    {
        SubsidyRule rule = Rule("2021-05-01",
            Part(new FlatAmount { Amount = Given.Yuan(240_000) }, null),
            Part(new FlatAmount { Amount = Given.Yuan(60_000) }, null) with { Layer = Layer.District },
            Part(new ActualCost(), Given.Yuan(400_000)) with { Base = [CostCategory.Pipes] });
        CostLine[] costs = [Given.Cost("lift", Given.Yuan(700_000)), Given.Cost("pipes", Given.Yuan(450_000), CostCategory.Pipes)];
        FundingResult result = Run(rule, costs);
        Assert.Equal(Given.Yuan(700_000), result.Sources[0].Amount);
        Assert.Equal([Given.Yuan(400_000), Given.Yuan(50_000)], result.SelfFundedByLine);
        Assert.Equal(
            ["SubsidyBase(lift=70000000)=70000000", "SubsidyFlat(amount=24000000)=24000000", "SourceGives(offered=24000000, need=70000000)=24000000",
             "SubsidyBase(lift=70000000)=70000000", "SubsidyFlat(amount=6000000)=6000000", "SourceGives(offered=6000000, need=46000000)=6000000",
             "SubsidyBase(pipes=45000000)=45000000", "SubsidyActual(base=45000000)=45000000", "SubsidyCap(amount=45000000, cap=40000000)=40000000",
             "SourceGives(offered=40000000, need=45000000)=40000000"],
            result.Sources[0].Steps.Select(AllocationPropertyTests.Describe));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 160_000)]
    [InlineData(6, 200_000)]
    [InlineData(9, 220_000)]
    public void Tiers_go_by_the_number_that_they_name(int storeys, decimal amount)
    {
        Tier At(int floor, decimal yuan) => new() { From = Count.Of(floor), Amount = Given.Yuan(yuan) };
        SubsidyRule rule = Rule("2019-01-01", Part(new TieredAmount { By = CountFact.Storeys, Tiers = [At(4, 160_000), At(5, 180_000), At(6, 200_000), At(7, 220_000)] }, null));
        Assert.Equal(Given.Yuan(amount), Run(Lines(("lift", 700_000)), [Subsidy() with { Facts = new() { Storeys = Floor.Of(storeys) } }], rule).Sources[0].Amount);
        Assert.Equal(["FactMissing /funding/0/facts policy=city-lift fact=storeys tiers=4: 160000.00; 5: 180000.00; 6: 200000.00; 7: 220000.00"], Refused(Subsidy(), rule));
    }

    [Fact]
    public void What_a_source_states_of_a_building_goes_before_what_the_building_says()
    {
        BuildingFacts All(int number, bool so, string day) => new()
        {
            Storeys = Floor.Of(number),
            Households = Count.Of(number + 1),
            Stops = Floor.Of(number + 2),
            Ride = Floor.Of(number + 3),
            SingleOwner = so,
            UseCertificate = so,
            ReservedShaft = so,
            OwnersCarryMost = so,
            StartedOn = Day(day),
            AcceptedOn = Day(day).AddDays(1),
            AppliedOn = Day(day).AddDays(2),
        };
        BuildingFacts stated = All(5, true, "2020-01-01"), said = All(50, false, "2021-01-01");
        Assert.Equal(stated, stated.Or(said));
        Assert.Equal(said, new BuildingFacts().Or(said));
        Assert.Equal(stated, stated.Or(new BuildingFacts()));
    }

    [Theory] // The step says which number reached which tier; 0 where it reaches none.
    [InlineData(3, "SubsidyTier(number=3, tier=0, amount=0)=0")]
    [InlineData(4, "SubsidyTier(number=4, tier=4, amount=100)=100")]
    [InlineData(9_999, "SubsidyTier(number=9999, tier=4, amount=100)=100")]
    [InlineData(10_000, "SubsidyTier(number=10000, tier=10000, amount=200)=200")]
    public void A_step_says_which_tier_was_reached(int households, string step)
    {
        SubsidyRule rule = Rule("2019-01-01", Part(new TieredAmount
        {
            By = CountFact.Households,
            Tiers = [new() { From = Count.Of(4), Amount = Given.Fen(100) }, new() { From = Count.Of(10_000), Amount = Given.Fen(200) }],
        }, null));
        FundingResult result = Run(Lines(("lift", 700_000)), [Subsidy() with { Facts = new() { Households = Count.Of(households) } }], rule);
        Assert.Equal(step, AllocationPropertyTests.Describe(result.Sources[0].Steps[1]));
    }

    [Fact]
    public void What_the_text_says_of_a_rule_is_told_with_what_it_gives()
    {
        SubsidyRule rule = FortyPerCent with
        {
            Certainty = Certainty.Official,
            FromKnown = DayKnown.Month,
            Paid = PaidWhen.DuringWorks,
            Note = new() { Zh = "注", En = "note" },
            Evidence = [new() { Zh = "申请表", En = "form" }],
            References = [Given.Paper("notice", Certainty.Official)],
        };
        PolicyResult told = Run(Lines(("lift", 700_000)), [Subsidy()], rule).Sources[0].Policy!;
        Assert.Equal((City, Day("2020-04-01"), DayKnown.Month, Certainty.Official, PaidWhen.DuringWorks), (told.Policy, told.From, told.FromKnown, told.Certainty, told.Paid));
        Assert.Equal(("note", "form", "notice"), (told.Note!.En, Assert.Single(told.Evidence).En, Assert.Single(told.References).Title.En));
        PolicyResult plain = Run(FortyPerCent, Lines(("lift", 700_000))).Sources[0].Policy!;
        Assert.Equal((DayKnown.Day, null), (plain.FromKnown, plain.Note));
    }

    [Fact]
    public void A_condition_that_is_not_met_gives_nothing_and_one_that_is_not_known_is_listed()
    {
        SubsidyRule rule = FortyPerCent with { Conditions = [AtLeastSeven, NotSingle] };
        SourceResult Of(BuildingFacts facts) => Run(Lines(("lift", 700_000)), [Subsidy() with { Facts = facts }], rule).Sources[0];
        SourceResult met = Of(new() { Storeys = Floor.Of(7), SingleOwner = false }), unmet = Of(new() { Storeys = Floor.Of(6) }), unknown = Of(new() { Storeys = Floor.Of(8) });
        Assert.Equal((Given.Yuan(280_000), "Met Met"), (met.Amount, States(met)));
        Assert.Equal((Money.Zero, "Unmet Unknown"), (unmet.Amount, States(unmet)));
        Assert.Equal(["SubsidyUnmet()=0"], unmet.Steps.Select(AllocationPropertyTests.Describe));
        Assert.Equal((Given.Yuan(280_000), "Met Unknown"), (unknown.Amount, States(unknown)));
    }

    [Theory]
    [InlineData("2018-06-05", ConditionState.Unmet)]
    [InlineData("2018-06-06", ConditionState.Met)]
    [InlineData("2021-06-05", ConditionState.Met)]
    [InlineData("2021-06-06", ConditionState.Unmet)]
    public void A_day_lies_within_its_bounds_or_not(string day, ConditionState state)
    {
        var condition = new DayCondition { Words = Said, Fact = DayFact.StartedOn, From = Day("2018-06-06"), To = Day("2021-06-05") };
        Assert.Equal(state, condition.Judge(new BuildingFacts { StartedOn = Day(day) }));
        Assert.Equal(ConditionState.Unknown, condition.Judge(new BuildingFacts { AcceptedOn = Day(day) }));
    }

    [Theory]
    [InlineData("2018-05-31", null)]
    [InlineData("2018-06-01", 240_000)]
    [InlineData("2020-03-31", 240_000)]
    [InlineData("2020-04-01", 280_000)]
    [InlineData("2050-01-01", 280_000)]
    public void The_rule_in_force_on_the_day_counts(string on, int? cap)
    {
        SubsidyRule earlier = Rule("2018-06-01", Part(new PercentOfBase { Percent = Given.Percent(40) }, Given.Yuan(240_000))) with { To = Day("2020-03-31") };
        PolicySource source = Subsidy() with { On = Day(on) };
        if (cap is int yuan) { Assert.Equal(Given.Yuan(yuan), Run(Lines(("lift", 900_000)), [source], earlier, FortyPerCent).Sources[0].Amount); }
        else
        {
            Assert.Equal(["NoRuleOnThatDay /funding/0/on policy=city-lift on=2018-05-31 known=2018-06-01 – 2020-03-31; 2020-04-01 – …"], Refused(source, earlier, FortyPerCent));
        }
    }

    [Fact]
    public void A_rule_that_rests_on_hints_needs_leave()
    {
        SubsidyRule hint = FortyPerCent with { Certainty = Certainty.Hint };
        Assert.Equal(["PolicyUnconfirmed /funding/0/policy policy=city-lift from=2020-04-01"], Refused(Subsidy(), hint));
        Assert.Equal(Given.Yuan(280_000), Run(Lines(("lift", 900_000)), [Subsidy() with { AcceptUnconfirmed = true }], hint).Sources[0].Amount);
    }

    [Fact]
    public void A_policy_that_is_not_there_is_refused() =>
        Assert.Equal(["PolicyUnknown /funding/0/policy policy=mars-lift"], Refused(Subsidy() with { Policy = new("mars-lift") }, FortyPerCent));

    [Fact]
    public void What_is_paid_after_acceptance_is_bridged()
    {
        Assert.Equal(Given.Yuan(280_000), Run(FortyPerCent with { Paid = PaidWhen.AfterAcceptance }, Lines(("lift", 900_000))).Bridge);
        // Almost everywhere money of which nobody says when it comes does so after completion.
        Assert.Equal(Given.Yuan(280_000), Run(FortyPerCent with { Paid = PaidWhen.NotStated }, Lines(("lift", 900_000))).Bridge);
        Assert.Equal(Money.Zero, Run(FortyPerCent with { Paid = PaidWhen.DuringWorks }, Lines(("lift", 900_000))).Bridge);
    }

    [Fact]
    public void Covers_moves_the_money_to_other_lines_but_not_the_base()
    {
        CostLine[] costs = [Given.Cost("lift", Given.Yuan(500_000)), Given.Cost("design", Given.Yuan(300_000), CostCategory.Design)];
        FundingResult result = Run(costs, [Subsidy() with { Covers = [new("design")] }], FortyPerCent);
        Assert.Equal([Given.Yuan(500_000), Given.Yuan(100_000)], result.SelfFundedByLine);
    }

    [Theory] // What comes back is not known there, so nothing is said of expenses above it.
    [InlineData("mars-lift", "PolicyUnknown /funding/0/policy policy=mars-lift")]
    [InlineData("city-lift", "FactMissing /funding/0/facts policy=city-lift fact=stops tiers=6: 100000.00")]
    public void A_subsidy_that_is_refused_is_not_refused_for_its_expenses_too(string policy, string fault) => Assert.Equal([fault], Refused(
        Subsidy() with { Policy = new(policy), Treatment = Treatment.RefundProRata, Expenses = Given.Yuan(1) },
        Rule("2020-01-01", Part(new TieredAmount { By = CountFact.Stops, Tiers = [new() { From = Count.Of(6), Amount = Given.Yuan(100_000) }] }, null))));

    [Fact]
    public void Expenses_above_a_subsidy_are_refused() => Assert.Equal(
        ["ExpensesAboveRefund /funding/0/expensesFen source=subsidy amountFen=28000000 expensesFen=28000100"],
        Refused(Subsidy() with { Treatment = Treatment.RefundProRata, Expenses = Given.Yuan(280_001) }, FortyPerCent));

    private static CountCondition AtLeastSeven => new() { Words = Said, Fact = CountFact.Storeys, AtLeast = Count.Of(7) };

    private static YesNoCondition NotSingle => new() { Words = Said, Fact = YesNoFact.SingleOwner, Is = false };

    private static Words Said => new() { Zh = "条件", En = "condition" };

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string States(SourceResult source) => string.Join(' ', source.Policy!.Conditions.Select(condition => condition.State));

    private static SubsidyPart Part(SubsidyAmount amount, Money? cap) =>
        new() { Name = Said, Layer = Layer.City, Base = [CostCategory.Equipment, CostCategory.CivilWorks], Amount = amount, Cap = cap };

    private static SubsidyRule Rule(string from, params SubsidyPart[] parts) => new()
    {
        From = Day(from),
        Parts = parts,
        Paid = PaidWhen.NotStated,
        Certainty = Certainty.Press,
        References = [Given.Paper("paper", Certainty.Press)],
    };

    private static PolicySource Subsidy() => new() { Id = new("subsidy"), Policy = City, On = Day("2022-05-01") };

    private static CostLine[] Lines(params (string Id, decimal Yuan)[] lines) => [.. lines.Select(line => Given.Cost(line.Id, Given.Yuan(line.Yuan)))];

    private static FundingResult Run(SubsidyRule rule, CostLine[] costs) => Run(costs, [Subsidy()], rule);

    private static FundingResult Run(CostLine[] costs, Source[] sources, params SubsidyRule[] rules)
    {
        var faults = new FaultList();
        FundingResult result = Waterfall.Run(costs, Place.Root.At("costs"), sources, i => Place.Root.At("funding").At(i),
            new Dictionary<PolicyId, IReadOnlyList<SubsidyRule>> { [City] = rules }, new BuildingFacts(), faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return result;
    }

    private static string[] Refused(PolicySource source, params SubsidyRule[] rules)
    {
        var faults = new FaultList();
        Waterfall.Run(Lines(("lift", 900_000)), Place.Root.At("costs"), [source], i => Place.Root.At("funding").At(i),
            new Dictionary<PolicyId, IReadOnlyList<SubsidyRule>> { [City] = rules }, new BuildingFacts(), faults);
        return [.. faults.Faults.Select(Seen.Tell)];
    }
}
