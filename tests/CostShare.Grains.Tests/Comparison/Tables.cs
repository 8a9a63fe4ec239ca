using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>Tables that are checked, and the policies that they are held against.</summary>
internal static class Tables
{
    /// <summary>The coefficients that are shipped, as their files state them, and guidance ranges for six storeys.</summary>
    public static readonly PolicyBook Book = PolicyBook.Of(
    [
        Policy("dongpu-coefficients", Given.Coefficients([(1, 0), (2, 0), (3, 0.7m)], 0.1m, SharedBy.Area)),
        Policy("france-grid", Given.Coefficients([(1, 0), (2, 1)], 0.5m, SharedBy.Household)),
        Policy("galicia-coefficients", Given.Coefficients([(1, 1)], 0.5m, SharedBy.Floor, Within.Equal)),
        Policy("guangzhou-coefficients", Given.Coefficients([(1, 0), (2, 0.5m), (3, 1)], 0.1m)),
        Policy("italy-1124", Given.Mix((50, new AreaRule()), (50, Given.Formula("floor - 1")))),
        Policy("nanjing-coefficients", Given.Coefficients([(1, 0), (2, 0), (3, 1)], 0.3m)),
        Policy("ride-distance", new RideRule()),
        // Needs flat types, which no table states: it can be carried out on none.
        Policy("types", new PointsRule
        {
            ByType = new Dictionary<FlatType, Coefficient> { [new("one")] = Given.Coefficient(1) },
            PerFloor = Given.Coefficient(1),
            FromFloor = Floor.Of(1),
        }),
    ]);

    public static TableRow Row(int floor) => new() { Floor = Floor.Of(floor) };

    public static TableRow Percent(int floor, decimal percent) => Row(floor) with { Percent = Given.Percent(percent) };

    public static TableRow Coefficient(int floor, decimal coefficient) => Row(floor) with { Coefficient = Given.Coefficient(coefficient) };

    public static TableRow Amount(int floor, decimal yuan) => Row(floor) with { Amount = Given.Yuan(yuan) };

    public static TableCheck Of(IEnumerable<TableRow> rows) => new() { Rows = [.. rows] };

    public static TableCheckResult Check(TableCheck table) => Check(table, Book);

    public static TableCheckResult Check(TableCheck table, PolicyBook book)
    {
        var faults = new FaultList();
        TableCheckResult? result = TableChecker.Check(table, book, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return result!;
    }

    public static string[] Refused(TableCheck table)
    {
        var faults = new FaultList();
        Assert.Null(TableChecker.Check(table, Book, faults));
        return [.. faults.Faults.Select(Seen.Tell)];
    }

    public static string[] Ids(this IEnumerable<TableMatch> matches) => [.. matches.Select(match => match.Scheme.Id.Value)];

    /// <summary>The checks as "code holds expected actual difference excess", what is left out as a dash.</summary>
    public static string[] Told(this IEnumerable<TableFinding> findings) => [.. findings.Select(finding =>
        $"{finding.Code} {finding.Holds} {finding.Expected?.ToString() ?? "-"} {finding.Actual?.ToString() ?? "-"} {finding.Difference?.ToString() ?? "-"} {finding.Excess?.ToString() ?? "-"}")];

    private static CoefficientsPolicy Policy(string id, Rule rule) => new()
    {
        Id = new(id),
        Name = new Words { Zh = id, En = id },
        City = new Words { Zh = "市", En = "city" },
        Versions = [new ReferenceRule { From = new(2020, 1, 1), Certainty = Certainty.Press, References = [], Rule = rule }],
    };

    /// <summary>Guidance ranges, each height by its floors.</summary>
    public static GuidancePolicy Guidance(params (int Storeys, (int Floor, decimal Low, decimal High)[] Ranges)[] tables) => new()
    {
        Id = new("beijing-guidance"),
        Name = new Words { Zh = "北京", En = "Beijing" },
        City = new Words { Zh = "北京", En = "Beijing" },
        Versions =
        [
            new GuidanceRule
            {
                From = new(2022, 8, 19),
                Certainty = Certainty.Official,
                References = [],
                Tables = [.. tables.Select(table => new GuidanceTable
                {
                    Storeys = Floor.Of(table.Storeys),
                    Floors = table.Ranges.ToDictionary(range => Floor.Of(range.Floor),
                        range => new PercentageRange { Low = Given.Percent(range.Low), High = Given.Percent(range.High) }),
                })],
            },
        ],
    };
}
