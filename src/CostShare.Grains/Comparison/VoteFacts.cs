using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison;

/// <summary>Who is above its limit, and what would bring it below: only for whoever collected the limits.</summary>
public sealed record LimitFacts
{
    /// <summary>The households that pay more than they said they are willing to, in register order, each with by how much.</summary>
    [Length(0, HouseholdRegister.MostHouseholds)]
    public required IReadOnlyList<HouseholdAbove> Above { get; init; }

    /// <summary>The cheapest swing: the least side payments that bring the vote to pass. Only where a vote is asked for; by the totals of the register.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Swing? Swing { get; init; }
}

/// <summary>What can be said of the vote on each scheme of a request.</summary>
/// <remarks>
/// What every resident may see tells no household's limit: sums over all households, and sets of households that stated neither a stance nor a limit. What tells limits stands in
/// <see cref="LimitFacts"/> and in sentences beside it, and is made only where it was asked for. Decision 0019 says what sums can still betray.
/// </remarks>
internal sealed class VoteFacts
{
    private readonly Electorate _electorate;
    private readonly VoteQuestion? _question;
    private readonly ConsentRule? _rule;

    private VoteFacts(Electorate electorate, VoteQuestion? question, ConsentRule? rule) => (_electorate, _question, _rule) = (electorate, question, rule);

    /// <summary>Reads what a request says of owners and of the vote, and notes what is wrong with it.</summary>
    public static VoteFacts Read(ComparisonRequest request, PolicyBook policies, FaultList faults)
    {
        var electorate = Electorate.Read(request.Building, Place.Root.At("building"), faults);
        ConsentRule? rule = request.Vote is VoteQuestion vote ? Find(vote, policies, Place.Root.At("vote"), faults) : null;
        return new VoteFacts(electorate, request.Vote, rule);
    }

    /// <summary>The facts of a scheme with those of the vote.</summary>
    /// <param name="facts">The facts so far.</param>
    /// <param name="allocation">The scheme, carried out.</param>
    /// <param name="limits">Whether what tells limits was asked for.</param>
    public SchemeFacts Add(SchemeFacts facts, Allocation allocation, bool limits)
    {
        var votes = ExpectedVotes.Of(_electorate, allocation.Amounts);
        IReadOnlyList<PolledHousehold> households = _electorate.Register.Households;
        int[] above = [.. Enumerable.Range(0, households.Count).Where(i => ExpectedVotes.IsAboveLimit(households[i], allocation.Amounts[i]))];
        Ballots heads = votes.ByHeads, area = votes.ByArea;
        var support = new Support(
            new HeadsByStance((int)heads.Yes, (int)heads.No, (int)heads.Undecided),
            new AreaByStance(TotalArea.FromHundredths(area.Yes), TotalArea.FromHundredths(area.No), TotalArea.FromHundredths(area.Undecided)));
        var aboveLimit = new AboveLimit(
            above.Length, TotalArea.Sum(above.Select(i => households[i].Area)), households.Count(household => household.Limit is not null));
        Forecast? forecast = _rule is null ? null : Forecaster.Of(votes, _rule, _question!);
        LimitFacts? told = !limits ? null : new LimitFacts
        {
            Above = [.. above.Select(i => new HouseholdAbove(households[i].Id, Forecaster.Above(votes, i)))],
            Swing = _rule is null ? null : Forecaster.SwingOf(votes, _rule),
        };
        bool asked = households.Any(household => household.Limit is not null || household.Stance is not null);
        return facts with
        {
            Support = support,
            AboveLimit = aboveLimit,
            Forecast = forecast,
            Limits = told,
            Statements = [.. facts.Statements ?? [], .. VoteSentences.Of(asked ? support : null, aboveLimit, forecast, told?.Swing)],
        };
    }

    private static ConsentRule? Find(VoteQuestion vote, PolicyBook policies, Place place, FaultList faults)
    {
        if (vote.Stated?.Area == TotalArea.Zero) { faults.Add(FaultCode.StatedAreaZero, place.At("stated").At("areaM2")); }
        if (policies.Find(vote.Policy) is not ConsentPolicy policy)
        {
            faults.Add(FaultCode.ConsentUnknown, place.At("policy"), ("policy", vote.Policy.Value));
            return null;
        }
        if (policy.Versions.InForce(vote.On) is ConsentRule rule) { return rule; }
        faults.Add(FaultCode.NoRuleOnThatDay, place.At("on"), ("policy", vote.Policy.Value), ("on", DatedRule.Text(vote.On)), ("known", policy.Versions.Days()));
        return null;
    }
}
