using System.Text;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Silo.Journals;

namespace CostShare.Api.Buildings;

/// <summary>A building as one file, from its entries and back.</summary>
internal static class BuildingFile
{
    /// <summary>A building as one file.</summary>
    public static BuildingExport Of(BuildingId building, IReadOnlyList<JournalEntry> entries)
    {
        byte[][] lines = [.. entries.Select(entry => entry.ToLine())];
        return new BuildingExport
        {
            Format = BuildingExport.Form,
            Building = building.Value,
            Entries = [.. lines.Select(line => new ExportedEntry { Line = Encoding.UTF8.GetString(line) })],
            Sha256 = HashOf(building, lines),
        };
    }

    /// <summary>The entries of a file, after telling what is wrong with it: it is of another building, was changed, or holds what this program does not know.</summary>
    public static IReadOnlyList<JournalEntry> Read(BuildingId building, BuildingExport export, FaultList faults)
    {
        if (export.Format != BuildingExport.Form) { faults.Add(FaultCode.NameUnknown, Place.Root.At("format"), ("value", Scalar.Shorten(export.Format)), ("allowed", BuildingExport.Form)); }
        if (export.Building != building.Value) { faults.Add(FaultCode.NameUnknown, Place.Root.At("building"), ("value", Scalar.Shorten(export.Building)), ("allowed", building.Value)); }
        if (faults.Count > 0) { return []; }
        byte[][] lines = [.. export.Entries.Select(entry => Encoding.UTF8.GetBytes(entry.Line))];
        var entries = new List<JournalEntry>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (Entry(lines[i], i + 1) is JournalEntry entry) { entries.Add(entry); }
            else
            {
                faults.Add(FaultCode.ImportEntryWrong, Place.Root.At("entries").At(i), ("version", i + 1));
                return [];
            }
        }
        if (HashOf(building, lines) != export.Sha256)
        {
            faults.Add(FaultCode.ImportChanged, Place.Root.At("sha256"), ("sha256", Scalar.Shorten(export.Sha256)));
            return [];
        }
        CheckFold(entries, faults);
        return entries;
    }

    private static JournalEntry? Entry(byte[] line, int version)
    {
        try
        {
            var entry = JournalEntry.OfLine(line);
            return entry.Version == version && entry.ToLine().AsSpan().SequenceEqual(line) ? entry : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a building becomes of the entries, and whether its passports prove what they say.</summary>
    private static void CheckFold(List<JournalEntry> entries, FaultList faults)
    {
        Building state = Building.Unregistered;
        foreach (JournalEntry entry in entries)
        {
            try
            {
                BuildingEvent happened = StoredEvents.Codec.Read(entry.Type, entry.Schema, entry.Payload);
                state = state.Evolve(happened);
                if (happened is not ContributionsFinalised finalised || PassportJson.Verify(Encoding.UTF8.GetBytes(finalised.Passport), Language.English) is null) { continue; }
            }
            catch (FormatException)
            {
                // What it holds is no event, or cannot have happened then.
            }
            faults.Add(FaultCode.ImportEntryWrong, Place.Root.At("entries").At((int)entry.Version - 1), ("version", entry.Version));
            return;
        }
    }

    private static string HashOf(BuildingId building, byte[][] lines) =>
        lines.Aggregate(JournalEntry.Beginning(building), (hash, line) => JournalEntry.HashOf(hash, line));
}
