using CostShare.Api.Problems;
using CostShare.Grains.Faults;
using CostShare.Silo.Access;
using Microsoft.Extensions.Primitives;

namespace CostShare.Api.Access;

/// <summary>Lets only those in who bring the administrator's token: <c>Authorization: Bearer …</c>.</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer";

    /// <summary>Guards all addresses of a group. Nothing that they answer is kept on the way, refusals included.</summary>
    public static RouteGroupBuilder RequireAdministrator(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (invocation, next) =>
        {
            HttpContext context = invocation.HttpContext;
            context.Response.Headers.CacheControl = "no-store";
            AdministratorStore administrators = context.RequestServices.GetRequiredService<AdministratorStore>();
            if (TokenOf(context.Request.Headers.Authorization) is string token && await administrators.IsAdministrator(token)) { return await next(invocation); }
            context.Response.Headers.WWWAuthenticate = Scheme;
            await Problem.Write(context, FaultCode.Unauthorized);
            return Results.Empty;
        });
        return group;
    }

    /// <summary>The token of the one header, or null where there is none, or several.</summary>
    private static string? TokenOf(StringValues headers) =>
        headers is [string header] && header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase) ? header[(Scheme.Length + 1)..].Trim(' ') : null;
}
