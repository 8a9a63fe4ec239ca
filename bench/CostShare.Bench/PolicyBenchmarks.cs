using BenchmarkDotNet.Attributes;
using CostShare.Api.Policies;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Texts;

namespace CostShare.Bench;

/// <summary>The rival: what a spreadsheet or a line of a program computes. It knows one rule, no day, no condition, no need, and tells no steps.</summary>
internal static class PlainSubsidy
{
    /// <summary>40 % up to 280,000 yuan, or 100,000 yuan, of the lift and its building works.</summary>
    public static decimal Of(string policy, IReadOnlyList<CostLine> costs)
    {
        decimal reckonedOn = 0;
        foreach (CostLine line in costs)
        {
            if (line.Category is CostCategory.Equipment or CostCategory.CivilWorks) { reckonedOn += line.Amount.Fen; }
        }
        return policy == "shanghai-lift" ? Math.Min(Math.Floor(reckonedOn * 0.4m), 28_000_000) : Math.Min(reckonedOn, 10_000_000);
    }
}

/// <summary>One evaluation of a shipped policy on three cost lines, with all facts that it asks for.</summary>
[MemoryDiagnoser]
public class PolicyBenchmarks
{
    private static readonly PolicyBook Book = PolicyFolder.Read(PolicyFolder.Shipped);

    private EvaluationRequest _request = null!;

    /// <summary>A percentage with a cap, and a stated amount under three conditions.</summary>
    [Params("shanghai-lift", "guangzhou-haizhu-lift")]
    public string Policy { get; set; } = "";

    /// <summary>Lift, building works and design.</summary>
    [GlobalSetup]
    public void SetUp() => _request = new EvaluationRequest
    {
        On = new DateOnly(2020, 5, 1),
        Facts = new BuildingFacts { Storeys = Floor.Of(7), SingleOwner = false, UseCertificate = true },
        Costs =
        [
            new CostLine { Id = new("lift"), Name = "电梯", Category = CostCategory.Equipment, Amount = Money.FromFen(31_234_567) },
            new CostLine { Id = new("shaft"), Name = "土建", Category = CostCategory.CivilWorks, Amount = Money.FromFen(22_345_678) },
            new CostLine { Id = new("design"), Name = "设计", Category = CostCategory.Design, Amount = Money.FromFen(3_456_789) },
        ],
    };

    /// <summary>The rival.</summary>
    [Benchmark(Baseline = true)]
    public decimal PlainDecimal() => PlainSubsidy.Of(Policy, _request.Costs);

    /// <summary>Ours: the rule of the day, its conditions, the amount with its steps, and what the lines need.</summary>
    [Benchmark]
    public object Evaluate() => Book.Evaluate(new PolicyId(Policy), _request, new FaultList())!;
}

/// <summary>A whole city at once: 250,000 stairs of unlike height, cost and day, one after the other on one core.</summary>
[MemoryDiagnoser]
public class ManyPolicyBenchmarks
{
    private const int Stairs = 250_000;

    private static readonly PolicyBook Book = PolicyFolder.Read(PolicyFolder.Shipped);
    private static readonly PolicyId[] Policies = [new("shanghai-lift"), new("guangzhou-haizhu-lift")];

    private EvaluationRequest[] _requests = [];

    /// <summary>Seeded stairs; half are reckoned by each policy, on days on which it has a rule.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(20_261_120);
        var first = new DateOnly(2018, 6, 6);
        CostLine Line(string id, CostCategory category, int least, int most) =>
            new() { Id = new(id), Name = id, Category = category, Amount = Money.FromFen(random.Next(least, most)) };
        _requests = [.. Enumerable.Range(0, Stairs).Select(_ => new EvaluationRequest
        {
            On = first.AddDays(random.Next(3 * 365)),
            Facts = new BuildingFacts { Storeys = Floor.Of(random.Next(4, 10)), SingleOwner = random.Next(10) == 0, UseCertificate = random.Next(3) == 0 ? null : true },
            Costs =
            [
                Line("lift", CostCategory.Equipment, 20_000_000, 45_000_000),
                Line("shaft", CostCategory.CivilWorks, 10_000_000, 40_000_000),
                Line("pipes", CostCategory.Pipes, 0, 20_000_000),
            ],
            AcceptUnconfirmed = true,
        })];
    }

    /// <summary>The rival.</summary>
    [Benchmark(Baseline = true)]
    public decimal PlainDecimal()
    {
        decimal sum = 0;
        for (int i = 0; i < _requests.Length; i++) { sum += PlainSubsidy.Of(Policies[i % 2].Value, _requests[i].Costs); }
        return sum;
    }

    /// <summary>Ours.</summary>
    [Benchmark]
    public long Evaluate()
    {
        long sum = 0;
        for (int i = 0; i < _requests.Length; i++) { sum += Book.Evaluate(Policies[i % 2], _requests[i], new FaultList())!.Amount.Fen; }
        return sum;
    }
}
