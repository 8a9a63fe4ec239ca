using System.Globalization;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;

namespace CostShare.Api.Tables;

/// <summary>A pasted table in CSV: its rows, and a last row that says what they come to.</summary>
internal sealed class TableFile
{
    /// <summary>What the query may say of a table in CSV; each is the member of the same name.</summary>
    public static readonly string[] Parameters = ["valuesFor", "totalFen", "parts", "storeys"];

    private static readonly CsvColumn[] Columns =
    [
        new("floor", ["楼层", "floor"], CellKind.WholeNumber) { Required = true },
        new("household", ["户号", "房号", "household"], CellKind.Text),
        new("households", ["户数", "households"], CellKind.WholeNumber),
        new("areaM2", ["面积", "areaM2"], CellKind.Number),
        new("percent", ["比例", "百分比", "percent"], CellKind.Percent),
        new("coefficient", ["系数", "coefficient"], CellKind.Number),
        new("amountFen", ["金额", "amountYuan"], CellKind.Yuan),
    ];

    private static readonly string[] TotalRow = ["合计", "总计", "total"];

    /// <summary>What the cells of the last row say of the table.</summary>
    private static readonly (string Column, string Member)[] Sums = [("amountFen", "totalFen"), ("coefficient", "parts"), ("percent", "percentTotal")];

    private readonly CsvTable _table;
    private readonly int _rows;

    private TableFile(CsvTable table)
    {
        _table = table;
        bool hasTotal = table.Rows > 0 && (IsTotal(table.Cell(table.Rows - 1, "floor")) || IsTotal(table.Cell(table.Rows - 1, "household")));
        _rows = table.Rows - (hasTotal ? 1 : 0);
    }

    /// <summary>Reads a table; null after telling what is wrong with it as a table.</summary>
    /// <param name="csv">The bytes.</param>
    /// <param name="language">The language in which headings are told.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public static TableFile? Read(byte[] csv, Language language, FaultList faults) =>
        CsvTable.Read(csv, Columns, language, faults) is CsvTable table ? new TableFile(table) : null;

    /// <summary>The same table as a request in JSON, with what the query says of it; said twice, it stands there twice and is refused.</summary>
    public byte[] ToJson(IQueryCollection query) => CsvTable.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("rows");
        _table.WriteRows(writer, _rows);
        if (_rows < _table.Rows)
        {
            foreach ((string column, string member) in Sums)
            {
                if (_table.Cell(_rows, column) is not { Length: > 0 } cell) { continue; }
                writer.WritePropertyName(member);
                Columns.First(known => known.Member == column).Write(writer, cell);
            }
        }
        foreach (string parameter in Parameters)
        {
            foreach (string? value in query[parameter])
            {
                writer.WritePropertyName(parameter);
                CsvColumn.WriteNumberOrText(writer, value ?? "");
            }
        }
        writer.WriteEndObject();
    });

    /// <summary>A fault of that request as a fault of the table.</summary>
    public Fault InWordsOfTheTable(Fault fault) => fault.Place.ToString().Split('/') switch
    {
        ["", "rows", var row, var member] => _table.InWordsOfTheTable(fault, int.Parse(row, CultureInfo.InvariantCulture), member),
        ["", var member] when _rows < _table.Rows && Sums.FirstOrDefault(sum => sum.Member == member).Column is string column
            && _table.Cell(_rows, column).Length > 0 => _table.InWordsOfTheTable(fault, _rows, column),
        ["", "rows"] => WithHeadings(fault) with { Place = Place.Root },
        _ => WithHeadings(fault),
    };

    private static bool IsTotal(string cell) => TotalRow.Contains(cell, StringComparer.OrdinalIgnoreCase);

    private Fault WithHeadings(Fault fault) => fault with
    {
        Values = [.. fault.Values.Select(value => value is { Name: "member" or "column", Value: string member } ? (FaultValue)(value.Name, _table.HeadingOf(member)) : value)],
    };
}
