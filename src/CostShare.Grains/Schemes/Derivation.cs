using CostShare.Grains.Amounts;

namespace CostShare.Grains.Schemes;

/// <summary>The steps that the engine took, for every household of a scheme.</summary>
/// <remarks>
/// The engine works on columns, one number per household of the register, and notes each column as it goes; nothing is
/// computed a second time to be explained. <see cref="Of"/> reads one household's line out of them.
/// </remarks>
internal sealed class Derivation(int households)
{
    private readonly List<Noted> _notes = new(8);

    /// <summary>Notes a step.</summary>
    /// <param name="code">What was done.</param>
    /// <param name="who">The households that it was done for, as positions in the register.</param>
    /// <param name="inputs">What went in.</param>
    /// <param name="results">What came out, by position in the register.</param>
    public void Note(StepCode code, IReadOnlyList<int> who, Column[] inputs, IReadOnlyList<Fraction> results) =>
        Note(code, who, inputs, household => results[household]);

    /// <summary>Notes a step whose results are read off a shorter column, for example one number per floor.</summary>
    public void Note(StepCode code, IReadOnlyList<int> who, Column[] inputs, Func<int, Fraction> result) =>
        Note(who, household => [new Step(code, InputsOf(household, inputs), result(household))]);

    /// <summary>Notes steps of which households have different numbers.</summary>
    /// <param name="who">The households that they were done for, as positions in the register.</param>
    /// <param name="steps">A household's steps, read off what the engine computed.</param>
    public void Note(IReadOnlyList<int> who, Func<int, IEnumerable<Step>> steps)
    {
        var mask = new bool[households];
        foreach (int i in who) { mask[i] = true; }
        _notes.Add(new Noted(mask, steps));
    }

    /// <summary>The steps of one household, in the order in which the engine took them.</summary>
    /// <param name="household">Its position in the register.</param>
    public IReadOnlyList<Step> Of(int household)
    {
        var steps = new List<Step>(_notes.Count);
        foreach (Noted note in _notes)
        {
            if (note.Who[household]) { steps.AddRange(note.Steps(household)); }
        }
        return steps;
    }

    /// <summary>A household's inputs, without those that it does not have.</summary>
    private static List<StepInput> InputsOf(int household, Column[] columns)
    {
        var inputs = new List<StepInput>(columns.Length);
        foreach (Column column in columns)
        {
            if (column.At(household) is Fraction value) { inputs.Add(new StepInput(column.Name, value)); }
        }
        return inputs;
    }

    private sealed record Noted(bool[] Who, Func<int, IEnumerable<Step>> Steps);
}

/// <summary>A named input of a step: the same for every household, or one number each.</summary>
internal sealed class Column
{
    private readonly Fraction _same;
    private readonly Func<int, Fraction?>? _each;

    private Column(string name, Fraction same, Func<int, Fraction?>? each)
    {
        Name = name;
        _same = same;
        _each = each;
    }

    public string Name { get; }

    public static Column Same(string name, Fraction value) => new(name, value, null);

    public static Column Each(string name, IReadOnlyList<Fraction> values) => new(name, default, i => values[i]);

    /// <summary>Whole numbers counted in parts: <paramref name="perOne"/> parts make 1.</summary>
    public static Column Each(string name, IReadOnlyList<Int128> parts, long perOne) =>
        new(name, default, i => Fraction.Of(parts[i], perOne));

    /// <summary>A number that some households have and others do not.</summary>
    public static Column Some(string name, Func<int, Fraction?> value) => new(name, default, value);

    public Fraction? At(int household) => _each is null ? _same : _each(household);
}
