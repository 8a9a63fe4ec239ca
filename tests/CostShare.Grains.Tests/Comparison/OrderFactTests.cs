using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Schemes;

namespace CostShare.Grains.Tests.Comparison;

public class OrderFactTests
{
    private static readonly Household[] Four = [Given.Household("a", 1, 50), Given.Household("b", 1, 100), Given.Household("c", 2, 100), Given.Household("d", 3, 200)];

    [Fact]
    public void Who_pays_more_than_somebody_above_is_told_with_the_worst_pair()
    {
        FloorOrder order = OrderFacts.Of(Told.Bills(Four, 300, 500, 400, 350))!.PerFlat;
        Assert.Equal((false, false, 2), (order.Holds, order.OnlyByRounding, order.Households));
        Assert.Equal(new FlatBill(Given.Id("b"), Floor.Of(1), SignedMoney.FromFen(500), 5), order.Worst!.Lower);
        Assert.Equal(new FlatBill(Given.Id("d"), Floor.Of(3), SignedMoney.FromFen(350), Fraction.Of(7, 4)), order.Worst.Higher);
    }

    [Fact]
    public void Order_per_square_metre_is_another_one()
    {
        OrderFacts order = OrderFacts.Of(Told.Bills(Four, 100, 100, 200, 400))!;
        Assert.Equal(new FloorOrder(true, false, 0), order.PerFlat);
        Assert.Equal(new FloorOrder(true, false, 0), order.PerSquareMetre);
        order = OrderFacts.Of(Told.Bills(Four, 101, 100, 200, 400))!;
        Assert.Equal((true, false, 1), (order.PerFlat.Holds, order.PerSquareMetre.Holds, order.PerSquareMetre.Households));
        Assert.Equal(("a", "c"), (order.PerSquareMetre.Worst!.Lower.Household.Value, order.PerSquareMetre.Worst.Higher.Household.Value));
    }

    [Fact]
    public void Neighbours_on_a_floor_may_differ() => Assert.Equal(new FloorOrder(true, false, 0), OrderFacts.Of(Told.Bills(Four[..2], 500, 100))!.PerFlat);

    [Fact]
    public void What_rounding_alone_does_is_told_apart()
    {
        // 100 fen of three: the first in the register pays one more.
        FloorOrder order = Told.Facts(Given.Request(Given.Building(3, 1), Given.Fen(100), Given.Scheme(new EqualRule())))[0].Order!.PerFlat;
        Assert.Equal((false, true, 1), (order.Holds, order.OnlyByRounding, order.Households));
        order = Told.Facts(Given.Request(Given.Building(3, 1), Given.Fen(100),
            Given.Scheme(Given.Coefficients([(1, 1.01m), (2, 1), (3, 1)]))))[0].Order!.PerFlat;
        Assert.Equal((false, false, 1), (order.Holds, order.OnlyByRounding, order.Households));
    }

    [Fact] // Help for one household is no rounding: it pays less than its share, which those below do not.
    public void Relief_counts_before_rounding_too()
    {
        Scheme scheme = Given.Scheme(new EqualRule(), new Relief { Household = Given.Id("301"), Amount = Given.Fen(10), Payer = "street" });
        FloorOrder order = Told.Facts(Given.Request(Given.Building(3, 1), Given.Fen(300), scheme))[0].Order!.PerFlat;
        Assert.Equal((false, false, 2), (order.Holds, order.OnlyByRounding, order.Households));
    }

    [Fact] // Every household with every other one.
    public void Order_of_random_bills_is_that_of_all_pairs() => RandomCase.ForAll(1_300_000, (one, allocation) =>
    {
        IReadOnlyList<JoinedBill> bills = JoinedBill.All(one.Building, allocation);
        if (OrderFacts.Of(bills) is not OrderFacts order)
        {
            Assert.Empty(bills);
            return;
        }
        SameAsAllPairs(bills, order.PerFlat, bill => bill.Amount.Fen, bill => bill.Unrounded);
        SameAsAllPairs(bills, order.PerSquareMetre, bill => bill.PerSquareMetre, bill => bill.UnroundedPerSquareMetre);
    });

    private static void SameAsAllPairs(IReadOnlyList<JoinedBill> bills, FloorOrder order, Func<JoinedBill, Fraction> paid, Func<JoinedBill, Fraction> unrounded)
    {
        (JoinedBill Lower, JoinedBill Higher, Fraction By)[] pairs = [.. from lower in bills
                                                                         from higher in bills
                                                                         where lower.Household.Floor < higher.Household.Floor && paid(lower) > paid(higher)
                                                                         select (lower, higher, paid(lower) - paid(higher))];
        Assert.Equal(pairs.Length == 0, order.Holds);
        Assert.Equal(pairs.Select(pair => pair.Lower.Household.Id).Distinct().Count(), order.Households);
        bool exactly = bills.All(lower => bills.All(higher => lower.Household.Floor >= higher.Household.Floor || unrounded(lower) <= unrounded(higher)));
        Assert.Equal(pairs.Length > 0 && exactly, order.OnlyByRounding);
        Assert.Equal(pairs.Length == 0, order.Worst is null);
        if (order.Worst is not FloorPair worst) { return; }
        Fraction most = pairs.Max(pair => pair.By);
        // Of equals that with the lowest floors; the register settles the rest.
        (JoinedBill Lower, JoinedBill Higher, Fraction By) expected = pairs.Where(pair => pair.By == most).OrderBy(pair => pair.Higher.Household.Floor).ThenBy(pair => pair.Lower.Household.Floor).First();
        Assert.Equal((expected.Lower.Household.Id, expected.Higher.Household.Id), (worst.Lower.Household, worst.Higher.Household));
    }

    [Fact]
    public void Equals_that_do_not_pay_equal_are_told()
    {
        HouseholdRegister building = Given.Building(4, 2);
        AlikeFacts alike = AlikeFacts.Of(Told.Bills(building.Households, 10, 10, 20, 21, 31, 29, 40, 40), Given.Scheme(new EqualRule()))!;
        Assert.Equal((8, 4, 2, false), (alike.Households, alike.Groups, alike.Spread.Fen, alike.WithinOneUnit));
        Assert.Equal(("301", "302"), (alike.Worst!.Most.Household.Value, alike.Worst.Least.Household.Value));
        Assert.Equal((31, 29), (alike.Worst.Most.Amount.Fen, alike.Worst.Least.Amount.Fen));
    }

    [Theory]
    [InlineData(100, 1, true)]
    [InlineData(101, 1, false)]
    [InlineData(100, 100, true)]
    [InlineData(1, 100, true)]
    [InlineData(0, 1, true)]
    public void Equals_may_be_one_unit_apart(long apart, long perUnit, bool within)
    {
        Scheme scheme = Given.Scheme(new EqualRule()) with { Rounding = Given.InUnits(perUnit == 1 ? 100 : 10_000) };
        AlikeFacts alike = AlikeFacts.Of(Told.Bills(Given.Building(1, 2).Households, 500 + apart, 500), scheme)!;
        Assert.Equal((apart, within, apart == 0), (alike.Spread.Fen, alike.WithinOneUnit, alike.Worst is null));
    }

    public static TheoryData<string> Unlike => ["floor", "area", "use", "entry", "type", "none"];

    [Theory]
    [MemberData(nameof(Unlike))]
    public void Households_that_differ_in_anything_are_no_equals(string difference)
    {
        Household one = Given.Household("a", 1), other = Given.Household("b", difference == "floor" ? 2 : 1, difference == "area" ? 71 : 70) with
        {
            Use = difference == "use" ? Use.Shop : Use.Dwelling,
            Entry = difference == "entry" ? Entry.HalfLanding : Entry.Level,
            FlatType = difference == "type" ? new FlatType("one") : null,
        };
        AlikeFacts? alike = AlikeFacts.Of(Told.Bills([one, other], 1, 500), Given.Scheme(new EqualRule()));
        Assert.Equal(difference != "none", alike is null);
    }

    public static TheoryData<string> Named => ["compensation", "exempt", "fixed", "discount", "cap", "minimum", "relief", "amounts", "weights", "mix", "perCost", "otherwise", "remainder"];

    [Theory]
    [MemberData(nameof(Named))]
    public void Whom_a_scheme_names_has_no_equal(string by)
    {
        HouseholdId id = Given.Id("101");
        Adjustment[] adjustments = by switch
        {
            "compensation" => [new Compensation { Household = id, Amount = Given.Fen(1) }],
            "exempt" => [new Exemption { Household = id }],
            "fixed" => [new FixedAmount { Household = id, Amount = Given.Fen(1) }],
            "discount" => [new Discount { Household = id, Percent = Given.Percent(1) }],
            "cap" => [new Cap { Household = id, Amount = Given.Fen(1) }],
            "minimum" => [new Minimum { Household = id, Amount = Given.Fen(1) }],
            "relief" => [new Relief { Household = id, Amount = Given.Fen(1), Payer = "street" }],
            _ => [],
        };
        WeightsRule weights = Given.Weights(("101", 1));
        Rule rule = by switch
        {
            "amounts" => new FixedRule { Amounts = new Dictionary<HouseholdId, Money> { [id] = Given.Fen(1) }, Remainder = new EqualRule() },
            "remainder" => new FixedRule { Amounts = new Dictionary<HouseholdId, Money>(), Remainder = weights },
            "weights" => weights,
            "mix" => Given.Mix((50, new EqualRule()), (50, weights)),
            "perCost" => new PerCostRule { Rules = new Dictionary<Costs.CostId, Rule> { [new("lift")] = weights } },
            "otherwise" => new PerCostRule { Rules = new Dictionary<Costs.CostId, Rule>(), Otherwise = weights },
            _ => new EqualRule(),
        };
        IReadOnlyList<JoinedBill> bills = Told.Bills(Given.Building(1, 2).Households, 1, 500);
        Assert.Null(AlikeFacts.Of(bills, Given.Scheme(rule, adjustments)));
        Assert.NotNull(AlikeFacts.Of(bills, Given.Scheme(new EqualRule(), new Cap { Amount = Given.Fen(1) }, new Minimum { Amount = Given.Fen(1) })));
    }

    [Fact]
    public void Under_every_rule_equals_pay_equal_but_for_one_unit()
    {
        int met = 0;
        RandomCase.ForAll(1_400_000, (one, allocation) =>
        {
            IReadOnlyList<JoinedBill> bills = JoinedBill.All(one.Building, allocation);
            if (AlikeFacts.Of(bills, one.Scheme) is not AlikeFacts alike) { return; }
            met++;
            Assert.True(alike.WithinOneUnit);
            Assert.True(one.Scheme.Rounding.Mode == RoundingMode.LargestRemainder || alike.Spread.Fen == 0);
        });
        Assert.True(met > RandomCase.Count / 4);
    }

    [Fact] // Two at a time.
    public void Equals_of_random_bills_are_those_of_all_pairs() => RandomCase.ForAll(1_500_000, (one, allocation) =>
    {
        // Amounts as they come, so that equals differ.
        var random = new Random(one.Seed);
        IReadOnlyList<JoinedBill> bills = [.. JoinedBill.All(one.Building, allocation).Select(bill => bill with { Amount = Given.Fen(random.Next(-3, 9) * 50) })];
        Scheme scheme = Given.Scheme(new EqualRule(), [.. one.Scheme.Adjustments.OfType<Compensation>()]) with { Rounding = Given.InUnits(100) };
        HouseholdId[] named = [.. scheme.Adjustments.OfType<Compensation>().Select(compensation => compensation.Household)];
        long[] apart = [.. from a in bills
                           from b in bills
                           where a.Household.Id != b.Household.Id && !named.Contains(a.Household.Id) && !named.Contains(b.Household.Id)
                               && b.Household == a.Household with { Id = b.Household.Id }
                           select a.Amount.Fen - b.Amount.Fen];
        AlikeFacts? alike = AlikeFacts.Of(bills, scheme);
        Assert.Equal(apart.Length == 0, alike is null);
        if (alike is null) { return; }
        Assert.Equal((apart.Max(), apart.Max() <= 100), (alike.Spread.Fen, alike.WithinOneUnit));
        Assert.Equal(apart.Max(), alike.Worst is AlikePair worst ? worst.Most.Amount.Fen - worst.Least.Amount.Fen : 0);
    });
}
