using System.Numerics;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Tests.Schemes;

/// <summary>An exact number written for the tests alone: two big integers, reduced when compared.</summary>
internal readonly record struct Q(BigInteger N, BigInteger D) : IComparable<Q>
{
    public static implicit operator Q(long value) => new(value, 1);

    public static implicit operator Q(BigInteger value) => new(value, 1);

    public static Q operator +(Q a, Q b) => Reduce((a.N * b.D) + (b.N * a.D), a.D * b.D);

    public static Q operator -(Q a, Q b) => Reduce((a.N * b.D) - (b.N * a.D), a.D * b.D);

    public static Q operator *(Q a, Q b) => Reduce(a.N * b.N, a.D * b.D);

    public static Q operator /(Q a, Q b) => Reduce(a.N * b.D, a.D * b.N);

    public static bool operator <(Q a, Q b) => a.CompareTo(b) < 0;

    public static bool operator >(Q a, Q b) => a.CompareTo(b) > 0;

    public static bool operator <=(Q a, Q b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Q a, Q b) => a.CompareTo(b) >= 0;

    public static Q Parse(string text) => text.Split('/') is [var n, var d] ? new(BigInteger.Parse(n), BigInteger.Parse(d)) : new(BigInteger.Parse(text), 1);

    public BigInteger Floor() => (N - (((N % D) + D) % D)) / D;

    public BigInteger Ceiling() => -new Q(-N, D).Floor();

    public int CompareTo(Q other) => (N * other.D).CompareTo(other.N * D);

    public override string ToString() => D.IsOne ? $"{N}" : $"{N}/{D}";

    private static Q Reduce(BigInteger n, BigInteger d)
    {
        var g = BigInteger.GreatestCommonDivisor(n, d) * d.Sign;
        return new(n / g, d / g);
    }
}

/// <summary>The sharing rules done slowly and literally, as the oracle of the engine.</summary>
/// <remarks>
/// Shares nothing with the engine but the records that say what is asked: another number type, weights where the engine
/// has amounts, limits by trying every turning point instead of walking them, remainders given out one by one.
/// </remarks>
internal sealed class Reference
{
    private readonly HouseholdRegister _register;
    private readonly Scheme _scheme;
    private readonly Budget _budget;
    private readonly int[] _payers;

    private Reference(HouseholdRegister register, Scheme scheme, Budget budget, int[] payers) =>
        (_register, _scheme, _budget, _payers) = (register, scheme, budget, payers);

    /// <summary>Exact shares (less compensation) and bills, or null where the scheme cannot be carried out.</summary>
    public static (Q[] Exact, BigInteger[] Bills)? Run(HouseholdRegister register, Scheme scheme, Budget budget)
    {
        int n = register.Households.Count;
        var compensation = new BigInteger[n];
        var fixedAmounts = new BigInteger?[n];
        var exempt = new bool[n];
        for (int i = 0; i < n; i++)
        {
            HouseholdId id = register.Households[i].Id;
            compensation[i] = scheme.Adjustments.OfType<Compensation>().Where(a => a.Household == id).Sum(a => a.Amount.Fen);
            exempt[i] = scheme.Adjustments.OfType<Exemption>().Any(a => a.Household == id);
            fixedAmounts[i] = scheme.Adjustments.OfType<FixedAmount>().Where(a => a.Household == id).Select(a => (BigInteger?)a.Amount.Fen).SingleOrDefault();
            if (scheme.Rule is FixedRule rule && rule.Amounts.TryGetValue(id, out var amount)) { fixedAmounts[i] = amount.Fen; }
        }
        int[] payers = [.. Enumerable.Range(0, n).Where(i => register.Households[i].Joins && !exempt[i] && fixedAmounts[i] is null)];
        BigInteger payable = budget.Total!.Value.Fen + compensation.Aggregate(BigInteger.Zero, (s, c) => s + c);
        BigInteger toShare = payable - fixedAmounts.Aggregate(BigInteger.Zero, (s, f) => s + (f ?? 0));
        if (toShare < 0 || payable > 1_000_000_000_000_000) { return null; }

        var exact = new Q[n];
        var bills = new BigInteger[n];
        for (int i = 0; i < n; i++) { exact[i] = bills[i] = fixedAmounts[i] ?? 0; }
        if (payers.Length == 0) { if (toShare > 0) { return null; } }
        else if (!new Reference(register, scheme, budget, payers).Bill(toShare, exact, bills)) { return null; }
        for (int i = 0; i < n; i++)
        {
            HouseholdId id = register.Households[i].Id;
            if (scheme.Adjustments.OfType<Relief>().Any(a => a.Household == id && a.Amount.Fen > bills[i])) { return null; }
            exact[i] -= compensation[i];
        }
        return (exact, bills);
    }

    private bool Bill(BigInteger toShare, Q[] exact, BigInteger[] bills)
    {
        Rule rule = _scheme.Rule is FixedRule f ? f.Remainder : _scheme.Rule;
        if (Shares(rule, toShare) is not Q[] beforeDiscounts || Discounted(beforeDiscounts) is not Q[] shares) { return false; }
        bool limited = _scheme.Adjustments.Any(a => a is Cap or Minimum);
        if (Limited(shares, toShare, toShare, 1, limited) is not Q[] within) { return false; }
        foreach (int i in _payers) { exact[i] = within[i]; }

        BigInteger unit = _scheme.Rounding.Unit.Amount.Fen;
        bool up = _scheme.Rounding.Mode == RoundingMode.Up;
        BigInteger total = up ? toShare : (toShare + unit - 1) / unit * unit;
        if (Limited(shares, toShare, total, unit, limited) is not Q[] billed) { return false; }
        foreach (int i in _payers) { bills[i] = (up ? (billed[i] / unit).Ceiling() : (billed[i] / unit).Floor()) * unit; }
        if (up) { return true; }
        Q[] remainders = [.. billed.Select((share, i) => share - bills[i])];
        BigInteger left = total - _payers.Aggregate(BigInteger.Zero, (s, i) => s + bills[i]);
        for (; left > 0; left -= unit)
        {
            int best = _payers[0];
            foreach (int i in _payers) { best = remainders[i] > remainders[best] ? i : best; }
            bills[best] += unit;
            remainders[best] = -1;
        }
        return true;
    }

    private Q[]? Shares(Rule rule, BigInteger toShare) => rule switch
    {
        StepsRule { Closing: Closing.TopFloor } steps => TopFloor(steps, toShare),
        PerCostRule perCost => PerCost(perCost, toShare),
        _ => Portions(rule)?.Select(portion => portion * toShare).ToArray(),
    };

    private Q[]? TopFloor(StepsRule steps, BigInteger toShare)
    {
        int top = _payers.Max(Floor);
        Q rest = toShare;
        var shares = new Q[_register.Households.Count];
        Array.Fill(shares, 0);
        foreach (int i in _payers.Where(i => Floor(i) != top)) { rest -= shares[i] = Price(steps, i); }
        foreach (int i in _payers.Where(i => Floor(i) == top)) { shares[i] = rest / _payers.Count(j => Floor(j) == top); }
        return rest < 0 ? null : shares;
    }

    private Q Price(StepsRule steps, int i) =>
        Floor(i) < steps.FromFloor.Number ? 0 : steps.Base.Fen + (steps.Step.Fen * (Q)(Floor(i) - steps.FromFloor.Number));

    private Q[]? PerCost(PerCostRule perCost, BigInteger toShare)
    {
        var sums = new Q[_register.Households.Count];
        Array.Fill(sums, 0);
        Q total = 0;
        for (int line = 0; line < _budget.Costs.Count; line++)
        {
            Q amount = _budget.SelfFunded![line].Fen;
            if ((perCost.Rules.GetValueOrDefault(_budget.Costs[line]) ?? perCost.Otherwise) is not Rule rule)
            {
                if (amount > 0) { return null; }
                continue;
            }
            if (amount == 0) { continue; }
            if (Portions(rule) is not Q[] portions) { return null; }
            total += amount;
            foreach (int i in _payers) { sums[i] += portions[i] * amount; }
        }
        return total > 0 ? [.. sums.Select(sum => sum * toShare / total)] : toShare > 0 ? null : sums;
    }

    /// <summary>The airport rules household by household, from the formulas of the literature; the engine goes by floors.</summary>
    private Q[]? Airport(AirportRule rule)
    {
        int[] order = [.. _payers.OrderBy(Floor)];
        Q[] costs = [.. order.Select(i => (Q)rule.StandAlone[Grains.Register.Floor.Of(Floor(i))].Fen)];
        if (costs[^1] <= 0) { return null; }
        if (rule.By == AirportBy.Floor)
        {
            int[] floors = [.. order.Select(Floor).Distinct()];
            Q[] ofFloors = [.. floors.Select(floor => (Q)rule.StandAlone[Grains.Register.Floor.Of(floor)].Fen)];
            Q[] byFloor = Sequential(ofFloors, [.. floors.Select(_ => (Q)1)]);
            return ByFloor(floor => byFloor[Array.IndexOf(floors, floor)], rule.Weight == AirportWeight.Area ? Within.Area : Within.Equal, null);
        }
        Q[] weights = [.. order.Select(i => rule.Weight == AirportWeight.Area ? Area(i) : 1)];
        Q[] shares = rule.Method switch
        {
            AirportMethod.Shapley => Sequential(costs, weights),
            AirportMethod.ConstrainedEqual => Constrained(costs, weights),
            AirportMethod.ConstrainedProportional => Constrained(costs, costs),
            AirportMethod.Nucleolus => SlackMaximiser(costs),
            _ => EqualBenefits(costs),
        };
        var portions = new Q[_register.Households.Count];
        Array.Fill(portions, 0);
        for (int k = 0; k < order.Length; k++) { portions[order[k]] = shares[k] / costs[^1]; }
        return portions;
    }

    // x_i = w_i × sum over k up to i of (c_k - c_(k-1)) / (w_k + ... + w_n)
    private static Q[] Sequential(Q[] costs, Q[] weights) => [.. costs.Select((_, i) => weights[i] * Enumerable.Range(0, i + 1).Aggregate((Q)0,
        (sum, k) => sum + ((costs[k] - (k == 0 ? 0 : costs[k - 1])) / weights.Skip(k).Aggregate((Q)0, (all, w) => all + w))))];

    // x_i = w_i × min over r from i of (c_r - X_(i-1)) / (w_i + ... + w_r)
    private static Q[] Constrained(Q[] costs, Q[] weights)
    {
        var shares = new Q[costs.Length];
        Q paid = 0;
        for (int i = 0; i < costs.Length; i++)
        {
            Q weight = 0;
            Q? least = null;
            for (int r = i; r < costs.Length; r++)
            {
                weight += weights[r];
                if (weight > 0 && (least is not Q met || (costs[r] - paid) / weight < met)) { least = (costs[r] - paid) / weight; }
            }
            paid += shares[i] = weights[i] * least!.Value;
        }
        return shares;
    }

    // Sönmez 1993: x_i = min over r from i to n-1 of (c_r - X_(i-1)) / (r - i + 2), x_n = C - X_(n-1)
    public static Q[] SlackMaximiser(Q[] costs)
    {
        var shares = new Q[costs.Length];
        Q paid = 0;
        for (int i = 0; i < costs.Length - 1; i++)
        {
            paid += shares[i] = Enumerable.Range(i, costs.Length - 1 - i).Select(r => (costs[r] - paid) / (r - i + 2)).Min();
        }
        shares[^1] = costs[^1] - paid;
        return shares;
    }

    // x_i = max(c_i - beta, 0): beta is right for the number of payers with which they, and nobody else, have costs above it.
    private static Q[] EqualBenefits(Q[] costs)
    {
        for (int payers = costs.Length; ; payers--)
        {
            Q benefit = (costs.Skip(costs.Length - payers).Aggregate((Q)0, (sum, cost) => sum + cost) - costs[^1]) / payers;
            if (costs[costs.Length - payers] >= benefit) { return [.. costs.Select(cost => Max(0, cost - benefit))]; }
        }
    }

    private Q[]? Formula(FormulaRule rule)
    {
        var values = new Q[_register.Households.Count];
        Array.Fill(values, 0);
        foreach (int i in _payers)
        {
            var names = new Dictionary<string, Q> { ["floor"] = Floor(i), ["area"] = Area(i), ["storeys"] = _register.Storeys.Number, ["payers"] = _payers.Length };
            if (SlowFormula.Value(rule.Expression, names) is not Q value || value < 0) { return null; }
            values[i] = value;
        }
        return Normalise(i => values[i]);
    }

    /// <summary>Each payer's portion of 1.</summary>
    private Q[]? Portions(Rule rule) => rule switch
    {
        AirportRule airport => Airport(airport),
        FormulaRule formula => Formula(formula),
        StepsRule steps => Normalise(i => Price(steps, i)),
        EqualRule => Normalise(_ => 1),
        AreaRule => Normalise(i => Area(i)),
        RideRule => Normalise(i => Max(0, new Q(Floor(i) - 1, 1) - (_register.Households[i].Entry == Entry.HalfLanding ? new Q(1, 2) : 0))),
        WeightsRule weights => Normalise(i => Number(weights.Weights[_register.Households[i].Id])),
        PointsRule points => Normalise(i => Floor(i) < points.FromFloor.Number ? 0
            : Number(points.ByType[_register.Households[i].FlatType!.Value]) + (Number(points.PerFloor) * (Floor(i) - points.FromFloor.Number))),
        FloorCoefficientsRule { SharedBy: SharedBy.Household } c => Normalise(i => Coefficient(c, Floor(i))),
        FloorCoefficientsRule { SharedBy: SharedBy.Area } c => Normalise(i => Coefficient(c, Floor(i)) * Area(i)),
        FloorCoefficientsRule c => ByFloor(floor => Coefficient(c, floor), c.Within, null),
        FloorPercentagesRule p => ByFloor(floor => p.Percentages.TryGetValue(Grains.Register.Floor.Of(floor), out var v) ? new Q(v.Millionths, 1_000_000) : null, p.Within, 100),
        MixRule mix => Mixed(mix),
        _ => throw new InvalidOperationException(),
    };

    private Q[]? Mixed(MixRule mix)
    {
        var sum = new Q[_register.Households.Count];
        Array.Fill(sum, 0);
        foreach (MixPart part in mix.Parts)
        {
            if (Portions(part.Rule) is not Q[] portions) { return null; }
            foreach (int i in _payers) { sum[i] += portions[i] * new Q(part.Percent.Millionths, 100_000_000); }
        }
        return sum;
    }

    private Q[]? ByFloor(Func<int, Q?> weight, Within within, Q? whole)
    {
        int[] floors = [.. _payers.Select(Floor).Distinct()];
        Q total = 0;
        foreach (int floor in floors)
        {
            if (weight(floor) is not Q w) { return null; }
            total += w;
        }
        if (total <= 0 || (whole is Q wanted && total != wanted)) { return null; }
        var portions = new Q[_register.Households.Count];
        Array.Fill(portions, 0);
        foreach (int i in _payers)
        {
            int[] neighbours = [.. _payers.Where(j => Floor(j) == Floor(i))];
            Q own = within == Within.Equal ? new Q(1, neighbours.Length)
                : Area(i) / neighbours.Aggregate((Q)0, (s, j) => s + Area(j));
            portions[i] = weight(Floor(i))!.Value / total * own;
        }
        return portions;
    }

    private Q[]? Normalise(Func<int, Q> weight)
    {
        Q total = _payers.Aggregate((Q)0, (s, i) => s + weight(i));
        if (total <= 0) { return null; }
        var portions = new Q[_register.Households.Count];
        Array.Fill(portions, 0);
        foreach (int i in _payers) { portions[i] = weight(i) / total; }
        return portions;
    }

    private Q[]? Discounted(Q[] shares)
    {
        Q lost = 0, carriers = 0;
        foreach (int i in _payers)
        {
            if (Discount(i) is Q d) { lost += shares[i] * d; }
            else { carriers += shares[i]; }
        }
        if (lost > 0 && carriers <= 0) { return null; }
        foreach (int i in _payers)
        {
            if (Discount(i) is Q d) { shares[i] *= (Q)1 - d; }
            else if (lost > 0) { shares[i] = shares[i] * (carriers + lost) / carriers; }
        }
        return shares;
    }

    private Q? Discount(int i) => _scheme.Adjustments.OfType<Discount>()
        .Where(a => a.Household == _register.Households[i].Id).Select(a => (Q?)new Q(a.Percent.Millionths, 100_000_000)).SingleOrDefault();

    private Q[]? Limited(Q[] shares, BigInteger toShare, BigInteger total, BigInteger unit, bool limited)
    {
        if (!limited) { return toShare == total ? shares : [.. shares.Select(share => share * new Q(total, toShare))]; }
        HouseholdId Id(int i) => _register.Households[i].Id;
        Q Minimum(int i)
        {
            BigInteger? own = _scheme.Adjustments.OfType<Minimum>().Where(a => a.Household == Id(i)).Select(a => (BigInteger?)a.Amount.Fen).SingleOrDefault();
            BigInteger? all = _scheme.Adjustments.OfType<Minimum>().Where(a => a.Household is null).Select(a => (BigInteger?)a.Amount.Fen).SingleOrDefault();
            BigInteger minimum = own ?? (shares[i] > 0 ? all : null) ?? 0;
            return (minimum + unit - 1) / unit * unit;
        }
        Q? Cap(int i)
        {
            BigInteger? own = _scheme.Adjustments.OfType<Cap>().Where(a => a.Household == Id(i)).Select(a => (BigInteger?)a.Amount.Fen).SingleOrDefault();
            BigInteger? all = _scheme.Adjustments.OfType<Cap>().Where(a => a.Household is null).Select(a => (BigInteger?)a.Amount.Fen).SingleOrDefault();
            return (own ?? all) is BigInteger cap ? cap / unit * unit : null;
        }
        BigInteger? General<T>(Func<T, HouseholdId?> household, Func<T, long> amount) =>
            _scheme.Adjustments.OfType<T>().Where(a => household(a) is null).Select(a => (BigInteger?)amount(a)).SingleOrDefault();
        var low = _payers.ToDictionary(i => i, Minimum);
        var high = _payers.ToDictionary(i => i, Cap);
        if (_payers.Any(i => high[i] is Q cap && low[i] > cap)) { return null; }
        if (General<Minimum>(a => a.Household, a => a.Amount.Fen) > General<Cap>(a => a.Household, a => a.Amount.Fen)) { return null; }

        Q Clamp(int i, Q t)
        {
            Q value = Max(low[i], shares[i] * t);
            return high[i] is Q cap && value > cap ? cap : value;
        }
        Q Sum(Q t) => _payers.Aggregate((Q)0, (s, i) => s + Clamp(i, t));
        // Try every point at which some share meets a limit; between two neighbours the sum is a straight line.
        List<Q> points = [0];
        foreach (int i in _payers.Where(i => shares[i] > 0))
        {
            points.Add(low[i] / shares[i]);
            if (high[i] is Q cap) { points.Add(cap / shares[i]); }
        }
        points.Sort();
        points.Add(points[^1] + 1);
        if (Sum(points[0]) > total) { return null; }
        Q? factor = null;
        for (int k = 0; k + 1 < points.Count && factor is null; k++)
        {
            Q from = Sum(points[k]), to = Sum(points[k + 1]);
            bool last = k + 2 == points.Count;
            if (from == total) { factor = points[k]; }
            else if (to > from && (to >= total || last)) { factor = points[k] + ((points[k + 1] - points[k]) * (total - from) / (to - from)); }
        }
        if (factor is not Q t) { return null; }
        var result = new Q[shares.Length];
        Array.Fill(result, 0);
        foreach (int i in _payers) { result[i] = Clamp(i, t); }
        return result;
    }

    private static Q Coefficient(FloorCoefficientsRule rule, int floor)
    {
        int last = rule.Coefficients.Keys.Max(key => key.Number);
        return floor <= last ? Number(rule.Coefficients[Grains.Register.Floor.Of(floor)])
            : Number(rule.Coefficients[Grains.Register.Floor.Of(last)]) + (Number(rule.StepAbove!.Value) * (floor - last));
    }

    private static Q Max(Q a, Q b) => a > b ? a : b;

    private static Q Number(Grains.Amounts.Coefficient value) => new Q(value.Millionths, 1_000_000) + 0;

    private Q Area(int i) => new Q(_register.Households[i].Area.Hundredths, 100) + 0;

    private int Floor(int i) => _register.Households[i].Floor.Number;
}
