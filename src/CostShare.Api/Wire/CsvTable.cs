using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CostShare.Api.Problems;
using CostShare.Grains.Faults;
using CostShare.Grains.Register;
using CsvHelper;

namespace CostShare.Api.Wire;

/// <summary>A table in CSV with a heading for each column, as spreadsheets save it.</summary>
/// <remarks>
/// Only what belongs to the table is judged here: its encoding, headings and quotes. The cells become members of a request in JSON, which is read
/// as strictly as any other; <see cref="InWordsOfTheTable"/> says a fault of it by line and heading, as every fault of a table is told.
/// </remarks>
internal sealed class CsvTable
{
    /// <summary>The names of the values that say where in a table a fault stands.</summary>
    public const string Line = "line", Heading = "heading";

    /// <summary>The most rows; more are counted and not read.</summary>
    private const int MostRows = HouseholdRegister.MostHouseholds;

    private const char ByteOrderMark = '\uFEFF';

    private readonly IReadOnlyList<CsvColumn> _known;
    private readonly Language _language;
    private readonly FaultList _faults;
    private readonly List<(CsvColumn Column, string Heading, int Position)> _columns = [];
    private readonly List<(int Line, string[] Cells)> _rows = [];

    private CsvTable(IReadOnlyList<CsvColumn> known, Language language, FaultList faults) => (_known, _language, _faults) = (known, language, faults);

    /// <summary>How many rows there are below the headings, those that are empty not counted.</summary>
    public int Rows => _rows.Count;

    /// <summary>Reads a table; null after telling what is wrong with it as a table.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="known">The columns that there may be.</param>
    /// <param name="language">The language in which headings are told.</param>
    /// <param name="faults">Receives what is wrong, with line and heading among the values.</param>
    public static CsvTable? Read(ReadOnlyMemory<byte> bytes, IReadOnlyList<CsvColumn> known, Language language, FaultList faults)
    {
        var table = new CsvTable(known, language, faults);
        int before = faults.Count;
        if (Decode(bytes.Span, out int wrongByte) is string text) { table.ReadRows(text); }
        else { faults.Add(FaultCode.NotUtf8NorGb18030, Place.Root, ("byteOffset", wrongByte)); }
        return faults.Count == before ? table : null;
    }

    /// <summary>A cell of a row; empty where nothing stands in it or the table has no such column.</summary>
    public string Cell(int row, string member) => _columns.FindIndex(own => own.Column.Member == member) is >= 0 and var column ? _rows[row].Cells[column] : "";

    /// <summary>What the column of a member is called in this table.</summary>
    public string HeadingOf(string member) => _columns.FirstOrDefault(own => own.Column.Member == member) is { Heading: not null } own ? own.Heading
        : _known.FirstOrDefault(known => known.Member == member)?.HeadingIn(_language) ?? member;

    /// <summary>Writes rows as a JSON list of objects. A cell that is empty is a member that is not stated.</summary>
    /// <param name="writer">Receives the list.</param>
    /// <param name="rows">How many rows from the first one on.</param>
    public void WriteRows(Utf8JsonWriter writer, int rows)
    {
        writer.WriteStartArray();
        foreach ((_, string[] cells) in _rows.Take(rows))
        {
            writer.WriteStartObject();
            for (int i = 0; i < cells.Length; i++)
            {
                if (cells[i].Length == 0) { continue; }
                writer.WritePropertyName(_columns[i].Column.Member);
                _columns[i].Column.Write(writer, cells[i]);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>JSON made of cells; Chinese stays as it is, because the text of a cell comes back in what is told of it.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) { write(writer); }
        return json.WrittenSpan.ToArray();
    }

    /// <summary>A fault of what was written, by line and heading of the table and in its words.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="row">The row, counted from 0.</param>
    /// <param name="member">The member of the row; null for the row as a whole.</param>
    public Fault InWordsOfTheTable(Fault fault, int row, string? member)
    {
        FaultValue line = (Line, _rows[row].Line);
        if (member is null) { return fault with { Place = Place.Root, Values = [.. fault.Values, line] }; }
        CsvColumn column = _known.First(known => known.Member == member);
        (string heading, string cell) = (HeadingOf(member), Cell(row, member));
        FaultValue[] values = fault.Code == FaultCode.WrongType
            // A table has no quotes or braces to speak of.
            ? [("expected", column.Expected), ("value", Scalar.Shorten(cell))]
            : [.. fault.Values.Select(value => column.InItsWords(value, cell, heading, _language))];
        return new Fault(fault.Code == FaultCode.WrongType ? FaultCode.CellNotReadable : fault.Code, Place.Root, [.. values, line, (Heading, heading)]);
    }

    // As CSV, Chinese spreadsheets save UTF-8 or GB18030; GB18030 is seldom valid UTF-8 by chance.
    private static string? Decode(ReadOnlySpan<byte> bytes, out int wrongByte)
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

    private void ReadRows(string text)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            OnMalformedRecord = malformed => _faults.Add(FaultCode.QuotesDoNotMatch, Place.Root, (Line, malformed.LineNumber)),
        });
        if (!reader.Read())
        {
            _faults.Add(FaultCode.BodyEmpty, Place.Root);
            return;
        }
        string[] headings = Cells(reader);
        int before = _faults.Count;
        ReadHeadings(headings, reader.LineNumber);
        bool readable = _faults.Count == before;
        int width = Filled(headings), rows = 0;
        while (reader.Read())
        {
            string[] cells = Cells(reader);
            // Spreadsheets leave rows and columns of nothing but commas behind.
            int filled = Filled(cells);
            if (filled == 0) { continue; }
            if (filled > width)
            {
                _faults.Add(FaultCode.EntryCount, Place.Root, ("minimum", 1), ("maximum", width), ("count", filled), (Line, reader.LineNumber));
            }
            // Only the cells of known columns are kept, and no more rows than are allowed: a file can hold a million of either.
            else if (readable && ++rows <= MostRows + 1)
            {
                _rows.Add(((int)reader.LineNumber, [.. _columns.Select(own => own.Position < cells.Length ? cells[own.Position] : "")]));
            }
        }
        if (rows > MostRows + 1) { _faults.Add(FaultCode.EntryCount, Place.Root, ("minimum", 1), ("maximum", MostRows), ("count", rows)); }
    }

    private void ReadHeadings(string[] headings, long line)
    {
        if (headings.Length == 1 && headings[0].AsSpan().ContainsAny(';', '\t'))
        {
            _faults.Add(FaultCode.SeparatorUnknown, Place.Root, (Line, line));
            return;
        }
        for (int i = 0; i < headings.Length; i++)
        {
            if (headings[i].Length == 0) { continue; }
            if (_known.FirstOrDefault(column => column.IsCalled(headings[i])) is not CsvColumn column)
            {
                _faults.Add(FaultCode.NameUnknown, Place.Root, ("value", Scalar.Shorten(headings[i])),
                    ("allowed", string.Join(_language.Choose("、", ", "), _known.Select(known => known.HeadingIn(_language)))), (Line, line));
            }
            else if (_columns.Any(met => met.Column == column))
            {
                _faults.Add(FaultCode.MemberDuplicate, Place.Root, ("member", headings[i]), (Line, line));
            }
            else { _columns.Add((column, headings[i], i)); }
        }
        foreach (CsvColumn column in _known.Where(column => column.Required && _columns.All(met => met.Column != column)))
        {
            _faults.Add(FaultCode.MemberMissing, Place.Root, ("member", column.HeadingIn(_language)), (Line, line));
        }
    }

    private static int Filled(string[] cells) => Array.FindLastIndex(cells, cell => cell.Length > 0) + 1;

    private static string[] Cells(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(field => reader.GetString(field).Trim())];
}

/// <summary>What the cells of a column hold.</summary>
internal enum CellKind
{
    /// <summary>A text, as it stands.</summary>
    Text,
    /// <summary>A number.</summary>
    Number,
    /// <summary>A number without a fraction.</summary>
    WholeNumber,
    /// <summary>A number that a per cent sign may follow.</summary>
    Percent,
    /// <summary>An amount in yuan, the thousands apart by commas or not, for a member in fen.</summary>
    Yuan,
    /// <summary>One of the words of the column.</summary>
    Name,
    /// <summary>Yes or no.</summary>
    Boolean,
}

/// <summary>A column of a table: the member that it states, what it may be called, and its words.</summary>
/// <param name="Member">The member on the wire.</param>
/// <param name="Called">Its headings, the Chinese one that is told first and the English one last.</param>
/// <param name="Kind">What its cells hold.</param>
/// <param name="Words">Its words and those of the wire.</param>
internal sealed record CsvColumn(string Member, string[] Called, CellKind Kind, params (string Chinese, string Wire)[] Words)
{
    private const int FenPlaces = 2;

    /// <summary>Whether a table must have it.</summary>
    public bool Required { get; init; }

    /// <summary>What a cell should hold, as a word of faults.</summary>
    public string Expected => Kind switch
    {
        CellKind.Boolean => "yesNo",
        CellKind.WholeNumber => "wholeNumber",
        _ => "plainNumber",
    };

    /// <summary>The heading that is told where the table has none.</summary>
    public string HeadingIn(Language language) => language.Choose(Called[0], Called[^1]);

    /// <summary>Whether a heading is one of its own.</summary>
    public bool IsCalled(string heading) => Called.Contains(heading);

    /// <summary>Writes a cell; what is none of its kind goes on as a text, and is refused as one.</summary>
    public void Write(Utf8JsonWriter writer, string cell)
    {
        string value = Words.FirstOrDefault(word => word.Chinese == cell).Wire
            ?? (Kind != CellKind.Boolean ? cell : cell.ToUpperInvariant() switch { "YES" => "true", "NO" => "false", _ => cell });
        switch (Kind)
        {
            case CellKind.Number or CellKind.WholeNumber when IsNumber(cell): writer.WriteRawValue(cell); break;
            case CellKind.Percent when IsNumber(WithoutSign(cell)): writer.WriteRawValue(WithoutSign(cell)); break;
            // A hundred times as many fen, by moving the point.
            case CellKind.Yuan when IsPlain(Joined(cell)): writer.WriteRawValue(Joined(cell) + "e2"); break;
            // Excel writes TRUE and FALSE.
            case CellKind.Boolean when bool.TryParse(value, out bool yes): writer.WriteBooleanValue(yes); break;
            default: writer.WriteStringValue(value); break;
        }
    }

    /// <summary>Writes a number as one, and anything else as a text.</summary>
    public static void WriteNumberOrText(Utf8JsonWriter writer, string cell)
    {
        if (IsNumber(cell)) { writer.WriteRawValue(cell); }
        else { writer.WriteStringValue(cell); }
    }

    /// <summary>A value of a fault as the table would say it.</summary>
    public FaultValue InItsWords(FaultValue value, string cell, string heading, Language language) => value.Name switch
    {
        "member" => ("member", heading),
        "allowed" when language == Language.Chinese => ("allowed", string.Join("、", Words.Select(word => word.Chinese))),
        "value" when Kind == CellKind.Yuan => ("value", Scalar.Shorten(cell)),
        "unit" when Kind == CellKind.Yuan => ("unit", "yuan"),
        "places" when Kind == CellKind.Yuan => ("places", FenPlaces),
        "maximum" when Kind == CellKind.Yuan && value.Value is string most => ("maximum", most[..^FenPlaces]),
        _ => value,
    };

    // The grammar of numbers is that of JSON.
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

    private static string WithoutSign(string cell) => cell[^1] is '%' or '％' ? cell[..^1].TrimEnd() : cell;

    private static bool IsPlain(string cell) => IsNumber(cell) && !cell.AsSpan().ContainsAny('e', 'E');

    /// <summary>A number without the commas between its thousands; as it stands where they are not just there.</summary>
    public static string Joined(string cell)
    {
        string whole = cell.Split('.')[0];
        string[] groups = whole.TrimStart('-').Split(',');
        bool right = groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3)
            && groups.All(group => group.All(char.IsAsciiDigit));
        return right ? whole.Replace(",", "", StringComparison.Ordinal) + cell[whole.Length..] : cell;
    }
}
