using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using Microsoft.Extensions.Primitives;

namespace CostShare.Api.Comparisons;

/// <summary>Schemes side by side, without an account and without a trace.</summary>
internal static class ComparisonsEndpoint
{
    /// <summary>What a query may ask for, in the order in which it is told.</summary>
    public static IReadOnlyDictionary<string, ComparisonParts> Includes { get; } = new Dictionary<string, ComparisonParts>
    {
        ["derivations"] = ComparisonParts.Derivations,
        ["differences"] = ComparisonParts.Differences,
        ["sensitivity"] = ComparisonParts.Sensitivity,
        ["limits"] = ComparisonParts.Limits,
    };

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/comparisons", (Delegate)Compare)
        .WithName("compareSchemes")
        .WithTags("Comparisons")
        .WithSummary("Carries out schemes side by side and says what every household pays, exactly and as a bill.")
        .WithDescription(
            "Needs no account and stores nothing. All schemes share one building, one budget and one funding. "
            + "The same request gives the same answer, byte for byte. "
            + "Limits: 10,000 households, 200 storeys, 50 schemes, households × schemes 20,000, households × rules 100,000 "
            + "(each part of a mix counts as a rule, and so do twenty characters of a formula; 20,000 with derivations, where each floor that "
            + "shapley lists and each cost line of perCost counts too), body 2 MiB, nesting 64.")
        .Accepts<ComparisonRequest>("application/json")
        .Produces<ComparisonResult>()
        .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType);

    private static async Task Compare(HttpContext context)
    {
        var faults = new FaultList();
        ComparisonRequest? request = await RequestBody.Read<ComparisonRequest>(context, faults);
        if (request is null && faults.Count == 0) { return; }
        ComparisonParts parts = request is null ? ComparisonParts.None : Parts(context.Request.Query["include"], FaultCode.NameUnknown, faults);
        ComparisonResult? result = faults.Count == 0 ? Comparer.Compare(request!, context.RequestServices.GetRequiredService<PolicyBook>(), parts, faults) : null;
        if (result is null)
        {
            await Problem.Write(context, faults);
            return;
        }
        await WireJson.Write(context, result);
    }

    /// <summary>The parts that a query asks for by name, besides the facts that every answer over HTTP has.</summary>
    internal static ComparisonParts Parts(StringValues include, FaultCode code, FaultList faults)
    {
        ComparisonParts parts = ComparisonParts.Facts;
        foreach (string? name in include)
        {
            if (name is not null && Includes.TryGetValue(name, out ComparisonParts part)) { parts |= part; }
            else { faults.Add(code, Place.Root, ("parameter", "include"), ("value", Scalar.Shorten(name ?? "")), ("allowed", string.Join(", ", Includes.Keys))); }
        }
        return parts;
    }
}
