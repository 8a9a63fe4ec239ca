using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Buildings;

/// <summary>What may happen to a building, what is refused, and what stands afterwards.</summary>
public class BuildingTests
{
    private static readonly BuildingRules Rules = new(PolicyBook.Empty, passport => ($"passport {passport.Number.Number}", "hash"), _ => Frozen);

    // What any passport is said to be, where its text is none.
    private static Passport Frozen => new()
    {
        Format = Passport.Form,
        Building = BuildingId.Of("leshan-6-12"),
        Number = Count.Of(1),
        Site = new BuildingRegistered { Street = Register.Street, Address = Register.Address, Storeys = Register.Storeys },
        Request = new() { Building = PolledRegister.Of(Given.Building(3, 1)), Costs = [Given.Cost("lift", Given.Yuan(700_000))], Schemes = [Given.Scheme(new EqualRule())] },
        Policies = [],
        Evidence = Vote,
    };

    private static Evidence Vote => new() { Record = "minutes", On = Day(1), For = Count.Of(2), Against = Count.Of(1), ForArea = Given.Area(140), AgainstArea = Given.Area(70.5m) };

    private static readonly BuildingId Here = BuildingId.Of("leshan-6-12");

    private static RegisterBuilding Register => new() { Street = "徐家汇街道", Estate = "乐山六村", Address = "乐山路 6 弄 12 号", Storeys = Floor.Of(7) };

    [Fact]
    public void A_building_is_registered_once_and_before_anything_else()
    {
        Assert.Equal(["BuildingUnknown "], Refused(Building.Unregistered, new SetCosts { Costs = [Given.Cost("lift", Given.Yuan(1))] }));
        Building building = Done(Building.Unregistered, Register);
        Assert.Equal((1, "徐家汇街道", 7), (building.Version, building.Site!.Street, building.Site.Storeys.Number));
        Assert.Equal(["BuildingExists "], Refused(building, Register));
    }

    [Fact]
    public void A_wrong_registration_is_put_right_but_not_below_who_lives_there()
    {
        var correct = new CorrectSite { Street = "湖南路街道", Address = "乐山路 6 弄 13 号", Storeys = Floor.Of(5), Reason = "wrong door" };
        Building building = Done(Done(Building.Unregistered, Register, Households("101", "501")), correct);
        Assert.Equal(new BuildingRegistered { Street = "湖南路街道", Address = "乐山路 6 弄 13 号", Storeys = Floor.Of(5) }, building.Site);
        Assert.Equal(["FloorAboveTop /households/0/facts/floor household=601 floor=6 storeys=5"], Refused(building, Households("601")));
        Assert.Equal(["FloorAboveTop /storeys household=501 floor=5 storeys=4"], Refused(building, correct with { Storeys = Floor.Of(4) }));
        Assert.Equal(["BuildingUnknown "], Refused(Building.Unregistered, correct));
    }

    [Fact]
    public void Households_join_the_register_in_order_change_in_their_place_and_leave()
    {
        Building building = Done(Building.Unregistered, Register, Households("101", "201"), Households("301"),
            new ChangeHousehold { Household = Flat("201", 3), Reason = "moved wall" });
        Assert.Equal(["101 1", "201 3", "301 3"], building.Households.Select(household => $"{household.Facts.Id} {household.Facts.Floor}"));
        building = Done(building, new SignAgreement { Household = Given.Id("201"), On = Day(1) }, new SignAgreement { Household = Given.Id("301"), On = Day(2) },
            new RemoveHousehold { Household = Given.Id("201"), Reason = "joined with 301" });
        Assert.Equal(["101", "301"], building.Households.Select(household => household.Facts.Id.Value));
        Assert.Equal(["301"], building.Signatures.Select(signature => signature.Household.Value));
    }

    [Fact]
    public void Every_fault_of_a_list_of_households_is_told_and_nothing_is_registered()
    {
        Building building = Done(Building.Unregistered, Register, Households("101"));
        Assert.Equal(
            ["IdDuplicate /households/0/facts/id id=101", "FloorAboveTop /households/1/facts/floor household=801 floor=8 storeys=7", "IdDuplicate /households/3/facts/id id=201"],
            Refused(building, new RegisterHouseholds { Households = [Flat("101", 1), Flat("801", 8), Flat("201", 2), Flat("201", 2)] }));
        Assert.Equal(["HouseholdUnknown /household/facts/id household=901"], Refused(building, new ChangeHousehold { Household = Flat("901", 9), Reason = "x" }));
        Assert.Equal(["FloorAboveTop /household/facts/floor household=101 floor=9 storeys=7"], Refused(building, new ChangeHousehold { Household = Flat("101", 9), Reason = "x" }));
        Assert.Equal(["HouseholdUnknown /household household=901"], Refused(building, new RemoveHousehold { Household = Given.Id("901"), Reason = "x" }));
    }

    [Fact]
    public void More_households_than_a_register_holds_are_refused()
    {
        RegisteredHousehold[] many = [.. Enumerable.Range(0, HouseholdRegister.MostHouseholds).Select(i => Flat($"h{i}", 1))];
        Building building = Done(Building.Unregistered, Register, new RegisterHouseholds { Households = many });
        Assert.Equal(["EntryCount /households count=10001 minimum=1 maximum=10000"], Refused(building, Households("101")));
    }

    [Fact]
    public void Costs_and_funding_must_fit_each_other()
    {
        Building building = Done(Building.Unregistered, Register, new SetCosts { Costs = [Given.Cost("lift", Given.Yuan(700_000)), Given.Cost("pipes", Given.Yuan(90_000))] },
            new SetFunding { Funding = [new ProgrammeSource { Id = new("estate"), CostIds = [new("pipes")] }] });
        Assert.Equal(["CostUnknown /funding/0/covers/0 cost=shop"], Refused(building, new SetFunding { Funding = [Given.Source("firm", Given.Yuan(1), "shop")] }));
        // Without the pipes the programme would carry nothing.
        Assert.Equal(["CostUnknown /costs cost=pipes"], Refused(building, new SetCosts { Costs = [Given.Cost("lift", Given.Yuan(700_000))] }));
        Assert.Equal(["IdDuplicate /costs/1/id id=lift"], Refused(Done(Building.Unregistered, Register), new SetCosts { Costs = [Given.Cost("lift", Given.Yuan(1)), Given.Cost("lift", Given.Yuan(1))] }));
    }

    [Fact]
    public void Quotes_are_kept_and_one_is_chosen_with_its_reason()
    {
        RecordQuote quote = new() { Id = new("a"), Vendor = "first firm", On = Day(1), Lines = [Given.Cost("lift", Given.Yuan(460_000))] };
        Building building = Done(Building.Unregistered, Register, quote, quote with { Id = new("b"), Vendor = "second firm" }, new ChooseQuote { Quote = new("b"), Reason = "warranty of ten years" });
        Assert.Equal(["first firm", "second firm"], building.Quotes.Select(recorded => recorded.Vendor));
        Assert.Equal(("b", "warranty of ten years"), (building.Chosen!.Quote.Value, building.Chosen.Reason));
        Assert.Equal(["IdDuplicate /id id=a"], Refused(building, quote));
        Assert.Equal(["QuoteUnknown /quote quote=c"], Refused(building, new ChooseQuote { Quote = new("c"), Reason = "x" }));
    }

    [Fact]
    public void Schemes_are_proposed_revised_with_a_reason_and_withdrawn()
    {
        Building building = Ready();
        Scheme scheme = Given.Scheme(new EqualRule()) with { Id = new("a") };
        building = Done(building, new ProposeScheme { Scheme = scheme });
        Assert.Equal(["ReasonMissing /reason scheme=a"], Refused(building, new ProposeScheme { Scheme = scheme }));
        building = Done(building, new ProposeScheme { Scheme = scheme with { Rule = new AreaRule() }, Reason = "by area" }, new WithdrawScheme { Scheme = new("a"), Reason = "not wanted" });
        ProposedScheme proposed = Assert.Single(building.Schemes);
        Assert.Equal((2, "not wanted"), (proposed.Versions.Count, proposed.Withdrawn!.Reason));
        Assert.Equal(["SchemeUnknown /scheme scheme=a"], Refused(building, new WithdrawScheme { Scheme = new("a"), Reason = "x" }));
        Assert.Equal(["SchemeUnknown /scheme scheme=b"], Refused(building, new WithdrawScheme { Scheme = new("b"), Reason = "x" }));
        building = Done(building, new ProposeScheme { Scheme = scheme, Reason = "once more" });
        Assert.Null(building.Schemes[0].Withdrawn);
        Assert.Equal(3, building.Schemes[0].Versions.Count);
    }

    [Fact]
    public void Every_version_of_a_scheme_says_who_would_pay_what_and_a_revision_what_changed_and_why()
    {
        // 700,000 yuan by three; one yuan is left over, and a fen of it for each in turn.
        Scheme scheme = Given.Scheme(new EqualRule()) with { Id = new("a") };
        Building building = Done(Ready(), new ProposeScheme { Scheme = scheme });
        SchemeProposed first = building.Schemes[0].Versions[0];
        Assert.Equal([23_333_334, 23_333_333, 23_333_333], first.Bills.Select(bill => bill.Amount.Fen));
        Assert.Null(first.Changes);

        // Two more households and 900,000 yuan: 180,000 each by the old scheme; by the storeys above the ground floor 0, 1, 2, 2, 4 of 9.
        building = Done(building, new RegisterHouseholds { Households = [Flat("302", 3), Flat("501", 5)] }, new SetCosts { Costs = [Given.Cost("lift", Given.Yuan(900_000))] },
            new ProposeScheme { Scheme = scheme with { Rule = Given.Formula("floor - 1") }, Reason = "by floor" });
        SchemeProposed second = building.Schemes[0].Versions[1];
        Assert.Equal([0, 10_000_000, 20_000_000, 20_000_000, 40_000_000], second.Bills.Select(bill => bill.Amount.Fen));
        Assert.Equal(
            [
                "101 23333334 0: Circumstances -5333334, Scheme -18000000",
                "201 23333333 10000000: Circumstances -5333333, Scheme -8000000",
                "301 23333333 20000000: Circumstances -5333333, Scheme 2000000",
                "302 - 20000000: Circumstances 18000000, Scheme 2000000",
                "501 - 40000000: Circumstances 18000000, Scheme 22000000",
            ],
            second.Changes!.Select(Comparison.BillChangeTests.Tell));
    }

    [Fact]
    public void A_revision_whose_old_version_cannot_be_carried_out_any_more_has_one_cause()
    {
        Scheme scheme = Given.Scheme(Given.Weights(("101", 1), ("201", 2), ("301", 4))) with { Id = new("a") };
        Building building = Done(Ready(), new ProposeScheme { Scheme = scheme }, new RemoveHousehold { Household = Given.Id("301"), Reason = "x" },
            new WithdrawScheme { Scheme = new("a"), Reason = "x" }, new ProposeScheme { Scheme = scheme with { Rule = Given.Weights(("101", 1), ("201", 3)) }, Reason = "x" });
        // 700,000 yuan by 1, 2 and 4 of 7, and by 1 and 3 of 4. Who is gone stands last.
        Assert.Equal(
            ["101 10000000 17500000: Circumstances+Scheme 7500000", "201 20000000 52500000: Circumstances+Scheme 32500000", "301 40000000 -: Circumstances+Scheme -40000000"],
            building.Schemes[0].Versions[1].Changes!.Select(Comparison.BillChangeTests.Tell));
    }

    [Fact]
    public void Who_would_be_paid_has_a_credit()
    {
        Scheme scheme = Given.Scheme(new EqualRule(), new Compensation { Household = Given.Id("101"), Amount = Given.Yuan(350_000) }) with { Id = new("a") };
        Building building = Done(Ready(), new ProposeScheme { Scheme = scheme }, new ChangeHousehold { Household = new() { Facts = Given.Household("101", 1) with { Joins = false } }, Reason = "x" },
            new ProposeScheme { Scheme = scheme, Reason = "x" });
        // 1,050,000 yuan by three, and then by two.
        Assert.Equal(["101 0 ", "201 35000000 ", "301 35000000 "], building.Schemes[0].Versions[0].Bills.Select(Tell));
        Assert.Equal(["101 0 35000000", "201 52500000 ", "301 52500000 "], building.Schemes[0].Versions[1].Bills.Select(Tell));
        Assert.Equal("101 0 -35000000: Circumstances -35000000", Comparison.BillChangeTests.Tell(building.Schemes[0].Versions[1].Changes![0]));

        static string Tell(Bill bill) => $"{bill.Household} {bill.Amount.Fen} {bill.Credit?.Fen}";
    }

    [Fact]
    public void A_scheme_that_cannot_be_carried_out_is_refused_where_it_stands_in_the_command()
    {
        Assert.Equal(["NothingToShare "], Refused(Done(Building.Unregistered, Register, Households("101")), new ProposeScheme { Scheme = Given.Scheme(new EqualRule()) }));
        Assert.Equal(["NothingToShare "], Refused(Done(Building.Unregistered, Register, new SetCosts { Costs = [Given.Cost("lift", Given.Yuan(1))] }), new ProposeScheme { Scheme = Given.Scheme(new EqualRule()) }));
        Assert.Equal(["DoesNotClose /scheme/rule/percentages sum=102"], Refused(Ready(),
            new ProposeScheme { Scheme = Given.Scheme(Given.Percentages([(1, 0), (2, 42), (3, 60)])) }));
    }

    [Fact]
    public void Days_do_not_run_back()
    {
        Building building = Done(Building.Unregistered, Register, new EnterStage { Stage = Stage.Consulting, On = Day(5) }, new EnterStage { Stage = Stage.Applying, On = Day(5) },
            new AssessFeasibility { Feasibility = Feasibility.Hard, On = Day(3) });
        Assert.Equal(["DayBeforeLast /on on=2026-01-04 last=2026-01-05"], Refused(building, new EnterStage { Stage = Stage.PublicNotice, On = Day(4) }));
        Assert.Equal(["DayBeforeLast /on on=2026-01-02 last=2026-01-03"], Refused(building, new AssessFeasibility { Feasibility = Feasibility.Suitable, On = Day(2) }));
        Assert.Equal(Stage.Applying, building.Stages[^1].Stage);
    }

    [Fact]
    public void A_household_signs_once()
    {
        Building building = Done(Building.Unregistered, Register, Households("101"), new SignAgreement { Household = Given.Id("101"), On = Day(1) });
        Assert.Equal(["SignedAlready /household household=101"], Refused(building, new SignAgreement { Household = Given.Id("101"), On = Day(2) }));
        Assert.Equal(["HouseholdUnknown /household household=102"], Refused(building, new SignAgreement { Household = Given.Id("102"), On = Day(2) }));
    }

    [Fact]
    public void A_subsidy_is_recorded_for_a_source_of_the_funding()
    {
        Building building = Done(Ready(), new SetFunding { Funding = [Given.Source("city", Given.Yuan(100))] },
            new RecordSubsidy { Source = new("city"), State = SubsidyState.Claimed, Amount = Given.Yuan(100), On = Day(1), Certificate = "梯 1" });
        Assert.Equal(SubsidyState.Claimed, Assert.Single(building.Subsidies).State);
        Assert.Equal(["SourceUnknown /source source=state"], Refused(building, new RecordSubsidy { Source = new("state"), State = SubsidyState.Paid, Amount = Given.Yuan(1), On = Day(1) }));
    }

    [Fact]
    public void A_subsidy_is_planned_claimed_granted_and_paid_in_parts_whose_sum_is_told()
    {
        RecordSubsidy at = new() { Source = new("city"), State = SubsidyState.Planned, Amount = Given.Yuan(280_000), On = Day(1) };
        Building building = Done(Ready(), new SetFunding { Funding = [Given.Source("city", Given.Yuan(280_000)), Given.Source("firm", Given.Yuan(1)), new ProgrammeSource { Id = new("estate"), CostIds = [new("lift")] }] },
            at, at with { State = SubsidyState.Claimed, Certificate = "梯 1", On = Day(2) }, at with { State = SubsidyState.Granted, Amount = Given.Yuan(200_000), Programme = "2026", On = Day(2) },
            at with { State = SubsidyState.Paid, Amount = Given.Yuan(150_000), On = Day(4) });
        // What was stated once stands until it is stated otherwise, and of another source nothing was.
        Assert.Equal(("梯 1", "2026"), (building.Subsidies[^1].Certificate, building.Subsidies[^1].Programme));
        Assert.Null(Done(building, at with { Source = new("firm") }).Subsidies[^1].Certificate);

        Assert.Equal(["SourceIsProgramme /source source=estate"], Refused(building, at with { Source = new("estate") }));
        Assert.Equal(["DayBeforeLast /on on=2026-01-03 last=2026-01-04"], Refused(building, at with { State = SubsidyState.Paid, Amount = Given.Yuan(200_000), On = Day(3) }));
        Assert.Equal(["PaidAboveGranted /amountFen source=city paidFen=20000001 grantedFen=20000000"], Refused(building, at with { State = SubsidyState.Paid, Amount = Given.Fen(20_000_001), On = Day(4) }));
        Assert.Equal(["PaidSumFalls /amountFen source=city paidFen=5000000 beforeFen=15000000"], Refused(building, at with { State = SubsidyState.Paid, Amount = Given.Yuan(50_000), On = Day(5) }));
        Assert.Equal(["SubsidyGoesBack /state source=city"], Refused(building, at with { State = SubsidyState.Claimed, On = Day(5) }));
        Assert.Equal(["SubsidyGoesBack /state source=city"], Refused(building, at with { On = Day(5) }));
        // More may be granted after a payment, but not less than was paid.
        Assert.Equal(["PaidAboveGranted /amountFen source=city paidFen=15000000 grantedFen=14999999"], Refused(building, at with { State = SubsidyState.Granted, Amount = Given.Fen(14_999_999), On = Day(5) }));
        building = Done(building, at with { State = SubsidyState.Granted, Amount = Given.Yuan(280_000), On = Day(5) }, at with { State = SubsidyState.Paid, Amount = Given.Yuan(280_000), On = Day(6) });
        Assert.Equal([280_000_00, 280_000_00, 200_000_00, 150_000_00, 280_000_00, 280_000_00], building.Subsidies.Select(record => record.Amount.Fen));
    }

    [Fact]
    public void A_payment_may_be_recorded_where_no_grant_was()
    {
        RecordSubsidy paid = new() { Source = new("city"), State = SubsidyState.Paid, Amount = Given.Yuan(100), On = Day(1) };
        Building building = Done(Ready(), new SetFunding { Funding = [Given.Source("city", Given.Yuan(100))] }, paid, paid with { Amount = Given.Yuan(300) });
        Assert.Equal(2, building.Subsidies.Count);
        Assert.Equal(["SubsidyGoesBack /state source=city"], Refused(building, paid with { State = SubsidyState.Planned }));
    }

    [Fact]
    public void A_wrong_record_of_a_subsidy_is_put_right_and_must_fit_those_around_it()
    {
        RecordSubsidy city = new() { Source = new("city"), State = SubsidyState.Claimed, Amount = Given.Yuan(280), On = Day(2), Certificate = "梯 1" }, firm = new() { Source = new("firm"), State = SubsidyState.Planned, Amount = Given.Yuan(1), On = Day(9) };
        Building building = Done(Ready(), new SetFunding { Funding = [Given.Source("city", Given.Yuan(100)), Given.Source("firm", Given.Yuan(1))] },
            city, firm, city with { State = SubsidyState.Paid, On = new DateOnly(2126, 1, 3), Certificate = null, Programme = "2026" });
        // The year is wrong, and nothing was paid yet: it was granted. What the wrong record stated is gone with it.
        RecordSubsidy right = city with { State = SubsidyState.Granted, On = Day(3), Certificate = null, Corrects = Count.Of(2) };
        building = Done(building, right);
        Assert.Equal(["city Claimed 2026-01-02", "firm Planned 2026-01-09", "city Granted 2026-01-03"], building.Subsidies.Select(record => $"{record.Source} {record.State} {record.On:yyyy-MM-dd}"));
        Assert.Equal(("梯 1", null, null), (building.Subsidies[2].Certificate, building.Subsidies[2].Programme, building.Subsidies[2].Corrects));
        Assert.Equal(["DayBeforeLast /on on=2026-01-01 last=2026-01-02"], Refused(building, right with { On = Day(1) }));
        Assert.Equal(["DayBeforeLast /on on=2026-01-03 last=2026-01-04"], Refused(building, city with { On = Day(4), Corrects = Count.Of(1) }));
        Assert.Equal(["NothingToCorrect /corrects number=3 count=2"], Refused(building, right with { Corrects = Count.Of(3) }));
        Assert.Equal(["NothingToCorrect /corrects number=2 count=1"], Refused(building, firm with { Corrects = Count.Of(2) }));
        Assert.Equal(["SubsidyGoesBack /state source=city"], Refused(Done(building, city with { State = SubsidyState.Paid, On = Day(5) }), city with { On = Day(3), Corrects = Count.Of(2) } with { State = SubsidyState.Planned }));
    }

    [Fact]
    public void A_wrong_day_of_a_stage_or_a_judgement_is_put_right_in_its_place()
    {
        Building building = Done(Building.Unregistered, Register, new EnterStage { Stage = Stage.Consulting, On = Day(2) }, new EnterStage { Stage = Stage.Applying, On = new DateOnly(2126, 1, 3) });
        Assert.Equal(["DayBeforeLast /on on=2026-01-04 last=2126-01-03"], Refused(building, new EnterStage { Stage = Stage.PublicNotice, On = Day(4) }));
        building = Done(building, new EnterStage { Stage = Stage.Applying, On = Day(3), Corrects = Count.Of(2) }, new EnterStage { Stage = Stage.PublicNotice, On = Day(4) });
        Assert.Equal(["Consulting 2", "Applying 3", "PublicNotice 4"], building.Stages.Select(entered => $"{entered.Stage} {entered.On.Day}"));
        Assert.Equal(["DayBeforeLast /on on=2026-01-03 last=2026-01-04"], Refused(building, new EnterStage { Stage = Stage.Consulting, On = Day(4), Corrects = Count.Of(1) }));
        Assert.Equal(["DayBeforeLast /on on=2026-01-01 last=2026-01-02"], Refused(building, new EnterStage { Stage = Stage.Applying, On = Day(1), Corrects = Count.Of(2) }));
        Assert.Equal(["NothingToCorrect /corrects number=4 count=3"], Refused(building, new EnterStage { Stage = Stage.Applying, On = Day(4), Corrects = Count.Of(4) }));
        building = Done(building, new AssessFeasibility { Feasibility = Feasibility.Hard, On = new DateOnly(2126, 1, 3) }, new AssessFeasibility { Feasibility = Feasibility.Suitable, On = Day(5), Corrects = Count.Of(1) });
        Assert.Equal((Feasibility.Suitable, 5, null), (Assert.Single(building.Feasibility).Feasibility, building.Feasibility[0].On.Day, building.Feasibility[0].Corrects));
    }

    [Fact]
    public void A_signature_is_taken_back_and_may_be_given_again()
    {
        var sign = new SignAgreement { Household = Given.Id("101"), On = Day(1) };
        var withdraw = new WithdrawSignature { Household = Given.Id("101"), Reason = "wrong door" };
        Building building = Done(Building.Unregistered, Register, Households("101", "201"), sign with { Household = Given.Id("201") }, sign, withdraw);
        Assert.Equal(["201"], building.Signatures.Select(signature => signature.Household.Value));
        Assert.Equal(["NotSigned /household household=101"], Refused(building, withdraw));
        Assert.Equal(2, Done(building, sign).Signatures.Count);
    }

    [Fact]
    public void A_subsidy_that_was_granted_or_paid_keeps_its_source()
    {
        Building building = Done(Ready(), new SetFunding { Funding = [Given.Source("city", Given.Yuan(100))] },
            new RecordSubsidy { Source = new("city"), State = SubsidyState.Claimed, Amount = Given.Yuan(100), On = Day(1) });
        Done(building, new SetFunding { Funding = [] });
        RecordSubsidy granted = new() { Source = new("city"), State = SubsidyState.Granted, Amount = Given.Yuan(100), On = Day(1) };
        Assert.Equal(["SourceHasSubsidy /funding source=city"], Refused(Done(building, granted), new SetFunding { Funding = [] }));
        Assert.Equal(["SourceHasSubsidy /funding source=city"], Refused(Done(building, granted), new SetFunding { Funding = [new ProgrammeSource { Id = new("city"), CostIds = [new("lift")] }] }));
        Done(building, granted, new SetFunding { Funding = [Given.Source("city", Given.Yuan(80))] });
        // What was refused by the office is granted as 0.
        Done(building, granted with { Amount = Given.Fen(0) }, new SetFunding { Funding = [] });
    }

    [Fact]
    public void The_scheme_in_force_is_not_withdrawn_until_another_is_finalised()
    {
        Scheme scheme = Given.Scheme(new EqualRule()) with { Id = new("a") };
        FinaliseContributions finalise = new() { Scheme = new("a"), Evidence = Vote };
        var withdraw = new WithdrawScheme { Scheme = new("a"), Reason = "x" };
        Building building = Done(Ready(), new ProposeScheme { Scheme = scheme }, new ProposeScheme { Scheme = scheme with { Id = new("b") } }, finalise);
        Assert.Equal(["SchemeInForce /scheme scheme=a"], Refused(building, withdraw));
        Done(building, new WithdrawScheme { Scheme = new("b"), Reason = "x" });
        building = Done(building, finalise with { Scheme = new("b"), Reason = "x" }, withdraw);
        Assert.NotNull(building.Schemes[0].Withdrawn);
    }

    [Fact]
    public void What_was_not_carried_is_not_finalised()
    {
        Building building = Done(Ready(), new ProposeScheme { Scheme = Given.Scheme(new EqualRule()) });
        FinaliseContributions finalise = new() { Scheme = new("s"), Evidence = Vote };
        Assert.Equal(["VoteNotCarried /evidence for=2 against=2 forM2=140.00 againstM2=70.50"], Refused(building, finalise with { Evidence = Vote with { Against = Count.Of(2) } }));
        Assert.Equal(["VoteNotCarried /evidence for=2 against=1 forM2=70.50 againstM2=70.50"], Refused(building, finalise with { Evidence = Vote with { ForArea = Given.Area(70.5m) } }));
        Done(building, finalise);
        Done(building, finalise with { Evidence = Vote with { Against = null, AgainstArea = null } });
    }

    [Fact]
    public void What_grows_has_a_limit()
    {
        RecordQuote quote = new() { Id = new("a"), Vendor = "firm", On = Day(1), Lines = [Given.Cost("lift", Given.Yuan(1))] };
        Building building = Done(Ready(), [.. Enumerable.Range(0, RecordQuote.Most).Select(i => quote with { Id = new($"q{i}") })]);
        Assert.Equal(["EntryCount /id count=101 minimum=0 maximum=100"], Refused(building, quote));
        EnterStage stage = new() { Stage = Stage.Consulting, On = Day(1) };
        building = Done(Ready(), [.. Enumerable.Repeat(stage, EnterStage.Most)]);
        Assert.Equal(["EntryCount  count=201 minimum=0 maximum=200"], Refused(building, stage));
        Done(building, stage with { Corrects = Count.Of(200) });
        AssessFeasibility assess = new() { Feasibility = Feasibility.Hard, On = Day(1) };
        Assert.Equal(["EntryCount  count=201 minimum=0 maximum=200"], Refused(Done(Ready(), [.. Enumerable.Repeat(assess, AssessFeasibility.Most)]), assess));
        RecordSubsidy subsidy = new() { Source = new("city"), State = SubsidyState.Planned, Amount = Given.Yuan(1), On = Day(1) };
        building = Done(Ready(), [new SetFunding { Funding = [Given.Source("city", Given.Yuan(1)), Given.Source("firm", Given.Yuan(1))] }, .. Enumerable.Repeat(subsidy, RecordSubsidy.Most)]);
        Assert.Equal(["EntryCount  count=1001 minimum=0 maximum=1000"], Refused(building, subsidy with { Source = new("firm") }));
        Done(building, subsidy with { Corrects = Count.Of(7) });
        ProposeScheme propose = new() { Scheme = Given.Scheme(new EqualRule()), Reason = "x" };
        building = Done(Ready(), [.. Enumerable.Repeat(propose, ProposeScheme.MostVersions)]);
        Assert.Equal(["EntryCount /scheme count=101 minimum=0 maximum=100"], Refused(building, propose));
        FinaliseContributions finalise = new() { Scheme = new("s"), Evidence = Vote, Reason = "x" };
        building = Done(building, [.. Enumerable.Repeat(finalise, FinaliseContributions.Most)]);
        Assert.Equal(["EntryCount  count=101 minimum=0 maximum=100"], Refused(building, finalise));
    }

    [Fact]
    public void Bills_of_all_versions_together_have_a_limit()
    {
        // A hundred versions for ten thousand households are a million bills.
        RegisteredHousehold[] many = [.. Enumerable.Range(0, HouseholdRegister.MostHouseholds).Select(i => Flat($"h{i}", 1))];
        Building building = Done(Building.Unregistered, Register, new RegisterHouseholds { Households = many }, new SetCosts { Costs = [Given.Cost("lift", Given.Yuan(1))] });
        SchemeProposed version = new() { Scheme = Given.Scheme(new EqualRule()), Bills = [.. many.Select(flat => new Bill { Household = flat.Facts.Id, Amount = Given.Fen(0) })] };
        building = Enumerable.Range(0, 99).Aggregate(building, (before, i) => before.Evolve(version with { Scheme = version.Scheme with { Id = new($"s{i % 2}") } }));
        var propose = new ProposeScheme { Scheme = version.Scheme };
        building = Done(building, propose);
        Assert.Equal(["EntryCount /scheme count=1010000 minimum=0 maximum=1000000"], Refused(building, propose with { Scheme = version.Scheme with { Id = new("t") } }));
    }

    [Fact]
    public void A_refused_command_changes_nothing_and_deciding_twice_decides_the_same()
    {
        Building building = Ready();
        Building before = building;
        var faults = new FaultList();
        Assert.Null(BuildingDecider.Decide(Here, building, new RemoveHousehold { Household = Given.Id("x"), Reason = "x" }, Rules, faults));
        Assert.Same(before, building);
        var command = new SignAgreement { Household = Given.Id("101"), On = Day(1) };
        Assert.Equal(BuildingDecider.Decide(Here, building, command, Rules, new FaultList()), BuildingDecider.Decide(Here, building, command, Rules, new FaultList()));
    }

    internal static Building Ready() => Done(Building.Unregistered, Register, Households("101", "201", "301"), new SetCosts { Costs = [Given.Cost("lift", Given.Yuan(700_000))] });

    internal static Building Done(Building building, params BuildingCommand[] commands)
    {
        foreach (BuildingCommand command in commands)
        {
            var faults = new FaultList();
            BuildingEvent? happened = BuildingDecider.Decide(Here, building, command, Rules, faults);
            Assert.Empty(faults.Faults.Select(Seen.Tell));
            Building after = building.Evolve(happened!);
            Assert.Equal(building.Version + 1, after.Version);
            building = after;
        }
        return building;
    }

    private static string[] Refused(Building building, BuildingCommand command)
    {
        var faults = new FaultList();
        Assert.Null(BuildingDecider.Decide(Here, building, command, Rules, faults));
        return [.. faults.Faults.Select(Seen.Tell)];
    }

    private static RegisterHouseholds Households(params string[] ids) => new() { Households = [.. ids.Select(id => Flat(id, id[0] - '0'))] };

    private static RegisteredHousehold Flat(string id, int floor) => new() { Facts = Given.Household(id, floor), Owners = [new("p1")] };

    private static DateOnly Day(int day) => new(2026, 1, day);
}
