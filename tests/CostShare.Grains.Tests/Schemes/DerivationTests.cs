using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>A derivation suffices by itself: read with the published formulas and a calculator it leads to the billed amount.</summary>
public class DerivationTests
{
    [Fact]
    public void The_steps_alone_lead_to_every_amount() => RandomCase.ForAll(10_000_000, (one, allocation) =>
    {
        var all = Enumerable.Range(0, one.Building.Households.Count).Select(allocation.DerivationOf).ToArray();
        for (int i = 0; i < all.Length; i++)
        {
            Q[] results = Follow(all[i]);
            int amount = all[i].ToList().FindIndex(step => step.Code == StepCode.Amount);
            Assert.Equal(allocation.Amounts[i].Fen, (long)results[amount].N);
            Assert.Equal(allocation.Bills[i].Fen, (long)Input(all[i][amount], "bill").N);
            if (allocation.Billed != Money.Zero) { Assert.Equal(allocation.Refunds[i].Fen, (long)results[^1].N); }
        }
        Totals(all);
    });

    [Fact]
    public void Every_code_is_met_in_some_random_derivation()
    {
        var met = new HashSet<StepCode>();
        for (int seed = 0; seed < 2_000; seed++)
        {
            if (RandomCase.Of(seed).Run() is not Allocation allocation) { continue; }
            for (int i = 0; i < allocation.Amounts.Count; i++) { met.UnionWith(allocation.DerivationOf(i).Select(step => step.Code)); }
        }
        // Those of the funding have numbers of their own, and a test of their own.
        Assert.Empty(Enum.GetValues<StepCode>().Where(code => code is < StepCode.ProgrammeLines or > StepCode.SubsidyUnmet).Except(met));
    }

    [Fact]
    public void Steps_stand_in_the_order_of_the_engine_with_the_names_of_their_formulas()
    {
        HouseholdRegister building = Given.Building(Given.Household("a", 1, 60), Given.Household("b", 2, 40));
        Scheme scheme = Given.Scheme(Given.Mix((50, new AreaRule()), (50, new EqualRule())),
            new Cap { Household = Given.Id("a"), Amount = Given.Fen(500) }, new Minimum { Household = Given.Id("b"), Amount = Given.Fen(100) })
            with
        { Rounding = Given.InUnits(100) };
        Allocation allocation = Seen.Run(building, Given.Fen(1010), scheme);
        Assert.Equal(
            [
                "Payable(selfFunded=1010, compensation=0)=1010",
                "ToShare(payable=1010, fixed=0)=1010",
                "MixPart(amount=1010, percent=50)=505",
                "ByArea(amount=505, areaM2=60, totalAreaM2=100)=303",
                "MixPart(amount=1010, percent=50)=505",
                "Equal(amount=505, payers=2)=505/2",
                "MixSum(part1=303, part2=505/2)=1111/2",
                "Limits(share=1111/2, factor=340/303, cap=500)=500",
                "BillingTotal(toShare=1010, unit=100)=1100",
                "BillingShare(share=1111/2, factor=400/303, cap=500)=500",
                "LargestRemainder(share=500, unit=100, rank=0, unitsLeft=0)=500",
                "Amount(bill=500, compensation=0, relief=0)=500",
            ],
            allocation.DerivationOf(0).Select(AllocationPropertyTests.Describe));
        Assert.Equal("Limits(share=909/2, factor=340/303, minimum=100)=510",
            AllocationPropertyTests.Describe(allocation.DerivationOf(1).Single(step => step.Code == StepCode.Limits)));
    }

    [Fact]
    public void Only_a_floor_above_the_last_one_listed_has_a_step_for_its_coefficient()
    {
        Allocation allocation = Seen.Run(Given.Building(4, 1), Given.Fen(100), Given.Scheme(Given.Coefficients([(1, 0), (2, 1)], 0.1m)));
        Assert.Equal(["CoefficientAbove(lastListed=1, stepAbove=1/10, floorsAbove=1)=11/10", "CoefficientAbove(lastListed=1, stepAbove=1/10, floorsAbove=2)=6/5"],
            Enumerable.Range(0, 4).SelectMany(allocation.DerivationOf).Where(step => step.Code == StepCode.CoefficientAbove).Select(AllocationPropertyTests.Describe));
    }

    [Fact]
    public void The_ranks_of_remainders_are_told()
    {
        Allocation allocation = Seen.Run(Given.Building(1, 3), Given.Fen(100), Given.Scheme(new EqualRule()));
        Assert.Equal(
            ["LargestRemainder(share=100/3, unit=1, rank=1, unitsLeft=1)=34", "LargestRemainder(share=100/3, unit=1, rank=2, unitsLeft=1)=33",
             "LargestRemainder(share=100/3, unit=1, rank=3, unitsLeft=1)=33"],
            Enumerable.Range(0, 3).Select(i => AllocationPropertyTests.Describe(allocation.DerivationOf(i).Single(step => step.Code == StepCode.LargestRemainder))));
    }

    /// <summary>Does every step again, and sees that what it says it repeats was a result before.</summary>
    private static Q[] Follow(IReadOnlyList<Step> steps)
    {
        var results = new List<Q>();
        foreach (Step step in steps)
        {
            Q result = Compute(step);
            Assert.True(result == Q.Parse(step.Result.ToString()), AllocationPropertyTests.Describe(step));
            foreach (StepInput input in step.Inputs)
            {
                // A coefficient that is listed, and a weight that is stated, come from the request; all others were computed before.
                bool repeats = input.Name is "share" or "floorAmount" or "payable" or "toShare" || Numbered(input.Name, "part") || Numbered(input.Name, "segment")
                    || (input.Name == "amount" && step.Code != StepCode.Fixed);
                if (repeats) { Assert.Contains(Q.Parse(input.Value.ToString()), results); }
            }
            // A step that makes a weight or a coefficient stands right before the one that uses it.
            string? made = steps.Take(results.Count).LastOrDefault()?.Code switch
            {
                StepCode.StoreysRidden or StepCode.Points or StepCode.CoefficientTimesArea or StepCode.Formula => "weight",
                StepCode.Price when step.Code == StepCode.ByPrice => "price",
                StepCode.CoefficientAbove => step.Code == StepCode.ByWeight ? "weight" : "coefficient",
                _ => null,
            };
            if (made is not null) { Assert.Equal(Input(step, made), results[^1]); }
            if (step.Code == StepCode.Amount && Input(step, "bill") != 0) { Assert.Equal(Input(step, "bill"), results[^1]); }
            results.Add(result);
        }
        return [.. results];
    }

    /// <summary>What a step calls a total is the sum over the households that have that step.</summary>
    private static void Totals(IReadOnlyList<Step>[] all)
    {
        Check(StepCode.ByArea, "areaM2", "totalAreaM2");
        Check(StepCode.ByWeight, "weight", "totalWeight");
        Check(StepCode.ByPrice, "price", "totalPrices");
        void Check(StepCode code, string part, string total)
        {
            // A rule may stand twice in a mix, so only schemes that use it once are summed.
            Step[] steps = [.. all.SelectMany(derivation => derivation).Where(step => step.Code == code)];
            if (all.Any(derivation => derivation.Count(step => step.Code == code) > 1) || steps.Length == 0) { return; }
            Assert.Equal(Input(steps[0], total), steps.Aggregate((Q)0, (sum, step) => sum + Input(step, part)));
        }
    }

    private static bool Numbered(string name, string word) => name.StartsWith(word, StringComparison.Ordinal) && char.IsAsciiDigit(name[^1]);

    internal static Q Input(Step step, string name) => Q.Parse(step.Inputs.Single(input => input.Name == name).Value.ToString());

    private static bool Has(Step step, string name) => step.Inputs.Any(input => input.Name == name);

    /// <summary>The result of a step by the published formula of its code, from its inputs alone.</summary>
    internal static Q Compute(Step step)
    {
        Q In(string name) => Input(step, name);
        Q Up(Q value, Q unit) => (value / unit).Ceiling() * unit;
        Q Down(Q value, Q unit) => (value / unit).Floor() * unit;
        Q Clamp(Q value)
        {
            if (Has(step, "minimum") && value < In("minimum")) { value = In("minimum"); }
            return Has(step, "cap") && value > In("cap") ? In("cap") : value;
        }
        Q Least(Q one, Q other) => one < other ? one : other;
        bool Served() => In("rank") >= 1 && In("rank") <= In("unitsLeft");
        return step.Code switch
        {
            StepCode.Payable => In("selfFunded") + In("compensation"),
            StepCode.ToShare => In("payable") - In("fixed"),
            StepCode.DoesNotJoin or StepCode.Exempt => 0,
            StepCode.Fixed => In("amount"),
            StepCode.Equal => In("amount") / In("payers"),
            StepCode.ByArea => In("amount") * In("areaM2") / In("totalAreaM2"),
            StepCode.CoefficientAbove => In("lastListed") + (In("stepAbove") * In("floorsAbove")),
            StepCode.CoefficientTimesArea => In("coefficient") * In("areaM2"),
            StepCode.FloorByCoefficient => In("amount") * In("coefficient") / In("totalCoefficients"),
            StepCode.FloorByPercentage => In("amount") * In("percent") / 100,
            StepCode.WithinFloorByArea => In("floorAmount") * In("areaM2") / In("floorAreaM2"),
            StepCode.WithinFloorEqually => In("floorAmount") / In("floorPayers"),
            StepCode.StoreysRidden => In("floor") - 1 - In("entry") < 0 ? 0 : In("floor") - 1 - In("entry"),
            StepCode.Points => In("floor") < In("fromFloor") ? 0 : In("typePoints") + (In("perFloor") * (In("floor") - In("fromFloor"))),
            StepCode.ByWeight => In("amount") * In("weight") / In("totalWeight"),
            StepCode.MixPart => In("amount") * In("percent") / 100,
            StepCode.MixSum or StepCode.SegmentSum or StepCode.CostLines or StepCode.CostSum or StepCode.ProgrammeLines or StepCode.SubsidyBase => step.Inputs.Aggregate((Q)0, (sum, input) => sum + Q.Parse(input.Value.ToString())),
            StepCode.Discount => In("share") * (100 - In("percent")) / 100,
            StepCode.CarriesDiscounts => In("share") * (In("carriers") + In("discounted")) / In("carriers"),
            StepCode.Limits or StepCode.BillingShare => Clamp(In("share") * In("factor")),
            StepCode.BillingTotal => Up(In("toShare"), In("unit")),
            StepCode.LargestRemainder => Down(In("share"), In("unit")) + (Served() ? In("unit") : 0),
            StepCode.RoundUp => Up(In("share"), In("unit")),
            StepCode.Amount => In("bill") - In("compensation") - In("relief"),
            StepCode.StandAlone => In("amount") * In("standAlone") / In("highest"),
            StepCode.Segment or StepCode.Block => (In("cost") - In("below")) / In("households"),
            StepCode.SegmentOfFloors => (In("cost") - In("below")) / In("floors"),
            StepCode.SegmentByArea or StepCode.BlockByArea => (In("cost") - In("below")) * In("areaM2") / In("totalAreaM2"),
            StepCode.BlockByCost => (In("cost") - In("below")) * In("standAlone") / In("totalStandAlone"),
            StepCode.SlackRound => (In("cost") - In("collected")) / (In("households") + In("spare")),
            StepCode.EqualBenefit => In("cost") < In("benefit") ? 0 : In("cost") - In("benefit"),
            StepCode.Formula => SlowFormula.Value(step.Expression!, step.Inputs.ToDictionary(input => input.Name, input => Q.Parse(input.Value.ToString())))!.Value,
            StepCode.Price => In("floor") < In("fromFloor") ? 0 : In("base") + (In("step") * (In("floor") - In("fromFloor"))),
            StepCode.ByPrice => In("amount") * In("price") / In("totalPrices"),
            StepCode.TopFloorRest => (In("amount") - In("below")) / In("topPayers"),
            StepCode.CostScale => In("share") * In("toShare") / In("selfFunded"),
            StepCode.Refund => Down(In("total") * In("bill") / In("billed"), 1) + (Served() ? 1 : 0),
            StepCode.SourceGives => Least(In("offered"), In("need")),
            StepCode.SubsidyPercent => Down(In("base") * In("percent") / 100, 1),
            StepCode.SubsidyFlat or StepCode.SubsidyTier => In("amount"),
            StepCode.SubsidyActual => In("base"),
            StepCode.SubsidyCap => Least(In("amount"), In("cap")),
            StepCode.SubsidyUnmet => 0,
            _ => throw new InvalidOperationException($"{step.Code} has no formula here."),
        };
    }
}
