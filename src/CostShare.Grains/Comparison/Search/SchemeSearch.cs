using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison.Search;

/// <summary>Searches a family of schemes for those that no other one beats.</summary>
/// <remarks>
/// <para>
/// A scheme beats another if it is worse by no criterion and better by one. Every scheme is looked at in floating point first (decision 0021), which says what it comes to at best; where a scheme that is held already is as good as
/// that by every criterion it is dropped, and otherwise it is carried out exactly, as a comparison does it, and compared by what it really comes to. So nothing is dropped but what is beaten, or equal to an earlier one.
/// </para>
/// <para>
/// The work is done in pieces, so that whoever asked can be told how far it is, and can go away. Bounds: <see cref="Frontier.Most"/> schemes are held at the most, and so many are carried out exactly that households
/// times schemes come to <see cref="MostExact"/>; what does not fit is left out and counted.
/// </para>
/// </remarks>
public sealed class SchemeSearch
{
    /// <summary>The most households times schemes that are carried out exactly.</summary>
    public const int MostExact = 10_000_000;

    private readonly SearchRequest _request;
    private readonly PolicyBook _policies;
    private readonly Family _family;
    private readonly Budget _budget;
    private readonly Electorate _electorate;
    private readonly ConsentRule? _consent;
    private readonly Yardstick _yardstick;
    private readonly BestCase _bestCase;
    private readonly Frontier _frontier;
    private readonly int _exactMost;
    private int _refused, _leftOut;

    private SchemeSearch(SearchRequest request, PolicyBook policies, Family family, ComparisonResult probe, Adjusted adjusted, Frontier frontier, int exactMost)
    {
        (_frontier, _exactMost) = (frontier, exactMost);
        (_request, _policies, _family) = (request, policies, family);
        _budget = new Budget([request.Costs[0].Id], [probe.Funding.SelfFunded], null);
        _electorate = Electorate.Read(request.Building, Place.Root, new FaultList());
        _consent = request.Vote is VoteQuestion vote ? ((ConsentPolicy)policies.Find(vote.Policy)!).Versions.InForce(vote.On) : null;
        _yardstick = Yardstick.Of(request.StandAlone, probe.Schemes[0]);
        _bestCase = new BestCase(family, new Problem(request.Building, adjusted, request.Rounding, probe.Funding.SelfFunded, _electorate, _yardstick));
    }

    /// <summary>How many schemes the family has.</summary>
    public int Total => (int)_family.Size;

    /// <summary>How many were looked at.</summary>
    public int Done { get; private set; }

    /// <summary>How many were carried out exactly.</summary>
    public int Exact { get; private set; }

    /// <summary>Begins a search.</summary>
    /// <param name="request">What is asked, right in form.</param>
    /// <param name="policies">The policies that the request may name.</param>
    /// <param name="faults">Receives everything that breaks a rule.</param>
    /// <returns>Null after a fault.</returns>
    public static SchemeSearch? Of(SearchRequest request, PolicyBook policies, FaultList faults) => Of(request, policies, Frontier.Most, MostExact, faults);

    /// <summary>The same within other bounds.</summary>
    /// <param name="request">What is asked, right in form.</param>
    /// <param name="policies">The policies that the request may name.</param>
    /// <param name="mostHeld">How many schemes are held at the most.</param>
    /// <param name="mostExact">Up to how many households times schemes schemes are carried out exactly.</param>
    /// <param name="faults">Receives everything that breaks a rule.</param>
    internal static SchemeSearch? Of(SearchRequest request, PolicyBook policies, int mostHeld, int mostExact, FaultList faults)
    {
        int households = request.Building.Households.Count;
        if (households > SearchRequest.MostHouseholds)
        {
            faults.Add(FaultCode.SearchTooManyHouseholds, Place.Root.At("building").At("households"), ("households", households), ("limit", SearchRequest.MostHouseholds));
            return null;
        }
        for (int k = 0; k < request.Adjustments.Count; k++)
        {
            if (request.Adjustments[k] is Compensation or Exemption or FixedAmount) { continue; }
            faults.Add(FaultCode.AdjustmentNotInSearches, Place.Root.At("adjustments").At(k).At("kind"), ("kind", KindOf(request.Adjustments[k])));
        }
        Place place = Place.Root.At("family");
        Family? family = Family.Of(request.Family, request.Building.Storeys, place, faults);
        if (family is not null && households * family.Size > SearchRequest.MostShares)
        {
            faults.Add(FaultCode.SearchTooLarge, place, ("households", households), ("count", family.Size), ("limit", SearchRequest.MostShares));
        }
        // Whatever is wrong besides is wrong with every scheme, so the plainest one tells it.
        var found = new FaultList();
        Scheme plainest = SchemeOf(request, new SchemeId("equal"), "equal", new EqualRule(), null);
        ComparisonResult? probe = Comparer.Compare(ComparisonOf(request, plainest) with { Vote = request.Vote }, policies, ComparisonParts.Facts, found);
        foreach (Fault fault in found.Faults) { faults.Add(fault.Code, PlaceOf(fault.Place), [.. fault.Values]); }
        if (faults.Count > 0) { return null; }
        var adjusted = Adjusted.Read(request.Building.Register, plainest, Place.Root, Place.Root.At, new FaultList());
        if (adjusted.Payers.Positions.Count > 0) { return new SchemeSearch(request, policies, family!, probe!, adjusted, new Frontier(mostHeld), mostExact / households); }
        faults.Add(FaultCode.NobodyShares, Place.Root.At("building").At("households"));
        return null;
    }

    /// <summary>Looks at some more schemes.</summary>
    /// <param name="most">How many at the most; as many as there are left if they are fewer.</param>
    public void Advance(int most)
    {
        Span<double> values = stackalloc double[Frontier.Width];
        int end = int.Min(Total - Done, most) + Done;
        (int set, int blend, int cap) = Done < end ? _family.At(Done) : default;
        bool isNew = true, isTurned = false;
        while (Done < end)
        {
            int caps = _family.Caps.Length;
            BlendParts[] blends = set < 0 ? _family.Without : _family.With;
            if (isNew) { isTurned = set < 0 || _bestCase.TurnTo(_family.Set(set)); }
            isNew = false;
            BlendParts parts = blends[blend];
            bool isShared = isTurned && !(parts.Height > 0 && _bestCase.NobodyRides);
            if (isShared) { _bestCase.Blend(parts); }
            for (; cap < caps && Done < end; cap++, Done++)
            {
                values.Clear();
                if (!isShared || !_bestCase.Look(cap, values))
                {
                    _refused++;
                    continue;
                }
                values[BestCase.Complexity] = _family.Complexity(set, blend, cap);
                if (!_frontier.Matches(values)) { Examine(Done, set, blend, cap); }
            }
            cap = 0;
            if (++blend < blends.Length) { continue; }
            (set, blend, isNew) = (set + 1, 0, true);
        }
    }

    /// <summary>What the search has found; all of it once everything was looked at.</summary>
    public SearchResult Result()
    {
        int listed = _request.Most?.Number ?? SearchRequest.Listed;
        IEnumerable<(int Member, double[] Values)> ordered = _frontier.Schemes
            .OrderBy(scheme => scheme.Values[BestCase.LostHeads]).ThenBy(scheme => scheme.Values[BestCase.LostArea]).ThenBy(scheme => scheme.Values[BestCase.AboveLimit])
            .ThenBy(scheme => scheme.Values[BestCase.Subsidy]).ThenBy(scheme => scheme.Values[BestCase.Distance]).ThenBy(scheme => scheme.Values[BestCase.Complexity]).ThenBy(scheme => scheme.Member);
        return new SearchResult
        {
            Family = Total,
            Refused = _refused,
            Frontier = _frontier.Count,
            Complete = _leftOut == 0,
            LeftOut = _leftOut,
            Criteria = [Criterion.SupportByPersons, Criterion.SupportByArea, Criterion.AboveLimit, .. _yardstick.Lifts is null ? Array.Empty<Criterion>() : [Criterion.WorstSubsidy],
                .. _yardstick.Ranges is null ? Array.Empty<Criterion>() : [Criterion.GuidanceDistance], Criterion.Complexity],
            Schemes = [.. ordered.Take(listed).Select(scheme => Found(scheme.Member, scheme.Values))],
        };
    }

    private static Scheme SchemeOf(SearchRequest request, SchemeId id, string name, Rule rule, Money? cap) => new()
    {
        Id = id,
        Name = name,
        Rule = rule,
        Adjustments = cap is Money amount ? [.. request.Adjustments, new Cap { Amount = amount }] : request.Adjustments,
        Rounding = request.Rounding,
        Guidance = request.Guidance,
    };

    private static ComparisonRequest ComparisonOf(SearchRequest request, Scheme scheme) =>
        new() { Building = request.Building, Costs = request.Costs, Funding = request.Funding, Schemes = [scheme], StandAlone = request.StandAlone };

    // What stands in the scheme of the comparison stands in the request itself here.
    private static Place PlaceOf(Place place)
    {
        string[] names = place.ToString().Split('/');
        return names is ["", "schemes", "0", ..]
            ? names[3..].Aggregate(Place.Root, (parent, name) => parent.At(name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
            : place;
    }

    private static string KindOf(Adjustment adjustment) => adjustment switch
    {
        Discount => "discount",
        Cap => "cap",
        Minimum => "minimum",
        Relief => "relief",
        _ => throw new InvalidOperationException("A kind of adjustment that the search does not know."),
    };

    /// <summary>Carries a scheme out exactly, and takes it in if none that is held is as good as what it comes to.</summary>
    private void Examine(int member, int set, int blend, int cap)
    {
        if (Exact == _exactMost)
        {
            _leftOut++;
            return;
        }
        Exact++;
        Scheme scheme = SchemeOf(_request, new SchemeId("exact"), "exact", _family.RuleOf(set, blend), _family.Caps[cap]);
        if (Allocation.Run(_request.Building.Register, scheme, _budget, Place.Root, new FaultList()) is not Allocation allocation)
        {
            // Only shares too long to compute with come here; whoever cannot be carried out otherwise was seen before.
            _refused++;
            return;
        }
        var votes = ExpectedVotes.Of(_electorate, allocation.Amounts);
        IReadOnlyList<PolledHousehold> households = _request.Building.Households;
        HouseholdRegister register = _request.Building.Register;
        double[] values = ValuesOf(
            (votes.ByHeads.Yes, votes.ByArea.Yes), households.Where((household, i) => ExpectedVotes.IsAboveLimit(household, allocation.Amounts[i])).Count(),
            _request.StandAlone is StandAloneCosts costs ? SubsidyOf(Stability.Of(register, allocation.Exact, costs)) : null,
            DistanceOf(_yardstick.Hold(register, allocation)), _family.Complexity(set, blend, cap));
        if (!_frontier.Matches(values) && !_frontier.Add(member, values)) { _leftOut++; }
    }

    /// <summary>What schemes are compared by: the same whole numbers as those of the best case, of which less is better.</summary>
    private double[] ValuesOf((long Heads, long Area) agree, int above, Fraction? subsidy, Fraction? distance, int complexity)
    {
        var values = new double[Frontier.Width];
        values[BestCase.LostHeads] = _bestCase.MayAgree.Heads - agree.Heads;
        values[BestCase.LostArea] = _bestCase.MayAgree.Area - agree.Area;
        values[BestCase.AboveLimit] = above - _bestCase.AlwaysAbove;
        values[BestCase.Subsidy] = ((subsidy ?? 0) / 100).Ceiling();
        values[BestCase.Distance] = ((distance ?? 0) * 100).Ceiling();
        values[BestCase.Complexity] = complexity;
        return values;
    }

    // Where one household joins there is no group, and nobody gives a subsidy.
    private static Fraction SubsidyOf(Stability? stability) => Fraction.Max(stability?.WorstExcess ?? 0, 0);

    private static Fraction? DistanceOf(IReadOnlyList<FloorGuidance>? floors) => floors is null ? null : Fraction.Sum([.. floors.Select(floor => floor.Distance)]);

    /// <summary>Carries a scheme out by the comparison, and sees that it comes to what it was compared by.</summary>
    private FoundScheme Found(int member, double[] compared)
    {
        (int set, int blend, int cap) = _family.At(member);
        Words description = FamilyWords.Of(_family, set, blend, cap);
        Scheme scheme = SchemeOf(_request, new SchemeId($"f{member + 1}"), description.Zh, _family.RuleOf(set, blend), _family.Caps[cap]);
        SchemeResult result = Comparer.Compare(ComparisonOf(_request, scheme), _policies, ComparisonParts.Facts, new FaultList())?.Schemes[0]
            ?? throw new InvalidOperationException("A scheme that was found cannot be carried out.");
        var values = new CriteriaValues
        {
            Support = result.Facts.Support!,
            AboveLimit = result.Facts.AboveLimit!,
            WorstSubsidy = _request.StandAlone is null ? null : SubsidyOf(result.Facts.Stability),
            GuidanceDistance = DistanceOf(result.Guidance?.Floors),
            Complexity = _family.Complexity(set, blend, cap),
        };
        double[] told = ValuesOf((values.Support.Persons.Yes, values.Support.Area.Yes.Hundredths), values.AboveLimit.Households, values.WorstSubsidy, values.GuidanceDistance, values.Complexity);
        if (!told.SequenceEqual(compared)) { throw new InvalidOperationException("A scheme that was found comes to something else in a comparison."); }
        var votes = ExpectedVotes.Of(_electorate, [.. result.Shares.Select(share => share.Amount)]);
        return new FoundScheme
        {
            Number = member + 1,
            Description = description,
            Scheme = scheme,
            Values = values,
            Vote = _consent is null ? null : new Poll(votes.ByHeads, votes.ByArea, _consent).Count().State,
            Amounts = [.. result.Shares.Select(share => new HouseholdAmount(share.Household, SignedMoney.Of(share.Amount)))],
        };
    }
}
