using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Streets;

/// <summary>Asks what other rules would give.</summary>
public sealed record WhatIfRequest
{
    /// <summary>The policy whose rules are thought of as others.</summary>
    public required PolicyId Policy { get; init; }

    /// <summary>
    /// The rules that are thought of, the oldest first. Each takes the place of whatever is in force from its first day to its last, for every source of the policy
    /// whose day lies among them; how sure it is does not matter.
    /// </summary>
    [Length(1, 50)]
    public required IReadOnlyList<SubsidyRule> Versions { get; init; }
}

/// <summary>Reckons the stairs of a street or city again under rules that are thought of.</summary>
/// <remarks>Exact: each stair runs through the whole waterfall twice. Feed it the stairs one after the other, and ask for the result at any time.</remarks>
public sealed class WhatIf
{
    private readonly PolicyId _policy;
    private readonly PolicyBook _policies;
    private readonly IReadOnlyDictionary<PolicyId, IReadOnlyList<SubsidyRule>> _thought;
    private readonly IReadOnlyList<SubsidyRule> _versions;
    private readonly PriorityQueue<WhatIfLine, (long Size, string Building)> _largest = new();
    private readonly int _most;
    private Int128 _before, _after, _selfFundedBefore, _selfFundedAfter, _open;
    private int _seen, _concerned, _gain, _lose, _new, _refused;

    private WhatIf(WhatIfRequest request, PolicyBook policies, int most, IReadOnlyDictionary<PolicyId, IReadOnlyList<SubsidyRule>> thought) =>
        (_policy, _policies, _versions, _most, _thought) = (request.Policy, policies, request.Versions, most, thought);

    /// <summary>Begins.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="policies">The policies that there are.</param>
    /// <param name="most">How many stairs are listed at the most; those that change by most are.</param>
    /// <param name="faults">Receives what is wrong with the request.</param>
    /// <returns>Null after a fault.</returns>
    public static WhatIf? Of(WhatIfRequest request, PolicyBook policies, int most, FaultList faults)
    {
        if (policies.Find(request.Policy) is not SubsidyPolicy policy)
        {
            faults.Add(FaultCode.PolicyUnknown, Place.Root.At("policy"), ("policy", request.Policy.Value));
            return null;
        }
        PolicyCheck.Run(policy with { Versions = request.Versions }, faults);
        if (faults.Count > 0) { return null; }
        // The first that is in force counts, so that those that are thought of stand before those whose place they take.
        var thought = policies.Subsidies.ToDictionary();
        thought[request.Policy] = [.. request.Versions, .. policy.Versions];
        return new WhatIf(request, policies, most, thought);
    }

    /// <summary>Takes a stair.</summary>
    /// <param name="summary">The stair.</param>
    public void Add(BuildingSummary summary)
    {
        _seen++;
        if (!summary.Funding.OfType<PolicySource>().Any(IsConcerned)) { return; }
        _concerned++;
        Source[] accepted = [.. summary.Funding.Select(source => source is PolicySource policy && IsConcerned(policy) ? policy with { AcceptUnconfirmed = true } : source)];
        FundingResult? before = StairFunding.Run(summary, summary.Funding, _policies.Subsidies, new FaultList());
        bool isNew = before is null;
        // Where the rules of now cannot be applied they give nothing, and what is thought of would be new.
        before ??= StairFunding.Run(summary, [.. summary.Funding.Select(source => source is PolicySource policy && IsConcerned(policy) ? Nothing(policy) : source)], _policies.Subsidies, new FaultList());
        if (before is null || StairFunding.Run(summary, accepted, _thought, new FaultList()) is not FundingResult after)
        {
            _refused++;
            return;
        }
        if (isNew) { _new++; }
        (Money was, Money would) = (Given(summary, before), Given(summary, after));
        (_before, _after) = (_before + was.Fen, _after + would.Fen);
        (_selfFundedBefore, _selfFundedAfter) = (_selfFundedBefore + before.SelfFunded.Fen, _selfFundedAfter + after.SelfFunded.Fen);
        if (was == would && before.SelfFunded == after.SelfFunded) { return; }
        bool isGranted = summary.Subsidies.Any(standing => (standing.Granted ?? standing.Paid) > Money.Zero
            && summary.Funding.Any(source => source.Id == standing.Source && source is PolicySource policy && IsConcerned(policy)));
        if (would > was) { _gain++; }
        if (would < was) { _lose++; }
        if (!isGranted) { _open += would.Fen - was.Fen; }
        var line = new WhatIfLine
        {
            Building = summary.Building,
            Street = summary.Site.Street,
            Estate = summary.Site.Estate,
            Address = summary.Site.Address,
            Before = was,
            After = would,
            Difference = SignedMoney.Of(would - was),
            SelfFundedDifference = SignedMoney.Of(after.SelfFunded - before.SelfFunded),
            Granted = isGranted,
        };
        // Of those that change by the same the first by id stay.
        _largest.Enqueue(line, (long.Abs(line.Difference.Fen), Backwards(line.Building.Value)));
        if (_largest.Count > _most) { _largest.Dequeue(); }
    }

    /// <summary>What was found so far.</summary>
    /// <param name="faults">Receives the fault where a total is more than can be told.</param>
    public WhatIfResult Result(FaultList faults) => new()
    {
        Policy = _policy,
        Stairs = _seen,
        Concerned = _concerned,
        Gain = _gain,
        Lose = _lose,
        New = _new,
        NotReckoned = _refused,
        Before = StreetFigures.Amount(_before, faults),
        After = StreetFigures.Amount(_after, faults),
        Difference = SignedMoney.Of(StreetFigures.Amount(_after - _before, faults)),
        OpenDifference = SignedMoney.Of(StreetFigures.Amount(_open, faults)),
        SelfFundedBefore = StreetFigures.Amount(_selfFundedBefore, faults),
        SelfFundedAfter = StreetFigures.Amount(_selfFundedAfter, faults),
        Lines = [.. _largest.UnorderedItems.Select(item => item.Element).OrderByDescending(line => long.Abs(line.Difference.Fen)).ThenBy(line => line.Building.Value, StringComparer.Ordinal)],
    };

    private static FixedSource Nothing(PolicySource source) =>
        new() { Id = source.Id, Amount = Money.Zero, Covers = source.Covers, AfterAcceptance = source.AfterAcceptance, Treatment = source.Treatment };

    private bool IsConcerned(PolicySource source) => source.Policy == _policy && _versions.InForce(source.On) is not null;

    private Money Given(BuildingSummary summary, FundingResult result) =>
        Money.Sum(result.Sources.Where((_, i) => summary.Funding[i] is PolicySource source && source.Policy == _policy).Select(source => source.Amount));

    // An id whose order is the other way round, so that what is dropped first is the last by id.
    private static string Backwards(string id) => string.Concat(id.Select(character => (char)(char.MaxValue - character))) + char.MaxValue;
}

/// <summary>What other rules would give.</summary>
public sealed record WhatIfResult
{
    /// <summary>The policy.</summary>
    public required PolicyId Policy { get; init; }

    /// <summary>The stairs that were looked at.</summary>
    [Range(0, int.MaxValue)]
    public required int Stairs { get; init; }

    /// <summary>Those with a source of the policy on a day of these rules.</summary>
    [Range(0, int.MaxValue)]
    public required int Concerned { get; init; }

    /// <summary>Those that would be given more.</summary>
    [Range(0, int.MaxValue)]
    public required int Gain { get; init; }

    /// <summary>Those that would be given less.</summary>
    [Range(0, int.MaxValue)]
    public required int Lose { get; init; }

    /// <summary>Those that the rules of now cannot be applied to, because none is in force on their day or none that is sure enough; they count as given nothing now.</summary>
    [Range(0, int.MaxValue)]
    public required int New { get; init; }

    /// <summary>Those that cannot be reckoned by what is thought of, or for another reason than this policy; they are in no sum.</summary>
    [Range(0, int.MaxValue)]
    public required int NotReckoned { get; init; }

    /// <summary>What the policy gives them.</summary>
    [JsonPropertyName("beforeFen")]
    public required Money Before { get; init; }

    /// <summary>What it would give them.</summary>
    [JsonPropertyName("afterFen")]
    public required Money After { get; init; }

    /// <summary>What it would give more; below 0 where it would give less.</summary>
    [JsonPropertyName("differenceFen")]
    public required SignedMoney Difference { get; init; }

    /// <summary>The same, of the stairs to which nothing was granted or paid yet.</summary>
    [JsonPropertyName("openDifferenceFen")]
    public required SignedMoney OpenDifference { get; init; }

    /// <summary>What their residents raise.</summary>
    [JsonPropertyName("selfFundedBeforeFen")]
    public required Money SelfFundedBefore { get; init; }

    /// <summary>What their residents would raise.</summary>
    [JsonPropertyName("selfFundedAfterFen")]
    public required Money SelfFundedAfter { get; init; }

    /// <summary>The stairs that gain or lose, those that do by most first; no more of them than were asked for.</summary>
    [Length(0, int.MaxValue)]
    public required IReadOnlyList<WhatIfLine> Lines { get; init; }
}

/// <summary>What other rules would give a stair.</summary>
public sealed record WhatIfLine
{
    /// <summary>The building.</summary>
    public required BuildingId Building { get; init; }

    /// <summary>Its street.</summary>
    public required string Street { get; init; }

    /// <summary>Its estate; left out where it stands in none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Estate { get; init; }

    /// <summary>Its address.</summary>
    public required string Address { get; init; }

    /// <summary>What the policy gives it.</summary>
    [JsonPropertyName("beforeFen")]
    public required Money Before { get; init; }

    /// <summary>What it would give it.</summary>
    [JsonPropertyName("afterFen")]
    public required Money After { get; init; }

    /// <summary>What it would give it more.</summary>
    [JsonPropertyName("differenceFen")]
    public required SignedMoney Difference { get; init; }

    /// <summary>What its residents would raise more.</summary>
    [JsonPropertyName("selfFundedDifferenceFen")]
    public required SignedMoney SelfFundedDifference { get; init; }

    /// <summary>Whether something was granted or paid already.</summary>
    public required bool Granted { get; init; }
}
