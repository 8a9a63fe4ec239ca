using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CostShare.Bench;

/// <summary>The rival of reading a building: endpoints of the same framework that write answers of the same size, and do nothing else.</summary>
internal static class BareBuilding
{
    /// <summary>Serves GET /overview and GET /households out of plain records made at the start; no token is looked at, nothing is looked up.</summary>
    /// <remarks>GET /asked/overview and /asked/households read one row by its key from the database first: what asking it at all takes.</remarks>
    /// <param name="args">The files that hold the answers of the real endpoints, the connection string of a database that holds a journal, then the arguments of the host.</param>
    public static void Run(string[] args)
    {
        BareOverview overview = JsonSerializer.Deserialize<BareOverview>(File.ReadAllText(args[0]), JsonSerializerOptions.Web)!;
        BarePage page = JsonSerializer.Deserialize<BarePage>(File.ReadAllText(args[1]), JsonSerializerOptions.Web)!;
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args[3..]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // As the program does: Chinese as it is, what is not stated left out.
        builder.Services.ConfigureHttpJsonOptions(json => (json.SerializerOptions.Encoder, json.SerializerOptions.DefaultIgnoreCondition) =
            (System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, JsonIgnoreCondition.WhenWritingNull));
        WebApplication app = builder.Build();
        app.MapGet("/overview", () => Results.Json(overview));
        app.MapGet("/households", () => Results.Json(page));
        NpgsqlDataSource database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(args[2]) { MaxAutoPrepare = 16, NoResetOnClose = true });
        app.MapGet("/asked/overview", async () => await Ask(database) ? Results.Json(overview) : Results.NotFound());
        app.MapGet("/asked/households", async () => await Ask(database) ? Results.Json(page) : Results.NotFound());
        app.Run();
    }

    private static async Task<bool> Ask(NpgsqlDataSource database)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select version, hash from costshare.head where building = $1", connection) { Parameters = { new NpgsqlParameter { Value = "whole-0000" } } };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() && reader.GetInt64(0) > 0;
    }

    internal sealed record BareOverview(long Version, BareSite Site, int Households, BareStage Stage, BareJudgement Feasibility, BareScheme[] Schemes, int Finalisation);

    internal sealed record BareSite(string Street, string Estate, string Address, int Storeys);

    internal sealed record BareStage(string Stage, string On);

    internal sealed record BareJudgement(string Feasibility, string On, string Note);

    internal sealed record BareScheme(string Id, string Name, int Versions);

    internal sealed record BarePage(BareHousehold[] Households);

    internal sealed record BareHousehold(BareFacts Facts, string Unit, string AreaSource, string[] Owners);

    internal sealed record BareFacts(string Id, int Floor, decimal AreaM2, string Use, bool Joins, string Entry);
}
