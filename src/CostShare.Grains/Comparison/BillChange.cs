using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;

namespace CostShare.Grains.Comparison;

/// <summary>A part of what bills are reckoned from.</summary>
public enum BillPart
{
    /// <summary>The register: storeys and households.</summary>
    Register,
    /// <summary>The budget.</summary>
    Costs,
    /// <summary>The rules of the policies that sources and scheme name.</summary>
    Policies,
    /// <summary>Money that residents do not raise themselves.</summary>
    Funding,
    /// <summary>The scheme.</summary>
    Scheme,
    /// <summary>All but the scheme, where it is not told apart: register, budget, policies and funding.</summary>
    Circumstances,
}

/// <summary>Why an amount changed, and by how much.</summary>
public sealed record BillCause
{
    /// <summary>What was replaced; several where they could only be reckoned together.</summary>
    [Length(1, BillChange.MostCauses)]
    public required IReadOnlyList<BillPart> Parts { get; init; }

    /// <summary>What that added to the amount, below 0 where it took away; never 0.</summary>
    [JsonPropertyName("differenceFen")]
    public required SignedMoney Difference { get; init; }
}

/// <summary>What changed for one household, and why.</summary>
public sealed record BillChange
{
    /// <summary>The most causes of a change.</summary>
    public const int MostCauses = 5;

    /// <summary>The household.</summary>
    public required HouseholdId Household { get; init; }

    /// <summary>What it was to pay before, below 0 where it was to be paid; left out where it was not in the register.</summary>
    [JsonPropertyName("beforeFen")]
    public SignedMoney? Before { get; init; }

    /// <summary>What it is to pay now, below 0 where it is to be paid; left out where it is not in the register any more.</summary>
    [JsonPropertyName("afterFen")]
    public SignedMoney? After { get; init; }

    /// <summary>Why, in the order in which the parts were replaced. The differences sum to what is paid now less what was before, where who is not in the register pays 0.</summary>
    [Length(0, MostCauses)]
    public required IReadOnlyList<BillCause> Causes { get; init; }

    /// <summary>What changed between two requests of one scheme each: register, budget, policies, funding and scheme are replaced in this order.</summary>
    /// <param name="before">The request before; its scheme is the only one.</param>
    /// <param name="policiesBefore">The policies of then.</param>
    /// <param name="after">The request now; its scheme is the only one.</param>
    /// <param name="policiesAfter">The policies of now.</param>
    /// <returns>The households of now in the order of the register, then those that are not in it any more.</returns>
    /// <exception cref="ArgumentException">One of the two cannot be carried out.</exception>
    public static IReadOnlyList<BillChange> Between(ComparisonRequest before, PolicyBook policiesBefore, ComparisonRequest after, PolicyBook policiesAfter) =>
        Between(
            Amounts(before, policiesBefore) ?? throw new ArgumentException("It cannot be carried out.", nameof(before)), before, policiesBefore,
            Amounts(after, policiesAfter) ?? throw new ArgumentException("It cannot be carried out.", nameof(after)), after, policiesAfter);

    /// <summary>The same where the amounts of both are known.</summary>
    internal static IReadOnlyList<BillChange> Between(
        HouseholdAmounts amountsBefore, ComparisonRequest before, PolicyBook policiesBefore, HouseholdAmounts amountsAfter, ComparisonRequest after, PolicyBook policiesAfter) =>
        Between(amountsBefore, amountsAfter, [BillPart.Register, BillPart.Costs, BillPart.Policies, BillPart.Funding, BillPart.Scheme], replaced => Amounts(
            new ComparisonRequest
            {
                Building = (replaced.Contains(BillPart.Register) ? after : before).Building,
                Costs = (replaced.Contains(BillPart.Costs) ? after : before).Costs,
                Funding = (replaced.Contains(BillPart.Funding) ? after : before).Funding,
                Schemes = (replaced.Contains(BillPart.Scheme) ? after : before).Schemes,
            },
            replaced.Contains(BillPart.Policies) ? policiesAfter : policiesBefore));

    /// <summary>What changed, and why, when parts are replaced one after the other.</summary>
    /// <remarks>
    /// A part after whose replacement nothing can be reckoned is taken together with the next ones. Of parts taken together only those are named without
    /// which something else would have come out: what stayed the same is no cause.
    /// </remarks>
    /// <param name="before">What everyone paid before.</param>
    /// <param name="after">What everyone pays when all parts are replaced.</param>
    /// <param name="parts">The parts, in the order in which they are replaced.</param>
    /// <param name="reckon">What everyone pays when some parts are replaced; null where that cannot be reckoned.</param>
    internal static IReadOnlyList<BillChange> Between(
        HouseholdAmounts before, HouseholdAmounts after, IReadOnlyList<BillPart> parts, Func<IReadOnlySet<BillPart>, HouseholdAmounts?> reckon)
    {
        var causes = new List<(IReadOnlyList<BillPart> Parts, HouseholdAmounts From, HouseholdAmounts To)>();
        var replaced = new HashSet<BillPart>();
        var together = new List<BillPart>();
        HouseholdAmounts last = before;
        foreach (BillPart part in parts)
        {
            replaced.Add(part);
            together.Add(part);
            HouseholdAmounts? now = replaced.Count == parts.Count ? after : reckon(replaced);
            if (now is null) { continue; }
            causes.Add((Needed(together, replaced, now, reckon), last, now));
            (last, together) = (now, []);
        }
        return
        [
            .. after.Ids.Concat(before.Ids.Where(id => after.Of(id) is null)).Select(id => new BillChange
            {
                Household = id,
                Before = before.Of(id) is Money was ? SignedMoney.Of(was) : null,
                After = after.Of(id) is Money now ? SignedMoney.Of(now) : null,
                Causes =
                [
                    .. causes.Select(cause => new BillCause { Parts = cause.Parts, Difference = SignedMoney.Of((cause.To.Of(id) ?? Money.Zero) - (cause.From.Of(id) ?? Money.Zero)) })
                        .Where(cause => cause.Difference.Fen != 0),
                ],
            }),
        ];
    }

    /// <summary>What everyone pays under the one scheme of a request; null where it cannot be carried out.</summary>
    internal static HouseholdAmounts? Amounts(ComparisonRequest request, PolicyBook policies) =>
        Comparer.Compare(request, policies, ComparisonParts.None, new FaultList()) is ComparisonResult result ? HouseholdAmounts.Of(result.Schemes[0]) : null;

    private static List<BillPart> Needed(List<BillPart> together, HashSet<BillPart> replaced, HouseholdAmounts now, Func<IReadOnlySet<BillPart>, HouseholdAmounts?> reckon)
    {
        if (together.Count == 1) { return together; }
        var needed = new HashSet<BillPart>(replaced);
        foreach (BillPart part in together)
        {
            needed.Remove(part);
            if (reckon(needed)?.Same(now) != true) { needed.Add(part); }
        }
        List<BillPart> named = [.. together.Where(needed.Contains)];
        return named.Count > 0 ? named : together;
    }
}

/// <summary>What every household pays, below 0 where it is paid, in the order of the register.</summary>
internal sealed class HouseholdAmounts
{
    private readonly Dictionary<HouseholdId, Money> _amounts;

    public HouseholdAmounts(IEnumerable<(HouseholdId Household, Money Amount)> amounts)
    {
        All = [.. amounts];
        _amounts = All.ToDictionary(entry => entry.Household, entry => entry.Amount);
    }

    public static HouseholdAmounts Of(SchemeResult scheme) => new(scheme.Shares.Select(share => (share.Household, share.Amount)));

    public IReadOnlyList<(HouseholdId Household, Money Amount)> All { get; }

    public IEnumerable<HouseholdId> Ids => All.Select(entry => entry.Household);

    public Money? Of(HouseholdId household) => _amounts.TryGetValue(household, out Money amount) ? amount : null;

    public bool Same(HouseholdAmounts other) => _amounts.Count == other._amounts.Count && _amounts.All(entry => other.Of(entry.Key) == entry.Value);
}
