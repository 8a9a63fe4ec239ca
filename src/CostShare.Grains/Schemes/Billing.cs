using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Schemes;

/// <summary>From the rule's exact shares to bills: discounts, limits, units.</summary>
internal sealed class Billing
{
    private readonly Adjusted _adjusted;
    private readonly Money _unit;
    private readonly RoundingMode _mode;
    private readonly Sharing _sharing;
    private readonly Place _place;
    private readonly IReadOnlyList<int> _who;

    public Billing(Adjusted adjusted, Rounding rounding, Sharing sharing, Place place)
    {
        _adjusted = adjusted;
        _unit = rounding.Unit.Amount;
        _mode = rounding.Mode;
        _sharing = sharing;
        _place = place;
        _who = adjusted.Payers.Positions;
        Exact = [.. adjusted.Fixed.Select(amount => (Fraction)(amount?.Fen ?? 0))];
        Bills = [.. adjusted.Fixed.Select(amount => amount ?? Money.Zero)];
    }

    /// <summary>Each household's share after limits, by position.</summary>
    public Fraction[] Exact { get; }

    /// <summary>Each household's bill, by position; a fixed amount is one from the beginning.</summary>
    public Money[] Bills { get; }

    /// <summary>Bills the payers; stops at the first step that cannot be done, after telling why.</summary>
    /// <param name="shares">The rule's exact shares, which sum to the amount.</param>
    /// <param name="toShare">The amount.</param>
    public void Bill(Fraction[] shares, Money toShare)
    {
        // Discounts and limits compute with all shares together, which long ones make slow.
        bool together = _adjusted.Limits is not null || _who.Any(i => _adjusted.Discounts[i] is not null);
        int most = together ? _sharing.Length.MostTogether : _sharing.Length.Most;
        if (_sharing.IsTooLong(shares, _place, most)) { return; }
        Fraction[]? discounted = CarryDiscounts(shares, toShare);
        if (discounted is null || _sharing.IsTooLong(discounted, _place, most)) { return; }

        Limits? limits = null;
        Fraction[]? limited = discounted;
        if (_adjusted.Limits is not null)
        {
            limits = _adjusted.Limits.For(discounted, _adjusted.Payers, _sharing.Faults);
            limited = limits is null ? null : Limit(discounted, limits, toShare, StepCode.Limits, Money.FromFen(1));
        }
        if (limited is null || _sharing.IsTooLong(limited, _place, most)) { return; }
        foreach (int i in _who) { Exact[i] = limited[i]; }

        Money total = _mode == RoundingMode.Up ? toShare : RoundUp(toShare);
        Fraction[]? billed = limits is not null && _unit.Fen > 1
            ? Limit(discounted, limits.InUnits(_unit), total, StepCode.BillingShare, _unit)
            : Scale(limited, toShare, total);
        if (billed is null || _sharing.IsTooLong(billed, _place, most)) { return; }
        if (_mode == RoundingMode.Up) { BillUp(billed); }
        else { BillByLargestRemainder(billed, total); }
    }

    /// <summary>The shares with discounts taken off and carried; null after telling that nobody can carry them.</summary>
    private Fraction[]? CarryDiscounts(Fraction[] shares, Money toShare)
    {
        int[] discounted = [.. _who.Where(i => _adjusted.Discounts[i] is not null)];
        if (discounted.Length == 0) { return shares; }
        var results = (Fraction[])shares.Clone();
        foreach (int i in discounted) { results[i] = shares[i] * (Fraction.One - _adjusted.Discounts[i]!.Value.Part); }
        _sharing.Derivation.Note(StepCode.Discount, discounted,
            [Column.Each("share", shares), Column.Some("percent", i => _adjusted.Discounts[i]!.Value.Number)], results);

        var takenOff = Fraction.Sum([.. discounted.Select(i => shares[i] - results[i])]);
        if (takenOff.Sign == 0) { return results; }
        Fraction carriers = toShare.Fen - Fraction.Sum([.. discounted.Select(i => shares[i])]);
        if (carriers.Sign == 0)
        {
            _sharing.Faults.Add(FaultCode.NobodyCarriesDiscounts, _place.At("adjustments"), ("differenceFen", takenOff.Ceiling()));
            return null;
        }
        Fraction factor = (carriers + takenOff) / carriers;
        int[] carrying = [.. _who.Where(i => _adjusted.Discounts[i] is null)];
        foreach (int i in carrying) { results[i] = shares[i] * factor; }
        _sharing.Derivation.Note(StepCode.CarriesDiscounts, carrying,
            [Column.Each("share", shares), Column.Same("carriers", carriers), Column.Same("discounted", takenOff)], results);
        return results;
    }

    /// <summary>The shares within their limits, summing to the amount; null after telling why there are none.</summary>
    private Fraction[]? Limit(Fraction[] shares, Limits limits, Money amount, StepCode code, Money unit)
    {
        int before = _sharing.Faults.Count;
        foreach (int i in _who)
        {
            if (limits.Caps[i] is Money cap && limits.Minimums[i] > cap)
            {
                _sharing.Faults.Add(FaultCode.LimitsLeaveNoUnit, _place.At("rounding"), ("household", _adjusted.Payers[i].Id.Value),
                    ("minimumFen", limits.Minimums[i].Fen), ("capFen", cap.Fen), ("unitFen", unit.Fen));
            }
        }
        if (_sharing.Faults.Count > before) { return null; }
        Limits.Solution solution = limits.Solve(_who, shares, amount.Fen);
        if (!solution.Found)
        {
            FaultValue difference = solution.Excess > 0 ? ("excessFen", solution.Excess) : ("shortfallFen", solution.Shortfall);
            if (unit.Fen == 1)
            {
                _sharing.Faults.Add(solution.Excess > 0 ? FaultCode.MinimumsTooHigh : FaultCode.CapsTooLow, _place.At("adjustments"), difference);
            }
            else
            {
                _sharing.Faults.Add(solution.Excess > 0 ? FaultCode.MinimumsTooHighInUnits : FaultCode.CapsTooLowInUnits,
                    _place.At("rounding"), difference, ("unitFen", unit.Fen));
            }
            return null;
        }
        Fraction[] results = _sharing.Nothing;
        foreach (int i in _who) { results[i] = limits.Clamp(i, shares[i] * solution.Factor); }
        _sharing.Derivation.Note(code, _who,
            [
                Column.Each("share", shares),
                Column.Same("factor", solution.Factor),
                Column.Some("minimum", i => limits.Minimums[i] > Money.Zero ? (Fraction)limits.Minimums[i].Fen : null),
                Column.Some("cap", i => limits.Caps[i] is Money cap ? (Fraction)cap.Fen : null),
            ],
            results);
        return results;
    }

    /// <summary>The shares of the amount that is billed where no limits have to be kept in units.</summary>
    private Fraction[] Scale(Fraction[] shares, Money toShare, Money total)
    {
        if (total == toShare) { return shares; }
        var factor = Fraction.Of(total.Fen, toShare.Fen);
        Fraction[] results = _sharing.Nothing;
        foreach (int i in _who) { results[i] = shares[i] * factor; }
        _sharing.Derivation.Note(StepCode.BillingShare, _who, [Column.Each("share", shares), Column.Same("factor", factor)], results);
        return results;
    }

    private Money RoundUp(Money toShare)
    {
        var total = Money.FromFen(Fraction.Of(toShare.Fen, _unit.Fen).Ceiling() * _unit.Fen);
        Fraction[] results = _sharing.Nothing;
        Array.Fill(results, total.Fen);
        _sharing.Derivation.Note(StepCode.BillingTotal, _who,
            [Column.Same("toShare", toShare.Fen), Column.Same("unit", _unit.Fen)], results);
        return total;
    }

    private void BillByLargestRemainder(Fraction[] shares, Money total)
    {
        Apportionment.Rounded rounded = Apportionment.LargestRemainder(total, [.. _who.Select(i => shares[i])], _unit);
        var ranks = new int[shares.Length];
        Fraction[] results = _sharing.Nothing;
        for (int k = 0; k < _who.Count; k++)
        {
            Bills[_who[k]] = rounded.Amounts[k];
            ranks[_who[k]] = rounded.Ranks[k];
            results[_who[k]] = rounded.Amounts[k].Fen;
        }
        _sharing.Derivation.Note(StepCode.LargestRemainder, _who,
            [
                Column.Each("share", shares),
                Column.Same("unit", _unit.Fen),
                Column.Some("rank", i => ranks[i]),
                Column.Same("unitsLeft", rounded.UnitsLeft),
            ],
            results);
    }

    private void BillUp(Fraction[] shares)
    {
        Fraction[] results = _sharing.Nothing;
        foreach (int i in _who)
        {
            Bills[i] = Money.FromFen((shares[i] / _unit.Fen).Ceiling() * _unit.Fen);
            results[i] = Bills[i].Fen;
        }
        _sharing.Derivation.Note(StepCode.RoundUp, _who, [Column.Each("share", shares), Column.Same("unit", _unit.Fen)], results);
    }
}
