using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;

namespace CostShare.Grains.Votes;

/// <summary>The owners of a building as a vote counts them: by heads and by exclusive area.</summary>
/// <remarks>
/// The flats of one owner, or of the same owners together, are one head, whatever parts of each flat are whose; a household without owners is a head of its own.
/// Everybody counts, also who does not join, shops and garages. Source: the Supreme People's Court on condominium ownership, 法释〔2009〕7号 as revised in 2020,
/// article 9 (one exclusive part counts as one person, several parts of the same buyer as one); background knowledge, not checked at a source. Decision 0019.
/// </remarks>
public sealed class Electorate
{
    private readonly int[][] _flats;
    private readonly long[] _areas;

    private Electorate(PolledRegister register, int[][] flats)
    {
        Register = register;
        _flats = flats;
        _areas = [.. flats.Select(own => own.Sum(i => register.Households[i].Area.Hundredths))];
        Area = TotalArea.Sum(register.Households.Select(household => household.Area));
    }

    /// <summary>The register.</summary>
    public PolledRegister Register { get; }

    /// <summary>How many heads there are; at least 1.</summary>
    public int Heads => _flats.Length;

    /// <summary>The area of all flats.</summary>
    public TotalArea Area { get; }

    /// <summary>The flats of a head: their positions in the register, rising.</summary>
    /// <param name="head">The head, from 0; heads stand in the order of their first flats.</param>
    public IReadOnlyList<int> FlatsOf(int head) => _flats[head];

    /// <summary>The area of a head's flats, in hundredths of a square metre.</summary>
    /// <param name="head">The head, from 0.</param>
    public long AreaOf(int head) => _areas[head];

    /// <summary>Counts the owners of a register, and notes what contradicts itself in it.</summary>
    /// <param name="register">The register.</param>
    /// <param name="place">Where it stands in the request.</param>
    /// <param name="faults">Receives flats whose parts do not sum to 1 or are stated for some owners only, owners who stand twice, and heads who say both yes and no.</param>
    public static Electorate Read(PolledRegister register, Place place, FaultList faults)
    {
        Place households = place.At("households");
        var headOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var flats = new List<List<int>>();
        for (int i = 0; i < register.Households.Count; i++)
        {
            IReadOnlyList<Owner>? owners = register.Households[i].Owners;
            if (owners is null)
            {
                flats.Add([i]);
                continue;
            }
            CheckOwners(register.Households[i].Id, owners, households.At(i).At("owners"), faults);
            // No id holds a line break.
            string key = string.Join('\n', owners.Select(owner => owner.Person.Value).Distinct().Order(StringComparer.Ordinal));
            if (headOf.TryAdd(key, flats.Count)) { flats.Add([i]); }
            else { flats[headOf[key]].Add(i); }
        }
        foreach (List<int> own in flats) { CheckStances(register, own, households, faults); }
        return new Electorate(register, [.. flats.Select(own => own.ToArray())]);
    }

    private static void CheckOwners(HouseholdId household, IReadOnlyList<Owner> owners, Place place, FaultList faults)
    {
        var met = new HashSet<PersonId>();
        for (int j = 0; j < owners.Count; j++)
        {
            if (!met.Add(owners[j].Person))
            {
                faults.Add(FaultCode.OwnerTwice, place.At(j).At("person"), ("person", owners[j].Person.Value), ("household", household.Value));
            }
        }
        Fraction[] parts = [.. owners.Where(owner => owner.Of is not null).Select(owner => owner.Of!.Value)];
        // Nobody's part is known: that is allowed, and the heads do not hang on it.
        if (parts.Length == 0) { return; }
        if (parts.Length < owners.Count)
        {
            for (int j = 0; j < owners.Count; j++)
            {
                if (owners[j].Of is null)
                {
                    faults.Add(FaultCode.OwnedPartMissing, place.At(j).At("of"), ("person", owners[j].Person.Value), ("household", household.Value));
                }
            }
            return;
        }
        var sum = Fraction.Sum(parts);
        if (sum != Fraction.One) { faults.Add(FaultCode.OwnedPartsDoNotClose, place, ("household", household.Value), ("sum", sum.ToString())); }
    }

    private static void CheckStances(PolledRegister register, List<int> own, Place households, FaultList faults)
    {
        PolledHousehold? first = null;
        foreach (int i in own)
        {
            PolledHousehold household = register.Households[i];
            if (household.Stance is not (Stance.Yes or Stance.No)) { continue; }
            first ??= household;
            if (household.Stance != first.Stance)
            {
                faults.Add(FaultCode.StancesContradict, households.At(i).At("stance"), ("household", household.Id.Value), ("other", first.Id.Value));
            }
        }
    }
}
