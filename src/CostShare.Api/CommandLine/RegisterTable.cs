using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CsvHelper;

namespace CostShare.Api.CommandLine;

/// <summary>A register of households as a table: a CSV file with a heading for each column.</summary>
/// <remarks>
/// Only what belongs to the table is judged here: its encoding, headings and quotes. The cells become the households of a request,
/// which is read as strictly as any other; <see cref="Tell"/> says a fault of it in words of the table.
/// </remarks>
internal sealed class RegisterTable
{
    /// <summary>Where in a request the rows of the table stand.</summary>
    public const string Households = "/building/households";

    private const char ByteOrderMark = '\uFEFF';

    private static readonly Column[] Columns =
    [
        new("id", ["户号", "房号"], CellKind.Text),
        new("floor", ["楼层"], CellKind.Number),
        new("areaM2", ["面积"], CellKind.Number),
        new("use", ["用途"], CellKind.Name, ("住宅", "dwelling"), ("商铺", "shop"), ("车库", "garage"), ("其他", "other")),
        new("joins", ["参加"], CellKind.Boolean, ("是", "true"), ("否", "false")),
        new("entry", ["入户"], CellKind.Name, ("平层", "level"), ("半层", "halfLanding")),
        new("flatType", ["房型"], CellKind.Text),
    ];

    private static readonly HashSet<string> Required = [.. typeof(Household).GetProperties()
        .Where(property => property.GetCustomAttribute<RequiredMemberAttribute>() is not null).Select(WireNames.Of)];

    private readonly string _file;
    private readonly List<(Column Column, string Heading, int Position)> _columns = [];
    private readonly List<(int Line, string[] Cells)> _rows = [];

    private RegisterTable(string file) => _file = file;

    private enum CellKind
    {
        Text,
        Number,
        Name,
        Boolean,
    }

    /// <summary>The highest floor of the table, or 1 where none is stated.</summary>
    public int HighestFloor
    {
        get
        {
            int position = _columns.First(column => column.Column.Member == "floor").Position;
            return _rows.Select(row => int.TryParse(row.Cells[position], NumberStyles.None, CultureInfo.InvariantCulture, out int floor)
                && floor <= Floor.Highest ? floor : 1).Append(1).Max();
        }
    }

    /// <summary>Reads a table; null after telling what is wrong with it as a table.</summary>
    /// <param name="file">The name of the file, as it is told.</param>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="language">The language of what is told.</param>
    /// <param name="refusals">Receives what is wrong.</param>
    public static RegisterTable? Read(string file, byte[] bytes, Language language, Refusals refusals)
    {
        var table = new RegisterTable(file);
        int before = refusals.Count;
        if (Decode(bytes, out int wrongByte) is string text) { table.ReadRows(text, language, refusals); }
        else
        {
            refusals.Add(file, FaultCode.NotUtf8, language.Choose($"内容既不是 UTF-8（第 {wrongByte} 字节处有误）也不是 GB18030。",
                $"The content is neither UTF-8 (see byte {wrongByte}) nor GB18030."));
        }
        return refusals.Count == before ? table : null;
    }

    /// <summary>The rows as a JSON list of households. A cell that is empty is a member that is not stated.</summary>
    public byte[] ToJson()
    {
        var json = new ArrayBufferWriter<byte>();
        // The text of a cell comes back in what is told of it, so Chinese stays as it is.
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach ((_, string[] cells) in _rows)
            {
                writer.WriteStartObject();
                foreach ((Column column, _, int position) in _columns)
                {
                    if (cells[position].Length == 0) { continue; }
                    writer.WritePropertyName(column.Member);
                    column.Write(writer, cells[position]);
                }
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        return json.WrittenSpan.ToArray();
    }

    /// <summary>Whether a fault of the request stands in this table.</summary>
    public static bool Owns(Fault fault) => fault.Place.ToString() is var pointer
        && (pointer.StartsWith(Households + "/", StringComparison.Ordinal) || (pointer == Households && fault.Code == FaultCode.EntryCount));

    /// <summary>Tells a fault of the request by line and column of the table.</summary>
    public void Tell(Fault fault, Language language, Refusals refusals)
    {
        string[] path = fault.Place.ToString().Split('/');
        if (path.Length < 4)
        {
            refusals.Add(_file, fault, language);
            return;
        }
        (int line, string[] cells) = _rows[int.Parse(path[3], CultureInfo.InvariantCulture)];
        string member = path[4];
        Column column = Columns.First(known => known.Member == member);
        (string heading, string cell) = _columns.FirstOrDefault(own => own.Column == column) is { Heading: not null } own
            ? (own.Heading, cells[own.Position])
            : (column.Heading(language), "");
        string where = At(line, heading, language);
        if (fault.Code == FaultCode.WrongType)
        {
            // A table has no quotes or braces to speak of, so the sentence is its own.
            (string chinese, string english) = column.Kind == CellKind.Boolean ? ("是或否", "yes or no (true or false)")
                : member == "floor" ? ("整数", "a whole number") : ("数字", "a number");
            refusals.Add(where, fault.Code, language.Choose(
                $"这里要填{chinese}，收到的是“{Scalar.Shorten(cell)}”。", $"This must be {english}, not \"{Scalar.Shorten(cell)}\"."));
            return;
        }
        refusals.Add(where, fault with { Values = [.. fault.Values.Select(value => InWordsOfTheTable(value, column, heading, language))] }, language);
    }

    private static FaultValue InWordsOfTheTable(FaultValue value, Column column, string heading, Language language) => value.Name switch
    {
        "member" => ("member", heading),
        "allowed" when language == Language.Chinese => ("allowed", string.Join("、", column.Words.Select(word => word.Chinese))),
        _ => value,
    };

    private static Fault Of(FaultCode code, params ReadOnlySpan<FaultValue> values) => new(code, Place.Root, values.ToArray());

    // As CSV, Chinese spreadsheets save UTF-8 or GB18030; GB18030 is seldom valid UTF-8 by chance.
    private static string? Decode(byte[] bytes, out int wrongByte)
    {
        wrongByte = 0;
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).TrimStart(ByteOrderMark);
        }
        catch (DecoderFallbackException notUtf8) { wrongByte = notUtf8.Index; }
        try
        {
            return CodePagesEncodingProvider.Instance
                .GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!.GetString(bytes).TrimStart(ByteOrderMark);
        }
        catch (DecoderFallbackException) { return null; }
    }

    private void ReadRows(string text, Language language, Refusals refusals)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            OnMalformedRecord = malformed => refusals.Add(At((int)malformed.LineNumber, null, language), FaultCode.TextCharacter,
                language.Choose("引号没有成对。含引号的格子要整个放进引号，里面的引号写两遍。",
                    "The quotes do not match. A cell that holds quotes stands in quotes, and each quote in it is doubled.")),
        });
        if (!reader.Read())
        {
            refusals.Add(_file, Of(FaultCode.BodyEmpty), language);
            return;
        }
        string[] headings = Cells(reader);
        ReadHeadings(headings, (int)reader.LineNumber, language, refusals);
        int width = Filled(headings);
        while (reader.Read())
        {
            string[] cells = Cells(reader);
            // Spreadsheets leave rows and columns of nothing but commas behind.
            int filled = Filled(cells);
            if (filled == 0) { continue; }
            if (filled > width)
            {
                refusals.Add(At((int)reader.LineNumber, null, language),
                    Of(FaultCode.EntryCount, ("minimum", 1), ("maximum", width), ("count", filled)), language);
                continue;
            }
            _rows.Add(((int)reader.LineNumber, [.. cells, .. Enumerable.Repeat("", int.Max(0, width - cells.Length))]));
        }
    }

    private void ReadHeadings(string[] headings, int line, Language language, Refusals refusals)
    {
        string where = At(line, null, language);
        if (headings.Length == 1 && headings[0].AsSpan().ContainsAny(';', '\t'))
        {
            refusals.Add(where, FaultCode.NameUnknown, language.Choose("各列之间要用逗号隔开，不能用分号或制表符。", "The columns stand between commas, not semicolons or tabs."));
            return;
        }
        for (int i = 0; i < headings.Length; i++)
        {
            if (headings[i].Length == 0) { continue; }
            if (Columns.FirstOrDefault(column => column.Headings.Append(column.Member).Contains(headings[i])) is not Column column)
            {
                refusals.Add(where, Of(FaultCode.NameUnknown, ("value", Scalar.Shorten(headings[i])),
                    ("allowed", string.Join(language.Choose("、", ", "), Columns.Select(known => known.Heading(language))))), language);
            }
            else if (_columns.Any(met => met.Column == column))
            {
                refusals.Add(where, Of(FaultCode.MemberDuplicate, ("member", headings[i])), language);
            }
            else { _columns.Add((column, headings[i], i)); }
        }
        foreach (Column column in Columns.Where(column => Required.Contains(column.Member) && _columns.All(met => met.Column != column)))
        {
            refusals.Add(where, Of(FaultCode.MemberMissing, ("member", column.Heading(language))), language);
        }
    }

    private static int Filled(string[] cells) => Array.FindLastIndex(cells, cell => cell.Length > 0) + 1;

    private static string[] Cells(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(field => reader.GetString(field).Trim())];

    private string At(int line, string? heading, Language language) => language.Choose(
        $"{_file}，第 {line} 行{(heading is null ? "" : $"，{heading}")}", $"{_file}, line {line}{(heading is null ? "" : $", {heading}")}");

    // The grammar of numbers is that of JSON; what is none goes on as a text and is refused as one.
    private static bool IsNumber(string cell)
    {
        byte[] text = Encoding.UTF8.GetBytes(cell);
        var json = new Utf8JsonReader(text);
        try
        {
            return json.Read() && json.TokenType == JsonTokenType.Number && json.BytesConsumed == text.Length;
        }
        catch (JsonException) { return false; }
    }

    /// <summary>A column: the member of a household that it states, what else it may be called, and its words.</summary>
    private sealed record Column(string Member, string[] Headings, CellKind Kind, params (string Chinese, string Wire)[] Words)
    {
        public string Heading(Language language) => language.Choose(Headings[0], Member);

        public void Write(Utf8JsonWriter writer, string cell)
        {
            string value = Words.FirstOrDefault(word => word.Chinese == cell).Wire
                ?? (Kind != CellKind.Boolean ? cell : cell.ToUpperInvariant() switch { "YES" => "true", "NO" => "false", _ => cell });
            switch (Kind)
            {
                case CellKind.Number when IsNumber(cell): writer.WriteRawValue(cell); break;
                // Excel writes TRUE and FALSE.
                case CellKind.Boolean when bool.TryParse(value, out bool joins): writer.WriteBooleanValue(joins); break;
                default: writer.WriteStringValue(value); break;
            }
        }
    }
}
