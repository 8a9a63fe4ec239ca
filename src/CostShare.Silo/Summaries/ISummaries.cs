using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Summaries;

/// <summary>The summaries of all buildings of a store, and what they add up to.</summary>
/// <remarks>
/// A summary is stored together with the entry that changed it, so that the two never differ. They can be made again from the journal at any time. Of
/// each day the last summary of a building is kept: what was told as of a day is told for ever, as long as the policies stay.
/// </remarks>
public interface ISummaries
{
    /// <summary>The tallies of a part of the city, added up by key; empty where it has no building.</summary>
    /// <param name="scope">The part.</param>
    /// <param name="on">The day at whose end; null for now.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<IReadOnlyDictionary<string, Int128>> Sums(Scope scope, DateOnly? on);

    /// <summary>The same for each street of the city, or each estate of a street, in the order of their names; buildings without an estate come first, as one part.</summary>
    /// <param name="scope">The city or a street.</param>
    /// <param name="on">The day at whose end; null for now.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<IReadOnlyList<(Scope Part, IReadOnlyDictionary<string, Int128> Sums)>> Parts(Scope scope, DateOnly? on);

    /// <summary>The summaries of a part of the city, in the order of the buildings' ids, as they stand at one moment.</summary>
    /// <param name="scope">The part.</param>
    /// <param name="on">The day at whose end; null for now.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    IAsyncEnumerable<BuildingSummary> Read(Scope scope, DateOnly? on, CancellationToken cancellation);

    /// <summary>The summaries of now, of the whole city, of which a subsidy names one of these certificates, in the order of the buildings' ids.</summary>
    /// <param name="certificates">The numbers of the certificates, as <see cref="SubsidyStanding.CertificateKey"/>.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<IReadOnlyList<BuildingSummary>> WithCertificates(IReadOnlyCollection<string> certificates);

    /// <summary>
    /// The buildings that could not be read when summaries were last made, because what is stored of them is damaged, of another program, or cannot be
    /// had, and of which none was stored since. They are in no sum, or in sums as they were summarised before.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    Task<IReadOnlyCollection<BuildingId>> Unreadable();
}

/// <summary>A part of the city: all of it, a street, an estate.</summary>
public sealed record Scope
{
    private Scope(ScopeLevel level, string street, string estate) => (Level, Street, Estate) = (level, street, estate);

    /// <summary>All buildings of the store.</summary>
    public static Scope City { get; } = new(ScopeLevel.City, "", "");

    /// <summary>What kind of part it is.</summary>
    public ScopeLevel Level { get; }

    /// <summary>The street; empty for the city.</summary>
    public string Street { get; }

    /// <summary>The estate; empty for the city, a street, and the stairs of a street that stand in none.</summary>
    public string Estate { get; }

    /// <summary>The buildings of a street.</summary>
    /// <param name="street">The street.</param>
    public static Scope OfStreet(string street) => new(ScopeLevel.Street, street, "");

    /// <summary>The buildings of an estate.</summary>
    /// <param name="street">The street.</param>
    /// <param name="estate">The estate; null or empty for the buildings of the street that stand in none.</param>
    public static Scope OfEstate(string street, string? estate) => new(ScopeLevel.Estate, street, estate ?? "");

    /// <summary>The part of each level that a building belongs to.</summary>
    /// <param name="site">Where it stands.</param>
    public static IReadOnlyList<Scope> Of(BuildingRegistered site) => [City, OfStreet(site.Street), OfEstate(site.Street, site.Estate)];
}

/// <summary>A kind of part of the city. The numbers are stored.</summary>
public enum ScopeLevel
{
    /// <summary>All of it.</summary>
    City = 0,
    /// <summary>A street.</summary>
    Street = 1,
    /// <summary>An estate, or the stairs of a street that stand in none.</summary>
    Estate = 2,
}
