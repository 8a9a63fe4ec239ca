using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison.Search;

/// <summary>Small searches by hand.</summary>
internal static class Hand
{
    public static readonly PolicyBook NoPolicies = PolicyBook.Empty;

    /// <summary>A search of equal shares alone, with a flat of 70 m² for each floor and limit.</summary>
    public static SearchRequest Request(long costFen, params (int Floor, long? LimitFen)[] flats) => new()
    {
        Building = new PolledRegister
        {
            Storeys = Floor.Of(flats.Max(flat => flat.Floor)),
            Households = [.. flats.Select((flat, i) => new PolledHousehold
            {
                Id = new($"h{i}"),
                Floor = Floor.Of(flat.Floor),
                Area = Given.Area(70),
                Limit = flat.LimitFen is long fen ? Given.Fen(fen) : null,
            })],
        },
        Costs = [Given.Cost("lift", Given.Fen(costFen))],
        Family = new SchemeFamily { Blend = new BlendFamily { With = [BlendRule.Equal], Step = Given.Percent(100) } },
    };

    public static SearchRequest WithLimit(SearchRequest request, int household, long limitFen) => request with
    {
        Building = request.Building with { Households = [.. request.Building.Households.Select((one, i) => i == household ? one with { Limit = Given.Fen(limitFen) } : one)] },
    };

    public static SchemeSearch Search(SearchRequest request)
    {
        var faults = new Grains.Faults.FaultList();
        SchemeSearch? search = SchemeSearch.Of(request, NoPolicies, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        search!.Advance(search.Total);
        return search;
    }
}
