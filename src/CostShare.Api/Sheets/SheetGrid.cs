using System.Globalization;

namespace CostShare.Api.Sheets;

/// <summary>What stands in a cell of a sheet that people have.</summary>
internal enum CellContent
{
    /// <summary>Text, as it was typed or copied.</summary>
    Text,
    /// <summary>A number of a workbook, in digits.</summary>
    Number,
    /// <summary>TRUE or FALSE.</summary>
    Boolean,
    /// <summary>A day or a time: what spreadsheets make of 3-2.</summary>
    Day,
    /// <summary>What a formula gives where it cannot give anything: #REF!</summary>
    Error,
    /// <summary>A formula of which the file does not hold what it gave.</summary>
    Unreckoned,
}

/// <summary>A cell with something in it.</summary>
/// <param name="Content">What stands in it.</param>
/// <param name="Text">Its text as people see it; a number in digits, with its per cent sign where it is shown with one.</param>
internal sealed record GridCell(CellContent Content, string Text)
{
    /// <summary>The digits of the file, where the number was cleared of the traces of binary floating point.</summary>
    public string? Stored { get; init; }

    /// <summary>Whether people see another number than the file holds, because its format moves the point or names a unit.</summary>
    public bool IsScaled { get; init; }

    /// <summary>Whether a formula gave it.</summary>
    public bool IsFormula { get; init; }

    /// <summary>The merged cells that it stands for, as A5:A7; null where it stands for itself.</summary>
    public string? Merged { get; init; }

    /// <summary>Whether those cells lie below each other.</summary>
    public bool IsMergedDown { get; init; }
}

/// <summary>A row of a sheet with something in it.</summary>
/// <param name="Line">Its number as the spreadsheet or the text counts it, from 1.</param>
/// <param name="Cells">Its cells from the first column on; null where nothing stands.</param>
internal sealed record GridRow(int Line, GridCell?[] Cells)
{
    /// <summary>The line on which it ends: cells of a text in quotes may go over several.</summary>
    public int LastLine { get; init; } = Line;

    /// <summary>Whether the spreadsheet does not show it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The cell of a column, counted from 0; null where nothing stands.</summary>
    public GridCell? At(int column) => column < Cells.Length ? Cells[column] : null;
}

/// <summary>A sheet as it stands, before anything is made of it: rows and columns, whatever they mean.</summary>
/// <param name="Rows">The rows with something in them, from the top.</param>
internal sealed record SheetGrid(IReadOnlyList<GridRow> Rows)
{
    /// <summary>The most rows of households or floors, columns, and cells with something in them.</summary>
    public const int MostRows = 10_000, MostColumns = 200, MostCells = 200_000;

    /// <summary>The most rows with something in them: a register of the largest size has titles, headings, totals and remarks besides.</summary>
    public const int MostLines = MostRows + 100;

    /// <summary>The most characters of a cell that are kept; no id, number or heading is longer.</summary>
    public const int LongestText = 500;

    /// <summary>Its name in the workbook; null for a text.</summary>
    public string? Name { get; init; }

    /// <summary>Which sheet of the workbook it is, counted from 1.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Whether the workbook does not show it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Columns that the spreadsheet does not show, counted from 0.</summary>
    public IReadOnlySet<int> HiddenColumns { get; init; } = new HashSet<int>();

    /// <summary>Whether something stands to the right of the columns that are read.</summary>
    public bool HasMoreColumns { get; init; }

    /// <summary>Whether its columns stand apart by what may also stand between thousands, a comma or a blank, so that it makes two cells of a number.</summary>
    public bool IsCutAtThousands { get; init; }

    /// <summary>How many columns there are.</summary>
    public int Width => Rows.Select(row => row.Cells.Length).DefaultIfEmpty(0).Max();

    /// <summary>The letters of a column, as spreadsheets have them: 0 gives A, 26 gives AA.</summary>
    public static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : $"{Letters((column / 26) - 1)}{(char)('A' + (column % 26))}";

    /// <summary>The name of a cell, as spreadsheets have it: C5.</summary>
    public static string NameOf(int column, int line) => string.Create(CultureInfo.InvariantCulture, $"{Letters(column)}{line}");

    /// <summary>A text no longer than a cell needs.</summary>
    public static string Cut(string text) => text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
}
