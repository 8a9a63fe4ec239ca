using CostShare.Silo.Journals;

namespace CostShare.Silo.Tests;

/// <summary>The summaries of buildings in files.</summary>
public sealed class MemorySummariesTests : SummaryContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("costshare-summaries-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override async Task<IJournal> Open()
    {
        var journal = FileJournal.Open(_folder, told => Assert.Fail(told));
        await journal.Summarise(Sent.Summariser, _ => { });
        return journal;
    }
}
