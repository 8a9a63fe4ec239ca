using CostShare.Grains.Comparison.Search;

namespace CostShare.Grains.Tests.Comparison.Search;

/// <summary>What is held of a row of schemes, beside holding each against each.</summary>
public class FrontierTests
{
    [Fact]
    public void What_is_held_is_what_nothing_beats_and_of_equals_the_first()
    {
        var random = new Random(20_261_120);
        for (int round = 0; round < 500; round++)
        {
            int most = random.Next(2, 6);
            double[][] all = [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => Enumerable.Range(0, Frontier.Width).Select(i => i < 6 ? (double)random.Next(most) : 0).ToArray())];
            var frontier = new Frontier(all.Length);
            for (int k = 0; k < all.Length; k++)
            {
                bool isMatched = all[..k].Any(earlier => NoWorse(earlier, all[k]));
                Assert.Equal(isMatched, frontier.Matches(all[k]));
                if (!isMatched) { Assert.True(frontier.Add(k, all[k])); }
            }
            int[] expected = [.. Enumerable.Range(0, all.Length).Where(k => !all.Where((other, j) => NoWorse(other, all[k]) && (j < k || !NoWorse(all[k], other))).Any())];
            Assert.Equal(expected, frontier.Schemes.Select(scheme => scheme.Member).Order());
            Assert.All(frontier.Schemes, scheme => Assert.Equal(all[scheme.Member], scheme.Values));
        }
    }

    [Fact]
    public void A_full_frontier_takes_in_only_what_beats_something()
    {
        var frontier = new Frontier(2);
        Assert.True(frontier.Add(0, [0, 4, 0, 0, 0, 0, 0, 0]));
        Assert.True(frontier.Add(1, [4, 0, 0, 0, 0, 0, 0, 0]));
        Assert.False(frontier.Add(2, [2, 2, 0, 0, 0, 0, 0, 0]));
        Assert.True(frontier.Add(3, [3, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Equal([0, 3], frontier.Schemes.Select(scheme => scheme.Member).Order());
    }

    private static bool NoWorse(double[] one, double[] other) => one.Zip(other).All(pair => pair.First <= pair.Second);
}
