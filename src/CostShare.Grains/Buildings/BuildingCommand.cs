using System.Text.Json.Serialization;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;

namespace CostShare.Grains.Buildings;

/// <summary>Asks for something to happen to a building.</summary>
/// <remarks>
/// Deciding is pure: the same command on the same building decides the same, so that it can be done again where another process wrote first. Time, ids
/// and who asks arrive with the command.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RegisterBuilding), "registerBuilding")]
[JsonDerivedType(typeof(CorrectSite), "correctSite")]
[JsonDerivedType(typeof(RegisterHouseholds), "registerHouseholds")]
[JsonDerivedType(typeof(ChangeHousehold), "changeHousehold")]
[JsonDerivedType(typeof(RemoveHousehold), "removeHousehold")]
[JsonDerivedType(typeof(SetCosts), "setCosts")]
[JsonDerivedType(typeof(RecordQuote), "recordQuote")]
[JsonDerivedType(typeof(ChooseQuote), "chooseQuote")]
[JsonDerivedType(typeof(SetFunding), "setFunding")]
[JsonDerivedType(typeof(RecordSubsidy), "recordSubsidy")]
[JsonDerivedType(typeof(AssessFeasibility), "assessFeasibility")]
[JsonDerivedType(typeof(ProposeScheme), "proposeScheme")]
[JsonDerivedType(typeof(WithdrawScheme), "withdrawScheme")]
[JsonDerivedType(typeof(EnterStage), "enterStage")]
[JsonDerivedType(typeof(SignAgreement), "signAgreement")]
[JsonDerivedType(typeof(WithdrawSignature), "withdrawSignature")]
[JsonDerivedType(typeof(FinaliseContributions), "finaliseContributions")]
public abstract record BuildingCommand
{
    /// <summary>What happens, or null if a fault was added and nothing does.</summary>
    /// <param name="id">Which building it is.</param>
    /// <param name="building">The building as it is; <see cref="Building.Unregistered"/> where there is none yet.</param>
    /// <param name="rules">What decisions go by besides the building.</param>
    /// <param name="faults">Receives why it is refused.</param>
    internal abstract BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults);
}

/// <summary>What decisions go by besides the building and the command.</summary>
/// <param name="Policies">The policies that funding may name.</param>
/// <param name="WritePassport">Writes a passport as canonical JSON with its SHA-256 in it, always the same for the same passport, and tells the SHA-256.</param>
/// <param name="ReadPassport">The passport of what was written so.</param>
public sealed record BuildingRules(PolicyBook Policies, Func<Passport, (string Text, string Sha256)> WritePassport, Func<string, Passport> ReadPassport);

/// <summary>Every decision about a building, and what follows from it.</summary>
public static class BuildingDecider
{
    /// <summary>Decides a command.</summary>
    /// <param name="id">Which building it is: what is decided may name it.</param>
    /// <param name="building">The building as it is; <see cref="Building.Unregistered"/> where there is none yet.</param>
    /// <param name="command">The command, right in form.</param>
    /// <param name="rules">What decisions go by besides the building.</param>
    /// <param name="faults">Receives why it is refused.</param>
    /// <returns>What happens, or null if it is refused.</returns>
    public static BuildingEvent? Decide(BuildingId id, Building building, BuildingCommand command, BuildingRules rules, FaultList faults)
    {
        if (building.IsRegistered == command is RegisterBuilding)
        {
            faults.Add(building.IsRegistered ? FaultCode.BuildingExists : FaultCode.BuildingUnknown, Place.Root);
            return null;
        }
        BuildingEvent? happened = command.Decide(id, building, rules, faults);
        return faults.Count > 0 ? null : happened;
    }
}
