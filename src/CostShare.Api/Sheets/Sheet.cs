using System.Globalization;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;

namespace CostShare.Api.Sheets;

/// <summary>What the cells of a column hold.</summary>
internal enum SheetForm
{
    /// <summary>Text, and days as year-month-day.</summary>
    Text,
    /// <summary>Whole numbers.</summary>
    Whole,
    /// <summary>Yuan with two decimals.</summary>
    Yuan,
    /// <summary>Numbers with at most one decimal.</summary>
    Tenths,
    /// <summary>Numbers with as many decimals as they have.</summary>
    Number,
}

/// <summary>A column of a table that is given out.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Form">What its cells hold.</param>
/// <param name="Width">How many Latin letters stand side by side in it.</param>
internal sealed record SheetColumn(string Heading, SheetForm Form, int Width);

/// <summary>A table that is given out as csv or in a workbook.</summary>
/// <remarks>Every cell is a text, a number the digits of it: nothing is computed and no floating point is passed on the way out. An empty cell is one that has nothing to say.</remarks>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Name">Its name for people; short enough for a sheet of a workbook.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, each with a cell per column.</param>
internal sealed record Sheet(string Id, string Name, IReadOnlyList<SheetColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Makes a table out of records, column by column.</summary>
/// <typeparam name="T">What a row tells of.</typeparam>
/// <param name="language">The language of headings.</param>
internal sealed class SheetOf<T>(Language language)
{
    // Source: ECMA-376-1:2016, 18.3.1.13 (col); what is wider, spreadsheets take for a broken file.
    private const int Widest = 255;

    private readonly List<(SheetColumn Column, Func<T, string?> Cell)> _columns = [];

    public SheetOf<T> Text(string chinese, string english, Func<T, string?> cell, int width = 14) => Add(chinese, english, SheetForm.Text, cell, width);

    public SheetOf<T> Day(string chinese, string english, Func<T, DateOnly?> cell) => Text(chinese, english, row => cell(row)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 12);

    public SheetOf<T> Whole(string chinese, string english, Func<T, long?> cell) => Add(chinese, english, SheetForm.Whole, row => cell(row)?.ToString(CultureInfo.InvariantCulture), 10);

    public SheetOf<T> Tenths(string chinese, string english, Func<T, string?> cell) => Add(chinese, english, SheetForm.Tenths, cell, 10);

    public SheetOf<T> Number(string chinese, string english, Func<T, string?> cell) => Add(chinese, english, SheetForm.Number, cell, 10);

    public SheetOf<T> Yuan(string chinese, string english, Func<T, Money?> cell) => Yuan(chinese, english, row => cell(row)?.Fen);

    public SheetOf<T> SignedYuan(string chinese, string english, Func<T, SignedMoney?> cell) => Yuan(chinese, english, row => cell(row)?.Fen);

    /// <summary>The table of rows.</summary>
    public Sheet Make(string id, string name, IEnumerable<T> rows) =>
        new(id, name, [.. _columns.Select(column => column.Column)], [.. rows.Select(row => (IReadOnlyList<string>)[.. _columns.Select(column => column.Cell(row) ?? "")])]);

    /// <summary>Fen as the digits of yuan.</summary>
    internal static string InYuan(long fen)
    {
        (long yuan, long rest) = Math.DivRem(long.Abs(fen), 100);
        return string.Create(CultureInfo.InvariantCulture, $"{(fen < 0 ? "-" : "")}{yuan}.{rest:D2}");
    }

    private SheetOf<T> Yuan(string chinese, string english, Func<T, long?> fen) => Add($"{chinese}（元）", $"{english} (yuan)", SheetForm.Yuan, row => fen(row) is long known ? InYuan(known) : null, 16);

    private SheetOf<T> Add(string chinese, string english, SheetForm form, Func<T, string?> cell, int width)
    {
        string heading = language.Choose(chinese, english);
        _columns.Add((new SheetColumn(heading, form, int.Min(Widest, int.Max(width, Wide(heading) + 2))), cell));
        return this;
    }

    // A Chinese character is as wide as two Latin letters.
    private static int Wide(string heading) => heading.Sum(letter => char.IsAscii(letter) ? 1 : 2);
}
