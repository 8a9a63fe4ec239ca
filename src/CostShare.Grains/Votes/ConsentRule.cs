using CostShare.Grains.Amounts;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Votes;

/// <summary>Thresholds of participation and approval, each by area and by heads.</summary>
public sealed record ConsentRule : DatedRule
{
    /// <summary>Whose owners are counted.</summary>
    public required ConsentBody Body { get; init; }

    /// <summary>The part of all owners that must take part; none unless stated.</summary>
    public Threshold? Participation { get; init; }

    /// <summary>The part that must agree.</summary>
    public required Threshold Approval { get; init; }

    /// <summary>Of what the approval is a part.</summary>
    public required ConsentBase ApprovalOf { get; init; }

    /// <summary>Whether an explicit objection of a single owner stops the project.</summary>
    public bool NoObjection { get; init; }
}

/// <summary>Whose owners are counted.</summary>
public enum ConsentBody
{
    /// <summary>The stair 单元, 门牌.</summary>
    Unit,
    /// <summary>The building 楼栋.</summary>
    Building,
}

/// <summary>Of what a threshold is a part.</summary>
public enum ConsentBase
{
    /// <summary>Of all owners.</summary>
    All,
    /// <summary>Of those who take part.</summary>
    Participants,
}

/// <summary>A part that must be reached, the part itself included, by area and by heads.</summary>
public sealed record Threshold
{
    /// <summary>The upper number of the fraction: 2 of 2/3.</summary>
    public required Count Numerator { get; init; }

    /// <summary>The lower number: 3 of 2/3.</summary>
    public required Count Denominator { get; init; }
}
