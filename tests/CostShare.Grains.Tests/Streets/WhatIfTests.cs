using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Policies;
using CostShare.Grains.Streets;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Grains.Tests.Streets;

/// <summary>What other rules would give.</summary>
public class WhatIfTests
{
    private static readonly SubsidyRule Now = Stairs.Rule(Stairs.FortyPercent(280_000));

    private static readonly SubsidyRule Higher = Stairs.Rule(Stairs.FortyPercent(300_000)) with { From = new DateOnly(2026, 1, 1) };

    [Fact]
    public void A_cap_of_300000_costs_what_the_dear_stairs_gain()
    {
        // 40 % of 760,000 is 304,000; of 725,000 it is 290,000; of 650,000 it is 260,000, below either cap.
        WhatIfResult result = Ask(Higher, Stairs.Of("a", 760_000), Stairs.Of("b", 725_000, Stairs.Recorded(granted: Given.Yuan(280_000))), Stairs.Of("c", 650_000), Earlier(Stairs.Of("d", 760_000)));
        Assert.Equal((4, 3, 2, 0, 0), (result.Stairs, result.Concerned, result.Gain, result.Lose, result.NotReckoned));
        Assert.Equal((82_000_000, 85_000_000, 3_000_000, 2_000_000), (result.Before.Fen, result.After.Fen, result.Difference.Fen, result.OpenDifference.Fen));
        Assert.Equal((213_500_000 - 82_000_000, 213_500_000 - 85_000_000), (result.SelfFundedBefore.Fen, result.SelfFundedAfter.Fen));
        Assert.Equal(["a 28000000 30000000 2000000 -2000000 False", "b 28000000 29000000 1000000 -1000000 True"],
            result.Lines.Select(line => $"{line.Building} {line.Before.Fen} {line.After.Fen} {line.Difference.Fen} {line.SelfFundedDifference.Fen} {line.Granted}"));
    }

    [Theory] // A payment without a grant counts like one, and a grant of nothing is none.
    [InlineData(null, 1, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, null, true)]
    [InlineData(null, null, false)]
    public void What_was_granted_or_paid_is_told(int? granted, int? paid, bool told) =>
        Assert.Equal(told, Assert.Single(Ask(Higher, Stairs.Of("a", 760_000, Stairs.Recorded(planned: Given.Fen(1), granted: Sum(granted), paid: Sum(paid)))).Lines).Granted);

    [Fact]
    public void A_lower_cap_takes_away() =>
        Assert.Equal((0, 1, -4_000_000), Ask(Higher with { Parts = [Stairs.FortyPercent(240_000)] }, Stairs.Of("a", 760_000), Stairs.Of("b", 500_000)) is var result ? (result.Gain, result.Lose, result.Difference.Fen) : default);

    [Fact]
    public void Only_those_that_change_by_most_are_listed_and_of_equals_the_first_by_id()
    {
        BuildingSummary[] stairs = [Stairs.Of("a1", 760_000), Stairs.Of("a", 760_000), Stairs.Of("b", 725_000), Stairs.Of("c", 760_000)];
        foreach (BuildingSummary[] order in new[] { stairs, [.. stairs.Reverse()] })
        {
            Assert.Equal(["a", "a1"], Ask(Higher, 2, order).Lines.Select(line => line.Building.Value));
            Assert.Equal(4, Ask(Higher, 2, order).Gain);
            Assert.Empty(Ask(Higher, 0, order).Lines);
        }
    }

    [Fact]
    public void How_sure_the_thought_is_does_not_matter_but_what_cannot_be_reckoned_now_is_told()
    {
        SubsidyRule hint = Higher with { Certainty = Certainty.Hint };
        Assert.Equal(2_000_000, Ask(hint, Stairs.Of("a", 760_000)).Difference.Fen);
        BuildingSummary broken = Stairs.Of("b", 1);
        broken = broken with { Funding = [.. broken.Funding, new PolicySource { Id = new("x"), Policy = new("none"), On = Stairs.On }] };
        Assert.Equal((2, 1, 2_000_000), Ask(hint, Stairs.Of("a", 760_000), broken) is var result ? (result.Concerned, result.NotReckoned, result.Difference.Fen) : default);
    }

    [Fact]
    public void A_rule_for_days_that_have_none_counts_as_new()
    {
        // In force from 2020-04-01: a stair of 2019 has nothing now.
        BuildingSummary stair = Stairs.Of("a", 760_000);
        stair = stair with { Funding = [(PolicySource)stair.Funding[0] with { On = new DateOnly(2019, 5, 1), Treatment = Treatment.RefundProRata, Expenses = Given.Yuan(1) }] };
        WhatIfResult result = Ask(Now with { From = new DateOnly(2019, 1, 1), To = new DateOnly(2019, 12, 31) }, stair, Stairs.Of("b", 760_000));
        Assert.Equal((1, 1, 1, 0), (result.Concerned, result.New, result.Gain, result.NotReckoned));
        Assert.Equal((0, 28_000_000), (result.Before.Fen, result.After.Fen));
    }

    [Fact]
    public void The_rules_that_are_there_change_nothing()
    {
        for (int seed = 1; seed <= RandomCase.Count / 50; seed++)
        {
            (BuildingSummary[] stairs, PolicyBook policies) = RandomStair.Many(seed, 20);
            foreach (SubsidyPolicy policy in policies.All.OfType<SubsidyPolicy>())
            {
                // A rule that is not confirmed is taken here, and refused there.
                BuildingSummary[] accepted = [.. stairs.Select(stair => stair with { Funding = [.. stair.Funding.Select(source => source is PolicySource own ? own with { AcceptUnconfirmed = true } : source)] })];
                var faults = new FaultList();
                if (WhatIf.Of(new WhatIfRequest { Policy = policy.Id, Versions = policy.Versions }, policies, 100, faults) is not WhatIf ask) { continue; }
                foreach (BuildingSummary stair in accepted) { ask.Add(stair); }
                WhatIfResult result = ask.Result(faults);
                Assert.Equal((0, 0, 0L, 0), (result.Gain, result.Lose, result.Difference.Fen, result.Lines.Count));
                Assert.Equal(result.Before, result.After);
            }
        }
    }

    [Fact]
    public void Each_stair_is_given_what_the_waterfall_gives_it_under_the_thought()
    {
        int changed = 0;
        for (int seed = 1; seed <= RandomCase.Count / 50; seed++)
        {
            (BuildingSummary[] stairs, PolicyBook policies) = RandomStair.Many(seed, 20);
            var policy = (SubsidyPolicy)policies.All[0];
            SubsidyRule thought = Stairs.Rule(Stairs.FortyPercent(seed)) with { From = new DateOnly(2018, 1, 1) };
            var faults = new FaultList();
            WhatIf ask = WhatIf.Of(new WhatIfRequest { Policy = policy.Id, Versions = [thought] }, policies, int.MaxValue, faults)!;
            foreach (BuildingSummary stair in stairs) { ask.Add(stair); }
            WhatIfResult result = ask.Result(faults);
            var others = PolicyBook.Of(policies.All.Select(other => other.Id == policy.Id ? policy with { Versions = [thought] } : other));
            foreach (WhatIfLine line in result.Lines)
            {
                BuildingSummary stair = stairs.First(one => one.Building == line.Building);
                Assert.Equal((Gives(stair, policies), Gives(stair, others)), (line.Before.Fen, line.After.Fen));
                changed++;
            }
            Assert.Equal(result.Difference.Fen, result.Lines.Sum(line => line.Difference.Fen));
            Assert.Equal(result.OpenDifference.Fen, result.Lines.Where(line => !line.Granted).Sum(line => line.Difference.Fen));
            Assert.Equal(result.SelfFundedAfter.Fen - result.SelfFundedBefore.Fen, result.Lines.Sum(line => line.SelfFundedDifference.Fen));
            Assert.Equal((result.Lines.Count(line => line.Difference.Fen > 0), result.Lines.Count(line => line.Difference.Fen < 0)), (result.Gain, result.Lose));

            // What cannot be reckoned gives nothing.
            long Gives(BuildingSummary stair, PolicyBook book)
            {
                var refused = new FaultList();
                FundingResult funding = Waterfall.Run(stair.Costs, Place.Root, stair.Funding, _ => Place.Root, book.Subsidies,
                    new BuildingFacts { Storeys = stair.Site.Storeys, Households = stair.Households }, refused);
                return refused.Count > 0 ? 0 : funding.Sources.Where((_, i) => (stair.Funding[i] as PolicySource)?.Policy == policy.Id).Sum(source => source.Amount.Fen);
            }
        }
        Assert.True(changed > RandomCase.Count / 50, "Too little changes.");
    }

    [Fact]
    public void A_policy_that_is_none_and_rules_that_contradict_themselves_are_refused_with_the_place()
    {
        Assert.Equal(["PolicyUnknown /policy policy=nowhere"], Refused(new WhatIfRequest { Policy = new("nowhere"), Versions = [Higher] }));
        Assert.Equal(["DaysInWrongOrder /versions/0/to"], Refused(new WhatIfRequest { Policy = Stairs.Policy, Versions = [Higher with { To = new DateOnly(2025, 1, 1) }] }));
        Assert.Equal(["DaysInWrongOrder /versions/1/from"], Refused(new WhatIfRequest { Policy = Stairs.Policy, Versions = [Higher, Higher] }));
    }

    private static Money? Sum(int? fen) => fen is int sum ? Given.Fen(sum) : null;

    private static BuildingSummary Earlier(BuildingSummary stair) => stair with { Funding = [(PolicySource)stair.Funding[0] with { On = new DateOnly(2025, 12, 31) }] };

    private static string[] Refused(WhatIfRequest request)
    {
        var faults = new FaultList();
        Assert.Null(WhatIf.Of(request, Stairs.Book(Now), 10, faults));
        return [.. faults.Faults.Select(Seen.Tell)];
    }

    private static WhatIfResult Ask(SubsidyRule rule, params BuildingSummary[] stairs) => Ask(rule, 100, stairs);

    private static WhatIfResult Ask(SubsidyRule rule, int most, BuildingSummary[] stairs)
    {
        var faults = new FaultList();
        WhatIf ask = WhatIf.Of(new WhatIfRequest { Policy = Stairs.Policy, Versions = [rule] }, Stairs.Book(Now), most, faults)!;
        foreach (BuildingSummary stair in stairs) { ask.Add(stair); }
        WhatIfResult result = ask.Result(faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return result;
    }
}
