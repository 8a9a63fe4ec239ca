using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;

namespace CostShare.Api.Explanations;

/// <summary>Why one household pays what it pays, without an account and without a trace.</summary>
internal static class ExplanationsEndpoint
{
    /// <summary>What the query names.</summary>
    public const string Household = "household", SchemeName = "scheme";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/explanations", (Delegate)Explain)
        .WithName("explainHousehold")
        .WithTags("Comparisons")
        .WithSummary("Says in words why a household pays what it pays, step by step, with every number as it can be checked with a calculator.")
        .WithDescription("The request is that of a comparison; the answer is in the language of Accept-Language, zh-CN unless English is preferred. Needs no account and stores nothing. Limits as for a comparison with derivations.")
        .Accepts<ComparisonRequest>("application/json")
        .Produces<HouseholdExplanation>()
        .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType);

    private static async Task Explain(HttpContext context)
    {
        var faults = new FaultList();
        ComparisonRequest? request = await RequestBody.Read<ComparisonRequest>(context, faults);
        if (request is null && faults.Count == 0) { return; }
        (int household, int[] schemes) = faults.Count == 0 ? Find(request!, context.Request.Query, faults) : default;
        ComparisonResult? result = faults.Count == 0 ? Comparer.Compare(request!, context.RequestServices.GetRequiredService<PolicyBook>(), ComparisonParts.Derivations, faults) : null;
        if (result is null)
        {
            await Problem.Write(context, faults);
            return;
        }
        Language language = Languages.Of(context.Request);
        context.Response.Headers.ContentLanguage = language.Tag();
        context.Response.Headers.Vary = "Accept-Language";
        await WireJson.Write(context, new Explanation(request!, result, language).Of(household, schemes));
    }

    /// <summary>The household and the schemes that the query names; all schemes where it names none.</summary>
    private static (int Household, int[] Schemes) Find(ComparisonRequest request, IQueryCollection query, FaultList faults)
    {
        foreach (string name in query.Keys.Where(name => name is not (Household or SchemeName)))
        {
            faults.Add(FaultCode.ParameterUnknown, Place.Root, ("value", Scalar.Shorten(name)), ("allowed", $"{Household}, {SchemeName}"));
        }
        string[] households = [.. request.Building.Households.Select(household => household.Id.Value)];
        string[] schemes = [.. request.Schemes.Select(scheme => scheme.Id.Value)];
        if (query[Household] is not [string wanted])
        {
            faults.Add(query.ContainsKey(Household) ? FaultCode.MemberDuplicate : FaultCode.MemberMissing, Place.Root, ("member", Household));
            return default;
        }
        int found = Array.IndexOf(households, wanted);
        if (found < 0) { faults.Add(FaultCode.HouseholdUnknown, Place.Root, ("household", Scalar.Shorten(wanted))); }
        string?[] named = [.. query[SchemeName]];
        foreach (string? name in named.Where(name => !schemes.Contains(name)))
        {
            faults.Add(FaultCode.SchemeUnknown, Place.Root, ("scheme", Scalar.Shorten(name ?? "")));
        }
        return (found, [.. Enumerable.Range(0, schemes.Length).Where(k => named.Length == 0 || named.Contains(schemes[k]))]);
    }
}
