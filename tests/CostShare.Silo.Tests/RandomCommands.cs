using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Silo.Tests;

/// <summary>Commands at random, of which many are refused.</summary>
internal sealed class RandomCommands(int seed)
{
    private readonly Random _random = new(seed);

    public BuildingCommand Next() => _random.Next(20) switch
    {
        0 => Sent.Register with { Storeys = Floor.Of(_random.Next(2, 8)) },
        1 or 2 or 3 => new RegisterHouseholds { Households = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Flat())] },
        4 => new ChangeHousehold { Household = Flat(), Reason = Text() },
        5 => new RemoveHousehold { Household = new(Id()), Reason = Text() },
        6 => new SetCosts { Costs = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => Sent.Lift with { Id = new($"c{_random.Next(4)}"), Amount = Money.FromFen(_random.Next(1, 90_000_000)) })] },
        7 => new RecordQuote { Id = new($"q{_random.Next(4)}"), Vendor = Text(), On = Day(), Lines = [Sent.Lift] },
        8 => new ChooseQuote { Quote = new($"q{_random.Next(4)}"), Reason = Text() },
        9 => new SetFunding { Funding = [.. Enumerable.Range(0, _random.Next(0, 3)).Select(i => new FixedSource { Id = new($"s{_random.Next(3)}"), Amount = Money.FromFen(_random.Next(1, 9_000_000)) })] },
        10 => Subsidy($"s{_random.Next(3)}"),
        11 => new AssessFeasibility { Feasibility = (Feasibility)_random.Next(3), On = Day(), Note = _random.Next(2) == 0 ? Text() : null, Corrects = Corrects() },
        12 => new ProposeScheme { Scheme = Scheme(), Reason = _random.Next(3) > 0 ? Text() : null },
        13 => new WithdrawScheme { Scheme = new($"p{_random.Next(3)}"), Reason = Text() },
        14 => new EnterStage { Stage = (Stage)_random.Next(7), On = Day(), Corrects = Corrects() },
        15 => new CorrectSite { Street = Text(), Address = Text(), Storeys = Floor.Of(_random.Next(2, 9)), Reason = Text() },
        16 => new WithdrawSignature { Household = new(Id()), Reason = Text() },
        17 or 18 => Finalise(),
        _ => new SignAgreement { Household = new(Id()), On = Day() },
    };

    /// <summary>Commands that follow each other so that a scheme is finalised at the end, unless what comes before bars it; more at random stand between them.</summary>
    public IEnumerable<BuildingCommand> Course(int length)
    {
        yield return Sent.Register with { Storeys = Floor.Of(_random.Next(2, 8)) };
        yield return new RegisterHouseholds { Households = [.. Enumerable.Range(0, _random.Next(1, 5)).Select(i => Flat($"h{i}"))] };
        yield return new SetCosts { Costs = [Sent.Lift with { Amount = Money.FromFen(_random.Next(1, 90_000_000)) }] };
        yield return new ProposeScheme { Scheme = Scheme() };
        // Every third is about one subsidy, or its many states would seldom meet.
        bool subsidy = _random.Next(3) == 0;
        if (subsidy) { yield return new SetFunding { Funding = [new FixedSource { Id = new("s0"), Amount = Money.FromFen(9) }] }; }
        for (int i = subsidy ? 5 : 4; i < length; i++) { yield return subsidy && _random.Next(4) > 0 ? Subsidy("s0") : _random.Next(6) == 0 ? Finalise() : Next(); }
    }

    private FinaliseContributions Finalise() => new()
    {
        Scheme = new($"p{_random.Next(3)}"),
        Reason = _random.Next(4) > 0 ? Text() : null,
        Evidence = new Evidence
        {
            Record = Text(),
            On = Day(),
            For = Count.Of(_random.Next(2, 30)),
            Against = _random.Next(2) == 0 ? Count.Of(_random.Next(1, 4)) : null,
            ForArea = Area.FromHundredths(_random.Next(300, 90_000)),
            AgainstArea = _random.Next(2) == 0 ? Area.FromHundredths(_random.Next(1, 500)) : null,
        },
    };

    private RecordSubsidy Subsidy(string source) => new()
    {
        Source = new(source),
        State = (SubsidyState)_random.Next(4),
        Amount = Money.FromFen(_random.Next(0, 5)),
        On = _random.Next(4) > 0 ? new DateOnly(2026, 1, 30) : Day(),
        Corrects = Corrects(),
    };

    private Count? Corrects() => _random.Next(4) == 0 ? Count.Of(_random.Next(1, 4)) : null;

    private RegisteredHousehold Flat() => Flat(Id());

    private RegisteredHousehold Flat(string id) => Sent.Flat(id, _random.Next(1, 8)) with { Owners = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => new PersonId($"p{_random.Next(9)}"))] };

    private Scheme Scheme() => Sent.Equal with
    {
        Id = new($"p{_random.Next(3)}"),
        Rule = _random.Next(3) switch { 0 => new AreaRule(), 1 => new RideRule(), _ => new EqualRule() },
        Adjustments = _random.Next(2) == 0 ? [] : [new Exemption { Household = new(Id()) }],
    };

    private string Id() => string.Create(CultureInfo.InvariantCulture, $"h{_random.Next(12)}");

    private string Text() => string.Create(CultureInfo.InvariantCulture, $"理由 {_random.Next(100)} \"\\😀");

    private DateOnly Day() => new DateOnly(2026, 1, 1).AddDays(_random.Next(60));
}
