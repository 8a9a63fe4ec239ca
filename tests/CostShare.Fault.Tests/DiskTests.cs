using System.Runtime.Versioning;
using CostShare.Silo.Tests;
using Npgsql;

namespace CostShare.Fault.Tests;

/// <summary>Disks that are full, folders that may not be written to, and folders that another program holds.</summary>
[Collection(nameof(PostgresServer))]
[SupportedOSPlatform("linux")]
public sealed class DiskTests
{
    private readonly Ledger _ledger = new();
    private Load? _load;
    private Slot? _slot;

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
            Assert.Equal((503, "storeUnavailable"), await Register($"never-{round}"));
            Assert.Equal([], await new Checker(_ledger).Everything(_slot!.Node));
            Assert.Equal(503, (await _slot.Node.Get("/health/ready")).Status);
            disk.Free();
            Assert.Equal(200, (await _slot.Node.Get("/health/ready")).Status);
            // What was refused is not carried out by itself, and is when it is sent again.
            foreach (Command command in refused.Take(refused.Count / 2)) { await _load!.Send(command, _slot!); }
            await _load!.Send(Commands.Costs("disk-0", $"after-{round}", 1), _slot!);
            await _load!.Send(Commands.Register($"new-{round}"), _slot!);
            Assert.Equal([], await new Checker(_ledger).Everything(_slot!.Node));
        }
        disk.Fill();
        await UntilRefused("last");
        await _slot!.Node.Kill();
        Refused(await Node.StartRefused(store), "No space left");
        disk.Free();
        await _slot.Start();
        Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));
        await _load!.Send(Commands.Costs("disk-0", "at-last", 1), _slot);
        Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));
    }

    [Fact(Timeout = KillTests.Limit)]
    public async Task On_a_full_disk_of_the_database_nothing_is_stored_everything_is_read_and_afterwards_all_goes_on()
    {
        await using SmallDisk disk = await SmallDisk.New(megabytes: 100);
        var server = new PostgresServer { Folder = disk.Folder, Within = disk.Within };
        await server.InitializeAsync();
        PostgresStore store = await PostgresStore.New(server);
        try
        {
            await Begin(store);
            // A new file of its log, so that the tables are full first.
            await store.Run("select pg_switch_wal()");
            await store.Run("select pg_logical_emit_message(true, 'begin', '')");
            disk.Fill();
            List<Command> refused = await UntilRefused("full");
            Assert.Equal([], await new Checker(_ledger).Everything(_slot!.Node));
            disk.Free();
            foreach (Command command in refused.Take(refused.Count / 2)) { await _load!.Send(command, _slot); }
            await _load!.Send(Commands.Register("new"), _slot);
            Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));

            // Where there is no room for its log either, the database stops.
            disk.Fill();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => store.Run("select pg_switch_wal(), pg_logical_emit_message(true, 'end', '')"));
            Command last = Commands.Register("last");
            Answer answer = await Send(last);
            Assert.Equal((503, true), (answer.Status, answer.SaysWhenToRetry));
            disk.Free();
            await server.KillAndStart();
            await _load.Send(last, _slot);
            Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));
        }
        finally
        {
            // On a full disk the database could not be removed.
            disk.Free();
            await store.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    [Fact(Timeout = KillTests.Limit)]
    public async Task In_a_folder_that_may_only_be_read_nothing_starts_and_what_runs_says_so_until_it_may_write_again()
    {
        await using var store = new FileStore { Within = WithoutRoot };
        await Begin(store);
        // Started anew, so that no file is open for writing yet.
        await _slot!.Node.Terminate();
        await _slot.Start();
        string journal = Path.Combine(store.Data, "journal");
        string[] files = Directory.GetFiles(journal, "*.jsonl");
        Assert.Equal(3, files.Length);
        Allow(writing: false, [store.Data, journal, .. files]);
        try
        {
            await UntilRefused("read-only");
            Assert.Equal((503, "storeUnavailable"), await Register("never"));
            Assert.Equal(503, (await _slot.Node.Get("/health/ready")).Status);
            Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));

            Allow(writing: true, [store.Data, journal, .. files]);
            foreach (Ledger.Line line in _ledger.Lines.Where(line => line.Fate == Fate.Open)) { await _load!.Send(line.Command, _slot); }
            Assert.Equal(200, (await _slot.Node.Get("/health/ready")).Status);
            Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));
            await _slot.Node.Terminate();

            Allow(writing: false, [store.Data]);
            Refused(await Node.StartRefused(store), "denied");
            Allow(writing: true, [store.Data]);
            Allow(writing: false, [journal, Path.Combine(journal, "lock")]);
            Refused(await Node.StartRefused(store), "denied");
        }
        finally
        {
            Allow(writing: true, [store.Data, journal, Path.Combine(journal, "lock"), .. files]);
        }
        await _slot.Start();
        Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));
    }

    [Fact(Timeout = KillTests.Limit)]
    public async Task A_second_program_on_the_same_folder_is_refused_and_does_not_harm_the_first()
    {
        await using var store = new FileStore();
        await Begin(store);
        using var stop = new CancellationTokenSource();
        await _load!.Register();
        Task running = _load.Run(stop.Token);
        Refused(await Node.StartRefused(store), "another process holds it");
        await stop.CancelAsync();
        await running;
        Assert.Equal([], await new Checker(_ledger).Everything(_slot!.Node));
        // A lock that somebody left behind is nobody's.
        await _slot.Node.Kill();
        await _slot.Start();
        Assert.Equal([], await new Checker(_ledger).Everything(_slot.Node));
    }

    /// <summary>What a program is run by so that the rights of folders and files hold for it: root may do everything.</summary>
    private static IReadOnlyList<string> WithoutRoot => Environment.IsPrivilegedProcess
        ? ["setpriv", "--inh-caps=-dac_override,-dac_read_search", "--bounding-set=-dac_override,-dac_read_search", "--"] : [];

    private static void Allow(bool writing, string[] paths)
    {
        const UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        foreach (string path in paths) { File.SetUnixFileMode(path, writing ? read | UnixFileMode.UserWrite : read); }
    }

    /// <summary>A start that is refused says why in one line.</summary>
    private static void Refused((int ExitCode, string Error) start, string reason)
    {
        Assert.Equal(1, start.ExitCode);
        Assert.StartsWith("CostShare cannot start: ", start.Error, StringComparison.Ordinal);
        Assert.Contains(reason, start.Error, StringComparison.Ordinal);
        Assert.Single(start.Error.TrimEnd().Split('\n'));
    }

    private async Task<(int Status, string? Code)> Register(string building)
    {
        Answer answer = await Send(Commands.Register(building));
        return (answer.Status, answer.Code);
    }

    /// <summary>Sends commands to three buildings until all of them are full; what was refused, each for the reason that nothing can be stored.</summary>
    private async Task<List<Command>> UntilRefused(string name)
    {
        var refused = new List<Command>();
        var full = new HashSet<string>();
        for (int i = 0; full.Count < 3; i++)
        {
            Assert.True(i < 10_000, "the disk is never full");
            Command command = Commands.Costs($"disk-{i % 3}", $"{name}-{i}", i + 1);
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
