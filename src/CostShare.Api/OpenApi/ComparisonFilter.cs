using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>Adds to the comparison what its handler reads from the request by itself, and examples that run as they stand.</summary>
internal sealed class ComparisonFilter : IOperationFilter
{
    private const string ExampleFolder = "examples/";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.OperationId != "compareSchemes") { return; }
        operation.Parameters =
        [
            new OpenApiParameter
            {
                Name = "include",
                In = ParameterLocation.Query,
                Description = "`derivations`: each household's amount with the steps by which the engine reached it.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("derivations")] },
            },
            new OpenApiParameter
            {
                Name = "Accept-Language",
                In = ParameterLocation.Header,
                Description = "The language of refusals: Chinese unless English is preferred.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = JsonValue.Create("en"),
            },
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
    }
}
