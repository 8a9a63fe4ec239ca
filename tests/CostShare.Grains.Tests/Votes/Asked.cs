using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Votes;

/// <summary>Short words for votes.</summary>
internal static class Asked
{
    public static readonly Place Place = Place.Root.At("building");

    /// <summary>Civil Code art. 278: two thirds take part, three quarters of them agree.</summary>
    public static readonly ConsentRule CivilCode = Rule("2/3", "3/4", ConsentBase.Participants);

    public static ConsentRule Rule(string? participation, string approval, ConsentBase of, bool noObjection = false) => new()
    {
        From = new DateOnly(2021, 1, 1),
        Certainty = Certainty.Official,
        References = [Given.Paper("Civil Code", Certainty.Official)],
        Body = ConsentBody.Unit,
        Participation = participation is null ? null : Threshold(participation),
        Approval = Threshold(approval),
        ApprovalOf = of,
        NoObjection = noObjection,
    };

    public static Threshold Threshold(string fraction)
    {
        int[] numbers = [.. fraction.Split('/').Select(int.Parse)];
        return new Threshold { Numerator = Count.Of(numbers[0]), Denominator = Count.Of(numbers[1]) };
    }

    public static PolledHousehold Household(string id, decimal areaM2, Stance? stance = null, long? limitFen = null, params string[] owners) => new()
    {
        Id = new(id),
        Floor = Floor.Of(1),
        Area = Given.Area(areaM2),
        Stance = stance,
        Limit = limitFen is long fen ? Given.Fen(fen) : null,
        Owners = owners.Length == 0 ? null : [.. owners.Select(Owner)],
    };

    /// <summary>An owner, "person" or "person=a/b".</summary>
    public static Owner Owner(string text)
    {
        string[] parts = text.Split('=', '/');
        return new Owner
        {
            Person = new(parts[0]),
            Of = parts.Length == 1 ? null : Fraction.Of(long.Parse(parts[1], null), parts.Length == 2 ? 1 : long.Parse(parts[2], null)),
        };
    }

    public static PolledRegister Register(params IEnumerable<PolledHousehold> households) => new() { Storeys = Floor.Of(9), Households = [.. households] };

    /// <summary>Equal flats of different owners who say y(es), n(o) or nothing (.).</summary>
    public static PolledRegister Register(string stances, decimal areaM2 = 80) => Register(stances.Select((stance, i) =>
        Household($"{i + 1}", areaM2, stance switch { 'y' => Stance.Yes, 'n' => Stance.No, _ => null })));

    public static Electorate Electorate(PolledRegister register)
    {
        var faults = new FaultList();
        var electorate = Grains.Votes.Electorate.Read(register, Place, faults);
        Assert.Empty(faults.Faults.Select(Seen.Tell));
        return electorate;
    }

    /// <summary>The votes where every household pays 100 fen unless told otherwise.</summary>
    public static ExpectedVotes Votes(PolledRegister register, params long[] amountsFen) =>
        ExpectedVotes.Of(Electorate(register), amountsFen.Length > 0 ? [.. amountsFen.Select(Given.Fen)] : [.. register.Households.Select(_ => Given.Fen(100))]);

    public static Forecast Forecast(PolledRegister register, ConsentRule rule, StatedTotals? stated = null) =>
        Forecaster.Of(Votes(register), rule, new VoteQuestion { Policy = new("code"), On = new DateOnly(2024, 1, 1), Stated = stated });

    public static string Ids(this VoterSet? set) => set is null ? "none" : string.Join(' ', set.Households.Select(id => id.Value));
}
