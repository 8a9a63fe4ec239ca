using System.Text.RegularExpressions;
using CostShare.Api.Problems;
using CostShare.Grains.Faults;

namespace CostShare.Api.Tests;

public partial class FaultTextTests
{
    public static TheoryData<FaultCode> Codes => [.. Enum.GetValues<FaultCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_status_and_a_sentence_in_both_languages_with_the_same_values(FaultCode code)
    {
        (int status, string chinese, string english) = FaultTexts.Of(code);
        int expected = (int)code switch { < 100 => status, < 300 or 400 => 400, _ => 422 };
        Assert.Equal(expected, status);
        Assert.InRange(status, 400, 500);
        Assert.Matches("[\u4e00-\u9fff]", chinese);
        Assert.DoesNotMatch("[\u4e00-\u9fff]", english);
        Assert.Equal(Names(chinese), Names(english));
    }

    [Fact]
    public void A_code_without_a_text_is_a_defect() => Assert.Throws<InvalidOperationException>(() => FaultTexts.Of((FaultCode)9_999));

    private static string[] Names(string template) => [.. Value().Matches(template).Select(match => match.Value).Distinct().Order()];

    [GeneratedRegex("\\{[a-zA-Z]+\\}")]
    private static partial Regex Value();
}
