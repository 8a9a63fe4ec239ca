using System.Globalization;
using CostShare.Api.Buildings;
using CostShare.Api.Sheets;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using CostShare.Silo.Summaries;
using Microsoft.AspNetCore.Http.Features;

namespace CostShare.Api.Streets;

/// <summary>What requests to the street office say: which part of the city, as of which day, in which form.</summary>
internal static class StreetAddress
{
    /// <summary>The parameters of the query.</summary>
    public const string On = "on";

    private const string Slash = "%2F";

    /// <summary>The forms of the progress table.</summary>
    public static readonly string[] FormsOfProgress = [.. AnswerFile.Forms, "html"];

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

    /// <summary>A day as the parts of names and addresses have it.</summary>
    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

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
}
