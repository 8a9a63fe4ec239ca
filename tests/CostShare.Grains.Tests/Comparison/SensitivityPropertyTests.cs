using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Tests.Funding;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison;

/// <summary>What moves bills, against a comparison of the request that was changed by hand.</summary>
public class SensitivityPropertyTests
{
    private static readonly int Cases = int.Max(RandomCase.Count / 10, 100);

    [Fact]
    public void Every_variation_is_what_the_changed_request_gives()
    {
        var seen = new Dictionary<string, int>();
        ForAll(0, (request, policies, result) =>
        {
            for (int k = 0; k < request.Schemes.Count; k++)
            {
                foreach (Variation variation in result.Schemes[k].Sensitivity!.Variations)
                {
                    string kind = $"{variation.GetType().Name}{(variation.Refusal is null ? "" : " refused")}";
                    seen[kind] = seen.GetValueOrDefault(kind) + 1;
                    var faults = new FaultList();
                    ComparisonResult? changed = Comparer.Compare(Varied.Request(request, k, variation), policies, ComparisonParts.None, faults);
                    Assert.Equal(variation.Refusal?.Code, changed is null ? faults.Faults[0].Code : null);
                    if (changed is null)
                    {
                        Assert.Equal(faults.Faults[0].Values.Select(value => (value.Name, value.Value)), variation.Refusal!.Values.Select(value => (value.Key, value.Value)));
                        Assert.True(variation is { Differences: null, Sum: null, RefundDifferences: null });
                        continue;
                    }
                    Dictionary<HouseholdId, Share> now = changed.Schemes[0].Shares.ToDictionary(share => share.Household);
                    IReadOnlyList<Share> before = result.Schemes[k].Shares;
                    Assert.Equal(before.Select(share => now[share.Household].Amount.Fen - share.Amount.Fen), variation.Differences!.Select(difference => difference.Fen));
                    Assert.Equal(variation.Differences!.Sum(difference => difference.Fen), variation.Sum!.Value.Fen);
                    Assert.Equal(before[0].Refund is null ? null : before.Select(share => (now[share.Household].Refund?.Fen ?? 0) - share.Refund!.Value.Fen),
                        variation.RefundDifferences?.Select(difference => difference.Fen));
                }
            }
        });
        // Every kind was met, and so were refusals.
        Assert.All(["OverrunVariation", "RefusedVariation", "DropOutVariation", "LateJoinerVariation", "CoefficientVariation", "PriceVariation",
            "OverrunVariation refused", "DropOutVariation refused"], kind => Assert.True(seen.GetValueOrDefault(kind) > 0, kind));
    }

    [Fact]
    public void Everything_that_can_change_is_varied_once_in_order() => ForAll(1_000_000, (request, _, result) =>
    {
        for (int k = 0; k < request.Schemes.Count; k++)
        {
            IReadOnlyList<Variation> variations = result.Schemes[k].Sensitivity!.Variations;
            int lines = request.Costs.Count, sources = request.Funding.Count, households = request.Building.Households.Count;
            Assert.Equal(request.Costs.Select(line => line.Id), variations.Take(lines).Cast<OverrunVariation>().Select(variation => variation.Cost));
            Assert.Equal(request.Funding.Select(source => source.Id), variations.Skip(lines).Take(sources).Cast<RefusedVariation>().Select(variation => variation.Source));
            Assert.Equal(request.Building.Households.Select(household => (household.Id, household.Joins)), variations.Skip(lines + sources).Take(households).Select(variation =>
                variation is DropOutVariation drop ? (drop.Household, true) : (((LateJoinerVariation)variation).Household, false)));
            (string, long, bool, long)[] numbers = [.. Varied.Numbers(request.Schemes[k].Rule)];
            string head = $"/schemes/{k}/rule";
            Assert.Equal(
                numbers.SelectMany(number => Expected(head, number)).Order(StringComparer.Ordinal),
                variations.Skip(lines + sources + households).Select(variation => variation switch
                {
                    CoefficientVariation step => $"{step.Pointer} {step.Direction} {step.By.Millionths} {step.To.Millionths}",
                    PriceVariation step => $"{step.Pointer} {step.Direction} {step.By.Fen} {step.To.Fen}",
                    _ => "",
                }).Order(StringComparer.Ordinal));
            Assert.Equal(VariedRuns.Count(request with { Schemes = [request.Schemes[k]] }), variations.Count);
        }
    });

    [Fact]
    public void The_tornado_is_ordered_and_its_ends_are_the_largest_and_the_first() => ForAll(2_000_000, (request, _, result) =>
    {
        foreach (SchemeResult scheme in result.Schemes)
        {
            Sensitivity moved = scheme.Sensitivity!;
            Assert.Equal(moved.Tornado.OrderByDescending(bar => bar.Largest.Fen).ThenBy(bar => bar.Variation), moved.Tornado);
            for (int v = 0; v < moved.Variations.Count; v++)
            {
                HouseholdId? itself = (moved.Variations[v] as DropOutVariation)?.Household ?? (moved.Variations[v] as LateJoinerVariation)?.Household;
                (HouseholdId Id, long Fen)[] others = [.. (moved.Variations[v].Differences ?? []).Select((difference, i) => (scheme.Shares[i].Household, difference.Fen)).Where(move => move.Household != itself)];
                long rise = others.Select(move => move.Fen).Append(0).Max(), fall = others.Select(move => move.Fen).Append(0).Min();
                TornadoBar? bar = moved.Tornado.SingleOrDefault(bar => bar.Variation == v);
                Assert.Equal(rise == 0 && fall == 0, bar is null);
                if (bar is null) { continue; }
                Assert.Equal(long.Max(rise, -fall), bar.Largest.Fen);
                Assert.Equal(rise == 0 ? null : new HouseholdMove(others.First(move => move.Fen == rise).Id, SignedMoney.FromFen(rise)), bar.Rise);
                Assert.Equal(fall == 0 ? null : new HouseholdMove(others.First(move => move.Fen == fall).Id, SignedMoney.FromFen(fall)), bar.Fall);
            }
        }
    });

    [Fact] // The rest of the answer does not depend on it.
    public void Asking_how_bills_move_moves_none() => ForAll(3_000_000, (request, policies, result) =>
    {
        ComparisonResult plain = Comparer.Compare(request, policies, ComparisonParts.None, new FaultList())!;
        Assert.Equal(plain.Schemes.SelectMany(scheme => scheme.Shares), result.Schemes.SelectMany(scheme => scheme.Shares));
        Assert.Equal(plain.Schemes.Select(scheme => (scheme.Payable, scheme.Billed)), result.Schemes.Select(scheme => (scheme.Payable, scheme.Billed)));
    });

    private static IEnumerable<string> Expected(string head, (string Pointer, long Value, bool IsPrice, long Step) number)
    {
        long most = number.IsPrice ? 1_000_000_000_000_000 : 1_000_000_000_000;
        if (number.Value + number.Step <= most) { yield return $"{head}{number.Pointer} Up {number.Step} {number.Value + number.Step}"; }
        if (number.Value - number.Step >= 0) { yield return $"{head}{number.Pointer} Down {number.Step} {number.Value - number.Step}"; }
    }

    private static void ForAll(int firstSeed, Action<ComparisonRequest, PolicyBook, ComparisonResult> examine)
    {
        int accepted = 0;
        for (int seed = firstSeed; accepted < Cases; seed++)
        {
            Assert.True(seed - firstSeed < 100 * Cases, "Too many random requests are refused.");
            (ComparisonRequest request, PolicyBook policies) = Random(seed);
            if (Comparer.Compare(request, policies, ComparisonParts.Sensitivity, new FaultList()) is not ComparisonResult result) { continue; }
            accepted++;
            try
            {
                examine(request, policies, result);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Random request of seed {seed}", exception);
            }
        }
    }

    /// <summary>A random building with one or two random schemes, and a random plan for its money; with rules per cost line a plan whose lines they name.</summary>
    private static (ComparisonRequest Request, PolicyBook Policies) Random(int seed)
    {
        var random = new Random(seed);
        var one = RandomCase.Of(seed);
        var plan = RandomPlan.Of(random.Next());
        bool planned = random.Next(3) > 0;
        CostLine[] costs = planned ? plan.Costs : [.. one.Budget.Costs.Select((id, k) => Given.Cost(id.Value, one.Budget.SelfFunded![k]))];
        var said = new Words { Zh = "市", En = "city" };
        return (
            new ComparisonRequest
            {
                Building = PolledRegister.Of(one.Building with { Households = [.. one.Building.Households.Take(12)] }),
                Costs = costs,
                Funding = planned ? plan.Sources : random.Next(2) == 0 ? [] : [Given.Source("firm", Given.Fen(random.Next(1, 1_000_000))) with { Treatment = (Treatment)random.Next(3) }],
                Schemes = random.Next(2) == 0 ? [one.Scheme] : [Given.Scheme(new EqualRule()) with { Id = new("equal") }, one.Scheme],
            },
            PolicyBook.Of([.. plan.Subsidies.Select(entry => new SubsidyPolicy { Id = entry.Key, Name = said, City = said, Versions = entry.Value })]));
    }
}
