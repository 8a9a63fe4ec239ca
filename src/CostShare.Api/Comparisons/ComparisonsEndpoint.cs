using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using Microsoft.Net.Http.Headers;

namespace CostShare.Api.Comparisons;

/// <summary>Schemes side by side, without an account and without a trace.</summary>
internal static class ComparisonsEndpoint
{
    /// <summary>The largest body in bytes.</summary>
    public const int LargestBody = 2 * 1024 * 1024;

    private const string Derivations = "derivations";

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
        if (context.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            await Problem.Write(context, FaultCode.BodyEncoded, ("contentEncoding", Scalar.Shorten(encoding.ToString())));
            return;
        }
        if (!IsJson(context.Request))
        {
            await Problem.Write(context, FaultCode.UnsupportedMediaType, ("contentType", Scalar.Shorten(context.Request.ContentType ?? "")));
            return;
        }
        PipeReader reader = context.Request.BodyReader;
        if (await ReadBody(context, reader) is not ReadOnlySequence<byte> body)
        {
            await Problem.Write(context, FaultCode.BodyTooLarge, ("limitBytes", LargestBody));
            return;
        }
        var faults = new FaultList();
        ComparisonRequest? request = StrictReader.Read<ComparisonRequest>(body.IsSingleSegment ? body.First : body.ToArray(), faults);
        reader.AdvanceTo(body.End);
        bool explain = request is not null && Includes(context.Request, faults);
        ComparisonResult? result = faults.Count == 0 ? Comparer.Compare(request!, explain, faults) : null;
        if (result is null)
        {
            await Problem.Write(context, faults);
            return;
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, result, WireJson.Options, context.RequestAborted);
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The whole body, or null if it is larger than the limit.</summary>
    private static async Task<ReadOnlySequence<byte>?> ReadBody(HttpContext context, PipeReader reader)
    {
        if (context.Request.ContentLength > LargestBody) { return null; }
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > LargestBody)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted) { return read.Buffer; }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool Includes(HttpRequest request, FaultList faults)
    {
        foreach (string? include in request.Query["include"])
        {
            if (include != Derivations)
            {
                faults.Add(FaultCode.NameUnknown, Place.Root, ("value", Scalar.Shorten(include ?? "")), ("allowed", Derivations));
            }
        }
        return request.Query.ContainsKey("include");
    }
}
