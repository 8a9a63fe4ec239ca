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
    internal abstract Building ApplyTo(Building building);
}
