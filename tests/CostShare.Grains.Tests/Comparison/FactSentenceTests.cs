using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison;

public class FactSentenceTests
{
    private static readonly HouseholdRegister Pair = Given.Building(Given.Household("101", 1, 50), Given.Household("201", 2, 100));

    [Fact]
    public void Bills_are_told_in_plain_words()
    {
        SchemeFacts facts = Told.Stated(Given.Building(2, 2), 1_000_00, 1_000_00, 2_500_00, 2_500_01);
        Assert.Equal(
            [("付得最多的是 2,500.01 元（202），付得最少的是 1,000.00 元（101 等 2 户）；一半的住户付的不超过 1,750.00 元。",
                "The most that anybody pays is 2,500.01 yuan (202), the least 1,000.00 yuan (101 and 1 more); half of the households pay no more than 1,750.00 yuan.")],
            facts.Sentences(StatementCode.BillRange));
        Assert.Equal([("付得最多的一户付的是居中一户的约 1.43 倍。", "The household that pays most pays about 1.43 times what the one in the middle pays.")], facts.Sentences(StatementCode.Spread));
        Assert.Equal(
            [("摊到每平方米，最多的付约 35.71 元（202），最少的付约 14.29 元（101 等 2 户）。",
                "For each square metre the most that anybody pays is about 35.71 yuan (202), the least about 14.29 yuan (101 and 1 more).")],
            facts.Sentences(StatementCode.PerSquareMetreRange));
        Assert.Equal(
            [("最高的 2 楼有 2 户参加，合计付 5,000.01 元，占全部的约 71.43%。", "On floor 2, the highest, 2 households join and pay together 5,000.01 yuan, about 71.43% of all.")],
            facts.Sentences(StatementCode.TopFloorPart));
        Assert.Equal(
            [("各户付的钱相差多少，用一个数表示是约 0.214（基尼系数：0 是大家付得一样多，越接近 1 相差越大）。",
                "How far apart the bills are, in one number: about 0.214 (the Gini coefficient: 0 where all pay the same, the closer to 1 the further apart).")],
            facts.Sentences(StatementCode.Inequality));
        Assert.Equal(
            ("只算参加的 4 户，按每户实际要付的钱，就是账单减去补偿和减免。", "Of the 4 households that join, by what each pays: its bill less its compensation and its relief."),
            facts.Assumption(StatementCode.BillRange));
        Assert.Empty(facts.Sentences(StatementCode.AlikePayAlike));
    }

    [Fact]
    public void Money_received_and_a_middle_of_nought_are_told()
    {
        Scheme scheme = Given.Scheme(new EqualRule(), new Compensation { Household = Given.Id("101"), Amount = Given.Yuan(100) }, new Exemption { Household = Given.Id("101") });
        SchemeFacts facts = Told.Facts(Given.Request(Pair, Money.Zero, scheme))[0];
        Assert.Equal(
            [("付得最多的是 100.00 元（201），付得最少的是 -100.00 元（101）；一半的住户付的不超过 0.00 元。负数是收到的钱。",
                "The most that anybody pays is 100.00 yuan (201), the least -100.00 yuan (101); half of the households pay no more than 0.00 yuan. A minus means money received.")],
            facts.Sentences(StatementCode.BillRange));
        Assert.Equal([("居中的一户不用付钱，付得最多的一户是它的无穷多倍。", "The household in the middle pays nothing, so the one that pays most pays infinitely many times as much.")],
            facts.Sentences(StatementCode.Spread));
        Assert.Equal([("最高的 2 楼有 1 户参加，付 100.00 元。", "On floor 2, the highest, 1 household joins and pays 100.00 yuan.")], facts.Sentences(StatementCode.TopFloorPart));
        Assert.Empty(facts.Sentences(StatementCode.Inequality));
        // Nobody pays anything: there is no most that would be infinitely many times it.
        Assert.Empty(Told.Stated(Pair, 0, 0).Sentences(StatementCode.Spread));
        Assert.Equal("Of the 1 household that joins, by what each pays: its bill less its compensation and its relief.",
            Told.Stated(Given.Building(1, 1), 5).Assumption(StatementCode.BillRange).En);
    }

    [Fact]
    public void Order_is_told_as_kept_broken_or_only_rounded()
    {
        Assert.Equal([("没有哪一户比楼上的住户付得多。", "Nobody pays more than somebody on a higher floor.")], Told.Stated(Pair, 1, 1).Sentences(StatementCode.FloorOrder));
        Assert.Equal(
            [("摊到每平方米，有 1 户比楼上的住户付得多；相差最大的是 1 楼的 101 付 0.02 元，2 楼的 201 付 0.01 元。",
                "1 household pays more for each square metre than somebody on a higher floor; furthest apart are 101 on floor 1, which pays 0.02 yuan, and 201 on floor 2, which pays 0.01 yuan.")],
            Told.Stated(Pair, 100, 100).Sentences(StatementCode.FloorOrderPerSquareMetre));
        SchemeFacts rounded = Told.Facts(Given.Request(Given.Building(3, 1), Given.Fen(100), Given.Scheme(new EqualRule())))[0];
        Assert.Equal([("除了取整的零头，没有哪一户比楼上的住户付得多。", "But for what comes from rounding, nobody pays more than somebody on a higher floor.")],
            rounded.Sentences(StatementCode.FloorOrder));
        Assert.Equal([("摊到每平方米，除了取整的零头，没有哪一户比楼上的住户付得多。", "But for what comes from rounding, nobody pays more for each square metre than somebody on a higher floor.")],
            rounded.Sentences(StatementCode.FloorOrderPerSquareMetre));
    }

    [Fact]
    public void Equals_are_told()
    {
        SchemeFacts facts = Told.Facts(Given.Request(Given.Building(1, 3), Given.Fen(100), Given.Scheme(new EqualRule())))[0];
        Assert.Equal([("条件相同的住户最多相差 0.01 元，是取整的零头：101 付 0.34 元，102 付 0.33 元。",
            "Households that are alike are at most 0.01 yuan apart, which comes from rounding: 101 pays 0.34 yuan, 102 pays 0.33 yuan.")], facts.Sentences(StatementCode.AlikePayAlike));
        Assert.StartsWith("只比较参加的住户里楼层、面积、用途、入户方式和房型都相同的 3 户", facts.Assumption(StatementCode.AlikePayAlike).Zh, StringComparison.Ordinal);
        Assert.Equal([("条件相同的住户付的钱一样多。", "Households that are alike pay the same.")],
            Told.Facts(Given.Request(Given.Building(1, 2), Given.Fen(100), Given.Scheme(new EqualRule())))[0].Sentences(StatementCode.AlikePayAlike));
    }

    [Fact] // The sentence for which all of this is done.
    public void Floors_that_pay_more_than_a_lift_of_their_own_are_told()
    {
        HouseholdRegister building = Given.Building(5, 1);
        ComparisonRequest request = Given.Request(building, Given.Yuan(20_000), Given.Scheme(new EqualRule())) with
        {
            StandAlone = Told.Costs((1, 3_900_00), (2, 8_000_00), (3, 11_000_00), (4, 16_000_00), (5, 20_000_00)),
        };
        SchemeFacts facts = Told.Facts(request)[0];
        Assert.Equal(
            [
                ("1 楼合计比自己单独装一部电梯多付 100.00 元。", "Together, the household on floor 1 pays 100.00 yuan more than a lift of their own would cost."),
                ("1 至 3 楼合计比自己单独装一部电梯多付 1,000.00 元。", "Together, the households on floors 1 to 3 pay 1,000.00 yuan more than a lift of their own would cost."),
            ],
            facts.Sentences(StatementCode.GroupPaysMore));
        Assert.Equal(
            ("各层单独装一部电梯要多少钱，由提问的人给出；1 楼是 3,900.00 元。最高一层的费用正好等于各户合计要付的钱，没有换算。按取整前应付的钱比较。",
                "What a lift up to each floor would cost was stated by who asks; for floor 1 it is 3,900.00 yuan. That of the highest floor is just what all pay together, so nothing was scaled. Shares before rounding are compared."),
            facts.Assumption(StatementCode.GroupPaysMore));
        Assert.Empty(facts.Sentences(StatementCode.NoGroupPaysMore));
        Assert.Empty(facts.Sentences(StatementCode.StabilityNotTested));
    }

    [Fact]
    public void Of_many_groups_the_worst_ten_are_told_from_the_lowest_up()
    {
        // Everybody pays the same, and all but the highest floor would cost next to nothing: the higher the floor, the worse.
        HouseholdRegister building = Given.Building(13, 1);
        ComparisonRequest request = Given.Request(building, Given.Yuan(13_000), Given.Scheme(new EqualRule())) with
        {
            StandAlone = Told.Costs([.. Enumerable.Range(1, 13).Select(floor => (floor, floor == 13 ? 1_300_000L : 1))]),
        };
        (string Zh, string En)[] told = Told.Facts(request)[0].Sentences(StatementCode.GroupPaysMore);
        Assert.Equal(Enumerable.Range(3, 10).Select(floor => $"1 至 {floor} 楼合计比自己单独装一部电梯多付 {floor - 1},999.99 元。"), told.Select(sentence => sentence.Zh));
    }

    [Theory]
    [InlineData(1_000, "没有哪几层楼合起来付的钱，比自己单独装一部电梯还多；最接近的是 2 楼，付的正好一样多。", "It is closest for the household on floor 2: they pay just as much.")]
    [InlineData(1_250, "没有哪几层楼合起来付的钱，比自己单独装一部电梯还多；最接近的是 2 楼，还少付 2.50 元。", "It is closest for the household on floor 2: they pay 2.50 yuan less.")]
    public void Where_none_do_the_closest_are_told(long cost, string chinese, string english)
    {
        HouseholdRegister building = Given.Building(Given.Household("201", 2), Given.Household("301", 3));
        SchemeFacts facts = Told.Facts(Given.Request(building, Given.Fen(2_000), Given.Scheme(new EqualRule())) with { StandAlone = Told.Costs((2, cost), (3, 2_000)) })[0];
        (string zh, string en) = Assert.Single(facts.Sentences(StatementCode.NoGroupPaysMore));
        Assert.Equal(chinese, zh);
        Assert.EndsWith(english, en, StringComparison.Ordinal);
        Assert.StartsWith("各层单独装一部电梯要多少钱，由提问的人给出；1 楼没有给出。", facts.Assumption(StatementCode.NoGroupPaysMore).Zh, StringComparison.Ordinal);
        Assert.StartsWith("What a lift up to each floor would cost was stated by who asks; nothing was stated for floor 1. ", facts.Assumption(StatementCode.NoGroupPaysMore).En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_without_some_of_its_floors_is_told_by_who_pays_most_and_the_model_with_its_numbers()
    {
        var model = new StandAloneModel { Fixed = Given.Yuan(90), PerStop = Given.Yuan(2), PerStorey = Given.Yuan(1), Ground = Given.Yuan(50) };
        SchemeFacts facts = Told.Facts(Given.Request(Given.Building(2, 2), Given.Yuan(380), Given.Scheme(new EqualRule())) with { StandAlone = model })[0];
        Assert.Equal(4, facts.Stability!.Scale);
        Assert.Equal(
            [("没有哪几层楼合起来付的钱，比自己单独装一部电梯还多；最接近的是 1 楼，还少付 10.00 元。",
                "No floors pay more together than a lift of their own would cost. It is closest for the households on floor 1: they pay 10.00 yuan less.")],
            facts.Sentences(StatementCode.NoGroupPaysMore));
        Assert.Equal(
            ("单独装一部电梯的费用按提问的人给出的算法：固定部分 90.00 元，每停一层 2.00 元（连一楼在内），每升一层 1.00 元；只到 1 楼是 50.00 元。为了和各户合计要付的钱一样多，这些费用都乘了 4.000000。按取整前应付的钱比较。",
                "What a lift would cost follows the model of who asks: 90.00 yuan in any case, 2.00 yuan for each stop (the ground floor included), 1.00 yuan for each storey; 50.00 yuan for floor 1 alone. To come to what all pay together, these costs were multiplied by 4.000000. Shares before rounding are compared."),
            facts.Assumption(StatementCode.NoGroupPaysMore));
        facts = Told.Facts(Given.Request(Given.Building(2, 2), Given.Yuan(380), Given.Scheme(new EqualRule())) with { StandAlone = model with { Ground = Given.Yuan(95) } })[0];
        Assert.Equal("没有哪几层楼合起来付的钱，比自己单独装一部电梯还多；最接近的是 1 至 2 楼付得最多的 3 户，还少付 95.00 元。", facts.Sentences(StatementCode.NoGroupPaysMore)[0].Zh);
        facts = Told.Facts(Given.Request(Given.Building(2, 1), Given.Yuan(380), Given.Scheme(new EqualRule(),
            new Compensation { Household = Given.Id("101"), Amount = Given.Yuan(800) })) with
        { StandAlone = model })[0];
        Assert.Equal(
            [("1 至 2 楼付得最多的 1 户合计比自己单独装一部电梯多付 210.00 元。",
                "Together, the household on floors 1 to 2 that pays the most pays 210.00 yuan more than a lift of their own would cost.")],
            facts.Sentences(StatementCode.GroupPaysMore));
    }

    [Fact]
    public void That_groups_were_not_looked_at_is_told_with_the_reason()
    {
        SchemeFacts facts = Told.Stated(Pair, 1, 1);
        Assert.Equal([("没有检查有没有几层楼合起来付的钱，比他们自己装一部电梯还多。", "Whether some floors pay more together than a lift of their own would cost was not looked at.")],
            facts.Sentences(StatementCode.StabilityNotTested));
        Assert.Equal(("没有给出各层单独装一部电梯要多少钱；这样的费用不作估计。", "What a lift up to each floor would cost was not stated, and it is never guessed."),
            facts.Assumption(StatementCode.StabilityNotTested));
    }

    [Theory]
    [InlineData(0, "0.00", true)]
    [InlineData(123_456_789, "1,234,567.89", true)]
    [InlineData(-5, "-0.05", true)]
    public void Whole_fen_are_told_in_yuan(long fen, string digits, bool exact) =>
        Assert.Equal(new Spoken($"{(exact ? " " : "约 ")}{digits} 元", $"{digits} yuan"), Spoken.Yuan(fen));

    [Theory]
    [InlineData(1, 2, "0.01")]
    [InlineData(1, 3, "0.00")]
    [InlineData(-1, 3, "0.00")]
    [InlineData(-1, 2, "-0.01")]
    [InlineData(199_999, 2, "1,000.00")]
    public void Parts_of_a_fen_are_rounded_half_up_and_marked(long numerator, long denominator, string digits) =>
        Assert.Equal(new Spoken($"约 {digits} 元", $"about {digits} yuan"), Spoken.Yuan(Fraction.Of(numerator, denominator)));

    [Fact]
    public void Numbers_percentages_and_counts_are_told()
    {
        Assert.Equal(new Spoken("约 33.33%", "about 33.33%"), Spoken.Percent(Fraction.Of(1, 3)));
        Assert.Equal(new Spoken(" 50.00%", "50.00%"), Spoken.Percent(Fraction.Of(1, 2)));
        Assert.Equal(new Spoken(" 2", "2"), Spoken.Number(2, 0));
        Assert.Equal(new Spoken("1,234 户", "1,234 households"), Spoken.Households(1_234));
        Assert.Equal(new Spoken("1 户", "1 household"), Spoken.Households(1));
        Assert.Equal(new Spoken("1,020.05 平方米", "1,020.05 m²"), Spoken.SquareMetres(TotalArea.FromHundredths(102_005)));
    }

    [Fact] // A Words holds 500 characters of each language.
    public void Sentences_about_the_longest_names_and_largest_numbers_fit()
    {
        string longest = new('长', 62);
        HouseholdRegister building = Given.Building([.. Enumerable.Range(0, 4).Select(i => Given.Household($"{longest}{i:D2}", i < 2 ? 199 : 200, 0.01m))]);
        Scheme Named(string id, params long[] yuan) => Told.Stated(building.Households, [.. yuan.Select(amount => amount * 100)]) with { Id = new(id), Name = new('名', Scheme.LongestName) };
        var model = new StandAloneModel { Fixed = Money.Largest, PerStop = Money.Largest, PerStorey = Money.Largest, Ground = Money.Largest };
        ComparisonRequest request = Given.Request(building, Given.Yuan(9_999_999_999_999), Named("a", 9_999_999_999_990, 3, 3, 3), Named("b", 1, 0, 2, 9_999_999_999_996)) with { StandAlone = model };
        SchemeFacts[] facts = [.. Told.Facts(request), .. Told.Facts(request with { Schemes = [Given.Scheme(Given.Coefficients([(199, 2.1m), (200, 1)]))] })];
        Assert.All(facts.SelectMany(one => one.Statements!).SelectMany(statement => new[] { statement.Sentence.Zh, statement.Sentence.En, statement.Assumption.Zh, statement.Assumption.En }),
            text => Assert.InRange(text.Length, 1, 500));
    }

    [Fact] // Stated limits are nobody's business.
    public void No_sentence_tells_a_limit()
    {
        ComparisonRequest request = Given.Request(Pair, Given.Yuan(100), Given.Scheme(new EqualRule())) with { StandAlone = Told.Costs((1, 1), (2, 2)) };
        request = request with { Building = request.Building with { Households = [.. request.Building.Households.Select(household => household with { Limit = Given.Yuan(7_654_321), Stance = Stance.Yes })] } };
        Assert.DoesNotContain(Told.Facts(request)[0].Statements!, statement =>
            $"{statement.Sentence}{statement.Assumption}".Replace(",", "", StringComparison.Ordinal).Contains("7654321", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_random_scheme_is_told_in_few_sentences_of_both_languages() => RandomCase.ForAll(1_800_000, (one, allocation) =>
    {
        IReadOnlyList<JoinedBill> bills = JoinedBill.All(one.Building, allocation);
        var facts = new SchemeFacts(allocation.Payers)
        {
            Bills = BillFacts.Of(bills),
            Inequality = Inequality.Of([.. bills.Select(bill => bill.Amount)]),
            Order = OrderFacts.Of(bills),
            Alike = AlikeFacts.Of(bills, one.Scheme),
        };
        var model = new StandAloneModel { Fixed = Given.Yuan(100_000), PerStop = Given.Yuan(20_000), PerStorey = Given.Yuan(30_000), Ground = Given.Yuan(1) };
        Statement[] statements = [.. FactSentences.OfBills(facts), .. FactSentences.OfStability(Stability.Of(one.Building, allocation.Exact, model), one.Building, model)];
        Assert.InRange(statements.Length, 0, 8 + FactSentences.MostGroups);
        Assert.All(statements, statement =>
        {
            Assert.Matches("^[^{}]*[\u4e00-\u9fff][^{}]*。$", statement.Sentence.Zh);
            Assert.DoesNotMatch("[\u4e00-\u9fff{}]", statement.Sentence.En);
            Assert.DoesNotContain("  ", statement.Sentence.Zh + statement.Assumption.Zh + statement.Sentence.En + statement.Assumption.En, StringComparison.Ordinal);
            Assert.InRange(statement.Assumption.Zh.Length, 1, 500);
        });
    });
}
