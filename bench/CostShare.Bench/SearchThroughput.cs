using System.Diagnostics;
using System.Globalization;
using CostShare.Api.Policies;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Bench;

/// <summary>How many schemes a second a search looks at on one core, beside the exact engine and a plain loop over the same schemes.</summary>
internal static class SearchThroughput
{
    private static bool args0;
    private static readonly PolicyBook Policies = PolicyFolder.Read(PolicyFolder.Shipped);

    public static void Run(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        foreach ((string name, SearchRequest request) in Requests())
        {
            Once(request);
            Once(request);
            args0 = true; Once(request); args0 = false;
            var figures = Enumerable.Range(0, rounds).Select(_ => Once(request)).OrderBy(figure => figure.PerSecond).ToArray();
            var middle = figures[rounds / 2];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {middle.PerSecond / 1e6:F2} million/s ({figures[0].PerSecond / 1e6:F2} to {figures[^1].PerSecond / 1e6:F2}), family {middle.Family}, exact {middle.Exact}, frontier {middle.Frontier}, refused {middle.Refused}"));
        }
    }

    private static (double PerSecond, int Family, int Exact, int Frontier, int Refused) Once(SearchRequest request)
    {
        var faults = new FaultList();
        var search = SchemeSearch.Of(request, Policies, faults) ?? throw new InvalidOperationException(string.Join(", ", faults.Faults.Select(fault => $"{fault.Code} {fault.Place}")));
        long start = Stopwatch.GetTimestamp();
        while (search.Done < search.Total) { search.Advance(50_000); }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        SearchResult result = search.Result();
        if (args0) { foreach (var f in result.Schemes.Take(3)) { Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(f.Values, CostShare.Api.Wire.WireJson.Options) + f.Description.En); } }
        return (search.Total / seconds, search.Total, search.Exact, result.Frontier, result.Refused);
    }

    /// <summary>The stair of examples/leshan.json, with limits that rise with the floor.</summary>
    private static IEnumerable<(string Name, SearchRequest Request)> Requests()
    {
        var random = new Random(20_261_120);
        PolledHousehold[] households = [.. Stair.Request.Building.Households.Select(household => household with
        {
            Stance = random.Next(10) == 0 ? Stance.No : null,
            Limit = random.Next(10) < 7 ? Money.FromFen(random.Next(0, 31) * 100_000L) : null,
        })];
        SearchRequest request = new()
        {
            Building = Stair.Request.Building with { Households = households },
            Costs = Stair.Request.Costs,
            Funding = Stair.Request.Funding,
            StandAlone = new StandAloneModel { Fixed = Money.FromFen(20_000_000), PerStop = Money.FromFen(1_500_000), PerStorey = Money.FromFen(2_000_000), Ground = Money.Zero },
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
        yield return ("yuan", request with { Rounding = new Rounding { Unit = BillingUnit.FromFen(100) } });
        yield return ("fen", request);
        yield return ("hundred yuan", request with { Rounding = new Rounding { Unit = BillingUnit.FromFen(10_000) } });
        yield return ("hundred yuan up", request with { Rounding = new Rounding { Unit = BillingUnit.FromFen(10_000), Mode = RoundingMode.Up } });
        yield return ("caps", request with { Family = request.Family with { Caps = [Money.FromFen(2_000_000), Money.FromFen(2_500_000), Money.FromFen(3_000_000)] } });
        yield return ("caps, hundred yuan", request with { Rounding = new Rounding { Unit = BillingUnit.FromFen(10_000) }, Family = request.Family with { Caps = [Money.FromFen(2_000_000), Money.FromFen(2_500_000), Money.FromFen(3_000_000)] } });
        yield return ("coefficients", request with { Family = request.Family with { Blend = null, Coefficients = request.Family.Coefficients! with { Base = Range(0, 3.99m, 0.01m), Step = Range(0.005m, 2, 0.005m) } } });
        yield return ("no stand-alone", request with { StandAlone = null });
    }

    private static CoefficientRange Range(decimal from, decimal to, decimal step) => new() { From = Of(from), To = Of(to), Step = Of(step) };

    private static Coefficient Of(decimal value) => Coefficient.FromMillionths((long)(value * 1_000_000));
}
