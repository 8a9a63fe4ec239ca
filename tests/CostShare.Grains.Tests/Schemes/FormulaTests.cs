using System.Globalization;
using System.Text;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>The formula language: what it means, what it refuses and where, and that nothing else can happen.</summary>
public class FormulaTests
{
    // Fewer only where mutation testing runs them again and again.
    private static readonly int Expressions = int.Min(100_000, 10 * RandomCase.Count);

    // The third floor of five, 80.5 m², one of four payers.
    [Theory]
    [InlineData("1", "1")]
    [InlineData("0.125", "1/8")]
    [InlineData("007.50", "15/2")]
    [InlineData("floor", "3")]
    [InlineData("area", "161/2")]
    [InlineData("storeys", "5")]
    [InlineData("payers", "4")]
    [InlineData("1+2*3", "7")]
    [InlineData("(1+2)*3", "9")]
    [InlineData("10-4-3", "3")]
    [InlineData("24/4/2", "3")]
    [InlineData("2*6/4", "3")]
    [InlineData("7-2*3+1/4", "5/4")]
    [InlineData("10 - -3", "13")]
    [InlineData("-2*-3", "6")]
    [InlineData("4*-2+9", "1")]
    [InlineData("-(1-4)", "3")]
    [InlineData("1/3", "1/3")]
    [InlineData("1/3*3 == 1", "1")]
    [InlineData("floor<3", "0")]
    [InlineData("floor<=3", "1")]
    [InlineData("floor>3", "0")]
    [InlineData("floor>=3", "1")]
    [InlineData("floor==3", "1")]
    [InlineData("floor!=3", "0")]
    [InlineData("1+1<1+2", "1")]
    [InlineData("(1<2)+(2<3)", "2")]
    [InlineData("2*(floor>2)+1", "3")]
    [InlineData("min(3, 1, 2)", "1")]
    [InlineData("max(3, 1, 4, 2)", "4")]
    [InlineData("min(7)", "7")]
    [InlineData("max(-1, -2)+3", "2")]
    [InlineData("if(floor<3, 0, (floor - 2) * area)", "161/2")]
    [InlineData("if(0, 1/0, 5)", "5")]
    [InlineData("if(-0.5, 5, 1/0)", "5")]
    [InlineData("if(1, 2, 3) + 1", "3")]
    [InlineData("max(0, if(floor > 4, 1, 2) - 1)", "1")]
    [InlineData("  floor*  2 ", "6")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void An_expression_has_its_value(string expression, string value) => Assert.Equal(value, Evaluate(expression).ToString());

    [Theory]
    [InlineData("", "FormulaSyntax position=1 found=end wanted=operand")]
    [InlineData("   ", "FormulaSyntax position=4 found=end wanted=operand")]
    [InlineData("1+", "FormulaSyntax position=3 found=end wanted=operand")]
    [InlineData("1 + * 2", "FormulaSyntax position=5 found=* wanted=operand")]
    [InlineData("--1", "FormulaSyntax position=2 found=- wanted=operand")]
    [InlineData("+1", "FormulaSyntax position=1 found=+ wanted=operand")]
    [InlineData("(1+2", "FormulaSyntax position=5 found=end wanted=)")]
    [InlineData("(1 2)", "FormulaSyntax position=4 found=2 wanted=)")]
    [InlineData("1)", "FormulaSyntax position=2 found=) wanted=end")]
    [InlineData("1 2", "FormulaSyntax position=3 found=2 wanted=end")]
    [InlineData("1<2<3", "FormulaSyntax position=4 found=< wanted=end")]
    [InlineData("1=2", "FormulaSyntax position=2 found== wanted=end")]
    [InlineData("1!2", "FormulaSyntax position=2 found=! wanted=end")]
    [InlineData("()", "FormulaSyntax position=2 found=) wanted=operand")]
    [InlineData("min()", "FormulaSyntax position=5 found=) wanted=operand")]
    [InlineData("min 1", "FormulaSyntax position=5 found=1 wanted=(")]
    [InlineData("min(1,)", "FormulaSyntax position=7 found=) wanted=operand")]
    [InlineData("if(1,2)", "FormulaSyntax position=7 found=) wanted=,")]
    [InlineData("if(1)", "FormulaSyntax position=5 found=) wanted=,")]
    [InlineData("if(1,2,3,4)", "FormulaSyntax position=9 found=, wanted=)")]
    [InlineData("(1,2)", "FormulaSyntax position=3 found=, wanted=)")]
    [InlineData("1.", "FormulaSyntax position=3 found=end wanted=digit")]
    [InlineData("1.x", "FormulaSyntax position=3 found=x wanted=digit")]
    [InlineData(".5", "FormulaSyntax position=1 found=. wanted=operand")]
    [InlineData("1e5", "FormulaSyntax position=2 found=e5 wanted=end")]
    [InlineData("2floor", "FormulaSyntax position=2 found=floor wanted=end")]
    [InlineData("floor（1）", "FormulaSyntax position=6 found=（ wanted=end")]
    [InlineData("楼层*2", "FormulaSyntax position=1 found=楼 wanted=operand")]
    [InlineData("1 + \U0001F600", "FormulaSyntax position=5 found=\U0001F600 wanted=operand")]
    [InlineData("area\u00a0+1", "FormulaSyntax position=5 found=U+00A0 wanted=end")]
    [InlineData("1\u3000+ 1", "FormulaSyntax position=2 found=U+3000 wanted=end")]
    [InlineData("1\t+ 1", "FormulaSyntax position=2 found=U+0009 wanted=end")]
    [InlineData("height", "FormulaNameUnknown position=1 name=height")]
    [InlineData("1 + Floor", "FormulaNameUnknown position=5 name=Floor")]
    [InlineData("floor2", "FormulaNameUnknown position=1 name=floor2")]
    [InlineData("sqrt(4)", "FormulaNameUnknown position=1 name=sqrt")]
    [InlineData("\U0001F600x", "FormulaSyntax position=1 found=\U0001F600 wanted=operand")]
    public void What_is_wrong_is_told_with_its_place(string expression, string told)
    {
        string[] parts = told.Split(' ', 2);
        Assert.Equal([$"{parts[0]} /schemes/0/rule/expression {parts[1]}"], Refused(expression));
    }

    [Fact]
    public void A_position_counts_characters_as_people_do() =>
        Assert.Equal(["FormulaSyntax /schemes/0/rule/expression position=3 found=\U0001F600 wanted=end"], Refused("1 \U0001F600\U0001F600"));

    [Fact]
    public void Parentheses_stand_thirty_two_deep_and_no_deeper()
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat("(", depth)) + "1" + string.Concat(Enumerable.Repeat(")", depth));
        Assert.Equal("1", Evaluate(Nested(32)).ToString());
        Assert.Equal(["FormulaTooDeep /schemes/0/rule/expression position=33 limit=32"], Refused(Nested(33)));
        Assert.Equal(["FormulaTooDeep /schemes/0/rule/expression position=36 limit=32"], Refused($"max({Nested(32)})"));
        // Only what is open counts.
        Assert.Equal("40", Evaluate(string.Join('+', Enumerable.Repeat("(1)", 40))).ToString());
    }

    [Fact]
    public void A_division_by_0_names_the_household_and_the_division() => Assert.Equal(
        ["FormulaDividesByZero /schemes/0/rule/expression position=6 household=201", "FormulaDividesByZero /schemes/0/rule/expression position=6 household=202"],
        Seen.Refused(Given.Building(3, 2), Given.Fen(100), Given.Scheme(Given.Formula("2 + 1/(floor - 2)"))
            with
        { Adjustments = [new Exemption { Household = Given.Id("301") }] }));

    [Fact]
    public void A_branch_that_is_not_taken_may_divide_by_0() => Assert.Equal([33, 0, 67],
        Seen.Run(Given.Building(3, 1), Given.Fen(100), Given.Scheme(Given.Formula("if(floor == 2, 0, 1 / (2 - floor) * if(floor < 2, 1, -2))"))).Amounts.InFen());

    [Fact]
    public void A_negative_value_names_the_household_and_the_value() => Assert.Equal(
        ["FormulaNegative /schemes/0/rule/expression value=-3/2 household=101", "FormulaNegative /schemes/0/rule/expression value=-1/2 household=201"],
        Seen.Refused(Given.Building(3, 1), Given.Fen(100), Given.Scheme(Given.Formula("floor - 2.5"))));

    [Fact]
    public void A_long_negative_value_is_told_in_short() =>
        Assert.EndsWith("… household=101", Assert.Single(Seen.Refused(Given.Building(1, 1), Given.Fen(100),
            Given.Scheme(Given.Formula("-" + string.Join('*', Enumerable.Repeat("123456789", 20)))))), StringComparison.Ordinal);

    [Fact]
    public void Values_that_are_all_0_are_refused() => Assert.Equal(["WeightsAllZero /schemes/0/rule"],
        Seen.Refused(Given.Building(3, 1), Given.Fen(100), Given.Scheme(Given.Formula("floor > 3"))));

    [Fact]
    public void Payers_and_storeys_are_those_of_the_scheme_and_the_building()
    {
        Scheme scheme = Given.Scheme(Given.Formula("if(payers == 5, 1, 0) * (storeys == 3) * floor"), new Exemption { Household = Given.Id("101") });
        Assert.Equal([0, 1, 2, 2, 3, 3], Seen.Run(Given.Building(3, 2), Given.Fen(11), scheme).Amounts.InFen());
    }

    [Fact]
    public void The_derivation_holds_the_expression_and_what_its_names_stood_for()
    {
        Allocation allocation = Seen.Run(Given.Building(Given.Household("a", 2, 50.5m), Given.Household("b", 3, 70)), Given.Fen(1000), Given.Scheme(Given.Formula("(floor-1)*area")));
        Step step = allocation.DerivationOf(0).Single(s => s.Code == StepCode.Formula);
        Assert.Equal("(floor-1)*area", step.Expression);
        Assert.Equal("Formula(floor=2, area=101/2)=101/2", AllocationPropertyTests.Describe(step));
        Assert.Equal("ByWeight(amount=1000, weight=101/2, totalWeight=381/2)=101000/381",
            AllocationPropertyTests.Describe(allocation.DerivationOf(0).Single(s => s.Code == StepCode.ByWeight)));
    }

    [Fact] // Two hundred flats whose areas have no common factor, each weighed by 1 / area: the total would have thousands of digits.
    public void A_total_that_is_too_long_is_given_up_before_it_is_made()
    {
        int[] primes = [.. Enumerable.Range(9_000_000, 6_000).Where(n => Enumerable.Range(2, 3_000).All(d => n % d != 0)).Take(200)];
        HouseholdRegister building = Given.Building([.. primes.Select((prime, i) => Given.Household($"{i}", 1, prime / 100m))]);
        Assert.Equal(["ExactTooLong /schemes/0/rule limit=4096"], Seen.Refused(building, Given.Yuan(1_000_000), Given.Scheme(Given.Formula("1/area"))));
        Assert.Equal(["ExactTooLong /schemes/0/rule/parts/0/rule limit=4096"],
            Seen.Refused(building, Given.Yuan(1_000_000), Given.Scheme(Given.Mix((50, Given.Formula("1/area")), (50, new EqualRule())))));
        HouseholdRegister half = building with { Households = [.. building.Households.Take(100)] };
        Assert.Equal(1_000_000_00, Seen.Run(half, Given.Yuan(1_000_000), Given.Scheme(Given.Formula("1/area"))).Billed.Fen);
    }

    [Fact]
    public void A_random_expression_has_the_value_of_the_slow_way()
    {
        for (int seed = 0; seed < Expressions / 5; seed++)
        {
            var random = new Random(seed);
            string expression = RandomExpression.Of(random);
            var names = new FormulaNames(random.Next(1, 10), Fraction.Of(random.Next(1, 20_000), 100), 9, 12);
            Formula? formula = Formula.Read(expression, Place.Root, new FaultList());
            Assert.True(formula is not null, expression);
            Q? expected = SlowFormula.Value(expression, FormulaNames.All.ToDictionary(name => name, name => Q.Parse(names.Of(name).ToString())));
            Fraction? actual = formula.Evaluate(names, out int dividedAt);
            Assert.True($"{expected}" == $"{actual}", $"{expression}: {expected} and {actual}");
            Assert.True(actual is null == dividedAt is >= 1 && (dividedAt == 0 || expression[dividedAt - 1] == '/'), expression);
        }
    }

    [Fact]
    public void Whatever_is_written_gives_a_value_or_one_fault_with_its_place()
    {
        const string alphabet = "0123456789.+-*/<>=!(), floorareastoreyspayersminmaxif（），。楼\u00a0\U0001F600\ud800";
        int accepted = 0, refused = 0;
        for (int seed = 0; seed < Expressions; seed++)
        {
            var random = new Random(seed);
            string expression = (seed % 4) switch
            {
                0 => Mutated(RandomExpression.Of(random), random, alphabet),
                1 => Mutated(Mutated(RandomExpression.Of(random), random, alphabet), random, alphabet),
                2 => string.Concat(Enumerable.Range(0, random.Next(0, 60)).Select(_ => alphabet[random.Next(alphabet.Length)])),
                _ => Long(random),
            };
            var names = new FormulaNames(random.Next(1, 201), Fraction.Of(random.Next(1, 10_000_000), 100), 200, 10_000);
            var faults = new FaultList();
            Formula? formula = Formula.Read(expression, Place.Root, faults);
            int dividedAt = 0;
            Fraction? value = formula?.Evaluate(names, out dividedAt);

            int length = expression.EnumerateRunes().Count();
            if (formula is null)
            {
                refused++;
                Fault fault = Assert.Single(faults.Faults);
                Assert.InRange(Position(fault), 1, length + 1);
            }
            else
            {
                accepted++;
                Assert.Empty(faults.Faults);
                Assert.True(value is null ? expression.EnumerateRunes().ElementAt(dividedAt - 1).Value == '/' : value.Value.BitLength < 4_000, expression);
            }
        }
        Assert.True(accepted > Expressions / 10 && refused > Expressions / 10, $"{accepted} accepted, {refused} refused");
    }

    private static long Position(Fault fault) => (long)fault.Values.Single(value => value.Name == "position").Value;

    private static string Mutated(string expression, Random random, string alphabet)
    {
        if (expression.Length == 0) { return expression; }
        var text = new StringBuilder(expression);
        int at = random.Next(text.Length);
        switch (random.Next(4))
        {
            case 0: text.Remove(at, random.Next(1, text.Length - at + 1)); break;
            case 1: text[at] = alphabet[random.Next(alphabet.Length)]; break;
            case 2: text.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
            default: text.Insert(at, text.ToString()); break;
        }
        return text.Length > FormulaRule.MostCharacters ? text.ToString(0, FormulaRule.MostCharacters) : text.ToString();
    }

    // As much as 500 characters can hold: long products, deep parentheses, many divisions.
    private static string Long(Random random)
    {
        string unit = random.Next(5) switch
        {
            0 => "area*",
            1 => "1/area+",
            2 => $"{random.Next(2, 1_000_000).ToString(CultureInfo.InvariantCulture)}.{random.Next(1_000_000).ToString(CultureInfo.InvariantCulture)}/",
            3 => "max(floor,",
            _ => "(area-",
        };
        int count = unit is "max(floor," or "(area-" ? random.Next(1, 35) : FormulaRule.MostCharacters / unit.Length - 1;
        int closing = unit.Contains('(', StringComparison.Ordinal) ? count : 0;
        return string.Concat(Enumerable.Repeat(unit, count)) + "area" + string.Concat(Enumerable.Repeat(")", closing));
    }

    private static Fraction Evaluate(string expression)
    {
        var faults = new FaultList();
        Formula? formula = Formula.Read(expression, Place.Root, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return formula!.Evaluate(new FormulaNames(3, Fraction.Of(161, 2), 5, 4), out _)!.Value;
    }

    private static string[] Refused(string expression) => Seen.Refused(Given.Building(3, 1), Given.Fen(100), Given.Scheme(Given.Formula(expression)));
}
