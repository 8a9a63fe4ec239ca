using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Register;

/// <summary>Names a household within its building, usually by the number on its door: "501".</summary>
/// <param name="Value">1 to 64 characters.</param>
public readonly record struct HouseholdId(string Value)
{
    /// <summary>1 to 64 characters, none of them hidden.</summary>
    public string Value { get; } = PlainText.Id(Value);

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}

/// <summary>A type of flat 房型, as the building names it: "two-bed", "三室一厅".</summary>
/// <param name="Value">1 to 64 characters.</param>
public readonly record struct FlatType(string Value)
{
    /// <summary>1 to 64 characters, none of them hidden.</summary>
    public string Value { get; } = PlainText.Id(Value);

    /// <summary>The type as written.</summary>
    public override string ToString() => Value;
}

/// <summary>What a unit is used as.</summary>
public enum Use
{
    /// <summary>A dwelling 住宅.</summary>
    Dwelling,
    /// <summary>A shop 商铺.</summary>
    Shop,
    /// <summary>A garage 车库.</summary>
    Garage,
    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>How one steps from the lift into the flat.</summary>
public enum Entry
{
    /// <summary>Level entry 平层入户: the lift stops on the flat's own floor.</summary>
    Level,
    /// <summary>Half-landing entry 半层入户: the lift stops half a storey away.</summary>
    HalfLanding,
}

/// <summary>A household of the building: one line of the register.</summary>
public record Household
{
    /// <summary>Its id, unique within the building.</summary>
    public required HouseholdId Id { get; init; }

    /// <summary>The floor it lives on; the ground floor is 1, none is above the building's storeys.</summary>
    public required Floor Floor { get; init; }

    /// <summary>Its exclusive area 专有部分面积 in square metres.</summary>
    [JsonPropertyName("areaM2")]
    public required Area Area { get; init; }

    /// <summary>What it is used as; a dwelling unless stated.</summary>
    public Use Use { get; init; } = Use.Dwelling;

    /// <summary>Whether it joins the project. A household that does not join pays nothing, but may be compensated.</summary>
    public bool Joins { get; init; } = true;

    /// <summary>How one steps from the lift into the flat; level unless stated. Only the rule <c>ride</c> looks at it.</summary>
    public Entry Entry { get; init; } = Entry.Level;

    /// <summary>Its flat type; needed only where the rule <c>points</c> uses it.</summary>
    public FlatType? FlatType { get; init; }
}
