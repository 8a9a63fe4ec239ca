using CostShare.Grains.Amounts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Votes;

/// <summary>Votes that were reckoned by hand.</summary>
public class ForecastTests
{
    [Theory] // domain.md 4 as told by practitioners: of 12 equal flats 8 must take part, 9 must agree if all do, 4 noes block; of 14 it is 10, 11 and 4.
    [InlineData(12, 8, 9)]
    [InlineData(14, 10, 11)]
    public void Twelve_and_fourteen_equal_flats(int flats, int mustTakePart, int mustAgree)
    {
        string Said(int yes, int no) => new string('y', yes) + new string('n', no) + new string('.', flats - yes - no);
        VoteState State(int yes, int no) => Asked.Forecast(Asked.Register(Said(yes, no)), Asked.CivilCode).Registered.State;
        bool Closed(int yes, int no) => Asked.Forecast(Asked.Register(Said(yes, no)), Asked.CivilCode).Registered.ClosedNow;
        Assert.True(Closed(mustTakePart, 0) && !Closed(mustTakePart - 1, 0));
        Assert.Equal((VoteState.Passed, VoteState.Failed), (State(mustAgree, flats - mustAgree), State(mustAgree - 1, flats - mustAgree + 1)));
        Assert.Equal((VoteState.Open, VoteState.Failed), (State(0, 3), State(0, 4)));
        Forecast nobodyAsked = Asked.Forecast(Asked.Register(Said(0, 0)), Asked.CivilCode);
        Assert.Equal((mustTakePart, ((2 * 80_00L * flats) + 2) / 3), (nobodyAsked.Registered.Missing!.Persons, nobodyAsked.Registered.Missing.Area.Hundredths));
        Assert.Equal((mustTakePart, true), (nobodyAsked.ToPass!.Fewest.Persons, nobodyAsked.ToPass.AnySoMany));
        Assert.Equal((4, true, BlockedBy.No), (nobodyAsked.ToBlock!.Fewest.Persons, nobodyAsked.ToBlock.AnySoMany, nobodyAsked.ToBlock.Fewest.By));
    }

    // Guangzhou, 英豪花园: the notice counted 207,075.84 m², the register 226,421.0857 m² (here to the hundredth); 53 % became 48.47 %.
    internal static readonly PolledHousehold[] Garden =
        [Asked.Household("a", 60_000, Stance.Yes), Asked.Household("b", 49_750.20m, Stance.Yes), Asked.Household("c", 60_000), Asked.Household("d", 56_670.89m)];

    [Fact]
    public void Guangzhou_counted_by_two_totals()
    {
        var stated = new StatedTotals { Area = TotalArea.FromHundredths(207_075_84) };
        Forecast forecast = Asked.Forecast(Asked.Register(Garden), Asked.Rule("1/2", "1/2", ConsentBase.Participants), stated);
        (AreaReached notice, AreaReached register) = (forecast.Stated!.Participation!.Area, forecast.Registered.Participation!.Area);
        Assert.Equal((109_750_20L, 207_075_84L, 226_421_09L), (register.Reached.Hundredths, notice.Of.Hundredths, register.Of.Hundredths));
        Assert.Equal((Fraction.Of(109_750_20, 207_075_84), Fraction.Of(109_750_20, 226_421_09)), (notice.Part, register.Part));
        Assert.Equal((5300L, 4847L), (((Fraction.Of(109_750_20, 207_075_84) * 10_000) + Fraction.Of(1, 2)).Floor(), ((Fraction.Of(109_750_20, 226_421_09) * 10_000) + Fraction.Of(1, 2)).Floor()));
        Assert.Equal((true, false, true, false), (notice.Met, register.Met, forecast.Stated.ClosedNow, forecast.Registered.ClosedNow));
        // By either total those who are undecided could still say no.
        Assert.Equal((VoteState.Open, VoteState.Open), (forecast.Stated.State, forecast.Registered.State));
        Assert.Equal((0L, 3_460_35L), (notice.Missing!.Value.Hundredths, register.Missing!.Value.Hundredths));
        Assert.Equal((4, 4), (forecast.Stated.Persons, forecast.Registered.Persons));
    }

    [Fact] // 80 m² each but one of 200: two large flats of different owners weigh more than heads tell.
    public void Sets_are_told_by_household_with_all_flats_of_a_head()
    {
        PolledHousehold[] flats =
        [
            Asked.Household("101", 80, Stance.Yes), Asked.Household("102", 80, Stance.Yes), Asked.Household("201", 80, Stance.Yes), Asked.Household("202", 80, Stance.Yes),
            Asked.Household("301", 100, owners: "x"), Asked.Household("302", 80), Asked.Household("401", 80), Asked.Household("402", 60, owners: "x"), Asked.Household("501", 35.20m),
        ];
        Forecast forecast = Asked.Forecast(Asked.Register(flats), Asked.CivilCode);
        // 320 of 675.20 m² and 4 of 8 heads; two thirds are 450.13… m² and 5.33 heads.
        Assert.Equal((VoteState.Open, false), (forecast.Registered.State, forecast.Registered.ClosedNow));
        Assert.Equal((2, 130_14L), (forecast.Registered.Missing!.Persons, forecast.Registered.Missing.Area.Hundredths));
        Assert.Equal("301 302 402", forecast.ToPass!.Fewest.Ids());
        Assert.Equal((2, 240_00L, false), (forecast.ToPass.Fewest.Persons, forecast.ToPass.Fewest.Area.Hundredths, forecast.ToPass.AnySoMany));
        Assert.Equal(("302 401", 160_00L), (forecast.ToPass.LeastArea.Ids(), forecast.ToPass.LeastArea!.Area.Hundredths));
        // More than a third stays away, or more than a quarter says no: 3 heads, or more than 168.80 m². 301, 402 and 501 have as little, but only two heads.
        Assert.Equal(("301 302 402", BlockedBy.Either), (forecast.ToBlock!.Fewest.Ids(), forecast.ToBlock.Fewest.By));
        Assert.Equal(("302 401 501", 195_20L, BlockedBy.Either), (forecast.ToBlock.LeastArea.Ids(), forecast.ToBlock.LeastArea!.Area.Hundredths, forecast.ToBlock.LeastArea.By));
    }

    [Theory]
    [InlineData("yyyyyyyyyyyy", VoteState.Passed, true)]
    [InlineData("yyyyyyyyy...", VoteState.Passed, true)]
    [InlineData("yyyyyyyy....", VoteState.Open, true)]
    [InlineData("yyyyyyy.....", VoteState.Open, false)]
    [InlineData("............", VoteState.Open, false)]
    [InlineData("yyyyyyyyn...", VoteState.Open, true)]
    [InlineData("yyyyyynn....", VoteState.Open, true)]
    [InlineData("yyyyynnn....", VoteState.Open, false)]
    [InlineData("nnnn........", VoteState.Failed, false)]
    public void The_Civil_Code_on_twelve_equal_flats(string stances, VoteState state, bool closedNow)
    {
        VoteCount count = Asked.Forecast(Asked.Register(stances), Asked.CivilCode).Registered;
        Assert.Equal((state, closedNow), (count.State, count.ClosedNow));
    }

    [Theory] // Shanghai before the Civil Code: two thirds of all, and nobody against.
    [InlineData("yyy...", VoteState.Open, false, 1)]
    [InlineData("yyyy..", VoteState.Open, true, 0)]
    [InlineData("yyyyyn", VoteState.Failed, false, null)]
    [InlineData("yyyyyy", VoteState.Passed, true, 0)]
    public void A_single_objection_stops_the_project_where_the_rule_says_so(string stances, VoteState state, bool closedNow, int? missing)
    {
        Forecast forecast = Asked.Forecast(Asked.Register(stances), Asked.Rule(null, "2/3", ConsentBase.All, noObjection: true));
        Assert.Equal((state, closedNow, missing), (forecast.Registered.State, forecast.Registered.ClosedNow, forecast.Registered.Missing?.Persons));
        Assert.Equal((stances.Count(said => said == 'n'), true), (forecast.Registered.Objections, forecast.Registered.Participation is null));
        if (state == VoteState.Open) { Assert.Equal((1, true, BlockedBy.No), (forecast.ToBlock!.Fewest.Persons, forecast.ToBlock.AnySoMany, forecast.ToBlock.LeastArea!.By)); }
    }

    [Theory]
    [InlineData("....", ConsentBase.Participants, VoteState.Open, 1)]
    [InlineData("y...", ConsentBase.Participants, VoteState.Open, 0)]
    [InlineData("n...", ConsentBase.Participants, VoteState.Failed, null)]
    [InlineData("y...", ConsentBase.All, VoteState.Open, 3)]
    [InlineData("n...", ConsentBase.All, VoteState.Failed, null)]
    [InlineData("yyyy", ConsentBase.All, VoteState.Passed, 0)]
    public void Where_all_must_agree_one_no_is_enough_to_fail_and_nobody_at_all_is_not_all(string stances, ConsentBase of, VoteState state, int? missing)
    {
        VoteCount count = Asked.Forecast(Asked.Register(stances), Asked.Rule(null, "1/1", of)).Registered;
        Assert.Equal((state, missing), (count.State, count.Missing?.Persons));
        Assert.Equal(stances == "...." ? null : of == ConsentBase.All && stances != "yyyy" ? Fraction.Of(stances.Count(said => said == 'y'), 4) : stances[0] == 'y' ? 1 : 0, count.Approval.Persons.Part);
    }

    [Fact]
    public void The_rule_is_told_with_where_it_was_read()
    {
        Forecast forecast = Asked.Forecast(Asked.Register("y"), Asked.CivilCode);
        Assert.Equal(("code", Asked.CivilCode.From, Asked.CivilCode.Certainty, ConsentBody.Unit, Asked.CivilCode.References),
            (forecast.Policy.Value, forecast.From, forecast.Certainty, forecast.Body, forecast.References));
        Assert.Equal((Fraction.Of(2, 3), Fraction.Of(3, 4)), (forecast.Registered.Participation!.Threshold, forecast.Registered.Approval.Threshold));
    }

    [Theory] // Side payments: who is paid, in fen. Each pays 100; the limits stand in the text, n is a plain no, y a plain yes, . nothing.
    [InlineData("y y y y y y 90 80 70 60 . .", "90 80", SwingState.Found)] // 6 of 10 said yes; 8 are needed.
    [InlineData("y y y y y y y y 90 80 n n", "90", SwingState.Found)]
    [InlineData("y y y y y y y y y 90 80 n", "", SwingState.NotNeeded)]
    [InlineData("y y y y y y y 90 n n n n", "", SwingState.Impossible)]
    [InlineData("y y y 90 90 90 90 . . . . .", "", SwingState.Impossible)] // Too few take part.
    public void The_cheapest_swing_on_twelve_equal_flats(string said, string paid, SwingState state)
    {
        PolledHousehold[] flats = [.. said.Split(' ').Select((word, i) => Asked.Household(word is "y" or "n" or "." ? $"{word}{i}" : word + new string(' ', i) + i, 80,
            word switch { "y" => Stance.Yes, "n" => Stance.No, _ => null }, word is "y" or "n" or "." ? null : long.Parse(word, null)))];
        Swing swing = Forecaster.SwingOf(Asked.Votes(Asked.Register(flats)), Asked.CivilCode);
        Assert.Equal(state, swing.State);
        Assert.Equal(paid, string.Join(' ', (swing.Payments ?? []).Select(payment => payment.Household.Value.Split(' ')[0])));
        if (state == SwingState.Found) { Assert.Equal(paid.Split(' ').Sum(limit => 100 - long.Parse(limit, null)), swing.Total!.Value.Fen); }
    }

    [Fact] // Two cheap small flats, or one dear large one: by area and by heads the cheap ones do not suffice.
    public void A_swing_must_win_both_heads_and_area()
    {
        PolledHousehold[] flats =
        [
            Asked.Household("y1", 100, Stance.Yes), Asked.Household("y2", 100, Stance.Yes), Asked.Household("y3", 100, Stance.Yes),
            Asked.Household("small1", 20, null, 99), Asked.Household("small2", 20, null, 98), Asked.Household("large", 160, null, 50),
        ];
        // 300 of 500 m² and 3 of 6 heads agree; three quarters are 375 m² and 5 heads.
        Swing swing = Forecaster.SwingOf(Asked.Votes(Asked.Register(flats)), Asked.CivilCode);
        Assert.Equal("small1=1 large=50", string.Join(' ', swing.Payments!.Select(payment => $"{payment.Household}={payment.By.Fen}")));
        Assert.Equal((51L, 2, 180_00L), (swing.Total!.Value.Fen, swing.Persons, swing.Area!.Value.Hundredths));
    }
}
