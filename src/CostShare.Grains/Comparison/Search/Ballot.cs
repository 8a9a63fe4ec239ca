using CostShare.Grains.Amounts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison.Search;

/// <summary>How the owners of a building would vote, by which households are above their limits.</summary>
/// <remarks>
/// A household says no if that is its stance or if it is above its limit, yes if that is its stance or if it has a limit that it keeps to, and otherwise nothing. The flats of the same owner, or of the same owners together, are one
/// head: it says no if one of its flats does, else yes if one does. So a head that would agree does so as long as none of its flats is above its limit, and nothing else can make it agree.
/// </remarks>
internal sealed class Ballot
{
    public Ballot(PolledRegister register)
    {
        Households = register.Households;
        Heads = [.. Enumerable.Range(0, Households.Count).GroupBy(i => Key(Households[i], i)).Select(flats => new Head([.. flats], Households))];
    }

    /// <summary>The households in register order.</summary>
    public IReadOnlyList<PolledHousehold> Households { get; }

    /// <summary>The heads in the order of their first flats.</summary>
    public IReadOnlyList<Head> Heads { get; }

    /// <summary>Counts the votes.</summary>
    /// <param name="isAbove">Whether a household, by its position, pays more than its limit.</param>
    public Support Count(Func<int, bool> isAbove)
    {
        var heads = new int[3];
        var areas = new long[3];
        foreach (Head head in Heads)
        {
            Stance stance = head.Refuses || head.Flats.Any(isAbove) ? Stance.No : head.MayAgree ? Stance.Yes : Stance.Undecided;
            heads[(int)stance]++;
            areas[(int)stance] += head.Area;
        }
        TotalArea Area(Stance stance) => TotalArea.FromHundredths(areas[(int)stance]);
        return new Support(new HeadsByStance(heads[(int)Stance.Yes], heads[(int)Stance.No], heads[(int)Stance.Undecided]), new AreaByStance(Area(Stance.Yes), Area(Stance.No), Area(Stance.Undecided)));
    }

    // Persons may hold any character, so each is told with its length.
    private static string Key(PolledHousehold household, int position) => household.Owners is { Count: > 0 } owners
        ? string.Concat(owners.Select(owner => owner.Person.Value).Distinct().Order(StringComparer.Ordinal).Select(person => $"{person.Length}:{person}"))
        : $"#{position}";

    /// <summary>The flats of the same owner, or of the same owners together.</summary>
    /// <param name="flats">Their positions in the register.</param>
    /// <param name="households">All households.</param>
    internal sealed class Head(int[] flats, IReadOnlyList<PolledHousehold> households)
    {
        public int[] Flats => flats;

        /// <summary>The area of all its flats in hundredths of a square metre; all of it votes alike.</summary>
        public long Area { get; } = flats.Sum(i => households[i].Area.Hundredths);

        /// <summary>Whether it says no whatever it pays.</summary>
        public bool Refuses { get; } = flats.Any(i => households[i].Stance == Stance.No);

        /// <summary>Whether it says yes if none of its flats is above its limit.</summary>
        public bool MayAgree { get; } = flats.Any(i => households[i].Stance == Stance.Yes || households[i].Limit is not null);
    }
}
