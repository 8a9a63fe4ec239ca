using System.Globalization;

namespace CostShare.Silo.Summaries;

/// <summary>How rows are written to the tables of summaries; statements of which the building is <c>$1</c>.</summary>
internal static class SummaryTables
{
    /// <summary>How many values <see cref="Last"/> and <see cref="Past"/> make.</summary>
    public const int LastValues = 7, PastValues = 8;

    /// <summary>Writes the summary of now, in the place of the one before it; that one is kept by the database where it is of an earlier day.</summary>
    /// <param name="first">The number of the first value of <see cref="Last"/>.</param>
    /// <param name="only">What must have a row for it.</param>
    public static string WriteLast(int first, string only) => string.Create(CultureInfo.InvariantCulture, $"""
        insert into costshare.summary (building, since, street, estate, content, keys, sums, certificates)
        select $1, ${first}, ${first + 1}, ${first + 2}, ${first + 3}, ${first + 4}, ${first + 5}, ${first + 6} from {only}
        on conflict (building) do update
        set since = excluded.since, street = excluded.street, estate = excluded.estate, content = excluded.content,
            keys = excluded.keys, sums = excluded.sums, certificates = excluded.certificates
        """);

    /// <summary>Writes the summaries of earlier days.</summary>
    /// <param name="first">The number of the first value of <see cref="Past"/>.</param>
    /// <param name="only">What must have a row for it.</param>
    public static string WritePast(int first, string only) => string.Create(CultureInfo.InvariantCulture, $"""
        insert into costshare.summary_past (building, since, street, estate, content, keys, sums)
        select $1, day.since, day.street, day.estate, day.content, (${first + 6}::text[])[day.first:day.last], (${first + 7}::bigint[])[day.first:day.last]
        from {only}, unnest(${first}::date[], ${first + 1}::text[], ${first + 2}::text[], ${first + 3}::text[], ${first + 4}::integer[], ${first + 5}::integer[])
            as day (since, street, estate, content, first, last)
        """);

    /// <summary>Removes what is left of the summaries of a building that is gone, and nothing where it is there or something of its history is.</summary>
    /// <remarks>
    /// Right beside others who store it anew: they do so only where nothing is left. One statement sees one moment, so rows that it sees beside no head
    /// are those that were left, and not those that came with a head.
    /// </remarks>
    public const string ForgetLeft = """
        with gone as (
            select $1 as building where not exists (select from costshare.head where building = $1) and not exists (select from costshare.journal where building = $1)),
        past as (delete from costshare.summary_past using gone where summary_past.building = gone.building)
        delete from costshare.summary using gone where summary.building = gone.building
        """;

    /// <summary>That nothing is left of the summaries of a building; a condition.</summary>
    public const string NothingLeft = "not exists (select from costshare.summary where building = $1) and not exists (select from costshare.summary_past where building = $1)";

    /// <summary>The values of a row of now.</summary>
    public static object[] Last(SummaryRow row) =>
        [row.Since, row.Summary.Site.Street, row.Summary.Site.Estate ?? "", row.Content, Keys([row]), Sums([row]), Certificates(row)];

    /// <summary>The values of rows of earlier days. Keys and sums of all days stand one behind the other, because arrays within an array are of one length.</summary>
    public static object[] Past(IReadOnlyList<SummaryRow> rows)
    {
        int[] ends = new int[rows.Count];
        for (int i = 0; i < rows.Count; i++) { ends[i] = rows[i].Tallies.Count + (i > 0 ? ends[i - 1] : 0); }
        return
        [
            rows.Select(row => row.Since).ToArray(), rows.Select(row => row.Summary.Site.Street).ToArray(), rows.Select(row => row.Summary.Site.Estate ?? "").ToArray(),
            rows.Select(row => row.Content).ToArray(), rows.Select((row, i) => ends[i] - row.Tallies.Count + 1).ToArray(), ends, Keys(rows), Sums(rows),
        ];
    }

    /// <summary>The certificates that a row names, each once.</summary>
    public static string[] Certificates(SummaryRow row) => [.. row.Summary.Subsidies.Select(standing => standing.CertificateKey).OfType<string>().Distinct()];

    private static string[] Keys(IEnumerable<SummaryRow> rows) => [.. rows.SelectMany(row => row.Tallies).Select(tally => tally.Key)];

    private static long[] Sums(IEnumerable<SummaryRow> rows) => [.. rows.SelectMany(row => row.Tallies).Select(tally => tally.Sum)];
}
