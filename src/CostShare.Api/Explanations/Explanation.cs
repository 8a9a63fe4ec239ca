using System.Globalization;
using System.Text;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Register;

namespace CostShare.Api.Explanations;

/// <summary>How one household's amounts were reached, in words.</summary>
/// <param name="request">The request.</param>
/// <param name="result">Its answer, with derivations.</param>
/// <param name="language">The language.</param>
internal sealed class Explanation(ComparisonRequest request, ComparisonResult result, Language language)
{
    private readonly Dictionary<string, string> _lineNames = request.Costs.ToDictionary(line => line.Id.Value, line => line.Name);

    /// <summary>The derivation under each of some schemes.</summary>
    /// <param name="household">The household, by its position in the register.</param>
    /// <param name="schemes">The schemes, by their positions in the request.</param>
    public HouseholdExplanation Of(int household, IEnumerable<int> schemes)
    {
        Household who = request.Building.Households[household];
        return new HouseholdExplanation
        {
            Household = who.Id,
            Floor = who.Floor,
            Area = who.Area,
            Funding = [.. result.Funding.Sources.Select(source => new SourceExplanation(source.Id, source.Amount, [.. source.Steps.Select(Sentence)]))],
            Schemes =
            [
                .. schemes.Select(k =>
                {
                    IReadOnlyList<Step> steps = result.Schemes[k].Derivations![household].Steps;
                    Share share = result.Schemes[k].Shares[household];
                    return new SchemeExplanation(request.Schemes[k].Id, request.Schemes[k].Name, share.Amount, [.. steps.Select(Sentence)], Closing(share, steps));
                }),
            ],
        };
    }

    /// <summary>The same as text that ends in a line break.</summary>
    /// <param name="household">The household, by its position in the register.</param>
    /// <param name="schemes">The schemes, by their positions in the request.</param>
    public string Print(int household, IEnumerable<int> schemes)
    {
        var text = new StringBuilder();
        HouseholdExplanation explained = Of(household, schemes);
        string area = Figures.SquareMetres(explained.Area.Hundredths);
        text.Append(language.Choose($"{explained.Household} 户，{explained.Floor} 层，{area} m²\n", $"Household {explained.Household}, floor {explained.Floor}, {area} m²\n"));
        foreach (SchemeExplanation scheme in explained.Schemes)
        {
            text.Append('\n').Append(language.Choose($"方案 {scheme.Id}：{scheme.Name}\n", $"Scheme {scheme.Id}: {scheme.Name}\n"));
            for (int i = 0; i < scheme.Steps.Count; i++) { text.Append(CultureInfo.InvariantCulture, $"{i + 1}. {scheme.Steps[i]}\n"); }
            text.Append(scheme.Closing).Append('\n');
        }
        return text.ToString();
    }

    private string Sentence(Step step) => StepTexts.Sentence(step, language, _lineNames);

    private string Closing(Share share, IReadOnlyList<Step> steps)
    {
        var closing = new StringBuilder(share.Amount >= Money.Zero
            ? language.Choose($"应付 {Yuan(share.Amount.Fen)}。", $"The household pays {Yuan(share.Amount.Fen)}.")
            : language.Choose($"应收 {Yuan(-share.Amount.Fen)}：补偿多于账单。", $"The household receives {Yuan(-share.Amount.Fen)}: its compensation exceeds its bill."));
        Step amount = steps.First(step => step.Code == StepCode.Amount);
        Fraction bill = StepTexts.Input(amount, "bill");
        Fraction exact = share.Exact + StepTexts.Input(amount, "compensation");
        Fraction residue = bill - exact;
        if (residue.Sign != 0)
        {
            string size = Yuan(residue.Sign > 0 ? residue : -residue);
            closing.Append(language.Choose(
                $"账单 {Yuan(bill)}，精确的分摊额是 {Yuan(exact)}，因取整{(residue.Sign > 0 ? "多" : "少")} {size}：{Why(steps)}。",
                $" The bill of {Yuan(bill)} is {size} {(residue.Sign > 0 ? "more" : "less")} than the exact share of {Yuan(exact)}, because of rounding: {Why(steps)}."));
        }
        return closing.ToString();
    }

    private string Why(IReadOnlyList<Step> steps)
    {
        Step last = steps.Last(step => step.Code is StepCode.LargestRemainder or StepCode.RoundUp);
        string unit = Yuan(StepTexts.Input(last, "unit"));
        if (last.Code == StepCode.RoundUp)
        {
            return language.Choose($"每户都向上取整到 {unit}的整数倍", $"every household is rounded up to a multiple of {unit}");
        }
        Fraction rank = StepTexts.Input(last, "rank"), left = StepTexts.Input(last, "unitsLeft");
        string why = rank.Sign == 0
            ? language.Choose("本户取整时没有零头", "nothing was left over in this household's own rounding")
            : StepTexts.EarnsUnit(last)
                ? language.Choose($"零头从大到小排第 {rank}，前 {left} 名各加 {unit}，零头相同的按登记册先后", $"its remainder is number {rank}, and the first {left} get {unit} each, equal ones in register order")
                : language.Choose($"零头从大到小排第 {rank}，只有前 {left} 名各加 {unit}，零头相同的按登记册先后", $"its remainder is number {rank}, and only the first {left} get {unit} each, equal ones in register order");
        return steps.Any(step => step.Code == StepCode.BillingShare)
            ? language.Choose($"账单总额和限额先凑成 {unit}的整数倍；{why}", $"all bills together, and the limits, are first made multiples of {unit}; {why}")
            : why;
    }

    private string Yuan(Fraction fen) => Figures.Text(fen, FigureKind.Money, language);
}
