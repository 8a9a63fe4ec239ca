using System.Globalization;
using System.Text;
using CostShare.Api.Explanations;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Costs;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CostShare.Api.CommandLine;

/// <summary>A comparison as tables: the funding, every household, every floor; and below them what can be said about each scheme.</summary>
/// <param name="request">The request.</param>
/// <param name="result">Its answer.</param>
/// <param name="language">The language of headings.</param>
/// <param name="width">The width of the terminal in cells; null where nothing is to be wrapped.</param>
internal sealed class ComparisonTables(ComparisonRequest request, ComparisonResult result, Language language, int? width)
{
    // Wide enough for any table, so that nothing is wrapped or cut where no terminal says how wide it is.
    private const int Unlimited = 1_000_000;

    // In a terminal, names longer than this are folded.
    private const int WidestName = 24;

    // What the border and the padding add to each column.
    private const int Between = 3;

    private readonly StringBuilder _text = new();
    private readonly string[] _names = Names(request.Schemes);
    private readonly bool _reserve = result.Schemes.Any(scheme => scheme.Reserve > Money.Zero);
    private readonly bool _relief = result.Schemes.Any(scheme => scheme.Relief > Money.Zero);

    // A column of amounts is not made narrower for the sake of its neighbours: no amount is broken, and names stay readable.
    private readonly int _narrowest = result.Schemes.SelectMany(scheme => scheme.Shares.Select(share => share.Amount).Append(Sum(scheme)))
        .Max(amount => Figures.Yuan(amount).Length) is > 14 and int longest ? longest : 14;

    /// <summary>The comparison as text that ends in a line break.</summary>
    public string Print()
    {
        using var writer = new StringWriter(_text);
        IAnsiConsole console = Console(writer);
        WriteFunding(console);
        if (request.Funding.Count > 0) { WriteTitled(console, language.Choose("费用由谁出", "Who pays what"), MatrixTable()); }
        WritePolicies(writer);
        int[] all = [.. Enumerable.Range(0, request.Schemes.Count)];
        WriteTables(console, language.Choose("各户", "Households"), HouseholdTable, all);
        WriteTables(console, language.Choose("各层", "Floors"), FloorTable, all);
        foreach (int k in all)
        {
            if (result.Schemes[k].Guidance is GuidanceResult guidance)
            {
                WriteTitled(console, language.Choose($"{_names[k]}：指导区间 {guidance.Policy}", $"{_names[k]}: guidance ranges {guidance.Policy}"), GuidanceTable(guidance));
            }
        }
        WriteNotes();
        foreach (int k in all) { WriteStatements(k); }
        return string.Join('\n', _text.ToString().Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + '\n';
    }

    private static IAnsiConsole Console(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Unlimited;
        return console;
    }

    private void WriteFunding(IAnsiConsole console)
    {
        FundingResult funding = result.Funding;
        Table table = new Table { Border = TableBorder.None, ShowHeaders = false }
            .AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new TableColumn("") { Alignment = Justify.Right, Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 0, 0) });
        void Add(string label, Money amount, string note = "") => table.AddRow(
            new Text(label), new Text($"{Figures.Yuan(amount)} {language.Choose("元", "yuan")}"), new Text(note));

        Add(language.Choose("总造价", "Total cost"), funding.TotalCost);
        for (int i = 0; i < funding.Sources.Count; i++)
        {
            SourceResult source = funding.Sources[i];
            string kind = request.Funding[i] is ProgrammeSource ? language.Choose("其他项目", "Programme") : language.Choose("资金来源", "Source");
            Add($"{kind} {source.Id}", source.Amount, Note(source));
        }
        Add(language.Choose("自筹", "Self-funded"), funding.SelfFunded);
        if (funding.Bridge > Money.Zero)
        {
            Add(language.Choose("另要垫付", "To be bridged"), funding.Bridge, language.Choose("这笔钱验收后才到账", "arrives only after acceptance"));
        }
        if (funding.Refund > Money.Zero) { Add(language.Choose("以后退还各户", "Refunded later"), funding.Refund); }
        console.Write(table);
    }

    /// <summary>How each subsidy was reckoned, and how its conditions stand.</summary>
    private void WritePolicies(StringWriter writer)
    {
        Dictionary<string, string> lines = request.Costs.ToDictionary(line => line.Id.Value, line => line.Name);
        foreach (SourceResult source in result.Funding.Sources)
        {
            if (source.Policy is not PolicyResult policy) { continue; }
            string from = policy.From.ToString(policy.FromKnown switch { DayKnown.Day => "yyyy-MM-dd", DayKnown.Month => "yyyy-MM", _ => "yyyy" }, CultureInfo.InvariantCulture);
            writer.WriteLine();
            writer.WriteLine(language.Choose(
                $"{source.Id}：政策 {policy.Policy}，{from} 起；可靠程度：{Grade(policy.Certainty)}；{PaidWhenSaid(policy.Paid)}",
                $"{source.Id}: policy {policy.Policy}, from {from}; how sure: {Grade(policy.Certainty)}; {PaidWhenSaid(policy.Paid)}"));
            int step = 0;
            // Steps stand part by part; a subsidy of which a condition is not met has no parts, and a step that says so.
            foreach (PartResult part in policy.Parts)
            {
                writer.WriteLine($"  {Say(part.Name)}{language.Choose($"（{LayerOf(part.Layer)}）", $" ({LayerOf(part.Layer)})")}{(part.Paragraph is string paragraph ? $", {paragraph}" : "")}");
                for (int last = step + part.Steps; step < last; step++) { WriteStep(step); }
            }
            for (; step < source.Steps.Count; step++) { WriteStep(step); }
            foreach (ConditionResult condition in policy.Conditions)
            {
                string state = condition.State switch
                {
                    ConditionState.Met => language.Choose("满足", "met"),
                    ConditionState.Unmet => language.Choose("不满足", "not met"),
                    _ => language.Choose("不清楚，按满足算", "not known, taken as met"),
                };
                writer.WriteLine($"  {state}{language.Choose("：", ": ")}{Say(condition.Words)}");
            }
            if (policy.Evidence.Count > 0)
            {
                writer.WriteLine($"  {language.Choose("所需材料：", "Papers to hand in: ")}{string.Join(language.Choose("、", ", "), policy.Evidence.Select(paper => Say(paper)))}");
            }
            if (policy.Note is Words note) { writer.WriteLine($"  {language.Choose("注意：", "Note: ")}{Say(note)}"); }
            foreach (PolicyReference reference in policy.References)
            {
                string[] parts = [Say(reference.Title), .. new[] { reference.Number, reference.Address, reference.Paragraph }.OfType<string>()];
                writer.WriteLine($"  {language.Choose($"出处（{Grade(reference.Certainty)}）：", $"Source ({Grade(reference.Certainty)}): ")}{string.Join(language.Choose("，", ", "), parts)}");
            }

            void WriteStep(int number) =>
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {number + 1}. {StepTexts.Sentence(source.Steps[number], language, lines)}"));
        }
    }

    private string Say(Words words) => language.Choose(words.Zh, words.En);

    private string PaidWhenSaid(PaidWhen paid) => paid switch
    {
        PaidWhen.AfterAcceptance => language.Choose("验收后发放", "paid after acceptance"),
        PaidWhen.DuringWorks => language.Choose("施工中发放", "paid during the works"),
        _ => language.Choose("何时发放没有写明，按验收后算", "when it is paid is not stated, taken as after acceptance"),
    };

    private string LayerOf(Layer layer) => layer switch
    {
        Layer.City => language.Choose("市", "city"),
        Layer.District => language.Choose("区", "district"),
        Layer.Subdistrict => language.Choose("街道", "street"),
        _ => language.Choose("市和区", "city and district"),
    };

    private string Grade(Certainty certainty) => certainty switch
    {
        Certainty.Official => language.Choose("官方", "official"),
        Certainty.Press => language.Choose("报道或实务文件", "press or practice"),
        Certainty.Hint => language.Choose("线索", "a hint"),
        _ => language.Choose("无出处", "background without a source"),
    };

    private string Note(SourceResult source)
    {
        var notes = new List<string>();
        if (source.Treatment == Treatment.RefundProRata) { notes.Add(language.Choose("住户先付，以后按比例退还", "residents pay first; refunded pro rata")); }
        if (source.Treatment == Treatment.UpkeepFund) { notes.Add(language.Choose("留作维保基金，不减自筹", "kept as upkeep fund, does not lower the self-funded part")); }
        if (source.Expenses > Money.Zero)
        {
            notes.Add(language.Choose($"扣除费用 {Figures.Yuan(source.Expenses)} 元", $"less expenses of {Figures.Yuan(source.Expenses)} yuan"));
        }
        if (source.Unused > Money.Zero) { notes.Add(language.Choose($"未用 {Figures.Yuan(source.Unused)} 元", $"unused {Figures.Yuan(source.Unused)} yuan")); }
        return string.Join(language.Choose("；", "; "), notes);
    }

    /// <summary>Writes a table with all schemes, or several of as many schemes as the terminal has room for.</summary>
    private void WriteTables(IAnsiConsole console, string title, Func<int[], int?, Table> build, int[] all)
    {
        int columns = all.Length;
        int? amounts = null;
        if (width is int cells)
        {
            int room = cells - ((IRenderable)build([], null)).Measure(RenderOptions.Create(console, console.Profile.Capabilities), Unlimited).Max;
            columns = int.Clamp(room / (_narrowest + Between), 1, all.Length);
            amounts = int.Max(_narrowest, (room / columns) - Between);
        }
        foreach (int[] schemes in all.Chunk(columns)) { WriteTitled(console, title, build(schemes, amounts)); }
    }

    private void WriteTitled(IAnsiConsole console, string title, Table table)
    {
        _text.Append('\n').Append(title).Append('\n');
        console.Write(table);
    }

    /// <summary>Who pays how much of which cost line, without zeros.</summary>
    private Table MatrixTable()
    {
        Table table = new Table { Border = TableBorder.Ascii };
        string Payer(SourceId id) => id == SourceId.SelfFunded ? language.Choose("自筹", "Self-funded") : id.Value;
        table.AddColumn(Named(language.Choose("费用", "Cost"), request.Costs.Select(line => line.Name), language.Choose("合计", "Sum")));
        table.AddColumn(Named(language.Choose("来源", "From"), result.Funding.Matrix.Select(entry => Payer(entry.SourceId)), ""));
        table.AddColumn(RightAligned(language.Choose("元", "Yuan"), Figures.Yuan(result.Funding.TotalCost), null));
        foreach (CostLine line in request.Costs)
        {
            string name = line.Name;
            foreach (MatrixEntry entry in result.Funding.Matrix.Where(entry => entry.CostId == line.Id))
            {
                table.AddRow(new Text(name), new Text(Payer(entry.SourceId)), new Text(Figures.Yuan(entry.Amount)));
                name = "";
            }
        }
        return table;
    }

    /// <summary>What each floor pays, in per cent, beside its range.</summary>
    private Table GuidanceTable(GuidanceResult guidance)
    {
        Table table = new Table { Border = TableBorder.Ascii };
        foreach (string heading in new[] { language.Choose("楼层", "Floor"), language.Choose("本方案 %", "Scheme %"), language.Choose("区间 %", "Range %") })
        {
            table.AddColumn(new TableColumn(new Text(heading)) { Alignment = Justify.Right });
        }
        table.AddColumn(new TableColumn(new Text("")));
        foreach (FloorGuidance floor in guidance.Floors)
        {
            table.AddRow(new Text(floor.Floor.ToString()), new Text(Figures.Percent(floor.Percent)), new Text($"{Figures.Percent(floor.Low)} – {Figures.Percent(floor.High)}"),
                new Text(floor.Position switch
                {
                    RangePosition.Within => language.Choose("在区间内", "within"),
                    RangePosition.Below => language.Choose("低于区间", "below"),
                    _ => language.Choose("高于区间", "above"),
                }));
        }
        return table;
    }

    private Table HouseholdTable(int[] schemes, int? amounts)
    {
        IReadOnlyList<Household> households = request.Building.Households;
        Table table = new Table { Border = TableBorder.Ascii };
        string[] labels = [language.Choose("合计", "Sum"),
            .. _relief ? [language.Choose("减免", "Relief")] : Array.Empty<string>(), .. _reserve ? [language.Choose("结余", "Reserve")] : Array.Empty<string>()];

        table.AddColumn(Named(language.Choose("户号", "Household"), households.Select(household => household.Id.Value), string.Join('\n', labels)));
        table.AddColumn(RightAligned(language.Choose("楼层", "Floor"), "", null));
        table.AddColumn(RightAligned(language.Choose("面积 m²", "Area m²"), Area(households), null));
        for (int column = 0; column < schemes.Length; column++)
        {
            SchemeResult scheme = result.Schemes[schemes[column]];
            string[] footer = [Figures.Yuan(Sum(scheme)), .. _relief ? [Figures.Yuan(scheme.Relief)] : Array.Empty<string>(),
                .. _reserve ? [Figures.Yuan(scheme.Reserve)] : Array.Empty<string>()];
            table.AddColumn(RightAligned(_names[schemes[column]], string.Join('\n', footer), amounts));
        }
        for (int i = 0; i < households.Count; i++)
        {
            table.AddRow([new Text(households[i].Id.Value), new Text(households[i].Floor.ToString()), new Text(Figures.SquareMetres(households[i].Area.Hundredths)),
                .. schemes.Select(k => new Text(Figures.Yuan(result.Schemes[k].Shares[i].Amount)))]);
        }
        return table;
    }

    private Table FloorTable(int[] schemes, int? amounts)
    {
        Table table = new Table { Border = TableBorder.Ascii };
        IReadOnlyList<FloorTotal> floors = result.Schemes[0].Floors;
        table.AddColumn(new TableColumn(new Text(language.Choose("楼层", "Floor"))) { Alignment = Justify.Right, Footer = new Text(language.Choose("合计", "Sum")) });
        table.AddColumn(RightAligned(language.Choose("户数", "Households"), request.Building.Households.Count.ToString(CultureInfo.InvariantCulture), null));
        foreach (int k in schemes)
        {
            table.AddColumn(RightAligned(_names[k], Figures.Yuan(Sum(result.Schemes[k])), amounts));
        }
        for (int i = 0; i < floors.Count; i++)
        {
            table.AddRow([new Text(floors[i].Floor.ToString()), new Text(floors[i].Households.ToString(CultureInfo.InvariantCulture)),
                .. schemes.Select(k => new Text(Figures.Yuan(result.Schemes[k].Floors[i].Amount)))]);
        }
        return table;
    }

    private void WriteNotes()
    {
        _text.Append('\n').Append((_relief, _reserve) switch
        {
            (true, true) => language.Choose("金额单位：元。合计 + 减免 − 结余 = 自筹。", "Amounts in yuan. Sum + relief − reserve = self-funded."),
            (true, false) => language.Choose("金额单位：元。合计 + 减免 = 自筹。", "Amounts in yuan. Sum + relief = self-funded."),
            (false, true) => language.Choose("金额单位：元。合计 − 结余 = 自筹。", "Amounts in yuan. Sum − reserve = self-funded."),
            _ => language.Choose("金额单位：元。合计 = 自筹。", "Amounts in yuan. Sum = self-funded."),
        });
    }

    /// <summary>The facts of a scheme; below those that rest on the same stands what they rest on.</summary>
    private void WriteStatements(int scheme)
    {
        if (result.Schemes[scheme].Facts.Statements is not { Count: > 0 } statements) { return; }
        _text.Append("\n\n").Append(language.Choose($"{_names[scheme]}：要点", $"{_names[scheme]}: what to know")).Append('\n');
        for (int i = 0; i < statements.Count; i++)
        {
            _text.Append("  ").Append(Say(statements[i].Sentence)).Append('\n');
            if (i + 1 == statements.Count || statements[i + 1].Assumption != statements[i].Assumption)
            {
                _text.Append("    ").Append(language.Choose("前提：", "This rests on: ")).Append(Say(statements[i].Assumption)).Append('\n');
            }
        }
    }

    private TableColumn Named(string heading, IEnumerable<string> names, string footer) => new(new Text(heading))
    {
        Footer = new Text(footer),
        Width = width is null ? null : int.Min(WidestName, names.Append(heading).Concat(footer.Split('\n')).Max(text => new Segment(text).CellCount())),
    };

    private TableColumn RightAligned(string heading, string footer, int? cells) => new(new Text(heading))
    {
        Alignment = Justify.Right,
        Footer = new Text(footer),
        Width = cells is int most ? int.Min(most, int.Max(_narrowest, new Segment(heading).CellCount())) : null,
    };

    private static Money Sum(SchemeResult scheme) => Money.Sum(scheme.Shares.Select(share => share.Amount));

    private static string Area(IReadOnlyList<Household> households) =>
        Figures.SquareMetres(households.Sum(household => household.Area.Hundredths));

    // Two schemes may have one name; then the ids tell them apart.
    private static string[] Names(IReadOnlyList<Scheme> schemes) =>
        [.. schemes.Select(scheme => schemes.Count(other => other.Name == scheme.Name) == 1 ? scheme.Name : $"{scheme.Name} ({scheme.Id})")];
}
