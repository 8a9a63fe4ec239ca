using System.Text.Json;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Api.Buildings;

/// <summary>Schemes in words: the rule, the adjustments, how bills are rounded.</summary>
/// <param name="costs">The budget, which names the cost lines.</param>
/// <param name="language">The language.</param>
internal sealed class SchemeTexts(IReadOnlyList<CostLine> costs, Language language)
{
    private readonly Phrases _say = new(language);

    /// <summary>Sentences that tell a scheme whole, but for its name.</summary>
    public IEnumerable<string> Whole(Scheme scheme)
    {
        yield return _say.Choose($"分摊规则：{Of(scheme.Rule)}。", $"Rule: {Of(scheme.Rule)}.");
        if (scheme.Adjustments.Count > 0)
        {
            yield return _say.Choose($"调整：{_say.LongList(scheme.Adjustments, Of, "条")}。", $"Adjustments: {_say.LongList(scheme.Adjustments, Of, "条")}.");
        }
        if (scheme.Rounding != new Rounding()) { yield return _say.Choose($"账单取整：{Of(scheme.Rounding)}。", $"Rounding: {Of(scheme.Rounding)}."); }
        if (scheme.Guidance is Guidance guidance) { yield return _say.Choose($"对照指导区间：{Of(guidance)}。", $"Guidance ranges: {Of(guidance)}."); }
    }

    /// <summary>Sentences that tell what is different in a scheme.</summary>
    public IEnumerable<string> Changes(Scheme before, Scheme now)
    {
        string?[] changes =
        [
            _say.Change(_say.Choose("名称", "the name"), _say.Quote(before.Name), _say.Quote(now.Name)),
            ChangeOfRule(before.Rule, now.Rule),
            Adjustments(_say.Choose("新添调整", "adjustments added"), now.Adjustments.Except(before.Adjustments)),
            Adjustments(_say.Choose("去掉调整", "adjustments removed"), before.Adjustments.Except(now.Adjustments)),
            _say.Change(_say.Choose("账单取整", "the rounding"), Of(before.Rounding), Of(now.Rounding)),
            _say.Change(_say.Choose("对照的指导区间", "the text of guidance ranges"), before.Guidance is null ? null : Of(before.Guidance), now.Guidance is null ? null : Of(now.Guidance)),
        ];
        bool any = false;
        foreach (string change in changes.OfType<string>())
        {
            any = true;
            yield return _say.Choose($"{change}。", $"{char.ToUpperInvariant(change[0])}{change[1..]}.");
        }
        if (!any) { yield return _say.Choose("内容和原来一样。", "Nothing in it is different."); }
    }

    /// <summary>A rule in words.</summary>
    public string Of(Rule rule) => rule switch
    {
        AreaRule or RideRule => Name(rule),
        EqualRule => _say.Choose("均摊，各户一样多", "equal shares"),
        FloorCoefficientsRule by => With(rule, Table(by.Coefficients, _say.OfFloor, _say.Number) + Above(by.StepAbove), _say.Choose($"；{SharedBy(by)}", $"; {SharedBy(by)}")),
        FloorPercentagesRule by => With(rule, Table(by.Percentages, _say.OfFloor, _say.Percent), _say.Choose($"；{Within(by.Within)}", $"; {Within(by.Within)}")),
        PointsRule by => With(rule, Table(by.ByType, type => _say.Quote(type.Value), _say.Number),
            _say.Choose($"；从 {by.FromFloor} 层起算，每高一层加 {_say.Number(by.PerFloor)}", $"; from floor {by.FromFloor} on, {_say.Number(by.PerFloor)} more for every floor")),
        WeightsRule by => With(rule, Table(by.Weights, _say.OfHousehold, _say.Number)),
        AirportRule by => With(rule, Of(by), _say.Choose("；电梯只装到各层的造价，", "; a lift only up to each floor would cost, ") + Table(by.StandAlone, _say.OfFloor, _say.Amount)),
        FormulaRule by => _say.Choose($"按公式{_say.Quote(by.Expression)}", $"by the formula {_say.Quote(by.Expression)}"),
        StepsRule by => With(rule, _say.Choose($"{by.FromFloor} 层每户 {_say.Amount(by.Base)}，每高一层加 {_say.Amount(by.Step)}，{Of(by.Closing)}",
            $"a flat of floor {by.FromFloor} {_say.Amount(by.Base)}, {_say.Amount(by.Step)} more for every floor above, {Of(by.Closing)}")),
        FixedRule by => With(rule, Table(by.Amounts, _say.OfHousehold, _say.Amount), _say.Choose($"；余下的{Name(by.Remainder)}", $"; the rest {Name(by.Remainder)}")),
        MixRule by => With(rule, _say.List(by.Parts, part => $"{_say.Percent(part.Percent)} {Name(part.Rule)}", "部分")),
        PerCostRule by => With(rule, _say.List(
            [.. by.Rules.Select(entry => $"{CostName(entry.Key)}{_say.Choose("", " ")}{Name(entry.Value)}"), .. by.Otherwise is null ? [] : new[] { _say.Choose($"其余费用{Name(by.Otherwise)}", $"all others {Name(by.Otherwise)}") }],
            entry => entry, "项")),
        _ => throw Unknown(rule),
    };

    /// <summary>The name of a cost line; its id where the budget has it no more.</summary>
    public string CostName(CostId id) => _say.Quote(costs.FirstOrDefault(line => line.Id == id)?.Name ?? id.Value);

    private string Name(Rule rule) => rule switch
    {
        EqualRule => _say.Choose("均摊", "in equal shares"),
        AreaRule => _say.Choose("按面积", "by area"),
        RideRule => _say.Choose("按乘梯层数", "by storeys ridden"),
        FloorCoefficientsRule => _say.Choose("按楼层系数", "by floor coefficients"),
        FloorPercentagesRule => _say.Choose("按楼层百分比", "by floor percentages"),
        PointsRule => _say.Choose("按积分", "by points"),
        WeightsRule => _say.Choose("按权数", "by weights"),
        AirportRule => _say.Choose("按单独造价", "by stand-alone costs"),
        FormulaRule => _say.Choose("按公式", "by a formula"),
        StepsRule => _say.Choose("按楼层定价", "by a price list"),
        FixedRule => _say.Choose("固定金额", "fixed amounts"),
        MixRule => _say.Choose("几种规则组合", "a mix of rules"),
        PerCostRule => _say.Choose("分项分摊", "each cost line by its own rule"),
        _ => throw Unknown(rule),
    };

    private string With(Rule rule, string detail, string more = "") => _say.Choose($"{Name(rule)}（{detail}{more}）", $"{Name(rule)} ({detail}{more})");

    private string Table<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> table, Func<TKey, string> key, Func<TValue, string> value) =>
        _say.List(table, entry => _say.Choose($"{key(entry.Key)}：{value(entry.Value)}", $"{key(entry.Key)}: {value(entry.Value)}"), "个");

    private string Above(Coefficient? step) => step is Coefficient more ? _say.Choose($"，再往上每层加 {_say.Number(more)}", $", {_say.Number(more)} more for every floor above") : "";

    private string SharedBy(FloorCoefficientsRule rule) => rule.SharedBy switch
    {
        Grains.Schemes.SharedBy.Floor => _say.Choose($"先分到各层，{Within(rule.Within)}", $"floors share first, {Within(rule.Within)}"),
        Grains.Schemes.SharedBy.Household => _say.Choose("各户按本层的系数", "each household by the coefficient of its floor"),
        _ => _say.Choose("各户按本层的系数乘面积", "each household by the coefficient of its floor times its area"),
    };

    private string Within(Within within) => within == Grains.Schemes.Within.Area
        ? _say.Choose("同一层各户按面积", "the flats of a floor by area") : _say.Choose("同一层各户均摊", "the flats of a floor equally");

    private string Of(Closing closing) => closing == Closing.TopFloor
        ? _say.Choose("最高一层分摊余额", "the highest floor shares the rest") : _say.Choose("再按比例凑成总额", "brought to the amount in proportion");

    private string Of(AirportRule rule)
    {
        string method = rule.Method switch
        {
            AirportMethod.Shapley => _say.Choose("逐段均摊", "Shapley: each segment of the shaft by all from its floor up"),
            AirportMethod.ConstrainedEqual => _say.Choose("尽量均摊", "constrained equal"),
            AirportMethod.ConstrainedProportional => _say.Choose("尽量按比例", "constrained proportional"),
            AirportMethod.Nucleolus => _say.Choose("核仁", "nucleolus"),
            _ => _say.Choose("节省相等", "constrained equal benefits"),
        };
        string weight = rule.Weight == AirportWeight.Area ? _say.Choose("，按面积", ", by area") : "";
        string by = rule.By == AirportBy.Floor ? _say.Choose("，先楼层后各户", ", floors first") : "";
        return _say.Choose("机场规则，", "airport rule, ") + method + weight + by;
    }

    private string Of(Adjustment adjustment) => adjustment switch
    {
        Compensation to => _say.Choose($"{_say.OfHousehold(to.Household)}得到补偿 {_say.Amount(to.Amount)}", $"{_say.OfHousehold(to.Household)} is compensated with {_say.Amount(to.Amount)}"),
        Exemption of => _say.Choose($"{_say.OfHousehold(of.Household)}免除，不付钱", $"{_say.OfHousehold(of.Household)} is exempt"),
        FixedAmount of => _say.Choose($"{_say.OfHousehold(of.Household)}付固定金额 {_say.Amount(of.Amount)}", $"{_say.OfHousehold(of.Household)} pays the fixed amount {_say.Amount(of.Amount)}"),
        Discount of => _say.Choose($"{_say.OfHousehold(of.Household)}打折，少付 {_say.Percent(of.Percent)}", $"{_say.OfHousehold(of.Household)} has a discount of {_say.Percent(of.Percent)}"),
        Cap of => _say.Choose($"{Whose(of.Household)}封顶 {_say.Amount(of.Amount)}", $"{Whose(of.Household)} pays {_say.Amount(of.Amount)} at most"),
        Minimum of => _say.Choose($"{Whose(of.Household)}最低额 {_say.Amount(of.Amount)}", $"{Whose(of.Household)} pays {_say.Amount(of.Amount)} at least"),
        Relief of => _say.Choose($"{_say.OfHousehold(of.Household)}减免 {_say.Amount(of.Amount)}，由{_say.Quote(of.Payer)}出", $"{_say.OfHousehold(of.Household)} has a relief of {_say.Amount(of.Amount)}, which {_say.Quote(of.Payer)} pays"),
        _ => throw new InvalidOperationException($"No words for {adjustment.GetType().Name}."),
    };

    private string Whose(HouseholdId? household) => household is HouseholdId one ? _say.OfHousehold(one) : _say.Choose("每户", "every household");

    private string Of(Rounding rounding)
    {
        bool isFen = rounding.Unit == BillingUnit.Fen;
        string unit = _say.Amount(rounding.Unit.Amount);
        return rounding.Mode == RoundingMode.Up
            ? isFen ? _say.Choose("每户都向上取到一分", "every bill up to a fen") : _say.Choose($"每户都向上取到 {unit}的整数倍", $"every bill up to a multiple of {unit}")
            : isFen ? _say.Choose("算到分", "to the fen") : _say.Choose($"{unit}的整数倍（最大余数法）", $"multiples of {unit} (largest remainder)");
    }

    private string Of(Guidance guidance) => _say.Choose($"{_say.Quote(guidance.Policy.Value)}，{Phrases.Day(guidance.On)} 的规定", $"{_say.Quote(guidance.Policy.Value)} as of {Phrases.Day(guidance.On)}");

    private string? Adjustments(string what, IEnumerable<Adjustment> adjustments) =>
        adjustments.Any() ? $"{what}{_say.Choose("：", ": ")}{_say.LongList(adjustments, Of, "条")}" : null;

    private string? ChangeOfRule(Rule before, Rule now)
    {
        // Tables of rules compare by reference, and what is told of long ones is cut.
        if (JsonSerializer.Serialize(before, WireJson.Options) == JsonSerializer.Serialize(now, WireJson.Options)) { return null; }
        return _say.Change(_say.Choose("分摊规则", "the rule"), Of(before), Of(now))
            ?? _say.Choose($"分摊规则还是{Name(now)}，里面的数字改了", $"the rule is still {Name(now)}, with other numbers");
    }

    private static InvalidOperationException Unknown(Rule rule) => new($"No words for {rule.GetType().Name}.");
}
