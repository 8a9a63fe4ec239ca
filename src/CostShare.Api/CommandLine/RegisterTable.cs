using System.Globalization;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Api.CommandLine;

/// <summary>A register of households as a table: a CSV file with a heading for each column.</summary>
internal sealed class RegisterTable
{
    /// <summary>Where in a request the rows of the table stand.</summary>
    public const string Households = "/building/households";

    private readonly string _file;
    private readonly CsvTable _table;

    private RegisterTable(string file, CsvTable table) => (_file, _table) = (file, table);

    /// <summary>The highest floor of the table, or 1 where none is stated.</summary>
    public int HighestFloor => Enumerable.Range(0, _table.Rows)
        .Select(row => int.TryParse(_table.Cell(row, "floor"), NumberStyles.None, CultureInfo.InvariantCulture, out int floor) && floor <= Floor.Highest ? floor : 1)
        .Append(1).Max();

    /// <summary>Reads a table; null after telling what is wrong with it as a table.</summary>
    /// <param name="file">The name of the file, as it is told.</param>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="language">The language of what is told.</param>
    /// <param name="refusals">Receives what is wrong.</param>
    public static RegisterTable? Read(string file, byte[] bytes, Language language, Refusals refusals)
    {
        var faults = new FaultList();
        var table = CsvTable.Read(bytes, HouseholdColumns.All, language, faults);
        foreach (Fault fault in faults.Faults) { Tell(file, fault, language, refusals); }
        refusals.AddUnlisted(faults.Count - faults.Faults.Count);
        return table is null ? null : new RegisterTable(file, table);
    }

    /// <summary>The rows as a JSON list of households. A cell that is empty is a member that is not stated.</summary>
    public byte[] ToJson() => CsvTable.Write(writer => _table.WriteRows(writer, _table.Rows));

    /// <summary>Whether a fault of the request stands in this table.</summary>
    public static bool Owns(Fault fault) => fault.Place.ToString() is var pointer
        && (pointer.StartsWith(Households + "/", StringComparison.Ordinal) || (pointer == Households && fault.Code == FaultCode.EntryCount));

    /// <summary>Tells a fault of the request by line and column of the table.</summary>
    public void Tell(Fault fault, Language language, Refusals refusals) => Tell(_file, fault.Place.ToString().Split('/') is ["", _, _, var row, var member]
        ? _table.InWordsOfTheTable(fault, int.Parse(row, CultureInfo.InvariantCulture), member)
        : fault with { Place = Place.Root }, language, refusals);

    private static void Tell(string file, Fault fault, Language language, Refusals refusals)
    {
        object? line = fault.Values.FirstOrDefault(value => value.Name == CsvTable.Line).Value, heading = fault.Values.FirstOrDefault(value => value.Name == CsvTable.Heading).Value;
        string where = line is null ? file : language.Choose(
            $"{file}，第 {line} 行{(heading is null ? "" : $"，{heading}")}", $"{file}, line {line}{(heading is null ? "" : $", {heading}")}");
        // Where it stands is told before the sentence, with the name of the file.
        refusals.Add(where, fault with { Values = [.. fault.Values.Where(value => value.Name is not (CsvTable.Line or CsvTable.Heading))] }, language);
    }
}
