namespace CostShare.Grains.Texts;

/// <summary>Names a policy: city or district, and what it is about: "shanghai-lift".</summary>
/// <param name="Value">1 to 64 characters.</param>
public readonly record struct PolicyId(string Value)
{
    /// <summary>1 to 64 characters, none of them hidden.</summary>
    public string Value { get; } = Faults.PlainText.Id(Value);

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}
