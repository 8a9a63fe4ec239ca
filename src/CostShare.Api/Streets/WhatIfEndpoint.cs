using System.Text.Json;
using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Streets;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;

namespace CostShare.Api.Streets;

/// <summary>What other rules would give, reckoned over all stairs of a street or city; told as it goes on where that is asked for.</summary>
internal static class WhatIfEndpoint
{
    /// <summary>The most stairs that are listed, and how many unless it is said.</summary>
    public const int MostLines = 10_000, Lines = 1_000;

    /// <summary>The media type of events.</summary>
    public const string EventsType = "text/event-stream";

    // Whoever waits is told this often.
    private const int StairsBetween = 1_000;
    private static readonly TimeSpan TimeBetween = TimeSpan.FromSeconds(1);

    public static void Map(RouteGroupBuilder group)
    {
        Describe(group.MapPost("/city/what-ifs", (HttpContext context, StreetOffice office) => Ask(context, office, null)), "askCityWhatIf", "Says what other rules of a subsidy would give all stairs.");
        Describe(group.MapPost("/streets/{street}/what-ifs", (Delegate)Ask), "askStreetWhatIf", "Says what other rules of a subsidy would give the stairs of a street.");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary) => StreetsEndpoint.Describe<WhatIfResult>(route, name, summary)
        .WithDescription(
            "Exact: each stair is reckoned twice, by the rules that there are and by those that are thought of. Stores nothing. With `Accept: text/event-stream` the answer is told as "
            + "server-sent events: `progress` (WhatIfProgress) as the stairs are gone through, and at the end `result` (WhatIfResult) or `problem` (Problem). Closing the connection ends the reckoning.")
        .Accepts<WhatIfRequest>("application/json")
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType);

    private static async Task Ask(HttpContext context, StreetOffice office, string? street)
    {
        var faults = new FaultList();
        IQueryCollection query = context.Request.Query;
        Scope scope = StreetAddress.Part(street);
        AnswerForm form = StreetAddress.Form(context.Request, StreetAddress.Forms, faults);
        StreetAddress.CheckQuery(query, form, faults, [BuildingAddress.Limit]);
        string table = StreetAddress.TableOf(query, StreetTables.OfWhatIf, faults);
        int limit = BuildingAddress.Number(query, BuildingAddress.Limit, 0, MostLines, Lines, faults);
        WhatIfRequest? request = null;
        if (faults.Count == 0)
        {
            request = await RequestBody.Read<WhatIfRequest>(context, faults);
            if (request is null && faults.Count == 0) { return; }
        }
        WhatIf? run = faults.Count == 0 ? WhatIf.Of(request!, office.Policies, limit, faults) : null;
        int total = run is null ? 0 : StreetFigures.Of(await office.Summaries.Sums(scope, null), faults).Stairs;
        if (faults.Count == 0 && total == 0 && scope.Level != ScopeLevel.City) { StreetOffice.TellUnknown(scope, faults); }
        if (faults.Count > 0)
        {
            await Problem.Write(context, faults);
            return;
        }
        if (form == AnswerForm.Json && context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == EventsType))
        {
            await TellAsItGoes(context, office, scope, run!, total);
            return;
        }
        await foreach (BuildingSummary summary in office.Summaries.Read(scope, null, context.RequestAborted)) { run!.Add(summary); }
        WhatIfResult result = run!.Result(faults);
        await (faults.Count > 0 ? Problem.Write(context, faults)
            : form == AnswerForm.Json ? WireJson.Write(context, result)
            : StreetAddress.WriteFile(context, form, table, office.Tables(context.Request).Of(result), StreetOffice.Stated(scope.Street), "what-if", request!.Policy.Value));
    }

    private static async Task TellAsItGoes(HttpContext context, StreetOffice office, Scope scope, WhatIf run, int total)
    {
        context.Response.ContentType = EventsType;
        // Servers in between are asked to pass each event on at once.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        int done = 0;
        await Progress();
        long told = office.Clock.GetTimestamp();
        var faults = new FaultList();
        try
        {
            await foreach (BuildingSummary summary in office.Summaries.Read(scope, null, context.RequestAborted))
            {
                run.Add(summary);
                done++;
                if (done % StairsBetween != 0 && office.Clock.GetElapsedTime(told) < TimeBetween) { continue; }
                await Progress();
                told = office.Clock.GetTimestamp();
            }
        }
        catch (JournalUnavailableException)
        {
            // The answer has begun, so that its status can no longer say so.
            faults.Add(FaultCode.StoreUnavailable, Place.Root);
        }
        WhatIfResult result = run.Result(faults);
        await Progress();
        await (faults.Count > 0 ? Tell("problem", Problem.Of(faults, Languages.Of(context.Request))) : Tell("result", result));

        Task Progress() => Tell("progress", new WhatIfProgress { Done = done, Total = total });

        async Task Tell<T>(string name, T data)
        {
            await context.Response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(data, WireJson.Options)}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
