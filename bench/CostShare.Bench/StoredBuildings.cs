using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Silo;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;
using Npgsql;

namespace CostShare.Bench;

/// <summary>What stored buildings take: room on the disk, memory, time to be opened. Makes them first, and leaves them for whoever asks over HTTP.</summary>
/// <remarks>
/// "whole-0000" and so on hold the stair of examples/leshan.json: 35 households, costs, funding, 3 schemes, a stage, a judgement, one finalisation.
/// "fifty-0000" and so on are the same with further events up to 50, "long" up to 10,000 with a snapshot at 9,750.
/// </remarks>
internal static class StoredBuildings
{
    private const int LongVersion = 10_000, LongSnapshot = 9_750, LongRounds = 15, AtOnce = 8;

    private static readonly Summariser Summariser = new(StoredEvents.Codec, StoredSummaries.Codec, PolicyBook.Empty);
    private static readonly BuildingRules Rules = new(PolicyBook.Empty, PassportJson.Write, PassportJson.Read);
    private static readonly BuildingId Long = BuildingId.Of("long");

    /// <summary>Measures one store.</summary>
    /// <param name="args">A new folder, or the connection string of a new database; how many buildings; how many rounds of opening them all.</param>
    public static async Task Run(string[] args)
    {
        string store = args[0];
        int count = int.Parse(args[1], CultureInfo.InvariantCulture), rounds = int.Parse(args[2], CultureInfo.InvariantCulture);
        BuildingId[] whole = [.. Enumerable.Range(0, count).Select(WholeAt)];
        BuildingId[] fifty = [.. whole.Select(id => BuildingId.Of(id.Value.Replace("whole", "fifty", StringComparison.Ordinal)))];

        await With(store, host => ForEach(whole, id => Take(host, id, 1, Whole)));
        Print($"disk, a building of {Whole.Count} events: {await Room(store, count)}");
        await With(store, host => ForEach(fifty, id => Take(host, id, 1, [.. Whole, .. Further.Take(50 - Whole.Count)])));
        await PrintOpens(store, fifty, rounds);
        await MakeLong(store);
        await PrintLong(store);
    }

    /// <summary>What makes a whole building.</summary>
    private static IReadOnlyList<BuildingCommand> Whole { get; } =
    [
        new RegisterBuilding { Street = "徐家汇街道", Estate = "乐山六村", Address = "乐山路 6 弄 12 号", Storeys = Stair.Request.Building.Storeys },
        new RegisterHouseholds
        {
            Households = [.. Stair.Request.Building.Households.Select((facts, i) => new RegisteredHousehold { Facts = facts, Unit = $"{facts.Id} 室", AreaSource = "不动产权证", Owners = [new($"p{i + 1}")] })],
        },
        new SetCosts { Costs = Stair.Request.Costs },
        new SetFunding { Funding = Stair.Request.Funding },
        .. Stair.Request.Schemes.Take(3).Select(scheme => new ProposeScheme { Scheme = scheme }),
        new EnterStage { Stage = Stage.Consulting, On = new DateOnly(2026, 1, 5) },
        new AssessFeasibility { Feasibility = Feasibility.Suitable, On = new DateOnly(2026, 1, 6), Note = "北侧可以安装" },
        new FinaliseContributions
        {
            Scheme = Stair.Request.Schemes[0].Id,
            Evidence = new Evidence { Record = "表决公告第 3 号", On = new DateOnly(2026, 2, 1), For = Count.Of(35), ForArea = Area.FromHundredths(156_240) },
        },
    ];

    /// <summary>What goes on happening without end: costs are set, households are put right, sign, and take that back.</summary>
    private static IEnumerable<BuildingCommand> Further
    {
        get
        {
            IReadOnlyList<RegisteredHousehold> households = ((RegisterHouseholds)Whole[1]).Households;
            for (int i = 0; ; i++)
            {
                RegisteredHousehold household = households[i % households.Count];
                yield return Whole[2];
                yield return new ChangeHousehold { Household = household, Reason = "按产权证更正" };
                yield return new SignAgreement { Household = household.Facts.Id, On = new DateOnly(2026, 3, 1) };
                yield return new WithdrawSignature { Household = household.Facts.Id, Reason = "登记时看错了" };
            }
        }
    }

    /// <summary>Measures what remembered buildings take; in a process of its own, in which nothing is left of how they were made.</summary>
    /// <param name="args">The store, and how many whole buildings stand in it.</param>
    public static Task RunMemory(string[] args) => With(args[0], async host =>
    {
        // No more than 1,000 are remembered at once; the first one makes what all share.
        BuildingId[] whole = [.. Enumerable.Range(0, int.Min(int.Parse(args[1], CultureInfo.InvariantCulture), 1_000)).Select(WholeAt)];
        await host.Read(whole[0], null);
        (long heap, long resident) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        await ForEach(whole[1..], id => host.Read(id, null));
        (long heapAfter, long residentAfter) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        Print($"memory, {whole.Length - 1:N0} buildings of {Whole.Count} events: {(heapAfter - heap) / (whole.Length - 1):N0} bytes of heap each (resident {(residentAfter - resident) / (whole.Length - 1):N0})");
        GC.KeepAlive(host);
    });

    private static BuildingId WholeAt(int i) => BuildingId.Of(string.Create(CultureInfo.InvariantCulture, $"whole-{i:D4}"));

    private static async Task PrintOpens(string store, BuildingId[] fifty, int rounds)
    {
        var rates = new List<double>();
        // The first round is compiled in, and not counted.
        for (int round = 0; round <= rounds; round++)
        {
            double rate = await With(store, async host =>
            {
                long start = Stopwatch.GetTimestamp();
                await ForEach(fifty, id => host.Read(id, null));
                return fifty.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
            });
            if (round > 0) { rates.Add(rate); }
        }
        Print($"opened for the first time, {AtOnce} at once, 50 events each: {Median(rates):N0}/s (median of {rounds} rounds, {rates.Min():N0} to {rates.Max():N0})");
    }

    private static async Task MakeLong(string store)
    {
        Building state = Building.Unregistered;
        var entries = new List<JournalEntry>();
        foreach (BuildingCommand command in Whole.Concat(Further).Take(LongSnapshot))
        {
            BuildingEvent happened = BuildingDecider.Decide(Long, state, command, Rules, new FaultList())!;
            state = state.Evolve(happened);
            TurnRequest request = Request(Long, state.Version, command);
            (string type, int schema, string payload) = StoredEvents.Codec.Write(happened);
            entries.Add(new JournalEntry
            {
                Version = state.Version,
                Command = request.Id,
                Digest = request.Digest,
                At = request.At,
                By = request.By,
                Type = type,
                Schema = schema,
                Payload = payload,
            });
        }
        await With(store, async host =>
        {
            await host.Adopt(Long, entries);
            await Take(host, Long, LongSnapshot + 1, [.. Whole.Concat(Further).Skip(LongSnapshot).Take(LongVersion - LongSnapshot)]);
        });
    }

    private static async Task PrintLong(string store)
    {
        Snapshot kept = await Snapshot.Take(store);
        List<double> with = [], without = [];
        // Two of each first, for the compiler; in turns, because opening without a snapshot keeps a new one.
        for (int round = -2; round < LongRounds; round++)
        {
            await kept.PutBack(store);
            double opened = await OpenLong(store);
            await Snapshot.Remove(store);
            double read = await OpenLong(store);
            if (round < 0) { continue; }
            with.Add(opened);
            without.Add(read);
        }
        Print($"opening a building of {LongVersion:N0} events: {Median(with):F1} ms with a snapshot at {LongSnapshot:N0} ({with.Min():F1} to {with.Max():F1}), {Median(without):F1} ms without ({without.Min():F1} to {without.Max():F1}), ratio {Median(with) / Median(without):F2}");
    }

    private static Task<double> OpenLong(string store) => With(store, async host =>
    {
        long start = Stopwatch.GetTimestamp();
        Building building = await host.Read(Long, null);
        double taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return building.Version == LongVersion ? taken : throw new InvalidOperationException($"the building is at version {building.Version}");
    });

    private static async Task<string> Room(string store, int count)
    {
        if (!IsDatabase(store))
        {
            FileInfo[] files = new DirectoryInfo(store).GetFiles("*.jsonl");
            return string.Create(CultureInfo.InvariantCulture, $"{files.Sum(file => file.Length) / count:N0} bytes (in blocks of 4 KiB: {files.Sum(file => (file.Length + 4095) / 4096 * 4096) / count:N0})");
        }
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(store);
        await using NpgsqlCommand vacuum = database.CreateCommand("vacuum analyze costshare.journal, costshare.head");
        await vacuum.ExecuteNonQueryAsync();
        const string question = """
            select sum(pg_table_size(name))::bigint, sum(pg_indexes_size(name))::bigint, (select sum(octet_length(line))::bigint from costshare.journal)
            from unnest(array['costshare.journal', 'costshare.head']::regclass[]) as name
            """;
        await using NpgsqlCommand ask = database.CreateCommand(question);
        await using NpgsqlDataReader reader = await ask.ExecuteReaderAsync();
        await reader.ReadAsync();
        return string.Create(CultureInfo.InvariantCulture,
            $"{(reader.GetInt64(0) + reader.GetInt64(1)) / count:N0} bytes (tables {reader.GetInt64(0) / count:N0}, indexes {reader.GetInt64(1) / count:N0}; the lines alone, uncompressed, {reader.GetInt64(2) / count:N0})");
    }

    private static async Task Take(BuildingHost host, BuildingId building, long version, IReadOnlyList<BuildingCommand> commands)
    {
        foreach (BuildingCommand command in commands)
        {
            Turn turn = await host.Execute(Request(building, version++, command));
            if (turn.Outcome != TurnOutcome.Done) { throw new InvalidOperationException($"{building} refused {command}: {string.Join(", ", turn.Faults.Faults)}"); }
        }
    }

    private static TurnRequest Request(BuildingId building, long version, BuildingCommand command) => new(
        building, CommandId.Of(string.Create(CultureInfo.InvariantCulture, $"made-by-the-benchmark-as-{version}")), Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command, WireJson.Options))),
        "administrator", DateTimeOffset.UnixEpoch.AddYears(56).AddMinutes(version), command);

    /// <summary>Uses a store that nothing is remembered of.</summary>
    private static async Task<T> With<T>(string store, Func<BuildingHost, Task<T>> use)
    {
        await using IJournal journal = IsDatabase(store) ? await PostgresJournal.Open(store, TimeSpan.FromSeconds(10), _ => { }) : FileJournal.Open(store, Console.Error.WriteLine);
        await using var host = new BuildingHost(journal, Summariser, Rules, Console.Error.WriteLine);
        return await use(host);
    }

    private static async Task With(string store, Func<BuildingHost, Task> use) => await With(store, async host =>
    {
        await use(host);
        return true;
    });

    private static Task ForEach(BuildingId[] buildings, Func<BuildingId, Task> use) =>
        Parallel.ForEachAsync(buildings, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (building, _) => await use(building));

    private static bool IsDatabase(string store) => store.Contains('=', StringComparison.Ordinal);

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is kept of the long building, as it stands in its store.</summary>
    private sealed record Snapshot(long Version, byte[] Hash, byte[] Content)
    {
        public static async Task<Snapshot> Take(string store)
        {
            if (!IsDatabase(store)) { return new Snapshot(0, [], await File.ReadAllBytesAsync(Path(store))); }
            await using NpgsqlDataSource database = NpgsqlDataSource.Create(store);
            await using NpgsqlCommand command = database.CreateCommand("select version, hash, content from costshare.snapshot where building = 'long'");
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return new Snapshot(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2));
        }

        public static async Task Remove(string store)
        {
            if (!IsDatabase(store))
            {
                File.Delete(Path(store));
                return;
            }
            await using NpgsqlDataSource database = NpgsqlDataSource.Create(store);
            await using NpgsqlCommand command = database.CreateCommand("delete from costshare.snapshot where building = 'long'");
            await command.ExecuteNonQueryAsync();
        }

        public async Task PutBack(string store)
        {
            await Remove(store);
            if (!IsDatabase(store))
            {
                await File.WriteAllBytesAsync(Path(store), Content);
                return;
            }
            await using NpgsqlDataSource database = NpgsqlDataSource.Create(store);
            await using NpgsqlCommand command = database.CreateCommand("insert into costshare.snapshot (building, version, hash, content) values ('long', $1, $2, $3)");
            command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Version }, new() { Value = Hash }, new() { Value = Content } });
            await command.ExecuteNonQueryAsync();
        }

        private static string Path(string store) => System.IO.Path.Combine(store, "long.snapshot");
    }
}
