using System.Globalization;
using System.Text.Json;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Policies;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Comparison;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Vectors;

/// <summary>Published tables of <c>examples.json</c>, pasted as they stand.</summary>
public class TableVectorTests
{
    private static JsonElement Vector(string id) => VectorFile.Examples[id];

    [Fact]
    public void W11_the_Shanghai_percentages_sum_to_102()
    {
        TableCheckResult result = Tables.Check(Tables.Of(Percentages("W11")) with { Total = Given.Yuan(520_000) });
        Assert.False(result.Closes);
        Assert.Equal(["PercentagesSum False 100 102 2 1040000"], result.Checks.Told());
        Assert.Empty(result.Matches);
        // 6/102 of 520,000 yuan, and so on: brought to the whole the table still asks all of it.
        Assert.Equal(520_000_00, result.Nearest.Rows.Sum(row => row.TableAmount!.Value.Fen));
        Assert.Equal(0, result.Nearest.Rows.Sum(row => row.DifferenceAmount!.Value.Fen));
    }

    [Fact] // Their first floor is the one above the ground: our second.
    public void W03_the_French_table_divides_by_52_parts_instead_of_54_and_is_the_usual_grid()
    {
        (int Floor, decimal Yuan)[] printed = [.. Vector("W03").GetProperty("perFloorAmounts").ByFloor()];
        decimal total = Vector("W03").GetProperty("totalCost").GetDecimal();
        TableRow[] rows = [.. Enumerable.Range(1, 6).Select(floor => Tables.Coefficient(floor + 1, 1 + (0.5m * (floor - 1))) with
        {
            Households = Count.Of(Vector("W03").GetProperty("householdsPerFloor").GetInt32()),
        })];
        TableCheck table = Tables.Of(rows) with { ValuesFor = ValuesFor.Household, Total = Given.Yuan(total), Parts = Given.Coefficient(52) };
        TableCheckResult result = Tables.Check(table);
        Assert.False(result.Closes);
        // 80,000 × 54/52 - 80,000 = 3,076.92 yuan.
        Assert.Equal(["PartsSum False 54 52 -2 4000000/13"], result.Checks.Told());
        TableMatch grid = Assert.Single(result.Matches, match => match.Policy is not null);
        Assert.Equal(("france-grid", Certainty.Press, "0"), (grid.Policy!.Value.Value, grid.Certainty, grid.Distance.ToString()));
        foreach ((int floor, decimal right) in Vector("W03").GetProperty("derived").GetProperty("correctWith54").ByFloor())
        {
            // The derived figures are rounded (or cut) at two decimals.
            Assert.InRange(result.Nearest.Rows[floor - 1].SchemeAmount!.Value.Fen - (4 * right * 100), -4, 4);
        }
        // What is printed agrees with 52 parts to the yuan, and with 54 not.
        TableCheck withAmounts = table with
        {
            Rows = [.. rows.Where((_, i) => printed.Any(entry => entry.Floor == i + 1)).Select(row => row with { Amount = Given.Yuan(printed.Single(entry => entry.Floor == row.Floor.Number - 1).Yuan) })],
        };
        Assert.Empty(Assert.Single(Tables.Check(withAmounts).Checks, check => check.Code == TableCheckCode.AmountsFollowCoefficients).Rows!);
        TableFinding follow = Assert.Single(Tables.Check(withAmounts with { Parts = Given.Coefficient(54) }).Checks, check => check.Code == TableCheckCode.AmountsFollowCoefficients);
        Assert.Equal([0, 1, 2], follow.Rows!.Select(row => row.Row));
        Assert.Equal(["4000000/27", "153800", "152600/27"], new[] { follow.Rows![0].Expected, follow.Rows[0].Actual, follow.Rows[0].Difference }.Texts());
    }

    [Theory]
    [InlineData(6, "98", "-2")]
    [InlineData(5, "199/2", "-1/2")]
    [InlineData(4, "100", "0")]
    public void T01_midpoints_of_the_Beijing_ranges_are_its_guidance_and_close_only_for_four_storeys(int storeys, string sum, string difference)
    {
        (int, (int Floor, decimal Low, decimal High)[])[] ranges = [.. new[] { 4, 5, 6 }.Select(height => (height, Ranges(height)))];
        var book = PolicyBook.Of([.. Tables.Book.All, Tables.Guidance(ranges)]);
        TableCheckResult result = Tables.Check(Tables.Of(Ranges(storeys).Select(range => Tables.Percent(range.Floor, (range.Low + range.High) / 2))), book);
        Assert.Equal([$"PercentagesSum {storeys == 4} 100 {sum} {difference} -"], result.Checks.Told());
        Assert.Equal(storeys == 4, result.Closes);
        TableMatch match = result.Matches[0];
        Assert.Equal(($"beijing-guidance-{storeys}", "beijing-guidance", Certainty.Official), (match.Scheme.Id.Value, match.Policy!.Value.Value, match.Certainty));
        Assert.Equal((match.Scheme, Fraction.Zero), (result.Nearest.Scheme, result.Nearest.Distance));
        Assert.All(result.Nearest.Rows, row => Assert.Equal((0, null), (row.DifferencePercent.Sign, row.DifferenceAmount)));
    }

    [Theory]
    [InlineData("T02", "guangzhou-coefficients")]
    [InlineData("T03", "nanjing-coefficients")]
    [InlineData("T04", "dongpu-coefficients")]
    public void T02_to_T04_official_coefficients_are_told_by_their_policy(string id, string policy)
    {
        (int Floor, decimal Coefficient)[] stated = id == "T03"
            ? [(3, 1), (4, 1.3m), (5, 1.6m), (6, 1.9m), (7, 2.2m)]
            : Vector(id).GetProperty("derived").GetProperty("coefficients").ByFloor();
        TableCheckResult result = Tables.Check(Tables.Of(stated.Select(entry => Tables.Coefficient(entry.Floor, entry.Coefficient))));
        Assert.True(result.Closes);
        Assert.Empty(result.Checks);
        // Half equal and half by height is the same series as Dongpu's, so it may be told beside it.
        Assert.Equal(id == "T04" ? [policy, "italy-1124"] : [policy], result.Matches.Where(match => match.Policy is not null).Select(match => match.Policy!.Value.Value));
        Assert.Equal(policy, result.Nearest.Policy!.Value.Value);
    }

    [Fact] // The percentages are printed with two decimals, so they are near to the coefficients and not the same.
    public void T02_rounded_percentages_are_nearest_to_their_policy()
    {
        TableCheckResult result = Tables.Check(Tables.Of(
            Vector("T02").GetProperty("derived").GetProperty("six_storey_percent_by_floor").ByFloor().Select(entry => Tables.Percent(entry.Floor, entry.Value))));
        Assert.True(result.Closes);
        Assert.Empty(result.Matches);
        Assert.Equal("guangzhou-coefficients", result.Nearest.Policy!.Value.Value);
        Assert.True(result.Nearest.Distance < Fraction.Of(1, 50));
    }

    [Fact]
    public void R07_percentages_are_a_price_list_and_agree_with_the_amounts_a_household()
    {
        JsonElement vector = Vector("R07");
        TableRow[] amounts = [.. vector.GetProperty("perFloorAmounts").ByFloor().Select(entry => Tables.Amount(entry.Floor, entry.Value) with { Households = Count.Of(2) })];
        TableCheckResult byAmount = Tables.Check(Tables.Of(amounts) with { ValuesFor = ValuesFor.Household, Total = Given.Yuan(510_000) });
        Assert.True(byAmount.Closes);
        AssertSteps(byAmount, 3, 25_500_00, 25_500_00, Closing.Proportional);
        TableCheckResult byPercent = Tables.Check(Tables.Of(Percentages("R07").Select(row => row with { Households = Count.Of(2) })) with { Total = Given.Yuan(510_000) });
        Assert.True(byPercent.Closes);
        AssertSteps(byPercent, 3, 25_500_00, 25_500_00, Closing.Proportional);
        // Percent for the floor and amounts for the floor stand side by side.
        TableCheckResult both = Tables.Check(Tables.Of(Percentages("R07").Select((row, i) => row with
        {
            Households = Count.Of(2),
            Amount = Money.FromFen(2 * amounts[i].Amount!.Value.Fen),
        })));
        Assert.True(both.Closes);
        Assert.Equal([TableCheckCode.PercentagesSum, TableCheckCode.AmountsFollowPercentages], both.Checks.Select(check => check.Code));
        Assert.Equal(510_000_00, both.Total!.Value.Fen);
    }

    [Fact] // Without the second floor Guangzhou's coefficients are the same series.
    public void W01_amounts_are_a_price_list_and_Guangzhou_without_the_second_floor()
    {
        JsonElement vector = Vector("W01");
        var households = Count.Of(vector.GetProperty("householdsPerFloor").GetInt32());
        TableCheck table = Tables.Of(vector.GetProperty("perFloorAmounts").ByFloor().Select(entry => Tables.Amount(entry.Floor, entry.Value) with { Households = households }));
        TableCheckResult result = Tables.Check(table with { ValuesFor = ValuesFor.Household, Total = Given.Yuan(vector.GetProperty("totalCost").GetDecimal()) });
        Assert.True(result.Closes);
        Assert.Equal(["steps", "guangzhou-coefficients-payers"], result.Matches.Ids());
        AssertSteps(result, 3, 25_000_00, 2_500_00, Closing.Proportional);
        Assert.Equal(["1-1", "1-2", "2-1", "2-2"], result.Matches[1].Scheme.Adjustments.Cast<Exemption>().Select(exemption => exemption.Household.Value));
    }

    [Fact]
    public void R01_amounts_are_a_price_list_from_the_third_floor() => AssertSteps(
        Tables.Check(Tables.Of(Vector("R01").GetProperty("derived").GetProperty("perFloorAmounts").ByFloor().Select(entry => Tables.Amount(entry.Floor, entry.Value)))),
        3, 30_000_00, 10_000_00, Closing.Proportional);

    [Fact] // Two prices and a rest fit any price list that leaves the rest to the top, so none is told.
    public void R02_two_prices_and_a_rest_say_nothing()
    {
        TableCheckResult result = Tables.Check(Tables.Of([Tables.Amount(4, 90_000), Tables.Amount(5, 100_000), Tables.Amount(6, 125_000), Tables.Amount(6, 125_000)]));
        Assert.Empty(result.Matches);
        Assert.Equal(440_000_00, result.Total!.Value.Fen);
    }

    [Fact] // Without 402 the two on the sixth floor advance its ten per cent.
    public void R03_what_is_missing_is_taken_by_the_top()
    {
        (int Floor, decimal Percent)[] stated = [(3, 5), (3, 5), (4, 10), (4, 0), (5, 15), (5, 15), (6, 25), (6, 25)];
        TableCheck table = Tables.Of(stated.Select(entry => Tables.Percent(entry.Floor, entry.Percent)));
        AssertSteps(Tables.Check(table with { Total = Given.Yuan(100) }), 3, 5_00, 5_00, Closing.TopFloor);
    }

    private static void AssertSteps(TableCheckResult result, int fromFloor, long baseFen, long stepFen, Closing closing)
    {
        StepsRule rule = result.Matches.Select(match => match.Scheme.Rule).OfType<StepsRule>().Single();
        Assert.Equal((fromFloor, baseFen, stepFen, closing), (rule.FromFloor.Number, rule.Base.Fen, rule.Step.Fen, rule.Closing));
    }

    private static IEnumerable<TableRow> Percentages(string id) =>
        Vector(id).GetProperty("perFloorPercent").ByFloor().Select(entry => Tables.Percent(entry.Floor, entry.Value));

    private static (int Floor, decimal Low, decimal High)[] Ranges(int storeys) =>
        [.. Vector("T01").GetProperty("perFloorPercent").GetProperty($"{storeys}").EnumerateObject()
            .Select(range => (int.Parse(range.Name, CultureInfo.InvariantCulture), range.Value[0].GetDecimal(), range.Value[1].GetDecimal()))];
}
