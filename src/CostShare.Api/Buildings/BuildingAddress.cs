using System.Globalization;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Silo;
using Microsoft.Extensions.Primitives;

namespace CostShare.Api.Buildings;

/// <summary>What requests about a building say besides their body: which building, as of when, and under which conditions.</summary>
internal static class BuildingAddress
{
    /// <summary>The parameters of the query.</summary>
    public const string At = "at", After = "after", Limit = "limit", DryRun = "dryRun", Include = "include", SchemeName = "scheme";

    /// <summary>The header of a command's id.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>The most entries of a page, and how many there are unless it is said.</summary>
    public const int MostOnPage = 500, OnPage = 100;

    /// <summary>The parameters that may stand several times.</summary>
    private static readonly string[] Lists = [SchemeName, Include];

    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The building of an address, or null after telling that it is no id.</summary>
    public static BuildingId? Of(string building, FaultList faults)
    {
        if (BuildingId.IsId(building)) { return BuildingId.Of(building); }
        faults.Add(FaultCode.BuildingIdForm, Place.Root, ("value", Scalar.Shorten(building)));
        return null;
    }

    /// <summary>Tells of parameters that the address does not take, and of those that stand twice although they may not.</summary>
    public static void CheckQuery(IQueryCollection query, FaultList faults, params IReadOnlyList<string> allowed)
    {
        foreach ((string name, StringValues values) in query)
        {
            if (!allowed.Contains(name)) { faults.Add(FaultCode.ParameterUnknown, Place.Root, ("value", Scalar.Shorten(name)), ("allowed", allowed.Count == 0 ? "-" : string.Join(", ", allowed))); }
            else if (values.Count > 1 && !Lists.Contains(name)) { faults.Add(FaultCode.MemberDuplicate, Place.Root, ("member", name)); }
        }
    }

    /// <summary>A whole number of the query, or what it is unless it is said.</summary>
    public static int Number(IQueryCollection query, string name, int least, int most, int unlessSaid, FaultList faults)
    {
        if (Only(query, name) is not string text) { return unlessSaid; }
        if (IsNumber(text, out long number) && number >= least && number <= most) { return (int)number; }
        faults.Add(FaultCode.ParameterForm, Place.Root, ("parameter", name), ("value", Scalar.Shorten(text)),
            ("allowed", string.Create(CultureInfo.InvariantCulture, $"{least} … {most}")));
        return unlessSaid;
    }

    /// <summary>Whether something is only to be tried.</summary>
    public static bool IsDryRun(IQueryCollection query, FaultList faults)
    {
        string? text = Only(query, DryRun);
        if (text is not (null or "true" or "false")) { faults.Add(FaultCode.ParameterForm, Place.Root, ("parameter", DryRun), ("value", Scalar.Shorten(text)), ("allowed", "true, false")); }
        return text == "true";
    }

    /// <summary>The id of the command; one of its own where the request states none, and then it cannot be sent again.</summary>
    public static CommandId Command(HttpRequest request, FaultList faults)
    {
        StringValues stated = request.Headers[IdempotencyKey];
        if (stated.Count == 0) { return CommandId.Of($"unnamed-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16))}"); }
        // One that is empty was meant to be there, and two are joined by a comma, which an id may hold.
        if (stated is [string id] && CommandId.IsId(id)) { return CommandId.Of(id); }
        faults.Add(FaultCode.HeaderForm, Place.Root, ("header", IdempotencyKey), ("value", Scalar.Shorten(stated.ToString())));
        return default;
    }

    /// <summary>The version that the sender insists on; null where it does not.</summary>
    public static long? IfVersion(HttpRequest request, FaultList faults)
    {
        StringValues stated = request.Headers.IfMatch;
        if (stated.Count == 0) { return null; }
        string text = stated.ToString();
        if (text.Length > 2 && text[0] == '"' && text[^1] == '"' && IsNumber(text[1..^1], out long version)) { return version; }
        faults.Add(FaultCode.HeaderForm, Place.Root, ("header", "If-Match"), ("value", Scalar.Shorten(text)));
        return null;
    }

    /// <summary>The tag of a version.</summary>
    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>A building as it is, or as of what the query says; <see cref="Building.Unregistered"/> after telling that there was none.</summary>
    public static async Task<Building> Read(HttpContext context, IBuildings buildings, BuildingId id, FaultList faults)
    {
        string? at = Only(context.Request.Query, At);
        Building building = at is null ? await buildings.Read(id, null) : await ReadAt(buildings, context.RequestServices.GetRequiredService<TimeProvider>(), id, at, faults);
        if (!building.IsRegistered && faults.Count == 0) { faults.Add(at is null ? FaultCode.BuildingUnknown : FaultCode.BuildingUnknownThen, Place.Root); }
        return building;
    }

    /// <summary>The only value of a parameter; null where it is not stated.</summary>
    public static string? Only(IQueryCollection query, string name) => query[name] is [.., string value] ? value : null;

    private static async Task<Building> ReadAt(IBuildings buildings, TimeProvider clock, BuildingId id, string at, FaultList faults)
    {
        if (IsNumber(at, out long version)) { return await buildings.Read(id, version); }
        // In an address a plus that is not escaped stands for a blank.
        if (!DateTimeOffset.TryParseExact(at.Replace(' ', '+'), Moments, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTimeOffset moment) || !HasOffset(at))
        {
            faults.Add(FaultCode.MomentForm, Place.Root, ("value", Scalar.Shorten(at)));
            return Building.Unregistered;
        }
        if (moment > clock.GetUtcNow() && await buildings.History(id, 0) is [.., { } last] && moment > last.At)
        {
            // What is so then is not known yet, and an answer must not change afterwards; but a clock may have been set back since the last entry.
            faults.Add(FaultCode.MomentAhead, Place.Root, ("value", Scalar.Shorten(at)));
            return Building.Unregistered;
        }
        return await buildings.ReadAsOf(id, moment);
    }

    // The library takes zeros of C behind the digits for nothing.
    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.All(char.IsAsciiDigit);

    private static bool HasOffset(string at) => at.EndsWith('Z') || (at.Length > 6 && at[^6] is '+' or '-' or ' ');
}
