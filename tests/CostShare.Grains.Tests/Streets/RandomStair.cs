using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Tests.Funding;

namespace CostShare.Grains.Tests.Streets;

/// <summary>A random stair as its street sees it, with the policies that its money goes by; the same seed gives the same stair.</summary>
internal sealed record RandomStair(BuildingSummary Summary, PolicyBook Policies)
{
    /// <summary>A stair of its own policies.</summary>
    public static RandomStair Of(int seed)
    {
        var plan = RandomPlan.Of(seed);
        var random = new Random(seed);
        return new RandomStair(Summarise(plan, random, seed), Book(plan));
    }

    /// <summary>Stairs under the same policies, of amounts whose sum can be told; of some the funding is not of these policies.</summary>
    public static (BuildingSummary[] Stairs, PolicyBook Policies) Many(int seed, int count)
    {
        var random = new Random(seed);
        BuildingSummary[] stairs = [.. Enumerable.Range(0, count).Select(i => Summarise(RandomPlan.Of(random.Next(4) == 0 ? seed + i : seed), random, i))];
        return ([.. stairs.Where(stair => Money.Sum(stair.Costs.Select(line => line.Amount)) < Money.FromFen(Money.Largest.Fen / count))], Book(RandomPlan.Of(seed)));
    }

    private static PolicyBook Book(RandomPlan plan) => PolicyBook.Of(plan.Subsidies.Select(policy => new SubsidyPolicy
    {
        Id = policy.Key,
        Name = new() { Zh = "补贴", En = policy.Key.Value },
        City = new() { Zh = "城", En = "city" },
        Versions = policy.Value,
    }));

    private static BuildingSummary Summarise(RandomPlan plan, Random random, int number)
    {
        Stage? stage = random.Next(4) == 0 ? null : (Stage)random.Next(7);
        DateOnly? signed = random.Next(3) > 0 ? Day() : null;
        return new BuildingSummary
        {
            Building = BuildingId.Of($"b{number}"),
            Site = new BuildingRegistered { Street = $"street {random.Next(2)}", Estate = random.Next(3) == 0 ? null : $"estate {random.Next(2)}", Address = $"No. {number}", Storeys = Floor.Of(random.Next(2, 9)) },
            Households = random.Next(5) == 0 ? null : Count.Of(random.Next(1, 30)),
            Feasibility = random.Next(4) == 0 ? null : (Feasibility)random.Next(3),
            Stage = stage,
            StageOn = stage is null ? null : Day(),
            StartedOn = stage is null ? null : signed?.AddDays(-random.Next(5)),
            SignedOn = signed,
            Costs = plan.Costs,
            Funding = plan.Sources,
            Subsidies = [.. plan.Sources.Where(source => source is not ProgrammeSource && random.Next(2) == 0).Select(source => new SubsidyStanding
            {
                Source = source.Id,
                State = (SubsidyState)random.Next(4),
                On = Day(),
                Planned = Sum(),
                Claimed = Sum(),
                Granted = Sum(),
                Paid = Sum(),
                Certificate = random.Next(2) == 0 ? $"T{random.Next(6)}" : null,
                Programme = random.Next(2) == 0 ? $"programme {random.Next(2)}" : null,
            })],
            Billed = random.Next(2) == 0 ? Money.FromFen(random.Next(1_000_000)) : null,
        };

        DateOnly Day() => new DateOnly(2026, 1, 1).AddDays(random.Next(300));
        Money? Sum() => random.Next(2) == 0 ? Money.FromFen(random.Next(60_000_000)) : null;
    }
}
