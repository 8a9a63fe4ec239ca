using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Buildings;

/// <summary>Asks to freeze a scheme that was adopted 定案, with its evidence.</summary>
public sealed record FinaliseContributions : BuildingCommand
{
    /// <summary>The most finalisations of a building.</summary>
    public const int Most = 100;

    /// <summary>The most characters of all passports of a building together.</summary>
    public const long MostCharacters = 400_000_000;

    /// <summary>The scheme that was adopted; it stands, and was not withdrawn.</summary>
    public required SchemeId Scheme { get; init; }

    /// <summary>By what it was adopted.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Why contributions change; needed from the second finalisation on.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        ProposedScheme? proposed = building.Schemes.Find(scheme => scheme.Current.Id == Scheme && scheme.Withdrawn is null);
        if (proposed is null) { faults.Add(FaultCode.SchemeUnknown, Place.Root.At("scheme"), ("scheme", Scheme.Value)); }
        if (building.Finalisations.Count > 0 && Reason is null) { faults.Add(FaultCode.ReasonMissing, Place.Root.At("reason"), ("scheme", Scheme.Value)); }
        Evidence.Check(Place.Root.At("evidence"), faults);
        Records.CheckRoom(building.Finalisations.Count, Most, Place.Root, faults);
        if (proposed is null || faults.Count > 0) { return null; }
        if (building.Register is null || building.Costs.Count == 0)
        {
            faults.Add(FaultCode.NothingToShare, Place.Root);
            return null;
        }
        ContributionsFinalised? last = building.Finalisations.LastOrDefault();
        var request = new ComparisonRequest { Building = PolledRegister.Of(building.Register), Costs = building.Costs, Funding = building.Funding, Schemes = [proposed.Current] };
        var passport = new Passport
        {
            Format = Passport.Form,
            Building = id,
            Number = Count.Of(building.Finalisations.Count + 1),
            PreviousSha256 = last?.Sha256,
            Site = building.Site!,
            Request = request,
            Policies = Passport.Used(request, rules.Policies),
            Evidence = Evidence,
            Reason = Reason,
        };
        if (passport.Reckon(faults) is not ComparisonResult result) { return null; }
        (string text, string hash) = rules.WritePassport(passport);
        long characters = text.Length + building.Finalisations.Sum(earlier => (long)earlier.Passport.Length);
        if (text.Length > ContributionsFinalised.LongestPassport || characters > MostCharacters)
        {
            faults.Add(FaultCode.PassportsTooLong, Place.Root, ("length", characters), ("limit", MostCharacters));
            return null;
        }
        HouseholdAmounts amounts = HouseholdAmounts.Of(result.Schemes[0]);
        return new ContributionsFinalised
        {
            Number = passport.Number,
            Scheme = Scheme,
            Reason = Reason,
            Bills = Bill.Of(amounts),
            Changes = last is null ? null : Changes(last, rules.ReadPassport(last.Passport), amounts, request, rules.Policies),
            Passport = text,
            Sha256 = hash,
        };
    }

    // What was frozen counts, not what it would come to if it were reckoned today.
    private static IReadOnlyList<BillChange> Changes(
        ContributionsFinalised last, Passport earlier, HouseholdAmounts amounts, ComparisonRequest request, PolicyBook policies) =>
        BillChange.Between(Bill.Amounts(last.Bills), earlier.Request, PolicyBook.Of(earlier.Policies), amounts, request, policies);
}

/// <summary>Contributions were finalised: from now on they are what is billed, until they are finalised anew.</summary>
public sealed record ContributionsFinalised : BuildingEvent
{
    /// <summary>The longest passport, in characters.</summary>
    public const int LongestPassport = 200_000_000;

    /// <summary>Which finalisation of the building it is, from 1 on.</summary>
    public required Count Number { get; init; }

    /// <summary>The scheme that was adopted.</summary>
    public required SchemeId Scheme { get; init; }

    /// <summary>Why contributions changed; left out for the first finalisation.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    /// <summary>What every household is to pay, in the order of the register.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<Bill> Bills { get; init; }

    /// <summary>What changed since the finalisation before it, and why: every household of now, then those that are not in the register any more; left out for the first.</summary>
    [Length(1, 2 * HouseholdRegister.MostHouseholds)]
    public IReadOnlyList<BillChange>? Changes { get; init; }

    /// <summary>The passport, as canonical JSON.</summary>
    [StringLength(LongestPassport, MinimumLength = 1)]
    public required string Passport { get; init; }

    /// <summary>The SHA-256 that stands in the passport, of all the rest of it, in hexadecimal.</summary>
    [StringLength(64, MinimumLength = 64)]
    public required string Sha256 { get; init; }

    internal override Building ApplyTo(Building building)
    {
        CanHaveHappened(Number.Number == building.Finalisations.Count + 1, "finalisations are numbered one after the other");
        AreDifferent(Bills.Select(bill => bill.Household), "every household has one bill");
        return building with { Finalisations = building.Finalisations.Add(this) };
    }
}

/// <summary>What a household is to pay, or is paid.</summary>
public sealed record Bill
{
    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>What it is to pay.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>What it is paid, where its compensation exceeds its bill; left out otherwise.</summary>
    [JsonPropertyName("creditFen")]
    public Money? Credit { get; init; }

    /// <summary>The bills of amounts that may be below 0, in their order.</summary>
    /// <param name="amounts">The amounts.</param>
    internal static IReadOnlyList<Bill> Of(HouseholdAmounts amounts) =>
    [
        .. amounts.All.Select(entry => entry.Amount >= Money.Zero
            ? new Bill { Household = entry.Household, Amount = entry.Amount }
            : new Bill { Household = entry.Household, Amount = Money.Zero, Credit = Money.Zero - entry.Amount }),
    ];

    /// <summary>The amounts of bills, below 0 where a household is paid.</summary>
    /// <param name="bills">The bills.</param>
    internal static HouseholdAmounts Amounts(IReadOnlyList<Bill> bills) => new(bills.Select(bill => (bill.Household, bill.Amount - (bill.Credit ?? Money.Zero))));
}
