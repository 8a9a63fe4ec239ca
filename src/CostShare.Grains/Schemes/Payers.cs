using CostShare.Grains.Register;

namespace CostShare.Grains.Schemes;

/// <summary>The households that share the amount: who joins and is neither exempt nor fixed.</summary>
/// <remarks>Households are told by their position in the register; every column of the engine is indexed by it.</remarks>
internal sealed class Payers
{
    private readonly int[] _perFloor;
    private Dictionary<HouseholdId, int>? _positions;

    public Payers(HouseholdRegister register, IReadOnlyList<int> positions)
    {
        Register = register;
        Positions = positions;
        _perFloor = new int[register.Storeys.Number + 1];
        foreach (int i in positions) { _perFloor[register.Households[i].Floor.Number]++; }
    }

    public HouseholdRegister Register { get; }

    /// <summary>The payers in register order.</summary>
    public IReadOnlyList<int> Positions { get; }

    /// <summary>How many households the register has: the length of every column.</summary>
    public int Households => Register.Households.Count;

    /// <summary>The highest floor number there is.</summary>
    public int Storeys => Register.Storeys.Number;

    public Household this[int position] => Register.Households[position];

    /// <summary>How many payers live on a floor.</summary>
    public int On(int floor) => _perFloor[floor];

    /// <summary>The position of a household, or -1 if the register has none of that id.</summary>
    public int Find(HouseholdId id)
    {
        if (_positions is null)
        {
            _positions = new Dictionary<HouseholdId, int>(Households);
            for (int i = 0; i < Households; i++) { _positions.TryAdd(Register.Households[i].Id, i); }
        }
        return _positions.GetValueOrDefault(id, -1);
    }
}
