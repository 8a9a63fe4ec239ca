using System.Text.Json;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Policies;

/// <summary>What must hold of a policy beyond the form of its file.</summary>
public static class PolicyCheck
{
    // What the id or name of a ready scheme may have behind those of its policy: the storeys and the entry.
    private const int LongestEnding = 20;

    /// <summary>Notes what is wrong with a policy beyond its form.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="faults">Receives what is wrong; places are those of the policy's file.</param>
    public static void Run(Policy policy, FaultList faults)
    {
        IReadOnlyList<DatedRule> versions = policy.History;
        Place list = Place.Root.At("versions");
        for (int k = 0; k < versions.Count; k++)
        {
            if (versions[k].To < versions[k].From) { faults.Add(FaultCode.DaysInWrongOrder, list.At(k).At("to")); }
            // The last day of an earlier version lies before the first of the next.
            if (k > 0 && (versions[k - 1].To is not DateOnly to || to >= versions[k].From)) { faults.Add(FaultCode.DaysInWrongOrder, list.At(k).At("from")); }
        }
        for (int k = 0; k < versions.Count; k++) { CheckCertainty(versions[k], list.At(k), faults); }
        if (policy is CoefficientsPolicy or GuidancePolicy) { CheckNames(policy, faults); }
        if (policy is CoefficientsPolicy coefficients) { CheckRules(coefficients, list, faults); }
        if (policy is GuidancePolicy guidance) { CheckRanges(guidance, list, faults); }
        if (policy is SubsidyPolicy subsidy)
        {
            CheckTiers(subsidy, list, faults);
            CheckConditions(subsidy, list, faults);
        }
        if (policy is ConsentPolicy consent) { CheckThresholds(consent, list, faults); }
    }

    /// <summary>A rule is as sure as the least sure text that its parts and conditions come from.</summary>
    private static void CheckCertainty(DatedRule rule, Place place, FaultList faults)
    {
        IEnumerable<PolicyReference?> own = rule is SubsidyRule subsidy
            ? [.. subsidy.Parts.Select(part => part.Reference), .. subsidy.Conditions.Select(condition => condition.Reference)]
            : [null];
        Certainty least = own.Max(reference => (reference ?? rule.References[0]).Certainty);
        if (rule.Certainty < least) { faults.Add(FaultCode.SurerThanItsSource, place.At("certainty"), ("certainty", Name(rule.Certainty)), ("source", Name(least))); }

        static string Name(Certainty certainty) => JsonNamingPolicy.CamelCase.ConvertName(certainty.ToString());
    }

    /// <summary>Tries a ready rule on plain stairs of several heights: one that none of them can use is broken.</summary>
    private static void CheckRules(CoefficientsPolicy policy, Place list, FaultList faults)
    {
        for (int k = 0; k < policy.Versions.Count; k++)
        {
            var wrong = new FaultList();
            foreach (int storeys in new[] { 6, 2, 3, 4, 5, 7, 8, 9 })
            {
                var tried = new FaultList();
                var stair = new HouseholdRegister
                {
                    Storeys = Floor.Of(storeys),
                    Households = [.. Enumerable.Range(1, storeys).Select(floor => new Household
                    {
                        Id = new HouseholdId($"{floor}"), Floor = Floor.Of(floor), Area = Area.FromHundredths(60_00),
                    })],
                };
                Scheme scheme = PolicyBook.Preset("tried", "tried", policy.Versions[k].Rule);
                if (Allocation.Run(stair, scheme, new Budget([], [Money.FromFen(100_000_00)], null), list.At(k), tried) is not null)
                {
                    wrong = new FaultList();
                    break;
                }
                if (wrong.Count == 0) { wrong = tried; }
            }
            foreach (Fault fault in wrong.Faults) { faults.Add(fault.Code, fault.Place, [.. fault.Values]); }
        }
    }

    private static void CheckConditions(SubsidyPolicy subsidy, Place list, FaultList faults)
    {
        for (int k = 0; k < subsidy.Versions.Count; k++)
        {
            for (int i = 0; i < subsidy.Versions[k].Conditions.Count; i++)
            {
                Place place = list.At(k).At("conditions").At(i);
                switch (subsidy.Versions[k].Conditions[i])
                {
                    case CountCondition { AtLeast: Count low, AtMost: Count high } when high.Number < low.Number:
                        faults.Add(FaultCode.NumbersInWrongOrder, place.At("atMost"));
                        break;
                    case DayCondition { From: DateOnly from, To: DateOnly to } when to < from:
                        faults.Add(FaultCode.DaysInWrongOrder, place.At("to"));
                        break;
                    default:
                        break;
                }
            }
        }
    }

    /// <summary>Leaves room behind the id and name by which ready schemes are called.</summary>
    private static void CheckNames(Policy policy, FaultList faults)
    {
        PlainText.Check(policy.Id.Value, 1, PlainText.LongestId - LongestEnding, () => Place.Root.At("id"), faults);
        PlainText.Check(policy.Name.Zh, 1, Scheme.LongestName - LongestEnding, () => Place.Root.At("name").At("zh"), faults);
    }

    private static void CheckRanges(GuidancePolicy guidance, Place list, FaultList faults)
    {
        for (int k = 0; k < guidance.Versions.Count; k++)
        {
            IReadOnlyList<GuidanceTable> tables = guidance.Versions[k].Tables;
            for (int t = 0; t < tables.Count; t++)
            {
                Place place = list.At(k).At("tables").At(t);
                CheckRanges(tables[t], place, faults);
                if (tables.Take(t).Any(other => other.Storeys == tables[t].Storeys))
                {
                    faults.Add(FaultCode.IdDuplicate, place.At("storeys"), ("id", tables[t].Storeys.ToString()));
                }
            }
        }
    }

    /// <summary>Every floor of the building has a range and no other floor has; who shares the corridors is one of them.</summary>
    private static void CheckRanges(GuidanceTable table, Place place, FaultList faults)
    {
        foreach ((Floor floor, PercentageRange range) in table.Floors)
        {
            if (range.High.Millionths < range.Low.Millionths) { faults.Add(FaultCode.NumbersInWrongOrder, place.At("floors").At(floor.ToString()).At("high")); }
        }
        for (int number = 1; number <= table.Storeys.Number; number++)
        {
            if (!table.Floors.ContainsKey(Floor.Of(number))) { faults.Add(FaultCode.FloorMissing, place.At("floors"), ("floor", number)); }
        }
        CheckFloors(table.Floors.Keys, "floors");
        if (table.Corridors is null) { return; }
        CheckFloors(table.Corridors.Keys, "corridors");
        if (table.Corridors.Values.All(count => count.Millionths == 0)) { faults.Add(FaultCode.WeightsAllZero, place.At("corridors")); }

        void CheckFloors(IEnumerable<Floor> floors, string member)
        {
            foreach (Floor floor in floors.Where(floor => floor.Number > table.Storeys.Number))
            {
                faults.Add(FaultCode.FloorUnknown, place.At(member).At(floor.ToString()), ("floor", floor.Number), ("storeys", table.Storeys.Number));
            }
        }
    }

    private static void CheckTiers(SubsidyPolicy subsidy, Place list, FaultList faults)
    {
        for (int k = 0; k < subsidy.Versions.Count; k++)
        {
            IReadOnlyList<SubsidyPart> parts = subsidy.Versions[k].Parts;
            for (int p = 0; p < parts.Count; p++)
            {
                if (parts[p].Amount is not TieredAmount tiered) { continue; }
                for (int t = 1; t < tiered.Tiers.Count; t++)
                {
                    if (tiered.Tiers[t].From.Number > tiered.Tiers[t - 1].From.Number) { continue; }
                    faults.Add(FaultCode.NumbersInWrongOrder, list.At(k).At("parts").At(p).At("amount").At("tiers").At(t).At("from"));
                }
            }
        }
    }

    private static void CheckThresholds(ConsentPolicy consent, Place list, FaultList faults)
    {
        for (int k = 0; k < consent.Versions.Count; k++)
        {
            ConsentRule rule = consent.Versions[k];
            foreach ((string name, Threshold? threshold) in new[] { ("participation", rule.Participation), ("approval", rule.Approval) })
            {
                if (threshold is not null && threshold.Numerator.Number > threshold.Denominator.Number)
                {
                    faults.Add(FaultCode.NumbersInWrongOrder, list.At(k).At(name).At("numerator"));
                }
            }
        }
    }
}
