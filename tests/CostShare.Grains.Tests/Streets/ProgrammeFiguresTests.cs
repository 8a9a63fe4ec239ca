using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Streets;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Streets;

/// <summary>What is left of the budgets of programmes.</summary>
public class ProgrammeFiguresTests
{
    private static readonly BudgetPolicy Budget = new()
    {
        Id = new("lifts-2026"),
        Name = new Words { Zh = "2026年加梯专项", En = "Lifts of 2026" },
        City = new Words { Zh = "城", En = "city" },
        Versions = [Version(2026, 1, 500_000) with { To = new DateOnly(2026, 6, 30) }, Version(2026, 7, 550_000)],
    };

    private static readonly PolicyBook Book = PolicyBook.Of([Stairs.Subsidised(Stairs.Rule(Stairs.FortyPercent(280_000))), Budget]);

    [Fact]
    public void What_is_committed_counts_all_streets_under_any_of_its_names()
    {
        BuildingSummary[] here = [Paid("a", "lifts-2026", granted: 280_000), Paid("b", "2026年加梯专项", claimed: 200_000)];
        BuildingSummary[] city = [.. here, Paid("c", "Lifts of 2026", paid: 100_000), Paid("d", "lifts-2026", planned: 7), Paid("e", "of the street", granted: 1)];
        Assert.Equal(
            ["lifts-2026 50000000 58000000 48000000 700 -8000000", "of the street  100 0 0 "],
            Of(city, here, new DateOnly(2026, 6, 30)).Select(Told));
        Assert.Equal("lifts-2026 55000000 58000000 48000000 700 -3000000", Told(Of(city, here, new DateOnly(2026, 7, 1))[0]));
    }

    [Fact]
    public void A_budget_counts_on_its_days_alone_but_what_was_committed_stays_told()
    {
        Assert.Empty(Of([], [], new DateOnly(2025, 12, 31)));
        Assert.Equal(["lifts-2026  100 100 0 "], Of([Paid("a", "lifts-2026", granted: 1)], [Paid("a", "lifts-2026", granted: 1)], new DateOnly(2025, 12, 31)).Select(Told));
        Assert.Equal(["lifts-2026 50000000 0 0 0 50000000"], Of([], [], new DateOnly(2026, 1, 1)).Select(Told));
    }

    [Fact]
    public void Budgets_that_a_record_could_mean_alike_are_found()
    {
        Assert.Null(Book.BudgetNamedTwice);
        Assert.Equal("lifts-2026", PolicyBook.Of([Budget, Budget with { Id = new("other"), Name = new Words { Zh = "另一项", En = "lifts-2026" } }]).BudgetNamedTwice);
    }

    [Fact]
    public void A_grant_of_nothing_frees_what_was_claimed()
    {
        BuildingSummary stair = Paid("a", "lifts-2026", claimed: 280_000, granted: 0);
        Assert.Equal(["lifts-2026 50000000 0 0 0 50000000"], Of([stair], [stair], new DateOnly(2026, 1, 1)).Select(Told));
    }

    private static BudgetRule Version(int year, int month, decimal yuan) => new()
    {
        From = new DateOnly(year, month, 1),
        Certainty = Certainty.Official,
        References = [Given.Paper("budget", Certainty.Official)],
        Budget = Given.Yuan(yuan),
    };

    private static BuildingSummary Paid(string id, string programme, decimal? planned = null, decimal? claimed = null, decimal? granted = null, decimal? paid = null) =>
        Stairs.Of(id, 700_000, Stairs.Recorded(Yuan(planned), Yuan(claimed), Yuan(granted), Yuan(paid)) with { Programme = programme });

    private static Money? Yuan(decimal? yuan) => yuan is decimal sum ? Given.Yuan(sum) : null;

    private static string Told(ProgrammeFigures figures) =>
        $"{figures.Programme} {figures.Budget?.Fen} {figures.Committed.Fen} {figures.CommittedHere.Fen} {figures.Planned.Fen} {figures.Left?.Fen}";

    private static IReadOnlyList<ProgrammeFigures> Of(BuildingSummary[] city, BuildingSummary[] here, DateOnly on)
    {
        var faults = new FaultList();
        IReadOnlyList<ProgrammeFigures> figures = ProgrammeFigures.Of(StreetFiguresTests.Added(city, Book), StreetFiguresTests.Added(here, Book), Book, on, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return figures;
    }
}
