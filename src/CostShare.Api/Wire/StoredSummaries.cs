using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Silo.Summaries;

namespace CostShare.Api.Wire;

/// <summary>How summaries of buildings are stored: as they would stand on the wire. They are made again from the journal where a program cannot read them.</summary>
internal static class StoredSummaries
{
    public static SummaryCodec Codec { get; } = new(summary => JsonSerializer.Serialize(summary, WireJson.Options), Read);

    // Another number as soon as summaries or their tallies are made otherwise than they were.
    private const string Shape = "summaries 1 ";

    /// <summary>The SHA-256 of all that summaries and their tallies go by besides the journal.</summary>
    public static byte[] Basis(PolicyBook policies) => SHA256.HashData([.. Encoding.UTF8.GetBytes(Shape), .. JsonSerializer.SerializeToUtf8Bytes(policies.All, WireJson.Options)]);

    private static BuildingSummary Read(string content)
    {
        var faults = new FaultList();
        return StrictReader.Read<BuildingSummary>(Encoding.UTF8.GetBytes(content), faults) is BuildingSummary summary && faults.Count == 0
            ? summary
            : throw new FormatException($"what is stored is no summary: {string.Join(", ", faults.Faults.Select(fault => $"{fault.Code} {fault.Place}"))}");
    }
}
