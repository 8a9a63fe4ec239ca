using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>A random building with a random scheme; the same seed gives the same case.</summary>
internal sealed record RandomCase(int Seed, HouseholdRegister Building, Scheme Scheme, Budget Budget)
{
    /// <summary>What residents raise.</summary>
    public Money SelfFunded => Budget.Total!.Value;

    /// <summary>How many cases each property sees: 10,000, unless the full tier asks for more or a mutation run for fewer.</summary>
    public static int Count { get; } =
        int.Parse(Environment.GetEnvironmentVariable("COSTSHARE_CASES") ?? "10000", CultureInfo.InvariantCulture);

    private static readonly long[] Units = [1, 1, 100, 100, 1_000, 10_000];
    private static readonly string[] FlatTypes = ["one", "two", "three"];

    public static RandomCase Of(int seed) => new Maker(new Random(seed)).Make(seed);

    /// <summary>Examines many cases that the engine accepts; most must be, or the property would say little.</summary>
    public static void ForAll(int firstSeed, Action<RandomCase, Allocation> examine)
    {
        int accepted = 0;
        for (int seed = firstSeed; accepted < Count; seed++)
        {
            Assert.True(seed - firstSeed < 3 * Count, "Too many random cases are refused.");
            var one = Of(seed);
            if (one.Run() is not Allocation allocation) { continue; }
            accepted++;
            try
            {
                examine(one, allocation);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Random case of seed {seed.ToString(CultureInfo.InvariantCulture)}", exception);
            }
        }
    }

    public Allocation? Run()
    {
        var faults = new Faults.FaultList();
        return Allocation.Run(Building, Scheme, Budget, Seen.Place, faults);
    }

    private sealed class Maker(Random random)
    {
        private HouseholdRegister _building = null!;
        private CostId[] _lines = [];

        public RandomCase Make(int seed)
        {
            int storeys = random.Next(10) == 0 ? random.Next(1, 31) : random.Next(1, 10);
            int count = random.Next(8) == 0 ? 1 : random.Next(2, 41);
            // Few different areas, so that equals are common; sometimes all differ.
            bool alike = random.Next(3) > 0;
            long[] areas = [.. Enumerable.Range(0, 4).Select(_ => (long)random.Next(1_000, 20_000))];
            _building = new HouseholdRegister
            {
                Storeys = Floor.Of(storeys),
                Households = [.. Enumerable.Range(0, count).Select(i => new Household
                {
                    Id = new($"h{i.ToString(CultureInfo.InvariantCulture)}"),
                    Floor = Floor.Of(random.Next(1, storeys + 1)),
                    Area = Area.FromHundredths(alike ? areas[random.Next(4)] : random.Next(1, 1_000_000)),
                    Joins = random.Next(10) > 0,
                    Entry = random.Next(3) == 0 ? Entry.HalfLanding : Entry.Level,
                    FlatType = new FlatType(FlatTypes[random.Next(3)]),
                })],
            };
            long money = random.Next(12) switch
            {
                0 => 0,
                1 => random.Next(1, 100),
                2 => random.NextInt64(1, 1_000_000_000_000_000),
                _ => random.NextInt64(1_000_000, 100_000_000),
            };
            _lines = [.. Enumerable.Range(0, random.Next(1, 5)).Select(k => new CostId($"c{k.ToString(CultureInfo.InvariantCulture)}"))];
            Rule rule = random.Next(10) switch { 0 => MakeSteps(money), 1 => MakePerCost(), _ => MakeRule(0) };
            var adjustments = new List<Adjustment>();
            if (random.Next(2) == 0) { AddAdjustments(adjustments, money); }
            if (random.Next(8) == 0) { rule = MakeFixed(rule, adjustments, money); }
            var scheme = new Scheme
            {
                Id = new("random"),
                Name = "random",
                Rule = rule,
                Adjustments = adjustments,
                Rounding = Given.InUnits(Units[random.Next(Units.Length)], random.Next(2) == 0 ? RoundingMode.Up : RoundingMode.LargestRemainder),
            };
            return new RandomCase(seed, _building, scheme, MakeBudget(money));
        }

        private Budget MakeBudget(long money) => new(_lines,
            Apportionment.Split(Money.FromFen(money), [.. _lines.Select((_, k) => Money.FromFen(k == 0 ? 1 : random.Next(0, 5)))]).Amounts,
            Money.FromFen(money == 0 ? 0 : random.NextInt64(0, money)));

        private FixedRule MakeFixed(Rule remainder, List<Adjustment> adjustments, long money)
        {
            adjustments.RemoveAll(adjustment => adjustment is not Compensation);
            HouseholdId[] joining = [.. _building.Households.Where(household => household.Joins).Select(household => household.Id)];
            var amounts = joining.OrderBy(_ => random.Next()).Take(random.Next(1, 4))
                .ToDictionary(id => id, _ => Money.FromFen(random.NextInt64(0, (money / 5) + 1)));
            return new FixedRule { Amounts = amounts, Remainder = remainder };
        }

        private Rule MakeRule(int depth) => random.Next(depth < 3 ? 14 : 13) switch
        {
            9 or 10 or 11 => MakeAirport(),
            12 => new FormulaRule { Expression = RandomExpression.Of(random) },
            0 => new EqualRule(),
            1 => new AreaRule(),
            2 or 3 => MakeCoefficients(),
            4 or 5 => MakePercentages(),
            6 => new RideRule(),
            7 => new PointsRule
            {
                ByType = FlatTypes.Where(type => _building.Households.Any(household => household.FlatType!.Value.Value == type))
                    .ToDictionary(type => new FlatType(type), _ => MakeCoefficient(3)),
                PerFloor = MakeCoefficient(2),
                FromFloor = Floor.Of(random.Next(1, 4)),
            },
            8 => new WeightsRule { Weights = _building.Households.ToDictionary(household => household.Id, _ => MakeCoefficient(10)) },
            _ => MakeMix(depth),
        };

        private StepsRule MakeSteps(long money)
        {
            long step = random.NextInt64(0, (money / 20) + 1);
            return new StepsRule
            {
                FromFloor = Floor.Of(random.Next(1, 4)),
                Base = Money.FromFen(random.NextInt64(0, (money / 20) + 1)),
                Step = Money.FromFen(random.Next(2) == 0 ? step : step / 20),
                Closing = (Closing)random.Next(2),
            };
        }

        private PerCostRule MakePerCost()
        {
            CostId[] own = [.. _lines.Where((_, k) => k == 0 || random.Next(2) == 0)];
            return new PerCostRule { Rules = own.ToDictionary(id => id, _ => MakeRule(2)), Otherwise = random.Next(4) > 0 ? MakeRule(2) : null };
        }

        private AirportRule MakeAirport()
        {
            var method = (AirportMethod)random.Next(5);
            long cost = random.Next(3) * 5_000_000L;
            return new AirportRule
            {
                Method = method,
                StandAlone = Enumerable.Range(1, _building.Storeys.Number).ToDictionary(Floor.Of,
                    _ => Money.FromFen(cost += random.Next(4) == 0 ? 0 : random.Next(2) == 0 ? 1_000_000L * random.Next(1, 9) : random.NextInt64(0, 40_000_000))),
                Weight = method is AirportMethod.Shapley or AirportMethod.ConstrainedEqual && random.Next(2) == 0 ? AirportWeight.Area : AirportWeight.Household,
                By = method == AirportMethod.Shapley && random.Next(3) == 0 ? AirportBy.Floor : AirportBy.Household,
            };
        }

        private FloorCoefficientsRule MakeCoefficients()
        {
            int listed = random.Next(1, _building.Storeys.Number + 1);
            bool steps = listed < _building.Storeys.Number || random.Next(2) == 0;
            return new FloorCoefficientsRule
            {
                Coefficients = Enumerable.Range(1, listed).ToDictionary(Floor.Of, floor => floor == 1 && random.Next(2) == 0 ? default : MakeCoefficient(3)),
                StepAbove = steps ? MakeCoefficient(1) : null,
                SharedBy = (SharedBy)random.Next(3),
                Within = (Within)random.Next(2),
            };
        }

        private FloorPercentagesRule MakePercentages()
        {
            // Payers are who joins and is not taken out; a floor that loses its last payer makes the table not close, and the case is refused.
            int[] floors = [.. _building.Households.Where(household => household.Joins).Select(household => household.Floor.Number).Distinct()];
            long[] parts = [.. Enumerable.Range(0, int.Max(floors.Length, 1)).Select(_ => (long)random.Next(0, 40))];
            if (parts.Sum() == 0) { parts[0] = 1; }
            long[] millionths = Apportionment.Split(Money.FromFen(Percentage.WholeMillionths), [.. parts.Select(Money.FromFen)]).Amounts.InFen();
            return new FloorPercentagesRule
            {
                Percentages = floors.Length == 0
                    ? new Dictionary<Floor, Percentage> { [Floor.Of(1)] = Percentage.FromMillionths(Percentage.WholeMillionths) }
                    : floors.Zip(millionths).ToDictionary(pair => Floor.Of(pair.First), pair => Percentage.FromMillionths(pair.Second)),
                Within = (Within)random.Next(2),
            };
        }

        private MixRule MakeMix(int depth)
        {
            int parts = random.Next(2, 4);
            long[] millionths = Apportionment.Split(Money.FromFen(Percentage.WholeMillionths),
                [.. Enumerable.Range(0, parts).Select(_ => Money.FromFen(random.Next(1, 10)))]).Amounts.InFen();
            return new MixRule
            {
                Parts = [.. millionths.Select(part => new MixPart { Percent = Percentage.FromMillionths(part), Rule = MakeRule(depth + 1) })],
            };
        }

        private Coefficient MakeCoefficient(int most) => random.Next(5) switch
        {
            0 => default,
            1 => Coefficient.FromMillionths(random.Next(0, (most * 1_000_000) + 1)),
            _ => Coefficient.FromMillionths(random.Next(0, (most * 10) + 1) * 100_000),
        };

        private void AddAdjustments(List<Adjustment> adjustments, long money)
        {
            Household[] joining = [.. _building.Households.Where(household => household.Joins)];
            long average = money / int.Max(joining.Length, 1);
            var special = new HashSet<HouseholdId>();
            foreach (Household household in _building.Households)
            {
                if (random.Next(15) == 0) { adjustments.Add(new Compensation { Household = household.Id, Amount = Some(average) }); }
                if (random.Next(25) == 0) { adjustments.Add(new Relief { Household = household.Id, Amount = Some(average / 20), Payer = "street" }); }
            }
            foreach (Household household in joining)
            {
                switch (random.Next(20))
                {
                    case 0 when special.Add(household.Id): adjustments.Add(new Exemption { Household = household.Id }); break;
                    case 1 when special.Add(household.Id): adjustments.Add(new FixedAmount { Household = household.Id, Amount = Some(average) }); break;
                    case 2 or 3 when special.Add(household.Id):
                        adjustments.Add(new Discount { Household = household.Id, Percent = Percentage.FromMillionths(random.Next(0, 101) * 1_000_000L) });
                        break;
                    case 4 when special.Add(household.Id): adjustments.Add(new Cap { Household = household.Id, Amount = Some(2 * average) }); break;
                    case 5 when special.Add(household.Id): adjustments.Add(new Minimum { Household = household.Id, Amount = Some(average / 4) }); break;
                    default: break;
                }
            }
            if (random.Next(3) == 0) { adjustments.Add(new Cap { Amount = Money.FromFen(average + random.NextInt64(0, (3 * average) + 1)) }); }
            if (random.Next(3) == 0) { adjustments.Add(new Minimum { Amount = Some(average / 4) }); }
            Adjustment[] shuffled = [.. adjustments.OrderBy(_ => random.Next())];
            adjustments.Clear();
            adjustments.AddRange(shuffled);
        }

        private Money Some(long most) => Money.FromFen(random.NextInt64(0, long.Max(most, 0) + 1));
    }
}
