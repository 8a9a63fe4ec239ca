using CostShare.Grains.Faults;

namespace CostShare.Grains.Register;

/// <summary>Names a person within a building without saying who it is.</summary>
/// <param name="Value">1 to 64 characters.</param>
public readonly record struct PersonId(string Value)
{
    /// <summary>1 to 64 characters, none of them hidden.</summary>
    public string Value { get; } = PlainText.Id(Value);

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}
