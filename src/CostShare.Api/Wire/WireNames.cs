using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CostShare.Api.Wire;

/// <summary>What things are called on the wire.</summary>
internal static class WireNames
{
    /// <summary>The name of a member: as its attribute says, else in camelCase.</summary>
    public static string Of(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The name of a value: in camelCase.</summary>
    public static string Of(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
