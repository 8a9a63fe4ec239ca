using System.Numerics;
using CostShare.Grains.Register;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Votes;

/// <summary>The definitions of a vote by trying out everything, head by head, in the plainest way.</summary>
/// <remarks>Heads and votes are made out anew from the register, and nothing of the code under test is asked.</remarks>
internal sealed class VoteReference
{
    private readonly ConsentRule _rule;
    private readonly BigInteger _wholeHeads, _wholeArea;

    public VoteReference(RandomVote one, bool stated = false)
    {
        _rule = one.Rule;
        PolledRegister register = one.Votes.Electorate.Register;
        var heads = new List<(List<int> Flats, Stance Vote)>();
        for (int i = 0; i < register.Households.Count; i++)
        {
            HashSet<PersonId>? own = Persons(register.Households[i]);
            int head = own is null ? -1 : heads.FindIndex(other => Persons(register.Households[other.Flats[0]]) is HashSet<PersonId> persons && persons.SetEquals(own));
            if (head < 0) { heads.Add(([i], Stance.Undecided)); }
            else { heads[head].Flats.Add(i); }
        }
        Heads = [.. heads.Select(head => head.Flats.ToArray())];
        Areas = [.. Heads.Select(flats => flats.Sum(i => register.Households[i].Area.Hundredths))];
        Votes = [.. Heads.Select(flats => flats.Select(i => Vote(register.Households[i], one.Votes.Amounts[i].Fen)).ToArray())
            .Select(votes => votes.Any(vote => vote == 'n') ? 'n' : votes.Any(vote => vote == 'y') ? 'y' : '?')];
        _wholeHeads = stated && one.Question.Stated?.Persons is { } persons ? persons.Number : Heads.Length;
        _wholeArea = stated && one.Question.Stated?.Area is { } area ? area.Hundredths : Areas.Sum();
        Payments = [.. Heads.Select(flats => flats.Sum(i => register.Households[i].Limit is { } limit ? long.Max(0, one.Votes.Amounts[i].Fen - limit.Fen) : 0))];
        CanBePaid = [.. Heads.Select((flats, head) => Votes[head] == 'n' && flats.All(i => register.Households[i].Stance != Stance.No))];
        Undecided = [.. Enumerable.Range(0, Heads.Length).Where(head => Votes[head] == '?')];
    }

    public int[][] Heads { get; }

    public long[] Areas { get; }

    /// <summary>y, n or ? for each head.</summary>
    public char[] Votes { get; }

    public int[] Undecided { get; }

    /// <summary>What each head is above its limits.</summary>
    public long[] Payments { get; }

    public bool[] CanBePaid { get; }

    /// <summary>Whether the vote passes where the heads say so: y, n, or anything else for staying away.</summary>
    public bool Passes(char[] votes)
    {
        BigInteger yes = 0, no = 0, yesArea = 0, noArea = 0;
        for (int head = 0; head < votes.Length; head++)
        {
            if (votes[head] == 'y') { (yes, yesArea) = (yes + 1, yesArea + Areas[head]); }
            else if (votes[head] == 'n') { (no, noArea) = (no + 1, noArea + Areas[head]); }
        }
        if (yes + no == 0 || (_rule.NoObjection && no > 0)) { return false; }
        bool Reaches(BigInteger part, BigInteger whole, Threshold threshold) => part * threshold.Denominator.Number >= whole * threshold.Numerator.Number;
        return (_rule.Participation is null || (Reaches(yes + no, _wholeHeads, _rule.Participation) && Reaches(yesArea + noArea, _wholeArea, _rule.Participation)))
            && Reaches(yes, _rule.ApprovalOf == ConsentBase.All ? _wholeHeads : yes + no, _rule.Approval)
            && Reaches(yesArea, _rule.ApprovalOf == ConsentBase.All ? _wholeArea : yesArea + noArea, _rule.Approval);
    }

    /// <summary>The votes with those of the undecided in place of what is not known.</summary>
    public char[] With(Func<int, char> undecided)
    {
        char[] votes = [.. Votes];
        for (int k = 0; k < Undecided.Length; k++) { votes[Undecided[k]] = undecided(k); }
        return votes;
    }

    /// <summary>Every way in which the undecided may vote.</summary>
    public IEnumerable<char[]> Everything()
    {
        int ways = (int)Math.Pow(3, Undecided.Length);
        for (int way = 0; way < ways; way++)
        {
            int[] digits = new int[Undecided.Length];
            for (int k = 0, rest = way; k < digits.Length; k++, rest /= 3) { digits[k] = rest % 3; }
            yield return With(k => "yna"[digits[k]]);
        }
    }

    /// <summary>Every set of the undecided: its heads and its area, and whether it carries the vote by yes, or stops it by no or by staying away.</summary>
    public IEnumerable<(int Heads, long Area, bool Carries, bool StopsByNo, bool StopsByAway)> Sets()
    {
        for (int set = 0; set < 1 << Undecided.Length; set++)
        {
            bool In(int k) => (set & (1 << k)) != 0;
            int[] members = [.. Enumerable.Range(0, Undecided.Length).Where(In)];
            yield return (members.Length, members.Sum(k => Areas[Undecided[k]]),
                Passes(With(k => In(k) ? 'y' : 'a')), !Passes(With(k => In(k) ? 'n' : 'y')), !Passes(With(k => In(k) ? 'a' : 'y')));
        }
    }

    /// <summary>The least side payment after which the vote passes, the undecided staying away; null where there is none.</summary>
    public long? CheapestSwing()
    {
        int[] payable = [.. Enumerable.Range(0, Heads.Length).Where(head => CanBePaid[head])];
        long? least = null;
        for (int set = 0; set < 1 << payable.Length; set++)
        {
            char[] votes = With(_ => 'a');
            long sum = 0;
            for (int k = 0; k < payable.Length; k++)
            {
                if ((set & (1 << k)) == 0) { continue; }
                votes[payable[k]] = 'y';
                sum += Payments[payable[k]];
            }
            if (Passes(votes) && (least is null || sum < least)) { least = sum; }
        }
        return least;
    }

    private static HashSet<PersonId>? Persons(PolledHousehold household) => household.Owners is null ? null : [.. household.Owners.Select(owner => owner.Person)];

    private static char Vote(PolledHousehold household, long amount)
    {
        if (household.Stance == Stance.No) { return 'n'; }
        if (household.Limit is { } limit) { return limit.Fen < amount ? 'n' : 'y'; }
        return household.Stance == Stance.Yes ? 'y' : '?';
    }
}
