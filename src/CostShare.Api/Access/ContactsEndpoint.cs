using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CostShare.Silo;
using CostShare.Silo.Contacts;

namespace CostShare.Api.Access;

/// <summary>Names and telephone numbers of a household, for the administrator alone.</summary>
internal static class ContactsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder contacts = routes.MapGroup("/api/v1/buildings/{building}/households/{household}/contacts").RequireAdministrator().WithTags("Contacts");
        contacts.MapGet("", (Delegate)Show)
            .WithName("showContacts")
            .WithSummary("Shows whom to reach in a household.")
            .WithDescription("Names and telephone numbers are kept encrypted and apart from what happens to a building. Answers are not to be cached.")
            .Produces<HouseholdContacts>()
            .Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType);
        contacts.MapPut("", (Delegate)Replace)
            .WithName("replaceContacts")
            .WithSummary("Writes whom to reach in a household, over what was there. Refusals repeat nothing that was sent.")
            .Accepts<HouseholdContacts>("application/json")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType);
        contacts.MapDelete("", (Delegate)Erase)
            .WithName("eraseContacts")
            .WithSummary("Erases whom to reach in a household; its shares and payments stay as they are.")
            .WithDescription("Also of a household that is no longer in the register, and again where nothing is left.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType);
    }

    private static async Task Show(HttpContext context, string building, string household, IBuildings buildings, ContactStore contacts)
    {
        if (await Registered(context, building, household, buildings) is not (BuildingId, HouseholdId) whose) { return; }
        if (await contacts.Read(whose.Building, whose.Household) is not string record)
        {
            await Problem.Write(context, FaultCode.ContactsUnknown);
            return;
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(record, context.RequestAborted);
    }

    private static async Task Replace(HttpContext context, string building, string household, IBuildings buildings, ContactStore contacts)
    {
        if (await Registered(context, building, household, buildings) is not (BuildingId, HouseholdId) whose) { return; }
        var faults = new FaultList();
        HouseholdContacts? record = await RequestBody.Read<HouseholdContacts>(context, faults);
        if (record is null && faults.Count == 0) { return; }
        if (faults.Count == 0) { CheckPhones(record!, faults); }
        if (faults.Count > 0)
        {
            await Problem.Write(context, Discreet.Retold(faults));
            return;
        }
        await contacts.Write(whose.Building, whose.Household, JsonSerializer.Serialize(record, WireJson.Options));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task Erase(HttpContext context, string building, string household, ContactStore contacts)
    {
        if (await Named(context, building, household) is not (BuildingId, HouseholdId) whose) { return; }
        await contacts.Erase(whose.Building, whose.Household);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The household that an address names, or null after answering that it can be none.</summary>
    private static async Task<(BuildingId Building, HouseholdId Household)?> Named(HttpContext context, string building, string household)
    {
        // The one character of an address that the server leaves as it was sent.
        string id = household.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        bool isHousehold = PlainText.Check(id, 1, PlainText.LongestId, () => Place.Root, new FaultList());
        if (BuildingId.IsId(building) && isHousehold) { return (BuildingId.Of(building), new HouseholdId(id)); }
        await Problem.Write(context, isHousehold ? FaultCode.BuildingUnknown : FaultCode.HouseholdNotRegistered);
        return null;
    }

    /// <summary>The household that an address names, or null after answering that it is not in the register.</summary>
    private static async Task<(BuildingId Building, HouseholdId Household)?> Registered(HttpContext context, string building, string household, IBuildings buildings)
    {
        if (await Named(context, building, household) is not (BuildingId, HouseholdId) whose) { return null; }
        Building state = await buildings.Read(whose.Building, null);
        if (state.Households.Any(one => one.Facts.Id == whose.Household)) { return whose; }
        await Problem.Write(context, state.IsRegistered ? FaultCode.HouseholdNotRegistered : FaultCode.BuildingUnknown);
        return null;
    }

    private static void CheckPhones(HouseholdContacts record, FaultList faults)
    {
        for (int i = 0; i < record.Contacts.Count; i++)
        {
            if (record.Contacts[i].Phone is string phone && !IsPhone(phone)) { faults.Add(FaultCode.PhoneNotPlain, Place.Root.At("contacts").At(i).At("phone")); }
        }
    }

    private static bool IsPhone(string phone)
    {
        string plain = phone.Replace("ext", "", StringComparison.Ordinal);
        return plain.Count(char.IsAsciiDigit) >= 3 && plain.All(character => char.IsAsciiDigit(character) || " +-()".Contains(character, StringComparison.Ordinal));
    }
}

/// <summary>Whom to reach in a household.</summary>
public sealed record HouseholdContacts
{
    /// <summary>The people, the first to be called first.</summary>
    [Length(1, 20)]
    public required IReadOnlyList<Contact> Contacts { get; init; }
}

/// <summary>Somebody to reach.</summary>
public sealed record Contact
{
    /// <summary>The person of the register whose name this is; left out where it is nobody's there.</summary>
    public PersonId? Person { get; init; }

    /// <summary>The name, as people say it.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>The telephone number: at least 3 digits, blanks, + - ( ), and "ext" before an extension.</summary>
    [StringLength(30, MinimumLength = 3)]
    public string? Phone { get; init; }
}
