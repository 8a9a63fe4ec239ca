using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Buildings;

/// <summary>Contributions frozen into one object 定案: everything that they were reckoned from, the reckoning, and what came out.</summary>
/// <remarks>
/// It stands for itself: with it alone everything can be reckoned again. Bills refer to it by the SHA-256 of its canonical JSON without that hash (RFC 8785, in which
/// only whole numbers below 2^53 stand as numbers, and every decimal and fraction as text). Each holds the hash of the one before it, so that none can be
/// exchanged or left out unseen.
/// </remarks>
public sealed record Passport
{
    /// <summary>The form of this object; another form gets another name.</summary>
    public const string Form = "costshare-passport-1";

    /// <summary>The form: <see cref="Form"/>.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string Format { get; init; }

    /// <summary>The building.</summary>
    public required BuildingId Building { get; init; }

    /// <summary>Which finalisation of the building it is, from 1 on.</summary>
    public required Count Number { get; init; }

    /// <summary>The SHA-256 of the passport before it, which it takes the place of; left out for the first.</summary>
    [StringLength(64, MinimumLength = 64)]
    public string? PreviousSha256 { get; init; }

    /// <summary>Where the building stands.</summary>
    public required BuildingRegistered Site { get; init; }

    /// <summary>What was asked of the engine: the register, the budget, the sources and the one scheme that was adopted.</summary>
    public required ComparisonRequest Request { get; init; }

    /// <summary>The policies that sources and scheme name, each with the rule that was in force.</summary>
    [Length(0, 200)]
    public required IReadOnlyList<Policy> Policies { get; init; }

    /// <summary>By what the scheme was adopted.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Why it differs from the finalisation before it; left out for the first.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    /// <summary>Reckons what a passport claims, from what stands in it and nothing else.</summary>
    /// <param name="faults">Receives what is wrong.</param>
    /// <returns>What each household pays, with every step, or null after a fault.</returns>
    public ComparisonResult? Reckon(FaultList faults) => Comparer.Compare(Request, PolicyBook.Of(Policies), ComparisonParts.Derivations, faults);

    /// <summary>The policies that a request names, each with the rule in force on its day.</summary>
    internal static IReadOnlyList<Policy> Used(ComparisonRequest request, PolicyBook policies)
    {
        var used = new SortedDictionary<string, Policy>(StringComparer.Ordinal);
        foreach (PolicySource source in request.Funding.OfType<PolicySource>()) { Take(source.Policy, source.On); }
        foreach (Scheme scheme in request.Schemes)
        {
            if (scheme.Guidance is Guidance guidance) { Take(guidance.Policy, guidance.On); }
        }
        return [.. used.Values];

        void Take(PolicyId id, DateOnly on)
        {
            Policy? taken = used.GetValueOrDefault(id.Value);
            if (policies.Find(id) is SubsidyPolicy subsidy && subsidy.Versions.InForce(on) is SubsidyRule rule)
            {
                used[id.Value] = subsidy with { Versions = [.. subsidy.Versions.Where(version => version == rule || (taken as SubsidyPolicy)?.Versions.Contains(version) == true)] };
            }
            else if (policies.Find(id) is GuidancePolicy ranges && ranges.Versions.InForce(on) is GuidanceRule table)
            {
                used[id.Value] = ranges with { Versions = [.. ranges.Versions.Where(version => version == table || (taken as GuidancePolicy)?.Versions.Contains(version) == true)] };
            }
        }
    }
}

/// <summary>By what a scheme was adopted: a vote, or a record on paper. More were for it than against, by heads and by area.</summary>
/// <remarks>What majority a place asks for, and of whom, is not looked at here: that is for the vote.</remarks>
public sealed record Evidence
{
    /// <summary>What it is: the notice of a vote, the minutes of a meeting.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Record { get; init; }

    /// <summary>The day of the decision.</summary>
    public required DateOnly On { get; init; }

    /// <summary>How many owners were for it.</summary>
    public required Count For { get; init; }

    /// <summary>How many were against; left out where nobody was.</summary>
    public Count? Against { get; init; }

    /// <summary>The exclusive area of those who were for it.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("forM2")]
    public required Area ForArea { get; init; }

    /// <summary>The exclusive area of those who were against; left out where nobody was.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("againstM2")]
    public Area? AgainstArea { get; init; }

    /// <summary>Notes where it was not adopted by this.</summary>
    internal void Check(Place place, FaultList faults)
    {
        if (For.Number > (Against?.Number ?? 0) && ForArea.Hundredths > (AgainstArea?.Hundredths ?? 0)) { return; }
        faults.Add(FaultCode.VoteNotCarried, place, ("for", For.Number), ("against", Against?.Number ?? 0), ("forM2", SquareMetres(ForArea)), ("againstM2", SquareMetres(AgainstArea)));
    }

    private static string SquareMetres(Area? area)
    {
        long hundredths = area?.Hundredths ?? 0;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{hundredths / 100}.{hundredths % 100:D2}");
    }
}
