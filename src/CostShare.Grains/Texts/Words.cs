using System.ComponentModel.DataAnnotations;

namespace CostShare.Grains.Texts;

/// <summary>A sentence or name in both languages.</summary>
public sealed record Words
{
    /// <summary>Chinese.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Zh { get; init; }

    /// <summary>English.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string En { get; init; }
}
