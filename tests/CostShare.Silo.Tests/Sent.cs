using System.Security.Cryptography;
using System.Text.Json;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Silo.Summaries;

namespace CostShare.Silo.Tests;

/// <summary>Commands as they are sent, and one event of every kind.</summary>
internal static class Sent
{
    public static RegisterBuilding Register { get; } = new() { Street = "徐家汇街道", Estate = "乐山六村", Address = "乐山路 6 弄 12 号", Storeys = Floor.Of(7) };

    public static Summariser Summariser { get; } = new(StoredEvents.Codec, StoredSummaries.Codec, PolicyBook.Empty);

    public static BuildingRules Rules { get; } = new(PolicyBook.Empty, PassportJson.Write, PassportJson.Read);

    public static BuildingId Here { get; } = BuildingId.Of("leshan-6-12");

    public static CostLine Lift { get; } = new() { Id = new("lift"), Name = "电梯", Category = CostCategory.Equipment, Amount = Money.FromFen(70_000_000) };

    public static Scheme Equal { get; } = new() { Id = new("equal"), Name = "均摊", Rule = new EqualRule(), Adjustments = [new Exemption { Household = new("101") }] };

    /// <summary>One event of every kind, with every member stated.</summary>
    public static IReadOnlyList<BuildingEvent> Events { get; } =
    [
        new BuildingRegistered { Street = Register.Street, Estate = Register.Estate, Address = Register.Address, Storeys = Register.Storeys },
        new SiteCorrected { Street = "湖南路街道", Estate = Register.Estate, Address = Register.Address, Storeys = Floor.Of(6), Reason = "层数登记有误" },
        new HouseholdsRegistered { Households = [Flat("101", 1), Flat("201", 2)] },
        new HouseholdChanged { Household = Flat("201", 2), Reason = "产证面积更正" },
        new HouseholdRemoved { Household = new("201"), Reason = "并户" },
        new CostsSet { Costs = [Lift] },
        new QuoteRecorded { Id = new("q1"), Vendor = "甲电梯公司", On = new DateOnly(2026, 3, 1), Lines = [Lift] },
        new QuoteChosen { Quote = new("q1"), Reason = "质保十年" },
        new FundingSet
        {
            Funding =
            [
                new ProgrammeSource { Id = new("estate"), CostIds = [new("lift")] },
                new PolicySource { Id = new("city"), Policy = new("shanghai-lift"), On = new DateOnly(2022, 5, 1), Facts = new() { Storeys = Floor.Of(7), UseCertificate = true, StartedOn = new DateOnly(2022, 1, 2) } },
                new FixedSource { Id = new("firm"), Amount = Money.FromFen(100), Covers = [new("equipment")], AfterAcceptance = true, Treatment = Treatment.RefundProRata, Expenses = Money.FromFen(1) },
            ],
        },
        new SubsidyRecorded { Source = new("city"), State = SubsidyState.Granted, Amount = Money.FromFen(28_000_000), On = new DateOnly(2026, 4, 1), Certificate = "梯11沪A00001", Programme = "2026 成片加装", Corrects = Count.Of(2) },
        new FeasibilityAssessed { Feasibility = Feasibility.Hard, On = new DateOnly(2026, 1, 5), Note = "管线密集", Corrects = Count.Of(1) },
        new SchemeProposed
        {
            Scheme = Equal,
            Reason = "初稿",
            Bills = [new Bill { Household = new("101"), Amount = Money.Zero, Credit = Money.FromFen(300) }, new Bill { Household = new("201"), Amount = Money.FromFen(42_000_000) }],
            Changes =
            [
                new BillChange { Household = new("101"), Before = SignedMoney.FromFen(-300), After = SignedMoney.FromFen(-300), Causes = [] },
                new BillChange { Household = new("201"), After = SignedMoney.FromFen(42_000_000), Causes = [new BillCause { Parts = [BillPart.Circumstances, BillPart.Scheme], Difference = SignedMoney.FromFen(42_000_000) }] },
            ],
        },
        new SchemeWithdrawn { Scheme = new("equal"), Reason = "改用系数" },
        new StageEntered { Stage = Stage.PublicNotice, On = new DateOnly(2026, 5, 1), Corrects = Count.Of(1) },
        new AgreementSigned { Household = new("101"), On = new DateOnly(2026, 6, 1) },
        new SignatureWithdrawn { Household = new("101"), Reason = "误记" },
        new ContributionsFinalised
        {
            Number = Count.Of(2), Scheme = new("equal"), Reason = "造价增加", Passport = "{\"a\":\"甲\\n\"}", Sha256 = new string('0', 64),
            Bills = [new Bill { Household = new("101"), Amount = Money.Zero, Credit = Money.FromFen(300) }, new Bill { Household = new("201"), Amount = Money.FromFen(42_000_000) }],
            Changes =
            [
                new BillChange { Household = new("101"), Before = SignedMoney.FromFen(0), After = SignedMoney.FromFen(-300), Causes = [new BillCause { Parts = [BillPart.Scheme], Difference = SignedMoney.FromFen(-300) }] },
                new BillChange
                {
                    Household = new("201"),
                    After = SignedMoney.FromFen(42_000_000),
                    Causes = [new BillCause { Parts = [BillPart.Register, BillPart.Costs], Difference = SignedMoney.FromFen(41_999_700) }, new BillCause { Parts = [BillPart.Scheme], Difference = SignedMoney.FromFen(300) }],
                },
                new BillChange { Household = new("301"), Before = SignedMoney.FromFen(1), Causes = [new BillCause { Parts = [BillPart.Register], Difference = SignedMoney.FromFen(-1) }] },
            ],
        },
    ];

    public static RegisteredHousehold Flat(string id, int floor) => new()
    {
        Facts = new Household { Id = new(id), Floor = Floor.Of(floor), Area = Area.FromHundredths(52_30), Joins = floor > 1, Entry = Entry.HalfLanding, FlatType = new("two-bed") },
        Unit = $"{id} 室",
        AreaSource = "房产证",
        Owners = [new("p1"), new("p2")],
    };

    public static TurnRequest Turn(BuildingId building, string id, BuildingCommand command) => new(
        building, CommandId.Of(id), Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command, WireJson.Options))),
        "volunteer", new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), command);

    public static SignAgreement Sign(string household) => new() { Household = new(household), On = new DateOnly(2026, 6, 1) };
}
