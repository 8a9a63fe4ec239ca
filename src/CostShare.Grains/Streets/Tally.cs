using System.Globalization;
using System.Text.Json;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;

namespace CostShare.Grains.Streets;

/// <summary>One number of a stair under a key, of such a kind that the numbers of many stairs add up to the one of a street or city.</summary>
/// <remarks>
/// Whoever keeps tallies adds those of equal keys and needs to know nothing else of them. Made by <see cref="Of"/> and read by
/// <see cref="StreetFigures.Of"/> alone.
/// </remarks>
/// <param name="Key">What is counted; parts apart by <c>|</c>.</param>
/// <param name="Sum">How many, or how many fen.</param>
public readonly record struct Tally(string Key, long Sum)
{
    internal const string Stairs = "stairs", Stage = "stage|", Feasibility = "feasibility|", Signed = "signed", Days = "days|", Households = "households",
        TotalCost = "totalCost", SelfFunded = "selfFunded", Billed = "billed", NotReckoned = "notReckoned", Subsidy = "subsidy|", Programme = "programme|", None = "";

    /// <summary>The tallies of a stair.</summary>
    /// <remarks>What the rules give, and who of the public hands pays it, goes by the policies: with others the tallies are others, though the stair is the same.</remarks>
    /// <param name="summary">The stair.</param>
    /// <param name="policies">The policies.</param>
    /// <returns>Each key once, none of them with 0, in the order of the keys.</returns>
    public static IReadOnlyList<Tally> Of(BuildingSummary summary, PolicyBook policies)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        Add(Stairs, 1);
        Add(Stage + Name(summary.Stage), 1);
        Add(Feasibility + Name(summary.Feasibility), 1);
        Add(Households, summary.Households?.Number ?? 0);
        Add(TotalCost, Money.Sum(summary.Costs.Select(line => line.Amount)).Fen);
        Add(Billed, summary.Billed?.Fen ?? 0);
        if (summary.SignedOn is DateOnly signed)
        {
            Add(Signed, 1);
            if (summary.StartedOn is DateOnly started) { Add(Days + (signed.DayNumber - started.DayNumber).ToString(CultureInfo.InvariantCulture), 1); }
        }
        FundingResult? result = StairFunding.Run(summary, summary.Funding, policies.Subsidies, new FaultList());
        if (result is null) { Add(NotReckoned, 1); }
        else { Add(SelfFunded, result.SelfFunded.Fen); }
        foreach (SubsidyFigure figure in SubsidyFigure.OfStair(summary, result, policies))
        {
            string key = $"{Subsidy}{figure.Policy?.Value}|{Name(figure.Layer)}|";
            Add(key + nameof(figure.Rule), figure.Rule.Fen);
            Add(key + nameof(figure.Planned), figure.Planned.Fen);
            Add(key + nameof(figure.Claimed), figure.Claimed.Fen);
            Add(key + nameof(figure.Granted), figure.Granted.Fen);
            Add(key + nameof(figure.Paid), figure.Paid.Fen);
        }
        foreach (SubsidyStanding standing in summary.Subsidies)
        {
            if (standing.Programme is null) { continue; }
            Add($"{Programme}committed|{standing.Programme}", standing.Committed.Fen);
            Add($"{Programme}planned|{standing.Programme}", standing.State == SubsidyState.Planned ? standing.Recorded.Fen : 0);
        }
        return [.. sums.Where(sum => sum.Value != 0).Select(sum => new Tally(sum.Key, sum.Value))];

        void Add(string key, long sum) => sums[key] = sums.GetValueOrDefault(key) + sum;
    }

    internal static string Name<T>(T? value) where T : struct, Enum => value is T known ? JsonNamingPolicy.CamelCase.ConvertName(known.ToString()) : None;
}
