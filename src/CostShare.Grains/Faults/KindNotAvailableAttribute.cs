namespace CostShare.Grains.Faults;

/// <summary>Names a kind that the contract knows and this version refuses with a code of its own.</summary>
/// <param name="kind">The value of the member <c>kind</c>.</param>
/// <param name="code">The fault that tells why it is refused.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class KindNotAvailableAttribute(string kind, FaultCode code) : Attribute
{
    /// <summary>The value of the member <c>kind</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The fault that tells why it is refused.</summary>
    public FaultCode Code { get; } = code;
}
