using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Comparison;

public class ComparerTests
{
    private static readonly Scheme Equal = Given.Scheme(new EqualRule());

    [Fact]
    public void Schemes_stand_side_by_side_per_household_and_per_floor()
    {
        HouseholdRegister building = Given.Building(
            Given.Household("301", 3), Given.Household("101", 1), Given.Household("302", 3) with { Joins = false });
        ComparisonResult result = Seen.Compare(Given.Request(building, Given.Fen(900), Equal,
            Given.Scheme(new RideRule(), new Relief { Household = Given.Id("301"), Amount = Given.Fen(100), Payer = "p" }) with { Id = new("ride") }));

        Assert.Equal(["s", "ride"], result.Schemes.Select(scheme => scheme.Id.Value));
        Assert.Equal(["301", "101", "302"], result.Schemes[0].Shares.Select(share => share.Household.Value));
        Assert.Equal([450, 450, 0], result.Schemes[0].Shares.Select(share => share.Amount.Fen));
        Assert.Equal([800, 0, 0], result.Schemes[1].Shares.Select(share => share.Amount.Fen));
        Assert.Equal(["900", "0", "0"], result.Schemes[1].Shares.Select(share => share.Exact).Texts());
        Assert.Equal([new FloorTotal(Floor.Of(1), Given.Fen(450), 1), new FloorTotal(Floor.Of(3), Given.Fen(450), 2)], result.Schemes[0].Floors);
        Assert.Equal(2, result.Schemes[0].Facts.Payers);
        Assert.Equal((900, 900, 0, 0, 100), (result.Schemes[1].Payable.Fen, result.Schemes[1].Billed.Fen, result.Schemes[1].Reserve.Fen,
            result.Schemes[1].Compensation.Fen, result.Schemes[1].Relief.Fen));
        Assert.Equal(["301", "101", "302"], result.Schemes[0].Derivations!.Select(derivation => derivation.Household.Value));
        Assert.Equal([StepCode.DoesNotJoin, StepCode.Amount], result.Schemes[0].Derivations![2].Steps.Select(step => step.Code));
        Assert.Null(result.Schemes[0].Shares[0].Refund);
    }

    [Fact]
    public void Derivations_come_only_where_they_are_asked_for()
    {
        ComparisonResult result = Comparer.Compare(Given.Request(Given.Building(1, 1), Given.Fen(1), Equal), PolicyBook.Empty, ComparisonParts.None, new FaultList())!;
        Assert.Null(result.Schemes[0].Derivations);
    }

    [Fact]
    public void Faults_of_all_parts_are_told_together()
    {
        HouseholdRegister building = Given.Building(Given.Household("a", 1), Given.Household("a", 2));
        Assert.Equal(
            [
                "IdDuplicate /building/households/1/id id=a",
                "CostUnknown /funding/0/covers/0 cost=roof",
                "IdDuplicate /schemes/1/id id=s",
                "DoesNotClose /schemes/1/rule/percentages sum=90",
            ],
            Seen.RefusedRequest(Given.Request(building, Given.Fen(100), Equal, Given.Scheme(Given.Percentages([(1, 40), (2, 50)]))) with
            {
                Funding = [Given.Source("firm", Given.Fen(1), "roof")],
            }));
    }

    [Fact]
    public void Without_known_money_only_faults_that_need_none_are_told() => Assert.Equal(
        ["IdDuplicate /costs/1/id id=lift", "HouseholdUnknown /schemes/0/adjustments/1/household household=zzz"],
        Seen.RefusedRequest(Given.Request(Given.Building(1, 1), Given.Fen(100), Given.Scheme(new EqualRule(),
            new FixedAmount { Household = Given.Id("101"), Amount = Given.Fen(5_000) },
            new Exemption { Household = Given.Id("zzz") })) with
        {
            Costs = [Given.Cost("lift", Given.Fen(1)), Given.Cost("lift", Given.Fen(1))],
        }));

    [Fact]
    public void A_household_above_the_top_storey_is_refused() => Assert.Equal(
        ["FloorAboveTop /building/households/1/floor household=b floor=3 storeys=2"],
        Seen.RefusedRequest(Given.Request(
            new HouseholdRegister { Storeys = Floor.Of(2), Households = [Given.Household("a", 2), Given.Household("b", 3)] }, Given.Fen(100), Equal)));

    [Fact]
    public void A_household_above_the_top_is_found_behind_any_number_of_other_faults()
    {
        Household[] many = [.. Enumerable.Repeat(Given.Household("same", 1), 300), Given.Household("high", 9)];
        var faults = new FaultList();
        Assert.Null(Comparer.Compare(Given.Request(new HouseholdRegister { Storeys = Floor.Of(2), Households = many }, Given.Fen(1), Equal), PolicyBook.Empty, ComparisonParts.None, faults));
        Assert.Equal(300, faults.Count);
        Assert.Equal(FaultList.Most, faults.Faults.Count);
    }

    [Theory]
    [InlineData(10_000, 2, true)]
    [InlineData(10_000, 3, false)]
    [InlineData(401, 50, false)]
    [InlineData(400, 50, true)]
    public void Households_times_schemes_are_bounded(int households, int schemes, bool accepted)
    {
        ComparisonRequest request = Given.Request(Given.Building(1, households), Given.Fen(100),
            [.. Enumerable.Range(0, schemes).Select(i => Equal with { Id = new($"s{i}") })]);
        if (accepted) { Assert.Equal(schemes, Seen.Compare(request).Schemes.Count); }
        else { Assert.Equal([$"TooManyShares /schemes households={households} schemes={schemes} limit=20000"], Seen.RefusedRequest(request)); }
    }

    [Theory]
    [InlineData(false, 195, true, 100_000)]
    [InlineData(false, 196, false, 100_000)]
    [InlineData(true, 39, true, 20_000)]
    [InlineData(true, 40, false, 20_000)]
    public void Households_times_rules_are_bounded_counting_every_part_of_a_mix(bool explain, int households, bool accepted, int limit)
    {
        Rule Eight(Rule rule) => Given.Mix([.. Enumerable.Repeat((12.5m, rule), 8)]);
        Rule many = Eight(Eight(Eight(new EqualRule()))); // 512
        var faults = new FaultList();
        ComparisonResult? result = Comparer.Compare(Given.Request(Given.Building(1, households), Given.Fen(100), Given.Scheme(many)), PolicyBook.Empty, explain ? ComparisonParts.Derivations : ComparisonParts.None, faults);
        Assert.Equal(accepted, result is not null);
        Assert.Equal(accepted ? [] : [$"TooManyRules /schemes households={households} rules=512 limit={limit}"], faults.Faults.Select(Seen.Tell));
    }

    [Theory]
    [InlineData("101", null)]
    [InlineData("101", "101")]
    public void A_minimum_above_its_cap_is_told_also_where_the_money_is_not_known(string minimum, string? cap) => Assert.Equal(
        ["IdDuplicate /costs/1/id id=lift", "MinimumAboveCap /schemes/0/adjustments/1 household=101 minimumFen=11 capFen=10"],
        Seen.RefusedRequest(Given.Request(Given.Building(1, 2), Given.Fen(100), Given.Scheme(new EqualRule(),
            new Cap { Household = cap is null ? null : Given.Id(cap), Amount = Given.Fen(10) },
            new Minimum { Household = Given.Id(minimum), Amount = Given.Fen(11) },
            new Cap { Household = cap is null ? Given.Id("102") : null, Amount = Given.Fen(900) })) with
        {
            Costs = [Given.Cost("lift", Given.Fen(1)), Given.Cost("lift", Given.Fen(1))],
        }));

    [Fact]
    public void A_fault_of_one_scheme_leaves_the_money_of_the_others_known() => Assert.Equal(
        ["IdDuplicate /schemes/1/id id=s", "CapsTooLow /schemes/1/adjustments shortfallFen=60"],
        Seen.RefusedRequest(Given.Request(Given.Building(1, 4), Given.Fen(100), Equal,
            Given.Scheme(new EqualRule(), new Cap { Amount = Given.Fen(10) }))));

    [Fact]
    public void A_refund_that_expenses_use_up_is_told_as_nought()
    {
        ComparisonRequest request = Given.Request(Given.Building(1, 2), Given.Fen(100), Equal) with
        {
            Funding = [Given.Source("city", Given.Fen(10)) with { Treatment = Grains.Funding.Treatment.RefundProRata, Expenses = Given.Fen(10) }],
        };
        Assert.All(Seen.Compare(request).Schemes[0].Shares, share => Assert.Equal(Money.Zero, share.Refund));
    }

    [Fact]
    public void Places_are_JSON_pointers()
    {
        Assert.Equal("", Place.Root.ToString());
        Assert.Equal("/a/0/b", Place.Root.At("a").At(0).At("b").ToString());
        Assert.Equal("/x~1y~0z", Place.Root.At("x/y~z").ToString());
    }

    [Fact]
    public void A_whole_number_that_JSON_cannot_hold_stands_as_text()
    {
        FaultValue Value(Int128 number) => ("n", number);
        Assert.Equal(9_007_199_254_740_991L, Value(9_007_199_254_740_991).Value);
        Assert.Equal("9007199254740992", Value(9_007_199_254_740_992).Value);
        Assert.Equal(-9_007_199_254_740_991L, Value(-9_007_199_254_740_991).Value);
        Assert.Equal("-9007199254740992", Value(-9_007_199_254_740_992).Value);
    }
}
