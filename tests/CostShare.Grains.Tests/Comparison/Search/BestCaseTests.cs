using System.Globalization;
using CostShare.Grains.Comparison;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Faults;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison.Search;

/// <summary>What floating point claims of a scheme, beside what the scheme comes to exactly.</summary>
public class BestCaseTests
{
    [Fact]
    public void At_best_a_scheme_is_no_worse_than_it_is_and_mostly_as_good()
    {
        int numbers = 0, equal = 0, refused = 0;
        for (int seed = 3_000_000; seed < 3_000_000 + int.Max(100, RandomCase.Count / 10); seed++)
        {
            var one = RandomSearch.Of(seed, 40);
            SearchRequest request = one.Request;
            if (SchemeSearch.Of(request, one.Policies, new FaultList()) is null) { continue; }
            (BestCase best, Family family) = Prepare(one);
            (Scheme Scheme, int Complexity)[] schemes = [.. SearchReference.Family(request)];
            var random = new Random(seed);
            for (int k = 0; k < 3; k++)
            {
                int member = random.Next(schemes.Length);
                ComparisonResult? result = Comparer.Compare(SearchReference.Comparison(request, schemes[member].Scheme), one.Policies, ComparisonParts.None, new FaultList());
                double[]? claimed = Look(best, family, member);
                string about = $"seed {seed.ToString(CultureInfo.InvariantCulture)}, scheme {member + 1}";
                Assert.True(claimed is null == result is null, about);
                if (claimed is null)
                {
                    refused++;
                    continue;
                }
                SearchReference.Member exact = SearchReference.Measure(member + 1, request, result!.Schemes[0], schemes[member].Complexity);
                long[] real =
                [
                    best.MayAgree.Heads + exact.Beaten[0],
                    best.MayAgree.Area + exact.Beaten[1],
                    exact.Beaten[2] - best.AlwaysAbove,
                    exact.Beaten[3],
                    exact.Beaten[4],
                ];
                for (int i = 0; i < real.Length; i++)
                {
                    Assert.True(claimed[i] <= real[i], $"{about}: {i} is {real[i]}, not {claimed[i]}");
                    Assert.True(claimed[i] >= 0, about);
                    numbers++;
                    if (claimed[i] == real[i]) { equal++; }
                }
            }
        }
        // Limits lie where they are hardest to tell here: on what is billed, or a fen or a unit beside it.
        Assert.InRange((double)equal / numbers, 0.85, 1);
        Assert.InRange(refused, 1, numbers);
    }

    [Fact] // A limit on the cap itself, on what a capped payer is billed, and one fen below it.
    public void Who_pays_the_cap_is_above_a_limit_below_it_only()
    {
        SearchRequest request = Hand.Request(3_000_00, (1, 0), (2, 1_000_00), (3, 1_500_00)) with
        {
            Family = new SchemeFamily { Blend = new BlendFamily { With = [BlendRule.Height], Step = Given.Percent(100) }, Caps = [Given.Yuan(1_500)], Uncapped = false },
        };
        // By height 0, 1,000 and 2,000 yuan; capped 0, 1,500 and 1,500.
        (BestCase best, Family family) = Prepare(new RandomSearch(request, Hand.NoPolicies));
        Assert.Equal([1, 1, 1], Look(best, family, 0)![..3].Select((value, i) => i == 1 ? value / 7_000 : value));
        (best, family) = Prepare(new RandomSearch(Hand.WithLimit(request, 2, 1_499_99), Hand.NoPolicies));
        // What is billed could be the limit for all that floating point knows, so that it is not claimed to be more.
        Assert.Equal(1, Look(best, family, 0)![BestCase.AboveLimit]);
        (best, family) = Prepare(new RandomSearch(Hand.WithLimit(request, 2, 1_499_98), Hand.NoPolicies));
        Assert.Equal(2, Look(best, family, 0)![BestCase.AboveLimit]);
    }

    [Fact]
    public void Who_pays_nothing_keeps_to_a_limit_of_nothing_and_who_pays_a_little_does_not()
    {
        SearchRequest request = Hand.Request(3_000_00, (1, 0), (2, 0), (3, 5_000_00)) with
        {
            Family = new SchemeFamily { Blend = new BlendFamily { With = [BlendRule.Height], Step = Given.Percent(100) } },
            Rounding = Given.InUnits(10_000, RoundingMode.Up),
        };
        (BestCase best, Family family) = Prepare(new RandomSearch(request, Hand.NoPolicies));
        Assert.Equal(1, Look(best, family, 0)![BestCase.AboveLimit]);
    }

    /// <summary>What is claimed of a scheme of the family, by its place; null where it cannot be carried out.</summary>
    private static double[]? Look(BestCase best, Family family, int member)
    {
        (int set, int blend, int cap) = family.At(member);
        var values = new double[Frontier.Width];
        BlendParts parts = (set < 0 ? family.Without : family.With)[blend];
        if (set >= 0 && !best.TurnTo(family.Set(set))) { return null; }
        if (parts.Height > 0 && best.NobodyRides) { return null; }
        best.Blend(parts);
        return best.Look(cap, values) ? values : null;
    }

    private static (BestCase Best, Family Family) Prepare(RandomSearch one)
    {
        SearchRequest request = one.Request;
        var faults = new FaultList();
        Family family = Family.Of(request.Family, request.Building.Storeys, Place.Root, faults)!;
        Scheme plainest = Given.Scheme(new EqualRule(), [.. request.Adjustments]) with { Guidance = request.Guidance };
        ComparisonResult probe = Comparer.Compare(SearchReference.Comparison(request, plainest), one.Policies, ComparisonParts.Facts, faults)!;
        var adjusted = Adjusted.Read(request.Building.Register, plainest, Place.Root, Place.Root.At, faults);
        var electorate = Electorate.Read(request.Building, Place.Root, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        var yardstick = Yardstick.Of(request.StandAlone, probe.Schemes[0]);
        return (new BestCase(family, new Problem(request.Building, adjusted, request.Rounding, probe.Funding.SelfFunded, electorate, yardstick)), family);
    }
}
