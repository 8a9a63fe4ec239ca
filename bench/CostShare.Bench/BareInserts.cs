using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace CostShare.Bench;

/// <summary>The rival of storing an entry: nothing but an insert of a row with the same bytes into a table with the same constraints.</summary>
internal static class BareInserts
{
    private const int Connections = 32, Buildings = 500;

    private const string Table = """
        create schema if not exists bench;
        create table if not exists bench.append (
            building text collate "C" not null,
            version bigint not null check (version > 0),
            command text collate "C" not null,
            line bytea not null,
            hash bytea not null check (octet_length(hash) = 32),
            primary key (building, version),
            unique (building, command));
        """;

    // What was appended last over HTTP: its bytes are inserted.
    private const string Sample = "select line from costshare.journal where building like 'whole-%' order by version desc limit 1";

    /// <summary>Inserts for some seconds, after a warm-up of one, and prints how many rows per second were committed.</summary>
    /// <param name="args">The connection string of a database that holds a journal, and the seconds.</param>
    public static async Task Run(string[] args)
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(args[0]) { MaxPoolSize = Connections, NoResetOnClose = true });
        await using (NpgsqlCommand make = database.CreateCommand(Table)) { await make.ExecuteNonQueryAsync(); }
        byte[] line = (byte[])(await Ask(database, Sample))!, hash = SHA256.HashData(line);
        long version = (long)(await Ask(database, "select coalesce(max(version), 0) from bench.append"))!;
        long[] rows = new long[Connections];
        using var isOver = new CancellationTokenSource();
        Task[] workers = [.. Enumerable.Range(0, Connections).Select(worker => Insert(database, worker, version, line, hash, rows, isOver.Token))];
        await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        long before = rows.Sum(), start = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(double.Parse(args[1], CultureInfo.InvariantCulture)), CancellationToken.None);
        double rate = (rows.Sum() - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await isOver.CancelAsync();
        await Task.WhenAll(workers);
        Console.WriteLine(rate.ToString("F0", CultureInfo.InvariantCulture));
    }

    private static async Task Insert(NpgsqlDataSource database, int worker, long version, byte[] line, byte[] hash, long[] rows, CancellationToken isOver)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var insert = new NpgsqlCommand("insert into bench.append (building, version, command, line, hash) values ($1, $2, $3, $4, $5)", connection);
        NpgsqlParameter[] values = [.. new object[] { "", 0L, "", line, hash }.Select(value => new NpgsqlParameter { Value = value })];
        insert.Parameters.AddRange(values);
        await insert.PrepareAsync(CancellationToken.None);
        while (true)
        {
            version++;
            for (int building = worker; building < Buildings; building += Connections)
            {
                if (isOver.IsCancellationRequested) { return; }
                values[0].Value = string.Create(CultureInfo.InvariantCulture, $"whole-{building:D4}");
                values[1].Value = version;
                // As long as a command's id that the program makes.
                values[2].Value = $"unnamed-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
                await insert.ExecuteNonQueryAsync(CancellationToken.None);
                rows[worker]++;
            }
        }
    }

    private static async Task<object?> Ask(NpgsqlDataSource database, string question)
    {
        await using NpgsqlCommand command = database.CreateCommand(question);
        return await command.ExecuteScalarAsync();
    }
}
