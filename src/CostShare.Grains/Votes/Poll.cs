using CostShare.Grains.Amounts;

namespace CostShare.Grains.Votes;

/// <summary>Ballots by heads and by area under a rule: both measures must meet every threshold.</summary>
/// <param name="Heads">The ballots by heads.</param>
/// <param name="Area">The ballots by area, in hundredths of a square metre.</param>
/// <param name="Rule">The thresholds.</param>
internal sealed record Poll(Ballots Heads, Ballots Area, ConsentRule Rule)
{
    /// <summary>Whether the vote passes if it closes now, all undecided staying away.</summary>
    public bool Passes => Participates(Heads) && Participates(Area) && Approves(Heads) && Approves(Area) && !(Rule.NoObjection && Heads.No > 0);

    /// <summary>Whether it passes whatever the undecided do: each condition is looked at in its own worst case.</summary>
    public bool PassesAnyway => Participates(Heads) && Participates(Area)
        && Approves(Heads.With(0, Heads.Undecided)) && Approves(Area.With(0, Area.Undecided)) && !(Rule.NoObjection && Heads.No + Heads.Undecided > 0);

    /// <summary>The same vote by other totals.</summary>
    public Poll By(StatedTotals totals) => this with
    {
        Heads = Heads with { Whole = totals.Persons?.Number ?? Heads.Whole },
        Area = Area with { Whole = totals.Area?.Hundredths ?? Area.Whole },
    };

    /// <summary>The fewest heads and the least area that must come and say yes, the other undecided staying away; null where it cannot pass.</summary>
    public (long Heads, long Area)? Missing()
    {
        if (Rule.NoObjection && Heads.No > 0) { return null; }
        return Most(ToParticipate(Heads), ToApprove(Heads)) is long heads && Most(ToParticipate(Area), ToApprove(Area)) is long area ? (heads, area) : null;
    }

    /// <summary>How many of the undecided heads, or how much of their area, is enough to stop a vote that can pass; null where none of that measure is.</summary>
    public (long? Heads, long? Area) EnoughToStop() => (Rule.NoObjection && Heads.Undecided > 0 ? 1 : Heads.EnoughToStop(Rule), Area.EnoughToStop(Rule));

    /// <summary>By what undecided heads stop the vote although all other undecided say yes.</summary>
    /// <param name="heads">How many they are; together with their area enough to stop it.</param>
    /// <param name="area">Their area in hundredths of a square metre.</param>
    public BlockedBy StoppedBy(long heads, long area)
    {
        Poll no = this with { Heads = Heads.With(Heads.Undecided - heads, heads), Area = Area.With(Area.Undecided - area, area) };
        Poll away = this with { Heads = Heads.With(Heads.Undecided - heads, 0), Area = Area.With(Area.Undecided - area, 0) };
        return no.Passes ? BlockedBy.Away : away.Passes ? BlockedBy.No : BlockedBy.Either;
    }

    /// <summary>The fewest heads and the least area that must change from no to yes for the vote to pass, the undecided staying away; null where no such change makes it pass.</summary>
    public (long Heads, long Area)? MissingToSwing()
    {
        if (!Participates(Heads) || !Participates(Area)) { return null; }
        if (Heads.MissingToSwing(Rule.Approval, Rule.ApprovalOf) is not long heads || Area.MissingToSwing(Rule.Approval, Rule.ApprovalOf) is not long area) { return null; }
        return (Rule.NoObjection ? Heads.No : heads, area);
    }

    /// <summary>The vote as it is told.</summary>
    public VoteCount Count()
    {
        (long Heads, long Area)? missing = Missing();
        return new VoteCount
        {
            Persons = (int)Heads.Whole,
            Area = TotalArea.FromHundredths(Area.Whole),
            State = missing is null ? VoteState.Failed : PassesAnyway ? VoteState.Passed : VoteState.Open,
            ClosedNow = Passes,
            Participation = Rule.Participation is Threshold participation
                ? Count(participation, ballots => ballots.Participants, ballots => ballots.Whole, Participates, ToParticipate)
                : null,
            Approval = Count(Rule.Approval, ballots => ballots.Yes, ballots => ballots.Base(Rule.ApprovalOf), Approves, ToApprove),
            ApprovalOf = Rule.ApprovalOf,
            Objections = Rule.NoObjection ? (int)Heads.No : null,
            Missing = missing is (long heads, long area) ? new Missing((int)heads, TotalArea.FromHundredths(area)) : null,
        };
    }

    private ThresholdCount Count(Threshold threshold, Func<Ballots, long> reached, Func<Ballots, long> of, Func<Ballots, bool> isMet, Func<Ballots, long?> missing) => new()
    {
        Threshold = Fraction.Of(threshold.Numerator.Number, threshold.Denominator.Number),
        Persons = new PersonsReached
        {
            Reached = (int)reached(Heads),
            Of = (int)of(Heads),
            Part = Part(reached(Heads), of(Heads)),
            Met = isMet(Heads),
            Missing = (int?)missing(Heads),
        },
        Area = new AreaReached
        {
            Reached = TotalArea.FromHundredths(reached(Area)),
            Of = TotalArea.FromHundredths(of(Area)),
            Part = Part(reached(Area), of(Area)),
            Met = isMet(Area),
            Missing = missing(Area) is long area ? TotalArea.FromHundredths(area) : null,
        },
    };

    private static Fraction? Part(long reached, long of) => of == 0 ? null : Fraction.Of(reached, of);

    private bool Participates(Ballots ballots) => Rule.Participation is not Threshold participation || ballots.Participates(participation);

    private bool Approves(Ballots ballots) => ballots.Approves(Rule.Approval, Rule.ApprovalOf);

    private long? ToParticipate(Ballots ballots) => Rule.Participation is Threshold participation ? ballots.MissingToParticipate(participation) : 0;

    private long? ToApprove(Ballots ballots) => ballots.MissingToApprove(Rule.Approval, Rule.ApprovalOf);

    private static long? Most(long? left, long? right) => left is long some && right is long other ? long.Max(some, other) : null;
}
