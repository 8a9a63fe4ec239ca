using System.Globalization;

namespace CostShare.Grains.Faults;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Values">
/// The values it speaks of, by name. Each is a text or a whole number; a name that ends in <c>Fen</c> holds money.
/// </param>
public sealed record Fault(FaultCode Code, Place Place, IReadOnlyList<FaultValue> Values);

/// <summary>A value that a fault speaks of.</summary>
/// <param name="Name">Its name, as the code's description lists it.</param>
/// <param name="Value">A text, or a whole number below 2^53 in size; a larger number stands as text.</param>
public readonly record struct FaultValue(string Name, object Value)
{
    private const long LargestInJson = (1L << 53) - 1;

    /// <summary>A text, for example an id or an exact fraction.</summary>
    public static implicit operator FaultValue((string Name, string Text) value) => new(value.Name, value.Text);

    /// <summary>A whole number, for example an amount in fen.</summary>
    public static implicit operator FaultValue((string Name, Int128 Number) value) => new(value.Name,
        Int128.Abs(value.Number) <= LargestInJson ? (long)value.Number : value.Number.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Gathers what is wrong with a request, so that all of it can be told at once.</summary>
public sealed class FaultList
{
    /// <summary>How many faults are told at the most; a table with ten thousand wrong lines needs no more.</summary>
    public const int Most = 100;

    private readonly List<Fault> _faults = [];

    /// <summary>How many were found, including those past <see cref="Most"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The faults in the order in which they were found.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Notes a fault.</summary>
    /// <param name="code">What is wrong.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="values">The values it speaks of.</param>
    public void Add(FaultCode code, Place place, params ReadOnlySpan<FaultValue> values)
    {
        Count++;
        if (_faults.Count < Most) { _faults.Add(new Fault(code, place, values.ToArray())); }
    }

    /// <summary>The same faults, each told in another way.</summary>
    /// <param name="tell">How a fault is told.</param>
    public FaultList Retold(Func<Fault, Fault> tell)
    {
        var retold = new FaultList { Count = Count };
        retold._faults.AddRange(_faults.Select(tell));
        return retold;
    }
}
