using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;

namespace CostShare.Bench;

/// <summary>The requests that are measured: the stair of examples/leshan.json, 35 households and 4 schemes.</summary>
internal static class Stair
{
    public static byte[] Body { get; } = Read();

    public static ComparisonRequest Request { get; } = StrictReader.Read<ComparisonRequest>(Body, new FaultList())!;

    private static byte[] Read()
    {
        using Stream stream = typeof(StrictReader).Assembly.GetManifestResourceStream("examples/leshan.json")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}

/// <summary>The engine alone. The rival is a spreadsheet: the same shares in binary floating point, rounded one by one.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private readonly ComparisonRequest _one = Stair.Request with { Schemes = [Stair.Request.Schemes[0]] };
    private readonly double[] _areas = [.. Stair.Request.Building.Households.Select(household => household.Area.Hundredths / 100.0)];
    private readonly int[] _floors = [.. Stair.Request.Building.Households.Select(household => household.Floor.Number)];

    /// <summary>Coefficients by floor and area within, as a spreadsheet computes them: it neither closes nor explains.</summary>
    [Benchmark(Baseline = true)]
    public double Spreadsheet()
    {
        double[] coefficients = [0, 0, 0.5, 1, 1.1, 1.2, 1.3, 1.4];
        double total = coefficients.Sum(), sum = 0;
        var floorAreas = new double[8];
        for (int i = 0; i < _areas.Length; i++) { floorAreas[_floors[i]] += _areas[i]; }
        for (int i = 0; i < _areas.Length; i++)
        {
            sum += Math.Round(48_000_000 * coefficients[_floors[i]] / total * _areas[i] / floorAreas[_floors[i]] / 100) * 100;
        }
        return sum;
    }

    /// <summary>One scheme on 35 households, with its derivation noted.</summary>
    [Benchmark]
    public object OneScheme() => Comparer.Compare(_one, PolicyBook.Empty, ComparisonParts.None, new FaultList())!;

    /// <summary>Four schemes on 35 households, one with a mix, a cap, a discount, compensation and relief.</summary>
    [Benchmark]
    public object FourSchemes() => Comparer.Compare(Stair.Request, PolicyBook.Empty, ComparisonParts.None, new FaultList())!;
}

/// <summary>Each scheme of the stair by itself: which one costs what.</summary>
[MemoryDiagnoser]
public class SchemeBenchmarks
{
    private ComparisonRequest _request = Stair.Request;

    /// <summary>The position of the scheme in examples/leshan.json.</summary>
    [Params(0, 1, 2, 3)]
    public int Scheme { get; set; }

    /// <summary>Leaves one scheme.</summary>
    [GlobalSetup]
    public void SetUp() => _request = Stair.Request with { Schemes = [Stair.Request.Schemes[Scheme]] };

    /// <summary>One scheme on 35 households, funding included.</summary>
    [Benchmark]
    public object Compare() => Comparer.Compare(_request, PolicyBook.Empty, ComparisonParts.None, new FaultList())!;
}

/// <summary>Largest remainder. The rival rounds each share half to even and gives the rest to the last, as NodaMoney's Split does.</summary>
[MemoryDiagnoser]
public class ApportionmentBenchmarks
{
    private Money[] _weights = [];
    private long[] _plain = [];

    /// <summary>How many share.</summary>
    [Params(96, 10_000)]
    public int Parties { get; set; }

    /// <summary>Seeded weights.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(20_261_120);
        _plain = [.. Enumerable.Range(0, Parties).Select(_ => (long)random.Next(1_000, 20_000))];
        _weights = [.. _plain.Select(Money.FromFen)];
    }

    /// <summary>The rest to the last: it may pay far more or less than its share.</summary>
    [Benchmark(Baseline = true)]
    public long RestToTheLast()
    {
        const long total = 43_000_000;
        decimal sum = 0;
        foreach (long weight in _plain) { sum += weight; }
        var shares = new long[_plain.Length];
        long left = total;
        for (int i = 0; i < shares.Length - 1; i++)
        {
            shares[i] = (long)Math.Round(total * _plain[i] / sum, MidpointRounding.ToEven);
            left -= shares[i];
        }
        shares[^1] = left;
        return shares[^1];
    }

    /// <summary>Ours: exact, every share within one fen.</summary>
    [Benchmark]
    public object LargestRemainder() => Apportionment.Split(Money.FromFen(43_000_000), _weights);
}

/// <summary>What one request costs, part by part: parse and check, carry out, write; beside the two parts of the bare endpoint.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private readonly ComparisonResult _result = Comparer.Compare(Stair.Request, PolicyBook.Empty, ComparisonParts.None, new FaultList())!;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private BareEndpoint.BareAnswer _bare = null!;

    /// <summary>Makes the bare answer out of ours, so that both have the same size.</summary>
    [GlobalSetup]
    public void SetUp() => _bare = JsonSerializer.Deserialize<BareEndpoint.BareAnswer>(
        JsonSerializer.SerializeToUtf8Bytes(_result, WireJson.Options), JsonSerializerOptions.Web)!;

    /// <summary>The rival: the serialiser of .NET into plain records, with no checks.</summary>
    [Benchmark(Baseline = true)]
    public object BareRead() => JsonSerializer.Deserialize<BareEndpoint.BareRequest>(Stair.Body, JsonSerializerOptions.Web)!;

    /// <summary>The rival: an answer of the same size out of plain records.</summary>
    [Benchmark]
    public int BareWrite() => Serialize(_bare, JsonSerializerOptions.Web);

    /// <summary>The bytes of the body to a request, with every check of form.</summary>
    [Benchmark]
    public object Read() => StrictReader.Read<ComparisonRequest>(Stair.Body, new FaultList())!;

    /// <summary>The request to its result.</summary>
    [Benchmark]
    public object Compare() => Comparer.Compare(Stair.Request, PolicyBook.Empty, ComparisonParts.None, new FaultList())!;

    /// <summary>The result to the bytes of the answer.</summary>
    [Benchmark]
    public int Write() => Serialize(_result, WireJson.Options);

    private int Serialize<T>(T value, JsonSerializerOptions options)
    {
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer);
        JsonSerializer.Serialize(writer, value, options);
        return _buffer.WrittenCount;
    }
}
