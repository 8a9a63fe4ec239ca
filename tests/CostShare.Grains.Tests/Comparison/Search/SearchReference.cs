using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison.Search;

/// <summary>What a search finds, by carrying out every scheme of the family with the comparison and holding each against each.</summary>
internal static class SearchReference
{
    /// <summary>A scheme that could be carried out, with what it comes to; the last is what is compared, less being better.</summary>
    internal sealed record Member(int Number, SchemeResult Result, CriteriaValues Values, long[] Beaten);

    public static (Member[] Frontier, int Refused) Search(SearchRequest request, PolicyBook policies)
    {
        var members = new List<Member>();
        int refused = 0, number = 0;
        foreach ((Scheme scheme, int complexity) in Family(request))
        {
            number++;
            if (Comparer.Compare(Comparison(request, scheme), policies, ComparisonParts.None, new FaultList()) is not ComparisonResult result) { refused++; }
            else { members.Add(Measure(number, request, result.Schemes[0], complexity)); }
        }
        Member[] frontier = [.. members.Where(one => !members.Any(other => Beats(other.Beaten, one.Beaten) || (other.Beaten.SequenceEqual(one.Beaten) && other.Number < one.Number)))];
        return ([.. frontier.OrderBy(member => member.Beaten, Comparer<long[]>.Create((a, b) => a.Zip(b, (x, y) => x.CompareTo(y)).FirstOrDefault(order => order != 0))).ThenBy(member => member.Number)], refused);
    }

    /// <summary>Every scheme of a family in its order, by loops over what is asked for.</summary>
    public static IEnumerable<(Scheme Scheme, int Complexity)> Family(SearchRequest request)
    {
        SchemeFamily family = request.Family;
        var blends = new List<(int C, int E, int A, int H)>();
        int step = family.Blend is null ? 100 : (int)(family.Blend.Step.Millionths / 1_000_000);
        bool May(BlendRule rule) => family.Blend?.With.Contains(rule) == true;
        for (int c = 100; c >= 0; c -= step)
        {
            for (int e = 100 - c; e >= 0; e -= step)
            {
                for (int a = 100 - c - e; a >= 0; a -= step)
                {
                    int h = 100 - c - e - a;
                    bool may = (c == 0 || family.Coefficients is not null) && (e == 0 || May(BlendRule.Equal)) && (a == 0 || May(BlendRule.Area)) && (h == 0 || May(BlendRule.Height));
                    if (may) { blends.Add((c, e, a, h)); }
                }
            }
        }
        Money?[] caps = [.. family.Uncapped ? new Money?[] { null } : [], .. family.Caps.Select(cap => (Money?)cap)];
        foreach ((int c, int e, int a, int h) in blends.Where(blend => blend.C == 0))
        {
            foreach (Money? cap in caps) { yield return Make(null, 0, c, e, a, h, cap); }
        }
        if (family.Coefficients is not CoefficientFamily own) { yield break; }
        for (int first = own.FirstFloor.From.Number; first <= (own.FirstFloor.To ?? own.FirstFloor.From).Number; first++)
        {
            foreach (SharedBy sharedBy in own.SharedBy)
            {
                foreach (Within within in sharedBy == SharedBy.Floor ? own.Within : [Within.Area])
                {
                    var met = new HashSet<Fraction?>();
                    foreach (long start in Numbers(own.Base))
                    {
                        foreach (long more in Numbers(own.Step))
                        {
                            // The same proportion shares alike; without a step above nothing, and with neither nobody pays.
                            if (!met.Add(start > 0 ? Fraction.Of(more, start) : more > 0 ? -1 : null)) { continue; }
                            FloorCoefficientsRule rule = Given.Coefficients(
                                Enumerable.Range(1, request.Building.Storeys.Number).Select(floor => (floor, floor < first ? 0 : (start + (more * (floor - first))) / 1_000_000m)), null, sharedBy, within);
                            int sharing = sharedBy == SharedBy.Household ? 0 : sharedBy == SharedBy.Floor && within == Within.Area ? 2 : 1;
                            foreach ((int c, int e, int a, int h) in blends.Where(blend => blend.C > 0))
                            {
                                foreach (Money? cap in caps) { yield return Make(rule, sharing, c, e, a, h, cap); }
                            }
                        }
                    }
                }
            }
        }

        (Scheme, int) Make(Rule? rule, int sharing, int c, int e, int a, int h, Money? cap)
        {
            (decimal Percent, Rule Rule)[] parts = [.. new (decimal Percent, Rule Rule)[] { (c, rule ?? new EqualRule()), (e, new EqualRule()), (a, new AreaRule()), (h, new RideRule()) }.Where(part => part.Percent > 0)];
            return (new Scheme
            {
                Id = new("s"),
                Name = "s",
                Rule = parts.Length == 1 ? parts[0].Rule : Given.Mix(parts),
                Adjustments = [.. request.Adjustments, .. cap is Money amount ? [new Cap { Amount = amount }] : Array.Empty<Adjustment>()],
                Rounding = request.Rounding,
                Guidance = request.Guidance,
            }, parts.Length - 1 + sharing + (cap is null ? 0 : 1));
        }
    }

    public static ComparisonRequest Comparison(SearchRequest request, params Scheme[] schemes) =>
        new() { Building = request.Building, Costs = request.Costs, Funding = request.Funding, StandAlone = request.StandAlone, Schemes = schemes };

    private static IEnumerable<long> Numbers(CoefficientRange range)
    {
        for (long number = range.From.Millionths; number <= (range.To ?? range.From).Millionths; number += long.Max(1, range.Step?.Millionths ?? long.MaxValue / 2)) { yield return number; }
    }

    private static bool Beats(long[] one, long[] other) => one.Zip(other).All(pair => pair.First <= pair.Second) && one.Zip(other).Any(pair => pair.First < pair.Second);

    public static Member Measure(int number, SearchRequest request, SchemeResult result, int complexity)
    {
        IReadOnlyList<PolledHousehold> households = request.Building.Households;
        bool IsAbove(int i) => households[i].Limit is Money limit && result.Shares[i].Amount > limit;
        int[] above = [.. Enumerable.Range(0, households.Count).Where(IsAbove)];
        var yes = new List<int>();
        int[] heads = new int[3];
        long[] areas = new long[3];
        var left = Enumerable.Range(0, households.Count).ToList();
        while (left.Count > 0)
        {
            int[] own = [.. left.Where(i => i == left[0] || IsSame(households[i], households[left[0]]))];
            left.RemoveAll(own.Contains);
            string[] votes = [.. own.Select(i => households[i].Stance == Stance.No || IsAbove(i) ? "no" : households[i].Stance == Stance.Yes || households[i].Limit is not null ? "yes" : "")];
            int vote = votes.Contains("no") ? 1 : votes.Contains("yes") ? 0 : 2;
            heads[vote]++;
            areas[vote] += own.Sum(i => households[i].Area.Hundredths);
        }
        Fraction? subsidy = request.StandAlone is null ? null : WorstSubsidy(request, result);
        Fraction? distance = request.Guidance is null ? null
            : Fraction.Sum([.. result.Guidance!.Floors.Where(floor => result.Payable > Money.Zero).Select(floor => Fraction.Max(0, Fraction.Max(floor.Low - floor.Percent, floor.Percent - floor.High)))]);
        var values = new CriteriaValues
        {
            Support = new Support(new HeadsByStance(heads[0], heads[1], heads[2]), new AreaByStance(Hundredths(areas[0]), Hundredths(areas[1]), Hundredths(areas[2]))),
            AboveLimit = new AboveLimit(above.Length, Hundredths(above.Sum(i => households[i].Area.Hundredths)), households.Count(household => household.Limit is not null)),
            WorstSubsidy = subsidy,
            GuidanceDistance = distance,
            Complexity = complexity,
        };
        return new Member(number, result, values, [-heads[0], -areas[0], above.Length, RoundedUp((subsidy ?? 0) / 100), RoundedUp((distance ?? 0) * 100), complexity]);
    }

    private static long RoundedUp(Fraction value)
    {
        long whole = value.Floor();
        return value > whole ? whole + 1 : whole;
    }

    private static TotalArea Hundredths(long area) => TotalArea.FromHundredths(area);

    private static bool IsSame(PolledHousehold one, PolledHousehold other) => one.Owners is not null && other.Owners is not null
        && one.Owners.Select(owner => owner.Person).ToHashSet().SetEquals(other.Owners.Select(owner => owner.Person));

    // Every group of those that join, by what its highest floor costs, but the whole of them; where there are many only groups of whole floors, without those who are paid more than they pay.
    private static Fraction WorstSubsidy(SearchRequest request, SchemeResult result)
    {
        (int Floor, Fraction Pays)[] joining = [.. request.Building.Households.Select((household, i) => (household, i)).Where(entry => entry.household.Joins)
            .Select(entry => (entry.household.Floor.Number, result.Shares[entry.i].Exact))];
        var paid = Fraction.Sum([.. joining.Select(one => one.Pays)]);
        Fraction scale = paid / Cost(joining.Max(one => one.Floor)), worst = 0;
        foreach (int highest in joining.Length <= 7 ? [] : joining.Select(one => one.Floor).Distinct())
        {
            worst = Fraction.Max(worst, Fraction.Sum([.. joining.Where(one => one.Floor <= highest && one.Pays > 0).Select(one => one.Pays)]) - (scale * Cost(highest)));
        }
        for (int group = 1; joining.Length <= 7 && group < (1 << joining.Length) - 1; group++)
        {
            Fraction pays = 0;
            int highest = 0;
            for (int k = 0; k < joining.Length; k++)
            {
                if ((group & (1 << k)) == 0) { continue; }
                pays += joining[k].Pays;
                highest = int.Max(highest, joining[k].Floor);
            }
            worst = Fraction.Max(worst, pays - (scale * Cost(highest)));
        }
        return worst;

        long Cost(int floor) => request.StandAlone switch
        {
            StatedStandAloneCosts stated => stated.Amounts[Floor.Of(floor)].Fen,
            StandAloneModel model => floor == 1 ? model.Ground.Fen : model.Fixed.Fen + (model.PerStop.Fen * floor) + (model.PerStorey.Fen * (floor - 1)),
            _ => 0,
        };
    }
}
