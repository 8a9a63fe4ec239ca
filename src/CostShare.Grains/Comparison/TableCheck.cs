using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;

namespace CostShare.Grains.Comparison;

/// <summary>A table as residents find it 楼层分摊表, and the question whether it closes and which scheme it is.</summary>
public sealed record TableCheck
{
    /// <summary>The rows in their order, which settles ties where amounts are rounded.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<TableRow> Rows { get; init; }

    /// <summary>Whose the values of a row are where it stands for several households; the row's unless stated.</summary>
    public ValuesFor ValuesFor { get; init; } = ValuesFor.Row;

    /// <summary>What the table says is shared; above 0. Where it says nothing, its amounts are taken to sum to it, and so are not all 0.</summary>
    [JsonPropertyName("totalFen")]
    public Money? Total { get; init; }

    /// <summary>By how many parts the table divides; above 0. Only with coefficients.</summary>
    public Coefficient? Parts { get; init; }

    /// <summary>What the table says its percentages sum to. Only with percentages.</summary>
    public Coefficient? PercentTotal { get; init; }

    /// <summary>The storeys of the building; the highest floor of the table unless stated.</summary>
    public Floor? Storeys { get; init; }
}

/// <summary>One row of a table: a household, or the alike households of a floor.</summary>
/// <remarks>All rows state the same of percent, coefficient and amountFen, and at least one of them; a 0 must be written.</remarks>
public sealed record TableRow
{
    /// <summary>The floor; the ground floor is 1.</summary>
    public required Floor Floor { get; init; }

    /// <summary>The household that the row stands for; at most one row names it.</summary>
    public HouseholdId? Household { get; init; }

    /// <summary>For how many households the row stands; 1 unless stated, and always 1 where it names one.</summary>
    public Count? Households { get; init; }

    /// <summary>The exclusive area of each of its households. Where a row states none, all flats of the table are taken as equal.</summary>
    [JsonPropertyName("areaM2")]
    public Area? Area { get; init; }

    /// <summary>Its percentage of the whole.</summary>
    public Percentage? Percent { get; init; }

    /// <summary>Its coefficient.</summary>
    public Coefficient? Coefficient { get; init; }

    /// <summary>Its amount.</summary>
    [JsonPropertyName("amountFen")]
    public Money? Amount { get; init; }
}

/// <summary>Whose the values of a row are.</summary>
public enum ValuesFor
{
    /// <summary>Of all households of the row together.</summary>
    Row,
    /// <summary>Of each of its households, so that they count as often as it has households.</summary>
    Household,
}
