using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>What changed for whom between two reckonings, and why.</summary>
public class BillChangeTests
{
    private static readonly Household A = Given.Household("A", 2), B = Given.Household("B", 3), C = Given.Household("C", 4);

    private static readonly Scheme Equal = Given.Scheme(new EqualRule());

    // 1000 fen by two: 500 and 500.
    private static readonly ComparisonRequest Before = Request(1_000, Equal, A, B);

    [Fact]
    public void Each_part_that_was_replaced_has_its_difference_in_order()
    {
        // By three: 334, 333, 333. With 1200: 400 each. Less 300: 300 each. By 1, 2 and 3 of 6 of 900: 150, 300, 450.
        ComparisonRequest after = Request(1_200, Given.Scheme(Given.Formula("floor - 1")), A, B, C) with { Funding = [Given.Source("firm", Given.Fen(300))] };
        Assert.Equal(
            [
                "A 500 150: Register -166, Costs 66, Funding -100, Scheme -150",
                "B 500 300: Register -167, Costs 67, Funding -100",
                "C - 450: Register 333, Costs 67, Funding -100, Scheme 150",
            ],
            Between(Before, after));
        // And back: 900 by 1 and 2 is 300 and 600, 700 is 233 and 467, 1000 is 333 and 667.
        Assert.Equal(["A 150 500: Register 150, Costs -67, Funding 100, Scheme 167", "B 300 500: Register 300, Costs -133, Funding 200, Scheme -167", "C 450 -: Register -450"],
            Between(after, Before));
    }

    [Fact]
    public void Who_is_not_in_the_register_any_more_stands_last() =>
        Assert.Equal(["A 500 1000: Register 500", "B 500 -: Register -500"], Between(Before, Request(1_000, Equal, A)));

    [Fact]
    public void Households_stand_in_the_order_of_the_register_of_now_even_if_nothing_changes_for_them() =>
        Assert.Equal(["C - 0: ", "B 500 500: ", "A 500 500: "], Between(Before, Request(1_000, Equal, C with { Joins = false }, B, A)));

    [Fact]
    public void What_is_equal_but_not_the_same_object_has_changed_nothing() =>
        Assert.Equal(["A 500 500: ", "B 500 500: "], Between(Before, Request(1_000, Given.Scheme(new EqualRule()), A with { }, B with { })));

    [Fact]
    public void Parts_that_can_only_be_reckoned_together_are_one_cause_and_what_stayed_the_same_is_not_named()
    {
        // The old weights do not know C, so the register can be replaced only together with the scheme.
        ComparisonRequest before = Request(1_000, Given.Scheme(Given.Weights(("A", 1), ("B", 1))), A, B);
        ComparisonRequest after = Request(1_000, Given.Scheme(Given.Weights(("A", 1), ("B", 1), ("C", 2))), A, B, C);
        Assert.Equal(["A 500 250: Register+Scheme -250", "B 500 250: Register+Scheme -250", "C - 500: Register+Scheme 500"], Between(before, after));
        after = after with { Costs = [Given.Cost("lift", Given.Fen(2_000))] };
        Assert.Equal(["A 500 500: ", "B 500 500: ", "C - 1000: Register+Costs+Scheme 1000"], Between(before, after));
        // What follows the parts that were taken together stands by itself again: a budget without pipes needs the funding without them.
        before = Before with { Costs = [Given.Cost("lift", Given.Fen(1_000)), Given.Cost("pipes", Given.Fen(200))], Funding = [Given.Source("firm", Given.Fen(200), "pipes")] };
        after = Request(1_400, Given.Scheme(Given.Weights(("A", 3), ("B", 4))), A, B);
        Assert.Equal(["A 500 600: Costs 200, Scheme -100", "B 500 800: Costs 200, Scheme 100"], Between(before, after));
    }

    [Fact]
    public void Who_is_paid_is_told_below_0()
    {
        ComparisonRequest before = Request(1_000, Given.Scheme(new EqualRule(), new Compensation { Household = Given.Id("A"), Amount = Given.Fen(300) }), A with { Joins = false }, B);
        ComparisonRequest after = before with { Schemes = [Given.Scheme(new EqualRule(), new Compensation { Household = Given.Id("A"), Amount = Given.Fen(500) })] };
        Assert.Equal(["A -300 -500: Scheme -200", "B 1300 1500: Scheme 200"], Between(before, after));
        Assert.Equal(["B 1300 1000: Register+Scheme -300", "A -300 -: Register+Scheme 300"], Between(before, Request(1_000, Equal, B)));
    }

    [Fact]
    public void A_rule_of_a_policy_that_changed_is_a_cause_of_its_own()
    {
        ComparisonRequest request = Before with { Funding = [new PolicySource { Id = new("city"), Policy = new("city-lift"), On = new DateOnly(2022, 1, 1) }] };
        // 40 % of 1000 leave 600, 30 % leave 700.
        IReadOnlyList<BillChange> changes = BillChange.Between(request, City(40), request, City(30));
        Assert.Equal(["A 300 350: Policies 50", "B 300 350: Policies 50"], changes.Select(Tell));
    }

    [Fact]
    public void What_cannot_be_carried_out_is_no_beginning_and_no_end()
    {
        ComparisonRequest wrong = Request(1_000, Given.Scheme(Given.Weights(("A", 1))), A, B);
        Assert.Throws<ArgumentException>("before", () => Between(wrong, Before));
        Assert.Throws<ArgumentException>("after", () => Between(Before, wrong));
    }

    [Fact]
    public void Causes_always_add_up_in_the_order_of_the_register_with_no_household_twice()
    {
        int together = 0, apart = 0;
        for (int seed = 0; seed < RandomCase.Count / 2; seed++)
        {
            var random = new Random(seed);
            if (Find(random) is not ComparisonRequest before || Find(random) is not ComparisonRequest other) { continue; }
            // Some parts stay as they are.
            ComparisonRequest after = other with
            {
                Building = random.Next(2) == 0 ? before.Building : other.Building,
                Costs = random.Next(2) == 0 ? before.Costs : other.Costs,
                Funding = random.Next(2) == 0 ? before.Funding : other.Funding,
                Schemes = random.Next(3) == 0 ? before.Schemes : other.Schemes,
            };
            if (Amounts(before) is not { } was || Amounts(after) is not { } now) { continue; }
            IReadOnlyList<BillChange> changes = BillChange.Between(before, PolicyBook.Empty, after, PolicyBook.Empty);
            Assert.Equal(
                now.Keys.Concat(was.Keys.Where(id => !now.ContainsKey(id))),
                changes.Select(change => change.Household));
            foreach (BillChange change in changes)
            {
                Assert.Equal((was.TryGetValue(change.Household, out long b) ? b : null, now.TryGetValue(change.Household, out long a) ? a : null), (change.Before?.Fen, change.After?.Fen));
                Assert.Equal(a - b, change.Causes.Sum(cause => cause.Difference.Fen));
                Assert.DoesNotContain(change.Causes, cause => cause.Difference.Fen == 0);
                BillPart[] named = [.. change.Causes.SelectMany(cause => cause.Parts)];
                Assert.Equal(named.Distinct().Order(), named);
            }
            together += changes.Any(change => change.Causes.Any(cause => cause.Parts.Count > 1)) ? 1 : 0;
            apart += changes.Any(change => change.Causes.Count > 1) ? 1 : 0;
        }
        Assert.True(together > RandomCase.Count / 200 && apart > RandomCase.Count / 200, $"{together} together, {apart} apart");
    }

    private static ComparisonRequest? Find(Random random)
    {
        var one = RandomCase.Of(random.Next(1_000_000));
        if (one.Building.Households.Count > 20 || one.SelfFunded > Given.Yuan(10_000_000)) { return null; }
        return new ComparisonRequest
        {
            Building = PolledRegister.Of(one.Building),
            Costs = [.. one.Budget.Costs.Select((id, k) => Given.Cost(id.Value, one.Budget.SelfFunded![k]))],
            Funding = random.Next(2) == 0 ? [] : [Given.Source("firm", Given.Fen(random.Next(1, 1_000_000)))],
            Schemes = [one.Scheme],
        };
    }

    private static Dictionary<HouseholdId, long>? Amounts(ComparisonRequest request) =>
        Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.None, new FaultList())?.Schemes[0].Shares.ToDictionary(share => share.Household, share => share.Amount.Fen);

    private static PolicyBook City(int percent) => PolicyBook.Of([new SubsidyPolicy
    {
        Id = new("city-lift"),
        Name = Said,
        City = Said,
        Versions =
        [
            new SubsidyRule
            {
                From = new DateOnly(2020, 1, 1),
                Certainty = Certainty.Official,
                References = [Given.Paper("notice", Certainty.Official)],
                Paid = PaidWhen.DuringWorks,
                Parts = [new SubsidyPart { Name = Said, Layer = Layer.City, Base = [CostCategory.Equipment], Amount = new PercentOfBase { Percent = Given.Percent(percent) } }],
            },
        ],
    }]);

    private static Words Said => new() { Zh = "市", En = "city" };

    private static ComparisonRequest Request(long fen, Scheme scheme, params Household[] households) =>
        new() { Building = PolledRegister.Of(new HouseholdRegister { Storeys = Floor.Of(7), Households = households }), Costs = [Given.Cost("lift", Given.Fen(fen))], Schemes = [scheme] };

    private static string[] Between(ComparisonRequest before, ComparisonRequest after) => [.. BillChange.Between(before, PolicyBook.Empty, after, PolicyBook.Empty).Select(Tell)];

    internal static string Tell(BillChange change) =>
        $"{change.Household} {change.Before?.Fen.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} {change.After?.Fen.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}: "
        + string.Join(", ", change.Causes.Select(cause => $"{string.Join('+', cause.Parts)} {cause.Difference.Fen}"));
}
