using System.Text.Json;
using System.Text.Json.Nodes;
using CostShare.Api.Policies;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Faults;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>Adds to the search what its handler reads from the request by itself, and an example that runs as it stands.</summary>
internal sealed class SearchFilter : IOperationFilter
{
    private const string Example = "searches/six-storeys.json";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.OperationId != "searchSchemes") { return; }
        operation.Parameters =
        [
            new OpenApiParameter
            {
                Name = "Accept-Language",
                In = ParameterLocation.Header,
                Description = "The language of refusals: Chinese unless English is preferred.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = JsonValue.Create("en"),
            },
        ];
        using Stream stream = typeof(SearchFilter).Assembly.GetManifestResourceStream(Example)!;
        var body = new byte[stream.Length];
        stream.ReadExactly(body);
        ((OpenApiRequestBody)operation.RequestBody!).Required = true;
        ((OpenApiMediaType)operation.RequestBody.Content!["application/json"]).Example = JsonNode.Parse(body);
        AddAnswers(operation.Responses!, body);
    }

    // The answers are those of the search and of the sentences themselves, made when the document is.
    private static void AddAnswers(OpenApiResponses responses, byte[] body)
    {
        SchemeSearch search = SchemeSearch.Of(StrictReader.Read<SearchRequest>(body, new FaultList())!, PolicyFolder.Read(PolicyFolder.Shipped), new FaultList())!;
        search.Advance(search.Total);
        ComparisonFilter.SetExample(responses["200"], "application/json", JsonSerializer.SerializeToNode(search.Result(), WireJson.Options)!);
        responses["200"].Content![EventStream.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        Place family = Place.Root.At("family");
        ComparisonFilter.SetProblem(responses["400"], FaultCode.MemberMissing, family, ("member", "family"));
        ComparisonFilter.SetProblem(responses["413"], FaultCode.BodyTooLarge, Place.Root, ("limitBytes", RequestBody.Largest));
        ComparisonFilter.SetProblem(responses["415"], FaultCode.UnsupportedMediaType, Place.Root, ("contentType", "text/plain"), ("allowed", RequestBody.Json));
        ComparisonFilter.SetProblem(responses["422"], FaultCode.FamilyTooLarge, family, ("count", 1_201_200_000), ("limit", SearchRequest.MostSchemes));
        ComparisonFilter.SetProblem(responses["503"], FaultCode.SearchesBusy, Place.Root);
    }
}
