using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;

namespace CostShare.Grains.Streets;

/// <summary>Holds what is recorded of subsidies against the rules in force on their days, stair by stair.</summary>
/// <remarks>Feed it the stairs of a street or city one after the other, in the order of their ids, and ask for the result.</remarks>
/// <param name="policies">The policies.</param>
/// <param name="all">Whether lines are kept of which nothing is wrong; totals count them either way.</param>
public sealed class SubsidyCheck(PolicyBook policies, bool all)
{
    private readonly List<SubsidyLine> _lines = [];
    private readonly Dictionary<string, List<Claim>> _byCertificate = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Street, string Address), List<(string? Estate, Claim Claim)>> _byAddress = [];
    private Int128 _rule, _recorded, _difference;
    private int _checked, _differing, _refused, _withoutRule;

    /// <summary>The certificates that claims of the stairs so far rest on, as <see cref="SubsidyStanding.CertificateKey"/>, by which those elsewhere are found.</summary>
    public IReadOnlyCollection<string> Certificates => _byCertificate.Keys;

    /// <summary>Takes a stair.</summary>
    /// <param name="summary">The stair.</param>
    public void Add(BuildingSummary summary)
    {
        var faults = new FaultList();
        FundingResult? result = StairFunding.Run(summary, summary.Funding, policies.Subsidies, faults);
        for (int i = 0; i < summary.Funding.Count; i++)
        {
            SubsidyStanding? standing = summary.Subsidies.FirstOrDefault(known => known.Source == summary.Funding[i].Id);
            if (summary.Funding[i] is not PolicySource source)
            {
                if (standing is not null) { Take(Line(summary, summary.Funding[i], standing), isKept: all, ref _withoutRule); }
                continue;
            }
            if (result is null)
            {
                Take(Line(summary, source, standing) with { Policy = source.Policy, RuleOn = source.On, Fault = FaultOf(i, faults) }, isKept: true, ref _refused);
                continue;
            }
            Money rule = result.Sources[i].Amount;
            _rule += rule.Fen;
            SubsidyLine line = Line(summary, source, standing) with { Policy = source.Policy, RuleOn = source.On, Rule = rule };
            if (standing is null || standing.Recorded == rule)
            {
                Take(line, isKept: all, ref _checked);
                continue;
            }
            _differing++;
            _difference += standing.Recorded.Fen - rule.Fen;
            Take(line with
            {
                Difference = SignedMoney.Of(standing.Recorded - rule),
                Cause = DifferenceCause.Of(summary, i, standing.Recorded, result, policies),
            }, isKept: true, ref _checked);
        }
        foreach (Claim claim in Claims(summary))
        {
            if (claim.Certificate is not null) { Note(_byCertificate, PlainText.Key(claim.Certificate), claim); }
            Note(_byAddress, (summary.Site.Street, PlainText.Key(summary.Site.Address)), (summary.Site.Estate is string estate ? PlainText.Key(estate) : null, claim));
        }
    }

    /// <summary>Takes a stair of elsewhere, of which only those claims count that rest on a certificate of <see cref="Certificates"/>.</summary>
    /// <param name="summary">The stair.</param>
    public void AddElsewhere(BuildingSummary summary)
    {
        foreach (Claim claim in Claims(summary))
        {
            if (claim.Certificate is not null && _byCertificate.ContainsKey(PlainText.Key(claim.Certificate))) { Note(_byCertificate, PlainText.Key(claim.Certificate), claim); }
        }
    }

    /// <summary>What was found.</summary>
    /// <param name="faults">Receives the fault where a total is more than can be told.</param>
    public SubsidyCheckResult Result(FaultList faults) => new()
    {
        Checked = _checked,
        Differing = _differing,
        Refused = _refused,
        WithoutRule = _withoutRule,
        Rule = StreetFigures.Amount(_rule, faults),
        Recorded = StreetFigures.Amount(_recorded, faults),
        Difference = SignedMoney.Of(StreetFigures.Amount(_difference, faults)),
        Lines = [.. _lines.OrderByDescending(line => long.Abs(line.Difference?.Fen ?? 0)).ThenByDescending(line => line.Refusal is not null)
            .ThenBy(line => line.Building.Value, StringComparer.Ordinal)],
        DoubleClaims =
        [
            .. _byCertificate.Where(entry => entry.Value.Select(claim => claim.Building).Distinct().Count() > 1)
                .Select(entry => Double(DoubleClaimKind.Certificate, entry.Value[0].Certificate!, entry.Value, faults)).OrderBy(claim => claim.What, StringComparer.Ordinal),
            .. _byAddress.Values.SelectMany(Stairs).SelectMany(TwiceForOneStair).Select(claims => Double(DoubleClaimKind.Stair, claims[0].Address, claims, faults))
                .OrderBy(claim => claim.Claims[0].Building.Value, StringComparer.Ordinal),
        ],
    };

    private void Take(SubsidyLine line, bool isKept, ref int count)
    {
        count++;
        _recorded += line.Recorded?.Fen ?? 0;
        if (isKept) { _lines.Add(line); }
    }

    private static SubsidyLine Line(BuildingSummary summary, Source source, SubsidyStanding? standing) => new()
    {
        Building = summary.Building,
        Street = summary.Site.Street,
        Estate = summary.Site.Estate,
        Address = summary.Site.Address,
        Source = source.Id,
        State = standing?.State,
        Recorded = standing?.Recorded,
        RecordedOn = standing?.On,
        Certificate = standing?.Certificate,
        Programme = standing?.Programme,
    };

    // A claim is what was asked of public money; what is only planned is none, and neither is what came to nothing.
    private static IEnumerable<Claim> Claims(BuildingSummary summary) => summary.Subsidies.Where(standing => standing.Committed > Money.Zero).Select(standing => new Claim
    {
        Building = summary.Building,
        Street = summary.Site.Street,
        Address = summary.Site.Address,
        Source = standing.Source,
        Policy = (summary.Funding.First(source => source.Id == standing.Source) as PolicySource)?.Policy,
        Certificate = standing.Certificate,
        State = standing.State,
        Amount = standing.Committed,
        On = standing.ClaimedOn ?? standing.On,
    });

    private static void Note<TKey, TClaim>(Dictionary<TKey, List<TClaim>> claims, TKey key, TClaim claim) where TKey : notnull
    {
        if (!claims.TryGetValue(key, out List<TClaim>? known)) { claims[key] = known = []; }
        known.Add(claim);
    }

    // What is wrong with the source itself, or else with what it is reckoned on.
    private static Fault FaultOf(int source, FaultList faults)
    {
        string place = Place.Root.At("funding").At(source).ToString();
        return faults.Faults.FirstOrDefault(fault => fault.Place.ToString() == place || fault.Place.ToString().StartsWith(place + "/", StringComparison.Ordinal)) ?? faults.Faults[0];
    }

    // Houses of two estates may have one number. One of which no estate is stated is that of the only estate there is.
    private static IEnumerable<List<Claim>> Stairs(List<(string? Estate, Claim Claim)> claims)
    {
        string[] estates = [.. claims.Select(entry => entry.Estate).OfType<string>().Distinct()];
        return claims.GroupBy(entry => entry.Estate ?? (estates.Length == 1 ? estates[0] : ""), entry => entry.Claim).Select(stair => stair.ToList());
    }

    // One stair has one lift, and one lift has the subsidy of a policy once; other policies may add theirs.
    private static IEnumerable<List<Claim>> TwiceForOneStair(List<Claim> claims) =>
        claims.Where(claim => claim.Policy is not null).GroupBy(claim => claim.Policy).Select(group => group.ToList()).Where(group => group.Count > 1);

    private static DoubleClaim Double(DoubleClaimKind kind, string what, List<Claim> claims, FaultList faults)
    {
        Claim[] inOrder = [.. claims.OrderBy(claim => claim.On).ThenBy(claim => claim.Building.Value, StringComparer.Ordinal)];
        // The first one may be right: what was claimed after it is too much. Of a building that shares the certificate all its claims are.
        IEnumerable<Claim> tooMuch = kind == DoubleClaimKind.Stair ? inOrder.Skip(1) : inOrder.Where(claim => claim.Building != inOrder[0].Building);
        return new DoubleClaim { Kind = kind, What = what, TooMuch = StreetFigures.Amount(tooMuch.Aggregate(Int128.Zero, (sum, claim) => sum + claim.Amount.Fen), faults), Claims = inOrder };
    }
}
