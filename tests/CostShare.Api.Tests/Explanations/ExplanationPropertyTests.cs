using System.Net;
using System.Text.Json;
using CostShare.Api.Explanations;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Tests;
using CostShare.Grains.Tests.Schemes;

namespace CostShare.Api.Tests.Explanations;

/// <summary>Whatever is asked, the words say the figures of the comparison, and what rounding did to them.</summary>
public sealed class ExplanationPropertyTests(Running running) : IClassFixture<Running>
{
    private const string Address = "/api/v1/explanations";

    [Fact]
    public void Every_household_is_told_its_amount_and_what_rounding_did_to_it()
    {
        int rounded = 0, even = 0;
        for (int seed = 41_000_000; seed < 41_000_000 + (RandomCase.Count / 10); seed++)
        {
            var one = RandomCase.Of(seed);
            ComparisonRequest request = Given.Request(one.Building, one.SelfFunded, one.Scheme);
            ComparisonResult? plain = Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.None, new FaultList()), derived = Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.Derivations, new FaultList());
            // What may be compared may be too much to be derived.
            if (plain is null || derived is null) { continue; }
            for (int i = 0; i < one.Building.Households.Count; i++)
            {
                Share share = plain.Schemes[0].Shares[i];
                SchemeExplanation chinese = new Explanation(request, derived, Language.Chinese).Of(i, [0]).Schemes.Single(), english = new Explanation(request, derived, Language.English).Of(i, [0]).Schemes.Single();
                Assert.Equal((share.Amount, share.Amount), (chinese.Amount, english.Amount));
                string amount = Digits(share.Amount.Fen), unsigned = amount.TrimStart('-');
                // The sentence of the amount is the last but for that of a refund.
                Assert.Single(chinese.Steps, step => step.StartsWith("应付金额：", StringComparison.Ordinal) && step.EndsWith($"= {amount} 元", StringComparison.Ordinal));
                Assert.Single(english.Steps, step => step.StartsWith("Amount: ", StringComparison.Ordinal) && step.EndsWith($"= {amount} yuan", StringComparison.Ordinal));
                Assert.StartsWith(share.Amount.Fen >= 0 ? $"应付 {unsigned} 元。" : $"应收 {unsigned} 元：", chinese.Closing, StringComparison.Ordinal);
                Assert.StartsWith(share.Amount.Fen >= 0 ? $"The household pays {unsigned} yuan." : $"The household receives {unsigned} yuan:", english.Closing, StringComparison.Ordinal);
                Step last = derived.Schemes[0].Derivations![i].Steps.Single(step => step.Code == StepCode.Amount);
                Fraction residue = share.Amount.Fen + last.Inputs.Single(input => input.Name == "relief").Value - share.Exact;
                if (residue.Sign == 0)
                {
                    even++;
                    Assert.DoesNotContain("取整", chinese.Closing, StringComparison.Ordinal);
                    Assert.DoesNotContain("rounding", english.Closing, StringComparison.Ordinal);
                    continue;
                }
                rounded++;
                Fraction size = residue.Sign < 0 ? -residue : residue;
                Assert.Contains($"因取整{(residue.Sign > 0 ? "多" : "少")} {Figures.Text(size, FigureKind.Money, Language.Chinese)}：", chinese.Closing, StringComparison.Ordinal);
                Assert.Contains($" is {Figures.Text(size, FigureKind.Money, Language.English)} {(residue.Sign > 0 ? "more" : "less")} than the exact share of ", english.Closing, StringComparison.Ordinal);
                Assert.Contains(", because of rounding: ", english.Closing, StringComparison.Ordinal);
            }
        }
        Assert.True(int.Min(rounded, even) > RandomCase.Count / 10, $"{rounded} rounded, {even} even.");
    }

    [Fact]
    public async Task Over_HTTP_the_explanation_says_the_amounts_of_the_comparison()
    {
        int told = 0;
        for (int seed = 42_000_000; told < RandomCase.Count / 100; seed++)
        {
            var one = RandomCase.Of(seed);
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(Given.Request(one.Building, one.SelfFunded, one.Scheme), WireJson.Options);
            Answer compared = await running.Post(body, "application/json");
            string household = one.Building.Households[seed % one.Building.Households.Count].Id.Value, query = $"?household={Uri.EscapeDataString(household)}";
            Answer explained = await running.Post(body, "application/json", seed % 2 == 0 ? "zh" : "en", query, Address);
            Assert.Equal(compared.Status, explained.Status);
            if (compared.Status != HttpStatusCode.OK)
            {
                Assert.Equal(compared.Faults(compared.Status), explained.Faults(explained.Status));
                continue;
            }
            told++;
            Assert.Equal(household, explained.Json.GetProperty("household").GetString());
            Assert.Equal(
                compared.Json.GetProperty("schemes").EnumerateArray().Select(scheme => scheme.GetProperty("shares").EnumerateArray().Single(share => share.GetProperty("household").GetString() == household).GetProperty("amountFen").GetInt64()),
                explained.Json.GetProperty("schemes").EnumerateArray().Select(scheme => scheme.GetProperty("amountFen").GetInt64()));
        }
    }

    // The digits of yuan, made here by other means than the program's.
    private static string Digits(long fen) => (fen / 100m).ToString("#,##0.00", System.Globalization.CultureInfo.InvariantCulture);
}
