using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;

namespace CostShare.Api.Tables;

/// <summary>Pasted tables, checked without an account and without a trace.</summary>
internal static class TablesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/tables/check", (Delegate)Check)
        .WithName("checkTable")
        .WithTags("Tables")
        .WithSummary("Says of a table as residents find it whether it closes, by how much it misses, which known scheme it is and which it is nearest to.")
        .WithDescription(
            "Needs no account and stores nothing. Held against the ready schemes of the policies, equal shares, area, storeys ridden and the price list that can be "
            + "read off the table, each over all households and over those that pay. Limits: 10,000 rows, 10,000 households, body 2 MiB. "
            + "As `text/csv` (UTF-8 or GB18030) with the headings 楼层 or floor; 户号, 房号 or household; 户数 or households; 面积 or areaM2; 比例, 百分比 or percent "
            + "(a cell may end in %); 系数 or coefficient; 金额 or amountYuan (in yuan, at most two decimals, commas between thousands allowed). In a last row that is called "
            + "合计, 总计 or total the amount is totalFen, the coefficient parts and the percentage percentTotal; its other cells are not read. The answer is that of the same "
            + "table in JSON. Faults of a table in CSV have line and heading among their values, and no pointer.")
        .Produces<TableCheckResult>()
        .Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.MediaType)
        .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, Problem.MediaType);

    private static async Task Check(HttpContext context, PolicyBook policies)
    {
        if (await RequestBody.ReadJsonOrCsv(context) is not (byte[] body, bool isCsv)) { return; }
        var faults = new FaultList();
        TableFile? file = isCsv ? TableFile.Read(body, Languages.Of(context.Request), faults) : null;
        TableCheck? table = faults.Count > 0 ? null
            : StrictReader.Read<TableCheck>(file is null ? body : file.ToJson(context.Request.Query), faults);
        if (faults.Count == 0) { CheckQuery(context.Request.Query, isCsv, faults); }
        TableCheckResult? result = faults.Count == 0 ? TableChecker.Check(table!, policies, faults) : null;
        await (result is null
            ? Problem.Write(context, file is null ? faults : faults.Retold(file.InWordsOfTheTable))
            : WireJson.Write(context, result));
    }

    private static void CheckQuery(IQueryCollection query, bool isCsv, FaultList faults)
    {
        foreach (string name in isCsv ? query.Keys.Except(TableFile.Parameters) : query.Keys)
        {
            if (isCsv) { faults.Add(FaultCode.NameUnknown, Place.Root, ("value", Scalar.Shorten(name)), ("allowed", string.Join(", ", TableFile.Parameters))); }
            else { faults.Add(FaultCode.QueryBesideJson, Place.Root, ("value", Scalar.Shorten(name))); }
        }
    }
}
