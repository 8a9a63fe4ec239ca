using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Funding;

public class WaterfallTests
{
    private static readonly CostLine[] Costs =
    [
        Given.Cost("lift", Given.Fen(600)), Given.Cost("shaft", Given.Fen(300), CostCategory.CivilWorks), Given.Cost("pipes", Given.Fen(100), CostCategory.Pipes),
    ];

    private static FundingResult Run(params Source[] sources) => Run(Costs, sources);

    private static FundingResult Run(CostLine[] costs, params Source[] sources)
    {
        var faults = new FaultList();
        FundingResult result = Waterfall.Run(costs, Place.Root.At("costs"), sources, i => Place.Root.At("funding").At(i), new Dictionary<PolicyId, IReadOnlyList<SubsidyRule>>(), new BuildingFacts(), faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return result;
    }

    private static string[] Refused(CostLine[] costs, params Source[] sources)
    {
        var faults = new FaultList();
        Waterfall.Run(costs, Place.Root.At("costs"), sources, i => Place.Root.At("funding").At(i), new Dictionary<PolicyId, IReadOnlyList<SubsidyRule>>(), new BuildingFacts(), faults);
        return [.. faults.Faults.Select(Seen.Tell)];
    }

    private static ProgrammeSource Programme(string id, params string[] costs) =>
        new() { Id = new(id), CostIds = [.. costs.Select(cost => new CostId(cost))] };

    private static string[] Matrix(FundingResult result) =>
        [.. result.Matrix.Select(entry => $"{entry.CostId} {entry.SourceId} {entry.Amount.Fen}")];

    private static string[] Steps(FundingResult result) =>
        [.. result.Sources.SelectMany(source => source.Steps).Select(Schemes.AllocationPropertyTests.Describe)];

    [Fact]
    public void Without_sources_residents_raise_everything()
    {
        FundingResult result = Run();
        Assert.Equal(1000, result.TotalCost.Fen);
        Assert.Equal(1000, result.SelfFunded.Fen);
        Assert.Equal(["lift selfFunded 600", "shaft selfFunded 300", "pipes selfFunded 100"], Matrix(result));
        Assert.Equal(0, result.Refund.Fen);
    }

    [Fact]
    public void A_source_spreads_over_its_lines_in_proportion_to_their_need()
    {
        FundingResult result = Run(Given.Source("firm", Given.Fen(100), "lift", "shaft"));
        Assert.Equal(["lift firm 67", "lift selfFunded 533", "shaft firm 33", "shaft selfFunded 267", "pipes selfFunded 100"], Matrix(result));
        Assert.Equal(900, result.SelfFunded.Fen);
        Assert.Equal(["SourceGives(offered=100, need=900)=100"], Steps(result));
    }

    [Fact]
    public void Ties_fall_to_the_line_that_stands_first()
    {
        CostLine[] costs = [Given.Cost("a", Given.Fen(10)), Given.Cost("b", Given.Fen(10)), Given.Cost("c", Given.Fen(10))];
        Assert.Equal(["a firm 2", "a selfFunded 8", "b firm 1", "b selfFunded 9", "c firm 1", "c selfFunded 9"],
            Matrix(Run(costs, Given.Source("firm", Given.Fen(4)))));
    }

    [Fact]
    public void Programmes_take_their_lines_first_wherever_they_are_listed()
    {
        FundingResult result = Run(Given.Source("firm", Given.Fen(900)), Programme("estate", "shaft", "pipes"));
        Assert.Equal(["firm", "estate"], result.Sources.Select(source => source.Id.Value));
        Assert.Equal([600, 400], result.Sources.Select(source => source.Amount.Fen));
        Assert.Equal([300, 0], result.Sources.Select(source => source.Unused.Fen));
        Assert.Equal(["lift firm 600", "shaft estate 300", "pipes estate 100"], Matrix(result));
        Assert.Equal(0, result.SelfFunded.Fen);
        Assert.Equal(["SourceGives(offered=900, need=600)=600", "ProgrammeLines(shaft=300, pipes=100)=400"], Steps(result));
    }

    [Fact]
    public void Sources_take_their_turn_in_list_order()
    {
        FundingResult result = Run(Given.Source("first", Given.Fen(250), "civilWorks"), Given.Source("second", Given.Fen(100), "shaft", "pipes"));
        Assert.Equal(["lift selfFunded 600", "shaft first 250", "shaft second 33", "shaft selfFunded 17", "pipes second 67", "pipes selfFunded 33"],
            Matrix(result));
    }

    [Fact]
    public void Covers_name_categories_or_lines_and_a_name_that_is_both_means_both()
    {
        CostLine[] costs = [Given.Cost("design", Given.Fen(10)), Given.Cost("plan", Given.Fen(30), CostCategory.Design), Given.Cost("rest", Given.Fen(60))];
        Assert.Equal(["design firm 10", "plan firm 30", "rest selfFunded 60"], Matrix(Run(costs, Given.Source("firm", Given.Fen(99), "design"))));
        Assert.Equal(59, Run(costs, Given.Source("firm", Given.Fen(99), "design")).Sources[0].Unused.Fen);
    }

    [Fact]
    public void Money_that_comes_back_later_is_raised_first_and_funds_nothing_twice()
    {
        FundingResult result = Run(
            Given.Source("refunded", Given.Fen(500)) with { Treatment = Treatment.RefundProRata, Expenses = Given.Fen(20), AfterAcceptance = true },
            Given.Source("kept", Given.Fen(100)) with { Treatment = Treatment.UpkeepFund, AfterAcceptance = true },
            Given.Source("firm", Given.Fen(900)));
        Assert.Equal([500, 100, 400], result.Sources.Select(source => source.Amount.Fen));
        Assert.Equal([0, 0, 500], result.Sources.Select(source => source.Unused.Fen));
        Assert.Equal(600, result.SelfFunded.Fen);
        Assert.Equal(480, result.Refund.Fen);
        Assert.Equal(0, result.Bridge.Fen);
        Assert.DoesNotContain(result.Matrix, entry => entry.SourceId.Value is "refunded" or "kept");
        Closes(Costs, result);
    }

    [Fact]
    public void What_is_netted_off_and_arrives_late_must_be_bridged()
    {
        FundingResult result = Run(
            Given.Source("late", Given.Fen(200)) with { AfterAcceptance = true },
            Given.Source("now", Given.Fen(100)),
            Programme("estate", "pipes") with { AfterAcceptance = true });
        Assert.Equal(300, result.Bridge.Fen);
    }

    [Fact]
    public void Nothing_is_given_where_nothing_is_needed()
    {
        FundingResult result = Run([Given.Cost("free", Money.Zero)], Given.Source("firm", Given.Fen(10)));
        Assert.Equal(0, result.Sources[0].Amount.Fen);
        Assert.Equal(10, result.Sources[0].Unused.Fen);
        Assert.Empty(result.Matrix);
    }

    [Fact]
    public void Every_fault_of_costs_and_sources_is_told() => Assert.Equal(
        [
            "IdDuplicate /costs/3/id id=lift",
            "CostUnknown /funding/0/covers/1 cost=shop",
            "IdReserved /funding/1/id id=selfFunded",
            "CostUnknown /funding/1/costIds/1 cost=civilWorks",
            "IdDuplicate /funding/2/id id=a",
            "ProgrammeCarriesWholeLines /funding/2/covers source=a",
            "LineCarriedTwice /funding/2/costIds/0 cost=pipes source=a",
            "ProgrammeCarriesWholeLines /funding/3/treatment source=b",
            "LineCarriedTwice /funding/3/costIds/1 cost=lift source=b",
            "ExpensesWithoutRefund /funding/4/expensesFen source=c",
        ],
        Refused([.. Costs, Given.Cost("lift", Given.Fen(1))],
            Given.Source("a", Given.Fen(1), "equipment", "shop"),
            Programme("selfFunded", "pipes", "civilWorks"),
            Programme("a", "pipes") with { Covers = [new("lift")] },
            Programme("b", "lift", "lift") with { Treatment = Treatment.UpkeepFund },
            Given.Source("c", Given.Fen(1)) with { Expenses = Given.Fen(1) },
            Given.Source("d", Given.Fen(20)) with { Treatment = Treatment.RefundProRata, Expenses = Given.Fen(30) }));

    [Fact]
    public void Expenses_above_what_a_source_gives_are_refused() => Assert.Equal(
        ["ExpensesAboveRefund /funding/0/expensesFen source=d amountFen=20 expensesFen=30"],
        Refused(Costs, Given.Source("d", Given.Fen(20)) with { Treatment = Treatment.RefundProRata, Expenses = Given.Fen(30) }));

    [Fact]
    public void A_programme_with_two_faults_is_told_both() => Assert.Equal(
        ["ProgrammeCarriesWholeLines /funding/0/covers source=b", "ProgrammeCarriesWholeLines /funding/0/treatment source=b",
         "CostUnknown /funding/0/costIds/0 cost=x", "CostUnknown /funding/0/costIds/1 cost=x"],
        Refused(Costs, Programme("b", "x", "x") with { Covers = [new("lift")], Treatment = Treatment.UpkeepFund }));

    [Fact]
    public void Expenses_may_use_up_the_refund() =>
        Assert.Equal(0, Run(Given.Source("d", Given.Fen(20)) with { Treatment = Treatment.RefundProRata, Expenses = Given.Fen(20) }).Refund.Fen);

    [Fact]
    public void Costs_beyond_the_largest_amount_are_refused()
    {
        CostLine half = Given.Cost("a", Given.Fen(500_000_000_000_000));
        Assert.Equal(1_000_000_000_000_000, Run([half, half with { Id = new("b") }]).TotalCost.Fen);
        Assert.Equal(["TotalTooLarge /costs totalFen=1000000000000001 limitFen=1000000000000000"],
            Refused([half, half with { Id = new("b") }, Given.Cost("c", Given.Fen(1))]));
    }

    private static void Closes(CostLine[] costs, FundingResult result)
    {
        Assert.All(result.Matrix, entry => Assert.True(entry.Amount.Fen > 0));
        foreach (CostLine line in costs)
        {
            Assert.Equal(line.Amount.Fen, result.Matrix.Where(entry => entry.CostId == line.Id).Sum(entry => entry.Amount.Fen));
        }
        foreach (SourceResult source in result.Sources.Where(source => source.Treatment == Treatment.NetOff))
        {
            Assert.Equal(source.Amount.Fen, result.Matrix.Where(entry => entry.SourceId == source.Id).Sum(entry => entry.Amount.Fen));
        }
        Assert.Equal(result.SelfFunded.Fen, result.Matrix.Where(entry => entry.SourceId == SourceId.SelfFunded).Sum(entry => entry.Amount.Fen));
    }
}
