using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CostShare.Bench;

/// <summary>The rival: an endpoint of the same framework that parses a request and writes an answer of the same size, and does nothing else.</summary>
internal static class BareEndpoint
{
    /// <summary>Serves POST /bare: the request goes into plain records, the answer comes out of plain records made at the start.</summary>
    /// <param name="args">The file that holds an answer of the real endpoint, then the arguments of the host.</param>
    public static void Run(string[] args)
    {
        BareAnswer answer = JsonSerializer.Deserialize<BareAnswer>(File.ReadAllText(args[0]), JsonSerializerOptions.Web)!;
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args[1..]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        WebApplication app = builder.Build();
        app.MapPost("/bare", (BareRequest request) => request.Schemes.Length > 0 ? Results.Json(answer) : Results.BadRequest());
        app.Run();
    }

    internal sealed record BareRequest(BareBuilding Building, BareCost[] Costs, BareSource[]? Funding, BareScheme[] Schemes);

    internal sealed record BareBuilding(int Storeys, BareHousehold[] Households);

    internal sealed record BareHousehold(string Id, int Floor, decimal AreaM2);

    internal sealed record BareCost(string Id, string Name, string Category, long AmountFen);

    internal sealed record BareSource(string Id, string Kind, long AmountFen, string[]? Covers, string[]? CostIds, bool AfterAcceptance);

    internal sealed record BareScheme(string Id, string Name, BareRule Rule, BareAdjustment[]? Adjustments, BareRounding? Rounding);

    internal sealed record BareRule(string Kind, Dictionary<string, decimal>? Coefficients, Dictionary<string, decimal>? Percentages,
        decimal StepAbove, string? SharedBy, string? Within, BarePart[]? Parts);

    internal sealed record BarePart(decimal Percent, BareRule Rule);

    internal sealed record BareAdjustment(string Kind, string? Household, long AmountFen, decimal Percent, string? Payer);

    internal sealed record BareRounding(long UnitFen, string? Mode);

    internal sealed record BareAnswer(BareFunding Funding, BareSchemeAnswer[] Schemes);

    internal sealed record BareFunding(long TotalCostFen, BareSourceAnswer[] Sources, long SelfFundedFen, long BridgeFen, BareEntry[] Matrix);

    internal sealed record BareSourceAnswer(string Id, long AmountFen, long UnusedFen, bool AfterAcceptance, string Treatment, long ExpensesFen, JsonElement Steps);

    internal sealed record BareEntry(string CostId, string SourceId, long AmountFen);

    internal sealed record BareSchemeAnswer(string Id, long PayableFen, long BilledFen, long ReserveFen, long CompensationFen, long ReliefFen,
        BareShare[] Shares, BareFloor[] Floors, JsonElement Facts);

    internal sealed record BareShare(string Household, long AmountFen, string Exact);

    internal sealed record BareFloor(int Floor, long AmountFen, int Households);
}
