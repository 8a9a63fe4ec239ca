using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison;

/// <summary>What can be said about a scheme as a whole.</summary>
/// <param name="Payers">How many households share the amount, those whose share comes out at 0 included: they join and are neither exempt nor fixed.</param>
public sealed record SchemeFacts([property: Range(0, HouseholdRegister.MostHouseholds)] int Payers)
{
    /// <summary>What the bills come to; left out where nobody joins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BillFacts? Bills { get; init; }

    /// <summary>How far apart the bills are; left out where nobody joins, all bills are 0 or one is below 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Inequality? Inequality { get; init; }

    /// <summary>Whether nobody pays more than somebody on a higher floor; left out where nobody joins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderFacts? Order { get; init; }

    /// <summary>Whether equals pay equal; left out where nobody has an equal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AlikeFacts? Alike { get; init; }

    /// <summary>How the owners would vote, as far as stances and limits tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Support? Support { get; init; }

    /// <summary>How many households pay more than they said they are willing to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AboveLimit? AboveLimit { get; init; }

    /// <summary>What the vote would come to; only where the request has a <c>vote</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Forecast? Forecast { get; init; }

    /// <summary>Which households are above their limits and by how much; only with <c>?include=limits</c>, for whoever collected the limits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LimitFacts? Limits { get; init; }

    /// <summary>Whether a group of floors pays more than a lift of its own; only where stand-alone costs are given and two households join. Also left out where exact shares are too long to be added up in time; a sentence says so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Stability? Stability { get; init; }

    /// <summary>The scheme beside each other one, in the order of the request.</summary>
    [Length(0, ComparisonRequest.MostSchemes)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SchemeAgainst>? Against { get; init; }

    /// <summary>The facts in sentences, each with what it rests on.</summary>
    [Length(0, 100)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Statement>? Statements { get; init; }

    /// <summary>Finds what can be said about a scheme of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="parts">What the answer is to hold.</param>
    /// <param name="allocations">Its schemes carried out, in its order.</param>
    /// <param name="scheme">Which scheme.</param>
    internal static SchemeFacts Of(ComparisonRequest request, ComparisonParts parts, IReadOnlyList<Allocation> allocations, int scheme)
    {
        HouseholdRegister register = request.Building.Register;
        Allocation allocation = allocations[scheme];
        IReadOnlyList<JoinedBill> bills = JoinedBill.All(register, allocation);
        int[] others = [.. Enumerable.Range(0, allocations.Count).Where(k => k != scheme)];
        var facts = new SchemeFacts(allocation.Payers)
        {
            Bills = BillFacts.Of(bills),
            Inequality = Inequality.Of([.. bills.Select(bill => bill.Amount)]),
            Order = OrderFacts.Of(bills),
            Alike = AlikeFacts.Of(bills, request.Schemes[scheme]),
            Stability = request.StandAlone is StandAloneCosts costs ? Stability.Of(register, allocation.Exact, costs) : null,
            Against = [.. others.Select(k => SchemeAgainst.Of(
                request.Schemes[k].Id, register, allocation.Amounts, allocations[k].Amounts, parts.HasFlag(ComparisonParts.Differences)))],
        };
        return facts with
        {
            Statements =
            [
                .. FactSentences.OfBills(facts),
                .. FactSentences.OfStability(facts.Stability, register, request.StandAlone),
                .. facts.Against.Zip(others, (against, k) => FactSentences.OfAgainst(against, request.Schemes[k].Name)),
            ],
        };
    }
}

/// <summary>A fact in a sentence.</summary>
/// <param name="Code">Which fact it is.</param>
/// <param name="Sentence">The fact.</param>
/// <param name="Assumption">What it rests on.</param>
public sealed record Statement(StatementCode Code, Words Sentence, Words Assumption);

/// <summary>Which fact a sentence tells.</summary>
public enum StatementCode
{
    /// <summary>How many pay more than they are willing to.</summary>
    AboveLimit,
    /// <summary>The highest and the lowest bill, and the one in the middle.</summary>
    BillRange,
    /// <summary>How many times the middle bill the highest one is.</summary>
    Spread,
    /// <summary>The highest and the lowest bill for each square metre.</summary>
    PerSquareMetreRange,
    /// <summary>What the highest floor pays of all.</summary>
    TopFloorPart,
    /// <summary>How far apart the bills are in one number.</summary>
    Inequality,
    /// <summary>Whether nobody pays more than somebody on a higher floor.</summary>
    FloorOrder,
    /// <summary>The same for each square metre.</summary>
    FloorOrderPerSquareMetre,
    /// <summary>Whether equals pay equal.</summary>
    AlikePayAlike,
    /// <summary>Which floors pay more together than a lift of their own would cost.</summary>
    GroupPaysMore,
    /// <summary>That no floors do, and which come closest.</summary>
    NoGroupPaysMore,
    /// <summary>That this was not looked at, and why.</summary>
    StabilityNotTested,
    /// <summary>How many are better off than under another scheme.</summary>
    Against,
    /// <summary>Which cost line moves bills most when it is dearer, and how far.</summary>
    Overrun,
    /// <summary>That the scheme cannot be carried out when a cost line is dearer.</summary>
    OverrunRefused,
    /// <summary>What a source that gives nothing means for the bills.</summary>
    SourceRefused,
    /// <summary>How far bills rise at the most when one household drops out.</summary>
    DropsOut,
    /// <summary>That the scheme cannot be carried out when a household drops out.</summary>
    DropOutRefused,
    /// <summary>How far bills fall at the most when one more household joins.</summary>
    JoinsLate,
    /// <summary>How the owners would vote.</summary>
    Support,
    /// <summary>Whether the vote passes, and what is missing.</summary>
    Forecast,
    /// <summary>What the vote comes to by the totals that somebody counts by.</summary>
    Totals,
    /// <summary>What side payments would bring the vote to pass; only with <c>?include=limits</c>.</summary>
    Swing,
}

/// <summary>How the owners would vote.</summary>
/// <param name="Persons">By heads: the flats of one owner are one.</param>
/// <param name="Area">By exclusive area.</param>
public sealed record Support(HeadsByStance Persons, [property: JsonPropertyName("areaM2")] AreaByStance Area);

/// <summary>Heads by what they would say.</summary>
/// <param name="Yes">Those who would agree.</param>
/// <param name="No">Those who would not.</param>
/// <param name="Undecided">Those of whom nothing is known.</param>
public sealed record HeadsByStance(
    [property: Range(0, HouseholdRegister.MostHouseholds)] int Yes, [property: Range(0, HouseholdRegister.MostHouseholds)] int No, [property: Range(0, HouseholdRegister.MostHouseholds)] int Undecided);

/// <summary>Area by what its owners would say, in square metres.</summary>
/// <param name="Yes">Of those who would agree.</param>
/// <param name="No">Of those who would not.</param>
/// <param name="Undecided">Of those of whom nothing is known.</param>
public sealed record AreaByStance(TotalArea Yes, TotalArea No, TotalArea Undecided);

/// <summary>Households that pay more than they are willing to.</summary>
/// <param name="Households">How many there are.</param>
/// <param name="Area">Their area.</param>
/// <param name="Stated">How many households have stated a limit.</param>
public sealed record AboveLimit(
    [property: Range(0, HouseholdRegister.MostHouseholds)] int Households, [property: JsonPropertyName("areaM2")] TotalArea Area, [property: Range(0, HouseholdRegister.MostHouseholds)] int Stated);
