using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using CostShare.Bench;

// The first six are what bench/throughput, bench/buildings and bench/streets run; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["bare", ..]:
        BareEndpoint.Run(args[1..]);
        break;
    case ["bare-building", ..]:
        BareBuilding.Run(args[1..]);
        break;
    case ["append", ..]:
        await BareInserts.Run(args[1..]);
        break;
    case ["stored", ..]:
        await StoredBuildings.Run(args[1..]);
        break;
    case ["memory", ..]:
        await StoredBuildings.RunMemory(args[1..]);
        break;
    case ["search", ..]:
        SearchThroughput.Run(args[1..]);
        break;
    case ["streets", ..]:
        await CityOfStairs.Run(args[1..]);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args, DefaultConfig.Instance);
        break;
}
