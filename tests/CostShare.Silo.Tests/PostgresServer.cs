using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CostShare.Silo.Tests;

/// <summary>A PostgreSQL server of these tests alone, in a folder of its own, on a free loopback port, with flushes to the disk.</summary>
/// <remarks>It ends with this process, even if that is killed: the shell that holds it waits for its input to end.</remarks>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Password = "only-known-to-these-tests";

    private readonly string _programs = Programs();
    private string _folder = "";
    private Process? _shell;
    private int _postmaster;
    private int _port;
    private bool _hasStarted;
    private int _databases;

    /// <summary>The folder, where it is not to be one that the server makes and removes.</summary>
    public string? Folder { get; init; }

    /// <summary>What the server is run by, where only those who are run by it see the folder.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];

    /// <summary>The connection string of a new database.</summary>
    public async Task<string> NewDatabase()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await Run("postgres", $"create database {name}");
        return Connection(name);
    }

    /// <summary>Removes a database; each makes starting after a kill longer, because all files are flushed then.</summary>
    public Task Remove(string database) => Run("postgres", $"drop database {database} with (force)");

    /// <summary>The connection string of a database.</summary>
    private string Connection(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Database={database};Username=tests;Password={Password};Ssl Mode=Disable");

    /// <summary>Runs a statement in a database, and returns the first value of the answer.</summary>
    public async Task<object?> Run(string database, string statement)
    {
        await using var connection = new NpgsqlConnection(Connection(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Runs one of PostgreSQL's programs on the server, in a folder that the server may write to.</summary>
    public Task Use(string program, params string[] arguments) => Finish(
        [.. AsServer, "env", $"PGPASSWORD={Password}", Path.Combine(_programs, program), "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "tests", .. arguments]);

    /// <summary>Asks for an acknowledgement by a standby that does not exist, until this is taken back: commits wait.</summary>
    public async Task LoseStandby(bool isLost)
    {
        await Run("postgres", $"alter system set synchronous_standby_names = '{(isLost ? "nowhere" : "")}'");
        await Run("postgres", "select pg_reload_conf()");
        // A commit shows when all have heard of it: it waits or it does not.
        while (true)
        {
            Task<object?> commit = Run("postgres", "select pg_logical_emit_message(true, 'probe', '')");
            while (!commit.IsCompleted && await Run("postgres", "select pid from pg_stat_activity where wait_event = 'SyncRep' and query like '%''probe''%' limit 1") is null) { }
            bool waits = !commit.IsCompleted;
            if (waits) { await Run("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'SyncRep' and query like '%''probe''%'"); }
            await ((Task)commit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (waits == isLost) { return; }
        }
    }

    /// <summary>Kills the server with all its processes, as when the machine stops, and starts it again; also where it has ended by itself.</summary>
    public async Task KillAndStart()
    {
        string task = string.Create(CultureInfo.InvariantCulture, $"/proc/{_postmaster}/task/{_postmaster}/children");
        string[] children = File.Exists(task) ? (await File.ReadAllTextAsync(task)).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        foreach (string id in (string[])[_postmaster.ToString(CultureInfo.InvariantCulture), .. children])
        {
            try
            {
                Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture)).Kill();
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }
        await _shell!.WaitForExitAsync();
        await Start();
    }

    public async Task InitializeAsync()
    {
        _folder = Folder ?? Directory.CreateTempSubdirectory("costshare-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) { await Finish("chown", "postgres", _folder); }
        await Finish([.. AsServer, "sh", "-c", $"printf %s '{Password}' > password && '{_programs}/initdb' -D data -U tests -A scram-sha-256 --pwfile=password -E UTF8 --locale=C --data-checksums -N"]);
        await Start();
    }

    public async Task DisposeAsync()
    {
        _shell!.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
        NpgsqlConnection.ClearAllPools();
        if (Folder is null) { Directory.Delete(_folder, recursive: true); }
    }

    /// <summary>What runs a program as the user of the server: PostgreSQL refuses root.</summary>
    private string[] AsServer => Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"]
        : Within.Count > 0 ? ["unshare", "-U", "--map-user=65534", "--map-group=65534", "--"] : [];

    private static string Programs()
    {
        const string debian = "/usr/lib/postgresql";
        IEnumerable<string> folders = Directory.Exists(debian)
            ? Directory.GetDirectories(debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out int version) ? version : 0).Select(folder => Path.Combine(folder, "bin")) : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL is not installed (Debian: postgresql); ./test installs it.");
    }

    private async Task Start()
    {
        // The port may be taken before the server has it, and what was killed may still hold its memory.
        for (int attempt = 1; ; attempt++)
        {
            if (!_hasStarted) { _port = FreePort(); }
            // The shell ends with the server, and the server with the input of the shell.
            string script = string.Create(CultureInfo.InvariantCulture,
                $"exec 2>/dev/null 3<&0; '{_programs}/postgres' -D data -c listen_addresses=127.0.0.1 -c port={_port} -c unix_socket_directories= -c fsync=on >>log 2>&1 & p=$!; echo $p; (cat <&3; kill -QUIT $p) >/dev/null & c=$!; wait $p; kill $c");
            _shell?.Dispose();
            _shell = Process.Start(Described([.. AsServer, "sh", "-c", script]))!;
            _postmaster = int.Parse((await _shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            while (!_shell.HasExited)
            {
                try
                {
                    await Run("postgres", "select 1");
                    _hasStarted = true;
                    return;
                }
                catch (NpgsqlException)
                {
                    await Task.Delay(20);
                }
            }
            if (attempt == 20) { throw new InvalidOperationException(await File.ReadAllTextAsync(Path.Combine(_folder, "log"))); }
            await Task.Delay(100);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private ProcessStartInfo Described(string[] command)
    {
        string[] whole = Within.Count == 0 ? command : [.. Within, "sh", "-c", "cd \"$0\" && exec \"$@\"", _folder, .. command];
        var start = new ProcessStartInfo(whole[0]) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in whole[1..]) { start.ArgumentList.Add(argument); }
        return start;
    }

    private async Task Finish(params string[] command)
    {
        ProcessStartInfo start = Described(command);
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) { throw new InvalidOperationException($"{command[0]}: {await output} {await error}"); }
    }
}

/// <summary>The tests that share the server; one after another, because some stop it.</summary>
[CollectionDefinition(nameof(PostgresServer))]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>;
