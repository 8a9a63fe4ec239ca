using CostShare.Api.CommandLine;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Schemes;

namespace CostShare.Silo.Tests;

/// <summary>The command that reckons a passport again.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_passport_is_true_or_the_wrong_figure_is_named()
    {
        Building building = new BuildingCommand[]
        {
            Sent.Register, new RegisterHouseholds { Households = [Sent.Flat("101", 1), Sent.Flat("201", 2)] }, new SetCosts { Costs = [Sent.Lift] },
            new ProposeScheme { Scheme = Sent.Equal with { Rule = new AreaRule(), Adjustments = [] } },
        }.Aggregate(Building.Unregistered, (before, command) => before.Evolve(BuildingDecider.Decide(Sent.Here, before, command, Sent.Rules, new FaultList())!));
        var finalise = new FinaliseContributions { Scheme = new("equal"), Evidence = new() { Record = "纸面记录", On = new DateOnly(2026, 7, 1), For = Count.Of(2), ForArea = Area.FromHundredths(104_60) } };
        string passport = ((ContributionsFinalised)BuildingDecider.Decide(Sent.Here, building, finalise, Sent.Rules, new FaultList())!).Passport;

        File.WriteAllText(_file, passport);
        (int right, string told, string silent) = Run("verify", _file);
        string sha256 = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_file)).RootElement.GetProperty("sha256").GetString()!;
        Assert.Equal((0, $"全部重新计算，每个数字都对。\n门栋 leshan-6-12，第 1 次定案，校验码 {sha256[..12]}（全长 {sha256}）。请与账单或公示上的核对。\n", ""), (right, told, silent));
        File.WriteAllText(_file, passport.Replace("\"amountFen\":70000000", "\"amountFen\":70000100", StringComparison.Ordinal));
        (int code, string output, string error) = Run("verify", _file, "--lang", "en");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("stated", error, StringComparison.Ordinal);
        File.WriteAllText(_file, "{}");
        Assert.Equal(1, Run("verify", _file).Code);
        File.WriteAllText(_file, "not json");
        Assert.Equal((1, "", "This is no JSON.\n"), Run("verify", "--lang=en", _file));
        Assert.Equal(2, Run("verify", _file, _file).Code);
        Assert.Equal(2, Run("verify", _file, "--policies", "x").Code);
        Assert.Equal(2, Run("verify", _file + ".missing").Code);
    }

    private static (int Code, string Output, string Error) Run(params string[] words)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = new Commands(output, error, null).Answer(words)!.Value;
        return (code, output.ToString(), error.ToString());
    }
}
