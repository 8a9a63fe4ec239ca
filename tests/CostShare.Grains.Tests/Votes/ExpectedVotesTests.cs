using CostShare.Grains.Amounts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Votes;

/// <summary>What is inferred from stances and limits.</summary>
public class ExpectedVotesTests
{
    [Theory] // It pays 100 fen.
    [InlineData(null, null, Stance.Undecided)]
    [InlineData(Stance.Undecided, null, Stance.Undecided)]
    [InlineData(Stance.Yes, null, Stance.Yes)]
    [InlineData(Stance.No, null, Stance.No)]
    [InlineData(null, 99L, Stance.No)]
    [InlineData(null, 100L, Stance.Yes)]
    [InlineData(null, 101L, Stance.Yes)]
    [InlineData(Stance.Undecided, 100L, Stance.Yes)]
    [InlineData(Stance.Undecided, 99L, Stance.No)]
    [InlineData(Stance.Yes, 99L, Stance.No)]
    [InlineData(Stance.Yes, 100L, Stance.Yes)]
    [InlineData(Stance.No, 1000L, Stance.No)]
    public void A_household_agrees_if_what_it_is_willing_to_pay_covers_what_it_pays(Stance? stance, long? limit, Stance expected) =>
        Assert.Equal(expected, ExpectedVotes.OfHousehold(Asked.Household("1", 50, stance, limit), Given.Fen(100)));

    [Theory]
    [InlineData(0, 0, Stance.Yes)]
    [InlineData(0, -1, Stance.Yes)]
    [InlineData(0, 1, Stance.No)]
    public void A_limit_of_0_covers_nothing_and_what_is_paid_to_the_household(long limit, long amount, Stance expected) =>
        Assert.Equal(expected, ExpectedVotes.OfHousehold(Asked.Household("1", 50, null, limit), Given.Fen(amount)));

    [Theory] // Two flats of one owner: what each says.
    [InlineData(null, null, Stance.Undecided)]
    [InlineData(null, Stance.Yes, Stance.Yes)]
    [InlineData(Stance.Yes, Stance.Undecided, Stance.Yes)]
    [InlineData(null, Stance.No, Stance.No)]
    [InlineData(Stance.No, null, Stance.No)]
    public void A_head_says_no_if_one_of_its_flats_does_else_yes_if_one_does(Stance? first, Stance? second, Stance expected)
    {
        ExpectedVotes votes = Asked.Votes(Asked.Register(Asked.Household("1", 50, first, owners: "a"), Asked.Household("2", 60, second, owners: "a")));
        Assert.Equal(expected, votes[0]);
    }

    [Fact]
    public void One_flat_above_its_limit_makes_its_head_a_no_with_all_of_its_area()
    {
        ExpectedVotes votes = Asked.Votes(Asked.Register(
            Asked.Household("1", 50, Stance.Yes, owners: "a"), Asked.Household("2", 60, null, 5, "a"), Asked.Household("3", 70, null, 5), Asked.Household("4", 80)), 100, 6, 5, 7);
        Assert.Equal([Stance.No, Stance.Yes, Stance.Undecided], Enumerable.Range(0, 3).Select(head => votes[head]));
        Assert.Equal(new Ballots(3, 1, 1, 1), votes.ByHeads);
        Assert.Equal(new Ballots(260_00, 70_00, 110_00, 80_00), votes.ByArea);
    }

    [Fact]
    public void Of_whom_nothing_is_known_does_not_hang_on_amounts()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var one = RandomVote.Of(seed);
            var random = new Random(seed);
            var other = ExpectedVotes.Of(one.Votes.Electorate, [.. one.Votes.Amounts.Select(_ => Money.FromFen(random.Next(-5, 60)))]);
            Assert.Equal(one.Votes.Heads(Stance.Undecided), other.Heads(Stance.Undecided));
        }
    }
}
