using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Tests;

/// <summary>For tests of journals alone, whose entries are no events: what is stored without a summary.</summary>
internal static class Unsummarised
{
    public static Task<Appended> Append(this IJournal journal, BuildingId building, JournalEntry entry) => journal.Append(building, entry, null);

    public static Task<bool> Adopt(this IJournal journal, BuildingId building, IReadOnlyList<JournalEntry> entries) => journal.Adopt(building, entries, []);
}
