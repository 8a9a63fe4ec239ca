using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>By a formula of the residents' own 自定义公式: the value of an expression for each payer, over the total of all values.</summary>
/// <remarks>
/// The names are <c>floor</c>, <c>area</c> (in square metres), <c>storeys</c> (of the building) and <c>payers</c> (how many). There are
/// <c>+ - * /</c>, parentheses, one comparison (<c>&lt; &lt;= &gt; &gt;= == !=</c>, giving 1 or 0), <c>min(a, b, ...)</c>, <c>max(a, b, ...)</c> and
/// <c>if(condition, then, otherwise)</c>, which evaluates only the branch that it takes and takes the first where the condition is not 0.
/// Numbers are written in digits with or without decimals, and computed with exactly. Parentheses stand at most 32 deep.
/// <c>*</c> and <c>/</c> bind tighter than <c>+</c> and <c>-</c>, and these tighter than comparisons; operators of one kind are done from the left.
/// One minus may stand before a number, a name or a parenthesis; a plus may not, nor two minuses. Small letters only; between all of these
/// there may be spaces. A negative value, a division by 0 and a total of 0 are refused.
/// </remarks>
public sealed record FormulaRule : Rule
{
    /// <summary>The longest expression, in characters.</summary>
    public const int MostCharacters = 500;

    private const int CharactersOfARule = 20;

    /// <summary>The expression, for example <c>if(floor &lt; 3, 0, (floor - 2) * area)</c>.</summary>
    [StringLength(MostCharacters, MinimumLength = 1)]
    public required string Expression { get; init; }

    // A long formula is as much work as several rules.
    internal override int Size => 1 + (Expression.Length / CharactersOfARule);

    internal override void Check(Sharing sharing, Place place) => Formula.Read(Expression, place.At("expression"), sharing.Faults);

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        // What is wrong with the expression was told by Check.
        if (Formula.Read(Expression, place.At("expression"), new FaultList()) is not Formula formula) { return sharing.Nothing; }
        Payers payers = sharing.Payers;
        Fraction[] values = sharing.Nothing;
        int before = sharing.Faults.Count;
        foreach (int i in payers.Positions)
        {
            Household household = payers[i];
            if (formula.Evaluate(Names(payers, household), out int dividedAt) is not Fraction value)
            {
                sharing.Faults.Add(FaultCode.FormulaDividesByZero, place.At("expression"), ("position", dividedAt), ("household", household.Id.Value));
            }
            else if (value.Sign < 0)
            {
                sharing.Faults.Add(FaultCode.FormulaNegative, place.At("expression"), ("value", Shorten(value.ToString())), ("household", household.Id.Value));
            }
            else { values[i] = value; }
        }
        if (sharing.Faults.Count > before) { return sharing.Nothing; }
        sharing.Derivation.Note(payers.Positions, i => [ValueStep(formula, Names(payers, payers[i]), values[i])]);
        return sharing.InProportion(amount, values, place);
    }

    private Step ValueStep(Formula formula, FormulaNames names, Fraction value) =>
        new(StepCode.Formula, [.. formula.Names.Select(name => new StepInput(name, names.Of(name)))], value) { Expression = Expression };

    // What a fault repeats stays short, whatever was computed.
    private static string Shorten(string value) => value.Length <= 40 ? value : $"{value.AsSpan(0, 40)}…";

    private static FormulaNames Names(Payers payers, Household household) =>
        new(household.Floor.Number, Fraction.Of(household.Area.Hundredths, Sharing.SquareMetre), payers.Storeys, payers.Positions.Count);
}
