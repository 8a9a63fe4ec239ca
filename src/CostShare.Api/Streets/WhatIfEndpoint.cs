using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Streets;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;

namespace CostShare.Api.Streets;

/// <summary>What other rules would give, reckoned over all stairs of a street or city; told as it goes on where that is asked for.</summary>
internal static partial class WhatIfEndpoint
{
    /// <summary>The most stairs that are listed, and how many unless it is said.</summary>
    public const int MostLines = 10_000, Lines = 1_000;

    // Whoever waits is told after so many stairs, or sooner.
    private const int StairsBetween = 1_000;

    public static void Map(RouteGroupBuilder group)
    {
        Describe(group.MapPost("/city/what-ifs", (HttpContext context, StreetOffice office) => Ask(context, office, null)), "askCityWhatIf", "Says what other rules of a subsidy would give all stairs.");
        Describe(group.MapPost("/streets/{street}/what-ifs", (Delegate)Ask), "askStreetWhatIf", "Says what other rules of a subsidy would give the stairs of a street.");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary) => StreetsEndpoint.Describe<WhatIfResult>(route, name, summary)
        .WithDescription(
            "Exact: each stair is reckoned twice, by the rules that there are and by those that are thought of. Stores nothing. With `Accept: text/event-stream` the answer is told as "
            + "server-sent events: `progress` (WhatIfProgress) as the stairs are gone through, and at the end `result` (WhatIfResult) or `problem` (Problem), with a comment line while nothing else is told. Closing the connection ends the reckoning.")
        .Accepts<WhatIfRequest>("application/json")
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType);

    private static async Task Ask(HttpContext context, StreetOffice office, string? street)
    {
        var faults = new FaultList();
        IQueryCollection query = context.Request.Query;
        Scope scope = StreetAddress.Part(context, street);
        AnswerForm form = AnswerFile.Form(context.Request, AnswerFile.Forms, faults);
        AnswerFile.CheckQuery(query, form, faults, [BuildingAddress.Limit]);
        string table = AnswerFile.TableOf(query, StreetTables.OfWhatIf, faults);
        int limit = BuildingAddress.Number(query, BuildingAddress.Limit, 0, MostLines, Lines, faults);
        WhatIfRequest? request = null;
        if (faults.Count == 0)
        {
            request = await RequestBody.Read<WhatIfRequest>(context, faults);
            if (request is null && faults.Count == 0) { return; }
        }
        WhatIf? run = faults.Count == 0 ? WhatIf.Of(request!, office.Policies, limit, faults) : null;
        int total = run is null ? 0 : StreetFigures.Of(await office.Summaries.Sums(scope, null), new FaultList()).Stairs;
        if (faults.Count == 0 && total == 0 && scope.Level != ScopeLevel.City) { StreetOffice.TellUnknown(scope, faults); }
        if (faults.Count > 0)
        {
            await Problem.Write(context, faults);
            return;
        }
        if (form == AnswerForm.Json && EventStream.IsWished(context.Request))
        {
            await TellAsItGoes(context, office, scope, run!, total);
            return;
        }
        await foreach (BuildingSummary summary in office.Summaries.Read(scope, null, context.RequestAborted)) { run!.Add(summary); }
        WhatIfResult result = run!.Result(faults);
        await (faults.Count > 0 ? Problem.Write(context, faults)
            : form == AnswerForm.Json ? WireJson.Write(context, result)
            : AnswerFile.Write(context, form, table, office.Tables(context.Request).Of(result), Languages.Of(context.Request), StreetOffice.Stated(scope.Street), "what-if", request!.Policy.Value));
    }

    private static async Task TellAsItGoes(HttpContext context, StreetOffice office, Scope scope, WhatIf run, int total)
    {
        var events = EventStream.Begin(context, office.Clock);
        int done = 0;
        await Progress();
        long told = office.Clock.GetTimestamp();
        var faults = new FaultList();
        WhatIfResult? result = null;
        // The answer has begun, so that its status can no longer say what goes wrong: the last event does.
        try
        {
            await using IAsyncEnumerator<BuildingSummary> stairs = office.Summaries.Read(scope, null, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
            while (await Next(stairs, events))
            {
                run.Add(stairs.Current);
                done++;
                if (done % StairsBetween != 0 && office.Clock.GetElapsedTime(told) < EventStream.Between) { continue; }
                await Progress();
                told = office.Clock.GetTimestamp();
            }
            result = run.Result(faults);
        }
        catch (JournalUnavailableException unavailable)
        {
            Fail(FaultCode.StoreUnavailable, unavailable);
        }
        catch (Exception defect) when (defect is FormatException or OverflowException)
        {
            // A summary that a newer program stored, or a sum that cannot be.
            Fail(FaultCode.InternalError, defect);
        }
        await Progress();
        await (faults.Count > 0 ? events.Tell("problem", Problem.Of(faults, Languages.Of(context.Request))) : events.Tell("result", result));

        void Fail(FaultCode code, Exception failure)
        {
            Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(WhatIfEndpoint)), failure);
            faults.Add(code, Place.Root);
        }

        Task Progress() => events.Tell("progress", new WhatIfProgress { Done = done, Total = total });
    }

    // Whether there is another stair; while the store is slow to say so, the beat sounds.
    private static ValueTask<bool> Next(IAsyncEnumerator<BuildingSummary> stairs, EventStream events)
    {
        ValueTask<bool> move = stairs.MoveNextAsync();
        return move.IsCompleted ? move : new ValueTask<bool>(events.WaitFor(move.AsTask()));
    }

    [LoggerMessage(LogLevel.Error, "A what-if ended before its time.")]
    private static partial void Failed(ILogger logger, Exception failure);
}
