using CostShare.Grains.Buildings;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;

namespace CostShare.Silo.Tests;

/// <summary>The summaries of buildings in files.</summary>
public sealed class MemorySummariesTests : SummaryContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("costshare-summaries-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override async Task<IJournal> Open()
    {
        var journal = FileJournal.Open(_folder, told => Assert.Fail(told));
        await journal.Summarise(Sent.Summariser, (_, _) => { });
        return journal;
    }

    [Fact]
    public async Task A_building_whose_file_cannot_be_read_is_told_and_in_no_sum_and_all_others_are()
    {
        await using (IJournal journal = await Open()) { await Fill(journal, 0, 5); }
        // An unfinished last line that cannot be set aside, because a folder stands there; and one that was changed.
        string unfinished = Path.Combine(_folder, $"{StreetHistories.Id(1)}.jsonl"), changed = Path.Combine(_folder, $"{StreetHistories.Id(2)}.jsonl");
        Directory.CreateDirectory($"{unfinished}.unfinished-{File.ReadLines(unfinished).Count() + 1}-1");
        await File.AppendAllTextAsync(unfinished, "unfinished");
        byte[] bytes = await File.ReadAllBytesAsync(changed);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(changed, bytes);
        var told = new List<string>();
        var progress = new List<(int, int)>();
        await using var again = FileJournal.Open(_folder, told.Add);
        await again.Summarise(Sent.Summariser, (done, total) => progress.Add((done, total)));
        BuildingId[] unreadable = [.. new[] { StreetHistories.Id(1), StreetHistories.Id(2) }.OrderBy(id => id.Value, StringComparer.Ordinal)];
        Assert.Equal(unreadable, await again.Summaries.Unreadable());
        Assert.Equal(unreadable, told.Select(line => BuildingId.Of(line.Split(' ')[0])));
        Assert.Contains(told, line => line.Contains("cannot be set aside", StringComparison.Ordinal));
        Assert.Equal(3, (await again.Summaries.Sums(Scope.City, null))["stairs"]);
        Assert.Equal([(5, 5)], progress);
    }

    [Theory]
    [InlineData(typeof(OverflowException))]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(FormatException))]
    public async Task A_building_that_cannot_be_summarised_is_told_and_all_others_are(Type thrown)
    {
        await using (IJournal journal = await Open()) { await Fill(journal, 0, 5); }
        var told = new List<string>();
        await using var again = FileJournal.Open(_folder, told.Add);
        await again.Summarise(Failing(StreetHistories.Id(3), thrown), (_, _) => { });
        Assert.Equal([StreetHistories.Id(3)], await again.Summaries.Unreadable());
        Assert.StartsWith($"{StreetHistories.Id(3)} ", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(4, (await again.Summaries.Sums(Scope.City, null))["stairs"]);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_is_told_as_such()
    {
        await using (IJournal journal = await Open()) { await Fill(journal, 0, 1); }
        string away = _folder + "-away";
        await using var again = FileJournal.Open(_folder, _ => { });
        Directory.Move(_folder, away);
        try
        {
            JournalUnavailableException refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => again.Summarise(Sent.Summariser, (_, _) => { }));
            Assert.Contains(_folder, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Move(away, _folder);
        }
    }
}
