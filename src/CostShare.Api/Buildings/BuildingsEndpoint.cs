using System.Security.Cryptography;
using System.Text.Json;
using CostShare.Api.Access;
using CostShare.Api.Comparisons;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Votes;
using CostShare.Silo;
using CostShare.Silo.Journals;

namespace CostShare.Api.Buildings;

/// <summary>Stored buildings: commands, each answered by what happened, and what there is, now or as of then.</summary>
internal static class BuildingsEndpoint
{
    private const string Root = "/api/v1/buildings", Tag = "Buildings";

    // Until there are accounts, whoever writes has the administrator's token.
    private const string Administrator = "administrator";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup(Root).RequireAdministrator();
        MapCommands(group);
        MapReads(group);
        Describe(group.MapGet("", (Delegate)List), "listBuildings", "Lists the buildings by id, each at a glance.")
            .Produces<BuildingPage>().Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType);
        Reads(group.MapGet("/{building}/households", (Delegate)ShowHouseholds), "showHouseholds", "Shows the register of households, page by page.").Produces<HouseholdPage>();
        Reads(group.MapGet("/{building}/comparison", (Delegate)Compare), "compareStoredSchemes", "Carries out the schemes that stand side by side, as `POST /comparisons` does.")
            .WithDescription("By the policies of now, also as of then; what was finalised keeps its own. So the answer has no tag.")
            .Produces<ComparisonResult>()
            .Produces<Problem>(StatusCodes.Status409Conflict, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType);
        Reads(group.MapGet("/{building}/finalisations/{number}/passport", (Delegate)ShowPassport), "showPassport", "Gives the passport of a finalisation, byte for byte, to be kept and verified.")
            .Produces<Passport>();
        Reads(group.MapGet("/{building}/history", (Delegate)ShowHistory), "showHistory", "Tells what happened to a building, in order and in words.").Produces<HistoryPage>();
        Reads(group.MapGet("/{building}/export", (Delegate)Export), "exportBuilding", "Gives a building with all that ever happened to it as one file. Names and telephone numbers are not in it.")
            .Produces<BuildingExport>();
        Describe(group.MapPost("/{building}/import", (Delegate)Import), "importBuilding", "Takes over a building that was exported elsewhere, with its history.")
            .WithDescription("Refused where there is a building of that id already, and where the file is not what was exported. Body at most 10 MiB.")
            .Accepts<BuildingExport>("application/json")
            .Produces<CommandAnswer>(StatusCodes.Status201Created)
            .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status409Conflict, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType);
    }

    private static void MapCommands(RouteGroupBuilder group)
    {
        Command<RegisterBuilding>(group, "PUT", "", "registerBuilding", "Registers a building: one stair.");
        Command<CorrectSite>(group, "PUT", "/site", "correctSite", "Puts right where a building stands and how high it is.");
        Command<RegisterHouseholds>(group, "POST", "/households", "registerHouseholds", "Adds households to the register: one, or a whole list, which is imported whole or not at all.")
            .WithDescription("Body at most 10 MiB. As `text/csv` (UTF-8 or GB18030) with the headings 户号 or id, 楼层 or floor, 面积 or areaM2, and, if wanted, 用途 or use, 参加 or joins, "
                + "入户 or entry, 房型 or flatType, 单元 or unit, 面积依据 or areaSource, 产权人编号 or owners (several apart by 、 or a comma). "
                + "Faults of a table in CSV have line and heading among their values, and no pointer.");
        Command<ChangeHousehold>(group, "POST", "/households/changes", "changeHousehold", "Puts a household as it is now in the place of the one with its id.");
        Command<RemoveHousehold>(group, "POST", "/households/removals", "removeHousehold", "Takes a household off the register.");
        Command<SetCosts>(group, "PUT", "/costs", "setCosts", "Puts a budget in the place of the one there is.");
        Command<RecordQuote>(group, "POST", "/quotes", "recordQuote", "Records what a vendor offers.");
        Command<ChooseQuote>(group, "POST", "/quotes/choices", "chooseQuote", "Chooses an offer; the others are kept.");
        Command<SetFunding>(group, "PUT", "/funding", "setFunding", "Puts other sources of money in the place of those there are.");
        Command<RecordSubsidy>(group, "POST", "/subsidies", "recordSubsidy", "Records how far a subsidy has come.");
        Command<AssessFeasibility>(group, "POST", "/feasibility", "assessFeasibility", "Records whether a lift can be added.");
        Command<ProposeScheme>(group, "POST", "/schemes", "proposeScheme", "Proposes a scheme, or revises the one with its id.");
        Command<WithdrawScheme>(group, "POST", "/schemes/withdrawals", "withdrawScheme", "Withdraws a scheme; what was said of it stays.");
        Command<EnterStage>(group, "POST", "/stages", "enterStage", "Records that the project has come to a stage.");
        Command<SignAgreement>(group, "POST", "/signatures", "signAgreement", "Records that a household signed the agreement.");
        Command<WithdrawSignature>(group, "POST", "/signatures/withdrawals", "withdrawSignature", "Takes back a signature that was recorded by mistake, or that the household withdrew.");
        Command<FinaliseContributions>(group, "POST", "/finalisations", "finaliseContributions", "Freezes a scheme that was adopted, with its evidence, into a passport to which bills refer.");
    }

    private static void MapReads(RouteGroupBuilder group)
    {
        Read(group, "", "showBuilding", "Shows a building at a glance.", BuildingOverview.Of);
        Read(group, "/costs", "showCosts", "Shows the budget.", building => new CostsAnswer(building.Costs));
        Read(group, "/quotes", "showQuotes", "Shows what vendors offered, and which offer was chosen.", building => new QuotesAnswer { Quotes = building.Quotes, Chosen = building.Chosen });
        Read(group, "/funding", "showFunding", "Shows the sources of money, and how far subsidies have come.", building => new FundingAnswer { Funding = building.Funding, Subsidies = building.Subsidies });
        Read(group, "/schemes", "showSchemes", "Shows schemes with all their versions, and what each version changed for whom.",
            building => new SchemesAnswer([.. building.Schemes.Select(scheme => new SchemeHistory { Versions = scheme.Versions, Withdrawn = scheme.Withdrawn })]));
        Read(group, "/progress", "showProgress", "Shows stages, feasibility and signatures.",
            building => new ProgressAnswer { Stages = building.Stages, Feasibility = building.Feasibility, Signatures = building.Signatures });
        Read(group, "/finalisations", "showFinalisations", "Shows contributions as they were finalised, the last ones in force.",
            building => new FinalisationsAnswer([.. building.Finalisations.Select(FinalisationLine.Of)]));
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route.WithName(name).WithTags(Tag).WithSummary(summary)
        .Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, Problem.MediaType);

    private static RouteHandlerBuilder Reads(RouteHandlerBuilder route, string name, string summary) => Describe(route, name, summary)
        .Produces(StatusCodes.Status304NotModified)
        .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType);

    private static RouteHandlerBuilder Command<T>(RouteGroupBuilder group, string method, string route, string name, string summary)
        where T : BuildingCommand
    {
        bool registers = typeof(T) == typeof(RegisterBuilding);
        return Describe(group.MapMethods("/{building}" + route, [method], (Delegate)Execute<T>), name, summary)
            .Accepts<T>("application/json", typeof(T) == typeof(RegisterHouseholds) ? [RequestBody.CsvType] : [])
            .Produces<CommandAnswer>(registers ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status409Conflict, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status412PreconditionFailed, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType);
    }

    private static void Read<T>(RouteGroupBuilder group, string route, string name, string summary, Func<Building, T> show) =>
        Reads(group.MapGet("/{building}" + route, (HttpContext context, string building, IBuildings buildings) => Show(context, building, buildings, [], (found, _) => show(found))), name, summary).Produces<T>();

    private static async Task Execute<T>(HttpContext context, string building, IBuildings buildings, TimeProvider clock)
        where T : BuildingCommand
    {
        var faults = new FaultList();
        BuildingId? id = BuildingAddress.Of(building, faults);
        CommandId key = BuildingAddress.Command(context.Request, faults);
        long? ifVersion = BuildingAddress.IfVersion(context.Request, faults);
        BuildingAddress.CheckQuery(context.Request.Query, faults, BuildingAddress.DryRun);
        bool isDryRun = BuildingAddress.IsDryRun(context.Request.Query, faults);
        if (faults.Count > 0)
        {
            await Problem.Write(context, faults);
            return;
        }
        HouseholdFile? file = null;
        T? command;
        if (typeof(T) == typeof(RegisterHouseholds))
        {
            if (await RequestBody.ReadJsonOrCsv(context, RequestBody.LargestImport) is not (byte[] body, bool isCsv)) { return; }
            file = isCsv ? HouseholdFile.Read(body, Languages.Of(context.Request), faults) : null;
            command = faults.Count > 0 ? null : StrictReader.Read<T>(file is null ? body : file.ToJson(), faults);
        }
        else
        {
            command = await RequestBody.Read<T>(context, faults);
            if (command is null && faults.Count == 0) { return; }
        }
        if (faults.Count > 0)
        {
            await Problem.Write(context, InWords(faults, file));
            return;
        }
        Turn turn = await buildings.Execute(new TurnRequest(id!.Value, key, Digest(command!), Administrator, clock.GetUtcNow(), command!) { IfVersion = ifVersion, DryRun = isDryRun });
        await Answer(context, building, turn.Outcome == TurnOutcome.Refused ? turn with { Faults = InWords(turn.Faults, file) } : turn, isDryRun);
    }

    private static FaultList InWords(FaultList faults, HouseholdFile? file) => file is null ? faults : faults.Retold(file.InWordsOfTheTable);

    private static Task Answer(HttpContext context, string building, Turn turn, bool isDryRun)
    {
        if (turn.Version > 0 && !isDryRun) { context.Response.Headers.ETag = BuildingAddress.Tag(turn.Version); }
        switch (turn.Outcome)
        {
            case TurnOutcome.Refused:
                return Problem.Write(context, turn.Faults);
            case TurnOutcome.CommandReused:
                return Problem.Write(context, FaultCode.CommandReused, ("version", turn.Version));
            case TurnOutcome.VersionPassed:
                return Problem.Write(context, FaultCode.VersionPassed, ("version", turn.Version));
            default:
                if (turn.Happened is BuildingRegistered && !isDryRun) { context.Response.StatusCode = StatusCodes.Status201Created; }
                return WireJson.Write(context, new CommandAnswer { Building = building, Version = turn.Version, DryRun = isDryRun ? true : null, Happened = turn.Happened! });
        }
    }

    // What is asked, and not how it was written down.
    private static string Digest(BuildingCommand command) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command, WireJson.Options)));

    private static Task ShowHouseholds(HttpContext context, string building, IBuildings buildings)
    {
        return Show(context, building, buildings, [BuildingAddress.After, BuildingAddress.Limit], (found, faults) =>
        {
            int after = BuildingAddress.Number(context.Request.Query, BuildingAddress.After, 0, int.MaxValue, 0, faults);
            int limit = BuildingAddress.Number(context.Request.Query, BuildingAddress.Limit, 1, BuildingAddress.MostOnPage, BuildingAddress.OnPage, faults);
            int next = int.Min(found.Households.Count, after) + limit;
            return new HouseholdPage
            {
                Households = [.. found.Households.Skip(after).Take(limit)],
                Next = next < found.Households.Count ? $"{Root}/{building}/households?at={found.Version}&after={next}&limit={limit}" : null,
            };
        });
    }

    private static Task Compare(HttpContext context, string building, IBuildings buildings, PolicyBook policies) =>
        Show(context, building, buildings, [BuildingAddress.Include, BuildingAddress.SchemeName], (found, faults) =>
        {
            ComparisonParts parts = ComparisonsEndpoint.Parts(context.Request.Query[BuildingAddress.Include], ComparisonsEndpoint.StoredIncludes, FaultCode.ParameterForm, faults);
            string?[] named = [.. context.Request.Query[BuildingAddress.SchemeName]];
            ProposedScheme[] standing = [.. found.Schemes.Where(scheme => scheme.Withdrawn is null)];
            foreach (string? name in named.Where(name => standing.All(scheme => scheme.Current.Id.Value != name)))
            {
                faults.Add(FaultCode.SchemeUnknown, Place.Root, ("scheme", Scalar.Shorten(name ?? "")));
            }
            ProposedScheme[] asked = [.. standing.Where(scheme => named.Length == 0 || named.Contains(scheme.Current.Id.Value))];
            if (faults.Count > 0) { return null; }
            if (found.Register is null || found.Costs.Count == 0 || asked.Length == 0)
            {
                faults.Add(FaultCode.NothingToShare, Place.Root);
                return null;
            }
            var request = new ComparisonRequest { Building = PolledRegister.Of(found.Register), Costs = found.Costs, Funding = found.Funding, Schemes = [.. asked.Select(scheme => scheme.Current)] };
            return Comparer.Compare(request, policies, parts, faults);
        });

    private static Task ShowPassport(HttpContext context, string building, string number, IBuildings buildings) =>
        Show(context, building, buildings, [], (found, faults) =>
        {
            if (found.Finalisations.Find(finalised => $"{finalised.Number.Number}" == number) is ContributionsFinalised finalised) { return new Verbatim(finalised.Passport); }
            faults.Add(FaultCode.NotFound, Place.Root);
            return null;
        });

    private static async Task ShowHistory(HttpContext context, string building, IBuildings buildings)
    {
        var faults = new FaultList();
        BuildingId? id = BuildingAddress.Of(building, faults);
        BuildingAddress.CheckQuery(context.Request.Query, faults, BuildingAddress.After, BuildingAddress.Limit);
        int after = BuildingAddress.Number(context.Request.Query, BuildingAddress.After, 0, int.MaxValue, 0, faults);
        int limit = BuildingAddress.Number(context.Request.Query, BuildingAddress.Limit, 1, HistoryPage.MostEntries, BuildingAddress.OnPage, faults);
        IReadOnlyList<JournalEntry> entries = faults.Count == 0 ? await buildings.History(id!.Value, 0) : [];
        if (entries.Count == 0 && faults.Count == 0) { faults.Add(FaultCode.BuildingUnknown, Place.Root); }
        await (faults.Count > 0 ? Problem.Write(context, faults) : WireJson.Write(context, HistoryPage.Of(entries, StoredEvents.Codec, after, limit, Languages.Of(context.Request))));
    }

    private static async Task List(HttpContext context, IBuildings buildings)
    {
        var faults = new FaultList();
        BuildingAddress.CheckQuery(context.Request.Query, faults, BuildingAddress.After, BuildingAddress.Limit);
        BuildingId? after = BuildingAddress.Only(context.Request.Query, BuildingAddress.After) is string last ? BuildingAddress.Of(last, faults) : null;
        int limit = BuildingAddress.Number(context.Request.Query, BuildingAddress.Limit, 1, BuildingAddress.MostOnPage, BuildingAddress.OnPage, faults);
        if (faults.Count > 0)
        {
            await Problem.Write(context, faults);
            return;
        }
        var lines = new List<BuildingLine>();
        IReadOnlyList<BuildingId> found = await buildings.List(after, limit + 1);
        foreach (BuildingId building in found.Take(limit))
        {
            if (await Line(buildings, building) is BuildingLine line) { lines.Add(line); }
        }
        await WireJson.Write(context, new BuildingPage { Buildings = lines, Next = found.Count > limit ? $"{Root}?after={found[limit - 1]}&limit={limit}" : null });
    }

    private static async Task<BuildingLine?> Line(IBuildings buildings, BuildingId building)
    {
        try
        {
            // Of one whose first entry could not be stored there may be an empty file.
            Building found = await buildings.Read(building, null);
            return found.IsRegistered ? new BuildingLine { Building = building.Value, Overview = BuildingOverview.Of(found) } : null;
        }
        catch (Exception exception) when (exception is JournalDamagedException or FormatException)
        {
            // Damaged, or written by a newer program: told when it is asked for, and must not hide the others.
            return new BuildingLine { Building = building.Value, Problem = FaultCode.BuildingDamaged };
        }
    }

    private static async Task Export(HttpContext context, string building, IBuildings buildings)
    {
        var faults = new FaultList();
        BuildingId? id = BuildingAddress.Of(building, faults);
        BuildingAddress.CheckQuery(context.Request.Query, faults);
        IReadOnlyList<JournalEntry> entries = faults.Count == 0 ? await buildings.History(id!.Value, 0) : [];
        if (entries.Count == 0 && faults.Count == 0) { faults.Add(FaultCode.BuildingUnknown, Place.Root); }
        if (faults.Count > 0)
        {
            await Problem.Write(context, faults);
            return;
        }
        context.Response.Headers.ETag = BuildingAddress.Tag(entries.Count);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{building}.json\"";
        await WireJson.Write(context, BuildingFile.Of(id!.Value, entries));
    }

    private static async Task Import(HttpContext context, string building, IBuildings buildings)
    {
        var faults = new FaultList();
        BuildingId? id = BuildingAddress.Of(building, faults);
        BuildingAddress.CheckQuery(context.Request.Query, faults, BuildingAddress.DryRun);
        bool isDryRun = BuildingAddress.IsDryRun(context.Request.Query, faults);
        BuildingExport? export = null;
        if (faults.Count == 0)
        {
            export = await RequestBody.Read<BuildingExport>(context, faults, RequestBody.LargestImport);
            if (export is null && faults.Count == 0) { return; }
        }
        IReadOnlyList<JournalEntry> entries = faults.Count == 0 ? BuildingFile.Read(id!.Value, export!, faults) : [];
        if (faults.Count == 0 && (isDryRun ? (await buildings.Read(id!.Value, null)).IsRegistered : !await buildings.Adopt(id!.Value, entries)))
        {
            // Imported before, it may have gone on since.
            bool isSame = (await buildings.History(id!.Value, 0)).Take(entries.Count).SequenceEqual(entries);
            if (!isSame) { faults.Add(FaultCode.BuildingExists, Place.Root); }
        }
        if (faults.Count > 0)
        {
            await Problem.Write(context, faults);
            return;
        }
        JournalEntry last = entries[^1];
        var turn = new Turn(TurnOutcome.Done, last.Version, StoredEvents.Codec.Read(last.Type, last.Schema, last.Payload), faults);
        if (!isDryRun) { context.Response.StatusCode = StatusCodes.Status201Created; }
        await Answer(context, building, turn, isDryRun);
    }

    /// <summary>Shows something of a building, now or as of then, with its version as the tag.</summary>
    private static async Task Show<T>(HttpContext context, string building, IBuildings buildings, string[] parameters, Func<Building, FaultList, T?> show)
    {
        var faults = new FaultList();
        BuildingId? id = BuildingAddress.Of(building, faults);
        BuildingAddress.CheckQuery(context.Request.Query, faults, [BuildingAddress.At, .. parameters]);
        Building found = faults.Count == 0 ? await BuildingAddress.Read(context, buildings, id!.Value, faults) : Building.Unregistered;
        string tag = BuildingAddress.Tag(found.Version);
        T? shown = faults.Count == 0 ? show(found, faults) : default;
        if (faults.Count > 0)
        {
            await Problem.Write(context, faults);
            return;
        }
        // A comparison also rests on the policies of now.
        if (shown is not ComparisonResult) { context.Response.Headers.ETag = tag; }
        if (shown is not ComparisonResult && context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        await (shown is Verbatim verbatim ? verbatim.Write(context) : WireJson.Write(context, shown));
    }

    /// <summary>JSON that is answered byte for byte as it is stored.</summary>
    private sealed record Verbatim(string Json)
    {
        public Task Write(HttpContext context)
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            return context.Response.WriteAsync(Json);
        }
    }
}
