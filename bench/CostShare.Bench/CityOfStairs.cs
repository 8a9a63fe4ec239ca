using System.Diagnostics;
using System.Globalization;
using CostShare.Api.Policies;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Streets;
using CostShare.Grains.Texts;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;
using Npgsql;
using NpgsqlTypes;

namespace CostShare.Bench;

/// <summary>What the street office's questions take over a city that grows: sums, checks, what-ifs. Makes the city first.</summary>
/// <remarks>
/// Streets have 1,250 stairs in ten estates. A stair has 12 households and some 19 events, the last ones on a later day; its money goes by the subsidy of Shanghai, and of one in 200
/// another sum is recorded than the rule gives. The events are those that the program would have stored, chained and summarised by its own code; only
/// the rows are copied in, because turn by turn a large city would take hours.
/// </remarks>
internal static class CityOfStairs
{
    private const int StairsOfStreet = 1_250, EstatesOfStreet = 10, Households = 12, Rounds = 1_000, RoundsOfCity = 200, Changes = 2_000;

    private static readonly PolicyBook Policies = PolicyFolder.Read(PolicyFolder.Shipped);
    private static readonly Summariser Summariser = new(StoredEvents.Codec, StoredSummaries.Codec, Policies);
    private static readonly byte[] Basis = StoredSummaries.Basis(Policies);
    private static readonly PolicyId Shanghai = new("shanghai-lift");

    // In the database, so that neither the way there nor what is made of the rows counts. A plan is made anew each time.
    private const string Timer = """
        create or replace function pg_temp.took(question text, rounds integer, out median numeric, out p99 numeric) language plpgsql as $$
        declare
            taken numeric[]; begun timestamptz;
        begin
            for round in 0..rounds + 20 loop
                begun := clock_timestamp();
                execute 'select count(*) from (' || replace(question, '#', ((round * 7919) % 1000000)::text) || ') as answer';
                if round > 20 then taken := taken || (extract(epoch from clock_timestamp() - begun) * 1000)::numeric; end if;
            end loop;
            select percentile_cont(0.5) within group (order by t), percentile_cont(0.99) within group (order by t) into median, p99 from unnest(taken) as t;
        end $$
        """;

    /// <summary>Measures cities of some sizes, one grown out of the other.</summary>
    /// <param name="args">The connection string of a new database whose role may bypass triggers; the sizes, rising.</param>
    public static async Task Run(string[] args)
    {
        int there = 0;
        foreach (int size in args[1..].Select(size => int.Parse(size, CultureInfo.InvariantCulture)))
        {
            await using PostgresJournal journal = await PostgresJournal.Open(args[0], TimeSpan.FromSeconds(10), _ => { });
            await journal.Summarise(Summariser, Basis, (_, _) => { });
            await using NpgsqlDataSource database = NpgsqlDataSource.Create(args[0] + ";Command Timeout=0");
            long start = Stopwatch.GetTimestamp();
            await Grow(database, there, size);
            there = size;
            Print($"== {size:N0} stairs (made in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s)");
            await PrintRoom(database);
            await PrintSums(database, size);
            await Change(database, 1);
            Print($"-- with {Changes:N0} changes that were not put together yet");
            await PrintSums(database, size);
            await Change(database, -1);
            await Together(database);
            Print($"-- through the program");
            await PrintRuns(journal.Summaries, size);
            await Time("summaries compared with the journal", 1, async () => (await new SummaryRebuild(journal, Summariser, Console.Error.WriteLine).Check(_ => { }, (_, _) => { })) is { Wrong: 0, WrongSums: 0 } totals
                ? totals.Buildings : throw new InvalidOperationException("The city was not made as the program makes it."));
        }
    }

    private static async Task Grow(NpgsqlDataSource database, int from, int to)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync();
        await Execute(connection, "set session_replication_role = replica");
        for (int begin = from; begin < to; begin += 5_000)
        {
            Stair[] stairs = [.. ParallelEnumerable.Range(begin, int.Min(5_000, to - begin)).AsOrdered().Select(Stair.Of)];
            await Copy(connection, "costshare.journal (building, version, command, line, hash)", stairs.SelectMany(stair => stair.Entries.Select((entry, i) =>
                new object[] { stair.Id.Value, entry.Version, entry.Command.Value, stair.Chain[i].Line, Convert.FromHexString(stair.Chain[i].Hash) })));
            await Copy(connection, "costshare.head (building, version, hash)", stairs.Select(stair => new object[] { stair.Id.Value, stair.Entries[^1].Version, Convert.FromHexString(stair.Chain[^1].Hash) }));
            await Copy(connection, "costshare.summary (building, since, street, estate, content, keys, sums, certificates)", stairs.Select(stair => Row(stair.Id, stair.Rows[^1]).Append(
                stair.Rows[^1].Summary.Subsidies.Select(standing => standing.CertificateKey).OfType<string>().ToArray()).ToArray()));
            await Copy(connection, "costshare.summary_past (building, since, street, estate, content, keys, sums)", stairs.SelectMany(stair => stair.Rows.SkipLast(1).Select(row => Row(stair.Id, row))));
        }
        await Together(database);
    }

    // Six numbers of each of some stairs, through the triggers of the database.
    private static async Task Change(NpgsqlDataSource database, int by)
    {
        await using NpgsqlCommand command = database.CreateCommand("""
            update costshare.summary set sums = array(select sum + case when i <= 6 then $1 else 0 end from unnest(sums) with ordinality as number (sum, i) order by i)
            where building in (select building from costshare.summary order by md5(building) limit $2)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = (long)by });
        command.Parameters.Add(new NpgsqlParameter { Value = Changes });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Together(NpgsqlDataSource database)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync();
        await Execute(connection, "truncate costshare.tally");
        await Execute(connection, """
            insert into costshare.tally (level, street, estate, key, sum)
            select part.level, part.street, part.estate, tally.key, sum(tally.sum)
            from costshare.summary as row cross join lateral unnest(row.keys, row.sums) as tally (key, sum)
            cross join lateral (values (0, '', ''), (1, row.street, ''), (2, row.street, row.estate)) as part (level, street, estate)
            group by part.level, part.street, part.estate, tally.key
            """);
        await Execute(connection, "vacuum analyze");
    }

    private static object[] Row(BuildingId id, SummaryRow row) =>
        [id.Value, row.Since, row.Summary.Site.Street, row.Summary.Site.Estate ?? "", row.Content, row.Tallies.Select(tally => tally.Key).ToArray(), row.Tallies.Select(tally => tally.Sum).ToArray()];

    private static async Task Copy(NpgsqlConnection connection, string table, IEnumerable<object[]> rows)
    {
        await using NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync($"copy {table} from stdin (format binary)");
        foreach (object[] row in rows)
        {
            await importer.StartRowAsync();
            foreach (object value in row)
            {
                switch (value)
                {
                    case string text: await importer.WriteAsync(text, NpgsqlDbType.Text); break;
                    case DateOnly day: await importer.WriteAsync(day, NpgsqlDbType.Date); break;
                    case string[] texts: await importer.WriteAsync(texts, NpgsqlDbType.Array | NpgsqlDbType.Text); break;
                    case long[] numbers: await importer.WriteAsync(numbers, NpgsqlDbType.Array | NpgsqlDbType.Bigint); break;
                    case byte[] bytes: await importer.WriteAsync(bytes, NpgsqlDbType.Bytea); break;
                    default: await importer.WriteAsync((long)value, NpgsqlDbType.Bigint); break;
                }
            }
        }
        await importer.CompleteAsync();
    }

    private static async Task PrintRoom(NpgsqlDataSource database)
    {
        await using NpgsqlCommand command = database.CreateCommand("""
            select name, pg_total_relation_size('costshare.' || name) / 1048576, (xpath('/row/n/text()', query_to_xml('select count(*) as n from costshare.' || name, false, true, '')))[1]::text
            from unnest(array['journal', 'summary', 'summary_past', 'tally']) as name
            """);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) { Print($"{reader.GetString(0)}: {reader.GetInt64(1):N0} MiB, {long.Parse(reader.GetString(2), CultureInfo.InvariantCulture):N0} rows"); }
    }

    private static async Task PrintSums(NpgsqlDataSource database, int size)
    {
        int streets = (size + StairsOfStreet - 1) / StairsOfStreet;
        await using NpgsqlConnection connection = await database.OpenConnectionAsync();
        await Execute(connection, Timer);
        string street = $"street = '街道' || lpad((# % {streets})::text, 3, '0')";
        foreach ((string name, string question, int rounds) in new[]
        {
            ("a street's sums", $"select key, sum(sum) from costshare.tally where level = 1 and {street} and estate = '' group by key", Rounds),
            ("its estates' sums", $"select estate, key, sum(sum) from costshare.tally where level = 2 and {street} group by estate, key", Rounds),
            ("the city's sums", "select key, sum(sum) from costshare.tally where level = 0 and street = '' and estate = '' group by key", Rounds),
            ("its streets' sums", "select street, key, sum(sum) from costshare.tally where level = 1 group by street, key", RoundsOfCity),
            ("a certificate", "select content from costshare.summary where certificates && array['沪A' || (# % 250000)::text]", Rounds),
        })
        {
            await using var command = new NpgsqlCommand("select median, p99 from pg_temp.took($1, $2)", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = question });
            command.Parameters.Add(new NpgsqlParameter { Value = rounds });
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            Print($"{name}, in the database, {rounds} times: median {reader.GetDecimal(0):N2} ms, 99th percentile {reader.GetDecimal(1):N2} ms");
        }
    }

    private static async Task PrintRuns(ISummaries summaries, int size)
    {
        var street = Scope.OfStreet(Stair.StreetOf(size / 2));
        await Time("a street's figures, through the program", 20, async () => StreetFigures.Of(await summaries.Sums(street, null), new FaultList()).Stairs);
        await Time("the same as of a day before", 5, async () => StreetFigures.Of(await summaries.Sums(street, Stair.FirstDay), new FaultList()).Stairs);
        await Time("the city's figures, through the program", 20, async () => StreetFigures.Of(await summaries.Sums(Scope.City, null), new FaultList()).Stairs);
        await Time("the same as of a day before", 1, async () => StreetFigures.Of(await summaries.Sums(Scope.City, Stair.FirstDay), new FaultList()).Stairs);
        await Time("a street's check", 3, () => Check(summaries, street, all: true));
        await Time("the city's check", 1, () => Check(summaries, Scope.City, all: false));
        await Time("a what-if over the city", 3, async () =>
        {
            SubsidyRule now = Policies.Subsidies[Shanghai][^1];
            var thought = new WhatIfRequest { Policy = Shanghai, Versions = [now with { Parts = [now.Parts[0] with { Cap = Money.FromFen(30_000_000) }] }] };
            WhatIf ask = WhatIf.Of(thought, Policies, 1_000, new FaultList())!;
            await foreach (BuildingSummary stair in summaries.Read(Scope.City, null, CancellationToken.None)) { ask.Add(stair); }
            return ask.Result(new FaultList()).Gain;
        });
    }

    private static async Task<int> Check(ISummaries summaries, Scope scope, bool all)
    {
        var check = new SubsidyCheck(Policies, all);
        await foreach (BuildingSummary stair in summaries.Read(scope, null, CancellationToken.None)) { check.Add(stair); }
        return check.Result(new FaultList()).Differing;
    }

    private static async Task Time(string name, int rounds, Func<Task<int>> run)
    {
        var taken = new List<double>();
        int answer = 0;
        // What takes long is not compiled in first: it is by its own length.
        for (int round = rounds < 4 ? 1 : 0; round <= rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            answer = await run();
            if (round > 0) { taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds); }
        }
        taken.Sort();
        Print($"{name}: median of {rounds} {taken[taken.Count / 2]:N1} ms (answer {answer:N0})");
    }

    private static async Task Execute(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>A stair with what happened to it; the same number gives the same stair.</summary>
    private sealed record Stair(BuildingId Id, IReadOnlyList<JournalEntry> Entries, IReadOnlyList<(byte[] Line, string Hash)> Chain, IReadOnlyList<SummaryRow> Rows)
    {
        public static readonly DateOnly FirstDay = new(2026, 3, 2);

        public static string StreetOf(int number) => string.Create(CultureInfo.InvariantCulture, $"街道{number / StairsOfStreet:D3}");

        public static Stair Of(int number)
        {
            var id = BuildingId.Of(string.Create(CultureInfo.InvariantCulture, $"stair-{number:D6}"));
            JournalEntry[] entries = [.. Happened(new Random(number), number).Select((entry, i) =>
            {
                (string type, int schema, string payload) = StoredEvents.Codec.Write(entry.Event);
                return new JournalEntry
                {
                    Version = i + 1,
                    Command = CommandId.Of(string.Create(CultureInfo.InvariantCulture, $"made-by-the-benchmark-as-{i + 1}")),
                    Digest = new string('0', 64),
                    At = new DateTimeOffset(entry.On, new TimeOnly(10, 0), TimeSpan.Zero).AddSeconds(i),
                    By = "administrator",
                    Type = type,
                    Schema = schema,
                    Payload = payload,
                };
            })];
            var chain = new List<(byte[] Line, string Hash)>();
            foreach (byte[] line in entries.Select(entry => entry.ToLine())) { chain.Add((line, JournalEntry.HashOf(chain.Count == 0 ? JournalEntry.Beginning(id) : chain[^1].Hash, line))); }
            return new Stair(id, entries, chain, Summariser.Rows(id, entries));
        }

        private static IEnumerable<(BuildingEvent Event, DateOnly On)> Happened(Random random, int number)
        {
            DateOnly later = FirstDay.AddDays(random.Next(1, 60));
            var began = new DateOnly(2025, random.Next(1, 13), random.Next(1, 29));
            yield return (new BuildingRegistered
            {
                Street = StreetOf(number),
                Estate = string.Create(CultureInfo.InvariantCulture, $"小区{number % EstatesOfStreet}"),
                Address = string.Create(CultureInfo.InvariantCulture, $"乐山路 {number} 号"),
                Storeys = Floor.Of(6),
            }, FirstDay);
            HouseholdId[] households = [.. Enumerable.Range(0, Households).Select(i => new HouseholdId(string.Create(CultureInfo.InvariantCulture, $"{(i / 2) + 1}0{(i % 2) + 1}")))];
            yield return (new HouseholdsRegistered
            {
                Households = [.. households.Select((id, i) => new RegisteredHousehold { Facts = new Household { Id = id, Floor = Floor.Of((i / 2) + 1), Area = Area.FromHundredths(random.Next(4_000, 9_000)) }, Owners = [new($"p{i}")] })],
            }, FirstDay);
            yield return (new FeasibilityAssessed { Feasibility = (Feasibility)int.Max(0, random.Next(12) - 9), On = began }, FirstDay);
            yield return (new StageEntered { Stage = Stage.Consulting, On = began }, FirstDay);
            if (random.Next(10) == 0) { yield break; }
            long lift = random.Next(45, 60) * 1_000_000L, works = random.Next(10, 25) * 1_000_000L;
            yield return (new CostsSet
            {
                Costs =
                [
                    new CostLine { Id = new("lift"), Name = "电梯设备及安装", Category = CostCategory.Equipment, Amount = Money.FromFen(lift) },
                    new CostLine { Id = new("works"), Name = "井道土建", Category = CostCategory.CivilWorks, Amount = Money.FromFen(works) },
                    new CostLine { Id = new("design"), Name = "设计", Category = CostCategory.Design, Amount = Money.FromFen(3_000_000) },
                ],
            }, FirstDay);
            yield return (new FundingSet { Funding = [new PolicySource { Id = new("subsidy"), Policy = Shanghai, On = began }] }, FirstDay);
            foreach (HouseholdId household in households)
            {
                if (random.Next(60) == 0) { yield break; }
                yield return (new AgreementSigned { Household = household, On = began.AddDays(random.Next(1, 200)) }, FirstDay);
            }
            for (var stage = (Stage)1; (int)stage <= random.Next(1, 7); stage++) { yield return (new StageEntered { Stage = stage, On = began.AddDays(200 + ((int)stage * 30)) }, later); }
            long rule = long.Min((lift + works) * 4 / 10, 28_000_000);
            if (random.Next(200) == 0) { rule = 24_000_000; }
            for (var state = SubsidyState.Planned; (int)state <= random.Next(4); state++)
            {
                yield return (new SubsidyRecorded
                {
                    Source = new("subsidy"),
                    State = state,
                    Amount = Money.FromFen(rule),
                    On = began.AddDays(400),
                    Certificate = state == SubsidyState.Planned ? null : string.Create(CultureInfo.InvariantCulture, $"沪A{number}"),
                    Programme = "2026年加梯专项",
                }, later);
            }
        }
    }
}
