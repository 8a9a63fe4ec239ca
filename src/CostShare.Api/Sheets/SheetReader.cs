using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Api.Sheets;

/// <summary>Reads a sheet that somebody has: its titles, headings, rows, remarks and totals, each for what it is.</summary>
/// <remarks>Nothing is guessed silently: what is not word for word is noted, what cannot be read is a fault that names its cell, and the rest of its row comes back. Decision 0023.</remarks>
internal sealed class SheetReader
{
    private static readonly string[] Totals = ["合计", "总计", "共计", "总和", "汇总", "累计", "TOTAL", "SUM", "GRANDTOTAL", "TOTALS"], Subtotals = ["小计", "平均", "SUBTOTAL", "AVERAGE"];

    private static readonly string[] Remarks = ["注", "备注", "说明", "附注", "※", "*", "填表", "制表", "联系", "经办", "负责", "审核", "复核", "日期", "时间", "签", "以上", "本表", "NOTE", "REMARK"];

    private static readonly string[] OfEach = ["每户", "户均", "单户", "/户"];

    // A door is never as long as this, and a remark seldom as short.
    private const int LongestDoor = 20;

    private readonly SheetPurpose _purpose;
    private readonly Language _language;
    private readonly FaultList _faults;
    private readonly SheetNotes _notes;
    private readonly CellReader _cells;
    private readonly SheetGrid _grid;
    private readonly SheetLayout _layout;
    private readonly List<ReadRow> _rows = [];
    private readonly List<SkippedLines> _skipped = [];
    private readonly HashSet<string> _merged = [];
    private GridRow? _totals;
    private Floor? _above;

    private SheetReader(SheetGrid grid, SheetLayout layout, SheetPurpose purpose, Language language, SheetNotes notes)
    {
        (_grid, _layout, _purpose, _language, _notes, _faults) = (grid, layout, purpose, language, notes, new FaultList());
        _cells = new CellReader(language, notes, _faults);
    }

    /// <summary>Reads the bytes of a text or a workbook; null after telling why nothing can be read.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="purpose">What it is read for.</param>
    /// <param name="sheet">Which sheet of a workbook, counted from 1; the first with headings unless stated.</param>
    /// <param name="language">The language of what is told.</param>
    /// <param name="faults">Receives why nothing can be read.</param>
    public static SheetReading? Read(byte[] bytes, SheetPurpose purpose, int? sheet, Language language, FaultList faults)
    {
        if (bytes.Length == 0) { faults.Add(FaultCode.BodyEmpty, Place.Root); }
        else if (WorkbookFile.IsOldOrLocked(bytes)) { faults.Add(FaultCode.SheetOldOrLocked, Place.Root); }
        else if (WorkbookFile.IsPacked(bytes)) { return ReadWorkbook(bytes, purpose, sheet, language, faults); }
        else if (TextGrid.Decode(bytes, faults) is (string text, string encoding) && TextGrid.Read(text, faults) is SheetGrid grid)
        {
            if (sheet > 1) { faults.Add(FaultCode.ParameterForm, Place.Root, ("parameter", "sheet"), ("value", sheet.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("allowed", "1")); }
            return sheet > 1 ? null : ReadGrids([grid], purpose, language, new SheetSource { Encoding = encoding }, faults);
        }
        return null;
    }

    private static SheetReading? ReadWorkbook(byte[] bytes, SheetPurpose purpose, int? sheet, Language language, FaultList faults)
    {
        using WorkbookFile? file = WorkbookFile.Open(bytes, faults);
        if (file is null) { return null; }
        int count = file.Sheets.Count;
        if (count == 0) { faults.Add(FaultCode.SheetEmpty, Place.Root); }
        else if (sheet > count) { faults.Add(FaultCode.ParameterForm, Place.Root, ("parameter", "sheet"), ("value", $"{sheet}"), ("allowed", $"1 … {count}")); }
        if (faults.Count > 0) { return null; }
        var source = new SheetSource { Sheets = [.. file.Sheets.Select(one => one.Name)] };
        // Sheets that are not shown come last; none is unpacked before it is asked for.
        int[] order = sheet is int only ? [only - 1] : [.. Enumerable.Range(0, count).OrderBy(i => file.Sheets[i].IsHidden)];
        return ReadGrids(order.Select(i => file.Read(i)), purpose, language, source, faults);
    }

    private static SheetReading? ReadGrids(IEnumerable<SheetGrid?> grids, SheetPurpose purpose, Language language, SheetSource source, FaultList faults)
    {
        SheetGrid? first = null;
        foreach (SheetGrid? grid in grids)
        {
            if (grid is null) { return null; }
            if (grid.Rows.Count == 0) { continue; }
            first ??= grid;
            var notes = new SheetNotes(language);
            if (SheetLayout.Find(grid, purpose, language, notes) is SheetLayout layout) { return new SheetReader(grid, layout, purpose, language, notes).Read(source, faults); }
        }
        if (first is null) { faults.Add(FaultCode.SheetEmpty, Place.Root); }
        else
        {
            var notes = new SheetNotes(language);
            if (SheetLayout.Guess(first, purpose, language, notes) is SheetLayout guessed) { return new SheetReader(first, guessed, purpose, language, notes).Read(source, faults); }
            faults.Add(FaultCode.HeadingsNotFound, Place.Root, ("headings", string.Join(language.Choose("、", ", "), SheetLayout.KnownOf(purpose).Select(known => known.HeadingIn(language)))));
        }
        return null;
    }

    /// <summary>Reads the sheet; null after telling that it has more rows of households or floors than there may be.</summary>
    private SheetReading? Read(SheetSource source, FaultList faults)
    {
        int firstRow = _layout.FirstHeading + _layout.Headings;
        SkipBlank();
        for (int row = 0; row < firstRow; row++) { Skip(_grid.Rows[row].Line, row < _layout.FirstHeading ? SkippedWhy.Title : SkippedWhy.Heading); }
        GridRow[] data = [.. Classify(firstRow)];
        if (data.Length > SheetGrid.MostRows)
        {
            faults.Add(FaultCode.SheetTooManyRows, Place.Root, ("limit", SheetGrid.MostRows));
            return null;
        }
        SheetLayout layout = WithPartsOfOne(WithOneBasis(_layout), data);
        NoteSheet(source, data, layout);
        TellMissingColumns(layout);
        foreach (ReadColumn column in layout.Columns.Where(column => column.IsUnitUnclear)) { _faults.Add(FaultCode.AmountUnitUnclear, Place.Root, ("value", Scalar.Shorten(column.Heading)), ("column", SheetGrid.Letters(column.Position))); }
        foreach (GridRow row in data) { ReadData(row, layout); }
        (ReadRow? total, TableTotals? totals) = FindTotals(layout);
        foreach (ReadRow row in _rows.Where(row => row != total)) { Finish(row, layout); }
        if (total is not null) { _rows.Remove(total); }
        CheckIds(layout);
        if (_rows.Count == 0 && _faults.Count == 0) { _faults.Add(FaultCode.SheetEmpty, Place.Root); }
        return Answer(source, layout, totals);
    }

    /// <summary>The rows that stand for households or floors; the others are noted as skipped, the totals kept for later.</summary>
    private List<GridRow> Classify(int firstRow)
    {
        var data = new List<GridRow>();
        for (int i = firstRow; i < _grid.Rows.Count; i++)
        {
            GridRow row = _grid.Rows[i];
            int line = row.Line;
            if (_layout.Headings > 0 && _layout.RepeatsHeadings(row, out bool isOther))
            {
                if (!isOther)
                {
                    Skip(line, SkippedWhy.Heading);
                    continue;
                }
                _notes.Add(SheetNoteCode.OtherTable, $"{line}:{line}");
                _skipped.RemoveAll(skipped => skipped.Line > line);
                _skipped.Add(new SkippedLines(line, _grid.Rows[^1].Line - line + 1, SkippedWhy.OtherTable, _notes.Of(SkippedWhy.OtherTable)));
                break;
            }
            if (IsSum(row, Subtotals) || (IsSum(row, Totals) && IsOfPart(row))) { Skip(line, SkippedWhy.Subtotal); }
            else if (IsSum(row, Totals))
            {
                // A table below another has totals of its own; the last are those of the sheet.
                if (_totals is GridRow earlier) { Skip(earlier.Line, SkippedWhy.Subtotal); }
                _totals = row;
            }
            else if (IsRemark(row)) { Skip(line, SkippedWhy.Note); }
            else { data.Add(row); }
        }
        if (_totals is GridRow last) { Skip(last.Line, SkippedWhy.Total); }
        return data;
    }

    private void SkipBlank()
    {
        for (int i = 1; i < _grid.Rows.Count; i++)
        {
            int after = _grid.Rows[i - 1].LastLine + 1, blank = _grid.Rows[i].Line - after;
            if (blank > 0) { _skipped.Add(new SkippedLines(after, blank, SkippedWhy.Blank, _notes.Of(SkippedWhy.Blank))); }
        }
    }

    private void Skip(int line, SkippedWhy why)
    {
        if (_skipped is [.., var last] && last.Why == why && last.Line + last.Lines == line) { _skipped[^1] = last with { Lines = last.Lines + 1 }; }
        else { _skipped.Add(new SkippedLines(line, 1, why, _notes.Of(why))); }
    }

    /// <summary>Whether a row is called totals.</summary>
    public static bool IsTotal(GridRow row) => row.Cells.Any(cell => cell is { Content: CellContent.Text } && cell.Text.Length <= LongestDoor && IsTotal(cell.Text));

    // Whatever column the word stands in, it is about the row; but a remark beside a door or a floor is about something else.
    private bool IsSum(GridRow row, string[] words) => IsCalled(row, words) && !IsOfFloor(row)
        && (_layout.Columns.FirstOrDefault(column => column.Member is SheetColumns.Id or SheetColumns.Household) ?? _layout.Columns.FirstOrDefault(column => column.Member == SheetColumns.Floor)) is var key
        && (key is null || row.At(key.Position) is not GridCell cell || IsCalled(cell.Text, words)
            || _layout.Columns.Any(column => column.Member == SheetColumns.Floor && row.At(column.Position) is GridCell floor && IsCalled(floor.Text, words)));

    // 两户合计 beside a floor of a table; a floor in merged cells may go on down to a sum.
    private bool IsOfFloor(GridRow row) => _purpose == SheetPurpose.Table
        && _layout.Columns.FirstOrDefault(column => column.Member == SheetColumns.Floor) is ReadColumn floor && row.At(floor.Position) is { Merged: null } cell && CellReader.Floor(WrittenNumber.Narrow(cell.Text)).Token is not null
        && !_layout.Columns.Any(column => column.Member == SheetColumns.Household && row.At(column.Position) is GridCell door && IsTotal(door.Text));

    private static bool IsTotal(string text) => IsCalled(text, Totals) || IsCalled(text, Subtotals);

    private static bool IsCalled(GridRow row, string[] words) => row.Cells.Any(cell => cell is { Content: CellContent.Text } && cell.Text.Length <= LongestDoor && IsCalled(cell.Text, words));

    // 合 计：, 合计（元）, 本单元合计, 合计12户; no door begins or ends with such a word, but English ones may be parts of others.
    private static bool IsCalled(string text, string[] words)
    {
        string key = NameOf(text);
        return words.Any(word => key == word || (word[0] > 'Z' && (key.StartsWith(word, StringComparison.Ordinal) || key.EndsWith(word, StringComparison.Ordinal))));
    }

    // 三楼合计 and 1单元合计 are of a part of the sheet, 12户合计 of all of it.
    private static bool IsOfPart(GridRow row) => row.Cells.Any(cell => cell is { Content: CellContent.Text } && cell.Text.Length <= LongestDoor && NameOf(cell.Text) is var key
        && Array.Find(Totals, word => key.Length > word.Length && key.EndsWith(word, StringComparison.Ordinal)) is string word && key[..^word.Length] is var before
        && (CellReader.Floor(before).Token is not null || (before.Any(char.IsAsciiDigit) && !before.EndsWith('户'))));

    private static string NameOf(string text)
    {
        string key = PlainText.Key(text).TrimEnd(':', '.');
        int bracket = key.IndexOf('(', StringComparison.Ordinal);
        return bracket > 0 ? key[..bracket] : key;
    }

    /// <summary>Whether a row is a remark: words in one cell, or who made the sheet, without a number that would be read.</summary>
    private bool IsRemark(GridRow row)
    {
        GridCell[] distinct = [.. row.Cells.Select((cell, column) => (Cell: cell, Own: cell?.Merged ?? SheetGrid.Letters(column))).Where(one => one.Cell is not null).DistinctBy(one => one.Own).Select(one => one.Cell!)];
        bool hasNumbers = _layout.Columns.Any(column => column.Member is not (SheetColumns.Id or SheetColumns.Household or SheetColumns.Floor or SheetColumns.FlatType) && row.At(column.Position) is GridCell cell
            && (cell.Content is not CellContent.Text || cell.Text.Any(char.IsDigit)));
        string first = WrittenNumber.Narrow(distinct[0].Text);
        if (!hasNumbers && IsRemark(first)) { return true; }
        bool hasRead = _layout.Columns.Any(column => row.At(column.Position) is not null);
        if (!hasRead) { return true; }
        return distinct.Length == 1 && distinct[0].Content == CellContent.Text && (first.Length > LongestDoor || !first.Any(char.IsAsciiDigit) || distinct[0].Merged is not null);
    }

    private static bool IsRemark(string narrow) => Remarks.Any(word => narrow.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A column of parts of 1 in the place of percentages: nothing in it is above 1, nothing says per cent, and it comes to about 1.</summary>
    private SheetLayout WithPartsOfOne(SheetLayout layout, GridRow[] data)
    {
        if (layout.Columns.FirstOrDefault(column => column.Member == SheetColumns.Percent) is not ReadColumn percent || Heading.Of(percent.Heading).IsPerCent) { return layout; }
        const int places = 12;
        Int128 one = 1, sum = 0;
        for (int i = 0; i < places; i++) { one *= 10; }
        int numbers = 0;
        foreach (GridRow row in data)
        {
            if (row.At(percent.Position) is not GridCell cell) { continue; }
            if (cell.Text.Contains('%', StringComparison.Ordinal) || cell.Text.Contains('％', StringComparison.Ordinal)) { return layout; }
            if (CellReader.Digits(cell) is not string digits || ExactNumber.Read(System.Text.Encoding.ASCII.GetBytes(digits), places, out Int128 units) != ExactNumber.Outcome.Exact) { continue; }
            if (units < 0 || units > one) { return layout; }
            (sum, numbers) = (sum + units, numbers + 1);
        }
        if (numbers < 2 || 10 * sum < 9 * one || 10 * sum > 11 * one) { return layout; }
        _notes.Add(SheetNoteCode.PartsOfOne, $"{SheetGrid.Letters(percent.Position)}:{SheetGrid.Letters(percent.Position)}");
        return layout.With(percent, 2);
    }

    /// <summary>Without the values that are not of each household where others are: a table has its values of the one or of the other.</summary>
    private SheetLayout WithOneBasis(SheetLayout layout)
    {
        if (EachHousehold(layout) is not ReadColumn each) { return layout; }
        ReadColumn[] others = [.. layout.Columns.Where(column => IsValue(column) && !IsOfEach(column))];
        foreach (ReadColumn column in others) { _notes.Add(SheetNoteCode.NotOfEachHousehold, $"{SheetGrid.Letters(column.Position)}:{SheetGrid.Letters(column.Position)}", column.Heading, each.Heading); }
        return layout.Without(others);
    }

    private void NoteSheet(SheetSource source, GridRow[] data, SheetLayout layout)
    {
        if (source.Sheets is { Count: > 1 } sheets) { _notes.Add(SheetNoteCode.OtherSheets, "", _grid.Name!, $"{sheets.Count}"); }
        if (_grid.IsHidden) { _notes.Add(SheetNoteCode.HiddenSheet, "", _grid.Name!); }
        if (_grid.HasMoreColumns) { _notes.Add(SheetNoteCode.MoreColumns, ""); }
        foreach (ReadColumn column in layout.Columns.Where(column => _grid.HiddenColumns.Contains(column.Position)))
        {
            _notes.Add(SheetNoteCode.HiddenColumn, $"{SheetGrid.Letters(column.Position)}:{SheetGrid.Letters(column.Position)}");
        }
        foreach (GridRow row in data.Where(row => row.IsHidden)) { _notes.Add(SheetNoteCode.HiddenRow, $"{row.Line}:{row.Line}"); }
        if (EachHousehold(layout) is ReadColumn each) { _notes.Add(SheetNoteCode.EachHousehold, $"{SheetGrid.Letters(each.Position)}:{SheetGrid.Letters(each.Position)}", each.Heading); }
    }

    private void TellMissingColumns(SheetLayout layout)
    {
        string[] wanted = _purpose == SheetPurpose.Households ? [SheetColumns.Id, SheetColumns.Area] : [];
        foreach (string member in wanted.Where(member => layout.Columns.All(column => column.Member != member)))
        {
            KnownColumn known = SheetLayout.KnownOf(_purpose).First(one => one.Member == member);
            _faults.Add(FaultCode.ColumnMissing, Place.Root, ("member", known.HeadingIn(_language)), ("headings", string.Join(_language.Choose("、", ", "), (_language == Language.Chinese ? known.Chinese : known.English).Take(6))));
        }
    }

    private void ReadData(GridRow row, SheetLayout layout)
    {
        var read = new ReadRow(row);
        // A comma or a blank between thousands makes two cells of a number.
        if (_grid.IsCutAtThousands && layout.Headings > 0 && CutCell(row, layout) is int cut)
        {
            _faults.Add(FaultCode.RowTooWide, Place.Root, ("count", row.Cells.Length), ("limit", HeadingWidth(layout)), (CellReader.Cell, SheetGrid.NameOf(cut, row.Line)), (CsvTable.Line, row.Line));
            // Nobody knows from which cell on its values stand under the wrong heading.
            foreach (KnownColumn known in SheetLayout.KnownOf(_purpose)) { read.Refused.Add(known.Member); }
            _rows.Add(read);
            return;
        }
        foreach (ReadColumn column in layout.Columns)
        {
            if (row.At(column.Position) is not GridCell cell) { continue; }
            if (column.IsUnitUnclear || _cells.Read(column, cell, row.Line) is not object value)
            {
                read.Refused.Add(column.Member);
                continue;
            }
            read.Values[column.Member] = value;
            if (cell.IsFormula) { _notes.Add(SheetNoteCode.Formula, SheetGrid.NameOf(column.Position, row.Line)); }
            if (cell.Merged is string merged && _merged.Add(merged)) { _notes.Add(SheetNoteCode.Merged, merged, cell.Text); }
        }
        _rows.Add(read);
    }

    /// <summary>Where a number of a row was cut in two: the amount that was, or the last cell of a row that is wider than the headings; null where none was.</summary>
    private int? CutCell(GridRow row, SheetLayout layout)
    {
        int width = HeadingWidth(layout);
        bool isWider = row.Cells.Skip(width).Any(cell => cell is not null && CellReader.Digits(cell) is not null);
        // Beside a column that is read there may well be such numbers; but then a number that has come under the remarks tells that all were moved.
        bool isMoved = isWider || Enumerable.Range(0, int.Min(width, row.Cells.Length)).Any(column => row.At(column) is GridCell cell && CellReader.Digits(cell) is not null && layout.Columns.All(read => read.Position < column)
            && !layout.IsPersonal(column) && IsRemark(layout.HeadingOf(column)));
        return layout.Columns.FirstOrDefault(column => column.Member == SheetColumns.Amount && (isMoved || layout.Columns.All(read => read.Position != column.Position + 1)) && IsSplit(row, column)) is ReadColumn amount ? amount.Position
            : isWider ? row.Cells.Length - 1
            : null;
    }

    /// <summary>Whether an amount looks like the first of its thousands and what stands beside it like the others.</summary>
    private static bool IsSplit(GridRow row, ReadColumn amount) =>
        row.At(amount.Position) is GridCell first && CellReader.Digits(first) is { Length: <= 3 } && row.At(amount.Position + 1) is GridCell rest
        && CellReader.Digits(rest) is not null && WrittenNumber.Narrow(rest.Text).Split('.')[0].Length == 3;

    private int HeadingWidth(SheetLayout layout) => Enumerable.Range(layout.FirstHeading, layout.Headings).Max(row => _grid.Rows[row].Cells.Length);

    /// <summary>The row of totals, and what it says: one that is called so, or a last row without a name that holds the sums of the others.</summary>
    private (ReadRow? Row, TableTotals? Totals) FindTotals(SheetLayout layout)
    {
        if (_totals is GridRow named) { return (null, _purpose == SheetPurpose.Table ? ReadTotals(named, layout) : null); }
        if (_rows is not [.., _, var last] || last.Refused.Count > 0 || last.Values.Keys.Any(member => member is SheetColumns.Id or SheetColumns.Household or SheetColumns.Floor or SheetColumns.FlatType)) { return (null, null); }
        string[] sums = [.. last.Values.Keys.Where(member => Units(last.Values[member]) is not null)];
        if (sums.Length == 0 || sums.Length < last.Values.Count || !sums.All(member => _rows.SkipLast(1).Aggregate(Int128.Zero, (sum, row) => sum + (row.Values.TryGetValue(member, out object? value) ? Units(value) ?? 0 : 0)) == Units(last.Values[member])))
        {
            return (null, null);
        }
        _notes.Add(SheetNoteCode.TotalUnnamed, $"{last.Row.Line}:{last.Row.Line}");
        Skip(last.Row.Line, SkippedWhy.Total);
        return (last, _purpose == SheetPurpose.Table ? ReadTotals(last.Row, layout) : null);
    }

    private TableTotals ReadTotals(GridRow row, SheetLayout layout)
    {
        object? Of(string member) => layout.Columns.FirstOrDefault(column => column.Member == member) is { IsUnitUnclear: false } column && row.At(column.Position) is GridCell cell && !IsWord(cell) ? Noted(column, cell) : null;
        object? Noted(ReadColumn column, GridCell cell)
        {
            if (cell is { IsFormula: true, Content: CellContent.Number }) { _notes.Add(SheetNoteCode.Formula, SheetGrid.NameOf(column.Position, row.Line)); }
            return _cells.ReadTotal(column, cell, row.Line);
        }

        return new TableTotals { Line = row.Line, Total = (Money?)Of(SheetColumns.Amount), Parts = (Coefficient?)Of(SheetColumns.Coefficient), PercentTotal = (Coefficient?)Of(SheetColumns.Percent) };

        // 合计 itself may stand in merged cells as far as the numbers.
        static bool IsWord(GridCell cell) => cell.Content == CellContent.Text && (IsCalled(cell.Text, Totals) || PlainText.Key(cell.Text) is "-" or "/");
    }

    /// <summary>What can be summed, in the units of its type.</summary>
    private static Int128? Units(object value) => value switch
    {
        Money amount => amount.Fen,
        Area area => area.Hundredths,
        Percentage percent => percent.Millionths,
        Coefficient coefficient => coefficient.Millionths,
        Count count => count.Number,
        _ => null,
    };

    /// <summary>Fills in what a row does not say because its door or the row above says it, and tells what is missing.</summary>
    private void Finish(ReadRow row, SheetLayout layout)
    {
        string idMember = _purpose == SheetPurpose.Households ? SheetColumns.Id : SheetColumns.Household;
        ReadColumn? floorColumn = layout.Columns.FirstOrDefault(column => column.Member == SheetColumns.Floor), idColumn = layout.Columns.FirstOrDefault(column => column.Member == idMember);
        HouseholdId? id = row.Values.TryGetValue(idMember, out object? told) ? (HouseholdId)told : null;
        int? ofDoor = id is HouseholdId door && CellReader.FloorOfDoor(door.Value) is int number and <= Floor.Highest ? number : null;
        string where = SheetGrid.NameOf((floorColumn ?? idColumn)?.Position ?? 0, row.Row.Line);
        if (row.Values.TryGetValue(SheetColumns.Floor, out object? stated))
        {
            _above = (Floor)stated;
            if (ofDoor is int other && other != _above.Value.Number) { _notes.Add(SheetNoteCode.FloorsDiffer, where, id!.Value.Value, FloorText(_above.Value)); }
        }
        // What a row below leaves empty is not taken from over a floor that cannot be read.
        else if (row.Refused.Contains(SheetColumns.Floor)) { _above = null; }
        else
        {
            if (ofDoor is int fromDoor)
            {
                _above = Floor.Of(fromDoor);
                row.Values[SheetColumns.Floor] = _above.Value;
                _notes.Add(SheetNoteCode.FloorOfDoor, where);
            }
            else if (floorColumn is not null && id is not null && _above is Floor above)
            {
                row.Values[SheetColumns.Floor] = above;
                _notes.Add(SheetNoteCode.FloorFromAbove, where, "", FloorText(above));
            }
        }
        string[] values = _purpose == SheetPurpose.Table ? [.. layout.Columns.Select(column => column.Member).Where(member => member is SheetColumns.Percent or SheetColumns.Coefficient or SheetColumns.Amount)] : [];
        string[] required = _purpose == SheetPurpose.Households ? [SheetColumns.Id, SheetColumns.Floor, SheetColumns.Area] : [SheetColumns.Floor];
        foreach (string member in required.Concat(values))
        {
            if (row.Values.ContainsKey(member) || row.Refused.Contains(member)) { continue; }
            row.Refused.Add(member);
            ReadColumn? column = layout.Columns.FirstOrDefault(one => one.Member == member);
            if (column is not null) { _cells.Refuse(values.Contains(member) ? FaultCode.TableValueMissing : FaultCode.MemberMissing, column, row.Row.Line, ("member", column.Heading)); }
            // A column that is missing is told once; a floor that no door says is told row by row.
            else if (member == SheetColumns.Floor && idColumn is not null && !row.Refused.Contains(idMember)) { _cells.Refuse(FaultCode.FloorNotStated, idColumn, row.Row.Line); }
        }
    }

    private void CheckIds(SheetLayout layout)
    {
        string member = _purpose == SheetPurpose.Households ? SheetColumns.Id : SheetColumns.Household;
        var met = new HashSet<HouseholdId>();
        foreach (ReadRow row in _rows)
        {
            if (row.Values.TryGetValue(member, out object? id) && !met.Add((HouseholdId)id)) { _cells.Refuse(FaultCode.IdDuplicate, layout.Columns.First(column => column.Member == member), row.Row.Line, ("id", ((HouseholdId)id).Value)); }
        }
    }

    private string FloorText(Floor floor) => _language.Choose($"{floor} 楼", $"floor {floor}");

    private static ReadColumn? EachHousehold(SheetLayout layout) => layout.Columns.Any(column => column.Member == SheetColumns.Households)
        ? layout.Columns.FirstOrDefault(column => IsValue(column) && IsOfEach(column))
        : null;

    private static bool IsValue(ReadColumn column) => column.Member is SheetColumns.Amount or SheetColumns.Percent or SheetColumns.Coefficient;

    private static bool IsOfEach(ReadColumn column) => PlainText.Key(column.Heading) is var key && OfEach.Any(word => key.Contains(word, StringComparison.Ordinal));

    private SheetReading Answer(SheetSource source, SheetLayout layout, TableTotals? totals)
    {
        Dictionary<int, ReadColumn> byPosition = layout.Columns.ToDictionary(column => column.Position);
        Floor[] floors = [.. _rows.Select(row => row.Values.GetValueOrDefault(SheetColumns.Floor)).OfType<Floor>()];
        ValuesFor valuesFor = EachHousehold(layout) is null ? ValuesFor.Row : ValuesFor.Household;
        bool isHouseholds = _purpose == SheetPurpose.Households, isReady = _faults.Count == 0 && _rows.Count > 0;
        return new SheetReading
        {
            For = _purpose,
            Source = source with
            {
                Sheet = source.Sheets is null ? null : _grid.Number,
                HeadingLine = layout.Headings == 0 ? null : _grid.Rows[layout.FirstHeading + layout.Headings - 1].Line,
            },
            Columns =
            [
                .. Enumerable.Range(0, layout.Width).Select(column => new SheetColumnReading
                {
                    Column = SheetGrid.Letters(column),
                    Heading = layout.HeadingOf(column) is { Length: > 0 } heading ? heading : null,
                    Member = byPosition.GetValueOrDefault(column)?.Member,
                    Personal = layout.IsPersonal(column) ? true : null,
                }),
            ],
            Rows =
            [
                .. _rows.Select(row => new SheetRow
                {
                    Line = row.Row.Line,
                    Cells = layout.Columns.Where(column => row.Row.At(column.Position) is not null).ToDictionary(column => SheetGrid.Letters(column.Position), column => CellReader.Shown(column, row.Row.At(column.Position)!)),
                    Household = isHouseholds ? HouseholdOf(row) : null,
                    TableRow = isHouseholds ? null : TableRowOf(row),
                }),
            ],
            Skipped = [.. _skipped.OrderBy(skipped => skipped.Line)],
            Notes = _notes.Tell(),
            NoteCount = _notes.Count,
            Faults = _faults.Count == 0 ? [] : Problem.Of(_faults, _language).Faults,
            FaultCount = _faults.Count,
            Storeys = floors.Length == 0 ? null : floors.Max(),
            ValuesFor = isHouseholds ? null : valuesFor,
            Totals = totals,
            Households = isHouseholds && isReady ? [.. _rows.Select(row => HouseholdOf(row) is var read ? new Household
            {
                Id = read.Id!.Value,
                Floor = read.Floor!.Value,
                Area = read.Area!.Value,
                Use = read.Use ?? Use.Dwelling,
                Joins = read.Joins ?? true,
                Entry = read.Entry ?? Entry.Level,
                FlatType = read.FlatType,
            } : throw new InvalidOperationException("A row without a household."))] : null,
            Table = !isHouseholds && isReady ? new TableCheck
            {
                Rows = [.. _rows.Select(row => TableRowOf(row) is var read ? new TableRow
                {
                    Floor = read.Floor!.Value,
                    Household = read.Household,
                    Households = read.Households,
                    Area = read.Area,
                    Percent = read.Percent,
                    Coefficient = read.Coefficient,
                    Amount = read.Amount,
                } : throw new InvalidOperationException("A row without a table."))],
                ValuesFor = valuesFor,
                Total = totals?.Total,
                Parts = totals?.Parts,
                PercentTotal = totals?.PercentTotal,
            } : null,
        };
    }

    private static ReadHousehold HouseholdOf(ReadRow row) => new()
    {
        Id = row.Of<HouseholdId>(SheetColumns.Id),
        Floor = row.Of<Floor>(SheetColumns.Floor),
        Area = row.Of<Area>(SheetColumns.Area),
        Use = row.Of<Use>(SheetColumns.Use),
        Joins = row.Of<bool>(SheetColumns.Joins),
        Entry = row.Of<Entry>(SheetColumns.Entry),
        FlatType = row.Of<FlatType>(SheetColumns.FlatType),
    };

    private static ReadTableRow TableRowOf(ReadRow row) => new()
    {
        Floor = row.Of<Floor>(SheetColumns.Floor),
        Household = row.Of<HouseholdId>(SheetColumns.Household),
        Households = row.Of<Count>(SheetColumns.Households),
        Area = row.Of<Area>(SheetColumns.Area),
        Percent = row.Of<Percentage>(SheetColumns.Percent),
        Coefficient = row.Of<Coefficient>(SheetColumns.Coefficient),
        Amount = row.Of<Money>(SheetColumns.Amount),
    };

    /// <summary>A row on its way from cells to a household or a row of a table.</summary>
    private sealed class ReadRow(GridRow row)
    {
        public GridRow Row { get; } = row;

        public Dictionary<string, object> Values { get; } = [];

        public HashSet<string> Refused { get; } = [];

        public T? Of<T>(string member)
            where T : struct => Values.TryGetValue(member, out object? value) ? (T)value : null;
    }
}
