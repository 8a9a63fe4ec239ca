using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>Between whom floor coefficients share.</summary>
public enum SharedBy
{
    /// <summary>Floors share by their coefficients, then each floor's payers divide by <c>within</c> (Guangzhou, Nanjing).</summary>
    Floor,
    /// <summary>Households share by the coefficient of their floor.</summary>
    Household,
    /// <summary>Households share by the coefficient of their floor times their area.</summary>
    Area,
}

/// <summary>By floor coefficients 楼层系数.</summary>
/// <remarks>
/// Sources: Guangzhou 穗府办规〔2025〕6号, 2025-06-19, article 8: floors by coefficient, flats by area within the floor;
/// Nanjing, Gulou district, questions and answers of 2023-06-29: the same form with other coefficients.
/// </remarks>
public sealed record FloorCoefficientsRule : Rule
{
    /// <summary>The coefficient of each floor, by its number. Every floor that has a payer needs one; a 0 must be written.</summary>
    [Length(1, Floor.Highest)]
    public required IReadOnlyDictionary<Floor, Coefficient> Coefficients { get; init; }

    /// <summary>Fills the floors above the highest one listed, each by one more step.</summary>
    public Coefficient? StepAbove { get; init; }

    /// <summary>Between whom the coefficients share; floors unless stated.</summary>
    public SharedBy SharedBy { get; init; } = SharedBy.Floor;

    /// <summary>By what a floor's payers divide what the floor carries; by area unless stated. Used only with <c>sharedBy</c> floor.</summary>
    public Within Within { get; init; } = Within.Area;

    internal override void Check(Sharing sharing, Place place) => sharing.CheckFloors(Coefficients.Keys, place.At("coefficients"));

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        Payers payers = sharing.Payers;
        int last = Coefficients.Keys.Max().Number;
        bool covered = sharing.CoversFloors(
            floor => Coefficients.ContainsKey(Floor.Of(floor)) || (StepAbove is not null && floor > last), place.At("coefficients"));
        if (!covered) { return sharing.Nothing; }
        var byFloor = new Int128[payers.Storeys + 1];
        for (int floor = 1; floor <= payers.Storeys; floor++)
        {
            byFloor[floor] = Coefficients.TryGetValue(Floor.Of(floor), out Coefficient listed) ? listed.Millionths
                : floor > last && StepAbove is Coefficient step ? Coefficients[Floor.Of(last)].Millionths + (step.Millionths * (floor - last))
                : 0;
        }
        NoteFilledFloors(sharing, byFloor, last);

        return SharedBy switch
        {
            SharedBy.Floor => ByFloor(sharing, amount, byFloor, place),
            SharedBy.Household => sharing.InProportion(amount, sharing.Weigh(household => byFloor[household.Floor.Number]),
                Coefficient.One, (StepCode.ByWeight, "weight", "totalWeight"), place),
            SharedBy.Area => ByArea(sharing, amount, byFloor, place),
            _ => throw new InvalidOperationException($"No sharing by {SharedBy}."),
        };
    }

    private void NoteFilledFloors(Sharing sharing, Int128[] byFloor, int last)
    {
        Payers payers = sharing.Payers;
        int[] filled = [.. payers.Positions.Where(i => payers[i].Floor.Number > last)];
        if (filled.Length == 0 || StepAbove is not Coefficient step) { return; }
        sharing.Derivation.Note(StepCode.CoefficientAbove, filled,
            [
                Column.Same("lastListed", Fraction.Of(byFloor[int.Min(last, payers.Storeys)], Coefficient.One)),
                Column.Same("stepAbove", Fraction.Of(step.Millionths, Coefficient.One)),
                Column.Some("floorsAbove", i => payers[i].Floor.Number - last),
            ],
            [.. payers.Register.Households.Select(household => Fraction.Of(byFloor[household.Floor.Number], Coefficient.One))]);
    }

    private Fraction[] ByFloor(Sharing sharing, Fraction amount, Int128[] byFloor, Place place)
    {
        Payers payers = sharing.Payers;
        Int128 total = 0;
        for (int floor = 1; floor <= payers.Storeys; floor++) { total += payers.On(floor) > 0 ? byFloor[floor] : 0; }
        if (total == 0)
        {
            sharing.Faults.Add(FaultCode.WeightsAllZero, place);
            return sharing.Nothing;
        }
        Fraction perPart = amount / total;
        Fraction[] perFloor = [.. byFloor.Select(coefficient => perPart * coefficient)];
        var floorAmounts = new Fraction[payers.Households];
        foreach (int i in payers.Positions) { floorAmounts[i] = perFloor[payers[i].Floor.Number]; }
        sharing.Derivation.Note(StepCode.FloorByCoefficient, payers.Positions,
            [
                Column.Same("amount", amount),
                Column.Some("coefficient", i => Fraction.Of(byFloor[payers[i].Floor.Number], Coefficient.One)),
                Column.Same("totalCoefficients", Fraction.Of(total, Coefficient.One)),
            ],
            floorAmounts);
        return sharing.WithinFloors(floorAmounts, Within);
    }

    private static Fraction[] ByArea(Sharing sharing, Fraction amount, Int128[] byFloor, Place place)
    {
        Payers payers = sharing.Payers;
        Int128[] weights = sharing.Weigh(household => byFloor[household.Floor.Number] * household.Area.Hundredths);
        const long perOne = Coefficient.One * Sharing.SquareMetre;
        sharing.Derivation.Note(StepCode.CoefficientTimesArea, payers.Positions,
            [
                Column.Some("coefficient", i => Fraction.Of(byFloor[payers[i].Floor.Number], Coefficient.One)),
                Column.Some("areaM2", i => Fraction.Of(payers[i].Area.Hundredths, Sharing.SquareMetre)),
            ],
            [.. weights.Select(weight => Fraction.Of(weight, perOne))]);
        return sharing.InProportion(amount, weights, perOne, (StepCode.ByWeight, "weight", "totalWeight"), place);
    }
}

/// <summary>By percentages of the floors 楼层百分比, as tables of Beijing, Hangzhou and others print them.</summary>
/// <remarks>The floors that have a payer must sum to exactly 100; a table that does not close is refused with its sum.</remarks>
public sealed record FloorPercentagesRule : Rule
{
    /// <summary>What each floor carries, in per cent, by its number. Every floor that has a payer needs an entry; a 0 must be written.</summary>
    [Length(1, Floor.Highest)]
    public required IReadOnlyDictionary<Floor, Percentage> Percentages { get; init; }

    /// <summary>By what a floor's payers divide what the floor carries; by area unless stated.</summary>
    public Within Within { get; init; } = Within.Area;

    internal override void Check(Sharing sharing, Place place) => sharing.CheckFloors(Percentages.Keys, place.At("percentages"));

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        Payers payers = sharing.Payers;
        Place map = place.At("percentages");
        if (!sharing.CoversFloors(floor => Percentages.ContainsKey(Floor.Of(floor)), map)) { return sharing.Nothing; }
        long sum = Percentages.Where(entry => payers.On(entry.Key.Number) > 0).Sum(entry => entry.Value.Millionths);
        if (sum != Percentage.WholeMillionths) { sharing.Faults.Add(FaultCode.DoesNotClose, map, ("sum", Percentage.Text(sum))); }

        var floorAmounts = new Fraction[payers.Households];
        foreach (int i in payers.Positions) { floorAmounts[i] = amount * Percentages[payers[i].Floor].Part; }
        sharing.Derivation.Note(StepCode.FloorByPercentage, payers.Positions,
            [Column.Same("amount", amount), Column.Some("percent", i => Percentages[payers[i].Floor].Number)], floorAmounts);
        return sharing.WithinFloors(floorAmounts, Within);
    }
}
