using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison.Search;

/// <summary>How a blend is made up, in millionths of one per cent; the parts sum to 100 %.</summary>
internal readonly record struct BlendParts(long Coefficients, long Equal, long Area, long Height)
{
    public int Count => (Coefficients > 0 ? 1 : 0) + (Equal > 0 ? 1 : 0) + (Area > 0 ? 1 : 0) + (Height > 0 ? 1 : 0);
}

/// <summary>The coefficients of a scheme: 0 below the first floor, the base on it, a step more on each floor above, all in millionths.</summary>
internal readonly record struct Coefficients(int FirstFloor, SharedBy SharedBy, Within Within, long Base, long Step)
{
    public long On(int floor) => floor < FirstFloor ? 0 : Base + (Step * (floor - FirstFloor));
}

/// <summary>A family of schemes, counted and in order.</summary>
/// <remarks>
/// The order: first the blends without coefficients, then, for each first floor, way of sharing and pair of base and step, the blends with them; each blend without a cap and then under each cap. Within each of these the
/// order is that of the request; blends begin with the most of the coefficients, then of equal shares, then of area.
/// </remarks>
internal sealed class Family
{
    private readonly (SharedBy SharedBy, Within Within)[] _ways;
    private readonly (long Base, long Step)[] _pairs;
    private readonly int _lowest;

    private Family(int lowest, int floors, (SharedBy, Within)[] ways, (long, long)[] pairs, BlendParts[] without, BlendParts[] with, Money?[] caps)
    {
        (_lowest, _ways, _pairs, Without, With, Caps) = (lowest, ways, pairs, without, with, caps);
        CoefficientSets = floors * ways.Length * pairs.Length;
        Size = ((long)without.Length + ((long)CoefficientSets * with.Length)) * caps.Length;
    }

    /// <summary>The blends without coefficients.</summary>
    public BlendParts[] Without { get; }

    /// <summary>The blends with coefficients.</summary>
    public BlendParts[] With { get; }

    /// <summary>The caps; null for none.</summary>
    public Money?[] Caps { get; }

    /// <summary>How many sets of coefficients there are.</summary>
    public int CoefficientSets { get; }

    /// <summary>How many schemes there are.</summary>
    public long Size { get; }

    /// <summary>How many schemes of the family have one set of coefficients, or none.</summary>
    public int BlockOf(int set) => (set < 0 ? Without.Length : With.Length) * Caps.Length;

    /// <summary>Reads a family, or returns null after telling what is wrong with it.</summary>
    public static Family? Of(SchemeFamily asked, Floor storeys, Place place, FaultList faults)
    {
        int before = faults.Count;
        int lowest = 1, floors = 0;
        (SharedBy, Within)[] ways = [];
        long[] bases = [], steps = [];
        if (asked.Coefficients is CoefficientFamily coefficients)
        {
            Place own = place.At("coefficients");
            Floor from = coefficients.FirstFloor.From, to = coefficients.FirstFloor.To ?? from;
            if (to < from) { faults.Add(FaultCode.RangeFalls, own.At("firstFloor"), ("from", $"{from}"), ("to", $"{to}")); }
            else if (to > storeys) { faults.Add(FaultCode.FloorUnknown, own.At("firstFloor"), ("floor", to.Number), ("storeys", storeys.Number)); }
            else { (lowest, floors) = (from.Number, to.Number - from.Number + 1); }
            bases = Numbers(coefficients.Base, own.At("base"), faults);
            steps = Numbers(coefficients.Step, own.At("step"), faults);
            CheckTwice(coefficients.SharedBy, own.At("sharedBy"), faults);
            CheckTwice(coefficients.Within, own.At("within"), faults);
            ways = [.. coefficients.SharedBy.SelectMany(sharedBy => sharedBy == SharedBy.Floor
                ? coefficients.Within.Select(within => (sharedBy, within))
                : [(sharedBy, Within.Area)])];
        }
        CheckTwice(asked.Blend?.With ?? [], place.At("blend").At("with"), faults);
        CheckTwice(asked.Caps, place.At("capsFen"), faults);
        bool isEven = true;
        if (asked.Blend is BlendFamily blend && (blend.Step.Millionths < Percentage.WholeMillionths / 100 || Percentage.WholeMillionths % blend.Step.Millionths != 0))
        {
            isEven = false;
            faults.Add(FaultCode.BlendStepUneven, place.At("blend").At("stepPercent"), ("percent", Percentage.Text(blend.Step.Millionths)));
        }
        Money?[] caps = [.. asked.Uncapped ? new Money?[] { null } : [], .. asked.Caps.Select(cap => (Money?)cap)];
        if ((asked.Coefficients is null && asked.Blend is null) || caps.Length == 0) { faults.Add(FaultCode.FamilyEmpty, place); }
        if (faults.Count > before || !isEven) { return null; }

        BlendParts[] blends = Blends(asked);
        BlendParts[] with = [.. blends.Where(parts => parts.Coefficients > 0)], without = [.. blends.Where(parts => parts.Coefficients == 0)];
        long count = ((long)without.Length + ((long)floors * ways.Length * bases.Length * steps.Length * with.Length)) * caps.Length;
        if (count > SearchRequest.MostSchemes)
        {
            faults.Add(FaultCode.FamilyTooLarge, place, ("count", count), ("limit", SearchRequest.MostSchemes));
            return null;
        }
        return new Family(lowest, floors, ways, Unlike(bases, steps), without, with, caps);
    }

    /// <summary>A set of coefficients, by its place.</summary>
    public Coefficients Set(int set)
    {
        (int rest, int pair) = int.DivRem(set, _pairs.Length);
        (int floor, int way) = int.DivRem(rest, _ways.Length);
        return new Coefficients(_lowest + floor, _ways[way].SharedBy, _ways[way].Within, _pairs[pair].Base, _pairs[pair].Step);
    }

    /// <summary>A scheme of the family: the place of its coefficients, or -1, of its blend among those of its kind, and of its cap.</summary>
    /// <param name="member">The place of the scheme in the family, from 0.</param>
    public (int Set, int Blend, int Cap) At(int member)
    {
        int plain = BlockOf(-1);
        int set = member < plain ? -1 : (member - plain) / BlockOf(0);
        (int blend, int cap) = int.DivRem(set < 0 ? member : (member - plain) % BlockOf(0), Caps.Length);
        return (set, blend, cap);
    }

    /// <summary>The rule of a scheme.</summary>
    public Rule RuleOf(int set, int blend)
    {
        BlendParts parts = (set < 0 ? Without : With)[blend];
        var rules = new List<(long Part, Rule Rule)>();
        if (parts.Coefficients > 0) { rules.Add((parts.Coefficients, RuleOf(Set(set)))); }
        if (parts.Equal > 0) { rules.Add((parts.Equal, new EqualRule())); }
        if (parts.Area > 0) { rules.Add((parts.Area, new AreaRule())); }
        if (parts.Height > 0) { rules.Add((parts.Height, new RideRule())); }
        return rules.Count == 1
            ? rules[0].Rule
            : new MixRule { Parts = [.. rules.Select(entry => new MixPart { Percent = Percentage.FromMillionths(entry.Part), Rule = entry.Rule })] };
    }

    /// <summary>How much there is to explain of a scheme.</summary>
    public int Complexity(int set, int blend, int cap)
    {
        BlendParts parts = (set < 0 ? Without : With)[blend];
        int sharing = set < 0 ? 0 : Set(set) switch
        {
            { SharedBy: SharedBy.Household } => 0,
            { SharedBy: SharedBy.Floor, Within: Within.Area } => 2,
            _ => 1,
        };
        return parts.Count - 1 + (Caps[cap] is null ? 0 : 1) + sharing;
    }

    private static FloorCoefficientsRule RuleOf(Coefficients set) => new()
    {
        Coefficients = Enumerable.Range(1, set.FirstFloor).ToDictionary(Floor.Of, floor => Coefficient.FromMillionths(set.On(floor))),
        StepAbove = Coefficient.FromMillionths(set.Step),
        SharedBy = set.SharedBy,
        Within = set.Within,
    };

    private static long[] Numbers(CoefficientRange range, Place place, FaultList faults)
    {
        long from = range.From.Millionths, to = range.To?.Millionths ?? from, step = range.Step?.Millionths ?? 0;
        if (to < from)
        {
            faults.Add(FaultCode.RangeFalls, place, ("from", Percentage.Text(from)), ("to", Percentage.Text(to)));
            return [];
        }
        if (to > from && step == 0)
        {
            faults.Add(FaultCode.RangeStepMissing, place);
            return [];
        }
        long count = to == from ? 1 : ((to - from) / step) + 1;
        if (count > CoefficientRange.Most)
        {
            faults.Add(FaultCode.RangeTooLong, place, ("count", count), ("limit", CoefficientRange.Most));
            return [];
        }
        return [.. Enumerable.Range(0, (int)count).Select(k => from + (k * step))];
    }

    private static void CheckTwice<T>(IReadOnlyList<T> listed, Place place, FaultList faults)
    {
        var met = new HashSet<T>();
        for (int k = 0; k < listed.Count; k++)
        {
            if (met.Add(listed[k])) { continue; }
            string value = listed[k] is Money money ? money.Fen.ToString(CultureInfo.InvariantCulture) : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{listed[k]}");
            faults.Add(FaultCode.ListedTwice, place.At(k), ("value", value));
        }
    }

    private static BlendParts[] Blends(SchemeFamily asked)
    {
        const long whole = Percentage.WholeMillionths;
        if (asked.Blend is not BlendFamily blend) { return [new BlendParts(whole, 0, 0, 0)]; }
        bool equal = blend.With.Contains(BlendRule.Equal), area = blend.With.Contains(BlendRule.Area), height = blend.With.Contains(BlendRule.Height);
        IEnumerable<long> Parts(bool may, long left) => may ? Enumerable.Range(0, (int)(left / blend.Step.Millionths) + 1).Select(k => left - (k * blend.Step.Millionths)) : [0];
        return [.. from c in Parts(asked.Coefficients is not null, whole)
                   from e in Parts(equal, whole - c)
                   from a in Parts(area, whole - c - e)
                   let h = whole - c - e - a
                   where height || h == 0
                   select new BlendParts(c, e, a, h)];
    }

    /// <summary>The pairs of which no earlier one stands in the same proportion.</summary>
    private static (long, long)[] Unlike(long[] bases, long[] steps)
    {
        var met = new HashSet<(long, long)>();
        var pairs = new List<(long, long)>();
        foreach (long start in bases)
        {
            foreach (long step in steps)
            {
                (long a, long b) = (start, step);
                while (b != 0) { (a, b) = (b, a % b); }
                if (met.Add(a == 0 ? (0, 0) : (start / a, step / a))) { pairs.Add((start, step)); }
            }
        }
        return [.. pairs];
    }
}
