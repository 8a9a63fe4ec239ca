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
        int expected = code switch
        {
            FaultCode.NotFound or FaultCode.BuildingUnknown or FaultCode.BuildingUnknownThen or FaultCode.HouseholdNotRegistered or FaultCode.ContactsUnknown
                or FaultCode.StreetUnknown or FaultCode.EstateUnknown => 404,
            FaultCode.Unauthorized or FaultCode.SetUpTokenWrong => 401,
            FaultCode.VersionPassed => 412,
            FaultCode.StoreUnavailable or FaultCode.OutcomeUnknown or FaultCode.SearchesBusy => 503,
            FaultCode.CommandReused or FaultCode.AlreadySetUp or FaultCode.BuildingExists or FaultCode.NothingToShare or FaultCode.SignedAlready
                or FaultCode.SchemeInForce or FaultCode.SourceHasSubsidy or FaultCode.NotSigned or FaultCode.PassportsTooLong => 409,
            FaultCode.MethodNotAllowed => 405,
            FaultCode.BodyTooLarge or FaultCode.SheetUnpacksTooLarge or FaultCode.SheetPackedTooTightly or FaultCode.SheetTooManyParts or FaultCode.SheetTooManyRows or FaultCode.SheetTooManyCells => 413,
            FaultCode.UnsupportedMediaType or FaultCode.BodyEncoded => 415,
            FaultCode.InternalError or FaultCode.BuildingDamaged => 500,
            FaultCode.BadRequest => 400,
            _ => (int)code < 300 ? 400 : 422,
        };
        Assert.Equal(expected, status);
        Assert.Matches("[\u4e00-\u9fff]", chinese);
        Assert.DoesNotMatch("[\u4e00-\u9fff]", english);
        Assert.Equal(Names(chinese), Names(english));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_sentence_speaks_only_of_values_that_its_code_lists(FaultCode code)
    {
        string summary = Api.OpenApi.XmlComments.Summary(code);
        string listed = summary.Split("Values: ") is [_, var values] ? values : "";
        Assert.All(Names(FaultTexts.Of(code).English), name => Assert.Contains(name.Trim('{', '}'), listed, StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_that_is_missing_is_a_defect_and_a_missing_household_means_all()
    {
        var fault = new Fault(FaultCode.MinimumAboveCap, Place.Root, [("minimumFen", 2), ("capFen", 1)]);
        Assert.Equal("The minimum of 0.02 yuan for all households is above the cap of 0.01 yuan.", FaultTexts.Sentence(fault, Language.English));
        Assert.Throws<InvalidOperationException>(() => FaultTexts.Sentence(fault with { Values = [] }, Language.English));
    }

    [Theory]
    [InlineData("integer", "string", "\"39.8万\"", "这里要填整数（不加引号），收到的是文字（加引号）：\"39.8万\"。", "This must be a whole number (without quotes), not a text (in quotes): \"39.8万\".")]
    [InlineData("array", "null", "null", "这里要填列表（方括号），收到的是空值：null。", "This must be a list (in brackets), not null: null.")]
    public void Types_are_told_in_words_with_the_value(string expected, string found, string value, string chinese, string english)
    {
        var fault = new Fault(FaultCode.WrongType, Place.Root, [("expected", expected), ("found", found), ("value", value)]);
        Assert.Equal(chinese, FaultTexts.Sentence(fault, Language.Chinese));
        Assert.Equal(english, FaultTexts.Sentence(fault, Language.English));
    }

    [Fact]
    public void A_sentence_about_a_scheme_says_which_and_names_the_household()
    {
        var fault = new Fault(FaultCode.HouseholdDoesNotPay, Place.Root.At("schemes").At(1).At("adjustments").At(0), [("kind", "cap"), ("household", "501")]);
        Assert.Equal("第 2 个方案：501 户不参加或已免除，不能再有封顶。", FaultTexts.Sentence(fault, Language.Chinese));
        Assert.Equal("Scheme 2: There can be no cap for household 501: it does not join or is exempt.", FaultTexts.Sentence(fault, Language.English));
    }

    [Fact]
    public void Money_beyond_the_numbers_of_JSON_is_told_in_yuan_too() => Assert.Equal(
        "The costs sum to 200,000,000,000,000,000.01 yuan, above the limit of 10,000,000,000,000.00 yuan.",
        FaultTexts.Sentence(new Fault(FaultCode.TotalTooLarge, Place.Root,
            [("totalFen", Int128.Parse("20000000000000000001", System.Globalization.CultureInfo.InvariantCulture)), ("limitFen", 1_000_000_000_000_000)]), Language.English));

    [Theory]
    [InlineData("天平街道", "甲小区", "天平街道甲小区：各门栋合计 0.02 元，超过上限 0.01 元。", "天平街道, 甲小区: The buildings sum to 0.02 yuan, above the limit of 0.01 yuan.")]
    [InlineData("天平街道", null, "天平街道：各门栋合计 0.02 元，超过上限 0.01 元。", "天平街道: The buildings sum to 0.02 yuan, above the limit of 0.01 yuan.")]
    [InlineData(null, null, "各门栋合计 0.02 元，超过上限 0.01 元。", "The buildings sum to 0.02 yuan, above the limit of 0.01 yuan.")]
    public void A_sum_of_a_part_of_the_city_says_of_which(string? street, string? estate, string chinese, string english)
    {
        FaultValue[] values = [("totalFen", 2), ("limitFen", 1)];
        if (street is not null) { values = [.. values, ("street", street)]; }
        if (estate is not null) { values = [.. values, ("estate", estate)]; }
        var fault = new Fault(FaultCode.StreetTotalTooLarge, Place.Root, values);
        Assert.Equal(chinese, FaultTexts.Sentence(fault, Language.Chinese));
        Assert.Equal(english, FaultTexts.Sentence(fault, Language.English));
    }

    [Fact]
    public void A_code_without_a_text_is_a_defect() => Assert.Throws<InvalidOperationException>(() => FaultTexts.Of((FaultCode)9_999));

    private static string[] Names(string template) => [.. Value().Matches(template).Select(match => match.Value).Distinct().Order()];

    [GeneratedRegex("\\{[a-zA-Z]+\\}")]
    private static partial Regex Value();
}
