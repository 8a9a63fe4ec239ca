using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Grains.Policies;
using CostShare.Grains.Streets;

namespace CostShare.Api.Streets;

/// <summary>The answers of the street office as tables that are given out.</summary>
/// <param name="language">The language.</param>
/// <param name="policies">The policies, which have names.</param>
internal sealed class StreetTables(Language language, PolicyBook policies)
{
    /// <summary>The tables of each answer by their names in addresses; the first is the one that is given unless another is asked for.</summary>
    public static readonly string[] OfSummary = [Figures, Subsidies, Unreadable], OfSubsidies = [Lines, DoubleClaims, Programmes, Figures, Unreadable], OfWhatIf = [Lines, Figures], OfProgress = [Lines, Figures];

    private const string Figures = "figures", Subsidies = "subsidies", Unreadable = "unreadable", Lines = "lines", DoubleClaims = "doubleClaims", Programmes = "programmes";

    private readonly StreetWords _words = new(language, policies);

    /// <summary>The figures of parts of a city, a row each.</summary>
    public IReadOnlyList<Sheet> Of(IReadOnlyList<StreetPart> parts, IReadOnlyList<string> unreadable) =>
    [
        New<StreetPart>()
            .Text("街道", "street", part => part.Street, 16)
            .Text("小区", "estate", part => part.Estate, 18)
            .Whole("门栋", "stairs", part => part.Figures.Stairs)
            .Whole("已签约", "signed", part => part.Figures.Signed)
            .Tenths("签约率（%）", "signing rate (%)", part => part.Figures.SigningPercent)
            .Whole("施工和验收中", "under construction", part => part.Figures.UnderConstruction)
            .Whole("已投入使用", "in use", part => part.Figures.InUse)
            .Tenths("从开始到签约的天数（中位数）", "median days to signing", part => part.Figures.MedianDaysToSigning)
            .Whole("还没有开始", "not started", part => part.Figures.Stages.NotStarted)
            .Whole("动议协商", "consulting", part => part.Figures.Stages.Consulting)
            .Whole("申请报建", "applying for the permit", part => part.Figures.Stages.Applying)
            .Whole("公示公告", "public notice", part => part.Figures.Stages.PublicNotice)
            .Whole("施工建设", "construction", part => part.Figures.Stages.Construction)
            .Whole("竣工验收", "acceptance", part => part.Figures.Stages.Acceptance)
            .Whole("交付使用", "handed over", part => part.Figures.Stages.InUse)
            .Whole("后期管理", "upkeep", part => part.Figures.Stages.Upkeep)
            .Whole("能装", "suitable", part => part.Figures.Feasibility.Suitable)
            .Whole("较难", "hard", part => part.Figures.Feasibility.Hard)
            .Whole("不适合", "unsuitable", part => part.Figures.Feasibility.Unsuitable)
            .Whole("还没有评估", "not assessed", part => part.Figures.Feasibility.NotAssessed)
            .Whole("户数", "households", part => part.Figures.Households)
            .Yuan("总造价", "total cost", part => part.Figures.TotalCost)
            .Yuan("自筹", "self-funded", part => part.Figures.SelfFunded)
            .Yuan("应付", "billed", part => part.Figures.Billed)
            .Whole("无法核算的门栋", "not reckoned", part => part.Figures.NotReckoned)
            .Make(Figures, language.Choose("概况", "Figures"), parts),
        New<(StreetPart Part, SubsidyFigure Figure)>()
            .Text("街道", "street", row => row.Part.Street, 16)
            .Text("小区", "estate", row => row.Part.Estate, 18)
            .Text("政策编号", "policy", row => row.Figure.Policy?.Value, 20)
            .Text("政策", "name of the policy", row => _words.NameOf(row.Figure.Policy), 24)
            .Text("谁出", "layer", row => _words.Of(row.Figure.Layer))
            .Yuan("按规定", "by the rule", row => row.Figure.Rule)
            .Yuan("计划", "planned", row => row.Figure.Planned)
            .Yuan("申领", "claimed", row => row.Figure.Claimed)
            .Yuan("批准", "granted", row => row.Figure.Granted)
            .Yuan("发放", "paid", row => row.Figure.Paid)
            .Make(Subsidies, language.Choose("补贴", "Subsidies"), parts.SelectMany(part => part.Figures.Subsidies.Select(figure => (part, figure)))),
        LeftOut(unreadable),
    ];

    /// <summary>What was found of subsidies.</summary>
    public IReadOnlyList<Sheet> Of(SubsidyCheckResult check, IReadOnlyList<ProgrammeFigures> programmes, IReadOnlyList<string> unreadable) =>
    [
        New<SubsidyLine>()
            .Text("楼栋编号", "building", line => line.Building.Value, 18)
            .Text("街道", "street", line => line.Street, 16)
            .Text("小区", "estate", line => line.Estate, 18)
            .Text("地址", "address", line => line.Address, 28)
            .Text("资金来源", "source", line => line.Source.Value)
            .Text("政策编号", "policy", line => line.Policy?.Value, 20)
            .Text("政策", "name of the policy", line => _words.NameOf(line.Policy), 24)
            .Day("按哪天的规定", "rule on", line => line.RuleOn)
            .Text("进度", "state", line => _words.Of(line.State))
            .Yuan("记录", "recorded", line => line.Recorded)
            .Day("记录日期", "recorded on", line => line.RecordedOn)
            .Yuan("按规定", "by the rule", line => line.Rule)
            .SignedYuan("差额", "difference", line => line.Difference)
            .Text("说明", "explanation", _words.Explanation, 60)
            .Text("使用登记证", "certificate", line => line.Certificate, 20)
            .Text("补贴资金项目", "programme", line => line.Programme, 20)
            .Make(Lines, language.Choose("逐项核对", "Lines"), check.Lines),
        New<(int Number, DoubleClaim Double, Claim Claim, bool IsFirst)>()
            .Whole("序号", "number", row => row.Number)
            .Text("相同之处", "in common", row => _words.Of(row.Double.Kind))
            .Text("登记证或地址", "certificate or address", row => row.Double.What, 24)
            .Yuan("多领", "too much", row => row.IsFirst ? row.Double.TooMuch : null)
            .Text("楼栋编号", "building", row => row.Claim.Building.Value, 18)
            .Text("街道", "street", row => row.Claim.Street, 16)
            .Text("地址", "address", row => row.Claim.Address, 28)
            .Text("资金来源", "source", row => row.Claim.Source.Value)
            .Text("政策编号", "policy", row => row.Claim.Policy?.Value, 20)
            .Text("政策", "name of the policy", row => _words.NameOf(row.Claim.Policy), 24)
            .Text("使用登记证", "certificate", row => row.Claim.Certificate, 20)
            .Text("进度", "state", row => _words.Of(row.Claim.State))
            .Yuan("金额", "amount", row => row.Claim.Amount)
            .Day("记录日期", "recorded on", row => row.Claim.On)
            .Make(DoubleClaims, language.Choose("重复申领", "Double claims"), check.DoubleClaims.SelectMany((claim, i) => claim.Claims.Select((one, j) => (i + 1, claim, one, j == 0)))),
        New<ProgrammeFigures>()
            .Text("补贴资金项目编号", "programme", figures => figures.Programme, 20)
            .Text("补贴资金项目", "name of the programme", figures => figures.Name is null ? null : _words.NameOf(figures.Name), 24)
            .Yuan("预算", "budget", figures => figures.Budget)
            .Yuan("已占用", "committed", figures => figures.Committed)
            .Yuan("其中这里", "committed here", figures => figures.CommittedHere)
            .Yuan("另有计划", "planned", figures => figures.Planned)
            .SignedYuan("剩余", "left", figures => figures.Left)
            .Make(Programmes, language.Choose("补贴资金项目", "Programmes"), programmes),
        New<SubsidyCheckResult>()
            .Whole("核对了", "checked", found => found.Checked)
            .Whole("不一致", "differing", found => found.Differing)
            .Whole("无法核算", "cannot be reckoned", found => found.Refused)
            .Whole("没有政策可对照", "without a rule", found => found.WithoutRule)
            .Yuan("按规定", "by the rule", found => found.Rule)
            .Yuan("记录", "recorded", found => found.Recorded)
            .SignedYuan("差额", "difference", found => found.Difference)
            .Make(Figures, language.Choose("合计", "Totals"), [check]),
        LeftOut(unreadable),
    ];

    /// <summary>What other rules would give.</summary>
    public IReadOnlyList<Sheet> Of(WhatIfResult result) =>
    [
        New<WhatIfLine>()
            .Text("楼栋编号", "building", line => line.Building.Value, 18)
            .Text("街道", "street", line => line.Street, 16)
            .Text("小区", "estate", line => line.Estate, 18)
            .Text("地址", "address", line => line.Address, 28)
            .Yuan("现在", "now", line => line.Before)
            .Yuan("改后", "then", line => line.After)
            .SignedYuan("差额", "difference", line => line.Difference)
            .SignedYuan("自筹差额", "difference of what residents raise", line => line.SelfFundedDifference)
            .Text("已批准或发放", "granted or paid", line => _words.YesNo(line.Granted))
            .Make(Lines, language.Choose("各门栋", "Stairs"), result.Lines),
        New<WhatIfResult>()
            .Text("政策编号", "policy", found => found.Policy.Value, 20)
            .Text("政策", "name of the policy", found => _words.NameOf(found.Policy), 24)
            .Whole("门栋", "stairs", found => found.Stairs)
            .Whole("涉及", "concerned", found => found.Concerned)
            .Whole("增加", "gain", found => found.Gain)
            .Whole("减少", "lose", found => found.Lose)
            .Whole("现在没有可用规定", "no rule now", found => found.New)
            .Whole("无法核算", "not reckoned", found => found.NotReckoned)
            .Yuan("现在", "now", found => found.Before)
            .Yuan("改后", "then", found => found.After)
            .SignedYuan("差额", "difference", found => found.Difference)
            .SignedYuan("其中还没有批准的", "of it not granted yet", found => found.OpenDifference)
            .Yuan("现在自筹", "residents raise now", found => found.SelfFundedBefore)
            .Yuan("改后自筹", "residents raise then", found => found.SelfFundedAfter)
            .Make(Figures, language.Choose("合计", "Totals"), [result]),
    ];

    /// <summary>How far the stairs of an estate have come.</summary>
    public IReadOnlyList<Sheet> Of(ProgressTable table) =>
    [
        New<ProgressLine>()
            .Text("地址", "address", line => line.Address, 28)
            .Whole("层数", "storeys", line => line.Storeys.Number)
            .Whole("户数", "households", line => line.Households?.Number)
            .Text("能不能装", "feasibility", line => _words.Of(line.Feasibility))
            .Text("进度", "stage", line => _words.Of(line.Stage))
            .Day("从哪天起", "since", line => line.StageOn)
            .Day("签约日期", "signed on", line => line.SignedOn)
            .Make(Lines, language.Choose("推进表", "Progress"), table.Lines),
        New<ProgressTable>()
            .Text("街道", "street", found => found.Street, 16)
            .Text("小区", "estate", found => found.Estate, 18)
            .Whole("门栋", "stairs", found => found.Figures.Stairs)
            .Whole("已签约", "signed", found => found.Figures.Signed)
            .Tenths("签约率（%）", "signing rate (%)", found => found.Figures.SigningPercent)
            .Whole("施工和验收中", "under construction", found => found.Figures.UnderConstruction)
            .Whole("已投入使用", "in use", found => found.Figures.InUse)
            .Tenths("从开始到签约的天数（中位数）", "median days to signing", found => found.Figures.MedianDaysToSigning)
            .Whole("能装", "suitable", found => found.Figures.Feasibility.Suitable)
            .Whole("较难", "hard", found => found.Figures.Feasibility.Hard)
            .Whole("不适合", "unsuitable", found => found.Figures.Feasibility.Unsuitable)
            .Whole("还没有评估", "not assessed", found => found.Figures.Feasibility.NotAssessed)
            .Make(Figures, language.Choose("概况", "Figures"), [table]),
    ];

    private Sheet LeftOut(IReadOnlyList<string> unreadable) => New<string>()
        .Text("读不出的楼栋（没有计入，或按读不出之前计入）", "buildings that cannot be read (not counted, or counted as before)", building => building, 28)
        .Make(Unreadable, language.Choose("读不出的楼栋", "Unreadable"), unreadable);

    private SheetOf<T> New<T>() => new(language);
}
