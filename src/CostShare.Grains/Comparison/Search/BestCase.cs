using System.Runtime.Intrinsics;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Comparison.Search;

/// <summary>What a scheme of the family comes to at best, in floating point: no number that it gives is worse than the exact one.</summary>
/// <remarks>
/// <para>
/// Everything is in parts of the amount to be shared, so that shares sum to 1 and each is 0 exactly where the exact one is. A share is a sum of at most four products of numbers that are 0 or more, each rounded a few
/// times, so it is off by less than 2^-48 of itself. Under a cap every share is min(t × share, cap) for the one t with which they sum to 1. Whatever t is found, the sum of what it gives is looked at: where it is within 2^-42 of 1, no
/// share is off by more than the sum is, since all of them grow with t. So <see cref="Doubt"/>, 2^-39, is more than any share is off by, and where the sum is further off nothing is claimed of the scheme.
/// A bill is less than a billing unit below its share.
/// </para>
/// <para>
/// A household counts as above its limit only where it is for certain; sums lose the doubt of all their shares before they count. Vectors have four lanes on every machine, and nothing is fused, so that the
/// same search does the same everywhere.
/// </para>
/// </remarks>
internal sealed class BestCase
{
    /// <summary>The places of the numbers in what a scheme comes to; what is not asked for stays 0.</summary>
    public const int LostHeads = 0, LostArea = 1, AboveLimit = 2, Subsidy = 3, Distance = 4, Complexity = 5;

    /// <summary>More than any share is off by, in parts of the amount.</summary>
    private const double Doubt = 1.0 / (1L << 39);

    /// <summary>How far the shares under a cap may sum to something else than 1.</summary>
    private const double MostOff = 1.0 / (1L << 42);

    private const int Lanes = 4;

    private readonly Family _family;
    private readonly Problem _problem;
    private readonly Level[] _levels;
    private readonly int _padded;
    private readonly double[] _coefficient, _equal, _area, _height, _share, _capped, _headWeight, _areaWeight;
    private readonly double[][] _within;
    private readonly double[] _levelShare;
    private readonly CapBounds[] _caps;
    private readonly (int[] Payers, double Area)[] _largeHeads;
    private readonly (int Payer, int Level, double Compensation)[] _compensated;
    private readonly double _sumDoubt;
    private int _shareCount;

    public BestCase(Family family, Problem problem)
    {
        (_family, _problem) = (family, problem);
        Household[] payers = [.. problem.Payers.Select(i => problem.Households[i])];
        int count = payers.Length;
        _padded = (count + Lanes - 1) / Lanes * Lanes;
        (_coefficient, _share, _capped, _headWeight, _areaWeight) = (Column(), Column(), Column(), Column(), Column());
        long totalArea = payers.Sum(payer => payer.Area.Hundredths), totalHeight = payers.Sum(Halves);
        _equal = Column(payers, _ => 1.0 / count);
        _area = Column(payers, payer => (double)payer.Area.Hundredths / totalArea);
        _height = Column(payers, payer => totalHeight == 0 ? 0 : (double)Halves(payer) / totalHeight);
        NobodyRides = totalHeight == 0;
        _levels = [.. problem.Levels.Select(level => new Level(level, problem))];
        _levelShare = new double[_levels.Length];
        // What a payer has of its floor's coefficient: by floor and area, by floor and equally, by household, by area.
        _within =
        [
            Column(payers, payer => (double)payer.Area.Hundredths / payers.Where(other => other.Floor == payer.Floor).Sum(other => other.Area.Hundredths)),
            Column(payers, payer => 1.0 / payers.Count(other => other.Floor == payer.Floor)),
            Column(payers, _ => 1),
            Column(payers, payer => payer.Area.Hundredths),
        ];
        _caps = [.. family.Caps.Select(cap => new CapBounds(cap, problem, _padded))];
        _sumDoubt = 2 * count * Doubt;
        _largeHeads = [.. SortHeads()];
        _compensated = [.. Enumerable.Range(0, count).Where(k => problem.Compensations[problem.Payers[k]] > Money.Zero)
            .Select(k => (k, Array.FindIndex(_levels, level => k >= level.From && k < level.To), (double)problem.Compensations[problem.Payers[k]].Fen))];
    }

    /// <summary>The heads that would agree if no payer were above its limit, and their area; what is lost is counted from here.</summary>
    public (int Heads, long Area) MayAgree => (_problem.MayAgree.Count, _problem.MayAgree.Sum(head => head.Area));

    /// <summary>How many households are above their limit under every scheme.</summary>
    public int AlwaysAbove => _problem.AlwaysAbove;

    /// <summary>Whether no payer rides, so that nothing can be shared by height.</summary>
    public bool NobodyRides { get; }

    /// <summary>Turns to a set of coefficients.</summary>
    /// <returns>False where nobody would pay by them.</returns>
    public bool TurnTo(Coefficients set)
    {
        int way = (set.SharedBy, set.Within) switch { (SharedBy.Floor, Within.Area) => 0, (SharedBy.Floor, _) => 1, (SharedBy.Household, _) => 2, _ => 3 };
        double total = 0;
        foreach (ref Level level in _levels.AsSpan())
        {
            level.Coefficient = set.On(level.Number);
            total += level.Coefficient * level.Weights[way];
        }
        if (total == 0) { return false; }
        double[] within = _within[way];
        foreach (ref Level level in _levels.AsSpan())
        {
            level.Coefficient /= total;
            for (int k = level.From; k < level.To; k++) { _coefficient[k] = level.Coefficient * within[k]; }
            level.Coefficient *= level.Weights[way];
        }
        return true;
    }

    /// <summary>Blends the coefficients with the other rules.</summary>
    public void Blend(BlendParts parts)
    {
        const double whole = Percentage.WholeMillionths;
        double c = parts.Coefficients / whole, e = parts.Equal / whole, a = parts.Area / whole, h = parts.Height / whole;
        Vector256<double> positive = default;
        for (int k = 0; k < _padded; k += Lanes)
        {
            Vector256<double> share = (c * At(_coefficient, k)) + (e * At(_equal, k)) + (a * At(_area, k)) + (h * At(_height, k));
            share.CopyTo(_share, k);
            positive += Vector256.ConditionalSelect(Vector256.GreaterThan(share, default), Vector256<double>.One, default);
        }
        _shareCount = (int)Vector256.Sum(positive);
        for (int l = 0; l < _levels.Length; l++)
        {
            ref Level level = ref _levels[l];
            _levelShare[l] = (c * level.Coefficient) + (e * level.Equal) + (a * level.Area) + (h * level.Height);
        }
    }

    /// <summary>What the blend comes to at best under a cap.</summary>
    /// <param name="cap">The place of the cap in the family.</param>
    /// <param name="values">Receives all but how much there is to explain.</param>
    /// <returns>False where the cap cannot be kept.</returns>
    public bool Look(int cap, Span<double> values)
    {
        CapBounds bounds = _caps[cap];
        if (bounds.Cap is not null && (Int128)bounds.InUnits * _shareCount < _problem.Billed) { return false; }
        double[] billed = _share;
        bool isCertain = true;
        if (bounds.Cap is not null)
        {
            isCertain = Limit(bounds.BillPart);
            billed = _capped;
        }
        if (isCertain) { Count(billed, bounds.Above, values); }
        if (_problem.Yardstick is { Lifts: null, Ranges: null }) { return true; }
        if (bounds.Cap is null) { Hold(_share, _levelShare, values); }
        else if (!bounds.IsSame ? Limit(bounds.SharePart) : isCertain)
        {
            Span<double> sums = stackalloc double[_levels.Length];
            for (int l = 0; l < sums.Length; l++)
            {
                for (int k = _levels[l].From; k < _levels[l].To; k++) { sums[l] += _capped[k]; }
            }
            Hold(_capped, sums, values);
        }
        return true;
    }

    /// <summary>Finds the shares under a cap.</summary>
    /// <returns>Whether they sum to what they should.</returns>
    private bool Limit(double cap)
    {
        Vector256<double> limit = Vector256.Create(cap);
        double factor = 1, capped = -1;
        while (true)
        {
            Vector256<double> counts = default, frees = default;
            for (int k = 0; k < _padded; k += Lanes)
            {
                Vector256<double> share = At(_share, k), isCapped = Vector256.GreaterThan(share * factor, limit);
                counts += Vector256.ConditionalSelect(isCapped, Vector256<double>.One, default);
                frees += Vector256.AndNot(share, isCapped);
            }
            double count = Vector256.Sum(counts), free = Vector256.Sum(frees);
            if (count <= capped) { break; }
            capped = count;
            if (count == 0) { break; }
            // Where all are capped any large factor does.
            factor = free > 0 ? (1 - (cap * count)) / free : 1e300;
            if (free == 0) { break; }
        }
        Vector256<double> sum = default;
        for (int k = 0; k < _padded; k += Lanes)
        {
            Vector256<double> share = Vector256.Min(At(_share, k) * factor, limit);
            share.CopyTo(_capped, k);
            sum += share;
        }
        double off = Vector256.Sum(sum) - 1;
        return off is < MostOff and > -MostOff;
    }

    /// <summary>Counts who is above its limit for certain.</summary>
    private void Count(double[] shares, double[] above, Span<double> values)
    {
        Vector256<double> count = default, heads = default, areas = default;
        for (int k = 0; k < _padded; k += Lanes)
        {
            Vector256<double> isAbove = Vector256.GreaterThan(At(shares, k), At(above, k));
            count += isAbove & Vector256<double>.One;
            heads += isAbove & At(_headWeight, k);
            areas += isAbove & At(_areaWeight, k);
        }
        values[AboveLimit] = Vector256.Sum(count);
        values[LostHeads] = Vector256.Sum(heads);
        values[LostArea] = Vector256.Sum(areas);
        foreach ((int[] payers, double area) in _largeHeads)
        {
            foreach (int k in payers)
            {
                if (shares[k] <= above[k]) { continue; }
                values[LostHeads]++;
                values[LostArea] += area;
                break;
            }
        }
    }

    /// <summary>Holds what floors pay against the cost of their lift and against the guidance.</summary>
    private void Hold(double[] shares, ReadOnlySpan<double> sums, Span<double> values)
    {
        double amount = _problem.ToShare;
        if (_problem.Yardstick.Lifts is not null)
        {
            double worst = 0, below = 0;
            for (int l = 0; l < _levels.Length; l++)
            {
                ref Level level = ref _levels[l];
                below += (sums[l] * amount) + level.Besides;
                foreach ((int payer, int at, double compensation) in _compensated)
                {
                    // A payer who is paid more than it pays stays out; otherwise its compensation is taken off.
                    if (at == l) { below -= double.Min(shares[payer] * amount, compensation); }
                }
                if (level.Lift is double lift) { worst = double.Max(worst, below - lift); }
            }
            values[Subsidy] = double.Max(0, double.Ceiling((worst - (_sumDoubt * _problem.Payable)) / 100));
        }
        if (_problem.Yardstick.Ranges is not null && _problem.Payable > 0)
        {
            double distance = _problem.DistanceBesides, percent = 100.0 / _problem.Payable;
            for (int l = 0; l < _levels.Length; l++)
            {
                ref Level level = ref _levels[l];
                double part = ((sums[l] * amount) + level.Fixed) * percent;
                distance += double.Max(0, double.Max(level.Low - part, part - level.High));
            }
            values[Distance] = double.Max(0, double.Ceiling((distance - (100 * _sumDoubt)) * 100));
        }
    }

    // A head that would agree is lost with the first of its flats. Where only one of them can be above its limit it stands in the columns, otherwise in a list.
    private List<(int[] Payers, double Area)> SortHeads()
    {
        var large = new List<(int[], double)>();
        foreach ((IReadOnlyList<int> flats, long area) in _problem.MayAgree)
        {
            int[] payers = [.. Enumerable.Range(0, _problem.Payers.Count).Where(k => flats.Contains(_problem.Payers[k]) && _problem.Households[_problem.Payers[k]].Limit is not null)];
            if (payers.Length == 1) { (_headWeight[payers[0]], _areaWeight[payers[0]]) = (1, area); }
            else if (payers.Length > 1) { large.Add((payers, area)); }
        }
        return large;
    }

    private double[] Column() => new double[_padded];

    private double[] Column(Household[] payers, Func<Household, double> value)
    {
        double[] column = Column();
        for (int k = 0; k < payers.Length; k++) { column[k] = value(payers[k]); }
        return column;
    }

    private static Vector256<double> At(double[] column, int k) => Vector256.Create(column.AsSpan(k, Lanes));

    private static long Halves(Household payer) => int.Max(0, (2 * (payer.Floor.Number - 1)) - (payer.Entry == Entry.HalfLanding ? 1 : 0));

    /// <summary>A floor with its payers, who stand side by side in the columns, and what it is held against.</summary>
    private struct Level
    {
        public readonly int Number, From, To;
        public readonly double Equal, Area, Height;

        /// <summary>What a coefficient of 1 counts on this floor, by way of sharing.</summary>
        public readonly double[] Weights;

        /// <summary>What those who join and are no payers pay, who is paid more left out; and what is fixed.</summary>
        public readonly double Besides, Fixed;

        public readonly double? Lift;
        public readonly double Low, High;

        public double Coefficient;

        public Level(Problem.FloorOfPayers level, Problem problem)
        {
            (Number, From, To) = (level.Floor, level.From, level.To);
            Household[] own = [.. problem.Payers.Skip(From).Take(To - From).Select(i => problem.Households[i])];
            Household[] all = [.. problem.Payers.Select(i => problem.Households[i])];
            long area = own.Sum(payer => payer.Area.Hundredths), heights = all.Sum(Halves);
            Weights = [own.Length > 0 ? 1 : 0, own.Length > 0 ? 1 : 0, own.Length, area];
            Equal = (double)own.Length / all.Length;
            Area = (double)area / all.Sum(payer => payer.Area.Hundredths);
            Height = heights == 0 ? 0 : (double)own.Sum(Halves) / heights;
            (Besides, Fixed) = (level.Besides, level.Fixed);
            (Low, High) = (0, 100);
            foreach ((Floor floor, Fraction cost) in problem.Yardstick.Lifts ?? [])
            {
                if (floor.Number == level.Floor) { Lift = Problem.Approximate(cost); }
            }
            foreach (FloorGuidance range in problem.Yardstick.Ranges ?? [])
            {
                if (range.Floor.Number == level.Floor) { (Low, High) = (Problem.Approximate(range.Low), Problem.Approximate(range.High)); }
            }
        }
    }

    /// <summary>A cap with what follows from it.</summary>
    private sealed class CapBounds
    {
        public CapBounds(Money? cap, Problem problem, int padded)
        {
            Cap = cap;
            InUnits = cap is Money money ? money.Fen / problem.Unit * problem.Unit : long.MaxValue;
            IsSame = InUnits == cap?.Fen && problem.Billed == problem.ToShare;
            BillPart = problem.Billed == 0 ? 1 : double.Min(1, (double)InUnits / problem.Billed);
            SharePart = problem.ToShare == 0 || cap is null ? 1 : double.Min(1, (double)cap.Value.Fen / problem.ToShare);
            Above = new double[padded];
            Array.Fill(Above, double.PositiveInfinity);
            for (int k = 0; k < problem.Payers.Count; k++)
            {
                PolledHousehold household = problem.Households[problem.Payers[k]];
                if (household.Limit is not Money limit) { continue; }
                // The least bill that is above the limit.
                long least = (((limit + problem.Compensations[problem.Payers[k]]).Fen / problem.Unit) + 1) * problem.Unit;
                if (least > InUnits || least > problem.Billed + problem.Unit || problem.Billed == 0) { continue; }
                // Rounded up a bill is above from the unit before on; by largest remainder only a share that has reached it is so for certain.
                long from = problem.RoundsUp ? least - problem.Unit : least;
                Above[k] = from == 0 ? 0 : ((double)from / problem.Billed) + Doubt;
            }
        }

        public Money? Cap { get; }

        /// <summary>The most whole units within the cap, in fen.</summary>
        public long InUnits { get; }

        /// <summary>Whether exact shares and bills are limited alike.</summary>
        public bool IsSame { get; }

        /// <summary>The cap of bills and of exact shares, in parts of the amounts of which they are.</summary>
        public double BillPart { get; }

        public double SharePart { get; }

        /// <summary>Above which part of what is billed each payer is above its limit for certain.</summary>
        public double[] Above { get; }
    }
}
