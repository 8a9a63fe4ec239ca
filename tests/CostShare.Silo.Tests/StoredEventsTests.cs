using System.Text.Json.Serialization;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;

namespace CostShare.Silo.Tests;

/// <summary>Every shape that was ever stored loads for ever.</summary>
public class StoredEventsTests
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "golden");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Golden, "*.json").Select(file => Path.GetFileName(file))];

    [Theory] // COSTSHARE_APPROVE_EVENTS=tests/CostShare.Silo.Tests/golden makes files for new kinds; an old file is never made anew.
    [MemberData(nameof(Files))]
    public void A_stored_event_is_read_and_written_as_it_was(string file)
    {
        string[] name = Path.GetFileNameWithoutExtension(file).Split('.');
        string stored = File.ReadAllText(Path.Combine(Golden, file)).TrimEnd('\n');
        BuildingEvent happened = StoredEvents.Codec.Read(name[0], int.Parse(name[1], System.Globalization.CultureInfo.InvariantCulture), stored);
        Assert.Equal((name[0], 1, stored), StoredEvents.Codec.Write(happened));
    }

    [Fact]
    public void Every_kind_of_event_has_its_file_and_is_written_as_it_stands_there()
    {
        Assert.Equal(
            typeof(BuildingEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType.Name).Order(),
            Sent.Events.Select(happened => happened.GetType().Name).Order());
        foreach (BuildingEvent happened in Sent.Events)
        {
            (string type, int schema, string payload) = StoredEvents.Codec.Write(happened);
            string file = $"{type}.{schema}.json";
            if (Environment.GetEnvironmentVariable("COSTSHARE_APPROVE_EVENTS") is string folder && !File.Exists(Path.Combine(folder, file)))
            {
                File.WriteAllText(Path.Combine(folder, file), payload + "\n");
                continue;
            }
            Assert.Equal(payload, File.ReadAllText(Path.Combine(Golden, file)).TrimEnd('\n'));
        }
    }

    [Theory]
    [InlineData("costsSet", 2, "{\"kind\":\"costsSet\",\"costs\":[]}")]
    [InlineData("costsSet", 1, "{\"kind\":\"costsSet\",\"costs\":[]}")]
    [InlineData("costsSet", 1, "{\"kind\":\"stageEntered\",\"stage\":\"inUse\",\"on\":\"2026-01-01\"}")]
    [InlineData("costsSet", 1, "{")]
    [InlineData("other", 1, "{\"kind\":\"other\"}")]
    public void What_is_no_event_of_its_type_and_shape_is_refused(string type, int schema, string payload) =>
        Assert.Throws<FormatException>(() => StoredEvents.Codec.Read(type, schema, payload));
}
