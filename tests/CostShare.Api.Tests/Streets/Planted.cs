using System.Text.Json.Nodes;
using CostShare.Api.Tests.Buildings;

namespace CostShare.Api.Tests.Streets;

/// <summary>Streets with what can be wrong of subsidies, and a programme that has less than was granted from it.</summary>
public sealed class Planted : IAsyncLifetime
{
    /// <summary>A street whose name needs care in an address.</summary>
    public const string Street = "天平/湖南 路街道", Elsewhere = "枫林街道", Certificate = "梯11沪A00001(22)";

    private readonly string _policies = Directory.CreateTempSubdirectory("costshare-policies-").FullName;

    public Planted() : this(null) { }

    /// <summary>The same in a database, where a connection string is given.</summary>
    internal Planted(string? connection)
    {
        File.WriteAllText(Path.Combine(_policies, "xuhui-lifts.json"), """
            { "kind": "budget", "id": "xuhui-lifts", "name": { "zh": "徐汇区加梯专项", "en": "Xuhui lifts" }, "city": { "zh": "上海", "en": "Shanghai" },
              "versions": [ { "from": "2022-01-01", "certainty": "official", "references": [ { "title": { "zh": "预算", "en": "Budget" }, "certainty": "official" } ], "budgetFen": 100000000 } ] }
            """);
        Running = new Running
        {
            Besides = host =>
            {
                host.UseSetting("policies", _policies);
                Seeded.Store(host, connection);
            },
        };
    }

    public Running Running { get; }

    public async Task InitializeAsync()
    {
        // Each has a base of 850,000 yuan, of which 40 % are 340,000 and the cap leaves 280,000.
        await Stair("a-right", Street, "甲小区", "甲路 1 号", 28_000_000, programme: "xuhui-lifts");
        await Stair("b-uncapped", Street, "甲小区", "甲路 2 号", 34_000_000, programme: "徐汇区加梯专项");
        await Stair("c-less", Street, "乙小区", "乙路 1 号", 27_999_999, certificate: Certificate, programme: "Xuhui lifts");
        await Stair("d-address", Street, null, "丙路 8 号", 28_000_000);
        await Stair("e-address", Street, null, "丙路８号", 28_000_000);
        await Stair("f-formula", Street, null, "=HYPERLINK(\"http://evil.example\",\"丙路 9 号\")", null);
        await Stair("g-old", Street, null, "丙路 10 号", 28_000_000, on: "2019-06-01");
        // Every stage and judgement somewhere, and no two estates alike.
        await Come("a-right", "hard", "construction");
        await Come("b-uncapped", "suitable", "applying");
        await Come("c-less", "unsuitable", "publicNotice");
        await Come("d-address", "suitable", "inUse");
        await Come("e-address", "suitable", "upkeep");
        await Come("f-formula", "hard", "acceptance");
        await Stair("z-elsewhere", Elsewhere, null, "枫林路 1 号", 28_000_000, certificate: Certificate, programme: "别的资金");
    }

    public Task DisposeAsync()
    {
        Running.Dispose();
        Directory.Delete(_policies, recursive: true);
        return Task.CompletedTask;
    }

    private async Task Stair(string id, string street, string? estate, string address, long? grantedFen, string? certificate = null, string? programme = null, string on = "2022-05-01")
    {
        Stored stair = new(Running, id);
        await Seeded.Register(stair, street, estate, address, 6, 12);
        // The rule of the first years is only a hint.
        await Seeded.Fund(stair, 40_000_000, on, isUnconfirmedAccepted: string.CompareOrdinal(on, "2020-04-01") < 0);
        if (grantedFen is long granted) { await Seeded.Record(stair, "granted", granted, certificate, programme); }
    }

    private async Task Come(string id, string feasibility, string stage)
    {
        Stored stair = new(Running, id);
        await stair.Do(HttpMethod.Post, "/feasibility", new JsonObject { ["feasibility"] = feasibility, ["on"] = "2022-01-01" });
        await stair.Do(HttpMethod.Post, "/stages", new JsonObject { ["stage"] = stage, ["on"] = "2022-02-01" });
    }
}
