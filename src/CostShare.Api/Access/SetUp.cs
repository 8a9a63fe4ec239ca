using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using CostShare.Silo.Access;
using CostShare.Silo.Journals;

namespace CostShare.Api.Access;

/// <summary>Hands the administrator's token out, once, to whoever brings the token that the program printed when it started.</summary>
internal sealed class SetUp : IDisposable
{
    /// <summary>The setting that gives the one-time token, for set-ups by a script.</summary>
    public const string TokenSetting = "COSTSHARE_SETUP_TOKEN";

    private readonly AdministratorStore _administrators;
    private readonly string _token;
    private readonly SemaphoreSlim _turn = new(1);
    private string? _pending;

    private SetUp(AdministratorStore administrators, string token) => (_administrators, _token) = (administrators, token);

    /// <summary>Gets ready for a set-up.</summary>
    /// <param name="administrators">Where the administrator's token will be kept.</param>
    /// <param name="given">The one-time token; null for a random one.</param>
    /// <exception cref="IOException">The token that was given is none.</exception>
    public static SetUp Of(AdministratorStore administrators, string? given) =>
        given is null ? new SetUp(administrators, NewToken())
        : given.Length is >= 16 and <= 128 && given.All(character => character is > ' ' and <= '~') ? new SetUp(administrators, given)
        : throw new IOException($"{TokenSetting} is not a token: 16 to 128 visible ASCII characters are needed");

    /// <summary>The line that tells how to set up; null where that was done. It holds the token, so it goes to whoever started the program and into no log.</summary>
    /// <param name="address">The address of the server.</param>
    public async Task<string?> Line(string address) =>
        // What follows the # is sent to no server, so it stands in no log of one.
        await _administrators.IsSetUp() ? null : $"CostShare: set up at {address.TrimEnd('/')}/setup#{Uri.EscapeDataString(_token)}";

    public void Dispose() => _turn.Dispose();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup", (Delegate)Show).ExcludeFromDescription();
        routes.MapPost("/api/v1/setup", (Delegate)Answer)
            .WithName("setUp")
            .WithTags("Set-up")
            .WithSummary("Gives the administrator's token for the one-time token that the program printed when it started. It is shown once.")
            .Accepts<SetUpRequest>("application/json")
            .Produces<SetUpAnswer>(StatusCodes.Status201Created)
            .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status409Conflict, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
            .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType);
    }

    private static async Task Show(HttpContext context, AdministratorStore administrators) =>
        await SetUpPage.Write(context, await administrators.IsSetUp());

    private static async Task Answer(HttpContext context, SetUp setUp)
    {
        context.Response.Headers.CacheControl = "no-store";
        var faults = new FaultList();
        SetUpRequest? request = await RequestBody.Read<SetUpRequest>(context, faults);
        if (request is null && faults.Count == 0) { return; }
        string? token = faults.Count == 0 ? await setUp.Take(request!.Token, faults) : null;
        if (token is null)
        {
            await Problem.Write(context, Discreet.Retold(faults));
            return;
        }
        context.Response.StatusCode = StatusCodes.Status201Created;
        await WireJson.Write(context, new SetUpAnswer { AdministratorToken = token });
    }

    /// <summary>The administrator's token, or null with the reason.</summary>
    /// <exception cref="OutcomeUnknownException">Whether it was stored is not known. The same one is tried when this is asked again, so that nobody is locked out.</exception>
    private async Task<string?> Take(string token, FaultList faults)
    {
        await _turn.WaitAsync();
        try
        {
            if (_pending is null && await _administrators.IsSetUp())
            {
                faults.Add(FaultCode.AlreadySetUp, Place.Root);
                return null;
            }
            if (!CryptographicOperations.FixedTimeEquals(AdministratorStore.HashOf(token), AdministratorStore.HashOf(_token)))
            {
                faults.Add(FaultCode.SetUpTokenWrong, Place.Root.At("token"));
                return null;
            }
            string taken = _pending ??= NewToken();
            bool isMine = await _administrators.TrySetUp(AdministratorStore.HashOf(taken));
            _pending = null;
            if (!isMine) { faults.Add(FaultCode.AlreadySetUp, Place.Root); }
            return isMine ? taken : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

/// <summary>Asks for the administrator's token.</summary>
public sealed record SetUpRequest
{
    /// <summary>The one-time token that stands behind the # of the address that the program printed.</summary>
    [StringLength(128, MinimumLength = 1)]
    public required string Token { get; init; }
}

/// <summary>The administrator's token.</summary>
public sealed record SetUpAnswer
{
    /// <summary>What <c>Authorization: Bearer</c> takes from now on. Nobody can show it again: keep it.</summary>
    [StringLength(43, MinimumLength = 43)]
    public required string AdministratorToken { get; init; }
}
