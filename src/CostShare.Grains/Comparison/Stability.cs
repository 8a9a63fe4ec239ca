using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;

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

    /// <summary>Tests exact shares; null where fewer than two households join, since there is no group then.</summary>
    /// <remarks>
    /// Why these groups are enough. Take all groups whose floors lie at or below a floor v. A lift to v serves each of them, so that what a group pays less the lift to v is never more
    /// than its own excess, and it is that of the groups that reach v: the largest over all v is therefore the largest excess of all. For a given v the lift is the same, so the group that pays most counts:
    /// whoever pays 0 or more; if nobody does, the one who pays least below 0, as a group is not empty; and where that is everybody, all but the one who pays least, as the whole is no group.
    /// </remarks>
    /// <param name="register">The register.</param>
    /// <param name="shares">What each household of the register pays before rounding; may be below 0.</param>
    /// <param name="costs">The stand-alone costs; they cover every floor that has a household that joins, do not fall, and are above 0 at the highest of them.</param>
    internal static Stability? Of(HouseholdRegister register, IReadOnlyList<Fraction> shares, StandAloneCosts costs)
    {
        ILookup<Floor, Fraction> joined = register.Households.Select((household, i) => (household, Share: shares[i])).Where(entry => entry.household.Joins)
            .ToLookup(entry => entry.household.Floor, entry => entry.Share);
        Floor[] floors = [.. joined.Select(floor => floor.Key).Order()];
        int everybody = joined.Sum(floor => floor.Count());
        if (everybody < 2) { return null; }

        Fraction[] sums = [.. floors.Select(floor => Fraction.Sum([.. joined[floor]]))];
        Fraction scale = Fraction.Sum(sums) / costs.Of(floors[^1])!.Value.Fen;
        var groups = new FloorGroup[floors.Length];
        var so = new Prefix(0, 0, 0, default);
        for (int k = 0; k < floors.Length; k++)
        {
            so = so.With([.. joined[floors[k]]], sums[k]);
            (int households, Fraction paid) = so.PaysMost(everybody);
            Fraction lift = scale * costs.Of(floors[k])!.Value.Fen;
            groups[k] = new FloorGroup(floors[k], households, so.Households - households, paid, lift, paid - lift);
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
    /// <param name="Ends">The least share of all of them, and the largest.</param>
    private readonly record struct Prefix(int Households, int Paying, Fraction Paid, (Fraction Least, Fraction Most) Ends)
    {
        public Prefix With(Fraction[] shares, Fraction sum)
        {
            Fraction[] paying = [.. shares.Where(share => share.Sign >= 0)];
            Fraction paid = paying.Length == shares.Length ? sum : Fraction.Sum(paying);
            (Fraction least, Fraction most) = (shares.Min(), shares.Max());
            return new Prefix(Households + shares.Length, Paying + paying.Length, Paid + paid,
                Households == 0 ? (least, most) : (Fraction.Min(Ends.Least, least), Fraction.Max(Ends.Most, most)));
        }

        /// <summary>The group among them that pays most and is neither empty nor everybody.</summary>
        public (int Households, Fraction Paid) PaysMost(int everybody) =>
            Paying == 0 ? (1, Ends.Most) : Paying == everybody ? (Paying - 1, Paid - Ends.Least) : (Paying, Paid);
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
