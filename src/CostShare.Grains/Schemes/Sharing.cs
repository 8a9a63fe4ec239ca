using System.Numerics;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>What a rule works with: the payers, the budget, the derivation that it writes and the faults that it finds.</summary>
/// <param name="Payers">Who shares.</param>
/// <param name="Costs">The cost lines, by id.</param>
/// <param name="SelfFunded">What residents pay of each line; null where it is not known because of other faults.</param>
/// <param name="AmountKnown">Whether the amount to share is known; where it is not, rules are asked about no money.</param>
/// <param name="Length">How long exact shares may be.</param>
/// <param name="Derivation">Receives the steps.</param>
/// <param name="Faults">Receives the faults.</param>
internal sealed record Sharing(
    Payers Payers, IReadOnlyList<CostId> Costs, IReadOnlyList<Money>? SelfFunded, bool AmountKnown, ShareLength Length, Derivation Derivation, FaultList Faults)
{
    /// <summary>A column of whole numbers for the payers; 0 for everybody else.</summary>
    public Int128[] Weigh(Func<Household, Int128> weight)
    {
        var weights = new Int128[Payers.Households];
        foreach (int i in Payers.Positions) { weights[i] = weight(Payers[i]); }
        return weights;
    }

    /// <summary>Shares an amount in proportion to weights; refused where all are 0.</summary>
    /// <param name="amount">The amount in fen.</param>
    /// <param name="weights">One weight per household of the register, counted in parts.</param>
    /// <param name="perOne">How many parts make 1 of the weight's unit.</param>
    /// <param name="noted">The step and the names of its two inputs besides the amount.</param>
    /// <param name="place">Where the rule stands in the request.</param>
    public Fraction[] InProportion(
        Fraction amount, Int128[] weights, long perOne, (StepCode Code, string Weight, string Total) noted, Place place)
    {
        var shares = new Fraction[weights.Length];
        Int128 total = 0;
        foreach (Int128 weight in weights) { total += weight; }
        if (total == 0)
        {
            Faults.Add(FaultCode.WeightsAllZero, place);
            return shares;
        }
        Fraction perPart = amount / total;
        foreach (int i in Payers.Positions) { shares[i] = perPart * weights[i]; }
        Derivation.Note(noted.Code, Payers.Positions,
            [Column.Same("amount", amount), Column.Each(noted.Weight, weights, perOne), Column.Same(noted.Total, Fraction.Of(total, perOne))],
            shares);
        return shares;
    }

    /// <summary>Shares an amount in proportion to exact weights; refused where all are 0, and where their total is too long to divide by.</summary>
    /// <param name="amount">The amount in fen.</param>
    /// <param name="weights">One weight per household of the register, 0 for those who do not pay.</param>
    /// <param name="place">Where the rule stands in the request.</param>
    public Fraction[] InProportion(Fraction amount, Fraction[] weights, Place place)
    {
        Fraction[] shares = Nothing;
        // The total of ten thousand unlike denominators would be computed for minutes, so it is given up before.
        if (Fraction.CommonDenominator(weights, Length.Most) is not BigInteger common)
        {
            Faults.Add(FaultCode.ExactTooLong, place, ("limit", Length.Most));
            GaveUp = true;
            return shares;
        }
        BigInteger parts = BigInteger.Zero;
        foreach (Fraction weight in weights) { parts += weight.Numerator * (common / weight.Denominator); }
        if (parts.IsZero)
        {
            Faults.Add(FaultCode.WeightsAllZero, place);
            return shares;
        }
        var total = Fraction.Of(parts, common);
        Fraction perWeight = amount / total;
        foreach (int i in Payers.Positions) { shares[i] = perWeight * weights[i]; }
        Derivation.Note(StepCode.ByWeight, Payers.Positions,
            [Column.Same("amount", amount), Column.Each("weight", weights), Column.Same("totalWeight", total)], shares);
        return shares;
    }

    /// <summary>Divides what each floor carries among its payers.</summary>
    /// <param name="floorAmounts">What the floor carries, by position of each household.</param>
    /// <param name="within">By what the floor's payers divide it.</param>
    public Fraction[] WithinFloors(Fraction[] floorAmounts, Within within)
    {
        var shares = new Fraction[floorAmounts.Length];
        if (within == Within.Equal)
        {
            foreach (int i in Payers.Positions) { shares[i] = floorAmounts[i] / Payers.On(Payers[i].Floor.Number); }
            Derivation.Note(StepCode.WithinFloorEqually, Payers.Positions,
                [Column.Each("floorAmount", floorAmounts), Column.Some("floorPayers", i => Payers.On(Payers[i].Floor.Number))], shares);
            return shares;
        }
        var floorAreas = new long[Payers.Storeys + 1];
        foreach (int i in Payers.Positions) { floorAreas[Payers[i].Floor.Number] += Payers[i].Area.Hundredths; }
        foreach (int i in Payers.Positions)
        {
            shares[i] = floorAmounts[i] * Fraction.Of(Payers[i].Area.Hundredths, floorAreas[Payers[i].Floor.Number]);
        }
        Derivation.Note(StepCode.WithinFloorByArea, Payers.Positions,
            [
                Column.Each("floorAmount", floorAmounts),
                Column.Some("areaM2", i => Fraction.Of(Payers[i].Area.Hundredths, SquareMetre)),
                Column.Some("floorAreaM2", i => Fraction.Of(floorAreas[Payers[i].Floor.Number], SquareMetre)),
            ],
            shares);
        return shares;
    }

    /// <summary>How many hundredths of a square metre make one.</summary>
    public const long SquareMetre = 100;

    /// <summary>Refuses entries for floors that the building does not have.</summary>
    /// <param name="listed">The floors that have an entry.</param>
    /// <param name="place">Where the map stands in the request.</param>
    public void CheckFloors(IEnumerable<Floor> listed, Place place)
    {
        foreach (Floor floor in listed)
        {
            if (floor.Number > Payers.Storeys)
            {
                Faults.Add(FaultCode.FloorUnknown, place.At(floor.ToString()), ("floor", floor.Number), ("storeys", Payers.Storeys));
            }
        }
    }

    /// <summary>Whether every floor with a payer is covered; tells those that are not.</summary>
    /// <param name="covered">Whether a floor is covered.</param>
    /// <param name="place">Where the map stands in the request.</param>
    public bool CoversFloors(Predicate<int> covered, Place place)
    {
        bool all = true;
        for (int floor = 1; floor <= Payers.Storeys; floor++)
        {
            if (Payers.On(floor) == 0 || covered(floor)) { continue; }
            Faults.Add(FaultCode.FloorMissing, place, ("floor", floor));
            all = false;
        }
        return all;
    }

    /// <summary>Whether some share is too long to compute with; tells it.</summary>
    /// <param name="shares">Exact shares by position.</param>
    /// <param name="place">Where what made them so long stands in the request.</param>
    public bool IsTooLong(Fraction[] shares, Place place) => IsTooLong(shares, place, Length.Most);

    /// <summary>Whether some share is longer than wanted; tells it.</summary>
    /// <param name="shares">Exact shares by position.</param>
    /// <param name="place">Where what made them so long stands in the request.</param>
    /// <param name="most">The longest that is wanted, in bits.</param>
    public bool IsTooLong(Fraction[] shares, Place place, int most)
    {
        foreach (int i in Payers.Positions)
        {
            if (shares[i].BitLength <= most) { continue; }
            Faults.Add(FaultCode.ExactTooLong, place, ("limit", most));
            GaveUp = true;
            return true;
        }
        return false;
    }

    /// <summary>Whether some share was too long, so that nothing more is to be computed.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>The column of those who pay nothing.</summary>
    public Fraction[] Nothing => new Fraction[Payers.Households];
}
