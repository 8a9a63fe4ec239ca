using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Comparison;

/// <summary>Whether a table closes, which scheme it is, and which it is nearest to.</summary>
public sealed record TableCheckResult
{
    /// <summary>Whether every check holds. Where nothing can be checked (coefficients alone, amounts without a total) nothing fails.</summary>
    public required bool Closes { get; init; }

    /// <summary>By which column the table shares, and so by which it is compared: the coefficients if it has some, else the percentages, else the amounts.</summary>
    public required ValueColumn SharedBy { get; init; }

    /// <summary>What is shared: as the table says, else the sum of its amounts; left out where it has neither.</summary>
    [JsonPropertyName("totalFen")]
    public Money? Total { get; init; }

    /// <summary>What was checked, in the order of the codes; only what the table states enough for.</summary>
    [Length(0, 6)]
    public required IReadOnlyList<TableFinding> Checks { get; init; }

    /// <summary>The schemes that give exactly this table, in the order of the candidates.</summary>
    [Length(0, TableCandidates.Most)]
    public required IReadOnlyList<TableMatch> Matches { get; init; }

    /// <summary>The scheme whose exact shares differ least from the table's, chosen among the matches where there are some; of equally near ones the first candidate.</summary>
    public required NearestScheme Nearest { get; init; }

    /// <summary>The building that the table speaks of, ready to be compared: its rows household by household. Households without a name are called by floor and number.</summary>
    /// <remarks>Where not every row states an area, all areas are 100 m².</remarks>
    public required HouseholdRegister Building { get; init; }
}

/// <summary>A column of a table.</summary>
public enum ValueColumn
{
    /// <summary>Coefficients: shares are in proportion to them.</summary>
    Coefficient,
    /// <summary>Percentages of the whole.</summary>
    Percent,
    /// <summary>Amounts.</summary>
    Amount,
}

/// <summary>What is checked of a table. Numbers are never reused; on the wire the name stands in camelCase.</summary>
public enum TableCheckCode
{
    /// <summary>The percentages sum to 100. In per cent.</summary>
    PercentagesSum = 1,
    /// <summary>What the table says its percentages sum to is their sum. In per cent.</summary>
    PercentTotal = 2,
    /// <summary>The parts that the table divides by are the sum of its coefficients.</summary>
    PartsSum = 3,
    /// <summary>The amounts sum to the total. In fen.</summary>
    AmountsSum = 4,
    /// <summary>Each amount is what its percentage of the total gives, up to rounding.</summary>
    AmountsFollowPercentages = 5,
    /// <summary>Each amount is what its coefficient gives of the total, divided by the stated parts or else by the sum of the coefficients, up to rounding.</summary>
    AmountsFollowCoefficients = 6,
}

/// <summary>One thing that was checked.</summary>
public sealed record TableFinding
{
    /// <summary>What was checked.</summary>
    public required TableCheckCode Code { get; init; }

    /// <summary>Whether it holds.</summary>
    public required bool Holds { get; init; }

    /// <summary>What was found, with how much does not add up and for whom, in plain words.</summary>
    public required Words Sentence { get; init; }

    /// <summary>What it should be, in the unit of the code; left out where rows are checked.</summary>
    public Fraction? Expected { get; init; }

    /// <summary>What it is.</summary>
    public Fraction? Actual { get; init; }

    /// <summary>What it is less what it should be.</summary>
    public Fraction? Difference { get; init; }

    /// <summary>What would be collected beyond the total because of it, in fen; below 0 where too little would be. Left out where no total is known.</summary>
    public Fraction? Excess { get; init; }

    /// <summary>
    /// The unit in which the table is rounded: the largest of 1, 100, 1000 and 10000 fen of which all its amounts are whole multiples. An amount is
    /// right if it is less than one unit for each household that it is for from the exact one. Only where rows are checked.
    /// </summary>
    [JsonPropertyName("unitFen")]
    public BillingUnit? Unit { get; init; }

    /// <summary>The rows whose amounts are not right. Only where rows are checked.</summary>
    [Length(0, HouseholdRegister.MostHouseholds)]
    public IReadOnlyList<TableRowFinding>? Rows { get; init; }
}

/// <summary>A row whose amount is not what the table's own numbers give.</summary>
public sealed record TableRowFinding
{
    /// <summary>The row, counted from 0.</summary>
    [Range(0, HouseholdRegister.MostHouseholds - 1)]
    public required int Row { get; init; }

    /// <summary>Its floor.</summary>
    public required Floor Floor { get; init; }

    /// <summary>Its household, where it names one.</summary>
    public HouseholdId? Household { get; init; }

    /// <summary>What the table's own numbers give, exactly, in fen; for what the row's values are for.</summary>
    public required Fraction Expected { get; init; }

    /// <summary>The amount that stands there, in fen.</summary>
    public required Fraction Actual { get; init; }

    /// <summary>What stands there less what should.</summary>
    public required Fraction Difference { get; init; }
}

/// <summary>A scheme that gives exactly a table.</summary>
public sealed record TableMatch
{
    /// <summary>The scheme, ready to be compared on <c>building</c>; with the rounding that gives the table's amounts, where one does.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>The policy that it comes from, where it comes from one.</summary>
    public PolicyId? Policy { get; init; }

    /// <summary>How sure that policy's rule is.</summary>
    public Certainty? Certainty { get; init; }

    /// <summary>That its bills are exactly the table's amounts, and how they are rounded then, as in <c>scheme</c>. Left out where the table has no amounts or they come out under no rounding, so that only its coefficients or percentages match; the scheme then rounds to whole fen.</summary>
    public Rounding? Rounding { get; init; }

    /// <summary>How far its exact shares are from the table's, over all rows together, in per cent of the whole: 0 unless amounts are compared, and then what the rounding covers. A coarse unit covers much.</summary>
    public required Fraction Distance { get; init; }
}

/// <summary>The scheme that a table is nearest to.</summary>
public sealed record NearestScheme
{
    /// <summary>The scheme, ready to be compared on <c>building</c>.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>The policy that it comes from, where it comes from one.</summary>
    public PolicyId? Policy { get; init; }

    /// <summary>How sure that policy's rule is.</summary>
    public Certainty? Certainty { get; init; }

    /// <summary>The sum over all rows of how far its exact share is from the table's, in per cent of the whole; 0 where they are the same.</summary>
    public required Fraction Distance { get; init; }

    /// <summary>Row by row, in the order of the table.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<RowDifference> Rows { get; init; }
}

/// <summary>What a table and a scheme ask of a row: of all its households together.</summary>
public sealed record RowDifference
{
    /// <summary>The floor.</summary>
    public required Floor Floor { get; init; }

    /// <summary>The household, where the row names one.</summary>
    public HouseholdId? Household { get; init; }

    /// <summary>How many households the row stands for.</summary>
    public required Count Households { get; init; }

    /// <summary>The table's share in per cent, its numbers brought to the whole.</summary>
    public required Fraction TablePercent { get; init; }

    /// <summary>The scheme's exact share in per cent.</summary>
    public required Fraction SchemePercent { get; init; }

    /// <summary>The table's less the scheme's.</summary>
    public required Fraction DifferencePercent { get; init; }

    /// <summary>What the table asks: its amount if it states amounts, else its share of the total, rounded to the fen by largest remainder. Left out where no total is known.</summary>
    [JsonPropertyName("tableFen")]
    public Money? TableAmount { get; init; }

    /// <summary>What the scheme bills, rounded as the scheme says.</summary>
    [JsonPropertyName("schemeFen")]
    public Money? SchemeAmount { get; init; }

    /// <summary>The table's less the scheme's.</summary>
    [JsonPropertyName("differenceFen")]
    public Money? DifferenceAmount { get; init; }
}
