namespace CostShare.Grains.Schemes;

/// <summary>How long exact shares may be, in bits, so that the work of a request is bounded (decision 0006).</summary>
/// <param name="Most">The longest share of a rule.</param>
/// <param name="MostTogether">The longest where discounts or limits compute with all shares together.</param>
internal readonly record struct ShareLength(int Most, int MostTogether)
{
    /// <summary>The longest of all, about 1,200 digits. Random stairs of up to nine storeys with discounts and limits stay below a quarter of it (a test says so).</summary>
    public const int Longest = 4_096;

    // As much as twenty thousand shares of the longest kind, or of 1,024 bits where they are computed with together or told step by step.
    private const long MostBits = 20_000L * Longest;
    private const long MostBitsTogether = 20_000L * 1_024;

    /// <summary>How long shares may be in a request.</summary>
    /// <param name="shares">Households times rules, over all schemes of the request.</param>
    public static ShareLength Of(long shares) => new(Within(MostBits, shares), Within(MostBitsTogether, shares));

    /// <summary>The same where every step is told.</summary>
    public static ShareLength OfExplained(long shares) => new(Within(MostBitsTogether, shares), Within(MostBitsTogether, shares));

    private static int Within(long bits, long shares) => (int)long.Min(Longest, bits / shares);
}
