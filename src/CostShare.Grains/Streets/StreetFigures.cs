using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Streets;

/// <summary>How far the stairs of an estate, a street or a city have come, and what their money adds up to.</summary>
/// <remarks>Every number is the sum of the same number of its stairs, but for the rate and the median, which are reckoned from such sums.</remarks>
public sealed record StreetFigures
{
    /// <summary>The stairs 门栋.</summary>
    [Range(0, int.MaxValue)]
    public required int Stairs { get; init; }

    /// <summary>The stairs by stage.</summary>
    public required StageFigures Stages { get; init; }

    /// <summary>The stairs by whether a lift can be added.</summary>
    public required FeasibilityFigures Feasibility { get; init; }

    /// <summary>The stairs of which every household that joins has signed the agreement, and at least one has.</summary>
    [Range(0, int.MaxValue)]
    public required int Signed { get; init; }

    /// <summary>The signing rate 签约率: signed stairs as a percentage of all stairs, with one decimal, halves rounded up: "80.0". Left out where there are no stairs.</summary>
    [StringLength(5, MinimumLength = 3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SigningPercent { get; init; }

    /// <summary>The stairs that are being built or examined: <c>construction</c> and <c>acceptance</c>.</summary>
    [Range(0, int.MaxValue)]
    public required int UnderConstruction { get; init; }

    /// <summary>The stairs whose lift is in use: <c>inUse</c> and <c>upkeep</c>.</summary>
    [Range(0, int.MaxValue)]
    public required int InUse { get; init; }

    /// <summary>
    /// The median number of days from the beginning of a project to the last signature, over the signed stairs of which both are known; between two numbers of
    /// days the middle: "37", "37.5". Left out where none is known.
    /// </summary>
    [StringLength(10, MinimumLength = 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MedianDaysToSigning { get; init; }

    /// <summary>The households of all registers.</summary>
    [Range(0, int.MaxValue)]
    public required long Households { get; init; }

    /// <summary>The sum of all budgets.</summary>
    [JsonPropertyName("totalCostFen")]
    public required Money TotalCost { get; init; }

    /// <summary>What residents raise, of the stairs that can be reckoned.</summary>
    [JsonPropertyName("selfFundedFen")]
    public required Money SelfFunded { get; init; }

    /// <summary>What households are billed by the contributions in force.</summary>
    [JsonPropertyName("billedFen")]
    public required Money Billed { get; init; }

    /// <summary>The stairs whose funding cannot be reckoned by the policies of now; they are in no sum of <c>selfFundedFen</c> and <c>ruleFen</c>.</summary>
    [Range(0, int.MaxValue)]
    public required int NotReckoned { get; init; }

    /// <summary>The subsidies by policy and by who pays, in the order of the policies' ids; money that goes by no policy last.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<SubsidyFigure> Subsidies { get; init; }

    /// <summary>The figures of tallies that were added up.</summary>
    /// <param name="sums">The sums by key, of keys of <see cref="Tally.Of"/>.</param>
    /// <param name="faults">Receives the fault where a sum is more than can be told.</param>
    public static StreetFigures Of(IReadOnlyDictionary<string, Int128> sums, FaultList faults)
    {
        int stairs = Number(Tally.Stairs), signed = Number(Tally.Signed);
        StageFigures stages = StageFigures.Of(stage => Number(Tally.Stage + Tally.Name(stage)));
        return new StreetFigures
        {
            Stairs = stairs,
            Stages = stages,
            Feasibility = FeasibilityFigures.Of(feasibility => Number(Tally.Feasibility + Tally.Name(feasibility))),
            Signed = signed,
            SigningPercent = Percent(signed, stairs),
            UnderConstruction = stages.UnderConstruction(),
            InUse = stages.Used(),
            MedianDaysToSigning = Median(sums.Where(sum => sum.Key.StartsWith(Tally.Days, StringComparison.Ordinal))
                .Select(sum => (int.Parse(sum.Key.AsSpan(Tally.Days.Length), CultureInfo.InvariantCulture), (long)sum.Value))),
            Households = (long)sums.GetValueOrDefault(Tally.Households),
            TotalCost = Amount(sums.GetValueOrDefault(Tally.TotalCost), faults),
            SelfFunded = Amount(sums.GetValueOrDefault(Tally.SelfFunded), faults),
            Billed = Amount(sums.GetValueOrDefault(Tally.Billed), faults),
            NotReckoned = Number(Tally.NotReckoned),
            Subsidies = Subsidised(sums, faults),
        };

        int Number(string key) => (int)sums.GetValueOrDefault(key);
    }

    /// <summary>Signed stairs as a percentage of all, with one decimal, halves rounded up; null where there are none.</summary>
    internal static string? Percent(int signed, int stairs)
    {
        if (stairs == 0) { return null; }
        long tenths = (2000L * signed + stairs) / (2L * stairs);
        return string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}");
    }

    /// <summary>The median of numbers of days, with how many stairs took each; between two the middle; null where there are none.</summary>
    internal static string? Median(IEnumerable<(int Days, long Stairs)> taken)
    {
        (int Days, long Stairs)[] days = [.. taken.OrderBy(day => day.Days)];
        long all = days.Sum(day => day.Stairs);
        if (all == 0) { return null; }
        int twice = At((all - 1) / 2) + At(all / 2);
        return string.Create(CultureInfo.InvariantCulture, $"{twice / 2}{(twice % 2 == 0 ? "" : ".5")}");

        // The stair of a rank, from 0, among those in the order of their days.
        int At(long rank)
        {
            foreach ((int day, long stairs) in days)
            {
                if (rank < stairs) { return day; }
                rank -= stairs;
            }
            throw new InvalidOperationException("There are not so many stairs.");
        }
    }

    private static IReadOnlyList<SubsidyFigure> Subsidised(IReadOnlyDictionary<string, Int128> sums, FaultList faults)
    {
        var found = new HashSet<(string Policy, string Layer)>();
        foreach (string key in sums.Keys.Where(key => key.StartsWith(Tally.Subsidy, StringComparison.Ordinal)))
        {
            string[] parts = key[Tally.Subsidy.Length..].Split('|');
            // A policy's id may hold the sign that parts it from what follows.
            found.Add((string.Join('|', parts[..^2]), parts[^2]));
        }
        return
        [
            .. found.OrderBy(kind => kind.Policy.Length == 0).ThenBy(kind => kind.Policy, StringComparer.Ordinal).ThenBy(kind => LayerOf(kind.Layer) ?? (Layer)int.MaxValue)
                .Select(kind => new SubsidyFigure
                {
                    Policy = kind.Policy.Length == 0 ? null : new PolicyId(kind.Policy),
                    Layer = LayerOf(kind.Layer),
                    Rule = Sum(kind, nameof(SubsidyFigure.Rule)),
                    Planned = Sum(kind, nameof(SubsidyFigure.Planned)),
                    Claimed = Sum(kind, nameof(SubsidyFigure.Claimed)),
                    Granted = Sum(kind, nameof(SubsidyFigure.Granted)),
                    Paid = Sum(kind, nameof(SubsidyFigure.Paid)),
                }),
        ];

        Money Sum((string Policy, string Layer) kind, string what) => Amount(sums.GetValueOrDefault($"{Tally.Subsidy}{kind.Policy}|{kind.Layer}|{what}"), faults);
    }

    private static Layer? LayerOf(string name) => Enum.GetValues<Layer>().Where(layer => Tally.Name<Layer>(layer) == name).Select(layer => (Layer?)layer).FirstOrDefault();

    /// <summary>A sum as money; one that is larger than any amount can be is noted, and is 0 here.</summary>
    internal static Money Amount(Int128 sum, FaultList faults)
    {
        if (Int128.Abs(sum) <= Money.Largest.Fen) { return Money.FromFen((long)sum); }
        faults.Add(FaultCode.StreetTotalTooLarge, Place.Root, ("totalFen", sum), ("limitFen", Money.Largest.Fen));
        return Money.Zero;
    }
}

/// <summary>Stairs by stage.</summary>
public sealed record StageFigures
{
    /// <summary>No stage was entered.</summary>
    [Range(0, int.MaxValue)]
    public required int NotStarted { get; init; }

    /// <summary>动议协商.</summary>
    [Range(0, int.MaxValue)]
    public required int Consulting { get; init; }

    /// <summary>申请报建.</summary>
    [Range(0, int.MaxValue)]
    public required int Applying { get; init; }

    /// <summary>公示公告.</summary>
    [Range(0, int.MaxValue)]
    public required int PublicNotice { get; init; }

    /// <summary>施工建设.</summary>
    [Range(0, int.MaxValue)]
    public required int Construction { get; init; }

    /// <summary>竣工验收.</summary>
    [Range(0, int.MaxValue)]
    public required int Acceptance { get; init; }

    /// <summary>交付使用.</summary>
    [Range(0, int.MaxValue)]
    public required int InUse { get; init; }

    /// <summary>后期管理.</summary>
    [Range(0, int.MaxValue)]
    public required int Upkeep { get; init; }

    /// <summary>The figures of stairs that are counted by stage; null stands for those in none.</summary>
    internal static StageFigures Of(Func<Stage?, int> count) => new()
    {
        NotStarted = count(null),
        Consulting = count(Stage.Consulting),
        Applying = count(Stage.Applying),
        PublicNotice = count(Stage.PublicNotice),
        Construction = count(Stage.Construction),
        Acceptance = count(Stage.Acceptance),
        InUse = count(Stage.InUse),
        Upkeep = count(Stage.Upkeep),
    };

    /// <summary>The stairs that are being built or examined.</summary>
    internal int UnderConstruction() => Construction + Acceptance;

    /// <summary>The stairs whose lift is in use.</summary>
    internal int Used() => InUse + Upkeep;
}

/// <summary>Stairs by whether a lift can be added.</summary>
public sealed record FeasibilityFigures
{
    /// <summary>能装.</summary>
    [Range(0, int.MaxValue)]
    public required int Suitable { get; init; }

    /// <summary>较难.</summary>
    [Range(0, int.MaxValue)]
    public required int Hard { get; init; }

    /// <summary>不适合.</summary>
    [Range(0, int.MaxValue)]
    public required int Unsuitable { get; init; }

    /// <summary>It was not judged yet.</summary>
    [Range(0, int.MaxValue)]
    public required int NotAssessed { get; init; }

    /// <summary>The figures of stairs that are counted by judgement; null stands for those that have none.</summary>
    internal static FeasibilityFigures Of(Func<Feasibility?, int> count) => new()
    {
        Suitable = count(Feasibility.Suitable),
        Hard = count(Feasibility.Hard),
        Unsuitable = count(Feasibility.Unsuitable),
        NotAssessed = count(null),
    };
}
