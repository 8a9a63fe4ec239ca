using CostShare.Grains.Amounts;

namespace CostShare.Grains.Votes;

/// <summary>How each head of an electorate would vote on a scheme, as far as stances and limits tell.</summary>
/// <remarks>
/// A household agrees if what it is willing to pay covers what it pays (Crettez and Deloche, Review of Law and Economics 15(2), 2019, ask the same of their owners; there
/// as a benefit): a stance no is a no; a stated limit below the amount is a no, also beside a stance yes; a stance yes, or a limit that is not exceeded, is a yes;
/// of anybody else nothing is known. A head with several flats says no if one of them does, else yes if one of them does.
/// Whether nothing is known of a head is the same under every scheme, since it hangs on what was stated and on no amount.
/// </remarks>
public sealed class ExpectedVotes
{
    private readonly Stance[] _stances;

    private ExpectedVotes(Electorate electorate, IReadOnlyList<Money> amounts)
    {
        Electorate = electorate;
        Amounts = amounts;
        _stances = new Stance[electorate.Heads];
        for (int head = 0; head < _stances.Length; head++)
        {
            Stance[] flats = [.. electorate.FlatsOf(head).Select(i => OfHousehold(electorate.Register.Households[i], amounts[i]))];
            _stances[head] = flats.Contains(Stance.No) ? Stance.No : flats.Contains(Stance.Yes) ? Stance.Yes : Stance.Undecided;
        }
        (ByHeads, ByArea) = (Ballots(_ => 1, electorate.Heads), Ballots(electorate.AreaOf, electorate.Area.Hundredths));
    }

    /// <summary>The owners.</summary>
    public Electorate Electorate { get; }

    /// <summary>What each household pays, by its position in the register.</summary>
    public IReadOnlyList<Money> Amounts { get; }

    /// <summary>The votes by heads.</summary>
    internal Ballots ByHeads { get; }

    /// <summary>The votes by area, in hundredths of a square metre.</summary>
    internal Ballots ByArea { get; }

    /// <summary>How a head would vote.</summary>
    /// <param name="head">The head, from 0.</param>
    public Stance this[int head] => _stances[head];

    /// <summary>The votes on a scheme.</summary>
    /// <param name="electorate">The owners.</param>
    /// <param name="amounts">What each household pays, by its position in the register; below 0 where it is paid.</param>
    public static ExpectedVotes Of(Electorate electorate, IReadOnlyList<Money> amounts) => new(electorate, amounts);

    /// <summary>Whether a household pays more than it said it is willing to.</summary>
    /// <param name="household">The household.</param>
    /// <param name="amount">What it pays.</param>
    public static bool IsAboveLimit(PolledHousehold household, Money amount) => household.Limit is Money limit && amount > limit;

    /// <summary>How a household would vote if it were a head of its own.</summary>
    /// <param name="household">The household.</param>
    /// <param name="amount">What it pays.</param>
    public static Stance OfHousehold(PolledHousehold household, Money amount) =>
        household.Stance == Stance.No || IsAboveLimit(household, amount) ? Stance.No
        : household.Stance == Stance.Yes || household.Limit is not null ? Stance.Yes
        : Stance.Undecided;

    /// <summary>The heads that would vote so, in their order.</summary>
    internal IReadOnlyList<int> Heads(Stance stance) => [.. Enumerable.Range(0, _stances.Length).Where(head => _stances[head] == stance)];

    private Ballots Ballots(Func<int, long> weight, long whole)
    {
        var sums = new long[3];
        for (int head = 0; head < _stances.Length; head++) { sums[(int)_stances[head]] += weight(head); }
        return new Ballots(whole, sums[(int)Stance.Yes], sums[(int)Stance.No], sums[(int)Stance.Undecided]);
    }
}
