using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Comparison;

/// <summary>The most important of what moves bills, in sentences.</summary>
internal static class SensitivitySentences
{
    private static readonly Words OnlyThis = Said("只变这一项，其他都不变；资金和方案都从头算了一遍，不是估计。", "Only this changes and nothing else; funding and scheme were carried out again from the beginning, nothing is estimated.");

    private static readonly Words DroppedOut = Said(
        "只有这一户退出，其他都不变；退出的户不再出钱，给它的补偿照付。方案从头算了一遍，不是估计。",
        "Only this household drops out and nothing else changes; it pays nothing more, and compensation is still paid to it. The scheme was carried out again from the beginning, nothing is estimated.");

    private static readonly Words Joined = Said(
        "只有这一户后来参加，其他都不变；按它从一开始就参加计算，不算利息。",
        "Only this household joins and nothing else changes; it is reckoned as if it had been in from the beginning, without interest.");

    /// <summary>The sentences of a scheme: overruns, each source, drop-outs, late joiners.</summary>
    /// <param name="variations">The variations of the scheme.</param>
    /// <param name="request">The request, for the names of its cost lines and households.</param>
    public static IReadOnlyList<Statement> Of(IReadOnlyList<Variation> variations, ComparisonRequest request)
    {
        IReadOnlyList<HouseholdId> ids = [.. request.Building.Households.Select(household => household.Id)];
        return
        [
            .. Overruns([.. variations.OfType<OverrunVariation>()], request, ids),
            .. variations.OfType<RefusedVariation>().Select(refused => new Statement(StatementCode.SourceRefused, OfSource(refused, request.Building.Households), OnlyThis)),
            .. DropOuts([.. variations.OfType<DropOutVariation>()], ids),
            .. LateJoiners([.. variations.OfType<LateJoinerVariation>()], ids),
        ];
    }

    private static IEnumerable<Statement> Overruns(OverrunVariation[] overruns, ComparisonRequest request, IReadOnlyList<HouseholdId> ids)
    {
        string by = Yuan(OverrunVariation.Step.Fen);
        if (Furthest(overruns, 1, _ => null, ids) is (OverrunVariation dearest, HouseholdMove move))
        {
            (string name, string amount, string sum) = (NameOf(dearest), Yuan(move.Difference.Fen), Yuan(dearest.Sum!.Value.Fen));
            yield return new Statement(StatementCode.Overrun, Said(
                $"“{name}”如果超支 {by} 元，{move.Household} 户多付 {amount} 元，是多付最多的一户；各户合计多付 {sum} 元。",
                $"If \"{name}\" costs {by} yuan more, household {move.Household} pays {amount} yuan more, the most of all; all households together pay {sum} yuan more."), OnlyThis);
        }
        else if (overruns.Any(overrun => overrun.Refusal is null))
        {
            yield return new Statement(StatementCode.Overrun, Said($"费用如果超支 {by} 元，哪一户都不多付。", $"If a cost line costs {by} yuan more, no household pays more."), OnlyThis);
        }
        if (overruns.Where(overrun => overrun.Refusal is not null).ToArray() is [OverrunVariation first, ..] refused)
        {
            string name = NameOf(first);
            yield return new Statement(StatementCode.OverrunRefused, refused.Length == 1
                ? Said($"“{name}”如果超支 {by} 元，这个方案就行不通。", $"If \"{name}\" costs {by} yuan more, this scheme cannot be carried out.")
                : Said($"有 {refused.Length} 项费用，其中一项超支 {by} 元，这个方案就行不通，例如“{name}”。", $"There are {refused.Length} cost lines of which one that costs {by} yuan more makes this scheme impossible, for example \"{name}\"."), OnlyThis);
        }

        string NameOf(OverrunVariation overrun) => request.Costs.First(line => line.Id == overrun.Cost).Name;
    }

    /// <summary>What the households that join pay more or less without a source; the others pay nothing with or without it.</summary>
    private static Words OfSource(RefusedVariation refused, IReadOnlyList<Household> households)
    {
        (string zh, string en) = ($"资金来源“{refused.Source}”如果不给钱，", $"If the source \"{refused.Source}\" gives nothing, ");
        if (refused.Differences is not IReadOnlyList<SignedMoney> differences) { return Said($"{zh}这个方案就行不通。", $"{en}this scheme cannot be carried out."); }
        long[] ofJoining = [.. differences.Where((_, i) => households[i].Joins).Select(difference => difference.Fen).DefaultIfEmpty()];
        (long least, long most) = (ofJoining.Min(), ofJoining.Max());
        (string, string) bills = (least, most) switch
        {
            (0, 0) => ("各户要付的不变", "no household's bill changes"),
            ( > 0, _) when least == most => ($"参加的每户多付 {Yuan(most)} 元，合计多付 {Yuan(refused.Sum!.Value.Fen)} 元", $"each household that joins pays {Yuan(most)} yuan more, {Yuan(refused.Sum.Value.Fen)} yuan together"),
            ( >= 0, _) => ($"各户多付 {Yuan(least)} 元到 {Yuan(most)} 元，合计多付 {Yuan(refused.Sum!.Value.Fen)} 元",
                $"households pay from {Yuan(least)} to {Yuan(most)} yuan more, {Yuan(refused.Sum.Value.Fen)} yuan together"),
            _ => ($"各户从少付 {Yuan(-least)} 元到{(most < 0 ? "少" : "多")}付 {Yuan(long.Abs(most))} 元不等，合计{(refused.Sum!.Value.Fen < 0 ? "少" : "多")}付 {Yuan(long.Abs(refused.Sum.Value.Fen))} 元",
                $"households pay from {Yuan(-least)} yuan less to {Yuan(long.Abs(most))} yuan {(most < 0 ? "less" : "more")}, {Yuan(long.Abs(refused.Sum.Value.Fen))} yuan {(refused.Sum.Value.Fen < 0 ? "less" : "more")} together"),
        };
        long refund = refused.RefundDifferences?.Sum(difference => difference.Fen) ?? 0;
        (string, string) later = refund switch
        {
            0 => ("", ""),
            < 0 => ($"；以后退还各户的一共少 {Yuan(-refund)} 元", $"; {Yuan(-refund)} yuan less come back to the households later"),
            _ => ($"；以后退还各户的一共多 {Yuan(refund)} 元", $"; {Yuan(refund)} yuan more come back to the households later"),
        };
        return Said($"{zh}{bills.Item1}{later.Item1}。", $"{en}{bills.Item2}{later.Item2}.");
    }

    private static IEnumerable<Statement> DropOuts(DropOutVariation[] drops, IReadOnlyList<HouseholdId> ids)
    {
        if (Furthest(drops, 1, drop => drop.Household, ids) is (DropOutVariation worst, HouseholdMove move))
        {
            string amount = Yuan(move.Difference.Fen);
            yield return new Statement(StatementCode.DropsOut, Said(
                $"如果有一户退出，别的户最多要多付 {amount} 元：{worst.Household} 户退出时，{move.Household} 户多付这么多。",
                $"If one household drops out, another one pays at most {amount} yuan more: household {move.Household}, when household {worst.Household} drops out."), DroppedOut);
        }
        else if (drops.Any(drop => drop.Refusal is null))
        {
            yield return new Statement(StatementCode.DropsOut, Said("如果有一户退出，别的户都不多付。", "If one household drops out, no other household pays more."), DroppedOut);
        }
        if (drops.Where(drop => drop.Refusal is not null).ToArray() is [DropOutVariation first, ..] refused)
        {
            yield return new Statement(StatementCode.DropOutRefused, refused.Length == 1
                ? Said($"{first.Household} 户如果退出，这个方案就行不通。", $"If household {first.Household} drops out, this scheme cannot be carried out.")
                : Said($"有 {refused.Length} 户，其中一户退出，这个方案就行不通，例如 {first.Household} 户。", $"There are {refused.Length} households of which one that drops out makes this scheme impossible, for example household {first.Household}."), DroppedOut);
        }
    }

    private static IEnumerable<Statement> LateJoiners(LateJoinerVariation[] joiners, IReadOnlyList<HouseholdId> ids)
    {
        if (Furthest(joiners, -1, joiner => joiner.Household, ids) is (LateJoinerVariation best, HouseholdMove move))
        {
            string amount = Yuan(-move.Difference.Fen);
            yield return new Statement(StatementCode.JoinsLate, Said(
                $"现在不参加的户如果有一户后来参加，别的户最多可以少付 {amount} 元：{best.Household} 户参加时，{move.Household} 户少付这么多。",
                $"If one household that does not join now joins later, another one pays at most {amount} yuan less: household {move.Household}, when household {best.Household} joins."), Joined);
        }
        else if (joiners.Any(joiner => joiner.Refusal is null))
        {
            yield return new Statement(StatementCode.JoinsLate, Said("现在不参加的户如果有一户后来参加，别的户都不少付。", "If one household that does not join now joins later, no other household pays less."), Joined);
        }
    }

    /// <summary>The variation that raises, or with a sign of -1 lowers, a bill most, the first of equal ones, and that bill; null where none does.</summary>
    private static (TVariation Variation, HouseholdMove Move)? Furthest<TVariation>(TVariation[] variations, int sign, Func<TVariation, HouseholdId?> itself, IReadOnlyList<HouseholdId> ids)
        where TVariation : Variation
    {
        (TVariation Variation, HouseholdMove Move)? furthest = null;
        foreach (TVariation variation in variations)
        {
            if (VariedRuns.LargestMove(variation, sign, itself(variation), ids) is HouseholdMove move
                && sign * move.Difference.Fen > sign * (furthest?.Move.Difference.Fen ?? 0))
            {
                furthest = (variation, move);
            }
        }
        return furthest;
    }

    private static string Yuan(long fen) => string.Create(CultureInfo.InvariantCulture, $"{(fen < 0 ? "-" : "")}{long.Abs(fen) / 100:N0}.{long.Abs(fen) % 100:D2}");

    private static Words Said(string zh, string en) => new() { Zh = zh, En = en };
}
