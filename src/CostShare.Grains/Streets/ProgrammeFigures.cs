using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Streets;

/// <summary>The budget of a programme, and what is left of it.</summary>
/// <remarks>
/// A record of a subsidy names its programme by the id of a budget among the policies, or by its name in either language. The budget is the whole programme's, so
/// what is committed counts all streets.
/// </remarks>
public sealed record ProgrammeFigures
{
    /// <summary>The programme: the id of its budget; where there is no budget, as the records call it.</summary>
    public required string Programme { get; init; }

    /// <summary>What people call it; left out where there is no budget.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Words? Name { get; init; }

    /// <summary>The budget on the day; left out where there is none.</summary>
    [JsonPropertyName("budgetFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? Budget { get; init; }

    /// <summary>What is committed in all streets: granted; without a grant paid, or claimed.</summary>
    [JsonPropertyName("committedFen")]
    public required Money Committed { get; init; }

    /// <summary>What of it is committed in this street; of the city the same.</summary>
    [JsonPropertyName("committedHereFen")]
    public required Money CommittedHere { get; init; }

    /// <summary>What is only planned so far, in all streets.</summary>
    [JsonPropertyName("plannedFen")]
    public required Money Planned { get; init; }

    /// <summary>The budget less what is committed; below 0 where it is overrun; left out where there is no budget.</summary>
    [JsonPropertyName("leftFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SignedMoney? Left { get; init; }

    /// <summary>The programmes of a street: those with a budget by their ids, then those without by their names.</summary>
    /// <param name="city">The tallies of all stairs, added up.</param>
    /// <param name="here">Those of the street.</param>
    /// <param name="policies">The policies, among which the budgets are.</param>
    /// <param name="on">The day whose budgets count.</param>
    /// <param name="faults">Receives the fault where a sum is more than can be told.</param>
    public static IReadOnlyList<ProgrammeFigures> Of(
        IReadOnlyDictionary<string, Int128> city, IReadOnlyDictionary<string, Int128> here, PolicyBook policies, DateOnly on, FaultList faults)
    {
        var figures = new List<ProgrammeFigures>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (BudgetPolicy policy in policies.All.OfType<BudgetPolicy>())
        {
            named.UnionWith(policy.Names);
            Money? budget = policy.Versions.InForce(on)?.Budget;
            ProgrammeFigures one = Figures(policy.Id.Value, policy.Names);
            if (budget is null && one.Committed == Money.Zero && one.Planned == Money.Zero) { continue; }
            figures.Add(one with { Name = policy.Name, Budget = budget, Left = budget is Money whole ? SignedMoney.Of(whole - one.Committed) : null });
        }
        IEnumerable<string> unknown = city.Keys.Where(key => key.StartsWith(Tally.Programme, StringComparison.Ordinal))
            .Select(key => key[Tally.Programme.Length..]).Select(key => key[(key.IndexOf('|', StringComparison.Ordinal) + 1)..]).Where(name => !named.Contains(name)).Distinct();
        figures.AddRange(unknown.Order(StringComparer.Ordinal).Select(name => Figures(name, [name])));
        return figures;

        ProgrammeFigures Figures(string programme, IReadOnlyList<string> names) => new()
        {
            Programme = programme,
            Committed = Sum(city, "committed", names),
            CommittedHere = Sum(here, "committed", names),
            Planned = Sum(city, "planned", names),
        };

        Money Sum(IReadOnlyDictionary<string, Int128> sums, string what, IReadOnlyList<string> names) =>
            StreetFigures.Amount(names.Aggregate(Int128.Zero, (sum, name) => sum + sums.GetValueOrDefault($"{Tally.Programme}{what}|{name}")), faults);
    }
}
