using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Costs;

/// <summary>Names a cost line within its project.</summary>
/// <param name="Value">1 to 64 characters.</param>
public readonly record struct CostId(string Value)
{
    /// <summary>1 to 64 characters, none of them hidden.</summary>
    public string Value { get; } = PlainText.Id(Value);

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}

/// <summary>What a cost line is for. Subsidy rules name the categories that they cover.</summary>
public enum CostCategory
{
    /// <summary>The lift itself and its installation 设备及安装.</summary>
    Equipment,
    /// <summary>Shaft, pit and other building works 土建.</summary>
    CivilWorks,
    /// <summary>Design 设计.</summary>
    Design,
    /// <summary>Ground survey 勘察.</summary>
    Survey,
    /// <summary>Supervision of the works 监理.</summary>
    Supervision,
    /// <summary>Moving pipes 管线迁移.</summary>
    Pipes,
    /// <summary>Power supply 电力.</summary>
    Power,
    /// <summary>Trees and greens 绿化.</summary>
    Landscape,
    /// <summary>Inspection and certificates 检验.</summary>
    Inspection,
    /// <summary>Corridor bridges 连廊.</summary>
    Corridor,
    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>One line of the project's budget.</summary>
public sealed record CostLine
{
    /// <summary>The most cost lines of a project.</summary>
    public const int Most = 200;

    /// <summary>Its id, unique within the project.</summary>
    public required CostId Id { get; init; }

    /// <summary>Its name, as people call it.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required CostCategory Category { get; init; }

    /// <summary>What it costs, gross, before any subsidy.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }
}
