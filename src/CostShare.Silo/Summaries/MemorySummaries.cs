using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CostShare.Grains.Buildings;
using CostShare.Grains.Streets;

namespace CostShare.Silo.Summaries;

/// <summary>Summaries in memory, for buildings in files: made from the journal at the start, and kept up with every entry.</summary>
public sealed class MemorySummaries : ISummaries
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, ImmutableList<SummaryRow>> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<Scope, Dictionary<string, Int128>> _sums = [];
    private readonly SortedSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, Int128>> Sums(Scope scope, DateOnly? on)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<string, Int128>>(on is null
                ? _sums.GetValueOrDefault(scope)?.ToDictionary() ?? []
                : Added(Rows(on).Where(row => IsIn(scope, row)).SelectMany(row => row.Tallies)));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<(Scope Part, IReadOnlyDictionary<string, Int128> Sums)>> Parts(Scope scope, DateOnly? on)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<(Scope, IReadOnlyDictionary<string, Int128>)>>(
            [
                .. Rows(on).Where(row => IsIn(scope, row)).GroupBy(row => scope.Level == ScopeLevel.City ? Scope.OfStreet(row.Summary.Site.Street) : Scope.OfEstate(row.Summary.Site.Street, row.Summary.Site.Estate))
                    .OrderBy(part => part.Key.Street, StringComparer.Ordinal).ThenBy(part => part.Key.Estate, StringComparer.Ordinal)
                    .Select(part => (part.Key, (IReadOnlyDictionary<string, Int128>)Added(part.SelectMany(row => row.Tallies)))),
            ]);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BuildingSummary> Read(Scope scope, DateOnly? on, [EnumeratorCancellation] CancellationToken cancellation)
    {
        BuildingSummary[] summaries;
        lock (_lock) { summaries = [.. Rows(on).Where(row => IsIn(scope, row)).Select(row => row.Summary)]; }
        await Task.CompletedTask;
        foreach (BuildingSummary summary in summaries)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return summary;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BuildingSummary>> WithCertificates(IReadOnlyCollection<string> certificates)
    {
        HashSet<string> asked = [.. certificates];
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<BuildingSummary>>(
                [.. Rows(null).Select(row => row.Summary).Where(summary => summary.Subsidies.Any(standing => standing.CertificateKey is string certificate && asked.Contains(certificate)))]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<BuildingId>> Unreadable()
    {
        lock (_lock) { return Task.FromResult<IReadOnlyCollection<BuildingId>>([.. _unreadable.Select(BuildingId.Of)]); }
    }

    /// <summary>Takes what is stored of a building from now on.</summary>
    internal void Put(BuildingId building, SummaryRow row)
    {
        lock (_lock)
        {
            ImmutableList<SummaryRow> rows = _rows.GetValueOrDefault(building.Value) ?? [];
            if (!rows.IsEmpty) { Count(rows[^1], -1); }
            _rows[building.Value] = !rows.IsEmpty && rows[^1].Since == row.Since ? rows.SetItem(rows.Count - 1, row) : rows.Add(row);
            Count(row, 1);
            _unreadable.Remove(building.Value);
        }
    }

    /// <summary>Notes a building of which there is no summary because it cannot be read.</summary>
    internal void PutUnreadable(BuildingId building)
    {
        lock (_lock) { _unreadable.Add(building.Value); }
    }

    private void Count(SummaryRow row, int sign)
    {
        foreach (Scope scope in Scope.Of(row.Summary.Site))
        {
            if (!_sums.TryGetValue(scope, out Dictionary<string, Int128>? sums)) { _sums[scope] = sums = []; }
            foreach (Tally tally in row.Tallies)
            {
                Int128 sum = sums.GetValueOrDefault(tally.Key) + ((Int128)tally.Sum * sign);
                if (sum == 0) { sums.Remove(tally.Key); } else { sums[tally.Key] = sum; }
            }
        }
    }

    private IEnumerable<SummaryRow> Rows(DateOnly? on) =>
        _rows.Values.Select(rows => on is DateOnly day ? rows.FindLast(row => row.Since <= day) : rows[^1]).OfType<SummaryRow>();

    private static bool IsIn(Scope scope, SummaryRow row) => Scope.Of(row.Summary.Site).Contains(scope);

    private static Dictionary<string, Int128> Added(IEnumerable<Tally> tallies)
    {
        var sums = new Dictionary<string, Int128>();
        foreach (Tally tally in tallies) { sums[tally.Key] = sums.GetValueOrDefault(tally.Key) + tally.Sum; }
        return sums;
    }
}
