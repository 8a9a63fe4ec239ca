using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>What counts as work, so that no small request asks for much of it.</summary>
public class WorkLimitTests
{
    [Theory]
    [InlineData(9_090, false, null)]
    [InlineData(9_091, false, "TooManyRules /schemes households=9091 rules=11 limit=100000")]
    [InlineData(909, true, null)]
    [InlineData(910, true, "TooManyRules /schemes households=910 rules=22 limit=20000")]
    public void Each_rule_per_cost_line_counts_and_with_derivations_each_line(int households, bool explain, string? refusal)
    {
        CostId[] ids = [.. Enumerable.Range(0, 11).Select(k => new CostId($"c{k}"))];
        var rule = new PerCostRule { Rules = ids[..10].ToDictionary(id => id, Rule (_) => new EqualRule()), Otherwise = new AreaRule() };
        ComparisonRequest request = Given.Request(Given.Building(1, households), Given.Fen(1), Given.Scheme(rule)) with
        {
            Costs = [.. ids.Select(id => Given.Cost(id.Value, Given.Fen(100)))],
        };
        Assert.Equal(refusal, Refusal(request, explain));
    }

    [Theory]
    [InlineData(AirportMethod.Shapley, 500, true, null)]
    [InlineData(AirportMethod.Shapley, 501, true, "TooManyRules /schemes households=501 rules=40 limit=20000")]
    [InlineData(AirportMethod.Shapley, 501, false, null)]
    [InlineData(AirportMethod.Nucleolus, 501, true, null)]
    public void With_derivations_each_segment_of_the_shaft_counts(AirportMethod method, int households, bool explain, string? refusal)
    {
        HouseholdRegister building = Given.Building([.. Enumerable.Range(0, households).Select(i => Given.Household($"h{i}", (i % 40) + 1))]);
        Rule rule = Given.Airport(method, Enumerable.Range(1, 40).Select(floor => (floor, 1_000L * floor)));
        Assert.Equal(refusal, Refusal(Given.Request(building, Given.Yuan(1_000), Given.Scheme(rule)), explain));
    }

    [Theory] // A hundred areas without a common factor: shares of some 2,300 bits.
    [InlineData("plain", false, null)]
    [InlineData("cap", false, "ExactTooLong /schemes/0 limit=2048")]
    [InlineData("discount", false, "ExactTooLong /schemes/0 limit=2048")]
    [InlineData("plain", true, "ExactTooLong /schemes/0/rule limit=2048")]
    public void Long_shares_are_fewer_where_they_are_computed_with_together_or_told(string kind, bool explain, string? refusal)
    {
        int[] primes = [.. Enumerable.Range(9_000_000, 6_000).Where(n => Enumerable.Range(2, 3_000).All(d => n % d != 0)).Take(100)];
        HouseholdRegister building = Given.Building([.. Enumerable.Range(0, 10_000).Select(i => Given.Household($"h{i}", 1, primes[i % 100] / 100m))]);
        Adjustment[] adjustments = kind switch
        {
            "cap" => [new Cap { Amount = Given.Yuan(1_000_000) }],
            "discount" => [new Discount { Household = Given.Id("h0"), Percent = Given.Percent(50) }],
            _ => [],
        };
        Assert.Equal(refusal, Refusal(Given.Request(building, Given.Yuan(1_000_000), Given.Scheme(Given.Formula("1/area"), adjustments)), explain));
    }

    private static string? Refusal(ComparisonRequest request, bool explain)
    {
        var faults = new FaultList();
        Comparer.Compare(request, PolicyBook.Empty, explain ? ComparisonParts.Derivations : ComparisonParts.None, faults);
        return faults.Faults.Select(Seen.Tell).SingleOrDefault();
    }
}
