using System.Globalization;
using System.Text.Json;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Tests;

/// <summary>Histories of buildings of several streets and estates over some weeks, at random; some move to another street.</summary>
internal static class StreetHistories
{
    public static IReadOnlyList<string> Streets { get; } = ["徐家汇街道", "湖南路街道", "Xinhua \"road\""];

    /// <summary>The estates of each street; the first is none.</summary>
    public static IReadOnlyList<string?> Estates { get; } = [null, "乐山六村", "乐山七村"];

    public static BuildingId Id(int seed) => BuildingId.Of(string.Create(CultureInfo.InvariantCulture, $"b-{(seed * 7919) % 10_007:D5}"));

    public static IEnumerable<(BuildingCommand Command, DateTimeOffset At)> Of(int seed)
    {
        var random = new Random(seed);
        var at = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (BuildingCommand command in new RandomCommands(seed).Course(12).Concat(Rest()))
        {
            // The day ends in China at 16:00 UTC, to the millisecond.
            at = random.Next(8) == 0 ? at.Date.AddHours(40).AddMilliseconds(-random.Next(2)) : at.AddMinutes(random.Next(0, 2_000));
            at = new DateTimeOffset(at.DateTime, TimeSpan.Zero);
            yield return (Placed(command), at);
        }

        IEnumerable<BuildingCommand> Rest()
        {
            if (random.Next(3) == 0) { yield return new CorrectSite { Street = "", Address = "新址", Storeys = Floor.Of(9), Reason = "划入" }; }
            if (random.Next(3) > 0) { yield break; }
            for (int i = 0; i < 5; i++) { yield return new SignAgreement { Household = new($"h{i}"), On = new DateOnly(2026, 3, 1).AddDays(random.Next(9)) }; }
            for (int i = 5; i < 12; i++) { yield return new RemoveHousehold { Household = new($"h{i}"), Reason = "并户" }; }
        }

        BuildingCommand Placed(BuildingCommand command) => command switch
        {
            RegisterBuilding register => register with { Street = Streets[random.Next(3)], Estate = Estates[random.Next(3)] },
            CorrectSite correct => correct with { Street = Streets[random.Next(3)], Estate = Estates[random.Next(3)] },
            RecordSubsidy subsidy => subsidy with
            {
                Amount = Money.FromFen(random.Next(3) == 0 ? random.NextInt64(1L << 40) : random.Next(9)),
                Certificate = random.Next(3) > 0 ? $"梯{random.Next(9)}" : null,
                Programme = random.Next(3) > 0 ? $"2026 成片 {random.Next(3)}" : null,
            },
            _ => command,
        };
    }

    /// <summary>The entries of a history, decided without any store.</summary>
    public static IReadOnlyList<JournalEntry> Entries(int seed)
    {
        var entries = new List<JournalEntry>();
        Building building = Building.Unregistered;
        foreach ((BuildingCommand command, DateTimeOffset at) in Of(seed))
        {
            if (BuildingDecider.Decide(Id(seed), building, command, Sent.Rules, new FaultList()) is not BuildingEvent happened) { continue; }
            building = building.Evolve(happened);
            (string type, int schema, string payload) = StoredEvents.Codec.Write(happened);
            entries.Add(new JournalEntry { Version = building.Version, Command = CommandId.Of($"e{building.Version}"), Digest = new string('a', 64), At = at, By = "volunteer", Type = type, Schema = schema, Payload = payload });
        }
        return entries;
    }
}

/// <summary>What a building adds to its street, from what happened to it: a second time, and as plainly as can be.</summary>
/// <remarks>It shares no line with the summaries and tallies of the domain. What the waterfall gives is not in it, only what was recorded.</remarks>
internal sealed class StreetModel
{
    private readonly List<(string Id, bool Joins)> _households = [];
    private readonly Dictionary<string, DateOnly> _signed = [];
    private readonly List<(Stage Stage, DateOnly On)> _stages = [];
    private readonly List<Feasibility> _judged = [];
    private readonly List<SubsidyRecorded> _subsidies = [];
    private List<string> _funding = [];
    private long _costs, _billed;

    public string Street { get; private set; } = "";

    public string Estate { get; private set; } = "";

    /// <summary>The certificates that count.</summary>
    public IEnumerable<string> Certificates => _funding.Select(source => _subsidies.LastOrDefault(record => record.Source.Value == source)?.Certificate).OfType<string>();

    /// <summary>The building at the end of a day in China; null where it is not registered by then.</summary>
    public static StreetModel? Of(IEnumerable<JournalEntry> entries, DateOnly? on)
    {
        JournalEntry[] known = [.. entries.Where(entry => on is not DateOnly day || entry.At < new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8)))];
        var model = new StreetModel();
        foreach (JournalEntry entry in known) { model.Apply(StoredEvents.Codec.Read(entry.Type, entry.Schema, entry.Payload)); }
        return known.Length == 0 ? null : model;
    }

    public Dictionary<string, Int128> Sums()
    {
        var sums = new Dictionary<string, Int128>();
        Add("stairs", 1);
        Add("stage|" + Name(_stages.Count == 0 ? "" : $"{_stages[^1].Stage}"), 1);
        Add("feasibility|" + Name(_judged.Count == 0 ? "" : $"{_judged[^1]}"), 1);
        Add("households", _households.Count);
        Add("totalCost", _costs);
        Add("billed", _billed);
        string[] joining = [.. _households.Where(household => household.Joins).Select(household => household.Id)];
        if (joining.Length > 0 && joining.All(_signed.ContainsKey))
        {
            Add("signed", 1);
            DateOnly last = joining.Max(id => _signed[id]);
            if (_stages.Count > 0)
            {
                DateOnly first = _stages.Select(stage => stage.On).Concat(_signed.Values).Min();
                Add(string.Create(CultureInfo.InvariantCulture, $"days|{last.DayNumber - first.DayNumber}"), 1);
            }
        }
        foreach (string source in _funding)
        {
            SubsidyRecorded[] own = [.. _subsidies.Where(record => record.Source.Value == source)];
            long? Of(SubsidyState state) => own.LastOrDefault(record => record.State == state)?.Amount.Fen;
            foreach (SubsidyState state in Enum.GetValues<SubsidyState>()) { Add($"subsidy|||{state}", Of(state) ?? 0); }
            if (own.Length == 0 || own[^1].Programme is not string programme) { continue; }
            Add($"programme|committed|{programme}", Of(SubsidyState.Granted) ?? Of(SubsidyState.Paid) ?? Of(SubsidyState.Claimed) ?? 0);
            if (own.All(record => record.State == SubsidyState.Planned)) { Add($"programme|planned|{programme}", own[^1].Amount.Fen); }
        }
        return sums;

        void Add(string key, Int128 sum)
        {
            if (sum != 0) { sums[key] = sums.GetValueOrDefault(key) + sum; }
        }

        static string Name(string value) => JsonNamingPolicy.CamelCase.ConvertName(value);
    }

    private void Apply(BuildingEvent happened)
    {
        switch (happened)
        {
            case BuildingRegistered registered: (Street, Estate) = (registered.Street, registered.Estate ?? ""); break;
            case SiteCorrected corrected: (Street, Estate) = (corrected.Street, corrected.Estate ?? ""); break;
            case HouseholdsRegistered registered: _households.AddRange(registered.Households.Select(Line)); break;
            case HouseholdChanged changed: _households[_households.FindIndex(household => household.Id == changed.Household.Facts.Id.Value)] = Line(changed.Household); break;
            case HouseholdRemoved removed:
                _households.RemoveAll(household => household.Id == removed.Household.Value);
                _signed.Remove(removed.Household.Value);
                break;
            case CostsSet set: _costs = set.Costs.Sum(line => line.Amount.Fen); break;
            case FundingSet set: _funding = [.. set.Funding.Select(source => source.Id.Value)]; break;
            case SubsidyRecorded recorded:
                if (recorded.Corrects is not Count number) { _subsidies.Add(recorded); }
                else { _subsidies[_subsidies.IndexOf(_subsidies.Where(record => record.Source == recorded.Source).ElementAt(number.Number - 1))] = recorded; }
                break;
            case FeasibilityAssessed assessed: Put(_judged, assessed.Corrects, assessed.Feasibility); break;
            case StageEntered entered: Put(_stages, entered.Corrects, (entered.Stage, entered.On)); break;
            case AgreementSigned signed: _signed[signed.Household.Value] = signed.On; break;
            case SignatureWithdrawn withdrawn: _signed.Remove(withdrawn.Household.Value); break;
            case ContributionsFinalised finalised: _billed = finalised.Bills.Sum(bill => bill.Amount.Fen); break;
            default: break;
        }

        static (string, bool) Line(RegisteredHousehold household) => (household.Facts.Id.Value, household.Facts.Joins);

        static void Put<T>(List<T> list, Count? corrects, T value)
        {
            if (corrects is Count number) { list[number.Number - 1] = value; } else { list.Add(value); }
        }
    }
}
