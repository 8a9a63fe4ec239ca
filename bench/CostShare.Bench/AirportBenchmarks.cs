using BenchmarkDotNet.Attributes;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Bench;

/// <summary>Every airport method, from exact shares to bills with the derivation noted.</summary>
/// <remarks>
/// The rival is the Shapley value in closed form in binary floating point, household by household, each rounded by itself: the least
/// that any program does. Its shares do not close and carry no reasons.
/// </remarks>
[MemoryDiagnoser]
public class AirportBenchmarks
{
    private HouseholdRegister _building = null!;
    private Scheme _scheme = null!;
    private Budget _budget = null!;
    private double[] _costs = [];

    /// <summary>40 over 9 floors; 1,000 and 10,000 over 200.</summary>
    [Params(40, 1_000, 10_000)]
    public int Households { get; set; }

    /// <summary>The method, with its weight or unit; "nucleolusInManyRounds" has costs that rise ever faster, so that every floor is a round.</summary>
    [Params("shapley", "constrainedEqual", "constrainedProportional", "nucleolus", "nucleolusInManyRounds", "constrainedEqualBenefits",
        "shapleyByArea", "constrainedEqualByArea", "shapleyByFloor")]
    public string Form { get; set; } = "";

    /// <summary>Seeded areas, floors and costs.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(20_261_120);
        int storeys = Households == 40 ? 9 : 200;
        _building = new HouseholdRegister
        {
            Storeys = Floor.Of(storeys),
            Households = [.. Enumerable.Range(0, Households).Select(i => new Household
            {
                Id = new($"h{i}"),
                Floor = Floor.Of(i < storeys ? i + 1 : random.Next(1, storeys + 1)),
                Area = Area.FromHundredths(random.Next(4_000, 15_000)),
            })],
        };
        long cost = 10_000_000;
        var standAlone = Enumerable.Range(1, storeys).ToDictionary(Floor.Of, floor => Money.FromFen(
            cost += Form == "nucleolusInManyRounds" ? (long)floor * floor * floor * 1_000 : random.Next(500_000, 4_000_000)));
        _scheme = new Scheme
        {
            Id = new("s"),
            Name = "s",
            Rule = new AirportRule
            {
                Method = Form switch
                {
                    "constrainedEqual" or "constrainedEqualByArea" => AirportMethod.ConstrainedEqual,
                    "constrainedProportional" => AirportMethod.ConstrainedProportional,
                    "nucleolus" or "nucleolusInManyRounds" => AirportMethod.Nucleolus,
                    "constrainedEqualBenefits" => AirportMethod.ConstrainedEqualBenefits,
                    _ => AirportMethod.Shapley,
                },
                StandAlone = standAlone,
                Weight = Form.EndsWith("ByArea", StringComparison.Ordinal) ? AirportWeight.Area : AirportWeight.Household,
                By = Form.EndsWith("ByFloor", StringComparison.Ordinal) ? AirportBy.Floor : AirportBy.Household,
            },
        };
        _budget = new Budget([new CostId("lift")], [Money.FromFen(123_456_789)], null);
        _costs = [.. _building.Households.Select(household => (double)standAlone[household.Floor].Fen).Order()];
    }

    /// <summary>Sequential equal contributions over sorted costs.</summary>
    [Benchmark(Baseline = true)]
    public double FloatingPoint()
    {
        double share = 0, below = 0, sum = 0, scale = 123_456_789 / _costs[^1];
        for (int i = 0; i < _costs.Length; i++)
        {
            share += (_costs[i] - below) / (_costs.Length - i);
            below = _costs[i];
            sum += Math.Round(share * scale);
        }
        return sum;
    }

    /// <summary>Ours.</summary>
    [Benchmark]
    public object Exact() => Allocation.Run(_building, _scheme, _budget, Place.Root, new FaultList())!;
}

/// <summary>Fifteen and eighteen households: the sizes at which programs for games in general were measured.</summary>
/// <remarks>The rival is the Shapley value of a game in general, over all groups, in binary floating point.</remarks>
[MemoryDiagnoser]
public class GameBenchmarks
{
    private long[] _costs = [];
    private HouseholdRegister _building = null!;

    /// <summary>How many households.</summary>
    [Params(15, 18)]
    public int Households { get; set; }

    /// <summary>Seeded costs, one floor each.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(Households);
        long cost = 0;
        _costs = [.. Enumerable.Range(0, Households).Select(_ => cost += random.Next(10, 400) * 10_000L)];
        _building = new HouseholdRegister
        {
            Storeys = Floor.Of(Households),
            Households = [.. Enumerable.Range(1, Households).Select(floor => new Household { Id = new($"h{floor}"), Floor = Floor.Of(floor), Area = Area.FromHundredths(7_000) })],
        };
    }

    /// <summary>The average of what each household adds to the cost of each group, weighted by the orders in which it comes to it.</summary>
    [Benchmark(Baseline = true)]
    public double[] ShapleyOverAllGroups()
    {
        int n = Households;
        var weights = new double[n];
        double orders = 1.0 / n;
        for (int size = 0; size < n; size++)
        {
            weights[size] = orders;
            orders = orders * (size + 1) / (n - 1 - size);
        }
        var shares = new double[n];
        for (int group = 0; group < 1 << n; group++)
        {
            int size = System.Numerics.BitOperations.PopCount((uint)group);
            // Costs rise with the number of the household, so the highest member decides.
            double cost = group == 0 ? 0 : _costs[System.Numerics.BitOperations.Log2((uint)group)];
            for (int i = 0; i < n; i++)
            {
                if ((group & (1 << i)) == 0) { shares[i] += weights[size] * (Math.Max(cost, _costs[i]) - cost); }
            }
        }
        return shares;
    }

    /// <summary>Ours, the Shapley value.</summary>
    [Benchmark]
    public object Shapley() => Run(AirportMethod.Shapley);

    /// <summary>Ours, the nucleolus.</summary>
    [Benchmark]
    public object Nucleolus() => Run(AirportMethod.Nucleolus);

    private Allocation Run(AirportMethod method)
    {
        var rule = new AirportRule { Method = method, StandAlone = Enumerable.Range(1, Households).ToDictionary(Floor.Of, floor => Money.FromFen(_costs[floor - 1])) };
        return Allocation.Run(_building, new Scheme { Id = new("s"), Name = "s", Rule = rule },
            new Budget([new CostId("lift")], [Money.FromFen(_costs[^1])], null), Place.Root, new FaultList())!;
    }
}
