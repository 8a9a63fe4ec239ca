using System.Globalization;
using CostShare.Api.Problems;
using CostShare.Grains.Faults;

namespace CostShare.Api.Sheets;

/// <summary>Where on a sheet the headings stand and what its columns are.</summary>
internal sealed class SheetLayout
{
    // Titles, stamps and remarks above the headings are never more than this.
    private const int MostAbove = 40;

    // Headings are a few words, and stand alone in their cells.
    private const int LongestHeading = 60;

    // With what is said in brackets; what is longer is never looked at word by word.
    private const int LongestWithBrackets = 100;

    // Between the headings of two rows as people are told them.
    private const string Between = " / ";

    private readonly SheetGrid _grid;
    private readonly string?[] _keys;
    private readonly (string Text, int? Rank, KnownColumn? Known, bool IsPersonal)[] _headings;

    private SheetLayout(SheetGrid grid, int first, int rows, (string Text, int? Rank, KnownColumn? Known, bool IsPersonal)[] headings)
    {
        (_grid, FirstHeading, Headings, _headings) = (grid, first, rows, headings);
        Width = grid.Width;
        _keys = [.. headings.Select(heading => heading.Known is null ? null : Heading.Of(heading.Text.Split(Between)[^1]).Key)];
    }

    /// <summary>The position of the first row of headings among the rows of the grid; where they were guessed, that of the first row of data.</summary>
    public int FirstHeading { get; }

    /// <summary>How many rows the headings have: none where they were guessed, one or two.</summary>
    public int Headings { get; }

    /// <summary>How many columns the sheet has.</summary>
    public int Width { get; }

    /// <summary>The columns that are read.</summary>
    public IReadOnlyList<ReadColumn> Columns { get; private init; } = [];

    /// <summary>The heading of a column as people see it; empty where it has none.</summary>
    public string HeadingOf(int column) => column < _headings.Length ? _headings[column].Text : "";

    /// <summary>Whether a column is left alone because it is about persons.</summary>
    public bool IsPersonal(int column) => column < _headings.Length && _headings[column].IsPersonal;

    /// <summary>Whether a row holds headings: the same again, or those of another table.</summary>
    public bool RepeatsHeadings(GridRow row, out bool isOther)
    {
        isOther = false;
        // A row with a number where one is read is about a household or a floor, whatever words stand beside it: level, 参与.
        if (Columns.Any(column => row.At(column.Position) is GridCell cell && HoldsNumber(cell))) { return false; }
        int same = 0, known = 0;
        for (int column = 0; column < row.Cells.Length; column++)
        {
            // What holds digits is no heading; most cells do.
            if (row.Cells[column] is not { Content: CellContent.Text } cell || cell.Text.Length > LongestHeading || cell.Text.Any(char.IsAsciiDigit)) { continue; }
            string key = Heading.Of(cell.Text).Key;
            if (column < _keys.Length && _keys[column] == key) { same++; }
            else if (SheetColumns.OfHouseholds.Concat(SheetColumns.OfTable).Any(one => one.IsCalled(key))) { known++; }
        }
        isOther = same < 2 && known + same >= 2;
        return same >= 2 || isOther;
    }

    // 面积（m2） and areaM2 are headings for all their digits.
    private static bool HoldsNumber(GridCell cell) => cell.Content is not CellContent.Text
        || (cell.Text.Any(char.IsDigit) && (cell.Text.Length > LongestHeading || Heading.Of(cell.Text).Key is var key && SheetColumns.OfHouseholds.Concat(SheetColumns.OfTable).All(one => one.Rank(key) is null)));

    /// <summary>Finds the headings of a sheet; null where there are none that can be read.</summary>
    public static SheetLayout? Find(SheetGrid grid, SheetPurpose purpose, Language language, SheetNotes notes)
    {
        KnownColumn[] known = KnownOf(purpose);
        int last = int.Min(grid.Rows.Count, MostAbove);
        int next = last == 0 ? 0 : Score(grid, 0, 1, known, purpose);
        for (int row = 0; row < last; row++)
        {
            int alone = next, below = row + 1 < last && IsHeadingLike(grid.Rows[row + 1]) ? Score(grid, row, 2, known, purpose) : 0;
            next = row + 1 < last ? Score(grid, row + 1, 1, known, purpose) : 0;
            // Two rows are headings together where that tells more than either of them alone.
            if (below > alone && below > next) { return Make(grid, row, 2, known, language, notes); }
            if (alone > 0 && alone >= next) { return Make(grid, row, 1, known, language, notes); }
        }
        return null;
    }

    /// <summary>Takes columns without headings for doors and areas where nothing else is possible; null where it is.</summary>
    public static SheetLayout? Guess(SheetGrid grid, SheetPurpose purpose, Language language, SheetNotes notes)
    {
        if (purpose != SheetPurpose.Households) { return null; }
        GridRow[] rows = [.. grid.Rows.Where(row => row.Cells.Count(cell => cell is not null) > 1 && !SheetReader.IsTotal(row))];
        if (rows.Length < 2) { return null; }
        int[] doors = [.. Enumerable.Range(0, grid.Width).Where(column => rows.All(row => row.At(column) is GridCell cell && IsDoor(cell)) && rows.Select(row => row.At(column)!.Text).Distinct().Count() == rows.Length)];
        int[] areas = [.. Enumerable.Range(0, grid.Width).Where(column => !doors.Contains(column) && rows.All(row => row.At(column) is GridCell cell && IsAreaLike(cell))
            && rows.Any(row => CellReader.Digits(row.At(column)!)!.Contains('.', StringComparison.Ordinal)))];
        // Two columns of such numbers may be an area and a share.
        if (doors is not [int door] || areas is not [int area]) { return null; }
        ReadColumn[] columns = [.. new[] { (door, SheetColumns.Id), (area, SheetColumns.Area) }.OrderBy(column => column.Item1)
            .Select(column => (column.Item1, Known: KnownOf(purpose).First(one => one.Member == column.Item2)))
            .Select(column => new ReadColumn(column.Known, column.Item1, column.Known.HeadingIn(language)))];
        foreach (ReadColumn column in columns) { notes.Add(SheetNoteCode.HeadingsGuessed, $"{SheetGrid.Letters(column.Position)}:{SheetGrid.Letters(column.Position)}", "", column.Heading); }
        return new SheetLayout(grid, 0, 0, new (string, int?, KnownColumn?, bool)[grid.Width].Select(_ => ("", (int?)null, (KnownColumn?)null, false)).ToArray()) { Columns = columns };
    }

    /// <summary>What the columns of a sheet may be.</summary>
    public static KnownColumn[] KnownOf(SheetPurpose purpose) => purpose == SheetPurpose.Households ? SheetColumns.OfHouseholds : SheetColumns.OfTable;

    private static bool IsDoor(GridCell cell)
    {
        (string? door, _) = CellReader.Door(WrittenNumber.Narrow(cell.Text));
        return door is not null && cell.Content is CellContent.Text or CellContent.Number && door.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '#') && CellReader.FloorOfDoor(door) is <= 99;
    }

    private static bool IsAreaLike(GridCell cell) => CellReader.Digits(cell) is string digits && digits.Split('.') is [{ Length: 2 or 3 } whole, ..] && int.Parse(whole, CultureInfo.InvariantCulture) is var number && number is >= 10 and < 400;

    // Headings hold no numbers, and hardly ever a door.
    private static bool IsHeadingLike(GridRow row) => row.Cells.All(cell => cell is null || (cell.Content == CellContent.Text && cell.Text.Length <= LongestHeading
        && CellReader.Digits(cell) is null && !cell.Text.EndsWith('%') && CellReader.Floor(WrittenNumber.Narrow(cell.Text)).Token is null));

    /// <summary>How many columns a row of headings names; 0 where it does not name enough to read a sheet by.</summary>
    private static int Score(SheetGrid grid, int first, int rows, KnownColumn[] known, SheetPurpose purpose)
    {
        string[] members = [.. Match(grid, first, rows, known).Where(heading => heading.Known is not null).Select(heading => heading.Known!.Member).Distinct()];
        bool hasKey = members.Any(member => member is SheetColumns.Id or SheetColumns.Household or SheetColumns.Floor);
        bool hasMore = purpose == SheetPurpose.Households ? members.Length > 1 : members.Any(member => member is SheetColumns.Percent or SheetColumns.Coefficient or SheetColumns.Amount);
        return hasKey && hasMore ? members.Length : 0;
    }

    private static (string Text, int? Rank, KnownColumn? Known, bool IsPersonal)[] Match(SheetGrid grid, int first, int rows, KnownColumn[] known)
    {
        int width = Enumerable.Range(first, rows).Max(row => grid.Rows[row].Cells.Length);
        var headings = new (string Text, int? Rank, KnownColumn? Known, bool IsPersonal)[width];
        for (int column = 0; column < width; column++)
        {
            string[] texts = [.. Enumerable.Range(first, rows).Select(row => grid.Rows[row].At(column)?.Text ?? "").Where(text => text.Length > 0).Distinct()];
            headings[column] = (string.Join(Between, texts), null, null, false);
            // The lower row says it more narrowly.
            foreach (string text in Enumerable.Reverse(texts).Where(text => text.Length <= LongestWithBrackets))
            {
                var heading = Heading.Of(text);
                KnownColumn? called = known.FirstOrDefault(one => one.IsCalled(heading.Key)) ?? (SheetColumns.IsPersonal(heading.Key) ? null : known.FirstOrDefault(one => one.Rank(heading.Key) is not null));
                bool isPersonal = called is null && SheetColumns.IsSomebody(PlainText.Key(text));
                if (called is not null && (heading.IsMeasuredOtherwise(called) || !HoldsWhatItSays(grid, first + rows, column, called, heading.Key))) { (called, isPersonal) = (null, SheetColumns.NamesOrDoors.Contains(heading.Key)); }
                if (called is null && !isPersonal) { continue; }
                headings[column] = (headings[column].Text, called?.Rank(heading.Key), called, isPersonal);
                break;
            }
        }
        return headings;
    }

    // 住户 may stand over doors and over names.
    private static bool HoldsWhatItSays(SheetGrid grid, int firstRow, int column, KnownColumn known, string key)
    {
        if (known.Member is not (SheetColumns.Id or SheetColumns.Household) || !SheetColumns.NamesOrDoors.Contains(key)) { return true; }
        // Rows and not cells are counted: to look for cells in two hundred columns that have hardly any would be to look at all rows for each.
        GridCell?[] rows = [.. grid.Rows.Skip(firstRow).Take(MostAbove).Select(row => row.At(column))];
        GridCell[] cells = [.. rows.OfType<GridCell>()];
        // Where nothing stands so far and the sheet goes on, names may follow.
        return cells.Length == 0 ? rows.Length < MostAbove : 2 * cells.Count(cell => cell.Text.Any(char.IsDigit)) >= cells.Length;
    }

    private static SheetLayout Make(SheetGrid grid, int first, int rows, KnownColumn[] known, Language language, SheetNotes notes)
    {
        (string Text, int? Rank, KnownColumn? Known, bool IsPersonal)[] headings = Match(grid, first, rows, known);
        AmountUnit ofSheet = UnitAbove(grid, first, rows);
        var columns = new List<ReadColumn>();
        for (int column = 0; column < headings.Length; column++)
        {
            (string text, int? rank, KnownColumn? own, bool isPersonal) = headings[column];
            string letters = SheetGrid.Letters(column), whole = $"{letters}:{letters}";
            if (isPersonal) { notes.Add(SheetNoteCode.Personal, whole, text); }
            if (own is null) { continue; }
            // Of several columns the one with the surer heading is read, of equals the first.
            if (Enumerable.Range(0, headings.Length).Any(other => headings[other].Known == own && (headings[other].Rank < rank || (headings[other].Rank == rank && other < column))))
            {
                notes.Add(SheetNoteCode.SecondColumn, whole, text, own.HeadingIn(language));
                continue;
            }
            if (!text.Split(Between).Any(part => own.IsCalled(Heading.Of(part).Key))) { notes.Add(SheetNoteCode.HeadingUnderstood, whole, text, own.HeadingIn(language)); }
            AmountUnit unit = own.Member != SheetColumns.Amount ? default : UnitOver(grid, first, rows, column) is { IsStated: true } stated ? stated : ofSheet;
            int power = unit.Power ?? 0;
            if (power > 0)
            {
                notes.Add(SheetNoteCode.Unit, whole, power switch { 3 => language.Choose("千元", "thousand yuan"), 4 => language.Choose("万元", "ten thousand yuan"), _ => language.Choose("百万元", "million yuan") });
            }
            columns.Add(new ReadColumn(own, column, SheetGrid.Cut(text)) { Power = power, IsUnitUnclear = unit.IsUnclear });
        }
        return new SheetLayout(grid, first, rows, headings) { Columns = columns };
    }

    /// <summary>The unit that is stated for the whole sheet; the nearest above its table counts.</summary>
    private static AmountUnit UnitAbove(SheetGrid grid, int first, int rows)
    {
        for (int row = first + rows - 1; row >= 0; row--)
        {
            GridCell[] texts = [.. grid.Rows[row].Cells.OfType<GridCell>().Where(cell => cell.Content == CellContent.Text).DistinctBy(cell => cell.Merged ?? cell.Text)];
            foreach (GridCell cell in texts)
            {
                // Among headings only what is nothing but a unit is about all of them.
                bool isHeading = row >= first;
                if (isHeading && !PlainText.Key(cell.Text).TrimStart('(').StartsWith("单位", StringComparison.Ordinal) && !PlainText.Key(cell.Text).StartsWith('(')) { continue; }
                if (AmountUnit.OfLine(cell.Text, isTitle: !isHeading && texts.Length == 1) is { IsStated: true } unit) { return unit; }
            }
        }
        return default;
    }

    /// <summary>The unit that the headings of a column state, the lowest first; what stands over them may be a heading of several, or a title.</summary>
    private static AmountUnit UnitOver(SheetGrid grid, int first, int rows, int column)
    {
        for (int row = first + rows - 1; row >= int.Max(0, first - 1); row--)
        {
            if (grid.Rows[row].At(column) is not { Content: CellContent.Text } cell) { continue; }
            AmountUnit unit = Heading.Of(cell.Text).Unit;
            if (unit.Power is not null || (unit.IsUnclear && row >= first)) { return unit; }
        }
        return default;
    }

    /// <summary>The same without some columns.</summary>
    public SheetLayout Without(ReadColumn[] columns) => new(_grid, FirstHeading, Headings, _headings) { Columns = [.. Columns.Except(columns)] };

    /// <summary>The same with a column read in another unit.</summary>
    public SheetLayout With(ReadColumn column, int power) =>
        new(_grid, FirstHeading, Headings, _headings) { Columns = [.. Columns.Select(own => own == column ? own with { Power = power } : own)] };
}
