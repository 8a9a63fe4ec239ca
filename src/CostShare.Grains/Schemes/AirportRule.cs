using System.ComponentModel.DataAnnotations;
using System.Numerics;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>How the stand-alone costs of an airport rule become shares.</summary>
public enum AirportMethod
{
    /// <summary>
    /// Each segment of the shaft is shared by all who live at its top or above: the Shapley value, also called sequential equal contributions.
    /// Source: Littlechild and Owen, "A simple expression for the Shapley value in a special case", Management Science 20 (1973).
    /// </summary>
    Shapley,
    /// <summary>
    /// As equal as can be while no group pays more than a lift of its own: constrained equal contributions.
    /// Source: Aadland and Kolpin, "Shared irrigation costs: An empirical and axiomatic analysis", Mathematical Social Sciences 35 (1998).
    /// </summary>
    ConstrainedEqual,
    /// <summary>
    /// As proportional to the stand-alone costs as can be while no group pays more than a lift of its own.
    /// Source: Thomson, "Cost allocation and airport problems", a survey of 2014, revised in 2024.
    /// </summary>
    ConstrainedProportional,
    /// <summary>
    /// What every group saves beside a lift of its own is as large as can be, for the group that saves least first: the nucleolus, also called slack maximiser.
    /// Source: Littlechild, "A simple expression for the nucleolus in a special case", International Journal of Game Theory 3 (1974).
    /// </summary>
    Nucleolus,
    /// <summary>
    /// All who pay save the same beside a lift of their own; those whose own lift costs less than that pay nothing.
    /// Source: Hu, Tsay and Yeh, "Axiomatic and strategic justifications for the constrained equal benefits rule in the airport problem",
    /// Games and Economic Behavior 75 (2012).
    /// </summary>
    ConstrainedEqualBenefits,
}

/// <summary>What one household counts beside another.</summary>
public enum AirportWeight
{
    /// <summary>Every household counts the same.</summary>
    Household,
    /// <summary>Every household counts by its area.</summary>
    Area,
}

/// <summary>Who takes part in the game.</summary>
public enum AirportBy
{
    /// <summary>The households.</summary>
    Household,
    /// <summary>The floors first, each as one; then the flats of each floor share what it carries.</summary>
    Floor,
}

/// <summary>By what a lift only up to each floor would cost 机场规则: who does not need the upper part of the shaft does not pay for it.</summary>
/// <remarks>
/// The methods share the highest stand-alone cost of the payers; the shares are scaled to the amount. Under each of them no group of
/// households pays more than a lift of its own would cost (scaled alike).
/// Weights by area: Shapley shares each segment by area (the weighted Shapley value of Kalai and Samet, International Journal of Game
/// Theory 16, 1987, in its dual form), and constrained equal makes the shares per square metre as equal as can be. By floor: the value of
/// Owen, with floors as unions (Vázquez-Brage, van den Nouweland and García-Jurado, "Owen's coalitional value and aircraft landing fees",
/// Mathematical Social Sciences 34, 1997); with weight area the flats of a floor then share by area. Other combinations are not offered.
/// </remarks>
public sealed record AirportRule : Rule
{
    /// <summary>How the stand-alone costs become shares.</summary>
    public required AirportMethod Method { get; init; }

    /// <summary>
    /// What a lift serving only up to that floor would cost, by floor. Every floor that has a payer needs an entry; a 0 must be written.
    /// It never falls from one floor listed to the next, and the highest floor with a payer needs more than 0.
    /// </summary>
    [Length(1, Floor.Highest)]
    [JsonPropertyName("standAloneFen")]
    public required IReadOnlyDictionary<Floor, Money> StandAlone { get; init; }

    /// <summary>
    /// What a household counts; alike unless stated. By area only with <c>shapley</c> and <c>constrainedEqual</c>; with <c>by</c> floor it says
    /// how the flats of a floor divide what the floor carries.
    /// </summary>
    public AirportWeight Weight { get; init; } = AirportWeight.Household;

    /// <summary>Who takes part, households unless stated. Floors only with <c>shapley</c>.</summary>
    public AirportBy By { get; init; } = AirportBy.Household;

    // A household is told each segment of the shaft that it shares.
    internal override int ExplainedSize(int lines) => Method == AirportMethod.Shapley ? StandAlone.Count : 1;

    internal override void Check(Sharing sharing, Place place)
    {
        Place map = place.At("standAloneFen");
        sharing.CheckFloors(StandAlone.Keys, map);
        Floor[] listed = [.. StandAlone.Keys.Order()];
        for (int k = 1; k < listed.Length; k++)
        {
            (Money cost, Money below) = (StandAlone[listed[k]], StandAlone[listed[k - 1]]);
            if (cost >= below) { continue; }
            sharing.Faults.Add(FaultCode.StandAloneFalls, map.At(listed[k].ToString()),
                ("floor", listed[k].Number), ("costFen", cost.Fen), ("lowerFloor", listed[k - 1].Number), ("lowerCostFen", below.Fen));
        }
        if (Weight == AirportWeight.Area && Method is not (AirportMethod.Shapley or AirportMethod.ConstrainedEqual))
        {
            sharing.Faults.Add(FaultCode.AirportFormNotOffered, place.At("weight"), ("member", "weight"), ("value", "area"));
        }
        if (By == AirportBy.Floor && Method != AirportMethod.Shapley)
        {
            sharing.Faults.Add(FaultCode.AirportFormNotOffered, place.At("by"), ("member", "by"), ("value", "floor"));
        }
    }

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        Place map = place.At("standAloneFen");
        if (!sharing.CoversFloors(floor => StandAlone.ContainsKey(Floor.Of(floor)), map)) { return sharing.Nothing; }
        var levels = new Levels(sharing, amount, this);
        if (levels.Highest == Money.Zero)
        {
            // Where a lower floor costs more, the fall was told.
            if (levels.AllZero) { sharing.Faults.Add(FaultCode.StandAloneZero, map); }
            return sharing.Nothing;
        }
        sharing.Derivation.Note(StepCode.StandAlone, sharing.Payers.Positions,
            [
                Column.Same("amount", amount),
                Column.Some("standAlone", i => levels.StandAloneOf(i)),
                Column.Same("highest", levels.Highest.Fen),
            ],
            i => levels.CostOf(i));
        return Method switch
        {
            AirportMethod.Shapley when By == AirportBy.Floor =>
                sharing.WithinFloors(levels.Segments(), Weight == AirportWeight.Area ? Within.Area : Within.Equal),
            AirportMethod.Shapley => levels.Segments(),
            AirportMethod.ConstrainedEqual or AirportMethod.ConstrainedProportional => levels.Blocks(),
            AirportMethod.Nucleolus => levels.SlackRounds(),
            AirportMethod.ConstrainedEqualBenefits => levels.EqualBenefits(),
            _ => throw new InvalidOperationException($"No method {Method}."),
        };
    }

    /// <summary>The floors that have a payer, from the lowest up: the game in the form in which all methods are short.</summary>
    /// <remarks>
    /// All members are indexed by level. The methods work on whole numbers, the stated costs in fen, and their results are scaled;
    /// the scaled costs are those that the derivation speaks of.
    /// </remarks>
    private sealed class Levels
    {
        private readonly Sharing _sharing;
        private readonly int[] _floors;
        private readonly int[] _levelOfFloor;
        private readonly long[] _standAlone;
        private readonly int[] _payers;
        private readonly Int128[] _weights;
        private readonly Fraction _scale;
        private readonly Fraction[] _costs;
        private readonly Func<Household, Int128> _weightOf;
        private readonly bool _byArea;
        private readonly bool _byCost;
        private readonly bool _byFloor;

        public Levels(Sharing sharing, Fraction amount, AirportRule rule)
        {
            _sharing = sharing;
            Payers payers = sharing.Payers;
            _floors = [.. Enumerable.Range(1, payers.Storeys).Where(floor => payers.On(floor) > 0)];
            _levelOfFloor = new int[payers.Storeys + 1];
            for (int level = 0; level < _floors.Length; level++) { _levelOfFloor[_floors[level]] = level; }
            _standAlone = [.. _floors.Select(floor => rule.StandAlone[Floor.Of(floor)].Fen)];
            _payers = [.. _floors.Select(payers.On)];
            Highest = Money.FromFen(_standAlone[^1]);
            _scale = Highest == Money.Zero ? Fraction.Zero : amount / Highest.Fen;
            _costs = [.. _standAlone.Select(cost => _scale * cost)];

            // By floor each floor counts once, whoever lives there; constrained proportional is constrained equal with the costs as weights.
            _byFloor = rule.By == AirportBy.Floor;
            _byArea = rule.Weight == AirportWeight.Area && !_byFloor;
            _byCost = rule.Method == AirportMethod.ConstrainedProportional;
            _weightOf = _byCost ? household => _standAlone[LevelOf(household)] : _byArea ? household => household.Area.Hundredths : _ => 1;
            _weights = new Int128[_floors.Length];
            if (_byFloor) { Array.Fill(_weights, 1); }
            else { foreach (int i in payers.Positions) { _weights[LevelOf(payers[i])] += _weightOf(payers[i]); } }
        }

        /// <summary>The stand-alone cost of the highest floor that has a payer.</summary>
        public Money Highest { get; }

        /// <summary>Whether no floor that has a payer costs anything.</summary>
        public bool AllZero => Array.TrueForAll(_standAlone, cost => cost == 0);

        public long StandAloneOf(int household) => _standAlone[LevelOf(_sharing.Payers[household])];

        public Fraction CostOf(int household) => _costs[LevelOf(_sharing.Payers[household])];

        /// <summary>Each segment shared by weight among all from its floor up.</summary>
        public Fraction[] Segments()
        {
            var above = new Int128[_floors.Length + 1];
            for (int level = _floors.Length - 1; level >= 0; level--) { above[level] = above[level + 1] + _weights[level]; }
            Fraction[] segments = [.. _floors.Select((_, level) => _scale * Fraction.Of(Rise(level), above[level]))];
            Fraction[] rates = [.. segments];
            for (int level = 1; level < rates.Length; level++) { rates[level] += rates[level - 1]; }
            Fraction[] shares = AtRates(rates);
            _sharing.Derivation.Note(_sharing.Payers.Positions, i => SegmentSteps(i, above, segments, shares[i]));
            return shares;
        }

        private IEnumerable<Step> SegmentSteps(int household, Int128[] above, Fraction[] segments, Fraction share)
        {
            int own = LevelOf(_sharing.Payers[household]);
            Int128 weight = _weightOf(_sharing.Payers[household]);
            var parts = new List<StepInput>();
            for (int level = 0; level <= own; level++)
            {
                // A floor that needs no more than the one below it has no segment of its own.
                if (level > 0 && Rise(level) == 0) { continue; }
                Fraction part = segments[level] * weight;
                parts.Add(new StepInput($"segment{parts.Count + 1}", part));
                StepInput[] cost = [new("floor", _floors[level]), new("cost", _costs[level]), new("below", level == 0 ? Fraction.Zero : _costs[level - 1])];
                yield return _byArea
                    ? new Step(StepCode.SegmentByArea, [.. cost, new("areaM2", InSquareMetres(weight)), new("totalAreaM2", InSquareMetres(above[level]))], part)
                    : _byFloor ? new Step(StepCode.SegmentOfFloors, [.. cost, new("floors", above[level])], part)
                    : new Step(StepCode.Segment, [.. cost, new("households", above[level])], part);
            }
            yield return new Step(StepCode.SegmentSum, parts, share);
        }

        /// <summary>Blocks of floors, each of which pays what it adds to the cost, at rates that rise from block to block.</summary>
        /// <remarks>
        /// The rates are the slopes of the greatest convex function below the points (weight up to a floor, cost of the floor), found by
        /// pooling neighbours that are out of order. Source of the algorithm: Barlow, Bartholomew, Bremner and Brunk, Statistical Inference
        /// under Order Restrictions, Wiley, 1972, section 1.2.
        /// </remarks>
        public Fraction[] Blocks()
        {
            var blocks = new List<(int First, Int128 Rise, Int128 Weight)>();
            for (int level = 0; level < _floors.Length; level++)
            {
                (int First, Int128 Rise, Int128 Weight) block = (level, Rise(level), _weights[level]);
                while (blocks.Count > 0 && blocks[^1].Rise * block.Weight >= block.Rise * blocks[^1].Weight)
                {
                    block = (blocks[^1].First, blocks[^1].Rise + block.Rise, blocks[^1].Weight + block.Weight);
                    blocks.RemoveAt(blocks.Count - 1);
                }
                blocks.Add(block);
            }
            var rates = new Fraction[_floors.Length];
            var blockOf = new int[_floors.Length];
            for (int k = 0; k < blocks.Count; k++)
            {
                int end = EndOf(k);
                Fraction rate = _scale * Fraction.Of(blocks[k].Rise, blocks[k].Weight);
                for (int level = blocks[k].First; level < end; level++) { (rates[level], blockOf[level]) = (rate, k); }
            }
            Fraction[] shares = AtRates(rates);
            Column[] weights = _byArea
                ? [Column.Some("areaM2", i => InSquareMetres(WeightOf(i))), Column.Some("totalAreaM2", i => InSquareMetres(blocks[BlockOf(i)].Weight))]
                : _byCost ? [Column.Some("standAlone", i => WeightOf(i)), Column.Some("totalStandAlone", i => blocks[BlockOf(i)].Weight)]
                : [Column.Some("households", i => blocks[BlockOf(i)].Weight)];
            _sharing.Derivation.Note(_byArea ? StepCode.BlockByArea : _byCost ? StepCode.BlockByCost : StepCode.Block, _sharing.Payers.Positions,
                [
                    Column.Some("fromFloor", i => _floors[blocks[BlockOf(i)].First]),
                    Column.Some("toFloor", i => _floors[EndOf(BlockOf(i)) - 1]),
                    Column.Some("cost", i => _costs[EndOf(BlockOf(i)) - 1]),
                    Column.Some("below", i => BlockOf(i) == 0 ? Fraction.Zero : _costs[blocks[BlockOf(i)].First - 1]),
                    .. weights,
                ],
                i => shares[i]);
            return shares;

            int BlockOf(int household) => blockOf[LevelOf(_sharing.Payers[household])];
            int EndOf(int block) => block + 1 < blocks.Count ? blocks[block + 1].First : _floors.Length;
        }

        /// <summary>Rounds from the bottom up: the floors with the least slack per head settle on the share that leaves each of them that slack.</summary>
        /// <remarks>
        /// In each round the share is the least, over the floors not settled, of what is not collected yet of the floor's cost over its
        /// payers from the first unsettled floor up and one more; at the highest floor over the payers alone.
        /// </remarks>
        public Fraction[] SlackRounds()
        {
            var shares = new Fraction[_floors.Length];
            var rounds = new (int First, int Last, Fraction Collected, int Payers, int Spare)[_floors.Length];
            Fraction collected = Fraction.Zero;
            for (int first = 0; first < _floors.Length;)
            {
                (int last, int payers, int spare) = LeastSlack(first, collected);
                Fraction share = (_standAlone[last] - collected) / (payers + spare);
                for (int level = first; level <= last; level++)
                {
                    shares[level] = _scale * share;
                    rounds[level] = (first, last, _scale * collected, payers, spare);
                }
                collected += share * payers;
                first = last + 1;
            }
            Fraction[] ofHouseholds = AtRates(shares);
            _sharing.Derivation.Note(StepCode.SlackRound, _sharing.Payers.Positions,
                [
                    Column.Some("fromFloor", i => _floors[RoundOf(i).First]),
                    Column.Some("toFloor", i => _floors[RoundOf(i).Last]),
                    Column.Some("cost", i => _costs[RoundOf(i).Last]),
                    Column.Some("collected", i => RoundOf(i).Collected),
                    Column.Some("households", i => RoundOf(i).Payers),
                    Column.Some("spare", i => RoundOf(i).Spare),
                ],
                i => ofHouseholds[i]);
            return ofHouseholds;

            (int First, int Last, Fraction Collected, int Payers, int Spare) RoundOf(int household) => rounds[LevelOf(_sharing.Payers[household])];
        }

        // Of several floors with the same least share the highest ends the round. Compared in whole numbers over the denominator of
        // what is collected, which may be long.
        private (int Last, int Payers, int Spare) LeastSlack(int first, Fraction collected)
        {
            (int Last, int Payers, int Spare) least = default;
            BigInteger leastMissing = BigInteger.Zero;
            int payers = 0;
            for (int level = first; level < _floors.Length; level++)
            {
                payers += _payers[level];
                int spare = level + 1 < _floors.Length ? 1 : 0;
                BigInteger missing = (_standAlone[level] * collected.Denominator) - collected.Numerator;
                if (level > first && missing * (least.Payers + least.Spare) > leastMissing * (payers + spare)) { continue; }
                (least, leastMissing) = ((level, payers, spare), missing);
            }
            return least;
        }

        /// <summary>The stand-alone cost less one benefit for all, but never below 0.</summary>
        public Fraction[] EqualBenefits()
        {
            Int128 costs = 0, payers = 0;
            Fraction benefit = Fraction.Zero;
            for (int level = _floors.Length - 1; level >= 0; level--)
            {
                // Floors join from the top down as long as they would save more than the benefit without paying.
                if (payers > 0 && _standAlone[level] <= benefit) { break; }
                costs += (Int128)_standAlone[level] * _payers[level];
                payers += _payers[level];
                benefit = Fraction.Of(costs - _standAlone[^1], payers);
            }
            Fraction scaled = _scale * benefit;
            Fraction[] shares = AtRates([.. _costs.Select(cost => Fraction.Max(Fraction.Zero, cost - scaled))]);
            _sharing.Derivation.Note(StepCode.EqualBenefit, _sharing.Payers.Positions,
                [Column.Some("cost", i => CostOf(i)), Column.Same("benefit", scaled)], i => shares[i]);
            return shares;
        }

        private Int128 WeightOf(int household) => _weightOf(_sharing.Payers[household]);

        private static Fraction InSquareMetres(Int128 hundredths) => Fraction.Of(hundredths, Sharing.SquareMetre);

        private int LevelOf(Household household) => _levelOfFloor[household.Floor.Number];

        /// <summary>What a level adds to the stand-alone cost of the one below it, in fen.</summary>
        private long Rise(int level) => level == 0 ? _standAlone[0] : _standAlone[level] - _standAlone[level - 1];

        // Households of one floor mostly weigh the same, and long fractions are slow to multiply.
        private Fraction[] AtRates(Fraction[] rates)
        {
            Payers payers = _sharing.Payers;
            var shares = new Fraction[payers.Households];
            var met = new (Int128 Weight, Fraction Share)[rates.Length];
            foreach (int i in payers.Positions)
            {
                Int128 weight = _weightOf(payers[i]);
                int level = LevelOf(payers[i]);
                if (met[level].Weight != weight) { met[level] = (weight, rates[level] * weight); }
                shares[i] = met[level].Share;
            }
            return shares;
        }
    }
}
