namespace CostShare.Grains.Tests.Schemes;

/// <summary>The oracle of the elevator game against published values and against what its solutions are defined by.</summary>
public class ElevatorGameTests
{
    private static string Text(Q[] shares) => string.Join(" ", shares);

    private static Q[] Numbers(string text) => [.. text.Split(' ').Select(number => Q.Parse(number) + 0)];

    private static ElevatorGame Game(string costs) => new(Numbers(costs));

    /// <summary>Few different costs, zero among them, in any order, so that equals and free riders are common.</summary>
    private static Q[] RandomCosts(Random random, int players)
    {
        int most = random.Next(2) == 0 ? 5 : 100;
        return [.. Enumerable.Range(0, players).Select(_ => (Q)random.Next(most)), random.Next(1, most + 1)];
    }

    private static Q Sum(IEnumerable<Q> values) => values.Aggregate((Q)0, (sum, value) => sum + value);

    [Theory] // Littlechild and Owen, "A simple expression for the Shapley value in a special case", Management Science, 1973.
    [InlineData("8 11 13 18", "2 3 4 9")] // Wikipedia, "Airport problem".
    [InlineData("18 8 13 11", "9 2 4 3")]
    [InlineData("10", "10")]
    [InlineData("0 6", "0 6")]
    public void The_Shapley_value_is_that_of_Littlechild_and_Owen(string costs, string shares) =>
        Assert.Equal(shares, Text(Game(costs).Shapley()));

    [Fact] // By hand: 1 over all, 2 over all but the first, 4 and 3 over who is left, each by weight.
    public void The_weighted_value_shares_each_segment_by_weight() =>
        Assert.Equal("1/16 47/60 47/240 143/120 233/30", Text(Game("1 3 3 7 10").WeightedShapley([1, 4, 1, 2, 8])));

    [Fact] // Kalai and Samet, "On weighted Shapley values", 1987: the games of 0 and 1 are all the segment games.
    public void The_weighted_value_of_every_segment_game_is_proportional_to_weight()
    {
        Q[] weights = [3, 1, 1, 7, new Q(1, 2)];
        for (int segment = 1; segment < 1 << weights.Length; segment++)
        {
            Q[] costs = [.. weights.Select((_, i) => (Q)((segment >> i) & 1))];
            Q users = Sum(costs.Zip(weights, (cost, weight) => cost * weight));
            Q[] expected = [.. costs.Zip(weights, (cost, weight) => cost * weight / users)];
            Assert.Equal(expected, new ElevatorGame(costs).WeightedShapley(weights));
        }
    }

    [Fact]
    public void Equal_weights_and_trivial_unions_give_the_Shapley_value()
    {
        var random = new Random(1);
        for (int round = 0; round < 20; round++)
        {
            Q[] costs = RandomCosts(random, random.Next(0, 5));
            var game = new ElevatorGame(costs);
            Assert.Equal(game.Shapley(), game.WeightedShapley([.. costs.Select(_ => (Q)3)]));
            Assert.Equal(game.Shapley(), game.Owen([.. costs.Select((_, i) => i)]));
            Assert.Equal(game.Shapley(), game.Owen([.. costs.Select(_ => 8)]));
        }
    }

    [Fact] // By hand: the floors share each segment equally (25, 5, 5, 10 among 4, 3, 2, 1), the households their floor's share.
    public void The_Owen_value_shares_between_floors_and_then_within() =>
        Assert.Equal("25/8 25/8 95/36 95/36 95/36 125/12 245/12", Text(Game("25 25 30 30 30 35 45").Owen([0, 0, 1, 1, 1, 2, 3])));

    [Theory] // Littlechild, "A simple expression for the nucleolus in a special case", International Journal of Game Theory, 1974.
    [InlineData("1 3 7 10", "1/2 5/4 21/8 45/8")]
    [InlineData("3 3 10 10 10", "1 1 8/3 8/3 8/3")]
    [InlineData("10 3 10 3 10", "8/3 1 8/3 1 8/3")]
    [InlineData("10", "10")]
    [InlineData("4 10", "2 8")]
    [InlineData("0 0 0", "0 0 0")]
    public void The_nucleolus_is_that_of_Littlechild(string costs, string shares) =>
        Assert.Equal(shares, Text(Game(costs).Nucleolus()));

    [Fact]
    public void The_core_is_what_no_coalition_can_better()
    {
        ElevatorGame game = Game("1 3 10");
        Assert.True(game.IsInCore(Numbers("1 2 7")));
        Assert.True(game.IsInCore(Numbers("0 0 10")));
        Assert.False(game.IsInCore(Numbers("1 2 6")));
        Assert.False(game.IsInCore(Numbers("1 21/10 69/10")));
        Assert.False(game.IsInCore(Numbers("-1 0 11")));
        Assert.Equal(0, game.LargestExcess(Numbers("1 2 7")));
        Assert.Equal(new Q(1, 10), game.LargestExcess(Numbers("1 21/10 69/10")));
        Assert.Equal(new Q(-1, 2), game.LargestExcess(Game("1 3 10").Nucleolus()));
    }

    [Fact]
    public void Every_solution_is_efficient_in_the_core_and_treats_equals_equally()
    {
        var random = new Random(2);
        for (int round = 0; round < 60; round++)
        {
            Q[] costs = RandomCosts(random, random.Next(1, 5));
            var game = new ElevatorGame(costs);
            // Equal costs have equal weights, and a floor is a union, so equals stay equal in all four.
            Q[][] solutions = [game.Shapley(), game.WeightedShapley([.. costs.Select(cost => cost + 1)]),
                game.Owen([.. costs.Select(cost => (int)cost.N)]), game.Nucleolus()];
            foreach (Q[] shares in solutions)
            {
                Assert.Equal(costs.Max(), Sum(shares));
                Assert.True(game.IsInCore(shares), $"Round {round}: {Text(costs)} is shared as {Text(shares)}.");
                Assert.True(game.LargestExcess(shares) <= 0);
                Assert.All(costs.Zip(shares).GroupBy(pair => pair.First), equals => Assert.Single(equals.Distinct()));
            }
            Assert.All(solutions, shares => Assert.True(game.LargestExcess(solutions[^1]) <= game.LargestExcess(shares)));
        }
    }

    [Fact] // Schmeidler, "The nucleolus of a characteristic function game", 1969: what is better far away is better on the way to it.
    public void No_transfer_and_no_other_sharing_betters_the_sorted_excesses_of_the_nucleolus()
    {
        var random = new Random(3);
        for (int round = 0; round < 60; round++)
        {
            Q[] costs = RandomCosts(random, random.Next(1, 5));
            Q[] nucleolus = new ElevatorGame(costs).Nucleolus();
            Q[] best = SortedExcesses(costs, nucleolus);
            Q total = costs.Max(), step = total / 1000;
            void Examine(Q[] other)
            {
                if (other.SequenceEqual(nucleolus)) { return; }
                var (mine, its) = best.Zip(SortedExcesses(costs, other)).First(pair => pair.First != pair.Second);
                Assert.True(mine < its, $"Round {round}: {Text(costs)} is shared better as {Text(other)} than as {Text(nucleolus)}.");
            }
            for (int from = 0; from < costs.Length; from++)
            {
                for (int to = 0; to < costs.Length; to++)
                {
                    Examine([.. nucleolus.Select((share, i) => share + (i == to ? step : 0) - (i == from ? step : 0))]);
                }
            }
            for (int trial = 0; trial < 200; trial++)
            {
                // By turns anywhere on a grid of twentieths, negative shares included, and a few steps around the nucleolus.
                bool near = trial % 2 == 0;
                Q[] some = [.. nucleolus.SkipLast(1)
                    .Select(share => near ? share + (step * random.Next(-3, 4)) : total * random.Next(-4, 21) / 20)];
                Examine([.. some, total - Sum(some)]);
            }
        }
    }

    /// <summary>The excess of every proper coalition straight from its definition, largest first.</summary>
    private static Q[] SortedExcesses(Q[] costs, Q[] shares)
    {
        var excesses = new List<Q>();
        for (int coalition = 1; coalition < (1 << costs.Length) - 1; coalition++)
        {
            Q paid = 0, cost = 0;
            for (int i = 0; i < costs.Length; i++)
            {
                if (((coalition >> i) & 1) == 0) { continue; }
                paid += shares[i];
                cost = costs[i] > cost ? costs[i] : cost;
            }
            excesses.Add(paid - cost);
        }
        return [.. excesses.OrderDescending()];
    }
}
