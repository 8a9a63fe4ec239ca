using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Streets;

namespace CostShare.Api.Streets;

/// <summary>How far the stairs of a street or city have come, and what their money adds up to.</summary>
public sealed record StreetSummary
{
    /// <summary>The street; left out for the city.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? Street { get; init; }

    /// <summary>The day at whose end in China it was so; left out for now.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The figures.</summary>
    public required StreetFigures Figures { get; init; }

    /// <summary>Buildings of the whole store of which what is stored is damaged; they are in no figure, or as they were summarised before, and where they stand may not be known.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<string> Unreadable { get; init; }
}

/// <summary>The streets of a city, or the estates of a street, each with its figures. They add up to those of the city or street.</summary>
public sealed record StreetParts
{
    /// <summary>The day at whose end in China it was so; left out for now.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The parts in the order of their names; the stairs of a street that stand in no estate come first, as one part.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<StreetPart> Parts { get; init; }

    /// <summary>Buildings of the whole store of which what is stored is damaged; they are in no figure, or as they were summarised before, and where they stand may not be known.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<string> Unreadable { get; init; }
}

/// <summary>A street, or an estate of a street, with its figures.</summary>
public sealed record StreetPart
{
    /// <summary>The street.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? Street { get; init; }

    /// <summary>The estate; left out for a whole street, and for the stairs of a street that stand in none.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Estate { get; init; }

    /// <summary>The figures.</summary>
    public required StreetFigures Figures { get; init; }
}

/// <summary>What is recorded of subsidies beside what the rules give, and what programmes have left.</summary>
public sealed record SubsidiesPage
{
    /// <summary>The street; left out for the city.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? Street { get; init; }

    /// <summary>The day at whose end in China it was so; left out for now.</summary>
    public DateOnly? On { get; init; }

    /// <summary>What was found. Its totals count everything; its lines are those of this page, for the city only lines that differ or cannot be reckoned.</summary>
    public required SubsidyCheckResult Check { get; init; }

    /// <summary>The programmes, with the budgets in force on the day, or today in China.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<ProgrammeFigures> Programmes { get; init; }

    /// <summary>Buildings of the whole store of which what is stored is damaged; they are not checked, and where they stand may not be known.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>The address of the next page of lines; left out on the last one.</summary>
    [StringLength(2000, MinimumLength = 1)]
    public string? Next { get; init; }
}

/// <summary>How far a reckoning has come.</summary>
public sealed record WhatIfProgress
{
    /// <summary>The stairs that were looked at.</summary>
    [Range(0, int.MaxValue)]
    public required int Done { get; init; }

    /// <summary>The stairs that there were when it began.</summary>
    [Range(0, int.MaxValue)]
    public required int Total { get; init; }
}
