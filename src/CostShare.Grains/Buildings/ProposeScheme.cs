using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Buildings;

/// <summary>Asks to propose a scheme, or to revise the one with its id.</summary>
public sealed record ProposeScheme : BuildingCommand
{
    /// <summary>The most schemes of a building, those that were withdrawn included.</summary>
    public const int MostSchemes = 200;

    /// <summary>The most versions of a scheme.</summary>
    public const int MostVersions = 100;

    /// <summary>The most bills that a building keeps with the versions of its schemes, one for each household and version.</summary>
    public const int MostBills = 1_000_000;

    /// <summary>The scheme.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>Why it is revised; only where a scheme of that id was proposed before, and needed then.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        ProposedScheme? before = building.Schemes.Find(scheme => scheme.Current.Id == Scheme.Id);
        if (before is not null && Reason is null) { faults.Add(FaultCode.ReasonMissing, Place.Root.At("reason"), ("scheme", Scheme.Id.Value)); }
        if (before is null) { Records.CheckRoom(building.Schemes.Count, MostSchemes, Place.Root.At("scheme"), faults); }
        else { Records.CheckRoom(before.Versions.Count, MostVersions, Place.Root.At("scheme"), faults); }
        int bills = building.Schemes.Sum(scheme => scheme.Versions.Sum(version => version.Bills.Count));
        if (bills + building.Households.Count > MostBills)
        {
            faults.Add(FaultCode.EntryCount, Place.Root.At("scheme"), ("count", bills + building.Households.Count), ("minimum", 0), ("maximum", MostBills));
        }
        if (building.Register is null || building.Costs.Count == 0)
        {
            faults.Add(FaultCode.NothingToShare, Place.Root);
            return null;
        }
        var carriedOut = new FaultList();
        var request = new ComparisonRequest { Building = PolledRegister.Of(building.Register), Costs = building.Costs, Funding = building.Funding, Schemes = [Scheme] };
        ComparisonResult? result = Comparer.Compare(request, rules.Policies, ComparisonParts.None, carriedOut);
        foreach (Fault fault in carriedOut.Faults) { faults.Add(fault.Code, InCommand(fault.Place), [.. fault.Values]); }
        if (result is null) { return null; }
        HouseholdAmounts amounts = HouseholdAmounts.Of(result.Schemes[0]);
        return new SchemeProposed
        {
            Scheme = Scheme,
            Reason = Reason,
            Bills = Bill.Of(amounts),
            Changes = before is null ? null : Changes(before.Versions[^1], request, amounts, rules.Policies),
        };
    }

    // The circumstances of then are not kept, so the new scheme cannot be tried on them: only the old one on those of now.
    private static IReadOnlyList<BillChange> Changes(SchemeProposed earlier, ComparisonRequest now, HouseholdAmounts amounts, PolicyBook policies) => BillChange.Between(
        Bill.Amounts(earlier.Bills), amounts, [BillPart.Circumstances, BillPart.Scheme],
        replaced => replaced.Contains(BillPart.Circumstances) ? BillChange.Amounts(now with { Schemes = [earlier.Scheme] }, policies) : null);

    // A comparison has a list of schemes where the command has one.
    private static Place InCommand(Place place) => place.ToString() is var pointer && pointer.StartsWith("/schemes/0", StringComparison.Ordinal)
        ? pointer["/schemes/0".Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(Place.Root.At("scheme"), (parent, token) => parent.At(token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        : place;
}

/// <summary>A scheme was proposed or revised.</summary>
public sealed record SchemeProposed : BuildingEvent
{
    /// <summary>The scheme.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>Why it was revised; left out where it was new.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    /// <summary>What every household would have paid as things stood then, in the order of the register.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<Bill> Bills { get; init; }

    /// <summary>
    /// What changed since the version before it: <c>circumstances</c> for what came of register, costs, funding and policies in between, <c>scheme</c> for the revision. Every household of
    /// then in the order of the register, and those that were not in it any more; left out for the first version.
    /// </summary>
    [Length(1, 2 * HouseholdRegister.MostHouseholds)]
    public IReadOnlyList<BillChange>? Changes { get; init; }

    internal override Building ApplyTo(Building building)
    {
        AreDifferent(Bills.Select(bill => bill.Household), "every household has one bill");
        int position = building.Schemes.FindIndex(scheme => scheme.Current.Id == Scheme.Id);
        return building with
        {
            // Revised, a scheme that was withdrawn stands again.
            Schemes = position < 0
                ? building.Schemes.Add(new ProposedScheme([this], null))
                : building.Schemes.SetItem(position, new ProposedScheme(building.Schemes[position].Versions.Add(this), null)),
        };
    }
}

/// <summary>Asks to withdraw a scheme; what was said of it stays. Not the one in force: contributions are billed by it until they are finalised by another.</summary>
public sealed record WithdrawScheme : BuildingCommand
{
    /// <summary>The scheme.</summary>
    public required SchemeId Scheme { get; init; }

    /// <summary>Why.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (!building.Schemes.Exists(scheme => scheme.Current.Id == Scheme && scheme.Withdrawn is null))
        {
            faults.Add(FaultCode.SchemeUnknown, Place.Root.At("scheme"), ("scheme", Scheme.Value));
        }
        if (building.Finalisations.LastOrDefault()?.Scheme == Scheme) { faults.Add(FaultCode.SchemeInForce, Place.Root.At("scheme"), ("scheme", Scheme.Value)); }
        return new SchemeWithdrawn { Scheme = Scheme, Reason = Reason };
    }
}

/// <summary>A scheme was withdrawn.</summary>
public sealed record SchemeWithdrawn : BuildingEvent
{
    /// <summary>The scheme.</summary>
    public required SchemeId Scheme { get; init; }

    /// <summary>Why.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override Building ApplyTo(Building building)
    {
        int position = building.Schemes.FindIndex(scheme => scheme.Current.Id == Scheme && scheme.Withdrawn is null);
        CanHaveHappened(position >= 0, "a scheme that is withdrawn stands");
        return building with { Schemes = building.Schemes.SetItem(position, building.Schemes[position] with { Withdrawn = this }) };
    }
}
