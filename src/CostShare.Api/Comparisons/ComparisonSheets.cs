using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Funding;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Api.Comparisons;

/// <summary>A comparison as tables that are given out: the figures of the answer as they are, none of them reckoned anew.</summary>
internal static class ComparisonSheets
{
    /// <summary>The tables by their names in addresses; the first is the one that is given unless another is asked for.</summary>
    public static readonly string[] Tables = [Households, Floors, Totals, Funding, Costs];

    private const string Households = "households", Floors = "floors", Totals = "totals", Funding = "funding", Costs = "costs";

    /// <summary>The tables of a comparison.</summary>
    /// <param name="request">What was asked, which holds the names.</param>
    /// <param name="result">The answer, which holds the figures.</param>
    /// <param name="language">The language of headings.</param>
    public static IReadOnlyList<Sheet> Of(ComparisonRequest request, ComparisonResult result, Language language)
    {
        string[] names = [.. request.Schemes.Select(scheme => NameOf(scheme, request.Schemes))];
        return
        [
            OfHouseholds(request.Building, result, names, language),
            OfFloors(result, names, language),
            New<(SchemeResult Scheme, string Name)>(language)
                .Text("方案编号", "scheme", row => row.Scheme.Id.Value)
                .Text("方案", "name", row => row.Name, 24)
                .Whole("分摊户数", "payers", row => row.Scheme.Facts.Payers)
                .Yuan("应筹金额", "payable", row => row.Scheme.Payable)
                .Yuan("应付合计", "billed", row => row.Scheme.Billed)
                .Yuan("取整多收", "reserve", row => row.Scheme.Reserve)
                .Yuan("补偿", "compensation", row => row.Scheme.Compensation)
                .Yuan("减免", "relief", row => row.Scheme.Relief)
                .Make(Totals, language.Choose("方案合计", "Totals"), result.Schemes.Select((scheme, i) => (scheme, request.Schemes[i].Name))),
            OfFunding(result.Funding, language),
            New<MatrixEntry>(language)
                .Text("费用编号", "cost", entry => entry.CostId.Value)
                .Text("费用", "name", entry => request.Costs.First(line => line.Id == entry.CostId).Name, 24)
                .Text("资金来源", "source", entry => entry.SourceId == SourceId.SelfFunded ? language.Choose("自筹", "self-funded") : entry.SourceId.Value)
                .Yuan("金额", "amount", entry => entry.Amount)
                .Make(Costs, language.Choose("资金对照表", "Costs"), result.Funding.Matrix),
        ];
    }

    private static Sheet OfHouseholds(PolledRegister building, ComparisonResult result, string[] names, Language language)
    {
        SheetOf<int> sheet = New<int>(language)
            .Text("户号", "household", i => building.Households[i].Id.Value)
            .Whole("楼层", "floor", i => building.Households[i].Floor.Number)
            .Number("面积（平方米）", "area (m²)", i => Wire.Scalar.Of(typeof(Area))!.NameOf(building.Households[i].Area));
        foreach ((SchemeResult scheme, string name) in result.Schemes.Zip(names))
        {
            sheet.Yuan(name, name, i => scheme.Shares[i].Amount);
            if (scheme.Shares.Any(share => share.Refund is not null)) { sheet.Yuan($"{name}：以后退还", $"{name}: refund later", i => scheme.Shares[i].Refund); }
        }
        return sheet.Make(Households, language.Choose("各户", "Households"), Enumerable.Range(0, building.Households.Count));
    }

    private static Sheet OfFloors(ComparisonResult result, string[] names, Language language)
    {
        IReadOnlyList<FloorTotal> floors = result.Schemes[0].Floors;
        SheetOf<int> sheet = New<int>(language).Whole("楼层", "floor", i => floors[i].Floor.Number).Whole("户数", "households", i => floors[i].Households);
        foreach ((SchemeResult scheme, string name) in result.Schemes.Zip(names)) { sheet.Yuan(name, name, i => scheme.Floors[i].Amount); }
        return sheet.Make(Floors, language.Choose("各层", "Floors"), Enumerable.Range(0, floors.Count));
    }

    private static Sheet OfFunding(FundingResult funding, Language language)
    {
        (string Item, string? Id, Money Amount, Money? Unused, bool? After)[] rows =
        [
            (language.Choose("总造价", "total cost"), null, funding.TotalCost, null, null),
            .. funding.Sources.Select(source => (source.Treatment switch
            {
                Treatment.RefundProRata => language.Choose("以后按比例退还", "refunded later, pro rata"),
                Treatment.UpkeepFund => language.Choose("留作维保基金", "kept for upkeep"),
                _ => language.Choose("先抵扣", "netted off"),
            }, (string?)source.Id.Value, source.Amount, (Money?)source.Unused, (bool?)source.AfterAcceptance)),
            (language.Choose("自筹", "self-funded"), null, funding.SelfFunded, null, null),
            (language.Choose("其中先垫付", "of what is netted off, to be bridged"), null, funding.Bridge, null, null),
        ];
        return New<(string Item, string? Id, Money Amount, Money? Unused, bool? After)>(language)
            .Text("项目", "item", row => row.Item, 24)
            .Text("资金来源", "source", row => row.Id)
            .Yuan("金额", "amount", row => row.Amount)
            .Yuan("未用", "unused", row => row.Unused)
            .Text("验收以后才到", "only after acceptance", row => row.After switch { true => language.Choose("是", "yes"), false => language.Choose("否", "no"), null => null })
            .Make(Funding, language.Choose("资金", "Funding"), rows);
    }

    // Names may be alike; ids are not.
    private static string NameOf(Scheme scheme, IReadOnlyList<Scheme> schemes) => schemes.Count(other => other.Name == scheme.Name) == 1 ? scheme.Name : $"{scheme.Name} {scheme.Id}";

    private static SheetOf<T> New<T>(Language language) => new(language);
}
