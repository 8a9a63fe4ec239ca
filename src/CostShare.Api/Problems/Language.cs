using Microsoft.Net.Http.Headers;

namespace CostShare.Api.Problems;

/// <summary>The languages that people are answered in.</summary>
internal enum Language
{
    /// <summary>Chinese, unless another is asked for.</summary>
    Chinese,
    /// <summary>English.</summary>
    English,
}

/// <summary>Chooses the language of an answer.</summary>
internal static class Languages
{
    /// <summary>The best of the languages that the request accepts; Chinese where it accepts none of ours.</summary>
    public static Language Of(HttpRequest request)
    {
        IEnumerable<StringWithQualityHeaderValue> accepted = request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is null or > 0)
            .OrderByDescending(language => language.Quality ?? 1);
        foreach (StringWithQualityHeaderValue language in accepted)
        {
            ReadOnlySpan<char> tag = language.Value.AsSpan();
            ReadOnlySpan<char> primary = tag.IndexOf('-') is var dash and > 0 ? tag[..dash] : tag;
            if (primary.Equals("en", StringComparison.OrdinalIgnoreCase)) { return Language.English; }
            if (primary.Equals("zh", StringComparison.OrdinalIgnoreCase) || primary is "*") { return Language.Chinese; }
        }
        return Language.Chinese;
    }

    /// <summary>The text in the language of the two.</summary>
    public static string Choose(this Language language, string chinese, string english) => language == Language.Chinese ? chinese : english;

    /// <summary>The tag of a language, for the header Content-Language.</summary>
    public static string Tag(this Language language) => language == Language.Chinese ? "zh-CN" : "en";
}
