using System.Numerics;
using System.Text.Json;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Tests.Vectors;

namespace CostShare.Grains.Tests.Comparison;

public class StabilityTests
{
    /// <summary>The largest excess over all groups but the empty one and everybody, one group at a time.</summary>
    /// <param name="paid">What each household that joins pays, in parts of a fen.</param>
    /// <param name="costs">What a lift for each of them alone would cost, in fen.</param>
    /// <param name="parts">How many parts make a fen.</param>
    private static Fraction LargestExcess(long[] paid, long[] costs, long parts)
    {
        // In units of 1 / (parts × the highest cost), everything is whole.
        (Int128 total, Int128 highest) = (paid.Aggregate((Int128)0, (sum, part) => sum + part), costs.Max());
        Int128? worst = null;
        for (int group = 1; group < (1 << paid.Length) - 1; group++)
        {
            (Int128 sum, long cost) = (0, 0);
            for (int i = 0; i < paid.Length; i++)
            {
                if ((group & (1 << i)) == 0) { continue; }
                (sum, cost) = (sum + paid[i], long.Max(cost, costs[i]));
            }
            Int128 excess = (sum * highest) - (cost * total);
            if (worst is null || excess > worst) { worst = excess; }
        }
        return Fraction.Of(worst!.Value, parts * highest);
    }

    [Fact]
    public void The_worst_excess_is_that_of_all_groups()
    {
        int inCore = 0, negative = 0, alone = 0, looked = 0;
        for (int seed = 0; looked < 2_000; seed++)
        {
            var random = new Random(seed);
            int count = random.Next(2, 13), storeys = random.Next(1, 8);
            Household[] households = [.. Enumerable.Range(0, count + 2).Select(i => Given.Household($"h{i}", random.Next(1, storeys + 1)) with { Joins = i < count })];
            long cost = random.Next(3) * 50;
            (int Floor, long Fen)[] costs = [.. Enumerable.Range(1, storeys).Select(floor => (floor, cost += random.Next(2) * random.Next(1, 200)))];
            if (costs[households.Where(household => household.Joins).Max(household => household.Floor.Number) - 1].Fen == 0) { continue; }
            // Few different amounts, so that ties are common; some pay nothing and some are paid.
            bool someArePaid = random.Next(3) == 0, smallFloors = random.Next(2) == 0;
            long[] parts = [.. households.Select(household => random.Next(8) switch
            {
                0 => 0,
                1 or 2 when someArePaid => -random.Next(1, 30),
                _ when smallFloors => household.Floor.Number * random.Next(1, 4),
                _ => random.Next(1, 5) * random.Next(1, 40),
            })];
            if (parts[..count].Sum() < 0) { continue; }
            looked++;
            Stability stability = Stability.Of(
                new HouseholdRegister { Storeys = Floor.Of(storeys), Households = households }, [.. parts.Select(part => Fraction.Of(part, 7))], Told.Costs(costs))!;
            Fraction expected = LargestExcess(parts[..count], [.. households[..count].Select(household => costs[household.Floor.Number - 1].Fen)], 7);
            Assert.Equal((seed, expected), (seed, stability.WorstExcess));
            Assert.Equal(-expected, stability.LeastSlack);
            Assert.Equal(expected.Sign <= 0, stability.InCore);
            Assert.Equal(stability.Groups.First(group => group.Excess == expected).UpTo, stability.WorstUpTo);
            inCore += stability.InCore ? 1 : 0;
            negative += parts[..count].Any(part => part < 0) ? 1 : 0;
            alone += parts[..count].All(part => part > 0) && stability.Groups[^1].Excess == expected ? 1 : 0;
        }
        // All sorts were met.
        Assert.All([inCore, negative, alone], met => Assert.InRange(met, 100, 1_900));
    }

    [Fact]
    public void Groups_of_random_schemes_are_those_of_all_groups()
    {
        int met = 0;
        RandomCase.ForAll(1_600_000, (one, allocation) =>
        {
            int[] joined = [.. Enumerable.Range(0, one.Building.Households.Count).Where(i => one.Building.Households[i].Joins)];
            if (joined.Length is < 2 or > 8 || one.SelfFunded.Fen > 1_000_000_000) { return; }
            var random = new Random(one.Seed);
            long cost = random.Next(100);
            long[] costs = [.. Enumerable.Range(0, one.Building.Storeys.Number).Select(_ => cost += random.Next(1, 100))];
            BigInteger common = Fraction.CommonDenominator([.. allocation.Exact]);
            if (common > 1_000_000_000) { return; }
            met++;
            long[] parts = [.. joined.Select(i => (long)(allocation.Exact[i] * (long)common).Numerator)];
            Fraction expected = LargestExcess(parts, [.. joined.Select(i => costs[one.Building.Households[i].Floor.Number - 1])], (long)common);
            StatedStandAloneCosts stated = Told.Costs([.. costs.Select((fen, k) => (k + 1, fen))]);
            Assert.Equal(expected, Stability.Of(one.Building, allocation.Exact, stated)!.WorstExcess);
        });
        Assert.True(met > RandomCase.Count / 30, $"{met}");
    }

    [Fact] // The whole is no group; without whoever pays least it is one.
    public void Of_two_who_pay_44_and_132_the_worst_group_pays_44_less()
    {
        Stability stability = Stability.Of(Given.Building(2, 1), [44, 132], Told.Costs((1, 88), (2, 176)))!;
        Assert.Equal((-44, 44, true, 1), (stability.WorstExcess, stability.LeastSlack, stability.InCore, stability.WorstUpTo.Number));
        Assert.Equal([new FloorGroup(Floor.Of(1), 1, 0, 44, 88, -44), new FloorGroup(Floor.Of(2), 1, 1, 132, 176, -44)], stability.Groups);
    }

    [Fact]
    public void Who_is_paid_is_in_no_group_and_who_pays_nothing_may_be()
    {
        HouseholdRegister building = Given.Building(3, 2);
        Stability stability = Stability.Of(building, [-10, -30, 50, 0, -10, 100], Told.Costs((1, 20), (2, 40), (3, 50)))!;
        Assert.Equal(2, stability.Scale);
        Assert.Equal(
            [new FloorGroup(Floor.Of(1), 1, 1, -10, 40, -50), new FloorGroup(Floor.Of(2), 2, 2, 50, 80, -30), new FloorGroup(Floor.Of(3), 3, 3, 150, 100, 50)],
            stability.Groups);
        Assert.Equal((50, false, 3), (stability.WorstExcess, stability.InCore, stability.WorstUpTo.Number));
    }

    [Fact]
    public void Who_does_not_join_is_in_no_group_and_needs_no_cost()
    {
        HouseholdRegister building = Given.Building(Given.Household("a", 2), Given.Household("b", 3), Given.Household("c", 4) with { Joins = false }, Given.Household("d", 1) with { Joins = false });
        Scheme scheme = Given.Scheme(new EqualRule(), new Compensation { Household = Given.Id("d"), Amount = Given.Fen(20) });
        ComparisonRequest request = Given.Request(building, Given.Fen(100), scheme) with { StandAlone = Told.Costs((2, 30), (3, 60)) };
        Stability stability = Told.Facts(request)[0].Stability!;
        Assert.Equal(2, stability.Scale);
        Assert.Equal([new FloorGroup(Floor.Of(2), 1, 0, 60, 60, 0), new FloorGroup(Floor.Of(3), 1, 1, 60, 120, -60)], stability.Groups);
        Assert.True(stability.InCore);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Without_two_who_join_there_is_no_group(int joining)
    {
        HouseholdRegister building = Given.Building([.. Enumerable.Range(1, 3).Select(floor => Given.Household($"h{floor}", floor) with { Joins = floor <= joining })]);
        ComparisonRequest request = Given.Request(building, Given.Fen(joining), Given.Scheme(new EqualRule())) with { StandAlone = Told.Costs((1, 5)) };
        Assert.Null(Told.Facts(request)[0].Stability);
        Assert.DoesNotContain(Told.Facts(request)[0].Statements!, statement => statement.Code is StatementCode.StabilityNotTested or StatementCode.NoGroupPaysMore);
    }

    [Fact]
    public void Where_nothing_is_paid_every_lift_costs_nothing()
    {
        Stability stability = Stability.Of(Given.Building(2, 1), [0, 0], Told.Costs((1, 88), (2, 176)))!;
        Assert.Equal((0, 0, true), (stability.Scale, stability.WorstExcess, stability.InCore));
    }

    [Fact]
    public void Shares_with_too_little_in_common_are_not_added_up_and_a_sentence_says_so()
    {
        HouseholdRegister building = Given.Building(5, 1);
        StatedStandAloneCosts costs = Told.Costs([.. Enumerable.Range(1, 5).Select(floor => (floor, 9L))]);
        Stability? Of(int bits) => Stability.Of(building, [.. Enumerable.Range(0, 5).Select(i => Fraction.Of(1, (BigInteger.One << bits) + 1 + (2 * i)))], costs);
        Assert.NotNull(Of(Stability.MostBits / 5 - 8));
        Assert.Null(Of(Stability.MostBits / 5 + 8));
        Statement told = Assert.Single(FactSentences.OfStability(null, building, costs));
        Assert.Equal((StatementCode.StabilityNotTested, "各户应付的数带着很长的分数，算不过来。", "The shares are fractions too long to be added up in time."),
            (told.Code, told.Assumption.Zh, told.Assumption.En));
    }

    [Fact] // What is paid is told exactly, whatever bills come to.
    public void Shares_are_compared_before_rounding()
    {
        ComparisonRequest request = Given.Request(Given.Building(3, 1), Given.Fen(100), Given.Scheme(new EqualRule())) with { StandAlone = Told.Costs((1, 1), (2, 2), (3, 3)) };
        Assert.Equal(0, Told.Facts(request)[0].Stability!.WorstExcess);
    }

    public static TheoryData<string> Problems => [.. VectorFile.Sharing.Where(entry => entry.Value.Kind() == "airport.all").Select(entry => entry.Key)];

    [Fact]
    public void There_are_as_many_measured_problems_as_were_gathered() => Assert.Equal(24, Problems.Count);

    [Theory]
    [MemberData(nameof(Problems))]
    public void Published_excesses_are_reproduced(string id)
    {
        const decimal tolerance = 0.000_001m;
        JsonElement vector = VectorFile.Sharing[id];
        var shaft = new Shaft([.. vector.Input("costs").Decimals().Select(cost => (long)(cost * 100))]);
        StatedStandAloneCosts costs = Told.Costs([.. shaft.Rule(AirportMethod.Shapley).StandAlone.Select(entry => (entry.Key.Number, entry.Value.Fen))]);
        int met = 0;
        foreach (JsonProperty rule in vector.Expected("metrics").EnumerateObject())
        {
            decimal[] x = vector.Expected("x").GetProperty(rule.Name).Decimals();
            // With twelve decimals; what they miss of the total is far below the tolerance.
            Stability stability = Stability.Of(shaft.Building(), [.. x.Select(share => Fraction.Of((Int128)(share * 1_000_000_000_000m), 10_000_000_000))], costs)!;
            decimal expected = rule.Value.GetProperty("max_core_excess").GetDecimal();
            Assert.InRange((Told.Decimal(Fraction.Of(stability.WorstExcess.Numerator * 1_000_000_000, stability.WorstExcess.Denominator).Floor()) / 100_000_000_000) - expected, -tolerance, tolerance);
            Assert.Equal(rule.Value.GetProperty("in_core").GetBoolean(), Told.Decimal(stability.WorstExcess.Floor()) / 100 <= tolerance);
            decimal gini = Told.Decimal(Inequality.Of([.. x.Select(share => Money.FromFen((long)(share * 1_000_000_000)))])!.Gini);
            Assert.InRange(gini - rule.Value.GetProperty("gini").GetDecimal(), -0.000_000_001m, 0.000_000_001m);
            met++;
        }
        Assert.Equal(7, met);
    }
}
