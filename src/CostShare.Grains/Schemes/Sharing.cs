using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>What a rule works with: the payers, the derivation that it writes and the faults that it finds.</summary>
internal sealed record Sharing(Payers Payers, Derivation Derivation, FaultList Faults)
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

    /// <summary>Refuses entries for floors that the building does not have, and floors with payers that have no entry.</summary>
    /// <param name="listed">The floors that have an entry.</param>
    /// <param name="covered">Whether a floor that is not listed is covered all the same.</param>
    /// <param name="place">Where the map stands in the request.</param>
    public void CheckFloors(IEnumerable<Floor> listed, Predicate<int> covered, Place place)
    {
        var entries = new HashSet<int>();
        foreach (Floor floor in listed)
        {
            entries.Add(floor.Number);
            if (floor.Number > Payers.Storeys)
            {
                Faults.Add(FaultCode.FloorUnknown, place.At(floor.ToString()), ("floor", floor.Number), ("storeys", Payers.Storeys));
            }
        }
        for (int floor = 1; floor <= Payers.Storeys; floor++)
        {
            if (Payers.On(floor) > 0 && !entries.Contains(floor) && !covered(floor))
            {
                Faults.Add(FaultCode.FloorMissing, place, ("floor", floor));
            }
        }
    }
}
