using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Funding;

/// <summary>A random budget with random sources and policies; the same seed gives the same plan.</summary>
internal sealed record RandomPlan(
    int Seed, CostLine[] Costs, Source[] Sources, Dictionary<PolicyId, IReadOnlyList<SubsidyRule>> Subsidies, BuildingFacts Building)
{
    public static RandomPlan Of(int seed) => new Maker(new Random(seed)).Make(seed);

    /// <summary>Examines many plans that the waterfall accepts; most must be, or the property would say little.</summary>
    public static void ForAll(int firstSeed, Action<RandomPlan, FundingResult> examine)
    {
        int accepted = 0;
        for (int seed = firstSeed; accepted < RandomCase.Count; seed++)
        {
            Assert.True(seed - firstSeed < 2 * RandomCase.Count, "Too many random plans are refused.");
            var plan = Of(seed);
            if (plan.Run() is not FundingResult result) { continue; }
            accepted++;
            try
            {
                examine(plan, result);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Random plan of seed {seed}", exception);
            }
        }
    }

    /// <summary>What the waterfall answers, or null where it refuses.</summary>
    public FundingResult? Run()
    {
        var faults = new FaultList();
        FundingResult result = Waterfall.Run(Costs, Place.Root.At("costs"), Sources, i => Place.Root.At("funding").At(i), Subsidies, Building, faults);
        return faults.Count == 0 ? result : null;
    }

    /// <summary>The same plan without one source.</summary>
    public RandomPlan Without(int source) => this with { Sources = [.. Sources.Where((_, i) => i != source)] };

    /// <summary>The same plan where nothing is kept back of refunds, so that no other change makes it one that is refused.</summary>
    public RandomPlan WithoutExpenses() => this with { Sources = [.. Sources.Select(source => source with { Expenses = Money.Zero })] };

    private sealed class Maker(Random random)
    {
        private static readonly string[] Names =
            ["equipment", "civilWorks", "design", "survey", "supervision", "pipes", "power", "landscape", "inspection", "corridor", "other"];

        // Few different days, so that the bounds of rules and conditions are met exactly.
        private static readonly DateOnly[] Days =
            [new(2018, 1, 1), new(2018, 1, 2), new(2019, 6, 30), new(2019, 7, 1), new(2020, 4, 1), new(2021, 6, 5), new(2021, 6, 6), new(2030, 1, 1)];

        private static readonly Words Said = new() { Zh = "条件", En = "condition" };

        private CostLine[] _costs = [];
        private Dictionary<PolicyId, IReadOnlyList<SubsidyRule>> _subsidies = [];

        public RandomPlan Make(int seed)
        {
            long most = random.Next(6) switch { 0 => 30, 1 => 1_000, 2 => 100_000_000_000_000, _ => 100_000_000 };
            var ids = new HashSet<string>();
            _costs = [.. Enumerable.Range(0, random.Next(1, 8)).Select(i =>
                Given.Cost(Id(i, ids), Amount(most), Category()))];
            _subsidies = Enumerable.Range(0, 2).ToDictionary(i => new PolicyId($"p{i}"), _ => (IReadOnlyList<SubsidyRule>)History(most));
            var free = new HashSet<CostId>(_costs.Select(line => line.Id));
            Source[] sources = [.. Enumerable.Range(0, random.Next(0, 7)).Select<int, Source>(i => random.Next(8) switch
            {
                0 when free.Count > 1 => Programme(i, free),
                < 4 => Settle(new FixedSource { Id = new($"s{i}"), Amount = Amount(most) }, most),
                _ => Settle(Policy(i), most),
            })];
            BuildingFacts building = random.Next(5) == 0 ? new() : Facts() with { Storeys = Floor.Of(random.Next(1, 10)), Households = Count.Of(random.Next(1, 30)) };
            return new RandomPlan(seed, _costs, sources, _subsidies, building);
        }

        /// <summary>Now and then the name of a category, which then means both.</summary>
        private string Id(int i, HashSet<string> taken)
        {
            string name = Names[random.Next(6)];
            return random.Next(6) == 0 && taken.Add(name) ? name : $"c{i}";
        }

        private ProgrammeSource Programme(int i, HashSet<CostId> free)
        {
            CostId[] carried = [.. free.OrderBy(_ => random.Next()).Take(random.Next(1, 3))];
            free.ExceptWith(carried);
            return new ProgrammeSource { Id = new($"s{i}"), CostIds = carried, AfterAcceptance = random.Next(2) == 0 };
        }

        private PolicySource Policy(int i)
        {
            (PolicyId id, IReadOnlyList<SubsidyRule> rules) = _subsidies.ElementAt(random.Next(_subsidies.Count));
            SubsidyRule rule = rules[random.Next(rules.Count)];
            DateOnly on = random.Next(40) == 0 ? Day() : random.Next(3) switch { 0 => rule.From, 1 when rule.To is DateOnly to => to, _ => rule.From.AddDays(1) };
            return new PolicySource
            {
                Id = new($"s{i}"),
                Policy = id,
                On = on,
                Facts = Facts(),
                AcceptUnconfirmed = random.Next(40) > 0,
            };
        }

        /// <summary>What a source may pay, when it arrives and what becomes of it.</summary>
        private Source Settle(Source source, long most)
        {
            Treatment treatment = random.Next(2) == 0 ? Treatment.NetOff : (Treatment)random.Next(3);
            return source with
            {
                Covers = random.Next(3) == 0 ? null : [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
                    random.Next(2) == 0 ? _costs[random.Next(_costs.Length)].Id : new CostId(Names[(int)Category()]))],
                AfterAcceptance = random.Next(3) == 0,
                Treatment = treatment,
                Expenses = treatment == Treatment.RefundProRata && random.Next(4) == 0 ? Money.FromFen(random.NextInt64(0, (most / 20) + 1)) : Money.Zero,
            };
        }

        /// <summary>Rules one after the other, sometimes with days between them without any.</summary>
        private SubsidyRule[] History(long most)
        {
            int versions = random.Next(1, 4);
            return [.. Enumerable.Range(0, versions).Select(k => new SubsidyRule
            {
                From = new DateOnly(2018 + k, 1, 1),
                To = k + 1 < versions || random.Next(3) == 0 ? new DateOnly(2018 + k, random.Next(2) == 0 ? 6 : 12, 30) : null,
                Certainty = (Certainty)random.Next(4),
                References = [Given.Paper("paper", Certainty.Press)],
                Parts = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(most))],
                Conditions = random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Condition())],
                Paid = (PaidWhen)random.Next(3),
            })];
        }

        private SubsidyPart Part(long most) => new()
        {
            Name = Said,
            Layer = (Layer)random.Next(4),
            Base = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Category())],
            Amount = random.Next(7) switch
            {
                0 => new FlatAmount { Amount = Amount(most) },
                1 => new ActualCost(),
                2 => new TieredAmount { By = (CountFact)random.Next(4), Tiers = Tiers(most) },
                3 => new PercentOfBase { Percent = Percentage.FromMillionths(random.Next(0, 100_000_001)) },
                _ => new PercentOfBase { Percent = Percentage.FromMillionths(random.Next(0, 21) * 5_000_000L) },
            },
            Cap = random.Next(2) == 0 ? Amount(most) : null,
        };

        private Tier[] Tiers(long most)
        {
            int from = random.Next(1, 6);
            return [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Tier { From = Count.Of(from += random.Next(1, 3)), Amount = Amount(most) })];
        }

        private Condition Condition() => random.Next(3) switch
        {
            0 => new CountCondition
            {
                Words = Said,
                Fact = (CountFact)random.Next(4),
                AtLeast = random.Next(3) == 0 ? null : Count.Of(random.Next(1, 6)),
                AtMost = random.Next(3) == 0 ? Count.Of(random.Next(4, 12)) : null,
            },
            1 => new YesNoCondition { Words = Said, Fact = (YesNoFact)random.Next(4), Is = random.Next(4) > 0 },
            _ => new DayCondition
            {
                Words = Said,
                Fact = (DayFact)random.Next(3),
                From = random.Next(2) == 0 ? Days[random.Next(4)] : null,
                To = random.Next(2) == 0 ? Days[random.Next(4, 8)] : null,
            },
        };

        private BuildingFacts Facts() => new()
        {
            Storeys = Known() ? Floor.Of(random.Next(1, 10)) : null,
            Households = Known() ? Count.Of(random.Next(1, 12)) : null,
            Stops = random.Next(12) > 0 ? Floor.Of(random.Next(1, 10)) : null,
            Ride = random.Next(12) > 0 ? Floor.Of(random.Next(1, 10)) : null,
            SingleOwner = YesNo(),
            UseCertificate = YesNo(),
            ReservedShaft = YesNo(),
            OwnersCarryMost = YesNo(),
            StartedOn = Known() ? Day() : null,
            AcceptedOn = Known() ? Day() : null,
            AppliedOn = Known() ? Day() : null,
        };

        private bool Known() => random.Next(3) > 0;

        private bool? YesNo() => Known() ? random.Next(3) > 0 : null;

        private DateOnly Day() => Days[random.Next(Days.Length)];

        // Lines of one category are common, so that shares of need must be rounded and parts meet on the same lines.
        private CostCategory Category() => (CostCategory)(random.Next(4) == 0 ? random.Next(11) : random.Next(3));

        private Money Amount(long most) => Money.FromFen(random.Next(8) switch { 0 => 0, 1 => random.Next(10), _ => random.NextInt64(0, most + 1) });
    }
}
