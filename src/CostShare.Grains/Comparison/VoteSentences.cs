using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison;

/// <summary>Facts of the vote in sentences. None but the one of the cheapest swing, which is told only where limits are, speaks of a limit's amount or of a single household.</summary>
internal static class VoteSentences
{
    private static readonly Words Guess = new()
    {
        Zh = "投票是推测的：自己说不同意的、要付的超过自己所说上限的，算不同意；自己说同意的、说了上限而没有超过的，算同意；其余算还没表态。同一业主的几套房算一个人：有一套不同意就算不同意，否则有一套同意就算同意。",
        En = "The votes are inferred: a no for whoever says no or would pay above its stated limit, a yes for whoever says yes or stays within it, undecided otherwise. "
            + "The flats of one owner are one person: a no if one of them says no, else a yes if one says yes.",
    };

    private static readonly Words Asked = new()
    {
        Zh = "只看各户自己说的、最多愿意付多少；没有说的不算在内。",
        En = "This rests on the most that households said they are willing to pay; those that did not say are not counted.",
    };

    private static readonly Words Paid = new()
    {
        Zh = "补给每户的正好是要付的超过它所说上限的部分；这笔钱由谁出没有算在内。还没表态的算不参加，其他人的意见不变。",
        En = "Each is paid exactly what it would pay above its stated limit; who pays for that is not reckoned. The undecided stay away, and nobody else changes.",
    };

    /// <summary>The sentences there are to tell.</summary>
    /// <param name="support">How the owners would vote; null where nobody was asked.</param>
    /// <param name="aboveLimit">Who pays above its limit.</param>
    /// <param name="forecast">What the vote comes to; null where it was not asked for.</param>
    /// <param name="swing">The cheapest swing; null where limits are not to be told.</param>
    public static IEnumerable<Statement> Of(Support? support, AboveLimit aboveLimit, Forecast? forecast, Swing? swing)
    {
        if (support is not null) { yield return new Statement(StatementCode.Support, OfSupport(support), Guess); }
        if (aboveLimit.Stated > 0) { yield return new Statement(StatementCode.AboveLimit, OfLimits(aboveLimit), Asked); }
        if (forecast is not null)
        {
            yield return new Statement(StatementCode.Forecast, OfState(forecast), Rule(forecast));
            if (forecast.Stated is VoteCount stated && OfTotals(forecast.Registered, stated) is Words difference)
            {
                yield return new Statement(StatementCode.Totals, difference, Rule(forecast));
            }
        }
        if (swing?.State == SwingState.Found) { yield return new Statement(StatementCode.Swing, OfSwing(swing), Paid); }
    }

    private static Words OfSupport(Support support) => new()
    {
        Zh = $"推测：同意 {Persons(support.Persons.Yes)}（{Zh(support.Area.Yes)}），不同意 {Persons(support.Persons.No)}（{Zh(support.Area.No)}），还没表态 {Persons(support.Persons.Undecided)}（{Zh(support.Area.Undecided)}）。",
        En = $"As it looks, {support.Persons.Yes} {Are(support.Persons.Yes)} for it ({En(support.Area.Yes)}), {support.Persons.No} against ({En(support.Area.No)}) and {support.Persons.Undecided} undecided ({En(support.Area.Undecided)}).",
    };

    private static Words OfLimits(AboveLimit above) => above.Households == 0
        ? new Words
        {
            Zh = $"有 {above.Stated} 户说了最多愿意付多少，要付的都没有超过。",
            En = $"Of {Households(above.Stated)} that said the most they would pay, none pays more.",
        }
        : new Words
        {
            Zh = $"有 {above.Stated} 户说了最多愿意付多少，其中 {above.Households} 户要付的比这更多。",
            En = $"Of {Households(above.Stated)} that said the most they would pay, {above.Households} would pay more.",
        };

    private static Words OfState(Forecast forecast)
    {
        VoteCount count = forecast.Registered;
        switch (count.State)
        {
            case VoteState.Passed:
                return new Words { Zh = "能通过：还没表态的不管参加不参加、同意不同意，结果都一样。", En = "It passes, whatever those who are undecided do." };
            case VoteState.Failed:
                return new Words { Zh = "通不过：就算还没表态的都来同意也不够。", En = "It fails, even if everybody who is undecided says yes." };
            default:
                break;
        }
        if (count.ClosedNow)
        {
            VoterSet set = forecast.ToBlock!.Fewest;
            return new Words
            {
                Zh = $"现在就结束表决能通过，但还没有定：还没表态的人里，最少有 {Persons(set.Persons)}{Zh(set.By!.Value)}，就会通不过。",
                En = $"It would pass if the vote closed now, but it is open: as few as {set.Persons} of the undecided stop it by {En(set.By!.Value)}.",
            };
        }
        // There is always a head to come, since an area has an owner.
        (int persons, TotalArea area) = (int.Max(count.Missing!.Persons, 1), count.Missing.Area);
        return new Words
        {
            Zh = $"还没有定：还差 {Persons(persons)}{(area == TotalArea.Zero ? "" : $"、合计 {Zh(area)}")}同意就能通过（还没表态的其他人不参加）。",
            En = $"It is open: {persons} more {(persons == 1 ? "person" : "people")}{(area == TotalArea.Zero ? "" : $" with {En(area)} together")} must say yes for it to pass, if the other undecided stay away.",
        };
    }

    private static Words Rule(Forecast forecast)
    {
        VoteCount count = forecast.Registered;
        (string zh, string en) = count.Participation is ThresholdCount participation
            ? ($"参加的要达到 {participation.Threshold}，", $"{participation.Threshold} must take part and ")
            : ("", "");
        bool all = count.ApprovalOf == ConsentBase.All;
        bool building = forecast.Body == ConsentBody.Building;
        return new Words
        {
            Zh = $"投票是推测的，还没表态的先算不参加。门槛：{zh}同意的要达到{(all ? "全体" : "参加的")} {count.Approval.Threshold}，人数和面积都要够{(count.Objections is null ? "" : "，有一人不同意就通不过")}。"
                + (building ? "规定要算整栋楼，这里只算了这一个门栋。" : "只算这一个门栋。"),
            En = $"The votes are inferred, and the undecided stay away for now. {en}{count.Approval.Threshold} of {(all ? "all" : "those")} must agree, by heads and by area{(count.Objections is null ? "" : ", and one no stops it")}. "
                + (building ? "The rule counts the whole building; here only this stair was counted." : "Only this stair was counted."),
        };
    }

    /// <summary>What differs between the totals of the register and those that somebody counts by; null where nothing does.</summary>
    private static Words? OfTotals(VoteCount registered, VoteCount stated)
    {
        var zh = new List<string>();
        var en = new List<string>();
        if (registered.Participation is not null) { Add("参加的", "Those who take part are", registered.Participation, stated.Participation!); }
        if (registered.ApprovalOf == ConsentBase.All) { Add("同意的", "Those who agree are", registered.Approval, stated.Approval); }
        if (zh.Count == 0) { return null; }
        if (registered.State != stated.State)
        {
            zh.Add($"结果也不同：按公示的{Zh(stated.State)}，按登记的{Zh(registered.State)}");
            en.Add($"The outcome differs: {En(stated.State)} as published, {En(registered.State)} as registered");
        }
        return new Words { Zh = string.Join("；", zh) + "。", En = string.Join(". ", en) + "." };

        void Add(string chinese, string english, ThresholdCount own, ThresholdCount other)
        {
            // Where nobody takes part there is no part to tell, but of all owners there always is one.
            if (Differs(own.Area.Part!.Value, other.Area.Part!.Value, own.Area.Met != other.Area.Met))
            {
                zh.Add($"{chinese}面积，按公示的 {Zh(other.Area.Of)}是{Zh(other.Area.Part.Value)}，按登记的 {Zh(own.Area.Of)}是{Zh(own.Area.Part.Value)}");
                en.Add($"{english} {En(other.Area.Part.Value)} by area of the published {En(other.Area.Of)}, {En(own.Area.Part.Value)} of the registered {En(own.Area.Of)}");
            }
            if (Differs(own.Persons.Part!.Value, other.Persons.Part!.Value, own.Persons.Met != other.Persons.Met))
            {
                zh.Add($"{chinese}人数，按公示的 {Persons(other.Persons.Of)}是{Zh(other.Persons.Part.Value)}，按登记的 {Persons(own.Persons.Of)}是{Zh(own.Persons.Part.Value)}");
                en.Add($"{english} {En(other.Persons.Part.Value)} by heads of the published {other.Persons.Of}, {En(own.Persons.Part.Value)} of the registered {own.Persons.Of}");
            }
        }
    }

    private static bool Differs(Fraction own, Fraction other, bool outcome) => outcome || Percent(own).Digits != Percent(other).Digits;

    private static Words OfSwing(Swing swing) => new()
    {
        Zh = $"如果另外补给 {swing.Payments!.Count} 户一共 {Yuan(swing.Total!.Value)} 元，让他们不超过自己所说的上限，就能通过；再少就不够。",
        En = $"It would pass if {Households(swing.Payments!.Count)} were paid {Yuan(swing.Total!.Value)} yuan in all, so that they stay within their limits; less is not enough.",
    };

    private static string Persons(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} 人");

    private static string Households(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? "household" : "households")}");

    private static string Are(int number) => number == 1 ? "is" : "are";

    private static string Zh(TotalArea area) => $"{Hundredths(area.Hundredths)} 平方米";

    private static string En(TotalArea area) => $"{Hundredths(area.Hundredths)} m²";

    private static string Zh(BlockedBy by) => by switch { BlockedBy.No => "不同意", BlockedBy.Away => "不参加", _ => "不同意或者不参加" };

    private static string En(BlockedBy by) => by switch { BlockedBy.No => "saying no", BlockedBy.Away => "staying away", _ => "saying no or staying away" };

    private static string Zh(VoteState state) => state switch { VoteState.Passed => "能通过", VoteState.Failed => "通不过", _ => "还没有定" };

    private static string En(VoteState state) => state switch { VoteState.Passed => "it passes", VoteState.Failed => "it fails", _ => "it is open" };

    private static string Zh(Fraction part) => Percent(part) is (var digits, bool exact) && exact ? $" {digits}" : $"约 {digits}";

    private static string En(Fraction part) => Percent(part) is (var digits, bool exact) && exact ? digits : $"about {digits}";

    /// <summary>A part in per cent with two decimals, a half rounded up, and whether that is exact.</summary>
    private static (string Digits, bool Exact) Percent(Fraction part)
    {
        Fraction hundredths = part * 10_000;
        return ($"{Hundredths((hundredths + Fraction.Of(1, 2)).Floor())}%", hundredths.IsInteger);
    }

    private static string Yuan(Money amount) => Hundredths(amount.Fen);

    private static string Hundredths(long number) => string.Create(CultureInfo.InvariantCulture, $"{number / 100:N0}.{number % 100:D2}");
}
