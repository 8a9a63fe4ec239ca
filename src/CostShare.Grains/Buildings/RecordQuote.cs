using System.ComponentModel.DataAnnotations;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Buildings;

/// <summary>Names a quote within its building.</summary>
/// <param name="Value">1 to 64 characters.</param>
public readonly record struct QuoteId(string Value)
{
    /// <summary>1 to 64 characters, none of them hidden.</summary>
    public string Value { get; } = PlainText.Id(Value);

    /// <summary>The id as written.</summary>
    public override string ToString() => Value;
}

/// <summary>Asks to record what a vendor offers 报价.</summary>
public sealed record RecordQuote : BuildingCommand
{
    /// <summary>The most quotes of a building.</summary>
    public const int Most = 100;

    /// <summary>Its id, unique within the building.</summary>
    public required QuoteId Id { get; init; }

    /// <summary>Who offers.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Vendor { get; init; }

    /// <summary>The day of the offer.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What is offered for how much.</summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyList<CostLine> Lines { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        Records.CheckRoom(building.Quotes.Count, Most, Place.Root.At("id"), faults);
        if (building.Quotes.Any(quote => quote.Id == Id)) { faults.Add(FaultCode.IdDuplicate, Place.Root.At("id"), ("id", Id.Value)); }
        SetCosts.CheckMoney(building, Lines, Place.Root.At("lines"), [], _ => Place.Root, rules.Policies, faults);
        return new QuoteRecorded { Id = Id, Vendor = Vendor, On = On, Lines = Lines };
    }
}

/// <summary>An offer of a vendor was recorded.</summary>
public sealed record QuoteRecorded : BuildingEvent
{
    /// <summary>Its id.</summary>
    public required QuoteId Id { get; init; }

    /// <summary>Who offers.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Vendor { get; init; }

    /// <summary>The day of the offer.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What is offered for how much.</summary>
    [Length(1, CostLine.Most)]
    public required IReadOnlyList<CostLine> Lines { get; init; }

    internal override Building ApplyTo(Building building)
    {
        CanHaveHappened(building.Quotes.All(quote => quote.Id != Id), "every offer has an id of its own");
        return building with { Quotes = building.Quotes.Add(this) };
    }
}

/// <summary>Asks to choose an offer; the others are kept, and the one chosen last counts.</summary>
public sealed record ChooseQuote : BuildingCommand
{
    /// <summary>The offer.</summary>
    public required QuoteId Quote { get; init; }

    /// <summary>Why this one.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override BuildingEvent? Decide(BuildingId id, Building building, BuildingRules rules, FaultList faults)
    {
        if (building.Quotes.All(quote => quote.Id != Quote)) { faults.Add(FaultCode.QuoteUnknown, Place.Root.At("quote"), ("quote", Quote.Value)); }
        return new QuoteChosen { Quote = Quote, Reason = Reason };
    }
}

/// <summary>An offer was chosen. The budget is set by itself.</summary>
public sealed record QuoteChosen : BuildingEvent
{
    /// <summary>The offer.</summary>
    public required QuoteId Quote { get; init; }

    /// <summary>Why this one.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override Building ApplyTo(Building building)
    {
        CanHaveHappened(building.Quotes.Any(quote => quote.Id == Quote), "an offer that is chosen is recorded");
        return building with { Chosen = this };
    }
}
