using CostShare.Api.Access;
using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Streets;
using CostShare.Silo.Summaries;

namespace CostShare.Api.Streets;

/// <summary>What the street office asks: how far its stairs are, what their money adds up to, and whether subsidies follow the rules.</summary>
internal static class StreetsEndpoint
{
    private const string Tag = "Streets";

    private const string OfSubsidies = "By the policies of now, each source by the rule in force on its day. Each page is reckoned anew, so that what happens in between may move lines.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/v1").RequireAdministrator();
        Describe<StreetSummary>(group.MapGet("/city/summary", (HttpContext context, StreetOffice office) => ShowSummary(context, office, null)), "showCitySummary",
            "Shows how far all stairs have come, and what their money adds up to.");
        Describe<StreetSummary>(group.MapGet("/streets/{street}/summary", (Delegate)ShowSummary), "showStreetSummary", "Shows how far the stairs of a street have come, and what their money adds up to.");
        Describe<StreetParts>(group.MapGet("/city/streets", (HttpContext context, StreetOffice office) => ShowParts(context, office, null)), "showStreets", "Shows the same figures for each street; they add up to the city's.");
        Describe<StreetParts>(group.MapGet("/streets/{street}/estates", (Delegate)ShowParts), "showEstates", "Shows the same figures for each estate of a street; they add up to the street's.");
        Describe<SubsidiesPage>(group.MapGet("/city/subsidies", (HttpContext context, StreetOffice office) => ShowSubsidies(context, office, null)), "checkCitySubsidies",
            "Holds the subsidies of all stairs against the rules; only lines that differ or cannot be reckoned are listed.").WithDescription(OfSubsidies);
        Describe<SubsidiesPage>(group.MapGet("/streets/{street}/subsidies", (Delegate)ShowSubsidies), "checkStreetSubsidies",
            "Holds the subsidies of a street against the rules, line by line, those that differ first.").WithDescription(OfSubsidies
                + " A certificate that stairs of other streets claim with too is found, but not as of a day.");
        WhatIfEndpoint.Map(group);
        ProgressEndpoint.Map(routes);
    }

    /// <summary>What all addresses of the street office have in common.</summary>
    internal static RouteHandlerBuilder Describe<T>(RouteHandlerBuilder route, string name, string summary) => route.WithName(name).WithTags(Tag).WithSummary(summary)
        .Produces<T>(StatusCodes.Status200OK, "application/json", CsvSheet.MediaType, Workbook.MediaType)
        .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, Problem.MediaType);

    private static Task ShowSummary(HttpContext context, StreetOffice office, string? street) => ShowFigures(context, office, street, "summary",
        async (scope, on) =>
        {
            IReadOnlyDictionary<string, Int128> sums = await office.Summaries.Sums(scope, on);
            return sums.Count > 0 || scope.Level == ScopeLevel.City ? [(scope, sums)] : [];
        },
        (scope, on, parts, unreadable) => new StreetSummary { Street = parts[0].Street, On = on, Figures = parts[0].Figures, Unreadable = unreadable });

    private static Task ShowParts(HttpContext context, StreetOffice office, string? street) => ShowFigures(context, office, street, street is null ? "streets" : "estates",
        office.Summaries.Parts, (scope, on, parts, unreadable) => new StreetParts { On = on, Parts = parts, Unreadable = unreadable });

    private static async Task ShowFigures<T>(
        HttpContext context, StreetOffice office, string? street, string what,
        Func<Scope, DateOnly?, Task<IReadOnlyList<(Scope Part, IReadOnlyDictionary<string, Int128> Sums)>>> read,
        Func<Scope, DateOnly?, IReadOnlyList<StreetPart>, IReadOnlyList<string>, T> show)
    {
        var faults = new FaultList();
        Scope scope = StreetAddress.Part(context, street);
        AnswerForm form = AnswerFile.Form(context.Request, AnswerFile.Forms, faults);
        AnswerFile.CheckQuery(context.Request.Query, form, faults, [StreetAddress.On]);
        string table = AnswerFile.TableOf(context.Request.Query, StreetTables.OfSummary, faults);
        DateOnly? on = StreetAddress.Day(context.Request.Query, office.Today, faults);
        IReadOnlyList<(Scope Part, IReadOnlyDictionary<string, Int128> Sums)> sums = faults.Count == 0 ? await read(scope, on) : [];
        if (faults.Count == 0 && sums.Count == 0 && scope.Level != ScopeLevel.City) { StreetOffice.TellUnknown(scope, faults); }
        StreetPart[] parts =
        [
            .. sums.Select(part => new StreetPart
            {
                Street = StreetOffice.Stated(part.Part.Street),
                Estate = StreetOffice.Stated(part.Part.Estate),
                Figures = StreetOffice.Figures(part.Part, part.Sums, faults),
            }),
        ];
        string[] unreadable = await office.Unreadable();
        await (faults.Count > 0 ? Problem.Write(context, faults)
            : form == AnswerForm.Json ? WireJson.Write(context, show(scope, on, parts, unreadable))
            : AnswerFile.Write(context, form, table, office.Tables(context.Request).Of(parts, unreadable), Languages.Of(context.Request), StreetOffice.Stated(scope.Street), what, StreetAddress.Text(on)));
    }

    private static async Task ShowSubsidies(HttpContext context, StreetOffice office, string? street)
    {
        var faults = new FaultList();
        IQueryCollection query = context.Request.Query;
        Scope scope = StreetAddress.Part(context, street);
        AnswerForm form = AnswerFile.Form(context.Request, AnswerFile.Forms, faults);
        AnswerFile.CheckQuery(query, form, faults, [StreetAddress.On], BuildingAddress.After, BuildingAddress.Limit);
        string table = AnswerFile.TableOf(query, StreetTables.OfSubsidies, faults);
        DateOnly? on = StreetAddress.Day(query, office.Today, faults);
        int after = BuildingAddress.Number(query, BuildingAddress.After, 0, int.MaxValue, 0, faults);
        int limit = BuildingAddress.Number(query, BuildingAddress.Limit, 1, BuildingAddress.MostOnPage, BuildingAddress.OnPage, faults);
        SubsidyCheckResult? check = faults.Count == 0 ? await Check(office, scope, on, faults, context.RequestAborted) : null;
        IReadOnlyList<ProgrammeFigures> programmes = check is null ? []
            : ProgrammeFigures.Of(await office.Summaries.Sums(Scope.City, on), await office.Summaries.Sums(scope, on), office.Policies, on ?? office.Today, faults);
        if (faults.Count > 0)
        {
            await Problem.Write(context, faults);
            return;
        }
        string[] unreadable = await office.Unreadable();
        if (form != AnswerForm.Json)
        {
            await AnswerFile.Write(context, form, table, office.Tables(context.Request).Of(check!, programmes, unreadable), Languages.Of(context.Request), StreetOffice.Stated(scope.Street), "subsidies", StreetAddress.Text(on));
            return;
        }
        int next = int.Min(check!.Lines.Count, after) + limit;
        await WireJson.Write(context, new SubsidiesPage
        {
            Street = StreetOffice.Stated(scope.Street),
            On = on,
            Check = check with { Lines = [.. check.Lines.Skip(after).Take(limit)] },
            Programmes = programmes,
            Unreadable = unreadable,
            Next = next < check.Lines.Count ? $"{StreetAddress.Of(scope)}/subsidies?{(on is null ? "" : $"on={StreetAddress.Text(on)}&")}after={next}&limit={limit}" : null,
        });
    }

    private static async Task<SubsidyCheckResult?> Check(StreetOffice office, Scope scope, DateOnly? on, FaultList faults, CancellationToken cancellation)
    {
        bool isCity = scope.Level == ScopeLevel.City, isEmpty = true;
        var check = new SubsidyCheck(office.Policies, all: !isCity);
        await foreach (BuildingSummary summary in office.Summaries.Read(scope, on, cancellation))
        {
            check.Add(summary);
            isEmpty = false;
        }
        if (isEmpty && !isCity)
        {
            StreetOffice.TellUnknown(scope, faults);
            return null;
        }
        if (!isCity && on is null)
        {
            foreach (BuildingSummary summary in await office.Summaries.WithCertificates(check.Certificates))
            {
                if (summary.Site.Street != scope.Street) { check.AddElsewhere(summary); }
            }
        }
        return check.Result(faults);
    }
}
