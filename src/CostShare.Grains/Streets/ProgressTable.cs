using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Register;

namespace CostShare.Grains.Streets;

/// <summary>How far the stairs of an estate have come 推进表, for everybody to see: no person, no flat and no money of anybody is in it.</summary>
public sealed record ProgressTable
{
    /// <summary>The street.</summary>
    public required string Street { get; init; }

    /// <summary>The estate; left out for the stairs that stand in none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Estate { get; init; }

    /// <summary>The figures of the estate without its money.</summary>
    public required ProgressFigures Figures { get; init; }

    /// <summary>The stairs, in the order of their ids.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<ProgressLine> Lines { get; init; }

    /// <summary>The table of an estate.</summary>
    /// <param name="street">The street.</param>
    /// <param name="estate">The estate; null for the stairs that stand in none.</param>
    /// <param name="stairs">Its stairs.</param>
    public static ProgressTable Of(string street, string? estate, IReadOnlyCollection<BuildingSummary> stairs) => new()
    {
        Street = street,
        Estate = estate,
        Figures = ProgressFigures.Of(stairs),
        Lines =
        [
            .. stairs.Select(summary => new ProgressLine
            {
                Address = summary.Site.Address,
                Storeys = summary.Site.Storeys,
                Households = summary.Households,
                Feasibility = summary.Feasibility,
                Stage = summary.Stage,
                StageOn = summary.StageOn,
                SignedOn = summary.SignedOn,
            }),
        ],
    };
}

/// <summary>How far the stairs of an estate have come, in figures.</summary>
public sealed record ProgressFigures
{
    /// <summary>The stairs 门栋.</summary>
    [Range(0, int.MaxValue)]
    public required int Stairs { get; init; }

    /// <summary>The stairs by stage.</summary>
    public required StageFigures Stages { get; init; }

    /// <summary>The stairs by whether a lift can be added.</summary>
    public required FeasibilityFigures Feasibility { get; init; }

    /// <summary>The stairs that have signed.</summary>
    [Range(0, int.MaxValue)]
    public required int Signed { get; init; }

    /// <summary>The signing rate 签约率 in per cent, with one decimal; left out where there are no stairs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SigningPercent { get; init; }

    /// <summary>The stairs that are being built or examined.</summary>
    [Range(0, int.MaxValue)]
    public required int UnderConstruction { get; init; }

    /// <summary>The stairs whose lift is in use.</summary>
    [Range(0, int.MaxValue)]
    public required int InUse { get; init; }

    /// <summary>The median number of days from the beginning to the last signature; left out where none is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MedianDaysToSigning { get; init; }

    /// <summary>The figures of stairs, equal to those of the same names of <see cref="StreetFigures"/>; no money is reckoned for them.</summary>
    /// <param name="stairs">The stairs.</param>
    public static ProgressFigures Of(IReadOnlyCollection<BuildingSummary> stairs)
    {
        int signed = stairs.Count(stair => stair.SignedOn is not null);
        StageFigures stages = StageFigures.Of(stage => stairs.Count(stair => stair.Stage == stage));
        return new ProgressFigures
        {
            Stairs = stairs.Count,
            Stages = stages,
            Feasibility = FeasibilityFigures.Of(feasibility => stairs.Count(stair => stair.Feasibility == feasibility)),
            Signed = signed,
            SigningPercent = StreetFigures.Percent(signed, stairs.Count),
            UnderConstruction = stages.UnderConstruction(),
            InUse = stages.Used(),
            MedianDaysToSigning = StreetFigures.Median(stairs.Where(stair => stair is { SignedOn: not null, StartedOn: not null })
                .Select(stair => (stair.SignedOn!.Value.DayNumber - stair.StartedOn!.Value.DayNumber, 1L))),
        };
    }
}

/// <summary>How far a stair has come.</summary>
public sealed record ProgressLine
{
    /// <summary>Its address.</summary>
    public required string Address { get; init; }

    /// <summary>Its storeys.</summary>
    public required Floor Storeys { get; init; }

    /// <summary>Its households; left out where none are registered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Count? Households { get; init; }

    /// <summary>Whether a lift can be added; left out where it was not judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Feasibility? Feasibility { get; init; }

    /// <summary>The stage it is in; left out where it has not begun.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Stage? Stage { get; init; }

    /// <summary>Since when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? StageOn { get; init; }

    /// <summary>When all that join had signed; left out where not all have.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? SignedOn { get; init; }
}
