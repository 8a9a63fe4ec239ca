using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>The register with a scheme's adjustments laid over it: who pays, and what departs from the rule for whom.</summary>
/// <remarks>Every column is indexed by position in the register.</remarks>
internal sealed class Adjusted
{
    private readonly Dictionary<int, Place> _reliefPlaces = [];

    private Adjusted(RegisterIndex index)
    {
        int count = index.Register.Households.Count;
        Compensations = new Money[count];
        Reliefs = new Money[count];
        Fixed = new Money?[count];
        Discounts = new Percentage?[count];
        Payers = new Payers(index, []);
    }

    public Payers Payers { get; private set; }

    public Money[] Compensations { get; }

    public Money[] Reliefs { get; }

    public Money?[] Fixed { get; }

    public Percentage?[] Discounts { get; }

    /// <summary>The limits as stated; null where the scheme has none.</summary>
    public StatedLimits? Limits { get; private set; }

    public List<int> NotJoining { get; } = [];

    public List<int> Exempt { get; } = [];

    public List<int> FixedHouseholds { get; } = [];

    // As stated these sums may be beyond any bill, and are refused after they were made: hence 128 bits.
    public Int128 CompensationTotal => Compensations.Aggregate((Int128)0, (sum, amount) => sum + amount.Fen);

    public Int128 FixedTotal => FixedHouseholds.Aggregate((Int128)0, (sum, i) => sum + Fixed[i]!.Value.Fen);

    public Money ReliefTotal => Money.Sum(Reliefs);

    /// <summary>Reads the adjustments and tells everything that is wrong with them.</summary>
    public static Adjusted Read(HouseholdRegister register, Scheme scheme, Place place, Func<int, Place> adjustmentPlace, FaultList faults)
    {
        var index = new RegisterIndex(register);
        var adjusted = new Adjusted(index);
        var reading = new Reading(adjusted, index, faults);
        for (int k = 0; k < scheme.Adjustments.Count; k++) { reading.Read(scheme.Adjustments[k], adjustmentPlace(k)); }
        if (scheme.Rule is FixedRule rule)
        {
            Place amounts = place.At("rule").At("amountsFen");
            foreach ((HouseholdId id, Money amount) in rule.Amounts) { reading.ReadFixed(id, amount, amounts.At(id.Value)); }
        }
        reading.Finish();
        return adjusted;
    }

    /// <summary>Takes compensation and relief off the bills; a relief above its bill is refused.</summary>
    public Money[] TakeOff(Money[] bills, Derivation derivation, FaultList faults)
    {
        var amounts = new Money[bills.Length];
        for (int i = 0; i < bills.Length; i++)
        {
            if (Reliefs[i] > bills[i])
            {
                faults.Add(FaultCode.ReliefExceedsBill, _reliefPlaces[i].At("amountFen"), ("household", Payers[i].Id.Value),
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
    internal sealed class StatedLimits(int count)
    {
        private readonly Money?[] _minimums = new Money?[count];
        private readonly Money?[] _caps = new Money?[count];
        private readonly Dictionary<int, Place> _places = [];
        private Money? _generalMinimum;
        private Money? _generalCap;
        private Place? _generalPlace;

        public void Add(Adjustment limit, int? household, Place place)
        {
            switch (limit, household)
            {
                case (Minimum minimum, int i): _minimums[i] = minimum.Amount; break;
                case (Minimum minimum, null): _generalMinimum = minimum.Amount; break;
                case (Cap cap, int i): _caps[i] = cap.Amount; break;
                case (Cap cap, null): _generalCap = cap.Amount; break;
                default: throw new InvalidOperationException("Not a limit.");
            }
            if (household is int named) { _places[named] = place; }
            else { _generalPlace = place; }
        }

        /// <summary>Tells every minimum above its cap that binds whatever the shares are.</summary>
        public void Check(Payers payers, FaultList faults)
        {
            if (_generalMinimum > _generalCap)
            {
                faults.Add(FaultCode.MinimumAboveCap, _generalPlace!, ("minimumFen", _generalMinimum.Value.Fen), ("capFen", _generalCap.Value.Fen));
                return;
            }
            foreach (int i in payers.Positions)
            {
                if (_minimums[i] is Money minimum && (_caps[i] ?? _generalCap) is Money cap && minimum > cap) { Tell(i, payers, minimum, cap, faults); }
            }
        }

        /// <summary>The limits that bind, given the shares: the general minimum binds only shares above 0.</summary>
        public Limits? For(Fraction[] shares, Payers payers, FaultList faults)
        {
            var limits = new Limits(
                [.. _minimums.Select((own, i) => own ?? (shares[i].Sign > 0 ? _generalMinimum : null) ?? Money.Zero)],
                [.. _caps.Select(own => own ?? _generalCap)]);
            int before = faults.Count;
            foreach (int i in payers.Positions)
            {
                if (limits.Caps[i] is Money cap && limits.Minimums[i] > cap) { Tell(i, payers, limits.Minimums[i], cap, faults); }
            }
            return faults.Count > before ? null : limits;
        }

        private void Tell(int i, Payers payers, Money minimum, Money cap, FaultList faults) => faults.Add(FaultCode.MinimumAboveCap, _places[i],
            ("household", payers[i].Id.Value), ("minimumFen", minimum.Fen), ("capFen", cap.Fen));
    }

    private sealed class Reading(Adjusted adjusted, RegisterIndex index, FaultList faults)
    {
        private const string Fixed = "fixed";
        private readonly HashSet<(string Kind, int? Household)> _met = [];
        private readonly List<(int Household, string Kind, Place Place)> _mustPay = [];
        private readonly HashSet<int> _exempt = [];

        public void Read(Adjustment adjustment, Place place)
        {
            switch (adjustment)
            {
                case Compensation compensation:
                    if (Find(compensation.Household, "compensation", place) is int credited) { adjusted.Compensations[credited] = compensation.Amount; }
                    break;
                case Exemption exemption:
                    if (Find(exemption.Household, "exempt", place) is int free) { _exempt.Add(free); }
                    break;
                case FixedAmount @fixed:
                    ReadFixed(@fixed.Household, @fixed.Amount, place.At("household"));
                    break;
                case Discount discount:
                    if (FindPaying(discount.Household, "discount", place) is int discounted) { adjusted.Discounts[discounted] = discount.Percent; }
                    break;
                case Cap cap:
                    ReadLimit(cap, cap.Household, "cap", place);
                    break;
                case Minimum minimum:
                    ReadLimit(minimum, minimum.Household, "minimum", place);
                    break;
                case Relief relief:
                    if (Find(relief.Household, "relief", place) is int helped)
                    {
                        adjusted.Reliefs[helped] = relief.Amount;
                        adjusted._reliefPlaces[helped] = place;
                    }
                    break;
                default:
                    throw new InvalidOperationException("A kind of adjustment that the engine does not know.");
            }
        }

        public void ReadFixed(HouseholdId id, Money amount, Place named)
        {
            int i = index.Find(id);
            if (i < 0) { faults.Add(FaultCode.HouseholdUnknown, named, ("household", id.Value)); }
            else if (adjusted.Fixed[i] is not null)
            {
                faults.Add(FaultCode.AdjustmentDuplicate, named, ("kind", Fixed), ("household", id.Value));
            }
            else
            {
                adjusted.Fixed[i] = amount;
                _mustPay.Add((i, Fixed, named));
            }
        }

        public void Finish()
        {
            IReadOnlyList<Household> households = index.Register.Households;
            var payers = new List<int>(households.Count);
            for (int i = 0; i < households.Count; i++)
            {
                List<int> group = !households[i].Joins ? adjusted.NotJoining
                    : _exempt.Contains(i) ? adjusted.Exempt
                    : adjusted.Fixed[i] is not null ? adjusted.FixedHouseholds
                    : payers;
                group.Add(i);
            }
            adjusted.Payers = new Payers(index, payers);
            foreach ((int i, string kind, Place place) in _mustPay)
            {
                if (!households[i].Joins || _exempt.Contains(i))
                {
                    faults.Add(FaultCode.HouseholdDoesNotPay, place, ("kind", kind), ("household", households[i].Id.Value));
                }
                if (kind != Fixed && adjusted.Fixed[i] is not null)
                {
                    faults.Add(FaultCode.FixedAndAdjusted, place, ("kind", kind), ("household", households[i].Id.Value));
                }
            }
            adjusted.Limits?.Check(adjusted.Payers, faults);
        }

        private void ReadLimit(Adjustment limit, HouseholdId? household, string kind, Place place)
        {
            adjusted.Limits ??= new StatedLimits(index.Register.Households.Count);
            if (household is HouseholdId id)
            {
                if (FindPaying(id, kind, place) is int i) { adjusted.Limits.Add(limit, i, place); }
            }
            else if (_met.Add((kind, null))) { adjusted.Limits.Add(limit, null, place); }
            else { faults.Add(FaultCode.AdjustmentDuplicate, place, ("kind", kind)); }
        }

        /// <summary>The position of a household that must be a payer; <see cref="Finish"/> sees whether it is.</summary>
        private int? FindPaying(HouseholdId id, string kind, Place place)
        {
            if (Find(id, kind, place) is not int i) { return null; }
            _mustPay.Add((i, kind, place.At("household")));
            return i;
        }

        /// <summary>The household's position, or null after telling why there is none or that this kind stands twice for it.</summary>
        private int? Find(HouseholdId id, string kind, Place place)
        {
            int i = index.Find(id);
            if (i < 0) { faults.Add(FaultCode.HouseholdUnknown, place.At("household"), ("household", id.Value)); }
            else if (!_met.Add((kind, i)))
            {
                faults.Add(FaultCode.AdjustmentDuplicate, place.At("household"), ("kind", kind), ("household", id.Value));
            }
            else { return i; }
            return null;
        }
    }
}
