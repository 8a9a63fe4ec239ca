using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;

namespace CostShare.Grains.Policies;

/// <summary>A fact that a rule asks for and nobody stated.</summary>
public sealed record MissingFact
{
    /// <summary>The fact, as it is named in <c>facts</c>.</summary>
    public required string Fact { get; init; }

    /// <summary>What the subsidy would be, from the lowest value of the fact to the highest, all else unchanged. Where all are alike the fact changes nothing by itself.</summary>
    [Length(1, 200)]
    public required IReadOnlyList<FactOutcome> Outcomes { get; init; }

    /// <summary>Every fact that a rule asks for and that is not stated, with what it would change.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="facts">What is stated.</param>
    /// <param name="amount">What the rule gives if so much is known.</param>
    internal static IReadOnlyList<MissingFact> Of(SubsidyRule rule, BuildingFacts facts, Func<BuildingFacts, Money> amount)
    {
        FactOutcome YesNo(YesNoFact fact, bool so) => new() { Is = so, Amount = amount(facts.With(fact, so)) };
        return
        [
            .. from fact in Enum.GetValues<CountFact>()
               where facts.Of(fact) is null && rule.Conditions.OfType<CountCondition>().Any(condition => condition.Fact == fact)
               select Make(fact, Merge(Numbers(rule, fact).Select(range => new FactOutcome
               {
                   From = range.From, To = range.To, Amount = amount(facts.With(fact, range.From)),
               }))),
            .. from fact in Enum.GetValues<YesNoFact>()
               where facts.Of(fact) is null && rule.Conditions.OfType<YesNoCondition>().Any(condition => condition.Fact == fact)
               select Make(fact, [YesNo(fact, false), YesNo(fact, true)]),
            .. from fact in Enum.GetValues<DayFact>()
               where facts.Of(fact) is null && rule.Conditions.OfType<DayCondition>().Any(condition => condition.Fact == fact)
               select Make(fact, Merge(Days(rule, fact).Select(range => new FactOutcome
               {
                   FromDay = range.From, ToDay = range.To, Amount = amount(facts.With(fact, range.From ?? range.To ?? rule.From)),
               }))),
        ];
    }

    private static MissingFact Make(Enum fact, IReadOnlyList<FactOutcome> outcomes) =>
        new() { Fact = JsonNamingPolicy.CamelCase.ConvertName(fact.ToString()), Outcomes = outcomes };

    /// <summary>The numbers of a fact, cut wherever a condition may turn.</summary>
    private static IEnumerable<(int From, int? To)> Numbers(SubsidyRule rule, CountFact fact)
    {
        int most = fact == CountFact.Households ? HouseholdRegister.MostHouseholds : Floor.Highest;
        int[] cuts = [.. rule.Conditions.OfType<CountCondition>().Where(condition => condition.Fact == fact)
            .SelectMany(condition => new[] { condition.AtLeast?.Number ?? 1, (condition.AtMost?.Number ?? most) + 1 })
            .Append(1).Where(cut => cut <= most).Distinct().Order()];
        return cuts.Select((cut, i) => (cut, i + 1 < cuts.Length ? cuts[i + 1] - 1 : (int?)null));
    }

    /// <summary>The days of a fact, cut wherever a condition may turn; without a first day it is any before the last, without a last any after.</summary>
    private static IEnumerable<(DateOnly? From, DateOnly? To)> Days(SubsidyRule rule, DayFact fact)
    {
        DateOnly[] cuts = [.. rule.Conditions.OfType<DayCondition>().Where(condition => condition.Fact == fact)
            .SelectMany(condition => new[] { condition.From, condition.To?.AddDays(1) }).OfType<DateOnly>().Distinct().Order()];
        return Enumerable.Range(0, cuts.Length + 1)
            .Select(i => (i == 0 ? (DateOnly?)null : cuts[i - 1], i == cuts.Length ? (DateOnly?)null : cuts[i].AddDays(-1)));
    }

    /// <summary>Neighbours that come out alike are one outcome.</summary>
    private static List<FactOutcome> Merge(IEnumerable<FactOutcome> outcomes)
    {
        var merged = new List<FactOutcome>();
        foreach (FactOutcome outcome in outcomes)
        {
            if (merged.Count > 0 && merged[^1].Amount == outcome.Amount) { merged[^1] = merged[^1] with { To = outcome.To, ToDay = outcome.ToDay }; }
            else { merged.Add(outcome); }
        }
        return merged;
    }
}

/// <summary>What a subsidy would be if a fact had one of some values: numbers from to, days from to, or a yes or no.</summary>
public sealed record FactOutcome
{
    /// <summary>The lowest of the numbers.</summary>
    [Range(1, HouseholdRegister.MostHouseholds)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? From { get; init; }

    /// <summary>The highest of the numbers; left out where there is none.</summary>
    [Range(1, HouseholdRegister.MostHouseholds)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? To { get; init; }

    /// <summary>Whether it is so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Is { get; init; }

    /// <summary>The first of the days; left out where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? FromDay { get; init; }

    /// <summary>The last of the days; left out where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? ToDay { get; init; }

    /// <summary>What the subsidy would be.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }
}
