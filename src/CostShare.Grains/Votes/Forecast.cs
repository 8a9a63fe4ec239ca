using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Votes;

/// <summary>What a vote would come to under the thresholds of a day, as far as stances and limits tell.</summary>
public sealed record Forecast
{
    /// <summary>The policy that holds the thresholds.</summary>
    public required PolicyId Policy { get; init; }

    /// <summary>Since when they are in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>How sure they are.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>Whose owners they count. Here only the owners of this register are, also where the whole building is meant.</summary>
    public required ConsentBody Body { get; init; }

    /// <summary>What else is to be known of them; left out where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Words? Note { get; init; }

    /// <summary>The vote by the totals of the register.</summary>
    public required VoteCount Registered { get; init; }

    /// <summary>The same vote by the totals that somebody counts by; only where some are stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VoteCount? Stated { get; init; }

    /// <summary>The smallest sets of undecided heads that carry the vote by saying yes, the other undecided staying away. By the totals of the register; only where the vote is open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecidingSets? ToPass { get; init; }

    /// <summary>The smallest sets of undecided heads that stop the vote although all other undecided say yes. By the totals of the register; only where the vote is open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecidingSets? ToBlock { get; init; }

    /// <summary>Where the thresholds were read.</summary>
    [Length(1, 20)]
    public required IReadOnlyList<PolicyReference> References { get; init; }
}

/// <summary>A vote counted by some totals: by area and by heads, each threshold for itself.</summary>
public sealed record VoteCount
{
    /// <summary>All heads.</summary>
    [Range(1, HouseholdRegister.MostHouseholds)]
    public required int Persons { get; init; }

    /// <summary>The area of all owners in square metres.</summary>
    [JsonPropertyName("areaM2")]
    public required TotalArea Area { get; init; }

    /// <summary>Whether the vote is settled whatever the undecided do.</summary>
    public required VoteState State { get; init; }

    /// <summary>Whether it would pass if it closed now, all undecided staying away.</summary>
    public required bool ClosedNow { get; init; }

    /// <summary>Whether enough take part; only where the rule asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ThresholdCount? Participation { get; init; }

    /// <summary>Whether enough agree.</summary>
    public required ThresholdCount Approval { get; init; }

    /// <summary>Of what the approval is a part.</summary>
    public required ConsentBase ApprovalOf { get; init; }

    /// <summary>How many heads say no; only where a single one stops the project.</summary>
    [Range(0, HouseholdRegister.MostHouseholds)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Objections { get; init; }

    /// <summary>What must come and say yes, at least so many heads with at least so much area, for the vote to pass while the other undecided stay away; left out where it cannot pass.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Missing? Missing { get; init; }
}

/// <summary>Whether a vote is settled.</summary>
public enum VoteState
{
    /// <summary>It passes whatever the undecided do: each may stay away, say yes or say no.</summary>
    Passed,
    /// <summary>It fails whatever they do.</summary>
    Failed,
    /// <summary>It hangs on them.</summary>
    Open,
}

/// <summary>What is missing for a vote to pass.</summary>
/// <param name="Persons">Heads.</param>
/// <param name="Area">Their area together, in square metres.</param>
public sealed record Missing([property: Range(0, HouseholdRegister.MostHouseholds)] int Persons, [property: JsonPropertyName("areaM2")] TotalArea Area);

/// <summary>A threshold beside what is reached of it if the vote closed now, all undecided staying away.</summary>
public sealed record ThresholdCount
{
    /// <summary>The part that must be reached, the part itself included.</summary>
    public required Fraction Threshold { get; init; }

    /// <summary>By heads.</summary>
    public required PersonsReached Persons { get; init; }

    /// <summary>By area.</summary>
    public required AreaReached Area { get; init; }
}

/// <summary>What is reached of a threshold by heads.</summary>
public sealed record PersonsReached
{
    /// <summary>The heads that take part, or agree.</summary>
    [Range(0, HouseholdRegister.MostHouseholds)]
    public required int Reached { get; init; }

    /// <summary>The heads that they are a part of.</summary>
    [Range(0, HouseholdRegister.MostHouseholds)]
    public required int Of { get; init; }

    /// <summary>The part, exactly; left out where nobody takes part.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fraction? Part { get; init; }

    /// <summary>Whether the threshold is met.</summary>
    public required bool Met { get; init; }

    /// <summary>How many more heads meet it if they come and say yes; 0 where it is met, left out where not even all undecided do.</summary>
    [Range(0, HouseholdRegister.MostHouseholds)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Missing { get; init; }
}

/// <summary>What is reached of a threshold by area, in square metres.</summary>
public sealed record AreaReached
{
    /// <summary>The area of those who take part, or agree.</summary>
    [JsonPropertyName("reachedM2")]
    public required TotalArea Reached { get; init; }

    /// <summary>The area that it is a part of.</summary>
    [JsonPropertyName("ofM2")]
    public required TotalArea Of { get; init; }

    /// <summary>The part, exactly; left out where nobody takes part. Above 1 where somebody counts by too small a total.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fraction? Part { get; init; }

    /// <summary>Whether the threshold is met.</summary>
    public required bool Met { get; init; }

    /// <summary>How much more area meets it if its owners come and say yes; 0 where it is met, left out where not even all undecided do.</summary>
    [JsonPropertyName("missingM2")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TotalArea? Missing { get; init; }
}

/// <summary>The smallest sets of undecided heads that decide a vote one way.</summary>
public sealed record DecidingSets
{
    /// <summary>One with the fewest heads: those with the most area, of equal area those who stand first in the register.</summary>
    public required VoterSet Fewest { get; init; }

    /// <summary>Whether any set of so many undecided heads does it.</summary>
    public required bool AnySoMany { get; init; }

    /// <summary>One with the least area, of several always the same; left out where finding it would take too much work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VoterSet? LeastArea { get; init; }

    /// <summary>Whether the set with the least area was found; it is not where many flats differ in area.</summary>
    public required bool LeastAreaFound { get; init; }
}

/// <summary>Heads, told by their households.</summary>
public sealed record VoterSet
{
    /// <summary>How many heads they are.</summary>
    [Range(0, HouseholdRegister.MostHouseholds)]
    public required int Persons { get; init; }

    /// <summary>Their area together.</summary>
    [JsonPropertyName("areaM2")]
    public required TotalArea Area { get; init; }

    /// <summary>Their households, in register order.</summary>
    [Length(0, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<HouseholdId> Households { get; init; }

    /// <summary>By what they stop the vote; only in a set that does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BlockedBy? By { get; init; }
}

/// <summary>By what heads stop a vote.</summary>
public enum BlockedBy
{
    /// <summary>By saying no; staying away would not stop it.</summary>
    No,
    /// <summary>By staying away; saying no would not stop it.</summary>
    Away,
    /// <summary>By either.</summary>
    Either,
}
