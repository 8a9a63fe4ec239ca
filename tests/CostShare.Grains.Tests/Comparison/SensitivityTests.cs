using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>How bills move when one thing changes.</summary>
public class SensitivityTests
{
    private static readonly Scheme Equal = Given.Scheme(new EqualRule());

    [Theory] // Shanghai 2020: 40 %, at most 280,000 yuan; the cap binds from 700,000 on, and in between it is reached by the way.
    [InlineData(600_000, 6_000)]
    [InlineData(690_000, 6_000)]
    [InlineData(695_000, 8_000)]
    [InlineData(700_000, 10_000)]
    [InlineData(760_000, 10_000)]
    public void An_overrun_costs_the_residents_what_the_subsidy_leaves_of_it(decimal cost, decimal residents)
    {
        Sensitivity moved = Of(Given.Request(Given.Building(2, 1), Given.Yuan(cost), Equal) with { Funding = [Subsidy] }, FortyPerCent);
        OverrunVariation overrun = Assert.Single(moved.Variations.OfType<OverrunVariation>());
        Assert.Equal(("lift", 1_000_000L), (overrun.Cost.Value, overrun.By.Fen));
        Assert.Equal(Given.Yuan(residents).Fen, overrun.Sum!.Value.Fen);
        Assert.Equal([Given.Yuan(residents / 2).Fen, Given.Yuan(residents / 2).Fen], Fen(overrun));
    }

    [Fact]
    public void A_subsidy_that_is_refused_comes_back_to_the_residents()
    {
        Sensitivity moved = Of(Given.Request(Given.Building(2, 1), Given.Yuan(760_000), Given.Scheme(Given.Weights(("101", 1), ("201", 3)))) with { Funding = [Subsidy] }, FortyPerCent);
        RefusedVariation refused = Assert.Single(moved.Variations.OfType<RefusedVariation>());
        Assert.Equal("city", refused.Source.Value);
        Assert.Equal([7_000_000, 21_000_000], Fen(refused));
        Assert.Null(refused.RefundDifferences);
    }

    [Fact]
    public void The_lines_of_a_programme_come_back_to_the_residents_and_to_the_sources_behind_it()
    {
        ComparisonRequest request = Given.Request(Given.Building(2, 1), Given.Fen(1_000), Equal) with
        {
            Costs = [Given.Cost("lift", Given.Fen(1_000)), Given.Cost("pipes", Given.Fen(600), CostCategory.Pipes)],
            Funding = [Given.Source("firm", Given.Fen(400), "pipes"), new ProgrammeSource { Id = new("estate"), CostIds = [new("pipes")] }],
        };
        // With the programme 1000 are left; without it the pipes are left but for the firm's 400; without the firm nothing changes.
        Assert.Equal([[0, 0], [100, 100]], Of(request).Variations.OfType<RefusedVariation>().Select(Fen));
        // A line that a programme carries may be dearer: nobody notices.
        Assert.Equal([[500_000, 500_000], [0, 0]], Of(request).Variations.OfType<OverrunVariation>().Select(Fen));
    }

    [Fact]
    public void Money_that_would_have_come_back_later_is_told_beside_the_bills()
    {
        ComparisonRequest request = Given.Request(Given.Building(2, 1), Given.Fen(1_000), Given.Scheme(Given.Weights(("101", 1), ("201", 4)))) with
        {
            Funding = [Given.Source("bank", Given.Fen(500)) with { Treatment = Treatment.RefundProRata }],
        };
        RefusedVariation refused = Assert.Single(Of(request).Variations.OfType<RefusedVariation>());
        Assert.Equal([0, 0], Fen(refused));
        Assert.Equal([-100, -400], refused.RefundDifferences!.Select(difference => difference.Fen));
        Assert.Contains(Of(request).Statements, statement => statement.Sentence.En == "If the source \"bank\" gives nothing, no household's bill changes; 5.00 yuan less come back to the households later.");
    }

    [Fact]
    public void A_household_that_drops_out_pays_nothing_and_the_others_carry_it()
    {
        ComparisonRequest request = Given.Request(Given.Building(Given.Household("a", 1), Given.Household("b", 2), Given.Household("c", 3) with { Joins = false }), Given.Fen(1_200), Equal);
        Sensitivity moved = Of(request);
        Assert.Equal(["a: -600 600 0", "b: 600 -600 0"], moved.Variations.OfType<DropOutVariation>().Select(drop => $"{drop.Household}: {string.Join(' ', Fen(drop))}"));
        Assert.Equal(["c: -200 -200 400"], moved.Variations.OfType<LateJoinerVariation>().Select(late => $"{late.Household}: {string.Join(' ', Fen(late))}"));
        Assert.Equal([0, 0, 0], moved.Variations.Where(variation => variation is DropOutVariation or LateJoinerVariation).Select(variation => variation.Sum!.Value.Fen));
    }

    [Fact]
    public void What_a_scheme_says_of_the_bill_of_a_household_falls_away_with_it_but_not_its_compensation()
    {
        Scheme scheme = Given.Scheme(new FixedRule { Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("101")] = Given.Fen(100) }, Remainder = new EqualRule() },
            new Discount { Household = Given.Id("201"), Percent = Given.Percent(50) },
            new Cap { Household = Given.Id("301"), Amount = Given.Fen(900) },
            new Minimum { Household = Given.Id("301"), Amount = Given.Fen(10) },
            new FixedAmount { Household = Given.Id("401"), Amount = Given.Fen(200) },
            new Exemption { Household = Given.Id("501") },
            new Relief { Household = Given.Id("601"), Amount = Given.Fen(50), Payer = "street" },
            new Compensation { Household = Given.Id("601"), Amount = Given.Fen(60) });
        Sensitivity moved = Of(Given.Request(Given.Building(7, 1), Given.Fen(2_740), scheme));
        // 2740 and 60 less 300 are 2500 for four, of whom one has half a share: shares of 625, of which 312.5 are carried by three others.
        Assert.All(moved.Variations.OfType<DropOutVariation>(), drop => Assert.Null(drop.Refusal));
        DropOutVariation sixth = moved.Variations.OfType<DropOutVariation>().Single(drop => drop.Household.Value == "601");
        // It paid 729 less 60 and less 50, and now it is only paid.
        long before = Seen.Compare(Given.Request(Given.Building(7, 1), Given.Fen(2_740), scheme)).Schemes[0].Shares[5].Amount.Fen;
        Assert.Equal(619, before);
        Assert.Equal(-60 - before, Fen(sixth)[5]);
    }

    [Fact]
    public void A_floor_that_loses_its_last_payer_makes_percentages_that_do_not_close_and_that_is_told()
    {
        Scheme scheme = Given.Scheme(Given.Percentages([(1, 20), (2, 80)]));
        Sensitivity moved = Of(Given.Request(Given.Building(Given.Household("101", 1), Given.Household("102", 1), Given.Household("201", 2)), Given.Fen(1_000), Equal with { Id = new("e") }, scheme), scheme: 1);
        DropOutVariation[] drops = [.. moved.Variations.OfType<DropOutVariation>()];
        Assert.Equal([[-100, 100, 0], [100, -100, 0]], drops[..2].Select(Fen));
        VariationRefusal refusal = drops[2].Refusal!;
        Assert.Equal((FaultCode.DoesNotClose, "/schemes/1/rule/percentages"), (refusal.Code, refusal.Pointer));
        Assert.Equal("20", Assert.Single(refusal.Values).Value);
        Assert.Null(drops[2].Differences);
        Assert.Null(drops[2].Sum);
        Assert.DoesNotContain(moved.Tornado, bar => moved.Variations[bar.Variation].Refusal is not null);
        Assert.Contains(moved.Statements, statement => (statement.Code, statement.Sentence.Zh) == (StatementCode.DropOutRefused, "201 户如果退出，这个方案就行不通。"));
    }

    [Fact]
    public void A_refusal_tells_places_of_the_request_as_it_was_sent()
    {
        // Three pay 400 each; two share by their floors, so that b on the first pays 240 of 1200, less than its relief, which stands second as long as a is there.
        Scheme scheme = Given.Scheme(Given.Formula("if(payers == 3, 1, floor)"), new Minimum { Household = Given.Id("a"), Amount = Given.Fen(1) },
            new Relief { Household = Given.Id("b"), Amount = Given.Fen(241), Payer = "street" });
        ComparisonRequest request = Given.Request(Given.Building(Given.Household("a", 2), Given.Household("b", 1), Given.Household("c", 4)), Given.Fen(1_200), Equal with { Id = new("e") }, scheme);
        Assert.Equal(["ReliefExceedsBill /schemes/1/adjustments/1/amountFen", null, null], Of(request, scheme: 1).Variations.OfType<DropOutVariation>().Select(Refusal));

        // With a third household a relief of 480 of 500 is too much.
        scheme = Given.Scheme(new EqualRule(), new Cap { Amount = Given.Fen(560) }, new Relief { Household = Given.Id("b"), Amount = Given.Fen(480), Payer = "street" });
        request = Given.Request(Given.Building(Given.Household("a", 1), Given.Household("b", 2), Given.Household("c", 3) with { Joins = false }), Given.Fen(1_000), scheme);
        Assert.Equal(["CapsTooLow /schemes/0/adjustments", "CapsTooLow /schemes/0/adjustments", "ReliefExceedsBill /schemes/0/adjustments/1/amountFen"],
            Of(request).Variations.Where(variation => variation is DropOutVariation or LateJoinerVariation).Select(Refusal));
    }

    [Fact]
    public void Every_coefficient_is_moved_up_and_down_where_that_stays_within_its_range()
    {
        FloorCoefficientsRule floors = Given.Coefficients([(2, 0.05m), (1, 1_000_000)], stepAbove: 0.1m, sharedBy: SharedBy.Household);
        Assert.Equal(
            [
                "/schemes/0/rule/coefficients/1 Floor 1 Down 0.1 999999.9",
                "/schemes/0/rule/coefficients/2 Floor 2 Up 0.1 0.15",
                "/schemes/0/rule/stepAbove StepAbove  Up 0.1 0.2",
                "/schemes/0/rule/stepAbove StepAbove  Down 0.1 0",
            ],
            Coefficients(Of(Given.Request(Given.Building(3, 1), Given.Fen(1_000), Given.Scheme(floors)))));
    }

    [Fact]
    public void What_can_just_be_reached_is_reached()
    {
        FloorCoefficientsRule floors = Given.Coefficients([(1, 999_999.9m), (2, 999_999.95m), (3, 0.1m), (4, 0.09m)], sharedBy: SharedBy.Household);
        Assert.Equal(
            [
                "/schemes/0/rule/coefficients/1 Floor 1 Up 0.1 1000000",
                "/schemes/0/rule/coefficients/1 Floor 1 Down 0.1 999999.8",
                "/schemes/0/rule/coefficients/2 Floor 2 Down 0.1 999999.85",
                "/schemes/0/rule/coefficients/3 Floor 3 Up 0.1 0.2",
                "/schemes/0/rule/coefficients/3 Floor 3 Down 0.1 0",
                "/schemes/0/rule/coefficients/4 Floor 4 Up 0.1 0.19",
            ],
            Coefficients(Of(Given.Request(Given.Building(4, 1), Given.Fen(1_000), Given.Scheme(floors)))));
    }

    [Fact]
    public void A_step_inside_a_mix_moves_that_part_alone()
    {
        // Each part shares 1000 of 2000 by 1 and 1: 1000 each. With 1.1 in one part alone that part gives 523.81 and 476.19.
        Rule part = Given.Weights(("101", 1), ("201", 1));
        Sensitivity moved = Of(Given.Request(Given.Building(2, 1), Given.Fen(2_000), Given.Scheme(Given.Mix((50, part), (50, part)))));
        CoefficientVariation[] ups = [.. moved.Variations.OfType<CoefficientVariation>().Where(step => step.Direction == Direction.Up && step.Household!.Value.Value == "101")];
        Assert.Equal([[24, -24], [24, -24]], ups.Select(Fen));
        Assert.Equal(["/schemes/0/rule/parts/0/rule/weights/101", "/schemes/0/rule/parts/1/rule/weights/101"], ups.Select(step => step.Pointer));
    }

    [Theory]
    [InlineData(9.9, "0.1")]
    [InlineData(1, "0.1")]
    [InlineData(0.999999, "0.01")]
    [InlineData(10, "1")]
    [InlineData(1000, "100")]
    [InlineData(0.00001, "0.000001")]
    [InlineData(0.000009, "0.000001")]
    public void Weights_move_by_a_power_of_ten_that_fits_the_largest(decimal largest, string step)
    {
        Sensitivity moved = Of(Given.Request(Given.Building(2, 1), Given.Fen(1_000), Given.Scheme(Given.Weights(("201", largest), ("101", 0)))));
        Assert.Equal(
            [$"/schemes/0/rule/weights/101 Household 101 Up {step} {step}", $"/schemes/0/rule/weights/201 Household 201 Up {step}", $"/schemes/0/rule/weights/201 Household 201 Down {step}"],
            Coefficients(moved).Select((text, k) => k == 0 ? text : text[..text.LastIndexOf(' ')]));
    }

    [Fact]
    public void Points_prices_and_rules_inside_rules_are_moved_where_they_stand()
    {
        Household two = Given.Household("a/b", 1) with { FlatType = new("two") };
        var points = new PointsRule { ByType = new Dictionary<FlatType, Coefficient> { [new("two")] = Given.Coefficient(1) }, PerFloor = Given.Coefficient(0.05m), FromFloor = Floor.Of(1) };
        var perCost = new PerCostRule
        {
            Rules = new Dictionary<CostId, Rule> { [new("pipes")] = Given.Mix((50, new EqualRule()), (50, Given.Weights(("a/b", 1)))), [new("lift")] = points },
            Otherwise = Given.Coefficients([(1, 0)], stepAbove: 1, sharedBy: SharedBy.Household),
        };
        Household above = Given.Household("c", 2) with { Joins = false, FlatType = new("two") };
        var inside = new FixedRule { Amounts = new Dictionary<HouseholdId, Money>(), Remainder = perCost };
        ComparisonRequest request = Given.Request(Given.Building(two, above), Given.Fen(1_000), Given.Scheme(inside)) with { Costs = [Given.Cost("lift", Given.Fen(9)), Given.Cost("pipes", Given.Fen(8))] };
        Assert.Equal(
            [
                "/schemes/0/rule/remainder/rules/lift/byType/two FlatType two Up 0.1 1.1",
                "/schemes/0/rule/remainder/rules/lift/byType/two FlatType two Down 0.1 0.9",
                "/schemes/0/rule/remainder/rules/lift/perFloor PerFloor  Up 0.1 0.15",
                "/schemes/0/rule/remainder/rules/pipes/parts/1/rule/weights/a~1b Household a/b Up 0.1 1.1",
                "/schemes/0/rule/remainder/rules/pipes/parts/1/rule/weights/a~1b Household a/b Down 0.1 0.9",
                "/schemes/0/rule/remainder/otherwise/coefficients/1 Floor 1 Up 0.1 0.1",
                "/schemes/0/rule/remainder/otherwise/stepAbove StepAbove  Up 0.1 1.1",
                "/schemes/0/rule/remainder/otherwise/stepAbove StepAbove  Down 0.1 0.9",
            ],
            Coefficients(Of(request)));

        request = Given.Request(Given.Building(2, 1), Given.Yuan(100_000), Given.Scheme(Given.Steps(1, Given.Yuan(999.99m), Given.Yuan(1_000), Closing.Proportional)));
        Assert.Equal(["/schemes/0/rule/baseFen Base Up 100000 199999", "/schemes/0/rule/stepFen Step Up 100000 200000", "/schemes/0/rule/stepFen Step Down 100000 0"],
            Of(request).Variations.OfType<PriceVariation>().Select(step => $"{step.Pointer} {step.Of} {step.Direction} {step.By.Fen} {step.To.Fen}"));
        request = request with { Schemes = [Given.Scheme(Given.Steps(1, Money.Largest, Given.Fen(0), Closing.Proportional))] };
        Assert.Equal(["Base Down", "Step Up"], Of(request).Variations.OfType<PriceVariation>().Select(step => $"{step.Of} {step.Direction}"));
    }

    [Fact]
    public void A_dearer_line_beyond_the_largest_amount_is_a_refusal_of_that_variation_only()
    {
        Sensitivity moved = Of(Given.Request(Given.Building(1, 2), Money.Largest, Equal));
        Assert.Equal("TotalTooLarge /costs", Refusal(moved.Variations[0]));
        Assert.Equal(2, moved.Variations.Count(variation => variation.Refusal is null));
        Assert.Contains(moved.Statements, statement => statement.Sentence.En == "If \"lift\" costs 10,000.00 yuan more, this scheme cannot be carried out.");
    }

    [Fact]
    public void A_fault_of_a_source_is_told_at_its_place_in_the_request_also_where_one_before_it_is_left_out()
    {
        // 40 % of 1000 leave the bank 600, of which it keeps 500 back. Without the programme it is 40 % of 1500, which leave it 400.
        ComparisonRequest request = Given.Request(Given.Building(1, 2), Given.Fen(1_000), Equal) with
        {
            Costs = [Given.Cost("lift", Given.Fen(1_000)), Given.Cost("pipes", Given.Fen(500), CostCategory.Pipes)],
            Funding =
            [
                new ProgrammeSource { Id = new("estate"), CostIds = [new("pipes")] },
                Subsidy with { Covers = [new("lift")] },
                Given.Source("bank", Given.Fen(900), "lift") with { Treatment = Treatment.RefundProRata, Expenses = Given.Fen(500) },
            ],
        };
        Assert.Equal(["ExpensesAboveRefund /funding/2/expensesFen", null, null],
            Of(request, Forty(CostCategory.Equipment, CostCategory.Pipes)).Variations.OfType<RefusedVariation>().Select(Refusal));
    }

    [Fact]
    public void The_largest_changes_stand_first_with_whom_they_hit_and_who_drops_out_is_not_counted()
    {
        // 1000 fen by areas 1, 1 and 2: 250, 250 and 500.
        ComparisonRequest request = Given.Request(Given.Building(Given.Household("a", 1, 10), Given.Household("b", 1, 10), Given.Household("c", 2, 20)), Given.Fen(1_000), Given.Scheme(new AreaRule())) with
        {
            Funding = [Given.Source("nothing", Given.Fen(0)), Given.Source("gift", Given.Fen(400))],
        };
        // 600 left: 150, 150, 300. Overrun of 10,000 yuan: 250,000, 250,000, 500,000 fen more. Refused: 100, 100, 200 more. a or b out: 50 and 100 more; c out: 150 more.
        Assert.Equal(["0 500000 c+500000 -", "5 150 a+150 -", "2 200 c+200 -", "3 100 c+100 -", "4 100 c+100 -"], Bars(request).OrderBy(bar => bar[0] switch { '0' => 0, '5' => 1, '2' => 2, _ => 3 }));
        Assert.Equal(["0 500000 c+500000 -", "2 200 c+200 -", "5 150 a+150 -", "3 100 c+100 -", "4 100 c+100 -"], Bars(request));
    }

    [Fact]
    public void A_rise_and_a_fall_of_one_variation_stand_in_one_bar()
    {
        ComparisonRequest request = Given.Request(Given.Building(Given.Household("a", 1), Given.Household("b", 2), Given.Household("c", 2)), Given.Fen(3_000),
            Given.Scheme(Given.Coefficients([(1, 1), (2, 1)], sharedBy: SharedBy.Floor, within: Within.Equal)));
        // 1500 and 750 twice. With 1.1 to 1 it is 1571.43 and 714.29 twice, with 0.9 to 1 1421.05 and 789.47, with 1 to 1.1 1428.57 and 785.71, with 1 to 0.9 1578.95 and 710.53.
        // Fen left over go to the largest remainders, so b and c need not move alike.
        Assert.Equal(["4 72 a+72 b-36", "5 79 b+40 a-79", "6 72 b+36 a-72", "7 79 a+79 c-40"],
            Bars(request).Where(bar => bar[0] is >= '4' and <= '7' && bar[1] == ' ').Order());
    }

    [Fact]
    public void Sensitivity_comes_only_where_it_is_asked_for() => Assert.All(
        [ComparisonParts.None, ComparisonParts.Facts, ComparisonParts.Derivations, ComparisonParts.Differences, ComparisonParts.Limits],
        parts => Assert.Null(Comparer.Compare(Given.Request(Given.Building(1, 1), Given.Fen(1), Equal), PolicyBook.Empty, parts, new FaultList())!.Schemes[0].Sensitivity));

    [Fact]
    public void A_request_that_is_refused_is_refused_as_without_sensitivity()
    {
        ComparisonRequest request = Given.Request(Given.Building(1, 1), Given.Fen(1), Given.Scheme(Given.Weights(("x", 1))), Equal);
        var faults = new FaultList();
        Assert.Null(Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.Sensitivity, faults));
        Assert.Equal(Seen.RefusedRequest(request), faults.Faults.Select(Seen.Tell));
    }

    [Theory] // One line of cost; each of so many households drops out, with each rule of a mix once.
    [InlineData(315, 1, 1, null)] // 316 × 315 + 1
    [InlineData(316, 1, 1, "TooManyVariations /schemes variations=317 households=316 bills=100173 limit=100000")]
    [InlineData(223, 2, 1, null)] // 2 × 224 × 223 + 1
    [InlineData(224, 2, 1, "TooManyVariations /schemes variations=450 households=224 bills=100801 limit=100000")]
    [InlineData(223, 1, 2, null)]
    [InlineData(224, 1, 2, "TooManyVariations /schemes variations=225 households=224 bills=100801 limit=100000")]
    public void Bills_to_be_reckoned_again_are_bounded(int households, int schemes, int parts, string? refusal)
    {
        Rule rule = parts == 1 ? new EqualRule() : Given.Mix((50, new EqualRule()), (50, new AreaRule()));
        ComparisonRequest request = Given.Request(Given.Building(1, households), Given.Fen(1_000), [.. Enumerable.Range(0, schemes).Select(k => Given.Scheme(rule) with { Id = new($"s{k}") })]);
        var faults = new FaultList();
        Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.Sensitivity, faults);
        Assert.Equal(refusal, faults.Faults.Select(Seen.Tell).SingleOrDefault());
        Assert.NotNull(Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.Facts, new FaultList()));
    }

    [Fact]
    public void Coefficients_sources_and_lines_count_as_variations_and_each_change_of_the_budget_its_sources_and_lines()
    {
        ComparisonRequest request = Given.Request(Given.Building(2, 1), Given.Fen(1_000), Given.Scheme(Given.Coefficients([(1, 0), (2, 1)]))) with
        {
            Costs = [Given.Cost("lift", Given.Fen(900)), Given.Cost("pipes", Given.Fen(90)), Given.Cost("trees", Given.Fen(9))],
            Funding = [Given.Source("a", Given.Fen(1)), Given.Source("b", Given.Fen(1))],
        };
        // 3 lines, 2 sources, 2 households, 3 steps of coefficients; a change of the budget goes through 3 lines and 2 sources and what is left.
        Assert.Equal(10, VariedRuns.Count(request));
        Assert.Equal((10 * 2) + (5 * 3 * 3), VariedRuns.Bills(request));
        Assert.Equal(10, Of(request).Variations.Count);
    }

    [Theory] // 8 changes of the budget through 4 × 5 entries and 320 variations of 312 bills; 12 through 6 × 7 and 322 of 309, with the one step of a coefficient.
    [InlineData(4, 312, false, null)]
    [InlineData(6, 309, true, "TooManyVariations /schemes variations=322 households=309 bills=100002 limit=100000")]
    public void Exactly_as_many_bills_as_the_limit_are_reckoned(int linesAndSources, int households, bool coefficient, string? refusal)
    {
        Rule rule = coefficient ? Given.Coefficients([(1, 0.05m)]) : new EqualRule();
        ComparisonRequest request = Given.Request(Given.Building(1, households), Given.Fen(1_000), Given.Scheme(rule)) with
        {
            Costs = [.. Enumerable.Range(0, linesAndSources).Select(k => Given.Cost($"c{k}", Given.Fen(1_000)))],
            Funding = [.. Enumerable.Range(0, linesAndSources).Select(k => Given.Source($"s{k}", Given.Fen(1)))],
        };
        var faults = new FaultList();
        Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.Sensitivity, faults);
        Assert.Equal(refusal, faults.Faults.Select(Seen.Tell).SingleOrDefault());
    }

    [Fact]
    public void Forty_households_and_eight_schemes_are_not_too_many()
    {
        Scheme[] schemes = [.. Enumerable.Range(0, 8).Select(k => Given.Scheme(Given.Coefficients(Enumerable.Range(1, 8).Select(floor => (floor, floor * 0.5m)))) with { Id = new($"s{k}") })];
        ComparisonRequest request = Given.Request(Given.Building(8, 5), Given.Yuan(800_000), schemes) with
        {
            Costs = [.. Enumerable.Range(0, 10).Select(k => Given.Cost($"c{k}", Given.Yuan(80_000)))],
            Funding = [.. Enumerable.Range(0, 5).Select(k => Given.Source($"s{k}", Given.Yuan(10_000)))],
        };
        Assert.All(Seen.CompareWith(request, ComparisonParts.Sensitivity).Schemes, scheme => Assert.Equal(10 + 5 + 40 + 16, scheme.Sensitivity!.Variations.Count));
    }

    [Fact]
    public void Sentences_tell_the_largest_changes_in_yuan()
    {
        ComparisonRequest request = Given.Request(
            Given.Building(Given.Household("101", 1, 50), Given.Household("201", 2, 150), Given.Household("301", 3, 100) with { Joins = false }), Given.Yuan(760_000), Given.Scheme(new AreaRule())) with
        {
            Costs = [Given.Cost("pipes", Given.Yuan(0), CostCategory.Pipes) with { Name = "管线" }, Given.Cost("lift", Given.Yuan(600_000)) with { Name = "电梯" }],
            Funding = [Subsidy],
        };
        IReadOnlyList<Statement> statements = Of(request, FortyPerCent).Statements;
        Assert.Equal(
            [
                "“管线”如果超支 10,000.00 元，201 户多付 7,500.00 元，是多付最多的一户；各户合计多付 10,000.00 元。",
                "资金来源“city”如果不给钱，各户多付 60,000.00 元到 180,000.00 元，合计多付 240,000.00 元。",
                "如果有一户退出，别的户最多要多付 270,000.00 元：201 户退出时，101 户多付这么多。",
                "现在不参加的户如果有一户后来参加，别的户最多可以少付 90,000.00 元：301 户参加时，201 户少付这么多。",
            ],
            statements.Select(statement => statement.Sentence.Zh));
        Assert.Equal(
            [
                "If \"管线\" costs 10,000.00 yuan more, household 201 pays 7,500.00 yuan more, the most of all; all households together pay 10,000.00 yuan more.",
                "If the source \"city\" gives nothing, households pay from 60,000.00 to 180,000.00 yuan more, 240,000.00 yuan together.",
                "If one household drops out, another one pays at most 270,000.00 yuan more: household 101, when household 201 drops out.",
                "If one household that does not join now joins later, another one pays at most 90,000.00 yuan less: household 201, when household 301 joins.",
            ],
            statements.Select(statement => statement.Sentence.En));
        Assert.Equal([StatementCode.Overrun, StatementCode.SourceRefused, StatementCode.DropsOut, StatementCode.JoinsLate], statements.Select(statement => statement.Code));
        Assert.Equal(3, statements.Select(statement => statement.Assumption).Distinct().Count());
    }

    [Fact]
    public void Sentences_tell_also_where_nothing_moves_and_where_a_scheme_is_impossible()
    {
        // A cap that is used up: nothing can be dearer, and nobody can drop out.
        ComparisonRequest request = Given.Request(Given.Building(2, 1), Given.Fen(1_000), Given.Scheme(new EqualRule(), new Cap { Amount = Given.Fen(500) })) with
        {
            Costs = [Given.Cost("lift", Given.Fen(1_000)), Given.Cost("pipes", Given.Fen(0), CostCategory.Pipes)],
            Funding = [Given.Source("late", Given.Fen(0))],
        };
        Assert.Equal(
            [
                "There are 2 cost lines of which one that costs 10,000.00 yuan more makes this scheme impossible, for example \"lift\".",
                "If the source \"late\" gives nothing, no household's bill changes.",
                "There are 2 households of which one that drops out makes this scheme impossible, for example household 101.",
            ],
            Of(request).Statements.Select(statement => statement.Sentence.En));
        // Everything is given, and what one pays another does not.
        request = Given.Request(Given.Building(Given.Household("a", 1), Given.Household("b", 2) with { Joins = false }), Given.Fen(1_000), Equal) with
        {
            Funding = [new ProgrammeSource { Id = new("all"), CostIds = [new("lift")] }],
        };
        Assert.Equal(
            [
                "If a cost line costs 10,000.00 yuan more, no household pays more.",
                "If the source \"all\" gives nothing, each household that joins pays 10.00 yuan more, 10.00 yuan together.",
                "If one household drops out, no other household pays more.",
                "If one household that does not join now joins later, no other household pays less.",
            ],
            Of(request).Statements.Select(statement => statement.Sentence.En));
        // Where the bank, which is paid back later, gives nothing, the gift gives everything.
        request = Given.Request(Given.Building(Given.Household("a", 1), Given.Household("b", 1)), Given.Fen(1_000), Given.Scheme(Given.Weights(("a", 2), ("b", 1)))) with
        {
            Funding = [Given.Source("bank", Given.Fen(300)) with { Treatment = Treatment.RefundProRata }, Given.Source("gift", Given.Fen(1_000))],
        };
        Statement refused = Of(request).Statements.First(statement => statement.Code == StatementCode.SourceRefused);
        Assert.Equal("If the source \"bank\" gives nothing, households pay from 2.00 yuan less to 1.00 yuan less, 3.00 yuan less together; 3.00 yuan less come back to the households later.", refused.Sentence.En);
        Assert.Equal("资金来源“bank”如果不给钱，各户从少付 2.00 元到少付 1.00 元不等，合计少付 3.00 元；以后退还各户的一共少 3.00 元。", refused.Sentence.Zh);
    }

    [Fact]
    public void Of_equal_changes_the_first_is_told()
    {
        ComparisonRequest request = Given.Request(Given.Building(3, 1), Given.Fen(900), Equal) with
        {
            Costs = [Given.Cost("lift", Given.Fen(600)), Given.Cost("shaft", Given.Fen(300))],
        };
        Assert.Equal(
            [
                "If \"lift\" costs 10,000.00 yuan more, household 101 pays 3,333.34 yuan more, the most of all; all households together pay 10,000.00 yuan more.",
                "If one household drops out, another one pays at most 1.50 yuan more: household 201, when household 101 drops out.",
            ],
            Of(request).Statements.Select(statement => statement.Sentence.En));
    }

    [Fact]
    public void The_longest_names_fit_a_sentence()
    {
        ComparisonRequest request = Given.Request(
            Given.Building(Given.Household(new string('a', 64), 1), Given.Household(new string('b', 64), 2), Given.Household(new string('c', 64), 3) with { Joins = false }), Given.Yuan(9_000_000_000_000), Equal) with
        {
            Costs = [Given.Cost("lift", Given.Yuan(9_000_000_000_000)) with { Name = new string('梯', 200) }],
            Funding = [Given.Source(new string('s', 64), Given.Yuan(4_000_000_000_000)), Given.Source("bank", Given.Yuan(4_000_000_000_000)) with { Treatment = Treatment.RefundProRata }],
        };
        Assert.All(Of(request).Statements.SelectMany(statement => new[] { statement.Sentence, statement.Assumption }), words =>
        {
            Assert.InRange(words.Zh.Length, 1, 500);
            Assert.InRange(words.En.Length, 1, 500);
        });
    }

    private static readonly PolicySource Subsidy = new() { Id = new("city"), Policy = new("city-lift"), On = new DateOnly(2022, 1, 1) };

    private static readonly PolicyBook FortyPerCent = Forty(CostCategory.Equipment);

    private static PolicyBook Forty(params CostCategory[] lines)
    {
        var said = new Words { Zh = "市", En = "city" };
        var part = new SubsidyPart { Name = said, Layer = Layer.City, Base = lines, Amount = new PercentOfBase { Percent = Given.Percent(40) }, Cap = Given.Yuan(280_000) };
        var rule = new SubsidyRule { From = new DateOnly(2020, 4, 1), Certainty = Certainty.Official, References = [Given.Paper("notice", Certainty.Official)], Paid = PaidWhen.AfterAcceptance, Parts = [part] };
        return PolicyBook.Of([new SubsidyPolicy { Id = new("city-lift"), Name = said, City = said, Versions = [rule] }]);
    }

    private static Sensitivity Of(ComparisonRequest request, PolicyBook? policies = null, int scheme = 0) =>
        Seen.CompareWith(request, ComparisonParts.Sensitivity, policies).Schemes[scheme].Sensitivity!;

    private static long[] Fen(Variation variation) => [.. variation.Differences!.Select(difference => difference.Fen)];

    private static string? Refusal(Variation variation) => variation.Refusal is VariationRefusal refusal ? $"{refusal.Code} {refusal.Pointer}" : null;

    private static string[] Coefficients(Sensitivity moved) => [.. moved.Variations.OfType<CoefficientVariation>().Select(step =>
        $"{step.Pointer} {step.Of} {step.Floor?.ToString() ?? step.Household?.Value ?? step.FlatType?.Value} {step.Direction} {Decimal(step.By)} {Decimal(step.To)}")];

    private static string Decimal(Coefficient value) => (value.Millionths / 1_000_000m).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Bars(ComparisonRequest request) => [.. Of(request).Tornado.Select(bar =>
        $"{bar.Variation} {bar.Largest.Fen} {(bar.Rise is HouseholdMove rise ? $"{rise.Household}+{rise.Difference.Fen}" : "-")} {(bar.Fall is HouseholdMove fall ? $"{fall.Household}{fall.Difference.Fen}" : "-")}")];
}
