using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Funding;

/// <summary>Who pays for the project before the residents do, line by line.</summary>
/// <remarks>
/// Programmes take their lines first, wherever they are listed. The other sources take their turn in list order: each
/// gives at most what its covered lines still need, spread over them in proportion to that need by largest remainder in
/// fen, ties in cost order. Money that is refunded or kept for upkeep also uses up the need, so that nothing is funded
/// twice, but residents raise it first: the line then stands as self-funded (decision 0004).
/// </remarks>
public static class Waterfall
{
    private static readonly Dictionary<CostId, CostCategory> Categories = Enum.GetValues<CostCategory>()
        .ToDictionary(category => new CostId(JsonNamingPolicy.CamelCase.ConvertName(category.ToString())));

    /// <summary>Works out what each source gives and what is left for the residents.</summary>
    /// <param name="costs">The budget, in the order that settles ties.</param>
    /// <param name="costsPlace">Where the budget stands in the request.</param>
    /// <param name="sources">The sources, in the order in which they take their turn.</param>
    /// <param name="sourcePlace">Where each source stands in the request, by its position.</param>
    /// <param name="subsidies">The rules of every subsidy policy, the oldest first.</param>
    /// <param name="building">What the building itself says of the facts that rules ask for.</param>
    /// <param name="faults">Receives everything that is wrong; the result is meaningless if anything is added.</param>
    public static FundingResult Run(
        IReadOnlyList<CostLine> costs, Place costsPlace, IReadOnlyList<Source> sources, Func<int, Place> sourcePlace,
        IReadOnlyDictionary<PolicyId, IReadOnlyList<SubsidyRule>> subsidies, BuildingFacts building, FaultList faults)
    {
        int before = faults.Count;
        Money total = Check(costs, costsPlace, sources, sourcePlace, faults);
        bool known = faults.Count == before;
        Money[] need = [.. costs.Select(line => line.Amount)];
        Money[] selfFunded = [.. need];
        var results = new SourceResult[sources.Count];
        var given = new Money[sources.Count][];
        // What subsidies are reckoned on: the gross amounts less what programmes carry, whatever other sources give.
        Money[] gross = [.. costs.Select(line => sources.OfType<ProgrammeSource>().Any(programme => programme.CostIds.Contains(line.Id)) ? Money.Zero : line.Amount)];

        foreach (int i in Enumerable.Range(0, sources.Count).OrderBy(i => sources[i] is not ProgrammeSource))
        {
            Source source = sources[i];
            Gift gift = source switch
            {
                ProgrammeSource programme => Carry(programme, costs, need),
                FixedSource @fixed => Give(@fixed.Amount, costs, need, line => Covers(@fixed, line)),
                PolicySource policy => Subsidise(policy, costs, need, gross, subsidies, building, sourcePlace(i), faults),
                _ => throw new InvalidOperationException("A kind of source that the waterfall does not know."),
            };
            Money[] spread = gift.Spread;
            bool netOff = source.Treatment == Treatment.NetOff;
            for (int line = 0; line < need.Length; line++)
            {
                need[line] -= spread[line];
                if (netOff) { selfFunded[line] -= spread[line]; }
            }
            var amount = Money.Sum(spread);
            // Of a subsidy that is refused it is not known what it gives.
            bool reckoned = known && (source is not PolicySource || gift.Policy is not null);
            if (reckoned && source.Treatment == Treatment.RefundProRata && source.Expenses > amount)
            {
                faults.Add(FaultCode.ExpensesAboveRefund, sourcePlace(i).At("expensesFen"),
                    ("source", source.Id.Value), ("amountFen", amount.Fen), ("expensesFen", source.Expenses.Fen));
            }
            given[i] = spread;
            results[i] = new SourceResult
            {
                Id = source.Id,
                Amount = amount,
                Unused = gift.Unused,
                AfterAcceptance = source.AfterAcceptance || gift.Policy?.Paid is PaidWhen.AfterAcceptance or PaidWhen.NotStated,
                Treatment = source.Treatment,
                Expenses = source.Expenses,
                Steps = gift.Steps,
                Policy = gift.Policy,
            };
        }

        return new FundingResult
        {
            TotalCost = total,
            Sources = results,
            SelfFunded = Money.Sum(selfFunded),
            SelfFundedByLine = selfFunded,
            Bridge = Money.Sum(results.Where(s => s.AfterAcceptance && s.Treatment == Treatment.NetOff).Select(s => s.Amount)),
            Matrix = Matrix(costs, sources, given, selfFunded),
        };
    }

    private static Money Check(
        IReadOnlyList<CostLine> costs, Place costsPlace, IReadOnlyList<Source> sources, Func<int, Place> sourcePlace, FaultList faults)
    {
        var ids = new HashSet<CostId>();
        for (int i = 0; i < costs.Count; i++)
        {
            if (!ids.Add(costs[i].Id)) { faults.Add(FaultCode.IdDuplicate, costsPlace.At(i).At("id"), ("id", costs[i].Id.Value)); }
        }
        var total = Money.Sum(costs.Select(line => line.Amount));
        if (total > Money.Largest)
        {
            faults.Add(FaultCode.TotalTooLarge, costsPlace, ("totalFen", total.Fen), ("limitFen", Money.Largest.Fen));
        }

        var sourceIds = new HashSet<SourceId>();
        var carried = new HashSet<CostId>();
        for (int i = 0; i < sources.Count; i++)
        {
            Source source = sources[i];
            Place place = sourcePlace(i);
            if (!sourceIds.Add(source.Id)) { faults.Add(FaultCode.IdDuplicate, place.At("id"), ("id", source.Id.Value)); }
            if (source.Id == SourceId.SelfFunded) { faults.Add(FaultCode.IdReserved, place.At("id"), ("id", source.Id.Value)); }
            if (source.Expenses > Money.Zero && source.Treatment != Treatment.RefundProRata)
            {
                faults.Add(FaultCode.ExpensesWithoutRefund, place.At("expensesFen"), ("source", source.Id.Value));
            }
            CheckLines(source.Covers ?? [], place.At("covers"), name => ids.Contains(name) || Categories.ContainsKey(name), faults);
            if (source is not ProgrammeSource programme) { continue; }

            if (source.Covers is not null) { faults.Add(FaultCode.ProgrammeCarriesWholeLines, place.At("covers"), ("source", source.Id.Value)); }
            if (source.Treatment != Treatment.NetOff)
            {
                faults.Add(FaultCode.ProgrammeCarriesWholeLines, place.At("treatment"), ("source", source.Id.Value));
            }
            CheckLines(programme.CostIds, place.At("costIds"), ids.Contains, faults);
            for (int line = 0; line < programme.CostIds.Count; line++)
            {
                if (ids.Contains(programme.CostIds[line]) && !carried.Add(programme.CostIds[line]))
                {
                    faults.Add(FaultCode.LineCarriedTwice, place.At("costIds").At(line),
                        ("cost", programme.CostIds[line].Value), ("source", source.Id.Value));
                }
            }
        }
        return total;
    }

    private static void CheckLines(IReadOnlyList<CostId> names, Place place, Predicate<CostId> exists, FaultList faults)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (!exists(names[i])) { faults.Add(FaultCode.CostUnknown, place.At(i), ("cost", names[i].Value)); }
        }
    }

    private static Gift Carry(ProgrammeSource programme, IReadOnlyList<CostLine> costs, Money[] need)
    {
        var spread = new Money[costs.Count];
        var inputs = new List<StepInput>();
        for (int line = 0; line < costs.Count; line++)
        {
            if (!programme.CostIds.Contains(costs[line].Id)) { continue; }
            spread[line] = need[line];
            inputs.Add(new StepInput(costs[line].Id.Value, need[line].Fen));
        }
        return new Gift(spread, Money.Zero, [new Step(StepCode.ProgrammeLines, inputs, Money.Sum(spread).Fen)], null);
    }

    private static Gift Give(Money offered, IReadOnlyList<CostLine> costs, Money[] need, Predicate<CostLine> covers)
    {
        Money[] coveredNeed = [.. costs.Select((line, i) => covers(line) ? need[i] : Money.Zero)];
        var needed = Money.Sum(coveredNeed);
        var amount = Money.Min(offered, needed);
        Money[] spread = amount > Money.Zero ? [.. Apportionment.Split(amount, coveredNeed).Amounts] : new Money[costs.Count];
        return new Gift(spread, offered - amount, [new Step(StepCode.SourceGives, [new("offered", offered.Fen), new("need", needed.Fen)], amount.Fen)], null);
    }

    /// <summary>The subsidy of a policy: part by part, each at most what its lines still need.</summary>
    private static Gift Subsidise(
        PolicySource source, IReadOnlyList<CostLine> costs, Money[] need, Money[] gross,
        IReadOnlyDictionary<PolicyId, IReadOnlyList<SubsidyRule>> subsidies, BuildingFacts building, Place place, FaultList faults)
    {
        var nothing = new Gift(new Money[costs.Count], Money.Zero, [], null);
        if (Find(source, subsidies, place, faults) is not SubsidyRule rule) { return nothing; }
        BuildingFacts facts = source.Facts.Or(building);
        IReadOnlyList<ConditionResult> conditions = SubsidyReckoning.Judge(rule, facts);
        var policy = new PolicyResult
        {
            Policy = source.Policy,
            From = rule.From,
            FromKnown = rule.FromKnown,
            Certainty = rule.Certainty,
            Note = rule.Note,
            Evidence = rule.Evidence,
            Paid = rule.Paid,
            Conditions = conditions,
            Parts = [],
            References = rule.References,
        };
        if (conditions.Any(condition => condition.State == ConditionState.Unmet))
        {
            return nothing with { Steps = [new Step(StepCode.SubsidyUnmet, [], 0)], Policy = policy };
        }
        Money[] left = [.. need], spread = new Money[costs.Count];
        Money unused = Money.Zero;
        var steps = new List<Step>();
        var parts = new List<PartResult>();
        foreach (SubsidyPart part in rule.Parts)
        {
            if (SubsidyReckoning.Offer(part, costs, gross, facts) is not (Money offered, IReadOnlyList<Step> offer))
            {
                var tiers = (TieredAmount)part.Amount;
                faults.Add(FaultCode.FactMissing, place.At("facts"), ("policy", source.Policy.Value),
                    ("fact", JsonNamingPolicy.CamelCase.ConvertName(tiers.By.ToString())),
                    ("tiers", string.Join("; ", tiers.Tiers.Select(tier => $"{tier.From.Number}: {Yuan(tier.Amount)}"))));
                return nothing;
            }
            Gift gift = Give(offered, costs, left, line => source.Covers is null ? part.Base.Contains(line.Category) : Covers(source, line));
            for (int line = 0; line < left.Length; line++)
            {
                left[line] -= gift.Spread[line];
                spread[line] += gift.Spread[line];
            }
            unused += gift.Unused;
            steps.AddRange([.. offer, .. gift.Steps]);
            parts.Add(new PartResult
            {
                Name = part.Name,
                Layer = part.Layer,
                Paragraph = part.Paragraph,
                Reference = part.Reference ?? rule.References[0],
                Offered = offered,
                Amount = offered - gift.Unused,
                Steps = offer.Count + gift.Steps.Count,
            });
        }
        return new Gift(spread, unused, steps, policy with { Parts = parts });
    }

    private static SubsidyRule? Find(
        PolicySource source, IReadOnlyDictionary<PolicyId, IReadOnlyList<SubsidyRule>> subsidies, Place place, FaultList faults)
    {
        if (!subsidies.TryGetValue(source.Policy, out IReadOnlyList<SubsidyRule>? rules))
        {
            faults.Add(FaultCode.PolicyUnknown, place.At("policy"), ("policy", source.Policy.Value));
            return null;
        }
        if (rules.InForce(source.On) is not SubsidyRule inForce)
        {
            faults.Add(FaultCode.NoRuleOnThatDay, place.At("on"), ("policy", source.Policy.Value), ("on", DatedRule.Text(source.On)), ("known", rules.Days()));
            return null;
        }
        if (inForce.IsConfirmed || source.AcceptUnconfirmed) { return inForce; }
        faults.Add(FaultCode.PolicyUnconfirmed, place.At("policy"), ("policy", source.Policy.Value), ("from", DatedRule.Text(inForce.From)));
        return null;
    }

    private static string Yuan(Money amount) => string.Create(CultureInfo.InvariantCulture, $"{amount.Fen / 100}.{amount.Fen % 100:D2}");

    /// <summary>What a source gives to each line.</summary>
    private sealed record Gift(Money[] Spread, Money Unused, IReadOnlyList<Step> Steps, PolicyResult? Policy);

    private static bool Covers(Source source, CostLine line) =>
        source.Covers is null || source.Covers.Any(name => name == line.Id || (Categories.TryGetValue(name, out CostCategory category) && category == line.Category));

    private static MatrixEntry[] Matrix(
        IReadOnlyList<CostLine> costs, IReadOnlyList<Source> sources, Money[][] given, Money[] selfFunded) =>
        [.. costs.SelectMany((line, i) => sources
            .Select((source, j) => (source.Id, Amount: source.Treatment == Treatment.NetOff ? given[j][i] : Money.Zero))
            .Append((SourceId.SelfFunded, selfFunded[i]))
            .Where(entry => entry.Item2 > Money.Zero)
            .Select(entry => new MatrixEntry(line.Id, entry.Item1, entry.Item2)))];
}

/// <summary>Who pays the project: the sources, and the residents for the rest.</summary>
public sealed record FundingResult
{
    /// <summary>The sum of all cost lines.</summary>
    [JsonPropertyName("totalCostFen")]
    public required Money TotalCost { get; init; }

    /// <summary>What each source gives, in the order of the request.</summary>
    [Length(0, Source.Most)]
    public required IReadOnlyList<SourceResult> Sources { get; init; }

    /// <summary>What residents raise: all that programmes and netted-off sources do not pay.</summary>
    [JsonPropertyName("selfFundedFen")]
    public required Money SelfFunded { get; init; }

    /// <summary>The same for each cost line, in cost order; the matrix tells it without the lines of which residents pay nothing.</summary>
    internal IReadOnlyList<Money> SelfFundedByLine { get; init; } = [];

    /// <summary>Netted-off money that arrives only after acceptance, so that somebody must bridge it.</summary>
    [JsonPropertyName("bridgeFen")]
    public required Money Bridge { get; init; }

    /// <summary>
    /// Who pays how much of which line, without zeros: the entries of a line sum to its amount, those of a netted-off
    /// source to what it gives, those of "selfFunded" to what residents raise. A source whose money is refunded or kept
    /// for upkeep has no entries, because residents pay those lines first.
    /// </summary>
    [Length(0, CostLine.Most * (Source.Most + 1))]
    public required IReadOnlyList<MatrixEntry> Matrix { get; init; }

    /// <summary>What comes back to the households in proportion to their bills: refunded sources less expenses.</summary>
    [JsonIgnore]
    public Money Refund =>
        Money.Sum(Sources.Where(source => source.Treatment == Treatment.RefundProRata).Select(source => source.Amount - source.Expenses));
}

/// <summary>What one source gives.</summary>
public sealed record SourceResult
{
    /// <summary>The source's id.</summary>
    public required SourceId Id { get; init; }

    /// <summary>What it gives.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>What it offered beyond what its covered lines still needed.</summary>
    [JsonPropertyName("unusedFen")]
    public required Money Unused { get; init; }

    /// <summary>Whether the money arrives only after acceptance.</summary>
    public required bool AfterAcceptance { get; init; }

    /// <summary>What becomes of the money.</summary>
    public required Treatment Treatment { get; init; }

    /// <summary>What is kept back for expenses before the rest is refunded.</summary>
    [JsonPropertyName("expensesFen")]
    public required Money Expenses { get; init; }

    /// <summary>How the amount was reached; for a policy part by part.</summary>
    [Length(1, 100)]
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>The rule of the policy that was applied; only for a policy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PolicyResult? Policy { get; init; }
}

/// <summary>The rule of a policy as it was applied.</summary>
public sealed record PolicyResult
{
    /// <summary>The policy.</summary>
    public required PolicyId Policy { get; init; }

    /// <summary>Since when the rule is in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>How exactly that day is known.</summary>
    public required DayKnown FromKnown { get; init; }

    /// <summary>How sure it is.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>What else is to be known, above all what is not; left out where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Words? Note { get; init; }

    /// <summary>The papers to hand in.</summary>
    [Length(0, 50)]
    public required IReadOnlyList<Words> Evidence { get; init; }

    /// <summary>When it is paid.</summary>
    public required PaidWhen Paid { get; init; }

    /// <summary>Its conditions, one by one.</summary>
    [Length(0, 50)]
    public required IReadOnlyList<ConditionResult> Conditions { get; init; }

    /// <summary>Its parts in order; none where a condition is not met.</summary>
    [Length(0, 20)]
    public required IReadOnlyList<PartResult> Parts { get; init; }

    /// <summary>Where it was read.</summary>
    [Length(1, 20)]
    public required IReadOnlyList<PolicyReference> References { get; init; }
}

/// <summary>What one part of a subsidy gives.</summary>
public sealed record PartResult
{
    /// <summary>What the part is for.</summary>
    public required Words Name { get; init; }

    /// <summary>Who pays it.</summary>
    public required Layer Layer { get; init; }

    /// <summary>The article or paragraph that says so; left out where none is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Paragraph { get; init; }

    /// <summary>The text that says so.</summary>
    public required PolicyReference Reference { get; init; }

    /// <summary>What it offers, after its cap.</summary>
    [JsonPropertyName("offeredFen")]
    public required Money Offered { get; init; }

    /// <summary>What it gives: at most what its lines still need.</summary>
    [JsonPropertyName("amountFen")]
    public required Money Amount { get; init; }

    /// <summary>How many of the source's steps belong to it, which stand there part by part.</summary>
    [Range(1, 10)]
    public required int Steps { get; init; }
}

/// <summary>What one source, or the residents, pay of one cost line.</summary>
/// <param name="CostId">The cost line.</param>
/// <param name="SourceId">The source, or "selfFunded" for the residents.</param>
/// <param name="Amount">What it pays; above 0.</param>
public sealed record MatrixEntry(CostId CostId, SourceId SourceId, [property: JsonPropertyName("amountFen")] Money Amount);
