using System.Globalization;
using CostShare.Api.Buildings;
using CostShare.Api.Comparisons;
using CostShare.Grains.Buildings;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>Adds to the addresses of stored buildings what their handlers read from the request by themselves.</summary>
internal sealed class BuildingFilter : IOperationFilter
{
    private const string IdPattern = "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        string route = context.ApiDescription.RelativePath ?? "";
        if (!route.StartsWith("api/v1/buildings", StringComparison.Ordinal)) { return; }
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDocument.Administrator, context.Document)] = [] }];
        operation.Parameters ??= [];
        foreach (OpenApiParameter inRoute in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
        {
            (string description, OpenApiSchema schema) = inRoute.Name switch
            {
                "building" => ("The id of the building: small letters, digits and hyphens.", new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = BuildingId.Longest, Pattern = IdPattern }),
                "household" => ("The id of the household.", new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 64 }),
                "number" => ("Which finalisation, from 1 on.", Whole(1, 1_000_000)),
                _ => (inRoute.Description ?? "", (OpenApiSchema)inRoute.Schema!),
            };
            (inRoute.Description, inRoute.Schema) = (description, schema);
        }
        if (operation.RequestBody is OpenApiRequestBody body) { body.Required = true; }
        // Names and telephone numbers are kept apart, without versions.
        if (route.EndsWith("contacts", StringComparison.Ordinal)) { return; }
        bool isRead = context.ApiDescription.HttpMethod == "GET";
        bool isPage = operation.OperationId is "listBuildings" or "showHouseholds" or "showHistory";
        if (isRead && operation.OperationId is not ("listBuildings" or "showHistory" or "exportBuilding"))
        {
            Add(BuildingAddress.At, "As of then: a version, or a time with its offset such as 2026-11-20T08:00:00+08:00. As of now unless stated.", new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 40 });
            if (operation.OperationId != "compareStoredSchemes") { Add("If-None-Match", "The tag that is known; answered by 304 if nothing happened since.", new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 40 }, ParameterLocation.Header); }
        }
        if (isPage)
        {
            Add(BuildingAddress.After, operation.OperationId switch
            {
                "listBuildings" => "The id behind which the page begins.",
                "showHistory" => "The version behind which the page begins.",
                _ => "How many households come before the page.",
            }, operation.OperationId == "listBuildings" ? new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = BuildingId.Longest, Pattern = IdPattern } : Whole(0, int.MaxValue));
            Add(BuildingAddress.Limit, string.Create(CultureInfo.InvariantCulture, $"The most entries of the page; {BuildingAddress.OnPage} unless stated."), Whole(1, operation.OperationId == "showHistory" ? HistoryPage.MostEntries : BuildingAddress.MostOnPage));
        }
        if (operation.OperationId == "compareStoredSchemes")
        {
            Add(BuildingAddress.SchemeName, "Only this scheme; may stand several times.", new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = ProposeScheme.MostSchemes, Items = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 64 } });
            operation.Parameters.Add(ComparisonFilter.Include(ComparisonsEndpoint.StoredIncludes));
        }
        if (isRead) { return; }
        Add(BuildingAddress.DryRun, "Only tried: the answer is told and nothing is stored.", new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false });
        if (operation.OperationId == "importBuilding") { return; }
        Add(BuildingAddress.IdempotencyKey,
            "Chosen by the sender. The same key is carried out once: sent again it gets the first answer, and with another command it is refused. Without one a command cannot safely be sent again.",
            new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = CommandId.Longest }, ParameterLocation.Header);
        Add("If-Match", "The tag of the version that the sender has seen; refused with 412 if anything happened since.", new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 40 }, ParameterLocation.Header);

        void Add(string name, string description, OpenApiSchema schema, ParameterLocation place = ParameterLocation.Query) =>
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = place, Description = description, Schema = schema });
    }

    private static OpenApiSchema Whole(int least, int most) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = least.ToString(CultureInfo.InvariantCulture),
        Maximum = most.ToString(CultureInfo.InvariantCulture),
    };
}
