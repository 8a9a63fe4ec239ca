using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>The households that share the amount: who joins and is neither exempt nor fixed.</summary>
/// <remarks>Households are told by their position in the register; every column of the engine is indexed by it.</remarks>
internal sealed class Payers
{
    private readonly RegisterIndex _index;
    private readonly int[] _perFloor;

    public Payers(RegisterIndex index, IReadOnlyList<int> positions)
    {
        _index = index;
        Positions = positions;
        _perFloor = new int[Storeys + 1];
        foreach (int i in positions) { _perFloor[this[i].Floor.Number]++; }
    }

    public HouseholdRegister Register => _index.Register;

    /// <summary>The payers in register order.</summary>
    public IReadOnlyList<int> Positions { get; }

    /// <summary>How many households the register has: the length of every column.</summary>
    public int Households => Register.Households.Count;

    /// <summary>The highest floor number there is.</summary>
    public int Storeys => Register.Storeys.Number;

    public Household this[int position] => Register.Households[position];

    /// <summary>How many payers live on a floor; 0 where the building has no such floor.</summary>
    public int On(int floor) => floor < _perFloor.Length ? _perFloor[floor] : 0;

    /// <summary>The position of a household, or -1 if the register has none of that id.</summary>
    public int Find(HouseholdId id) => _index.Find(id);
}

/// <summary>The register by id.</summary>
internal sealed class RegisterIndex(HouseholdRegister register)
{
    private Dictionary<HouseholdId, int>? _positions;

    public HouseholdRegister Register { get; } = register;

    /// <summary>The position of a household, or -1 if the register has none of that id; of equal ids the first.</summary>
    public int Find(HouseholdId id)
    {
        // Many schemes name no household, so the index is made at the first question.
        if (_positions is null)
        {
            _positions = new Dictionary<HouseholdId, int>(Register.Households.Count);
            for (int i = 0; i < Register.Households.Count; i++) { _positions.TryAdd(Register.Households[i].Id, i); }
        }
        return _positions.GetValueOrDefault(id, -1);
    }
}
