using CostShare.Grains.Amounts;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>Whether a table agrees with itself: its sums, and its amounts with its own percentages and coefficients.</summary>
internal static class TableFindings
{
    /// <summary>Checks everything that the table states enough for.</summary>
    public static IReadOnlyList<TableFinding> Of(PastedTable table)
    {
        var findings = new List<TableFinding>();
        TableCheck stated = table.Stated;
        bool hasAmounts = table[ValueColumn.Amount] is not null;
        if (table[ValueColumn.Percent] is not null)
        {
            var sum = Fraction.Of(table.SumOf(ValueColumn.Percent), Coefficient.One);
            findings.Add(OfSum(TableCheckCode.PercentagesSum, 100, sum, table.Total is Money total ? (sum - 100) * total.Fen / 100 : null));
            if (stated.PercentTotal is Coefficient said)
            {
                findings.Add(OfSum(TableCheckCode.PercentTotal, sum, Fraction.Of(said.Millionths, Coefficient.One), null));
            }
        }
        if (stated.Parts is Coefficient parts)
        {
            var sum = Fraction.Of(table.SumOf(ValueColumn.Coefficient), Coefficient.One);
            var divisor = Fraction.Of(parts.Millionths, Coefficient.One);
            findings.Add(OfSum(TableCheckCode.PartsSum, sum, divisor, table.Total is Money total ? ((sum / divisor) - 1) * total.Fen : null));
        }
        if (hasAmounts && stated.Total is Money shared)
        {
            Fraction sum = table.SumOf(ValueColumn.Amount);
            findings.Add(OfSum(TableCheckCode.AmountsSum, shared.Fen, sum, sum - shared.Fen));
        }
        if (hasAmounts && table[ValueColumn.Percent] is not null)
        {
            findings.Add(OfRows(TableCheckCode.AmountsFollowPercentages, table, ValueColumn.Percent, Percentage.WholeMillionths));
        }
        if (hasAmounts && table[ValueColumn.Coefficient] is not null)
        {
            findings.Add(OfRows(TableCheckCode.AmountsFollowCoefficients, table, ValueColumn.Coefficient,
                stated.Parts?.Millionths ?? table.SumOf(ValueColumn.Coefficient)));
        }
        return findings;
    }

    private static TableFinding OfSum(TableCheckCode code, Fraction expected, Fraction actual, Fraction? excess) => new()
    {
        Code = code,
        Holds = actual == expected,
        Sentence = TableSentences.OfSum(code, expected, actual, excess),
        Expected = expected,
        Actual = actual,
        Difference = actual - expected,
        Excess = excess,
    };

    private static TableFinding OfRows(TableCheckCode code, PastedTable table, ValueColumn column, Int128 divisor)
    {
        BillingUnit unit = UnitOf(table);
        Fraction perPart = Fraction.Of(table.Total!.Value.Fen, 1) / divisor;
        var wrong = new List<TableRowFinding>();
        for (int row = 0; row < table.Rows.Count; row++)
        {
            // What is stated is of the row or of one of its households, and so is what is told of it.
            int times = PastedTable.HouseholdsOf(table.Rows[row]) / table.ValuesOf(row);
            Fraction expected = perPart * table[column]![row] / times;
            Fraction actual = table.Rows[row].Amount!.Value.Fen;
            Fraction difference = actual - expected;
            Fraction room = unit.Amount.Fen * (long)table.ValuesOf(row);
            if (difference < room && difference > -room) { continue; }
            wrong.Add(new TableRowFinding
            {
                Row = row,
                Floor = table.Rows[row].Floor,
                Household = table.Rows[row].Household,
                Expected = expected,
                Actual = actual,
                Difference = difference,
            });
        }
        return new TableFinding { Code = code, Holds = wrong.Count == 0, Sentence = TableSentences.OfRows(code, unit, wrong), Unit = unit, Rows = wrong };
    }

    private static BillingUnit UnitOf(PastedTable table) => BillingUnit.FromFen(
        BillingUnit.AllowedFen.Last(unit => table.Rows.All(row => row.Amount!.Value.Fen % unit == 0)));
}
