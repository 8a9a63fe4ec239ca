using System.Globalization;

namespace CostShare.Grains.Faults;

/// <summary>Where in a request something stands: a path of member names and positions.</summary>
/// <remarks>
/// Built on the way down while a request is examined, and written as a JSON pointer (RFC 6901) only when there is a
/// fault to report. The members of the domain's records carry the names that the wire uses, so one path serves both.
/// </remarks>
public sealed class Place
{
    private readonly Place? _parent;
    private readonly string? _name;
    private readonly int _position;

    private Place(Place? parent, string? name, int position)
    {
        _parent = parent;
        _name = name;
        _position = position;
    }

    /// <summary>The whole request.</summary>
    public static Place Root { get; } = new(null, null, 0);

    /// <summary>A member of the object at this place.</summary>
    /// <param name="name">The member's name as on the wire.</param>
    public Place At(string name) => new(this, name, 0);

    /// <summary>An element of the list at this place.</summary>
    /// <param name="position">Its position, from 0.</param>
    public Place At(int position) => new(this, null, position);

    /// <summary>The place as a JSON pointer; empty for the whole request.</summary>
    public override string ToString()
    {
        if (_parent is null) { return ""; }
        string token = _name is null
            ? _position.ToString(CultureInfo.InvariantCulture)
            : _name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return $"{_parent}/{token}";
    }
}
