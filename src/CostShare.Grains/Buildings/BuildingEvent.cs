using System.Text.Json.Serialization;

namespace CostShare.Grains.Buildings;

/// <summary>Something that happened to a building. Stored for ever: members may be added, never renamed, removed or given another meaning.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BuildingRegistered), "buildingRegistered")]
[JsonDerivedType(typeof(SiteCorrected), "siteCorrected")]
[JsonDerivedType(typeof(HouseholdsRegistered), "householdsRegistered")]
[JsonDerivedType(typeof(HouseholdChanged), "householdChanged")]
[JsonDerivedType(typeof(HouseholdRemoved), "householdRemoved")]
[JsonDerivedType(typeof(CostsSet), "costsSet")]
[JsonDerivedType(typeof(QuoteRecorded), "quoteRecorded")]
[JsonDerivedType(typeof(QuoteChosen), "quoteChosen")]
[JsonDerivedType(typeof(FundingSet), "fundingSet")]
[JsonDerivedType(typeof(SubsidyRecorded), "subsidyRecorded")]
[JsonDerivedType(typeof(FeasibilityAssessed), "feasibilityAssessed")]
[JsonDerivedType(typeof(SchemeProposed), "schemeProposed")]
[JsonDerivedType(typeof(SchemeWithdrawn), "schemeWithdrawn")]
[JsonDerivedType(typeof(StageEntered), "stageEntered")]
[JsonDerivedType(typeof(AgreementSigned), "agreementSigned")]
[JsonDerivedType(typeof(SignatureWithdrawn), "signatureWithdrawn")]
[JsonDerivedType(typeof(ContributionsFinalised), "contributionsFinalised")]
public abstract record BuildingEvent
{
    /// <summary>The building as it is after this. Applies and never decides.</summary>
    /// <param name="building">The building as it was.</param>
    /// <exception cref="FormatException">It speaks of what the building does not have.</exception>
    internal abstract Building ApplyTo(Building building);

    /// <summary>Sees that an event could happen, where applying it rests on that. Whether it was right to decide so is not asked again.</summary>
    /// <exception cref="FormatException">It could not.</exception>
    internal static void CanHaveHappened(bool holds, string rule)
    {
        if (!holds) { throw new FormatException($"It cannot have happened: {rule}."); }
    }

    /// <summary>Sees that no two of a list have one id.</summary>
    /// <exception cref="FormatException">Two have.</exception>
    private protected static void AreDifferent<T>(IEnumerable<T> ids, string rule)
    {
        var met = new HashSet<T>();
        CanHaveHappened(ids.All(met.Add), rule);
    }
}
