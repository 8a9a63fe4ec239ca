using System.Diagnostics;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Votes;

/// <summary>The cheapest set with so many members and so much area.</summary>
public class CheapestCoverTests
{
    [Fact]
    public void It_is_the_cheapest_of_all_sets()
    {
        for (int seed = 0; seed < RandomVote.Count / 5; seed++)
        {
            var random = new Random(seed);
            int kinds = random.Next(1, 5), count = random.Next(0, 13);
            CoverItem Some() => new(random.Next(0, 20), random.Next(1, 20));
            CoverItem[] pattern = [.. Enumerable.Range(0, kinds).Select(_ => Some())];
            CoverItem[] items = [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 0 ? pattern[random.Next(kinds)] : Some())];
            if (random.Next(3) == 0) { items = [.. items.Select(item => new CoverItem(item.Area, item.Area))]; }
            long area = random.Next(-2, 130);
            int members = random.Next(-1, 10);
            long? least = null;
            for (int set = 0; set < 1 << count; set++)
            {
                CoverItem[] some = [.. items.Where((_, i) => (set & (1 << i)) != 0)];
                if (some.Length >= members && some.Sum(item => item.Area) >= area && (least is null || some.Sum(item => item.Cost) < least)) { least = some.Sum(item => item.Cost); }
            }
            (CoverOutcome outcome, IReadOnlyList<int> chosen) = CheapestCover.Find(items, area, members);
            Assert.True((least is null ? CoverOutcome.Impossible : CoverOutcome.Found) == outcome, $"Seed {seed}");
            if (least is null) { continue; }
            Assert.True(chosen.Sum(i => items[i].Cost) == least && chosen.Sum(i => items[i].Area) >= area && chosen.Count >= members, $"Seed {seed}");
            Assert.Equal(chosen.Distinct().Order(), chosen);
        }
    }

    [Fact]
    public void Nothing_asked_is_met_by_nobody()
    {
        Assert.Equal((CoverOutcome.Found, 0), (CheapestCover.Find([], 0, 0).Outcome, CheapestCover.Find([], 0, 0).Chosen.Count));
        Assert.Empty(CheapestCover.Find([new(1, 1)], 0, 0).Chosen);
    }

    [Fact] // Of equal ones those that stand first.
    public void Ten_thousand_equal_flats_are_few_lots()
    {
        (CoverOutcome outcome, IReadOnlyList<int> chosen) = CheapestCover.Find([.. Enumerable.Repeat(new CoverItem(80_00, 80_00), 10_000)], 480_001_00, 10);
        Assert.Equal(CoverOutcome.Found, outcome);
        Assert.Equal(Enumerable.Range(0, 6_001), chosen);
    }

    [Fact]
    public void Too_many_sets_are_given_up_in_bounded_time()
    {
        var random = new Random(7);
        CoverItem[] items = [.. Enumerable.Range(0, 5_000).Select(_ => new CoverItem(random.NextInt64(1, 1_000_000_000_000), random.Next(1, 10_000_000)))];
        var watch = Stopwatch.StartNew();
        CoverOutcome outcome = CheapestCover.Find(items, items.Sum(item => item.Area) / 3, 2_500).Outcome;
        Assert.True(outcome is CoverOutcome.TooLarge or CoverOutcome.Found);
        CoverItem[] hard = [.. Enumerable.Range(0, 400).Select(i => new CoverItem((2 * i) + 10_000_000, (2 * i) + 10_000_000))];
        // No sum of even areas is odd, so nothing but having tried them shows that there is no better set.
        Assert.Equal(CoverOutcome.TooLarge, CheapestCover.Find(hard, (hard.Sum(item => item.Area) / 2) | 1, 0).Outcome);
        Assert.True(watch.ElapsedMilliseconds < 30_000);
    }
}
