using CostShare.Api.Explanations;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;

namespace CostShare.Api.Tests.Explanations;

public class FigureTests
{
    [Theory]
    [InlineData(48_000_000, 1, "480,000.00 元", "= 480,000.00 元")]
    [InlineData(-300_000, 1, "-3,000.00 元", "= -3,000.00 元")]
    [InlineData(0, 1, "0.00 元", "= 0.00 元")]
    [InlineData(1, 8, "0.00125 元", "= 0.00125 元")]
    [InlineData(1, 10_000, "0.000001 元", "= 0.000001 元")]
    [InlineData(1, 20_000, "≈0.000001 元", "≈ 0.000001 元")]
    [InlineData(49_999, 1_000_000_000, "≈0.000000 元", "≈ 0.000000 元")]
    [InlineData(-49_999, 1_000_000_000, "≈0.000000 元", "≈ 0.000000 元")]
    [InlineData(-1, 20_000, "≈-0.000001 元", "≈ -0.000001 元")]
    [InlineData(200, 3, "≈0.666667 元", "≈ 0.666667 元")]
    [InlineData(100, 3, "≈0.333333 元", "≈ 0.333333 元")]
    [InlineData(99_999_999, 1_000_000, "≈1.000000 元", "≈ 1.000000 元")]
    public void Money_is_shown_in_yuan(long numerator, long denominator, string text, string result)
    {
        var fen = Fraction.Of(numerator, denominator);
        Assert.Equal(text, Figures.Text(fen, FigureKind.Money, Language.Chinese));
        Assert.Equal(result, Figures.Result(fen, FigureKind.Money, Language.Chinese));
        Assert.Equal(text.Replace("元", "yuan", StringComparison.Ordinal), Figures.Text(fen, FigureKind.Money, Language.English));
    }

    [Theory]
    [InlineData(nameof(FigureKind.Plain), 13, 10, "1.3")]
    [InlineData(nameof(FigureKind.Plain), 5_000, 1, "5,000")]
    [InlineData(nameof(FigureKind.Plain), 340, 303, "≈1.12211221122 (340/303)")]
    [InlineData(nameof(FigureKind.Plain), 1, 70_000_000, "≈0.0000000142857142857 (1/70000000)")]
    [InlineData(nameof(FigureKind.Plain), 1, 1_000_000_000, "0.000000001")]
    [InlineData(nameof(FigureKind.Plain), 20_000_000, 3, "≈6,666,666.666667 (20000000/3)")]
    [InlineData(nameof(FigureKind.Plain), 0, 1, "0")]
    [InlineData(nameof(FigureKind.Plain), -1, 3, "≈-0.333333333333 (-1/3)")]
    [InlineData(nameof(FigureKind.Area), 386, 10, "38.60 m²")]
    [InlineData(nameof(FigureKind.Area), 1, 3, "≈0.333333 m²")]
    [InlineData(nameof(FigureKind.Percentage), 25, 2, "12.5%")]
    public void Other_numbers_are_shown_as_decimals(string kind, long numerator, long denominator, string text) =>
        Assert.Equal(text, Figures.Text(Fraction.Of(numerator, denominator), Enum.Parse<FigureKind>(kind), Language.English));

    [Fact]
    public void A_fraction_too_long_to_key_in_is_left_out() => Assert.Equal("≈0.300000000000",
        Figures.Text(Fraction.Of(3_000_000_000_001, 10_000_000_000_003), FigureKind.Plain, Language.English));

    [Fact]
    public void Money_beyond_64_bits_is_exact() => Assert.Equal("≈123,456,789,012,345,678,901.234568 元",
        Figures.Text(Fraction.Of(Int128.Parse("37037036703703703670370370371", System.Globalization.CultureInfo.InvariantCulture), 3_000_000), FigureKind.Money, Language.Chinese));
}
