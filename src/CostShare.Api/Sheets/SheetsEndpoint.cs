using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;

namespace CostShare.Api.Sheets;

/// <summary>Sheets that people have, read without an account and without a trace, and sheets to begin with.</summary>
internal static class SheetsEndpoint
{
    /// <summary>The parameters of the query.</summary>
    public const string For = "for", SheetNumber = "sheet", InLanguage = "language";

    /// <summary>The purposes by their names in addresses.</summary>
    public static readonly string[] Purposes = [.. Enum.GetValues<SheetPurpose>().Select(purpose => WireNames.Of(purpose))];

    /// <summary>The forms of what there is to begin with; the first unless another is asked for.</summary>
    public static readonly string[] TemplateForms = ["xlsx", "csv"];

    /// <summary>The languages that an address may ask for.</summary>
    public static readonly string[] LanguageTags = ["zh-CN", "en"];

    private const string Tag = "Sheets";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/sheets/reading", (Delegate)Read)
            .WithName("readSheet")
            .WithTags(Tag)
            .WithSummary("Reads a sheet as people have it, pasted or as a file, and says cell by cell what was understood and what was not.")
            .WithDescription(
                "Needs no account, and nothing is stored or logged. The body is pasted text (columns between tabs, commas, semicolons or blanks; UTF-8, UTF-16 or GB18030, which the bytes decide) "
                + "or a workbook (xlsx). Headings are found below titles and in two rows, in Chinese or English; floors may be 三楼, 3F or 302室, numbers full-width, with units, in 万元 or per cent; "
                + "rows of totals, remarks and blank lines are skipped and told. Whatever is not word for word is among `notes`, whatever cannot be read among `faults`, each by its cell; the row comes back without it. "
                + "Where there is no fault, `households` or `table` is ready to be sent on. Columns of names, telephone numbers and the like are not read. "
                + "Limits: body 10 MiB, unpacked 32 MiB, 1,000 parts, 10,000 rows, 200 columns, 200,000 cells. Old workbooks (xls), locked ones and document types are refused; links to elsewhere are not followed.")
            .Produces<SheetReading>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType);
        routes.MapGet("/api/v1/sheets/templates/{purpose}", (Delegate)ShowTemplate)
            .WithName("showTemplate")
            .WithTags(Tag)
            .WithSummary("Gives out a sheet with headings and two rows as an example, to be filled in.")
            .WithDescription("The headings are those of tables in CSV everywhere else, so that the filled sheet can be read, registered and checked as it is.")
            .Produces<string>(StatusCodes.Status200OK, Workbook.MediaType, CsvSheet.MediaType)
            .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType);
    }

    private static async Task Read(HttpContext context)
    {
        if (await RequestBody.ReadSheet(context) is not byte[] body) { return; }
        var faults = new FaultList();
        IQueryCollection query = context.Request.Query;
        Language language = Languages.Of(context.Request);
        BuildingAddress.CheckQuery(query, faults, For, SheetNumber);
        string purpose = BuildingAddress.Only(query, For) ?? "";
        if (!Purposes.Contains(purpose)) { faults.Add(FaultCode.ParameterForm, Place.Root, ("parameter", For), ("value", Scalar.Shorten(purpose)), ("allowed", string.Join(", ", Purposes))); }
        int sheet = BuildingAddress.Number(query, SheetNumber, 1, WorkbookFile.MostParts, 0, faults);
        SheetReading? reading = faults.Count == 0
            ? SheetReader.Read(body, (SheetPurpose)Array.IndexOf(Purposes, purpose), sheet == 0 ? null : sheet, language, faults)
            : null;
        if (reading is null)
        {
            await Problem.Write(context, faults);
            return;
        }
        context.Response.Headers.ContentLanguage = language.Tag();
        context.Response.Headers.Vary = "Accept-Language";
        // What somebody sent is nobody else's.
        context.Response.Headers.CacheControl = "no-store";
        await WireJson.Write(context, reading);
    }

    private static Task ShowTemplate(HttpContext context, string purpose)
    {
        var faults = new FaultList();
        IQueryCollection query = context.Request.Query;
        int which = Array.IndexOf(Purposes, purpose);
        if (which < 0) { return Problem.Write(context, FaultCode.NotFound); }
        AnswerForm form = AnswerFile.Form(context.Request, TemplateForms, faults);
        BuildingAddress.CheckQuery(query, faults, AnswerFile.Format, InLanguage);
        string? tag = BuildingAddress.Only(query, InLanguage);
        if (tag is not null && !LanguageTags.Contains(tag)) { faults.Add(FaultCode.ParameterForm, Place.Root, ("parameter", InLanguage), ("value", Scalar.Shorten(tag)), ("allowed", string.Join(", ", LanguageTags))); }
        if (faults.Count > 0) { return Problem.Write(context, faults); }
        Language language = tag is null ? Languages.Of(context.Request) : tag == Language.English.Tag() ? Language.English : Language.Chinese;
        Sheet template = SheetTemplates.Of((SheetPurpose)which, language);
        return AnswerFile.Write(context, form, template.Id, [template], language, "costshare", template.Id);
    }
}
