using CostShare.Grains.Amounts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Votes;

/// <summary>Forecasts beside everything that can happen.</summary>
public class ForecastPropertyTests
{
    [Fact] // 3 to the power of the undecided.
    public void A_vote_is_passed_or_failed_where_nothing_that_the_undecided_do_changes_it() => RandomVote.ForAll(1, RandomVote.Count / 2, 9, one =>
    {
        Forecast forecast = one.Forecast();
        CheckState(forecast.Registered, new VoteReference(one));
        Assert.Equal(one.Question.Stated is null, forecast.Stated is null);
        if (forecast.Stated is VoteCount stated) { CheckState(stated, new VoteReference(one, stated: true)); }
    });

    [Fact]
    public void The_smallest_sets_are_the_smallest_of_all_sets() => RandomVote.ForAll(100_000, RandomVote.Count / 3, 9, CheckSets);

    [Fact] // Up to 16 undecided: all 65,536 sets of them.
    public void The_smallest_sets_of_sixteen_undecided_are_the_smallest_of_all_sets()
    {
        for (int seed = 0, open = 0; open < int.Clamp(RandomVote.Count / 500, 4, 40); seed++)
        {
            Assert.True(seed < 100_000, "Too few votes are open.");
            var one = RandomVote.Of(seed, 22, silent: 85);
            var reference = new VoteReference(one);
            if (reference.Undecided.Length is < 12 or > 16 || one.Forecast().Registered.State != VoteState.Open) { continue; }
            open++;
            CheckSets(one);
        }
    }

    [Fact]
    public void Whoever_stops_a_vote_needs_no_mixture_of_noes_and_of_staying_away() => RandomVote.ForAll(200_000, RandomVote.Count / 5, 8, one =>
    {
        Forecast forecast = one.Forecast();
        if (forecast.ToBlock is not DecidingSets sets) { return; }
        var reference = new VoteReference(one);
        (int Heads, long Area)[] stopping = [.. reference.Everything().Where(votes => !reference.Passes(votes)).Select(votes => reference.Undecided.Where(head => votes[head] != 'y').ToArray())
            .Select(set => (set.Length, set.Sum(head => reference.Areas[head])))];
        Assert.Equal(stopping.Min(set => set.Heads), sets.Fewest.Persons);
        Assert.Equal(stopping.Min(set => set.Area), sets.LeastArea!.Area.Hundredths);
    });

    [Fact]
    public void What_is_missing_is_the_least_that_meets_each_threshold() => RandomVote.ForAll(300_000, RandomVote.Count / 2, 10, one =>
    {
        VoteCount count = one.Forecast().Registered;
        (Ballots heads, Ballots area) = (one.Votes.ByHeads, one.Votes.ByArea);
        long? Least(Ballots ballots, Func<Ballots, bool> isMet) =>
            Enumerable.Range(0, (int)ballots.Undecided + 1).Where(more => isMet(ballots with { Yes = ballots.Yes + more })).Select(more => (long?)more).FirstOrDefault();
        bool Participates(Ballots ballots) => one.Rule.Participation is not Threshold threshold
            || Fraction.Of(ballots.Yes + ballots.No, ballots.Whole) >= Fraction.Of(threshold.Numerator.Number, threshold.Denominator.Number);
        bool Approves(Ballots ballots)
        {
            long of = one.Rule.ApprovalOf == ConsentBase.All ? ballots.Whole : ballots.Yes + ballots.No;
            return of > 0 && Fraction.Of(ballots.Yes, of) >= Fraction.Of(one.Rule.Approval.Numerator.Number, one.Rule.Approval.Denominator.Number);
        }
        Assert.Equal(one.Rule.Participation is null, count.Participation is null);
        if (count.Participation is ThresholdCount participation)
        {
            Assert.Equal((Least(heads, Participates), Least(area, Participates)), (participation.Persons.Missing, participation.Area.Missing?.Hundredths));
            Assert.Equal((Participates(heads), Participates(area)), (participation.Persons.Met, participation.Area.Met));
            Assert.Equal(Fraction.Of(heads.Yes + heads.No, heads.Whole), participation.Persons.Part);
            Assert.Equal(Fraction.Of(area.Yes + area.No, area.Whole), participation.Area.Part);
        }
        Assert.Equal((Least(heads, Approves), Least(area, Approves)), (count.Approval.Persons.Missing, count.Approval.Area.Missing?.Hundredths));
        Assert.Equal((Approves(heads), Approves(area)), (count.Approval.Persons.Met, count.Approval.Area.Met));
        bool both(Ballots ballots) => Participates(ballots) && Approves(ballots);
        bool objected = one.Rule.NoObjection && heads.No > 0;
        Assert.Equal(objected || Least(heads, both) is null || Least(area, both) is null, count.Missing is null);
        if (count.Missing is Missing missing) { Assert.Equal((Least(heads, both), Least(area, both)), (missing.Persons, missing.Area.Hundredths)); }
        Assert.Equal(one.Rule.NoObjection ? (int?)heads.No : null, count.Objections);
    });

    [Fact]
    public void The_cheapest_swing_is_the_cheapest_of_all_sets_of_payments() => RandomVote.ForAll(400_000, RandomVote.Count / 2, 12, one =>
    {
        var reference = new VoteReference(one);
        Swing swing = Forecaster.SwingOf(one.Votes, one.Rule);
        long? least = reference.CheapestSwing();
        Assert.Equal(reference.Passes(reference.With(_ => 'a')) ? SwingState.NotNeeded : least is null ? SwingState.Impossible : SwingState.Found, swing.State);
        if (swing.State != SwingState.Found)
        {
            Assert.Equal((null, null, null, null), (swing.Total, swing.Persons, swing.Area, swing.Payments));
            return;
        }
        Assert.Equal(least, swing.Total!.Value.Fen);
        // It does what it says: with limits raised by these payments the vote passes.
        PolledRegister register = one.Votes.Electorate.Register;
        var paid = swing.Payments!.ToDictionary(payment => payment.Household, payment => payment.By);
        Assert.Equal(least, paid.Values.Sum(by => by.Fen));
        Assert.All(paid.Values, by => Assert.True(by > Money.Zero));
        PolledRegister after = register with
        {
            Households = [.. register.Households.Select(household => paid.TryGetValue(household.Id, out Money by) ? household with { Limit = household.Limit!.Value + by } : household)],
        };
        var votes = ExpectedVotes.Of(Asked.Electorate(after), one.Votes.Amounts);
        Assert.True(Forecaster.Of(votes, one.Rule, one.Question).Registered.ClosedNow);
        Assert.Equal((long)swing.Persons!.Value, votes.ByHeads.Yes - one.Votes.ByHeads.Yes);
        Assert.Equal(swing.Area!.Value.Hundredths, votes.ByArea.Yes - one.Votes.ByArea.Yes);
    });

    private static void CheckState(VoteCount count, VoteReference reference)
    {
        bool[] outcomes = [.. reference.Everything().Select(reference.Passes)];
        Assert.Equal(outcomes.All(passes => passes) ? VoteState.Passed : outcomes.Any(passes => passes) ? VoteState.Open : VoteState.Failed, count.State);
        Assert.Equal(reference.Passes(reference.With(_ => 'a')), count.ClosedNow);
    }

    private static void CheckSets(RandomVote one)
    {
        Forecast forecast = one.Forecast();
        Assert.Equal(forecast.Registered.State == VoteState.Open, forecast.ToPass is not null);
        Assert.Equal(forecast.Registered.State == VoteState.Open, forecast.ToBlock is not null);
        if (forecast.ToPass is null) { return; }
        var reference = new VoteReference(one);
        (int Heads, long Area, bool Carries, bool StopsByNo, bool StopsByAway)[] sets = [.. reference.Sets()];
        Check(forecast.ToPass, [.. sets.Where(set => set.Carries).Select(set => (set.Heads, set.Area))], [.. sets.Where(set => !set.Carries).Select(set => set.Heads)],
            members => reference.Passes(reference.With(k => members.Contains(k) ? 'y' : 'a')));
        Check(forecast.ToBlock!, [.. sets.Where(set => set.StopsByNo || set.StopsByAway).Select(set => (set.Heads, set.Area))],
            [.. sets.Where(set => !set.StopsByNo && !set.StopsByAway).Select(set => set.Heads)], _ => true);
        Assert.All(new[] { forecast.ToBlock!.Fewest, forecast.ToBlock.LeastArea! }, set =>
        {
            int[] members = Members(one, reference, set);
            bool no = !reference.Passes(reference.With(k => members.Contains(k) ? 'n' : 'y')), away = !reference.Passes(reference.With(k => members.Contains(k) ? 'a' : 'y'));
            Assert.Equal((no, away) switch { (true, true) => BlockedBy.Either, (true, false) => BlockedBy.No, (false, true) => BlockedBy.Away, _ => null }, set.By);
        });
        Assert.Null(forecast.ToPass.Fewest.By);

        void Check(DecidingSets found, (int Heads, long Area)[] all, int[] others, Func<int[], bool> carries)
        {
            int fewest = all.Min(set => set.Heads);
            Assert.Equal(fewest, found.Fewest.Persons);
            // Of the sets with the fewest heads it is one with the most area.
            Assert.Equal(all.Where(set => set.Heads == fewest).Max(set => set.Area), found.Fewest.Area.Hundredths);
            Assert.Equal(!others.Contains(fewest), found.AnySoMany);
            Assert.True(found.LeastAreaFound);
            Assert.Equal(all.Min(set => set.Area), found.LeastArea!.Area.Hundredths);
            Assert.True(carries(Members(one, reference, found.Fewest)) && carries(Members(one, reference, found.LeastArea)));
        }
    }

    /// <summary>Which of the undecided heads a set is, after seeing that it lists whole heads with their area, in register order.</summary>
    private static int[] Members(RandomVote one, VoteReference reference, VoterSet set)
    {
        IReadOnlyList<PolledHousehold> households = one.Votes.Electorate.Register.Households;
        int[] flats = [.. set.Households.Select(id => Enumerable.Range(0, households.Count).Single(i => households[i].Id == id))];
        Assert.Equal(flats.Order(), flats);
        int[] members = [.. Enumerable.Range(0, reference.Undecided.Length).Where(k => reference.Heads[reference.Undecided[k]].All(flats.Contains))];
        Assert.Equal(flats.Length, members.Sum(k => reference.Heads[reference.Undecided[k]].Length));
        Assert.Equal((set.Persons, set.Area.Hundredths), (members.Length, members.Sum(k => reference.Areas[reference.Undecided[k]])));
        return members;
    }
}
