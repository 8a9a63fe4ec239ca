using CostShare.Grains.Buildings;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Silo.Tests;

/// <summary>What the manual says of a building, written a second time and as plainly as can be: what is accepted, and what stands afterwards.</summary>
/// <remarks>It knows the commands of <see cref="RandomCommands"/> and shares no line with the deciding of the domain.</remarks>
internal sealed class BuildingModel
{
    private readonly List<(string Id, int Floor, bool Joins, long Area)> _households = [];
    private readonly Dictionary<string, long> _costs = [];
    private readonly List<string> _quotes = [];
    private readonly List<(string Id, long Fen)> _funding = [];
    private readonly List<(string Source, SubsidyState State, long Fen, DateOnly On)> _subsidies = [];
    private readonly List<(Stage Stage, DateOnly On)> _stages = [];
    private readonly List<DateOnly> _judged = [];
    private readonly Dictionary<string, (int Versions, bool Stands, Scheme Scheme)> _schemes = [];
    private readonly HashSet<string> _signed = [];
    private readonly List<string> _finalised = [];
    private int? _storeys;

    /// <summary>Carries out a command, or refuses it and changes nothing.</summary>
    public bool Accepts(BuildingCommand command)
    {
        if (command is RegisterBuilding register)
        {
            if (_storeys is not null) { return false; }
            _storeys = register.Storeys.Number;
            return true;
        }
        return _storeys is not null && Carried(command);
    }

    /// <summary>What stands, in few words.</summary>
    public string Tell() => string.Join('\n',
    [
        $"storeys {_storeys}",
        $"register {string.Join(' ', _households.Select(household => $"{household.Id}:{household.Floor}:{household.Joins}"))}",
        $"costs {_costs.Values.Sum()}",
        $"quotes {string.Join(' ', _quotes)}",
        $"funding {string.Join(' ', _funding.Select(source => $"{source.Id}:{source.Fen}"))}",
        $"subsidies {string.Join(' ', _subsidies.Select(record => $"{record.Source}:{record.State}:{record.Fen}:{record.On.DayNumber}"))}",
        $"stages {string.Join(' ', _stages.Select(stage => $"{stage.Stage}:{stage.On.DayNumber}"))}",
        $"judged {string.Join(' ', _judged.Select(day => day.DayNumber))}",
        $"schemes {string.Join(' ', _schemes.OrderBy(scheme => scheme.Key, StringComparer.Ordinal).Select(scheme => $"{scheme.Key}:{scheme.Value.Versions}:{scheme.Value.Stands}"))}",
        $"signed {string.Join(' ', _signed.Order(StringComparer.Ordinal))}",
        $"finalised {string.Join(' ', _finalised)}",
    ]);

    /// <summary>The same of a building.</summary>
    public static string Tell(Building building) => string.Join('\n',
    [
        $"storeys {building.Site?.Storeys.Number}",
        $"register {string.Join(' ', building.Households.Select(household => $"{household.Facts.Id}:{household.Facts.Floor.Number}:{household.Facts.Joins}"))}",
        $"costs {building.Costs.Sum(line => line.Amount.Fen)}",
        $"quotes {string.Join(' ', building.Quotes.Select(quote => quote.Id))}",
        $"funding {string.Join(' ', building.Funding.Cast<FixedSource>().Select(source => $"{source.Id}:{source.Amount.Fen}"))}",
        $"subsidies {string.Join(' ', building.Subsidies.Select(record => $"{record.Source}:{record.State}:{record.Amount.Fen}:{record.On.DayNumber}"))}",
        $"stages {string.Join(' ', building.Stages.Select(entered => $"{entered.Stage}:{entered.On.DayNumber}"))}",
        $"judged {string.Join(' ', building.Feasibility.Select(assessed => assessed.On.DayNumber))}",
        $"schemes {string.Join(' ', building.Schemes.OrderBy(scheme => scheme.Current.Id.Value, StringComparer.Ordinal).Select(scheme => $"{scheme.Current.Id}:{scheme.Versions.Count}:{scheme.Withdrawn is null}"))}",
        $"signed {string.Join(' ', building.Signatures.Select(signature => signature.Household.Value).Order(StringComparer.Ordinal))}",
        $"finalised {string.Join(' ', building.Finalisations.Select(finalised => finalised.Scheme.Value))}",
    ]);

    private bool Carried(BuildingCommand command)
    {
        switch (command)
        {
            case CorrectSite correct:
                if (_households.Any(household => household.Floor > correct.Storeys.Number)) { return false; }
                _storeys = correct.Storeys.Number;
                return true;
            case RegisterHouseholds register:
                string[] ids = [.. register.Households.Select(household => household.Facts.Id.Value)];
                if (ids.Distinct().Count() < ids.Length || ids.Any(IsHome) || register.Households.Any(household => household.Facts.Floor.Number > _storeys)) { return false; }
                _households.AddRange(register.Households.Select(household => Line(household.Facts)));
                return true;
            case ChangeHousehold change:
                int place = _households.FindIndex(household => household.Id == change.Household.Facts.Id.Value);
                if (place < 0 || change.Household.Facts.Floor.Number > _storeys) { return false; }
                _households[place] = Line(change.Household.Facts);
                return true;
            case RemoveHousehold remove:
                _signed.Remove(remove.Household.Value);
                return _households.RemoveAll(household => household.Id == remove.Household.Value) > 0;
            case SetCosts set:
                if (set.Costs.Select(line => line.Id).Distinct().Count() < set.Costs.Count) { return false; }
                _costs.Clear();
                foreach (var line in set.Costs) { _costs[line.Id.Value] = line.Amount.Fen; }
                return true;
            case SetFunding set:
                string[] sources = [.. set.Funding.Select(source => source.Id.Value)];
                if (sources.Distinct().Count() < sources.Length || _subsidies.Any(record => IsMoney(record.Source) && !sources.Contains(record.Source))) { return false; }
                _funding.Clear();
                _funding.AddRange(set.Funding.Select(source => (source.Id.Value, ((FixedSource)source).Amount.Fen)));
                return true;
            case RecordQuote quote:
                if (_quotes.Contains(quote.Id.Value)) { return false; }
                _quotes.Add(quote.Id.Value);
                return true;
            case ChooseQuote choose:
                return _quotes.Contains(choose.Quote.Value);
            case RecordSubsidy subsidy:
                return Recorded(subsidy);
            case AssessFeasibility assess:
                return Placed(_judged, assess.On, assess.Corrects?.Number, day => day);
            case EnterStage enter:
                return Placed(_stages, (enter.Stage, enter.On), enter.Corrects?.Number, stage => stage.On);
            case SignAgreement sign:
                return IsHome(sign.Household.Value) && _signed.Add(sign.Household.Value);
            case WithdrawSignature withdraw:
                return _signed.Remove(withdraw.Household.Value);
            case ProposeScheme propose:
                string id = propose.Scheme.Id.Value;
                bool known = _schemes.TryGetValue(id, out var earlier);
                if ((known && propose.Reason is null) || !CanShare(propose.Scheme)) { return false; }
                _schemes[id] = (earlier.Versions + 1, true, propose.Scheme);
                return true;
            case WithdrawScheme withdraw:
                if (!Stands(withdraw.Scheme.Value) || _finalised.LastOrDefault() == withdraw.Scheme.Value) { return false; }
                _schemes[withdraw.Scheme.Value] = _schemes[withdraw.Scheme.Value] with { Stands = false };
                return true;
            case FinaliseContributions finalise:
                bool carried = finalise.Evidence.For.Number > (finalise.Evidence.Against?.Number ?? 0) && finalise.Evidence.ForArea.Hundredths > (finalise.Evidence.AgainstArea?.Hundredths ?? 0);
                if (!Stands(finalise.Scheme.Value) || (_finalised.Count > 0 && finalise.Reason is null) || !carried || !CanShare(_schemes[finalise.Scheme.Value].Scheme)) { return false; }
                _finalised.Add(finalise.Scheme.Value);
                return true;
            default:
                throw new InvalidOperationException($"The model does not know {command.GetType().Name}.");
        }
    }

    private bool Recorded(RecordSubsidy subsidy)
    {
        if (_funding.All(source => source.Id != subsidy.Source.Value)) { return false; }
        var line = (subsidy.Source.Value, subsidy.State, subsidy.Amount.Fen, subsidy.On);
        int[] own = [.. Enumerable.Range(0, _subsidies.Count).Where(i => _subsidies[i].Source == subsidy.Source.Value)];
        var all = _subsidies.ToList();
        if (subsidy.Corrects?.Number > own.Length) { return false; }
        if (subsidy.Corrects is null) { all.Add(line); }
        else { all[own[subsidy.Corrects.Value.Number - 1]] = line; }
        var records = all.Where(record => record.Source == subsidy.Source.Value).ToList();
        for (int i = 0; i < records.Count; i++)
        {
            for (int k = 0; k < i; k++)
            {
                // An earlier record k, a later record i.
                if (records[i].On < records[k].On) { return false; }
                bool back = records[i].State < records[k].State;
                if (back && !(records[i].State == SubsidyState.Granted && records[k].State == SubsidyState.Paid)) { return false; }
                if (records[i].State == SubsidyState.Paid && records[k].State == SubsidyState.Paid && records[i].Fen < records[k].Fen) { return false; }
            }
        }
        long? granted = Last(records, SubsidyState.Granted), paid = Last(records, SubsidyState.Paid);
        if (granted is not null && paid is not null && paid > granted) { return false; }
        _subsidies.Clear();
        _subsidies.AddRange(all);
        return true;
    }

    private static long? Last(List<(string Source, SubsidyState State, long Fen, DateOnly On)> records, SubsidyState state) =>
        records.FindLastIndex(record => record.State == state) is >= 0 and int i ? records[i].Fen : null;

    private static bool Placed<T>(List<T> list, T one, int? corrects, Func<T, DateOnly> day)
    {
        var tried = list.ToList();
        if (corrects > tried.Count) { return false; }
        if (corrects is int number) { tried[number - 1] = one; }
        else { tried.Add(one); }
        if (!tried.Select(day).SequenceEqual(tried.Select(day).Order())) { return false; }
        list.Clear();
        list.AddRange(tried);
        return true;
    }

    /// <summary>Whether something was granted or paid of a source, by the last sums.</summary>
    private bool IsMoney(string source)
    {
        var own = _subsidies.Where(record => record.Source == source).ToList();
        return Last(own, SubsidyState.Granted) > 0 || Last(own, SubsidyState.Paid) > 0;
    }

    /// <summary>Whether a scheme of random commands can be carried out: equal, by area, or by storeys ridden, with at most one exemption.</summary>
    private bool CanShare(Scheme scheme)
    {
        if (_households.Count == 0 || _costs.Count == 0) { return false; }
        string[] exempt = [.. scheme.Adjustments.Cast<Exemption>().Select(adjustment => adjustment.Household.Value)];
        if (!exempt.All(IsHome)) { return false; }
        var payers = _households.Where(household => household.Joins && !exempt.Contains(household.Id)).ToList();
        bool nothing = _costs.Values.Sum() <= _funding.Sum(source => source.Fen);
        if (payers.Count == 0) { return nothing; }
        // Who lives on the ground floor rides nothing.
        return scheme.Rule is not RideRule || payers.Any(household => household.Floor > 1);
    }

    private bool Stands(string scheme) => _schemes.TryGetValue(scheme, out var proposed) && proposed.Stands;

    private bool IsHome(string id) => _households.Any(household => household.Id == id);

    private static (string Id, int Floor, bool Joins, long Area) Line(Household household) => (household.Id.Value, household.Floor.Number, household.Joins, household.Area.Hundredths);
}
