using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Texts;
namespace CostShare.Grains.Funding;

/// <summary>Names a source of money within its project.</summary>
/// <param name="Value">1 to 64 characters; "selfFunded" is taken by the residents' own part.</param>
public readonly record struct SourceId(string Value)
{
    /// <summary>1 to 64 characters, none of them hidden.</summary>
    public string Value { get; } = PlainText.Id(Value);

    /// <summary>The residents' own part, as it stands in the matrix.</summary>
    public static SourceId SelfFunded => new("selfFunded");

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}

/// <summary>What becomes of a source's money.</summary>
public enum Treatment
{
    /// <summary>It lowers what residents raise 先抵扣.</summary>
    NetOff,
    /// <summary>Residents pay gross, and the money comes back to them in proportion to what each was billed 按比例退还.</summary>
    RefundProRata,
    /// <summary>Residents pay gross, and the money is kept for upkeep 留作维保基金.</summary>
    UpkeepFund,
}

/// <summary>Money for the project that residents do not raise themselves.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ProgrammeSource), "programme")]
[JsonDerivedType(typeof(PolicySource), "policy")]
[JsonDerivedType(typeof(FixedSource), "fixed")]
public abstract record Source
{
    /// <summary>The most sources of a project.</summary>
    public const int Most = 50;

    /// <summary>Its id, unique within the project and not "selfFunded".</summary>
    public required SourceId Id { get; init; }

    /// <summary>
    /// The cost lines that it may pay, each a category or the id of a cost line; all lines unless stated. A name that is
    /// both a category and an id means both. Under a policy unless stated the lines that its rule is reckoned on. Not for a programme, which
    /// names its lines itself.
    /// </summary>
    [Length(1, CostLine.Most)]
    public IReadOnlyList<CostId>? Covers { get; init; }

    /// <summary>
    /// Whether the money arrives only after the lift is accepted, so that somebody must bridge it. False unless stated, or unless the rule of a
    /// policy says that it is paid then.
    /// </summary>
    public bool AfterAcceptance { get; init; }

    /// <summary>What becomes of the money; <c>netOff</c> unless stated, and always so for a programme.</summary>
    public Treatment Treatment { get; init; } = Treatment.NetOff;

    /// <summary>Only with <c>refundProRata</c>: what is kept back for expenses before the rest is refunded; 0 unless stated.</summary>
    [JsonPropertyName("expensesFen")]
    public Money Expenses { get; init; } = Money.Zero;
}

/// <summary>Another programme carries these cost lines whole; residents see them as 0.</summary>
public sealed record ProgrammeSource : Source
{
    /// <summary>The ids of the lines that it carries. A line has at most one programme.</summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyList<CostId> CostIds { get; init; }
}

/// <summary>The subsidy of a policy, by the rule in force on a day.</summary>
/// <remarks>
/// A condition that is not met makes it 0, with the reason; one of which the facts are missing is taken as met, and listed. Without a rule on
/// that day the source is refused, and so is a rule that is not confirmed unless <c>acceptUnconfirmed</c> is stated.
/// </remarks>
public sealed record PolicySource : Source
{
    /// <summary>The policy, for example "shanghai-lift".</summary>
    public required PolicyId Policy { get; init; }

    /// <summary>The day whose rule counts.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What is known of the building; storeys and households are those of the building unless stated.</summary>
    public BuildingFacts Facts { get; init; } = new();

    /// <summary>Whether a rule may be applied that rests on hints alone; false unless stated.</summary>
    public bool AcceptUnconfirmed { get; init; }
}

/// <summary>A stated amount: common income, a property firm, a sponsor, a work unit, a building's own fund.</summary>
public sealed record FixedSource : Source
{
    /// <summary>What the source offers; it gives at most what its covered lines still need.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }
}
