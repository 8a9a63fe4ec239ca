using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Grains.Streets;
using CostShare.Silo.Summaries;

namespace CostShare.Api.Streets;

/// <summary>What all addresses of the street office go by: the summaries, the policies of now, and what day it is.</summary>
/// <param name="summaries">The summaries.</param>
/// <param name="policies">The policies.</param>
/// <param name="clock">The clock.</param>
internal sealed class StreetOffice(ISummaries summaries, PolicyBook policies, TimeProvider clock)
{
    public ISummaries Summaries => summaries;

    public PolicyBook Policies => policies;

    public TimeProvider Clock => clock;

    /// <summary>What day it is in China.</summary>
    public DateOnly Today => Summariser.Day(clock.GetUtcNow());

    /// <summary>The tables in the language of a request.</summary>
    public StreetTables Tables(HttpRequest request) => new(Languages.Of(request), policies);

    /// <summary>The buildings that could not be read, by id: they are in no figure, or as they were before.</summary>
    public async Task<string[]> Unreadable() => [.. (await summaries.Unreadable()).Select(building => building.Value).Order(StringComparer.Ordinal)];

    /// <summary>Tells that a street or estate has no buildings.</summary>
    public static void TellUnknown(Scope scope, FaultList faults)
    {
        string street = Scalar.Shorten(scope.Street);
        if (scope.Estate.Length > 0) { faults.Add(FaultCode.EstateUnknown, Place.Root, ("street", street), ("estate", Scalar.Shorten(scope.Estate))); }
        else { faults.Add(FaultCode.StreetUnknown, Place.Root, ("street", street)); }
    }

    /// <summary>The figures of a part of the city; a sum that is too large is told with the part.</summary>
    public static StreetFigures Figures(Scope part, IReadOnlyDictionary<string, Int128> sums, FaultList faults)
    {
        var found = new FaultList();
        StreetFigures figures = StreetFigures.Of(sums, found);
        (string Name, string? Text)[] where = [("street", Stated(part.Street)), ("estate", Stated(part.Estate))];
        foreach (Fault fault in found.Faults)
        {
            faults.Add(fault.Code, fault.Place, [.. fault.Values, .. where.Where(one => one.Text is not null).Select(one => (FaultValue)(one.Name, one.Text!))]);
        }
        return figures;
    }

    /// <summary>A name; null where it is empty, which is that of no street or estate.</summary>
    public static string? Stated(string name) => name.Length > 0 ? name : null;
}
