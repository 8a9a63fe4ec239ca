using System.Text;
using System.Text.Json;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Api.Buildings;

/// <summary>What happened to a building, told for those who live there: a few short sentences, with what was before where something took its place.</summary>
internal sealed class HistoryTexts
{
    private readonly Building _before;
    private readonly Phrases _say;
    private readonly SchemeTexts _schemes;

    private HistoryTexts(Building before, Language language)
    {
        _before = before;
        _say = new Phrases(language);
        _schemes = new SchemeTexts(before.Costs, language);
    }

    /// <summary>The telling of an event.</summary>
    /// <param name="before">The building as it was right before.</param>
    /// <param name="happened">The event.</param>
    /// <param name="language">The language.</param>
    public static string Of(Building before, BuildingEvent happened, Language language) =>
        string.Join(language.Choose("", " "), new HistoryTexts(before, language).Tell(happened));

    private IEnumerable<string> Tell(BuildingEvent happened) => happened switch
    {
        BuildingRegistered site => Tell(site),
        SiteCorrected correction => Tell(correction),
        HouseholdsRegistered households => Tell(households),
        HouseholdChanged change => Tell(change),
        HouseholdRemoved removal => Tell(removal),
        CostsSet costs => Tell(costs),
        QuoteRecorded quote => Tell(quote),
        QuoteChosen choice => Tell(choice),
        FundingSet funding => Tell(funding),
        SubsidyRecorded subsidy => Tell(subsidy),
        FeasibilityAssessed assessment => Tell(assessment),
        SchemeProposed proposal => Tell(proposal),
        SchemeWithdrawn withdrawal => Tell(withdrawal),
        StageEntered stage => Tell(stage),
        AgreementSigned signature => Tell(signature),
        SignatureWithdrawn withdrawal => Tell(withdrawal),
        ContributionsFinalised finalisation => Tell(finalisation),
        _ => throw new InvalidOperationException($"No words for {happened.GetType().Name}."),
    };

    private IEnumerable<string> Tell(BuildingRegistered site)
    {
        string estate = site.Estate is null ? "" : _say.Choose($"，小区{_say.Quote(site.Estate)}", $", estate {_say.Quote(site.Estate)}");
        yield return _say.Choose($"登记了门栋{_say.Quote(site.Address)}，共 {site.Storeys} 层。街道{_say.Quote(site.Street)}{estate}。",
            $"The building {_say.Quote(site.Address)} was registered, with {site.Storeys} storeys. Street office {_say.Quote(site.Street)}{estate}.");
    }

    private IEnumerable<string> Tell(SiteCorrected happened)
    {
        BuildingRegistered was = _before.Site!;
        string[] changes =
        [
            .. new string?[]
            {
                _say.Change(_say.Choose("街道", "the street office"), _say.Quote(was.Street), _say.Quote(happened.Street)),
                _say.Change(_say.Choose("小区", "the estate"), was.Estate is null ? null : _say.Quote(was.Estate), happened.Estate is null ? null : _say.Quote(happened.Estate)),
                _say.Change(_say.Choose("地址", "the address"), _say.Quote(was.Address), _say.Quote(happened.Address)),
                _say.Change(_say.Choose("层数", "the number of storeys"), $"{was.Storeys}", $"{happened.Storeys}"),
            }.OfType<string>(),
        ];
        yield return changes.Length > 0
            ? _say.Choose($"门栋的登记更正了：{string.Join("；", changes)}。", $"The registration of the building was put right: {string.Join("; ", changes)}.")
            : _say.Choose("门栋重新登记了一遍，内容和原来一样。", "The building was registered anew; nothing is different.");
        yield return _say.Because(happened.Reason);
    }

    private IEnumerable<string> Tell(HouseholdsRegistered happened)
    {
        IReadOnlyList<RegisteredHousehold> households = happened.Households;
        string floors = _say.Floors(households.Select(household => household.Facts.Floor));
        string ids = _say.Ids(households.Select(household => household.Facts.Id));
        yield return _say.Choose($"登记了 {_say.Households(households.Count)}，在 {floors}：{ids}。", $"Registered: {_say.Households(households.Count)} ({floors}): {ids}.");
        RegisteredHousehold[] outside = [.. households.Where(household => !household.Facts.Joins)];
        if (outside.Length > 0)
        {
            string those = _say.Ids(outside.Select(household => household.Facts.Id));
            yield return _say.Choose($"其中 {_say.Households(outside.Length)}不参加：{those}。", outside.Length == 1 ? $"One of them does not join: {those}." : $"{outside.Length} of them do not join: {those}.");
        }
        if (!_before.Households.IsEmpty) { yield return RegisterNow(_before.Households.Count + households.Count); }
    }

    private IEnumerable<string> Tell(HouseholdChanged happened)
    {
        RegisteredHousehold before = Registered(happened.Household.Facts.Id);
        string[] changes = [.. Changes(before, happened.Household).OfType<string>()];
        string who = _say.OfHousehold(happened.Household.Facts.Id);
        yield return changes.Length > 0
            ? _say.Choose($"{who}的登记改了：{string.Join("；", changes)}。", $"The register was changed for {who}: {string.Join("; ", changes)}.")
            : _say.Choose($"{who}重新登记了一遍，内容和原来一样。", $"The register was written anew for {who}; nothing in it is different.");
        yield return _say.Because(happened.Reason);
    }

    private IEnumerable<string?> Changes(RegisteredHousehold before, RegisteredHousehold now)
    {
        string? Quoted(string? text) => text is null ? null : _say.Quote(text);
        string? Owners(IReadOnlyList<PersonId> owners) => owners.Count == 0 ? null : _say.List(owners, owner => _say.Quote(owner.Value), "人");

        yield return _say.Change(_say.Choose("楼层", "the floor"), _say.Choose($"{before.Facts.Floor} 层", $"{before.Facts.Floor}"), _say.Choose($"{now.Facts.Floor} 层", $"{now.Facts.Floor}"));
        yield return _say.Change(_say.Choose("面积", "the area"), _say.SquareMetres(before.Facts.Area), _say.SquareMetres(now.Facts.Area));
        yield return _say.Change(_say.Choose("用途", "the use"), Of(before.Facts.Use), Of(now.Facts.Use));
        yield return before.Facts.Joins == now.Facts.Joins ? null
            : now.Facts.Joins ? _say.Choose("原来不参加，现在参加", "it did not join, and joins now") : _say.Choose("原来参加，现在不参加", "it joined, and does not join now");
        yield return _say.Change(_say.Choose("入户", "the entry"), Of(before.Facts.Entry), Of(now.Facts.Entry));
        yield return _say.Change(_say.Choose("房型", "the flat type"), Quoted(before.Facts.FlatType?.Value), Quoted(now.Facts.FlatType?.Value));
        yield return _say.Change(_say.Choose("门牌", "the unit or door"), Quoted(before.Unit), Quoted(now.Unit));
        yield return _say.Change(_say.Choose("面积的依据", "the document of the area"), Quoted(before.AreaSource), Quoted(now.AreaSource));
        yield return before.Owners.SequenceEqual(now.Owners) ? null
            : _say.Change(_say.Choose("产权人的代号", "the list of owners"), Owners(before.Owners), Owners(now.Owners)) ?? _say.Choose("产权人的代号有改动", "the list of owners is another");
    }

    private IEnumerable<string> Tell(HouseholdRemoved happened)
    {
        Household was = Registered(happened.Household).Facts;
        string who = _say.OfHousehold(happened.Household), area = _say.SquareMetres(was.Area);
        yield return _say.Choose($"{who}从登记册里去掉了（原来在 {was.Floor} 层，{area}）。", $"Taken off the register: {who} (floor {was.Floor}, {area}).");
        if (_before.Signatures.Exists(signature => signature.Household == happened.Household)) { yield return _say.Choose("这一户签过协议，签字不再算数。", "Its signature under the agreement counts no more."); }
        yield return _say.Because(happened.Reason);
        yield return RegisterNow(_before.Households.Count - 1);
    }

    private IEnumerable<string> Tell(CostsSet happened)
    {
        Money total = Total(happened.Costs), was = Total(_before.Costs);
        if (_before.Costs.Count == 0)
        {
            yield return _say.Choose($"定了费用预算：总造价 {_say.Amount(total)}，共 {happened.Costs.Count} 项：{_say.List(happened.Costs, Of, "项")}。",
                $"The budget was set: total cost {_say.Amount(total)}, {Lines(happened.Costs.Count)}: {_say.List(happened.Costs, Of, "项")}.");
            yield break;
        }
        yield return total == was
            ? _say.Choose($"费用预算重新定了，总造价没有变，还是 {_say.Amount(total)}。", $"The budget was set anew. The total cost is still {_say.Amount(total)}.")
            : _say.Choose($"费用预算改了：总造价原来是 {_say.Amount(was)}，现在是 {_say.Amount(total)}{_say.Difference(was, total)}。",
                $"The budget was changed: the total cost was {_say.Amount(was)}, is now {_say.Amount(total)}{_say.Difference(was, total)}.");
        foreach (string sentence in Replaced(_before.Costs, happened.Costs, line => line.Id.Value, Of, Change)) { yield return sentence; }
    }

    private string Change(CostLine before, CostLine now)
    {
        string?[] changes =
        [
            before.Name == now.Name ? null : _say.Choose($"改名为{_say.Quote(now.Name)}", $"renamed {_say.Quote(now.Name)}"),
            _say.Change("", _say.Amount(before.Amount), _say.Amount(now.Amount)) is string amounts ? $"{amounts.TrimStart()}{_say.Difference(before.Amount, now.Amount)}" : null,
            _say.Change(_say.Choose("类别", "category"), Of(before.Category), Of(now.Category)),
        ];
        return $"{_say.Quote(before.Name)}{_say.Choose("", " ")}{string.Join(_say.Choose("，", ", "), changes.OfType<string>())}";
    }

    private IEnumerable<string> Tell(QuoteRecorded happened)
    {
        yield return _say.Choose($"收到{_say.Quote(happened.Vendor)}的报价，{Phrases.Day(happened.On)} 报的，共 {_say.Amount(Total(happened.Lines))}：{_say.List(happened.Lines, Of, "项")}。",
            $"{_say.Quote(happened.Vendor)} made an offer on {Phrases.Day(happened.On)}, {_say.Amount(Total(happened.Lines))} in all: {_say.List(happened.Lines, Of, "项")}.");
        if (!_before.Quotes.IsEmpty) { yield return _say.Choose($"现在共有 {_before.Quotes.Count + 1} 份报价。", $"There are {_before.Quotes.Count + 1} offers now."); }
    }

    private IEnumerable<string> Tell(QuoteChosen happened)
    {
        QuoteRecorded quote = Offer(happened.Quote);
        int others = _before.Quotes.Count - 1;
        yield return _say.Choose($"选定了{_say.Quote(quote.Vendor)}的报价，共 {_say.Amount(Total(quote.Lines))}。", $"The offer of {_say.Quote(quote.Vendor)} was chosen, {_say.Amount(Total(quote.Lines))} in all.");
        yield return others == 0 ? _say.Choose("没有别的报价。", "There was no other.")
            : _say.Choose($"另外还有 {others} 份报价没有选。", others == 1 ? "There was one other, which was not chosen." : $"There were {others} others, which were not chosen.");
        if (_before.Chosen is QuoteChosen earlier && earlier.Quote != happened.Quote)
        {
            QuoteRecorded was = Offer(earlier.Quote);
            yield return _say.Choose($"原来选的是{_say.Quote(was.Vendor)}的报价，共 {_say.Amount(Total(was.Lines))}。", $"Before, it was that of {_say.Quote(was.Vendor)}, {_say.Amount(Total(was.Lines))}.");
        }
        yield return _say.Because(happened.Reason);
    }

    private IEnumerable<string> Tell(FundingSet happened)
    {
        int now = happened.Funding.Count, was = _before.Funding.Count;
        if (was == 0)
        {
            yield return now == 0 ? _say.Choose("没有别的资金来源，费用全部自筹。", "There are no sources of money: residents raise all of it themselves.")
                : _say.Choose($"写明了资金来源，共 {now} 个：{_say.LongList(happened.Funding, Of, "个")}。", $"The sources of money were set, {now} in all: {_say.LongList(happened.Funding, Of, "个")}.");
            yield break;
        }
        yield return now == 0 ? _say.Choose($"资金来源原来有 {was} 个，现在都没有了。", $"The sources of money, {was} before, are all gone.")
            : _say.Choose($"资金来源重新写明，原来 {was} 个，现在 {now} 个。", $"The sources of money were set anew: {was} before, {now} now.");
        foreach (string sentence in Replaced(_before.Funding, happened.Funding, source => source.Id.Value, Of, Change)) { yield return sentence; }
    }

    private string Change(Source before, Source now) => Of(before) == Of(now)
        ? _say.Choose($"{Of(now)}，其中写明的楼栋情况改了", $"{Of(now)}, with other facts of the building")
        : _say.Choose($"{_say.Quote(now.Id.Value)}原来（{Terms(before)}），现在（{Terms(now)}）", $"{_say.Quote(now.Id.Value)}, before ({Terms(before)}), now ({Terms(now)})");

    private IEnumerable<string> Tell(SubsidyRecorded happened)
    {
        if (happened.Corrects is Count number)
        {
            SubsidyRecorded wrong = _before.Subsidies.FindAll(subsidy => subsidy.Source == happened.Source)[number.Number - 1];
            yield return Corrected(number, $"{Phrases.Day(wrong.On)} {Of(wrong.State)} {_say.Amount(wrong.Amount)}", $"{_say.Amount(wrong.Amount)} {Of(wrong.State)} on {Phrases.Day(wrong.On)}");
        }
        yield return _say.Choose($"补贴{_say.Quote(happened.Source.Value)}：{Phrases.Day(happened.On)} {Of(happened.State)} {_say.Amount(happened.Amount)}。",
            $"Subsidy {_say.Quote(happened.Source.Value)}: {_say.Amount(happened.Amount)} {Of(happened.State)} on {Phrases.Day(happened.On)}.");
        if (happened.Certificate is string certificate) { yield return _say.Choose($"使用登记证号{_say.Quote(certificate)}。", $"Use certificate {_say.Quote(certificate)}."); }
        if (happened.Programme is string programme) { yield return _say.Choose($"这笔钱从{_say.Quote(programme)}里出。", $"It is paid from {_say.Quote(programme)}."); }
        if (happened.Corrects is null && _before.Subsidies.FindLast(subsidy => subsidy.Source == happened.Source) is SubsidyRecorded was)
        {
            yield return _say.Choose($"上一次记的是 {Phrases.Day(was.On)} {Of(was.State)} {_say.Amount(was.Amount)}。", $"Recorded before: {_say.Amount(was.Amount)} {Of(was.State)} on {Phrases.Day(was.On)}.");
        }
    }

    private IEnumerable<string> Tell(FeasibilityAssessed happened)
    {
        if (happened.Corrects is Count number)
        {
            FeasibilityAssessed wrong = _before.Feasibility[number.Number - 1];
            yield return Corrected(number, $"{Phrases.Day(wrong.On)} {Of(wrong.Feasibility)}", $"{Of(wrong.Feasibility)}, {Phrases.Day(wrong.On)}");
        }
        yield return _say.Choose($"{Phrases.Day(happened.On)} 判断能不能加装电梯：{Of(happened.Feasibility)}。", $"Judged on {Phrases.Day(happened.On)} whether a lift can be added: {Of(happened.Feasibility)}.");
        if (happened.Corrects is null && _before.Feasibility.LastOrDefault() is FeasibilityAssessed was)
        {
            yield return _say.Choose($"上一次（{Phrases.Day(was.On)}）判断的是：{Of(was.Feasibility)}。", $"The judgement before, of {Phrases.Day(was.On)}: {Of(was.Feasibility)}.");
        }
        if (happened.Note is string note) { yield return _say.Choose($"依据：{_say.Quote(note)}。", $"It rests on {_say.Quote(note)}."); }
    }

    private IEnumerable<string> Tell(SchemeProposed happened)
    {
        ProposedScheme? before = _before.Schemes.Find(scheme => scheme.Current.Id == happened.Scheme.Id);
        string name = before is null ? NameOf(happened.Scheme) : NameOf(before.Current);
        yield return before is null ? _say.Choose($"提出了分摊方案{name}。", $"The scheme {name} was proposed.")
            : before.Withdrawn is null ? _say.Choose($"分摊方案{name}修改了，这是第 {before.Versions.Count + 1} 版。", $"The scheme {name} was revised; this is version {before.Versions.Count + 1}.")
            : _say.Choose($"撤回过的分摊方案{name}重新提出，这是第 {before.Versions.Count + 1} 版。", $"The scheme {name}, which was withdrawn, was proposed again; this is version {before.Versions.Count + 1}.");
        foreach (string sentence in before is null ? _schemes.Whole(happened.Scheme) : _schemes.Changes(before.Current, happened.Scheme)) { yield return sentence; }
        foreach (string sentence in Touched(happened.Changes)) { yield return sentence; }
        if (happened.Reason is string reason) { yield return _say.Because(reason); }
    }

    private IEnumerable<string> Tell(SchemeWithdrawn happened)
    {
        string name = NameOf(happened.Scheme);
        yield return _say.Choose($"分摊方案{name}撤回了，不再用它。", $"The scheme {name} was withdrawn.");
        yield return _say.Because(happened.Reason);
    }

    private IEnumerable<string> Tell(StageEntered happened)
    {
        string day = Phrases.Day(happened.On), stage = Of(happened.Stage);
        if (happened.Corrects is Count number)
        {
            StageEntered wrong = _before.Stages[number.Number - 1];
            yield return Corrected(number, $"{Of(wrong.Stage)}阶段，从 {Phrases.Day(wrong.On)} 起", $"the stage of {Of(wrong.Stage)}, since {Phrases.Day(wrong.On)}");
            yield return _say.Choose($"应当是{stage}阶段，从 {day} 起。", $"It is the stage of {stage}, since {day}.");
            yield break;
        }
        if (_before.Stages.LastOrDefault() is not StageEntered was)
        {
            yield return _say.Choose($"项目从 {day} 起是{stage}阶段。", $"The project is at the stage of {stage} since {day}.");
            yield break;
        }
        if (happened.Stage == was.Stage)
        {
            yield return _say.Choose($"项目还是{stage}阶段，原来从 {Phrases.Day(was.On)} 算起，现在从 {day} 算起。", $"The project is still at the stage of {stage}, counted from {Phrases.Day(was.On)} before, from {day} now.");
            yield break;
        }
        yield return happened.Stage < was.Stage ? _say.Choose($"项目从 {day} 起退回到{stage}阶段。", $"The project went back to the stage of {stage} on {day}.")
            : _say.Choose($"项目从 {day} 起进入{stage}阶段。", $"The project came to the stage of {stage} on {day}.");
        yield return _say.Choose($"原来是{Of(was.Stage)}阶段，从 {Phrases.Day(was.On)} 起。", $"Before, it was at the stage of {Of(was.Stage)}, since {Phrases.Day(was.On)}.");
    }

    private IEnumerable<string> Tell(AgreementSigned happened)
    {
        int signed = _before.Signatures.Count + 1;
        yield return _say.Choose($"{_say.OfHousehold(happened.Household)}在 {Phrases.Day(happened.On)} 签了协议。", $"The agreement was signed by {_say.OfHousehold(happened.Household)} on {Phrases.Day(happened.On)}.");
        yield return _say.Choose($"登记册里共 {_say.Households(_before.Households.Count)}，到现在已有 {_say.Households(signed)}签了。", $"Signed so far: {signed} of {_say.Households(_before.Households.Count)} in the register.");
    }

    private IEnumerable<string> Tell(SignatureWithdrawn happened)
    {
        string who = _say.OfHousehold(happened.Household);
        int signed = _before.Signatures.Count - 1;
        yield return _say.Choose($"{who}的签字撤回了，不再算数。", $"The signature of {who} was taken back and counts no more.");
        yield return _say.Because(happened.Reason);
        yield return signed == 0 ? _say.Choose("现在没有一户签了。", "No household has signed now.")
            : _say.Choose($"登记册里共 {_say.Households(_before.Households.Count)}，现在有 {_say.Households(signed)}签了。", $"Signed now: {signed} of {_say.Households(_before.Households.Count)} in the register.");
    }

    private string Corrected(Count number, string chinese, string english) =>
        _say.Choose($"更正第 {number.Number} 条记录，原来记的是：{chinese}。", $"Record {number.Number} was put right; it was: {english}.");

    /// <summary>How many households pay more and fewer, and who is touched most.</summary>
    private IEnumerable<string> Touched(IReadOnlyList<BillChange>? changes)
    {
        if (changes is null) { yield break; }
        (HouseholdId Household, long Fen)[] differences = [.. changes.Select(change => (change.Household, (change.After?.Fen ?? 0) - (change.Before?.Fen ?? 0))).Where(change => change.Item2 != 0)];
        if (differences.Length == 0)
        {
            yield return _say.Choose("每户应付的都没有变。", "What every household pays stays the same.");
            yield break;
        }
        (HouseholdId Household, long Fen)[] more = [.. differences.Where(change => change.Fen > 0)], less = [.. differences.Where(change => change.Fen < 0)];
        if (more.Length > 0)
        {
            (HouseholdId household, long fen) = more.MaxBy(change => change.Fen);
            yield return _say.Choose($"{_say.Households(more.Length)}比上一次多付；{_say.OfHousehold(household)}多得最多，多 {_say.Amount(Money.FromFen(fen))}。",
                $"More than before: {_say.Households(more.Length)}, most of all {_say.OfHousehold(household)}, {_say.Amount(Money.FromFen(fen))} more.");
        }
        if (less.Length > 0)
        {
            (HouseholdId household, long fen) = less.MinBy(change => change.Fen);
            yield return _say.Choose($"{_say.Households(less.Length)}比上一次少付；{_say.OfHousehold(household)}少得最多，少 {_say.Amount(Money.FromFen(-fen))}。",
                $"Less than before: {_say.Households(less.Length)}, most of all {_say.OfHousehold(household)}, {_say.Amount(Money.FromFen(-fen))} less.");
        }
    }

    private IEnumerable<string> Tell(ContributionsFinalised happened)
    {
        string name = NameOf(happened.Scheme);
        yield return _say.Choose($"第 {happened.Number.Number} 次定案，采用分摊方案{name}。", $"Contributions were finalised, number {happened.Number.Number}, by the scheme {name}.");
        if (EvidenceIn(happened.Passport) is Evidence evidence) { yield return Of(evidence); }
        Money total = Total(happened.Bills);
        Money highest = happened.Bills.Max(bill => bill.Amount), lowest = happened.Bills.Min(bill => bill.Amount);
        string bills = highest == lowest ? _say.Choose($"每户 {_say.Amount(highest)}", $"{_say.Amount(highest)} each")
            : _say.Choose($"最高 {Paid(highest, happened.Bills)}，最低 {Paid(lowest, happened.Bills)}", $"the highest bill {Paid(highest, happened.Bills)}, the lowest {Paid(lowest, happened.Bills)}");
        yield return _say.Choose($"{_say.Households(happened.Bills.Count)}应付合计 {_say.Amount(total)}；{bills}。", $"{_say.Households(happened.Bills.Count)} to pay {_say.Amount(total)} in all: {bills}.");
        Bill[] credited = [.. happened.Bills.Where(bill => bill.Credit is not null)];
        if (credited.Length > 0)
        {
            string credits = _say.List(credited, bill => $"{_say.OfHousehold(bill.Household)} {_say.Amount(bill.Credit!.Value)}", "户");
            yield return _say.Choose($"补偿多于账单，反而收钱的有：{credits}。", $"Compensated with more than their bill, and paid the rest: {credits}.");
        }
        if (_before.Finalisations.LastOrDefault() is ContributionsFinalised was)
        {
            Money before = Total(was.Bills);
            yield return before == total ? _say.Choose("合计和上一次一样。", "The sum is the same as before.")
                : _say.Choose($"上一次合计 {_say.Amount(before)}，这次{_say.Difference(before, total)[1..]}。", $"The sum before was {_say.Amount(before)}; now it is{_say.Difference(before, total)[1..]}.");
        }
        foreach (string sentence in Touched(happened.Changes)) { yield return sentence; }
        if (happened.Reason is string reason) { yield return _say.Because(reason); }
        string code = happened.Sha256[..12];
        yield return _say.Choose($"校验码 {code}。", $"Check code {code}.");
    }

    private string Of(Evidence evidence)
    {
        string against = evidence.Against is null && evidence.AgainstArea is null ? _say.Choose("没有人反对", "nobody against") : _say.Choose("反对", "against")
            + (evidence.Against is Count people ? _say.Choose($" {people.Number} 人", $" {Owners(people)}") : "")
            + (evidence.AgainstArea is Area area ? _say.Choose($"（{_say.SquareMetres(area)}）", $" ({_say.SquareMetres(area)})") : "");
        return _say.Choose($"依据：{_say.Quote(evidence.Record)}，{Phrases.Day(evidence.On)} 决定；同意 {evidence.For.Number} 人（专有部分面积 {_say.SquareMetres(evidence.ForArea)}），{against}。",
            $"Decided on {Phrases.Day(evidence.On)}, as {_say.Quote(evidence.Record)} says: for it {Owners(evidence.For)} ({_say.SquareMetres(evidence.ForArea)}), {against}.");
    }

    private static string Owners(Count number) => number.Number == 1 ? "1 owner" : $"{number.Number} owners";

    private string Paid(Money amount, IReadOnlyList<Bill> bills)
    {
        Bill[] those = [.. bills.Where(bill => bill.Amount == amount)];
        string who = those.Length == 1 ? _say.OfHousehold(those[0].Household)
            : _say.Choose($"{_say.OfHousehold(those[0].Household)}等 {_say.Households(those.Length)}", $"{_say.OfHousehold(those[0].Household)} and {those.Length - 1} more");
        return _say.Choose($"{_say.Amount(amount)}（{who}）", $"{_say.Amount(amount)} ({who})");
    }

    /// <summary>By what contributions were adopted, which stands in their passport only; null in one that states none.</summary>
    private static Evidence? EvidenceIn(string passport)
    {
        using var document = JsonDocument.Parse(passport);
        return document.RootElement.TryGetProperty("evidence", out JsonElement evidence)
            ? StrictReader.ReadCanonical<Evidence>(Encoding.UTF8.GetBytes(evidence.GetRawText()), new FaultList())
            : null;
    }

    /// <summary>Sentences that tell a list that took the place of another: what is new, gone, different.</summary>
    private IEnumerable<string> Replaced<T>(IReadOnlyList<T> before, IReadOnlyList<T> now, Func<T, string> id, Func<T, string> tell, Func<T, T, string> change)
    {
        Dictionary<string, T> were = before.ToDictionary(id), are = now.ToDictionary(id);
        T[] added = [.. now.Where(entry => !were.ContainsKey(id(entry)))], removed = [.. before.Where(entry => !are.ContainsKey(id(entry)))];
        (T Was, T Is)[] changed = [.. now.Where(entry => were.TryGetValue(id(entry), out T? was) && Wire(was) != Wire(entry)).Select(entry => (were[id(entry)], entry))];
        bool moved = !before.Select(id).Where(are.ContainsKey).SequenceEqual(now.Select(id).Where(were.ContainsKey));
        if (added.Length > 0) { yield return _say.Choose($"新添：{_say.LongList(added, tell, "项")}。", $"New: {_say.LongList(added, tell, "项")}."); }
        if (removed.Length > 0) { yield return _say.Choose($"去掉：{_say.LongList(removed, tell, "项")}。", $"Gone: {_say.LongList(removed, tell, "项")}."); }
        if (changed.Length > 0)
        {
            string changes = _say.LongList(changed, entry => change(entry.Was, entry.Is), "项");
            yield return _say.Choose($"改动：{changes}。", $"Changed: {changes}.");
        }
        if (moved) { yield return _say.Choose("各项的先后次序改了。", "The order is another."); }
        else if (added.Length + removed.Length + changed.Length == 0) { yield return _say.Choose("各项和原来一样。", "All of it is as it was."); }
    }

    // Records with lists in them compare by reference.
    private static string Wire<T>(T entry) => JsonSerializer.Serialize(entry, WireJson.Options);

    private RegisteredHousehold Registered(HouseholdId id) => _before.Households.First(household => household.Facts.Id == id);

    private QuoteRecorded Offer(QuoteId id) => _before.Quotes.First(quote => quote.Id == id);

    private string RegisterNow(int households) => _say.Choose($"登记册现在共 {_say.Households(households)}。", $"The register has {_say.Households(households)} now.");

    private string NameOf(SchemeId id) => _before.Schemes.Find(scheme => scheme.Current.Id == id) is ProposedScheme scheme ? NameOf(scheme.Current) : _say.Quote(id.Value);

    // Two schemes may have one name; then the ids tell them apart.
    private string NameOf(Scheme scheme) => _before.Schemes.Exists(other => other.Current.Id != scheme.Id && other.Current.Name == scheme.Name)
        ? _say.Choose($"{_say.Quote(scheme.Name)}（编号{_say.Quote(scheme.Id.Value)}）", $"{_say.Quote(scheme.Name)} (id {_say.Quote(scheme.Id.Value)})")
        : _say.Quote(scheme.Name);

    private static Money Total(IEnumerable<CostLine> lines) => Money.Sum(lines.Select(line => line.Amount));

    private static Money Total(IEnumerable<Bill> bills) => Money.Sum(bills.Select(bill => bill.Amount));

    private static string Lines(int number) => number == 1 ? "1 cost line" : $"{number} cost lines";

    private string Of(CostLine line) => $"{_say.Quote(line.Name)} {_say.Amount(line.Amount)}";

    private string Of(Source source) => _say.Choose($"{_say.Quote(source.Id.Value)}（{Terms(source)}）", $"{_say.Quote(source.Id.Value)} ({Terms(source)})");

    private string Terms(Source source)
    {
        string?[] parts =
        [
            source switch
            {
                ProgrammeSource programme => _say.Choose($"其他项目，整项承担{_say.List(programme.CostIds, _schemes.CostName, "项")}", $"a programme that carries {_say.List(programme.CostIds, _schemes.CostName, "项")}"),
                PolicySource policy => _say.Choose($"补贴，按政策{_say.Quote(policy.Policy.Value)}在 {Phrases.Day(policy.On)} 的规定{(policy.AcceptUnconfirmed ? "，未经证实的也算" : "")}",
                    $"a subsidy, by the policy {_say.Quote(policy.Policy.Value)} as of {Phrases.Day(policy.On)}{(policy.AcceptUnconfirmed ? ", also where not confirmed" : "")}"),
                FixedSource given => _say.Choose($"给 {_say.Amount(given.Amount)}", $"gives {_say.Amount(given.Amount)}"),
                _ => throw new InvalidOperationException($"No words for {source.GetType().Name}."),
            },
            source.Covers is null ? null : _say.Choose($"只付{_say.List(source.Covers, Covered, "项")}", $"only for {_say.List(source.Covers, Covered, "项")}"),
            source is ProgrammeSource ? null : Of(source.Treatment),
            source.Expenses == Money.Zero ? null : _say.Choose($"扣除费用 {_say.Amount(source.Expenses)}", $"less expenses of {_say.Amount(source.Expenses)}"),
            source.AfterAcceptance ? _say.Choose("验收后才到账", "arrives only after acceptance") : null,
        ];
        return string.Join(_say.Choose("，", ", "), parts.OfType<string>());
    }

    /// <summary>What a source may pay: a cost line, a category, or both where they go by one name.</summary>
    private string Covered(CostId name)
    {
        string? category = Enum.GetValues<CostCategory>().Where(category => WireNames.Of(category) == name.Value).Select(Of).FirstOrDefault();
        bool isLine = _before.Costs.Any(line => line.Id == name);
        return category is null ? _schemes.CostName(name) : isLine ? _say.Choose($"{category}和{_schemes.CostName(name)}", $"{category} and {_schemes.CostName(name)}") : category;
    }

    private string Of(Treatment treatment) => treatment switch
    {
        Treatment.NetOff => _say.Choose("先抵扣", "netted off"),
        Treatment.RefundProRata => _say.Choose("住户先付，以后按比例退还", "residents pay first, refunded pro rata"),
        _ => _say.Choose("留作维保基金", "kept as upkeep fund"),
    };

    private string Of(CostCategory category) => category switch
    {
        CostCategory.Equipment => _say.Choose("设备及安装", "equipment"),
        CostCategory.CivilWorks => _say.Choose("土建", "civil works"),
        CostCategory.Design => _say.Choose("设计", "design"),
        CostCategory.Survey => _say.Choose("勘察", "survey"),
        CostCategory.Supervision => _say.Choose("监理", "supervision"),
        CostCategory.Pipes => _say.Choose("管线迁移", "pipes"),
        CostCategory.Power => _say.Choose("电力", "power"),
        CostCategory.Landscape => _say.Choose("绿化", "landscape"),
        CostCategory.Inspection => _say.Choose("检验", "inspection"),
        CostCategory.Corridor => _say.Choose("连廊", "corridors"),
        _ => _say.Choose("其他", "other"),
    };

    private string Of(Use use) => use switch
    {
        Use.Dwelling => _say.Choose("住宅", "dwelling"),
        Use.Shop => _say.Choose("商铺", "shop"),
        Use.Garage => _say.Choose("车库", "garage"),
        _ => _say.Choose("其他", "other"),
    };

    private string Of(Entry entry) => entry == Entry.Level ? _say.Choose("平层入户", "level") : _say.Choose("半层入户", "from a half-landing");

    private string Of(SubsidyState state) => state switch
    {
        SubsidyState.Planned => _say.Choose("计划", "planned"),
        SubsidyState.Claimed => _say.Choose("已申领", "claimed"),
        SubsidyState.Granted => _say.Choose("已批准", "granted"),
        _ => _say.Choose("已发放", "paid"),
    };

    private string Of(Feasibility feasibility) => feasibility switch
    {
        Feasibility.Suitable => _say.Choose("能装", "it can"),
        Feasibility.Hard => _say.Choose("较难", "it is hard"),
        _ => _say.Choose("不适合", "it cannot"),
    };

    private string Of(Stage stage) => stage switch
    {
        Stage.Consulting => _say.Choose("动议协商", "consulting"),
        Stage.Applying => _say.Choose("申请报建", "applying for the permit"),
        Stage.PublicNotice => _say.Choose("公示公告", "public notice"),
        Stage.Construction => _say.Choose("施工建设", "construction"),
        Stage.Acceptance => _say.Choose("竣工验收", "acceptance"),
        Stage.InUse => _say.Choose("交付使用", "use"),
        _ => _say.Choose("后期管理", "upkeep"),
    };
}
