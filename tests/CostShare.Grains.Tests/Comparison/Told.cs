using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>Short words for what is told of schemes.</summary>
internal static class Told
{
    public static IReadOnlyList<SchemeFacts> Facts(ComparisonRequest request, ComparisonParts also = ComparisonParts.None)
    {
        var faults = new FaultList();
        ComparisonResult? result = Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.Facts | also, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return [.. result!.Schemes.Select(scheme => scheme.Facts)];
    }

    public static string[] Refused(ComparisonRequest request, ComparisonParts also = ComparisonParts.None)
    {
        var faults = new FaultList();
        Assert.Null(Comparer.Compare(request, PolicyBook.Empty, ComparisonParts.Facts | also, faults));
        return [.. faults.Faults.Select(Seen.Tell)];
    }

    /// <summary>The facts of a scheme under which every household pays a stated amount; 0 where it does not join.</summary>
    public static SchemeFacts Stated(HouseholdRegister building, params long[] fen) => Facts(Given.Request(building, Given.Fen(fen.Sum()), Stated(building.Households, fen)))[0];

    public static Scheme Stated(IReadOnlyList<Household> households, long[] fen) => Given.Scheme(new FixedRule
    {
        Amounts = households.Select((household, i) => (household, i)).Where(entry => entry.household.Joins).ToDictionary(entry => entry.household.Id, entry => Given.Fen(fen[entry.i])),
        Remainder = new EqualRule(),
    });

    public static StatedStandAloneCosts Costs(params (int Floor, long Fen)[] costs) =>
        new() { Amounts = costs.ToDictionary(entry => Floor.Of(entry.Floor), entry => Given.Fen(entry.Fen)) };

    /// <summary>Bills that were not rounded.</summary>
    public static IReadOnlyList<JoinedBill> Bills(IEnumerable<Household> households, params long[] fen) =>
        [.. households.Zip(fen, (household, amount) => new JoinedBill(household, Given.Fen(amount), amount))];

    /// <summary>The sentences of one kind, Chinese before English.</summary>
    public static (string Zh, string En)[] Sentences(this SchemeFacts facts, StatementCode code) =>
        [.. facts.Statements!.Where(statement => statement.Code == code).Select(statement => (statement.Sentence.Zh, statement.Sentence.En))];

    public static (string Zh, string En) Assumption(this SchemeFacts facts, StatementCode code)
    {
        Statement statement = facts.Statements!.First(statement => statement.Code == code);
        return (statement.Assumption.Zh, statement.Assumption.En);
    }

    public static decimal Decimal(Fraction value) => (decimal)value.Numerator / (decimal)value.Denominator;
}
