using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Streets;
using CostShare.Grains.Tests.Schemes;

namespace CostShare.Grains.Tests.Streets;

/// <summary>What stairs add up to.</summary>
public class StreetFiguresTests
{
    [Fact]
    public void Figures_of_a_street_are_those_of_its_stairs_counted_one_by_one()
    {
        for (int seed = 1; seed <= RandomCase.Count / 50; seed++)
        {
            (BuildingSummary[] stairs, PolicyBook policies) = RandomStair.Many(seed, 30);
            StreetFigures figures = Figures(Added(stairs, policies));
            Assert.Equal(stairs.Length, figures.Stairs);
            Assert.Equal(
                [stairs.Count(stair => stair.Stage is null), .. Enum.GetValues<Stage>().Select(stage => stairs.Count(stair => stair.Stage == stage))],
                [
                    figures.Stages.NotStarted, figures.Stages.Consulting, figures.Stages.Applying, figures.Stages.PublicNotice, figures.Stages.Construction, figures.Stages.Acceptance,
                    figures.Stages.InUse, figures.Stages.Upkeep,
                ]);
            Assert.Equal(
                [stairs.Count(stair => stair.Feasibility is null), .. Enum.GetValues<Feasibility>().Select(feasibility => stairs.Count(stair => stair.Feasibility == feasibility))],
                [figures.Feasibility.NotAssessed, figures.Feasibility.Suitable, figures.Feasibility.Hard, figures.Feasibility.Unsuitable]);
            int signed = stairs.Count(stair => stair.SignedOn is not null);
            Assert.Equal(signed, figures.Signed);
            Assert.Equal(stairs.Length == 0 ? null : Math.Round(100m * signed / stairs.Length, 1, MidpointRounding.AwayFromZero).ToString("F1", CultureInfo.InvariantCulture), figures.SigningPercent);
            Assert.Equal(stairs.Count(stair => stair.Stage is Stage.Construction or Stage.Acceptance), figures.UnderConstruction);
            Assert.Equal(stairs.Count(stair => stair.Stage is Stage.InUse or Stage.Upkeep), figures.InUse);
            Assert.Equal(stairs.Sum(stair => stair.Households?.Number ?? 0), figures.Households);
            Assert.Equal(stairs.Sum(stair => stair.Costs.Sum(line => line.Amount.Fen)), figures.TotalCost.Fen);
            Assert.Equal(stairs.Sum(stair => stair.Billed?.Fen ?? 0), figures.Billed.Fen);
            FundingResult?[] results = [.. stairs.Select(stair => Run(stair, policies))];
            Assert.Equal(results.Count(result => result is null), figures.NotReckoned);
            Assert.Equal(results.Sum(result => result?.SelfFunded.Fen ?? 0), figures.SelfFunded.Fen);
        }
    }

    [Fact]
    public void Subsidies_close_by_policy_whatever_the_layers()
    {
        int split = 0;
        for (int seed = 1; seed <= RandomCase.Count / 50; seed++)
        {
            (BuildingSummary[] stairs, PolicyBook policies) = RandomStair.Many(seed, 30);
            StreetFigures figures = Figures(Added(stairs, policies));
            Assert.Equal(figures.Subsidies.OrderBy(figure => figure.Policy is null).ThenBy(figure => figure.Policy?.Value, StringComparer.Ordinal).ThenBy(figure => figure.Layer is null).ThenBy(figure => figure.Layer), figures.Subsidies);
            foreach (IGrouping<string?, SubsidyFigure> policy in figures.Subsidies.GroupBy(figure => figure.Policy?.Value))
            {
                split += policy.Count() > 1 ? 1 : 0;
                SubsidyStanding[] standings = [.. stairs.SelectMany(stair => stair.Subsidies
                    .Where(standing => (stair.Funding.Single(source => source.Id == standing.Source) as PolicySource)?.Policy.Value == policy.Key))];
                Assert.Equal(standings.Sum(standing => standing.Planned?.Fen ?? 0), policy.Sum(figure => figure.Planned.Fen));
                Assert.Equal(standings.Sum(standing => standing.Claimed?.Fen ?? 0), policy.Sum(figure => figure.Claimed.Fen));
                Assert.Equal(standings.Sum(standing => standing.Granted?.Fen ?? 0), policy.Sum(figure => figure.Granted.Fen));
                Assert.Equal(standings.Sum(standing => standing.Paid?.Fen ?? 0), policy.Sum(figure => figure.Paid.Fen));
                long rule = stairs.Sum(stair => Run(stair, policies)?.Sources.Where((_, i) => (stair.Funding[i] as PolicySource)?.Policy.Value == policy.Key).Sum(source => source.Amount.Fen) ?? 0);
                Assert.Equal(policy.Key is null ? 0 : rule, policy.Sum(figure => figure.Rule.Fen));
            }
        }
        Assert.True(split > RandomCase.Count / 100, "Too few subsidies are paid by several.");
    }

    [Theory] // 240,000 by the city and 60,000 by the district: 4 to 1.
    [InlineData(30_000_000, 24_000_000, 6_000_000)]
    [InlineData(3, 2, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(0, 0, 0)]
    public void A_recorded_sum_is_split_as_the_rule_has_its_layers_give(long recorded, long city, long district)
    {
        SubsidyRule rule = Stairs.Rule(Stairs.Flat(240_000) with { Layer = Layer.City }, Stairs.Flat(60_000) with { Layer = Layer.District });
        StreetFigures figures = Figures(Added([Stairs.Of("a", 700_000, Stairs.Recorded(granted: Given.Fen(recorded)))], Stairs.Book(rule)));
        Assert.Equal([(Layer.City, city, 24_000_000), (Layer.District, district, 6_000_000)], figures.Subsidies.Select(figure => (figure.Layer!.Value, figure.Granted.Fen, figure.Rule.Fen)));
    }

    [Fact]
    public void A_recorded_sum_is_nobodys_where_neither_the_rule_nor_its_parts_tell()
    {
        SubsidyRule rule = Stairs.Rule(Stairs.Flat(0) with { Layer = Layer.City }, Stairs.Flat(0) with { Layer = Layer.District });
        StreetFigures figures = Figures(Added([Stairs.Of("a", 700_000, Stairs.Recorded(paid: Given.Yuan(5)))], Stairs.Book(rule)));
        Assert.Equal([(null, 500L)], figures.Subsidies.Where(figure => figure.Paid > Money.Zero).Select(figure => (figure.Layer, figure.Paid.Fen)));
    }

    [Fact]
    public void Offers_tell_the_layers_where_lines_need_nothing()
    {
        SubsidyRule rule = Stairs.Rule(Stairs.Flat(10) with { Layer = Layer.City }, Stairs.Flat(30) with { Layer = Layer.District });
        BuildingSummary stair = Stairs.Of("a", 0, Stairs.Recorded(paid: Given.Yuan(4)));
        Assert.Equal([(Layer.City, 100), (Layer.District, 300)], Figures(Added([stair], Stairs.Book(rule))).Subsidies.Select(figure => (figure.Layer!.Value, figure.Paid.Fen)));
    }

    [Theory]
    [InlineData(0, 35, "0.0")]
    [InlineData(28, 35, "80.0")]
    [InlineData(1, 3, "33.3")]
    [InlineData(2, 3, "66.7")]
    [InlineData(1, 16, "6.3")]
    [InlineData(35, 35, "100.0")]
    public void The_signing_rate_counts_signed_stairs_among_all(int signed, int stairs, string percent) =>
        Assert.Equal(percent, Figures(new Dictionary<string, Int128> { ["stairs"] = stairs, ["signed"] = signed }).SigningPercent);

    [Theory]
    [InlineData("37", 37)]
    [InlineData("37.5", 37, 38)]
    [InlineData("9", 100, 9, 3)]
    [InlineData("9", 100, 9, 9, 3)]
    [InlineData("0", 0, 0, 12)]
    [InlineData("10", 9, 9, 11, 100)]
    public void The_median_stands_in_the_middle(string median, params int[] days)
    {
        DateOnly began = new(2026, 1, 1);
        BuildingSummary[] stairs = [.. days.Select((day, i) => Stairs.Of($"s{i}", 1) with { Stage = Stage.Applying, StartedOn = began, SignedOn = began.AddDays(day) })];
        // Of a stair that has not signed, or whose beginning is not known, there are no days.
        BuildingSummary[] others = [Stairs.Of("x", 1) with { SignedOn = began }, Stairs.Of("y", 1) with { StartedOn = began }];
        Assert.Equal(median, Figures(Added([.. stairs, .. others], PolicyBook.Empty)).MedianDaysToSigning);
        Assert.Null(Figures(Added(others, PolicyBook.Empty)).MedianDaysToSigning);
    }

    [Fact]
    public void No_stairs_have_no_rate() => Assert.Null(Figures(new Dictionary<string, Int128>()).SigningPercent);

    [Fact]
    public void A_total_that_no_amount_can_be_is_refused_with_it()
    {
        BuildingSummary[] stairs = [Stairs.Of("a", 0) with { Costs = [Given.Cost("lift", Money.Largest)] }, Stairs.Of("b", 0.01m)];
        var faults = new FaultList();
        StreetFigures.Of(Added(stairs, PolicyBook.Empty), faults);
        Assert.Contains("StreetTotalTooLarge  totalFen=1000000000000001 limitFen=1000000000000000", faults.Faults.Select(Seen.Tell));
        Figures(Added(stairs[..1], PolicyBook.Empty));
    }

    [Fact]
    public void No_tally_is_nothing_and_none_stands_twice()
    {
        for (int seed = 1; seed <= RandomCase.Count / 10; seed++)
        {
            var stair = RandomStair.Of(seed);
            IReadOnlyList<Tally> tallies = Tally.Of(stair.Summary, stair.Policies);
            Assert.DoesNotContain(tallies, tally => tally.Sum == 0);
            Assert.Equal(tallies.Select(tally => tally.Key).Distinct().Order(StringComparer.Ordinal), tallies.Select(tally => tally.Key));
        }
    }

    internal static Dictionary<string, Int128> Added(IEnumerable<BuildingSummary> stairs, PolicyBook policies)
    {
        var sums = new Dictionary<string, Int128>();
        foreach (Tally tally in stairs.SelectMany(stair => Tally.Of(stair, policies))) { sums[tally.Key] = sums.GetValueOrDefault(tally.Key) + tally.Sum; }
        return sums;
    }

    private static StreetFigures Figures(IReadOnlyDictionary<string, Int128> sums)
    {
        var faults = new FaultList();
        var figures = StreetFigures.Of(sums, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return figures;
    }

    private static FundingResult? Run(BuildingSummary stair, PolicyBook policies)
    {
        var faults = new FaultList();
        FundingResult result = Waterfall.Run(stair.Costs, Place.Root, stair.Funding, _ => Place.Root, policies.Subsidies,
            new BuildingFacts { Storeys = stair.Site.Storeys, Households = stair.Households }, faults);
        return faults.Count == 0 ? result : null;
    }
}
