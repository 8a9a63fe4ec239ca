using System.Text;
using System.Text.Json;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Silo.Summaries;

namespace CostShare.Api.Wire;

/// <summary>How summaries of buildings are stored: as they would stand on the wire. They are made again from the journal where a program cannot read them.</summary>
internal static class StoredSummaries
{
    public static SummaryCodec Codec { get; } = new(summary => JsonSerializer.Serialize(summary, WireJson.Options), Read);

    private static BuildingSummary Read(string content)
    {
        var faults = new FaultList();
        return StrictReader.Read<BuildingSummary>(Encoding.UTF8.GetBytes(content), faults) is BuildingSummary summary && faults.Count == 0
            ? summary
            : throw new FormatException($"what is stored is no summary: {string.Join(", ", faults.Faults.Select(fault => $"{fault.Code} {fault.Place}"))}");
    }
}
