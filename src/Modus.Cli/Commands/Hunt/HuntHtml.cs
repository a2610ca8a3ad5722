using System.Globalization;
using System.Net;
using Modus.Cli.Shell;
using Modus.Sigma.Hunting;

namespace Modus.Cli.Commands.Hunt;

/// <summary>A hunt as one page without scripts and without anything fetched from elsewhere.</summary>
internal static class HuntHtml
{
    private const string Style =
        "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1b2430;background:#fff}"
        + "table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d5dbe3;vertical-align:top;overflow-wrap:anywhere}"
        + "th{background:#eef2f6}td.n{text-align:right}.critical,.high{font-weight:700}caption{text-align:left;font-weight:700;font-size:1.1rem;padding:.4rem 0}"
        + "@media(prefers-color-scheme:dark){body{background:#12171e;color:#e6ebf1}th{background:#1f2833}th,td{border-color:#33404f}}";

    public static void Write(TextWriter to, HuntResults results, HuntReport report)
    {
        to.Write("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        to.Write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        to.Write($"<title>Hunt</title><style>{Style}</style></head>\n<body><main><h1>Hunt</h1>\n");
        to.Write(string.Create(CultureInfo.InvariantCulture, $"<p>{results.Hits:N0} hits in {report.Events:N0} events of {report.Logs.Files.Count} files, {results.Set.Rules.Length + results.Set.Correlations.Length} rules, {results.Silent.Count} of them without their log source.</p>\n"));
        Table(to, "Levels", results.Fired.GroupBy(rule => rule.Header.Level).OrderByDescending(group => group.Key), ["Level", "Rules", "Hits"],
            group => [HuntText.Level(group.Key), group.Count(), group.Sum(rule => rule.Count)]);
        Table(to, $"Tactics ({string.Join(", ", results.Releases.Select(release => release.Name))})", results.Tactics, ["Tactic", "Hits", "Techniques"], tactic => [tactic.Name, tactic.Hits, tactic.Techniques]);
        Table(to, "Hosts", results.Hosts, ["Host", "Hits", "First", "Last"], host => [host.Name, host.ByLevel.Values.Sum(), HuntText.Time(host.First), HuntText.Time(host.Last)]);
        Table(to, "Rules that matched", results.Fired, ["Level", "Hits", "Rule", "Author", "Techniques", "Hosts", "First", "Last"],
            rule => [HuntText.Level(rule.Header.Level), rule.Count, rule.Header.Title, rule.Header.Author, HitLine.TechniquesOf(rule.Header), rule.Hosts, HuntText.Time(rule.First), HuntText.Time(rule.Last)]);
        Table(to, "Log sources seen", report.Sources, ["Source", "Events", "Rules", "Hits", "First", "Last"],
            source => [source.Source, source.Events, source.Rules, source.Hits, HuntText.Time(source.First), HuntText.Time(source.Last)]);
        Table(to, "Log sources that rules wait for and that are not here", results.Silent.GroupBy(rule => rule.LogSource.ToString()).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal),
            ["Product/category/service", "Rules"], group => [group.Key, group.Count()]);
        Table(to, results.Lines.Count < results.Hits ? string.Create(CultureInfo.InvariantCulture, $"The first {results.Lines.Count:N0} of {results.Hits:N0} hits") : "Hits", results.Lines.OrderBy(line => line.Time),
            [.. HitLine.Columns.Where(column => column.Header is not null).Select(column => column.Header!)],
            line => [.. HitLine.Columns.Where(column => column.Header is not null).Select(column => column.Value(line))]);
        to.Write("</main></body></html>\n");
    }

    private static void Table<T>(TextWriter to, string caption, IEnumerable<T> rows, string[] heads, Func<T, object?[]> cells)
    {
        to.Write($"<table><caption>{WebUtility.HtmlEncode(caption)}</caption><thead><tr>{string.Concat(heads.Select(head => $"<th scope=\"col\">{WebUtility.HtmlEncode(head)}</th>"))}</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            to.Write("<tr>");
            foreach (var cell in cells(row))
                to.Write(cell is int or long ? $"<td class=\"n\">{Encode(cell)}</td>" : $"<td>{Encode(cell)}</td>");
            to.Write("</tr>\n");
        }

        to.Write("</tbody></table>\n");
    }

    private static string Encode(object? value) => WebUtility.HtmlEncode(SafeText.ForTerminal(Values.Text(value)));
}
