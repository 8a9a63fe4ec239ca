using System.Text.Json.Nodes;
using CostShare.Grains.Policies;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>Adds to the policies what their handlers read from the request by themselves.</summary>
internal sealed class PolicyFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        switch (operation.OperationId)
        {
            case "listPolicies":
                operation.Parameters =
                [
                    Query("city", "Only policies of this city or country, by its Chinese or English name.", new OpenApiSchema { Type = JsonSchemaType.String }),
                    Query("kind", "Only policies of this kind.", new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Enum = [.. PolicyBook.Kinds.Values.Select(kind => (JsonNode)JsonValue.Create(kind))],
                    }),
                    Query("on", "Only policies with a rule in force on this day, and by that rule.", new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" }),
                ];
                break;
            case "evaluatePolicy":
                ((OpenApiRequestBody)operation.RequestBody!).Required = true;
                break;
            default:
                break;
        }
    }

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };
}
