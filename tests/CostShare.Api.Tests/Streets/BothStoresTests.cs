using CostShare.Silo.Journals;
using CostShare.Silo.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace CostShare.Api.Tests.Streets;

/// <summary>In PostgreSQL the street office says what it says of files, to the letter.</summary>
[Collection(SeededGroup.Name)]
public sealed class BothStoresTests(Seeded seeded, Planted planted, PostgresServer server) : IClassFixture<Planted>, IClassFixture<PostgresServer>
{
    private const string Seeds = $"/api/v1/streets/{Seeded.Xujiahui}", Others = $"/api/v1/streets/{Seeded.Caohejing}";

    [Fact]
    public async Task Of_the_stories_every_figure_is_the_same_on_every_day()
    {
        var stored = new Seeded(await server.NewDatabase());
        try
        {
            await stored.InitializeAsync();
            string[] addresses = ["/api/v1/city/summary", "/api/v1/city/streets", "/api/v1/city/subsidies", $"{Seeds}/summary", $"{Seeds}/estates", $"{Seeds}/subsidies?limit=500", $"{Others}/summary", $"{Others}/estates"];
            foreach (string address in addresses)
            {
                char sign = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
                foreach (string on in new[] { "", $"{sign}on={Seeded.FirstDay}", $"{sign}on=2022-11-30", $"{sign}on=2021-11-30" }) { await Same(seeded.Running, stored.Running, address + on); }
            }
            await Same(seeded.Running, stored.Running, $"{Seeds}/estates/{Seeded.Leshan}/progress");
            await Same(seeded.Running, stored.Running, $"{Others}/estates/{Seeded.Jinniu}/progress");
            foreach (string address in new[] { "/api/v1/city/what-ifs", $"{Seeds}/what-ifs" })
            {
                Answer file = await seeded.Running.Administrator.Send(address, WhatIfTests.CapOf(30_000_000)), database = await stored.Running.Administrator.Send(address, WhatIfTests.CapOf(30_000_000));
                Assert.Equal((file.Status, file.Text), (database.Status, database.Text));
                Assert.Contains("\"gain\":29", database.Text, StringComparison.Ordinal);
            }
            await Sums.AddUp(stored.Running.Administrator, "");
        }
        finally { await stored.DisposeAsync(); }
    }

    [Fact]
    public async Task Of_wrong_sums_double_claims_and_budgets_every_line_is_the_same()
    {
        var stored = new Planted(await server.NewDatabase());
        try
        {
            await stored.InitializeAsync();
            string street = $"/api/v1/streets/{Uri.EscapeDataString(Planted.Street)}";
            foreach (string address in new[] { "/api/v1/city/summary", "/api/v1/city/streets", "/api/v1/city/subsidies", $"{street}/summary", $"{street}/estates", $"{street}/subsidies", $"/api/v1/streets/{Planted.Elsewhere}/subsidies", $"{street}/progress" })
            {
                await Same(planted.Running, stored.Running, address);
            }
            Assert.Contains(Planted.Certificate, (await stored.Running.Administrator.Get($"{street}/subsidies")).Text, StringComparison.Ordinal);
        }
        finally { await stored.DisposeAsync(); }
    }

    private static async Task Same(Running files, Running database, string address)
    {
        Assert.IsType<FileJournal>(files.Services.GetRequiredService<IJournal>());
        Assert.IsType<PostgresJournal>(database.Services.GetRequiredService<IJournal>());
        Answer expected = await files.Administrator.Get(address), found = await database.Administrator.Get(address);
        Assert.Equal((address, expected.Status, expected.Text), (address, found.Status, found.Text));
    }
}
