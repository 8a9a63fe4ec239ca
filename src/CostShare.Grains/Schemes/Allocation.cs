using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>A scheme carried out: what every household pays, exactly and as a bill, with the derivation.</summary>
/// <remarks>
/// The order is fixed (decision 0003): fixed amounts are taken out; the rule shares the rest among the payers; discounts;
/// limits; billing in units. Every column of the result is indexed by the household's position in the register.
/// </remarks>
public sealed class Allocation
{
    private readonly Derivation _derivation;

    private Allocation(Adjusted adjusted, Billing billing, Derivation derivation, Money payable, Money[] amounts, Money? refund)
    {
        _derivation = derivation;
        Payable = payable;
        Compensation = Money.FromFen((long)adjusted.CompensationTotal);
        Relief = adjusted.ReliefTotal;
        Payers = adjusted.Payers.Positions.Count;
        Contributions = billing.Exact;
        Exact = [.. billing.Exact.Select((value, i) =>
            adjusted.Compensations[i] == Money.Zero ? value : value - adjusted.Compensations[i].Fen)];
        Bills = billing.Bills;
        Billed = Money.Sum(Bills);
        Amounts = amounts;
        Refunds = refund is Money total ? SplitRefund(total) : [];
        if (Billed < Payable) { throw new InvalidOperationException("The bills sum to less than the payable amount."); }
        if (Money.Sum(Amounts) != Billed - Compensation - Relief)
        {
            throw new InvalidOperationException("The amounts do not sum to the bills less compensation and relief.");
        }
    }

    /// <summary>What is to be raised: the self-funded part and all compensation.</summary>
    public Money Payable { get; }

    /// <summary>The sum of all bills; at least <see cref="Payable"/>.</summary>
    public Money Billed { get; }

    /// <summary>What the bills exceed the payable amount by, because of rounding; kept in the pool.</summary>
    public Money Reserve => Billed - Payable;

    /// <summary>All compensation.</summary>
    public Money Compensation { get; }

    /// <summary>All relief.</summary>
    public Money Relief { get; }

    /// <summary>How many households share the amount: they join and are neither exempt nor fixed.</summary>
    public int Payers { get; }

    /// <summary>Each household's share before rounding and before its compensation is taken off; they sum to the payable amount.</summary>
    internal IReadOnlyList<Fraction> Contributions { get; }

    /// <summary>Each household's share before rounding, less its compensation; they sum to the self-funded part.</summary>
    public IReadOnlyList<Fraction> Exact { get; }

    /// <summary>Each household's bill before its compensation and relief are taken off.</summary>
    public IReadOnlyList<Money> Bills { get; }

    /// <summary>What each household pays: its bill less its compensation and its relief; below 0 where compensation exceeds the bill.</summary>
    public IReadOnlyList<Money> Amounts { get; }

    /// <summary>What comes back to each household later, in proportion to its bill; they sum to what is refunded. Empty where nothing can.</summary>
    public IReadOnlyList<Money> Refunds { get; }

    /// <summary>How a household's amount was reached, in the order in which the engine worked.</summary>
    /// <param name="household">The household's position in the register.</param>
    public IReadOnlyList<Step> DerivationOf(int household) => _derivation.Of(household);

    /// <summary>Carries out a scheme.</summary>
    /// <param name="register">The register, free of faults.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="budget">What the residents raise. Where that is not known the scheme is examined without money.</param>
    /// <param name="place">Where the scheme stands in the request.</param>
    /// <param name="faults">Receives everything that is wrong.</param>
    /// <returns>The allocation, or null if the budget is not known or a fault was added.</returns>
    public static Allocation? Run(HouseholdRegister register, Scheme scheme, Budget budget, Place place, FaultList faults) =>
        Run(register, scheme, budget, ShareLength.Of(register.Households.Count * scheme.Rule.Size), place, faults);

    /// <summary>Carries out a scheme of several, which together bound how long exact shares may be.</summary>
    internal static Allocation? Run(
        HouseholdRegister register, Scheme scheme, Budget budget, ShareLength length, Place place, FaultList faults) =>
        Run(register, scheme, budget, length, place, k => place.At("adjustments").At(k), faults);

    /// <summary>Carries out a scheme that has not all the adjustments of the request, so that where each stands there is told by its position here.</summary>
    internal static Allocation? Run(
        HouseholdRegister register, Scheme scheme, Budget budget, ShareLength length, Place place, Func<int, Place> adjustmentPlace, FaultList faults)
    {
        int before = faults.Count;
        var adjusted = Adjusted.Read(register, scheme, place, adjustmentPlace, faults);
        Int128 payable = (budget.Total?.Fen ?? 0) + adjusted.CompensationTotal;
        if (payable > Money.Largest.Fen)
        {
            faults.Add(FaultCode.PayableTooLarge, place.At("adjustments"), ("payableFen", payable), ("limitFen", Money.Largest.Fen));
        }
        if (budget.SelfFunded is not null && adjusted.FixedTotal > payable)
        {
            faults.Add(FaultCode.FixedExceedsPayable, place, ("fixedFen", adjusted.FixedTotal),
                ("payableFen", payable), ("excessFen", adjusted.FixedTotal - payable));
        }
        bool known = budget.SelfFunded is not null && faults.Count == before;
        var toShare = Money.FromFen(known ? (long)(payable - adjusted.FixedTotal) : 0);

        var derivation = new Derivation(register.Households.Count);
        NoteBeginning(adjusted, derivation, payable, toShare);
        var sharing = new Sharing(adjusted.Payers, budget.Costs, budget.SelfFunded, known, length, derivation, faults);
        var billing = new Billing(adjusted, scheme.Rounding, sharing, place);
        scheme.Rule.Check(sharing, place.At("rule"));
        if (adjusted.Payers.Positions.Count > 0)
        {
            // With a fault the rule is asked all the same, about no money, so that all of its own faults are told too.
            Fraction[] shares = scheme.Rule.Share(sharing, toShare.Fen, place.At("rule"));
            if (known && faults.Count == before) { billing.Bill(shares, toShare); }
        }
        else if (toShare > Money.Zero)
        {
            faults.Add(FaultCode.NobodyPays, place, ("differenceFen", toShare.Fen));
        }
        if (!known || faults.Count > before) { return null; }

        Money[] amounts = adjusted.TakeOff(billing.Bills, derivation, faults);
        return faults.Count > before ? null : new Allocation(adjusted, billing, derivation, Money.FromFen((long)payable), amounts, budget.Refund);
    }

    private static void NoteBeginning(Adjusted adjusted, Derivation derivation, Int128 payable, Money toShare)
    {
        int count = adjusted.Payers.Households;
        derivation.Note(StepCode.Payable, adjusted.Payers.Positions,
            [
                Column.Same("selfFunded", payable - adjusted.CompensationTotal),
                Column.Same("compensation", adjusted.CompensationTotal),
            ],
            Constant(payable, count));
        derivation.Note(StepCode.ToShare, adjusted.Payers.Positions,
            [Column.Same("payable", payable), Column.Same("fixed", adjusted.FixedTotal)],
            Constant(toShare.Fen, count));
        derivation.Note(StepCode.DoesNotJoin, adjusted.NotJoining, [], new Fraction[count]);
        derivation.Note(StepCode.Exempt, adjusted.Exempt, [], new Fraction[count]);
        Fraction[] amounts = [.. adjusted.Fixed.Select(amount => (Fraction)(amount?.Fen ?? 0))];
        derivation.Note(StepCode.Fixed, adjusted.FixedHouseholds, [Column.Each("amount", amounts)], amounts);
    }

    private static Fraction[] Constant(Fraction value, int count)
    {
        var column = new Fraction[count];
        Array.Fill(column, value);
        return column;
    }

    private Money[] SplitRefund(Money refund)
    {
        // Nothing is billed only where nothing is raised, and then there is nothing to refund.
        if (Billed == Money.Zero) { return new Money[Bills.Count]; }
        Apportionment.Rounded split = Apportionment.Split(refund, Bills);
        Fraction[] results = [.. split.Amounts.Select(amount => (Fraction)amount.Fen)];
        _derivation.Note(StepCode.Refund, [.. Enumerable.Range(0, Bills.Count)],
            [
                Column.Same("total", refund.Fen),
                Column.Some("bill", i => Bills[i].Fen),
                Column.Same("billed", Billed.Fen),
                Column.Some("rank", i => split.Ranks[i]),
                Column.Same("unitsLeft", split.UnitsLeft),
            ],
            results);
        return [.. split.Amounts];
    }
}
