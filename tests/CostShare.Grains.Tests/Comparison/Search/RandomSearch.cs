using System.Globalization;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using CostShare.Grains.Votes;

namespace CostShare.Grains.Tests.Comparison.Search;

/// <summary>A random search of a small family; the same seed gives the same.</summary>
internal sealed record RandomSearch(SearchRequest Request, PolicyBook Policies)
{
    private static readonly long[] Units = [1, 1, 100, 10_000];

    public static RandomSearch Of(int seed, int mostHouseholds = 12) => new Maker(new Random(seed)).Make(mostHouseholds);

    private sealed class Maker(Random random)
    {
        public RandomSearch Make(int mostHouseholds)
        {
            int storeys = random.Next(1, 7), count = random.Next(1, mostHouseholds + 1);
            long money = random.Next(10) switch { 0 => 0, 1 => random.Next(1, 1_000), 2 => random.NextInt64(1, 900_000_000_000_000), _ => random.NextInt64(1_000_000, 100_000_000) };
            bool alike = random.Next(2) == 0;
            var stances = new Dictionary<string, Stance?>();
            PolledHousehold[] households = [.. Enumerable.Range(0, count).Select(i => new PolledHousehold
            {
                Id = new($"h{i.ToString(CultureInfo.InvariantCulture)}"),
                Floor = Floor.Of(random.Next(1, storeys + 1)),
                Area = Area.FromHundredths(alike ? 7_000 : random.Next(3_000, 15_000)),
                Joins = i == 0 || random.Next(10) > 0,
                Entry = random.Next(4) == 0 ? Entry.HalfLanding : Entry.Level,
                // Some own several flats, some flats have two owners, in either order.
                Owners = random.Next(4) switch { 0 => null, 1 => [Person(random.Next(3)), Person(3)], 2 => [Person(3), Person(random.Next(3))], _ => [Person(random.Next(2 * count))] },
            })];
            // The same owners have one view.
            households = [.. households.Select(household =>
            {
                Stance? stance = random.Next(8) switch { 0 => Stance.No, 1 => Stance.Yes, 2 => Stance.Undecided, _ => null };
                string owners = string.Join(' ', (household.Owners ?? []).Select(owner => owner.Person.Value).Order());
                return household with { Stance = owners.Length == 0 || stances.TryAdd(owners, stance) ? stance : random.Next(2) == 0 ? stances[owners] : null };
            })];
            bool guided = random.Next(2) == 0, isCorridor = random.Next(3) == 0;
            var request = new SearchRequest
            {
                Building = new PolledRegister { Storeys = Floor.Of(storeys), Households = households },
                Costs = [Given.Cost("lift", Money.FromFen(money)), .. isCorridor ? [Given.Cost("corridor", Money.FromFen(money / 7), CostCategory.Corridor)] : Array.Empty<CostLine>()],
                Funding = random.Next(3) == 0 ? [Given.Source("street", Money.FromFen(money / 5))] : [],
                StandAlone = random.Next(3) == 0 ? null : MakeStandAlone(storeys),
                Vote = random.Next(2) == 0 ? null : new VoteQuestion { Policy = new("consent"), On = new DateOnly(2024, 1, 1) },
                Guidance = guided ? new Guidance { Policy = new("ranges"), On = new DateOnly(2024, 1, 1) } : null,
                Adjustments = random.Next(2) == 0 ? [] : [.. MakeAdjustments(households, money)],
                Rounding = Given.InUnits(Units[random.Next(Units.Length)], random.Next(3) == 0 ? RoundingMode.Up : RoundingMode.LargestRemainder),
                Family = MakeFamily(storeys, money / count),
                Most = ListedSchemes.Of(1_000),
            };
            PolicyBook policies = MakePolicies(storeys);
            return new RandomSearch(WithLimits(request, policies), policies);
        }

        private static Owner Person(int number) => new() { Person = new($"p{number.ToString(CultureInfo.InvariantCulture)}") };

        private StandAloneCosts MakeStandAlone(int storeys)
        {
            if (random.Next(2) == 0)
            {
                return new StandAloneModel
                {
                    Fixed = Money.FromFen(random.Next(0, 3) * 10_000_000L),
                    PerStop = Money.FromFen(random.Next(1, 2_000_000)),
                    PerStorey = Money.FromFen(random.Next(0, 3_000_000)),
                    Ground = Money.FromFen(random.Next(0, 2)),
                };
            }
            long cost = random.Next(0, 2) * 1_000_000L;
            return new StatedStandAloneCosts { Amounts = Enumerable.Range(1, storeys).ToDictionary(Floor.Of, _ => Money.FromFen(cost += random.Next(1, 5_000_000))) };
        }

        private IEnumerable<Adjustment> MakeAdjustments(PolledHousehold[] households, long money)
        {
            for (int i = 0; i < households.Length; i++)
            {
                HouseholdId id = households[i].Id;
                // Some are compensated with more than they pay.
                if (random.Next(6) == 0) { yield return new Compensation { Household = id, Amount = Money.FromFen(random.NextInt64(0, (money / 6) + 1)) }; }
                if (i > 0 && households[i].Joins && random.Next(8) == 0) { yield return new Exemption { Household = id }; }
                else if (i > 0 && households[i].Joins && random.Next(8) == 0) { yield return new FixedAmount { Household = id, Amount = Money.FromFen(random.NextInt64(0, (money / 30) + 1)) }; }
            }
        }

        private SchemeFamily MakeFamily(int storeys, long each)
        {
            BlendRule[] with = [.. Enum.GetValues<BlendRule>().OrderBy(_ => random.Next()).Take(random.Next(1, 4))];
            bool hasBlend = random.Next(3) > 0;
            int from = random.Next(1, storeys + 1);
            Money[] caps = [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => Money.FromFen((long)(each * (0.9 + (random.Next(30) * 0.1))) / 100 * 100)).Distinct()];
            return new SchemeFamily
            {
                Coefficients = hasBlend && random.Next(6) == 0 ? null : new CoefficientFamily
                {
                    FirstFloor = new FloorRange { From = Floor.Of(from), To = random.Next(2) == 0 ? null : Floor.Of(random.Next(from, storeys + 1)) },
                    Base = MakeRange(),
                    Step = MakeRange(),
                    SharedBy = [.. Enum.GetValues<SharedBy>().OrderBy(_ => random.Next()).Take(random.Next(1, 4))],
                    Within = [.. Enum.GetValues<Within>().OrderBy(_ => random.Next()).Take(random.Next(1, 3))],
                },
                Blend = hasBlend ? new BlendFamily { With = with, Step = Given.Percent(random.Next(4) switch { 0 => 100, 1 => 50, 2 => 25, _ => 20 }) } : null,
                Caps = caps,
                Uncapped = caps.Length == 0 || random.Next(4) > 0,
            };
        }

        private CoefficientRange MakeRange()
        {
            decimal from = random.Next(0, 4) * 0.5m;
            return random.Next(3) == 0
                ? new CoefficientRange { From = Given.Coefficient(from) }
                : new CoefficientRange { From = Given.Coefficient(from), To = Given.Coefficient(from + (random.Next(0, 5) * 0.3m)), Step = Given.Coefficient(0.25m) };
        }

        // Ranges around what height gives, some of one point only.
        private PolicyBook MakePolicies(int storeys) => PolicyBook.Of([MakeConsent(), new GuidancePolicy
        {
            Id = new("ranges"),
            Name = new() { Zh = "区间", En = "Ranges" },
            City = new() { Zh = "某市", En = "Some city" },
            Versions =
            [
                new GuidanceRule
                {
                    From = new DateOnly(2023, 1, 1),
                    Certainty = Certainty.Official,
                    References = [Given.Paper("a paper", Certainty.Official)],
                    Tables = [new GuidanceTable
                    {
                        Storeys = Floor.Of(storeys),
                        Floors = Enumerable.Range(1, storeys).ToDictionary(Floor.Of, floor =>
                        {
                            int low = random.Next(0, 2 * (100 / storeys));
                            return new PercentageRange { Low = Given.Percent(int.Min(low, 100)), High = Given.Percent(int.Min(low + random.Next(0, 10), 100)) };
                        }),
                        Corridors = random.Next(2) == 0 ? null : Enumerable.Range(1, storeys).ToDictionary(Floor.Of, floor => Given.Coefficient(floor)),
                    }],
                },
            ],
        }]);

        private ConsentPolicy MakeConsent() => new()
        {
            Id = new("consent"),
            Name = new() { Zh = "同意", En = "Consent" },
            City = new() { Zh = "某市", En = "Some city" },
            Versions =
            [
                new ConsentRule
                {
                    From = new DateOnly(2023, 1, 1),
                    Certainty = Certainty.Official,
                    References = [Given.Paper("a paper", Certainty.Official)],
                    Body = ConsentBody.Unit,
                    Participation = random.Next(2) == 0 ? null : new Threshold { Numerator = Grains.Amounts.Count.Of(1), Denominator = Grains.Amounts.Count.Of(2) },
                    Approval = new Threshold { Numerator = Grains.Amounts.Count.Of(random.Next(1, 4)), Denominator = Grains.Amounts.Count.Of(4) },
                    ApprovalOf = (ConsentBase)random.Next(2),
                    NoObjection = random.Next(4) == 0,
                },
            ],
        };

        // Limits that lie on what some schemes of the family ask, each on another's, or a fen or a unit beside it, and others anywhere.
        private SearchRequest WithLimits(SearchRequest request, PolicyBook policies)
        {
            Scheme[] schemes = [.. SearchReference.Family(request).Select(member => member.Scheme)];
            IReadOnlyList<Share>[] asked = [.. Enumerable.Range(0, 8).Select(_ => schemes[random.Next(schemes.Length)])
                .Select(scheme => Comparer.Compare(SearchReference.Comparison(request, scheme), policies, ComparisonParts.None, new FaultList())?.Schemes[0].Shares).OfType<IReadOnlyList<Share>>()];
            long mean = request.Costs[0].Amount.Fen / request.Building.Households.Count, unit = request.Rounding.Unit.Amount.Fen;
            return request with
            {
                Building = request.Building with
                {
                    Households = [.. request.Building.Households.Select((household, i) => household with
                    {
                        Limit = random.Next(5) switch
                        {
                            0 => null,
                            1 => Money.FromFen(random.NextInt64(0, (2 * mean) + 1)),
                            2 => Money.Zero,
                            _ when asked.Length == 0 => null,
                            _ => Money.FromFen(long.Clamp(asked[random.Next(asked.Length)][i].Amount.Fen + (random.Next(5) switch { 0 => -1, 1 => 1, 2 => -unit, 3 => unit, _ => 0 }), 0, Money.Largest.Fen)),
                        },
                    })],
                },
            };
        }
    }
}
