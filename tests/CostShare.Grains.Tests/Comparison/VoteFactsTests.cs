using System.Text.RegularExpressions;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Votes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>What the answer tells of votes and limits, to whom, and in which words.</summary>
public partial class VoteFactsTests
{
    private static readonly StatementCode[] OfVotes = [StatementCode.Support, StatementCode.AboveLimit, StatementCode.Forecast, StatementCode.Totals, StatementCode.Swing];

    private static readonly Words Said = new() { Zh = "门槛", En = "thresholds" };

    private static readonly VoteQuestion Vote = new() { Policy = new("code"), On = new DateOnly(2024, 5, 1) };

    private static PolicyBook Book(ConsentRule? rule = null) => PolicyBook.Of(
    [
        new ConsentPolicy { Id = new("code"), Name = Said, City = Said, Versions = [rule ?? Asked.CivilCode] },
        new GuidancePolicy { Id = new("ranges"), Name = Said, City = Said, Versions = [new GuidanceRule { From = new DateOnly(2020, 1, 1), Certainty = Certainty.Official, References = [], Tables = [] }] },
    ]);

    // Each pays 100 yuan.
    private static ComparisonRequest Request(PolledRegister building, VoteQuestion? vote) => new()
    {
        Building = building,
        Costs = [Given.Cost("lift", Given.Yuan(100 * building.Households.Count))],
        Schemes = [Given.Scheme(new EqualRule())],
        Vote = vote,
    };

    private static SchemeFacts Facts(PolledRegister building, VoteQuestion? vote, ConsentRule? rule = null, ComparisonParts parts = ComparisonParts.Facts)
    {
        var faults = new FaultList();
        ComparisonResult? result = Comparer.Compare(Request(building, vote), Book(rule), parts, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        SchemeFacts facts = result!.Schemes[0].Facts;
        // Bills and floors are told too, before the votes, and looked at elsewhere.
        return facts.Statements is null ? facts : facts with { Statements = [.. facts.Statements.SkipWhile(statement => !OfVotes.Contains(statement.Code))] };
    }

    private static string[] Sentences(SchemeFacts facts) => [.. facts.Statements!.SelectMany(statement => new[] { $"{statement.Code}: {statement.Sentence.Zh}", statement.Sentence.En })];

    private static PolledHousehold Household(string id, Stance? stance = null, long? limitYuan = null, params string[] owners) => Asked.Household(id, 80, stance, limitYuan * 100, owners);

    [Fact]
    public void Tallies_are_told_by_heads_and_by_area()
    {
        SchemeFacts facts = Facts(Asked.Register(
            Household("1", Stance.Yes, null, "a"), Household("2", null, null, "a"), Household("3", null, 100), Household("4", Stance.Yes, 99), Household("5", Stance.No, 1000), Household("6")), null);
        Assert.Equal(new HeadsByStance(2, 2, 1), facts.Support!.Persons);
        Assert.Equal((240_00, 160_00, 80_00), (facts.Support.Area.Yes.Hundredths, facts.Support.Area.No.Hundredths, facts.Support.Area.Undecided.Hundredths));
        Assert.Equal((1, 80_00L, 3), (facts.AboveLimit!.Households, facts.AboveLimit.Area.Hundredths, facts.AboveLimit.Stated));
        Assert.Equal((null, null), (facts.Forecast, facts.Limits));
    }

    [Fact] // Passports hold answers that must stay as they were.
    public void Nothing_is_told_unless_facts_are_asked_for()
    {
        SchemeFacts facts = Facts(Asked.Register(Household("1", Stance.Yes, 1)), Vote, parts: ComparisonParts.Derivations | ComparisonParts.Limits);
        Assert.Equal(new SchemeFacts(1), facts);
    }

    [Fact]
    public void Whoever_collected_the_limits_is_told_who_is_above_and_what_would_help()
    {
        PolledRegister building = Asked.Register(Household("1", Stance.Yes), Household("2", Stance.Yes), Household("3", null, 70), Household("4", null, 80));
        SchemeFacts facts = Facts(building, Vote, parts: ComparisonParts.Facts | ComparisonParts.Limits);
        Assert.Equal("3=3000 4=2000", string.Join(' ', facts.Limits!.Above.Select(above => $"{above.Household}={above.By.Fen}")));
        Assert.Equal((SwingState.Found, 20_00L), (facts.Limits.Swing!.State, facts.Limits.Swing.Total!.Value.Fen));
        Assert.Null(Facts(building, null, parts: ComparisonParts.Facts | ComparisonParts.Limits).Limits!.Swing);
        Assert.Equal(StatementCode.Swing, facts.Statements![^1].Code);
    }

    [Fact] // Two limits on the same side of what is paid cannot be told apart by what residents see.
    public void Residents_see_only_whether_a_limit_is_exceeded_and_nothing_else_of_it()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            PolledHousehold[] flats = [.. Enumerable.Range(0, random.Next(1, 9)).Select(i => Household($"h{i}", random.Next(3) == 0 ? Stance.Yes : null, random.Next(3) == 0 ? null : random.Next(2) * 150))];
            PolledHousehold[] others = [.. flats.Select(flat => flat.Limit is not Money limit ? flat : flat with { Limit = Given.Yuan(limit > Money.Zero ? random.Next(100, 1000) : random.Next(0, 100)) })];
            Assert.Equal(Told(flats), Told(others));
        }

        static string Told(PolledHousehold[] flats) => System.Text.Json.JsonSerializer.Serialize(Facts(Asked.Register(flats), Vote));
    }

    [Fact] // Which households stand in a set hangs on no limit's amount and on no scheme.
    public void Sets_name_only_households_that_said_nothing()
    {
        RandomVote.ForAll(500_000, 300, 10, one =>
        {
            Forecast forecast = one.Forecast();
            var silent = one.Votes.Electorate.Register.Households.Where(household => household.Limit is null && household.Stance is null or Stance.Undecided).Select(household => household.Id).ToHashSet();
            Assert.All(new[] { forecast.ToPass?.Fewest, forecast.ToPass?.LeastArea, forecast.ToBlock?.Fewest, forecast.ToBlock?.LeastArea },
                set => Assert.All(set?.Households ?? [], id => Assert.Contains(id, silent)));
        });
    }

    [Theory]
    [InlineData("code", "2020-12-31", null, "NoRuleOnThatDay /vote/on policy=code on=2020-12-31 known=2021-01-01 – …")]
    [InlineData("mars", "2024-01-01", null, "ConsentUnknown /vote/policy policy=mars")]
    [InlineData("ranges", "2024-01-01", null, "ConsentUnknown /vote/policy policy=ranges")]
    [InlineData("mars", "2024-01-01", 0L, "StatedAreaZero /vote/stated/areaM2", "ConsentUnknown /vote/policy policy=mars")]
    public void A_vote_that_cannot_be_counted_is_refused(string policy, string on, long? stated, params string[] refusals)
    {
        var vote = new VoteQuestion
        {
            Policy = new(policy),
            On = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture),
            Stated = stated is long area ? new StatedTotals { Area = TotalArea.FromHundredths(area) } : null,
        };
        var faults = new FaultList();
        Assert.Null(Comparer.Compare(Request(Asked.Register("y"), vote), Book(), ComparisonParts.None, faults));
        Assert.Equal(refusals, faults.Faults.Select(Seen.Tell));
    }

    [Fact] // Also where no facts are asked for: what is stated must be right.
    public void Faults_of_owners_are_told_with_those_of_everything_else()
    {
        var faults = new FaultList();
        ComparisonRequest request = Request(Asked.Register(Household("1", null, null, "a=1/2"), Household("1")), Vote with { Policy = new("mars") });
        Assert.Null(Comparer.Compare(request, Book(), ComparisonParts.None, faults));
        Assert.Equal(
            ["IdDuplicate /building/households/1/id id=1", "OwnedPartsDoNotClose /building/households/0/owners household=1 sum=1/2", "ConsentUnknown /vote/policy policy=mars"],
            faults.Faults.Select(Seen.Tell));
    }

    [Fact]
    public void An_open_vote_is_told_in_words()
    {
        SchemeFacts facts = Facts(Asked.Register("yyyyyyn....."), Vote);
        Assert.Equal(
        [
            "Support: 推测：同意 6 人（480.00 平方米），不同意 1 人（80.00 平方米），还没表态 5 人（400.00 平方米）。",
            "As it looks, 6 are for it (480.00 m²), 1 against (80.00 m²) and 5 undecided (400.00 m²).",
            "Forecast: 还没有定：还差 1 人、合计 80.00 平方米同意就能通过（还没表态的其他人不参加）。",
            "It is open: 1 more person with 80.00 m² together must say yes for it to pass, if the other undecided stay away.",
        ], Sentences(facts));
        Assert.Equal("投票是推测的，还没表态的先算不参加。门槛：参加的要达到 2/3，同意的要达到参加的 3/4，人数和面积都要够。只算这一个门栋。", facts.Statements![^1].Assumption.Zh);
        Assert.Equal("The votes are inferred, and the undecided stay away for now. 2/3 must take part and 3/4 of those must agree, by heads and by area. Only this stair was counted.",
            facts.Statements[^1].Assumption.En);
    }

    [Theory]
    [InlineData("yyyyyyyyy...", "能通过：还没表态的不管参加不参加、同意不同意，结果都一样。", "It passes, whatever those who are undecided do.")]
    [InlineData("nnnn........", "通不过：就算还没表态的都来同意也不够。", "It fails, even if everybody who is undecided says yes.")]
    [InlineData("yyyyyyyyn...", "现在就结束表决能通过，但还没有定：还没表态的人里，最少有 3 人不同意，就会通不过。",
        "It would pass if the vote closed now, but it is open: as few as 3 of the undecided stop it by saying no.")]
    public void Settled_and_closing_votes_are_told_in_words(string stances, string chinese, string english) =>
        Assert.Equal([$"Forecast: {chinese}", english], Sentences(Facts(Asked.Register(stances), Vote))[2..]);

    [Fact] // Whole sets may be missing by heads alone, or by area alone.
    public void Only_what_is_missing_is_told()
    {
        ConsentRule half = Asked.Rule("1/2", "1/1", ConsentBase.Participants);
        SchemeFacts heads = Facts(Asked.Register(Asked.Household("1", 200, Stance.Yes), Asked.Household("2", 10), Asked.Household("3", 10), Asked.Household("4", 10)), Vote, half);
        Assert.Equal("Forecast: 还没有定：还差 1 人同意就能通过（还没表态的其他人不参加）。", Sentences(heads)[2]);
        SchemeFacts area = Facts(Asked.Register(Asked.Household("1", 10, Stance.Yes), Asked.Household("2", 10, Stance.Yes), Asked.Household("3", 50)), Vote, half);
        Assert.Equal("Forecast: 还没有定：还差 1 人、合计 15.00 平方米同意就能通过（还没表态的其他人不参加）。", Sentences(area)[2]);
        Assert.Equal((0, 15_00L), (area.Forecast!.Registered.Missing!.Persons, area.Forecast.Registered.Missing.Area.Hundredths));
    }

    [Fact]
    public void Limits_and_payments_are_told_in_words()
    {
        PolledRegister building = Asked.Register(Household("1", Stance.Yes), Household("2", Stance.Yes), Household("3", null, 70), Household("4", null, 80));
        SchemeFacts facts = Facts(building, Vote, parts: ComparisonParts.Facts | ComparisonParts.Limits);
        Assert.Contains("AboveLimit: 有 2 户说了最多愿意付多少，其中 2 户要付的比这更多。", Sentences(facts));
        Assert.Contains("Of 2 households that said the most they would pay, 2 would pay more.", Sentences(facts));
        Assert.Equal(
            ["Swing: 如果另外补给 1 户一共 20.00 元，让他们不超过自己所说的上限，就能通过；再少就不够。",
             "It would pass if 1 household were paid 20.00 yuan in all, so that they stay within their limits; less is not enough."], Sentences(facts)[^2..]);
        SchemeFacts none = Facts(Asked.Register(Household("1", null, 100)), null);
        Assert.Equal(["AboveLimit: 有 1 户说了最多愿意付多少，要付的都没有超过。", "Of 1 household that said the most they would pay, none pays more."], Sentences(none)[2..]);
        Assert.Empty(Facts(Asked.Register(Household("1")), null).Statements!);
    }

    [Fact] // Guangzhou: the wrong denominator.
    public void Two_totals_are_told_side_by_side()
    {
        VoteQuestion vote = Vote with { Stated = new StatedTotals { Area = TotalArea.FromHundredths(207_075_84) } };
        Assert.Equal(
            ["Totals: 参加的面积，按公示的 207,075.84 平方米是约 53.00%，按登记的 226,421.09 平方米是约 48.47%。",
             "Those who take part are about 53.00% by area of the published 207,075.84 m², about 48.47% of the registered 226,421.09 m²."],
            Sentences(Facts(Asked.Register(ForecastTests.Garden), vote))[^2..]);
        // Where all must agree of all by a half, the notice would have carried it.
        Assert.Equal(
            ["Totals: 同意的面积，按公示的 207,075.84 平方米是约 53.00%，按登记的 226,421.09 平方米是约 48.47%；结果也不同：按公示的能通过，按登记的还没有定。",
             "Those who agree are about 53.00% by area of the published 207,075.84 m², about 48.47% of the registered 226,421.09 m². The outcome differs: it passes as published, it is open as registered."],
            Sentences(Facts(Asked.Register(ForecastTests.Garden), vote, Asked.Rule(null, "1/2", ConsentBase.All)))[^2..]);
        // By heads, exactly.
        VoteQuestion heads = Vote with { Stated = new StatedTotals { Persons = Count.Of(5) } };
        Assert.Equal("Totals: 参加的人数，按公示的 5 人是 40.00%，按登记的 4 人是 50.00%。", Sentences(Facts(Asked.Register(ForecastTests.Garden), heads))[^2]);
    }

    [Theory]
    [InlineData(226_421_09L, null)]
    [InlineData(226_421_10L, null)] // The same to two decimals of a per cent.
    [InlineData(226_460_00L, "48.46%")]
    public void Totals_that_make_no_difference_are_not_spoken_of(long stated, string? percent)
    {
        VoteQuestion vote = Vote with { Stated = new StatedTotals { Area = TotalArea.FromHundredths(stated) } };
        string? told = Facts(Asked.Register(ForecastTests.Garden), vote).Statements!.SingleOrDefault(statement => statement.Code == StatementCode.Totals)?.Sentence.Zh;
        if (percent is null) { Assert.Null(told); }
        else { Assert.Contains(percent, told, StringComparison.Ordinal); }
        // Of those who take part totals say nothing.
        Assert.DoesNotContain(Facts(Asked.Register(ForecastTests.Garden), vote, Asked.Rule(null, "1/2", ConsentBase.Participants)).Statements!, statement => statement.Code == StatementCode.Totals);
    }

    [Fact] // A threshold that is just met by one total and just missed by the other, a thousandth of a per cent apart.
    public void Totals_that_change_whether_a_threshold_is_met_are_told_however_small_the_difference()
    {
        PolledRegister building = Asked.Register(Asked.Household("1", 50_000, Stance.Yes), Asked.Household("2", 50_000.01m));
        VoteQuestion vote = Vote with { Stated = new StatedTotals { Area = TotalArea.FromHundredths(100_000_00) } };
        Assert.Equal("Totals: 参加的面积，按公示的 100,000.00 平方米是 50.00%，按登记的 100,000.01 平方米是约 50.00%。",
            Sentences(Facts(building, vote, Asked.Rule("1/2", "1/2", ConsentBase.Participants)))[^2]);
    }

    [Fact]
    public void A_rule_of_the_whole_building_says_that_only_the_stair_was_counted()
    {
        ConsentRule rule = Asked.Rule(null, "9/10", ConsentBase.All, noObjection: true) with { Body = ConsentBody.Building };
        Words assumption = Facts(Asked.Register("yy.."), Vote, rule).Statements![^1].Assumption;
        Assert.Equal("投票是推测的，还没表态的先算不参加。门槛：同意的要达到全体 9/10，人数和面积都要够，有一人不同意就通不过。规定要算整栋楼，这里只算了这一个门栋。", assumption.Zh);
        Assert.Equal("The votes are inferred, and the undecided stay away for now. 9/10 of all must agree, by heads and by area, and one no stops it. "
            + "The rule counts the whole building; here only this stair was counted.", assumption.En);
    }

    [Fact]
    public void Every_sentence_is_short_enough_and_names_no_household()
    {
        var large = Asked.Register(Enumerable.Range(0, 300).Select(i => Asked.Household($"household-{i}", 99_999.99m, i % 3 == 0 ? Stance.Yes : null, i % 5 == 0 ? 1 : null)));
        VoteQuestion vote = Vote with { Stated = new StatedTotals { Area = TotalArea.FromHundredths(TotalArea.LargestHundredths), Persons = Count.Of(10_000) } };
        foreach (ConsentRule rule in new[] { Asked.CivilCode, Asked.Rule("9999/10000", "9999/10000", ConsentBase.All, true) with { Body = ConsentBody.Building }, Asked.Rule("1/10000", "1/10000", ConsentBase.All) })
        {
            IReadOnlyList<Statement> statements = Facts(large, vote, rule, ComparisonParts.Facts | ComparisonParts.Limits).Statements!;
            Assert.Contains(statements, statement => statement.Code == StatementCode.Totals);
            foreach (string text in statements.SelectMany(statement => new[] { statement.Sentence.Zh, statement.Sentence.En, statement.Assumption.Zh, statement.Assumption.En }))
            {
                Assert.InRange(text.Length, 1, 500);
                Assert.DoesNotContain("household-", text, StringComparison.Ordinal);
            }
            Assert.All(statements, statement => Assert.DoesNotMatch(Chinese(), statement.Sentence.En + statement.Assumption.En));
        }
    }

    [GeneratedRegex("[\u4e00-\u9fff]")]
    private static partial Regex Chinese();
}
