using CostShare.Grains.Amounts;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Policies;

/// <summary>Every policy that is known, by id.</summary>
public sealed class PolicyBook
{
    private readonly Dictionary<PolicyId, Policy> _byId;

    private PolicyBook(IEnumerable<Policy> policies)
    {
        All = [.. policies.OrderBy(policy => policy.Id.Value, StringComparer.Ordinal)];
        _byId = All.ToDictionary(policy => policy.Id);
        Subsidies = All.OfType<SubsidyPolicy>().ToDictionary(policy => policy.Id, policy => policy.Versions);
    }

    /// <summary>The most policies of a book.</summary>
    public const int Most = 1_000;

    /// <summary>A book without policies.</summary>
    public static PolicyBook Empty { get; } = new([]);

    /// <summary>The policies, by id.</summary>
    public IReadOnlyList<Policy> All { get; }

    /// <summary>The rules of every subsidy, the oldest first.</summary>
    public IReadOnlyDictionary<PolicyId, IReadOnlyList<SubsidyRule>> Subsidies { get; }

    /// <summary>A name by which records could mean two budgets; null where there is none.</summary>
    public string? BudgetNamedTwice => All.OfType<BudgetPolicy>().SelectMany(budget => budget.Names).GroupBy(name => name).FirstOrDefault(name => name.Count() > 1)?.Key;

    /// <summary>The policy of an id, or null if there is none.</summary>
    /// <param name="id">The id.</param>
    public Policy? Find(PolicyId id) => _byId.GetValueOrDefault(id);

    /// <summary>The policies that were asked for, by id.</summary>
    /// <param name="city">Only those of this city or country, by either name; all unless stated.</param>
    /// <param name="kind">Only those of this kind, as the member <c>kind</c> names it; all unless stated.</param>
    /// <param name="on">Only those with a rule in force on this day, and by that rule; otherwise each by its last rule.</param>
    public PolicyList List(string? city, string? kind, DateOnly? on) => new(
        [.. All.Where(policy => (city is null || policy.City.Zh == city || string.Equals(policy.City.En, city, StringComparison.OrdinalIgnoreCase))
                && (kind is null || Kinds[policy.GetType()] == kind))
            .Select(policy => (policy, Rule: on is DateOnly day ? policy.History.InForce(day) : policy.History[^1]))
            .Where(entry => entry.Rule is not null)
            .Select(entry => Summarise(entry.policy, entry.Rule!))]);

    /// <summary>What a subsidy gives for a building and a budget.</summary>
    /// <param name="id">The policy.</param>
    /// <param name="request">The day, the facts and the budget.</param>
    /// <param name="faults">Receives everything that is wrong.</param>
    /// <returns>What it gives, or null if a fault was added.</returns>
    public EvaluationResult? Evaluate(PolicyId id, EvaluationRequest request, FaultList faults)
    {
        SourceResult result = Run(id, request, faults);
        if (faults.Count > 0) { return null; }
        SubsidyRule rule = Subsidies[id].InForce(request.On)!;
        bool open = result.Policy!.Conditions.Any(condition => condition.State == ConditionState.Unknown);
        return new EvaluationResult
        {
            Amount = result.Amount,
            Unused = result.Unused,
            AtStake = open ? result.Amount : Money.Zero,
            Missing = MissingFact.Of(rule, request.Facts, facts => Run(id, request with { Facts = facts }, new FaultList()).Amount),
            AfterAcceptance = result.AfterAcceptance,
            Steps = result.Steps,
            Policy = result.Policy,
        };
    }

    private SourceResult Run(PolicyId id, EvaluationRequest request, FaultList faults)
    {
        var source = new PolicySource { Id = new SourceId("policy"), Policy = id, On = request.On, Facts = request.Facts, AcceptUnconfirmed = request.AcceptUnconfirmed };
        return Waterfall.Run(request.Costs, Place.Root.At("costs"), [source], _ => Place.Root, Subsidies, new BuildingFacts(), faults).Sources[0];
    }

    /// <summary>The kinds of policies, as the wire names them.</summary>
    public static IReadOnlyDictionary<Type, string> Kinds { get; } = new Dictionary<Type, string>
    {
        [typeof(SubsidyPolicy)] = "subsidy",
        [typeof(CoefficientsPolicy)] = "coefficients",
        [typeof(GuidancePolicy)] = "guidance",
        [typeof(ConsentPolicy)] = "consent",
        [typeof(NoticePolicy)] = "notice",
        [typeof(BudgetPolicy)] = "budget",
    };

    private static PolicySummary Summarise(Policy policy, DatedRule rule) => new()
    {
        Id = policy.Id,
        Kind = Kinds[policy.GetType()],
        Name = policy.Name,
        City = policy.City,
        District = policy.District,
        From = rule.From,
        To = rule.To,
        Certainty = rule.Certainty,
        Schemes = rule switch
        {
            ReferenceRule reference => [new PresetScheme { Scheme = Preset(policy.Id.Value, policy.Name.Zh, reference.Rule) }],
            GuidanceRule guidance => [.. guidance.Tables.SelectMany(table => Presets(policy, guidance, table))],
            _ => [],
        },
    };

    internal static Scheme Preset(string id, string name, Rule rule) => new() { Id = new SchemeId(id), Name = name, Rule = rule };

    private static IEnumerable<PresetScheme> Presets(Policy policy, GuidanceRule rule, GuidanceTable table)
    {
        var guidance = new Guidance { Policy = policy.Id, On = rule.From };
        Rule middle = Middle(table);
        yield return new PresetScheme
        {
            Storeys = table.Storeys,
            Scheme = Preset($"{policy.Id}-{table.Storeys}", $"{policy.Name.Zh}（{table.Storeys} 层）", middle) with { Guidance = guidance },
        };
        if (table.Corridors is null) { yield break; }
        var corridors = new FloorCoefficientsRule
        {
            Coefficients = table.Floors.Keys.ToDictionary(floor => floor, floor => table.Corridors.GetValueOrDefault(floor)),
            Within = Within.Equal,
        };
        yield return new PresetScheme
        {
            Storeys = table.Storeys,
            Entry = Entry.Level,
            Scheme = Preset($"{policy.Id}-{table.Storeys}-level", $"{policy.Name.Zh}（{table.Storeys} 层，平层入户）",
                new PerCostRule { Rules = new Dictionary<CostId, Rule> { [new(PresetScheme.CorridorsId)] = corridors }, Otherwise = middle }) with
            { Guidance = guidance },
        };
    }

    // The middles of the ranges need not sum to 100 (Beijing's do not), so they stand as coefficients, which are brought to the whole.
    private static FloorCoefficientsRule Middle(GuidanceTable table) => new()
    {
        Coefficients = table.Floors.ToDictionary(entry => entry.Key,
            entry => Coefficient.FromMillionths((entry.Value.Low.Millionths + entry.Value.High.Millionths) / 2)),
        Within = Within.Equal,
    };

    /// <summary>Makes a book; a later policy takes the place of an earlier one with the same id.</summary>
    /// <param name="policies">The policies, each free of faults.</param>
    public static PolicyBook Of(IEnumerable<Policy> policies)
    {
        var byId = new Dictionary<PolicyId, Policy>();
        foreach (Policy policy in policies) { byId[policy.Id] = policy; }
        return new PolicyBook(byId.Values);
    }
}
