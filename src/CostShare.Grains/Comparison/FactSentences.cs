using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;

namespace CostShare.Grains.Comparison;

/// <summary>The facts of a scheme in plain sentences, each with what it rests on.</summary>
internal static class FactSentences
{
    /// <summary>The most groups of floors that are told in sentences: those that pay most above a lift of their own.</summary>
    public const int MostGroups = 10;

    /// <summary>Tells the bills, how far apart they are, and in what order they stand.</summary>
    public static IEnumerable<Statement> OfBills(SchemeFacts facts)
    {
        if (facts.Bills is not BillFacts bills) { yield break; }
        Spoken all = Spoken.Households(bills.Households);
        Spoken basis = new(
            $"只算参加的 {all.Zh}，按每户实际要付的钱，就是账单减去补偿和减免。",
            $"Of the {all.En} that {(bills.Households == 1 ? "joins" : "join")}, by what each pays: its bill less its compensation and its relief.");
        (Spoken highest, Spoken lowest, Spoken median) = (Spoken.Yuan(bills.Highest.Amount.Fen), Spoken.Yuan(bills.Lowest.Amount.Fen), Spoken.Yuan(bills.Median));
        (Spoken whoHighest, Spoken whoLowest) = (Who(bills.Highest.Household, bills.Highest.Households), Who(bills.Lowest.Household, bills.Lowest.Households));
        bool paid = bills.Lowest.Amount.Fen < 0;
        yield return Tell(StatementCode.BillRange, basis, new(
            $"付得最多的是{highest.Zh}（{whoHighest.Zh}），付得最少的是{lowest.Zh}（{whoLowest.Zh}）；一半的住户付的不超过{median.Zh}。{(paid ? "负数是收到的钱。" : "")}",
            $"The most that anybody pays is {highest.En} ({whoHighest.En}), the least {lowest.En} ({whoLowest.En}); half of the households pay no more than {median.En}.{(paid ? " A minus means money received." : "")}"));
        if (bills.Spread is Fraction spread)
        {
            Spoken times = Spoken.Number(spread, 2);
            yield return Tell(StatementCode.Spread, basis, new(
                $"付得最多的一户付的是居中一户的{times.Zh} 倍。", $"The household that pays most pays {times.En} times what the one in the middle pays."));
        }
        else if (bills.Median.Sign == 0 && bills.Highest.Amount.Fen > 0)
        {
            yield return Tell(StatementCode.Spread, basis, new(
                "居中的一户不用付钱，付得最多的一户是它的无穷多倍。", "The household in the middle pays nothing, so the one that pays most pays infinitely many times as much."));
        }
        (Spoken most, Spoken least) = (Spoken.Yuan(bills.HighestPerSquareMetre.Rate), Spoken.Yuan(bills.LowestPerSquareMetre.Rate));
        (Spoken whoMost, Spoken whoLeast) = (Who(bills.HighestPerSquareMetre.Household, bills.HighestPerSquareMetre.Households), Who(bills.LowestPerSquareMetre.Household, bills.LowestPerSquareMetre.Households));
        yield return Tell(StatementCode.PerSquareMetreRange, basis, new(
            $"摊到每平方米，最多的付{most.Zh}（{whoMost.Zh}），最少的付{least.Zh}（{whoLeast.Zh}）。",
            $"For each square metre the most that anybody pays is {most.En} ({whoMost.En}), the least {least.En} ({whoLeast.En})."));
        yield return Tell(StatementCode.TopFloorPart, basis, OfTop(bills.TopFloor));
        if (facts.Inequality is Inequality inequality)
        {
            Spoken gini = Spoken.Number(inequality.Gini, 3);
            yield return Tell(StatementCode.Inequality, basis, new(
                $"各户付的钱相差多少，用一个数表示是{gini.Zh}（基尼系数：0 是大家付得一样多，越接近 1 相差越大）。",
                $"How far apart the bills are, in one number: {gini.En} (the Gini coefficient: 0 where all pay the same, the closer to 1 the further apart)."));
        }
        if (facts.Order is not OrderFacts order) { yield break; }
        yield return Tell(StatementCode.FloorOrder, basis, OfOrder(order.PerFlat, new("", ""), flat => Spoken.Yuan(flat.Amount.Fen)));
        yield return Tell(StatementCode.FloorOrderPerSquareMetre, basis, OfOrder(
            order.PerSquareMetre, new("摊到每平方米，", " for each square metre"), flat => Spoken.Yuan(flat.PerSquareMetre)));
        if (facts.Alike is AlikeFacts alike)
        {
            Spoken equals = Spoken.Households(alike.Households);
            yield return Tell(StatementCode.AlikePayAlike, new(
                $"只比较参加的住户里楼层、面积、用途、入户方式和房型都相同的 {equals.Zh}；方案里点名另作安排的不算。",
                $"Of the {equals.En} that join and have a household of the same floor, area, use, entry and flat type beside them; those that the scheme names are left out."), OfAlike(alike));
        }
    }

    /// <summary>Tells which floors pay more than a lift of their own would cost, or that none do, or that this was not looked at; nothing where there is no group.</summary>
    public static IEnumerable<Statement> OfStability(Stability? stability, HouseholdRegister register, StandAloneCosts? costs)
    {
        int joining = register.Households.Count(household => household.Joins);
        if (joining < 2) { yield break; }
        if (costs is null || stability is null)
        {
            yield return Tell(
                StatementCode.StabilityNotTested,
                costs is null
                    ? new("没有给出各层单独装一部电梯要多少钱；这样的费用不作估计。", "What a lift up to each floor would cost was not stated, and it is never guessed.")
                    : new("各户应付的数带着很长的分数，算不过来。", "The shares are fractions too long to be added up in time."),
                new("没有检查有没有几层楼合起来付的钱，比他们自己装一部电梯还多。", "Whether some floors pay more together than a lift of their own would cost was not looked at."));
            yield break;
        }
        Spoken basis = Basis(costs, stability);
        int lowest = register.Households.Where(household => household.Joins).Min(household => household.Floor.Number);
        if (stability.InCore)
        {
            Spoken who = Who(stability.Groups.First(group => group.UpTo == stability.WorstUpTo), lowest), less = Spoken.Yuan(stability.LeastSlack);
            bool same = stability.LeastSlack.Sign == 0;
            yield return Tell(StatementCode.NoGroupPaysMore, basis, new(
                $"没有哪几层楼合起来付的钱，比自己单独装一部电梯还多；最接近的是 {who.Zh}，{(same ? "付的正好一样多" : $"还少付{less.Zh}")}。",
                $"No floors pay more together than a lift of their own would cost. It is closest for {who.En}: they pay {(same ? "just as much" : $"{less.En} less")}."));
            yield break;
        }
        // Of those that pay more, the ones that pay most more; told from the lowest floor up.
        foreach (FloorGroup group in stability.Groups.Where(group => group.Excess.Sign > 0).OrderByDescending(group => group.Excess).Take(MostGroups).OrderBy(group => group.UpTo))
        {
            (Spoken who, Spoken more) = (Who(group, lowest), Spoken.Yuan(group.Excess));
            yield return Tell(StatementCode.GroupPaysMore, basis, new(
                $"{who.Zh}合计比自己单独装一部电梯多付{more.Zh}。",
                $"Together, {who.En} {(group.Households == 1 ? "pays" : "pay")} {more.En} more than a lift of their own would cost."));
        }
    }

    /// <summary>Tells how many are better off than under another scheme.</summary>
    public static Statement OfAgainst(SchemeAgainst against, string other)
    {
        int all = against.Less.Households + against.Same.Households + against.More.Households;
        (Spoken less, Spoken same, Spoken more, Spoken everybody) =
            (Spoken.Households(against.Less.Households), Spoken.Households(against.Same.Households), Spoken.Households(against.More.Households), Spoken.Households(all));
        (Spoken lessArea, Spoken moreArea) = (Spoken.SquareMetres(against.Less.Area), Spoken.SquareMetres(against.More.Area));
        return Tell(StatementCode.Against, new(
            $"算全部 {everybody.Zh}，不参加的也算；按每户实际要付的钱比较。", $"Of all {everybody.En}, also those that do not join, by what each pays."), new(
            $"和“{other}”相比，{less.Zh}付得更少（{lessArea.Zh}），{more.Zh}付得更多（{moreArea.Zh}），{same.Zh}付得一样多。",
            $"Beside \"{other}\", {less.En} {(against.Less.Households == 1 ? "pays" : "pay")} less ({lessArea.En}), {more.En} {(against.More.Households == 1 ? "pays" : "pay")} more ({moreArea.En}) and {same.En} {(against.Same.Households == 1 ? "pays" : "pay")} the same."));
    }

    private static Spoken OfTop(TopFloor top)
    {
        (Spoken households, Spoken amount) = (Spoken.Households(top.Households), Spoken.Yuan(top.Amount.Fen));
        Spoken part = top.Part is Fraction known ? Spoken.Percent(known) : default;
        return new(
            $"最高的 {top.Floor} 楼有 {households.Zh}参加，{(top.Households == 1 ? "" : "合计")}付{amount.Zh}{(top.Part is null ? "" : $"，占全部的{part.Zh}")}。",
            $"On floor {top.Floor}, the highest, {households.En} {(top.Households == 1 ? "joins and pays" : "join and pay together")} {amount.En}{(top.Part is null ? "" : $", {part.En} of all")}.");
    }

    private static Spoken OfOrder(FloorOrder order, Spoken measure, Func<FlatBill, Spoken> paid)
    {
        if (order.Worst is not FloorPair worst)
        {
            return new($"{measure.Zh}没有哪一户比楼上的住户付得多。", $"Nobody pays more{measure.En} than somebody on a higher floor.");
        }
        if (order.OnlyByRounding)
        {
            return new($"{measure.Zh}除了取整的零头，没有哪一户比楼上的住户付得多。", $"But for what comes from rounding, nobody pays more{measure.En} than somebody on a higher floor.");
        }
        (Spoken households, Spoken lower, Spoken higher) = (Spoken.Households(order.Households), paid(worst.Lower), paid(worst.Higher));
        return new(
            $"{measure.Zh}有 {households.Zh}比楼上的住户付得多；相差最大的是 {worst.Lower.Floor} 楼的 {worst.Lower.Household} 付{lower.Zh}，{worst.Higher.Floor} 楼的 {worst.Higher.Household} 付{higher.Zh}。",
            $"{households.En} {(order.Households == 1 ? "pays" : "pay")} more{measure.En} than somebody on a higher floor; furthest apart are {worst.Lower.Household} on floor {worst.Lower.Floor}, which pays {lower.En}, and {worst.Higher.Household} on floor {worst.Higher.Floor}, which pays {higher.En}.");
    }

    private static Spoken OfAlike(AlikeFacts alike)
    {
        if (alike.Worst is not AlikePair worst) { return new("条件相同的住户付的钱一样多。", "Households that are alike pay the same."); }
        (Spoken spread, Spoken most, Spoken least) = (Spoken.Yuan(alike.Spread.Fen), Spoken.Yuan(worst.Most.Amount.Fen), Spoken.Yuan(worst.Least.Amount.Fen));
        Spoken unit = alike.WithinOneUnit ? new("，是取整的零头", ", which comes from rounding") : new("", "");
        return new(
            $"条件相同的住户最多相差{spread.Zh}{unit.Zh}：{worst.Most.Household} 付{most.Zh}，{worst.Least.Household} 付{least.Zh}。",
            $"Households that are alike are at most {spread.En} apart{unit.En}: {worst.Most.Household} pays {most.En}, {worst.Least.Household} pays {least.En}.");
    }

    private static Spoken Basis(StandAloneCosts costs, Stability stability)
    {
        Spoken scale = Spoken.Number(stability.Scale, 6);
        Spoken scaled = stability.Scale == Fraction.One
            ? new("最高一层的费用正好等于各户合计要付的钱，没有换算。", "That of the highest floor is just what all pay together, so nothing was scaled.")
            : new($"为了和各户合计要付的钱一样多，这些费用都乘了{scale.Zh}。", $"To come to what all pay together, these costs were multiplied by {scale.En}.");
        return costs switch
        {
            StandAloneModel model => OfModel(model, scaled),
            _ => new(
                $"各层单独装一部电梯要多少钱，由提问的人给出；1 楼{(costs.Of(Floor.Of(1)) is Money ground ? $"是{Spoken.Yuan(ground.Fen).Zh}" : "没有给出")}。{scaled.Zh}按取整前应付的钱比较。",
                $"What a lift up to each floor would cost was stated by who asks; {(costs.Of(Floor.Of(1)) is Money low ? $"for floor 1 it is {Spoken.Yuan(low.Fen).En}" : "nothing was stated for floor 1")}. {scaled.En} Shares before rounding are compared."),
        };
    }

    private static Spoken OfModel(StandAloneModel model, Spoken scaled)
    {
        (Spoken basic, Spoken stop, Spoken storey, Spoken ground) =
            (Spoken.Yuan(model.Fixed.Fen), Spoken.Yuan(model.PerStop.Fen), Spoken.Yuan(model.PerStorey.Fen), Spoken.Yuan(model.Ground.Fen));
        return new(
            $"单独装一部电梯的费用按提问的人给出的算法：固定部分{basic.Zh}，每停一层{stop.Zh}（连一楼在内），每升一层{storey.Zh}；只到 1 楼是{ground.Zh}。{scaled.Zh}按取整前应付的钱比较。",
            $"What a lift would cost follows the model of who asks: {basic.En} in any case, {stop.En} for each stop (the ground floor included), {storey.En} for each storey; {ground.En} for floor 1 alone. {scaled.En} Shares before rounding are compared.");
    }

    /// <summary>Who pays a bill: the first of those who pay it, and how many they are.</summary>
    private static Spoken Who(HouseholdId first, int households) => households == 1
        ? new(first.Value, first.Value)
        : new($"{first} 等 {Digits(households)} 户", $"{first} and {Digits(households - 1)} more");

    /// <summary>A group of floors.</summary>
    private static Spoken Who(FloorGroup group, int lowest)
    {
        Spoken floors = group.UpTo.Number == lowest
            ? new($"{lowest} 楼", $"floor {lowest}")
            : new($"{lowest} 至 {group.UpTo} 楼", $"floors {lowest} to {group.UpTo}");
        if (group.LeftOut == 0) { return new(floors.Zh, $"the household{(group.Households == 1 ? "" : "s")} on {floors.En}"); }
        Spoken some = Spoken.Households(group.Households);
        return group.Households == 1
            ? new($"{floors.Zh}付得最多的 1 户", $"the household on {floors.En} that pays the most")
            : new($"{floors.Zh}付得最多的 {some.Zh}", $"the {some.En} on {floors.En} that pay the most");
    }

    private static string Digits(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static Statement Tell(StatementCode code, Spoken assumption, Spoken sentence) => new(code, sentence.Words, assumption.Words);
}
