using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Streets;
using CostShare.Silo.Summaries;

namespace CostShare.Api.Streets;

/// <summary>The progress table 推进表 of an estate, for everybody.</summary>
internal static class ProgressEndpoint
{
    // In seconds.
    private const string Cached = "public, max-age=60";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapGet("/api/v1/streets/{street}/estates/{estate}/progress", (Delegate)Show), "showEstateProgress", "Shows how far the stairs of an estate have come, to everybody.");
        Describe(routes.MapGet("/api/v1/streets/{street}/progress", (HttpContext context, StreetOffice office, string street) => Show(context, office, street, null)), "showStreetProgress",
            "Shows the same of the stairs of a street that stand in no estate.");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary) => route.WithName(name).WithTags("Progress").WithSummary(summary)
        .WithDescription("Needs no account. No person, no flat and no money is in it. A browser is given a page that prints well. May be up to a minute old. Buildings of which what is stored is damaged are left out.")
        .Produces<ProgressTable>(StatusCodes.Status200OK, "application/json", CsvSheet.MediaType, Workbook.MediaType, ProgressPage.MediaType)
        .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, Problem.MediaType);

    private static async Task Show(HttpContext context, StreetOffice office, string street, string? estate)
    {
        var faults = new FaultList();
        var scope = Scope.OfEstate(StreetAddress.Street(context, street), estate is null ? null : StreetAddress.Estate(context, estate));
        AnswerForm form = AnswerFile.Form(context.Request, StreetAddress.FormsOfProgress, faults);
        AnswerFile.CheckQuery(context.Request.Query, form, faults, []);
        string table = AnswerFile.TableOf(context.Request.Query, StreetTables.OfProgress, faults);
        var stairs = new List<BuildingSummary>();
        if (faults.Count == 0)
        {
            await foreach (BuildingSummary summary in office.Summaries.Read(scope, null, context.RequestAborted)) { stairs.Add(summary); }
            if (stairs.Count == 0) { StreetOffice.TellUnknown(scope, faults); }
        }
        // The figures are those of the stairs that are listed, whatever happens in between.
        ProgressTable? progress = faults.Count > 0 ? null : ProgressTable.Of(scope.Street, StreetOffice.Stated(scope.Estate), stairs);
        // Everybody may ask, and is told what was so a short while ago rather than keeping the store busy.
        context.Response.Headers.CacheControl = progress is null ? "no-cache" : Cached;
        context.Response.Headers.Vary = "Accept, Accept-Language";
        await (faults.Count > 0 ? Problem.Write(context, faults)
            : form == AnswerForm.Json ? WireJson.Write(context, progress)
            : form == AnswerForm.Html ? ProgressPage.Write(context, progress!, office)
            : AnswerFile.Write(context, form, table, office.Tables(context.Request).Of(progress!), Languages.Of(context.Request), scope.Street, StreetOffice.Stated(scope.Estate), "progress"));
    }
}
