using System.Reflection;
using System.Runtime.CompilerServices;
using CostShare.Grains.Register;

namespace CostShare.Api.Wire;

/// <summary>The columns of a table of households: what schemes go by.</summary>
internal static class HouseholdColumns
{
    private static readonly HashSet<string> Required = [.. typeof(Household).GetProperties()
        .Where(property => property.GetCustomAttribute<RequiredMemberAttribute>() is not null).Select(WireNames.Of)];

    /// <summary>The columns, each the member of the same name.</summary>
    public static readonly CsvColumn[] All =
    [
        .. new CsvColumn[]
        {
            new("id", ["户号", "房号", "id"], CellKind.Text),
            new("floor", ["楼层", "floor"], CellKind.WholeNumber),
            new("areaM2", ["面积", "areaM2"], CellKind.Number),
            new("use", ["用途", "use"], CellKind.Name, ("住宅", "dwelling"), ("商铺", "shop"), ("车库", "garage"), ("其他", "other")),
            new("joins", ["参加", "joins"], CellKind.Boolean, ("是", "true"), ("否", "false")),
            new("entry", ["入户", "entry"], CellKind.Name, ("平层", "level"), ("半层", "halfLanding")),
            new("flatType", ["房型", "flatType"], CellKind.Text),
        }.Select(column => column with { Required = Required.Contains(column.Member) }),
    ];
}
