using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CostShare.Api.Wire;

/// <summary>JSON of which there is one form, so that it can be hashed: RFC 8785.</summary>
/// <remarks>
/// Members stand in the order of their names as UTF-16, without blanks; of texts only what must be is escaped. Numbers are whole and below 2^53 in
/// size: anything else stands as text already, which spares the rules of the RFC for binary floating point.
/// </remarks>
internal static class CanonicalJson
{
    private const long LargestNumber = (1L << 53) - 1;

    /// <summary>Writes a value.</summary>
    /// <exception cref="FormatException">It holds a number that is not whole and below 2^53 in size.</exception>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject map:
                text.Append('{');
                string separator = "";
                foreach ((string name, JsonNode? value) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    text.Append(separator);
                    WriteText(name, text);
                    text.Append(':');
                    Write(value, text);
                    separator = ",";
                }
                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                for (int i = 0; i < list.Count; i++)
                {
                    if (i > 0) { text.Append(','); }
                    Write(list[i], text);
                }
                text.Append(']');
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteText(value.GetValue<string>(), text);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                text.Append(WholeNumber(value.ToJsonString()));
                break;
            case JsonValue value:
                text.Append(value.GetValueKind() == JsonValueKind.True ? "true" : "false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static string WholeNumber(string number) =>
        long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) && whole is >= -LargestNumber and <= LargestNumber
            ? whole.ToString(CultureInfo.InvariantCulture)
            : throw new FormatException($"{number} is no number of canonical JSON.");

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (char character in value)
        {
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }
        text.Append('"');
    }
}
