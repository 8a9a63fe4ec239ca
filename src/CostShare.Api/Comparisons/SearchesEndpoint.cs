using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;

namespace CostShare.Api.Comparisons;

/// <summary>Searches of families of schemes, without an account and without a trace; told as they go on where that is asked for.</summary>
internal static partial class SearchesEndpoint
{
    // How much of the family is gone through before it is looked whether somebody is still there: households times schemes.
    private const int SharesBetween = 100_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/searches", (Delegate)Search)
        .WithName("searchSchemes")
        .WithTags("Comparisons")
        .WithSummary("Searches a family of schemes for those that no other scheme of it beats.")
        .WithDescription(
            "Needs no account and stores nothing. Schemes are compared by the heads and the area that would agree, how many households are above their limit, the worst subsidy of a group of floors (with `standAlone`), "
            + "the distance to guidance ranges (with `guidance`) and how much there is to explain; one beats another if it is worse by none of these and better by one. Whatever is listed is recomputed exactly, and the same request gives the same answer, byte for byte. "
            + "With `Accept: text/event-stream` the answer is told as server-sent events: `progress` (SearchProgress) about once a second, and at the end `result` (SearchResult) or `problem` (Problem), with a comment line "
            + "while nothing else is told. Closing the connection ends the search. "
            + "Limits: 200,000,000 schemes, 500 households, households × schemes 10,000,000,000. A core looks at some millions of schemes of 35 households a second, so that the largest family takes a few minutes; there is no other limit of time. "
            + "At most one search less than there are processors is carried out at once (one where there is one), and four times as many wait for their turn; what comes besides is refused (503, `searchesBusy`).")
        .Accepts<SearchRequest>("application/json")
        .Produces<SearchResult>()
        .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, Problem.MediaType);

    private static async Task Search(HttpContext context, SearchTurns turns, PolicyBook policies, TimeProvider clock)
    {
        var faults = new FaultList();
        SearchRequest? request = await RequestBody.Read<SearchRequest>(context, faults);
        if (request is null && faults.Count == 0) { return; }
        SchemeSearch? search = faults.Count == 0 ? SchemeSearch.Of(request!, policies, faults) : null;
        if (search is null)
        {
            await Problem.Write(context, faults);
            return;
        }
        using SearchTurns.Turn? turn = turns.Ask();
        if (turn is null)
        {
            await Problem.Write(context, FaultCode.SearchesBusy);
            return;
        }
        int piece = SharesBetween / request!.Building.Households.Count;
        if (EventStream.IsWished(context.Request))
        {
            await TellAsItGoes(context, search, turn, piece, clock);
            return;
        }
        await turn.Begin(context.RequestAborted);
        while (search.Done < search.Total) { await Advance(search, piece, context.RequestAborted); }
        await WireJson.Write(context, await Task.Run(search.Result, context.RequestAborted));
    }

    private static async Task TellAsItGoes(HttpContext context, SchemeSearch search, SearchTurns.Turn turn, int piece, TimeProvider clock)
    {
        var events = EventStream.Begin(context, clock);
        await Progress();
        await events.WaitFor(turn.Begin(context.RequestAborted));
        long told = clock.GetTimestamp();
        SearchResult? result = null;
        var faults = new FaultList();
        try
        {
            while (search.Done < search.Total)
            {
                await Advance(search, piece, context.RequestAborted);
                if (clock.GetElapsedTime(told) < EventStream.Between) { continue; }
                await Progress();
                told = clock.GetTimestamp();
            }
            result = await events.WaitFor(Task.Run(search.Result, context.RequestAborted));
        }
        catch (Exception defect) when (defect is InvalidOperationException or ArithmeticException or ArgumentException)
        {
            Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(SearchesEndpoint)), defect);
            faults.Add(FaultCode.InternalError, Place.Root);
        }
        await Progress();
        await (faults.Count > 0 ? events.Tell("problem", Problem.Of(faults, Languages.Of(context.Request))) : events.Tell("result", result));

        Task Progress() => events.Tell("progress", new SearchProgress { Done = search.Done, Total = search.Total });
    }

    // Pieces run one by one among everything else that the threads have to do, and end with the request.
    private static Task Advance(SchemeSearch search, int piece, CancellationToken cancellation) => Task.Run(() => search.Advance(piece), cancellation);

    [LoggerMessage(LogLevel.Error, "A search ended before its time.")]
    private static partial void Failed(ILogger logger, Exception failure);
}
