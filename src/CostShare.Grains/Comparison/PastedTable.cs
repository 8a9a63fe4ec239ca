using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Comparison;

/// <summary>A table whose rows agree with each other: what it shares by, how much, and the building that it speaks of.</summary>
/// <remarks>Values are counted as their types count them: millionths of a coefficient or of one per cent, fen. Those of a row are of all its households.</remarks>
internal sealed class PastedTable
{
    // Areas that are not known are alike; how large does not matter.
    private static readonly Area SomeArea = Area.FromHundredths(10_000);

    // In the order of the columns, each by its member on the wire.
    private static readonly (string Member, Func<TableRow, long?> Value)[] Columns =
    [
        ("coefficient", row => row.Coefficient?.Millionths),
        ("percent", row => row.Percent?.Millionths),
        ("amountFen", row => row.Amount?.Fen),
    ];

    private readonly Int128[]?[] _columns;
    private readonly int[] _firsts;

    private PastedTable(TableCheck stated, Int128[]?[] columns)
    {
        Stated = stated;
        _columns = columns;
        SharedBy = Enum.GetValues<ValueColumn>().First(column => this[column] is not null);
        Sum = SumOf(SharedBy);
        Total = stated.Total ?? (this[ValueColumn.Amount] is null ? null : Money.FromFen((long)SumOf(ValueColumn.Amount)));
        _firsts = new int[Rows.Count + 1];
        for (int row = 0; row < Rows.Count; row++) { _firsts[row + 1] = _firsts[row] + HouseholdsOf(Rows[row]); }
        HasAreas = Rows.All(row => row.Area is not null);
        Building = new HouseholdRegister { Storeys = Storeys(stated), Households = MakeHouseholds() };
    }

    public TableCheck Stated { get; }

    public IReadOnlyList<TableRow> Rows => Stated.Rows;

    /// <summary>The column by which the table shares.</summary>
    public ValueColumn SharedBy { get; }

    /// <summary>The sum of that column; above 0.</summary>
    public Int128 Sum { get; }

    /// <summary>What is shared; null where the table does not say it.</summary>
    public Money? Total { get; }

    public bool HasAreas { get; }

    public HouseholdRegister Building { get; }

    /// <summary>A column row by row; null where the table does not have it.</summary>
    public Int128[]? this[ValueColumn column] => _columns[(int)column];

    /// <summary>Reads a table; null after telling where its rows disagree.</summary>
    public static PastedTable? Of(TableCheck stated, FaultList faults)
    {
        int before = faults.Count;
        CheckRows(stated, faults);
        Int128[]?[] columns = [.. Columns.Select(column => ReadColumn(stated, column.Member, column.Value, faults))];
        CheckSums(stated, columns, faults);
        return faults.Count > before ? null : new PastedTable(stated, columns);
    }

    public static int HouseholdsOf(TableRow row) => row.Households?.Number ?? 1;

    /// <summary>How many households the values of a row are for, as they are stated.</summary>
    public int ValuesOf(int row) => Stated.ValuesFor == ValuesFor.Household ? 1 : HouseholdsOf(Rows[row]);

    /// <summary>The positions of a row's households in the building, from the first to before the second.</summary>
    public (int First, int End) PositionsOf(int row) => (_firsts[row], _firsts[row + 1]);

    /// <summary>The sum of a column that the table has.</summary>
    public Int128 SumOf(ValueColumn column) => Sum128(this[column]!);

    /// <summary>A row's part of the whole, the table's numbers brought to it.</summary>
    public Fraction Part(int row) => Fraction.Of(this[SharedBy]![row], Sum);

    /// <summary>What a row asks, as the table's amounts say.</summary>
    public Money AmountOf(int row) => Money.FromFen((long)this[ValueColumn.Amount]![row]);

    /// <summary>Whether a row pays anything.</summary>
    public bool Pays(int row) => this[SharedBy]![row] > 0;

    private static Int128[]? ReadColumn(TableCheck stated, string member, Func<TableRow, long?> value, FaultList faults)
    {
        if (stated.Rows.All(row => value(row) is null)) { return null; }
        var column = new Int128[stated.Rows.Count];
        for (int row = 0; row < column.Length; row++)
        {
            if (value(stated.Rows[row]) is long one)
            {
                column[row] = stated.ValuesFor == ValuesFor.Household ? one * (Int128)HouseholdsOf(stated.Rows[row]) : one;
            }
            else { faults.Add(FaultCode.TableValueMissing, Place.Root.At("rows").At(row).At(member), ("member", member)); }
        }
        return column;
    }

    private static void CheckRows(TableCheck stated, FaultList faults)
    {
        Place list = Place.Root.At("rows");
        var met = new HashSet<HouseholdId>();
        int storeys = Storeys(stated).Number;
        for (int i = 0; i < stated.Rows.Count; i++)
        {
            TableRow row = stated.Rows[i];
            if (row.Floor.Number > storeys) { faults.Add(FaultCode.FloorUnknown, list.At(i).At("floor"), ("floor", row.Floor.Number), ("storeys", storeys)); }
            if (row.Household is not HouseholdId id) { continue; }
            if (!met.Add(id)) { faults.Add(FaultCode.IdDuplicate, list.At(i).At("household"), ("id", id.Value)); }
            if (HouseholdsOf(row) > 1)
            {
                faults.Add(FaultCode.TableRowIsOneHousehold, list.At(i).At("households"), ("household", id.Value), ("households", HouseholdsOf(row)));
            }
        }
        long households = stated.Rows.Sum(row => (long)HouseholdsOf(row));
        if (households > HouseholdRegister.MostHouseholds)
        {
            faults.Add(FaultCode.TableTooManyHouseholds, list, ("households", households), ("limit", HouseholdRegister.MostHouseholds));
        }
    }

    private static void CheckSums(TableCheck stated, Int128[]?[] columns, FaultList faults)
    {
        Place list = Place.Root.At("rows");
        int sharedBy = Array.FindIndex(columns, column => column is not null);
        if (sharedBy < 0) { faults.Add(FaultCode.TableWithoutValues, list); }
        for (int column = 0; column < columns.Length; column++)
        {
            // Shares are counted by the one, and without a stated total the other says what is shared.
            bool divides = column == sharedBy || (column == (int)ValueColumn.Amount && stated.Total is null);
            if (divides && columns[column] is Int128[] values && Sum128(values) == 0) { faults.Add(FaultCode.TableAllZero, list, ("member", Columns[column].Member)); }
        }
        if (columns[(int)ValueColumn.Amount] is Int128[] amounts && Sum128(amounts) > Money.Largest.Fen)
        {
            faults.Add(FaultCode.TableAmountsTooLarge, list, ("totalFen", Sum128(amounts)), ("limitFen", Money.Largest.Fen));
        }
        if (stated.Total == Money.Zero) { faults.Add(FaultCode.TableAllZero, Place.Root.At("totalFen"), ("member", "totalFen")); }
        if (stated.Parts is Coefficient parts)
        {
            if (columns[(int)ValueColumn.Coefficient] is null) { NoteSumWithoutColumn("parts", ValueColumn.Coefficient, faults); }
            else if (parts.Millionths == 0) { faults.Add(FaultCode.TableAllZero, Place.Root.At("parts"), ("member", "parts")); }
        }
        if (stated.PercentTotal is not null && columns[(int)ValueColumn.Percent] is null) { NoteSumWithoutColumn("percentTotal", ValueColumn.Percent, faults); }
    }

    private static void NoteSumWithoutColumn(string member, ValueColumn column, FaultList faults) =>
        faults.Add(FaultCode.TableSumWithoutColumn, Place.Root.At(member), ("member", member), ("column", Columns[(int)column].Member));

    private static Int128 Sum128(Int128[] values) => values.Aggregate(Int128.Zero, (sum, value) => sum + value);

    private static Floor Storeys(TableCheck stated) => stated.Storeys ?? stated.Rows.Max(row => row.Floor);

    private Household[] MakeHouseholds()
    {
        var taken = Rows.Where(row => row.Household is not null).Select(row => row.Household!.Value).ToHashSet();
        var numbers = new int[Floor.Highest + 1];
        var households = new Household[_firsts[^1]];
        for (int row = 0; row < Rows.Count; row++)
        {
            for (int i = _firsts[row]; i < _firsts[row + 1]; i++)
            {
                households[i] = new Household
                {
                    Id = Rows[row].Household ?? NextFree(Rows[row].Floor),
                    Floor = Rows[row].Floor,
                    Area = HasAreas ? Rows[row].Area!.Value : SomeArea,
                };
            }
        }
        return households;

        HouseholdId NextFree(Floor floor)
        {
            HouseholdId id;
            do { id = new HouseholdId($"{floor}-{++numbers[floor.Number]}"); } while (taken.Contains(id));
            return id;
        }
    }
}
