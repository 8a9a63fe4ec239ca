using System.Globalization;
using CostShare.Api.Buildings;
using CostShare.Api.Sheets;
using CostShare.Api.Streets;
using CostShare.Api.Wire;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>Adds to the addresses of the street office what their handlers read from the request by themselves.</summary>
internal sealed class StreetFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        string route = context.ApiDescription.RelativePath ?? "";
        bool isProgress = route.EndsWith("/progress", StringComparison.Ordinal) && route.StartsWith("api/v1/streets", StringComparison.Ordinal);
        if (!route.StartsWith("api/v1/streets", StringComparison.Ordinal) && !route.StartsWith("api/v1/city", StringComparison.Ordinal)) { return; }
        if (!isProgress) { operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDocument.Administrator, context.Document)] = [] }]; }
        operation.Parameters ??= [];
        foreach (OpenApiParameter inRoute in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
        {
            bool isStreet = inRoute.Name == "street";
            inRoute.Description = $"The {(isStreet ? "street" : "estate")}, as buildings were registered in it, percent-encoded; a slash in it as %2F. The names . and .. cannot stand in an address.";
            inRoute.Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = isStreet ? 64 : 100 };
        }
        if (operation.RequestBody is OpenApiRequestBody body) { body.Required = true; }
        bool isWhatIf = route.EndsWith("/what-ifs", StringComparison.Ordinal), isSubsidies = route.EndsWith("/subsidies", StringComparison.Ordinal);
        if (!isProgress && !isWhatIf)
        {
            Add(StreetAddress.On, "As of the end of that day in China, by what was recorded then. As of now unless stated; a day that has not come is refused.",
                new OpenApiSchema { Type = JsonSchemaType.String, Format = "date", MinLength = 10, MaxLength = 10 });
        }
        if (isSubsidies)
        {
            Add(BuildingAddress.After, "How many lines come before the page; in JSON only.", Whole(0, int.MaxValue));
            Add(BuildingAddress.Limit, $"The most lines of the page, in JSON only; {BuildingAddress.OnPage} unless stated.", Whole(1, BuildingAddress.MostOnPage));
        }
        if (isWhatIf) { Add(BuildingAddress.Limit, $"The most stairs that are listed, those that change by most; {WhatIfEndpoint.Lines} unless stated.", Whole(0, WhatIfEndpoint.MostLines)); }
        string[] tables = isProgress ? StreetTables.OfProgress : isWhatIf ? StreetTables.OfWhatIf : isSubsidies ? StreetTables.OfSubsidies : StreetTables.OfSummary;
        operation.Parameters.Add(isProgress
            ? SheetFilter.Format(StreetAddress.FormsOfProgress, "The form of the answer; a page where the request would rather have text/html, otherwise JSON.")
            : SheetFilter.Format(AnswerFile.Forms, "The form of the answer; JSON unless stated. A workbook holds all tables, csv one."));
        operation.Parameters.Add(SheetFilter.Table(tables));
        if (operation.Responses!["200"].Content is not { } content) { return; }
        SheetFilter.DescribeFiles(content);
        if (content.ContainsKey(ProgressPage.MediaType)) { content[ProgressPage.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }; }
        if (isWhatIf) { content[EventStream.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }; }

        void Add(string name, string description, OpenApiSchema schema) =>
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema });
    }

    private static OpenApiSchema Whole(int least, int most) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = least.ToString(CultureInfo.InvariantCulture),
        Maximum = most.ToString(CultureInfo.InvariantCulture),
    };
}
