using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CostShare.Api.Buildings;
using CostShare.Api.Problems;
using CostShare.Grains.Streets;

namespace CostShare.Api.Streets;

/// <summary>The progress table as a page to be read on a telephone, on a screen and on the board at the gate: large type, no script, nothing from elsewhere.</summary>
internal static class ProgressPage
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/html";

    private const string Style = """
        @page { size: A4; margin: 14mm 12mm; }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 1.25rem; font: 1.35rem/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #111; background: #fff; }
        main { max-width: 72rem; margin: 0 auto; }
        h1 { font-size: 2.1rem; line-height: 1.3; margin: 0; }
        p { margin: .3rem 0 1.2rem; }
        dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .8rem; margin: 0 0 1.2rem; }
        dl div { border: 2px solid #333; border-radius: .4rem; padding: .5rem .8rem; }
        dt { font-size: 1.2rem; }
        dd { margin: 0; font-size: 2rem; font-weight: bold; line-height: 1.25; }
        dd small { display: block; font-size: 1.15rem; font-weight: normal; }
        h2 { font-size: 1.5rem; margin: 1.4rem 0 .4rem; }
        .stages { display: flex; flex-wrap: wrap; gap: .2rem 1.8rem; list-style: none; margin: 0 0 1.2rem; padding: 0; }
        .stages b { font-size: 1.5rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border: 1px solid #555; padding: .45rem .6rem; text-align: left; }
        td:first-child { min-width: 9em; overflow-wrap: anywhere; }
        th { background: #eee; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        .day { white-space: nowrap; }
        @media screen and (max-width: 52rem) {
          body { padding: .9rem; }
          table, tbody, tr, td { display: block; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          tr { border: 2px solid #333; border-radius: .4rem; margin: 0 0 .9rem; padding: .3rem .8rem; }
          td { border: 0; padding: .15rem 0; display: flex; justify-content: space-between; gap: 1rem; }
          td:first-child { min-width: 0; font-size: 1.5rem; font-weight: bold; }
          td:first-child::before { content: none; }
          td::before { content: attr(data-heading); flex: none; }
        }
        @media print {
          body { padding: 0; font-size: 12pt; line-height: 1.35; }
          main { max-width: none; padding: 0 1px; }
          h1 { font-size: 20pt; } h2 { font-size: 14pt; margin: 8pt 0 3pt; }
          p { margin: 2pt 0 6pt; }
          dl { grid-template-columns: repeat(4, 1fr); gap: 5pt; margin: 0 0 6pt; }
          dl div { border-width: 1px; padding: 3pt 6pt; }
          dt, dd small { font-size: 11pt; } dd { font-size: 17pt; } .stages b { font-size: 13pt; }
          th, td { padding: 2.5pt 5pt; }
        }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Writes the page in the language of the request.</summary>
    public static Task Write(HttpContext context, ProgressTable table, StreetOffice office)
    {
        Language language = Languages.Of(context.Request);
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentLanguage = language.Tag();
        context.Response.ContentType = $"{MediaType}; charset=utf-8";
        return context.Response.WriteAsync(Page(table, office, language), context.RequestAborted);
    }

    private static string Page(ProgressTable table, StreetOffice office, Language language)
    {
        var words = new StreetWords(language, office.Policies);
        ProgressFigures figures = table.Figures;
        string name = Safe(table.Estate ?? table.Street), day = Phrases.Day(office.Today);
        var page = new StringBuilder(8_192);
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="{language.Tag()}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{name}{language.Choose("加装电梯推进表", ": progress of the lifts")}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{name}<br>{language.Choose("加装电梯推进表", "Progress of the lifts")}</h1>
            <p>{(table.Estate is null ? language.Choose("不在小区里的门栋", "Stairs that stand in no estate") : Safe(table.Street))}{language.Choose($"，截至 {day}", $", as of {day}")}</p>
            <dl>
            {Figure(language.Choose("签约率", "Signing rate"), $"{figures.SigningPercent}%", language.Choose($"{figures.Stairs} 个门栋，{figures.Signed} 个已签约", $"{figures.Signed} of {figures.Stairs} stairs have signed"))}
            {Figure(language.Choose("施工和验收中", "Under construction"), Stairs(figures.UnderConstruction, language), null)}
            {Figure(language.Choose("已投入使用", "In use"), Stairs(figures.InUse, language), null)}
            {Figure(language.Choose("能装", "A lift can be added"), Stairs(figures.Feasibility.Suitable, language), NotSuitable(figures.Feasibility, language))}
            </dl>
            <h2>{language.Choose("各阶段的门栋", "Stairs by stage")}</h2>
            <ul class="stages">

            """);
        foreach ((string stage, int stairs) in Stages(figures.Stages, words)) { page.Append(CultureInfo.InvariantCulture, $"<li>{stage} <b>{stairs}</b></li>\n"); }
        string[] headings =
        [
            language.Choose("地址", "Address"), language.Choose("层数", "Storeys"), language.Choose("户数", "Households"), language.Choose("能不能装", "Can it be added"),
            language.Choose("进度", "Stage"), language.Choose("从哪天起", "Since"), language.Choose("签约日期", "Signed on"),
        ];
        page.Append(CultureInfo.InvariantCulture, $"""
            </ul>
            <h2>{language.Choose("各门栋的进度", "Stair by stair")}</h2>
            <table role="table">
            <thead role="rowgroup"><tr role="row">{string.Concat(headings.Select(heading => $"<th role=\"columnheader\" scope=\"col\">{heading}</th>"))}</tr></thead>
            <tbody role="rowgroup">

            """);
        foreach (ProgressLine line in table.Lines)
        {
            page.Append("<tr role=\"row\">");
            Cell(0, "", Safe(line.Address));
            Cell(1, "number", $"{line.Storeys}");
            Cell(2, "number", line.Households is { } households ? $"{households.Number}" : "–");
            Cell(3, "", words.Of(line.Feasibility));
            Cell(4, "", words.Of(line.Stage));
            Cell(5, "day", line.StageOn is DateOnly since ? Phrases.Day(since) : "–");
            Cell(6, "day", line.SignedOn is DateOnly signed ? Phrases.Day(signed) : language.Choose("未签约", "not signed"));
            page.Append("</tr>\n");
        }
        page.Append("</tbody>\n</table>\n</main>\n</body>\n</html>\n");
        return page.ToString();

        void Cell(int column, string kind, string content) =>
            page.Append(CultureInfo.InvariantCulture, $"<td role=\"cell\"{(kind.Length > 0 ? $" class=\"{kind}\"" : "")} data-heading=\"{headings[column]}\">{content}</td>");
    }

    private static string Figure(string what, string number, string? more) => $"<div><dt>{what}</dt><dd>{number}{(more is null ? "" : $"<small>{more}</small>")}</dd></div>";

    private static string Stairs(int number, Language language) =>
        string.Create(CultureInfo.InvariantCulture, $"{number}{language.Choose(" 个", "")}");

    private static string? NotSuitable(FeasibilityFigures figures, Language language)
    {
        (string Chinese, string English, int Stairs)[] others = [("较难", "hard", figures.Hard), ("不适合", "unsuitable", figures.Unsuitable), ("还没有评估", "not assessed", figures.NotAssessed)];
        string told = string.Join(language.Choose("，", ", "), others.Where(other => other.Stairs > 0).Select(other => language.Choose($"{other.Chinese} {other.Stairs} 个", $"{other.Stairs} {other.English}")));
        return told.Length > 0 ? told : null;
    }

    private static IEnumerable<(string Stage, int Stairs)> Stages(StageFigures stages, StreetWords words) =>
    [
        (words.Of((Grains.Buildings.Stage?)null), stages.NotStarted),
        (words.Of(Grains.Buildings.Stage.Consulting), stages.Consulting),
        (words.Of(Grains.Buildings.Stage.Applying), stages.Applying),
        (words.Of(Grains.Buildings.Stage.PublicNotice), stages.PublicNotice),
        (words.Of(Grains.Buildings.Stage.Construction), stages.Construction),
        (words.Of(Grains.Buildings.Stage.Acceptance), stages.Acceptance),
        (words.Of(Grains.Buildings.Stage.InUse), stages.InUse),
        (words.Of(Grains.Buildings.Stage.Upkeep), stages.Upkeep),
    ];

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
