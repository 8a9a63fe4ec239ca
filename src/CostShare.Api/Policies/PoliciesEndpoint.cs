using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using Microsoft.Extensions.Primitives;

namespace CostShare.Api.Policies;

/// <summary>The dated rules that the program knows.</summary>
internal static class PoliciesEndpoint
{
    private const string City = "city", Kind = "kind", On = "on";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/policies", (Delegate)List)
            .WithName("listPolicies")
            .WithTags("Policies")
            .WithSummary("Lists the dated rules of cities and countries: subsidies, coefficients, guidance ranges, consent.")
            .WithDescription("Each by the rule in force on a day, or by its last rule. Coefficients and guidance ranges come with ready schemes.")
            .Produces<PolicyList>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType);
        routes.MapGet("/api/v1/policies/{id}", (Delegate)Show)
            .WithName("showPolicy")
            .WithTags("Policies")
            .WithSummary("Shows a policy with its whole history, sources and conditions.")
            .Produces<Policy>()
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType);
        routes.MapPost("/api/v1/policies/{id}/evaluation", (Delegate)Evaluate)
            .WithName("evaluatePolicy")
            .WithTags("Policies")
            .WithSummary("Says what a subsidy gives for a building and a budget, step by step, and which conditions are met, not met or not known.")
            .WithDescription("Needs no account and stores nothing. Places in refusals are those of the body; one about the policy itself stands at /policy or /on.")
            .Accepts<EvaluationRequest>("application/json")
            .Produces<EvaluationResult>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType);
    }

    private static Task List(HttpContext context, PolicyBook policies)
    {
        var faults = new FaultList();
        string? kind = Only(context, Kind), day = Only(context, On);
        foreach ((string name, StringValues values) in context.Request.Query)
        {
            if (name is not (City or Kind or On))
            {
                faults.Add(FaultCode.NameUnknown, Place.Root.At(Scalar.Shorten(name)), ("value", Scalar.Shorten(name)), ("allowed", $"{City}, {Kind}, {On}"));
            }
            else if (values.Count > 1) { faults.Add(FaultCode.MemberDuplicate, Place.Root.At(name), ("member", name)); }
        }
        if (kind is not null && !PolicyBook.Kinds.Values.Contains(kind))
        {
            faults.Add(FaultCode.NameUnknown, Place.Root.At(Kind), ("value", Scalar.Shorten(kind)), ("allowed", string.Join(", ", PolicyBook.Kinds.Values)));
        }
        object? on = day is null ? null : Scalar.Of(typeof(DateOnly))!.ReadName(day, Where.Member(Place.Root, On), faults);
        return faults.Count > 0
            ? Problem.Write(context, faults)
            : WireJson.Write(context, policies.List(Only(context, City), kind, (DateOnly?)on));
    }

    private static Task Show(HttpContext context, string id, PolicyBook policies) =>
        Find(policies, id) is Policy policy
            ? WireJson.Write(context, policy)
            : Problem.Write(context, FaultCode.NotFound);

    private static async Task Evaluate(HttpContext context, string id, PolicyBook policies)
    {
        if (Find(policies, id) is not SubsidyPolicy policy)
        {
            await Problem.Write(context, FaultCode.NotFound);
            return;
        }
        var faults = new FaultList();
        EvaluationRequest? request = await RequestBody.Read<EvaluationRequest>(context, faults);
        if (request is null && faults.Count == 0) { return; }
        EvaluationResult? result = faults.Count == 0 ? policies.Evaluate(policy.Id, request!, faults) : null;
        await (result is null ? Problem.Write(context, faults) : WireJson.Write(context, result));
    }

    // What stands in the address need not be an id at all.
    private static Policy? Find(PolicyBook policies, string id) => policies.All.FirstOrDefault(policy => policy.Id.Value == id);

    private static string? Only(HttpContext context, string name) => context.Request.Query[name] is [.., string value] ? value : null;
}
