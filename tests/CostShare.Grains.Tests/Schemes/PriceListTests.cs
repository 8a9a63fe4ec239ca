using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>Price lists by floor (<c>steps</c>) and one rule per cost line (<c>perCost</c>).</summary>
public class PriceListTests
{
    private static readonly HouseholdRegister FourFloors = Given.Building(4, 2);

    [Fact]
    public void Prices_below_the_first_floor_are_0_and_rise_by_the_step() => Assert.Equal([0, 0, 30, 30, 40, 40, 50, 50],
        Seen.Run(FourFloors, Given.Fen(240), Given.Scheme(Given.Steps(2, Given.Fen(30), Given.Fen(10), Closing.Proportional))).Amounts.InFen());

    [Fact]
    public void Prices_that_do_not_sum_to_the_amount_are_brought_to_it_in_proportion() => Assert.Equal(["0", "0", "15", "15", "20", "20", "25", "25"],
        Seen.Run(FourFloors, Given.Fen(120), Given.Scheme(Given.Steps(2, Given.Fen(30), Given.Fen(10), Closing.Proportional))).Exact.Texts());

    [Theory]
    [InlineData(240, 50)]
    [InlineData(1000, 430)]
    [InlineData(140, 0)]
    public void The_top_floor_takes_the_rest_in_equal_parts(long amount, long each) => Assert.Equal([0, 0, 30, 30, 40, 40, each, each],
        Seen.Run(FourFloors, Given.Fen(amount), Given.Scheme(Given.Steps(2, Given.Fen(30), Given.Fen(10), Closing.TopFloor))).Amounts.InFen());

    [Fact]
    public void Prices_that_sum_to_more_than_the_amount_are_refused_with_the_difference() => Assert.Equal(
        ["PricesExceedAmount /schemes/0/rule pricesFen=140 amountFen=139 excessFen=1"],
        Seen.Refused(FourFloors, Given.Fen(139), Given.Scheme(Given.Steps(2, Given.Fen(30), Given.Fen(10), Closing.TopFloor))));

    [Fact]
    public void The_top_floor_is_the_highest_that_has_a_payer() => Assert.Equal([0, 0, 30, 30, 70, 70, 0, 0],
        Seen.Run(FourFloors, Given.Fen(200), Given.Scheme(Given.Steps(2, Given.Fen(30), Given.Fen(10), Closing.TopFloor),
            new Exemption { Household = Given.Id("401") }, new Exemption { Household = Given.Id("402") })).Amounts.InFen());

    [Fact]
    public void Where_only_the_top_floor_pays_it_pays_all() => Assert.Equal([50, 50],
        Seen.Run(Given.Building(1, 2), Given.Fen(100), Given.Scheme(Given.Steps(3, Given.Fen(30), Given.Fen(10), Closing.TopFloor))).Amounts.InFen());

    [Fact]
    public void Prices_that_are_all_0_are_refused() => Assert.Equal(["WeightsAllZero /schemes/0/rule"],
        Seen.Refused(FourFloors, Given.Fen(100), Given.Scheme(Given.Steps(5, Given.Fen(30), Given.Fen(10), Closing.Proportional))));

    [Fact]
    public void The_largest_prices_of_the_highest_tower_do_not_overflow() => Assert.Equal(
        ["PricesExceedAmount /schemes/0/rule pricesFen=19900000000000000000 amountFen=100 excessFen=19899999999999999900"],
        Seen.Refused(Given.Building(200, 1), Given.Fen(100), Given.Scheme(Given.Steps(1, Money.Largest, Money.Largest, Closing.TopFloor))));

    [Fact]
    public void The_largest_prices_do_not_overflow() => Assert.Equal(["PricesExceedAmount /schemes/0/rule pricesFen=12000000000000000 amountFen=100 excessFen=11999999999999900"],
        Seen.Refused(FourFloors, Given.Fen(100), Given.Scheme(Given.Steps(1, Money.Largest, Money.Largest, Closing.TopFloor))));

    [Fact]
    public void A_faulty_scheme_is_not_told_that_its_prices_exceed_an_amount_that_nobody_knows() => Assert.Equal(
        ["HouseholdUnknown /schemes/0/adjustments/0/household household=x"],
        Seen.Refused(FourFloors, Given.Fen(1000), Given.Scheme(Given.Steps(2, Given.Fen(30), Given.Fen(10), Closing.TopFloor), new Exemption { Household = Given.Id("x") })));

    [Fact]
    public void A_price_list_is_told_price_by_price()
    {
        Allocation allocation = Seen.Run(FourFloors, Given.Fen(120), Given.Scheme(Given.Steps(2, Given.Fen(30), Given.Fen(10), Closing.Proportional)));
        Assert.Equal(["Price(base=30, step=10, floor=3, fromFloor=2)=40", "ByPrice(amount=120, price=40, totalPrices=240)=20"], Steps(allocation, 4));
        Assert.Equal(["Price(base=30, step=10, floor=4, fromFloor=2)=50", "ByPrice(amount=120, price=50, totalPrices=240)=25"], Steps(allocation, 7));
        Allocation rest = Seen.Run(FourFloors, Given.Fen(200), Given.Scheme(Given.Steps(2, Given.Fen(30), Given.Fen(10), Closing.TopFloor)));
        Assert.Equal(["Price(base=30, step=10, floor=1, fromFloor=2)=0"], Steps(rest, 0));
        Assert.Equal(["TopFloorRest(amount=200, below=140, topPayers=2)=30"], Steps(rest, 7));
    }

    [Fact]
    public void Each_cost_line_goes_by_its_own_rule_and_the_others_by_the_common_one()
    {
        Allocation allocation = Run([("lift", 800), ("pipes", 100), ("corridor", 60), ("power", 40)], new PerCostRule
        {
            Rules = Rules(("corridor", Given.Weights(("101", 0), ("102", 0), ("201", 0), ("202", 0), ("301", 0), ("302", 0), ("401", 1), ("402", 2))), ("lift", new RideRule())),
            Otherwise = new EqualRule(),
        });
        // The lift by storeys ridden (12 in all), the corridor by its two users, pipes and power (140) in eight equal parts.
        Assert.Equal(["35/2", "35/2", "505/6", "505/6", "905/6", "905/6", "475/2", "515/2"], allocation.Exact.Texts());
        Assert.Equal(
            ["CostLines(lift=800)=800", "StoreysRidden(floor=4, entry=0)=3", "ByWeight(amount=800, weight=3, totalWeight=12)=200",
             "CostLines(corridor=60)=60", "ByWeight(amount=60, weight=2, totalWeight=3)=40",
             "CostLines(pipes=100, power=40)=140", "Equal(amount=140, payers=8)=35/2", "CostSum(part1=200, part2=40, part3=35/2)=515/2"],
            Steps(allocation, 7));
    }

    [Fact]
    public void What_is_shared_beside_the_costs_scales_the_shares()
    {
        // Compensation of 100 is raised like the costs: 1,100 for every 1,000.
        Allocation allocation = Run([("lift", 800), ("corridor", 200)],
            new PerCostRule { Rules = Rules(("lift", new EqualRule()), ("corridor", new RideRule())) }, new Compensation { Household = Given.Id("101"), Amount = Given.Fen(100) });
        Assert.Equal("CostScale(share=150, toShare=1100, selfFunded=1000)=165", Steps(allocation, 7)[^1]);
        Assert.Equal(["10", "110"], allocation.Exact.Take(2).Texts());
    }

    [Fact]
    public void A_line_of_which_residents_pay_a_part_needs_a_rule() => Assert.Equal(
        ["CostMissing /schemes/0/rule/rules cost=pipes"],
        Refused([("lift", 800), ("pipes", 1), ("sewer", 0)], new PerCostRule { Rules = Rules(("lift", new EqualRule())) }));

    [Fact]
    public void A_line_without_a_rule_is_told_beside_other_faults() => Assert.Equal(
        ["HouseholdUnknown /schemes/0/adjustments/0/household household=x", "CostMissing /schemes/0/rule/rules cost=pipes"],
        Refused([("lift", 800), ("pipes", 1)], new PerCostRule { Rules = Rules(("lift", new EqualRule())) }, new Exemption { Household = Given.Id("x") }));

    [Fact]
    public void A_line_of_which_residents_pay_nothing_is_not_told_in_the_steps() => Assert.Contains("CostLines(lift=800)=800",
        Steps(Run([("lift", 800), ("sewer", 0)], new PerCostRule { Rules = Rules(("sewer", new RideRule())), Otherwise = new EqualRule() }), 0));

    [Fact]
    public void Of_the_other_lines_only_those_that_residents_pay_are_told() => Assert.Contains("CostLines(lift=800)=800",
        Steps(Run([("lift", 800), ("sewer", 0), ("pipes", 100)], new PerCostRule { Rules = Rules(("pipes", new RideRule())), Otherwise = new EqualRule() }), 0));

    [Fact]
    public void A_rule_that_cannot_share_is_told_at_its_cost_line() => Assert.Equal(
        ["WeightsAllZero /schemes/0/rule/rules/lift"],
        Refused([("lift", 800)], new PerCostRule { Rules = Rules(("lift", Given.Formula("0"))) }));

    [Fact]
    public void A_line_that_others_carry_needs_none() => Assert.Equal([100, 100, 100, 100, 100, 100, 100, 100],
        Run([("lift", 800), ("sewer", 0)], new PerCostRule { Rules = Rules(("lift", new EqualRule())) }).Amounts.InFen());

    [Fact]
    public void A_rule_for_a_line_that_is_none_is_refused() => Assert.Equal(
        ["CostUnknown /schemes/0/rule/rules/roof cost=roof"],
        Refused([("lift", 800)], new PerCostRule { Rules = Rules(("roof", new EqualRule())), Otherwise = new EqualRule() }));

    [Fact]
    public void Compensation_alone_has_no_cost_line_to_go_by()
    {
        var compensation = new Compensation { Household = Given.Id("101"), Amount = Given.Fen(100) };
        Assert.Equal(["NothingSelfFunded /schemes/0/rule amountFen=100"],
            Refused([("lift", 0)], new PerCostRule { Rules = Rules(("lift", new EqualRule())) }, compensation));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0], Run([("lift", 0)], new PerCostRule { Rules = Rules(("lift", new EqualRule())) }).Amounts.InFen());
    }

    [Theory]
    [InlineData("fixed")]
    [InlineData("steps")]
    [InlineData("perCost")]
    public void Some_rules_stand_only_at_the_top(string kind)
    {
        Rule inner = kind switch
        {
            "fixed" => new FixedRule { Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("101")] = Given.Fen(1) }, Remainder = new EqualRule() },
            "steps" => Given.Steps(1, Given.Fen(1), Given.Fen(1), Closing.Proportional),
            _ => new PerCostRule { Rules = Rules(("lift", new EqualRule())) },
        };
        string told = $"RuleNotAllowedHere /schemes/0/rule/{{0}}/kind kind={kind}";
        Assert.Equal([told.Replace("{0}", "parts/1/rule", StringComparison.Ordinal)],
            Seen.Refused(FourFloors, Given.Fen(100), Given.Scheme(Given.Mix((50, new EqualRule()), (50, inner)))));
        Assert.Equal([told.Replace("{0}", "rules/lift", StringComparison.Ordinal)], Refused([("lift", 100)], new PerCostRule { Rules = Rules(("lift", inner)) }));
        Assert.Equal([told.Replace("{0}", "otherwise", StringComparison.Ordinal)],
            Refused([("lift", 60), ("pipes", 40)], new PerCostRule { Rules = Rules(("lift", new EqualRule())), Otherwise = inner }));
    }

    [Fact]
    public void A_price_list_and_rules_per_cost_line_may_share_what_fixed_amounts_leave()
    {
        var amounts = new Dictionary<HouseholdId, Money> { [Given.Id("101")] = Given.Fen(40) };
        Rule prices = new FixedRule { Amounts = amounts, Remainder = Given.Steps(3, Given.Fen(10), Given.Fen(5), Closing.TopFloor) };
        Assert.Equal([40, 0, 0, 0, 10, 10, 20, 20], Seen.Run(FourFloors, Given.Fen(100), Given.Scheme(prices)).Amounts.InFen());
        Rule perCost = new FixedRule { Amounts = amounts, Remainder = new PerCostRule { Rules = Rules(("lift", new EqualRule())), Otherwise = new EqualRule() } };
        Assert.Equal([40, 0, 10, 10, 10, 10, 10, 10], Run([("lift", 90), ("pipes", 10)], perCost, new Exemption { Household = Given.Id("102") }).Amounts.InFen());
    }

    [Fact]
    public void Faults_of_the_inner_rules_are_told_with_their_place() => Assert.Equal(
        ["FormulaNameUnknown /schemes/0/rule/rules/lift/expression position=1 name=x", "HouseholdUnknown /schemes/0/rule/otherwise/weights/z household=z",
         .. FourFloors.Households.Select(household => $"HouseholdMissing /schemes/0/rule/otherwise/weights household={household.Id}")],
        Refused([("lift", 60), ("pipes", 40)], new PerCostRule { Rules = Rules(("lift", Given.Formula("x"))), Otherwise = Given.Weights(("z", 1)) }));

    private static Dictionary<CostId, Rule> Rules(params (string Cost, Rule Rule)[] rules) => rules.ToDictionary(entry => new CostId(entry.Cost), entry => entry.Rule);

    private static Budget Lines((string Cost, long Fen)[] lines) => new([.. lines.Select(line => new CostId(line.Cost))], [.. lines.Select(line => Given.Fen(line.Fen))], null);

    private static Allocation Run((string Cost, long Fen)[] lines, Rule rule, params Adjustment[] adjustments)
    {
        var faults = new Faults.FaultList();
        Allocation? allocation = Allocation.Run(FourFloors, Given.Scheme(rule, adjustments), Lines(lines), Seen.Place, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return allocation!;
    }

    private static string[] Refused((string Cost, long Fen)[] lines, Rule rule, params Adjustment[] adjustments)
    {
        var faults = new Faults.FaultList();
        Assert.Null(Allocation.Run(FourFloors, Given.Scheme(rule, adjustments), Lines(lines), Seen.Place, faults));
        return [.. faults.Faults.Select(Seen.Tell)];
    }

    private static string[] Steps(Allocation allocation, int household) => [.. allocation.DerivationOf(household)
        .Where(step => step.Code is not (StepCode.Payable or StepCode.ToShare or StepCode.BillingTotal or StepCode.LargestRemainder or StepCode.Amount))
        .Select(AllocationPropertyTests.Describe)];
}
