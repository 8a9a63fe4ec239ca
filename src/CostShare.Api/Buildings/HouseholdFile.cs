using System.Globalization;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;

namespace CostShare.Api.Buildings;

/// <summary>A register of households in CSV, as spreadsheets save it: a row for each household.</summary>
internal sealed class HouseholdFile
{
    private const string Households = "households", Facts = "facts", Unit = "unit", AreaSource = "areaSource", Owners = "owners";

    // What separates the owners in a cell.
    private static readonly char[] Separators = ['、', '，', ',', '；', ';', '/', ' '];

    private static readonly CsvColumn[] Columns =
    [
        .. HouseholdColumns.All,
        new(Unit, ["单元", "unit"], CellKind.Text),
        new(AreaSource, ["面积依据", "areaSource"], CellKind.Text),
        new(Owners, ["产权人编号", "owners"], CellKind.Text),
    ];

    private readonly CsvTable _table;

    private HouseholdFile(CsvTable table) => _table = table;

    /// <summary>Reads a table; null after telling what is wrong with it as a table.</summary>
    /// <param name="csv">The bytes.</param>
    /// <param name="language">The language in which headings are told.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public static HouseholdFile? Read(byte[] csv, Language language, FaultList faults) => CsvTable.Read(csv, Columns, language, faults) is CsvTable table ? new HouseholdFile(table) : null;

    /// <summary>The same list as the command in JSON that registers it.</summary>
    public byte[] ToJson() => CsvTable.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray(Households);
        for (int row = 0; row < _table.Rows; row++)
        {
            writer.WriteStartObject();
            writer.WriteStartObject(Facts);
            foreach (CsvColumn column in HouseholdColumns.All)
            {
                if (_table.Cell(row, column.Member) is not { Length: > 0 } cell) { continue; }
                writer.WritePropertyName(column.Member);
                column.Write(writer, cell);
            }
            writer.WriteEndObject();
            if (_table.Cell(row, Unit) is { Length: > 0 } unit) { writer.WriteString(Unit, unit); }
            if (_table.Cell(row, AreaSource) is { Length: > 0 } source) { writer.WriteString(AreaSource, source); }
            if (_table.Cell(row, Owners) is { Length: > 0 } owners)
            {
                writer.WriteStartArray(Owners);
                foreach (string owner in owners.Split(Separators, StringSplitOptions.RemoveEmptyEntries)) { writer.WriteStringValue(owner); }
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>A fault of that command as a fault of the table.</summary>
    public Fault InWordsOfTheTable(Fault fault) => fault.Place.ToString().Split('/') switch
    {
        ["", Households, var row, Facts, var member] => Told(fault, row, member),
        ["", Households, var row, Facts] => Told(fault, row, null),
        ["", Households, var row, var member, ..] => Told(fault, row, member),
        ["", Households] => fault with { Place = Place.Root },
        _ => fault,
    };

    private Fault Told(Fault fault, string row, string? member) => _table.InWordsOfTheTable(fault, int.Parse(row, CultureInfo.InvariantCulture), member);
}
