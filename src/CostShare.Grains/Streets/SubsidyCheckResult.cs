using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Streets;

/// <summary>What is recorded of subsidies beside what the rules give.</summary>
public sealed record SubsidyCheckResult
{
    /// <summary>The sources that go by a policy and could be reckoned.</summary>
    [Range(0, int.MaxValue)]
    public required int Checked { get; init; }

    /// <summary>Those of them of which another sum is recorded than the rule gives.</summary>
    [Range(0, int.MaxValue)]
    public required int Differing { get; init; }

    /// <summary>The sources that go by a policy but cannot be reckoned by it; each has a line with the reason.</summary>
    [Range(0, int.MaxValue)]
    public required int Refused { get; init; }

    /// <summary>The sources without a policy of which something is recorded: there is no rule to hold it against.</summary>
    [Range(0, int.MaxValue)]
    public required int WithoutRule { get; init; }

    /// <summary>What the rules give, of all that was checked.</summary>
    [JsonPropertyName("ruleFen")]
    public required Money Rule { get; init; }

    /// <summary>What is recorded, of all sources.</summary>
    [JsonPropertyName("recordedFen")]
    public required Money Recorded { get; init; }

    /// <summary>What is recorded less what the rules give, of those that differ; below 0 where less is recorded.</summary>
    [JsonPropertyName("differenceFen")]
    public required SignedMoney Difference { get; init; }

    /// <summary>The sources line by line: those that differ by most first, then those that cannot be reckoned, then the others by building.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<SubsidyLine> Lines { get; init; }

    /// <summary>Subsidies that seem to be claimed twice.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<DoubleClaim> DoubleClaims { get; init; }
}

/// <summary>One source of a stair: what is recorded of its subsidy, and what its rule gives.</summary>
public sealed record SubsidyLine
{
    /// <summary>The building.</summary>
    public required BuildingId Building { get; init; }

    /// <summary>Its street.</summary>
    public required string Street { get; init; }

    /// <summary>Its estate; left out where it stands in none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Estate { get; init; }

    /// <summary>Its address.</summary>
    public required string Address { get; init; }

    /// <summary>The source.</summary>
    public required SourceId Source { get; init; }

    /// <summary>The policy; left out where it goes by none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PolicyId? Policy { get; init; }

    /// <summary>The day whose rule counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? RuleOn { get; init; }

    /// <summary>How far it has come; left out where nothing is recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SubsidyState? State { get; init; }

    /// <summary>The sum that counts: what was granted; without a grant what was paid, claimed or planned, the first of these that is recorded.</summary>
    [JsonPropertyName("recordedFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? Recorded { get; init; }

    /// <summary>The day of the last record.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? RecordedOn { get; init; }

    /// <summary>What the rule gives, within the stair's whole funding; left out where it cannot be reckoned.</summary>
    [JsonPropertyName("ruleFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? Rule { get; init; }

    /// <summary>What is recorded less what the rule gives; left out where they are equal or one of them is missing.</summary>
    [JsonPropertyName("differenceFen")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SignedMoney? Difference { get; init; }

    /// <summary>What explains the difference; left out where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DifferenceCause? Cause { get; init; }

    /// <summary>Why it cannot be reckoned; left out where it can.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FaultCode? Refusal => Fault?.Code;

    /// <summary>The same with its values, from which it is told in words.</summary>
    [JsonIgnore]
    public Fault? Fault { get; init; }

    /// <summary>The number of the use certificate, where one was stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Certificate { get; init; }

    /// <summary>The programme that it is paid from, where one was stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Programme { get; init; }
}

/// <summary>How a subsidy seems to be claimed twice.</summary>
public enum DoubleClaimKind
{
    /// <summary>Several stairs claim with one use certificate.</summary>
    Certificate,
    /// <summary>The subsidy of one policy is claimed several times for one stair: by several sources, or by several buildings of one address.</summary>
    Stair,
}

/// <summary>Claims of which only the first can be right.</summary>
public sealed record DoubleClaim
{
    /// <summary>What they have in common.</summary>
    public required DoubleClaimKind Kind { get; init; }

    /// <summary>The certificate, or the address.</summary>
    public required string What { get; init; }

    /// <summary>The claims behind the first: of a certificate those of all other stairs than the first one's.</summary>
    [JsonPropertyName("tooMuchFen")]
    public required Money TooMuch { get; init; }

    /// <summary>The claims, the earliest first.</summary>
    [Length(2, int.MaxValue)]
    public required IReadOnlyList<Claim> Claims { get; init; }
}

/// <summary>A subsidy that was claimed, granted or paid.</summary>
public sealed record Claim
{
    /// <summary>The building.</summary>
    public required BuildingId Building { get; init; }

    /// <summary>Its street.</summary>
    public required string Street { get; init; }

    /// <summary>Its address.</summary>
    public required string Address { get; init; }

    /// <summary>The source.</summary>
    public required SourceId Source { get; init; }

    /// <summary>The policy; left out where it goes by none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PolicyId? Policy { get; init; }

    /// <summary>The number of the use certificate, where one was stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Certificate { get; init; }

    /// <summary>How far it has come.</summary>
    public required SubsidyState State { get; init; }

    /// <summary>What was granted; without a grant what was paid, or claimed.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>The day on which it was first claimed, granted or paid.</summary>
    public required DateOnly On { get; init; }
}
