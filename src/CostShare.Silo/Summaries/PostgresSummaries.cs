using System.Globalization;
using System.Runtime.CompilerServices;
using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Summaries;

/// <summary>Summaries in the database of a journal, where each is stored in the transaction of the entry that changed it.</summary>
/// <remarks>
/// What was stored is read, not what is known to have reached the standbys: figures are no acknowledgement. Sums of now are those that the database keeps
/// by itself with every change; sums as of a day are added up from the rows of that day.
/// </remarks>
/// <param name="journal">The journal, which stays the caller's to close.</param>
/// <param name="codec">Turns summaries into what is stored.</param>
internal sealed class PostgresSummaries(PostgresJournal journal, SummaryCodec codec) : ISummaries
{
    // The parts of each level are found by one index; a sum of 0 is that of a part that has nothing left.
    private const string SumsOfNow = "select key, sum(sum)::text from costshare.tally where level = $1 and street = $2 and estate = $3 group by key having sum(sum) <> 0";

    private const string StreetsOfNow = "select street, '', key, sum(sum)::text from costshare.tally where level = 1 group by street, key having sum(sum) <> 0";

    private const string EstatesOfNow = "select street, estate, key, sum(sum)::text from costshare.tally where level = 2 and street = $1 group by street, estate, key having sum(sum) <> 0";

    // Of each building the row of the day: the one of now if it stood already, else the last that was kept of the days before.
    private const string CityOn = """
        select building, since, street, estate, content, keys, sums from costshare.summary where since <= $1
        union all
        select past.building, past.since, past.street, past.estate, past.content, past.keys, past.sums
        from costshare.summary_past as past
        where past.since <= $1
            and not exists (select from costshare.summary as now where now.building = past.building and now.since <= $1)
            and not exists (select from costshare.summary_past as later where later.building = past.building and later.since > past.since and later.since <= $1)
        """;

    // Only buildings that stood in the street at some time can have stood there on the day.
    private const string StreetOn = """
        select row.building, row.since, row.street, row.estate, row.content, row.keys, row.sums
        from (
            select building from costshare.summary where street = $2
            union
            select building from costshare.summary_past where street = $2) as ever
        cross join lateral (
            select building, since, street, estate, content, keys, sums from costshare.summary where building = ever.building and since <= $1
            union all
            select building, since, street, estate, content, keys, sums from costshare.summary_past where building = ever.building and since <= $1
            order by since desc limit 1) as row
        where row.street = $2
        """;

    private const string EstateOn = $"select * from ({StreetOn}) as street where estate = $3";

    private const string CityNow = "select content from costshare.summary order by building";

    private const string StreetNow = "select content from costshare.summary where street = $1 order by building";

    private const string EstateNow = "select content from costshare.summary where street = $1 and estate = $2 order by building";

    private const string Named = "select content from costshare.summary where certificates && $1 order by building";

    private const string NotRead = "select building from costshare.summary_unreadable order by building";

    // A whole city as of a day is added up from all of its rows.
    private readonly PostgresStore _store = new(journal) { ReadSeconds = 60 };

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, Int128>> Sums(Scope scope, DateOnly? on)
    {
        IReadOnlyList<object[]> rows = on is DateOnly day
            ? await _store.Read($"select key, sum(sum)::text from ({Tallies(scope)}) as tally group by key having sum(sum) <> 0", [day, .. Names(scope)])
            : await _store.Read(SumsOfNow, [(short)scope.Level, scope.Street, scope.Estate]);
        return rows.ToDictionary(row => (string)row[0], row => Number(row[1]));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(Scope Part, IReadOnlyDictionary<string, Int128> Sums)>> Parts(Scope scope, DateOnly? on)
    {
        bool isCity = scope.Level == ScopeLevel.City;
        string part = isCity ? "street, ''" : "street, estate";
        IReadOnlyList<object[]> rows = on is DateOnly day
            ? await _store.Read($"select {part}, key, sum(sum)::text from ({Tallies(scope)}) as tally group by street{(isCity ? "" : ", estate")}, key having sum(sum) <> 0", [day, .. Names(scope)])
            : isCity ? await _store.Read(StreetsOfNow) : await _store.Read(EstatesOfNow, scope.Street);
        return
        [
            .. rows.GroupBy(row => isCity ? Scope.OfStreet((string)row[0]) : Scope.OfEstate((string)row[0], (string)row[1]))
                .OrderBy(sums => sums.Key.Street, StringComparer.Ordinal).ThenBy(sums => sums.Key.Estate, StringComparer.Ordinal)
                .Select(sums => (sums.Key, (IReadOnlyDictionary<string, Int128>)sums.ToDictionary(row => (string)row[2], row => Number(row[3])))),
        ];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BuildingSummary> Read(Scope scope, DateOnly? on, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (string text, object[] values) = on is DateOnly day
            ? ($"select content from ({Rows(scope)}) as row order by building", [day, .. Names(scope)])
            : (scope.Level switch { ScopeLevel.City => CityNow, ScopeLevel.Street => StreetNow, _ => EstateNow }, Names(scope));
        await foreach (string content in _store.Stream(text, values, cancellation)) { yield return codec.Read(content); }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BuildingSummary>> WithCertificates(IReadOnlyCollection<string> certificates) =>
        [.. (await _store.Read(Named, [certificates.ToArray()])).Select(row => codec.Read((string)row[0]))];

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<BuildingId>> Unreadable() => [.. (await _store.Read(NotRead)).Select(row => BuildingId.Of((string)row[0]))];

    private static Int128 Number(object sum) => Int128.Parse((string)sum, CultureInfo.InvariantCulture);

    private static object[] Names(Scope scope) => scope.Level switch { ScopeLevel.City => [], ScopeLevel.Street => [scope.Street], _ => [scope.Street, scope.Estate] };

    /// <summary>The rows of a day, one of each building; the day is $1, and behind it stand the names.</summary>
    private static string Rows(Scope scope) => scope.Level switch { ScopeLevel.City => CityOn, ScopeLevel.Street => StreetOn, _ => EstateOn };

    private static string Tallies(Scope scope) => $"select row.street, row.estate, tally.key, tally.sum from ({Rows(scope)}) as row cross join lateral unnest(row.keys, row.sums) as tally (key, sum)";
}
