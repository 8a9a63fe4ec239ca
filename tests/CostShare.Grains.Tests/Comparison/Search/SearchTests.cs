using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison.Search;

/// <summary>Searches by hand.</summary>
public class SearchTests
{
    // Three flats and 6,000 yuan; they would pay 1,000, 2,000 and 3,000.
    private static readonly SearchRequest Three = Hand.Request(6_000_00, (1, 1_000_00), (2, 2_000_00), (3, 3_000_00)) with
    {
        Family = new SchemeFamily
        {
            Coefficients = new CoefficientFamily { FirstFloor = new FloorRange { From = Floor.Of(1) }, Base = Range(1, 1, null), Step = Range(0, 1, 0.5m), SharedBy = [SharedBy.Household] },
            Blend = new BlendFamily { With = [BlendRule.Height], Step = Given.Percent(50) },
        },
    };

    [Fact]
    public void The_scheme_that_all_can_pay_beats_all_others()
    {
        SearchResult result = Hand.Search(Three).Result();
        // Height alone, and three steps, each alone and half by height.
        Assert.Equal((7, 0, 1, true), (result.Family, result.Refused, result.Frontier, result.Complete));
        FoundScheme found = Assert.Single(result.Schemes);
        Assert.Equal("系数 1，每高一层加 1，按户分摊", found.Description.Zh);
        Assert.Equal("Coefficient 1 and 1 more per floor, shared by household", found.Description.En);
        Assert.Equal([1_000_00, 2_000_00, 3_000_00], found.Amounts.Select(amount => amount.Amount.Fen));
        Assert.Equal((3, 0, 0), (found.Values.Support.Persons.Yes, found.Values.AboveLimit.Households, found.Values.Complexity));
        Assert.Equal([Criterion.SupportByPersons, Criterion.SupportByArea, Criterion.AboveLimit, Criterion.Complexity], result.Criteria);
        Assert.Null(found.Values.WorstSubsidy);
    }

    [Fact]
    public void A_subsidy_that_is_not_asked_about_beats_nothing_and_one_that_is_does()
    {
        SearchRequest request = Three with { StandAlone = new StatedStandAloneCosts { Amounts = Given.ByFloor((1, Money.Zero), (2, Given.Yuan(1_000)), (3, Given.Yuan(2_000))) } };
        SearchResult result = Hand.Search(request).Result();
        // A lift to the second floor would cost half of the whole, 3,000. By height the ground floor pays nothing, the second 2,000: no subsidy, but the third is above its limit with 4,000. Under 1:2:3 the ground floor
        // pays 1,000 for a lift that it does not need.
        Assert.Equal(["0 above, 1000 yuan", "1 above, 0 yuan"], result.Schemes.Select(scheme => $"{scheme.Values.AboveLimit.Households} above, {scheme.Values.WorstSubsidy! / 100} yuan"));
        Assert.Equal(2, result.Frontier);
        Assert.Contains(Criterion.WorstSubsidy, result.Criteria);
    }

    [Fact] // Half a yuan, and a thousandth of a percentage point.
    public void A_little_counts_as_one_and_nothing_as_nothing()
    {
        // The ground floor pays 50 fen of 100 for a lift that it does not need, or nothing by a scheme that is harder to explain.
        SearchRequest request = Hand.Request(1_00, (1, null), (2, null)) with
        {
            Family = new SchemeFamily
            {
                Coefficients = new CoefficientFamily { FirstFloor = new FloorRange { From = Floor.Of(2) }, Base = Range(1, 1, null), Step = Range(0, 0, null), SharedBy = [SharedBy.Area] },
                Blend = new BlendFamily { With = [BlendRule.Equal], Step = Given.Percent(100) },
            },
        };
        Assert.Equal([1], Hand.Search(request).Result().Schemes.Select(scheme => scheme.Number));
        var costs = new StatedStandAloneCosts { Amounts = Given.ByFloor((1, Money.Zero), (2, Given.Fen(1))) };
        Assert.Equal(["2: 0", "1: 50"], Hand.Search(request with { StandAlone = costs }).Result().Schemes.Select(scheme => $"{scheme.Number}: {scheme.Values.WorstSubsidy}"));

        var guidance = new Guidance { Policy = new("ranges"), On = new DateOnly(2024, 1, 1) };
        PolicyBook policies = PolicyBook.Of([new GuidancePolicy
        {
            Id = guidance.Policy,
            Name = new() { Zh = "区间", En = "Ranges" },
            City = new() { Zh = "某市", En = "Some city" },
            Versions =
            [
                new GuidanceRule
                {
                    From = guidance.On,
                    Certainty = Certainty.Official,
                    References = [Given.Paper("a paper", Certainty.Official)],
                    Tables =
                    [
                        new GuidanceTable
                        {
                            Storeys = Floor.Of(2),
                            Floors = Given.ByFloor((1, new PercentageRange { Low = Given.Percent(0), High = Given.Percent(49.999m) }), (2, new PercentageRange { Low = Given.Percent(50), High = Given.Percent(100) })),
                        },
                    ],
                },
            ],
        }]);
        SchemeSearch search = SchemeSearch.Of(request with { Guidance = guidance }, policies, new FaultList())!;
        search.Advance(2);
        Assert.Equal(["2: 0", "1: 1/1000"], search.Result().Schemes.Select(scheme => $"{scheme.Number}: {scheme.Values.GuidanceDistance}"));
    }

    [Fact] // A limit that is kept to by a fen, and a flat of the same owners that is not.
    public void A_head_agrees_only_if_all_its_flats_do()
    {
        Owner[] both = [new() { Person = new("a") }, new() { Person = new("b") }];
        SearchRequest request = Hand.Request(6_000_00, (1, 2_000_00), (2, 1_999_99), (3, null));
        PolledHousehold[] flats = [.. request.Building.Households];
        SearchResult apart = Hand.Search(request).Result();
        Assert.Equal(new HeadsByStance(1, 1, 1), apart.Schemes[0].Values.Support.Persons);
        request = request with { Building = request.Building with { Households = [flats[0] with { Owners = both }, flats[1] with { Owners = [both[1], both[0]] }, flats[2] with { Stance = Stance.Yes }] } };
        Assert.Equal(new HeadsByStance(1, 1, 0), Hand.Search(request).Result().Schemes[0].Values.Support.Persons);
    }

    [Fact]
    public void Of_equals_the_first_of_the_family_is_told()
    {
        // Two flats on one floor: all coefficients share alike.
        SearchRequest request = Hand.Request(1_000_00, (2, null), (2, null)) with
        {
            Family = new SchemeFamily { Coefficients = new CoefficientFamily { FirstFloor = new FloorRange { From = Floor.Of(1), To = Floor.Of(2) }, Base = Range(1, 3, 1), Step = Range(0, 2, 1), SharedBy = [SharedBy.Household] } },
        };
        SearchResult result = Hand.Search(request).Result();
        // 1:0, 1:1, 1:2, 2:1, 3:1 and 3:2 are unlike; 2:0, 2:2, 3:0 share as an earlier pair does.
        Assert.Equal((2 * 6, 1, 1), (result.Family, result.Frontier, Assert.Single(result.Schemes).Number));
    }

    [Fact]
    public void What_cannot_be_carried_out_is_counted_and_takes_no_part()
    {
        SearchRequest request = Hand.Request(3_000_00, (1, null), (2, null), (3, null)) with
        {
            Family = new SchemeFamily
            {
                Coefficients = new CoefficientFamily { FirstFloor = new FloorRange { From = Floor.Of(1), To = Floor.Of(3) }, Base = Range(0, 1, 1), Step = Range(0, 0, null), SharedBy = [SharedBy.Household] },
                Caps = [Given.Yuan(1_000), Given.Yuan(1_500), Given.Fen(999_99)],
            },
        };
        SearchResult result = Hand.Search(request).Result();
        // Without any coefficient nobody pays: 3 × 4. A cap of 1,000 is enough for three payers, 1,500 for two, 999.99 for nobody.
        Assert.Equal((3 * 2 * 4, 12 + 1 + 2 + 3), (result.Family, result.Refused));
    }

    [Fact]
    public void Nobody_rides_where_all_live_on_the_ground() => Assert.Equal(1, Hand.Search(Hand.Request(1_000_00, (1, null)) with
    {
        Family = new SchemeFamily { Blend = new BlendFamily { With = [BlendRule.Equal, BlendRule.Height], Step = Given.Percent(100) } },
    }).Result().Refused);

    [Fact]
    public void As_many_are_listed_as_were_asked_for()
    {
        SearchRequest request = Three with { StandAlone = new StatedStandAloneCosts { Amounts = Given.ByFloor((1, Money.Zero), (2, Given.Yuan(1_000)), (3, Given.Yuan(2_000))) } };
        SearchResult all = Hand.Search(request).Result(), one = Hand.Search(request with { Most = ListedSchemes.Of(1) }).Result();
        Assert.Equal((2, 2, 1), (all.Schemes.Count, one.Frontier, one.Schemes.Count));
        Assert.Equal(all.Schemes[0].Number, one.Schemes[0].Number);
    }

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(1_000, 3)]
    public void What_finds_no_room_is_counted(int held, int exact)
    {
        SearchRequest request = Three with { StandAlone = new StatedStandAloneCosts { Amounts = Given.ByFloor((1, Money.Zero), (2, Given.Yuan(1_000)), (3, Given.Yuan(2_000))) } };
        SchemeSearch search = SchemeSearch.Of(request, Hand.NoPolicies, held, exact, new FaultList())!;
        search.Advance(search.Total);
        SearchResult result = search.Result();
        Assert.False(result.Complete);
        Assert.InRange(result.LeftOut, 1, 6);
        Assert.InRange(result.Schemes.Count, 1, held);
        Assert.InRange(search.Exact, 1, exact / 3);
    }

    [Fact]
    public void Nothing_more_is_looked_at_than_there_is()
    {
        SchemeSearch search = SchemeSearch.Of(Three, Hand.NoPolicies, new FaultList())!;
        search.Advance(0);
        Assert.Equal(0, search.Done);
        search.Advance(int.MaxValue);
        search.Advance(1);
        Assert.Equal((7, 7), (search.Done, search.Total));
    }

    [Theory]
    [InlineData(1, "系数 0.5，每高一层加 0.25，先按层，层内均摊；系数 40%、均摊 20%、面积 20%、楼层高度 20%；每户最多 1,234,567.89 元",
        "Coefficient 0.5 and 0.25 more per floor, shared by floor, equally within; coefficients 40 %, equal 20 %, area 20 %, height 20 %; at most 1,234,567.89 yuan each")]
    [InlineData(2, "2 层起付，系数 0.5，每高一层加 0.25，先按层，层内均摊；系数 40%、均摊 20%、面积 20%、楼层高度 20%；每户最多 1,234,567.89 元",
        "From floor 2 on: coefficient 0.5 and 0.25 more per floor, shared by floor, equally within; coefficients 40 %, equal 20 %, area 20 %, height 20 %; at most 1,234,567.89 yuan each")]
    public void A_scheme_is_told_in_words(int first, string chinese, string english)
    {
        var asked = new SchemeFamily
        {
            Coefficients = new CoefficientFamily { FirstFloor = new FloorRange { From = Floor.Of(first) }, Base = Range(0.5m, 0.5m, null), Step = Range(0.25m, 0.25m, null), Within = [Within.Equal] },
            Blend = new BlendFamily { With = [BlendRule.Height, BlendRule.Area, BlendRule.Equal], Step = Given.Percent(20) },
            Caps = [Given.Fen(123_456_789)],
            Uncapped = false,
        };
        Family family = Family.Of(asked, Floor.Of(6), Place.Root, new FaultList())!;
        int blend = Array.FindIndex(family.With, parts => parts == new BlendParts(40_000_000, 20_000_000, 20_000_000, 20_000_000));
        Assert.Equal((chinese, english), (FamilyWords.Of(family, 0, blend, 0).Zh, FamilyWords.Of(family, 0, blend, 0).En));
    }

    [Theory]
    [InlineData(1.0, 2.0, 0.5, 3)]
    [InlineData(1.0, 1.9, 0.5, 2)]
    [InlineData(1.0, 1.0, null, 1)]
    [InlineData(0.5, 0.999, 0.001, 500)]
    public void A_range_has_so_many_coefficients(double from, double to, double? step, int count)
    {
        var asked = new SchemeFamily { Coefficients = new CoefficientFamily { FirstFloor = new FloorRange { From = Floor.Of(1) }, Base = Range((decimal)from, (decimal)to, (decimal?)step), Step = Range(0.000001m, 0.000001m, null) } };
        Assert.Equal(count, Family.Of(asked, Floor.Of(6), Place.Root, new FaultList())!.Size);
    }

    [Theory]
    [InlineData(0.5, 1, 0.001, "RangeTooLong /base count=501 limit=500")]
    [InlineData(0.5, 1, null, "RangeStepMissing /base")]
    [InlineData(0.5, 0.25, 0.1, "RangeFalls /base from=0.5 to=0.25")]
    public void A_range_that_is_none_is_refused(double from, double to, double? step, string refusal)
    {
        var faults = new FaultList();
        var asked = new SchemeFamily { Coefficients = new CoefficientFamily { FirstFloor = new FloorRange { From = Floor.Of(1) }, Base = Range((decimal)from, (decimal)to, (decimal?)step), Step = Range(0, 0, null) } };
        Assert.Null(Family.Of(asked, Floor.Of(6), Place.Root, faults));
        Assert.Equal([refusal.Replace("/base", "/coefficients/base", StringComparison.Ordinal)], faults.Faults.Select(Seen.Tell));
    }

    [Theory]
    [InlineData(1, null, 176_851)]
    [InlineData(10, null, 286)]
    [InlineData(12.5, null, 165)]
    [InlineData(100, null, 4)]
    [InlineData(0.5, "BlendStepUneven /blend/stepPercent percent=0.5", 0)]
    [InlineData(3, "BlendStepUneven /blend/stepPercent percent=3", 0)]
    [InlineData(0, "BlendStepUneven /blend/stepPercent percent=0", 0)]
    public void A_blend_has_so_many_parts(double step, string? refusal, int count)
    {
        var faults = new FaultList();
        var asked = new SchemeFamily
        {
            Coefficients = new CoefficientFamily { FirstFloor = new FloorRange { From = Floor.Of(1) }, Base = Range(1, 1, null), Step = Range(0, 0, null) },
            Blend = new BlendFamily { With = [BlendRule.Equal, BlendRule.Area, BlendRule.Height], Step = Given.Percent((decimal)step) },
        };
        // As many as there are ways to write the number of steps as a sum of four.
        Assert.Equal(count, Family.Of(asked, Floor.Of(6), Place.Root, faults)?.Size ?? 0);
        Assert.Equal(refusal is null ? [] : [refusal], faults.Faults.Select(Seen.Tell));
    }

    private static CoefficientRange Range(decimal from, decimal to, decimal? step) =>
        new() { From = Given.Coefficient(from), To = Given.Coefficient(to), Step = step is decimal number ? Given.Coefficient(number) : null };
}
