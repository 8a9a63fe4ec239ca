using CostShare.Silo;
using CostShare.Silo.Journals;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CostShare.Api;

/// <summary>Whether the program lives, and whether it can work.</summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void Add(IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<DataFolderCheck>("data", tags: [Ready]).AddCheck<JournalCheck>("journal", tags: [Ready]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapOne(routes, "/health/live", "isAlive", "Says that the program lives.", _ => false);
        MapOne(routes, "/health/ready", "isReady", "Says whether the program can work: whether its data folder can be written, and buildings can be read.",
            check => check.Tags.Contains(Ready));
    }

    private static void MapOne(
        IEndpointRouteBuilder routes, string route, string name, string summary, Func<HealthCheckRegistration, bool> checks) =>
        routes.MapGet(route, async (HealthCheckService health, CancellationToken cancelled) =>
        {
            HealthReport report = await health.CheckHealthAsync(checks, cancelled);
            bool healthy = report.Status == HealthStatus.Healthy;
            return Results.Json(new HealthAnswer(healthy ? "healthy" : "unhealthy"), statusCode: healthy ? 200 : 503);
        })
        .WithName(name).WithTags("Health").WithSummary(summary)
        .Produces<HealthAnswer>()
        .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);

    private sealed class DataFolderCheck(DataFolder folder) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                folder.Probe();
                return Task.FromResult(HealthCheckResult.Healthy());
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return Task.FromResult(HealthCheckResult.Unhealthy("The data folder cannot be written.", exception));
            }
        }
    }

    private sealed class JournalCheck(IJournal journal) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await journal.Buildings(null, 1);
                return HealthCheckResult.Healthy();
            }
            catch (JournalUnavailableException exception)
            {
                return HealthCheckResult.Unhealthy("Buildings cannot be read.", exception);
            }
        }
    }
}

/// <summary>How the program is.</summary>
/// <param name="Status">"healthy" or "unhealthy".</param>
public sealed record HealthAnswer(string Status);
