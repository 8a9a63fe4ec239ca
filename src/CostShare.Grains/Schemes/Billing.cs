using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Schemes;

/// <summary>From the rule's exact shares to bills: discounts, limits, units.</summary>
internal sealed class Billing
{
    private readonly Adjusted _adjusted;
    private readonly Money _unit;
    private readonly RoundingMode _mode;
    private readonly Derivation _derivation;
    private readonly Place _place;
    private readonly FaultList _faults;
    private readonly IReadOnlyList<int> _who;

    public Billing(Adjusted adjusted, Rounding rounding, Derivation derivation, Place place, FaultList faults)
    {
        _adjusted = adjusted;
        _unit = rounding.Unit.Amount;
        _mode = rounding.Mode;
        _derivation = derivation;
        _place = place;
        _faults = faults;
        _who = adjusted.Payers.Positions;
        Exact = [.. adjusted.Fixed.Select(amount => (Fraction)(amount?.Fen ?? 0))];
        Bills = [.. adjusted.Fixed.Select(amount => amount ?? Money.Zero)];
    }

    /// <summary>Each household's share after limits, by position.</summary>
    public Fraction[] Exact { get; }

    /// <summary>Each household's bill, by position; a fixed amount is one from the beginning.</summary>
    public Money[] Bills { get; }

    /// <summary>Bills the payers.</summary>
    /// <param name="shares">The rule's exact shares, which sum to the amount.</param>
    /// <param name="toShare">The amount.</param>
    public void Bill(Fraction[] shares, Money toShare)
    {
        Fraction[] discounted = CarryDiscounts(shares, toShare);
        if (IsTooLong(discounted)) { return; }
        Limits? limits = _adjusted.Limits?.For(discounted);
        Fraction[]? limited = limits is null ? discounted : Limit(discounted, limits, toShare, StepCode.Limits, Money.FromFen(1));
        if (limited is null || IsTooLong(limited)) { return; }
        foreach (int i in _who) { Exact[i] = limited[i]; }

        if (_mode == RoundingMode.Up) { BillUp(discounted, limited, limits, toShare); }
        else { BillByLargestRemainder(discounted, limited, limits, toShare); }
    }

    private Fraction[] CarryDiscounts(Fraction[] shares, Money toShare)
    {
        int[] discounted = [.. _who.Where(i => _adjusted.Discounts[i] is not null)];
        if (discounted.Length == 0) { return shares; }
        var results = (Fraction[])shares.Clone();
        foreach (int i in discounted) { results[i] = shares[i] * (Fraction.One - _adjusted.Discounts[i]!.Value.Part); }
        _derivation.Note(StepCode.Discount, discounted,
            [Column.Each("share", shares), Column.Some("percent", i => _adjusted.Discounts[i]!.Value.Number)], results);

        var takenOff = Fraction.Sum([.. discounted.Select(i => shares[i] - results[i])]);
        if (takenOff.Sign == 0) { return results; }
        Fraction carriers = toShare.Fen - Fraction.Sum([.. discounted.Select(i => shares[i])]);
        if (carriers.Sign == 0)
        {
            _faults.Add(FaultCode.NobodyCarriesDiscounts, _place.At("adjustments"), ("differenceFen", takenOff.Ceiling()));
            return shares;
        }
        Fraction factor = (carriers + takenOff) / carriers;
        int[] carrying = [.. _who.Where(i => _adjusted.Discounts[i] is null)];
        foreach (int i in carrying) { results[i] = shares[i] * factor; }
        _derivation.Note(StepCode.CarriesDiscounts, carrying,
            [Column.Each("share", shares), Column.Same("carriers", carriers), Column.Same("discounted", takenOff)], results);
        return results;
    }

    /// <summary>The shares within their limits, summing to the amount; null after telling why there are none.</summary>
    private Fraction[]? Limit(Fraction[] shares, Limits limits, Money amount, StepCode code, Money unit)
    {
        foreach (int i in _who)
        {
            if (limits.Caps[i] is Money cap && limits.Minimums[i] > cap)
            {
                _faults.Add(FaultCode.LimitsLeaveNoUnit, _place.At("rounding"), ("household", _adjusted.Payers[i].Id.Value),
                    ("minimumFen", limits.Minimums[i].Fen), ("capFen", cap.Fen), ("unitFen", unit.Fen));
                return null;
            }
        }
        Limits.Solution solution = limits.Solve(_who, shares, amount.Fen);
        if (!solution.Found)
        {
            (FaultCode fault, string name, Int128 difference) = solution.Excess > 0
                ? (FaultCode.MinimumsTooHigh, "excessFen", solution.Excess)
                : (FaultCode.CapsTooLow, "shortfallFen", solution.Shortfall);
            _faults.Add(fault, _place.At(unit.Fen == 1 ? "adjustments" : "rounding"), (name, difference), ("unitFen", unit.Fen));
            return null;
        }
        var results = new Fraction[shares.Length];
        foreach (int i in _who) { results[i] = limits.Clamp(i, shares[i] * solution.Factor); }
        NoteLimits(code, shares, solution.Factor, limits, results);
        return results;
    }

    private void NoteLimits(StepCode code, Fraction[] shares, Fraction factor, Limits? limits, Fraction[] results) =>
        _derivation.Note(code, _who,
            [
                Column.Each("share", shares),
                Column.Same("factor", factor),
                Column.Some("minimum", i => limits is not null && limits.Minimums[i] > Money.Zero ? (Fraction)limits.Minimums[i].Fen : null),
                Column.Some("cap", i => limits?.Caps[i] is Money cap ? (Fraction)cap.Fen : null),
            ],
            results);

    private void BillByLargestRemainder(Fraction[] discounted, Fraction[] limited, Limits? limits, Money toShare)
    {
        var total = Money.FromFen(Fraction.Of(toShare.Fen, _unit.Fen).Ceiling() * _unit.Fen);
        var totals = new Fraction[discounted.Length];
        Array.Fill(totals, total.Fen);
        _derivation.Note(StepCode.BillingTotal, _who, [Column.Same("toShare", toShare.Fen), Column.Same("unit", _unit.Fen)], totals);

        Fraction[]? shares = limited;
        if (limits is not null && _unit.Fen > 1)
        {
            shares = Limit(discounted, limits.InUnits(_unit), total, StepCode.BillingShare, _unit);
            if (shares is null || IsTooLong(shares)) { return; }
        }
        else if (total > toShare)
        {
            var factor = Fraction.Of(total.Fen, toShare.Fen);
            shares = new Fraction[discounted.Length];
            foreach (int i in _who) { shares[i] = discounted[i] * factor; }
            NoteLimits(StepCode.BillingShare, discounted, factor, null, shares);
        }

        Apportionment.Rounded rounded = Apportionment.LargestRemainder(total, [.. _who.Select(i => shares[i])], _unit);
        var ranks = new int[discounted.Length];
        var results = new Fraction[discounted.Length];
        for (int k = 0; k < _who.Count; k++)
        {
            Bills[_who[k]] = rounded.Amounts[k];
            ranks[_who[k]] = rounded.Ranks[k];
            results[_who[k]] = rounded.Amounts[k].Fen;
        }
        _derivation.Note(StepCode.LargestRemainder, _who,
            [
                Column.Each("share", shares),
                Column.Same("unit", _unit.Fen),
                Column.Some("rank", i => ranks[i]),
                Column.Same("unitsLeft", rounded.UnitsLeft),
            ],
            results);
    }

    private void BillUp(Fraction[] discounted, Fraction[] limited, Limits? limits, Money toShare)
    {
        Fraction[]? shares = limited;
        if (limits is not null && _unit.Fen > 1)
        {
            shares = Limit(discounted, limits.InUnits(_unit), toShare, StepCode.BillingShare, _unit);
            if (shares is null || IsTooLong(shares)) { return; }
        }
        var results = new Fraction[discounted.Length];
        foreach (int i in _who)
        {
            Bills[i] = Money.FromFen((shares[i] / _unit.Fen).Ceiling() * _unit.Fen);
            results[i] = Bills[i].Fen;
        }
        _derivation.Note(StepCode.RoundUp, _who, [Column.Each("share", shares), Column.Same("unit", _unit.Fen)], results);
    }

    private bool IsTooLong(Fraction[] shares)
    {
        foreach (int i in _who)
        {
            if (shares[i].BitLength <= Allocation.MostBits) { continue; }
            _faults.Add(FaultCode.ExactTooLong, _place, ("bits", shares[i].BitLength), ("limit", Allocation.MostBits));
            return true;
        }
        return false;
    }
}
