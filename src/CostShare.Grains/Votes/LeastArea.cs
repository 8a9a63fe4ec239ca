namespace CostShare.Grains.Votes;

/// <summary>Finds a set of heads that has the least area of all with so many heads and so much area, exactly.</summary>
/// <remarks>
/// So many of the smallest heads are such a set if they have the area. Otherwise no set can do better than to have exactly the area that is asked, and where areas differ there
/// are so many sets that exchanging a head or two mostly finds one. Only what is left is searched through, within <see cref="CheapestCover.MostStates"/>.
/// </remarks>
internal static class LeastArea
{
    // Three numbers of heads, eight beginnings each, and of each so many pairs at the most: the work stays a few hundredths of a second for ten thousand heads.
    private const int MostSizes = 3, MostBeginnings = 8, MostPairs = 20_000;

    /// <summary>The positions of the members of such a set.</summary>
    /// <param name="areas">The areas of the heads in hundredths of a square metre, falling.</param>
    /// <param name="area">The least area.</param>
    /// <param name="members">The fewest heads.</param>
    public static (CoverOutcome Outcome, IReadOnlyList<int> Chosen) Find(IReadOnlyList<long> areas, long area, long members)
    {
        var sums = new long[areas.Count + 1];
        for (int i = 0; i < areas.Count; i++) { sums[i + 1] = sums[i] + areas[i]; }
        if (members > areas.Count || sums[^1] < area) { return (CoverOutcome.Impossible, []); }
        int least = areas.Count - (int)members;
        if (sums[^1] - sums[least] >= area) { return (CoverOutcome.Found, [.. Enumerable.Range(least, (int)members)]); }
        return Exactly(areas, sums, area, (int)members) is IReadOnlyList<int> exact
            ? (CoverOutcome.Found, exact)
            : CheapestCover.Find([.. areas.Select(own => new CoverItem(own, own))], area, members);
    }

    /// <summary>A set with exactly the area, or null where exchanging a head or two of some sets gives none.</summary>
    private static IReadOnlyList<int>? Exactly(IReadOnlyList<long> areas, long[] sums, long area, int members)
    {
        int fewest = members;
        while (sums[fewest] < area) { fewest++; }
        for (int size = fewest; size <= int.Min(fewest + MostSizes - 1, areas.Count); size++)
        {
            // Neighbours in the order of area, the last of them that still have enough.
            int begin = areas.Count - size;
            while (sums[begin + size] - sums[begin] < area) { begin--; }
            for (int k = 0; k < MostBeginnings && begin - k >= 0; k++)
            {
                if (Exchange(areas, begin - k, size, sums[begin - k + size] - sums[begin - k] - area) is IReadOnlyList<int> exact) { return exact; }
            }
        }
        return null;
    }

    /// <summary>Neighbours of which none, one or two are exchanged for others, so that their area falls by exactly so much.</summary>
    private static IReadOnlyList<int>? Exchange(IReadOnlyList<long> areas, int begin, int size, long excess)
    {
        if (excess == 0) { return With([], []); }
        var pairs = new Dictionary<long, (int In, int Out)>();
        int looked = 0;
        for (int own = begin; own < begin + size; own++)
        {
            for (int other = 0; other < areas.Count; other++)
            {
                if (other == begin) { other += size; }
                if (other >= areas.Count) { break; }
                if (++looked > MostPairs) { return null; }
                long fall = areas[own] - areas[other];
                if (fall == excess) { return With([own], [other]); }
                if (pairs.TryGetValue(excess - fall, out (int In, int Out) pair) && pair.In != own && pair.Out != other) { return With([own, pair.In], [other, pair.Out]); }
                pairs.TryAdd(fall, (own, other));
            }
        }
        return null;

        IReadOnlyList<int> With(int[] without, int[] with) => [.. Enumerable.Range(begin, size).Except(without).Concat(with).Order()];
    }
}
