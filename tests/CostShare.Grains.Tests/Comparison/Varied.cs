using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>What a request looks like when one thing in it changes, made by hand from what a variation says of itself.</summary>
internal static class Varied
{
    /// <summary>The request with one scheme, as it is after a variation.</summary>
    public static ComparisonRequest Request(ComparisonRequest request, int scheme, Variation variation)
    {
        ComparisonRequest alone = request with { Schemes = [request.Schemes[scheme]] };
        return variation switch
        {
            OverrunVariation overrun => alone with
            {
                Costs = [.. request.Costs.Select(line => line.Id == overrun.Cost ? line with { Amount = Given.Fen(line.Amount.Fen + 1_000_000) } : line)],
            },
            RefusedVariation refused => alone with { Funding = [.. request.Funding.Where(source => source.Id != refused.Source)] },
            DropOutVariation drop => WithScheme(Joining(alone, drop.Household, false), Without(request.Schemes[scheme], drop.Household)),
            LateJoinerVariation late => Joining(alone, late.Household, true),
            CoefficientVariation step => WithScheme(alone, request.Schemes[scheme] with { Rule = Set(request.Schemes[scheme].Rule, Tokens(step.Pointer, scheme), step.To, default) }),
            PriceVariation step => WithScheme(alone, request.Schemes[scheme] with { Rule = Set(request.Schemes[scheme].Rule, Tokens(step.Pointer, scheme), default, step.To) }),
            _ => throw new InvalidOperationException("A kind of variation that the tests do not know."),
        };
    }

    /// <summary>Every coefficient and price of a rule by its pointer below the rule, in no particular order.</summary>
    public static IEnumerable<(string Pointer, long Value, bool IsPrice, long Step)> Numbers(Rule rule) => rule switch
    {
        FloorCoefficientsRule floors => floors.Coefficients.Select(entry => ($"/coefficients/{entry.Key}", entry.Value.Millionths, false, 100_000L))
            .Concat(floors.StepAbove is Coefficient above ? [("/stepAbove", above.Millionths, false, 100_000L)] : []),
        WeightsRule weights => weights.Weights.Select(entry => ($"/weights/{entry.Key}", entry.Value.Millionths, false, PowerOfTen(weights.Weights.Values.Max(weight => weight.Millionths)))),
        PointsRule points => points.ByType.Select(entry => ($"/byType/{entry.Key}", entry.Value.Millionths, false, 100_000L)).Append(("/perFloor", points.PerFloor.Millionths, false, 100_000L)),
        StepsRule steps => [("/baseFen", steps.Base.Fen, true, 100_000L), ("/stepFen", steps.Step.Fen, true, 100_000L)],
        MixRule mix => mix.Parts.SelectMany((part, k) => Numbers(part.Rule).Select(number => ($"/parts/{k}/rule{number.Pointer}", number.Value, number.IsPrice, number.Step))),
        PerCostRule perCost => perCost.Rules.SelectMany(entry => Numbers(entry.Value).Select(number => ($"/rules/{entry.Key}{number.Pointer}", number.Value, number.IsPrice, number.Step)))
            .Concat(perCost.Otherwise is null ? [] : Numbers(perCost.Otherwise).Select(number => ($"/otherwise{number.Pointer}", number.Value, number.IsPrice, number.Step))),
        FixedRule fix => Numbers(fix.Remainder).Select(number => ($"/remainder{number.Pointer}", number.Value, number.IsPrice, number.Step)),
        _ => [],
    };

    // By the digits of the number: 1 and one 0 fewer than a tenth of it has places.
    private static long PowerOfTen(long largest) => largest < 100 ? 1 : long.Parse("1" + new string('0', $"{largest}".Length - 2), System.Globalization.CultureInfo.InvariantCulture);

    private static ComparisonRequest WithScheme(ComparisonRequest request, Scheme scheme) => request with { Schemes = [scheme] };

    private static ComparisonRequest Joining(ComparisonRequest request, HouseholdId id, bool joins) => request with
    {
        Building = request.Building with
        {
            Households = [.. request.Building.Households.Select(household => household.Id == id ? (PolledHousehold)(household with { Joins = joins }) : household)],
        },
    };

    private static Scheme Without(Scheme scheme, HouseholdId id)
    {
        var kept = new List<Adjustment>();
        foreach (Adjustment adjustment in scheme.Adjustments)
        {
            bool named = (adjustment is Exemption e && e.Household == id) || (adjustment is FixedAmount f && f.Household == id) || (adjustment is Discount d && d.Household == id)
                || (adjustment is Cap c && c.Household == id) || (adjustment is Minimum m && m.Household == id) || (adjustment is Relief r && r.Household == id);
            if (!named) { kept.Add(adjustment); }
        }
        if (scheme.Rule is not FixedRule rule) { return scheme with { Adjustments = kept }; }
        var amounts = new Dictionary<HouseholdId, Money>(rule.Amounts);
        amounts.Remove(id);
        return scheme with { Adjustments = kept, Rule = rule with { Amounts = amounts } };
    }

    private static string[] Tokens(string pointer, int scheme)
    {
        string head = $"/schemes/{scheme}/rule/";
        Assert.StartsWith(head, pointer, StringComparison.Ordinal);
        return [.. pointer[head.Length..].Split('/').Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    private static Rule Set(Rule rule, string[] tokens, Coefficient coefficient, Money price)
    {
        string second = tokens.Length > 1 ? tokens[1] : "";
        switch (rule, tokens[0])
        {
            case (FloorCoefficientsRule floors, "coefficients"):
                return floors with { Coefficients = floors.Coefficients.ToDictionary(entry => entry.Key, entry => $"{entry.Key}" == second ? coefficient : entry.Value) };
            case (FloorCoefficientsRule floors, "stepAbove"):
                return floors with { StepAbove = coefficient };
            case (WeightsRule weights, "weights"):
                return weights with { Weights = weights.Weights.ToDictionary(entry => entry.Key, entry => entry.Key.Value == second ? coefficient : entry.Value) };
            case (PointsRule points, "byType"):
                return points with { ByType = points.ByType.ToDictionary(entry => entry.Key, entry => entry.Key.Value == second ? coefficient : entry.Value) };
            case (PointsRule points, "perFloor"):
                return points with { PerFloor = coefficient };
            case (StepsRule steps, "baseFen"):
                return steps with { Base = price };
            case (StepsRule steps, "stepFen"):
                return steps with { Step = price };
            case (MixRule mix, "parts"):
                MixPart[] parts = [.. mix.Parts];
                int k = int.Parse(second, System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal("rule", tokens[2]);
                parts[k] = parts[k] with { Rule = Set(parts[k].Rule, tokens[3..], coefficient, price) };
                return mix with { Parts = parts };
            case (PerCostRule perCost, "rules"):
                return perCost with { Rules = perCost.Rules.ToDictionary(entry => entry.Key, entry => entry.Key.Value == second ? Set(entry.Value, tokens[2..], coefficient, price) : entry.Value) };
            case (PerCostRule perCost, "otherwise"):
                return perCost with { Otherwise = Set(perCost.Otherwise!, tokens[1..], coefficient, price) };
            case (FixedRule fix, "remainder"):
                return fix with { Remainder = Set(fix.Remainder, tokens[1..], coefficient, price) };
            default:
                throw new InvalidOperationException($"No {tokens[0]} in {rule.GetType().Name}.");
        }
    }
}
