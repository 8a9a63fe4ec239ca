using System.Text;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;

namespace CostShare.Api.Explanations;

/// <summary>What every step means to people: a plain sentence with its arithmetic.</summary>
internal static class StepTexts
{
    /// <summary>The sentence of a step in both languages, with the names of inputs in braces; what stands in brackets is left out where an input in it is missing.</summary>
    /// <remarks>
    /// Besides inputs: {result} is the result behind = or ≈; {sum} all inputs joined by +; {lines} the same, each with its name;
    /// {product} share times factor; {whole} the whole units of a bill, without the one that a remainder earned; {expression} a formula.
    /// </remarks>
    public static (string Chinese, string English) Of(Step step) => step.Code switch
    {
        StepCode.Payable => ("应筹金额：自筹 {selfFunded} + 全部补偿 {compensation} {result}",
            "Payable: self-funded {selfFunded} + all compensation {compensation} {result}"),
        StepCode.ToShare => ("要分摊的金额：应筹 {payable} − 固定金额合计 {fixed} {result}",
            "Left to share: payable {payable} − all fixed amounts {fixed} {result}"),
        StepCode.DoesNotJoin => ("本户不参加，分摊额 {result}", "The household does not join: its share {result}"),
        StepCode.Exempt => ("本户已免除，分摊额 {result}", "The household is exempt: its share {result}"),
        StepCode.Fixed => ("本户付固定金额 {amount}，账单 {result}", "The household pays the fixed amount {amount}: its bill {result}"),

        StepCode.Equal => ("每户平均：{amount} ÷ {payers} 户 {result}", "An equal share: {amount} ÷ {payers} households {result}"),
        StepCode.ByArea => ("按面积：{amount} × {areaM2} ÷ 分摊户总面积 {totalAreaM2} {result}",
            "By area: {amount} × {areaM2} ÷ all payers' {totalAreaM2} {result}"),
        StepCode.CoefficientAbove => ("本层的系数：最后列出的 {lastListed} + 每层加 {stepAbove} × {floorsAbove} 层 {result}",
            "The floor's coefficient: the last one listed {lastListed} + {stepAbove} × {floorsAbove} floors above it {result}"),
        StepCode.CoefficientTimesArea => ("系数乘面积：{coefficient} × {areaM2} {result}", "Coefficient times area: {coefficient} × {areaM2} {result}"),
        StepCode.FloorByCoefficient => ("本层按系数承担：{amount} × {coefficient} ÷ {totalCoefficients} {result}",
            "The floor's part by coefficient: {amount} × {coefficient} ÷ {totalCoefficients} {result}"),
        StepCode.FloorByPercentage => ("本层按百分比承担：{amount} × {percent} {result}", "The floor's part by percentage: {amount} × {percent} {result}"),
        StepCode.WithinFloorByArea => ("本层之内按面积：{floorAmount} × {areaM2} ÷ 本层分摊户面积 {floorAreaM2} {result}",
            "Within the floor by area: {floorAmount} × {areaM2} ÷ the floor's payers' {floorAreaM2} {result}"),
        StepCode.WithinFloorEqually => ("本层之内平均：{floorAmount} ÷ {floorPayers} 户 {result}",
            "Within the floor equally: {floorAmount} ÷ {floorPayers} households {result}"),
        StepCode.StoreysRidden when Input(step, "floor") - 1 < Input(step, "entry") => (
            "乘梯层数：{floor} 层 − 1 − 半层入户 {entry} 不到 0，所以 {result}",
            "Storeys ridden: floor {floor} − 1 − {entry} for the half-landing is below 0, so {result}"),
        StepCode.StoreysRidden when Input(step, "entry").Sign == 0 => ("乘梯层数：{floor} 层 − 1 {result}", "Storeys ridden: floor {floor} − 1 {result}"),
        StepCode.StoreysRidden => ("乘梯层数：{floor} 层 − 1 − 半层入户 {entry} {result}",
            "Storeys ridden: floor {floor} − 1 − {entry} for the half-landing {result}"),
        StepCode.Points when IsBelowFirst(step) => ("积分：本户在 {floor} 层，低于 {fromFloor} 层，所以 {result}",
            "Points: floor {floor} is below floor {fromFloor}, so {result}"),
        StepCode.Points => ("积分：房型 {typePoints} + 每层 {perFloor} × ({floor} 层 − {fromFloor} 层) {result}",
            "Points: flat type {typePoints} + {perFloor} × (floor {floor} − floor {fromFloor}) {result}"),
        StepCode.ByWeight => ("按权数：{amount} × {weight} ÷ 权数合计 {totalWeight} {result}", "By weight: {amount} × {weight} ÷ all weights {totalWeight} {result}"),
        StepCode.MixPart => ("组合中的一部分：{amount} × {percent} {result}", "One part of the mix: {amount} × {percent} {result}"),
        StepCode.MixSum => ("各部分相加：{sum} {result}", "All parts together: {sum} {result}"),

        StepCode.Discount => ("打折：{share} × (100% − {percent}) {result}", "Discount: {share} × (100% − {percent}) {result}"),
        StepCode.CarriesDiscounts => ("分担别户的折扣：{share} × (不打折各户合计 {carriers} + 折扣合计 {discounted}) ÷ {carriers} {result}",
            "Carrying the discounts of others: {share} × (all that carry {carriers} + all discounts {discounted}) ÷ {carriers} {result}"),
        StepCode.Limits when !HasLimits(step) => ("各户乘同一个倍数：{share} × {factor} {result}", "One factor for all: {share} × {factor} {result}"),
        StepCode.Limits => ("各户先乘同一个倍数，再看限额：{share} × {factor} {product}[；最低额 {minimum}][；封顶 {cap}]；所以 {result}",
            "One factor for all, then the limits: {share} × {factor} {product}[; minimum {minimum}][; cap {cap}]; so {result}"),

        StepCode.BillingTotal => ("账单总额：{toShare}向上取整到 {unit}的整数倍 {result}",
            "All bills together: {toShare} rounded up to a multiple of {unit} {result}"),
        StepCode.BillingShare when HasLimits(step) => (
            "账单总额之内的分摊额：{share} × {factor} {product}[；最低额 {minimum}][；封顶 {cap}]；所以 {result}",
            "The share of all bills together: {share} × {factor} {product}[; minimum {minimum}][; cap {cap}]; so {result}"),
        StepCode.BillingShare => ("账单总额之内的分摊额：{share} × {factor} {result}", "The share of all bills together: {share} × {factor} {result}"),
        StepCode.LargestRemainder when Input(step, "rank").Sign == 0 => (
            "账单：{share}正好是 {unit}的整数倍，不用取整 {result}",
            "Bill: {share} is a whole multiple of {unit}, nothing to round {result}"),
        StepCode.LargestRemainder when EarnsUnit(step) => (
            "账单：{share}去掉不满 {unit}的零头是 {whole}；还剩 {unitsLeft} 个 {unit}，给零头最大的各户，本户排第 {rank}，加一个 {result}",
            "Bill: {share} without what is less than {unit} is {whole}; {unitsLeft} × {unit} are left for the largest remainders, this one is number {rank} and gets one {result}"),
        StepCode.LargestRemainder => (
            "账单：{share}去掉不满 {unit}的零头是 {whole}；还剩 {unitsLeft} 个 {unit}，给零头最大的各户，本户排第 {rank}，轮不到 {result}",
            "Bill: {share} without what is less than {unit} is {whole}; {unitsLeft} × {unit} are left for the largest remainders, this one is number {rank} and gets none {result}"),
        StepCode.RoundUp => ("账单：{share}向上取整到 {unit}的整数倍 {result}", "Bill: {share} rounded up to a multiple of {unit} {result}"),
        StepCode.Amount => ("应付金额：账单 {bill} − 补偿 {compensation} − 减免 {relief} {result}",
            "Amount: bill {bill} − compensation {compensation} − relief {relief} {result}"),
        StepCode.Refund when EarnsUnit(step) => (
            "以后退还：{total} × 本户账单 {bill} ÷ 全部账单 {billed}，去掉不满一分的零头是 {whole}；还剩 {unitsLeft} 分，给零头最大的各户，本户排第 {rank}，加一分 {result}",
            "Refund later: {total} × bill {bill} ÷ all bills {billed}, whole fen {whole}; {unitsLeft} fen are left for the largest remainders, this one is number {rank} and gets one {result}"),
        StepCode.Refund when Input(step, "rank").Sign > 0 => (
            "以后退还：{total} × 本户账单 {bill} ÷ 全部账单 {billed}，去掉不满一分的零头；还剩 {unitsLeft} 分，给零头最大的各户，本户排第 {rank}，轮不到 {result}",
            "Refund later: {total} × bill {bill} ÷ all bills {billed}, in whole fen; {unitsLeft} fen are left for the largest remainders, this one is number {rank} and gets none {result}"),
        StepCode.Refund => ("以后退还：{total} × 本户账单 {bill} ÷ 全部账单 {billed} {result}", "Refund later: {total} × bill {bill} ÷ all bills {billed} {result}"),

        StepCode.ProgrammeLines => ("其他项目承担：{lines} {result}", "The programme carries: {lines} {result}"),
        StepCode.SourceGives => ("资金来源：可给 {offered}，缺口 {need}，取小的 {result}", "The source: offers {offered}, needed {need}, the smaller {result}"),

        StepCode.SubsidyBase => ("补贴的计算基数：{lines} {result}", "What the subsidy is reckoned on: {lines} {result}"),
        StepCode.SubsidyPercent => ("按比例：{base} × {percent}，去掉不满一分的 {result}", "By percentage: {base} × {percent}, rounded down to a fen {result}"),
        StepCode.SubsidyFlat => ("定额：{amount} {result}", "A stated amount: {amount} {result}"),
        StepCode.SubsidyActual => ("按实际费用：{base} {result}", "The cost itself: {base} {result}"),
        StepCode.SubsidyTier when Input(step, "tier").Sign == 0 => ("{number} 不到最低一档，补贴 {result}", "{number} does not reach the first tier, so the subsidy {result}"),
        StepCode.SubsidyTier => ("按 {number} 分档，属于从 {tier} 起的一档：{amount} {result}", "By tiers, {number} reaches the one from {tier}: {amount} {result}"),
        StepCode.SubsidyCap => ("{amount} 和封顶 {cap}，取小的 {result}", "The smaller of {amount} and the cap of {cap} {result}"),
        StepCode.SubsidyUnmet => ("有条件不满足（见下面），补贴 {result}", "Conditions are not met (see below), so the subsidy {result}"),
        StepCode.StandAlone => ("本层的单独造价（电梯只装到本层），按要分摊的金额折算：{amount} × {standAlone} ÷ 最高层的 {highest} {result}",
            "The floor's stand-alone cost (a lift only up to it), scaled to the amount: {amount} × {standAlone} ÷ the highest floor's {highest} {result}"),
        StepCode.Segment => ("井道到 {floor} 层的一段：({cost} − 下面各段 {below}) ÷ 合用的 {households} 户 {result}",
            "The segment of the shaft up to floor {floor}: ({cost} − the segments below {below}) ÷ the {households} households that use it {result}"),
        StepCode.SegmentByArea => ("井道到 {floor} 层的一段：({cost} − 下面各段 {below}) × {areaM2} ÷ 合用各户的面积 {totalAreaM2} {result}",
            "The segment of the shaft up to floor {floor}: ({cost} − the segments below {below}) × {areaM2} ÷ {totalAreaM2} of all that use it {result}"),
        StepCode.SegmentOfFloors => ("井道到 {floor} 层的一段：({cost} − 下面各段 {below}) ÷ 合用的 {floors} 层 {result}",
            "The segment of the shaft up to floor {floor}: ({cost} − the segments below {below}) ÷ the {floors} floors that use it {result}"),
        StepCode.SegmentSum => ("各段相加：{sum} {result}", "All segments together: {sum} {result}"),
        StepCode.Block => (Together(step, chinese: true) + " ÷ {households} 户 {result}", Together(step, chinese: false) + " ÷ {households} households {result}"),
        StepCode.BlockByArea => (Together(step, chinese: true) + " × {areaM2} ÷ 这几层的面积 {totalAreaM2} {result}",
            Together(step, chinese: false) + " × {areaM2} ÷ their {totalAreaM2} {result}"),
        StepCode.BlockByCost => (Together(step, chinese: true) + " × 单独造价 {standAlone} ÷ 这几层各户的单独造价合计 {totalStandAlone} {result}",
            Together(step, chinese: false) + " × the stand-alone cost {standAlone} ÷ all of theirs {totalStandAlone} {result}"),
        StepCode.SlackRound when Input(step, "spare").Sign == 0 => (
            "{fromFloor} 层到 {toFloor} 层付还没有付的：({cost} − 下面各层已付 {collected}) ÷ {households} 户（最高层，另留 {spare} 份） {result}",
            "Floors {fromFloor} to {toFloor} pay what is not yet paid: ({cost} − paid below {collected}) ÷ {households} households (the highest floor, {spare} parts more) {result}"),
        StepCode.SlackRound => (
            "{fromFloor} 层到 {toFloor} 层付还没有付的：({cost} − 下面各层已付 {collected}) ÷ ({households} 户 + 留作这几层节省的 {spare} 份) {result}",
            "Floors {fromFloor} to {toFloor} pay what is not yet paid: ({cost} − paid below {collected}) ÷ ({households} households + {spare} part that they save) {result}"),
        StepCode.EqualBenefit when Input(step, "cost") < Input(step, "benefit") => (
            "节省相等：{cost} − 每户同样的节省 {benefit}不到 0，所以 {result}", "Equal benefit: {cost} − the same benefit for all {benefit} is below 0, so {result}"),
        StepCode.EqualBenefit => ("节省相等：{cost} − 每户同样的节省 {benefit} {result}", "Equal benefit: {cost} − the same benefit for all {benefit} {result}"),
        StepCode.Formula => ("公式 {expression}[，其中 floor 是本户楼层 {floor}][，area 是本户面积 {area}][，storeys 是总层数 {storeys}][，payers 是分摊户数 {payers}]；算出的值 {result}",
            "Formula {expression}[, where floor is {floor}][, where area is {area}][, where storeys is {storeys}][, where payers is {payers}]; its value {result}"),
        StepCode.Price when IsBelowFirst(step) => ("本户价格：{floor} 层低于 {fromFloor} 层，所以 {result}", "The flat's price: floor {floor} is below floor {fromFloor}, so {result}"),
        StepCode.Price => ("本户价格：起价 {base} + 每层 {step} × ({floor} 层 − {fromFloor} 层) {result}",
            "The flat's price: base {base} + {step} × (floor {floor} − floor {fromFloor}) {result}"),
        StepCode.ByPrice => ("按价格：{amount} × {price} ÷ 各户价格合计 {totalPrices} {result}", "By price: {amount} × {price} ÷ all prices {totalPrices} {result}"),
        StepCode.TopFloorRest => ("最高一层平分余下的：({amount} − 以下各层 {below}) ÷ {topPayers} 户 {result}",
            "The highest floor shares the rest: ({amount} − the floors below {below}) ÷ {topPayers} households {result}"),
        StepCode.CostLines => ("这条规则分摊的费用项：{lines} {result}", "The cost lines that this rule shares: {lines} {result}"),
        StepCode.CostSum => ("各费用项相加：{sum} {result}", "All cost lines together: {sum} {result}"),
        StepCode.CostScale => ("折算成要分摊的金额：{share} × {toShare} ÷ 自筹 {selfFunded} {result}",
            "Scaled to the amount to share: {share} × {toShare} ÷ self-funded {selfFunded} {result}"),
        _ => throw new InvalidOperationException($"No text for {step.Code}."),
    };

    /// <summary>What an input of a step counts. This is the only place that decides it.</summary>
    public static FigureKind KindOf(StepCode code, string name) => code is StepCode.CostLines or StepCode.ProgrammeLines or StepCode.SubsidyBase
        // Named after cost lines, which may be called anything.
        ? FigureKind.Money
        : name switch
        {
            "selfFunded" or "compensation" or "payable" or "fixed" or "amount" or "floorAmount" or "share" or "carriers" or "discounted"
                or "minimum" or "cap" or "toShare" or "unit" or "bill" or "billed" or "relief" or "total" or "offered" or "need"
                or "standAlone" or "totalStandAlone" or "highest" or "cost" or "below" or "collected" or "benefit" or "base" or "step" or "price" or "totalPrices"
                => FigureKind.Money,
            "areaM2" or "totalAreaM2" or "floorAreaM2" or "area" => FigureKind.Area,
            "percent" => FigureKind.Percentage,
            "payers" or "floorPayers" or "topPayers" or "floor" or "fromFloor" or "toFloor" or "floorsAbove" or "storeys" or "entry"
                or "lastListed" or "stepAbove" or "coefficient" or "totalCoefficients" or "typePoints" or "perFloor" or "weight" or "totalWeight"
                or "factor" or "number" or "tier" or "rank" or "unitsLeft" or "households" or "floors" or "spare"
                => FigureKind.Plain,
            _ when name.StartsWith("part", StringComparison.Ordinal) || name.StartsWith("segment", StringComparison.Ordinal) => FigureKind.Money,
            _ => throw new InvalidOperationException($"Nothing is known of the input {name} of {code}."),
        };

    /// <summary>What the result of a step counts.</summary>
    public static FigureKind ResultOf(StepCode code) => code
        is StepCode.StoreysRidden or StepCode.Points or StepCode.CoefficientAbove or StepCode.CoefficientTimesArea or StepCode.Formula
        ? FigureKind.Plain
        : FigureKind.Money;

    /// <summary>The sentence of a step in a language, with its numbers in place.</summary>
    /// <param name="step">The step.</param>
    /// <param name="language">The language.</param>
    /// <param name="lineNames">The names of the cost lines, by id; a line without a name is told by its id.</param>
    public static string Sentence(Step step, Language language, IReadOnlyDictionary<string, string> lineNames)
    {
        (string chinese, string english) = Of(step);
        var sentence = new StringBuilder();
        string rest = language.Choose(chinese, english);
        while (rest.IndexOf('[', StringComparison.Ordinal) is var open and >= 0)
        {
            int close = rest.IndexOf(']', open);
            Fill(rest[..open], step, language, lineNames, sentence);
            Fill(rest[(open + 1)..close], step, language, lineNames, sentence, optional: true);
            rest = rest[(close + 1)..];
        }
        Fill(rest, step, language, lineNames, sentence);
        return sentence.ToString();
    }

    private static void Fill(
        string template, Step step, Language language, IReadOnlyDictionary<string, string> lineNames, StringBuilder sentence, bool optional = false)
    {
        string[] pieces = template.Split('{', '}');
        if (optional && pieces.Where((_, i) => i % 2 == 1).Any(name => !Has(step, name))) { return; }
        for (int i = 0; i < pieces.Length; i++) { sentence.Append(i % 2 == 0 ? pieces[i] : Value(pieces[i], step, language, lineNames)); }
    }

    private static string Value(string name, Step step, Language language, IReadOnlyDictionary<string, string> lineNames) => name switch
    {
        "result" => Figures.Result(step.Result, ResultOf(step.Code), language),
        "product" => Figures.Result(Input(step, "share") * Input(step, "factor"), FigureKind.Money, language),
        "whole" => Figures.Text(EarnsUnit(step) ? step.Result - Unit(step) : step.Result, FigureKind.Money, language),
        "sum" => string.Join(" + ", step.Inputs.Select(input => Shown(step, input, language))),
        "lines" => string.Join(" + ", step.Inputs.Select(input => $"{lineNames.GetValueOrDefault(input.Name, input.Name)} {Shown(step, input, language)}")),
        "expression" => step.Expression ?? throw new InvalidOperationException($"{step.Code} came without its expression."),
        _ => Figures.Text(Input(step, name), KindOf(step.Code, name), language),
    };

    private static string Shown(Step step, StepInput input, Language language) => Figures.Text(input.Value, KindOf(step.Code, input.Name), language);

    private static bool Has(Step step, string name) => step.Inputs.Any(input => input.Name == name);

    /// <summary>An input of a step; its formula says that it is there.</summary>
    public static Fraction Input(Step step, string name) => step.Inputs.First(input => input.Name == name).Value;

    /// <summary>Whether a remainder earned a whole unit.</summary>
    public static bool EarnsUnit(Step step) => Input(step, "rank").Sign > 0 && Input(step, "rank") <= Input(step, "unitsLeft");

    // A refund is given out in fen and states no unit.
    private static Fraction Unit(Step step) => Has(step, "unit") ? Input(step, "unit") : Fraction.One;

    private static bool HasLimits(Step step) => Has(step, "minimum") || Has(step, "cap");

    private static string Together(Step step, bool chinese) => (chinese, Input(step, "fromFloor") == Input(step, "toFloor")) switch
    {
        (true, true) => "{toFloor} 层自己付装到本层多出的造价：({cost} − 装到下面 {below})",
        (true, false) => "{fromFloor} 层到 {toFloor} 层一起付这几层的造价：(装到 {toFloor} 层 {cost} − 装到下面 {below})",
        (false, true) => "Floor {toFloor} by itself pays what it adds: ({cost} − up to below {below})",
        (false, false) => "Floors {fromFloor} to {toFloor} together pay what they add: (up to floor {toFloor} {cost} − up to below {below})",
    };

    private static bool IsBelowFirst(Step step) => Input(step, "floor") < Input(step, "fromFloor");
}
