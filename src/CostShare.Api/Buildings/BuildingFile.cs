using System.Security.Cryptography;
using System.Text;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
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
        var commands = new HashSet<CommandId>();
        for (int i = 0; i < lines.Length; i++)
        {
            // Within a building time does not run backwards, and no command is carried out twice.
            if (Entry(lines[i], i + 1) is JournalEntry entry && entry.At >= (entries.LastOrDefault()?.At ?? entry.At) && commands.Add(entry.Command)) { entries.Add(entry); }
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
        CheckFold(building, entries, faults);
        return entries;
    }

    private static JournalEntry? Entry(byte[] line, int version)
    {
        try
        {
            var entry = JournalEntry.OfLine(line);
            bool isWhole = entry.Digest.Length == 2 * SHA256.HashSizeInBytes && entry.Digest.All(char.IsAsciiHexDigitLower) && PlainText.Check(entry.By, 1, PlainText.LongestId, () => Place.Root, new FaultList());
            return isWhole && entry.Version == version && entry.ToLine().AsSpan().SequenceEqual(line) ? entry : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a building becomes of the entries, and whether its contributions follow from how it was.</summary>
    private static void CheckFold(BuildingId building, List<JournalEntry> entries, FaultList faults)
    {
        Building state = Building.Unregistered;
        foreach (JournalEntry entry in entries)
        {
            try
            {
                BuildingEvent happened = StoredEvents.Codec.Read(entry.Type, entry.Schema, entry.Payload);
                Building before = state;
                state = before.Evolve(happened);
                if (happened is not ContributionsFinalised finalised || IsReckoned(building, before, finalised)) { continue; }
            }
            catch (FormatException)
            {
                // What it holds is no event, or cannot have happened then.
            }
            faults.Add(FaultCode.ImportEntryWrong, Place.Root.At("entries").At((int)entry.Version - 1), ("version", entry.Version));
            return;
        }
    }

    /// <summary>Whether contributions come out as they are stated: by the policies and the evidence of the passport, and all else as the building was.</summary>
    /// <exception cref="FormatException">The passport is none.</exception>
    public static bool IsReckoned(BuildingId building, Building before, ContributionsFinalised stated)
    {
        Passport passport = PassportJson.Read(stated.Passport);
        var command = new FinaliseContributions { Scheme = stated.Scheme, Evidence = passport.Evidence, Reason = stated.Reason };
        var rules = new BuildingRules(PolicyBook.Of(passport.Policies), PassportJson.Write, PassportJson.Read);
        BuildingEvent? reckoned = BuildingDecider.Decide(building, before, command, rules, new FaultList());
        return reckoned is not null && StoredEvents.Codec.Write(reckoned) == StoredEvents.Codec.Write(stated);
    }

    private static string HashOf(BuildingId building, byte[][] lines) =>
        lines.Aggregate(JournalEntry.Beginning(building), (hash, line) => JournalEntry.HashOf(hash, line));
}
