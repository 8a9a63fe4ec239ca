using System.ComponentModel.DataAnnotations;
using System.Numerics;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>Whether groups of floors pay more than a lift of their own would cost: the core of the cost game.</summary>
/// <remarks>
/// A group may be any of the households that join, but neither none nor all of them. It pays the sum of its exact shares, and a lift of its own would cost what the highest of
/// its floors needs. Only the groups of <see cref="Groups"/> can pay most above that, so that no others are looked at. Source: Littlechild and
/// Thompson, "Aircraft landing fees: A game theory approach", Bell Journal of Economics 8 (1977).
/// </remarks>
public sealed record Stability
{
    /// <summary>
    /// The most by which a group pays more than a lift of its own, in fen, exactly; below 0 where every group pays less. The whole of the households is no group here.
    /// </summary>
    public required Fraction WorstExcess { get; init; }

    /// <summary>The least by which a group pays less than a lift of its own, in fen: the opposite of <see cref="WorstExcess"/>.</summary>
    public required Fraction LeastSlack { get; init; }

    /// <summary>Whether no group pays more than a lift of its own would cost.</summary>
    public required bool InCore { get; init; }

    /// <summary>Up to which floor the group reaches that has the worst excess; of equals the lowest.</summary>
    public required Floor WorstUpTo { get; init; }

    /// <summary>
    /// By what the stand-alone costs were multiplied, so that the lift for all who join costs what they pay together; 1 where it costs that as it was stated.
    /// </summary>
    public required Fraction Scale { get; init; }

    /// <summary>The households on the floors up to each floor that has a household that joins, from the lowest up.</summary>
    [Length(1, Floor.Highest)]
    public required IReadOnlyList<FloorGroup> Groups { get; init; }

    /// <summary>The longest denominator that all shares may have in common, in bits, so that the work is bounded; four times the longest share.</summary>
    internal const int MostBits = 4 * ShareLength.Longest;

    /// <summary>Tests exact shares; null where fewer than two households join, since there is no group then, and where the shares have too little in common to be added up in time.</summary>
    /// <remarks>
    /// Why these groups are enough. Take all groups whose floors lie at or below a floor v. A lift to v serves each of them, so that what a group pays less the lift to v is never more
    /// than its own excess, and it is that of the groups that reach v: the largest over all v is therefore the largest excess of all. For a given v the lift is the same, so the group that pays most counts:
    /// whoever pays 0 or more; if nobody does, the one who is paid least, as a group is not empty; and where that is everybody, all but the one who pays least, as the whole is no group.
    /// </remarks>
    /// <param name="register">The register.</param>
    /// <param name="shares">What each household of the register pays before rounding; may be below 0.</param>
    /// <param name="costs">The stand-alone costs; they cover every floor that has a household that joins, do not fall, and are above 0 at the highest of them.</param>
    internal static Stability? Of(HouseholdRegister register, IReadOnlyList<Fraction> shares, StandAloneCosts costs)
    {
        (Floor Floor, Fraction Share)[] joined = [.. register.Households.Select((household, i) => (household, i)).Where(entry => entry.household.Joins)
            .Select(entry => (entry.household.Floor, shares[entry.i]))];
        if (joined.Length < 2 || Fraction.CommonDenominator([.. joined.Select(entry => entry.Share)], MostBits) is not BigInteger common) { return null; }

        // Over one denominator shares are whole numbers of parts, which add up quickly.
        ILookup<Floor, BigInteger> parts = joined.ToLookup(entry => entry.Floor, entry => entry.Share.Numerator * (common / entry.Share.Denominator));
        Floor[] floors = [.. parts.Select(floor => floor.Key).Order()];
        BigInteger total = parts.SelectMany(floor => floor).Aggregate(BigInteger.Add);
        Fraction scale = Fraction.Of(total, common) / costs.Of(floors[^1])!.Value.Fen;
        var groups = new FloorGroup[floors.Length];
        var upTo = new Prefix(0, 0, 0, 0, 0);
        for (int k = 0; k < floors.Length; k++)
        {
            upTo = parts[floors[k]].Aggregate(upTo, (before, part) => before.With(part));
            (int households, BigInteger most) = upTo.PaysMost(joined.Length);
            (Fraction paid, Fraction lift) = (Fraction.Of(most, common), scale * costs.Of(floors[k])!.Value.Fen);
            groups[k] = new FloorGroup(floors[k], households, upTo.Households - households, paid, lift, paid - lift);
        }
        FloorGroup worst = groups.MaxBy(group => group.Excess)!;
        return new Stability
        {
            WorstExcess = worst.Excess,
            LeastSlack = -worst.Excess,
            InCore = worst.Excess.Sign <= 0,
            WorstUpTo = worst.UpTo,
            Scale = scale,
            Groups = groups,
        };
    }

    /// <summary>The households up to some floor.</summary>
    /// <param name="Households">How many there are.</param>
    /// <param name="Paying">How many of them pay 0 or more.</param>
    /// <param name="Paid">What those pay together.</param>
    /// <param name="Least">The least share of all of them.</param>
    /// <param name="Most">The largest share of all of them.</param>
    private readonly record struct Prefix(int Households, int Paying, BigInteger Paid, BigInteger Least, BigInteger Most)
    {
        public Prefix With(BigInteger share) => new(
            Households + 1, Paying + (share.Sign >= 0 ? 1 : 0), Paid + BigInteger.Max(share, 0),
            Households == 0 ? share : BigInteger.Min(Least, share), Households == 0 ? share : BigInteger.Max(Most, share));

        /// <summary>The group among them that pays most and is neither empty nor everybody.</summary>
        public (int Households, BigInteger Paid) PaysMost(int everybody) =>
            Paying == 0 ? (1, Most) : Paying == everybody ? (Paying - 1, Paid - Least) : (Paying, Paid);
    }
}

/// <summary>The households on the floors up to one, as far as they pay, beside a lift of their own.</summary>
/// <param name="UpTo">The highest floor of the group.</param>
/// <param name="Households">How many are in the group.</param>
/// <param name="LeftOut">
/// How many on these floors join and are not in it: those who are paid rather than pay, and of all households together the one that pays least, since the whole is no group.
/// </param>
/// <param name="Paid">What the group pays together, in fen, exactly.</param>
/// <param name="OwnLift">What a lift up to that floor would cost, in fen, exactly, multiplied by the scale.</param>
/// <param name="Excess">What the group pays above that, in fen; below 0 where it pays less.</param>
public sealed record FloorGroup(
    Floor UpTo, [property: Range(1, HouseholdRegister.MostHouseholds)] int Households, [property: Range(0, HouseholdRegister.MostHouseholds)] int LeftOut,
    Fraction Paid, Fraction OwnLift, Fraction Excess);
