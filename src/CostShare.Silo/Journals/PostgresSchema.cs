using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace CostShare.Silo.Journals;

/// <summary>Brings the schema of a database to what this program needs, by numbered scripts that each run once.</summary>
internal static class PostgresSchema
{
    // "CostShar": what all processes agree on to wait for one another.
    private const long Lock = 0x436F_7374_5368_6172;

    /// <summary>Runs the scripts that have not run, all or none; of several processes at once one does, and the others wait for it.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="tell">Receives the name of every script that was run.</param>
    /// <exception cref="IOException">The database was made by a newer program, or by scripts that are not those of this one.</exception>
    public static async Task BringForward(NpgsqlConnection connection, Action<string> tell)
    {
        Script[] scripts = Scripts();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        // Waiting for another process that migrates is no reason to give up soon.
        await Run(connection, "set local lock_timeout = '60s'");
        await Run(connection, string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({Lock})"));
        Ran[] ran = await RanBefore(connection);
        Check(ran, scripts);
        Script[] missing = scripts[ran.Length..];
        if (ran.Length == 0)
        {
            await Run(connection, "create schema if not exists costshare");
            await Run(connection, "create table if not exists costshare.migration (number integer primary key, name text not null, sha256 text not null, ran_at timestamptz not null default now())");
        }
        foreach (Script script in missing)
        {
            await Run(connection, script.Text);
            await using var note = new NpgsqlCommand("insert into costshare.migration (number, name, sha256) values ($1, $2, $3)", connection);
            note.Parameters.AddWithValue(script.Number);
            note.Parameters.AddWithValue(script.Name);
            note.Parameters.AddWithValue(script.Sha256);
            await note.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
        foreach (Script script in missing) { tell($"the schema of the database was brought forward by {script.Name}."); }
    }

    /// <summary>Makes sure that the schema is one that this program reads, and changes nothing.</summary>
    /// <param name="connection">An open connection.</param>
    /// <exception cref="IOException">There is no journal, or it was made by a newer program or by scripts that are not those of this one.</exception>
    public static async Task Check(NpgsqlConnection connection)
    {
        Ran[] ran = await RanBefore(connection);
        if (ran.Length == 0) { throw new IOException("it holds no journal"); }
        Check(ran, Scripts());
    }

    /// <summary>Makes sure that the schema is that of this program, and changes nothing.</summary>
    /// <param name="connection">An open connection.</param>
    /// <exception cref="IOException">As with <see cref="Check(NpgsqlConnection)"/>; or scripts have not run yet.</exception>
    public static async Task CheckWhole(NpgsqlConnection connection)
    {
        await Check(connection);
        Script[] missing = Scripts()[(await RanBefore(connection)).Length..];
        if (missing.Length > 0) { throw new IOException($"{missing[0].Name} has not run in it yet, so that tables are missing; starting this program's server makes them"); }
    }

    private static void Check(Ran[] ran, Script[] scripts)
    {
        for (int i = 0; i < ran.Length; i++)
        {
            if (i >= scripts.Length)
            {
                throw new IOException($"the database is newer than this program: it was brought forward by {ran[^1].Name}, and this program knows {scripts[^1].Name} as the last");
            }
            if (ran[i].Number != scripts[i].Number)
            {
                throw new IOException($"{scripts[i].Name} has not run in the database, but {ran[i].Name} has: the database was not made by this program");
            }
            if (ran[i].Sha256 != scripts[i].Sha256)
            {
                throw new IOException($"{scripts[i].Name} has changed since it ran in the database: scripts that ran must stay as they are, and changes need a new one");
            }
        }
    }

    private static async Task<Ran[]> RanBefore(NpgsqlConnection connection)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('costshare.migration') is not null", connection);
        if (await exists.ExecuteScalarAsync() is not true) { return []; }
        await using var command = new NpgsqlCommand("select number, name, sha256 from costshare.migration order by number", connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var ran = new List<Ran>();
        while (await reader.ReadAsync()) { ran.Add(new Ran(reader.GetInt32(0), reader.GetString(1), reader.GetString(2))); }
        return [.. ran];
    }

    private static async Task Run(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The scripts in this assembly, by number.</summary>
    private static Script[] Scripts()
    {
        Assembly assembly = typeof(PostgresSchema).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            // The same script has the same hash wherever the program was built.
            string text = reader.ReadToEnd().ReplaceLineEndings("\n");
            return new Script(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, text, JournalEntry.Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        })];
    }

    private sealed record Script(int Number, string Name, string Text, string Sha256);

    private sealed record Ran(int Number, string Name, string Sha256);
}
