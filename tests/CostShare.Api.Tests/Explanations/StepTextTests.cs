using System.Text;
using System.Text.RegularExpressions;
using CostShare.Api.Explanations;
using CostShare.Api.OpenApi;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;

namespace CostShare.Api.Tests.Explanations;

/// <summary>Every step is told in words, with every number that went into it.</summary>
public class StepTextTests
{
    /// <summary>All inputs of every code, optional ones included, in the order of the formulas.</summary>
    private static readonly Dictionary<StepCode, string> Inputs = new()
    {
        [StepCode.Payable] = "selfFunded compensation",
        [StepCode.ToShare] = "payable fixed",
        [StepCode.DoesNotJoin] = "",
        [StepCode.Exempt] = "",
        [StepCode.Fixed] = "amount",
        [StepCode.Equal] = "amount payers",
        [StepCode.ByArea] = "amount areaM2 totalAreaM2",
        [StepCode.CoefficientAbove] = "lastListed stepAbove floorsAbove",
        [StepCode.CoefficientTimesArea] = "coefficient areaM2",
        [StepCode.FloorByCoefficient] = "amount coefficient totalCoefficients",
        [StepCode.FloorByPercentage] = "amount percent",
        [StepCode.WithinFloorByArea] = "floorAmount areaM2 floorAreaM2",
        [StepCode.WithinFloorEqually] = "floorAmount floorPayers",
        [StepCode.StoreysRidden] = "floor entry",
        [StepCode.Points] = "typePoints perFloor floor fromFloor",
        [StepCode.ByWeight] = "amount weight totalWeight",
        [StepCode.MixPart] = "amount percent",
        [StepCode.MixSum] = "part1 part2 part3",
        [StepCode.Discount] = "share percent",
        [StepCode.CarriesDiscounts] = "share carriers discounted",
        [StepCode.Limits] = "share factor minimum cap",
        [StepCode.BillingTotal] = "toShare unit",
        [StepCode.BillingShare] = "share factor minimum cap",
        [StepCode.LargestRemainder] = "share unit rank unitsLeft",
        [StepCode.RoundUp] = "share unit",
        [StepCode.Amount] = "bill compensation relief",
        [StepCode.Refund] = "total bill billed rank unitsLeft",
        [StepCode.ProgrammeLines] = "sewer floor",
        [StepCode.SourceGives] = "offered need",
        [StepCode.SubsidyBase] = "lift floor",
        [StepCode.SubsidyPercent] = "base percent",
        [StepCode.SubsidyFlat] = "amount",
        [StepCode.SubsidyActual] = "base",
        [StepCode.SubsidyTier] = "number tier amount",
        [StepCode.SubsidyCap] = "amount cap",
        [StepCode.SubsidyUnmet] = "",
        [StepCode.StandAlone] = "amount standAlone highest",
        [StepCode.Segment] = "floor cost below households",
        [StepCode.SegmentByArea] = "floor cost below areaM2 totalAreaM2",
        [StepCode.SegmentOfFloors] = "floor cost below floors",
        [StepCode.SegmentSum] = "segment1 segment2 segment3",
        [StepCode.Block] = "fromFloor toFloor cost below households",
        [StepCode.BlockByArea] = "fromFloor toFloor cost below areaM2 totalAreaM2",
        [StepCode.BlockByCost] = "fromFloor toFloor cost below standAlone totalStandAlone",
        [StepCode.SlackRound] = "fromFloor toFloor cost collected households spare",
        [StepCode.EqualBenefit] = "cost benefit",
        [StepCode.Formula] = "floor area storeys payers",
        [StepCode.Price] = "base step floor fromFloor",
        [StepCode.ByPrice] = "amount price totalPrices",
        [StepCode.TopFloorRest] = "amount below topPayers",
        [StepCode.CostLines] = "lift areaM2",
        [StepCode.CostSum] = "part1 part2",
        [StepCode.CostScale] = "share toShare selfFunded",
    };

    private static readonly Dictionary<string, string> NoNames = [];

    public static TheoryData<StepCode> Codes => [.. Enum.GetValues<StepCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Both_sentences_hold_every_input_and_the_result(StepCode code)
    {
        Step step = Full(code);
        foreach (Language language in Enum.GetValues<Language>())
        {
            string sentence = StepTexts.Sentence(step, language, NoNames);
            Assert.All(step.Inputs, input => Assert.Contains(Figures.Text(input.Value, StepTexts.KindOf(code, input.Name), language), sentence, StringComparison.Ordinal));
            Assert.Contains(Figures.Result(step.Result, StepTexts.ResultOf(code), language), sentence, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"[\[\]{}]", sentence);
            if (language == Language.Chinese) { Assert.Matches("[\u4e00-\u9fff]", sentence); }
            else { Assert.DoesNotMatch("[\u4e00-\u9fff]", sentence); }
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_inputs_tested_are_those_of_the_documented_formula(StepCode code)
    {
        if (code is StepCode.ProgrammeLines or StepCode.CostLines or StepCode.SubsidyBase or StepCode.Formula) { return; }
        // The names of a numbered row are documented by its first and "and so on".
        string[] names = [.. Inputs[code].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(name => name is not ("part3" or "segment3"))];
        string summary = XmlComments.Summary(code);
        Assert.All(names, name => Assert.Matches($@"\b{name}s?\b", summary));
    }

    [Fact] // docs/decisions/0008-tests.md tells how the files in approved/ are made anew.
    public void The_sentences_are_the_approved_ones()
    {
        var text = new StringBuilder();
        foreach (StepCode code in Enum.GetValues<StepCode>())
        {
            text.Append(code).Append('\n');
            foreach (Language language in Enum.GetValues<Language>()) { text.Append("  ").Append(StepTexts.Sentence(Full(code), language, NoNames)).Append('\n'); }
        }
        if (Environment.GetEnvironmentVariable("COSTSHARE_APPROVE") is string folder) { File.WriteAllText(Path.Combine(folder, "steps.txt"), text.ToString()); }
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "approved", "steps.txt")), text.ToString());
    }

    [Theory]
    [InlineData(StepCode.StoreysRidden, "floor=6 entry=0", "5", "Storeys ridden: floor 6 − 1 = 5")]
    [InlineData(StepCode.StoreysRidden, "floor=6 entry=1/2", "9/2", "Storeys ridden: floor 6 − 1 − 0.5 for the half-landing = 4.5")]
    [InlineData(StepCode.StoreysRidden, "floor=1 entry=1/2", "0", "Storeys ridden: floor 1 − 1 − 0.5 for the half-landing is below 0, so = 0")]
    [InlineData(StepCode.StoreysRidden, "floor=1 entry=0", "0", "Storeys ridden: floor 1 − 1 = 0")]
    [InlineData(StepCode.Points, "typePoints=1 perFloor=1 floor=2 fromFloor=3", "0", "Points: floor 2 is below floor 3, so = 0")]
    [InlineData(StepCode.Points, "typePoints=1 perFloor=1 floor=3 fromFloor=3", "1", "Points: flat type 1 + 1 × (floor 3 − floor 3) = 1")]
    [InlineData(StepCode.Price, "base=100 step=100 floor=2 fromFloor=3", "0", "The flat's price: floor 2 is below floor 3, so = 0.00 yuan")]
    [InlineData(StepCode.EqualBenefit, "cost=100 benefit=101", "0", "Equal benefit: 1.00 yuan − the same benefit for all 1.01 yuan is below 0, so = 0.00 yuan")]
    [InlineData(StepCode.EqualBenefit, "cost=101 benefit=101", "0", "Equal benefit: 1.01 yuan − the same benefit for all 1.01 yuan = 0.00 yuan")]
    [InlineData(StepCode.Limits, "share=1000 factor=11/10 cap=1050", "1050",
        "One factor for all, then the limits: 10.00 yuan × 1.1 = 11.00 yuan; cap 10.50 yuan; so = 10.50 yuan")]
    [InlineData(StepCode.Limits, "share=1000 factor=340/303", "340000/303",
        "One factor for all: 10.00 yuan × ≈1.12211221122 (340/303) ≈ 11.221122 yuan")]
    [InlineData(StepCode.BillingShare, "share=1000 factor=11/10", "1100", "The share of all bills together: 10.00 yuan × 1.1 = 11.00 yuan")]
    [InlineData(StepCode.BillingShare, "share=1000 factor=11/10 minimum=1200", "1200",
        "The share of all bills together: 10.00 yuan × 1.1 = 11.00 yuan; minimum 12.00 yuan; so = 12.00 yuan")]
    [InlineData(StepCode.LargestRemainder, "share=1000 unit=100 rank=0 unitsLeft=2", "1000", "Bill: 10.00 yuan is a whole multiple of 1.00 yuan, nothing to round = 10.00 yuan")]
    [InlineData(StepCode.LargestRemainder, "share=1050 unit=100 rank=2 unitsLeft=2", "1100",
        "Bill: 10.50 yuan without what is less than 1.00 yuan is 10.00 yuan; 2 × 1.00 yuan are left for the largest remainders, this one is number 2 and gets one = 11.00 yuan")]
    [InlineData(StepCode.LargestRemainder, "share=1050 unit=100 rank=3 unitsLeft=2", "1000",
        "Bill: 10.50 yuan without what is less than 1.00 yuan is 10.00 yuan; 2 × 1.00 yuan are left for the largest remainders, this one is number 3 and gets none = 10.00 yuan")]
    [InlineData(StepCode.Refund, "total=100 bill=50 billed=150 rank=1 unitsLeft=1", "34",
        "Refund later: 1.00 yuan × bill 0.50 yuan ÷ all bills 1.50 yuan, whole fen 0.33 yuan; 1 fen are left for the largest remainders, this one is number 1 and gets one = 0.34 yuan")]
    [InlineData(StepCode.Refund, "total=100 bill=50 billed=100 rank=0 unitsLeft=0", "50", "Refund later: 1.00 yuan × bill 0.50 yuan ÷ all bills 1.00 yuan = 0.50 yuan")]
    [InlineData(StepCode.Formula, "floor=3", "9", "Formula floor * 3, where floor is 3; its value = 9")]
    [InlineData(StepCode.Segment, "floor=3 cost=350 below=300 households=6", "25/3",
        "The segment of the shaft up to floor 3: (3.50 yuan − the segments below 3.00 yuan) ÷ the 6 households that use it ≈ 0.083333 yuan")]
    [InlineData(StepCode.Block, "fromFloor=4 toFloor=4 cost=450 below=350 households=2", "50",
        "Floor 4 by itself pays what it adds: (4.50 yuan − up to below 3.50 yuan) ÷ 2 households = 0.50 yuan")]
    [InlineData(StepCode.SlackRound, "fromFloor=3 toFloor=4 cost=450 collected=350 households=2 spare=0", "50",
        "Floors 3 to 4 pay what is not yet paid: (4.50 yuan − paid below 3.50 yuan) ÷ 2 households (the highest floor, 0 parts more) = 0.50 yuan")]
    [InlineData(StepCode.SegmentSum, "segment1=100", "100", "All segments together: 1.00 yuan = 1.00 yuan")]
    public void What_happened_decides_the_words(StepCode code, string inputs, string result, string english)
    {
        var step = new Step(code, [.. inputs.Split(' ').Select(input => input.Split('=')).Select(pair => new StepInput(pair[0], Number(pair[1])))], Number(result))
        {
            Expression = code == StepCode.Formula ? "floor * 3" : null,
        };
        Assert.Equal(english, StepTexts.Sentence(step, Language.English, NoNames));
        Assert.Equal(Regex.Count(english, @"[0-9]\.[0-9]"), Regex.Count(StepTexts.Sentence(step, Language.Chinese, NoNames), @"[0-9]\.[0-9]"));
    }

    [Fact]
    public void What_is_not_known_is_a_defect()
    {
        Assert.Throws<InvalidOperationException>(() => StepTexts.Sentence(new Step((StepCode)9_999, [], 0), Language.English, NoNames));
        Assert.Throws<InvalidOperationException>(() => StepTexts.KindOf(StepCode.Amount, "unheard"));
        Assert.Throws<InvalidOperationException>(() => StepTexts.Sentence(new Step(StepCode.Formula, [], 0), Language.English, NoNames));
    }

    private static Fraction Number(string text) => text.Split('/') is [var a, var b]
        ? Fraction.Of(long.Parse(a, System.Globalization.CultureInfo.InvariantCulture), long.Parse(b, System.Globalization.CultureInfo.InvariantCulture))
        : long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    // Each number differs from the others, and they fall, so that no floor is below the first one and no difference below 0.
    private static Step Full(StepCode code)
    {
        string[] names = Inputs[code].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Step(code,
            [.. names.Select((name, i) => new StepInput(name, StepTexts.KindOf(code, name) == FigureKind.Money ? 9_876_543 - (1_111_111 * i) : 91 - (13 * i)))],
            StepTexts.ResultOf(code) == FigureKind.Money ? Fraction.Of(700_000, 3) : 7)
        {
            Expression = code == StepCode.Formula ? "max(floor - 2, 0) * area" : null,
        };
    }
}
