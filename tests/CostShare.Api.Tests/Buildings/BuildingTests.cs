using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests.Buildings;

/// <summary>Stored buildings by HTTP: conditions, repeats, the past, pages, dry runs, export and import.</summary>
public sealed class BuildingTests(Running running) : IClassFixture<Running>
{
    [Fact]
    public async Task A_command_is_carried_out_once_and_sent_again_gets_its_first_answer()
    {
        Stored here = new(running, "once");
        Reply first = await here.Put("", Stored.Site, "k1");
        Assert.Equal((HttpStatusCode.Created, "\"1\""), (first.Status, first.Tag));
        await here.Post("/households", Stored.TwoFlats, "k2");
        // Written otherwise it is the same command.
        Reply again = await here.Put("", Stored.Site.Replace(",", " ,\n", StringComparison.Ordinal), "k1");
        Assert.Equal((first.Status, first.Tag, first.Text), (again.Status, again.Tag, again.Text));
        Reply other = await here.Put("", Stored.Site.Replace("12", "13", StringComparison.Ordinal), "k1");
        Assert.Equal(["commandReused "], other.Answer.Faults(HttpStatusCode.Conflict));
        Assert.Equal(["buildingExists "], (await here.Put("", Stored.Site, "k3")).Answer.Faults(HttpStatusCode.Conflict));
        // With a condition that no longer holds it is still the same command.
        Assert.Equal(HttpStatusCode.Created, (await here.Put("", Stored.Site, "k1", "\"0\"")).Status);
        Assert.Equal(2, (await here.Get("/history")).Json["entries"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_sender_can_insist_on_the_version_that_it_has_seen()
    {
        Stored here = new(running, "seen");
        Assert.Equal(["versionPassed "], (await here.Put("", Stored.Site, ifMatch: "\"1\"")).Answer.Faults(HttpStatusCode.PreconditionFailed));
        Assert.Equal(HttpStatusCode.Created, (await here.Put("", Stored.Site, ifMatch: "\"0\"")).Status);
        Assert.Equal("\"2\"", (await here.Post("/households", Stored.TwoFlats, ifMatch: "\"1\"")).Tag);
        Reply passed = await here.Post("/signatures", """{"household":"101","on":"2026-05-01"}""", ifMatch: "\"1\"");
        Assert.Equal(["versionPassed "], passed.Answer.Faults(HttpStatusCode.PreconditionFailed));
        Assert.Equal("\"2\"", passed.Tag);
        foreach (string wrong in new[] { "1", "*", "W/\"1\"", "\"x\"", "\"1\", \"2\"", "\"\"" })
        {
            Assert.Equal(["headerForm "], (await here.Post("/signatures", """{"household":"101","on":"2026-05-01"}""", ifMatch: wrong)).Answer.Faults(HttpStatusCode.BadRequest));
        }
        foreach (string wrong in new[] { new string('k', 65), "a b", "键" })
        {
            Assert.Equal(["headerForm "], (await here.Post("/signatures", """{"household":"101","on":"2026-05-01"}""", key: wrong)).Answer.Faults(HttpStatusCode.BadRequest));
        }
        Assert.Equal(HttpStatusCode.NotModified, (await here.Get("/costs", known: "\"2\"")).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/costs", known: "\"1\"")).Status);
    }

    [Fact]
    public async Task Every_command_can_be_tried_first()
    {
        Stored here = new(running, "tried");
        Reply tried = await here.Put("?dryRun=true", Stored.Site, "k1");
        Assert.Equal((HttpStatusCode.OK, null, true), (tried.Status, tried.Tag, tried.Json["dryRun"]!.GetValue<bool>()));
        Assert.Equal(["buildingUnknown "], (await here.Get()).Answer.Faults(HttpStatusCode.NotFound));
        await here.Put("", Stored.Site, "k1");
        Assert.Equal("householdsRegistered", (await here.Post("/households?dryRun=true", Stored.TwoFlats, ifMatch: "\"1\"")).Json["happened"]!["kind"]!.GetValue<string>());
        Assert.Equal(["floorAboveTop /households/1/facts/floor"],
            (await here.Post("/households?dryRun=true", Stored.TwoFlats.Replace("\"floor\":7", "\"floor\":8", StringComparison.Ordinal))).Answer.Faults(HttpStatusCode.UnprocessableEntity));
        Assert.Equal("\"1\"", (await here.Get()).Tag);
        Assert.Equal(["parameterForm "], (await here.Post("/households?dryRun=yes", Stored.TwoFlats)).Answer.Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task The_past_can_be_read_by_version_and_by_time()
    {
        Stored here = new(running, "past");
        await here.Put("", Stored.Site);
        await here.Post("/households", Stored.TwoFlats);
        await here.Put("/costs", """{"costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":70000000}]}""");
        JsonArray entries = (await here.Get("/history")).Json["entries"]!.AsArray();
        Assert.Equal(["\"1\"", "\"2\"", "\"3\""], await Task.WhenAll(Enumerable.Range(1, 3).Select(async version => (await here.Get($"/costs?at={version}")).Tag!)));
        Assert.Empty((await here.Get("/costs?at=2")).Json["costs"]!.AsArray());
        string second = entries[1]!["at"]!.GetValue<string>();
        Assert.Equal((await here.Get($"?at={second}")).Text, (await here.Get("?at=" + Uri.EscapeDataString(
            DateTimeOffset.Parse(second, CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture)))).Text);
        foreach (string never in new[] { "0", "4", "2020-01-01T00:00:00Z" }) { Assert.Equal(["buildingUnknownThen "], (await here.Get($"?at={never}")).Answer.Faults(HttpStatusCode.NotFound)); }
        foreach (string wrong in new[] { "-1", "", "2026-11-20", "2026-11-20T08:00:00", "2026-13-20T08:00:00Z", "now" })
        {
            Assert.Equal(["momentForm "], (await here.Get($"?at={wrong}")).Answer.Faults(HttpStatusCode.BadRequest));
        }
    }

    [Fact]
    public async Task Lists_come_in_pages_that_lead_on()
    {
        Stored here = new(running, "pages");
        await here.Put("", Stored.Site);
        string[] ids = [.. Enumerable.Range(1, 12).Select(i => $"h{i:00}")];
        await here.Post("/households", new JsonObject { ["households"] = new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject { ["facts"] = new JsonObject { ["id"] = id, ["floor"] = 2, ["areaM2"] = 50 } })]) }.ToJsonString());
        var met = new List<string>();
        for (string? next = here.Address + "/households?limit=5"; next is not null;)
        {
            JsonNode page = (await here.Get(next[here.Address.Length..])).Json;
            met.AddRange(page["households"]!.AsArray().Select(household => household!["facts"]!["id"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
            // What happens in between does not move the pages.
            await here.Post("/households/removals", $$"""{"household":"{{met[^1]}}","reason":"并户"}""");
        }
        Assert.Equal(ids, met);
        Assert.Equal([1, 2], (await here.Get("/history?limit=2")).Json["entries"]!.AsArray().Select(entry => entry!["version"]!.GetValue<int>()));
        Assert.Equal([5], (await here.Get("/history?after=4")).Json["entries"]!.AsArray().Select(entry => entry!["version"]!.GetValue<int>()));
        foreach (string wrong in new[] { "limit=0", "limit=501", "limit=x", "after=-1" }) { Assert.Equal(["parameterForm "], (await here.Get($"/households?{wrong}")).Answer.Faults(HttpStatusCode.BadRequest)); }
        Assert.Equal(["parameterUnknown "], (await here.Get("/households?page=2")).Answer.Faults(HttpStatusCode.BadRequest));
        Assert.Equal(["memberDuplicate "], (await here.Get("/households?limit=2&limit=3")).Answer.Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Buildings_are_listed_by_id_in_pages()
    {
        foreach (int i in Enumerable.Range(1, 5)) { await new Stored(running, $"listed-{i}").Put("", Stored.Site); }
        var met = new List<string>();
        for (string? next = "/api/v1/buildings?limit=2&after=listed-0"; next is not null;)
        {
            JsonNode page = JsonNode.Parse(await running.Administrator.GetStringAsync(new Uri(next, UriKind.Relative)))!;
            met.AddRange(page["buildings"]!.AsArray().Select(line => line!["building"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
        }
        Assert.Equal(Enumerable.Range(1, 5).Select(i => $"listed-{i}"), met.Where(id => id.StartsWith("listed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_register_is_imported_from_a_table_whole_or_not_at_all()
    {
        Stored here = new(running, "table");
        await here.Put("", Stored.Site);
        Reply wrong = await here.Post("/households", "户号,楼层,面积,用途,产权人编号\n101,1,50.25,商铺,p1\n201,八,60,住宅,\n301,9,60.5,住宅,\n");
        Assert.Equal(["cellNotReadable "], wrong.Answer.Faults(HttpStatusCode.BadRequest));
        Assert.Equal((3, "楼层"), (wrong.Json["faults"]![0]!["values"]!["line"]!.GetValue<int>(), wrong.Json["faults"]![0]!["values"]!["heading"]!.GetValue<string>()));
        Reply high = await here.Post("/households", "户号,楼层,面积\n101,1,50.25\n301,9,60.5\n");
        Assert.Equal(["floorAboveTop "], high.Answer.Faults(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(3, high.Json["faults"]![0]!["values"]!["line"]!.GetValue<int>());
        Assert.Equal("\"1\"", (await here.Get()).Tag);
        Reply done = await here.Post("/households", "户号,楼层,面积,用途,参加,产权人编号,面积依据,单元\n101,1,50.25,商铺,否,p1、p2,产证,\n\n201,2,60,住宅,是,p1,,二单元\n");
        Assert.True(JsonNode.DeepEquals(done.Json["happened"]!["households"], JsonNode.Parse("""
            [ { "facts": { "id": "101", "floor": 1, "areaM2": 50.25, "use": "shop", "joins": false, "entry": "level" }, "areaSource": "产证", "owners": ["p1", "p2"] },
              { "facts": { "id": "201", "floor": 2, "areaM2": 60, "use": "dwelling", "joins": true, "entry": "level" }, "unit": "二单元", "owners": ["p1"] } ]
            """)), done.Text);
    }

    [Fact]
    public async Task A_building_that_is_exported_is_the_same_elsewhere_and_a_file_that_was_changed_is_refused()
    {
        Stored here = new(running, "moved");
        await here.Put("", Stored.Site, "k1");
        await here.Post("/households", Stored.TwoFlats, "k2");
        await here.Put("/costs", """{"costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":70000000}]}""");
        await here.Post("/schemes", """{"scheme":{"id":"area","name":"按面积","rule":{"kind":"area"}}}""");
        await here.Post("/finalisations", """{"scheme":"area","evidence":{"record":"业主大会 1 号","on":"2026-06-01","for":2,"forM2":110.5}}""");
        string file = (await here.Get("/export")).Text;
        // Imported where it is already, and where it went on since, it is answered as at first; another building of that id is another matter.
        Assert.Equal((HttpStatusCode.Created, "\"5\""), ((await here.Post("/import", file)).Status, (await here.Post("/import", file)).Tag));
        using var third = new Running();
        Stored other = new(third, "moved");
        await other.Put("", Stored.Site.Replace("12", "13", StringComparison.Ordinal));
        Assert.Equal(["buildingExists "], (await other.Post("/import", file)).Answer.Faults(HttpStatusCode.Conflict));
        Assert.Equal(["buildingExists "], (await other.Post("/import?dryRun=true", file)).Answer.Faults(HttpStatusCode.Conflict));

        using var elsewhere = new Running();
        Stored there = new(elsewhere, "moved");
        Assert.Equal(["nameUnknown /building"], (await new Stored(elsewhere, "other").Post("/import", file)).Answer.Faults(HttpStatusCode.BadRequest));
        Assert.Equal(HttpStatusCode.OK, (await there.Post("/import?dryRun=true", file)).Status);
        Assert.Equal(["buildingUnknown "], (await there.Get()).Answer.Faults(HttpStatusCode.NotFound));
        JsonNode export = JsonNode.Parse(file)!;
        for (int i = 0; i < export["entries"]!.AsArray().Count; i++)
        {
            JsonNode changed = export.DeepClone();
            string line = changed["entries"]![i]!["line"]!.GetValue<string>();
            changed["entries"]![i]!["line"] = line.Replace("Z\"", "1Z\"", StringComparison.Ordinal);
            Assert.Contains((await there.Post("/import", changed.ToJsonString())).Answer.Faults(HttpStatusCode.UnprocessableEntity)[0],
                new[] { $"importEntryWrong /entries/{i}", "importChanged /sha256" });
            changed["entries"]![i]!["line"] = line.Replace("7", "6", StringComparison.Ordinal);
            Assert.Contains((await there.Post("/import", changed.ToJsonString())).Answer.Faults(HttpStatusCode.UnprocessableEntity)[0],
                new[] { $"importEntryWrong /entries/{i}", "importChanged /sha256" });
        }
        Reply imported = await there.Post("/import", file);
        Assert.Equal((HttpStatusCode.Created, "\"5\""), (imported.Status, imported.Tag));
        foreach (string view in new[] { "", "/households", "/costs", "/schemes", "/comparison", "/finalisations", "/finalisations/1/passport", "/history", "/export" })
        {
            Assert.Equal((await here.Get(view)).Text, (await there.Get(view)).Text);
        }
        // Commands of before are known there too.
        Assert.Equal(HttpStatusCode.Created, (await there.Put("", Stored.Site, "k1")).Status);
        Assert.Equal("\"6\"", (await there.Post("/signatures", """{"household":"101","on":"2026-05-01"}""")).Tag);
    }

    [Fact]
    public async Task What_is_no_building_is_told_as_such()
    {
        Assert.Equal(["buildingIdForm "], (await new Stored(running, "No").Put("", Stored.Site)).Answer.Faults(HttpStatusCode.BadRequest));
        Stored nowhere = new(running, "nowhere");
        foreach (string view in new[] { "", "/households", "/costs", "/quotes", "/funding", "/schemes", "/progress", "/comparison", "/finalisations", "/finalisations/1/passport", "/history", "/export" })
        {
            Assert.Equal(["buildingUnknown "], (await nowhere.Get(view)).Answer.Faults(HttpStatusCode.NotFound));
        }
        Assert.Equal(["buildingUnknown "], (await nowhere.Post("/signatures", """{"household":"101","on":"2026-05-01"}""")).Answer.Faults(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Schemes_that_stand_are_compared_as_anybody_could_compare_them()
    {
        Stored here = new(running, "compared");
        await here.Put("", Stored.Site);
        Assert.Equal(["nothingToShare "], (await here.Get("/comparison")).Answer.Faults(HttpStatusCode.Conflict));
        await here.Post("/households", Stored.TwoFlats);
        await here.Put("/costs", """{"costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":70000001}]}""");
        foreach (string kind in new[] { "equal", "area", "ride" }) { await here.Post("/schemes", $$"""{"scheme":{"id":"{{kind}}","name":"{{kind}}","rule":{"kind":"{{kind}}"} } }"""); }
        await here.Post("/schemes/withdrawals", """{"scheme":"ride","reason":"少数人负担太重"}""");
        JsonNode asked = JsonNode.Parse("""
            {"building":{"storeys":7,"households":[{"id":"101","floor":1,"areaM2":50},{"id":"701","floor":7,"areaM2":60.5}]},
             "costs":[{"id":"lift","name":"电梯","category":"equipment","amountFen":70000001}],
             "schemes":[{"id":"equal","name":"equal","rule":{"kind":"equal"}},{"id":"area","name":"area","rule":{"kind":"area"}}]}
            """)!;
        Assert.Equal((await running.Post(asked)).Text, (await here.Get("/comparison")).Text);
        Assert.Equal((await running.Post(Encoding.UTF8.GetBytes(asked.ToJsonString()), "application/json", query: "?include=derivations")).Text, (await here.Get("/comparison?include=derivations")).Text);
        asked["schemes"]!.AsArray().RemoveAt(0);
        Assert.Equal((await running.Post(asked)).Text, (await here.Get("/comparison?scheme=area")).Text);
        Assert.Equal(["schemeUnknown "], (await here.Get("/comparison?scheme=ride")).Answer.Faults(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(["parameterForm "], (await here.Get("/comparison?include=all")).Answer.Faults(HttpStatusCode.BadRequest));
    }
}
