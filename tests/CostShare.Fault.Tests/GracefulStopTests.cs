using CostShare.Silo.Tests;

namespace CostShare.Fault.Tests;

/// <summary>The program is asked to end while it works.</summary>
[Collection(nameof(PostgresServer))]
public sealed class GracefulStopTests(PostgresServer server)
{
    [Theory(Timeout = KillTests.Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_that_is_asked_to_end_answers_what_it_carries_out(bool inPostgres)
    {
        await using Store store = inPostgres ? await PostgresStore.New(server) : new FileStore();
        var ledger = new Ledger();
        var slot = new Slot("one", store);
        await slot.Start();
        var load = new Load(ledger, 1, slot);
        await load.Register();
        var checker = new Checker(ledger);
        for (int round = 0; round < 3; round++)
        {
            using var stop = new CancellationTokenSource();
            Task<Command[]> running = load.RunWithoutRepeating(stop.Token);
            await Task.Delay(500);
            Task<(int ExitCode, TimeSpan Took)> ending = slot.Node.Terminate();
            (int exitCode, TimeSpan took) = await ending;
            await stop.CancelAsync();
            Command[] unanswered = await running;
            Assert.Equal(0, exitCode);
            Assert.True(took < TimeSpan.FromSeconds(30), $"it took {took} to end");
            // Nothing was carried out that was not answered, so what was not answered is not there.
            foreach (Command command in unanswered) { ledger.Broken(command); }
            await slot.Start();
            Assert.Equal([], await checker.Everything(slot.Node));
        }
        Assert.True(ledger.Lines.Count(line => line.Fate == Fate.Acknowledged) > 100);
    }
}
