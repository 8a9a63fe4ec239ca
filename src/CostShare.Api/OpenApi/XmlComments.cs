using System.Xml.Linq;

namespace CostShare.Api.OpenApi;

/// <summary>The comments that the document generator does not read: of enum members, and the remarks of types.</summary>
internal static class XmlComments
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(() => Directory
        .EnumerateFiles(AppContext.BaseDirectory, "CostShare.*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value));

    /// <summary>The summary of an enum member, on one line.</summary>
    public static string Summary(Enum value) => OnOneLine(Members.Value[$"F:{value.GetType().FullName}.{value}"].Element("summary")!);

    /// <summary>The remarks of a type, on one line; empty where there are none.</summary>
    public static string Remarks(Type type) =>
        Members.Value.GetValueOrDefault($"T:{type.FullName}")?.Element("remarks") is XElement remarks ? OnOneLine(remarks) : "";

    private static string OnOneLine(XElement comment)
    {
        foreach (XElement code in comment.Descendants("c")) { code.Value = $"`{code.Value.Trim('`')}`"; }
        foreach (XElement see in comment.Descendants("see")) { see.Value = see.Attribute("cref")!.Value.Split('.')[^1]; }
        return string.Join(' ', comment.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
