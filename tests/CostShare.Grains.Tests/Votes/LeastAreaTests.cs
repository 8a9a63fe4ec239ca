using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Votes;

/// <summary>The set of heads with the least area.</summary>
public class LeastAreaTests
{
    [Fact]
    public void It_is_the_least_of_all_sets()
    {
        for (int seed = 0; seed < RandomVote.Count / 5; seed++)
        {
            var random = new Random(seed);
            int count = random.Next(0, 13), largest = random.Next(1, 4) switch { 1 => 3, 2 => 20, _ => 1_000 };
            long[] areas = [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(1, largest + 1)).OrderDescending()];
            long area = random.NextInt64(0, areas.Sum() + 2);
            int members = random.Next(0, count + 2);
            long? least = null;
            for (int set = 0; set < 1 << count; set++)
            {
                long[] some = [.. areas.Where((_, i) => (set & (1 << i)) != 0)];
                if (some.Length >= members && some.Sum() >= area && (least is null || some.Sum() < least)) { least = some.Sum(); }
            }
            (CoverOutcome outcome, IReadOnlyList<int> chosen) = LeastArea.Find(areas, area, members);
            Assert.True((least is null ? CoverOutcome.Impossible : CoverOutcome.Found) == outcome, $"Seed {seed}");
            if (least is null) { continue; }
            Assert.True(chosen.Sum(i => areas[i]) == least && chosen.Count >= members, $"Seed {seed}");
            Assert.Equal(chosen.Distinct().Order(), chosen);
        }
    }

    [Theory] // Stairs and estates in which no flat is like another: so many sets hit every hundredth of a square metre.
    [InlineData(40, 60)]
    [InlineData(40, 25)]
    [InlineData(40, 75)]
    [InlineData(100, 25)]
    [InlineData(400, 50)]
    [InlineData(10_000, 33)]
    public void Many_different_flats_are_found_exactly(int flats, int percent)
    {
        var random = new Random(flats);
        long[] areas = [.. Enumerable.Range(0, flats).Select(_ => (long)random.Next(50_00, 140_00)).OrderDescending()];
        long area = areas.Sum() * percent / 100;
        (CoverOutcome outcome, IReadOnlyList<int> chosen) = LeastArea.Find(areas, area, flats / 10);
        Assert.Equal((CoverOutcome.Found, area), (outcome, chosen.Sum(i => areas[i])));
    }

    [Fact] // No sum of multiples of four is odd, so nothing but having tried them all shows that there is no better set.
    public void What_takes_too_much_work_is_left_out() => Assert.Equal(CoverOutcome.TooLarge, LeastArea.Find(Fours, Enough, 0).Outcome);

    [Fact] // Two thousand boxes in the cellar say yes, so that heads decide nothing.
    public void A_forecast_says_so_where_it_left_a_set_out()
    {
        Forecast forecast = Asked.Forecast(
            Asked.Register([.. Fours.Select((area, i) => Asked.Household($"{i}", area / 100m)), .. Enumerable.Range(0, 2_003).Select(i => Asked.Household($"box {i}", 0.01m, Stance.Yes))]),
            Asked.Rule(null, "499/1000", ConsentBase.All));
        Assert.Equal((false, null), (forecast.ToPass!.LeastAreaFound, forecast.ToPass.LeastArea));
        Assert.Equal((false, null), (forecast.ToBlock!.LeastAreaFound, forecast.ToBlock.LeastArea));
        Assert.True(forecast.ToPass.Fewest.Area.Hundredths >= forecast.Registered.Missing!.Area.Hundredths);
        Assert.Equal(BlockedBy.Either, forecast.ToBlock.Fewest.By);
    }

    // What is missing, and what stops the vote, are no multiples of four.
    private static readonly long[] Fours = [.. Enumerable.Range(0, 401).Select(i => 1_000_000L + (4 * i * i)).OrderDescending()];

    private static readonly long Enough = (Fours.Sum() / 2) | 1;
}
