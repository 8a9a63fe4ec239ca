namespace CostShare.Grains.Buildings;

/// <summary>Names a building: one stair 门栋, in addresses of the API and in the store.</summary>
/// <remarks>
/// 1 to 64 small letters a to z, digits and hyphens, the first and last no hyphen, so that it can stand in an address, a file name and a key of a
/// database alike. What people call the building is its address, which may be anything.
/// </remarks>
public readonly record struct BuildingId
{
    /// <summary>The longest id, in characters.</summary>
    public const int Longest = 64;

    private readonly string? _value;

    private BuildingId(string value) => _value = value;

    /// <summary>The id as written.</summary>
    public string Value => _value ?? throw new InvalidOperationException("No building is named.");

    /// <summary>Whether a text is an id.</summary>
    /// <param name="text">The text.</param>
    public static bool IsId(string text) => text.Length is > 0 and <= Longest
        && text.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && text[0] != '-' && text[^1] != '-';

    /// <summary>The id of a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">It is no id.</exception>
    public static BuildingId Of(string text) => IsId(text) ? new BuildingId(text) : throw new ArgumentException("Not the id of a building.", nameof(text));

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}

/// <summary>Names a command: chosen by its sender, so that sending the same command again does nothing twice.</summary>
/// <remarks>1 to 64 visible ASCII characters, as in the header <c>Idempotency-Key</c>.</remarks>
public readonly record struct CommandId
{
    /// <summary>The longest id, in characters.</summary>
    public const int Longest = 64;

    private readonly string? _value;

    private CommandId(string value) => _value = value;

    /// <summary>The id as written.</summary>
    public string Value => _value ?? throw new InvalidOperationException("No command is named.");

    /// <summary>Whether a text is an id.</summary>
    /// <param name="text">The text.</param>
    public static bool IsId(string text) => text.Length is > 0 and <= Longest && text.All(character => character is > ' ' and <= '~');

    /// <summary>The id of a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">It is no id.</exception>
    public static CommandId Of(string text) => IsId(text) ? new CommandId(text) : throw new ArgumentException("Not the id of a command.", nameof(text));

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}
