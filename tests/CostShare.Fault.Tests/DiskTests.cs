using CostShare.Silo.Tests;

namespace CostShare.Fault.Tests;

/// <summary>Disks that are full, folders that may not be written to, and folders that another program holds.</summary>
[Collection(nameof(PostgresServer))]
public sealed class DiskTests : IAsyncLifetime
{
    private readonly Ledger _ledger = new();
    private Load? _load;
    private Slot? _slot;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact(Timeout = KillTests.Limit)]
    public async Task On_a_full_disk_nothing_is_stored_everything_is_read_and_afterwards_all_goes_on()
    {
        await using SmallDisk disk = await SmallDisk.New(megabytes: 2);
        await using var store = new FileStore { Data = Path.Combine(disk.Folder, "data"), Within = disk.Within };
        await Begin(store);
        for (int round = 0; round < 3; round++)
        {
            disk.Fill();
            // What is left of the last page of each file takes some more, and then nothing does.
            List<Command> refused = await UntilRefused($"full-{round}");
            Assert.Equal(503, (await Send(Commands.Register($"never-{round}"))).Status);
            Assert.Equal([], await new Checker(_ledger).Everything(_slot!.Node));
            disk.Free();
            // What was refused is not carried out by itself, and is when it is sent again.
            foreach (Command command in refused.Take(refused.Count / 2)) { await _load!.Send(command, _slot!); }
            await _load!.Send(Commands.Quote("disk-0", $"after-{round}", 1), _slot!);
            await _load!.Send(Commands.Register($"new-{round}"), _slot!);
            Assert.Equal([], await new Checker(_ledger).Everything(_slot!.Node));
        }
        // Killed while the disk is full, started on it, and again after there is space.
        disk.Fill();
        await UntilRefused("last");
        await _slot!.Node.Kill();
        disk.Free();
        await _slot.Start();
        Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));
        await _load!.Send(Commands.Quote("disk-0", "at-last", 1), _slot);
        Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));
    }

    /// <summary>Sends commands to three buildings until all of them are full; what was refused, each for the reason that nothing can be stored.</summary>
    private async Task<List<Command>> UntilRefused(string name)
    {
        var refused = new List<Command>();
        var full = new HashSet<string>();
        for (int i = 0; full.Count < 3; i++)
        {
            Assert.True(i < 10_000, "the disk is never full");
            Command command = Commands.Quote($"disk-{i % 3}", $"{name}-{i}", i + 1);
            Answer answer = await Send(command);
            if (answer.Status == 200) { continue; }
            Assert.Equal((503, "storeUnavailable", true), (answer.Status, answer.Code, answer.SaysWhenToRetry));
            refused.Add(command);
            full.Add(command.Building);
        }
        return refused;
    }

    private async Task Begin(Store store)
    {
        _slot = new Slot("one", store);
        await _slot.Start();
        _load = new Load(_ledger, 1, _slot);
        for (int i = 0; i < 3; i++) { await _load.Send(Commands.Register($"disk-{i}"), _slot); }
    }

    /// <summary>Sends a command once.</summary>
    private async Task<Answer> Send(Command command)
    {
        _ledger.Sent(command);
        Answer answer = await _slot!.Node.Send(command.Method, command.Path, command.Body, command.Id, command.IfVersion);
        _ledger.Answered(command, answer, _slot.Name);
        return answer;
    }
}
