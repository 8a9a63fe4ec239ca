using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Faults;
using CostShare.Grains.Tests.Schemes;

namespace CostShare.Grains.Tests.Comparison.Search;

/// <summary>Searches of small families beside carrying out every scheme of them.</summary>
public class SearchPropertyTests
{
    private static readonly int Count = int.Max(100, RandomCase.Count / 20);

    [Fact]
    public void What_is_found_is_what_no_other_scheme_beats() => ForAll(0, (one, search, result) =>
    {
        (SearchReference.Member[] frontier, int refused) = SearchReference.Search(one.Request, one.Policies);
        Assert.Equal(SearchReference.Family(one.Request).Count(), result.Family);
        Assert.Equal((refused, frontier.Length, true, 0), (result.Refused, result.Frontier, result.Complete, result.LeftOut));
        Assert.Equal(frontier.Select(member => member.Number), result.Schemes.Select(scheme => scheme.Number));
        foreach ((SearchReference.Member expected, FoundScheme found) in frontier.Zip(result.Schemes))
        {
            Assert.Equal(expected.Values, found.Values);
            Assert.Equal(expected.Result.Shares.Select(share => new HouseholdAmount(share.Household, SignedMoney.Of(share.Amount))), found.Amounts);
        }
    });

    [Fact]
    public void A_scheme_that_is_found_gives_the_same_amounts_in_a_comparison() => ForAll(1_000_000, (one, search, result) =>
    {
        foreach (FoundScheme found in result.Schemes)
        {
            ComparisonRequest comparison = SearchReference.Comparison(one.Request, found.Scheme) with { Vote = one.Request.Vote };
            SchemeResult compared = Comparer.Compare(comparison, one.Policies, ComparisonParts.Facts, new FaultList())!.Schemes[0];
            Assert.Equal((compared.Facts.Support, compared.Facts.AboveLimit, compared.Facts.Forecast?.Registered.State), (found.Values.Support, found.Values.AboveLimit, found.Vote));
            Assert.Equal(one.Request.StandAlone is null ? null : Fraction.Max(compared.Facts.Stability?.WorstExcess ?? 0, 0), found.Values.WorstSubsidy);
            Assert.Equal(compared.Shares.Select(share => new HouseholdAmount(share.Household, SignedMoney.Of(share.Amount))), found.Amounts);
            Assert.Equal($"f{found.Number.ToString(CultureInfo.InvariantCulture)}", found.Scheme.Id.Value);
            Assert.Equal(found.Description.Zh, found.Scheme.Name);
        }
    });

    [Fact]
    public void In_whichever_pieces_the_work_is_done_the_same_is_found() => ForAll(2_000_000, (one, search, result) =>
    {
        var random = new Random(result.Family);
        SchemeSearch pieces = SchemeSearch.Of(one.Request, one.Policies, new FaultList())!;
        while (pieces.Done < pieces.Total)
        {
            int before = pieces.Done, most = random.Next(1, 20);
            pieces.Advance(most);
            Assert.Equal(int.Min(before + most, pieces.Total), pieces.Done);
        }
        SearchResult again = pieces.Result();
        Assert.Equal(search.Exact, pieces.Exact);
        Assert.Equal((result.Refused, result.Frontier), (again.Refused, again.Frontier));
        Assert.Equal(result.Schemes.Select(scheme => (scheme.Number, scheme.Values)), again.Schemes.Select(scheme => (scheme.Number, scheme.Values)));
    });

    [Fact] // If floating point claimed too little, everything would be carried out exactly: right, but for hours.
    public void Few_schemes_of_a_large_family_are_carried_out_exactly()
    {
        long exact = 0, all = 0;
        for (int seed = 4_000_000; seed < 4_000_500; seed++)
        {
            var one = RandomSearch.Of(seed);
            if (SchemeSearch.Of(one.Request, one.Policies, new FaultList()) is not SchemeSearch { Total: >= 300 } search) { continue; }
            search.Advance(search.Total);
            (exact, all) = (exact + search.Exact, all + search.Total);
        }
        Assert.InRange((double)exact / all, 0.001, 0.06);
    }

    private static void ForAll(int firstSeed, Action<RandomSearch, SchemeSearch, SearchResult> examine)
    {
        int accepted = 0;
        for (int seed = firstSeed; accepted < Count; seed++)
        {
            Assert.True(seed - firstSeed < 3 * Count, "Too many random searches are refused.");
            var one = RandomSearch.Of(seed);
            if (SchemeSearch.Of(one.Request, one.Policies, new FaultList()) is not SchemeSearch search) { continue; }
            accepted++;
            try
            {
                search.Advance(int.MaxValue);
                examine(one, search, search.Result());
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Random search of seed {seed.ToString(CultureInfo.InvariantCulture)}", exception);
            }
        }
    }
}
