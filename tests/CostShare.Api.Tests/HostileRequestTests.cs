using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CostShare.Api.Tests;

/// <summary>Malformed and hostile requests: each gets its documented refusal at its place, none a 500, none takes a second.</summary>
public sealed class HostileRequestTests(Running running) : IClassFixture<Running>
{
    private const string Raw = "\"@raw@\"";

    [Fact]
    public async Task The_full_request_is_accepted_as_it_stands()
    {
        Answer answer = await running.Post(FullRequest.Make());
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    [Fact]
    public async Task Every_member_is_held_to_what_the_OpenAPI_document_says_of_it()
    {
        Dictionary<string, int> met = await SpoilEverywhere("ComparisonRequest", FullRequest.Make, Running.Comparisons);
        Assert.Equal(
            ["entryCount", "memberDuplicate", "memberMissing", "memberUnknown", "nameUnknown", "notADay", "outOfRange", "textCharacter", "textLength", "tooManyDecimals", "wrongType"],
            met.Keys.Order(StringComparer.Ordinal));
        Assert.True(met.Values.Sum() > 900, $"Only {met.Values.Sum()} requests.");
    }

    [Fact]
    public async Task Every_member_of_a_table_is_held_to_what_the_OpenAPI_document_says_of_it()
    {
        Dictionary<string, int> met = await SpoilEverywhere("TableCheck", FullRequest.MakeTable, TableTests.Address);
        Assert.Equal(
            ["entryCount", "memberDuplicate", "memberMissing", "memberUnknown", "nameUnknown", "outOfRange", "textCharacter", "textLength", "tooManyDecimals", "wrongType"],
            met.Keys.Order(StringComparer.Ordinal));
        Assert.True(met.Values.Sum() > 100, $"Only {met.Values.Sum()} requests.");
    }

    [Fact]
    public async Task Every_member_of_a_search_is_held_to_what_the_OpenAPI_document_says_of_it()
    {
        Dictionary<string, int> met = await SpoilEverywhere("SearchRequest", FullRequest.MakeSearch, SearchTests.Address);
        Assert.Equal(
            ["entryCount", "memberDuplicate", "memberMissing", "memberUnknown", "nameUnknown", "notADay", "outOfRange", "textCharacter", "textLength", "tooManyDecimals", "wrongType"],
            met.Keys.Order(StringComparer.Ordinal));
        Assert.True(met.Values.Sum() > 300, $"Only {met.Values.Sum()} requests.");
    }

    [Fact] // Every column and every sum not there, 0 and above 0.
    public async Task A_table_of_nothing_is_refused_whatever_else_it_states()
    {
        string[] columns = ["coefficient", "percent", "amountFen"], sums = ["parts", "percentTotal", "totalFen"];
        for (int choice = 0; choice < 729; choice++)
        {
            JsonObject table = FullRequest.MakeTable();
            bool[] there = new bool[6], positive = new bool[6];
            for (int i = 0, rest = choice; i < 6; i++, rest /= 3)
            {
                (there[i], positive[i]) = (rest % 3 > 0, rest % 3 == 2);
                foreach (JsonObject holder in i < 3 ? table["rows"]!.AsArray().Select(row => row!.AsObject()) : [table])
                {
                    string member = i < 3 ? columns[i] : sums[i - 3];
                    if (!there[i]) { holder.Remove(member); }
                    else if (!positive[i]) { holder[member] = 0; }
                }
            }
            int sharedBy = Array.IndexOf(there, true, 0, 3);
            bool shares = sharedBy >= 0 && positive[sharedBy], hasParts = !there[3] || (there[0] && positive[3]), hasPercent = !there[4] || there[1];
            // Without a total the amounts say it.
            bool hasTotal = there[5] ? positive[5] : !there[2] || positive[2];
            bool right = shares && hasParts && hasPercent && hasTotal;
            Answer answer = await running.PostTo(TableTests.Address, table.ToJsonString());
            Assert.True(answer.Status == (right ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity), $"{answer.Status} for {table.ToJsonString()}");
        }
    }

    private async Task<Dictionary<string, int>> SpoilEverywhere(string schema, Func<JsonObject> make, string address)
    {
        // The first request pays for the compilation of everything, and is accepted.
        Assert.Equal(HttpStatusCode.OK, (await running.PostTo(address, make().ToJsonString())).Status);
        var met = new Dictionary<string, int>();
        foreach ((string body, string expected) in SpoiltEverywhere(schema, make))
        {
            var watch = Stopwatch.StartNew();
            Answer answer = await running.PostTo(address, body);
            Assert.True(watch.ElapsedMilliseconds < 30_000, $"{expected} took {watch.ElapsedMilliseconds} ms");
            string[] faults = answer.Faults(HttpStatusCode.BadRequest);
            Assert.True(faults is [var fault] && fault == expected, $"expected {expected}, got {string.Join(", ", faults)} for {body}");
            string code = expected.Split(' ')[0];
            met[code] = met.GetValueOrDefault(code) + 1;
        }
        return met;
    }

    /// <summary>A body spoilt at every place in every way that the schema of the place forbids, each with the one fault that must be told.</summary>
    internal static IReadOnlyList<(string Body, string Expected)> SpoiltEverywhere(string schema, Func<JsonObject> make) =>
        [.. FullRequest.Places(make()).SelectMany(place => Spoil(FullRequest.Pointer(place), schema, make))];

    public static TheoryData<string, string> Syntax => new()
    {
        { "", "bodyEmpty " },
        { " ", "notJson " }, { "{", "notJson " }, { "{\"a\":}", "notJson " }, { "{'a':1}", "notJson " }, { "{\"a\":1,}", "notJson " },
        { "[1,]", "notJson " }, { "{\"a\":NaN}", "notJson " }, { "{\"a\":01}", "notJson " }, { "{\"a\":+1}", "notJson " }, { "{\"a\":.5}", "notJson " },
        { "{\"a\":1.}", "notJson " }, { "{\"a\":0x1}", "notJson " }, { "{\"a\":tru}", "notJson " }, { "{\"a\":\"\u0001\"}", "notJson " },
        { "{\"a\":\"\0\"}", "notJson " }, { "{} {}", "notJson " }, { "{}x", "notJson " }, { "{/*c*/}", "notJson " }, { "//c\n{}", "notJson " },
        { "{\"a\":\"\\x\"}", "notJson " }, { "{\"a\":\"\\u12\"}", "notJson " }, { "\"", "notJson " }, { "\0", "notJson " }, { "{\"a\" 1}", "notJson " },
        { "{\"a\":\n\"b\n\"}", "notJson " }, { "{\"a\":１}", "notJson " }, { "<xml/>", "notJson " }, { "a=1&b=2", "notJson " },
        { "null", "wrongType " }, { "[]", "wrongType " }, { "1", "wrongType " }, { "\"{}\"", "wrongType " }, { "true", "wrongType " },
        { Nested(64), "wrongType " }, { Nested(65), "tooDeep " }, { Nested(100_000), "tooDeep " },
        { string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), "tooDeep " }, { "[\"" + new string('[', 200) + "\"", "notJson " },
    };

    [Theory]
    [MemberData(nameof(Syntax))]
    public async Task Broken_syntax_is_one_fault(string body, string expected)
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal([expected], (await running.Post(body)).Faults(HttpStatusCode.BadRequest));
        Assert.True(watch.ElapsedMilliseconds < 30_000);
    }

    [Fact]
    public async Task Broken_syntax_is_told_with_line_and_byte()
    {
        Answer answer = await running.Post("{\n  \"building\": ,\n}");
        Assert.Equal("The body is not JSON: see line 2, byte 15.", answer.Json.GetProperty("detail").GetString());
    }

    public static TheoryData<byte[], string> Bytes => new()
    {
        { [(byte)'{', 0xFF, (byte)'}'], "notUtf8 " },
        { [(byte)'"', 0xC0, 0x80, (byte)'"'], "notUtf8 " },
        { [(byte)'"', 0xE4, 0xBD, (byte)'"'], "notUtf8 " },
        { [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'], "notUtf8 " },
        { [(byte)'"', 0xF5, 0x80, 0x80, 0x80, (byte)'"'], "notUtf8 " },
        { Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray(), "notUtf8 " },
        { Encoding.Unicode.GetBytes("{}"), "notJson " },
        { [0xC4, 0xFA], "notUtf8 " }, // GBK
        { [0xEF, 0xBB, 0xBF], "bodyEmpty " },
        { [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'], "notJson " },
    };

    [Theory]
    [MemberData(nameof(Bytes))]
    public async Task Bytes_that_are_no_text_are_refused(byte[] body, string expected) =>
        Assert.Equal([expected], (await running.Post(body, "application/json")).Faults(HttpStatusCode.BadRequest));

    [Fact]
    public async Task A_broken_byte_is_told_with_its_offset()
    {
        Answer answer = await running.Post([(byte)'"', 0xE4, 0xBD, 0xA0, 0xFF], "application/json");
        Assert.Equal("The content is not UTF-8: see byte 4.", answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_byte_order_mark_is_allowed()
    {
        byte[] body = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Running.Small().ToJsonString())];
        Assert.Equal(HttpStatusCode.OK, (await running.Post(body, "application/json")).Status);
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("Application/JSON; Charset=\"UTF-8\"", true)]
    [InlineData(null, false)]
    [InlineData("text/plain", false)]
    [InlineData("text/json", false)]
    [InlineData("application/xml", false)]
    [InlineData("application/json; charset=gbk", false)]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("application/json; charset=iso-8859-1", false)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("multipart/form-data; boundary=x", false)]
    [InlineData("garbage", false)]
    public async Task Only_JSON_in_UTF8_is_taken(string? contentType, bool accepted)
    {
        Answer answer = await running.Post(Encoding.UTF8.GetBytes(Running.Small().ToJsonString()), contentType);
        if (accepted) { Assert.Equal(HttpStatusCode.OK, answer.Status); }
        else
        {
            Assert.Equal(["unsupportedMediaType "], answer.Faults(HttpStatusCode.UnsupportedMediaType));
            Assert.Contains($"“{contentType}”", (await running.Post([], contentType, "zh")).Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_packed_body_is_refused()
    {
        using var content = new ByteArrayContent([0x1F, 0x8B]);
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using HttpResponseMessage response = await running.Client.PostAsync(new Uri(Running.Comparisons, UriKind.Relative), content);
        Answer answer = await Answer.Of(response);
        Assert.Equal(["bodyEncoded "], answer.Faults(HttpStatusCode.UnsupportedMediaType));
        Assert.Contains("gzip", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2 * 1024 * 1024, true)]
    [InlineData((2 * 1024 * 1024) + 1, false)]
    [InlineData(5 * 1024 * 1024, false)]
    public async Task A_body_is_at_most_two_mebibytes(int length, bool accepted)
    {
        string body = Running.Small().ToJsonString();
        body += new string(' ', length - Encoding.UTF8.GetByteCount(body));
        foreach (bool chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Running.Comparisons) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.TransferEncodingChunked = chunked;
            using HttpResponseMessage response = await running.Client.SendAsync(request);
            if (accepted) { Assert.Equal(HttpStatusCode.OK, response.StatusCode); }
            else { Assert.Equal(["bodyTooLarge "], (await Answer.Of(response)).Faults(HttpStatusCode.RequestEntityTooLarge)); }
        }
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("-0", null)]
    [InlineData("0e999999999999", null)]
    [InlineData("1e2", null)]
    [InlineData("100.00", null)]
    [InlineData("1000000000000000", null)]
    [InlineData("1E+15", null)]
    [InlineData("-1", "outOfRange")]
    [InlineData("1000000000000001", "outOfRange")]
    [InlineData("9007199254740992", "outOfRange")]
    [InlineData("9223372036854775807", "outOfRange")]
    [InlineData("9223372036854775808", "outOfRange")]
    [InlineData("18446744073709551617", "outOfRange")]
    [InlineData("340282366920938463463374607431768211457", "outOfRange")]
    [InlineData("1e400", "outOfRange")]
    [InlineData("1e99999999999999999999", "outOfRange")]
    [InlineData("-1e999999", "outOfRange")]
    [InlineData("0.1", "tooManyDecimals")]
    [InlineData("1e-1", "tooManyDecimals")]
    [InlineData("1e-99999999999999999999", "tooManyDecimals")]
    [InlineData("100.001", "tooManyDecimals")]
    [InlineData("\"1\"", "wrongType")]
    [InlineData("\"１\"", "wrongType")]
    [InlineData("[1]", "wrongType")]
    [InlineData("true", "wrongType")]
    public async Task Money_is_read_exactly_or_refused(string written, string? code)
    {
        JsonObject body = Running.Small();
        body["costs"]![0]!["amountFen"] = "@raw@";
        Answer answer = await running.Post(body.ToJsonString().Replace(Raw, written, StringComparison.Ordinal));
        if (code is null) { Assert.True(answer.Status == HttpStatusCode.OK, answer.Text); }
        else { Assert.Equal([$"{code} /costs/0/amountFen"], answer.Faults(HttpStatusCode.BadRequest)); }
    }

    [Theory]
    [InlineData("0", "outOfRange")]
    [InlineData("201", "outOfRange")]
    [InlineData("99999999999999999999", "outOfRange")]
    [InlineData("01", "nameUnknown")]
    [InlineData("-1", "nameUnknown")]
    [InlineData("1.0", "nameUnknown")]
    [InlineData("1e0", "nameUnknown")]
    [InlineData("一", "nameUnknown")]
    [InlineData("１", "nameUnknown")]
    [InlineData("", "nameUnknown")]
    [InlineData("999999999999999999999999", "nameUnknown")]
    public async Task A_floor_as_a_name_is_written_one_way(string name, string code)
    {
        JsonObject body = FullRequest.Make();
        body["schemes"]![2]!["rule"]!["coefficients"]![name] = 1;
        Assert.Equal([$"{code} /schemes/2/rule/coefficients/{name}"], (await running.Post(body)).Faults(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("shapley")]
    [InlineData("percost")]
    [InlineData("Equal")]
    [InlineData("")]
    [InlineData("CostShare.Grains.Schemes.EqualRule, CostShare.Grains")]
    public async Task A_rule_that_is_not_there_is_refused_with_those_that_are(string kind)
    {
        JsonObject body = Running.Small();
        body["schemes"]![0]!["rule"]!["kind"] = kind;
        Answer answer = await running.Post(body);
        Assert.Equal(["nameUnknown /schemes/0/rule/kind"], answer.Faults(HttpStatusCode.BadRequest));
        Assert.Contains("floorCoefficients", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_hide_in_escapes_are_refused()
    {
        string body = Running.Small().ToJsonString();
        foreach ((string find, string put, string expected) in new[]
        {
            ("\"101\"", "\"\\uD800\"", "textCharacter /building/households/0/id"),
            ("\"101\"", "\"a\\u0000b\"", "textCharacter /building/households/0/id"),
            ("\"101\"", "\"a\\u202eb\"", "textCharacter /building/households/0/id"),
            ("\"storeys\"", "\"\\uDC00storeys\"", "memberUnknown /building/\uFFFD"),
            ("\"kind\"", "\"\\uD800\":1,\"kind\"", "memberUnknown /schemes/0/rule/\uFFFD"),
            ("\"kind\"", "\"kin\\uD800\":1,\"kind\"", "memberUnknown /schemes/0/rule/\uFFFD"),
            ("\"storeys\"", "\"__proto__\":1,\"storeys\"", "memberUnknown /building/__proto__"),
            ("\"storeys\"", "\"Storeys\":1,\"storeys\"", "memberUnknown /building/Storeys"),
            ("\"storeys\"", "\"\\u0073toreys\":1,\"storeys\"", "memberDuplicate /building/storeys"),
            ("\"storeys\"", "\"$type\":1,\"storeys\"", "memberUnknown /building/$type"),
            ("\"kind\"", "\"kind\":\"area\",\"kind\"", "memberDuplicate /schemes/0/rule/kind"),
        })
        {
            string[] faults = (await running.Post(body.Replace(find, put, StringComparison.Ordinal))).Faults(HttpStatusCode.BadRequest);
            Assert.Contains(expected, faults);
        }
    }

    [Theory]
    [InlineData("coefficients", 2)]
    [InlineData("percentages", 3)]
    [InlineData("byType", 5)]
    [InlineData("weights", 6)]
    [InlineData("amountsFen", 7)]
    public async Task Names_of_maps_that_hide_in_escapes_are_refused(string map, int scheme)
    {
        string body = FullRequest.Make().ToJsonString().Replace($"\"{map}\":{{", $"\"{map}\":{{\"\\uD800\":1,", StringComparison.Ordinal);
        Assert.Equal([$"textCharacter /schemes/{scheme}/rule/{map}/\uFFFD"], (await running.Post(body)).Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_name_of_a_map_that_stands_twice_is_told_whatever_its_values()
    {
        string body = FullRequest.Make().ToJsonString().Replace("\"weights\":{", "\"weights\":{\"101\":\"x\",", StringComparison.Ordinal);
        Assert.Equal(["wrongType /schemes/6/rule/weights/101", "memberDuplicate /schemes/6/rule/weights/101"],
            (await running.Post(body)).Faults(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Work_without_end_is_refused_within_a_second()
    {
        // 24 households under a mix of 4,096 parts, each with coefficients of its own: every part makes the sum longer.
        var random = new Random(20_261_120);
        JsonObject Part(int depth) => new()
        {
            ["percent"] = 12.5,
            ["rule"] = depth == 0
                ? new JsonObject
                {
                    ["kind"] = "floorCoefficients",
                    ["sharedBy"] = "area",
                    ["coefficients"] = new JsonObject { ["1"] = random.Next(1, 1_000_000) / 1_000_000m, ["2"] = random.Next(1, 1_000_000) / 1_000_000m },
                }
                : Mix(depth),
        };
        JsonObject Mix(int depth) => new() { ["kind"] = "mix", ["parts"] = new JsonArray([.. Enumerable.Range(0, 8).Select(_ => (JsonNode)Part(depth - 1))]) };
        JsonObject body = Running.Small();
        body["building"]!["households"] = new JsonArray([.. Enumerable.Range(0, 24).Select(i =>
            (JsonNode)new JsonObject { ["id"] = $"{i}", ["floor"] = 1 + (i % 2), ["areaM2"] = random.Next(5_000, 9_000) / 100m })]);
        body["schemes"]![0]!["rule"] = Mix(4);
        await running.Post(Running.Small());
        var watch = Stopwatch.StartNew();
        Assert.Equal(["exactTooLong /schemes/0/rule/parts/0/rule/parts/0/rule"], (await running.Post(body)).Faults(HttpStatusCode.UnprocessableEntity));
        Assert.True(watch.ElapsedMilliseconds < 30_000, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Syntax_is_told_before_the_query() => Assert.Equal(["notJson "],
        (await running.Post([(byte)'{'], "application/json", query: "?include=x")).Faults(HttpStatusCode.BadRequest));

    [Fact]
    public async Task Ten_thousand_wrong_lines_are_told_shortly()
    {
        JsonObject body = Running.Small();
        body["building"]!["households"] = new JsonArray([.. Enumerable.Range(0, 10_000).Select(i => (JsonNode)new JsonObject { ["id"] = $"{i}" })]);
        var watch = Stopwatch.StartNew();
        Answer answer = await running.Post(body);
        Assert.Equal(100, answer.Faults(HttpStatusCode.BadRequest).Length);
        Assert.Equal(20_000, answer.Json.GetProperty("faultCount").GetInt32());
        Assert.True(watch.ElapsedMilliseconds < 30_000);
    }

    [Fact]
    public async Task Limits_of_size_are_rules()
    {
        JsonObject body = Running.Small();
        JsonArray households = [.. Enumerable.Range(0, 10_000).Select(i => (JsonNode)new JsonObject { ["id"] = $"{i}", ["floor"] = 1, ["areaM2"] = 1 })];
        body["building"]!["households"] = households;
        body["schemes"] = new JsonArray([.. Enumerable.Range(0, 3).Select(i =>
            (JsonNode)new JsonObject { ["id"] = $"{i}", ["name"] = "n", ["rule"] = new JsonObject { ["kind"] = "equal" } })]);
        Assert.Equal(["tooManyShares /schemes"], (await running.Post(body)).Faults(HttpStatusCode.UnprocessableEntity));
        body["schemes"]!.AsArray().RemoveAt(2);
        Assert.Equal(HttpStatusCode.OK, (await running.Post(body)).Status);
        households.Add(new JsonObject { ["id"] = "more", ["floor"] = 1, ["areaM2"] = 1 });
        Assert.Equal(["entryCount /building/households"], (await running.Post(body)).Faults(HttpStatusCode.BadRequest));
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    /// <summary>The full request spoiled at one place in every way that the place's schema forbids, with the fault that must be told.</summary>
    private static IEnumerable<(string Body, string Expected)> Spoil(string pointer, string bodySchema, Func<JsonObject> make)
    {
        JsonNode At(out JsonObject body)
        {
            body = make();
            return FullRequest.Places(body).Single(place => FullRequest.Pointer(place) == pointer);
        }

        JsonNode node = At(out JsonObject original);
        JsonObject schema = FullRequest.Schema(node, bodySchema);
        if (node.Parent is not null)
        {
            foreach ((string raw, string code) in Wrong(node, schema))
            {
                JsonNode place = At(out JsonObject body);
                place.ReplaceWith("@raw@");
                yield return (body.ToJsonString().Replace(Raw, raw, StringComparison.Ordinal), $"{code} {pointer}");
            }
        }
        if (node is not JsonObject members) { yield break; }
        foreach (string name in members.Select(entry => entry.Key).ToArray())
        {
            string value = members[name]!.ToJsonString();
            JsonObject place = At(out JsonObject body).AsObject();
            place[name] = "@raw@";
            yield return (body.ToJsonString().Replace(Raw, $"{value},\"{name}\":{value}", StringComparison.Ordinal), $"memberDuplicate {pointer}/{name}");
        }
        foreach (string name in schema["required"]?.AsArray().Select(item => item!.GetValue<string>()) ?? [])
        {
            JsonObject place = At(out JsonObject body).AsObject();
            place.Remove(name);
            yield return (body.ToJsonString(), $"memberMissing {pointer}/{name}");
        }
        if (!FullRequest.IsMap(node, bodySchema))
        {
            // Every member that the document knows is stated, or the document promises more than is tested.
            Assert.Equal(schema["properties"]!.AsObject().Select(entry => entry.Key).Where(name => name is not ("household" or "covers" or "expensesFen" or "flatType" or "stepAbove" or "adjustments" or "rounding" or "guidance")).Order(),
                members.Select(entry => entry.Key).Where(name => name is not ("household" or "covers" or "expensesFen" or "flatType" or "stepAbove" or "adjustments" or "rounding" or "guidance")).Order());
            JsonObject place = At(out JsonObject body).AsObject();
            place["strange"] = 1;
            yield return (body.ToJsonString(), $"memberUnknown {pointer}/strange");
        }
    }

    private static IEnumerable<(string Raw, string Code)> Wrong(JsonNode node, JsonObject schema)
    {
        yield return ("null", "wrongType");
        string type = schema["type"]!.GetValue<string>();
        foreach ((string other, string raw) in new[] { ("string", "\"7\""), ("number", "7"), ("boolean", "true"), ("object", "{}"), ("array", "[]") })
        {
            if (other != type && !(type == "integer" && other == "number")) { yield return (raw, "wrongType"); }
        }
        if (schema["enum"] is not null)
        {
            yield return (type == "string" ? "\"strange\"" : "7", "nameUnknown");
            if (type == "integer") { yield return ("1.5", "tooManyDecimals"); }
            yield break;
        }
        switch (type)
        {
            case "integer" or "number":
                decimal minimum = schema["minimum"]!.GetValue<decimal>(), maximum = schema["maximum"]!.GetValue<decimal>();
                decimal least = type == "integer" ? 1 : schema["description"]?.GetValue<string>().Contains("2 decimals", StringComparison.Ordinal) == true ? 0.01m : 0.000001m;
                yield return ((minimum - least).ToString(CultureInfo.InvariantCulture), "outOfRange");
                yield return ((maximum + least).ToString(CultureInfo.InvariantCulture), "outOfRange");
                yield return ("1e400", "outOfRange");
                yield return ((maximum - (least / 10)).ToString(CultureInfo.InvariantCulture), "tooManyDecimals");
                break;
            case "string":
                if (schema["format"]?.GetValue<string>() == "date")
                {
                    foreach (string day in new[] { "2021-02-29", "2020-13-01", "1899-12-31", "2200-01-01", "20-01-2020", "2020/01/01" }) { yield return ($"\"{day}\"", "notADay"); }
                }
                yield return ("\"\"", "textLength");
                yield return ($"\"{new string('长', schema["maxLength"]!.GetValue<int>() + 1)}\"", "textLength");
                yield return ("\"a\\u0007\"", "textCharacter");
                yield return ("\"a\\u2066b\"", "textCharacter");
                yield return ("\"\\uDFFF\"", "textCharacter");
                break;
            case "array":
                if (schema["minItems"]?.GetValue<int>() > 0) { yield return ("[]", "entryCount"); }
                if (schema["maxItems"]!.GetValue<int>() <= 200)
                {
                    string one = node[0]!.ToJsonString();
                    yield return ($"[{string.Join(',', Enumerable.Repeat(one, schema["maxItems"]!.GetValue<int>() + 1))}]", "entryCount");
                }
                break;
            case "object" when schema["minProperties"]?.GetValue<int>() > 0:
                yield return ("{}", "entryCount");
                break;
            default: break;
        }
    }
}
