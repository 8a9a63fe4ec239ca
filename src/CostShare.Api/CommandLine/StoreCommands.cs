using System.Globalization;
using System.Text;
using CostShare.Api.Buildings;
using CostShare.Api.Policies;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Silo;
using CostShare.Silo.Contacts;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;

namespace CostShare.Api.CommandLine;

/// <summary>What a command on the store was given.</summary>
/// <param name="Data">The data folder; null where the store is a database.</param>
/// <param name="Connection">The connection string of the database; null where there is none.</param>
/// <param name="Heads">The file of heads; only with <see cref="Command.Audit"/>.</param>
internal sealed record StoreArguments(string? Data, string? Connection, string? Heads)
{
    /// <summary>Whether summaries are made again and not only checked; only with <see cref="Command.Summaries"/>.</summary>
    public bool Rebuild { get; private init; }

    /// <summary>A folder of policies besides those that are shipped; only with <see cref="Command.Summaries"/>.</summary>
    public string? Policies { get; private init; }

    /// <summary>The environment variable that names the database: what the settings call ConnectionStrings:CostShare.</summary>
    public const string Variable = "ConnectionStrings__CostShare";

    private const string DataOption = "--data", ConnectionOption = "--connection", HeadsOption = "--heads", PoliciesOption = "--policies", Check = "check", Again = "rebuild";

    /// <summary>Reads the words behind a command, and the environment for what they leave open.</summary>
    /// <param name="command">The command.</param>
    /// <param name="words">The words behind it.</param>
    /// <param name="language">The language of the problem.</param>
    /// <param name="problem">What is wrong with the words; empty where nothing is.</param>
    /// <returns>What was given, or null where something is wrong.</returns>
    public static StoreArguments? Read(Command command, IReadOnlyList<string> words, Language language, out string problem)
    {
        string[] known = command switch
        {
            Command.Audit => [DataOption, ConnectionOption, HeadsOption],
            Command.Summaries => [DataOption, ConnectionOption, PoliciesOption],
            _ => [DataOption, ConnectionOption],
        };
        if (Arguments.Sort(words, known, language, out problem) is not (List<string> files, Dictionary<string, string> options)) { return null; }
        (string? data, string? connection) = (options.GetValueOrDefault(DataOption), options.GetValueOrDefault(ConnectionOption));
        string? environment = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : null;
        string? action = command == Command.Summaries && files.Count > 0 ? files[0] : null;
        if (action is not null) { files.RemoveAt(0); }
        problem = command switch
        {
            Command.Summaries when action is not (Check or Again) => language.Choose($"summaries 后面要写 {Check} 或 {Again}。", $"Behind summaries stands {Check} or {Again}."),
            _ when files.Count > 0 => language.Choose($"不需要“{files[0]}”。", $"\"{files[0]}\" is not expected."),
            Command.Audit or Command.Summaries when data is not null && connection is not null => language.Choose("--data 和 --connection 只能写一个。", "--data and --connection exclude each other."),
            Command.Transfer when data is null => language.Choose("缺少 --data。", "--data is needed."),
            Command.Transfer when connection is null && environment is null => language.Choose($"不知道搬到哪个数据库：请设置环境变量 {Variable}。", $"No database is named: set the environment variable {Variable}."),
            _ => "",
        };
        if (problem.Length > 0) { return null; }
        return command == Command.Transfer ? new StoreArguments(data, connection ?? environment, null)
            : new StoreArguments(data ?? (connection is null && environment is null ? "data" : null), data is null ? connection ?? environment : null, options.GetValueOrDefault(HeadsOption))
            {
                Rebuild = action == Again,
                Policies = options.GetValueOrDefault(PoliciesOption),
            };
    }
}

/// <summary>The commands on what is stored: the audit, the move from files to PostgreSQL, and the summaries.</summary>
/// <param name="output">Receives what is found and the totals.</param>
/// <param name="error">Receives why a command cannot be carried out, and progress.</param>
/// <param name="language">The language.</param>
internal sealed class StoreCommands(TextWriter output, TextWriter error, Language language)
{
    /// <summary>Carries out a command.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Carry(Command command, StoreArguments arguments)
    {
        try
        {
            return command switch
            {
                Command.Audit => await Audit(arguments),
                Command.Transfer => await Transfer(arguments),
                _ => await Summaries(arguments),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or JournalUnavailableException or OutcomeUnknownException)
        {
            error.WriteLine(Refusals.Visible(language.Choose($"做不下去：{exception.Message}", $"This cannot be done: {exception.Message}")));
            return Commands.Misused;
        }
    }

    private static string JournalOf(string data) => Path.Combine(data, "journal");

    private async Task<int> Audit(StoreArguments arguments)
    {
        IReadOnlyList<BuildingHead> earlier = arguments.Heads is string kept && File.Exists(kept) ? JournalAudit.ReadHeads(kept) : [];
        await using JournalAudit audit = arguments.Data is string data ? JournalAudit.OfFolder(JournalOf(data)) : await JournalAudit.OfDatabase(arguments.Connection!);
        AuditResult result = await audit.Run(StoredEvents.Codec, Verify, earlier, finding => output.WriteLine(Refusals.Visible(Line(finding))));
        if (result.Wrong == 0 && arguments.Heads is string file) { JournalAudit.WriteHeads(file, result.Heads); }
        output.WriteLine(language.Choose(
            string.Create(CultureInfo.InvariantCulture, $"检查了 {result.Entries} 条记录、{result.Finalisations} 份定案凭证：{result.Heads.Count} 个门栋全对，{result.Wrong} 个有问题。"),
            string.Create(CultureInfo.InvariantCulture, $"{result.Entries} entries and {result.Finalisations} passports were checked: {result.Heads.Count} buildings are right, {result.Wrong} are wrong.")));
        if (arguments.Heads is string named)
        {
            output.WriteLine(result.Wrong == 0
                ? language.Choose($"各门栋最后一条的校验码已写入 {named}，请另外保存。", $"The heads were written to {named}; keep it elsewhere.")
                : language.Choose($"{named} 没有改动。", $"{named} was left as it is."));
        }
        return result.Wrong == 0 ? 0 : Commands.Refused;
    }

    private string? Verify(BuildingId building, Building before, ContributionsFinalised finalised)
    {
        if (PassportJson.Verify(Encoding.UTF8.GetBytes(finalised.Passport), language) is string wrong) { return wrong; }
        return BuildingFile.IsReckoned(building, before, finalised) ? null
            : language.Choose("凭证本身对，但与这个门栋当时的情况，或与记录的账单、校验码不符。", "It proves itself, but it is not that of this building as it was, or not that of the bills or the hash that were recorded.");
    }

    private string Line(AuditFinding finding)
    {
        string what = finding.Fault switch
        {
            AuditFault.ChainBroken => language.Choose("接不上前一条：被改动、缺少、调换，或从别处拿来", "does not follow from what stands before: changed, left out, moved or brought from elsewhere"),
            AuditFault.NoEntry => language.Choose("不是一条记录", "is no entry"),
            AuditFault.TimeFalls => language.Choose("时间比前一条早", "its time lies before that of the entry before it"),
            AuditFault.CommandTwice => language.Choose("同一个操作记了两次", "one command stands twice"),
            AuditFault.NoEvent => language.Choose("这个程序读不懂，或与前面矛盾", "cannot be read by this program, or does not follow from what happened"),
            AuditFault.PassportWrong => language.Choose("定案凭证不对", "the passport is wrong"),
            AuditFault.HeadWrong => language.Choose("最后一条与 head 表不符：末尾的记录不见了，或 head 被改动", "the head and the last entry differ: entries are gone, or the head was changed"),
            AuditFault.NoName => language.Choose("这不是门栋的编号", "this is no id of a building"),
            AuditFault.Shortened => language.Choose("末尾的记录不见了，原来到过", "the last entries are gone; earlier it had come to version"),
            AuditFault.Rewritten => language.Choose("与原来的校验码不同：历史被换过", "has not the hash that it had: its history was replaced"),
            AuditFault.Gone => language.Choose("整个门栋不见了", "the whole building is gone"),
            AuditFault.Unfinished => language.Choose("最后一行没有写完，从未答复为成功；不算错，下次打开时会移到旁边", "the last line was not finished and never answered for; no fault, it is set aside when the building is opened"),
            AuditFault.BreakMissing => language.Choose("最后一行只缺换行；不算错，下次打开时会补上", "the last line lacks its line break alone; no fault, it is added when the building is opened"),
            _ => throw new InvalidOperationException($"{finding.Fault} has no sentence."),
        };
        string where = finding.Where.Length > 0 ? $"{finding.Where}: " : "";
        string detail = finding.Detail.Length > 0 ? language.Choose($"：{finding.Detail}", $": {finding.Detail}") : "";
        return language.Choose(
            string.Create(CultureInfo.InvariantCulture, $"{finding.Building}: 第 {finding.Version} 条: {where}{what}{detail}。"),
            string.Create(CultureInfo.InvariantCulture, $"{finding.Building}: version {finding.Version}: {where}{what}{detail}."));
    }

    private async Task<int> Summaries(StoreArguments arguments)
    {
        if (arguments.Data is string data)
        {
            if (!Directory.Exists(JournalOf(data))) { throw new IOException(language.Choose($"{data} 里没有门栋的数据", $"there is no journal in {data}")); }
            output.WriteLine(language.Choose(
                "数据文件夹的摘要只在内存里，每次启动都由记录重新做，没有可核对或重做的。",
                "The summaries of a data folder live in memory and are made from its journal at each start: there is nothing to compare or to make again."));
            return 0;
        }
        PolicyBook policies = PolicyFolder.Read(arguments.Policies is string own ? [PolicyFolder.Shipped, own] : [PolicyFolder.Shipped]);
        void Tell(string told) => error.WriteLine(Refusals.Visible(told));
        await using PostgresJournal database = arguments.Rebuild
            ? await PostgresJournal.Open(arguments.Connection!, TimeSpan.FromMinutes(10), Tell) : await PostgresJournal.OpenToCheck(arguments.Connection!, Tell);
        var rebuild = new SummaryRebuild(database, new Summariser(StoredEvents.Codec, StoredSummaries.Codec, policies), Tell);
        void Progress(int done, int total) => error.WriteLine(language.Choose(
            string.Create(CultureInfo.InvariantCulture, $"已处理 {done} / {total} 个门栋。"), string.Create(CultureInfo.InvariantCulture, $"{done} of {total} buildings so far.")));
        if (arguments.Rebuild)
        {
            SummaryTotals made = await rebuild.Rebuild(StoredSummaries.Basis(policies), Progress);
            output.WriteLine(language.Choose(
                string.Create(CultureInfo.InvariantCulture, $"{made.Buildings} 个门栋：重做了 {made.Wrong} 个摘要、{made.WrongSums} 个合计，读不了的 {made.Unreadable} 个。"),
                string.Create(CultureInfo.InvariantCulture, $"{made.Buildings} buildings: the summaries of {made.Wrong} and {made.WrongSums} sums were made again; {made.Unreadable} could not be read.")));
            return made.Unreadable == 0 ? 0 : Commands.Refused;
        }
        SummaryTotals found = await rebuild.Check(finding => output.WriteLine(Refusals.Visible(Line(finding))), Progress);
        output.WriteLine(language.Choose(
            string.Create(CultureInfo.InvariantCulture, $"核对了 {found.Buildings} 个门栋：摘要不对的 {found.Wrong} 个，读不了的 {found.Unreadable} 个，合计不对的 {found.WrongSums} 个。"),
            string.Create(CultureInfo.InvariantCulture, $"{found.Buildings} buildings were checked: the summaries of {found.Wrong} and {found.WrongSums} sums are wrong; {found.Unreadable} could not be read.")));
        return found is { Wrong: 0, WrongSums: 0, Unreadable: 0 } ? 0 : Commands.Refused;
    }

    private string Line(SummaryFinding finding) => finding.Fault switch
    {
        SummaryFault.RowWrong when finding.Day is DateOnly day => language.Choose(
            string.Create(CultureInfo.InvariantCulture, $"{finding.Building}: {day:yyyy-MM-dd} 的摘要与记录不符。"),
            string.Create(CultureInfo.InvariantCulture, $"{finding.Building}: the summary of {day:yyyy-MM-dd} is not the one that its history gives.")),
        SummaryFault.RowWrong => language.Choose($"{finding.Building}: 摘要与记录不符。", $"{finding.Building}: its summary is not the one that its history gives."),
        SummaryFault.Unreadable => language.Choose($"{finding.Building}: 读不了：{finding.Detail}", $"{finding.Building}: it cannot be read: {finding.Detail}"),
        SummaryFault.SumWrong => language.Choose(
            $"合计 {finding.Detail}: 存的是 {finding.Kept}，各门栋之和是 {finding.Made}。", $"sum {finding.Detail}: {finding.Kept} is kept, the buildings give {finding.Made}."),
        _ => throw new InvalidOperationException($"{finding.Fault} has no sentence."),
    };

    private async Task<int> Transfer(StoreArguments arguments)
    {
        const int page = 100;
        if (!Directory.Exists(JournalOf(arguments.Data!))) { throw new IOException(language.Choose($"{arguments.Data} 里没有门栋的数据", $"there is no journal in {arguments.Data}")); }
        void Tell(string told) => error.WriteLine(Refusals.Visible(told));
        await using FileJournal files = FileJournal.Open(JournalOf(arguments.Data!), Tell);
        await using PostgresJournal database = await PostgresJournal.Open(arguments.Connection!, TimeSpan.FromMinutes(10), Tell);
        // Sums go by the policies of the server, which makes them when it starts and finds that they are not known to be right.
        await SummaryRebuild.Forget(database);
        using FileContacts? contacts = await ContactsOf(arguments.Data!, database);
        (int moved, int before, int left) = (0, 0, 0);
        BuildingId? after = null;
        while (await files.Buildings(after, page) is { Count: > 0 } buildings)
        {
            foreach (BuildingId building in buildings)
            {
                switch (await Move(building, files, contacts, database))
                {
                    case Moved.Now: moved++; break;
                    case Moved.Before: before++; break;
                    case Moved.Not: left++; break;
                    default: break;
                }
            }
            error.WriteLine(language.Choose($"已处理 {moved + before + left} 个门栋。", $"{moved + before + left} buildings so far."));
            after = buildings[^1];
        }
        // A server that was started meanwhile, which none may be, took what was there by then for all.
        await SummaryRebuild.Forget(database);
        await MoveAdministrator(arguments.Data!, database);
        output.WriteLine(language.Choose($"搬了 {moved} 个门栋，原来已搬的 {before} 个，没有搬的 {left} 个。", $"{moved} buildings were moved, {before} had been before, {left} were not."));
        output.WriteLine(language.Choose($"请运行 audit --connection …（或设置 {StoreArguments.Variable} 后运行 audit）再检查一遍。", $"Now run audit on the database (set {StoreArguments.Variable}, then: audit)."));
        return left == 0 ? 0 : Commands.Refused;
    }

    /// <summary>The contacts of a data folder, or null where there are none. They stay encrypted, so the database must have the same key.</summary>
    private async Task<FileContacts?> ContactsOf(string data, PostgresJournal database)
    {
        string folder = Path.Combine(data, "contacts");
        if (await new FileHash(Path.Combine(folder, "check.json")).Read() is not byte[] key) { return null; }
        if (!(await PostgresHash.OfContactsKey(database).Keep(key)).AsSpan().SequenceEqual(key))
        {
            throw new IOException(language.Choose("数据库里的联系方式用的是另一把密钥", "the contacts in the database are written with another key"));
        }
        return FileContacts.Open(folder);
    }

    private async Task MoveAdministrator(string data, PostgresJournal database)
    {
        if (await new FileHash(Path.Combine(data, "administrator.json")).Read() is not byte[] token) { return; }
        if ((await PostgresHash.OfAdministrator(database).Keep(token)).AsSpan().SequenceEqual(token)) { return; }
        output.WriteLine(language.Choose("数据库已有自己的管理员口令，仍用它。", "The database has an administrator's token of its own, which stays."));
    }

    private async Task<Moved> Move(BuildingId building, FileJournal files, FileContacts? contacts, PostgresJournal database)
    {
        try
        {
            IReadOnlyList<JournalEntry> entries = await files.Read(building, 0);
            if (entries.Count == 0) { return Moved.Nothing; }
            IReadOnlyList<JournalEntry> there = await database.Read(building, 0);
            // Contacts first: once the building is there they may be erased there, and must not come back.
            if (there.Count == 0 && contacts is not null) { await MoveContacts(building, contacts, new PostgresContacts(database)); }
            if (there.Count == 0 && await database.Adopt(building, entries, [])) { return Moved.Now; }
            // It may have gone on there since.
            if (there.Take(entries.Count).SequenceEqual(entries)) { return Moved.Before; }
            output.WriteLine(language.Choose($"{building}: 数据库里已有同编号、但内容不同的门栋，没有搬。", $"{building}: the database has a building of this id with another history; it was left alone."));
        }
        catch (JournalDamagedException damaged)
        {
            output.WriteLine(Refusals.Visible(language.Choose($"{building}: 数据损坏，没有搬：{damaged.Message}", $"{building}: it was not moved: {damaged.Message}")));
        }
        return Moved.Not;
    }

    private static async Task MoveContacts(BuildingId building, FileContacts from, PostgresContacts to)
    {
        foreach (HouseholdId household in await from.Households(building))
        {
            if (await from.Read(building, household) is SealedContacts record) { await to.Write(building, household, record); }
        }
    }

    private enum Moved
    {
        Nothing,
        Now,
        Before,
        Not,
    }
}
