using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>Carries out schemes side by side.</summary>
public static class Comparer
{
    /// <summary>Carries out every scheme of a request on its building and its budget.</summary>
    /// <remarks>Pure: the same request gives the same answer, and nothing is stored.</remarks>
    /// <param name="request">The request, right in form.</param>
    /// <param name="explain">Whether the answer carries the derivations.</param>
    /// <param name="faults">Receives everything that breaks a rule.</param>
    /// <returns>The answer, or null if a fault was added.</returns>
    public static ComparisonResult? Compare(ComparisonRequest request, bool explain, FaultList faults)
    {
        bool examinable = Check(request, faults);
        FundingResult funding = Waterfall.Run(request.Costs, Place.Root.At("costs"), request.Funding, Place.Root.At("funding"), faults);
        if (!examinable) { return null; }
        (Money, Money)? toRaise = faults.Count == 0 ? (funding.SelfFunded, funding.Refund) : null;

        Place list = Place.Root.At("schemes");
        var schemes = new List<SchemeResult>(request.Schemes.Count);
        for (int k = 0; k < request.Schemes.Count; k++)
        {
            if (Allocation.Run(request.Building, request.Schemes[k], toRaise, list.At(k), faults) is Allocation allocation)
            {
                schemes.Add(Result(request.Building, request.Schemes[k].Id, allocation, funding.Refund, explain));
            }
        }
        return faults.Count > 0 ? null : new ComparisonResult { Funding = funding, Schemes = schemes };
    }

    // False where schemes cannot be examined: on floors that do not exist, or at a size that the limits are there to prevent.
    private static bool Check(ComparisonRequest request, FaultList faults)
    {
        bool examinable = request.Building.Check(Place.Root.At("building"), faults);
        Place list = Place.Root.At("schemes");
        var ids = new HashSet<SchemeId>();
        for (int k = 0; k < request.Schemes.Count; k++)
        {
            if (!ids.Add(request.Schemes[k].Id)) { faults.Add(FaultCode.IdDuplicate, list.At(k).At("id"), ("id", request.Schemes[k].Id.Value)); }
        }
        int households = request.Building.Households.Count;
        if (households * request.Schemes.Count > ComparisonRequest.MostShares)
        {
            examinable = false;
            faults.Add(FaultCode.TooManyShares, list,
                ("households", households), ("schemes", request.Schemes.Count), ("limit", ComparisonRequest.MostShares));
        }
        int rules = request.Schemes.Sum(scheme => scheme.Rule.Size);
        if ((long)households * rules > ComparisonRequest.MostRules)
        {
            examinable = false;
            faults.Add(FaultCode.TooManyRules, list, ("households", households), ("rules", rules), ("limit", ComparisonRequest.MostRules));
        }
        return examinable;
    }

    private static SchemeResult Result(HouseholdRegister register, SchemeId id, Allocation allocation, Money refund, bool explain)
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
                Refund = refund > Money.Zero ? allocation.Refunds[i] : null,
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
