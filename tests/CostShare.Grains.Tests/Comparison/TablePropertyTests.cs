using System.Globalization;
using System.Numerics;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Schemes;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>Tables that are made from schemes, and what is told of them.</summary>
public class TablePropertyTests
{
    private static readonly Rounding[] Roundings =
        [.. from unit in BillingUnit.AllowedFen from mode in Enum.GetValues<RoundingMode>() select Given.InUnits(unit, mode)];

    [Fact]
    public void A_table_of_the_bills_of_a_candidate_is_matched_by_it_and_closes() => ForAll(1_000_000, (random, made) =>
    {
        Rounding rounding = Roundings[random.Next(Roundings.Length)];
        Allocation bills = Seen.Run(made.Building, made.Total, made.Scheme with { Rounding = rounding });
        // A coarse unit may leave somebody nothing to pay; the table then says that more are exempt than the scheme does.
        if (made.Scheme.Adjustments.Count > 0 && bills.Exact.Select((share, i) => share.Sign > 0 && bills.Amounts[i] == Money.Zero).Any(lost => lost)) { return; }
        TableCheck table = made.OfAmounts(bills.Amounts);
        TableCheckResult result = Tables.Check(table);
        Assert.Equal(bills.Billed == made.Total, result.Closes);
        TableMatch match = Assert.Single(result.Matches, match => match.Scheme.Id == made.Scheme.Id);
        // A finer rounding, or another mode, may give the same.
        Assert.True(match.Rounding!.Unit.Amount <= rounding.Unit.Amount);
        AssertMatchesAreTrue(table, result);

        int changed = random.Next(table.Rows.Count);
        long by = table.Rows[changed].Amount!.Value.Fen > 0 && random.Next(2) == 0 ? -1 : 1;
        TableCheck spoiled = table with { Rows = [.. table.Rows.Select((row, i) => i == changed ? row with { Amount = Given.Fen(row.Amount!.Value.Fen + by) } : row)] };
        TableCheckResult missed = Tables.Check(spoiled);
        Fraction difference = Assert.Single(missed.Checks).Difference!.Value;
        int times = table.ValuesFor == ValuesFor.Household ? table.Rows[changed].Households?.Number ?? 1 : 1;
        Assert.Equal(bills.Billed.Fen - made.Total.Fen + (by * times), difference.Floor());
        // Whole fen by largest remainder sum to the total, so such a table is none of them.
        if (rounding == Roundings[0])
        {
            Assert.False(missed.Closes);
            Assert.DoesNotContain(missed.Matches, found => found.Scheme.Id == made.Scheme.Id && found.Rounding == rounding);
        }
        AssertMatchesAreTrue(spoiled, missed);
    });

    [Fact]
    public void A_table_of_the_exact_shares_of_a_candidate_is_matched_by_it_and_closes() => ForAll(2_000_000, (random, made) =>
    {
        Allocation allocation = Seen.Run(made.Building, made.Total, made.Scheme);
        Fraction[] perRow = made.PerRow(allocation.Exact);
        BigInteger parts = Fraction.CommonDenominator([.. perRow.Select(share => share / made.Total.Fen)]);
        BigInteger[] weights = [.. perRow.Select(share => (share / made.Total.Fen * Fraction.Of(parts, BigInteger.One)).Numerator)];
        // Not every share is one that six decimals can state.
        if (parts > Coefficient.LargestMillionths) { return; }
        TableCheck table = made.Table with
        {
            Rows = [.. made.Table.Rows.Select((row, i) => row with { Coefficient = Coefficient.FromMillionths((long)weights[i]) })],
            Parts = Coefficient.FromMillionths((long)parts),
        };
        TableCheckResult result = Tables.Check(table);
        Assert.True(result.Closes);
        Assert.Contains(result.Matches, match => match.Scheme.Id == made.Scheme.Id);
        Assert.Equal((0, result.Matches[0].Scheme), (result.Nearest.Distance.Sign, result.Nearest.Scheme));
        Assert.All(result.Nearest.Rows, row => Assert.Equal((0, 0), (row.DifferencePercent.Sign, row.DifferenceAmount!.Value.Fen)));
        AssertMatchesAreTrue(table, result);

        // Who pays stays who paid, or those who are exempt would be others.
        int[] paying = [.. Enumerable.Range(0, weights.Length).Where(i => !weights[i].IsZero)];
        int changed = paying[random.Next(paying.Length)];
        Coefficient more = Coefficient.FromMillionths(long.Min(table.Rows[changed].Coefficient!.Value.Millionths + 1, Coefficient.LargestMillionths));
        TableCheckResult missed = Tables.Check(table with { Rows = [.. table.Rows.Select((row, i) => i == changed ? row with { Coefficient = more } : row)] });
        if (paying.Length == 1 || more == table.Rows[changed].Coefficient) { return; }
        Assert.Equal(Fraction.Of(-1, Coefficient.One), Assert.Single(missed.Checks).Difference);
        Assert.DoesNotContain(missed.Matches, match => match.Scheme.Id == made.Scheme.Id && match.Scheme.Rule == made.Scheme.Rule);
    });

    [Fact]
    public void The_nearest_scheme_is_none_that_another_is_nearer_than() => ForAll(3_000_000, (random, made) =>
    {
        TableCheck table = made.Table with { Rows = [.. made.Table.Rows.Select(row => row with { Coefficient = Coefficient.FromMillionths(random.Next(1, 5)) })] };
        TableCheckResult result = Tables.Check(table);
        Fraction sum = Fraction.Sum([.. result.Nearest.Rows.Select(row => row.DifferencePercent.Sign < 0 ? -row.DifferencePercent : row.DifferencePercent)]);
        Assert.Equal(sum, result.Nearest.Distance);
        Assert.Equal(0, Fraction.Sum([.. result.Nearest.Rows.Select(row => row.DifferencePercent)]).Sign);
        Assert.Equal(0, result.Nearest.Rows.Sum(row => row.DifferenceAmount!.Value.Fen));
        // Nobody is exempt here, so the candidates are those over all.
        foreach (Scheme scheme in made.All)
        {
            Fraction[] parts = made.PerRow(Seen.Run(made.Building, made.Total, scheme).Exact);
            long weights = table.Rows.Sum(row => row.Coefficient!.Value.Millionths);
            var distance = Fraction.Sum([.. table.Rows.Select((row, i) => parts[i] / made.Total.Fen - Fraction.Of(row.Coefficient!.Value.Millionths, weights)).Select(off => off.Sign < 0 ? -off : off)]);
            Assert.True(result.Nearest.Distance <= distance * 100);
        }
    });

    /// <summary>Compares every match as it stands, on the building of the answer; the nearest scheme is the nearest of them.</summary>
    private static void AssertMatchesAreTrue(TableCheck table, TableCheckResult result)
    {
        if (result.Matches.MinBy(match => match.Distance) is TableMatch nearest)
        {
            Assert.Same(nearest.Scheme, result.Nearest.Scheme);
            Assert.Equal(nearest.Distance, result.Nearest.Distance);
            if (nearest.Rounding is not null) { Assert.All(result.Nearest.Rows, row => Assert.Equal(0, row.DifferenceAmount!.Value.Fen)); }
        }
        foreach (TableMatch match in result.Matches)
        {
            SchemeResult scheme = Seen.Compare(Given.Request(result.Building, result.Total!.Value, match.Scheme)).Schemes[0];
            int first = 0;
            foreach (TableRow row in table.Rows)
            {
                Share[] shares = [.. scheme.Shares.Skip(first).Take(row.Households?.Number ?? 1)];
                first += shares.Length;
                if (match.Rounding is not null)
                {
                    if (table.ValuesFor == ValuesFor.Household) { Assert.All(shares, share => Assert.Equal(row.Amount, share.Amount)); }
                    else { Assert.Equal(row.Amount, Money.Sum(shares.Select(share => share.Amount))); }
                }
                else
                {
                    Assert.Equal(Fraction.Of(row.Coefficient!.Value.Millionths, table.Rows.Sum(other => other.Coefficient!.Value.Millionths)) * result.Total.Value.Fen,
                        Fraction.Sum([.. shares.Select(share => share.Exact)]));
                }
            }
        }
    }

    private static void ForAll(int firstSeed, Action<Random, Made> examine)
    {
        // Each case carries out some twenty schemes several times.
        for (int seed = firstSeed; seed < firstSeed + (RandomCase.Count / 10); seed++)
        {
            var random = new Random(seed);
            try
            {
                if (Made.Of(random) is Made made) { examine(random, made); }
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Random table of seed {seed.ToString(CultureInfo.InvariantCulture)}", exception);
            }
        }
    }

    /// <summary>A random table without values yet, and one of the schemes that it is held against.</summary>
    private sealed record Made(TableCheck Table, HouseholdRegister Building, Money Total, Scheme Scheme, IReadOnlyList<Scheme> All)
    {
        public static Made? Of(Random random)
        {
            bool hasAreas = random.Next(2) == 0, hasIds = random.Next(2) == 0;
            TableRow[] rows = [.. Enumerable.Range(0, random.Next(1, 15)).Select(i => Tables.Row(random.Next(1, 10)) with
            {
                Household = hasIds ? Given.Id($"h{i.ToString(CultureInfo.InvariantCulture)}") : null,
                Households = hasIds || random.Next(2) == 0 ? null : Count.Of(random.Next(1, 5)),
                Area = hasAreas ? Area.FromHundredths(random.Next(2) == 0 ? 6_000 : random.Next(5_000, 9_000)) : null,
            })];
            var total = Money.FromFen(random.Next(10) == 0 ? random.Next(1, 100_000) : random.NextInt64(1_000_000, 100_000_000));
            TableCheck table = Tables.Of(rows) with { Total = total };
            HouseholdRegister building = Tables.Check(table with { Rows = [.. rows.Select(row => row with { Coefficient = Given.Coefficient(1) })] }).Building;
            Scheme[] all = [.. Candidates(hasAreas).Where(candidate => Runs(building, total, candidate))];
            Scheme scheme = all[random.Next(all.Length)];
            if (random.Next(2) == 0) { return new Made(table, building, total, scheme, all); }
            // Some of those that pay are exempt; every row of theirs as a whole, or the table would not say so.
            int[] first = [.. rows.Select((_, i) => rows.Take(i).Sum(row => row.Households?.Number ?? 1))];
            int[] exempt = [.. Enumerable.Range(0, rows.Length).Where(_ => random.Next(3) == 0)];
            HouseholdId[] ids = [.. exempt.SelectMany(i => building.Households.Skip(first[i]).Take(rows[i].Households?.Number ?? 1)).Select(household => household.Id)];
            Scheme reduced = scheme with { Id = new($"{scheme.Id}-payers"), Adjustments = [.. ids.Select(id => new Exemption { Household = id })] };
            if (ids.Length == 0 || !Runs(building, total, reduced)) { return null; }
            Allocation full = Seen.Run(building, total, scheme), less = Seen.Run(building, total, reduced);
            // All that pay nothing are exempt in the candidate, those included that pay nothing anyway; where it changes nothing it is none.
            return ids.All(id => full.Exact[Position(building, id)].Sign == 0)
                || less.Exact.Select((share, i) => share.Sign == 0 && !ids.Contains(building.Households[i].Id)).Any(free => free)
                || less.Amounts.Select((amount, i) => amount == Money.Zero && less.Exact[i].Sign > 0).Any(lost => lost)
                ? null : new Made(table, building, total, reduced, all);
        }

        public TableCheck OfAmounts(IReadOnlyList<Money> amounts)
        {
            int first = 0;
            var rows = new List<TableRow>();
            bool alike = true;
            foreach (TableRow row in Table.Rows)
            {
                Money[] own = [.. amounts.Skip(first).Take(row.Households?.Number ?? 1)];
                first += own.Length;
                alike &= own.All(amount => amount == own[0]);
                rows.Add(row with { Amount = Money.Sum(own) });
            }
            // Where all flats of a row pay the same, the table can also be stated flat by flat.
            bool perHousehold = alike && Total.Fen % 2 == 0;
            return Table with
            {
                Rows = [.. rows.Select(row => perHousehold ? row with { Amount = Given.Fen(row.Amount!.Value.Fen / (row.Households?.Number ?? 1)) } : row)],
                ValuesFor = perHousehold ? ValuesFor.Household : ValuesFor.Row,
            };
        }

        public Fraction[] PerRow(IReadOnlyList<Fraction> shares)
        {
            int first = 0;
            var perRow = new List<Fraction>();
            foreach (TableRow row in Table.Rows)
            {
                int count = row.Households?.Number ?? 1;
                perRow.Add(Fraction.Sum([.. shares.Skip(first).Take(count)]));
                first += count;
            }
            return [.. perRow];
        }

        private static IEnumerable<Scheme> Candidates(bool hasAreas)
        {
            foreach (Scheme preset in Tables.Book.List(null, null, null).Policies.SelectMany(policy => policy.Schemes).Select(preset => preset.Scheme)) { yield return preset; }
            yield return Given.Scheme(new EqualRule()) with { Id = new("equal") };
            if (hasAreas) { yield return Given.Scheme(new AreaRule()) with { Id = new("area") }; }
        }

        private static int Position(HouseholdRegister building, HouseholdId id) => building.Households.Select((household, i) => (household, i)).First(entry => entry.household.Id == id).i;

        private static bool Runs(HouseholdRegister building, Money total, Scheme scheme) =>
            Allocation.Run(building, scheme, Given.Budget(total), Seen.Place, new Faults.FaultList()) is not null;
    }
}
