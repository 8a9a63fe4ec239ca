using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Schemes;

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
    private readonly Ballot _ballot;
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
        _ballot = new Ballot(request.Building);
        Money paid = probe.Funding.SelfFunded + Money.Sum(request.Building.Households.Select((household, i) => household.Joins ? Money.Zero : adjusted.Compensations[i]));
        _yardstick = Yardstick.Of(request.StandAlone, probe.Schemes[0].Guidance, request.Building, paid.Fen);
        _bestCase = new BestCase(family, new Problem(request.Building, adjusted, request.Rounding, probe.Funding.SelfFunded, _ballot, _yardstick));
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
        ComparisonResult? probe = Comparer.Compare(ComparisonOf(request, plainest), policies, ComparisonParts.Facts, found);
        foreach (Fault fault in found.Faults) { faults.Add(fault.Code, PlaceOf(fault.Place), [.. fault.Values]); }
        if (faults.Count > 0) { return null; }
        var adjusted = Adjusted.Read(request.Building.Register, plainest, Place.Root, new FaultList());
        if (request.StandAlone is StandAloneCosts costs && Yardstick.CostOf(costs, request.Building.Households.Where(household => household.Joins).Max(household => household.Floor.Number)) == 0)
        {
            faults.Add(FaultCode.StandAloneZero, Place.Root.At("standAlone"));
            return null;
        }
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
            Schemes = [.. ordered.Take(listed).Select(scheme => Found(scheme.Member))],
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
        CriteriaValues exact = Measure(allocation, _family.Complexity(set, blend, cap));
        double[] values = ValuesOf(exact);
        if (!_frontier.Matches(values) && !_frontier.Add(member, values)) { _leftOut++; }
    }

    private CriteriaValues Measure(Allocation allocation, int complexity)
    {
        IReadOnlyList<Votes.PolledHousehold> households = _request.Building.Households;
        int[] above = [.. Enumerable.Range(0, households.Count).Where(i => households[i].Limit < allocation.Amounts[i])];
        (Fraction? subsidy, Fraction? distance) = _yardstick.Measure(_request.Building, allocation);
        return new CriteriaValues
        {
            Support = _ballot.Count(above.Contains),
            AboveLimit = new AboveLimit(above.Length, TotalArea.Sum(above.Select(i => households[i].Area)), households.Count(household => household.Limit is not null)),
            WorstSubsidy = subsidy,
            GuidanceDistance = distance,
            Complexity = complexity,
        };
    }

    /// <summary>What schemes are compared by: the same whole numbers as those of the best case, of which less is better.</summary>
    private double[] ValuesOf(CriteriaValues exact)
    {
        var values = new double[Frontier.Width];
        values[BestCase.LostHeads] = _bestCase.MayAgree.Heads - exact.Support.Persons.Yes;
        values[BestCase.LostArea] = _bestCase.MayAgree.Area - exact.Support.Area.Yes.Hundredths;
        values[BestCase.AboveLimit] = exact.AboveLimit.Households - _bestCase.AlwaysAbove;
        values[BestCase.Subsidy] = ((exact.WorstSubsidy ?? 0) / 100).Ceiling();
        values[BestCase.Distance] = ((exact.GuidanceDistance ?? 0) * 100).Ceiling();
        values[BestCase.Complexity] = exact.Complexity;
        return values;
    }

    private FoundScheme Found(int member)
    {
        (int set, int blend, int cap) = _family.At(member);
        Texts.Words description = FamilyWords.Of(_family, set, blend, cap);
        Scheme scheme = SchemeOf(_request, new SchemeId($"f{member + 1}"), description.Zh, _family.RuleOf(set, blend), _family.Caps[cap]);
        var faults = new FaultList();
        SchemeResult result = Comparer.Compare(ComparisonOf(_request, scheme), _policies, ComparisonParts.Facts, faults)?.Schemes[0]
            ?? throw new InvalidOperationException("A scheme that was found cannot be carried out.");
        Allocation allocation = Allocation.Run(_request.Building.Register, scheme, _budget, Place.Root, faults)!;
        return new FoundScheme
        {
            Number = member + 1,
            Description = description,
            Scheme = scheme,
            Values = Measure(allocation, _family.Complexity(set, blend, cap)),
            Amounts = [.. result.Shares.Select(share => new HouseholdAmount(share.Household, SignedMoney.Of(share.Amount)))],
        };
    }
}
