using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using CostShare.Grains.Faults;

namespace CostShare.Api.Sheets;

/// <summary>Reads a workbook (xlsx) that somebody sent, sheet by sheet, and trusts nothing in it.</summary>
/// <remarks>
/// Of the parts only the list of sheets, the texts, the formats and the sheets themselves are read, forward and once. No document type is allowed in any part, nothing outside the
/// file is ever opened, and what comes out of the packing is counted while it comes. Decision 0023 says why no library reads it.
/// </remarks>
internal sealed class WorkbookFile : IDisposable
{
    /// <summary>The most bytes of all parts unpacked, what the file says of itself and what comes out; the most parts.</summary>
    public const int LargestUnpacked = 32 * 1024 * 1024, MostParts = 1_000;

    // Text packs to a twentieth of itself, a sheet of zeros to a hundredth; a bomb to less than a thousandth.
    private const int MostRatio = 200, RatioFrom = 1024 * 1024;

    // What a spreadsheet writes lies some ten elements deep, and its longest tag or text is that of a full cell: 32,767 characters.
    private const int MostDepth = 64, LongestRun = 256 * 1024;

    private const string Relations = "_rels/.rels", UsualBook = "xl/workbook.xml";

    // Excel counts rows and columns up to these.
    private const int LastLine = 1_048_576, LastColumn = 16_384;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly FaultList _faults;
    private readonly List<string> _texts = [];
    private readonly List<NumberFormat> _formats = [];
    private long _unpacked;
    private int _filled;
    private bool _isFrom1904;

    private WorkbookFile(ZipArchive archive, FaultList faults) => (_archive, _faults) = (archive, faults);

    /// <summary>The sheets in their order; the part of one that is none, such as a chart, is null.</summary>
    public IReadOnlyList<(string Name, bool IsHidden, string? Part)> Sheets { get; private set; } = [];

    /// <summary>Whether bytes are packed as workbooks are.</summary>
    public static bool IsPacked(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Whether bytes are a workbook of before 2007, or one that a password locks.</summary>
    public static bool IsOldOrLocked(ReadOnlySpan<byte> bytes) => bytes.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 });

    /// <summary>Opens a workbook; null after telling why it cannot be.</summary>
    public static WorkbookFile? Open(byte[] bytes, FaultList faults)
    {
        WorkbookFile? file = null;
        bool isOpen = Guarded("", faults, () =>
        {
            file = new WorkbookFile(new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read), faults);
            return file.CheckParts() && file.CheckProlog() && file.ReadBook();
        });
        if (isOpen) { return file; }
        file?.Dispose();
        return null;
    }

    /// <summary>Reads a sheet; null after telling why it cannot be.</summary>
    /// <param name="sheet">Its position.</param>
    public SheetGrid? Read(int sheet)
    {
        (string name, bool isHidden, string? part) = Sheets[sheet];
        if (part is null) { return new SheetGrid([]) { Name = name, Number = sheet + 1, IsHidden = isHidden }; }
        SheetGrid? grid = null;
        Guarded(part, _faults, () => (grid = ReadSheet(part)) is not null);
        return grid is null ? null : grid with { Name = name, Number = sheet + 1, IsHidden = isHidden };
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>Does something with the file; what is broken in it is told, and never a defect of the program.</summary>
    private static bool Guarded(string part, FaultList faults, Func<bool> act)
    {
        try
        {
            return act();
        }
        catch (UnpackedTooLargeException large)
        {
            if (large.Part is null) { faults.Add(FaultCode.SheetUnpacksTooLarge, Place.Root, ("limitBytes", LargestUnpacked)); }
            else { faults.Add(FaultCode.SheetPackedTooTightly, Place.Root, ("part", Named(large.Part)), ("limit", MostRatio)); }
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or EndOfStreamException or FormatException or OverflowException or NotSupportedException or IOException)
        {
            faults.Add(FaultCode.SheetDamaged, Place.Root, ("part", Named(part)));
        }
        return false;
    }

    // How a part of the file is told; the name is the sender's.
    private static string Named(string part) => part.Length == 0 ? "zip" : Wire.Scalar.Shorten(string.Concat(part.Select(letter => letter is > ' ' and <= '~' ? letter : '_')));

    private bool CheckParts()
    {
        // The list of what is in the file is read whole, which a body of limited size bounds.
        int count = _archive.Entries.Count;
        if (count > MostParts)
        {
            _faults.Add(FaultCode.SheetTooManyParts, Place.Root, ("count", count), ("limit", MostParts));
            return false;
        }
        long declared = 0;
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            declared += entry.Length;
            CheckRatio(entry, entry.Length);
            // Of two parts of one name nobody knows which is meant.
            if (!_parts.TryAdd(entry.FullName.Replace('\\', '/'), entry)) { throw new InvalidDataException(entry.FullName); }
        }
        if (declared > LargestUnpacked) { throw new UnpackedTooLargeException(null); }
        return true;
    }

    private static void CheckRatio(ZipArchiveEntry entry, long unpacked)
    {
        if (unpacked > RatioFrom && unpacked > entry.CompressedLength * MostRatio) { throw new UnpackedTooLargeException(entry.FullName); }
    }

    /// <summary>Looks at the beginning of every part of XML, also of those that are never read, for a document type.</summary>
    private bool CheckProlog()
    {
        foreach ((string name, ZipArchiveEntry entry) in _parts)
        {
            if (!name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
                && !name.EndsWith(".vml", StringComparison.OrdinalIgnoreCase)) { continue; }
            try
            {
                using XmlReader reader = OpenPart(name);
                reader.MoveToContent();
            }
            catch (XmlException)
            {
                // What is only broken may be a part that nobody asks for.
                if (!HasDocumentType(entry)) { continue; }
                _faults.Add(FaultCode.SheetDocumentType, Place.Root, ("part", Named(name)));
                return false;
            }
        }
        // The beginnings are read again with their parts.
        _unpacked = 0;
        return true;
    }

    // The reader has refused the part already; this is for the words of the refusal alone.
    private static bool HasDocumentType(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var text = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var beginning = new char[64 * 1024];
        int length = text.ReadBlock(beginning, 0, beginning.Length);
        return beginning.AsSpan(0, length).Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
    }

    private XmlReader OpenPart(string name) => XmlReader.Create(new Counted(this, _parts[name]), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 1_024,
        MaxCharactersInDocument = LargestUnpacked,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    });

    // A reader of XML keeps something for every element that is open, and a part can hold millions of them.
    private static bool Next(XmlReader reader) => reader.Read() && (reader.Depth <= MostDepth ? true : throw new XmlException("Nested too deeply."));

    private bool ReadBook()
    {
        string book = _parts.ContainsKey(Relations) ? RelationsOf(Relations, "").Where(relation => relation.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Select(relation => relation.Target).FirstOrDefault(UsualBook)
            : UsualBook;
        if (!_parts.ContainsKey(book) || !book.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            _faults.Add(FaultCode.SheetIsOtherFile, Place.Root);
            return false;
        }
        int slash = book.LastIndexOf('/');
        (string folder, string file) = (book[..(slash + 1)], book[(slash + 1)..]);
        Relation[] relations = _parts.ContainsKey($"{folder}_rels/{file}.rels") ? RelationsOf($"{folder}_rels/{file}.rels", folder) : [];
        var sheets = new List<(string, bool, string?)>();
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        bool isBook = false;
        using (XmlReader reader = OpenPart(book))
        {
            while (Next(reader))
            {
                if (reader.NodeType != XmlNodeType.Element) { continue; }
                if (reader.LocalName == "workbook") { isBook = true; }
                if (reader.LocalName == "workbookPr") { _isFrom1904 = reader.GetAttribute("date1904") is "1" or "true"; }
                if (reader.LocalName != "sheet") { continue; }
                string? id = null;
                while (reader.MoveToNextAttribute())
                {
                    if (reader.LocalName == "id" && reader.NamespaceURI.Length > 0) { id = reader.Value; }
                }
                reader.MoveToElement();
                string? part = relations.Where(relation => relation.Id == id && relation.Type.EndsWith("/worksheet", StringComparison.Ordinal)).Select(relation => relation.Target).FirstOrDefault();
                // One part cannot be two sheets; read again and again it would cost what no file of its size does.
                if (part is not null && !used.Add(part)) { throw new InvalidDataException(part); }
                sheets.Add((SheetGrid.Cut(reader.GetAttribute("name") ?? ""), reader.GetAttribute("state") is "hidden" or "veryHidden", part is not null && _parts.ContainsKey(part) ? part : null));
            }
        }
        if (!isBook)
        {
            _faults.Add(FaultCode.SheetIsOtherFile, Place.Root);
            return false;
        }
        if (sheets.Count > MostParts)
        {
            _faults.Add(FaultCode.SheetTooManyParts, Place.Root, ("count", sheets.Count), ("limit", MostParts));
            return false;
        }
        Sheets = sheets;
        foreach (Relation relation in relations)
        {
            if (!_parts.ContainsKey(relation.Target)) { continue; }
            if (relation.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)) { ReadTexts(relation.Target); }
            if (relation.Type.EndsWith("/styles", StringComparison.Ordinal)) { ReadFormats(relation.Target); }
        }
        return true;
    }

    /// <summary>Where a part points to inside the file; what lies outside of it is not followed.</summary>
    private Relation[] RelationsOf(string part, string folder)
    {
        var relations = new List<Relation>();
        using XmlReader reader = OpenPart(part);
        while (Next(reader))
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Relationship" || reader.GetAttribute("TargetMode") == "External") { continue; }
            string target = reader.GetAttribute("Target") ?? "";
            relations.Add(new Relation(reader.GetAttribute("Id") ?? "", reader.GetAttribute("Type") ?? "", Resolved(folder, target)));
        }
        return [.. relations];
    }

    private static string Resolved(string folder, string target)
    {
        var path = new List<string>();
        foreach (string step in (target.StartsWith('/') ? target : folder + target).Split('/'))
        {
            if (step == ".." && path.Count > 0) { path.RemoveAt(path.Count - 1); }
            else if (step is not ("" or "." or "..")) { path.Add(step); }
        }
        return string.Join('/', path);
    }

    private void ReadTexts(string part)
    {
        using XmlReader reader = OpenPart(part);
        while (Next(reader))
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "si") { _texts.Add(TextWithin(reader)); }
        }
    }

    /// <summary>The text of an element in runs, without the reading aids that stand above Chinese and Japanese.</summary>
    private static string TextWithin(XmlReader reader)
    {
        if (reader.IsEmptyElement) { return ""; }
        var text = new StringBuilder();
        int depth = reader.Depth, aside = int.MaxValue;
        bool isText = false;
        while (Next(reader) && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (reader.LocalName == "rPh" && !reader.IsEmptyElement) { aside = int.Min(aside, reader.Depth); }
                isText = reader.LocalName == "t" && aside == int.MaxValue;
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                if (reader.Depth == aside) { aside = int.MaxValue; }
                isText = false;
            }
            else if (isText && text.Length < SheetGrid.LongestText) { text.Append(SheetGrid.Cut(reader.Value)); }
        }
        return SheetGrid.Cut(text.ToString());
    }

    private void ReadFormats(string part)
    {
        // What a code makes people see is found out once, not for every cell format that has it.
        var codes = new Dictionary<int, NumberFormat>();
        using XmlReader reader = OpenPart(part);
        int cellFormats = -1;
        while (Next(reader))
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == cellFormats) { cellFormats = -1; }
            if (reader.NodeType != XmlNodeType.Element) { continue; }
            if (reader.LocalName == "numFmt") { codes[Number(reader.GetAttribute("numFmtId"))] = NumberFormats.Of(Number(reader.GetAttribute("numFmtId")), SheetGrid.Cut(reader.GetAttribute("formatCode") ?? "")); }
            else if (reader.LocalName == "cellXfs" && !reader.IsEmptyElement) { cellFormats = reader.Depth; }
            else if (reader.LocalName == "xf" && cellFormats >= 0)
            {
                int id = Number(reader.GetAttribute("numFmtId"));
                _formats.Add(codes.TryGetValue(id, out NumberFormat own) ? own : NumberFormats.Of(id, null));
            }
        }
    }

    private SheetGrid? ReadSheet(string part)
    {
        var rows = new SortedDictionary<int, (bool IsHidden, List<(int Column, GridCell Cell)> Cells)>();
        var hidden = new HashSet<int>();
        var merged = new List<(int Top, int Left, int Bottom, int Right)>();
        int line = 0, filled = 0;
        // Columns are described from the left to the right, each once.
        int described = 0;
        bool hasMore = false;
        using XmlReader reader = OpenPart(part);
        while (Next(reader))
        {
            if (reader.NodeType != XmlNodeType.Element) { continue; }
            switch (reader.LocalName)
            {
                case "col" when reader.GetAttribute("hidden") is "1" or "true":
                    int end = int.Min(Number(reader.GetAttribute("max")), SheetGrid.MostColumns);
                    for (int column = int.Max(described, Number(reader.GetAttribute("min")) - 1); column < end; column++) { hidden.Add(column); }
                    described = int.Max(described, end);
                    break;
                case "row":
                    line = reader.GetAttribute("r") is string stated ? Number(stated) : line + 1;
                    if (line is < 1 or > LastLine) { throw new InvalidDataException(part); }
                    bool isHidden = reader.GetAttribute("hidden") is "1" or "true";
                    List<(int, GridCell)> cells = ReadRow(reader, ref hasMore);
                    if (cells.Count == 0) { break; }
                    (filled, _filled) = (filled + cells.Count, _filled + cells.Count);
                    if (!rows.TryAdd(line, (isHidden, cells))) { throw new InvalidDataException(part); }
                    if (TextGrid.TooMany(rows.Count, _filled, _faults)) { return null; }
                    break;
                case "mergeCell" when Range(reader.GetAttribute("ref")) is { } range:
                    merged.Add(range);
                    break;
                default: break;
            }
        }
        GridRow[] grid = [.. rows.Select(row => new GridRow(row.Key, Side(row.Value.Cells)) { IsHidden = row.Value.IsHidden })];
        return Spread(ref grid, merged, filled) ? new SheetGrid(grid) { HiddenColumns = hidden, HasMoreColumns = hasMore } : null;

        static GridCell?[] Side(List<(int Column, GridCell Cell)> cells)
        {
            var side = new GridCell?[cells.Max(cell => cell.Column) + 1];
            foreach ((int column, GridCell cell) in cells) { side[column] = cell; }
            return side;
        }
    }

    private List<(int Column, GridCell Cell)> ReadRow(XmlReader reader, ref bool hasMore)
    {
        var cells = new List<(int, GridCell)>();
        if (reader.IsEmptyElement) { return cells; }
        int depth = reader.Depth, column = -1;
        while (Next(reader) && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "c") { continue; }
            column = reader.GetAttribute("r") is string name ? CellOf(name)?.Column ?? throw new InvalidDataException(name) : column + 1;
            if (ReadCell(reader) is not GridCell cell) { continue; }
            if (column < SheetGrid.MostColumns) { cells.Add((column, cell)); }
            else { hasMore = true; }
        }
        return cells;
    }

    private GridCell? ReadCell(XmlReader reader)
    {
        string type = reader.GetAttribute("t") ?? "n";
        int format = reader.GetAttribute("s") is string stated ? Number(stated) : 0;
        string value = "", inline = "";
        bool isFormula = false, hasValue = false;
        if (!reader.IsEmptyElement)
        {
            int depth = reader.Depth;
            string within = "";
            while (Next(reader) && reader.Depth > depth)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    within = reader.LocalName;
                    isFormula |= within == "f";
                    hasValue |= within == "v";
                    if (within == "is") { inline = TextWithin(reader); }
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && within == "v" && value.Length < SheetGrid.LongestText)
                {
                    value += SheetGrid.Cut(reader.Value);
                }
            }
        }
        GridCell? cell = type switch
        {
            "inlineStr" => new GridCell(CellContent.Text, inline.Trim()),
            // A formula may give an empty text, and then it did give something.
            _ when value.Length == 0 => isFormula && !(type == "str" && hasValue) ? new GridCell(CellContent.Unreckoned, "=") : null,
            "s" => new GridCell(CellContent.Text, Number(value) is var text && text < _texts.Count ? _texts[text].Trim() : throw new InvalidDataException(value)),
            "str" => new GridCell(CellContent.Text, value.Trim()),
            "b" => new GridCell(CellContent.Boolean, value == "1" ? "TRUE" : "FALSE"),
            "e" => new GridCell(CellContent.Error, value),
            "d" => new GridCell(CellContent.Day, value),
            _ => WrittenNumber.OfWorkbook(value, format < _formats.Count ? _formats[format] : NumberFormat.General, _isFrom1904),
        };
        return cell is null || cell.Text.Length == 0 ? null : cell with { IsFormula = isFormula };
    }

    /// <summary>Gives all merged cells what stands in the first of them, as far as rows with something in them go; whether there were not too many.</summary>
    private bool Spread(ref GridRow[] grid, List<(int Top, int Left, int Bottom, int Right)> merged, int filled)
    {
        var positions = new Dictionary<int, int>(grid.Length);
        for (int i = 0; i < grid.Length; i++) { positions[grid[i].Line] = i; }
        foreach ((int top, int left, int bottom, int right) in merged)
        {
            if (!positions.TryGetValue(top, out int first) || grid[first].At(left) is not GridCell anchor) { continue; }
            string range = $"{SheetGrid.NameOf(left, top)}:{SheetGrid.NameOf(right, bottom)}";
            GridCell spread = anchor with { Merged = range, IsMergedDown = bottom > top };
            int last = int.Min(right, SheetGrid.MostColumns - 1);
            if (left > last) { continue; }
            for (int row = first; row < grid.Length && grid[row].Line <= bottom; row++)
            {
                GridCell?[] cells = grid[row].Cells;
                if (cells.Length <= last) { Array.Resize(ref cells, last + 1); }
                for (int column = left; column <= last; column++) { cells[column] = spread; }
                grid[row] = grid[row] with { Cells = cells };
                filled += last + 1 - left;
                if (TextGrid.TooMany(grid.Length, filled, _faults)) { return false; }
            }
        }
        return true;
    }

    private static (int Top, int Left, int Bottom, int Right)? Range(string? text) =>
        text?.Split(':') is [var from, var to] && CellOf(from) is { Line: > 0 } first && CellOf(to) is { Line: > 0 } last && first.Column <= last.Column && first.Line <= last.Line
            ? (first.Line, first.Column, last.Line, last.Column)
            : null;

    /// <summary>The column, counted from 0, and the line of a cell by its name.</summary>
    private static (int Column, int Line)? CellOf(string name)
    {
        int column = 0, at = 0;
        for (; at < name.Length && char.IsAsciiLetterUpper(name[at]); at++)
        {
            column = (column * 26) + (name[at] - 'A' + 1);
            if (column > LastColumn) { return null; }
        }
        return at > 0 && int.TryParse(name.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out int line) && line <= LastLine ? (column - 1, line) : null;
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new InvalidDataException(text);

    /// <summary>Where a part points to.</summary>
    private readonly record struct Relation(string Id, string Type, string Target);

    /// <summary>More came out of the packing than may, from one part or, where none is named, from all.</summary>
    private sealed class UnpackedTooLargeException(string? part) : Exception
    {
        public string? Part { get; } = part;
    }

    /// <summary>A part as it comes out of its packing, counted.</summary>
    private sealed class Counted(WorkbookFile file, ZipArchiveEntry entry) : Stream
    {
        private readonly Stream _inner = entry.Open();
        private long _length;
        private int _run;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = _inner.Read(buffer, offset, count);
            _length += read;
            file._unpacked += read;
            if (file._unpacked > LargestUnpacked) { throw new UnpackedTooLargeException(null); }
            CheckRatio(entry, _length);
            CheckRun(buffer.AsSpan(offset, read));
            return read;
        }

        // A tag with a million attributes takes its reader far longer than its length says.
        private void CheckRun(ReadOnlySpan<byte> bytes)
        {
            // Spreadsheets write UTF-8, in which this byte is always the end of a tag or such a letter; in wider encodings it may be half of any other.
            if (_length == bytes.Length && bytes.Length > 0 && (bytes[0] >= 0xFE || bytes[..int.Min(bytes.Length, 4)].Contains((byte)0))) { throw new XmlException("Not in UTF-8."); }
            for (int at = 0; at < bytes.Length;)
            {
                int end = bytes[at..].IndexOf((byte)'>');
                _run += end < 0 ? bytes.Length - at : end;
                if (_run > LongestRun) { throw new XmlException("A tag or a text is longer than any."); }
                if (end < 0) { break; }
                (at, _run) = (at + end + 1, 0);
            }
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) { _inner.Dispose(); }
            base.Dispose(disposing);
        }
    }
}
