using System.Text.Json;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Tests.Vectors;

namespace CostShare.Grains.Tests.Comparison;

public class InequalityTests
{
    public static TheoryData<string> Published => [.. VectorFile.Sharing.Where(entry => entry.Value.Kind() == "inequality").Select(entry => entry.Key)];

    private static Inequality? Of(params long[] fen) => Inequality.Of([.. fen.Select(Given.Fen)]);

    [Fact]
    public void There_are_as_many_published_measures_as_were_gathered() => Assert.Equal(8, Published.Count);

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_measures_are_reproduced(string id)
    {
        JsonElement vector = VectorFile.Sharing[id];
        long[] bills = [.. vector.Input("x").Decimals().Select(x => (long)(x * 100))];
        Inequality measured = Of(bills)!;
        double tolerance = vector.GetProperty("tolerance").GetDouble();
        void Near(string name, double actual) => Assert.InRange(actual - vector.Expected(name).GetDouble(), -tolerance, tolerance);
        Near("gini", (double)Told.Decimal(measured.Gini));
        Near("gini_bias_corrected", (double)Told.Decimal(measured.GiniCorrected!.Value));
        Near("schutz_pietra", (double)Told.Decimal(measured.Hoover));
        Near("theil_T", measured.TheilT);
        Near("theil_L", measured.TheilL!.Value);
        Near("atkinson_0_5", measured.Atkinson);
        BillFacts facts = BillFacts.Of(Told.Bills(Enumerable.Range(0, bills.Length).Select(i => Given.Household($"h{i}", 1)), bills))!;
        Near("max_over_median", (double)Told.Decimal(facts.Spread!.Value));
    }

    [Fact]
    public void Of_equal_bills_every_measure_is_nought()
    {
        Inequality measured = Of(7, 7, 7)!;
        Assert.Equal((Fraction.Zero, Fraction.Zero, Fraction.Zero, 0, 0, 0), (measured.Gini, measured.GiniCorrected, measured.Hoover, measured.TheilT, measured.TheilL, measured.Atkinson));
        Assert.Equal(measured with { GiniCorrected = null }, Of(7));
    }

    [Fact]
    public void Where_one_pays_all_the_measures_reach_their_ends()
    {
        Inequality measured = Of(0, 0, 0, 9)!;
        Assert.Equal((Fraction.Of(3, 4), Fraction.One, Fraction.Of(3, 4)), (measured.Gini, measured.GiniCorrected, measured.Hoover));
        Assert.Equal((1.386294361120, 0.75), (measured.TheilT, measured.Atkinson)); // ln 4
        Assert.Null(measured.TheilL);
    }

    [Fact]
    public void What_is_not_defined_is_left_out()
    {
        Assert.Null(Of());
        Assert.Null(Of(0));
        Assert.Null(Of(0, 0));
        Assert.Null(Of(-1, 5));
        Assert.Null(Of(5)!.GiniCorrected);
        Assert.NotNull(Of(5)!.TheilL);
        Assert.Null(Of(0, 5)!.TheilL);
        Assert.NotNull(Of(1, 5)!.TheilL);
    }

    [Fact] // Computed beside the project with forty digits. Equal to the last digit: an answer is the same on every machine.
    public void Measures_with_logarithms_are_the_same_to_the_last_digit()
    {
        Inequality measured = Of(195_652, 195_652, 293_478, 391_305, 489_131)!;
        Assert.Equal(("0.065649071183", "0.067023382916", "0.032759921954"),
            (Text(measured.TheilT), Text(measured.TheilL!.Value), Text(measured.Atkinson)));
    }

    [Theory] // ln((1 + r) / 2) - ln(r) / 2 for bills of 1 and r.
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1_000_003)]
    [InlineData(1_000_000_000_000_000)]
    public void Logarithms_are_right_over_the_whole_range_of_amounts(long most)
    {
        double expected = Math.Log((1 + (double)most) / 2) - (Math.Log(most) / 2);
        Assert.InRange(Of(1, most)!.TheilL!.Value - expected, -1e-11, 1e-11);
    }

    [Fact]
    public void Nearly_equal_bills_of_the_largest_size_lose_no_digits()
    {
        // Bills of m(1 ± e) have a measure of e²/2.
        long mean = 500_000_000_000_000, off = 1_000_000_000;
        double e = (double)off / mean;
        Inequality measured = Of(mean - off, mean + off)!;
        Assert.InRange(measured.TheilT - (e * e / 2), -1e-12, 1e-12);
        Assert.InRange(measured.TheilL!.Value - (e * e / 2), -1e-12, 1e-12);
    }

    [Fact] // By the definitions: over all pairs, and with the logarithms of the platform.
    public void Measures_of_random_bills_are_those_of_the_definitions() => RandomCase.ForAll(1_200_000, (one, allocation) =>
    {
        Money[] bills = [.. JoinedBill.All(one.Building, allocation).Select(bill => bill.Amount)];
        Int128 sum = bills.Aggregate((Int128)0, (total, bill) => total + bill.Fen);
        Inequality? measured = Inequality.Of(bills);
        Assert.Equal(bills.All(bill => bill.Fen >= 0) && sum > 0, measured is not null);
        if (measured is null) { return; }
        int n = bills.Length;
        Int128 differences = bills.Aggregate((Int128)0, (total, x) => total + bills.Aggregate((Int128)0, (inner, y) => inner + long.Abs(x.Fen - y.Fen)));
        Assert.Equal(Fraction.Of(differences, 2 * n * sum), measured.Gini);
        Fraction moved = Fraction.Sum([.. bills.Select(x => Fraction.Max(Fraction.Of(x.Fen, sum) - Fraction.Of(1, n), 0))]);
        Assert.Equal(moved, measured.Hoover);
        double[] parts = [.. bills.Select(x => (double)x.Fen * n / (double)sum)];
        Assert.InRange(measured.TheilT - parts.Average(x => x == 0 ? 0 : x * Math.Log(x)), -1e-11, 1e-11);
        Assert.InRange(measured.Atkinson - (1 - Math.Pow(parts.Average(Math.Sqrt), 2)), -1e-11, 1e-11);
        Assert.Equal(bills.Contains(Money.Zero), measured.TheilL is null);
        if (measured.TheilL is double mean) { Assert.InRange(mean + parts.Average(Math.Log), -1e-11, 1e-11); }
    });

    private static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
