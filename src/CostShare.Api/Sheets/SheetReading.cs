using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Api.Sheets;

/// <summary>What a sheet is read for.</summary>
public enum SheetPurpose
{
    /// <summary>The households of a building.</summary>
    Households,
    /// <summary>A finished table of who pays what.</summary>
    Table,
}

/// <summary>A sheet that somebody has, as it was read: for people to confirm or correct before anything is made of it.</summary>
public sealed record SheetReading
{
    /// <summary>What it was read for.</summary>
    public required SheetPurpose For { get; init; }

    /// <summary>Where it was read.</summary>
    public required SheetSource Source { get; init; }

    /// <summary>The columns from the first on, with what each was read as.</summary>
    [Length(0, SheetGrid.MostColumns)]
    public required IReadOnlyList<SheetColumnReading> Columns { get; init; }

    /// <summary>The rows that were read, from the top.</summary>
    [Length(0, SheetGrid.MostRows)]
    public required IReadOnlyList<SheetRow> Rows { get; init; }

    /// <summary>The lines that were not read, and why.</summary>
    [Length(0, 2 * SheetGrid.MostRows)]
    public required IReadOnlyList<SkippedLines> Skipped { get; init; }

    /// <summary>What was understood in another way than word for word; at most 500 are listed.</summary>
    [Length(0, SheetNotes.Most)]
    public required IReadOnlyList<SheetNote> Notes { get; init; }

    /// <summary>How many of these there are.</summary>
    [Range(0, int.MaxValue)]
    public required int NoteCount { get; init; }

    /// <summary>What cannot be read, each with cell, line and heading among its values; at most 100 are listed.</summary>
    [Length(0, FaultList.Most)]
    public required IReadOnlyList<ProblemFault> Faults { get; init; }

    /// <summary>How many of these there are.</summary>
    [Range(0, int.MaxValue)]
    public required int FaultCount { get; init; }

    /// <summary>The highest floor that was read; left out where none was.</summary>
    public Floor? Storeys { get; init; }

    /// <summary>Whose the values of a row are, by the headings; only of a table.</summary>
    public ValuesFor? ValuesFor { get; init; }

    /// <summary>What the row of totals says; only of a table that has one.</summary>
    public TableTotals? Totals { get; init; }

    /// <summary>The households as comparisons take them; only where there is no fault.</summary>
    [Length(1, HouseholdRegister.MostHouseholds)]
    public IReadOnlyList<Household>? Households { get; init; }

    /// <summary>The table as its check takes it; only where there is no fault.</summary>
    public TableCheck? Table { get; init; }
}

/// <summary>Where a sheet was read.</summary>
public sealed record SheetSource
{
    /// <summary>The encoding of a text: utf-8, utf-16 or gb18030; left out for a workbook.</summary>
    [StringLength(20)]
    public string? Encoding { get; init; }

    /// <summary>Which sheet of the workbook was read, counted from 1; left out for a text.</summary>
    [Range(1, WorkbookFile.MostParts)]
    public int? Sheet { get; init; }

    /// <summary>The names of all sheets of the workbook; left out for a text.</summary>
    [Length(1, WorkbookFile.MostParts)]
    public IReadOnlyList<string>? Sheets { get; init; }

    /// <summary>The line of the headings, of two lines the lower; left out where there are none and what the columns hold was guessed.</summary>
    [Range(1, int.MaxValue)]
    public int? HeadingLine { get; init; }
}

/// <summary>A column, and what it was read as.</summary>
public sealed record SheetColumnReading
{
    /// <summary>Its letters: A, B, … AA.</summary>
    [StringLength(3, MinimumLength = 1)]
    public required string Column { get; init; }

    /// <summary>Its heading; of two lines both, with a slash between. Left out where it has none.</summary>
    [StringLength((2 * SheetGrid.LongestText) + 3)]
    public string? Heading { get; init; }

    /// <summary>The member as which it was read; left out where it was not.</summary>
    [StringLength(20)]
    public string? Member { get; init; }

    /// <summary>Whether it was left alone because it says who somebody is or how to reach somebody; left out otherwise.</summary>
    public bool? Personal { get; init; }
}

/// <summary>A row that was read.</summary>
public sealed record SheetRow
{
    /// <summary>Its line, as the spreadsheet or the text counts it from 1.</summary>
    [Range(1, int.MaxValue)]
    public required int Line { get; init; }

    /// <summary>The cells of the columns that were read as they stood, by the letters of the column; without those that are empty, and never those that say who somebody is; of a door with a name behind it only the door.</summary>
    [Length(0, 12)]
    public required IReadOnlyDictionary<string, string> Cells { get; init; }

    /// <summary>What was read of a household; only for households.</summary>
    public ReadHousehold? Household { get; init; }

    /// <summary>What was read of a row of a table; only for a table.</summary>
    public ReadTableRow? TableRow { get; init; }
}

/// <summary>A household as far as it could be read; what could not is left out.</summary>
public sealed record ReadHousehold
{
    /// <summary>Its id, the number on its door.</summary>
    public HouseholdId? Id { get; init; }

    /// <summary>The floor it lives on.</summary>
    public Floor? Floor { get; init; }

    /// <summary>Its exclusive area.</summary>
    [JsonPropertyName("areaM2")]
    public Area? Area { get; init; }

    /// <summary>What it is used as.</summary>
    public Use? Use { get; init; }

    /// <summary>Whether it joins the project.</summary>
    public bool? Joins { get; init; }

    /// <summary>How one steps from the lift into the flat.</summary>
    public Entry? Entry { get; init; }

    /// <summary>Its flat type.</summary>
    public FlatType? FlatType { get; init; }
}

/// <summary>A row of a table as far as it could be read; what could not is left out.</summary>
public sealed record ReadTableRow
{
    /// <summary>The floor.</summary>
    public Floor? Floor { get; init; }

    /// <summary>The household that it stands for.</summary>
    public HouseholdId? Household { get; init; }

    /// <summary>For how many households it stands.</summary>
    public Count? Households { get; init; }

    /// <summary>The exclusive area of each of its households.</summary>
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

/// <summary>What a row of totals says.</summary>
public sealed record TableTotals
{
    /// <summary>Its line.</summary>
    [Range(1, int.MaxValue)]
    public required int Line { get; init; }

    /// <summary>What the amounts come to.</summary>
    [JsonPropertyName("totalFen")]
    public Money? Total { get; init; }

    /// <summary>What the coefficients come to: the number of parts.</summary>
    public Coefficient? Parts { get; init; }

    /// <summary>What the percentages come to.</summary>
    public Coefficient? PercentTotal { get; init; }
}

/// <summary>Lines that were not read, one below the other, all for one reason.</summary>
/// <param name="Line">The first of them.</param>
/// <param name="Lines">How many there are.</param>
/// <param name="Why">Why they were not read.</param>
/// <param name="Sentence">The same for people, in the language of Accept-Language.</param>
public sealed record SkippedLines([property: Range(1, int.MaxValue)] int Line, [property: Range(1, int.MaxValue)] int Lines, SkippedWhy Why, [property: StringLength(200)] string Sentence);

/// <summary>Why a line was not read.</summary>
public enum SkippedWhy
{
    /// <summary>Nothing stands in it.</summary>
    Blank,
    /// <summary>It stands above the headings.</summary>
    Title,
    /// <summary>It holds the headings, or repeats them.</summary>
    Heading,
    /// <summary>It holds totals; those of a table are told apart.</summary>
    Total,
    /// <summary>It holds a sum or a mean of rows above it.</summary>
    Subtotal,
    /// <summary>It holds a remark, or who made the sheet.</summary>
    Note,
    /// <summary>It belongs to another table that begins below the first.</summary>
    OtherTable,
}

/// <summary>Something that was understood in another way than word for word.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Cells">Where: the cells, whole rows as 6:6, whole columns as F:F; at most 20 are named.</param>
/// <param name="Count">How many cells, rows or columns it is true of.</param>
/// <param name="Sentence">The same for people, in the language of Accept-Language.</param>
public sealed record SheetNote(SheetNoteCode Code, [property: Length(0, SheetNotes.MostCells)] IReadOnlyList<string> Cells, [property: Range(1, int.MaxValue)] int Count, [property: StringLength(2_000)] string Sentence);

/// <summary>What was understood in another way than word for word.</summary>
public enum SheetNoteCode
{
    /// <summary>A cell that is written in another way than it is read: 三楼, 38.6㎡, full-width digits, 3.5万.</summary>
    ReadAs,
    /// <summary>A column of amounts in 万元, 千元 or 百万元 that were made yuan.</summary>
    Unit,
    /// <summary>Parts of 1 that were read as percentages.</summary>
    PartsOfOne,
    /// <summary>A floor that was read off the door number.</summary>
    FloorOfDoor,
    /// <summary>A floor that stands once for several rows.</summary>
    FloorFromAbove,
    /// <summary>A floor that is not that of the door number; the one that is stated was read.</summary>
    FloorsDiffer,
    /// <summary>Merged cells whose content holds for all of them.</summary>
    Merged,
    /// <summary>A formula of which the value that was last saved was read.</summary>
    Formula,
    /// <summary>A row that the spreadsheet does not show; it was read.</summary>
    HiddenRow,
    /// <summary>A column that the spreadsheet does not show; it was read.</summary>
    HiddenColumn,
    /// <summary>A sheet that the workbook does not show; it was read.</summary>
    HiddenSheet,
    /// <summary>A workbook of several sheets, of which one was read.</summary>
    OtherSheets,
    /// <summary>A column that was left alone because it says who somebody is or how to reach somebody.</summary>
    Personal,
    /// <summary>A heading that was understood by its ending.</summary>
    HeadingUnderstood,
    /// <summary>A second column of the same meaning, which was not read.</summary>
    SecondColumn,
    /// <summary>Columns without headings whose meaning was guessed by what they hold.</summary>
    HeadingsGuessed,
    /// <summary>Columns so far to the right that they were not read.</summary>
    MoreColumns,
    /// <summary>Amounts of each household of a floor, as the heading says.</summary>
    EachHousehold,
    /// <summary>A column of values of a whole row beside one of values of each household; it was not read.</summary>
    NotOfEachHousehold,
    /// <summary>A last row without a name that holds the sums of the rows above it.</summary>
    TotalUnnamed,
    /// <summary>Another table that begins below the first and was not read.</summary>
    OtherTable,
}
