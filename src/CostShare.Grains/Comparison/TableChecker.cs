using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>Says of a pasted table whether it closes, which known scheme it is, and which it is nearest to.</summary>
public static class TableChecker
{
    // Shares of two hundred floors with areas that have no factor in common sum within this; a longer sum is not worth its time.
    private const int MostBitsOfDistance = 16_384;

    // Where a table does not say what is shared, its proportions are looked at on a million yuan.
    private static readonly Money SomeTotal = Money.FromFen(100_000_000);

    /// <summary>Checks a table and holds it against the schemes that are known.</summary>
    /// <remarks>
    /// Pure. Shares and bills are those of <see cref="Allocation"/>, which carries out every candidate. A table of coefficients or percentages matches a scheme
    /// whose exact shares are in the same proportions; a table of amounts one whose bills are these amounts under some rounding.
    /// </remarks>
    /// <param name="table">The table, right in form.</param>
    /// <param name="policies">The policies whose ready schemes are candidates.</param>
    /// <param name="faults">Receives everything in which the rows disagree.</param>
    /// <returns>The answer, or null if a fault was added.</returns>
    public static TableCheckResult? Check(TableCheck table, PolicyBook policies, FaultList faults)
    {
        if (PastedTable.Of(table, faults) is not PastedTable pasted) { return null; }
        IReadOnlyList<TableFinding> checks = TableFindings.Of(pasted);
        (TableMatch[] matches, NearestScheme nearest) = Compare(pasted, policies);
        return new TableCheckResult
        {
            Closes = checks.All(check => check.Holds),
            SharedBy = pasted.SharedBy,
            Total = pasted.Total,
            Checks = checks,
            Matches = matches,
            Nearest = nearest,
            Building = pasted.Building,
        };
    }

    private static (TableMatch[] Matches, NearestScheme Nearest) Compare(PastedTable table, PolicyBook policies)
    {
        var matches = new List<TableMatch>();
        Measured? nearest = null;
        foreach (Carried carried in CarryOut(table, policies))
        {
            if (Distance(table, carried) is not Fraction distance) { continue; }
            TableMatch? match = Match(table, carried, distance);
            if (match is not null) { matches.Add(match); }
            var measured = new Measured(carried, match, distance);
            if (nearest is null || measured.IsNearerThan(nearest)) { nearest = measured; }
        }
        // Equal shares can always be carried out and measured.
        return ([.. matches], Describe(table, nearest!));
    }

    /// <summary>Every candidate that can be carried out on the table's building: over all households, and over those that pay where that is something else.</summary>
    private static IEnumerable<Carried> CarryOut(PastedTable table, PolicyBook policies)
    {
        IReadOnlyList<TableCandidate> candidates = TableCandidates.Of(table, policies);
        int[] free = [.. Enumerable.Range(0, table.Rows.Count).Where(row => !table.Pays(row))];
        HouseholdId[] exempt = [.. free.SelectMany(row => Positions(table, row)).Select(i => table.Building.Households[i].Id)];
        // The ready schemes first, over all households, then all of them over those that pay.
        var differs = new List<TableCandidate>();
        foreach (TableCandidate candidate in candidates)
        {
            Carried? carried = Carry(table, candidate);
            if (free.Length > 0 && (carried is null || free.Any(row => carried.Parts[row].Sign > 0))) { differs.Add(candidate); }
            if (carried is not null) { yield return carried; }
        }
        foreach (TableCandidate candidate in differs)
        {
            if (Carry(table, TableCandidates.Without(candidate, exempt)) is Carried carried) { yield return carried; }
        }
    }

    /// <summary>A candidate carried out; null where it cannot be on this building, and so is none.</summary>
    private static Carried? Carry(PastedTable table, TableCandidate candidate)
    {
        Money total = table.Total ?? SomeTotal;
        // Each by itself, or what is told of one policy would hang on how many others there are.
        var length = ShareLength.Of(table.Building.Households.Count * (long)candidate.Scheme.Rule.Size);
        if (Run(table, candidate.Scheme, total, length) is not Allocation allocation) { return null; }
        var parts = new Fraction[table.Rows.Count];
        for (int row = 0; row < parts.Length; row++)
        {
            foreach (int i in Positions(table, row)) { parts[row] += allocation.Exact[i]; }
            parts[row] /= total.Fen;
        }
        return new Carried(candidate, allocation, parts, length);
    }

    private static Allocation? Run(PastedTable table, Scheme scheme, Money total, ShareLength length) =>
        Allocation.Run(table.Building, scheme, new Budget([new CostId("total")], [total], null), length, Place.Root, new FaultList());

    private static TableMatch? Match(PastedTable table, Carried carried, Fraction distance)
    {
        bool byAmount = table.SharedBy == ValueColumn.Amount;
        if (!byAmount && distance.Sign > 0) { return null; }
        Rounding? rounding = table[ValueColumn.Amount] is null ? null : FindRounding(table, carried);
        if (byAmount && rounding is null) { return null; }
        TableCandidate candidate = carried.Candidate;
        return new TableMatch
        {
            Scheme = rounding is null ? candidate.Scheme : candidate.Scheme with { Rounding = rounding },
            Policy = candidate.Policy,
            Certainty = candidate.Certainty,
            Rounding = rounding,
            Distance = distance * 100,
        };
    }

    /// <summary>The finest unit under which the scheme's bills are the table's amounts; by largest remainder rather than up.</summary>
    private static Rounding? FindRounding(PastedTable table, Carried carried)
    {
        foreach (long unit in BillingUnit.AllowedFen)
        {
            if (!IsInUnits(table, unit)) { break; }
            foreach (RoundingMode mode in Enum.GetValues<RoundingMode>())
            {
                var rounding = new Rounding { Unit = BillingUnit.FromFen(unit), Mode = mode };
                if (CouldBe(table, carried, rounding)
                    && Run(table, carried.Candidate.Scheme with { Rounding = rounding }, table.Total!.Value, carried.Length) is Allocation bills
                    && AreTheBills(table, bills)) { return rounding; }
            }
        }
        return null;
    }

    // Whole multiples of a unit are those of every smaller one.
    private static bool IsInUnits(PastedTable table, long unit) =>
        Enumerable.Range(0, table.Rows.Count).All(row => table.AmountOf(row).Fen % unit == 0);

    /// <summary>Whether bills can be the amounts at all, so that few are made in vain: their sum is known, and each is less than two units from its exact share.</summary>
    private static bool CouldBe(PastedTable table, Carried carried, Rounding rounding)
    {
        (long total, long unit) = (table.Total!.Value.Fen, rounding.Unit.Amount.Fen);
        Int128 over = table.SumOf(ValueColumn.Amount) - total;
        Int128 mostOver = rounding.Mode == RoundingMode.Up ? (Int128)unit * table.Building.Households.Count : (unit - (total % unit)) % unit;
        if (rounding.Mode == RoundingMode.Up ? over < 0 || over > mostOver : over != mostOver) { return false; }
        for (int row = 0; row < table.Rows.Count; row++)
        {
            Fraction off = table.AmountOf(row).Fen - (carried.Parts[row] * total);
            if (Absolute(off) >= 2 * unit * (long)PastedTable.HouseholdsOf(table.Rows[row])) { return false; }
        }
        return true;
    }

    private static bool AreTheBills(PastedTable table, Allocation bills)
    {
        for (int row = 0; row < table.Rows.Count; row++)
        {
            Money asked = table.AmountOf(row);
            if (table.Stated.ValuesFor == ValuesFor.Household)
            {
                Money each = table.Rows[row].Amount!.Value;
                if (Positions(table, row).Any(i => bills.Amounts[i] != each)) { return false; }
            }
            else if (BillOf(table, bills, row) != asked) { return false; }
        }
        return true;
    }

    /// <summary>How far the shares of the rows are apart together; null where that is too long a number to be worth its time.</summary>
    private static Fraction? Distance(PastedTable table, Carried carried)
    {
        Fraction[] apart = [.. carried.Parts.Select((part, row) => Absolute(part - table.Part(row)))];
        return Fraction.CommonDenominator(apart, MostBitsOfDistance) is null ? null : Fraction.Sum(apart);
    }

    private static NearestScheme Describe(PastedTable table, Measured measured)
    {
        (Carried carried, TableMatch? match, Fraction distance) = measured;
        Scheme scheme = match?.Scheme ?? carried.Candidate.Scheme;
        Money[]? asked = table.Total is null ? null : Asked(table);
        Allocation? bills = table.Total is not Money total ? null
            : scheme.Rounding == carried.Candidate.Scheme.Rounding ? carried.Allocation : Run(table, scheme, total, carried.Length);
        return new NearestScheme
        {
            Scheme = scheme,
            Policy = carried.Candidate.Policy,
            Certainty = carried.Candidate.Certainty,
            Distance = distance * 100,
            Rows = [.. table.Rows.Select((row, i) =>
            {
                Money? bill = bills is null ? null : BillOf(table, bills, i);
                return new RowDifference
                {
                    Floor = row.Floor,
                    Household = row.Household,
                    Households = Count.Of(PastedTable.HouseholdsOf(row)),
                    TablePercent = table.Part(i) * 100,
                    SchemePercent = carried.Parts[i] * 100,
                    DifferencePercent = (table.Part(i) - carried.Parts[i]) * 100,
                    TableAmount = asked?[i],
                    SchemeAmount = bill,
                    DifferenceAmount = asked?[i] - bill,
                };
            })],
        };
    }

    /// <summary>What the table asks of each row: its amounts, or its shares of the total household by household in whole fen, as bills are made.</summary>
    private static Money[] Asked(PastedTable table)
    {
        IEnumerable<int> rows = Enumerable.Range(0, table.Rows.Count);
        if (table[ValueColumn.Amount] is not null) { return [.. rows.Select(table.AmountOf)]; }
        Money total = table.Total!.Value;
        var shares = new Fraction[table.Building.Households.Count];
        foreach (int row in rows)
        {
            Fraction share = table.Part(row) * total.Fen / PastedTable.HouseholdsOf(table.Rows[row]);
            foreach (int i in Positions(table, row)) { shares[i] = share; }
        }
        IReadOnlyList<Money> amounts = Apportionment.LargestRemainder(total, shares, Money.FromFen(1)).Amounts;
        return [.. rows.Select(row => Money.Sum(Positions(table, row).Select(i => amounts[i])))];
    }

    private static Money BillOf(PastedTable table, Allocation bills, int row) => Money.Sum(Positions(table, row).Select(i => bills.Amounts[i]));

    private static IEnumerable<int> Positions(PastedTable table, int row) =>
        table.PositionsOf(row) is var (first, end) ? Enumerable.Range(first, end - first) : [];

    private static Fraction Absolute(Fraction value) => value.Sign < 0 ? -value : value;

    /// <summary>A candidate carried out on the table's building.</summary>
    /// <param name="Candidate">The candidate.</param>
    /// <param name="Allocation">What it asks, in whole fen.</param>
    /// <param name="Parts">Each row's part of the whole, exactly.</param>
    /// <param name="Length">How long its shares may be.</param>
    private sealed record Carried(TableCandidate Candidate, Allocation Allocation, Fraction[] Parts, ShareLength Length);

    /// <summary>A candidate beside the table.</summary>
    /// <param name="Carried">The candidate.</param>
    /// <param name="Match">Where it is exactly the table.</param>
    /// <param name="Distance">How far its shares are from the table's together.</param>
    private sealed record Measured(Carried Carried, TableMatch? Match, Fraction Distance)
    {
        public bool IsNearerThan(Measured other) =>
            Match is null == (other.Match is null) ? Distance < other.Distance : Match is not null;
    }
}
