using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Tests.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Votes;

/// <summary>A random electorate with its votes on some amounts, and a random rule; the same seed gives the same case.</summary>
internal sealed record RandomVote(int Seed, ExpectedVotes Votes, ConsentRule Rule, VoteQuestion Question)
{
    public static int Count => RandomCase.Count;

    public Forecast Forecast() => Forecaster.Of(Votes, Rule, Question);

    /// <summary>Examines many cases.</summary>
    public static void ForAll(int firstSeed, int count, int mostHouseholds, Action<RandomVote> examine)
    {
        for (int seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var one = Of(seed, mostHouseholds);
            try { examine(one); }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Random vote of seed {seed.ToString(CultureInfo.InvariantCulture)}", exception);
            }
        }
    }

    /// <param name="seed">Says which.</param>
    /// <param name="mostHouseholds">The most households.</param>
    /// <param name="silent">Of a hundred households, how many say nothing at all.</param>
    public static RandomVote Of(int seed, int mostHouseholds = 10, int? silent = null)
    {
        var random = new Random(seed);
        int count = random.Next(1, mostHouseholds + 1);
        int quiet = silent ?? random.Next(0, 90);
        bool alike = random.Next(3) == 0;
        // One view for each set of owners, so that no head contradicts itself.
        var views = new Dictionary<string, Stance>();
        var households = new List<PolledHousehold>();
        var amounts = new List<Money>();
        for (int i = 0; i < count; i++)
        {
            string[] owners = random.Next(5) switch
            {
                0 => [$"p{random.Next(3)}"],
                1 => [.. new[] { "p0", "p1", "p2" }.OrderBy(_ => random.Next()).Take(2)],
                _ => [],
            };
            string key = owners.Length == 0 ? $"own{i}" : string.Join(' ', owners.Order());
            if (!views.TryGetValue(key, out Stance view)) { views[key] = view = random.Next(3) == 0 ? Stance.No : Stance.Yes; }
            bool says = random.Next(100) >= quiet;
            households.Add(new PolledHousehold
            {
                Id = new($"h{i}"),
                Floor = Floor.Of(random.Next(1, 7)),
                Area = Area.FromHundredths(alike ? 8 : random.Next(1, 40)),
                Joins = random.Next(8) > 0,
                Stance = !says ? null : random.Next(3) switch { 0 => Stance.Undecided, _ => view },
                Limit = says && random.Next(2) == 0 ? Money.FromFen(random.Next(0, 30)) : null,
                Owners = owners.Length == 0 ? null : [.. owners.Select(person => new Owner { Person = new(person) })],
            });
            amounts.Add(Money.FromFen(random.Next(-3, 30)));
        }
        Threshold Some()
        {
            int below = random.Next(1, 7);
            return new Threshold { Numerator = Grains.Amounts.Count.Of(random.Next(1, below + 1)), Denominator = Grains.Amounts.Count.Of(below) };
        }
        var rule = new ConsentRule
        {
            From = new DateOnly(2021, 1, 1),
            Certainty = Certainty.Official,
            References = [],
            Body = ConsentBody.Unit,
            Participation = random.Next(4) == 0 ? null : Some(),
            Approval = Some(),
            ApprovalOf = random.Next(3) == 0 ? ConsentBase.All : ConsentBase.Participants,
            NoObjection = random.Next(6) == 0,
        };
        var electorate = Asked.Electorate(new PolledRegister { Storeys = Floor.Of(6), Households = households });
        var stated = new StatedTotals
        {
            Area = random.Next(2) == 0 ? TotalArea.FromHundredths(random.NextInt64(1, 2 * electorate.Area.Hundredths)) : null,
            Persons = random.Next(2) == 0 ? Grains.Amounts.Count.Of(random.Next(1, (2 * electorate.Heads) + 1)) : null,
        };
        return new RandomVote(seed, ExpectedVotes.Of(electorate, amounts), rule,
            new VoteQuestion { Policy = new("code"), On = new DateOnly(2024, 1, 1), Stated = random.Next(3) == 0 ? stated : null });
    }
}
