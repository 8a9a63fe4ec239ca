using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>The coefficients and prices of a rule, each one step up and one step down, wherever in the rule they stand.</summary>
/// <param name="register">The register, whose order settles that of weights.</param>
/// <param name="costs">The budget, whose order settles that of rules per cost line.</param>
internal sealed class RuleSteps(HouseholdRegister register, IReadOnlyList<CostLine> costs)
{
    /// <summary>Each step with the rule as it is then, which is made only when it is asked for.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="place">Where it stands in the request.</param>
    public IEnumerable<(Variation What, Func<Rule> Rule)> Of(Rule rule, Place place) => rule switch
    {
        FloorCoefficientsRule coefficients => OfFloors(coefficients, place),
        WeightsRule weights => OfWeights(weights, place),
        PointsRule points => OfPoints(points, place),
        StepsRule prices => OfPrices(prices, place),
        MixRule mix => Enumerable.Range(0, mix.Parts.Count).SelectMany(k => Inside(mix.Parts[k].Rule, place.At("parts").At(k).At("rule"),
            part => mix with { Parts = [.. mix.Parts.Select((old, j) => j == k ? old with { Rule = part } : old)] })),
        PerCostRule perCost => costs.Select(line => line.Id).Where(perCost.Rules.ContainsKey)
            .SelectMany(cost => Inside(perCost.Rules[cost], place.At("rules").At(cost.Value), line => perCost with { Rules = With(perCost.Rules, cost, line) }))
            .Concat(perCost.Otherwise is Rule otherwise ? Inside(otherwise, place.At("otherwise"), rest => perCost with { Otherwise = rest }) : []),
        FixedRule @fixed => Inside(@fixed.Remainder, place.At("remainder"), remainder => @fixed with { Remainder = remainder }),
        _ => [],
    };

    private IEnumerable<(Variation What, Func<Rule> Rule)> Inside(Rule rule, Place place, Func<Rule, Rule> around) =>
        Of(rule, place).Select(step => (step.What, (Func<Rule>)(() => around(step.Rule()))));

    private static IEnumerable<(Variation What, Func<Rule> Rule)> OfFloors(FloorCoefficientsRule rule, Place place)
    {
        foreach (Floor floor in rule.Coefficients.Keys.Order())
        {
            Place entry = place.At("coefficients").At(floor.ToString());
            foreach (CoefficientVariation step in Steps(rule.Coefficients[floor], CoefficientVariation.Step, entry, CoefficientOf.Floor))
            {
                yield return (step with { Floor = floor }, () => rule with { Coefficients = With(rule.Coefficients, floor, step.To) });
            }
        }
        if (rule.StepAbove is not Coefficient above) { yield break; }
        foreach (CoefficientVariation step in Steps(above, CoefficientVariation.Step, place.At("stepAbove"), CoefficientOf.StepAbove))
        {
            yield return (step, () => rule with { StepAbove = step.To });
        }
    }

    private IEnumerable<(Variation What, Func<Rule> Rule)> OfWeights(WeightsRule rule, Place place)
    {
        Coefficient by = WeightStep(rule);
        foreach (HouseholdId id in register.Households.Select(household => household.Id).Where(rule.Weights.ContainsKey))
        {
            foreach (CoefficientVariation step in Steps(rule.Weights[id], by, place.At("weights").At(id.Value), CoefficientOf.Household))
            {
                yield return (step with { Household = id }, () => rule with { Weights = With(rule.Weights, id, step.To) });
            }
        }
    }

    /// <summary>The largest power of ten, in millionths, that is no more than a tenth of the largest weight.</summary>
    private static Coefficient WeightStep(WeightsRule rule)
    {
        long tenth = rule.Weights.Values.Max(weight => weight.Millionths) / 10;
        long step = 1;
        while (step * 10 <= tenth) { step *= 10; }
        return Coefficient.FromMillionths(step);
    }

    private static IEnumerable<(Variation What, Func<Rule> Rule)> OfPoints(PointsRule rule, Place place)
    {
        foreach (FlatType type in rule.ByType.Keys.OrderBy(type => type.Value, StringComparer.Ordinal))
        {
            foreach (CoefficientVariation step in Steps(rule.ByType[type], CoefficientVariation.Step, place.At("byType").At(type.Value), CoefficientOf.FlatType))
            {
                yield return (step with { FlatType = type }, () => rule with { ByType = With(rule.ByType, type, step.To) });
            }
        }
        foreach (CoefficientVariation step in Steps(rule.PerFloor, CoefficientVariation.Step, place.At("perFloor"), CoefficientOf.PerFloor))
        {
            yield return (step, () => rule with { PerFloor = step.To });
        }
    }

    private static IEnumerable<(Variation What, Func<Rule> Rule)> OfPrices(StepsRule rule, Place place)
    {
        foreach (PriceVariation step in Steps(rule.Base, place.At("baseFen"), PriceOf.Base)) { yield return (step, () => rule with { Base = step.To }); }
        foreach (PriceVariation step in Steps(rule.Step, place.At("stepFen"), PriceOf.Step)) { yield return (step, () => rule with { Step = step.To }); }
    }

    private static IEnumerable<CoefficientVariation> Steps(Coefficient value, Coefficient by, Place place, CoefficientOf of) =>
        Neighbours(value.Millionths, by.Millionths, Coefficient.LargestMillionths).Select(to => new CoefficientVariation
        {
            Pointer = place.ToString(),
            Of = of,
            Direction = to.Direction,
            By = by,
            To = Coefficient.FromMillionths(to.Value),
        });

    private static IEnumerable<PriceVariation> Steps(Money value, Place place, PriceOf of) =>
        Neighbours(value.Fen, PriceVariation.Step.Fen, Money.Largest.Fen).Select(to => new PriceVariation
        {
            Pointer = place.ToString(),
            Of = of,
            Direction = to.Direction,
            By = PriceVariation.Step,
            To = Money.FromFen(to.Value),
        });

    private static IEnumerable<(Direction Direction, long Value)> Neighbours(long value, long by, long most)
    {
        if (value + by <= most) { yield return (Direction.Up, value + by); }
        if (value >= by) { yield return (Direction.Down, value - by); }
    }

    private static Dictionary<TName, TValue> With<TName, TValue>(IReadOnlyDictionary<TName, TValue> map, TName name, TValue value)
        where TName : notnull => new(map) { [name] = value };
}
