namespace CostShare.Grains.Amounts;

/// <summary>One step by which an amount was reached: enough to do it again with a calculator.</summary>
/// <param name="Code">What was done; the code fixes the formula and the names of its inputs.</param>
/// <param name="Inputs">What went in, in the order of the formula.</param>
/// <param name="Result">What came out, exactly.</param>
public sealed record Step(StepCode Code, IReadOnlyList<StepInput> Inputs, Fraction Result)
{
    /// <summary>The expression that was evaluated, as the scheme states it; only with <c>formula</c>.</summary>
    public string? Expression { get; init; }
}

/// <summary>A number that went into a step.</summary>
/// <param name="Name">Its name in the formula of the step's code.</param>
/// <param name="Value">Its value; money in fen, areas in square metres.</param>
public readonly record struct StepInput(string Name, Fraction Value);

/// <summary>What a step does. Numbers are never reused; on the wire the name stands in camelCase.</summary>
/// <remarks>
/// Every formula uses only the step's own inputs. Inputs called share, amount, floorAmount, payable, toShare, price, bill, part1,
/// part2 ... and segment1, segment2 ... repeat a result of the same derivation; weight and coefficient do where a step before made
/// them, and otherwise stand in the request. "units" means whole multiples of the input unit, in fen.
/// </remarks>
public enum StepCode
{
    /// <summary>The amount to raise: selfFunded + compensation.</summary>
    Payable = 1,
    /// <summary>What is left after the fixed amounts: payable - fixed.</summary>
    ToShare = 2,
    /// <summary>The household does not join: 0.</summary>
    DoesNotJoin = 3,
    /// <summary>The household is exempt: 0.</summary>
    Exempt = 4,
    /// <summary>The household pays a fixed amount: amount.</summary>
    Fixed = 5,

    /// <summary>An equal share: amount / payers.</summary>
    Equal = 20,
    /// <summary>By area: amount * areaM2 / totalAreaM2.</summary>
    ByArea = 21,
    /// <summary>The coefficient of a floor above the last one listed: lastListed + stepAbove * floorsAbove.</summary>
    CoefficientAbove = 22,
    /// <summary>A coefficient times an area: coefficient * areaM2.</summary>
    CoefficientTimesArea = 23,
    /// <summary>What a whole floor carries: amount * coefficient / totalCoefficients.</summary>
    FloorByCoefficient = 24,
    /// <summary>What a whole floor carries: amount * percent / 100.</summary>
    FloorByPercentage = 25,
    /// <summary>A flat's part of its floor by area: floorAmount * areaM2 / floorAreaM2.</summary>
    WithinFloorByArea = 26,
    /// <summary>A flat's equal part of its floor: floorAmount / floorPayers.</summary>
    WithinFloorEqually = 27,
    /// <summary>The storeys ridden: the larger of 0 and floor - 1 - entry, where entry is 1/2 for a half-landing, else 0.</summary>
    StoreysRidden = 28,
    /// <summary>The points: 0 where floor is below fromFloor, else typePoints + perFloor * (floor - fromFloor).</summary>
    Points = 29,
    /// <summary>By weight: amount * weight / totalWeight.</summary>
    ByWeight = 30,
    /// <summary>The part of the amount that one rule of a mix shares: amount * percent / 100.</summary>
    MixPart = 31,
    /// <summary>A household's shares of all parts of a mix: the sum of part1, part2 and so on.</summary>
    MixSum = 32,

    /// <summary>A discounted share: share * (100 - percent) / 100.</summary>
    Discount = 40,
    /// <summary>A share that carries the discounts of others: share * (carriers + discounted) / carriers, where carriers is the sum of the shares that carry and discounted is what the discounts take off.</summary>
    CarriesDiscounts = 41,
    /// <summary>A share within its limits: share * factor, raised to minimum where there is one, lowered to cap where there is one. The factor is the same for all payers and makes the sum right.</summary>
    Limits = 42,

    /// <summary>The amount that is billed: toShare, rounded up to whole units.</summary>
    BillingTotal = 60,
    /// <summary>The share of the amount that is billed, within limits that are whole units: share * factor, raised to minimum where there is one, lowered to cap where there is one.</summary>
    BillingShare = 61,
    /// <summary>Largest remainder: share rounded down to whole units, plus one unit if rank is from 1 to unitsLeft. The rank orders the remainders, the largest first, ties in register order; 0 means no remainder.</summary>
    LargestRemainder = 62,
    /// <summary>Rounded up: share rounded up to whole units.</summary>
    RoundUp = 63,
    /// <summary>What the household pays: bill - compensation - relief.</summary>
    Amount = 64,
    /// <summary>What comes back to the household later: total * bill / billed rounded down to a fen, plus one fen if rank is from 1 to unitsLeft, as in largestRemainder.</summary>
    Refund = 65,

    /// <summary>What a programme carries: the sum of all inputs, each a cost line's amount.</summary>
    ProgrammeLines = 80,
    /// <summary>What a source gives: the smaller of offered and need, where need is what its covered lines still lack.</summary>
    SourceGives = 81,
    /// <summary>What a part of a subsidy is reckoned on: the sum of all inputs, each a cost line's amount less what programmes carry.</summary>
    SubsidyBase = 82,
    /// <summary>base * percent / 100, rounded down to a fen.</summary>
    SubsidyPercent = 83,
    /// <summary>The amount that the rule states for each lift: amount.</summary>
    SubsidyFlat = 84,
    /// <summary>The cost itself: base.</summary>
    SubsidyActual = 85,
    /// <summary>The amount of the highest tier that number reaches, which begins at tier; 0 below the first: amount.</summary>
    SubsidyTier = 86,
    /// <summary>The smaller of amount and cap.</summary>
    SubsidyCap = 87,
    /// <summary>A condition is not met, so the subsidy is 0.</summary>
    SubsidyUnmet = 88,

    /// <summary>What a lift only up to the household's floor would cost, scaled so that the dearest of the payers meets the amount: amount * standAlone / highest.</summary>
    StandAlone = 100,
    /// <summary>The segment of the shaft up to floor, shared by all households from that floor up: (cost - below) / households. cost and below are the scaled stand-alone costs of floor and of the payers' floor below it.</summary>
    Segment = 101,
    /// <summary>The household's, or under by floor its floor's, parts of all segments up to its floor: the sum of segment1, segment2 and so on.</summary>
    SegmentSum = 102,
    /// <summary>Floors, fromFloor to toFloor, that together pay what they add to the cost: (cost - below) / households. cost and below are the scaled stand-alone costs of toFloor and of the payers' floor below fromFloor.</summary>
    Block = 103,
    /// <summary>Floors, fromFloor to toFloor, that share what is not yet collected: (cost - collected) / (households + spare). cost is the scaled stand-alone cost of toFloor and collected what the floors below pay together; spare is 1, what the group saves, but 0 where toFloor is the highest.</summary>
    SlackRound = 104,
    /// <summary>An equal benefit for all who pay: the larger of 0 and cost - benefit, where cost is the household's scaled stand-alone cost.</summary>
    EqualBenefit = 105,
    /// <summary>As segment up to floor, by area: (cost - below) * areaM2 / totalAreaM2.</summary>
    SegmentByArea = 106,
    /// <summary>As segment up to floor, for a whole floor: (cost - below) / floors, where floors counts the payers' floors from that floor up.</summary>
    SegmentOfFloors = 107,
    /// <summary>As block, fromFloor to toFloor, by area: (cost - below) * areaM2 / totalAreaM2.</summary>
    BlockByArea = 108,
    /// <summary>As block, fromFloor to toFloor, in proportion to the stand-alone costs as stated: (cost - below) * standAlone / totalStandAlone.</summary>
    BlockByCost = 109,
    /// <summary>The value of the step's expression, where the inputs stand for its names; area in square metres.</summary>
    Formula = 110,
    /// <summary>The price of a flat: 0 where floor is below fromFloor, else base + step * (floor - fromFloor).</summary>
    Price = 120,
    /// <summary>By price: amount * price / totalPrices.</summary>
    ByPrice = 121,
    /// <summary>The highest floor shares the rest equally: (amount - below) / topPayers, where below is what the floors below it pay.</summary>
    TopFloorRest = 122,
    /// <summary>What residents pay of the cost lines that one rule shares: the sum of all inputs, each a cost line's self-funded part.</summary>
    CostLines = 130,
    /// <summary>A household's shares of all cost lines: the sum of part1, part2 and so on.</summary>
    CostSum = 131,
    /// <summary>The same scaled to the amount to share: share * toShare / selfFunded, where selfFunded is what residents pay of all cost lines.</summary>
    CostScale = 132,
}
