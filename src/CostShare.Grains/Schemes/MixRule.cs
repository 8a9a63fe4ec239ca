using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Schemes;

/// <summary>Several rules side by side, each sharing its percentage of the amount 组合: half by value, half by height.</summary>
/// <remarks>Source of the form: Italian Civil Code, article 1124. Mixes may stand in mixes, 4 deep.</remarks>
public sealed record MixRule : Rule
{
    /// <summary>How deeply mixes may be nested, this one counted.</summary>
    public const int MostDepth = 4;

    /// <summary>The parts; their percentages sum to exactly 100.</summary>
    [Length(2, 8)]
    public required IReadOnlyList<MixPart> Parts { get; init; }

    internal override int Size => Parts.Sum(part => part.Rule.Size);

    internal override int ExplainedSize(int lines) => Parts.Sum(part => part.Rule.ExplainedSize(lines));

    private int Depth => 1 + Parts.Max(part => part.Rule is MixRule mix ? mix.Depth : 0);

    internal override void Check(Sharing sharing, Place place)
    {
        if (Depth > MostDepth)
        {
            sharing.Faults.Add(FaultCode.MixTooDeep, place, ("limit", MostDepth));
            return;
        }
        Place list = place.At("parts");
        long sum = Parts.Sum(part => part.Percent.Millionths);
        if (sum != Percentage.WholeMillionths) { sharing.Faults.Add(FaultCode.DoesNotClose, list, ("sum", Percentage.Text(sum))); }
        for (int k = 0; k < Parts.Count; k++)
        {
            Parts[k].Rule.CheckInside(sharing, list.At(k).At("rule"));
        }
    }

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        Fraction[] shares = sharing.Nothing;
        var byPart = new List<Fraction[]>(Parts.Count);
        for (int k = 0; k < Parts.Count; k++)
        {
            byPart.Add(SharePart(sharing, amount, Parts[k], place.At("parts").At(k)));
            if (sharing.GaveUp) { return shares; }
            foreach (int i in sharing.Payers.Positions) { shares[i] += byPart[k][i]; }
            // Parts with unlike denominators grow the sum; hundreds of them would grow it without end.
            if (sharing.IsTooLong(shares, place)) { return shares; }
        }
        sharing.Derivation.Note(StepCode.MixSum, sharing.Payers.Positions,
            [.. byPart.Select((part, k) => Column.Each($"part{k + 1}", part))], shares);
        return shares;
    }

    private static Fraction[] SharePart(Sharing sharing, Fraction amount, MixPart part, Place place)
    {
        Fraction partAmount = amount * part.Percent.Part;
        Fraction[] results = sharing.Nothing;
        Array.Fill(results, partAmount);
        sharing.Derivation.Note(StepCode.MixPart, sharing.Payers.Positions,
            [Column.Same("amount", amount), Column.Same("percent", part.Percent.Number)], results);
        return part.Rule.ShareInside(sharing, partAmount, place.At("rule"));
    }
}

/// <summary>One rule of a mix and its part of the amount.</summary>
public sealed record MixPart
{
    /// <summary>Its part of the amount, in per cent.</summary>
    public required Percentage Percent { get; init; }

    /// <summary>The rule; anything but <c>fixed</c>, <c>steps</c> and <c>perCost</c>.</summary>
    public required Rule Rule { get; init; }
}
