using System.Runtime.CompilerServices;
using CostShare.Silo.Journals;
using Npgsql;

namespace CostShare.Silo;

/// <summary>Single statements in the database of a journal, by its rules: what is said to be done is as safe as an entry.</summary>
/// <remarks>
/// A statement that writes must do no harm when it is sent again, and must write something whatever it finds: what writes nothing waits for no
/// standby, so a repeat could be answered by a primary that was replaced without knowing (decision 14).
/// </remarks>
internal sealed class PostgresStore(PostgresJournal journal)
{
    private const int UsualSeconds = 10;

    /// <summary>
    /// How long a reading may take at most; 0 for as long as it needs. One that takes longer than usual readings may is not repeated, because it is the
    /// reading that takes long, and not a connection that is gone.
    /// </summary>
    public int ReadSeconds { get; init; } = UsualSeconds;

    /// <summary>All rows that a statement reads.</summary>
    /// <exception cref="JournalUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<object[]>> Read(string text, params object[] values) => journal.Try<IReadOnlyList<object[]>>(async connection =>
    {
        await using NpgsqlCommand command = PostgresJournal.Command(connection, text, values);
        command.CommandTimeout = ReadSeconds;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            rows.Add(new object[reader.FieldCount]);
            reader.GetValues(rows[^1]);
        }
        return rows;
    }, repeatsTimeouts: ReadSeconds == UsualSeconds);

    /// <summary>The first column, a text, of the rows that a statement reads, as they stand at one moment; as many are held at once as are on their way.</summary>
    /// <exception cref="JournalUnavailableException">The database cannot be read, or no longer.</exception>
    public async IAsyncEnumerable<string> Stream(string text, object[] values, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Connections that broke are replaced before, because rows that went out cannot be read again.
        await Read("select 1");
        await using var rows = new Rows(journal, ReadSeconds, text, values);
        while (await rows.Next(cancellation) is string row) { yield return row; }
    }

    /// <summary>Runs a statement to the end of its commit, and returns its first row.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was written is not known; sending it again tells.</exception>
    public async Task<object?[]> Write(string text, params object[] values)
    {
        (NpgsqlDataSource database, string where, TimeSpan patience) = journal.Store;
        Task<object?[]> write = WriteOnce(database, where, text, values);
        await ((Task)write.WaitAsync(patience)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (write.IsCompleted) { return await write; }
        // As with the journal, it is not cancelled.
        _ = write.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        throw Unknown(where, "its commit was not confirmed", null);
    }

    private static async Task<object?[]> WriteOnce(NpgsqlDataSource database, string where, string text, object[] values)
    {
        bool isOpen = false, isWarned = false;
        void Heed(object sender, NpgsqlNoticeEventArgs notice) => isWarned |= notice.Notice.InvariantSeverity == "WARNING";
        try
        {
            await using NpgsqlConnection connection = await database.OpenConnectionAsync();
            isOpen = true;
            connection.Notice += Heed;
            try
            {
                await using NpgsqlCommand command = PostgresJournal.Command(connection, text, values);
                (_, object?[] first) = await PostgresJournal.Commit(command);
                return isWarned ? throw Unknown(where, "its commit was not confirmed", null) : first;
            }
            finally
            {
                connection.Notice -= Heed;
            }
        }
        catch (Exception exception) when (PostgresJournal.IsOfTheStore(exception))
        {
            if (!isOpen || PostgresJournal.IsUndone(exception)) { throw new JournalUnavailableException($"{where} stores nothing: {PostgresJournal.Told(exception)}", exception); }
            database.Clear();
            throw Unknown(where, PostgresJournal.Told(exception), exception);
        }
    }

    /// <summary>The rows of one statement, one after another.</summary>
    private sealed class Rows(PostgresJournal journal, int seconds, string text, object[] values) : IAsyncDisposable
    {
        private NpgsqlConnection? _connection;
        private NpgsqlCommand? _command;
        private NpgsqlDataReader? _reader;
        private bool _hasEnded;

        public async Task<string?> Next(CancellationToken cancellation)
        {
            // Rows that have arrived are read without it.
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (_reader is null)
                {
                    _connection = await journal.Store.Database.OpenConnectionAsync(cancellation);
                    _command = PostgresJournal.Command(_connection, text, values);
                    _command.CommandTimeout = seconds;
                    _reader = await _command.ExecuteReaderAsync(cancellation);
                }
                _hasEnded = !await _reader.ReadAsync(cancellation);
                return _hasEnded ? null : _reader.GetString(0);
            }
            catch (Exception exception) when (PostgresJournal.IsOfTheStore(exception))
            {
                _hasEnded = true;
                throw new JournalUnavailableException($"{journal.Store.Where} cannot be read: {PostgresJournal.Told(exception)}", exception);
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                // Closing would otherwise read all that is left.
                if (!_hasEnded) { _command?.Cancel(); }
                if (_reader is not null) { await _reader.DisposeAsync(); }
                if (_command is not null) { await _command.DisposeAsync(); }
            }
            catch (Exception exception) when (PostgresJournal.IsOfTheStore(exception))
            {
                // What was cancelled says so, and nobody waits for what is left.
            }
            finally
            {
                if (_connection is not null) { await _connection.DisposeAsync(); }
            }
        }
    }

    private static OutcomeUnknownException Unknown(string where, string reason, Exception? exception) => new($"whether {where} has stored something is not known: {reason}", exception);
}
