namespace CostShare.Grains.Votes;

/// <summary>Votes in one measure: heads, or hundredths of a square metre.</summary>
/// <param name="Whole">All owners, as the vote counts them; above 0. Not the sum of the others where somebody counts by another total.</param>
/// <param name="Yes">Those who agree.</param>
/// <param name="No">Those who do not.</param>
/// <param name="Undecided">Those of whom nothing is known; they take no part unless something else is said.</param>
internal readonly record struct Ballots(long Whole, long Yes, long No, long Undecided)
{
    /// <summary>Those who take part.</summary>
    public long Participants => Yes + No;

    /// <summary>The same where so many of the undecided say yes, so many no, and the rest take no part.</summary>
    public Ballots With(long yes, long no) => this with { Yes = Yes + yes, No = No + no, Undecided = Undecided - yes - no };
}

/// <summary>What a threshold asks in one measure, all in whole numbers: products stay below 10^15.</summary>
/// <remarks>
/// Each question about sets has one number for an answer, because each condition is monotone. Let one more of the undecided come and say yes: participation rises; approval of all rises;
/// approval of participants y / (y + n) becomes (y + w) / (y + w + n), which is not less. So what passes with some passes with more of them, and whether a vote can pass at all is told by all of them
/// saying yes. Let one of them say no in place of yes, or in place of staying away: approval falls, and nothing lowers it more. Let one stay away: participation falls, and
/// nothing lowers it more. So each condition has its own worst case, and whoever wants to stop a vote breaks one condition by the one means or another by the other, never by both.
/// </remarks>
internal static class ThresholdArithmetic
{
    /// <summary>Of what a condition is a part: all owners, or those who take part. Participation is a part of all.</summary>
    public static long Base(this Ballots ballots, ConsentBase of) => of == ConsentBase.All ? ballots.Whole : ballots.Participants;

    /// <summary>Whether enough take part; the threshold itself is enough.</summary>
    public static bool Participates(this Ballots ballots, Threshold threshold) => Reaches(ballots.Participants, ballots.Whole, threshold);

    /// <summary>Whether enough agree; the threshold itself is enough. Where nobody takes part nobody agrees.</summary>
    public static bool Approves(this Ballots ballots, Threshold threshold, ConsentBase of) => Reaches(ballots.Yes, ballots.Base(of), threshold);

    /// <summary>How much must come and say yes, the other undecided staying away, so that enough take part; null where not even all of them are enough.</summary>
    public static long? MissingToParticipate(this Ballots ballots, Threshold threshold) =>
        Within(ballots, AtLeast((threshold.Numerator.Number * ballots.Whole) - (threshold.Denominator.Number * ballots.Participants), threshold.Denominator.Number));

    /// <summary>How much must come and say yes, the other undecided staying away, so that enough agree; null where not even all of them are enough.</summary>
    public static long? MissingToApprove(this Ballots ballots, Threshold threshold, ConsentBase of)
    {
        (long part, long whole) = (threshold.Numerator.Number, threshold.Denominator.Number);
        if (of == ConsentBase.All) { return Within(ballots, AtLeast((part * ballots.Whole) - (whole * ballots.Yes), whole)); }
        // whole (y + s) >= part (y + n + s), where s raises both sides; with unanimity only a no can stand against it.
        long lacking = (part * ballots.No) - ((whole - part) * ballots.Yes);
        long? missing = part < whole ? AtLeast(lacking, whole - part) : ballots.No == 0 ? 0 : null;
        // Without a single yes nobody agrees.
        return missing is long some ? Within(ballots, long.Max(some, ballots.Yes == 0 ? 1 : 0)) : null;
    }

    /// <summary>
    /// How little of the undecided stops a vote that all of them together would carry, if the others of them say yes: by staying away from it, where participation is asked, or by a no;
    /// null where not even all of them do.
    /// </summary>
    public static long? EnoughToStop(this Ballots ballots, ConsentRule rule)
    {
        Ballots best = ballots.With(ballots.Undecided, 0);
        long least = More((rule.Approval.Denominator.Number * best.Yes) - (rule.Approval.Numerator.Number * best.Base(rule.ApprovalOf)), rule.Approval.Denominator.Number);
        if (rule.Participation is Threshold participation)
        {
            least = long.Min(least, More((participation.Denominator.Number * best.Participants) - (participation.Numerator.Number * best.Whole), participation.Denominator.Number));
        }
        return Within(ballots, least);
    }

    /// <summary>How much must change from no to yes so that enough agree, the undecided staying away; null where that is more than there is, or nobody takes part.</summary>
    public static long? MissingToSwing(this Ballots ballots, Threshold threshold, ConsentBase of)
    {
        if (ballots.Participants == 0) { return null; }
        long missing = AtLeast((threshold.Numerator.Number * ballots.Base(of)) - (threshold.Denominator.Number * ballots.Yes), threshold.Denominator.Number);
        return missing <= ballots.No ? missing : null;
    }

    private static bool Reaches(long part, long whole, Threshold threshold) => whole > 0 && part * threshold.Denominator.Number >= threshold.Numerator.Number * whole;

    /// <summary>The smallest whole number s of at least 0 with each × s at least the amount.</summary>
    private static long AtLeast(long amount, long each) => amount <= 0 ? 0 : (amount + each - 1) / each;

    /// <summary>The smallest whole number s of at least 1 with each × s above the amount; the amount is 0 or more.</summary>
    private static long More(long amount, long each) => (amount / each) + 1;

    private static long? Within(Ballots ballots, long number) => number <= ballots.Undecided ? number : null;
}
