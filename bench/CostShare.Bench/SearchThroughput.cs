using System.Diagnostics;
using System.Globalization;
using CostShare.Api.Policies;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Bench;

/// <summary>How many schemes a second a search looks at on one core, beside a plain loop over the same family and the exact engine on some of it. All in one thread, in turns.</summary>
/// <remarks>
/// The plain loop reckons in binary floating point what the search does by every criterion, scheme by scheme and household by household, and keeps nothing: it neither compares schemes nor knows how far off it is.
/// </remarks>
internal static class SearchThroughput
{
    private const int Storeys = 6, Households = 35;

    private static readonly PolicyBook Policies = PolicyFolder.Read(PolicyFolder.Shipped);

    public static void Run(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        Console.WriteLine("family                       search, M/s            plain loop, M/s  exact engine, M/s  ratio to loop  to engine  schemes     exact  frontier");
        foreach ((string name, SearchRequest request) in Requests())
        {
            var loop = new PlainLoop(request);
            Search(request);
            loop.Run();
            RunExact(request, loop);
            var searches = new List<(double Rate, SchemeSearch Search, SearchResult Result)>();
            List<double> loops = [], engines = [];
            for (int round = 0; round < rounds; round++)
            {
                searches.Add(Search(request));
                loops.Add(loop.Run());
                engines.Add(RunExact(request, loop));
            }
            searches.Sort((a, b) => a.Rate.CompareTo(b.Rate));
            loops.Sort();
            engines.Sort();
            (double rate, SchemeSearch search, SearchResult result) = searches[rounds / 2];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-28} {rate / 1e6,6:F2} ({searches[0].Rate / 1e6:F2} to {searches[^1].Rate / 1e6:F2}) {loops[rounds / 2] / 1e6,12:F2} {engines[rounds / 2] / 1e6,18:F4} {rate / loops[rounds / 2],14:F1} {rate / engines[rounds / 2],10:F0} {search.Total,10} {search.Exact,8} {result.Frontier,8}"));
        }
    }

    private static (double Rate, SchemeSearch Search, SearchResult Result) Search(SearchRequest request)
    {
        long start = Stopwatch.GetTimestamp();
        SchemeSearch search = SchemeSearch.Of(request, Policies, new FaultList())!;
        while (search.Done < search.Total) { search.Advance(50_000); }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (search.Total / seconds, search, search.Result());
    }

    /// <summary>Carries out some schemes of the family exactly.</summary>
    private static double RunExact(SearchRequest request, PlainLoop loop)
    {
        const int some = 2_000;
        Scheme[] schemes = [.. loop.Schemes(some)];
        var budget = new Budget([request.Costs[0].Id], [request.Costs[0].Amount], null);
        HouseholdRegister register = request.Building.Register;
        long start = Stopwatch.GetTimestamp();
        foreach (Scheme scheme in schemes) { Allocation.Run(register, scheme, budget, Place.Root, new FaultList()); }
        return schemes.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static IEnumerable<(string Name, SearchRequest Request)> Requests()
    {
        var random = new Random(20_261_120);
        // Half of the owners of the upper floors would pay more than those of the lower ones; some own two flats.
        PolledHousehold[] households = [.. Enumerable.Range(0, Households).Select(i => new PolledHousehold
        {
            Id = new($"{(i / 6) + 1}0{(i % 6) + 1}"),
            Floor = Floor.Of((i / 6) + 1),
            Area = Area.FromHundredths(random.Next(4_000, 12_000)),
            Owners = [new Owner { Person = new($"p{(random.Next(8) == 0 ? i / 2 : i)}") }],
            Stance = random.Next(12) switch { 0 => Stance.No, 1 => Stance.Yes, _ => null },
            Limit = random.Next(10) < 7 ? Money.FromFen(100_000L * random.Next(0, 6 + (5 * ((i / 6) + 1)))) : null,
        })];
        SearchRequest request = new()
        {
            Building = new PolledRegister { Storeys = Floor.Of(Storeys), Households = households },
            Costs = [new CostLine { Id = new("lift"), Name = "电梯", Category = CostCategory.Equipment, Amount = Money.FromFen(48_000_000) }],
            StandAlone = new StandAloneModel { Fixed = Money.FromFen(20_000_000), PerStop = Money.FromFen(1_500_000), PerStorey = Money.FromFen(2_000_000), Ground = Money.Zero },
            Guidance = new Guidance { Policy = new("beijing-guidance"), On = new DateOnly(2023, 3, 1) },
            Family = new SchemeFamily
            {
                Coefficients = new CoefficientFamily
                {
                    FirstFloor = new FloorRange { From = Floor.Of(1), To = Floor.Of(3) },
                    Base = Range(0, 1, 0.1m),
                    Step = Range(0.05m, 1, 0.05m),
                    SharedBy = [SharedBy.Floor, SharedBy.Household, SharedBy.Area],
                    Within = [Within.Area, Within.Equal],
                },
                Blend = new BlendFamily { With = [BlendRule.Equal, BlendRule.Area, BlendRule.Height], Step = Percentage.FromMillionths(10_000_000) },
            },
        };
        SchemeFamily capped = request.Family with { Caps = [Money.FromFen(2_000_000), Money.FromFen(2_500_000), Money.FromFen(3_000_000)] };
        var hundred = new Rounding { Unit = BillingUnit.FromFen(10_000) };
        yield return ("blends, fen", request);
        yield return ("blends, 100 yuan", request with { Rounding = hundred });
        yield return ("blends, 100 yuan up", request with { Rounding = hundred with { Mode = RoundingMode.Up } });
        yield return ("blends and caps, fen", request with { Family = capped });
        yield return ("blends and caps, 100 yuan", request with { Family = capped, Rounding = hundred });
        yield return ("coefficients alone, fen", request with { Family = request.Family with { Blend = null, Coefficients = request.Family.Coefficients! with { Base = Range(0, 3.99m, 0.01m), Step = Range(0.005m, 2, 0.005m) } } });
        yield return ("support alone, fen", request with { StandAlone = null, Guidance = null });
    }

    private static CoefficientRange Range(decimal from, decimal to, decimal step) => new() { From = Of(from), To = Of(to), Step = Of(step) };

    private static Coefficient Of(decimal value) => Coefficient.FromMillionths((long)(value * 1_000_000));

    /// <summary>The rival.</summary>
    private sealed class PlainLoop(SearchRequest request)
    {
        private readonly IReadOnlyList<PolledHousehold> _households = request.Building.Households;
        private readonly int[] _floors = [.. request.Building.Households.Select(household => household.Floor.Number)];
        private readonly double[] _areas = [.. request.Building.Households.Select(household => household.Area.Hundredths / 100.0)];
        private readonly double[] _limits = [.. request.Building.Households.Select(household => household.Limit is Money limit ? limit.Fen : double.PositiveInfinity)];
        private readonly bool[] _mayAgree = [.. request.Building.Households.Select(household => household.Stance != Stance.No && (household.Stance == Stance.Yes || household.Limit is not null))];
        private readonly double[] _shares = new double[Households];

        /// <summary>Whatever it comes to, so that nothing is left out as not needed.</summary>
        public double Sum { get; private set; }

        /// <summary>Some schemes, spread over the family.</summary>
        public IEnumerable<Scheme> Schemes(int some)
        {
            (int Floor, double Base, double Step, SharedBy SharedBy, Within Within)[] sets = [.. Sets()];
            (int C, int E, int A, int H)[] blends = [.. Blends()];
            IReadOnlyList<Money?> caps = Caps();
            var random = new Random(some);
            for (int k = 0; k < some; k++)
            {
                (int first, double start, double step, SharedBy sharedBy, Within within) = sets[random.Next(sets.Length)];
                (int c, int e, int a, int h) = blends[random.Next(blends.Length)];
                if (start + step == 0) { continue; }
                Rule coefficients = new FloorCoefficientsRule
                {
                    Coefficients = Enumerable.Range(1, Storeys).ToDictionary(Floor.Of, floor => Of(floor < first ? 0 : (decimal)start + ((decimal)step * (floor - first)))),
                    SharedBy = sharedBy,
                    Within = within,
                };
                (int Part, Rule Rule)[] parts = [.. new (int Part, Rule Rule)[] { (c, coefficients), (e, new EqualRule()), (a, new AreaRule()), (h, new RideRule()) }.Where(part => part.Part > 0)];
                yield return new Scheme
                {
                    Id = new("s"),
                    Name = "s",
                    Rule = parts.Length == 1 ? parts[0].Rule : new MixRule { Parts = [.. parts.Select(part => new MixPart { Percent = Percentage.FromMillionths(part.Part * 1_000_000L), Rule = part.Rule })] },
                    Adjustments = caps[random.Next(caps.Count)] is Money cap ? [new Cap { Amount = cap }] : [],
                    Rounding = request.Rounding,
                };
            }
        }

        public double Run()
        {
            long count = 0, start = Stopwatch.GetTimestamp();
            (int C, int E, int A, int H)[] blends = [.. Blends()];
            Money?[] caps = [.. Caps()];
            foreach ((int first, double begin, double step, SharedBy sharedBy, Within within) in Sets())
            {
                foreach ((int c, int e, int a, int h) in blends)
                {
                    foreach (Money? cap in caps)
                    {
                        Look(first, begin, step, sharedBy, within, c / 100.0, e / 100.0, a / 100.0, h / 100.0, cap?.Fen ?? double.PositiveInfinity);
                        count++;
                    }
                }
                // A family of several million takes the loop too long.
                if (Stopwatch.GetElapsedTime(start).TotalSeconds > 2) { break; }
            }
            return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        private IReadOnlyList<Money?> Caps() => [null, .. request.Family.Caps.Select(cap => (Money?)cap)];

        private void Look(int first, double begin, double step, SharedBy sharedBy, Within within, double c, double e, double a, double h, double cap)
        {
            double money = request.Costs[0].Amount.Fen, total = 0, area = 0, height = 0;
            Span<double> floorAreas = stackalloc double[Storeys + 1], floorCounts = stackalloc double[Storeys + 1], floorSums = stackalloc double[Storeys + 1];
            for (int i = 0; i < Households; i++)
            {
                floorAreas[_floors[i]] += _areas[i];
                floorCounts[_floors[i]]++;
                area += _areas[i];
                height += _floors[i] - 1;
            }
            for (int floor = first; floor <= Storeys; floor++)
            {
                total += (begin + (step * (floor - first))) * (sharedBy switch { SharedBy.Floor => 1, SharedBy.Household => floorCounts[floor], _ => floorAreas[floor] });
            }
            for (int i = 0; i < Households; i++)
            {
                int floor = _floors[i];
                double own = floor < first ? 0 : (begin + (step * (floor - first))) / total;
                own *= sharedBy switch { SharedBy.Household => 1, SharedBy.Area => _areas[i], _ => within == Within.Area ? _areas[i] / floorAreas[floor] : 1 / floorCounts[floor] };
                _shares[i] = money * ((c * own) + (e / Households) + (a * _areas[i] / area) + (h * (floor - 1) / height));
            }
            double factor = 1;
            for (int before = -1, capped = 0; capped > before && cap < double.PositiveInfinity;)
            {
                double free = 0;
                (before, capped) = (capped, 0);
                foreach (double share in _shares)
                {
                    if (share * factor > cap) { capped++; }
                    else { free += share; }
                }
                if (capped > before) { factor = (money - (cap * capped)) / free; }
                else { break; }
            }
            int above = 0, yes = 0;
            double yesArea = 0, worst = 0, below = 0, distance = 0;
            for (int i = 0; i < Households; i++)
            {
                double share = Math.Min(_shares[i] * factor, cap);
                floorSums[_floors[i]] += share;
                if (Math.Round(share) > _limits[i]) { above++; }
                else if (_mayAgree[i])
                {
                    yes++;
                    yesArea += _areas[i];
                }
            }
            for (int floor = 1; floor <= Storeys; floor++)
            {
                below += floorSums[floor];
                worst = Math.Max(worst, below - (floor == 1 ? 0 : money * (20_000_000.0 + (1_500_000 * floor) + (2_000_000 * (floor - 1))) / 39_000_000));
                double percent = 100 * floorSums[floor] / money;
                distance += Math.Max(0, Math.Max((3 * floor) - percent, percent - (5 * floor)));
            }
            Sum += above + yes + yesArea + worst + distance;
        }

        private IEnumerable<(int, double, double, SharedBy, Within)> Sets()
        {
            CoefficientFamily own = request.Family.Coefficients!;
            for (int first = own.FirstFloor.From.Number; first <= own.FirstFloor.To!.Value.Number; first++)
            {
                foreach (SharedBy sharedBy in own.SharedBy)
                {
                    foreach (Within within in sharedBy == SharedBy.Floor ? own.Within : [Within.Area])
                    {
                        for (long start = own.Base.From.Millionths; start <= own.Base.To!.Value.Millionths; start += own.Base.Step!.Value.Millionths)
                        {
                            for (long step = own.Step.From.Millionths; step <= own.Step.To!.Value.Millionths; step += own.Step.Step!.Value.Millionths) { yield return (first, start / 1e6, step / 1e6, sharedBy, within); }
                        }
                    }
                }
            }
        }

        private IEnumerable<(int, int, int, int)> Blends()
        {
            if (request.Family.Blend is not BlendFamily blend)
            {
                yield return (100, 0, 0, 0);
                yield break;
            }
            int step = (int)(blend.Step.Millionths / 1_000_000);
            for (int c = 100; c > 0; c -= step)
            {
                for (int e = 100 - c; e >= 0; e -= step)
                {
                    for (int a = 100 - c - e; a >= 0; a -= step) { yield return (c, e, a, 100 - c - e - a); }
                }
            }
        }
    }
}
