using System.Text;
using System.Text.Json.Nodes;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Schemes;

namespace CostShare.Silo.Tests;

/// <summary>Contributions that were finalised: frozen, reckoned again from themselves alone, and changed by nobody unseen.</summary>
public class PassportTests
{
    private static readonly Evidence Vote = new() { Record = "表决公告", On = new DateOnly(2026, 7, 1), For = Count.Of(10), Against = Count.Of(1), ForArea = Area.FromHundredths(523_00), AgainstArea = Area.FromHundredths(52_30) };

    [Theory] // RFC 8785, section 3.2: names by UTF-16, texts with the fewest escapes.
    [InlineData("{\"b\":1,\"a\":[true,false,null,\"\\u20ac\"]}", "{\"a\":[true,false,null,\"€\"],\"b\":1}")]
    [InlineData("{\"\\ud83d\\ude00\":1,\"\\ufb33\":2,\"\\u00f6\":3,\"1\":4,\"\\r\":5}", "{\"\\r\":5,\"1\":4,\"ö\":3,\"😀\":1,\"\ufb33\":2}")]
    [InlineData("[\"\\u000f\\n\\u0041'\\u0042\\u0022\\u005c\\\\\\\"\\/\"]", "[\"\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]")]
    [InlineData("[9007199254740991,-9007199254740991,0]", "[9007199254740991,-9007199254740991,0]")]
    public void Canonical_json_is_that_of_the_rfc(string json, string canonical) => Assert.Equal(canonical, CanonicalJson.Write(JsonNode.Parse(json)));

    [Theory]
    [InlineData("[9007199254740992]")]
    [InlineData("[1.5]")]
    [InlineData("[1e2]")]
    public void A_number_that_binary_floating_point_might_bend_is_refused(string json) =>
        Assert.Throws<FormatException>(() => CanonicalJson.Write(JsonNode.Parse(json)));

    [Fact]
    public void What_was_finalised_is_reckoned_again_from_the_passport_alone()
    {
        ContributionsFinalised finalised = Finalise(Ready(), null);
        Assert.Null(PassportJson.Verify(Encoding.UTF8.GetBytes(finalised.Passport), Language.English));
        Assert.Equal(finalised.Passport, CanonicalJson.Write(JsonNode.Parse(finalised.Passport)));
        Assert.Contains("\"areaM2\":\"52.3\"", finalised.Passport, StringComparison.Ordinal);
        Assert.Equal((1, 70_000_000), (finalised.Number.Number, finalised.Bills.Sum(bill => bill.Amount.Fen)));
    }

    [Fact]
    public void A_later_finalisation_states_its_reason()
    {
        Building building = Ready();
        building = building.Evolve(Finalise(building, null));
        var faults = new FaultList();
        Assert.Null(BuildingDecider.Decide(Sent.Here, building, new FinaliseContributions { Scheme = new("equal"), Evidence = Vote }, Sent.Rules, faults));
        Assert.Equal(FaultCode.ReasonMissing, Assert.Single(faults.Faults).Code);
        ContributionsFinalised second = Finalise(building, "造价增加");
        Assert.Equal((2, "造价增加"), (second.Number.Number, second.Reason));
        Assert.Null(PassportJson.Verify(Encoding.UTF8.GetBytes(second.Passport), Language.Chinese));
    }

    [Fact]
    public void Every_finalisation_but_the_first_says_what_changed_for_whom_and_why()
    {
        // Ridden: half a storey, one and a half, one and a half; so 70 million fen by 1, 3 and 3 of 7.
        Building building = Ready();
        ContributionsFinalised first = Finalise(building, null);
        Assert.Equal([0, 10_000_000, 30_000_000, 30_000_000], first.Bills.Select(bill => bill.Amount.Fen));
        Assert.Null(first.Changes);
        building = Done(building.Evolve(first), new RemoveHousehold { Household = new("302"), Reason = "并户" },
            new SetCosts { Costs = [Sent.Lift with { Amount = Money.FromFen(84_000_000) }] }, new ProposeScheme { Scheme = Sent.Equal, Reason = "改为均摊" });
        ContributionsFinalised second = Finalise(building, "造价增加");
        // By 1 and 3 of 4: 17.5 and 52.5 million; of 84 million 21 and 63; and in halves 42 each.
        Assert.Equal(
            [
                "101 0 0: ",
                "201 10000000 42000000: Register 7500000, Costs 3500000, Scheme 21000000",
                "301 30000000 42000000: Register 22500000, Costs 10500000, Scheme -21000000",
                "302 30000000 : Register -30000000",
            ],
            second.Changes!.Select(change =>
                $"{change.Household} {change.Before?.Fen} {change.After?.Fen}: {string.Join(", ", change.Causes.Select(cause => $"{string.Join('+', cause.Parts)} {cause.Difference.Fen}"))}"));
        // What was frozen stays as it was, whatever was removed since.
        Assert.Equal(first.Passport, building.Finalisations[0].Passport);
        Assert.Null(PassportJson.Verify(Encoding.UTF8.GetBytes(first.Passport), Language.English));
    }

    [Fact]
    public void A_passport_names_its_building_and_the_passport_before_it()
    {
        ContributionsFinalised first = Finalise(Ready(), null), second = Finalise(Ready().Evolve(first), "更正");
        Assert.Equal((Sent.Here, null), (PassportJson.Read(first.Passport).Building, PassportJson.Read(first.Passport).PreviousSha256));
        Assert.Equal((Sent.Here, first.Sha256), (PassportJson.Read(second.Passport).Building, PassportJson.Read(second.Passport).PreviousSha256));
        Assert.DoesNotContain("previousSha256", first.Passport, StringComparison.Ordinal);
        string other = second.Passport.Replace(first.Sha256, second.Sha256, StringComparison.Ordinal);
        Assert.StartsWith("/sha256: stated", PassportJson.Verify(Encoding.UTF8.GetBytes(other), Language.English), StringComparison.Ordinal);
        string elsewhere = first.Passport.Replace("\"leshan-6-12\"", "\"Leshan\"", StringComparison.Ordinal);
        Assert.Equal("/building: \"Leshan\" is not allowed here. Allowed: a-z 0-9 -.", PassportJson.Verify(Encoding.UTF8.GetBytes(elsewhere), Language.English));
        Assert.Equal(first.Passport, PassportJson.Write(PassportJson.Read(first.Passport)).Text);
        Assert.Throws<FormatException>(() => PassportJson.Read(elsewhere));
        Assert.Throws<FormatException>(() => PassportJson.Read("[]"));
    }

    [Theory]
    [InlineData("-2000000000000000")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("2000000000000000")]
    public void Differences_are_read_below_0_and_above(string fen)
    {
        string stored = Changed(fen);
        Assert.Equal(stored, StoredEvents.Codec.Write(StoredEvents.Codec.Read("contributionsFinalised", 1, stored)).Payload);
    }

    [Theory]
    [InlineData("-2000000000000001")]
    [InlineData("2000000000000001")]
    [InlineData("-0.5")]
    [InlineData("\"-1\"")]
    public void Differences_that_no_bills_have_are_refused(string fen) =>
        Assert.Throws<FormatException>(() => StoredEvents.Codec.Read("contributionsFinalised", 1, Changed(fen)));

    [Theory]
    [InlineData("-7", true)]
    [InlineData("7", true)]
    [InlineData("-0", false)]
    [InlineData("-07", false)]
    [InlineData("--7", false)]
    [InlineData("-", false)]
    [InlineData("+7", false)]
    public void A_number_below_0_has_one_way_to_stand_as_a_name_and_floors_have_none(string name, bool isName)
    {
        var faults = new FaultList();
        Assert.Equal(isName, Scalar.Of(typeof(SignedMoney))!.ReadName(name, Where.Root, faults) is SignedMoney);
        Assert.Equal(isName ? 0 : 1, faults.Count);
        Assert.Equal(name == "7", Scalar.Of(typeof(Grains.Register.Floor))!.ReadName(name, Where.Root, new FaultList()) is not null);
    }

    [Fact]
    public void A_figure_that_was_changed_is_named_with_what_it_should_be()
    {
        string passport = Finalise(Ready(), null).Passport;
        string spoilt = passport.Replace("\"selfFundedFen\":70000000", "\"selfFundedFen\":70000001", StringComparison.Ordinal);
        Assert.NotEqual(passport, spoilt);
        Assert.Equal("/result/funding/selfFundedFen: stated 70000001, reckoned 70000000.", PassportJson.Verify(Encoding.UTF8.GetBytes(spoilt), Language.English));
    }

    [Fact]
    public void Every_change_of_a_character_is_found()
    {
        var random = new Random(5);
        byte[] passport = Encoding.UTF8.GetBytes(Finalise(Ready(), null).Passport);
        for (int i = 0; i < BuildingPropertyTests.Cases * 4; i++)
        {
            int at = random.Next(passport.Length);
            byte other = (byte)random.Next(0x20, 0x7f);
            byte[] spoilt = random.Next(3) switch
            {
                0 => [.. passport[..at], .. passport[(at + 1)..]],
                1 => [.. passport[..at], other, .. passport[at..]],
                _ => [.. passport[..at], other == passport[at] ? (byte)(other ^ 1) : other, .. passport[(at + 1)..]],
            };
            // A change of what was asked is another passport, which is right in itself but has another hash; in what came out it is wrong.
            string? told = PassportJson.Verify(spoilt, Language.English);
            Assert.True(told is not null, Encoding.UTF8.GetString(spoilt.AsSpan(int.Max(0, at - 40), int.Min(80, spoilt.Length - int.Max(0, at - 40)))));
        }
    }

    private static Building Ready() => new BuildingCommand[]
    {
        Sent.Register, new RegisterHouseholds { Households = [Sent.Flat("101", 1), Sent.Flat("201", 2), Sent.Flat("301", 3), Sent.Flat("302", 3)] },
        new SetCosts { Costs = [Sent.Lift] }, new ProposeScheme { Scheme = Sent.Equal with { Rule = new RideRule() } },
    }.Aggregate(Building.Unregistered, (building, command) => Done(building, command));

    private static Building Done(Building building, params BuildingCommand[] commands) =>
        commands.Aggregate(building, (before, command) => before.Evolve(BuildingDecider.Decide(Sent.Here, before, command, Sent.Rules, new FaultList())!));

    private static string Changed(string fen) =>
        $$"""{"kind":"contributionsFinalised","number":2,"scheme":"equal","bills":[{"household":"101","amountFen":0}],"changes":[{"household":"101","beforeFen":0,"causes":[{"parts":["scheme"],"differenceFen":{{fen}}}]}],"passport":"{}","sha256":"{{new string('0', 64)}}"}""";

    private static ContributionsFinalised Finalise(Building building, string? reason)
    {
        var faults = new FaultList();
        BuildingEvent? happened = BuildingDecider.Decide(Sent.Here, building, new FinaliseContributions { Scheme = new("equal"), Evidence = Vote, Reason = reason }, Sent.Rules, faults);
        Assert.Empty(faults.Faults.Select(fault => $"{fault.Code} {fault.Place}"));
        return Assert.IsType<ContributionsFinalised>(happened);
    }
}
