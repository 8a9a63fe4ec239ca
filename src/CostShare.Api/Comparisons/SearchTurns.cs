namespace CostShare.Api.Comparisons;

/// <summary>Whose turn it is to search: so many at once, so many waiting, in the order in which they came.</summary>
/// <remarks>A search keeps a processor busy for seconds or minutes, so that one is left free for everything else where there are several.</remarks>
/// <param name="atOnce">How many search at once.</param>
/// <param name="waiting">How many may wait.</param>
internal sealed class SearchTurns(int atOnce, int waiting) : IDisposable
{
    private readonly SemaphoreSlim _free = new(atOnce);
    private int _asked;

    /// <summary>The turns of this machine.</summary>
    public static SearchTurns OfMachine()
    {
        int atOnce = int.Max(1, Environment.ProcessorCount - 1);
        return new SearchTurns(atOnce, 4 * atOnce);
    }

    /// <summary>Asks for a turn; null where too many wait already.</summary>
    public Turn? Ask()
    {
        if (Interlocked.Increment(ref _asked) <= atOnce + waiting) { return new Turn(this); }
        Interlocked.Decrement(ref _asked);
        return null;
    }

    public void Dispose() => _free.Dispose();

    /// <summary>A turn, which is given back when it is disposed of.</summary>
    internal sealed class Turn(SearchTurns turns) : IDisposable
    {
        private bool _hasBegun;

        /// <summary>Waits until it is one's turn.</summary>
        public async Task<bool> Begin(CancellationToken cancellation)
        {
            await turns._free.WaitAsync(cancellation);
            return _hasBegun = true;
        }

        public void Dispose()
        {
            if (_hasBegun) { turns._free.Release(); }
            Interlocked.Decrement(ref turns._asked);
        }
    }
}
