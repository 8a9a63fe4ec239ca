using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Policies;

/// <summary>A dated rule of a city or country with its history: what a file in <c>policies/</c> holds.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SubsidyPolicy), "subsidy")]
[JsonDerivedType(typeof(CoefficientsPolicy), "coefficients")]
[JsonDerivedType(typeof(GuidancePolicy), "guidance")]
[JsonDerivedType(typeof(ConsentPolicy), "consent")]
[JsonDerivedType(typeof(NoticePolicy), "notice")]
[JsonDerivedType(typeof(BudgetPolicy), "budget")]
public abstract record Policy
{
    /// <summary>Its id, unique among all policies: the city and what it is about, for example "shanghai-lift".</summary>
    public required PolicyId Id { get; init; }

    /// <summary>What people call it.</summary>
    public required Words Name { get; init; }

    /// <summary>The city, or the country where it holds for all of it.</summary>
    public required Words City { get; init; }

    /// <summary>The district, where it holds only there.</summary>
    public Words? District { get; init; }

    /// <summary>Its rules as they stood from time to time, the oldest first.</summary>
    [JsonIgnore]
    internal abstract IReadOnlyList<DatedRule> History { get; }
}

/// <summary>Public money for a lift.</summary>
public sealed record SubsidyPolicy : Policy
{
    /// <summary>The rule as it stood from time to time, the oldest first; no two in force on one day.</summary>
    [Length(1, 50)]
    public required IReadOnlyList<SubsidyRule> Versions { get; init; }

    internal override IReadOnlyList<DatedRule> History => Versions;
}

/// <summary>Coefficients, percentages or another rule that a text offers for sharing: a ready scheme.</summary>
public sealed record CoefficientsPolicy : Policy
{
    /// <summary>The rule as it stood from time to time, the oldest first.</summary>
    [Length(1, 50)]
    public required IReadOnlyList<ReferenceRule> Versions { get; init; }

    internal override IReadOnlyList<DatedRule> History => Versions;
}

/// <summary>A rule for sharing that a text offers.</summary>
public sealed record ReferenceRule : DatedRule
{
    /// <summary>The rule, ready to stand in a scheme.</summary>
    public required Rule Rule { get; init; }
}

/// <summary>Ranges within which a text wants the floors to pay.</summary>
public sealed record GuidancePolicy : Policy
{
    /// <summary>The ranges as they stood from time to time, the oldest first.</summary>
    [Length(1, 50)]
    public required IReadOnlyList<GuidanceRule> Versions { get; init; }

    internal override IReadOnlyList<DatedRule> History => Versions;
}

/// <summary>Ranges for buildings of several heights.</summary>
public sealed record GuidanceRule : DatedRule
{
    /// <summary>For each number of storeys, what each floor may carry.</summary>
    [Length(1, Floor.Highest)]
    public required IReadOnlyList<GuidanceTable> Tables { get; init; }
}

/// <summary>What each floor of a building of so many storeys may carry.</summary>
public sealed record GuidanceTable
{
    /// <summary>The storeys of the building.</summary>
    public required Floor Storeys { get; init; }

    /// <summary>The range of each floor, all floors listed, in per cent of what is shared.</summary>
    [Length(1, Floor.Highest)]
    public required IReadOnlyDictionary<Floor, PercentageRange> Floors { get; init; }

    /// <summary>
    /// With level entry, what the floors carry of the new corridors 新增连廊, a pot of their own: how much each counts beside the others, 0 where it is
    /// not listed. No such pot unless stated.
    /// </summary>
    [Length(1, Floor.Highest)]
    public IReadOnlyDictionary<Floor, Coefficient>? Corridors { get; init; }
}

/// <summary>From one percentage to another, both included.</summary>
public sealed record PercentageRange
{
    /// <summary>The least.</summary>
    public required Percentage Low { get; init; }

    /// <summary>The most; not below the least.</summary>
    public required Percentage High { get; init; }
}

/// <summary>How many owners must take part and agree.</summary>
public sealed record ConsentPolicy : Policy
{
    /// <summary>The thresholds as they stood from time to time, the oldest first.</summary>
    [Length(1, 50)]
    public required IReadOnlyList<ConsentRule> Versions { get; init; }

    internal override IReadOnlyList<DatedRule> History => Versions;
}

/// <summary>For how long plans are put up for all to see.</summary>
public sealed record NoticePolicy : Policy
{
    /// <summary>The notice as it stood from time to time, the oldest first.</summary>
    [Length(1, 50)]
    public required IReadOnlyList<NoticeRule> Versions { get; init; }

    internal override IReadOnlyList<DatedRule> History => Versions;
}

/// <summary>Days of notice.</summary>
public sealed record NoticeRule : DatedRule
{
    /// <summary>The fewest days.</summary>
    public required Count Days { get; init; }
}

/// <summary>What a programme may spend on subsidies: the budget of a street, a district or a city.</summary>
/// <remarks>Records of subsidies name it by its id, or by its name in either language.</remarks>
public sealed record BudgetPolicy : Policy
{
    /// <summary>The budget as it stood from time to time, the oldest first.</summary>
    [Length(1, 50)]
    public required IReadOnlyList<BudgetRule> Versions { get; init; }

    /// <summary>By what records name it: its id, and its name in either language.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Names => [.. new[] { Id.Value, Name.Zh, Name.En }.Distinct()];

    internal override IReadOnlyList<DatedRule> History => Versions;
}

/// <summary>The budget of a programme.</summary>
public sealed record BudgetRule : DatedRule
{
    /// <summary>All that may be granted from it.</summary>
    [JsonPropertyName("budgetFen")]
    public required Money Budget { get; init; }
}
