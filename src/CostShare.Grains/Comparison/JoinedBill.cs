using CostShare.Grains.Amounts;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;

namespace CostShare.Grains.Comparison;

/// <summary>What a household that joins pays: what most facts of a scheme are about.</summary>
/// <param name="Household">The household.</param>
/// <param name="Amount">Its bill less its compensation and its relief; below 0 where it is paid.</param>
/// <param name="Unrounded">The same in fen if bills were not rounded.</param>
internal readonly record struct JoinedBill(Household Household, Money Amount, Fraction Unrounded)
{
    /// <summary>What it pays per square metre, in fen.</summary>
    public Fraction PerSquareMetre { get; } = Fraction.Of((Int128)Amount.Fen * Hundredths, Household.Area.Hundredths);

    /// <summary>The same if bills were not rounded.</summary>
    public Fraction UnroundedPerSquareMetre => Unrounded * Fraction.Of(Hundredths, Household.Area.Hundredths);

    private const int Hundredths = 100;

    /// <summary>The bills of those who join, in register order.</summary>
    /// <param name="register">The register.</param>
    /// <param name="allocation">The scheme carried out on it.</param>
    public static IReadOnlyList<JoinedBill> All(HouseholdRegister register, Allocation allocation) =>
    [
        .. Enumerable.Range(0, register.Households.Count).Where(i => register.Households[i].Joins)
            .Select(i => new JoinedBill(register.Households[i], allocation.Amounts[i], Less(allocation.Contributions[i], allocation.Bills[i] - allocation.Amounts[i]))),
    ];

    // A long fraction less nothing would be brought to lowest terms again.
    private static Fraction Less(Fraction contribution, Money takenOff) => takenOff == Money.Zero ? contribution : contribution - takenOff.Fen;
}
