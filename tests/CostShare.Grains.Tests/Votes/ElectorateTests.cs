using CostShare.Grains.Faults;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Votes;

/// <summary>Who is a head, and what owners may not contradict each other in.</summary>
public class ElectorateTests
{
    [Fact]
    public void Flats_of_the_same_owners_are_one_head_in_whatever_order_they_stand()
    {
        Electorate electorate = Asked.Electorate(Asked.Register(
            Asked.Household("101", 50, owners: ["a"]), Asked.Household("102", 60), Asked.Household("201", 70, owners: ["a=1/2", "b=1/2"]),
            Asked.Household("202", 80.25m, owners: ["b=1/3", "a=2/3"]), Asked.Household("301", 90, owners: ["a=1"]), Asked.Household("302", 60)));
        Assert.Equal(4, electorate.Heads);
        Assert.Equal(["0 4", "1", "2 3", "5"], Enumerable.Range(0, 4).Select(head => string.Join(' ', electorate.FlatsOf(head))));
        Assert.Equal([140_00, 60_00, 150_25, 60_00], Enumerable.Range(0, 4).Select(electorate.AreaOf));
        Assert.Equal(410_25, electorate.Area.Hundredths);
    }

    [Fact] // Who has parts of two flats with different others is a head with each of them.
    public void Different_sets_of_owners_are_different_heads() => Assert.Equal(3,
        Asked.Electorate(Asked.Register(Asked.Household("1", 50, owners: ["a", "b"]), Asked.Household("2", 50, owners: ["a", "c"]), Asked.Household("3", 50, owners: ["a"]))).Heads);

    [Fact] // Two ids that join to the same text are still two.
    public void Ids_of_owners_are_not_run_together() => Assert.Equal(2,
        Asked.Electorate(Asked.Register(Asked.Household("1", 50, owners: ["a b"]), Asked.Household("2", 50, owners: ["a", "b"]))).Heads);

    [Fact]
    public void Everybody_counts_also_who_does_not_join() => Assert.Equal(3, Asked.Electorate(Asked.Register(
        Asked.Household("1", 50) with { Joins = false }, Asked.Household("2", 50) with { Use = Grains.Register.Use.Shop },
        Asked.Household("3", 50) with { Use = Grains.Register.Use.Garage })).Heads);

    [Theory]
    [InlineData("a=1/2 b=1/3 c=1/6")]
    [InlineData("a=1/3 b=1/3 c=1/3")]
    [InlineData("a=1")]
    [InlineData("a")]
    [InlineData("a b c")] // Their parts are not known.
    [InlineData("a=999999/1000000 b=1/1000000")]
    public void Parts_that_sum_to_1_are_accepted_and_so_are_none(string owners) => Assert.Empty(Faults(Asked.Household("101", 50, owners: owners.Split(' '))));

    [Theory]
    [InlineData("a=1/2 b=1/3", "OwnedPartsDoNotClose /building/households/0/owners household=101 sum=5/6")]
    [InlineData("a=2/3 b=2/3", "OwnedPartsDoNotClose /building/households/0/owners household=101 sum=4/3")]
    [InlineData("a=999998/1000000 b=1/1000000", "OwnedPartsDoNotClose /building/households/0/owners household=101 sum=999999/1000000")]
    [InlineData("a=1/2", "OwnedPartsDoNotClose /building/households/0/owners household=101 sum=1/2")]
    [InlineData("a=1/2 b", "OwnedPartMissing /building/households/0/owners/1/of person=b household=101")]
    [InlineData("a b=1 c", "OwnedPartMissing /building/households/0/owners/0/of person=a household=101", "OwnedPartMissing /building/households/0/owners/2/of person=c household=101")]
    [InlineData("a=1/2 a=1/2", "OwnerTwice /building/households/0/owners/1/person person=a household=101")]
    [InlineData("a b a=1", "OwnerTwice /building/households/0/owners/2/person person=a household=101",
        "OwnedPartMissing /building/households/0/owners/0/of person=a household=101", "OwnedPartMissing /building/households/0/owners/1/of person=b household=101")]
    public void Parts_and_persons_that_contradict_each_other_are_refused(string owners, params string[] faults) =>
        Assert.Equal(faults, Faults(Asked.Household("101", 50, owners: owners.Split(' '))));

    [Fact]
    public void One_head_cannot_say_yes_and_no()
    {
        PolledHousehold[] flats =
        [
            Asked.Household("101", 50, Stance.Undecided, owners: "a"), Asked.Household("102", 50, Stance.Yes, owners: "a"), Asked.Household("103", 50, owners: "a"),
            Asked.Household("104", 50, Stance.No, owners: "a"), Asked.Household("105", 50, Stance.Yes, owners: "a"), Asked.Household("106", 50, Stance.No, owners: "b"),
            Asked.Household("107", 50, Stance.No, owners: "a"),
        ];
        Assert.Equal(
            ["StancesContradict /building/households/3/stance household=104 other=102", "StancesContradict /building/households/6/stance household=107 other=102"], Faults(flats));
        Assert.Empty(Faults(Asked.Household("101", 50, Stance.Yes), Asked.Household("102", 50, Stance.No)));
    }

    private static string[] Faults(params PolledHousehold[] households)
    {
        var faults = new FaultList();
        Electorate.Read(Asked.Register(households), Asked.Place, faults);
        return [.. faults.Faults.Select(Seen.Tell)];
    }
}
