using CostShare.Api.CommandLine;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Texts;

namespace CostShare.Api.Tests.CommandLine;

/// <summary>Facts as sentences below the tables.</summary>
public class StatementTests
{
    private static readonly Words Bills = new() { Zh = "按账单算", En = "by the bills" };

    private static readonly Statement Most = new(StatementCode.AboveLimit, new Words { Zh = "最高的多", En = "the highest is much" }, Bills);

    private static readonly Statement Least = new(StatementCode.AboveLimit, new Words { Zh = "最低的少", En = "the lowest is little" }, Bills with { });

    private static readonly Statement Alone = new(StatementCode.AboveLimit, new Words { Zh = "没有人多付", En = "nobody pays more" }, new Words { Zh = "按假设算", En = "by a model" });

    [Fact]
    public void Each_scheme_has_its_sentences_and_what_several_rest_on_stands_once_below_them() => Assert.Equal(
        [
            "Amounts in yuan. Sum = self-funded.", "",
            "均摊: what to know", "  the highest is much", "  the lowest is little", "    This rests on: by the bills", "  nobody pays more", "    This rests on: by a model",
        ],
        Printed(Language.English, Most, Least, Alone));

    [Fact]
    public void Sentences_stay_in_their_order_also_where_they_rest_on_the_same() => Assert.Equal(
        ["金额单位：元。合计 = 自筹。", "", "均摊：要点", "  最高的多", "    前提：按账单算", "  没有人多付", "    前提：按假设算", "  最低的少", "    前提：按账单算"],
        Printed(Language.Chinese, Most, Alone, Least));

    [Fact]
    public void A_scheme_without_sentences_has_no_heading() => Assert.Equal(["金额单位：元。合计 = 自筹。"], Printed(Language.Chinese));

    private static string[] Printed(Language language, params Statement[] statements)
    {
        ComparisonRequest request = StrictReader.Read<ComparisonRequest>(System.Text.Encoding.UTF8.GetBytes(Running.Small().ToJsonString()), new FaultList())!;
        ComparisonResult result = Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.None, new FaultList())!;
        result = result with { Schemes = [result.Schemes[0] with { Facts = result.Schemes[0].Facts with { Statements = statements } }] };
        string[] lines = new ComparisonTables(request, result, language, null).Print().TrimEnd('\n').Split('\n');
        return [.. lines.SkipWhile(line => !line.StartsWith("Amounts", StringComparison.Ordinal) && !line.StartsWith("金额", StringComparison.Ordinal))];
    }
}
