using System.Xml.Linq;

namespace CostShare.Api.OpenApi;

/// <summary>The comments of enum members, which the document generator does not read.</summary>
internal static class XmlComments
{
    private static readonly Lazy<Dictionary<string, string>> Summaries = new(() => Directory
        .EnumerateFiles(AppContext.BaseDirectory, "CostShare.*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .ToDictionary(
            member => member.Attribute("name")!.Value,
            member => string.Join(' ', (member.Element("summary")?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));

    /// <summary>The summary of an enum member, on one line.</summary>
    public static string Summary(Enum value) => Summaries.Value[$"F:{value.GetType().FullName}.{value}"];
}
