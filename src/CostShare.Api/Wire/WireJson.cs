using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CostShare.Grains.Amounts;

namespace CostShare.Api.Wire;

/// <summary>How answers are written.</summary>
internal static class WireJson
{
    /// <summary>The options of every answer: camelCase, the scalars of the wire, Chinese and quotes as they are; no page is made of an answer without escaping.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions());

    /// <summary>The same with decimals as texts, for canonical JSON.</summary>
    public static JsonSerializerOptions DecimalsAsTexts { get; } = Configure(new JsonSerializerOptions(), decimalsAsTexts: true);

    /// <summary>Sets options as the answers need them.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options) => Configure(options, decimalsAsTexts: false);

    private static JsonSerializerOptions Configure(JsonSerializerOptions options, bool decimalsAsTexts)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        // What is not stated is left out.
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new FractionConverter());
        options.Converters.Add(new StepConverter());
        foreach (Scalar scalar in Scalar.All)
        {
            options.Converters.Add((JsonConverter)Activator.CreateInstance(typeof(ScalarConverter<>).MakeGenericType(scalar.Type), scalar, decimalsAsTexts && scalar.Places > 0)!);
        }
        return options;
    }

    /// <summary>Writes an answer.</summary>
    public static Task Write<T>(HttpContext context, T answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.BodyWriter, answer, Options, context.RequestAborted);
    }

    // Requests are read by StrictReader alone.
    private abstract class Answering<T> : JsonConverter<T>
    {
        public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Requests are read by StrictReader.");
    }

    private sealed class ScalarConverter<T>(Scalar scalar, bool asText) : Answering<T>
        where T : struct
    {
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            if (asText) { writer.WriteStringValue(scalar.NameOf(value)); }
            else { scalar.Write(writer, value); }
        }

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(scalar.NameOf(value));
    }

    private sealed class FractionConverter : Answering<Fraction>
    {
        public override void Write(Utf8JsonWriter writer, Fraction value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    private sealed class StepConverter : Answering<Step>
    {
        private static readonly BigInteger LargestInJson = (BigInteger.One << 53) - 1;
        private static readonly Dictionary<StepCode, JsonEncodedText> Codes = Enum.GetValues<StepCode>()
            .ToDictionary(code => code, code => JsonEncodedText.Encode(WireNames.Of(code)));

        public override void Write(Utf8JsonWriter writer, Step value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("code"u8, Codes[value.Code]);
            if (value.Expression is string expression) { writer.WriteString("expression"u8, expression); }
            writer.WriteStartObject("inputs"u8);
            foreach (StepInput input in value.Inputs)
            {
                writer.WritePropertyName(input.Name);
                WriteNumber(writer, input.Value);
            }
            writer.WriteEndObject();
            writer.WritePropertyName("result"u8);
            WriteNumber(writer, value.Result);
            writer.WriteEndObject();
        }

        // Whole numbers stand as numbers as far as every reader of JSON holds them exactly.
        private static void WriteNumber(Utf8JsonWriter writer, Fraction value)
        {
            if (value.IsInteger && BigInteger.Abs(value.Numerator) <= LargestInJson)
            {
                writer.WriteNumberValue((long)value.Numerator);
            }
            else { writer.WriteStringValue(value.ToString()); }
        }
    }
}
