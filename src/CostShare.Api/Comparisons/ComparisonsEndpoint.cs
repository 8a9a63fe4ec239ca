using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using Microsoft.Extensions.Primitives;

namespace CostShare.Api.Comparisons;

/// <summary>Schemes side by side, without an account and without a trace.</summary>
internal static class ComparisonsEndpoint
{
    /// <summary>What a query may ask for, in the order in which it is told, and what that adds to the answer.</summary>
    public static IReadOnlyDictionary<string, (ComparisonParts Part, string Adds)> Includes { get; } = new Dictionary<string, (ComparisonParts, string)>
    {
        ["derivations"] = (ComparisonParts.Derivations, "each household's amount with the steps by which the engine reached it"),
        ["differences"] = (ComparisonParts.Differences, "with the facts, what each household pays more or less than under each other scheme"),
        ["sensitivity"] = (ComparisonParts.Sensitivity,
            "how each bill moves when a cost line is 10,000 yuan dearer, a source gives nothing, a household drops out or joins late, or a coefficient moves by a step"),
        ["limits"] = (ComparisonParts.Limits,
            "with the facts, which households are above the limits that they stated and by how much: only for whoever collected the limits, never to be shown to other residents"),
    };

    /// <summary>The same for stored buildings, which hold no limits.</summary>
    public static IReadOnlyList<string> StoredIncludes { get; } = [.. Includes.Where(include => include.Value.Part != ComparisonParts.Limits).Select(include => include.Key)];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/comparisons", (Delegate)Compare)
        .WithName("compareSchemes")
        .WithTags("Comparisons")
        .WithSummary("Carries out schemes side by side and says what every household pays, exactly and as a bill.")
        .WithDescription(
            "Needs no account and stores nothing. All schemes share one building, one budget and one funding. "
            + "The same request gives the same answer, byte for byte. "
            + "Limits: 10,000 households, 200 storeys, 50 schemes, households × schemes 20,000, households × rules 100,000 "
            + "(each part of a mix counts as a rule, and so do twenty characters of a formula; 20,000 with derivations, where each floor that "
            + "shapley lists and each cost line of perCost counts too); with sensitivity 100,000 bills that are reckoned again (variations × households × rules over all "
            + "schemes, where each cost line, source, household and step of a coefficient is a variation); body 2 MiB, nesting 64. "
            + "With `?format=xlsx` or `?format=csv` the same figures as tables, amounts in yuan; tables take no `include`, and only csv takes `table`.")
        .Accepts<ComparisonRequest>("application/json")
        .Produces<ComparisonResult>(StatusCodes.Status200OK, "application/json", CsvSheet.MediaType, Workbook.MediaType)
        .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType);

    private static async Task Compare(HttpContext context)
    {
        var faults = new FaultList();
        ComparisonRequest? request = await RequestBody.Read<ComparisonRequest>(context, faults);
        if (request is null && faults.Count == 0) { return; }
        AnswerForm form = request is null ? AnswerForm.Json : AnswerFile.Form(context.Request, AnswerFile.Forms, faults);
        if (request is not null) { AnswerFile.CheckQuery(context.Request.Query, form, faults, [], BuildingAddress.Include); }
        ComparisonParts parts = request is null || form != AnswerForm.Json ? ComparisonParts.Facts : Parts(context.Request.Query[BuildingAddress.Include], [.. Includes.Keys], FaultCode.NameUnknown, faults);
        string table = request is null ? "" : AnswerFile.TableOf(context.Request.Query, ComparisonSheets.Tables, faults);
        ComparisonResult? result = faults.Count == 0 ? Comparer.Compare(request!, context.RequestServices.GetRequiredService<PolicyBook>(), parts, faults) : null;
        if (result is null)
        {
            await Problem.Write(context, faults);
            return;
        }
        Language language = Languages.Of(context.Request);
        await (form == AnswerForm.Json ? WireJson.Write(context, result)
            : AnswerFile.Write(context, form, table, ComparisonSheets.Of(request!, result, language), language, language.Choose("分摊方案", "schemes")));
    }

    /// <summary>The parts that a query asks for by name, each of those allowed here, besides the facts that every answer over HTTP has.</summary>
    internal static ComparisonParts Parts(StringValues include, IReadOnlyList<string> allowed, FaultCode code, FaultList faults)
    {
        ComparisonParts parts = ComparisonParts.Facts;
        foreach (string? name in include)
        {
            if (name is not null && allowed.Contains(name)) { parts |= Includes[name].Part; }
            else { faults.Add(code, Place.Root, ("parameter", "include"), ("value", Scalar.Shorten(name ?? "")), ("allowed", string.Join(", ", allowed))); }
        }
        return parts;
    }
}
