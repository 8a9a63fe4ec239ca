using CostShare.Grains.Amounts;

namespace CostShare.Grains.Votes;

/// <summary>Counts expected votes under a consent rule.</summary>
/// <remarks>All of it is whole numbers and exact fractions. Why the sets may be found as they are stands at <see cref="ThresholdArithmetic"/>; decision 0019.</remarks>
public static class Forecaster
{
    /// <summary>What a vote comes to.</summary>
    /// <param name="votes">The expected votes.</param>
    /// <param name="rule">The thresholds; none above 1.</param>
    /// <param name="question">Under what the vote was asked for, with the totals that somebody counts by.</param>
    public static Forecast Of(ExpectedVotes votes, ConsentRule rule, VoteQuestion question)
    {
        var registered = new Poll(votes.ByHeads, votes.ByArea, rule);
        VoteCount count = registered.Count();
        bool open = count.State == VoteState.Open;
        return new Forecast
        {
            Policy = question.Policy,
            From = rule.From,
            Certainty = rule.Certainty,
            Body = rule.Body,
            Note = rule.Note,
            Registered = count,
            Stated = question.Stated is StatedTotals stated ? registered.By(stated).Count() : null,
            ToPass = open ? ToPass(votes, registered) : null,
            ToBlock = open ? ToBlock(votes, registered) : null,
            References = rule.References,
        };
    }

    /// <summary>What would bring a vote to pass by paying heads that say no because of their limits what they are above them.</summary>
    /// <remarks>
    /// Only heads of which no flat says no; all their flats that are above their limits are paid the difference, and the head then says yes. The undecided stay away, and nobody else changes.
    /// The amounts are looked at as they are: who pays for the side payments is another question.
    /// </remarks>
    /// <param name="votes">The expected votes.</param>
    /// <param name="rule">The thresholds; none above 1.</param>
    public static Swing SwingOf(ExpectedVotes votes, ConsentRule rule)
    {
        var poll = new Poll(votes.ByHeads, votes.ByArea, rule);
        if (poll.Passes) { return new Swing { State = SwingState.NotNeeded }; }
        if (poll.MissingToSwing() is not (long members, long area)) { return new Swing { State = SwingState.Impossible }; }
        PolledRegister register = votes.Electorate.Register;
        int[] heads = [.. votes.Heads(Stance.No).Where(head => votes.Electorate.FlatsOf(head).All(i => register.Households[i].Stance != Stance.No))];
        (CoverOutcome outcome, IReadOnlyList<int> chosen) = CheapestCover.Find(
            [.. heads.Select(head => new CoverItem(votes.Electorate.FlatsOf(head).Sum(i => Above(votes, i).Fen), votes.Electorate.AreaOf(head)))], area, members);
        if (outcome != CoverOutcome.Found) { return new Swing { State = outcome == CoverOutcome.TooLarge ? SwingState.TooLarge : SwingState.Impossible }; }
        int[] paid = [.. chosen.SelectMany(k => votes.Electorate.FlatsOf(heads[k])).Where(i => Above(votes, i) > Money.Zero).Order()];
        return new Swing
        {
            State = SwingState.Found,
            Total = Money.Sum(paid.Select(i => Above(votes, i))),
            Persons = chosen.Count,
            Area = TotalArea.FromHundredths(chosen.Sum(k => votes.Electorate.AreaOf(heads[k]))),
            Payments = [.. paid.Select(i => new HouseholdAbove(register.Households[i].Id, Above(votes, i)))],
        };
    }

    /// <summary>What a household pays above its limit; 0 where it does not, or stated none.</summary>
    internal static Money Above(ExpectedVotes votes, int household)
    {
        PolledHousehold own = votes.Electorate.Register.Households[household];
        return ExpectedVotes.IsAboveLimit(own, votes.Amounts[household]) ? votes.Amounts[household] - own.Limit!.Value : Money.Zero;
    }

    private static DecidingSets ToPass(ExpectedVotes votes, Poll poll)
    {
        int[] heads = ByArea(votes);
        (long members, long area) = poll.Missing()!.Value;
        int fewest = Fewest(votes, heads, (number, sum) => number >= members && sum >= area);
        (CoverOutcome outcome, IReadOnlyList<int> chosen) = Least(votes, heads, area, members);
        return new DecidingSets
        {
            Fewest = Set(votes, heads.Take(fewest)),
            AnySoMany = heads[^fewest..].Sum(votes.Electorate.AreaOf) >= area,
            LeastArea = outcome == CoverOutcome.Found ? Set(votes, chosen.Select(k => heads[k])) : null,
            LeastAreaFound = outcome == CoverOutcome.Found,
        };
    }

    private static DecidingSets ToBlock(ExpectedVotes votes, Poll poll)
    {
        int[] heads = ByArea(votes);
        (long? members, long? area) = poll.EnoughToStop();
        int fewest = Fewest(votes, heads, (number, sum) => number >= members || sum >= area);
        // So many of the smallest heads, or so much area of any: whichever is less.
        int[]? least = members is long many ? heads[^(int)many..] : null;
        bool found = true;
        if (area is long enough && (least is null || least.Sum(votes.Electorate.AreaOf) > enough))
        {
            (CoverOutcome outcome, IReadOnlyList<int> chosen) = Least(votes, heads, enough, 0);
            found = outcome == CoverOutcome.Found;
            if (least is null || chosen.Sum(k => votes.Electorate.AreaOf(heads[k])) < least.Sum(votes.Electorate.AreaOf)) { least = [.. chosen.Select(k => heads[k])]; }
        }
        return new DecidingSets
        {
            Fewest = Blocking(votes, poll, heads[..fewest]),
            AnySoMany = fewest >= members || heads[^fewest..].Sum(votes.Electorate.AreaOf) >= area,
            LeastArea = found ? Blocking(votes, poll, least!) : null,
            LeastAreaFound = found,
        };
    }

    /// <summary>The undecided heads, those with the most area first, of equal area in register order.</summary>
    private static int[] ByArea(ExpectedVotes votes) => [.. votes.Heads(Stance.Undecided).OrderByDescending(votes.Electorate.AreaOf)];

    /// <summary>How many of the largest heads are enough; some number of them is. Whatever a set of so many can do by its area, they can.</summary>
    private static int Fewest(ExpectedVotes votes, int[] heads, Func<int, long, bool> isEnough)
    {
        long sum = 0;
        int number = 0;
        while (!isEnough(number, sum)) { sum += votes.Electorate.AreaOf(heads[number++]); }
        return number;
    }

    private static (CoverOutcome Outcome, IReadOnlyList<int> Chosen) Least(ExpectedVotes votes, int[] heads, long area, long members) =>
        LeastArea.Find([.. heads.Select(votes.Electorate.AreaOf)], area, members);

    private static VoterSet Blocking(ExpectedVotes votes, Poll poll, int[] heads) => Set(votes, heads) with
    {
        By = poll.StoppedBy(heads.Length, heads.Sum(votes.Electorate.AreaOf)),
    };

    private static VoterSet Set(ExpectedVotes votes, IEnumerable<int> heads)
    {
        int[] some = [.. heads];
        return new VoterSet
        {
            Persons = some.Length,
            Area = TotalArea.FromHundredths(some.Sum(votes.Electorate.AreaOf)),
            Households = [.. some.SelectMany(votes.Electorate.FlatsOf).Order().Select(i => votes.Electorate.Register.Households[i].Id)],
        };
    }
}
