using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>How prices that do not sum to the amount are brought to it.</summary>
public enum Closing
{
    /// <summary>Every share is its price over the total of all prices.</summary>
    Proportional,
    /// <summary>All below the highest floor that has a payer pay their price; those on it share the rest equally.</summary>
    TopFloor,
}

/// <summary>By a price list 按楼层定价: a base price from one floor on and a step for every floor above, 0 below.</summary>
/// <remarks>
/// Stands at the top of a scheme, or as the remainder of <c>fixed</c>. Source of the form: stairs in Wuhan, Dongxihu district, 2024: 30,000 yuan a
/// flat from the third floor, 10,000 more for each floor above; or stated prices below and the rest for the top floor.
/// </remarks>
public sealed record StepsRule : Rule
{
    /// <summary>The lowest floor that has a price.</summary>
    public required Floor FromFloor { get; init; }

    /// <summary>The price of a flat on that floor.</summary>
    [JsonPropertyName("baseFen")]
    public required Money Base { get; init; }

    /// <summary>What each floor above adds to the price.</summary>
    [JsonPropertyName("stepFen")]
    public required Money Step { get; init; }

    /// <summary>How the prices are brought to the amount.</summary>
    public required Closing Closing { get; init; }

    internal override string? OnlyAtTop => "steps";

    internal override Fraction[] Share(Sharing sharing, Fraction amount, Place place)
    {
        Payers payers = sharing.Payers;
        // As stated prices may sum to more than any bill: hence 128 bits.
        Int128[] prices = sharing.Weigh(household => household.Floor < FromFloor
            ? 0
            : Base.Fen + ((Int128)Step.Fen * (household.Floor.Number - FromFloor.Number)));
        int top = Closing == Closing.TopFloor ? payers.Positions.Max(i => payers[i].Floor.Number) : payers.Storeys + 1;
        int[] priced = [.. payers.Positions.Where(i => payers[i].Floor.Number < top)];
        sharing.Derivation.Note(StepCode.Price, priced,
            [
                Column.Same("base", Base.Fen),
                Column.Same("step", Step.Fen),
                Column.Some("floor", i => payers[i].Floor.Number),
                Column.Same("fromFloor", FromFloor.Number),
            ],
            i => prices[i]);
        return Closing == Closing.Proportional
            ? sharing.InProportion(amount, prices, 1, (StepCode.ByPrice, "price", "totalPrices"), place)
            : CloseAtTop(sharing, amount, prices, priced, place);
    }

    private static Fraction[] CloseAtTop(Sharing sharing, Fraction amount, Int128[] prices, int[] priced, Place place)
    {
        Fraction[] shares = sharing.Nothing;
        Int128 below = 0;
        foreach (int i in priced)
        {
            below += prices[i];
            shares[i] = prices[i];
        }
        Fraction rest = amount - below;
        if (rest.Sign < 0 && sharing.AmountKnown)
        {
            // Whole fen, since the rule stands at the top of a scheme.
            Int128 toShare = amount.Floor();
            sharing.Faults.Add(FaultCode.PricesExceedAmount, place, ("pricesFen", below), ("amountFen", toShare), ("excessFen", below - toShare));
        }
        int[] top = [.. sharing.Payers.Positions.Except(priced)];
        foreach (int i in top) { shares[i] = rest / top.Length; }
        sharing.Derivation.Note(StepCode.TopFloorRest, top,
            [Column.Same("amount", amount), Column.Same("below", below), Column.Same("topPayers", top.Length)], shares);
        return shares;
    }
}
