using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>The register with a scheme's adjustments laid over it: who pays, and what departs from the rule for whom.</summary>
/// <remarks>Every column is indexed by position in the register.</remarks>
internal sealed class Adjusted
{
    private readonly HouseholdRegister _register;

    private Adjusted(HouseholdRegister register)
    {
        _register = register;
        int count = register.Households.Count;
        Compensations = new Money[count];
        Reliefs = new Money[count];
        Fixed = new Money?[count];
        Discounts = new Percentage?[count];
        Payers = new Payers(register, []);
    }

    public Payers Payers { get; private set; }

    public Money[] Compensations { get; }

    public Money[] Reliefs { get; }

    public Money?[] Fixed { get; }

    public Percentage?[] Discounts { get; }

    /// <summary>The limits of the payers; null where the scheme has none.</summary>
    public LimitTable? Limits { get; private set; }

    public List<int> NotJoining { get; } = [];

    public List<int> Exempt { get; } = [];

    public List<int> FixedHouseholds { get; } = [];

    // As stated these sums may be beyond any bill, and are refused after they were made: hence 128 bits.
    public Int128 CompensationTotal => Compensations.Aggregate((Int128)0, (sum, amount) => sum + amount.Fen);

    public Int128 FixedTotal => FixedHouseholds.Aggregate((Int128)0, (sum, i) => sum + Fixed[i]!.Value.Fen);

    public Money ReliefTotal => Money.Sum(Reliefs);

    /// <summary>Reads the adjustments and tells everything that is wrong with them.</summary>
    public static Adjusted Read(HouseholdRegister register, Scheme scheme, Place place, FaultList faults)
    {
        var adjusted = new Adjusted(register);
        var reading = new Reading(adjusted, new Payers(register, []), faults);
        for (int k = 0; k < scheme.Adjustments.Count; k++) { reading.Read(scheme.Adjustments[k], place.At("adjustments").At(k)); }
        if (scheme.Rule is FixedRule rule)
        {
            Place amounts = place.At("rule").At("amountsFen");
            foreach ((HouseholdId id, Money amount) in rule.Amounts) { reading.ReadFixed(id, amount, amounts.At(id.Value), amounts.At(id.Value)); }
        }
        reading.Finish();
        return adjusted;
    }

    /// <summary>Takes compensation and relief off the bills; a relief above its bill is refused.</summary>
    public Money[] TakeOff(Money[] bills, Derivation derivation, Place place, FaultList faults)
    {
        var amounts = new Money[bills.Length];
        for (int i = 0; i < bills.Length; i++)
        {
            if (Reliefs[i] > bills[i])
            {
                faults.Add(FaultCode.ReliefExceedsBill, place.At("adjustments"), ("household", _register.Households[i].Id.Value),
                    ("reliefFen", Reliefs[i].Fen), ("billFen", bills[i].Fen));
            }
            amounts[i] = bills[i] - Compensations[i] - Reliefs[i];
        }
        derivation.Note(StepCode.Amount, [.. Enumerable.Range(0, bills.Length)],
            [
                Column.Some("bill", i => bills[i].Fen),
                Column.Some("compensation", i => Compensations[i].Fen),
                Column.Some("relief", i => Reliefs[i].Fen),
            ],
            [.. amounts.Select(amount => (Fraction)amount.Fen)]);
        return amounts;
    }

    /// <summary>The limits as stated: the general ones, and those that name a household.</summary>
    internal sealed class LimitTable(int count)
    {
        public Money? GeneralMinimum { get; set; }

        public Money? GeneralCap { get; set; }

        public Money?[] Minimums { get; } = new Money?[count];

        public Money?[] Caps { get; } = new Money?[count];

        /// <summary>The limits that bind, given the shares: the general minimum binds only shares above 0.</summary>
        public Limits For(Fraction[] shares) => new(
            [.. Minimums.Select((own, i) => own ?? (shares[i].Sign > 0 ? GeneralMinimum : null) ?? Money.Zero)],
            [.. Caps.Select(own => own ?? GeneralCap)]);
    }

    private sealed class Reading(Adjusted adjusted, Payers everybody, FaultList faults)
    {
        private readonly HashSet<(Type Kind, int Household)> _met = [];
        private readonly List<(int Household, string Kind, Place Place)> _mustPay = [];
        private readonly HashSet<int> _discountedOrLimited = [];
        private readonly HashSet<int> _exempt = [];
        private readonly Dictionary<int, Place> _fixedPlaces = [];
        private readonly LimitTable _limits = new(adjusted._register.Households.Count);
        private readonly Dictionary<int, Place> _limitPlaces = [];
        private bool _limited;

        public void Read(Adjustment adjustment, Place place)
        {
            Place named = place.At("household");
            switch (adjustment)
            {
                case Compensation compensation when Find(compensation.Household, adjustment, "compensation", named) is int i:
                    adjusted.Compensations[i] = compensation.Amount;
                    break;
                case Exemption exemption when Find(exemption.Household, adjustment, "exempt", named) is int i:
                    _exempt.Add(i);
                    break;
                case FixedAmount @fixed:
                    ReadFixed(@fixed.Household, @fixed.Amount, named, place);
                    break;
                case Discount discount when Find(discount.Household, adjustment, "discount", named) is int i:
                    adjusted.Discounts[i] = discount.Percent;
                    _discountedOrLimited.Add(i);
                    _mustPay.Add((i, "discount", named));
                    break;
                case Cap cap:
                    ReadLimit(cap, cap.Household, "cap", place, () => _limits.GeneralCap = cap.Amount, i => _limits.Caps[i] = cap.Amount);
                    break;
                case Minimum minimum:
                    ReadLimit(minimum, minimum.Household, "minimum", place,
                        () => _limits.GeneralMinimum = minimum.Amount, i => _limits.Minimums[i] = minimum.Amount);
                    break;
                case Relief relief when Find(relief.Household, adjustment, "relief", named) is int i:
                    adjusted.Reliefs[i] = relief.Amount;
                    break;
            }
        }

        public void ReadFixed(HouseholdId id, Money amount, Place named, Place place)
        {
            int i = everybody.Find(id);
            if (i < 0)
            {
                faults.Add(FaultCode.HouseholdUnknown, named, ("household", id.Value));
                return;
            }
            if (!_fixedPlaces.TryAdd(i, place))
            {
                faults.Add(FaultCode.AdjustmentDuplicate, named, ("kind", "fixed"), ("household", id.Value));
                return;
            }
            adjusted.Fixed[i] = amount;
            _mustPay.Add((i, "fixed", named));
        }

        public void Finish()
        {
            var payers = new List<int>();
            for (int i = 0; i < everybody.Households; i++)
            {
                List<int> group = !everybody[i].Joins ? adjusted.NotJoining
                    : _exempt.Contains(i) ? adjusted.Exempt
                    : adjusted.Fixed[i] is not null ? adjusted.FixedHouseholds
                    : payers;
                group.Add(i);
            }
            adjusted.Payers = new Payers(everybody.Register, payers);
            foreach ((int i, string kind, Place place) in _mustPay)
            {
                if (!everybody[i].Joins || _exempt.Contains(i))
                {
                    faults.Add(FaultCode.HouseholdDoesNotPay, place, ("kind", kind), ("household", everybody[i].Id.Value));
                }
            }
            foreach ((int i, Place place) in _fixedPlaces)
            {
                if (_discountedOrLimited.Contains(i)) { faults.Add(FaultCode.FixedAndAdjusted, place, ("household", everybody[i].Id.Value)); }
            }
            if (_limited) { FinishLimits(payers); }
        }

        private void FinishLimits(List<int> payers)
        {
            adjusted.Limits = _limits;
            if (_limits is { GeneralMinimum: Money low, GeneralCap: Money high } && low > high)
            {
                faults.Add(FaultCode.MinimumAboveCap, _limitPlaces[-1], ("minimumFen", low.Fen), ("capFen", high.Fen));
                return;
            }
            foreach (int i in payers)
            {
                if ((_limits.Minimums[i] ?? _limits.GeneralMinimum) is Money minimum && (_limits.Caps[i] ?? _limits.GeneralCap) is Money cap
                    && minimum > cap)
                {
                    faults.Add(FaultCode.MinimumAboveCap, _limitPlaces[i],
                        ("household", everybody[i].Id.Value), ("minimumFen", minimum.Fen), ("capFen", cap.Fen));
                }
            }
        }

        private void ReadLimit(Adjustment limit, HouseholdId? household, string kind, Place place, Action general, Action<int> own)
        {
            _limited = true;
            if (household is not HouseholdId id)
            {
                if (_met.Add((limit.GetType(), -1))) { general(); }
                else { faults.Add(FaultCode.AdjustmentDuplicate, place, ("kind", kind)); }
                _limitPlaces[-1] = place;
            }
            else if (Find(id, limit, kind, place.At("household")) is int i)
            {
                own(i);
                _limitPlaces[i] = place;
                _discountedOrLimited.Add(i);
                _mustPay.Add((i, kind, place.At("household")));
            }
        }

        /// <summary>The household's position, or null after telling why there is none or that this kind stands twice for it.</summary>
        private int? Find(HouseholdId id, Adjustment adjustment, string kind, Place place)
        {
            int i = everybody.Find(id);
            if (i < 0) { faults.Add(FaultCode.HouseholdUnknown, place, ("household", id.Value)); }
            else if (!_met.Add((adjustment.GetType(), i)))
            {
                faults.Add(FaultCode.AdjustmentDuplicate, place, ("kind", kind), ("household", id.Value));
            }
            else { return i; }
            return null;
        }
    }
}
