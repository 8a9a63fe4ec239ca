using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Streets;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Streets;

/// <summary>What is recorded of subsidies against what the rules give.</summary>
public class SubsidyCheckTests
{
    private static readonly SubsidyRule Now = Stairs.Rule(Stairs.FortyPercent(280_000));

    private static readonly SubsidyRule Before = Stairs.Rule(Stairs.FortyPercent(240_000)) with { From = new DateOnly(2018, 1, 1), To = new DateOnly(2020, 3, 31) };

    [Fact]
    public void What_is_recorded_as_the_rule_gives_it_does_not_differ()
    {
        SubsidyCheckResult result = Check(Stairs.Book(Now), Stairs.Of("a", 760_000, Stairs.Recorded(granted: Given.Yuan(280_000))), Stairs.Of("b", 680_000, Stairs.Recorded(planned: Given.Yuan(272_000))), Stairs.Of("c", 700_000));
        Assert.Equal((3, 0, 0, 0), (result.Checked, result.Differing, result.Refused, result.WithoutRule));
        Assert.Equal((83_200_000, 55_200_000, 0), (result.Rule.Fen, result.Recorded.Fen, result.Difference.Fen));
        Assert.All(result.Lines, line => Assert.Null(line.Cause));
        Assert.Equal([SubsidyState.Granted, SubsidyState.Planned, null], result.Lines.Select(line => line.State));
        Assert.Null(result.Lines[2].Recorded);
    }

    [Fact]
    public void Those_that_differ_by_most_come_first_and_differences_close()
    {
        SubsidyCheckResult result = Check(Stairs.Book(Now), Stairs.Of("a", 700_000, Stairs.Recorded(granted: Given.Yuan(280_000))), Stairs.Of("b", 700_000, Stairs.Recorded(granted: Given.Yuan(279_000))),
            Stairs.Of("c", 700_000, Stairs.Recorded(claimed: Given.Yuan(285_000))));
        Assert.Equal(["c", "b", "a"], result.Lines.Select(line => line.Building.Value));
        Assert.Equal([500_000, -100_000, null], result.Lines.Select(line => line.Difference?.Fen));
        Assert.Equal(400_000, result.Difference.Fen);
        Assert.Equal(result.Difference.Fen, result.Recorded.Fen - result.Rule.Fen);
    }

    [Theory] // A grant counts before payments, which may come in parts; without one, what is surest.
    [InlineData(1, 2, 3, 4, 3)]
    [InlineData(1, 2, null, 4, 4)]
    [InlineData(1, 2, null, null, 2)]
    [InlineData(1, null, null, null, 1)]
    public void The_sum_that_counts_is_the_grant_the_payment_the_claim_the_plan(int? planned, int? claimed, int? granted, int? paid, int recorded) =>
        Assert.Equal(recorded, Check(Stairs.Book(Now), Stairs.Of("a", 760_000, Stairs.Recorded(Sum(planned), Sum(claimed), Sum(granted), Sum(paid)))).Lines[0].Recorded?.Fen);

    [Theory]
    [InlineData(240_000, DifferenceKind.RuleOfOtherDays)]
    [InlineData(304_000, DifferenceKind.CapLeftOut)]
    [InlineData(324_000, DifferenceKind.WholeBudgetAndCapLeftOut)]
    [InlineData(280_001, DifferenceKind.Unexplained)]
    [InlineData(0, DifferenceKind.Unexplained)]
    public void What_explains_a_difference_is_found_by_reckoning_again(decimal recorded, DifferenceKind kind)
    {
        // 760,000 of works and 50,000 of design.
        BuildingSummary stair = Stairs.Of("a", 760_000, Stairs.Recorded(granted: Given.Yuan(recorded)));
        stair = stair with { Costs = [.. stair.Costs, Given.Cost("design", Given.Yuan(50_000), CostCategory.Design)] };
        DifferenceCause cause = Check(Stairs.Book(Before, Now), stair).Lines[0].Cause!;
        Assert.Equal(kind, cause.Kind);
        Assert.Equal(kind == DifferenceKind.RuleOfOtherDays ? (Before.From, Before.To) : (null, (DateOnly?)null), (cause.From, cause.To));
        Assert.Equal(kind == DifferenceKind.CapLeftOut ? Given.Yuan(280_000) : null, cause.Cap);
        Assert.NotEmpty(cause.Steps);
    }

    [Fact]
    public void The_rule_of_other_days_is_found_though_it_is_not_sure()
    {
        SubsidyRule hint = Before with { Certainty = Certainty.Hint };
        Assert.Equal(DifferenceKind.RuleOfOtherDays, Check(Stairs.Book(hint, Now), Stairs.Of("a", 760_000, Stairs.Recorded(granted: Given.Yuan(240_000)))).Lines[0].Cause!.Kind);
    }

    [Fact]
    public void What_explains_one_source_leaves_another_of_its_policy_alone()
    {
        // Without the cap the first source would take 304,000; what is left for the second is not told as the second's own.
        BuildingSummary stair = Stairs.Of("a", 760_000, Stairs.Recorded(granted: Given.Yuan(280_000)));
        stair = stair with
        {
            Funding = [.. stair.Funding, new PolicySource { Id = new("again"), Policy = Stairs.Policy, On = Stairs.On }],
            Subsidies = [.. stair.Subsidies, stair.Subsidies[0] with { Source = new("again"), Granted = Given.Yuan(304_000) }],
        };
        SubsidyLine line = Check(Stairs.Book(Now), stair).Lines.Single(line => line.Difference is not null);
        Assert.Equal(("again", DifferenceKind.CapLeftOut, 2_400_000), (line.Source.Value, line.Cause!.Kind, line.Difference!.Value.Fen));
    }

    [Fact]
    public void Each_source_is_told_what_is_wrong_with_it_or_else_with_another()
    {
        BuildingSummary stair = Stairs.Of("a", 700_000);
        stair = stair with { Funding = [.. stair.Funding, new PolicySource { Id = new("x"), Policy = new("none"), On = Stairs.On }, new PolicySource { Id = new("y"), Policy = Stairs.Policy, On = new DateOnly(2000, 1, 1) }] };
        Assert.Equal([FaultCode.PolicyUnknown, FaultCode.PolicyUnknown, FaultCode.NoRuleOnThatDay], Check(Stairs.Book(Now), stair).Lines.Select(line => line.Refusal));
    }

    [Fact]
    public void A_subsidy_reckoned_on_the_whole_budget_is_told()
    {
        BuildingSummary stair = Stairs.Of("a", 500_000, Stairs.Recorded(granted: Given.Yuan(220_000)));
        stair = stair with { Costs = [.. stair.Costs, Given.Cost("design", Given.Yuan(50_000), CostCategory.Design)] };
        Assert.Equal(DifferenceKind.WholeBudget, Check(Stairs.Book(Now), stair).Lines[0].Cause!.Kind);
    }

    [Fact]
    public void A_condition_that_is_not_met_is_told_with_what_it_costs()
    {
        var seven = new CountCondition { Words = new Words { Zh = "七层以上", En = "seven storeys or more" }, Fact = CountFact.Storeys, AtLeast = Count.Of(7) };
        var many = new CountCondition { Words = new Words { Zh = "有住户", En = "households" }, Fact = CountFact.Storeys, AtLeast = Count.Of(1) };
        SubsidyLine line = Check(Stairs.Book(Now with { Conditions = [many, seven] }), Stairs.Of("a", 680_000, Stairs.Recorded(granted: Given.Yuan(272_000)))).Lines[0];
        Assert.Equal((0, 27_200_000), (line.Rule!.Value.Fen, line.Difference!.Value.Fen));
        Assert.Equal((DifferenceKind.ConditionUnmet, 27_200_000), (line.Cause!.Kind, line.Cause.IfMet!.Value.Fen));
        Assert.Equal(["seven storeys or more"], line.Cause.Conditions!.Select(words => words.En));
    }

    [Fact]
    public void What_the_lines_no_longer_need_is_told()
    {
        BuildingSummary stair = Stairs.Of("a", 500_000, Stairs.Recorded(granted: Given.Yuan(200_000)));
        stair = stair with { Funding = [Given.Source("firm", Given.Yuan(400_000)), .. stair.Funding] };
        SubsidyLine line = Check(Stairs.Book(Now), stair).Lines[0];
        Assert.Equal((10_000_000, DifferenceKind.LinesNeedLess), (line.Rule!.Value.Fen, line.Cause!.Kind));
    }

    [Fact]
    public void A_part_that_is_left_out_is_told()
    {
        SubsidyPart district = Stairs.Flat(60_000) with { Layer = Layer.District, Name = new Words { Zh = "区", En = "district" } };
        SubsidyLine line = Check(Stairs.Book(Stairs.Rule(Stairs.Flat(240_000), district)), Stairs.Of("a", 700_000, Stairs.Recorded(granted: Given.Yuan(240_000)))).Lines[0];
        Assert.Equal((DifferenceKind.PartLeftOut, "district", -6_000_000), (line.Cause!.Kind, line.Cause.Part!.En, line.Difference!.Value.Fen));
    }

    [Fact]
    public void Without_a_budget_the_rule_gives_nothing() =>
        Assert.Equal(DifferenceKind.NoBudget, Check(Stairs.Book(Now), Stairs.Of("a", 1, Stairs.Recorded(planned: Given.Yuan(1))) with { Costs = [] }).Lines[0].Cause!.Kind);

    [Fact]
    public void What_cannot_be_reckoned_is_told_with_the_reason_and_is_in_no_difference()
    {
        SubsidyCheckResult result = Check(Stairs.Book(Before), Stairs.Of("a", 700_000, Stairs.Recorded(granted: Given.Yuan(5))), Stairs.Of("b", 700_000));
        Assert.Equal((0, 0, 2), (result.Checked, result.Differing, result.Refused));
        Assert.Equal([FaultCode.NoRuleOnThatDay, FaultCode.NoRuleOnThatDay], result.Lines.Select(line => line.Refusal));
        Assert.Equal((0, 500, 0), (result.Rule.Fen, result.Recorded.Fen, result.Difference.Fen));
    }

    [Fact]
    public void Money_that_goes_by_no_policy_is_listed_and_held_against_nothing()
    {
        BuildingSummary stair = Stairs.Of("a", 700_000, Stairs.Recorded(granted: Given.Yuan(7))) with { Funding = [Given.Source("subsidy", Given.Yuan(9)), Given.Source("firm", Given.Yuan(1))] };
        SubsidyCheckResult result = Check(PolicyBook.Empty, stair);
        Assert.Equal((0, 1, 700), (result.Checked, result.WithoutRule, result.Recorded.Fen));
        SubsidyLine line = Assert.Single(result.Lines);
        Assert.Equal((null, null, 700), (line.Policy, line.Rule, line.Recorded!.Value.Fen));
    }

    [Fact]
    public void Only_what_is_wrong_is_kept_where_no_more_is_asked_for()
    {
        var check = new SubsidyCheck(Stairs.Book(Now), all: false);
        foreach (BuildingSummary stair in new[] { Stairs.Of("a", 700_000, Stairs.Recorded(granted: Given.Yuan(280_000))), Stairs.Of("b", 700_000, Stairs.Recorded(granted: Given.Yuan(1))) }) { check.Add(stair); }
        var faults = new FaultList();
        SubsidyCheckResult result = check.Result(faults);
        Assert.Equal((2, 1, "b"), (result.Checked, result.Differing, Assert.Single(result.Lines).Building.Value));
    }

    [Fact]
    public void One_certificate_for_two_stairs_is_told_with_what_came_after_the_first()
    {
        SubsidyCheckResult result = Check(Stairs.Book(Now), With("a", "T1", 5), With("b", "T1", 3), With("c", "T2", 3), With("d", null, 3));
        DoubleClaim twice = Assert.Single(result.DoubleClaims);
        Assert.Equal((DoubleClaimKind.Certificate, "T1", 28_000_000), (twice.Kind, twice.What, twice.TooMuch.Fen));
        Assert.Equal(["b", "a"], twice.Claims.Select(claim => claim.Building.Value));
    }

    [Fact]
    public void Of_claims_of_one_day_the_first_by_building_may_be_right_with_all_its_own()
    {
        BuildingSummary both = With("a", "T1", 3);
        both = both with
        {
            Funding = [.. both.Funding, Given.Source("district", Given.Yuan(60_000))],
            Subsidies = [.. both.Subsidies, both.Subsidies[0] with { Source = new("district"), Granted = Given.Yuan(60_000) }],
        };
        DoubleClaim twice = Assert.Single(Check(Stairs.Book(Now), With("b", "T1", 3), both).DoubleClaims);
        Assert.Equal(["a", "a", "b"], twice.Claims.Select(claim => claim.Building.Value));
        Assert.Equal(28_000_000, twice.TooMuch.Fen);
    }

    [Fact]
    public void A_certificate_that_is_claimed_with_elsewhere_is_found()
    {
        var check = new SubsidyCheck(Stairs.Book(Now), all: true);
        check.Add(With("a", "T1", 5));
        Assert.Equal(["T1"], check.Certificates);
        check.AddElsewhere(With("z", "T1", 9));
        check.AddElsewhere(With("y", "T7", 9));
        var faults = new FaultList();
        SubsidyCheckResult result = check.Result(faults);
        Assert.Equal(["a", "z"], Assert.Single(result.DoubleClaims).Claims.Select(claim => claim.Building.Value));
        Assert.Equal(1, result.Checked);
    }

    [Fact]
    public void A_policy_claimed_twice_for_one_stair_is_told()
    {
        // By two sources of one building, and by two buildings of one address.
        BuildingSummary twice = With("a", "T1", 1);
        twice = twice with
        {
            Funding = [.. twice.Funding, new PolicySource { Id = new("again"), Policy = Stairs.Policy, On = Stairs.On }],
            Subsidies = [.. twice.Subsidies, twice.Subsidies[0] with { Source = new("again"), Claimed = Given.Yuan(100), Granted = null, On = new DateOnly(2026, 7, 9) }],
        };
        BuildingSummary same = With("c", null, 4);
        same = same with { Site = same.Site with { Address = "乐山路 ｂ号" } };
        SubsidyCheckResult result = Check(Stairs.Book(Now), twice, With("b", "T2", 2), same);
        Assert.Equal([(DoubleClaimKind.Stair, 10_000L), (DoubleClaimKind.Stair, 28_000_000)], result.DoubleClaims.Select(claim => (claim.Kind, claim.TooMuch.Fen)));
        Assert.Equal(["subsidy", "again"], result.DoubleClaims[0].Claims.Select(claim => claim.Source.Value));
        Assert.Equal(["b", "c"], result.DoubleClaims[1].Claims.Select(claim => claim.Building.Value));
    }

    [Fact]
    public void The_first_claim_is_the_one_that_was_claimed_first_whatever_was_recorded_of_it_since()
    {
        BuildingSummary first = With("a", "T1", 9), second = With("b", "t 1", 5);
        first = first with { Subsidies = [first.Subsidies[0] with { ClaimedOn = new DateOnly(2026, 6, 1) }] };
        second = second with { Subsidies = [second.Subsidies[0] with { Granted = Given.Yuan(1) }] };
        DoubleClaim twice = Assert.Single(Check(Stairs.Book(Now), first, second).DoubleClaims);
        Assert.Equal(("T1", 100), (twice.What, twice.TooMuch.Fen));
        Assert.Equal(["a", "b"], twice.Claims.Select(claim => claim.Building.Value));
    }

    [Fact]
    public void One_address_is_one_stair_where_only_one_estate_is_stated()
    {
        BuildingSummary In(string id, string? estate) => With(id, null, 3) is var stair ? stair with { Site = stair.Site with { Estate = estate, Address = "6 弄 12 号" } } : throw new InvalidOperationException();
        Assert.Equal(2, Assert.Single(Check(Stairs.Book(Now), In("a", "乐山六村"), In("b", null)).DoubleClaims).Claims.Count);
        Assert.Empty(Check(Stairs.Book(Now), In("a", "乐山六村"), In("b", "乐山七村")).DoubleClaims);
        Assert.Empty(Check(Stairs.Book(Now), In("a", "乐山六村"), In("b", "乐山七村"), In("c", null)).DoubleClaims);
    }

    [Fact]
    public void What_is_only_planned_or_came_to_nothing_is_no_claim()
    {
        BuildingSummary planned = With("b", "T1", 3), nothing = With("c", "T1", 3);
        planned = planned with { Subsidies = [planned.Subsidies[0] with { Granted = null, Planned = Given.Yuan(9), State = SubsidyState.Planned }] };
        nothing = nothing with { Subsidies = [nothing.Subsidies[0] with { Granted = Money.Zero, Claimed = Given.Yuan(9) }] };
        Assert.Empty(Check(Stairs.Book(Now), With("a", "T1", 5), planned, nothing).DoubleClaims);
    }

    [Fact]
    public void Totals_of_random_stairs_close_and_every_difference_has_a_cause()
    {
        int differing = 0;
        for (int seed = 1; seed <= RandomCase.Count / 50; seed++)
        {
            (BuildingSummary[] stairs, PolicyBook policies) = RandomStair.Many(seed, 20);
            SubsidyCheckResult result = Check(policies, stairs);
            Assert.Equal(result.Lines.Count, result.Checked + result.Refused + result.WithoutRule);
            Assert.Equal(result.Recorded.Fen, result.Lines.Sum(line => line.Recorded?.Fen ?? 0));
            Assert.Equal(result.Rule.Fen, result.Lines.Sum(line => line.Rule?.Fen ?? 0));
            Assert.Equal(result.Difference.Fen, result.Lines.Sum(line => line.Difference?.Fen ?? 0));
            Assert.Equal(result.Recorded.Fen, stairs.Sum(stair => stair.Subsidies.Sum(standing => standing.Recorded.Fen)));
            Assert.All(result.Lines, line =>
            {
                bool differs = line.Rule is not null && line.Recorded is not null && line.Rule != line.Recorded;
                Assert.Equal((differs, differs), (line.Difference is not null, line.Cause is not null));
            });
            differing += result.Differing;
        }
        Assert.True(differing > RandomCase.Count / 10, "Too little differs.");
    }

    private static BuildingSummary With(string id, string? certificate, int day) =>
        Stairs.Of(id, 700_000, Stairs.Recorded(granted: Given.Yuan(280_000)) with { Certificate = certificate, On = new DateOnly(2026, 6, day) });

    private static Money? Sum(int? fen) => fen is int sum ? Given.Fen(sum) : null;

    private static SubsidyCheckResult Check(PolicyBook policies, params BuildingSummary[] stairs)
    {
        var check = new SubsidyCheck(policies, all: true);
        foreach (BuildingSummary stair in stairs) { check.Add(stair); }
        var faults = new FaultList();
        SubsidyCheckResult result = check.Result(faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return result;
    }
}
