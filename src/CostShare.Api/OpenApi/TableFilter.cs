using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CostShare.Api.Policies;
using CostShare.Api.Tables;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>Adds to the check of tables what its handler reads from the request by itself: two media types, what the query says of a CSV, and examples.</summary>
internal sealed class TableFilter : IOperationFilter
{
    private const string ExampleFolder = "tables/";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.OperationId != "checkTable") { return; }
        operation.Parameters = [.. TableFile.Parameters.Select(name => OfCsv(name, context))];
        byte[] table = Example("shanghai.json");
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(typeof(TableCheck), context.SchemaRepository),
                    Example = JsonNode.Parse(table),
                },
                [RequestBody.CsvType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Example = JsonValue.Create(Encoding.UTF8.GetString(Example("french.csv"))),
                },
            },
        };
        AddAnswers(operation.Responses!, table);
    }

    private static OpenApiParameter OfCsv(string name, OperationFilterContext context)
    {
        PropertyInfo member = typeof(TableCheck).GetProperties().First(property => WireNames.Of(property) == name);
        Type type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        return new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = $"Only with a table in CSV: what `{name}` is in JSON.",
            Schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository),
        };
    }

    private static byte[] Example(string name)
    {
        using Stream stream = typeof(TableFilter).Assembly.GetManifestResourceStream(ExampleFolder + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // The answers are those of the checker with the policies that are shipped and of the sentences themselves, made when the document is.
    private static void AddAnswers(OpenApiResponses responses, byte[] table)
    {
        TableCheckResult result = TableChecker.Check(StrictReader.Read<TableCheck>(table, new FaultList())!, PolicyFolder.Read(PolicyFolder.Shipped), new FaultList())!;
        ComparisonFilter.SetExample(responses["200"], "application/json", JsonSerializer.SerializeToNode(result, WireJson.Options)!);
        ComparisonFilter.SetProblem(responses["400"], FaultCode.CellNotReadable, Place.Root,
            ("expected", "wholeNumber"), ("value", "三楼"), (CsvTable.Line, 4), (CsvTable.Heading, "楼层"));
        ComparisonFilter.SetProblem(responses["413"], FaultCode.BodyTooLarge, Place.Root, ("limitBytes", RequestBody.Largest));
        ComparisonFilter.SetProblem(responses["415"], FaultCode.UnsupportedMediaType, Place.Root, ("contentType", "application/vnd.ms-excel"), ("allowed", RequestBody.JsonOrCsv));
        ComparisonFilter.SetProblem(responses["422"], FaultCode.TableValueMissing, Place.Root.At("rows").At(2).At("percent"), ("member", "percent"));
    }
}
