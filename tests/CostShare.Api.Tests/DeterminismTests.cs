using System.Text.Json;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Tests;
using CostShare.Grains.Tests.Schemes;

namespace CostShare.Api.Tests;

public class DeterminismTests
{
    [Fact]
    public void The_same_request_gives_the_same_bytes_over_random_buildings()
    {
        int accepted = 0;
        for (int seed = 30_000_000; accepted < RandomCase.Count; seed++)
        {
            byte[]? first = Answer(seed);
            if (first is null) { continue; }
            accepted++;
            Assert.True(first.AsSpan().SequenceEqual(Answer(seed)), $"Seed {seed}.");
        }
    }

    private static byte[]? Answer(int seed)
    {
        // Made anew each time, so that nothing but the values can be the same.
        var one = RandomCase.Of(seed);
        ComparisonResult? result = Comparer.Compare(Given.Request(one.Building, one.SelfFunded, one.Scheme), PolicyBook.Empty, ComparisonParts.Derivations, new FaultList());
        return result is null ? null : JsonSerializer.SerializeToUtf8Bytes(result, WireJson.Options);
    }
}
