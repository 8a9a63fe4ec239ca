namespace CostShare.Grains.Votes;

/// <summary>Something that may be chosen: a head with what choosing it costs.</summary>
/// <param name="Cost">What it costs; 0 or more.</param>
/// <param name="Area">Its area in hundredths of a square metre; above 0.</param>
internal readonly record struct CoverItem(long Cost, long Area);

/// <summary>How the search for a cheapest cover ended.</summary>
internal enum CoverOutcome
{
    /// <summary>There is none cheaper than the one found.</summary>
    Found,
    /// <summary>All together are not enough.</summary>
    Impossible,
    /// <summary>It would have taken more work than is allowed.</summary>
    TooLarge,
}

/// <summary>Finds the cheapest of all sets that have so many members and so much area, exactly.</summary>
/// <remarks>
/// Dynamic programming over the members, the cheapest by area first: of the sets of those looked at so far only those stay of which no other costs no more and has no less area and no fewer members
/// (Nemhauser and Ullmann, Management Science 15, 1969, there for the knapsack problem), which can still reach what is asked, and which, completed by the linear relaxation (Dantzig, Operations
/// Research 5, 1957), can still cost less than the best set known. Equal members are taken in lots of 1, 2, 4 and so on, so that many equal flats are few lots.
/// Of several cheapest sets the one that this order meets first is given, so it is always the same. The problem is NP-hard, so the work is bounded: <see cref="MostStates"/>.
/// </remarks>
internal static class CheapestCover
{
    /// <summary>The most sets that are looked at for one answer.</summary>
    public const int MostStates = 200_000;

    /// <summary>The positions of the members of a cheapest set, rising.</summary>
    /// <param name="items">What may be chosen.</param>
    /// <param name="area">The least area; 0 or below asks none.</param>
    /// <param name="members">The fewest members; 0 or below asks none.</param>
    public static (CoverOutcome Outcome, IReadOnlyList<int> Chosen) Find(IReadOnlyList<CoverItem> items, long area, long members) =>
        items.Sum(item => item.Area) < area || items.Count < members ? (CoverOutcome.Impossible, []) : new Search(items, area, members).Run();

    /// <summary>Equal members that are taken together or not at all.</summary>
    private readonly record struct Lot(int Group, int Members, long Cost, long Area);

    /// <summary>A set of some of the lots looked at so far; its trail leads to its lots, -1 for none.</summary>
    private readonly record struct State(long Cost, long Area, long Members, int Trail);

    private sealed class Search
    {
        private readonly long _area, _members;
        private readonly int[][] _groups;
        private readonly List<Lot> _lots = [];
        // Sums of the first lots, and the least that one member of the lots from here on costs.
        private readonly long[] _costs, _areas, _counts, _leastCost;
        private readonly List<(int Before, int Lot)> _trails = [];
        private readonly MostArea _mostArea;
        private long _bestCost = long.MaxValue;
        private int _bestTrail, _bestFrom, _bestTo, _looked;

        public Search(IReadOnlyList<CoverItem> items, long area, long members)
        {
            (_area, _members) = (long.Max(area, 0), long.Max(members, 0));
            _mostArea = new MostArea(_members);
            _groups = [.. Enumerable.Range(0, items.Count).GroupBy(i => items[i])
                .OrderBy(group => group.Key, Comparer<CoverItem>.Create(static (left, right) => ((Int128)left.Cost * right.Area).CompareTo((Int128)right.Cost * left.Area)))
                .ThenByDescending(group => group.Key.Area).Select(group => group.ToArray())];
            for (int group = 0; group < _groups.Length; group++)
            {
                CoverItem item = items[_groups[group][0]];
                for (int left = _groups[group].Length, lot = 1; left > 0; left -= lot, lot *= 2)
                {
                    lot = int.Min(lot, left);
                    _lots.Add(new Lot(group, lot, item.Cost * lot, item.Area * lot));
                }
            }
            (_costs, _areas, _counts, _leastCost) = (new long[_lots.Count + 1], new long[_lots.Count + 1], new long[_lots.Count + 1], new long[_lots.Count + 1]);
            for (int k = 0; k < _lots.Count; k++)
            {
                (_costs[k + 1], _areas[k + 1], _counts[k + 1]) = (_costs[k] + _lots[k].Cost, _areas[k] + _lots[k].Area, _counts[k] + _lots[k].Members);
            }
            for (int k = _lots.Count - 1; k >= 0; k--)
            {
                long each = _lots[k].Cost / _lots[k].Members;
                _leastCost[k] = k == _lots.Count - 1 ? each : long.Min(each, _leastCost[k + 1]);
            }
        }

        public (CoverOutcome Outcome, IReadOnlyList<int> Chosen) Run()
        {
            var kept = new List<State>();
            Look(new State(0, 0, 0, -1), 0, null, kept);
            for (int k = 0; k < _lots.Count && kept.Count > 0; k++)
            {
                List<State> before = kept;
                kept = [];
                _mostArea.Forget();
                Lot lot = _lots[k];
                // Two lists in the same order: the sets without the lot, and the same sets with it.
                for (int without = 0, with = 0; with < before.Count;)
                {
                    if (_looked > MostStates) { return (CoverOutcome.TooLarge, []); }
                    State taken = before[with] with { Cost = before[with].Cost + lot.Cost, Area = before[with].Area + lot.Area, Members = before[with].Members + lot.Members };
                    if (without < before.Count && Compare(before[without], taken) <= 0) { Look(before[without++], k + 1, null, kept); }
                    else
                    {
                        Look(taken, k + 1, k, kept);
                        with++;
                    }
                }
            }
            return (CoverOutcome.Found, Members());
        }

        // The cheaper first; of the same cost those with more area, then with more members, which make the others superfluous.
        private static int Compare(State left, State right) =>
            left.Cost != right.Cost ? left.Cost.CompareTo(right.Cost)
            : left.Area != right.Area ? right.Area.CompareTo(left.Area)
            : right.Members.CompareTo(left.Members);

        /// <summary>Keeps a set if a better one than the best can come of it with lots from <paramref name="next"/> on.</summary>
        private void Look(State state, int next, int? taken, List<State> kept)
        {
            _looked++;
            if (state.Area + _areas[^1] - _areas[next] < _area || state.Members + _counts[^1] - _counts[next] < _members) { return; }
            long area = long.Min(state.Area, _area), members = long.Min(state.Members, _members);
            if (_mostArea.WithAtLeast(members) >= area) { return; }
            int end = First(_areas, next, _area - area), to = int.Max(end, First(_counts, next, _members - members));
            // The lots that follow are the cheapest by area: enough of them complete the set, and no completion costs less than they do with the last of them cut to size.
            long complete = state.Cost + _costs[to] - _costs[next];
            if (complete < _bestCost)
            {
                (_bestCost, _bestTrail, _bestFrom, _bestTo) = (complete, Trail(state, taken), next, to);
            }
            long least = (_members - members) * _leastCost[next];
            if (end > next)
            {
                long cut = _area - area - (_areas[end - 1] - _areas[next]);
                least = long.Max(least, _costs[end - 1] - _costs[next] + CostOf(cut, _lots[end - 1]));
            }
            if (state.Cost + least >= _bestCost) { return; }
            _mostArea.Note(members, area);
            kept.Add(state with { Trail = Trail(state, taken) });
        }

        /// <summary>What a part of a lot would cost, rounded up.</summary>
        private static long CostOf(long area, Lot lot) =>
            lot.Cost == lot.Area ? area : (long)((((Int128)area * lot.Cost) + lot.Area - 1) / lot.Area);

        private int Trail(State state, int? taken)
        {
            if (taken is not int lot) { return state.Trail; }
            if (_trails.Count == 0 || _trails[^1] != (state.Trail, lot)) { _trails.Add((state.Trail, lot)); }
            return _trails.Count - 1;
        }

        /// <summary>The first end of lots from a beginning on that together have so much; there is one.</summary>
        private static int First(long[] sums, int from, long wanted)
        {
            int end = Array.BinarySearch(sums, from, sums.Length - from, sums[from] + wanted);
            return end < 0 ? ~end : end;
        }

        private IReadOnlyList<int> Members()
        {
            var taken = new int[_groups.Length];
            for (int trail = _bestTrail; trail >= 0; trail = _trails[trail].Before) { taken[_lots[_trails[trail].Lot].Group] += _lots[_trails[trail].Lot].Members; }
            for (int k = _bestFrom; k < _bestTo; k++) { taken[_lots[k].Group] += _lots[k].Members; }
            return [.. taken.SelectMany((number, group) => _groups[group].Take(number)).Order()];
        }
    }

    /// <summary>The most area of a set, among the sets noted, that has at least so many members.</summary>
    /// <remarks>Each entry stands for a run of numbers of members, as in the tree of Fenwick (Software: Practice and Experience 24, 1994), so that both questions take a few steps.</remarks>
    private sealed class MostArea(long mostMembers)
    {
        private readonly long[] _most = Empty(mostMembers);

        public void Forget() => Array.Fill(_most, -1);

        public void Note(long members, long area)
        {
            for (long i = mostMembers - members + 1; i < _most.Length; i += i & -i) { _most[i] = long.Max(_most[i], area); }
        }

        /// <summary>-1 where none was noted.</summary>
        public long WithAtLeast(long members)
        {
            long most = -1;
            for (long i = mostMembers - members + 1; i > 0; i -= i & -i) { most = long.Max(most, _most[i]); }
            return most;
        }

        private static long[] Empty(long mostMembers)
        {
            var most = new long[mostMembers + 2];
            Array.Fill(most, -1);
            return most;
        }
    }
}
