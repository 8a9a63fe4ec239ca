using System.Net;
using System.Text;
using System.Text.Json;

namespace CostShare.Api.Tests.Explanations;

/// <summary>Why one household pays what it pays, over HTTP: the words of the command line, and the amounts of the comparison.</summary>
public sealed class ExplanationsEndpointTests(Running running) : IClassFixture<Running>
{
    private const string Address = "/api/v1/explanations";

    private Task<Answer> Ask(string query, string language = "zh-CN") =>
        running.Post(Encoding.UTF8.GetBytes(Running.Example("leshan.json")), "application/json", language, query, Address);

    [Theory]
    [InlineData("zh-CN", "explain-leshan-605.zh.txt")]
    [InlineData("en", "explain-leshan-605.en.txt")]
    public async Task A_household_is_told_the_same_as_on_the_command_line(string language, string approved)
    {
        JsonElement told = (await Ask("?household=605", language)).Json;
        string[] lines = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "approved", approved))).Split('\n');
        foreach (JsonElement scheme in told.GetProperty("schemes").EnumerateArray())
        {
            int step = 0;
            foreach (JsonElement sentence in scheme.GetProperty("steps").EnumerateArray()) { Assert.Contains($"{++step}. {sentence.GetString()}", lines); }
            Assert.Contains(scheme.GetProperty("closing").GetString(), lines);
        }
    }

    [Fact]
    public async Task Amounts_are_those_of_the_comparison()
    {
        JsonElement compared = (await running.Post(Running.Example("leshan.json"))).Json;
        JsonElement told = (await Ask("?household=605")).Json;
        Assert.Equal(
            compared.GetProperty("schemes").EnumerateArray().Select(scheme => scheme.GetProperty("shares").EnumerateArray().First(share => share.GetProperty("household").GetString() == "605").GetProperty("amountFen").GetInt64()),
            told.GetProperty("schemes").EnumerateArray().Select(scheme => scheme.GetProperty("amountFen").GetInt64()));
        Assert.Equal(
            compared.GetProperty("funding").GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("amountFen").GetInt64()),
            told.GetProperty("funding").EnumerateArray().Select(source => source.GetProperty("amountFen").GetInt64()));
    }

    [Fact]
    public async Task Only_the_schemes_that_are_named_are_told()
    {
        JsonElement told = (await Ask("?household=605&scheme=ride&scheme=half")).Json;
        Assert.Equal(["half", "ride"], told.GetProperty("schemes").EnumerateArray().Select(scheme => scheme.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "memberMissing")]
    [InlineData("?household=605&household=604", HttpStatusCode.BadRequest, "memberDuplicate")]
    [InlineData("?household=999", HttpStatusCode.UnprocessableEntity, "householdUnknown")]
    [InlineData("?household=605&scheme=none", HttpStatusCode.UnprocessableEntity, "schemeUnknown")]
    [InlineData("?household=605&by=me", HttpStatusCode.BadRequest, "parameterUnknown")]
    public async Task What_is_not_there_is_told(string query, HttpStatusCode status, string code)
    {
        Answer answer = await Ask(query, "en");
        Assert.Equal((status, code), (answer.Status, answer.Json.GetProperty("code").GetString()));
    }
}
