using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Schemes;

/// <summary>Each cost line by its own rule 分项分摊: the lift by floor, the corridor bridges only by those who use them.</summary>
/// <remarks>
/// What residents pay of each line is shared by the line's rule, and the shares are summed; where the amount to share is another (compensation,
/// fixed amounts), the sums are scaled to it. Stands at the top of a scheme, or as the remainder of <c>fixed</c>.
/// </remarks>
public sealed record PerCostRule : Rule
{
    /// <summary>
    /// The rules, by the id of the cost line; anything but <c>fixed</c>, <c>steps</c> and <c>perCost</c>. Every line of which residents pay a part
    /// needs one, unless <c>otherwise</c> is stated.
    /// </summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyDictionary<CostId, Rule> Rules { get; init; }

    /// <summary>The rule for all other lines together; the same kinds.</summary>
    public Rule? Otherwise { get; init; }

    internal override int Size => Rules.Values.Sum(rule => rule.Size) + (Otherwise?.Size ?? 0);

    // A household is told each cost line that a rule shares.
    internal override int ExplainedSize(int lines) => lines + Rules.Values.Sum(rule => rule.ExplainedSize(lines)) + (Otherwise?.ExplainedSize(lines) ?? 0);

    internal override string? OnlyAtTop => "perCost";

    internal override void Check(Sharing sharing, Place place)
    {
        foreach ((CostId cost, Rule rule) in Rules)
        {
            Place entry = place.At("rules").At(cost.Value);
            if (!sharing.Costs.Contains(cost)) { sharing.Faults.Add(FaultCode.CostUnknown, entry, ("cost", cost.Value)); }
            rule.CheckInside(sharing, entry);
        }
        Otherwise?.CheckInside(sharing, place.At("otherwise"));
    }

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        Fraction[] shares = sharing.Nothing;
        Fraction selfFunded = Fraction.Zero;
        var byPot = new List<Fraction[]>();
        foreach (Pot pot in Pots(sharing, place))
        {
            Fraction potAmount = pot.Lines.Aggregate(Fraction.Zero, (sum, line) => sum + line.Value);
            // What others pay whole is not shared, so a rule that could not share it is no reason to refuse.
            if (sharing.AmountKnown && potAmount.Sign == 0) { continue; }
            sharing.Derivation.Note(StepCode.CostLines, sharing.Payers.Positions,
                [.. pot.Lines.Where(line => line.Value.Sign > 0).Select(line => Column.Same(line.Name, line.Value))], _ => potAmount);
            Fraction[] potShares = pot.Rule.ShareInside(sharing, potAmount, pot.Place);
            if (sharing.GaveUp) { return shares; }
            selfFunded += potAmount;
            byPot.Add(potShares);
            foreach (int i in sharing.Payers.Positions) { shares[i] += potShares[i]; }
            if (sharing.IsTooLong(shares, place)) { return shares; }
        }
        sharing.Derivation.Note(StepCode.CostSum, sharing.Payers.Positions,
            [.. byPot.Select((part, k) => Column.Each($"part{k + 1}", part))], shares);
        return selfFunded == amount ? shares : Scale(sharing, shares, selfFunded, amount, place);
    }

    /// <summary>The lines that have a rule of their own, in cost order, and then all others together.</summary>
    private List<Pot> Pots(Sharing sharing, Place place)
    {
        var pots = new List<Pot>();
        var others = new List<StepInput>();
        for (int k = 0; k < sharing.Costs.Count; k++)
        {
            CostId cost = sharing.Costs[k];
            Money selfFunded = sharing.SelfFunded?[k] ?? Money.Zero;
            var line = new StepInput(cost.Value, sharing.AmountKnown ? selfFunded.Fen : 0);
            if (Rules.TryGetValue(cost, out Rule? rule)) { pots.Add(new Pot([line], rule, place.At("rules").At(cost.Value))); }
            else if (Otherwise is not null) { others.Add(line); }
            else if (selfFunded > Money.Zero) { sharing.Faults.Add(FaultCode.CostMissing, place.At("rules"), ("cost", cost.Value)); }
        }
        if (others.Count > 0) { pots.Add(new Pot(others, Otherwise!, place.At("otherwise"))); }
        return pots;
    }

    private static Fraction[] Scale(Sharing sharing, Fraction[] sums, Fraction selfFunded, Fraction amount, Place place)
    {
        if (selfFunded.Sign == 0)
        {
            sharing.Faults.Add(FaultCode.NothingSelfFunded, place, ("amountFen", amount.Floor()));
            return sums;
        }
        Fraction factor = amount / selfFunded;
        Fraction[] shares = sharing.Nothing;
        foreach (int i in sharing.Payers.Positions) { shares[i] = sums[i] * factor; }
        sharing.Derivation.Note(StepCode.CostScale, sharing.Payers.Positions,
            [Column.Each("share", sums), Column.Same("toShare", amount), Column.Same("selfFunded", selfFunded)], shares);
        return shares;
    }

    /// <summary>Cost lines that one rule shares.</summary>
    private sealed record Pot(IReadOnlyList<StepInput> Lines, Rule Rule, Place Place);
}
