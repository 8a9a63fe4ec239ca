using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>Adds to the reading of sheets and to the templates what their handlers read from the request by themselves, and examples; describes answers that are given out as files.</summary>
internal sealed class SheetFilter : IOperationFilter
{
    // What a spreadsheet copies: a title, headings, a floor in words, a door with its word, an area with its unit, and a cell that nobody can read.
    private const string Pasted = "乐山路 12 号住户\n室号\t楼层\t面积\n201室\t二楼\t52.30\n301室\t三楼\t38.6㎡\n302室\t三楼\t约 39\n";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.OperationId == "readSheet") { OfReading(operation); }
        if (operation.OperationId == "showTemplate") { OfTemplates(operation); }
    }

    /// <summary>The parameter that says in which form an answer is given.</summary>
    public static OpenApiParameter Format(string[] forms, string description) => Query(AnswerFile.Format, description, Names(forms));

    /// <summary>The parameter that says which table csv holds.</summary>
    public static OpenApiParameter Table(string[] tables) => Query(AnswerFile.Table, $"With csv, which table; {tables[0]} unless stated.", Names(tables));

    /// <summary>Says of answers that are given out as files that csv is text and a workbook bytes.</summary>
    public static void DescribeFiles(IDictionary<string, IOpenApiMediaType> content)
    {
        if (content.ContainsKey(CsvSheet.MediaType)) { content[CsvSheet.MediaType] = Text(); }
        if (content.ContainsKey(Workbook.MediaType)) { content[Workbook.MediaType] = Bytes(); }
    }

    private static void OfReading(OpenApiOperation operation)
    {
        operation.Parameters =
        [
            Query(SheetsEndpoint.For, "What the sheet is read for.", Names(SheetsEndpoint.Purposes), isRequired: true),
            Query(SheetsEndpoint.SheetNumber, "Which sheet of a workbook, counted from 1; the first with headings unless stated.", new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = WorkbookFile.MostParts.ToString(CultureInfo.InvariantCulture),
            }),
        ];
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "Pasted text or a file; the bytes decide which.",
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["text/plain"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(Pasted) },
                [RequestBody.CsvType] = Text(),
                ["text/tab-separated-values"] = Text(),
                [Workbook.MediaType] = Bytes(),
                ["application/octet-stream"] = Bytes(),
            },
        };
        // The answer is that of the reader itself, made when the document is.
        SheetReading reading = SheetReader.Read(Encoding.UTF8.GetBytes(Pasted), SheetPurpose.Households, null, Language.English, new FaultList())!;
        ComparisonFilter.SetExample(operation.Responses!["200"], "application/json", JsonSerializer.SerializeToNode(reading, WireJson.Options)!);
        ComparisonFilter.SetProblem(operation.Responses["400"], FaultCode.SheetOldOrLocked, Place.Root);
        ComparisonFilter.SetProblem(operation.Responses["413"], FaultCode.BodyTooLarge, Place.Root, ("limitBytes", RequestBody.LargestImport));
        ComparisonFilter.SetProblem(operation.Responses["415"], FaultCode.UnsupportedMediaType, Place.Root, ("contentType", "application/json"), ("allowed", RequestBody.SheetOrText));
    }

    private static void OfTemplates(OpenApiOperation operation)
    {
        operation.Parameters =
        [
            new OpenApiParameter { Name = "purpose", In = ParameterLocation.Path, Required = true, Description = "What the sheet is for.", Schema = Names(SheetsEndpoint.Purposes) },
            Format(SheetsEndpoint.TemplateForms, $"The form; {SheetsEndpoint.TemplateForms[0]} unless stated."),
            Query(SheetsEndpoint.InLanguage, "The language of the headings; that of Accept-Language unless stated.", Names(SheetsEndpoint.LanguageTags)),
        ];
        DescribeFiles(operation.Responses!["200"].Content!);
        ComparisonFilter.SetProblem(operation.Responses["400"], FaultCode.ParameterForm, Place.Root, ("parameter", AnswerFile.Format), ("value", "xls"), ("allowed", string.Join(", ", SheetsEndpoint.TemplateForms)));
        ComparisonFilter.SetProblem(operation.Responses["404"], FaultCode.NotFound, Place.Root);
    }

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema, bool isRequired = false) =>
        new() { Name = name, In = ParameterLocation.Query, Required = isRequired, Description = description, Schema = schema };

    private static OpenApiSchema Names(string[] names) => new() { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))] };

    private static OpenApiMediaType Text() => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiMediaType Bytes() => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
}
