using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>What departs from the rule: each adjustment by hand, and everything that is refused.</summary>
public class AdjustmentTests
{
    // Four flats a, b, c, d on floors 1 to 4, each 70 m².
    private static readonly HouseholdRegister Four = Given.Building(
        Given.Household("a", 1), Given.Household("b", 2), Given.Household("c", 3), Given.Household("d", 4));

    private static readonly Rule OneToFour = Given.Weights(("a", 1), ("b", 2), ("c", 3), ("d", 4));

    private static Compensation Compensate(string id, long fen) => new() { Household = Given.Id(id), Amount = Given.Fen(fen) };

    private static Exemption Exempt(string id) => new() { Household = Given.Id(id) };

    private static FixedAmount Fix(string id, long fen) => new() { Household = Given.Id(id), Amount = Given.Fen(fen) };

    private static Discount Off(string id, decimal percent) => new() { Household = Given.Id(id), Percent = Given.Percent(percent) };

    private static Cap CapAt(long fen, string? id = null) => new() { Household = id is null ? null : Given.Id(id), Amount = Given.Fen(fen) };

    private static Minimum AtLeast(long fen, string? id = null) => new() { Household = id is null ? null : Given.Id(id), Amount = Given.Fen(fen) };

    private static Relief Relieve(string id, long fen) => new() { Household = Given.Id(id), Amount = Given.Fen(fen), Payer = "街道办" };

    private static Allocation Run(Rule rule, long fen, params Adjustment[] adjustments) =>
        Seen.Run(Four, Given.Fen(fen), Given.Scheme(rule, adjustments));

    private static string[] Refused(Rule rule, long fen, params Adjustment[] adjustments) =>
        Seen.Refused(Four, Given.Fen(fen), Given.Scheme(rule, adjustments));

    [Fact]
    public void Compensation_credits_one_and_is_carried_by_all()
    {
        Allocation allocation = Run(new EqualRule(), 900, Compensate("a", 100));
        Assert.Equal(1000, allocation.Payable.Fen);
        Assert.Equal(100, allocation.Compensation.Fen);
        Assert.Equal(["150", "250", "250", "250"], allocation.Exact.Texts());
        Assert.Equal([250, 250, 250, 250], allocation.Bills.InFen());
        Assert.Equal([150, 250, 250, 250], allocation.Amounts.InFen());
    }

    [Fact] // A court in Wuzhou: 14 payers compensate the ground floor with 1,500 yuan each, 21,000 in all.
    public void Who_does_not_join_can_be_compensated_and_then_receives_money()
    {
        HouseholdRegister building = Given.Building([
            Given.Household("low", 1) with { Joins = false },
            .. Enumerable.Range(1, 14).Select(i => Given.Household($"p{i}", 2))]);
        Allocation allocation = Seen.Run(building, Money.Zero, Given.Scheme(new EqualRule(), Compensate("low", 21_000_00)));
        Assert.Equal(-21_000_00, allocation.Amounts[0].Fen);
        Assert.Equal("-2100000", allocation.Exact[0].ToString());
        Assert.All(allocation.Amounts.Skip(1), amount => Assert.Equal(1_500_00, amount.Fen));
    }

    [Fact]
    public void The_exempt_pay_nothing() => Assert.Equal([0, 400, 400, 400], Run(new EqualRule(), 1200, Exempt("a")).Amounts.InFen());

    [Fact]
    public void A_fixed_amount_is_taken_out_and_never_rounded()
    {
        Allocation allocation = Seen.Run(Four, Given.Fen(100_000),
            Given.Scheme(new EqualRule(), Fix("a", 12_345)) with { Rounding = Given.InUnits(100) });
        Assert.Equal([12_345, 29_300, 29_200, 29_200], allocation.Amounts.InFen()); // 87,655 rounded up to 87,700
        Assert.Equal(45, allocation.Reserve.Fen);
    }

    [Fact]
    public void A_discount_is_carried_by_the_others_in_proportion() =>
        // 100, 200, 300, 400; c falls by half, 150 on 100 : 200 : 400.
        Assert.Equal(["850/7", "1700/7", "150", "3400/7"], Run(OneToFour, 1000, Off("c", 50)).Exact.Texts());

    [Fact]
    public void A_discount_of_everything_leaves_nothing_to_bill() =>
        Assert.Equal([0, 222, 333, 445], Run(OneToFour, 1000, Off("a", 100)).Bills.InFen());

    [Fact]
    public void A_discount_of_nothing_needs_nobody_to_carry_it() =>
        Assert.Equal([100, 200, 300, 400], Run(OneToFour, 1000, Off("a", 0), Off("b", 0), Off("c", 0), Off("d", 0)).Bills.InFen());

    [Fact]
    public void A_discount_that_nobody_can_carry_is_refused()
    {
        Assert.Equal(["NobodyCarriesDiscounts /schemes/0/adjustments differenceFen=500"],
            Refused(OneToFour, 1000, Off("a", 50), Off("b", 50), Off("c", 50), Off("d", 50)));
        Assert.Equal(["NobodyCarriesDiscounts /schemes/0/adjustments differenceFen=34"],
            Refused(Given.Weights(("a", 0), ("b", 1), ("c", 1), ("d", 1)), 100, Off("b", 1), Off("c", 33), Off("d", 67)));
    }

    [Fact]
    public void A_cap_pushes_the_rest_to_the_others_by_one_factor()
    {
        Allocation allocation = Run(OneToFour, 1000, CapAt(300));
        // t = 7/6: 700/6, 1400/6, 350 capped at 300, capped: 100 t + 200 t + 300 + 300 = 1000 gives t = 4/3.
        Assert.Equal(["400/3", "800/3", "300", "300"], allocation.Exact.Texts());
        Assert.Equal([133, 267, 300, 300], allocation.Bills.InFen());
    }

    [Fact]
    public void A_minimum_takes_from_the_others_by_one_factor() =>
        Assert.Equal(["250", "250", "250", "250"], Run(OneToFour, 1000, AtLeast(250)).Exact.Texts());

    [Fact]
    public void Minimum_and_cap_together() => // 160, 200 t, 300 t, 350: t = 490/500
        Assert.Equal(["160", "196", "294", "350"], Run(OneToFour, 1000, AtLeast(160), CapAt(350)).Exact.Texts());

    [Fact]
    public void A_limit_that_names_a_household_replaces_the_general_one()
    {
        Assert.Equal(["120", "240", "360", "280"], Run(OneToFour, 1000, CapAt(1000), CapAt(280, "d")).Exact.Texts());
        Assert.Equal(["100", "200", "300", "400"], Run(OneToFour, 1000, CapAt(300), CapAt(400, "d")).Exact.Texts());
        Assert.Equal(["50", "950/4", "1425/4", "1425/4"],
            Run(Given.Weights(("a", 0), ("b", 2), ("c", 3), ("d", 3)), 1000, AtLeast(10), AtLeast(50, "a")).Exact.Texts().Select(text => text == "475/2" ? "950/4" : text));
    }

    [Fact] // Guangzhou-style agreement: the ground floor pays a flat 500 yuan, the others by coefficient.
    public void A_minimum_that_names_a_household_binds_a_share_of_nought_and_the_general_one_does_not()
    {
        Rule rule = Given.Weights(("a", 0), ("b", 1), ("c", 1), ("d", 2));
        Assert.Equal(["0", "250", "250", "500"], Run(rule, 1000, AtLeast(100)).Exact.Texts());
        Assert.Equal(["200", "200", "200", "400"], Run(rule, 1000, AtLeast(200, "a")).Exact.Texts());
        Assert.Equal(200, Run(rule, 1000, AtLeast(200, "a")).Bills[0].Fen);
    }

    [Fact]
    public void A_discounted_payer_may_carry_part_of_what_a_cap_pushes_away() =>
        // Shares 500, 500 of b and c; c at half gives 750, 250; b capped at 600 leaves 400 to c.
        Assert.Equal(["0", "600", "400", "0"],
            Run(Given.Weights(("a", 0), ("b", 1), ("c", 1), ("d", 0)), 1000, Off("c", 50), CapAt(600)).Exact.Texts());

    [Fact]
    public void Nothing_is_told_of_limits_before_discounts_are_carried() => Assert.Equal(["NobodyCarriesDiscounts /schemes/0/adjustments differenceFen=1000"],
        Refused(new EqualRule(), 1000, Off("a", 100), Off("b", 100), Off("c", 100), Off("d", 100), AtLeast(400)));

    [Fact]
    public void Limits_that_meet_the_amount_exactly_are_kept()
    {
        Assert.Equal(["250", "250", "250", "250"], Run(OneToFour, 1000, CapAt(250)).Exact.Texts());
        Assert.Equal(["250", "250", "250", "250"], Run(OneToFour, 1000, AtLeast(250), CapAt(250)).Exact.Texts());
    }

    [Fact]
    public void Limits_that_cannot_be_met_are_refused_with_the_difference()
    {
        Assert.Equal(["CapsTooLow /schemes/0/adjustments shortfallFen=4"], Refused(OneToFour, 1000, CapAt(249)));
        Assert.Equal(["MinimumsTooHigh /schemes/0/adjustments excessFen=4"], Refused(OneToFour, 1000, AtLeast(251)));
        // A share of nought takes nothing of what caps push away.
        Assert.Equal(["CapsTooLow /schemes/0/adjustments shortfallFen=100"],
            Refused(Given.Weights(("a", 0), ("b", 1), ("c", 1), ("d", 1)), 1000, CapAt(300)));
    }

    [Fact]
    public void Limits_that_no_whole_unit_meets_are_refused_with_the_unit()
    {
        Scheme Rounded(RoundingMode mode, params Adjustment[] adjustments) =>
            Given.Scheme(OneToFour, adjustments) with { Rounding = Given.InUnits(100, mode) };
        Assert.Equal(["CapsTooLowInUnits /schemes/0/rounding shortfallFen=200 unitFen=100"],
            Seen.Refused(Four, Given.Fen(1000), Rounded(RoundingMode.LargestRemainder, CapAt(299))));
        Assert.Equal(["CapsTooLowInUnits /schemes/0/rounding shortfallFen=200 unitFen=100"],
            Seen.Refused(Four, Given.Fen(1000), Rounded(RoundingMode.Up, CapAt(299))));
        Assert.Equal(["MinimumsTooHighInUnits /schemes/0/rounding excessFen=200 unitFen=100"],
            Seen.Refused(Four, Given.Fen(1000), Rounded(RoundingMode.LargestRemainder, AtLeast(201))));
        Assert.Equal(["LimitsLeaveNoUnit /schemes/0/rounding household=c minimumFen=300 capFen=200 unitFen=100"],
            Seen.Refused(Four, Given.Fen(1000), Rounded(RoundingMode.Up, AtLeast(210, "c"), CapAt(290, "c"))));
        // What caps give in all is told only of limits that leave a unit to everybody.
        Assert.Equal(["LimitsLeaveNoUnit /schemes/0/rounding household=c minimumFen=300 capFen=200 unitFen=100"],
            Seen.Refused(Four, Given.Fen(1000), Rounded(RoundingMode.Up, AtLeast(210, "c"), CapAt(290, "c"), CapAt(299))));
    }

    [Fact]
    public void Billing_in_units_keeps_within_limits_as_whole_units()
    {
        Scheme scheme = Given.Scheme(OneToFour, CapAt(350)) with { Rounding = Given.InUnits(100) };
        Allocation allocation = Seen.Run(Four, Given.Fen(950), scheme);
        Assert.Equal([100, 300, 300, 300], allocation.Bills.InFen());
        // Within 350 fen: 95, 190, 285, 380 > 350: t of 600 / 570 on the first three.
        Assert.Equal(["100", "200", "300", "350"], allocation.Exact.Texts());
        Assert.Equal(50, allocation.Reserve.Fen);
    }

    [Fact]
    public void Relief_is_paid_by_a_third_party_and_changes_nobody_elses_bill()
    {
        Allocation allocation = Run(OneToFour, 1000, Relieve("d", 400), Relieve("b", 50));
        Assert.Equal([100, 200, 300, 400], allocation.Bills.InFen());
        Assert.Equal([100, 150, 300, 0], allocation.Amounts.InFen());
        Assert.Equal(450, allocation.Relief.Fen);
        Assert.Equal(["100", "200", "300", "400"], allocation.Exact.Texts());
    }

    [Fact]
    public void Relief_above_the_bill_is_refused()
    {
        Assert.Equal(["ReliefExceedsBill /schemes/0/adjustments/0/amountFen household=d reliefFen=401 billFen=400"], Refused(OneToFour, 1000, Relieve("d", 401)));
        Assert.Equal(["ReliefExceedsBill /schemes/0/adjustments/1/amountFen household=a reliefFen=1 billFen=0"], Refused(OneToFour, 1000, Exempt("a"), Relieve("a", 1)));
    }

    [Fact]
    public void What_depends_on_bills_is_told_only_once_there_are_bills() =>
        Assert.Equal(["CapsTooLow /schemes/0/adjustments shortfallFen=4"], Refused(OneToFour, 1000, CapAt(249), Relieve("d", 1)));

    [Fact]
    public void Strangers_are_refused_in_every_adjustment() => Assert.Equal(
        Enumerable.Range(0, 7).Select(k => $"HouseholdUnknown /schemes/0/adjustments/{k}/household household=z"),
        Refused(OneToFour, 1000, Compensate("z", 1), Exempt("z"), Fix("z", 1), Off("z", 1), CapAt(1, "z"), AtLeast(1, "z"), Relieve("z", 1)));

    [Fact]
    public void One_of_each_kind_for_a_household() => Assert.Equal(
        [
            "AdjustmentDuplicate /schemes/0/adjustments/1/household kind=compensation household=a",
            "AdjustmentDuplicate /schemes/0/adjustments/3/household kind=discount household=b",
            "AdjustmentDuplicate /schemes/0/adjustments/5 kind=cap",
            "AdjustmentDuplicate /schemes/0/adjustments/7/household kind=minimum household=c",
            "AdjustmentDuplicate /schemes/0/adjustments/9/household kind=relief household=d",
            "AdjustmentDuplicate /schemes/0/adjustments/11/household kind=exempt household=d",
            "AdjustmentDuplicate /schemes/0/adjustments/13 kind=minimum",
        ],
        Refused(OneToFour, 1000, Compensate("a", 1), Compensate("a", 1), Off("b", 1), Off("b", 2), CapAt(900), CapAt(900),
            AtLeast(1, "c"), AtLeast(2, "c"), Relieve("d", 0), Relieve("d", 0), Exempt("d"), Exempt("d"), AtLeast(1), AtLeast(1)));

    [Fact]
    public void A_household_is_fixed_once_whether_by_rule_or_by_adjustment()
    {
        var rule = new FixedRule { Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("a")] = Given.Fen(1) }, Remainder = new EqualRule() };
        Assert.Equal(["AdjustmentDuplicate /schemes/0/rule/amountsFen/a kind=fixed household=a"], Refused(rule, 1000, Fix("a", 1)));
        Assert.Equal(["AdjustmentDuplicate /schemes/0/adjustments/1/household kind=fixed household=a"], Refused(OneToFour, 1000, Fix("a", 1), Fix("a", 1)));
        Assert.Equal(["HouseholdUnknown /schemes/0/rule/amountsFen/z household=z"],
            Refused(rule with { Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("z")] = Given.Fen(1) } }, 1000));
    }

    [Fact]
    public void Who_does_not_pay_cannot_be_fixed_discounted_or_limited()
    {
        HouseholdRegister building = Given.Building(Given.Household("out", 1) with { Joins = false }, Given.Household("free", 1), Given.Household("p", 2));
        foreach (string id in new[] { "out", "free" })
        {
            Assert.Equal(
                [
                    $"HouseholdDoesNotPay /schemes/0/adjustments/1/household kind=discount household={id}",
                    $"HouseholdDoesNotPay /schemes/0/adjustments/2/household kind=cap household={id}",
                    $"HouseholdDoesNotPay /schemes/0/adjustments/3/household kind=minimum household={id}",
                ],
                Seen.Refused(building, Given.Fen(1000), Given.Scheme(new EqualRule(), Exempt("free"), Off(id, 1), CapAt(9, id), AtLeast(1, id))));
            Assert.Equal([$"HouseholdDoesNotPay /schemes/0/adjustments/1/household kind=fixed household={id}"],
                Seen.Refused(building, Given.Fen(1000), Given.Scheme(new EqualRule(), Exempt("free"), Fix(id, 1))));
        }
        Assert.Equal(["HouseholdDoesNotPay /schemes/0/rule/amountsFen/out kind=fixed household=out"],
            Seen.Refused(building, Given.Fen(1000), Given.Scheme(
                new FixedRule { Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("out")] = Money.Zero }, Remainder = new EqualRule() })));
        // Exemption, compensation and relief of nothing may name them.
        Assert.Equal([0, 0, 1000], Seen.Run(building, Given.Fen(1000),
            Given.Scheme(new EqualRule(), Exempt("free"), Exempt("out"), Relieve("out", 0))).Amounts.InFen());
    }

    [Fact]
    public void The_fixed_are_not_discounted_or_limited()
    {
        Assert.Equal(["FixedAndAdjusted /schemes/0/adjustments/1/household kind=discount household=a"], Refused(OneToFour, 1000, Fix("a", 1), Off("a", 1)));
        Assert.Equal(["FixedAndAdjusted /schemes/0/adjustments/0/household kind=cap household=a"], Refused(OneToFour, 1000, CapAt(900, "a"), Fix("a", 1)));
        Assert.Equal(["FixedAndAdjusted /schemes/0/adjustments/0/household kind=minimum household=a"], Refused(OneToFour, 1000, AtLeast(0, "a"), Fix("a", 1)));
        // General limits do not speak of the fixed.
        Assert.Equal([900, 34, 33, 33], Run(new EqualRule(), 1000, Fix("a", 900), CapAt(40)).Bills.InFen());
    }

    [Fact]
    public void A_minimum_above_its_cap_is_refused()
    {
        Assert.Equal(["MinimumAboveCap /schemes/0/adjustments/1 minimumFen=11 capFen=10"], Refused(OneToFour, 1000, CapAt(10), AtLeast(11)));
        Assert.Equal(["MinimumAboveCap /schemes/0/adjustments/1 household=b minimumFen=11 capFen=10"], Refused(OneToFour, 1000, CapAt(10), AtLeast(11, "b")));
        Assert.Equal(["MinimumAboveCap /schemes/0/adjustments/1 household=b minimumFen=11 capFen=10"],
            Refused(OneToFour, 1000, AtLeast(11), CapAt(10, "b")));
        // What names the household is what is compared, not the general one beside it.
        Assert.Equal(["MinimumAboveCap /schemes/0/adjustments/2 household=b minimumFen=11 capFen=10"],
            Refused(OneToFour, 1000, CapAt(10), AtLeast(5), AtLeast(11, "b")));
        Assert.Equal(["MinimumAboveCap /schemes/0/adjustments/2 household=b minimumFen=11 capFen=10"],
            Refused(OneToFour, 1000, CapAt(900), AtLeast(11), CapAt(10, "b")));
        Assert.Equal(["300", "300", "200", "200"], Run(new EqualRule(), 1000, CapAt(200, "c"), AtLeast(200, "c"), CapAt(200, "d")).Exact.Texts());
    }

    [Fact]
    public void A_general_minimum_above_the_cap_of_a_share_of_nought_binds_nobody() => Assert.Equal([0, 250, 250, 500],
        Run(Given.Weights(("a", 0), ("b", 1), ("c", 1), ("d", 2)), 1000, AtLeast(100), CapAt(50, "a")).Bills.InFen());

    [Fact]
    public void Names_of_a_rule_are_examined_also_where_nobody_pays() => Assert.Equal(
        ["HouseholdUnknown /schemes/0/rule/weights/z household=z"],
        Refused(Given.Weights(("z", 1)), 0, Exempt("a"), Exempt("b"), Exempt("c"), Exempt("d")));

    [Fact]
    public void Stairs_stay_far_below_the_longest_exact_share()
    {
        long longest = 0;
        for (int seed = 20_000_000; seed < 20_003_000; seed++)
        {
            var one = RandomCase.Of(seed);
            if (one.Building.Storeys.Number <= 9 && one.Run() is Allocation allocation) { longest = long.Max(longest, allocation.Exact.Max(share => share.BitLength)); }
        }
        Assert.InRange(longest, 65, 1_000);
    }

    [Theory]
    [InlineData(3, "/schemes/0/rule")]
    [InlineData(4, "/schemes/0/rule/parts/0/rule")]
    public void A_mix_whose_parts_grow_without_end_is_refused_before_it_does_once_and_where(int depth, string place)
    {
        var random = new Random(1);
        decimal Any() => random.Next(1, 1_000_000) / 1_000_000m;
        Rule Grow(int left) => left == 0
            ? Given.Coefficients([(1, Any()), (2, Any())], sharedBy: SharedBy.Area)
            : Given.Mix([.. Enumerable.Range(0, 8).Select(_ => (12.5m, Grow(left - 1)))]);
        HouseholdRegister building = Given.Building(Given.Household("a", 1, 61.03m), Given.Household("b", 2, 59.99m));
        string fault = Assert.Single(Seen.Refused(building, Given.Fen(1_000_000_007), Given.Scheme(Grow(depth))));
        Assert.Equal($"ExactTooLong {place} limit=4096", fault);
    }

    [Fact]
    public void Fixed_amounts_above_the_payable_amount_are_refused()
    {
        Assert.Equal(["FixedExceedsPayable /schemes/0 fixedFen=1001 payableFen=1000 excessFen=1"], Refused(OneToFour, 1000, Fix("a", 1001)));
        Assert.Equal([1000, 0, 0, 0], Run(OneToFour, 1000, Fix("a", 1000)).Bills.InFen());
        Assert.Equal([1001, 0, 0, 0], Run(OneToFour, 1000, Fix("a", 1001), Compensate("b", 1)).Bills.InFen());
    }

    [Fact]
    public void Without_a_payer_nothing_may_be_left()
    {
        Adjustment[] all = [Fix("a", 400), Exempt("b"), Fix("c", 300), Fix("d", 299)];
        Assert.Equal(["NobodyPays /schemes/0 differenceFen=1"], Refused(OneToFour, 1000, all));
        Assert.Equal([400, 0, 300, 299], Run(OneToFour, 999, all).Bills.InFen());
        Assert.Equal([0, 0, 0, 0], Run(OneToFour, 0, Exempt("a"), Exempt("b"), Exempt("c"), Exempt("d")).Bills.InFen());
    }

    [Fact]
    public void Compensation_beyond_the_largest_amount_is_refused()
    {
        Assert.Equal(["PayableTooLarge /schemes/0/adjustments payableFen=1000000000000001 limitFen=1000000000000000"],
            Refused(OneToFour, 1, Compensate("a", 1_000_000_000_000_000)));
        Assert.Equal(1_000_000_000_000_000, Run(OneToFour, 0, Compensate("a", 1_000_000_000_000_000)).Payable.Fen);
    }

    [Fact]
    public void Sums_beyond_64_bits_are_refused_and_told()
    {
        HouseholdRegister many = Given.Building(1, 9_500);
        Adjustment[] each = [.. many.Households.Select(household => (Adjustment)Compensate(household.Id.Value, 1_000_000_000_000_000))];
        Assert.Equal(["PayableTooLarge /schemes/0/adjustments payableFen=9500000000000000000 limitFen=1000000000000000"],
            Seen.Refused(many, Money.Zero, Given.Scheme(new EqualRule(), each)));
        Assert.Equal(["MinimumsTooHigh /schemes/0/adjustments excessFen=9499999999999999000"],
            Seen.Refused(many, Given.Fen(1000), Given.Scheme(new EqualRule(), AtLeast(1_000_000_000_000_000))));
        Assert.Equal(["FixedExceedsPayable /schemes/0 fixedFen=9500000000000000000 payableFen=1000 excessFen=9499999999999999000"],
            Seen.Refused(many, Given.Fen(1000), Given.Scheme(new EqualRule(),
                [.. many.Households.Select(household => (Adjustment)Fix(household.Id.Value, 1_000_000_000_000_000))])));
    }

    [Fact]
    public void Refunds_follow_the_bills() => // R05: 120,000 less 2,706 of expenses; 47,786 of 438,004 gets 12,796.71.
        Assert.Equal([12_796_71, 104_497_29],
            Seen.Run(Given.Building(Given.Household("feng", 1), Given.Household("others", 1)), Given.Yuan(438_004),
                Given.Scheme(new EqualRule(), Fix("feng", 47_786_00)), Given.Yuan(117_294)).Refunds.InFen());

    [Fact]
    public void Exact_shares_too_long_to_compute_with_are_refused()
    {
        // Every floor has another prime number of hundredths of a square metre, so no denominator divides another.
        int[] primes = [.. Enumerable.Range(9_000_000, 5_000).Where(n => Enumerable.Range(2, 3_000).All(d => n % d != 0)).Take(200)];
        HouseholdRegister tower = Given.Building([.. primes.SelectMany((prime, floor) => new[]
        {
            Given.Household($"{floor}a", floor + 1, 1), Given.Household($"{floor}b", floor + 1, (prime - 100) / 100m),
        })]);
        Rule byFloor = Given.Coefficients([(1, 1)], 0.1m);
        string refusal = Assert.Single(Seen.Refused(tower, Given.Fen(1_000_000_000),
            Given.Scheme(byFloor, [.. Enumerable.Range(0, 200).Select(floor => (Adjustment)Off($"{floor}a", 50))])));
        Assert.Equal("ExactTooLong /schemes/0 limit=4096", refusal);
        Assert.Equal(400, Seen.Run(tower, Given.Fen(1_000_000_000), Given.Scheme(byFloor)).Amounts.Count);
    }
}
