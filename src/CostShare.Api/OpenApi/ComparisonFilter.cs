using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CostShare.Api.Comparisons;
using CostShare.Api.Explanations;
using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>Adds to the comparison what its handler reads from the request by itself, and examples that run as they stand.</summary>
internal sealed class ComparisonFilter : IOperationFilter
{
    private const string ExampleFolder = "examples/";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.OperationId == "explainHousehold") { AddQuery(operation); }
        if (operation.OperationId != "compareSchemes") { return; }
        operation.Parameters =
        [
            Include([.. ComparisonsEndpoint.Includes.Keys]),
            SheetFilter.Format(AnswerFile.Forms, "The form of the answer; JSON unless stated. A workbook holds all tables, csv one."),
            SheetFilter.Table(ComparisonSheets.Tables),
            AcceptLanguage(),
        ];
        ((OpenApiRequestBody)operation.RequestBody!).Required = true;
        var content = (OpenApiMediaType)operation.RequestBody.Content!["application/json"];
        content.Examples = new Dictionary<string, IOpenApiExample>();
        Assembly assembly = typeof(ComparisonFilter).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ExampleFolder, StringComparison.Ordinal)).Order())
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            content.Examples[Path.GetFileNameWithoutExtension(name)] = new OpenApiExample { Value = JsonNode.Parse(stream) };
        }
        AddAnswers(operation.Responses!, content.Examples["w04-italy"].Value!);
        SheetFilter.DescribeFiles(operation.Responses!["200"].Content!);
    }

    /// <summary>The parameter that adds parts to a comparison.</summary>
    internal static OpenApiParameter Include(IReadOnlyList<string> names) => new()
    {
        Name = "include",
        In = ParameterLocation.Query,
        Description = "What the answer is to hold besides shares and facts; may stand several times:"
            + string.Concat(names.Select(name => $"\n- `{name}`: {ComparisonsEndpoint.Includes[name].Adds}")),
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            MaxItems = names.Count,
            Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))] },
        },
    };

    private static void AddQuery(OpenApiOperation operation) => operation.Parameters =
    [
        new OpenApiParameter
        {
            Name = ExplanationsEndpoint.Household,
            In = ParameterLocation.Query,
            Required = true,
            Description = "The id of the household.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        },
        new OpenApiParameter
        {
            Name = ExplanationsEndpoint.SchemeName,
            In = ParameterLocation.Query,
            Description = "The ids of the schemes; all unless stated.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        },
        AcceptLanguage(),
    ];

    internal static OpenApiParameter AcceptLanguage() => new()
    {
        Name = "Accept-Language",
        In = ParameterLocation.Header,
        Description = "The language: Chinese unless English is preferred.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create("en"),
    };

    // The answers are those of the engine and of the sentences themselves, made when the document is.
    private static void AddAnswers(OpenApiResponses responses, JsonNode request)
    {
        ComparisonResult result = Comparer.Compare(
            StrictReader.Read<ComparisonRequest>(Encoding.UTF8.GetBytes(request.ToJsonString()), new FaultList())!, PolicyBook.Empty, ComparisonParts.Derivations, new FaultList())!;
        SetExample(responses["200"], "application/json", JsonSerializer.SerializeToNode(result, WireJson.Options)!);
        Place scheme = Place.Root.At("schemes").At(0);
        SetProblem(responses["400"], FaultCode.MemberMissing, Place.Root.At("building").At("storeys"), ("member", "storeys"));
        SetProblem(responses["413"], FaultCode.BodyTooLarge, Place.Root, ("limitBytes", RequestBody.Largest));
        SetProblem(responses["415"], FaultCode.UnsupportedMediaType, Place.Root, ("contentType", "text/plain"), ("allowed", RequestBody.Json));
        SetProblem(responses["422"], FaultCode.DoesNotClose, scheme.At("rule").At("percentages"), ("sum", "102"));
    }

    internal static void SetProblem(IOpenApiResponse response, FaultCode code, Place place, params ReadOnlySpan<FaultValue> values)
    {
        var faults = new FaultList();
        faults.Add(code, place, values);
        SetExample(response, Problem.MediaType, JsonSerializer.SerializeToNode(Problem.Of(faults, Language.English), WireJson.Options)!);
    }

    internal static void SetExample(IOpenApiResponse response, string mediaType, JsonNode example) =>
        ((OpenApiMediaType)response.Content![mediaType]).Example = example;
}
