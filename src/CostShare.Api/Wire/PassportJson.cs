using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CostShare.Api.Problems;
using CostShare.Grains.Buildings;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;

namespace CostShare.Api.Wire;

/// <summary>Passports as canonical JSON: what was asked, and under <c>result</c> what the engine answered, with every step.</summary>
/// <remarks>Under <c>sha256</c> stands the hash of all the rest in canonical form, so that texts which no figure rests on cannot be changed unseen either.</remarks>
internal static class PassportJson
{
    private const string Result = "result", Hash = "sha256";

    /// <summary>Writes a passport with what it comes to, and its hash.</summary>
    /// <exception cref="InvalidOperationException">It cannot be reckoned.</exception>
    public static (string Text, string Sha256) Write(Passport passport)
    {
        var faults = new FaultList();
        ComparisonResult result = passport.Reckon(faults) ?? throw new InvalidOperationException($"A passport that cannot be reckoned: {faults.Faults[0].Code}.");
        JsonObject node = JsonSerializer.SerializeToNode(passport, WireJson.DecimalsAsTexts)!.AsObject();
        node[Result] = JsonSerializer.SerializeToNode(result, WireJson.DecimalsAsTexts);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(node))));
        node[Hash] = hash;
        return (CanonicalJson.Write(node), hash);
    }

    /// <summary>Reads a passport that was written here.</summary>
    /// <param name="text">The passport as canonical JSON.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Passport Read(string text)
    {
        var faults = new FaultList();
        return TryParse(text, out JsonNode? node) && node is JsonObject stated && Claim(stated, faults) is Passport passport && faults.Count == 0
            ? passport
            : throw new FormatException("What is stored as a passport is none.");
    }

    /// <summary>Reckons everything in a passport again, from itself alone.</summary>
    /// <param name="bytes">The passport.</param>
    /// <param name="language">The language of what is told.</param>
    /// <returns>What is wrong with it, and where; null where every figure is right.</returns>
    public static string? Verify(byte[] bytes, Language language)
    {
        if (!Utf8.IsValid(bytes) || !TryParse(Encoding.UTF8.GetString(bytes), out JsonNode? node)) { return language.Choose("这不是 JSON。", "This is no JSON."); }
        if (node is not JsonObject stated) { return language.Choose("这不是定案凭证。", "This is no passport."); }
        var faults = new FaultList();
        Passport? passport = Claim(stated, faults);
        if (passport is not null && faults.Count == 0 && passport.Format == Passport.Form) { passport.Reckon(faults); }
        if (passport is null || faults.Count > 0) { return $"{faults.Faults[0].Place}: {FaultTexts.Sentence(faults.Faults[0], language)}"; }
        if (passport.Format != Passport.Form) { return language.Choose($"/format: 不认识的格式“{Scalar.Shorten(passport.Format)}”。", $"/format: \"{Scalar.Shorten(passport.Format)}\" is not known."); }

        if (passport.Number.Number > 1 == passport.PreviousSha256 is null)
        {
            return language.Choose("/previousSha256: 第 1 次定案没有上一份凭证，以后的都要有。", "/previousSha256: the first finalisation has no passport before it, and every later one has.");
        }
        string expected = Write(passport).Text;
        byte[] canonical = Encoding.UTF8.GetBytes(expected);
        if (bytes.AsSpan().SequenceEqual(canonical)) { return null; }
        return Difference(stated, JsonNode.Parse(expected)!, "", language)
            ?? language.Choose("数字都对，但不是规范形式，校验码不会相符。", "Every figure is right, but this is not the canonical form, so that its hash is another.");
    }

    /// <summary>What names a passport that was verified: the building, which finalisation it is, and its hash.</summary>
    public static (string Building, int Number, string Sha256) Names(byte[] verified)
    {
        JsonNode node = JsonNode.Parse(verified)!;
        return ((string)node["building"]!, (int)node["number"]!, (string)node[Hash]!);
    }

    /// <summary>Whether a text is JSON that can be written again; it comes from anybody.</summary>
    private static bool TryParse(string text, out JsonNode? node)
    {
        try
        {
            node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = StrictReader.MostDepth });
            // A half of a character in an escape is met only now.
            node?.ToJsonString();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            node = null;
            return false;
        }
    }

    /// <summary>What a passport states besides what is reckoned from it.</summary>
    private static Passport? Claim(JsonObject stated, FaultList faults)
    {
        var claim = (JsonObject)stated.DeepClone();
        claim.Remove(Result);
        claim.Remove(Hash);
        return StrictReader.ReadCanonical<Passport>(Encoding.UTF8.GetBytes(claim.ToJsonString()), faults);
    }

    /// <summary>The first place where two values differ.</summary>
    private static string? Difference(JsonNode? stated, JsonNode? expected, string place, Language language)
    {
        if (stated is JsonObject left && expected is JsonObject right)
        {
            return left.Select(entry => entry.Key).Union(right.Select(entry => entry.Key))
                .Select(name => Difference(left[name], right[name], $"{place}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", language))
                .FirstOrDefault(difference => difference is not null);
        }
        if (stated is JsonArray some && expected is JsonArray others && some.Count == others.Count)
        {
            return some.Select((value, i) => Difference(value, others[i], $"{place}/{i}", language)).FirstOrDefault(difference => difference is not null);
        }
        return JsonNode.DeepEquals(stated, expected) ? null : language.Choose(
            $"{place}: 写的是 {Shown(stated, language)}，重新计算是 {Shown(expected, language)}。", $"{place}: stated {Shown(stated, language)}, reckoned {Shown(expected, language)}.");
    }

    private static string Shown(JsonNode? node, Language language) => node is null ? language.Choose("（没有）", "(nothing)") : Scalar.Shorten(node.ToJsonString());
}
