using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Streets;
using CostShare.Grains.Texts;

namespace CostShare.Api.Streets;

/// <summary>The words of tables that are given out, and what explains a difference as a sentence.</summary>
/// <param name="language">The language.</param>
/// <param name="policies">The policies, which have names.</param>
internal sealed class StreetWords(Language language, PolicyBook policies)
{
    private readonly Phrases _say = new(language);

    public string Of(Stage? stage) => stage switch
    {
        Stage.Consulting => language.Choose("动议协商", "consulting"),
        Stage.Applying => language.Choose("申请报建", "applying for the permit"),
        Stage.PublicNotice => language.Choose("公示公告", "public notice"),
        Stage.Construction => language.Choose("施工建设", "construction"),
        Stage.Acceptance => language.Choose("竣工验收", "acceptance"),
        Stage.InUse => language.Choose("交付使用", "in use"),
        Stage.Upkeep => language.Choose("后期管理", "upkeep"),
        _ => language.Choose("还没有开始", "not started"),
    };

    public string Of(Feasibility? feasibility) => feasibility switch
    {
        Feasibility.Suitable => language.Choose("能装", "suitable"),
        Feasibility.Hard => language.Choose("较难", "hard"),
        Feasibility.Unsuitable => language.Choose("不适合", "unsuitable"),
        _ => language.Choose("还没有评估", "not assessed"),
    };

    public string Of(SubsidyState? state) => state switch
    {
        SubsidyState.Planned => language.Choose("计划", "planned"),
        SubsidyState.Claimed => language.Choose("已申领", "claimed"),
        SubsidyState.Granted => language.Choose("已批准", "granted"),
        SubsidyState.Paid => language.Choose("已发放", "paid"),
        _ => language.Choose("没有记录", "nothing recorded"),
    };

    public string Of(Layer? layer) => layer switch
    {
        Layer.City => language.Choose("市", "city"),
        Layer.District => language.Choose("区", "district"),
        Layer.Subdistrict => language.Choose("街道", "street"),
        Layer.CityAndDistrict => language.Choose("市和区", "city and district"),
        _ => language.Choose("没有写明", "not stated"),
    };

    public string Of(DoubleClaimKind kind) => kind == DoubleClaimKind.Certificate
        ? language.Choose("同一使用登记证", "same certificate")
        : language.Choose("同一门栋", "same stair");

    public string YesNo(bool isSo) => isSo ? language.Choose("是", "yes") : language.Choose("否", "no");

    public string NameOf(Words words) => language.Choose(words.Zh, words.En);

    /// <summary>What people call a policy; its id where it is not among the policies of now.</summary>
    public string? NameOf(PolicyId? policy) => policy is not PolicyId id ? null : policies.Find(id) is Policy known ? NameOf(known.Name) : id.Value;

    /// <summary>Why a line is not as the rule has it, with its figures; null where nothing is wrong with it.</summary>
    public string? Explanation(SubsidyLine line)
    {
        if (line.Fault is not null) { return $"{language.Choose("无法核算：", "Cannot be reckoned: ")}{FaultTexts.Sentence(line.Fault, language)}"; }
        if (line is not { Difference: SignedMoney difference, Cause: DifferenceCause cause, Recorded: Money recorded, Rule: Money rule }) { return null; }
        string size = _say.Amount(Money.FromFen(long.Abs(difference.Fen)));
        string figures = language.Choose(
            $"记录的是 {_say.Amount(recorded)}，按规定是 {_say.Amount(rule)}，{(difference.Fen > 0 ? "多" : "少")}了 {size}。",
            $"Recorded are {_say.Amount(recorded)}, the rule gives {_say.Amount(rule)}: {size} {(difference.Fen > 0 ? "too much" : "too little")}. ");
        return figures + Because(cause, line, rule);
    }

    private string Because(DifferenceCause cause, SubsidyLine line, Money rule) => cause.Kind switch
    {
        DifferenceKind.ConditionUnmet => language.Choose(
            $"不满足的条件：{_say.LongList(cause.Conditions!, NameOf, "项")}。{(cause.IfMet is Money met ? $"满足的话是 {_say.Amount(met)}。" : "")}",
            $"Not met: {_say.LongList(cause.Conditions!, NameOf, "")}.{(cause.IfMet is Money met2 ? $" If met, the rule would give {_say.Amount(met2)}." : "")}"),
        DifferenceKind.RuleOfOtherDays => language.Choose(
            $"用了别的日子的规定：{Days(cause)}；这里要用 {Phrases.Day(line.RuleOn!.Value)} 生效的规定。",
            $"It is what the rule of other days gives ({Days(cause)}); the rule in force on {Phrases.Day(line.RuleOn!.Value)} counts."),
        DifferenceKind.CapLeftOut => cause.Cap is Money cap
            ? language.Choose($"没有按封顶 {_say.Amount(cap)}计算。", $"The cap of {_say.Amount(cap)} was left out.")
            : language.Choose("没有按封顶计算。", "The caps were left out."),
        DifferenceKind.WholeBudget => language.Choose("按全部费用计算了，规定只按其中一部分费用计算。", "It was reckoned on the whole budget; the rule is reckoned on a part of it."),
        DifferenceKind.WholeBudgetAndCapLeftOut => language.Choose(
            "按全部费用计算了，也没有按封顶计算；规定只按其中一部分费用计算，而且有封顶。",
            "It was reckoned on the whole budget and without the cap; the rule is reckoned on a part of it and has a cap."),
        DifferenceKind.LinesNeedLess => language.Choose(
            $"规定最多可以给到记录的数，但它能支付的费用只缺 {_say.Amount(rule)}。",
            $"The rule offers what is recorded, but the costs that it may pay need only {_say.Amount(rule)}."),
        DifferenceKind.PartLeftOut => language.Choose($"漏算了其中一部分：{NameOf(cause.Part!)}。", $"A part was left out: {NameOf(cause.Part!)}."),
        DifferenceKind.NoBudget => language.Choose("还没有登记费用，按规定算不出补贴。", "There is no budget yet, so that the rule gives nothing."),
        _ => language.Choose("没有找到原因，请对照计算过程核对。", "No cause was found; please hold it against the steps of the reckoning."),
    };

    private string Days(DifferenceCause cause) => $"{Phrases.Day(cause.From!.Value)} – {(cause.To is DateOnly to ? Phrases.Day(to) : language.Choose("现在", "now"))}";
}
