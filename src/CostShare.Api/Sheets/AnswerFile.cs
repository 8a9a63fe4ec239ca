using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using Microsoft.Net.Http.Headers;

namespace CostShare.Api.Sheets;

/// <summary>In which form an answer is given.</summary>
internal enum AnswerForm
{
    Json,
    Csv,
    Xlsx,
    Html,
}

/// <summary>Answers that are given out as files: what requests say of the form, and how the file is sent.</summary>
internal static class AnswerFile
{
    /// <summary>The parameters of the query.</summary>
    public const string Format = "format", Table = "table";

    /// <summary>The forms of all answers that are given out as files.</summary>
    public static readonly string[] Forms = ["json", "csv", "xlsx"];

    /// <summary>The form that is asked for: the one of the query; otherwise, where there is a page, what the request would rather have; otherwise the first.</summary>
    public static AnswerForm Form(HttpRequest request, string[] forms, FaultList faults)
    {
        if (BuildingAddress.Only(request.Query, Format) is string text)
        {
            if (forms.Contains(text) && Enum.TryParse(text, ignoreCase: true, out AnswerForm form)) { return form; }
            faults.Add(FaultCode.ParameterForm, Place.Root, ("parameter", Format), ("value", Scalar.Shorten(text)), ("allowed", string.Join(", ", forms)));
        }
        return forms.Contains("html") && RatherHtml(request) ? AnswerForm.Html : Enum.Parse<AnswerForm>(forms[0], ignoreCase: true);
    }

    /// <summary>Tells of parameters that the address does not take in this form.</summary>
    /// <param name="query">The query.</param>
    /// <param name="form">The form; only csv takes the name of a table.</param>
    /// <param name="faults">Receives what is wrong.</param>
    /// <param name="always">What it takes in every form.</param>
    /// <param name="inJson">What it takes in JSON besides: tables are given out whole.</param>
    public static void CheckQuery(IQueryCollection query, AnswerForm form, FaultList faults, string[] always, params string[] inJson) =>
        BuildingAddress.CheckQuery(query, faults, [Format, .. always, .. form == AnswerForm.Json ? inJson : form == AnswerForm.Csv ? [Table] : []]);

    /// <summary>The table that is asked for, or the first.</summary>
    public static string TableOf(IQueryCollection query, string[] tables, FaultList faults)
    {
        string table = BuildingAddress.Only(query, Table) ?? tables[0];
        if (!tables.Contains(table)) { faults.Add(FaultCode.ParameterForm, Place.Root, ("parameter", Table), ("value", Scalar.Shorten(table)), ("allowed", string.Join(", ", tables))); }
        return table;
    }

    /// <summary>Gives tables out as a file.</summary>
    /// <param name="context">The request.</param>
    /// <param name="form">csv, which holds one table, or xlsx, which holds all.</param>
    /// <param name="table">The table of csv.</param>
    /// <param name="sheets">The tables.</param>
    /// <param name="language">The language of the tables.</param>
    /// <param name="name">The parts of the name of the file; those that are null are left out.</param>
    public static Task Write(HttpContext context, AnswerForm form, string table, IReadOnlyList<Sheet> sheets, Language language, params string?[] name)
    {
        bool isCsv = form == AnswerForm.Csv;
        string[] parts = [.. name.OfType<string>(), .. isCsv && table != sheets[0].Id ? [table] : Array.Empty<string>()];
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{string.Join('-', parts.Select(ForFile))}.{(isCsv ? "csv" : "xlsx")}");
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.ContentLanguage = language.Tag();
        context.Response.Headers.Vary = "Accept-Language";
        context.Response.ContentType = isCsv ? $"{CsvSheet.MediaType}; charset=utf-8; header=present" : Workbook.MediaType;
        byte[] bytes = isCsv ? CsvSheet.Write(sheets.First(sheet => sheet.Id == table)) : Workbook.Write(sheets);
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    // What no system of files takes for more than a letter.
    private static string ForFile(string part) => string.Concat(part.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));

    private static bool RatherHtml(HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        double Quality(string type) => accepted.Where(one => one.MediaType == type).Select(one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
        return Quality("text/html") > Quality("application/json");
    }
}
