using System.Numerics;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>The elevator (or airport) cost game, solved by brute force and exactly, as the oracle of closed forms.</summary>
/// <remarks>
/// A coalition costs what its dearest member costs, c(S) = max of costs[i] over i in S: whoever needs the top stop needs everything
/// below it. Source: Littlechild and Owen, "A simple expression for the Shapley value in a special case", Management Science, 1973.
/// Nothing but <see cref="CostOf"/> knows that special form; every solution below works from the costs of all coalitions, as it would
/// for any other game. A coalition is a set of bits, bit i for player i. The players may come in any order of cost.
/// Running over all orders is meant for at most 7 players.
/// </remarks>
internal sealed class ElevatorGame
{
    private readonly int _players;
    private readonly Q[] _costs;

    /// <param name="costs">What an elevator for each player alone would cost; zero or more.</param>
    public ElevatorGame(params Q[] costs)
    {
        _players = costs.Length;
        _costs = [.. Enumerable.Range(0, 1 << _players).Select(coalition => CostOf(coalition, costs))];
    }

    private int Everyone => _costs.Length - 1;

    /// <summary>The average, over all orders of arrival, of what each player adds to the cost of those already there.</summary>
    /// <remarks>Source: Shapley, "A value for n-person games", Contributions to the Theory of Games II, 1953.</remarks>
    public Q[] Shapley() => Expected(_ => 1);

    /// <summary>The weighted value that shares every segment game among its users in proportion to their weights.</summary>
    /// <remarks>
    /// The segment game of T costs 1 for a coalition that meets T and 0 otherwise, so in any order the first member of T to arrive
    /// pays it all, and the value must make each member of T the first with probability weight / weight of T. Drawing the order
    /// from the front does: the next to arrive is each absent player with probability weight / weight of the absent. Until a member
    /// of T arrives all of T is absent, and whenever one does, the odds among them are their weights. The order therefore has
    /// probability w1/(w1 + ... + wn) · w2/(w2 + ... + wn) · ... · wn/wn, numbered by arrival. (The value of the unanimity games,
    /// which are shared by the last to arrive, draws the same way from the back; this one is its dual.) Segment games span all
    /// games, so no other linear value has this property.
    /// Source: Kalai and Samet, "On weighted Shapley values", International Journal of Game Theory, 1987.
    /// </remarks>
    /// <param name="weights">One weight per player; each more than zero.</param>
    public Q[] WeightedShapley(Q[] weights) => Expected(order =>
    {
        Q absent = Sum(weights), probability = 1;
        foreach (int player in order)
        {
            probability *= weights[player] / absent;
            absent -= weights[player];
        }
        return probability;
    });

    /// <summary>The average contribution over those orders only in which the members of each union arrive one after another.</summary>
    /// <remarks>Source: Owen, "Values of games with a priori unions", Mathematical Economics and Game Theory, 1977.</remarks>
    /// <param name="unionOf">The number of each player's union.</param>
    public Q[] Owen(int[] unionOf)
    {
        int unions = unionOf.Distinct().Count();
        return Expected(order => 1 + order.Zip(order.Skip(1)).Count(pair => unionOf[pair.First] != unionOf[pair.Second]) == unions ? 1 : 0);
    }

    /// <summary>The payments whose excesses x(S) - c(S), sorted from the largest down, are lexicographically smallest.</summary>
    /// <remarks>
    /// A sequence of linear programmes: make the largest excess of the open coalitions as small as it can be, settle coalitions that
    /// have it in every optimal solution, repeat until the settled coalitions leave one x. The programme solved is the dual one:
    /// balance the open coalitions with multipliers of sum 1 at the least cost. By complementary slackness a coalition with a
    /// positive multiplier has the largest excess in all optimal solutions. One that has it in all of them but got no multiplier
    /// stays open and is found by a later programme of the same value, and one that depends linearly on the settled ones has a
    /// fixed excess and leaves; so every programme settles at least one more dimension.
    /// The search is over all efficient x, which makes this the prenucleolus. It is the nucleolus because the game is concave
    /// (a maximum is submodular): a concave game has a core (Shapley, "Cores of convex games", International Journal of Game Theory,
    /// 1971), so the smallest largest excess is at most 0 and the x found lies in the core, where nobody pays more than alone.
    /// Sources: Schmeidler, "The nucleolus of a characteristic function game", SIAM Journal on Applied Mathematics, 1969; Maschler,
    /// Peleg and Shapley, "Geometric properties of the kernel, nucleolus, and related solution concepts", Mathematics of Operations
    /// Research, 1979.
    /// </remarks>
    public Q[] Nucleolus()
    {
        // Row i says what x[i] is: the equation solved for it, free of the other players that have a row. Null: x[i] is still free.
        var solved = new Q[]?[_players];
        Settle(solved, Equation(Everyone));
        while (solved.Contains(null))
        {
            int[] free = [.. Enumerable.Range(0, _players).Where(i => solved[i] is null)];
            Q[][] open = [.. Enumerable.Range(1, Everyone - 1).Select(coalition => Substitute(solved, Equation(coalition)))
                .Where(equation => free.Any(i => equation[i] != 0))];
            // What is left of an open coalition: its excess is the free part times x, less the last entry.
            Q[] prices = [.. open.Select(equation => equation[^1])];
            Q[][] balance = [.. free.Select(i => (Q[])[.. open.Select(equation => equation[i]), 0]), [.. open.Select(_ => (Q)1), 1]];
            Q[] multipliers = Cheapest(balance, prices);
            Q excess = 0 - Sum(multipliers.Zip(prices, (multiplier, price) => multiplier * price));
            for (int k = 0; k < open.Length; k++)
            {
                if (multipliers[k] > 0) { Settle(solved, [.. open[k][..^1], open[k][^1] + excess]); }
            }
        }
        return [.. solved.Select(equation => equation![^1])];
    }

    /// <summary>Whether the payments are efficient and no coalition pays more than its own elevator would cost.</summary>
    public bool IsInCore(Q[] x)
    {
        Q[] paid = Paid(x);
        return paid[Everyone].CompareTo(_costs[Everyone]) == 0 && paid.Zip(_costs).All(pair => pair.First <= pair.Second);
    }

    /// <summary>The largest of x(S) - c(S) over all coalitions but the empty one and the one of everybody; at least two players.</summary>
    public Q LargestExcess(Q[] x) => Paid(x).Zip(_costs, (paid, cost) => paid - cost).Take(1..^1).Max();

    private static Q CostOf(int coalition, Q[] costs) =>
        Enumerable.Range(0, costs.Length).Where(i => Has(coalition, i)).Select(i => costs[i]).Append(0).Max() + 0;

    private static bool Has(int coalition, int player) => ((coalition >> player) & 1) == 1;

    private static Q Sum(IEnumerable<Q> values) => values.Aggregate((Q)0, (sum, value) => sum + value);

    /// <summary>What every coalition pays together.</summary>
    private Q[] Paid(Q[] x)
    {
        var paid = new Q[_costs.Length];
        paid[0] = 0;
        for (int coalition = 1; coalition < paid.Length; coalition++)
        {
            paid[coalition] = paid[coalition & (coalition - 1)] + x[BitOperations.TrailingZeroCount(coalition)];
        }
        return paid;
    }

    /// <summary>The expected contribution of each player when every order is as likely as its weight says.</summary>
    private Q[] Expected(Func<int[], Q> weightOf)
    {
        var sums = new Q[_players];
        Array.Fill(sums, 0);
        Q total = 0;
        foreach (int[] order in Orders([.. Enumerable.Range(0, _players)], 0))
        {
            Q weight = weightOf(order);
            total += weight;
            int present = 0;
            foreach (int player in order)
            {
                Q contribution = _costs[present | (1 << player)] - _costs[present];
                if (weight != 0 && contribution != 0) { sums[player] += weight * contribution; }
                present |= 1 << player;
            }
        }
        return [.. sums.Select(sum => sum / total)];
    }

    /// <summary>All orders that keep the first <paramref name="kept"/> players in place, each in the same array: do not keep it.</summary>
    private static IEnumerable<int[]> Orders(int[] order, int kept)
    {
        if (kept == order.Length) { yield return order; }
        for (int next = kept; next < order.Length; next++)
        {
            (order[kept], order[next]) = (order[next], order[kept]);
            foreach (int[] whole in Orders(order, kept + 1)) { yield return whole; }
            (order[kept], order[next]) = (order[next], order[kept]);
        }
    }

    /// <summary>x(S) = c(S): a coefficient per player, then the right side.</summary>
    private Q[] Equation(int coalition) =>
        [.. Enumerable.Range(0, _players).Select(i => (Q)(Has(coalition, i) ? 1 : 0)), _costs[coalition]];

    /// <summary>The same equation on the players that are still free.</summary>
    private static Q[] Substitute(Q[]?[] solved, Q[] equation)
    {
        for (int i = 0; i < solved.Length; i++)
        {
            if (solved[i] is Q[] row) { equation = Eliminate(equation, row, i); }
        }
        return equation;
    }

    /// <summary>Adds an equation and solves it for its first free player; one that follows from the others changes nothing.</summary>
    private static void Settle(Q[]?[] solved, Q[] equation)
    {
        Q[] left = Substitute(solved, equation);
        int player = Array.FindIndex(left, 0, solved.Length, coefficient => coefficient != 0);
        if (player < 0) { return; }
        Q[] row = [.. left.Select(entry => entry / left[player])];
        for (int i = 0; i < solved.Length; i++)
        {
            if (solved[i] is Q[] other) { solved[i] = Eliminate(other, row, player); }
        }
        solved[player] = row;
    }

    /// <summary>The row less that multiple of the pivot row, which has 1 in the column, that makes the column 0.</summary>
    private static Q[] Eliminate(Q[] row, Q[] pivot, int column)
    {
        Q factor = row[column];
        return factor == 0 ? row : [.. row.Zip(pivot, (entry, by) => by == 0 ? entry : entry - (factor * by))];
    }

    /// <summary>Finds the cheapest z >= 0 that meets independent equations, each a row of coefficients and a right side >= 0.</summary>
    /// <remarks>The simplex method in two phases. Source: Dantzig, <i>Linear Programming and Extensions</i>, 1963, chapter 5.</remarks>
    private static Q[] Cheapest(Q[][] equations, Q[] prices)
    {
        int rows = equations.Length, columns = prices.Length;
        // One artificial variable per equation makes the first solution; the first phase prices it out.
        Q[][] tableau = [.. equations.Select((equation, i) =>
            (Q[])[.. equation[..^1], .. Enumerable.Range(0, rows).Select(k => (Q)(k == i ? 1 : 0)), equation[^1]])];
        int[] basis = [.. Enumerable.Range(columns, rows)];
        Improve(tableau, basis, [.. Enumerable.Range(0, columns + rows).Select(column => (Q)(column < columns ? 0 : 1))]);
        // None is left in the basis, not even at 0 (it would throw below): the final prices of this phase give no coalition a sum
        // above 0, its complement has the opposite sum, so all sums are 0, and then so are the prices, the equations being independent.
        Improve(tableau, basis, prices);
        var solution = new Q[columns];
        Array.Fill(solution, 0);
        for (int i = 0; i < rows; i++) { solution[basis[i]] = tableau[i][^1]; }
        return solution;
    }

    /// <summary>Pivots until no column that has a price lowers the total.</summary>
    /// <remarks>
    /// The first column that helps enters; of the rows that limit it most, the one with the first variable leaves; so no basis comes
    /// back. Source: Bland, "New finite pivoting rules for the simplex method", Mathematics of Operations Research, 1977.
    /// </remarks>
    private static void Improve(Q[][] tableau, int[] basis, Q[] prices)
    {
        while (true)
        {
            int entering = Array.FindIndex([.. Enumerable.Range(0, prices.Length)], column => prices[column]
                < Sum(tableau.Select((row, i) => row[column] == 0 ? 0 : prices[basis[i]] * row[column])));
            if (entering < 0) { return; }
            // There always is such a row: the multipliers sum to 1, so nothing grows without end.
            int leaving = Enumerable.Range(0, tableau.Length).Where(i => tableau[i][entering] > 0)
                .OrderBy(i => tableau[i][^1] / tableau[i][entering]).ThenBy(i => basis[i]).First();
            Pivot(tableau, basis, leaving, entering);
        }
    }

    private static void Pivot(Q[][] tableau, int[] basis, int leaving, int entering)
    {
        Q pivot = tableau[leaving][entering];
        Q[] row = [.. tableau[leaving].Select(entry => entry == 0 ? entry : entry / pivot)];
        for (int i = 0; i < tableau.Length; i++) { tableau[i] = i == leaving ? row : Eliminate(tableau[i], row, entering); }
        basis[leaving] = entering;
    }
}
