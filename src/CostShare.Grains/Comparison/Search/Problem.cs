using CostShare.Grains.Amounts;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison.Search;

/// <summary>What is the same for all schemes of a search.</summary>
internal sealed class Problem
{
    public Problem(PolledRegister register, Adjusted adjusted, Rounding rounding, Money selfFunded, Electorate electorate, Yardstick yardstick)
    {
        Households = register.Households;
        Payers = [.. adjusted.Payers.Positions.OrderBy(i => Households[i].Floor)];
        Compensations = adjusted.Compensations;
        Yardstick = yardstick;
        Unit = rounding.Unit.Amount.Fen;
        RoundsUp = rounding.Mode == RoundingMode.Up;
        Payable = (long)(selfFunded.Fen + adjusted.CompensationTotal);
        ToShare = (long)(Payable - adjusted.FixedTotal);
        Billed = RoundsUp ? ToShare : Fraction.Of(ToShare, Unit).Ceiling() * Unit;

        // Those who are no payers pay the same under every scheme, so some of them are above their limit under every one.
        Money Paid(int i) => (adjusted.FixedHouseholds.Contains(i) ? adjusted.Fixed[i]!.Value : Money.Zero) - Compensations[i];
        int[] others = [.. Enumerable.Range(0, Households.Count).Except(Payers)];
        AlwaysAbove = others.Count(i => ExpectedVotes.IsAboveLimit(Households[i], Paid(i)));
        // Nobody has a limit below 0, and stances do not change: who agrees where payers pay nothing is who may agree at all.
        var best = ExpectedVotes.Of(electorate, [.. Enumerable.Range(0, Households.Count).Select(i => others.Contains(i) ? Paid(i) : Money.Zero)]);
        MayAgree = [.. best.Heads(Stance.Yes).Select(head => (electorate.FlatsOf(head), electorate.AreaOf(head)))];

        int[] floors = [.. Households.Select(household => household.Floor.Number).Distinct().Order()];
        var levels = new List<FloorOfPayers>();
        int from = 0;
        foreach (int floor in floors)
        {
            int to = from + Payers.Count(i => Households[i].Floor.Number == floor);
            int[] here = [.. others.Where(i => Households[i].Floor.Number == floor && Households[i].Joins)];
            levels.Add(new FloorOfPayers(floor, from, to, here.Sum(i => (double)long.Max(Paid(i).Fen, 0)), here.Sum(i => (double)(Paid(i) + Compensations[i]).Fen)));
            from = to;
        }
        Levels = levels;
        // A floor without a household carries nothing.
        DistanceBesides = (yardstick.Ranges ?? []).Where(range => !floors.Contains(range.Floor.Number)).Sum(range => Approximate(range.Low));
    }

    public IReadOnlyList<PolledHousehold> Households { get; }

    /// <summary>The payers as positions in the register, from the lowest floor up.</summary>
    public IReadOnlyList<int> Payers { get; }

    /// <summary>By position in the register.</summary>
    public IReadOnlyList<Money> Compensations { get; }

    public Yardstick Yardstick { get; }

    /// <summary>The billing unit in fen.</summary>
    public long Unit { get; }

    /// <summary>Whether each bill is rounded up by itself.</summary>
    public bool RoundsUp { get; }

    /// <summary>What is to be raised, what of it the payers share, and what of it is apportioned in units, all in fen.</summary>
    public long Payable { get; }

    public long ToShare { get; }

    public long Billed { get; }

    /// <summary>The heads that would agree if none of their flats that are payers were above its limit: their flats and their area in hundredths of a square metre.</summary>
    public IReadOnlyList<(IReadOnlyList<int> Flats, long Area)> MayAgree { get; }

    /// <summary>How many of those who are no payers are above their limit.</summary>
    public int AlwaysAbove { get; }

    /// <summary>Every floor with a household, from the lowest up.</summary>
    public IReadOnlyList<FloorOfPayers> Levels { get; }

    /// <summary>The part of every scheme's distance that floors without a household make.</summary>
    public double DistanceBesides { get; }

    /// <summary>A fraction of moderate length, off by less than 2^-50 of itself.</summary>
    public static double Approximate(Fraction fraction) => (double)fraction.Numerator / (double)fraction.Denominator;

    /// <summary>A floor: which payers live there, by their places among the payers, and what the others pay who join.</summary>
    /// <param name="Floor">The floor.</param>
    /// <param name="From">The first payer.</param>
    /// <param name="To">Behind the last.</param>
    /// <param name="Besides">What those who are no payers pay in fen, less their compensation; who is paid more left out.</param>
    /// <param name="Fixed">What those who are no payers pay in fen.</param>
    internal readonly record struct FloorOfPayers(int Floor, int From, int To, double Besides, double Fixed);
}
