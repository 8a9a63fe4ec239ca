using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Silo;

namespace CostShare.Api.Wire;

/// <summary>How events are stored: as they stand on the wire, and read as strictly.</summary>
/// <remarks>Every shape that was ever stored is read for ever; the golden files of the tests hold one of each.</remarks>
internal static class StoredEvents
{
    // The version of all shapes so far. One that changes gets another, and a way from the old one to the new.
    private const int Schema = 1;

    private static readonly Dictionary<Type, string> Types = typeof(BuildingEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>().ToDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    public static EventCodec Codec { get; } = new(Write, Read);

    private static (string Type, int Schema, string Payload) Write(BuildingEvent happened) =>
        (Types[happened.GetType()], Schema, JsonSerializer.Serialize(happened, WireJson.Options));

    private static BuildingEvent Read(string type, int schema, string payload)
    {
        if (schema != Schema) { throw new FormatException($"{type} is stored in shape {schema}, which this program does not know; a newer one wrote it."); }
        var faults = new FaultList();
        BuildingEvent? happened = StrictReader.Read<BuildingEvent>(Encoding.UTF8.GetBytes(payload), faults);
        return happened is not null && faults.Count == 0 && Types[happened.GetType()] == type
            ? happened
            : throw new FormatException($"what is stored as {type} is none: {string.Join(", ", faults.Faults.Select(fault => $"{fault.Code} {fault.Place}"))}");
    }
}
