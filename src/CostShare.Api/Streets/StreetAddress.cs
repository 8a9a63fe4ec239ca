using System.Globalization;
using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using CostShare.Silo.Summaries;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CostShare.Api.Streets;

/// <summary>In which form an answer is given.</summary>
internal enum AnswerForm
{
    Json,
    Csv,
    Xlsx,
    Html,
}

/// <summary>What requests to the street office say: which part of the city, as of which day, in which form.</summary>
internal static class StreetAddress
{
    /// <summary>The parameters of the query.</summary>
    public const string On = "on", Format = "format", Table = "table";

    private const string Slash = "%2F";

    /// <summary>The forms of all answers, and those of the progress table.</summary>
    public static readonly string[] Forms = ["json", "csv", "xlsx"], FormsOfProgress = [.. Forms, "html"];

    /// <summary>The part of the city that an address names; all of it where it names no street.</summary>
    public static Scope Part(HttpContext context, string? street) => street is null ? Scope.City : Scope.OfStreet(Street(context, street));

    /// <summary>The street of an address of one, as it was meant.</summary>
    public static string Street(HttpContext context, string inRoute) => Name(context, inRoute, 1);

    /// <summary>The estate of an address of one, as it was meant.</summary>
    public static string Estate(HttpContext context, string inRoute) => Name(context, inRoute, 3);

    /// <summary>The address of a part of the city.</summary>
    public static string Of(Scope scope) => scope.Level == ScopeLevel.City ? "/api/v1/city" : $"/api/v1/streets/{Uri.EscapeDataString(scope.Street)}";

    /// <summary>A day of the calendar that has begun in China; null where none is stated, or after telling what is wrong with it.</summary>
    public static DateOnly? Day(IQueryCollection query, DateOnly today, FaultList faults)
    {
        if (BuildingAddress.Only(query, On) is not string text) { return null; }
        if (Scalar.Of(typeof(DateOnly))!.ReadName(text, Where.Root, faults) is not DateOnly day) { return null; }
        if (day <= today) { return day; }
        // What will be so then is not known yet.
        faults.Add(FaultCode.MomentAhead, Place.Root, ("value", text));
        return null;
    }

    /// <summary>The form that is asked for: the one of the query; otherwise, where there is a page, what the request would rather have; otherwise JSON.</summary>
    public static AnswerForm Form(HttpRequest request, string[] forms, FaultList faults)
    {
        if (BuildingAddress.Only(request.Query, Format) is string text)
        {
            int form = Array.IndexOf(forms, text);
            if (form < 0) { faults.Add(FaultCode.ParameterForm, Place.Root, ("parameter", Format), ("value", Scalar.Shorten(text)), ("allowed", string.Join(", ", forms))); }
            return (AnswerForm)int.Max(form, 0);
        }
        return forms.Contains("html") && RatherHtml(request) ? AnswerForm.Html : AnswerForm.Json;
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
    /// <param name="name">The parts of the name of the file; those that are null are left out.</param>
    public static Task WriteFile(HttpContext context, AnswerForm form, string table, IReadOnlyList<Sheet> sheets, params string?[] name)
    {
        bool isCsv = form == AnswerForm.Csv;
        string[] parts = [.. name.OfType<string>(), .. isCsv && table != sheets[0].Id ? [table] : Array.Empty<string>()];
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{string.Join('-', parts.Select(ForFile))}.{(isCsv ? "csv" : "xlsx")}");
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.ContentLanguage = Languages.Of(context.Request).Tag();
        context.Response.Headers.Vary = "Accept-Language";
        context.Response.ContentType = isCsv ? $"{CsvSheet.MediaType}; charset=utf-8; header=present" : Workbook.MediaType;
        byte[] bytes = isCsv ? CsvSheet.Write(sheets.First(sheet => sheet.Id == table)) : Workbook.Write(sheets);
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>A day as the parts of names and addresses have it.</summary>
    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // What no system of files takes for more than a letter.
    private static string ForFile(string part) => string.Concat(part.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));

    // The server leaves a slash in a name as it was sent, %2F, which a name may hold as its own text too, sent as %252F: what was sent tells them apart.
    private static string Name(HttpContext context, string inRoute, int afterStreets)
    {
        if (!inRoute.Contains(Slash, StringComparison.OrdinalIgnoreCase)) { return inRoute; }
        string[] sent = [.. (context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").Split('?')[0].Split('/').Select(Uri.UnescapeDataString)];
        int at = Array.IndexOf(sent, "streets") + afterStreets;
        return at < sent.Length && string.Equals(sent[at].Replace("/", Slash, StringComparison.Ordinal), inRoute, StringComparison.OrdinalIgnoreCase)
            ? sent[at]
            : inRoute.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase);
    }

    private static bool RatherHtml(HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        double Quality(string type) => accepted.Where(one => one.MediaType == type).Select(one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
        return Quality("text/html") > Quality("application/json");
    }
}
