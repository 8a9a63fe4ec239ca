using System.Text.Json;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Tests.Votes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Vectors;

/// <summary>The entries of <c>sharing.json</c> that today's rules cover.</summary>
public class SharingVectorTests
{
    /// <summary>Kinds that are not tested here, and why.</summary>
    private static readonly Dictionary<string, string> NotTested = new()
    {
        ["airport.cc"] = "the core-centre is none of the methods; it needs polynomial integration and has no derivation a resident could follow",
        ["airport.sigma"] = "a family between constrained equal and the nucleolus, of which only its two ends are methods",
        ["airport.prior"] = "priority orders name who pays first; stated amounts are what `fixed` is for",
        ["airport.hierarchical"] = "stages of payers are none of the methods",
        ["airport.csec"] = "coalition-weighted shares; published without an efficient total",
        ["airport.cp.weighted"] = "constrained proportional by area is refused: only Shapley and constrained equal have a weighted form",
        ["elevator.equal_benefit_unconstrained"] = "gives negative bills; the method `constrainedEqualBenefits` is the form without them",
        ["claims."] = "rules that share by what people say they are willing to pay reward whoever says less; limits are compared with bills and never share them",
    };

    private static readonly string[] Tested =
        ["apportion", "round.largest_remainder_of_shares", "elevator.floor_coefficient", "elevator.floor_coefficient_flat",
         "elevator.equal", "elevator.equal_by_floor", "elevator.area", "floor_coefficient", "floor_coefficient.printed_wrong",
         "airport.sec", "airport.cec", "airport.cp", "airport.sm", "airport.ceb", "airport.sfc", "airport.owen",
         "airport.sec.weighted", "airport.cec.weighted", "airport.sfc.weighted", "airport.all", "airport.groups.all",
         "airport.groups.sec", "airport.groups.cec", "airport.groups.cp", "airport.groups.sm", "airport.groups.nucleolus", "airport.groups.ceb",
         "airport.groups.sfc", "airport.groups.tau", "elevator.owen_floor_level", "elevator.owen_flat", "elevator.owen_m2", "inequality",
         "vote.double_majority"];

    /// <summary>Apportionments by other methods only: divisor methods, which bills do not use because they break quota.</summary>
    private static readonly string[] OtherMethods =
        ["pub-wahlrecht-dhondt", "pub-wahlrecht-stlague", "pub-dewiki-adams", "pub-dewiki-dean", "pub-dewiki-hill", "pub-be-ep2019-dhondt",
         "pub-lv-ep2019-sl", "pub-de-bt-upper-sl", "pub-de-bt-lower-sl", "pub-us-house-2020-huntington-hill"];

    [Fact]
    public void Every_vector_is_tested_or_named_with_a_reason()
    {
        Assert.Empty(VectorFile.Sharing.Values.Select(vector => vector.Kind())
            .Where(kind => !Tested.Contains(kind) && !NotTested.Keys.Any(prefix => kind.StartsWith(prefix, StringComparison.Ordinal))).Distinct());
        Assert.Equal(OtherMethods.Order(), VectorFile.Sharing.Where(entry => entry.Value.Kind() == "apportion").Select(entry => entry.Key)
            .Except(Apportionments.Cast<object[]>().Select(row => (string)row[0])).Order());
        Assert.Equal(2, VectorFile.Sharing.Values.Count(vector => vector.Kind() == "elevator.floor_coefficient"));
    }

    public static TheoryData<string> DoubleMajorities => [.. VectorFile.Sharing.Where(entry => entry.Value.Kind() == "vote.double_majority").Select(entry => entry.Key)];

    [Fact]
    public void There_are_as_many_votes_as_were_gathered() => Assert.Equal(6, DoubleMajorities.Count);

    [Theory] // Who is undecided takes no part.
    [MemberData(nameof(DoubleMajorities))]
    public void Double_majority_is_reproduced(string id)
    {
        JsonElement vector = VectorFile.Sharing[id];
        decimal[] areas = vector.Input("area").Decimals();
        long[] yes = vector.Input("yes").Longs(), participates = vector.Input("participates").Longs();
        PolledRegister register = Asked.Register(areas.Select((area, i) => Asked.Household($"{i}", area, participates[i] == 0 ? null : yes[i] == 1 ? Stance.Yes : Stance.No)));
        VoteCount count = Asked.Forecast(register, Asked.CivilCode).Registered;
        ThresholdCount participation = count.Participation!, approval = count.Approval;
        Assert.Equal(
            [.. new[] { "area_participating", "heads_participating", "area_yes_of_participating", "heads_yes_of_participating" }.Select(name => vector.Expected(name).GetString()!)],
            new[] { $"{participation.Area.Part}", $"{participation.Persons.Part}", $"{approval.Area.Part}", $"{approval.Persons.Part}" });
        Assert.Equal(vector.Expected("quorum").GetBoolean(), participation.Area.Met && participation.Persons.Met);
        Assert.Equal(vector.Expected("pass_three_quarters").GetBoolean(), count.ClosedNow);
        // More than half is no threshold of the Civil Code for lifts; the exact parts tell it all the same.
        Assert.Equal(vector.Expected("pass_simple_majority").GetBoolean(), approval.Area.Part > Fraction.Of(1, 2) && approval.Persons.Part > Fraction.Of(1, 2));
    }

    public static TheoryData<string> Apportionments => [.. VectorFile.Sharing.Where(entry => entry.Value.Kind() == "apportion"
        && entry.Value.GetProperty("expected").EnumerateObject().Any(method => method.Name.StartsWith("hamilton", StringComparison.Ordinal)))
        .Select(entry => entry.Key)];

    [Fact] // Without these words the theory below could lose entries unseen.
    public void There_are_as_many_apportionments_by_largest_remainder_as_were_gathered() => Assert.Equal(37, Apportionments.Count);

    [Theory]
    [MemberData(nameof(Apportionments))]
    public void Largest_remainder_is_reproduced(string id)
    {
        JsonElement vector = VectorFile.Sharing[id];
        long[] Split(long[] weights, long seats) =>
            Apportionment.Split(Money.FromFen(seats), [.. weights.Select(Money.FromFen)]).Amounts.InFen();
        foreach (JsonProperty method in vector.GetProperty("expected").EnumerateObject().Where(m => m.Name.StartsWith("hamilton", StringComparison.Ordinal)))
        {
            switch (method.Name)
            {
                case "hamilton" when vector.Input("seats").ValueKind == JsonValueKind.Array:
                    foreach ((long seats, JsonElement expected) in vector.Input("seats").Longs().Zip(method.Value.EnumerateArray()))
                    {
                        Assert.Equal(expected.Longs(), Split(vector.Input("weights").Longs(), seats));
                    }
                    break;
                case "hamilton":
                    Assert.Equal(method.Value.Longs(), Split(vector.Input("weights").Longs(), vector.Input("seats").GetInt64()));
                    break;
                case "hamilton_before" when vector.GetProperty("input").TryGetProperty("weights_before", out JsonElement before):
                    Assert.Equal(method.Value.Longs(), Split(before.Longs(), vector.Input("seats").GetInt64()));
                    break;
                case "hamilton_after" when vector.GetProperty("input").TryGetProperty("weights_after", out JsonElement after):
                    Assert.Equal(method.Value.Longs(), Split(after.Longs(), vector.Input("seats").GetInt64()));
                    break;
                case "hamilton_before":
                    Assert.Equal(method.Value.Longs(), Split(vector.Input("weights").Longs(), vector.Input("seats").GetInt64()));
                    break;
                case "hamilton_after":
                    Assert.Equal(method.Value.Longs(), Split([.. vector.Input("weights").Longs(), vector.Input("new_weight").GetInt64()],
                        vector.Input("seats").GetInt64() + vector.Input("added_seats").GetInt64()));
                    break;
                case "hamilton_min1_299" or "hamilton_min1_300":
                    // With one seat for everybody first: a rule of the American constitution that no bill knows.
                    break;
                default:
                    long size = long.Parse(method.Name[(method.Name.LastIndexOf('_') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
                    Assert.Equal(method.Value.Longs(), Split(vector.Input("weights").Longs(), size));
                    break;
            }
        }
    }

    public static TheoryData<string> Roundings =>
        [.. VectorFile.Sharing.Where(entry => entry.Value.Kind() == "round.largest_remainder_of_shares").Select(entry => entry.Key)];

    [Theory] // The exact shares are those of sequential equal contributions: x_i = sum over k up to i of (c_k - c_(k-1)) / (n - k + 1).
    [MemberData(nameof(Roundings))]
    public void Spare_fen_go_where_the_remainders_say(string id)
    {
        JsonElement vector = VectorFile.Sharing[id];
        long[] costs = [.. vector.Input("costs").Decimals().Select(cost => (long)(cost * 100))];
        int[] order = [.. Enumerable.Range(0, costs.Length).OrderBy(i => costs[i])];
        var shares = new Fraction[costs.Length];
        Fraction sum = Fraction.Zero;
        long below = 0;
        for (int k = 0; k < order.Length; k++)
        {
            sum += Fraction.Of(costs[order[k]] - below, order.Length - k);
            below = costs[order[k]];
            shares[order[k]] = sum;
        }
        long[] amounts = Apportionment.LargestRemainder(Money.FromFen(vector.Input("total_fen").GetInt64()), shares, Money.FromFen(1)).Amounts.InFen();
        long[] floors = vector.Expected("floor_fen").Longs();
        int[] extra = [.. Enumerable.Range(0, floors.Length).Where(i => amounts[i] == floors[i] + 1)];
        Assert.Equal(floors, shares.Select(share => share.Floor()));
        Assert.Equal(vector.Expected("extra_fen").GetInt32(), extra.Length);
        int[] sure = [.. vector.Expected("surely_get_extra").Longs().Select(i => (int)i)];
        // Those who tie for the rest are served in register order.
        int[] tied = [.. vector.Expected("tied_for_remaining").Longs().Select(i => (int)i).Order().Take(vector.Expected("from_tied").GetInt32())];
        Assert.Equal(sure.Concat(tied).Order(), extra);
    }

    [Theory]
    [InlineData("doc-custosascensor-ascensor-floors-140-4")]
    [InlineData("doc-custosascensor-ascensor-floors-120-5")]
    public void Floor_coefficients_of_the_Galician_rule(string id)
    {
        JsonElement vector = VectorFile.Sharing[id];
        int floors = vector.Input("floors").GetInt32();
        Assert.Equal("1+0.5(i-1)", vector.Input("coef").GetString());
        Allocation allocation = Seen.Run(Given.Building(floors, 1), Given.Yuan(vector.Input("cost").GetDecimal()),
            Given.Scheme(Given.Coefficients([(1, 1)], 0.5m)));
        Near(vector.Expected("value").Decimals(), allocation.Exact);
    }

    [Fact]
    public void A_flat_of_a_floor_by_coefficient()
    {
        JsonElement vector = Only("elevator.floor_coefficient_flat");
        HouseholdRegister building = Given.Building(
            Enumerable.Range(1, vector.Input("floors").GetInt32()).SelectMany(floor => Enumerable
                .Range(1, floor == vector.Input("floor").GetInt32() ? vector.Input("flats_on_floor").GetInt32() : 1)
                .Select(flat => Given.Household($"{floor}-{flat}", floor))).ToArray());
        Allocation allocation = Seen.Run(building, Given.Yuan(vector.Input("cost").GetDecimal()), Given.Scheme(Given.Coefficients([(1, 1)], 0.5m)));
        Near([vector.Expected("value").GetDecimal()], [allocation.Exact[IndexOn(building, vector.Input("floor").GetInt32())]]);
    }

    [Fact]
    public void Equal_shares_of_flats()
    {
        JsonElement vector = Only("elevator.equal");
        Allocation allocation = Seen.Run(Given.Building(1, vector.Input("flats").GetInt32()), Given.Yuan(vector.Input("cost").GetDecimal()), Given.Scheme(new EqualRule()));
        Near([vector.Expected("value").GetDecimal()], [allocation.Exact[0]]);
    }

    [Fact]
    public void Equal_shares_of_floors_then_of_flats()
    {
        JsonElement vector = Only("elevator.equal_by_floor");
        Allocation allocation = Seen.Run(Given.Building(vector.Input("floors").GetInt32(), vector.Input("flats_on_floor").GetInt32()),
            Given.Yuan(vector.Input("cost").GetDecimal()), Given.Scheme(Given.Coefficients([(1, 1)], 0)));
        Near([vector.Expected("value").GetDecimal()], [allocation.Exact[0]]);
    }

    [Fact]
    public void Shares_by_area()
    {
        JsonElement vector = Only("elevator.area");
        decimal flat = vector.Input("flat_m2").GetDecimal();
        Allocation allocation = Seen.Run(
            Given.Building(Given.Household("flat", 1, flat), Given.Household("rest", 1, vector.Input("total_m2").GetDecimal() - flat)),
            Given.Yuan(vector.Input("cost").GetDecimal()), Given.Scheme(new AreaRule()));
        Near([vector.Expected("value").GetDecimal()], [allocation.Exact[0]]);
    }

    [Fact]
    public void The_French_grid_is_shared_over_54_parts_and_not_as_printed()
    {
        JsonElement vector = Only("floor_coefficient.printed_wrong");
        decimal[] coefficients = vector.Input("coef").Decimals();
        Allocation allocation = Seen.Run(Given.Building(vector.Input("floors").GetInt32(), vector.Input("flats_per_floor").GetInt32()),
            Given.Yuan(vector.Input("total").GetDecimal()),
            Given.Scheme(Given.Coefficients(coefficients.Select((c, i) => (i + 1, c)), sharedBy: SharedBy.Household)));
        foreach (int floor in new[] { 1, 3, 6 })
        {
            Fraction exact = allocation.Exact[(floor - 1) * 4] / 100;
            Assert.Equal(vector.Expected($"flat_floor{floor}").GetString(), exact.ToString());
            decimal printed = vector.Expected("printed_and_wrong").GetProperty($"floor{floor}").GetDecimal();
            Assert.True(allocation.Amounts[(floor - 1) * 4].Fen < (long)(printed * 100) - 50_00);
        }
    }

    [Fact]
    public void Storeys_ridden_of_seven_floors()
    {
        JsonElement vector = Only("floor_coefficient");
        int perFloor = vector.Input("households_per_floor").GetInt32();
        HouseholdRegister building = Given.Building(vector.Input("floors").GetInt32(), perFloor);
        Allocation ridden = Seen.Run(building, Given.Fen(21), Given.Scheme(new RideRule()));
        Allocation weighed = Seen.Run(building, Given.Fen(21),
            Given.Scheme(Given.Coefficients(vector.Input("coef").Decimals().Select((c, i) => (i + 1, c)))));
        string[] expected = [.. vector.Expected("floor_share_exact").EnumerateArray().Select(share => share.GetString()!)];
        string[] PerFloor(Allocation allocation) => [.. allocation.Exact.Chunk(perFloor).Select(floor => (Fraction.Sum(floor) / 21).ToString())];
        Assert.Equal(expected, PerFloor(ridden));
        Assert.Equal(expected, PerFloor(weighed));
    }

    public static TheoryData<string> AirportProblems => [.. VectorFile.Sharing.Where(entry => entry.Value.Kind().StartsWith("airport.", StringComparison.Ordinal)
        && Tested.Contains(entry.Value.Kind()) && entry.Key != WrongOfAPeer).Select(entry => entry.Key)];

    [Fact] // Without these words the theory below could lose entries unseen.
    public void There_are_as_many_airport_problems_as_were_gathered() => Assert.Equal(68, AirportProblems.Count);

    // Run by one program alone, whose grouped form of this rule breaks the order of its own bus data too.
    private const string WrongOfAPeer = "pub-birmingham-cp";

    [Fact] // Costs 113,322 and 115,440 (151 and 112 movements) together pay 10,591 in proportion to their costs.
    public void The_second_block_of_Birmingham_shares_in_proportion_to_cost_and_not_as_a_peer_printed()
    {
        JsonElement vector = VectorFile.Sharing[WrongOfAPeer];
        long[] costs = vector.Input("costs").Longs();
        int[] counts = [.. vector.Input("counts").Longs().Select(count => (int)count)];
        var shaft = new Shaft([.. costs.SelectMany((cost, k) => Enumerable.Repeat(cost, counts[k]))]);
        Fraction[] shares = shaft.Share(AirportMethod.ConstrainedProportional);
        Fraction[] types = [.. costs.Select((_, k) => shares[counts.Take(k).Sum()] * 100)];
        decimal[] printed = vector.Expected("per_unit").Decimals();
        Near([.. printed.Where((_, k) => k is not (8 or 9))], [.. types.Where((_, k) => k is not (8 or 9))]);
        var rate = Fraction.Of(115_440 - 104_849, (151 * 113_322) + (112 * 115_440));
        Assert.Equal([rate * 113_322 * 100, rate * 115_440 * 100], types[8..10]);
        Assert.True(printed[9] / printed[8] > 1.2m);
    }

    [Theory] // With exact fractions wherever the entry has them.
    [MemberData(nameof(AirportProblems))]
    public void Airport_problems_are_solved(string id)
    {
        JsonElement vector = VectorFile.Sharing[id];
        string kind = vector.Kind();
        bool groups = kind.StartsWith("airport.groups.", StringComparison.Ordinal);
        JsonElement input = vector.GetProperty("input");
        // Costs in fen, so that those with decimals stay whole.
        decimal[] costs = [.. input.GetProperty(input.TryGetProperty("floor_costs", out _) ? "floor_costs" : "costs").Decimals().Select(cost => cost * 100)];
        int[] counts = groups
            ? [.. input.GetProperty(input.TryGetProperty("households", out _) ? "households" : "counts").Longs().Select(count => (int)count)]
            : [.. costs.Select(_ => 1)];
        long[]? areas = input.TryGetProperty("area", out JsonElement area) || input.TryGetProperty("weights", out area)
            ? [.. area.Decimals().Select(a => (long)(a * 100))] : null;
        var shaft = new Shaft([.. costs.SelectMany((cost, k) => Enumerable.Repeat((long)cost, counts[k]))], areas);

        int met = 0;
        if (kind.EndsWith(".all", StringComparison.Ordinal))
        {
            JsonElement values = vector.Expected(groups ? "per_household" : "x");
            foreach (JsonProperty rule in values.EnumerateObject())
            {
                string[]? exact = groups ? null : vector.Expected("exact").TryGetProperty(rule.Name, out JsonElement texts) ? Texts(texts) : null;
                met += Check(shaft, rule.Name, rule.Value.Decimals(), exact, counts) ? 1 : 0;
            }
            Assert.Equal(groups ? 7 : 12, met - (values.TryGetProperty("tau_scrb", out _) && SharesTop(shaft) ? 1 : 0));
        }
        else
        {
            JsonElement values = vector.Expected(groups ? "per_unit" : "x");
            bool weighted = kind.EndsWith(".weighted", StringComparison.Ordinal);
            string rule = kind.Split('.')[groups ? 2 : 1] + (weighted ? "_w" : "");
            decimal[] beside = input.TryGetProperty("maintenance_per_unit", out JsonElement maintenance) ? maintenance.Decimals() : new decimal[values.GetArrayLength()];
            Assert.True(Check(shaft, rule, [.. values.Decimals().Zip(beside, (all, part) => all - part)], vector.GetProperty("expected").TryGetProperty("exact", out JsonElement texts) ? Texts(texts) : null, counts));
        }
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static bool SharesTop(Shaft shaft) => shaft.Costs.Count(cost => cost == shaft.Costs.Max()) > 1;

    /// <summary>Checks the shares of a rule of the vectors; false for one that is not among ours.</summary>
    private static bool Check(Shaft shaft, string name, decimal[] expected, string[]? exact, int[] counts)
    {
        Rule? rule = name switch
        {
            "sec" => shaft.Rule(AirportMethod.Shapley),
            "cec" => shaft.Rule(AirportMethod.ConstrainedEqual),
            "cp" => shaft.Rule(AirportMethod.ConstrainedProportional),
            "sm" or "nucleolus" => shaft.Rule(AirportMethod.Nucleolus),
            "ceb" => shaft.Rule(AirportMethod.ConstrainedEqualBenefits),
            "sec_w" => shaft.Rule(AirportMethod.Shapley, AirportWeight.Area),
            "cec_w" => shaft.Rule(AirportMethod.ConstrainedEqual, AirportWeight.Area),
            "owen" or "owen_by_floor" => shaft.Rule(AirportMethod.Shapley, by: AirportBy.Floor),
            // Not airport rules of ours, but shares that other rules give.
            "sfc" => shaft.EachOwnSegment(Within.Equal),
            "sfc_w" => shaft.EachOwnSegment(Within.Area),
            "standalone_prop" => shaft.Proportional(),
            "equal" => new EqualRule(),
            "area" => new AreaRule(),
            // Where two or more share the highest floor the tau value is proportional to the stand-alone costs.
            "tau_scrb" or "tau" when SharesTop(shaft) => shaft.Proportional(),
            _ => null,
        };
        if (rule is null) { return false; }
        Fraction[] shares = shaft.Share(rule);
        if (exact is not null) { Assert.Equal(exact, shares.Select(share => (share / 100).ToString())); }
        // An entry of groups states the share of one household of each.
        Near(expected, [.. expected.Select((_, k) => shares[counts.Take(k).Sum()])]);
        return true;
    }

    [Theory]
    [InlineData("doc-custosascensor-shapley-floors-60-20-4")]
    [InlineData("doc-custosascensor-shapley-floors-70-15-5")]
    public void Shapley_of_the_floors(string id)
    {
        JsonElement vector = VectorFile.Sharing[id];
        Near(vector.Expected("value").Decimals(), OwenOf(vector, _ => [70]).Exact);
    }

    [Theory]
    [InlineData("doc-custosascensor-shapley-apt-floor1")]
    [InlineData("doc-custosascensor-shapley-apt-floor3")]
    public void A_flat_of_a_floor_by_Shapley_of_the_floors(string id)
    {
        JsonElement vector = VectorFile.Sharing[id];
        int flats = vector.Input("flats_on_floor").GetInt32();
        Allocation allocation = OwenOf(vector, floor => floor == vector.Input("floor").GetInt32() ? [.. Enumerable.Repeat(70m, flats)] : [70]);
        Near([vector.Expected("value").GetDecimal()], [allocation.Exact[vector.Input("floor").GetInt32() - 1]]);
    }

    [Fact]
    public void A_flat_of_a_floor_by_area_after_Shapley_of_the_floors()
    {
        JsonElement vector = Only("elevator.owen_m2");
        decimal flat = vector.Input("flat_m2").GetDecimal();
        Allocation allocation = OwenOf(vector, floor => floor == vector.Input("floor").GetInt32() ? [flat, vector.Input("floor_m2").GetDecimal() - flat] : [70],
            AirportWeight.Area);
        Near([vector.Expected("value").GetDecimal()], [allocation.Exact[vector.Input("floor").GetInt32() - 1]]);
    }

    // Floor i costs base + perFloor × i by itself.
    private static Allocation OwenOf(JsonElement vector, Func<int, decimal[]> areasOn, AirportWeight weight = AirportWeight.Household)
    {
        int floors = vector.Input("floors").GetInt32();
        long CostOf(int floor) => 100 * (vector.Input("base").GetInt64() + (vector.Input("per_floor").GetInt64() * floor));
        HouseholdRegister building = Given.Building([.. Enumerable.Range(1, floors).SelectMany(floor =>
            areasOn(floor).Select((area, flat) => Given.Household($"{floor}-{flat}", floor, area)))]);
        AirportRule rule = Given.Airport(AirportMethod.Shapley, Enumerable.Range(1, floors).Select(floor => (floor, CostOf(floor)))) with { By = AirportBy.Floor, Weight = weight };
        return Seen.Run(building, Given.Fen(CostOf(floors)), Given.Scheme(rule));
    }

    private static JsonElement Only(string kind) => VectorFile.Sharing.Values.Single(vector => vector.Kind() == kind);

    private static int IndexOn(HouseholdRegister building, int floor) =>
        building.Households.Select((household, i) => (household, i)).First(pair => pair.household.Floor.Number == floor).i;

    private static void Near(decimal[] yuan, IReadOnlyList<Fraction> fen)
    {
        Assert.Equal(yuan.Length, fen.Count);
        for (int i = 0; i < yuan.Length; i++)
        {
            decimal actual = (decimal)fen[i].Numerator / (decimal)fen[i].Denominator / 100;
            Assert.InRange(actual - yuan[i], -0.000_000_001m, 0.000_000_001m);
        }
    }
}
