using System.Globalization;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests;

namespace CostShare.Api.Tests.Buildings;

/// <summary>What happens to one building from beginning to end: every kind of event, in several variants.</summary>
internal static class Story
{
    private static readonly CostLine Lift = Line("lift", "电梯", CostCategory.Equipment, 450_000);
    private static readonly CostLine Shaft = Line("shaft", "井道和基坑", CostCategory.CivilWorks, 180_000);
    private static readonly CostLine Pipes = Line("pipes", "管线迁移", CostCategory.Pipes, 60_000);
    private static readonly CostLine Drawings = Line("drawings", "设计", CostCategory.Design, 20_000);

    public static IReadOnlyList<BuildingEvent> Events { get; } = Tell();

    /// <summary>The building before each event.</summary>
    public static IEnumerable<(Building Before, BuildingEvent Happened)> Turns(IEnumerable<BuildingEvent> events)
    {
        Building building = Building.Unregistered;
        foreach (BuildingEvent happened in events)
        {
            yield return (building, happened);
            building = building.Evolve(happened);
        }
    }

    private static List<BuildingEvent> Tell()
    {
        var events = new List<BuildingEvent>();
        Building building = Building.Unregistered;
        void Then(params BuildingEvent[] more)
        {
            events.AddRange(more);
            building = more.Aggregate(building, (state, happened) => state.Evolve(happened));
        }

        Then(new BuildingRegistered { Street = "徐家汇街道", Estate = "乐山六村", Address = "乐山路 6 弄 12 号", Storeys = Floor.Of(6) },
            new FeasibilityAssessed { Feasibility = Feasibility.Hard, On = Day("2026-01-05"), Note = "北侧管线密集" },
            new FeasibilityAssessed { Feasibility = Feasibility.Suitable, On = Day("2026-02-10") },
            new StageEntered { Stage = Stage.Consulting, On = Day("2026-02-11") },
            new HouseholdsRegistered { Households = [.. from floor in Enumerable.Range(1, 6) from flat in Enumerable.Range(1, 2) select Flat($"{floor}0{flat}", floor) with { Facts = Given.Household($"{floor}0{flat}", floor, 52.30m) with { Joins = floor > 1 } }] },
            new HouseholdsRegistered { Households = [Flat("商铺 1", 1), Flat("303", 3)] },
            new HouseholdChanged { Household = Flat("502", 5) with { Facts = Given.Household("502", 5, 53.10m) with { FlatType = new("两室一厅") }, Owners = [new("p7")] }, Reason = "按房产证更正" },
            new HouseholdChanged { Household = Flat("101", 1), Reason = "一楼也愿意参加" },
            new HouseholdChanged { Household = Flat("101", 1), Reason = "重新核对" },
            new AgreementSigned { Household = Given.Id("601"), On = Day("2026-03-01") },
            new AgreementSigned { Household = Given.Id("303"), On = Day("2026-03-02") },
            new HouseholdRemoved { Household = Given.Id("303"), Reason = "和 302 并为一户" },
            new HouseholdRemoved { Household = Given.Id("商铺 1"), Reason = "不属于这个门栋" });

        Then(new QuoteRecorded { Id = new("q1"), Vendor = "甲电梯公司", On = Day("2026-03-05"), Lines = [Lift, Shaft] },
            new QuoteRecorded { Id = new("q2"), Vendor = "乙电梯公司", On = Day("2026-03-08"), Lines = [Lift with { Amount = Given.Yuan(470_000) }, Shaft] },
            new QuoteChosen { Quote = new("q2"), Reason = "工期短" },
            new QuoteChosen { Quote = new("q1"), Reason = "质保十年" },
            new CostsSet { Costs = [Lift, Shaft, Pipes] },
            new CostsSet { Costs = [Lift with { Amount = Given.Yuan(430_000) }, Shaft with { Name = "井道", Category = CostCategory.Other }, Drawings] },
            new CostsSet { Costs = [Lift with { Amount = Given.Yuan(430_000) }, Drawings, Shaft with { Name = "井道", Category = CostCategory.Other }] },
            new CostsSet { Costs = [.. Enumerable.Range(1, 13).Select(i => Line($"c{i}", $"第 {i} 项", CostCategory.Other, 100 * i))] },
            new CostsSet { Costs = [Lift, Shaft, Pipes] });

        Then(new FundingSet { Funding = [] },
            new FundingSet
            {
                Funding =
                [
                    new ProgrammeSource { Id = new("estate"), CostIds = [new("pipes")] },
                    new PolicySource { Id = new("city"), Policy = new("shanghai-lift"), On = Day("2026-03-01") },
                    new FixedSource { Id = new("firm"), Amount = Given.Yuan(30_000), Covers = [new("equipment"), new("shaft")], AfterAcceptance = true, Treatment = Treatment.RefundProRata, Expenses = Given.Yuan(500) },
                ],
            },
            new FundingSet
            {
                Funding =
                [
                    new PolicySource { Id = new("city"), Policy = new("shanghai-lift"), On = Day("2026-03-01"), Facts = new() { UseCertificate = true } },
                    new FixedSource { Id = new("firm"), Amount = Given.Yuan(25_000), Treatment = Treatment.UpkeepFund },
                    new FixedSource { Id = new("lift-ads"), Amount = Given.Yuan(8_000) },
                ],
            },
            new FundingSet { Funding = [new FixedSource { Id = new("firm"), Amount = Given.Yuan(25_000) }] },
            new SubsidyRecorded { Source = new("city"), State = SubsidyState.Planned, Amount = Given.Yuan(250_000), On = Day("2026-03-20") },
            new SubsidyRecorded { Source = new("city"), State = SubsidyState.Granted, Amount = Given.Yuan(240_000), On = Day("2026-12-01"), Certificate = "梯11沪A00001(26)", Programme = "2026 年成片加装" });

        Scheme Named(string id, string name, Rule rule) => new() { Id = new(id), Name = name, Rule = rule };
        Dictionary<Floor, Coefficient> coefficients = Given.ByFloor((1, Given.Coefficient(0)), (2, Given.Coefficient(0.5m)), (3, Given.Coefficient(1)));
        Scheme byFloor = Named("floors", "楼层系数方案", new FloorCoefficientsRule { Coefficients = coefficients, StepAbove = Given.Coefficient(0.1m), Within = Within.Equal });
        Then(new SchemeProposed { Bills = Bills, Scheme = Named("equal", "大家一样", new EqualRule()) },
            new SchemeProposed
            {
                Bills = Bills,
                Scheme = byFloor with
                {
                    Adjustments = [new Exemption { Household = Given.Id("101") }, new Compensation { Household = Given.Id("102"), Amount = Given.Yuan(3_000) }, new Discount { Household = Given.Id("201"), Percent = Given.Percent(10) },
                        new Cap { Amount = Given.Yuan(90_000) }, new Minimum { Household = Given.Id("601"), Amount = Given.Yuan(50_000) }, new Relief { Household = Given.Id("302"), Amount = Given.Yuan(1_000), Payer = "街道办" }],
                    Rounding = new() { Unit = BillingUnit.FromFen(1000) },
                    Guidance = new() { Policy = new("beijing-guidance"), On = Day("2026-03-01") },
                },
                Reason = "初稿",
            },
            new SchemeProposed { Bills = Bills, Scheme = byFloor with { Adjustments = [new Exemption { Household = Given.Id("101") }, new FixedAmount { Household = Given.Id("102"), Amount = Given.Yuan(500) }], Rounding = new() { Mode = RoundingMode.Up } }, Reason = "三月二十日会议" },
            new SchemeProposed { Bills = Bills, Scheme = Named("floors", "一楼免除", new AreaRule()), Reason = "想简单一点" },
            new SchemeProposed { Bills = Bills, Scheme = Named("floors", "一楼免除", new AreaRule()), Reason = "重发" },
            new SchemeWithdrawn { Scheme = new("floors"), Reason = "大家选了别的" },
            new SchemeProposed { Bills = Bills, Scheme = Named("floors", "一楼免除", new RideRule()), Reason = "又有人赞成" },
            new SchemeProposed { Bills = Bills, Scheme = Named("same", "一楼免除", new FormulaRule { Expression = "max(floor - 1, 0) * area" }) });
        Rule[] rules =
        [
            new FloorCoefficientsRule { Coefficients = coefficients, SharedBy = SharedBy.Household },
            new FloorCoefficientsRule { Coefficients = coefficients, SharedBy = SharedBy.Area },
            new FloorPercentagesRule { Percentages = Given.ByFloor((1, Given.Percent(0)), (2, Given.Percent(40)), (3, Given.Percent(60))) },
            new PointsRule { ByType = new Dictionary<FlatType, Coefficient> { [new("两室")] = Given.Coefficient(1), [new("三室")] = Given.Coefficient(1.15m) }, PerFloor = Given.Coefficient(1), FromFloor = Floor.Of(3) },
            new WeightsRule { Weights = Enumerable.Range(1, 6).SelectMany(floor => new[] { $"{floor}01", $"{floor}02" }).ToDictionary(id => Given.Id(id), _ => Given.Coefficient(1)) },
            new WeightsRule { Weights = Enumerable.Range(1, 6).SelectMany(floor => new[] { $"{floor}01", $"{floor}02" }).ToDictionary(id => Given.Id(id), id => Given.Coefficient(id == "602" ? 2 : 1)) },
            new AirportRule { Method = AirportMethod.Shapley, StandAlone = Given.ByFloor((1, Money.Zero), (6, Given.Yuan(600_000))), By = AirportBy.Floor },
            new AirportRule { Method = AirportMethod.ConstrainedEqual, StandAlone = Given.ByFloor((1, Money.Zero), (6, Given.Yuan(600_000))), Weight = AirportWeight.Area },
            new StepsRule { FromFloor = Floor.Of(3), Base = Given.Yuan(30_000), Step = Given.Yuan(10_000), Closing = Closing.TopFloor },
            new StepsRule { FromFloor = Floor.Of(3), Base = Given.Yuan(30_000), Step = Given.Yuan(10_000), Closing = Closing.Proportional },
            new FixedRule { Amounts = new Dictionary<HouseholdId, Money> { [Given.Id("101")] = Given.Yuan(500) }, Remainder = new RideRule() },
            new MixRule { Parts = [new MixPart { Percent = Given.Percent(50), Rule = new AreaRule() }, new MixPart { Percent = Given.Percent(50), Rule = new EqualRule() }] },
            new PerCostRule { Rules = new Dictionary<CostId, Rule> { [new("lift")] = new RideRule() }, Otherwise = new EqualRule() },
        ];
        Then([.. rules.Select((rule, i) => new SchemeProposed { Bills = Bills, Scheme = Named("many", "试算", rule), Reason = i == 0 ? null : "换一种规则" })]);

        Then(new StageEntered { Stage = Stage.PublicNotice, On = Day("2026-05-01") },
            new StageEntered { Stage = Stage.Applying, On = Day("2026-05-20") },
            new StageEntered { Stage = Stage.Applying, On = Day("2026-05-21") },
            new FundingSet { Funding = [] });
        var vote = new Evidence { Record = "表决公告第 3 号", On = Day("2026-06-30"), For = Count.Of(10), Against = Count.Of(1), ForArea = Given.Area(523), AgainstArea = Given.Area(52.30m) };
        Then(Finalise(building, new FinaliseContributions { Scheme = new("equal"), Evidence = vote }));
        Then(new CostsSet { Costs = [Lift, Shaft, Pipes, Drawings] });
        Then(new AgreementSigned { Household = Given.Id("201"), On = Day("2026-07-02") });
        Then(new SignatureWithdrawn { Household = Given.Id("201"), Reason = "登记时看错了" });
        Then(new SignatureWithdrawn { Household = Given.Id("601"), Reason = "家里改了主意" });
        Then(new StageEntered { Stage = Stage.Applying, On = Day("2026-05-22"), Corrects = Count.Of(2) });
        Then(new FeasibilityAssessed { Feasibility = Feasibility.Suitable, On = Day("2026-01-06"), Corrects = Count.Of(1) });
        Then(new SubsidyRecorded { Source = new("city"), State = SubsidyState.Planned, Amount = Given.Yuan(260_000), On = Day("2026-03-21"), Corrects = Count.Of(1) });
        Then(new SiteCorrected { Street = "徐家汇街道", Estate = "乐山七村", Address = "乐山路 6 弄 12 号甲", Storeys = Floor.Of(7), Reason = "阁楼也算一层" });
        Then(new SiteCorrected { Street = "徐家汇街道", Address = "乐山路 6 弄 12 号甲", Storeys = Floor.Of(7), Reason = "不在小区里" });
        Then(new SiteCorrected { Street = "徐家汇街道", Address = "乐山路 6 弄 12 号甲", Storeys = Floor.Of(7), Reason = "重新核对" });
        Then(new SchemeProposed { Bills = Bills, Scheme = Named("equal", "大家一样", new EqualRule()) with { Adjustments = [new Exemption { Household = Given.Id("101") }, new Compensation { Household = Given.Id("101"), Amount = Given.Yuan(3_000) }] }, Reason = "一楼补偿" });
        Then(Finalise(building, new FinaliseContributions { Scheme = new("equal"), Evidence = vote with { Record = "补充协议", On = Day("2026-09-01"), Against = null, AgainstArea = null }, Reason = "加了设计费" }));
        return events;
    }

    public static BuildingEvent Finalise(Building building, FinaliseContributions command)
    {
        var faults = new FaultList();
        return BuildingDecider.Decide(BuildingId.Of("leshan-6-12"), building, command, new BuildingRules(PolicyBook.Empty, PassportJson.Write, PassportJson.Read), faults)
            is ContributionsFinalised finalised
            // The real hash is another whenever passports hold more.
            ? finalised with { Sha256 = "0123456789ab" + new string('f', 52) }
            : throw new InvalidOperationException(string.Join(", ", faults.Faults.Select(fault => $"{fault.Code} {fault.Place}")));
    }

    /// <summary>What a scheme comes to, where it does not matter.</summary>
    public static IReadOnlyList<Bill> Bills => [new Bill { Household = Given.Id("101"), Amount = Given.Yuan(1) }];

    public static RegisteredHousehold Flat(string id, int floor) => new() { Facts = Given.Household(id, floor, 52.30m), AreaSource = "房产证", Owners = [new("p1"), new("p2")] };

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CostLine Line(string id, string name, CostCategory category, decimal yuan) => new() { Id = new(id), Name = name, Category = category, Amount = Given.Yuan(yuan) };
}
