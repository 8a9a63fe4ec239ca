using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Funding;

/// <summary>What an evaluation says of conditions, parts and facts that nobody stated.</summary>
public class MissingFactTests
{
    private static readonly PolicyId City = new("city-lift");

    [Fact]
    public void A_missing_number_is_told_by_the_ranges_in_which_the_amount_is_the_same()
    {
        Condition[] conditions = [Number(CountFact.Storeys, 4, null), Number(CountFact.Storeys, null, 9), Number(CountFact.Households, 2, 60)];
        Assert.Equal(
            ["storeys: 1-3 0, 4-9 100000, 10- 0", "households: 1-1 0, 2-60 100000, 61- 0"],
            Missing(new BuildingFacts(), conditions));
        Assert.Equal(["households: 1-1 0, 2-60 100000, 61- 0"], Missing(new() { Storeys = Floor.Of(4) }, conditions));
        Assert.Empty(Missing(new() { Storeys = Floor.Of(4), Households = Count.Of(60) }, conditions));
    }

    [Fact]
    public void A_bound_at_the_end_of_what_a_number_can_be_cuts_nothing() => Assert.Equal(
        ["stops: 1- 100000", "ride: 1-199 0, 200- 100000"],
        Missing(new(), [Number(CountFact.Stops, 1, 200), Number(CountFact.Ride, 200, null)]));

    [Fact]
    public void A_yes_or_no_is_told_both_ways() => Assert.Equal(
        ["singleOwner: no 100000, yes 0", "useCertificate: no 0, yes 100000", "reservedShaft: no 0, yes 100000", "ownersCarryMost: no 0, yes 100000"],
        Missing(new(), [YesNo(YesNoFact.SingleOwner, false), YesNo(YesNoFact.UseCertificate, true), YesNo(YesNoFact.ReservedShaft, true), YesNo(YesNoFact.OwnersCarryMost, true)]));

    [Fact]
    public void A_missing_day_is_told_by_periods() => Assert.Equal(
        [
            "startedOn: -2018-06-05 0, 2018-06-06-2021-06-05 100000, 2021-06-06- 0",
            "acceptedOn: -2019-12-31 100000, 2020-01-01- 0",
            "appliedOn: - 100000",
        ],
        Missing(new(), [Period(DayFact.StartedOn, "2018-06-06", "2021-06-05"), Period(DayFact.AcceptedOn, null, "2019-12-31"), Period(DayFact.AppliedOn, null, null)]));

    [Fact]
    public void What_is_missing_beside_a_condition_that_is_not_met_changes_nothing() => Assert.Equal(
        ["storeys: 1- 0", "useCertificate: no 0, yes 0"],
        Missing(new() { SingleOwner = true }, [YesNo(YesNoFact.SingleOwner, false), Number(CountFact.Storeys, 7, null), YesNo(YesNoFact.UseCertificate, true)]));

    [Fact]
    public void Every_outcome_is_what_stating_the_fact_gives()
    {
        var random = new Random(4);
        for (int seed = 0; seed < 500; seed++)
        {
            Condition[] conditions = [.. Enumerable.Range(0, random.Next(1, 5)).Select<int, Condition>(_ =>
                Number((CountFact)random.Next(4), random.Next(2) == 0 ? random.Next(1, 12) : null, random.Next(2) == 0 ? random.Next(6, 20) : null))];
            EvaluationResult result = Evaluate(new(), conditions);
            foreach (MissingFact missing in result.Missing)
            {
                CountFact fact = Enum.Parse<CountFact>(missing.Fact, ignoreCase: true);
                for (int number = 1; number <= 30; number++)
                {
                    FactOutcome outcome = Assert.Single(missing.Outcomes, outcome => outcome.From <= number && (outcome.To ?? 200) >= number);
                    Assert.Equal(Evaluate(new BuildingFacts().With(fact, number), conditions).Amount, outcome.Amount);
                }
            }
        }
    }

    [Fact]
    public void Conditions_and_parts_say_which_text_they_come_from()
    {
        var other = Given.Paper("notice", Certainty.Official);
        EvaluationResult result = Evaluate(new(), [YesNo(YesNoFact.UseCertificate, true) with { Reference = other, Paragraph = "3" }, Number(CountFact.Storeys, 4, null)]);
        Assert.Equal(["notice 3", "paper "], result.Policy.Conditions.Select(condition => $"{condition.Reference.Title.En} {condition.Paragraph}"));
        Assert.Equal(
            ["City art. 2 paper 80000 80000 3", "District  notice 40000 20000 4"],
            result.Policy.Parts.Select(part => $"{part.Layer} {part.Paragraph} {part.Reference.Title.En} {part.Offered.Fen / 100} {part.Amount.Fen / 100} {part.Steps}"));
        Assert.Equal(result.Steps.Count, result.Policy.Parts.Sum(part => part.Steps));
        Assert.Equal((Given.Yuan(100_000), Given.Yuan(20_000)), (result.Amount, result.Unused));
    }

    [Fact]
    public void A_subsidy_that_is_refused_has_no_parts() =>
        Assert.Empty(Evaluate(new() { UseCertificate = false }, [YesNo(YesNoFact.UseCertificate, true)]).Policy.Parts);

    private static Words Said => new() { Zh = "条件", En = "words" };

    private static CountCondition Number(CountFact fact, int? least, int? most) => new()
    {
        Words = Said,
        Fact = fact,
        AtLeast = least is int low ? Count.Of(low) : null,
        AtMost = most is int high ? Count.Of(high) : null,
    };

    private static YesNoCondition YesNo(YesNoFact fact, bool so) => new() { Words = Said, Fact = fact, Is = so };

    private static DayCondition Period(DayFact fact, string? from, string? to) => new()
    {
        Words = Said,
        Fact = fact,
        From = from is null ? null : Day(from),
        To = to is null ? null : Day(to),
    };

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string[] Missing(BuildingFacts facts, Condition[] conditions) => [.. Evaluate(facts, conditions).Missing.Select(missing =>
        $"{missing.Fact}: {string.Join(", ", missing.Outcomes.Select(outcome => $"{Range(outcome)} {outcome.Amount.Fen / 100}"))}")];

    private static string Range(FactOutcome outcome) =>
        outcome.Is is bool so ? so ? "yes" : "no"
        : outcome.From is int from ? $"{from}-{outcome.To}"
        : $"{outcome.FromDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-{outcome.ToDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    /// <summary>Two layers on a lift of 100,000: the city's 80,000, and of the district's 40,000 what is still needed.</summary>
    private static EvaluationResult Evaluate(BuildingFacts facts, Condition[] conditions)
    {
        SubsidyPart city = new() { Name = Said, Layer = Layer.City, Base = [Costs.CostCategory.Equipment], Amount = new FlatAmount { Amount = Given.Yuan(80_000) }, Paragraph = "art. 2" };
        var rule = new SubsidyRule
        {
            From = Day("2020-01-01"),
            Certainty = Certainty.Press,
            References = [Given.Paper("paper", Certainty.Press)],
            Conditions = conditions,
            Paid = PaidWhen.NotStated,
            Parts =
            [
                city,
                city with
                {
                    Layer = Layer.District, Paragraph = null, Amount = new PercentOfBase { Percent = Given.Percent(50) }, Cap = Given.Yuan(40_000),
                    Reference = Given.Paper("notice", Certainty.Official),
                },
            ],
        };
        var book = PolicyBook.Of([new SubsidyPolicy { Id = City, Name = Said, City = Said, Versions = [rule] }]);
        var faults = new FaultList();
        EvaluationResult? result = book.Evaluate(City, new EvaluationRequest { On = Day("2022-01-01"), Facts = facts, Costs = [Given.Cost("lift", Given.Yuan(100_000))] }, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return result!;
    }
}
