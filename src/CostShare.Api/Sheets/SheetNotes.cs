using CostShare.Api.Buildings;
using CostShare.Api.Problems;

namespace CostShare.Api.Sheets;

/// <summary>Gathers what was understood in another way than word for word; what is alike is told once, with all its cells.</summary>
/// <param name="language">The language of the sentences.</param>
internal sealed class SheetNotes(Language language)
{
    /// <summary>The most notes that are listed, and the most cells that one names.</summary>
    public const int Most = 500, MostCells = 20;

    // What a sentence itself names; the list of cells has more.
    private const int MostInSentence = 5;

    private readonly Phrases _say = new(language);
    private readonly Dictionary<(SheetNoteCode Code, string About, string Read), Gathered> _gathered = [];

    /// <summary>How many there are.</summary>
    public int Count => _gathered.Count;

    /// <summary>Notes something.</summary>
    /// <param name="code">What it is.</param>
    /// <param name="cell">Where; empty for the sheet as a whole.</param>
    /// <param name="about">What stands there, or what is spoken of.</param>
    /// <param name="read">What it was read as.</param>
    public void Add(SheetNoteCode code, string cell, string about = "", string read = "")
    {
        if (!_gathered.TryGetValue((code, about, read), out Gathered? gathered)) { _gathered[(code, about, read)] = gathered = new Gathered(_gathered.Count); }
        if (gathered.Cells.Count < MostCells && cell.Length > 0) { gathered.Cells.Add(cell); }
        gathered.Count++;
    }

    /// <summary>The notes in the order in which they were met.</summary>
    public IReadOnlyList<SheetNote> Tell() =>
    [
        .. _gathered.OrderBy(entry => entry.Value.Position).Take(Most)
            .Select(entry => new SheetNote(entry.Key.Code, entry.Value.Cells, entry.Value.Count, Sentence(entry.Key.Code, Where(entry.Value), entry.Key.About, entry.Key.Read))),
    ];

    /// <summary>Why lines were not read.</summary>
    public string Of(SkippedWhy why) => why switch
    {
        SkippedWhy.Blank => Choose("空行。", "Nothing stands here."),
        SkippedWhy.Title => Choose("在标题行上面，没有当作数据。", "It stands above the headings and was not taken for data."),
        SkippedWhy.Heading => Choose("这是标题行。", "These are headings."),
        SkippedWhy.Total => Choose("这是合计行，没有当作一户。", "This row holds totals and was not taken for a household."),
        SkippedWhy.Subtotal => Choose("这是小计或平均行，没有当作一户。", "This row holds a sum or a mean of rows above it and was not taken for a household."),
        SkippedWhy.Note => Choose("这是说明文字，没有当作数据。", "This is a remark and was not taken for data."),
        _ => Choose("下面是另一张表，没有读。", "Another table begins here; it was not read."),
    };

    private string Sentence(SheetNoteCode code, string where, string about, string read) => code switch
    {
        SheetNoteCode.ReadAs => Choose($"{where}：{Quote(about)}读作 {read}。", $"{where}: {Quote(about)} was read as {read}."),
        SheetNoteCode.Unit => Choose($"{where}：这一列的金额以{about}为单位，已经换成元。", $"{where}: the amounts of this column are in {about} and were made yuan."),
        SheetNoteCode.PartsOfOne => Choose($"{where}：这一列加起来是 1 左右，读作百分比，例如 0.12 读作 12%。", $"{where}: this column comes to about 1 and was read as percentages: 0.12 as 12%."),
        SheetNoteCode.FloorOfDoor => Choose($"{where}：没有写楼层，按门牌号得出，例如 302 是 3 楼。", $"{where}: no floor is stated, so it was read off the door number: 302 is on floor 3."),
        SheetNoteCode.FloorFromAbove => Choose($"{where}：楼层空着，和上一行一样，读作 {read}。", $"{where}: the floor is empty and was taken from the row above: {read}."),
        SheetNoteCode.FloorsDiffer => Choose($"{where}：写的是 {read}，可是门牌号是{Quote(about)}，请核对；这里按写的读。", $"{where}: {read} is stated, but the door number is {Quote(about)}; please check. What is stated was read."),
        SheetNoteCode.Merged => Choose($"{where}：合并的单元格，每一格都读作{Quote(about)}。", $"{where}: merged cells, each of which was read as {Quote(about)}."),
        SheetNoteCode.Formula => Choose($"{where}：是公式，读的是表格上次保存的得数。", $"{where}: a formula; the value that was last saved was read."),
        SheetNoteCode.HiddenRow => Choose($"{where}：隐藏的行，也读了。", $"{where}: hidden rows, which were read too."),
        SheetNoteCode.HiddenColumn => Choose($"{where}：隐藏的列，也读了。", $"{where}: hidden columns, which were read too."),
        SheetNoteCode.HiddenSheet => Choose($"工作表{Quote(about)}是隐藏的，也读了。", $"The sheet {Quote(about)} is hidden and was read all the same."),
        SheetNoteCode.OtherSheets => Choose($"文件里有 {read} 张工作表，读的是{Quote(about)}。", $"The file has {read} sheets; {Quote(about)} was read."),
        SheetNoteCode.Personal => Choose($"{where}：{Quote(about)}关系到个人，没有读，也没有保存。", $"{where}: {Quote(about)} is about persons and was neither read nor kept."),
        SheetNoteCode.HeadingUnderstood => Choose($"{where}：标题{Quote(about)}读作{Quote(read)}。", $"{where}: the heading {Quote(about)} was read as {Quote(read)}."),
        SheetNoteCode.SecondColumn => Choose($"{where}：{Quote(about)}这一列也像“{read}”，没有读。", $"{where}: the column {Quote(about)} would be \"{read}\" too; it was not read."),
        SheetNoteCode.HeadingsGuessed => Choose($"{where}：没有标题，看内容像是{Quote(read)}，请核对。", $"{where}: there is no heading; by what it holds it was taken for {Quote(read)}. Please check."),
        SheetNoteCode.MoreColumns => Choose($"第 {SheetGrid.MostColumns} 列以后的没有读。", $"What stands behind column {SheetGrid.MostColumns} was not read."),
        SheetNoteCode.EachHousehold => Choose($"{where}：按标题{Quote(about)}，每行的数是每一户的数。", $"{where}: by the heading {Quote(about)} the values of a row are of each household."),
        SheetNoteCode.NotOfEachHousehold => Choose($"{where}：{Quote(read)}是每一户的数，{Quote(about)}没有写是每一户的，不能放在一起读，所以没有读。",
            $"{where}: {Quote(read)} is of each household, and {Quote(about)} does not say that it is; the two cannot be read together, so it was not read."),
        SheetNoteCode.TotalUnnamed => Choose($"{where}：最后一行没有写是哪一户，各数正好是上面的合计，读作合计行。", $"{where}: the last row names no household and holds the sums of the rows above, so it was read as totals."),
        SheetNoteCode.OtherTable => Choose($"{where}：从这里开始是另一张表，没有读。", $"{where}: another table begins here; it was not read."),
        _ => throw new InvalidOperationException($"No sentence for {code}."),
    };

    private string Where(Gathered gathered)
    {
        string cells = string.Join(Choose("、", ", "), gathered.Cells.Take(MostInSentence).Select(Named));
        return gathered.Count > MostInSentence ? Choose($"{cells} 等 {gathered.Count} 处", $"{cells} and {gathered.Count - MostInSentence} more") : cells;
    }

    /// <summary>A whole row or column in words, a cell by its address.</summary>
    private string Named(string cell)
    {
        if (cell.Split(':') is not [string one, string other] || one != other) { return cell; }
        return char.IsDigit(one[0]) ? Choose($"第 {one} 行", $"Line {one}") : Choose($"{one} 列", $"Column {one}");
    }

    private string Quote(string text) => _say.Quote(Wire.Scalar.Shorten(text));

    private string Choose(string chinese, string english) => language.Choose(chinese, english);

    private sealed class Gathered(int position)
    {
        public int Position { get; } = position;

        public List<string> Cells { get; } = [];

        public int Count { get; set; }
    }
}
