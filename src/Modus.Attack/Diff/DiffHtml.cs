using System.Globalization;
using System.Net;

namespace Modus.Attack.Diff;

/// <summary>Writes a diff as one HTML page that needs nothing else: no script, no font, no address is loaded.</summary>
public static class DiffHtml
{
    private const string Style = """
        :root{color-scheme:light dark}body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:90rem;padding:0 1rem}
        table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}th,td{border:1px solid #8886;padding:.25rem .5rem;text-align:left;vertical-align:top}
        th{position:sticky;top:0;background:Canvas}ins{background:#2a92;text-decoration:underline}del{background:#c332}summary{cursor:pointer;font-weight:600;font-size:1.15rem;margin:.6rem 0}
        nav a{margin-right:1rem}td:has(ins),td:has(del){min-width:28rem}
        """;

    /// <summary>Writes the sections chosen by key; null writes all.</summary>
    public static void Write(ReleaseDiff diff, TextWriter output, IReadOnlySet<string>? only = null)
    {
        ArgumentNullException.ThrowIfNull(diff);
        ArgumentNullException.ThrowIfNull(output);
        var sections = DiffSections.Of(diff, only);
        var title = Escape($"ATT&CK {diff.From.Name} → {diff.To.Name}");
        output.Write("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n");
        output.Write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        output.Write($"<title>{title}</title><style>{Style}</style></head>\n<body><main><h1>{title}</h1>\n");
        foreach (var line in DiffHead.Lines(diff)) output.Write($"<p>{Escape(line)}</p>\n");
        output.Write("<nav aria-label=\"Sections\">");
        foreach (var section in sections) output.Write($"<a href=\"#{section.Key}\">{Escape(section.Title)} ({Number(section.Rows.Count)})</a> ");
        output.Write("</nav>\n");
        foreach (var section in sections) Write(section, output);
        output.Write("</main></body></html>\n");
    }

    private static void Write(DiffSection section, TextWriter output)
    {
        const int OpenRows = 60;
        var heading = $"{Escape(section.Title)} ({Number(section.Rows.Count)})";
        output.Write($"<details id=\"{section.Key}\"{(section.Rows.Count <= OpenRows ? " open" : "")}><summary>{heading}</summary>\n<table><thead><tr>");
        foreach (var header in section.Headers) output.Write($"<th scope=\"col\">{Escape(header)}</th>");
        output.Write("</tr></thead><tbody>\n");
        foreach (var row in section.Rows)
        {
            output.Write("<tr>");
            foreach (var cell in row) output.Write($"<td>{Cell(cell)}</td>");
            output.Write("</tr>\n");
        }
        output.Write("</tbody></table></details>\n");
    }

    private static string Cell(DiffCell cell) => cell.Pieces is not { } pieces
        ? Escape(cell.Text)
        : string.Concat(pieces.Select(piece => piece.Change switch
        {
            WordChange.Added => $"<ins>{Escape(piece.Text)}</ins>",
            WordChange.Removed => $"<del>{Escape(piece.Text)}</del>",
            _ => Escape(piece.Text),
        }));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
