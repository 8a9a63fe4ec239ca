using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>By points for flat type and floor 积分: the type's points + perFloor × (floor - fromFloor), 0 below fromFloor.</summary>
/// <remarks>Source of the form: a by-law for 24 flats, two-bed 1, three-bed 1.15 on the third floor, one point more per floor.</remarks>
public sealed record PointsRule : Rule
{
    /// <summary>The points of each flat type. Every payer's type needs an entry; a 0 must be written.</summary>
    [Length(1, 200)]
    public required IReadOnlyDictionary<FlatType, Coefficient> ByType { get; init; }

    /// <summary>The points that each floor above <c>fromFloor</c> adds.</summary>
    public required Coefficient PerFloor { get; init; }

    /// <summary>The lowest floor that has points.</summary>
    public required Floor FromFloor { get; init; }

    internal override void Check(Sharing sharing, Place place)
    {
        var types = sharing.Payers.Register.Households.Select(household => household.FlatType).ToHashSet();
        foreach (FlatType type in ByType.Keys)
        {
            if (!types.Contains(type)) { sharing.Faults.Add(FaultCode.FlatTypeUnknown, place.At("byType").At(type.Value), ("flatType", type.Value)); }
        }
    }

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        Payers payers = sharing.Payers;
        if (!CoversTypes(sharing, place.At("byType"))) { return sharing.Nothing; }

        Int128[] points = sharing.Weigh(household => household.Floor < FromFloor
            ? 0
            : TypePoints(household) + ((Int128)PerFloor.Millionths * (household.Floor.Number - FromFloor.Number)));
        sharing.Derivation.Note(StepCode.Points, payers.Positions,
            [
                Column.Some("typePoints", i => Fraction.Of(TypePoints(payers[i]), Coefficient.One)),
                Column.Same("perFloor", Fraction.Of(PerFloor.Millionths, Coefficient.One)),
                Column.Some("floor", i => payers[i].Floor.Number),
                Column.Same("fromFloor", FromFloor.Number),
            ],
            [.. points.Select(point => Fraction.Of(point, Coefficient.One))]);
        return sharing.InProportion(amount, points, Coefficient.One, (StepCode.ByWeight, "weight", "totalWeight"), place);
    }

    private long TypePoints(Household household) => ByType[household.FlatType!.Value].Millionths;

    private bool CoversTypes(Sharing sharing, Place map)
    {
        bool all = true;
        foreach (Household household in sharing.Payers.Positions.Select(i => sharing.Payers[i]))
        {
            if (household.FlatType is not FlatType type)
            {
                sharing.Faults.Add(FaultCode.FlatTypeNotStated, map, ("household", household.Id.Value));
                all = false;
            }
            else if (!ByType.ContainsKey(type))
            {
                sharing.Faults.Add(FaultCode.FlatTypeMissing, map, ("flatType", type.Value), ("household", household.Id.Value));
                all = false;
            }
        }
        return all;
    }
}
