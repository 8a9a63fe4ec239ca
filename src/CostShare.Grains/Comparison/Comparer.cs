using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>Carries out schemes side by side.</summary>
public static class Comparer
{
    /// <summary>Carries out every scheme of a request on its building and its budget.</summary>
    /// <remarks>Pure: the same request gives the same answer, and nothing is stored.</remarks>
    /// <param name="request">The request, right in form.</param>
    /// <param name="policies">The policies that sources may name.</param>
    /// <param name="parts">What the answer holds besides the shares.</param>
    /// <param name="faults">Receives everything that breaks a rule.</param>
    /// <returns>The answer, or null if a fault was added.</returns>
    public static ComparisonResult? Compare(ComparisonRequest request, PolicyBook policies, ComparisonParts parts, FaultList faults)
    {
        bool explain = parts.HasFlag(ComparisonParts.Derivations);
        HouseholdRegister register = request.Building.Register;
        bool floorsExist = register.Check(Place.Root.At("building"), faults);
        if (floorsExist) { request.StandAlone?.Check(register, Place.Root.At("standAlone"), faults); }
        var votes = VoteFacts.Read(request, policies, faults);
        var facts = new BuildingFacts { Storeys = request.Building.Storeys, Households = Count.Of(request.Building.Households.Count) };
        FundingResult funding = Waterfall.Run(
            request.Costs, Place.Root.At("costs"), request.Funding, i => Place.Root.At("funding").At(i), policies.Subsidies, facts, faults);
        Budget budget = BudgetOf(request.Costs, request.Funding, funding, faults);
        Place list = Place.Root.At("schemes");
        CheckIds(request.Schemes, list, faults);
        // Schemes are examined on floors that exist, and not at a size that the limits are there to prevent.
        if (!IsWithinLimits(request, parts, list, faults) || !floorsExist) { return null; }

        long shares = (long)request.Building.Households.Count * Rules(request, explain);
        ShareLength length = explain ? ShareLength.OfExplained(shares) : ShareLength.Of(shares);
        Fraction corridors = faults.Count == 0 ? Corridors(request.Costs, funding) : 0;
        VariedRuns? varied = parts.HasFlag(ComparisonParts.Sensitivity) && faults.Count == 0 ? new VariedRuns(request, policies, facts, budget) : null;
        var schemes = new List<SchemeResult>(request.Schemes.Count);
        var allocations = new List<Allocation>(request.Schemes.Count);
        for (int k = 0; k < request.Schemes.Count; k++)
        {
            Scheme scheme = request.Schemes[k];
            Allocation? allocation = Allocation.Run(register, scheme, budget, length, list.At(k), faults);
            (GuidanceRule Rule, GuidanceTable Table)? ranges = scheme.Guidance is null
                ? null
                : GuidanceResult.Find(scheme.Guidance, request.Building.Storeys, policies, list.At(k).At("guidance"), faults);
            if (allocation is null || faults.Count > 0) { continue; }
            SchemeResult result = Result(register, scheme.Id, allocation, explain) with { Sensitivity = varied?.Of(k, allocation) };
            allocations.Add(allocation);
            schemes.Add(ranges is null ? result : result with
            {
                Guidance = GuidanceResult.Of(scheme.Guidance!.Policy, ranges.Value.Rule, ranges.Value.Table, register, allocation, corridors),
            });
        }
        if (faults.Count > 0) { return null; }
        if (parts.HasFlag(ComparisonParts.Facts))
        {
            schemes = [.. schemes.Select((scheme, k) => scheme with { Facts = votes.Add(SchemeFacts.Of(request, parts, allocations, k), allocations[k], parts.HasFlag(ComparisonParts.Limits)) })];
        }
        return new ComparisonResult { Funding = funding, Schemes = schemes };
    }

    /// <summary>What residents raise under a funding, without money where a fault was found.</summary>
    internal static Budget BudgetOf(IReadOnlyList<CostLine> costs, IReadOnlyList<Source> sources, FundingResult funding, FaultList faults)
    {
        bool refunds = sources.Any(source => source.Treatment == Treatment.RefundProRata);
        return new Budget([.. costs.Select(line => line.Id)], faults.Count == 0 ? funding.SelfFundedByLine : null, refunds ? funding.Refund : null);
    }

    /// <summary>The part of what residents raise that goes into new corridors.</summary>
    private static Fraction Corridors(IReadOnlyList<CostLine> costs, FundingResult funding) => funding.SelfFunded == Money.Zero
        ? 0
        : Fraction.Of(costs.Select((line, i) => line.Category == CostCategory.Corridor ? funding.SelfFundedByLine[i].Fen : 0).Sum(), funding.SelfFunded.Fen);

    private static void CheckIds(IReadOnlyList<Scheme> schemes, Place list, FaultList faults)
    {
        var ids = new HashSet<SchemeId>();
        for (int k = 0; k < schemes.Count; k++)
        {
            if (!ids.Add(schemes[k].Id)) { faults.Add(FaultCode.IdDuplicate, list.At(k).At("id"), ("id", schemes[k].Id.Value)); }
        }
    }

    private static int Rules(ComparisonRequest request, bool explain) =>
        request.Schemes.Sum(scheme => explain ? scheme.Rule.ExplainedSize(request.Costs.Count) : scheme.Rule.Size);

    private static bool IsWithinLimits(ComparisonRequest request, ComparisonParts parts, Place list, FaultList faults)
    {
        bool explain = parts.HasFlag(ComparisonParts.Derivations);
        int before = faults.Count;
        int households = request.Building.Households.Count;
        if (households * request.Schemes.Count > ComparisonRequest.MostShares)
        {
            faults.Add(FaultCode.TooManyShares, list,
                ("households", households), ("schemes", request.Schemes.Count), ("limit", ComparisonRequest.MostShares));
        }
        int rules = Rules(request, explain);
        int mostRules = explain ? ComparisonRequest.MostExplainedRules : ComparisonRequest.MostRules;
        if ((long)households * rules > mostRules && faults.Count == before)
        {
            faults.Add(FaultCode.TooManyRules, list, ("households", households), ("rules", rules), ("limit", mostRules));
        }
        if (parts.HasFlag(ComparisonParts.Facts | ComparisonParts.Differences)
            && (long)households * request.Schemes.Count * (request.Schemes.Count - 1) > SchemeAgainst.MostDifferences)
        {
            faults.Add(FaultCode.TooManyDifferences, list,
                ("households", households), ("schemes", request.Schemes.Count), ("limit", SchemeAgainst.MostDifferences));
        }
        if (parts.HasFlag(ComparisonParts.Sensitivity) && faults.Count == before && VariedRuns.Bills(request) is long bills && bills > ComparisonRequest.MostVariedBills)
        {
            faults.Add(FaultCode.TooManyVariations, list,
                ("variations", VariedRuns.Count(request)), ("households", households), ("bills", bills), ("limit", ComparisonRequest.MostVariedBills));
        }
        return faults.Count == before;
    }

    private static SchemeResult Result(HouseholdRegister register, SchemeId id, Allocation allocation, bool explain)
    {
        int count = register.Households.Count;
        var shares = new Share[count];
        var perFloor = new (Money Amount, int Households)[register.Storeys.Number + 1];
        for (int i = 0; i < count; i++)
        {
            Household household = register.Households[i];
            shares[i] = new Share
            {
                Household = household.Id,
                Amount = allocation.Amounts[i],
                Exact = allocation.Exact[i],
                Refund = allocation.Refunds.Count > 0 ? allocation.Refunds[i] : null,
            };
            ref (Money Amount, int Households) floor = ref perFloor[household.Floor.Number];
            floor = (floor.Amount + allocation.Amounts[i], floor.Households + 1);
        }
        return new SchemeResult
        {
            Id = id,
            Payable = allocation.Payable,
            Billed = allocation.Billed,
            Reserve = allocation.Reserve,
            Compensation = allocation.Compensation,
            Relief = allocation.Relief,
            Shares = shares,
            Floors = [.. perFloor.Select((floor, number) => (floor, number)).Where(entry => entry.floor.Households > 0)
                .Select(entry => new FloorTotal(Floor.Of(entry.number), entry.floor.Amount, entry.floor.Households))],
            Facts = new SchemeFacts(allocation.Payers),
            Derivations = explain
                ? [.. register.Households.Select((household, i) => new HouseholdDerivation(household.Id, allocation.DerivationOf(i)))]
                : null,
        };
    }
}
