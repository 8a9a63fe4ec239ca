using System.Diagnostics;
using System.Globalization;
using System.Text;
using CostShare.Api.CommandLine;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Silo.Access;
using CostShare.Silo.Contacts;
using CostShare.Silo.Journals;
using Npgsql;

namespace CostShare.Silo.Tests;

/// <summary>The commands on what is stored: what an audit finds, moving to PostgreSQL, and backups as docs/operations.md tells.</summary>
[Collection(nameof(PostgresServer))]
public sealed class StoreCommandTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("COSTSHARE_CASES") ?? "10000", CultureInfo.InvariantCulture) / 5;
    private static readonly string[] Ids = ["anshan-1", "leshan-6-12", "leshan-6-13"];

    private readonly string _data = Directory.CreateTempSubdirectory("costshare-audit-").FullName;
    private string _connection = "";

    private string Journal => Path.Combine(_data, "journal");

    private string Heads => Path.Combine(_data, "heads");

    private string Database => new NpgsqlConnectionStringBuilder(_connection).Database!;

    public async Task InitializeAsync() => _connection = await server.NewDatabase();

    public async Task DisposeAsync()
    {
        Directory.Delete(_data, recursive: true);
        await server.Remove(Database);
    }

    [Fact]
    public async Task What_is_right_is_told_to_be_right_beside_a_running_server_and_nothing_is_changed()
    {
        int entries = await Fill();
        await using FileJournal running = Open();
        string[] before = Everything();
        Assert.Equal((0, $"检查了 {entries} 条记录、3 份定案凭证：3 个门栋全对，0 个有问题。\n", ""), Run("audit", "--data", _data));
        Assert.Equal(before, Everything());
        Assert.Equal((0, $"{entries} entries and 3 passports were checked: 3 buildings are right, 0 are wrong.\n", ""), Run("audit", "--data", _data, "--lang", "en"));

        Assert.Equal(0, Run("audit", "--data", _data, "--heads", Heads).Code);
        string[] heads = await File.ReadAllLinesAsync(Heads);
        Assert.Equal(Ids, heads.Select(head => head.Split(' ')[0]));
        Assert.All(heads, head => Assert.StartsWith(head.Split(' ')[2], File.ReadLines(FileOf(head.Split(' ')[0])).ElementAt(int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture) - 1), StringComparison.Ordinal));
        // What goes on since has the old heads in it.
        await running.Append(BuildingId.Of(Ids[0]), Entry((await running.Read(BuildingId.Of(Ids[0]), 0)).Count + 1, new StageEntered { Stage = Stage.InUse, On = new DateOnly(2027, 1, 1) }));
        Assert.Equal(0, Run("audit", "--data", _data, "--heads", Heads).Code);
        Assert.NotEqual(heads, await File.ReadAllLinesAsync(Heads));

        string[] Everything() => [.. Directory.GetFiles(Journal).Where(file => Path.GetFileName(file) != "lock").Order().Select(file => file + Convert.ToHexString(File.ReadAllBytes(file)))];
    }

    [Fact]
    public async Task Every_change_of_a_character_in_files_is_found_at_its_building_and_no_other()
    {
        await Fill();
        var random = new Random(17);
        int told = 0;
        for (int i = 0; i < Cases; i++)
        {
            string id = Ids[random.Next(Ids.Length)];
            byte[] whole = await File.ReadAllBytesAsync(FileOf(id));
            // The ends of files are rare among all bytes, and told otherwise.
            int at = random.Next(40) == 0 ? whole.Length - random.Next(3) : random.Next(whole.Length + 1);
            byte other = (byte)random.Next(256);
            byte[] changed = random.Next(3) switch
            {
                0 when at < whole.Length && other != whole[at] => [.. whole[..at], other, .. whole[(at + 1)..]],
                1 when at < whole.Length => [.. whole[..at], .. whole[(at + 1)..]],
                _ => [.. whole[..at], other, .. whole[at..]],
            };
            await File.WriteAllBytesAsync(FileOf(id), changed);
            (int code, string output, _) = Run("audit", "--data", _data);
            string[] lines = output.Split('\n')[..^2];
            Assert.True(lines.Length == 1 && lines[0].StartsWith(id + ": ", StringComparison.Ordinal), $"{id} at {at} of {whole.Length}: {output}");
            Assert.True(code == 1 || (lines[0].Contains("不算错", StringComparison.Ordinal) && changed.Length != whole.Length && at >= whole.Length - 1), $"{id} at {at} of {whole.Length}: {output}");
            told += code;
            await File.WriteAllBytesAsync(FileOf(id), whole);
        }
        Assert.True(told > Cases * 9 / 10, $"{told}");
        Assert.Equal(0, Run("audit", "--data", _data).Code);
    }

    [Fact]
    public async Task A_last_line_that_was_torn_anywhere_is_no_fault_but_is_told_and_against_the_heads_it_is_one()
    {
        await Fill();
        Assert.Equal(0, Run("audit", "--data", _data, "--heads", Heads).Code);
        IReadOnlyList<BuildingHead> heads = [JournalAudit.ReadHeads(Heads).Single(head => head.Building == Ids[1])];
        byte[] whole = await File.ReadAllBytesAsync(FileOf(Ids[1]));
        int last = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        await Task.WhenAll(Enumerable.Range(last, whole.Length - last).Select(async end =>
        {
            string folder = Directory.CreateDirectory(Path.Combine(_data, $"torn{end}")).FullName;
            await File.WriteAllBytesAsync(Path.Combine(folder, Ids[1] + ".jsonl"), whole[..end]);
            foreach (bool isKept in (bool[])[false, true])
            {
                var findings = new List<AuditFinding>();
                await using JournalAudit audit = JournalAudit.OfFolder(folder);
                AuditResult result = await audit.Run(StoredEvents.Codec, (_, _, _) => null, isKept ? heads : [], findings.Add);
                if (end == last && !isKept) { Assert.Empty(findings); }
                else
                {
                    AuditFault fault = end == whole.Length - 1 ? AuditFault.BreakMissing : isKept ? AuditFault.Shortened : AuditFault.Unfinished;
                    Assert.Equal((Ids[1], fault), (Assert.Single(findings).Building, findings[0].Fault));
                }
                Assert.Equal(isKept && end < whole.Length - 1 ? 1 : 0, result.Wrong);
            }
        }));
    }

    [Fact]
    public async Task Only_the_heads_of_an_earlier_audit_tell_that_an_end_or_a_building_is_gone_or_was_replaced()
    {
        await Fill();
        Assert.Equal(0, Run("audit", "--data", _data, "--heads", Heads).Code);
        string heads = await File.ReadAllTextAsync(Heads);
        string[] lines = await File.ReadAllLinesAsync(FileOf(Ids[0]));
        await File.WriteAllTextAsync(FileOf(Ids[0]), string.Concat(lines[..^1].Select(line => line + "\n")));
        File.Delete(FileOf(Ids[1]));
        File.Delete(FileOf(Ids[2]));
        await using (FileJournal journal = Open())
        {
            for (int version = 1; version <= 40; version++) { await journal.Append(BuildingId.Of(Ids[2]), Entry(version, version == 1 ? Sent.Events[0] : new StageEntered { Stage = Stage.InUse, On = new DateOnly(2027, 1, 1) })); }
        }
        Assert.Equal(0, Run("audit", "--data", _data).Code);
        (int code, string output, string error) = Run("audit", "--data", _data, "--heads", Heads, "--lang", "en");
        Assert.Equal((1, ""), (code, error));
        string[] told = output.Split('\n');
        Assert.StartsWith($"{Ids[0]}: version {lines.Length}: {FileOf(Ids[0])}, line {lines.Length}: the last entries are gone; earlier it had come to version: {lines.Length}.", told[0], StringComparison.Ordinal);
        Assert.Matches($"^{Ids[2]}: version [0-9]+: .* its history was replaced", told[1]);
        Assert.Matches($"^{Ids[1]}: version [0-9]+: the whole building is gone", told[2]);
        Assert.EndsWith("1 buildings are right, 3 are wrong.\n", string.Concat(told[3].Replace(" 0 buildings", " 1 buildings", StringComparison.Ordinal), "\n"), StringComparison.Ordinal);
        Assert.Equal(heads, await File.ReadAllTextAsync(Heads));
    }

    [Theory]
    [InlineData("不是一条记录", "{\"version\":1,\"command\":\"c1\"}")]
    [InlineData("不是一条记录", "not json")]
    [InlineData("不是一条记录", "{\"version\":1, \"command\":\"c\",\"digest\":\"\",\"at\":\"2026-01-01T00:00:00.000Z\",\"by\":\"\",\"type\":\"stageEntered\",\"schema\":1,\"payload\":{\"kind\":\"stageEntered\",\"stage\":\"inUse\",\"on\":\"2026-01-01\"}}")]
    [InlineData("读不懂", "{\"version\":1,\"command\":\"c\",\"digest\":\"\",\"at\":\"2026-01-01T00:00:00.000Z\",\"by\":\"\",\"type\":\"unheardOf\",\"schema\":1,\"payload\":{}}")]
    [InlineData("读不懂", "{\"version\":1,\"command\":\"c\",\"digest\":\"\",\"at\":\"2026-01-01T00:00:00.000Z\",\"by\":\"\",\"type\":\"householdRemoved\",\"schema\":1,\"payload\":{\"kind\":\"householdRemoved\",\"household\":\"9\",\"reason\":\"x\"}}")]
    [InlineData("时间比前一条早", "{\"version\":1,\"command\":\"c\",\"digest\":\"\",\"at\":\"2026-01-01T00:00:00.000Z\",\"by\":\"\",\"type\":\"buildingRegistered\",\"schema\":1,\"payload\":{\"kind\":\"buildingRegistered\",\"street\":\"a\",\"address\":\"b\",\"storeys\":7}}",
        "{\"version\":2,\"command\":\"d\",\"digest\":\"\",\"at\":\"2025-12-31T23:59:59.999Z\",\"by\":\"\",\"type\":\"stageEntered\",\"schema\":1,\"payload\":{\"kind\":\"stageEntered\",\"stage\":\"inUse\",\"on\":\"2026-01-01\"}}")]
    [InlineData("记了两次", "{\"version\":1,\"command\":\"c\",\"digest\":\"\",\"at\":\"2026-01-01T00:00:00.000Z\",\"by\":\"\",\"type\":\"buildingRegistered\",\"schema\":1,\"payload\":{\"kind\":\"buildingRegistered\",\"street\":\"a\",\"address\":\"b\",\"storeys\":7}}",
        "{\"version\":2,\"command\":\"c\",\"digest\":\"\",\"at\":\"2026-01-01T00:00:00.000Z\",\"by\":\"\",\"type\":\"stageEntered\",\"schema\":1,\"payload\":{\"kind\":\"stageEntered\",\"stage\":\"inUse\",\"on\":\"2026-01-01\"}}")]
    public void What_is_chained_and_yet_is_nothing_is_found(string sentence, params string[] lines)
    {
        Directory.CreateDirectory(Journal);
        string hash = JournalEntry.Beginning(BuildingId.Of("b"));
        var file = new StringBuilder();
        foreach (string line in lines)
        {
            hash = JournalEntry.HashOf(hash, Encoding.UTF8.GetBytes(line));
            file.Append(CultureInfo.InvariantCulture, $"{hash} {line}\n");
        }
        File.WriteAllText(FileOf("b"), file.ToString());
        (int code, string output, _) = Run("audit", "--data", _data);
        Assert.Equal(1, code);
        Assert.StartsWith($"b: 第 {lines.Length} 条: {FileOf("b")}, line {lines.Length}: ", output, StringComparison.Ordinal);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passport_that_is_wrong_or_another_than_was_recorded_is_found_and_so_is_a_file_without_a_building()
    {
        await Fill();
        JournalEntry[] entries;
        await using (FileJournal journal = Open()) { entries = [.. await journal.Read(BuildingId.Of(Ids[0]), 0)]; }
        JournalEntry last = entries[^1];
        Assert.Equal("contributionsFinalised", last.Type);
        foreach ((string id, string old, string changed) in ((string, string, string)[])
            [("a", "\\\"selfFundedFen\\\":70000000", "\\\"selfFundedFen\\\":70000001"), ("b", "\"sha256\":\"", "\"sha256\":\"0"), ("c", "", "")])
        {
            string payload = old.Length == 0 ? last.Payload : last.Payload.Replace(old, changed, StringComparison.Ordinal);
            if (id == "b") { payload = payload.Remove(payload.LastIndexOf("\"sha256\":\"", StringComparison.Ordinal) + 74, 1); }
            Assert.Equal(old.Length > 0, payload != last.Payload);
            await using FileJournal journal = Open();
            Assert.True(await journal.Adopt(BuildingId.Of(id), [.. entries[..^1], last with { Payload = payload }]));
        }
        File.Copy(FileOf(Ids[0]), FileOf("Anshan 1 (copy)"));
        (int code, string output, _) = Run("audit", "--data", _data);
        string[] told = output.Split('\n');
        Assert.Equal(1, code);
        Assert.StartsWith("Anshan 1 (copy): 第 1 条: ", told[0], StringComparison.Ordinal);
        Assert.Contains("这不是门栋的编号", told[0], StringComparison.Ordinal);
        Assert.StartsWith($"a: 第 {entries.Length} 条: {FileOf("a")}, line {entries.Length}: 定案凭证不对：/result/funding/selfFundedFen", told[1], StringComparison.Ordinal);
        Assert.StartsWith($"b: 第 {entries.Length} 条: ", told[2], StringComparison.Ordinal);
        Assert.Contains("凭证本身对，但与这个门栋当时的情况", told[2], StringComparison.Ordinal);
        // The passport of another building.
        Assert.StartsWith($"c: 第 {entries.Length} 条: ", told[3], StringComparison.Ordinal);
        Assert.Contains("3 个门栋全对，4 个有问题", told[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_beside_writers_finds_nothing_wrong()
    {
        await using FileJournal journal = Open();
        using var end = new CancellationTokenSource();
        Task[] writers = [.. Ids.Select(id => Task.Run(async () =>
        {
            for (int version = 1; !end.IsCancellationRequested; version++)
            {
                await journal.Append(BuildingId.Of(id), Entry(version, version == 1 ? Sent.Events[0] : new CostsSet { Costs = [Sent.Lift with { Name = new string('梯', 60) }] }));
            }
        }))];
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 30 || ((await journal.Read(BuildingId.Of(Ids[0]), 0)).Count < 200 && watch.Elapsed < TimeSpan.FromSeconds(30)); i++)
        {
            (int code, string output, string error) = Run("audit", "--data", _data, "--heads", Heads);
            Assert.Equal((0, "", 2), (code, error, output.Count(letter => letter == '\n')));
            await Task.Delay(1);
        }
        await end.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal(0, Run("audit", "--data", _data, "--heads", Heads).Code);
    }

    [Fact]
    public async Task Every_bit_that_was_turned_in_a_database_is_found_at_its_building()
    {
        await Fill();
        Assert.Equal(0, Run("transfer", "--data", _data, "--connection", _connection).Code);
        var random = new Random(23);
        int lines = 0;
        for (int i = 0; i < 200; i++)
        {
            string id = Ids[random.Next(Ids.Length)];
            (string table, string column) = random.Next(8) switch { 0 => ("head", "hash"), 1 => ("journal", "command"), 2 => ("journal", "hash"), _ => ("journal", "line") };
            string where = table == "head" ? $"building = '{id}'" : $"building = '{id}' and version = {random.Next(1, 13)}";
            string bytes = column == "command" ? "convert_to(command, 'UTF8')" : column;
            int length = (int)(await server.Run(Database, $"select octet_length({bytes}) from costshare.{table} where {where}"))!;
            int bit = column == "command" ? (random.Next(length) * 8) + 6 : random.Next(length * 8);
            string turned = $"set_bit({bytes}, {bit}, 1 - get_bit({bytes}, {bit}))";
            string change = $"update costshare.{table} set {column} = {(column == "command" ? $"convert_from({turned}, 'UTF8')" : turned)} where {where}";
            await server.Run(Database, change);
            (int code, string output, string error) = Run("audit", "--connection", _connection);
            Assert.True(code == 1 && error.Length == 0, change + output + error);
            Assert.StartsWith(id + ": ", output, StringComparison.Ordinal);
            Assert.Contains($"costshare.{table}, building '{id}', version ", output, StringComparison.Ordinal);
            Assert.Equal(2, output.Count(letter => letter == '\n'));
            await server.Run(Database, change);
            lines += column == "line" ? 1 : 0;
        }
        Assert.InRange(lines, 50, 190);
        Assert.Equal(0, Run("audit", "--connection", _connection).Code);
    }

    [Fact]
    public async Task Contacts_and_the_administrator_go_with_their_buildings_and_what_is_erased_there_does_not_come_back()
    {
        await Fill();
        BuildingId building = BuildingId.Of(Ids[0]);
        string folder = Path.Combine(_data, "contacts");
        using (ContactStore contacts = await ContactStore.Open(FileContacts.Open(folder), new FileHash(Path.Combine(folder, "check.json")), _data, null))
        {
            await contacts.Write(building, new("101"), "甲");
            await contacts.Write(building, new("201"), "乙");
        }
        byte[] token = AdministratorStore.HashOf("a token");
        await new FileHash(Path.Combine(_data, "administrator.json")).Keep(token);
        Assert.Equal(0, Run("transfer", "--data", _data, "--connection", _connection).Code);
        await using (PostgresJournal journal = await PostgresJournal.Open(_connection, TimeSpan.FromMinutes(1), _ => { }))
        {
            Assert.True(await (await AdministratorStore.Open(PostgresHash.OfAdministrator(journal))).IsAdministrator("a token"));
            using ContactStore contacts = await ContactStore.Open(new PostgresContacts(journal), PostgresHash.OfContactsKey(journal), _data, null);
            Assert.Equal(("甲", "乙"), (await contacts.Read(building, new("101")), await contacts.Read(building, new("201"))));
            await contacts.Erase(building, new("101"));
            Assert.Equal(0, Run("transfer", "--data", _data, "--connection", _connection).Code);
            Assert.Equal((null, "乙"), (await contacts.Read(building, new("101")), await contacts.Read(building, new("201"))));
        }
        // Contacts that another key opens are not mixed with these.
        await server.Run(Database, "update costshare.contact_check set sha256 = sha256('other')");
        (int code, _, string error) = Run("transfer", "--data", _data, "--connection", _connection);
        Assert.Equal((2, "做不下去：数据库里的联系方式用的是另一把密钥\n"), (code, error));
    }

    [Theory]
    [InlineData("update costshare.journal set building = 'leshan-6-1s' where building = 'leshan-6-13' and version = 3", "leshan-6-13", "leshan-6-1s")]
    [InlineData("update costshare.journal set building = 'Leshan!' where building = 'leshan-6-13' and version = 3", "Leshan!", "leshan-6-13")]
    [InlineData("update costshare.head set building = 'leshan-6-1s' where building = 'leshan-6-13'", "leshan-6-13", "leshan-6-1s")]
    [InlineData("update costshare.journal set version = 30000 where building = 'leshan-6-13' and version = 3", "leshan-6-13")]
    [InlineData("update costshare.head set version = 2 where building = 'leshan-6-13'", "leshan-6-13")]
    [InlineData("delete from costshare.journal where building = 'leshan-6-13' and version = 12", "leshan-6-13")]
    [InlineData("delete from costshare.journal where building = 'leshan-6-13'", "leshan-6-13")]
    [InlineData("delete from costshare.head where building = 'leshan-6-13'", "leshan-6-13")]
    public async Task What_was_changed_around_the_lines_of_a_database_is_found(string change, params string[] wrong)
    {
        await Fill();
        Assert.Equal(0, Run("transfer", "--data", _data, "--connection", _connection).Code);
        Assert.Equal(0, Run("audit", "--connection", _connection, "--heads", Heads).Code);
        await server.Run(Database, change);
        (int code, string output, _) = Run("audit", "--connection", _connection);
        Assert.Equal(1, code);
        Assert.Equal(wrong.Order(), output.Split('\n')[..^2].Select(line => line.Split(": ")[0]).Order());
        await server.Run(Database, "delete from costshare.head where building = 'leshan-6-13'; delete from costshare.journal where building in ('leshan-6-13', 'Leshan!', 'leshan-6-1s'); delete from costshare.head where building = 'leshan-6-1s'");
        Assert.Equal(0, Run("audit", "--connection", _connection).Code);
        (code, output, _) = Run("audit", "--connection", _connection, "--heads", Heads);
        Assert.Equal((1, true), (code, output.StartsWith("leshan-6-13: 第 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_audit_of_a_database_changes_nothing_and_needs_no_right_but_to_read()
    {
        (int code, string output, string error) = Run("audit", "--connection", _connection);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("it holds no journal", error, StringComparison.Ordinal);
        Assert.Equal(0L, await server.Run(Database, "select count(*) from pg_namespace where nspname = 'costshare'"));

        await Fill();
        Run("transfer", "--data", _data, "--connection", _connection);
        // As an older program left it.
        await server.Run(Database, "drop table costshare.snapshot, costshare.contact_key, costshare.contact, costshare.contact_check, costshare.administrator; delete from costshare.migration where number > 1");
        await server.Run(Database, "create role auditor login password 'auditor'; grant usage on schema costshare to auditor; grant select on all tables in schema costshare to auditor");
        var reader = new NpgsqlConnectionStringBuilder(_connection) { Username = "auditor", Password = "auditor", Pooling = false };
        Assert.Equal((0, ""), (Run("audit", "--connection", reader.ConnectionString).Code, Run("audit", "--connection", reader.ConnectionString).Error));
        Assert.Equal(1L, await server.Run(Database, "select count(*) from costshare.migration"));
        await server.Run(Database, "insert into costshare.migration (number, name, sha256) values (9999, '9999-later.sql', '')");
        Assert.Equal(2, Run("audit", "--connection", _connection).Code);
        await server.Run(Database, "drop owned by auditor; drop role auditor");
    }

    [Fact]
    public async Task A_check_of_summaries_changes_nothing_and_needs_no_right_but_to_read()
    {
        (int code, string output, string error) = Run("summaries", "check", "--connection", _connection);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("it holds no journal", error, StringComparison.Ordinal);
        Assert.Equal(0L, await server.Run(Database, "select count(*) from pg_namespace where nspname = 'costshare'"));

        await Fill();
        Run("transfer", "--data", _data, "--connection", _connection);
        Run("summaries", "rebuild", "--connection", _connection);
        await server.Run(Database, "create role checker login password 'checker'; grant usage on schema costshare to checker; grant select on all tables in schema costshare to checker");
        var reader = new NpgsqlConnectionStringBuilder(_connection) { Username = "checker", Password = "checker", Pooling = false };
        Assert.Equal((0, "核对了 3 个门栋：摘要不对的 0 个，读不了的 0 个，合计不对的 0 个。\n"), (Run("summaries", "check", "--connection", reader.ConnectionString).Code, Run("summaries", "check", "--connection", reader.ConnectionString).Output));
        await server.Run(Database, "drop owned by checker; drop role checker");
        // As an older program left it.
        await server.Run(Database, "drop table costshare.summary, costshare.summary_past, costshare.summary_basis, costshare.summary_unreadable, costshare.tally; delete from costshare.migration where number = 5");
        (code, output, error) = Run("summaries", "check", "--connection", _connection);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("0005-summaries.sql has not run in it yet", error, StringComparison.Ordinal);
        Assert.Equal(4L, await server.Run(Database, "select count(*) from costshare.migration"));
    }

    [Fact]
    public async Task Summaries_of_what_was_moved_are_made_also_where_a_server_was_started_meanwhile()
    {
        await Fill();
        await using (await PostgresJournal.Open(_connection, TimeSpan.FromMinutes(1), _ => { })) { }
        // It takes what is there by then for all.
        await server.Run(Database, "create function costshare.start() returns trigger language plpgsql as $$ begin insert into costshare.summary_basis (sha256) values (sha256('')) on conflict do nothing; return null; end $$");
        await server.Run(Database, "create trigger start after insert on costshare.head for each row execute function costshare.start()");
        Assert.Equal(0, Run("transfer", "--data", _data, "--connection", _connection).Code);
        Assert.Equal(0L, await server.Run(Database, "select count(*) from costshare.summary_basis"));
    }

    [Fact]
    public async Task A_move_keeps_every_byte_and_can_be_done_again()
    {
        int entries = await Fill();
        Assert.Equal(0, Run("audit", "--data", _data, "--heads", Heads).Code);
        // What an interruption leaves: one of them is there.
        await using (FileJournal files = Open())
        {
            await using PostgresJournal database = await PostgresJournal.Open(_connection, TimeSpan.FromMinutes(1), _ => { });
            await database.Adopt(BuildingId.Of(Ids[1]), await files.Read(BuildingId.Of(Ids[1]), 0));
        }
        (int code, string output, _) = Run("transfer", "--data", _data, "--connection", _connection, "--lang", "en");
        Assert.Equal((0, "2 buildings were moved, 1 had been before, 0 were not."), (code, output.Split('\n')[0]));
        // The heads of the files are those of the database.
        (code, output, _) = Run("audit", "--connection", _connection, "--heads", Heads);
        Assert.Equal(0, code);
        Assert.StartsWith($"检查了 {entries} 条记录", output, StringComparison.Ordinal);

        // A building that goes on in the database was moved; one that went another way was not, nor is one that is damaged.
        await using (PostgresJournal database = await PostgresJournal.Open(_connection, TimeSpan.FromMinutes(1), _ => { }))
        {
            await database.Append(BuildingId.Of(Ids[0]), Entry((await database.Read(BuildingId.Of(Ids[0]), 0)).Count + 1, Sent.Events[12]));
        }
        await using (FileJournal files = Open()) { await files.Append(BuildingId.Of(Ids[1]), Entry((await files.Read(BuildingId.Of(Ids[1]), 0)).Count + 1, Sent.Events[12])); }
        byte[] bytes = await File.ReadAllBytesAsync(FileOf(Ids[2]));
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(FileOf(Ids[2]), bytes);
        (code, output, _) = Run("transfer", "--data", _data, "--connection", _connection, "--lang", "en");
        Assert.Equal(1, code);
        string[] told = output.Split('\n');
        Assert.Equal($"{Ids[1]}: the database has a building of this id with another history; it was left alone.", told[0]);
        Assert.StartsWith($"{Ids[2]}: it was not moved: The journal of {Ids[2]} is damaged at version 1", told[1], StringComparison.Ordinal);
        Assert.Equal("0 buildings were moved, 1 had been before, 2 were not.", told[2]);
        Assert.Equal(0, Run("audit", "--connection", _connection).Code);
    }

    [Fact]
    public async Task Summaries_are_made_again_and_compared_with_what_happened()
    {
        await Fill();
        Assert.Equal(0, Run("transfer", "--data", _data, "--connection", _connection).Code);
        // What was moved has none yet.
        (int code, string output, string error) = Run("summaries", "check", "--connection", _connection, "--lang", "en");
        Assert.Equal((1, "0 of 3 buildings so far.\n3 of 3 buildings so far.\n"), (code, error));
        Assert.Equal([.. Ids.Select(id => $"{id}: its summary is not the one that its history gives."), "3 buildings were checked: the summaries of 3 and 0 sums are wrong; 0 could not be read.", ""], output.Split('\n'));
        Assert.Equal((0, "3 个门栋：重做了 3 个摘要、0 个合计，读不了的 0 个。\n", "已处理 0 / 3 个门栋。\n已处理 3 / 3 个门栋。\n"), Run("summaries", "rebuild", "--connection", _connection));
        Assert.Equal(1L, await server.Run(Database, "select count(*) from costshare.summary_basis"));
        Assert.Equal((0, "核对了 3 个门栋：摘要不对的 0 个，读不了的 0 个，合计不对的 0 个。\n"), (Run("summaries", "check", "--connection", _connection).Code, Run("summaries", "check", "--connection", _connection).Output));

        await server.Run(Database, "insert into costshare.summary_past select building, since - 9, street, estate, content, keys, sums from costshare.summary where building = 'leshan-6-12'");
        await server.Run(Database, "insert into costshare.tally values (0, '', '', 'stairs', 2), (2, '徐家汇街道', '', 'stairs', 1)");
        await server.Run(Database, "update costshare.journal set line = set_byte(line, 50, 0) where building = 'anshan-1' and version = 2");
        (code, output, _) = Run("summaries", "check", "--connection", _connection);
        Assert.Equal(1, code);
        string[] told = output.Split('\n');
        Assert.StartsWith("anshan-1: 读不了：", told[0], StringComparison.Ordinal);
        Assert.Equal(["leshan-6-12: 2026-11-11 的摘要与记录不符。", "合计 stairs: 存的是 5，各门栋之和是 3。", "合计 徐家汇街道 / - / stairs: 存的是 1，各门栋之和是 0。", "核对了 3 个门栋：摘要不对的 1 个，读不了的 1 个，合计不对的 2 个。"], told[1..^1]);
        (code, output, error) = Run("summaries", "rebuild", "--connection", _connection, "--lang", "en");
        Assert.Equal((1, "3 buildings: the summaries of 1 and 2 sums were made again; 1 could not be read.\n"), (code, output));
        Assert.Contains("the summary of anshan-1 stays as it is, because the building cannot be read: ", error, StringComparison.Ordinal);
        Assert.Contains("摘要不对的 0 个，读不了的 1 个，合计不对的 0 个", Run("summaries", "check", "--connection", _connection).Output, StringComparison.Ordinal);
        // Other policies than those of the sums; what comes in by a move is not known to be right.
        string policies = Directory.CreateDirectory(Path.Combine(_data, "policies")).FullName;
        Assert.Equal(1, Run("summaries", "rebuild", "--connection", _connection, "--policies", policies).Code);
        Run("transfer", "--data", _data, "--connection", _connection);
        Assert.Equal(0L, await server.Run(Database, "select count(*) from costshare.summary_basis"));

        Assert.Equal((0, "数据文件夹的摘要只在内存里，每次启动都由记录重新做，没有可核对或重做的。\n", ""), Run("summaries", "check", "--data", _data));
        Assert.Equal(0, Run("summaries", "rebuild", "--data", _data).Code);
    }

    [Fact]
    public async Task What_cannot_be_begun_is_told_in_a_line()
    {
        Misused("summaries 后面要写 check 或 rebuild。", "summaries");
        Misused("Behind summaries stands check or rebuild.", "summaries", "mend", "--lang", "en");
        Misused("不需要“x”。", "summaries", "check", "x");
        Misused("没有选项 --heads。", "summaries", "check", "--heads", "x");
        Misused("--data 和 --connection 只能写一个。", "summaries", "check", "--data", "x", "--connection", "y");
        Assert.Equal((2, "", $"做不下去：{Journal} 里没有门栋的数据\n"), Run("summaries", "check", "--data", Journal));
        Assert.Equal(2, Run("summaries", "rebuild", "--connection", _connection, "--policies", Path.Combine(_data, "none")).Code);
        Misused("缺少 --data。", "transfer");
        Misused($"不知道搬到哪个数据库：请设置环境变量 {StoreArguments.Variable}。", "transfer", "--data", _data);
        Misused("没有选项 --heads。", "transfer", "--heads", "x");
        Misused("没有选项 --policies。", "audit", "--policies", "x");
        Misused("--data 和 --connection 只能写一个。", "audit", "--data", "x", "--connection", "y");
        Misused("不需要“x”。", "audit", "x");
        Misused("There is no option --langs.", "audit", "--langs", "--lang", "en");
        Assert.Equal((2, "", $"做不下去：there is no journal in {Journal}\n"), Run("audit", "--data", _data));
        Assert.Equal((2, "", $"This cannot be done: there is no journal in {_data}\n"), Run("transfer", "--data", _data, "--connection", _connection, "--lang=en"));
        Assert.Equal(2, Run("audit", "--connection", "Host=127.0.0.1;Port=1;Timeout=2").Code);
        await using (Open())
        {
            Assert.Contains("another process holds it", Run("transfer", "--data", _data, "--connection", _connection).Error, StringComparison.Ordinal);
            foreach (string line in (string[])["b 1", "b 0 " + new string('a', 64), "b 1 " + new string('x', 64), "B 1 " + new string('a', 64), $"b 1 {new string('a', 64)}\nb 1 {new string('a', 64)}", ""])
            {
                await File.WriteAllTextAsync(Heads, line + "\n");
                Assert.Equal(2, Run("audit", "--data", _data, "--heads", Heads).Code);
            }
        }

        static void Misused(string problem, params string[] words)
        {
            (int code, string output, string error) = Run(words);
            Assert.Equal((2, "", problem), (code, output, error.Split('\n')[0]));
        }
    }

    [Fact]
    public async Task The_environment_names_the_database_where_no_option_does()
    {
        await Fill();
        foreach (string[] words in (string[][])[["transfer", "--data", _data], ["audit"]])
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _data };
            start.Environment[StoreArguments.Variable] = _connection;
            start.ArgumentList.Add(typeof(Program).Assembly.Location);
            foreach (string word in words) { start.ArgumentList.Add(word); }
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0 && (await output).Contains("3 个门栋", StringComparison.Ordinal), await output + await error);
        }
    }

    [Fact]
    public async Task A_copy_of_the_folder_taken_while_it_is_written_to_is_an_earlier_state()
    {
        string copy = Path.Combine(_data, "backup");
        await using FileJournal journal = Open();
        using var end = new CancellationTokenSource();
        Task[] writers = [.. Ids.Select(id => Task.Run(async () =>
        {
            await using var host = new BuildingHost(journal, Sent.Summariser, Sent.Rules, _ => { }) { SnapshotEvery = 5 };
            await host.Execute(Sent.Turn(BuildingId.Of(id), "0", Sent.Register));
            for (int i = 1; !end.IsCancellationRequested; i++) { await host.Execute(Sent.Turn(BuildingId.Of(id), $"{i}", new RegisterHouseholds { Households = [Sent.Flat($"h{i}", 2)] })); }
        }))];
        while ((await journal.Buildings(null, 10)).Count < Ids.Length) { await Task.Delay(5); }
        for (int i = 0; i < 10; i++)
        {
            Directory.CreateDirectory(Path.Combine(copy, "journal"));
            await Finish("sh", "-c", $"cp -p '{Journal}'/*.jsonl '{copy}/journal'");
            (int code, string output, string error) = Run("audit", "--data", copy);
            Assert.True(code == 0, output + error);
            var told = new List<string>();
            await using (var restored = FileJournal.Open(Path.Combine(copy, "journal"), told.Add))
            {
                var host = new BuildingHost(restored, Sent.Summariser, Sent.Rules, told.Add);
                foreach (string id in Ids)
                {
                    IReadOnlyList<JournalEntry> entries = await restored.Read(BuildingId.Of(id), 0);
                    Assert.Equal((await journal.Read(BuildingId.Of(id), 0)).Take(entries.Count), entries);
                    Assert.Equal(entries.Count, (await host.Read(BuildingId.Of(id), null)).Version);
                    Assert.Equal(TurnOutcome.Done, (await host.Execute(Sent.Turn(BuildingId.Of(id), "restored", new RegisterHouseholds { Households = [Sent.Flat("restored", 2)] }))).Outcome);
                }
            }
            // A last line may have been copied while it was written.
            Assert.All(told, line => Assert.Contains(": the last line was ", line, StringComparison.Ordinal));
            Directory.Delete(copy, recursive: true);
            await Task.Delay(30);
        }
        await end.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task A_dump_taken_while_the_database_is_written_to_is_restored_with_pg_restore()
    {
        string restored = new NpgsqlConnectionStringBuilder(await server.NewDatabase()).Database!;
        try
        {
            await using PostgresJournal journal = await PostgresJournal.Open(_connection, TimeSpan.FromMinutes(1), _ => { });
            await using var host = new BuildingHost(journal, Sent.Summariser, Sent.Rules, _ => { }) { SnapshotEvery = 5 };
            using var end = new CancellationTokenSource();
            Task writer = Task.Run(async () =>
            {
                await host.Execute(Sent.Turn(BuildingId.Of(Ids[0]), "0", Sent.Register));
                for (int i = 1; !end.IsCancellationRequested; i++) { await host.Execute(Sent.Turn(BuildingId.Of(Ids[0]), $"{i}", new RegisterHouseholds { Households = [Sent.Flat($"h{i}", 2)] })); }
            });
            while ((await journal.Read(BuildingId.Of(Ids[0]), 0)).Count < 20) { await Task.Delay(5); }
            await server.Use("pg_dump", "-Fc", "-n", "costshare", "-f", "costshare.dump", Database);
            await server.Use("pg_restore", "--exit-on-error", "-d", restored, "costshare.dump");
            await end.CancelAsync();
            await writer;

            string connection = new NpgsqlConnectionStringBuilder(_connection) { Database = restored }.ConnectionString;
            (int code, string output, string error) = Run("audit", "--connection", connection);
            Assert.True(code == 0, output + error);
            // Their sums are of the same moment.
            (code, output, error) = Run("summaries", "check", "--connection", connection);
            Assert.True(code == 0, output + error);
            await using PostgresJournal again = await PostgresJournal.Open(connection, TimeSpan.FromMinutes(1), told => Assert.Fail(told));
            IReadOnlyList<JournalEntry> entries = await again.Read(BuildingId.Of(Ids[0]), 0);
            Assert.Equal((await journal.Read(BuildingId.Of(Ids[0]), 0)).Take(entries.Count), entries);
            Assert.True(entries.Count >= 20);
            Assert.NotNull(await again.ReadSnapshot(BuildingId.Of(Ids[0])));
            Assert.Equal(Appended.Stored, await again.Append(BuildingId.Of(Ids[0]), Entry(entries.Count + 1, Sent.Events[12])));
        }
        finally
        {
            await server.Remove(restored);
        }
    }

    /// <summary>Three buildings of at least twelve entries, the last of which is a finalisation; how many entries there are.</summary>
    private async Task<int> Fill()
    {
        await using FileJournal journal = Open();
        await using var host = new BuildingHost(journal, Sent.Summariser, Sent.Rules, told => Assert.Fail(told));
        int entries = 0;
        foreach (string id in Ids)
        {
            BuildingCommand[] commands =
            [
                Sent.Register, new RegisterHouseholds { Households = [Sent.Flat("101", 1), Sent.Flat("201", 2), Sent.Flat("301", 3)] }, new SetCosts { Costs = [Sent.Lift] }, new ProposeScheme { Scheme = Sent.Equal },
                .. Enumerable.Range(0, 7 + Array.IndexOf(Ids, id)).Select(i => new AssessFeasibility { Feasibility = Feasibility.Hard, On = new DateOnly(2026, 1, 1).AddDays(i), Note = "管线密集 😀" }),
                new FinaliseContributions { Scheme = new("equal"), Evidence = new() { Record = "纸面记录", On = new DateOnly(2026, 7, 1), For = Count.Of(2), ForArea = Area.FromHundredths(104_60) } },
            ];
            foreach (BuildingCommand command in commands)
            {
                Turn turn = await host.Execute(Sent.Turn(BuildingId.Of(id), $"c{entries++}", command));
                Assert.Equal(TurnOutcome.Done, turn.Outcome);
            }
        }
        return entries;
    }

    private static JournalEntry Entry(int version, BuildingEvent happened)
    {
        (string type, int schema, string payload) = StoredEvents.Codec.Write(happened);
        return new JournalEntry
        {
            Version = version,
            Command = CommandId.Of($"e{version}"),
            Digest = new string('a', 64),
            At = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero),
            By = "volunteer",
            Type = type,
            Schema = schema,
            Payload = payload,
        };
    }

    private FileJournal Open() => FileJournal.Open(Journal, told => Assert.Fail(told));

    private string FileOf(string building) => Path.Combine(Journal, building + ".jsonl");

    private static (int Code, string Output, string Error) Run(params string[] words)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = new Commands(output, error, null).Answer(words)!.Value;
        return (code, output.ToString(), error.ToString());
    }

    private static async Task Finish(string program, params string[] words)
    {
        using Process process = Process.Start(program, words);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
