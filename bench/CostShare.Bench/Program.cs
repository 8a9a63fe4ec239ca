using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using CostShare.Bench;

// "bare" serves the rival of bench/throughput; anything else goes to BenchmarkDotNet.
if (args is ["bare", ..])
{
    BareEndpoint.Run(args[1..]);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(EngineBenchmarks).Assembly).Run(args, DefaultConfig.Instance);
}
