using CostShare.Silo.Journals;
using Npgsql;

namespace CostShare.Silo.Summaries;

/// <summary>Puts the changes of sums together now and then, so that no sum is added up from very many of them.</summary>
/// <remarks>No sum changes by it, whatever is stored meanwhile: what it adds is what it takes away. It may be cut short at any time.</remarks>
internal sealed class TallyCompaction(PostgresJournal journal, Action<string> tell) : IAsyncDisposable
{
    /// <summary>How many summaries are stored by this process before changes are put together again.</summary>
    private const int Every = 2_000;

    // "CostShar" and 1: one process at a time is enough. What is lost with the machine is put together again, so no standby is waited for.
    private const string TryLock = "select pg_try_advisory_xact_lock(x'436F737453686172'::bigint + 1), set_config('synchronous_commit', 'off', true)";

    // Sums of one row stay as they are: most of them did not change.
    private const string PutTogether = """
        with many as (
            select level, street, estate, key from costshare.tally group by level, street, estate, key having count(*) > 1),
        gone as (
            delete from costshare.tally as tally using many
            where tally.level = many.level and tally.street = many.street and tally.estate = many.estate and tally.key = many.key
            returning tally.level, tally.street, tally.estate, tally.key, tally.sum)
        insert into costshare.tally (level, street, estate, key, sum)
        select level, street, estate, key, sum(sum) from gone group by level, street, estate, key having sum(sum) <> 0
        """;

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private int _written;

    /// <summary>Notes that summaries were stored, after which it may be time.</summary>
    public void Written(int summaries)
    {
        if (Interlocked.Add(ref _written, summaries) < Every) { return; }
        lock (_lock)
        {
            _written = 0;
            Begin();
        }
    }

    /// <summary>Puts the changes together beside whatever else is done: processes that store little would never come to it.</summary>
    public void Start()
    {
        lock (_lock) { Begin(); }
    }

    /// <summary>What is being done beside whatever else is; completed where nothing is.</summary>
    public Task Running
    {
        get
        {
            lock (_lock) { return _running; }
        }
    }

    private void Begin()
    {
        if (_running.IsCompleted && !_end.IsCancellationRequested) { _running = Task.Run(Run); }
    }

    /// <summary>Puts the changes together, unless another process is doing it; a failure is told.</summary>
    public async Task Run()
    {
        try
        {
            await using NpgsqlConnection connection = await journal.Store.Database.OpenConnectionAsync(_end.Token);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(_end.Token);
            await using NpgsqlCommand ask = PostgresJournal.Command(connection, TryLock);
            if (await ask.ExecuteScalarAsync(_end.Token) is not true) { return; }
            await using NpgsqlCommand put = PostgresJournal.Command(connection, PutTogether);
            put.CommandTimeout = 0;
            await put.ExecuteNonQueryAsync(_end.Token);
            await transaction.CommitAsync(_end.Token);
            // What was taken away stays in the way of readers until it is cleaned up.
            await using NpgsqlCommand clean = PostgresJournal.Command(connection, "vacuum (analyze, skip_locked) costshare.tally");
            clean.CommandTimeout = 0;
            await clean.ExecuteNonQueryAsync(_end.Token);
        }
        catch (OperationCanceledException)
        {
            // Another process, or this one when it starts again, does it later.
        }
        catch (Exception exception) when (PostgresJournal.IsOfTheStore(exception))
        {
            tell($"the changes of sums in costshare.tally cannot be put together, so that reading them takes longer: {PostgresJournal.Told(exception)}");
        }
    }

    /// <summary>Ends what is being done.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            _end.Cancel();
            running = _running;
        }
        await running;
        _end.Dispose();
    }
}
