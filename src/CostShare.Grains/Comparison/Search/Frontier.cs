using System.Runtime.Intrinsics;

namespace CostShare.Grains.Comparison.Search;

/// <summary>The schemes found so far that no other one beats, by what they come to.</summary>
/// <remarks>
/// What a scheme comes to are <see cref="Width"/> whole numbers of which less is better; they are held as floating point, exactly, because eight of them are compared at once. One scheme beats
/// another if it is worse in none of them and better in one. Whoever beat the last scheme is asked first about the next.
/// </remarks>
/// <param name="most">How many there is room for.</param>
internal sealed class Frontier(int most)
{
    /// <summary>The most schemes that are held unless it is said.</summary>
    public const int Most = 10_000;

    /// <summary>How many numbers are compared; those that nothing is held in are 0.</summary>
    public const int Width = 8;

    private readonly double[] _values = new double[most * Width];
    private readonly int[] _members = new int[most];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Each scheme by its place in the family, with what it comes to; in no order.</summary>
    public IEnumerable<(int Member, double[] Values)> Schemes => Enumerable.Range(0, Count).Select(k => (_members[k], _values.AsSpan(k * Width, Width).ToArray()));

    /// <summary>Whether one of the schemes is as good in everything as one that would come to this, or better.</summary>
    public bool Matches(ReadOnlySpan<double> values)
    {
        Vector256<double> first = Vector256.Create(values), second = Vector256.Create(values[4..]);
        Span<double> held = _values;
        for (int k = 0; k < Count; k++)
        {
            ReadOnlySpan<double> own = held.Slice(k * Width, Width);
            if (!Vector256.LessThanOrEqualAll(Vector256.Create(own), first) || !Vector256.LessThanOrEqualAll(Vector256.Create(own[4..]), second)) { continue; }
            if (k > 0) { Swap(k, k / 2); }
            return true;
        }
        return false;
    }

    /// <summary>Takes in a scheme that <see cref="Matches"/> nothing, and lets go of all that it beats.</summary>
    /// <returns>False where there is no room for it.</returns>
    public bool Add(int member, ReadOnlySpan<double> values)
    {
        for (int k = Count - 1; k >= 0; k--)
        {
            bool isBeaten = true;
            for (int i = 0; i < Width; i++) { isBeaten &= values[i] <= _values[(k * Width) + i]; }
            if (!isBeaten) { continue; }
            Count--;
            Swap(k, Count);
        }
        if (Count == most) { return false; }
        values.CopyTo(_values.AsSpan(Count * Width));
        _members[Count] = member;
        Count++;
        return true;
    }

    private void Swap(int a, int b)
    {
        if (a == b) { return; }
        (_members[a], _members[b]) = (_members[b], _members[a]);
        for (int i = 0; i < Width; i++) { (_values[(a * Width) + i], _values[(b * Width) + i]) = (_values[(b * Width) + i], _values[(a * Width) + i]); }
    }
}
