using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace CostShare.Grains.Tests;

/// <summary>Short words for what tests are given.</summary>
internal static class Given
{
    public static Money Yuan(decimal yuan) => Money.FromFen((long)(yuan * 100));

    public static Money Fen(long fen) => Money.FromFen(fen);

    public static Coefficient Coefficient(decimal value) => Grains.Amounts.Coefficient.FromMillionths((long)(value * 1_000_000));

    public static Percentage Percent(decimal value) => Percentage.FromMillionths((long)(value * 1_000_000));

    public static Area Area(decimal squareMetres) => Grains.Amounts.Area.FromHundredths((long)(squareMetres * 100));

    public static HouseholdId Id(string id) => new(id);

    public static Household Household(string id, int floor, decimal areaM2 = 70) =>
        new() { Id = new(id), Floor = Floor.Of(floor), Area = Area(areaM2) };

    /// <summary>A building with the same number of equal flats on every floor: 101, 102, 201 and so on.</summary>
    public static HouseholdRegister Building(int storeys, int perFloor, decimal areaM2 = 70) => new()
    {
        Storeys = Floor.Of(storeys),
        Households = [.. from floor in Enumerable.Range(1, storeys)
                         from flat in Enumerable.Range(1, perFloor)
                         select Household($"{floor}{flat:D2}", floor, areaM2)],
    };

    public static HouseholdRegister Building(params Household[] households) =>
        new() { Storeys = Floor.Of(households.Max(household => household.Floor.Number)), Households = households };

    public static Dictionary<Floor, T> ByFloor<T>(params (int Floor, T Value)[] entries) =>
        entries.ToDictionary(entry => Floor.Of(entry.Floor), entry => entry.Value);

    public static FloorCoefficientsRule Coefficients(
        IEnumerable<(int Floor, decimal Coefficient)> entries, decimal? stepAbove = null,
        SharedBy sharedBy = SharedBy.Floor, Within within = Within.Area) => new()
        {
            Coefficients = entries.ToDictionary(entry => Floor.Of(entry.Floor), entry => Coefficient(entry.Coefficient)),
            StepAbove = stepAbove is decimal step ? Coefficient(step) : null,
            SharedBy = sharedBy,
            Within = within,
        };

    public static FloorPercentagesRule Percentages(IEnumerable<(int Floor, decimal Percent)> entries, Within within = Within.Equal) => new()
    {
        Percentages = entries.ToDictionary(entry => Floor.Of(entry.Floor), entry => Percent(entry.Percent)),
        Within = within,
    };

    public static WeightsRule Weights(params (string Household, decimal Weight)[] entries) =>
        new() { Weights = entries.ToDictionary(entry => Id(entry.Household), entry => Coefficient(entry.Weight)) };

    public static MixRule Mix(params (decimal Percent, Rule Rule)[] parts) =>
        new() { Parts = [.. parts.Select(part => new MixPart { Percent = Percent(part.Percent), Rule = part.Rule })] };

    public static Rounding InUnits(long unitFen, RoundingMode mode = RoundingMode.LargestRemainder) =>
        new() { Unit = BillingUnit.FromFen(unitFen), Mode = mode };

    public static Scheme Scheme(Rule rule, params Adjustment[] adjustments) =>
        new() { Id = new("s"), Name = "scheme", Rule = rule, Adjustments = adjustments };

    public static CostLine Cost(string id, Money amount, CostCategory category = CostCategory.Equipment) =>
        new() { Id = new(id), Name = id, Category = category, Amount = amount };

    public static FixedSource Source(string id, Money amount, params string[] covers) => new()
    {
        Id = new(id),
        Amount = amount,
        Covers = covers.Length == 0 ? null : [.. covers.Select(name => new CostId(name))],
    };

    /// <summary>What residents pay of one cost line, "lift".</summary>
    public static PolicyReference Paper(string title, Certainty certainty) => new() { Title = new Words { Zh = "文件", En = title }, Certainty = certainty };

    public static Budget Budget(Money selfFunded) => new([new("lift")], [selfFunded], null);

    public static AirportRule Airport(AirportMethod method, IEnumerable<(int Floor, long Fen)> standAlone) => new()
    {
        Method = method,
        StandAlone = standAlone.ToDictionary(entry => Floor.Of(entry.Floor), entry => Fen(entry.Fen)),
    };

    public static FormulaRule Formula(string expression) => new() { Expression = expression };

    public static StepsRule Steps(int fromFloor, Money start, Money step, Closing closing) =>
        new() { FromFloor = Floor.Of(fromFloor), Base = start, Step = step, Closing = closing };

    public static ComparisonRequest Request(HouseholdRegister building, Money cost, params Scheme[] schemes) =>
        new() { Building = PolledRegister.Of(building), Costs = [Cost("lift", cost)], Schemes = schemes };
}

/// <summary>How properties of numbers are examined: from a fixed seed, thousands of times.</summary>
internal static class Examine
{
    private static readonly FSharpOption<Replay> Seed = FSharpOption<Replay>.Some(new Replay(new Rnd(20_261_120, 7_129), FSharpOption<int>.None));

    public static readonly Config Thoroughly = Config.QuickThrowOnFailure.WithMaxTest(10_000).WithReplay(Seed);

    public static readonly Config Lists = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(Seed);
}

/// <summary>Short words for what is done and seen.</summary>
internal static class Seen
{
    public static readonly Place Place = Place.Root.At("schemes").At(0);

    /// <summary>Carries out a scheme that must be accepted.</summary>
    public static Allocation Run(HouseholdRegister building, Money selfFunded, Scheme scheme, Money? refund = null)
    {
        var faults = new FaultList();
        Allocation? allocation = Allocation.Run(building, scheme, Given.Budget(selfFunded) with { Refund = refund }, Place, faults);
        Assert.Empty(faults.Faults.Select(Tell));
        return allocation!;
    }

    /// <summary>Carries out a scheme that must be refused; gives the faults as "code pointer name=value ...".</summary>
    public static string[] Refused(HouseholdRegister building, Money selfFunded, Scheme scheme)
    {
        var faults = new FaultList();
        Assert.Null(Allocation.Run(building, scheme, Given.Budget(selfFunded), Place, faults));
        return [.. faults.Faults.Select(Tell)];
    }

    public static ComparisonResult Compare(ComparisonRequest request) => CompareWith(request, ComparisonParts.Derivations);

    public static ComparisonResult CompareWith(ComparisonRequest request, ComparisonParts parts, PolicyBook? policies = null)
    {
        var faults = new FaultList();
        ComparisonResult? result = Comparer.Compare(request, policies ?? PolicyBook.Empty, parts, faults);
        Assert.Empty(faults.Faults.Select(Tell));
        return result!;
    }

    public static string[] RefusedRequest(ComparisonRequest request)
    {
        var faults = new FaultList();
        Assert.Null(Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.None, faults));
        return [.. faults.Faults.Select(Tell)];
    }

    public static string Tell(Fault fault) =>
        string.Join(' ', [$"{fault.Code}", $"{fault.Place}", .. fault.Values.Select(value => $"{value.Name}={value.Value}")]);

    public static long[] InFen(this IEnumerable<Money> amounts) => [.. amounts.Select(amount => amount.Fen)];

    public static string[] Texts(this IEnumerable<Fraction> fractions) => [.. fractions.Select(fraction => fraction.ToString())];
}
