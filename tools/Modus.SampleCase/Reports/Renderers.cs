using System.Net;
using System.Text;

namespace Modus.SampleCase.Reports;

/// <summary>Writes pieces as Markdown and as HTML.</summary>
internal static class Renderers
{
    public static string Markdown(IEnumerable<Block> blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            switch (block)
            {
                case Heading heading: text.Append('#', heading.Level).Append(' ').Append(heading.Text).Append("\n\n"); break;
                case Paragraph paragraph: text.Append(Escape(paragraph.Text)).Append("\n\n"); break;
                case Bullets bullets:
                    foreach (var item in bullets.Items) text.Append("- ").Append(Escape(item)).Append('\n');
                    text.Append('\n');
                    break;
                case Figure figure: text.Append('*').Append(figure.Caption).Append(' ').Append(string.Join(" → ", figure.Boxes)).Append("*\n\n"); break;
                case Table table:
                    text.Append("| ").Append(string.Join(" | ", table.Head)).Append(" |\n|").Append(string.Concat(table.Head.Select(_ => " --- |"))).Append('\n');
                    foreach (var row in table.Rows) text.Append("| ").Append(string.Join(" | ", row.Select(Escape))).Append(" |\n");
                    text.Append('\n');
                    break;
            }
        }

        return text.ToString();
    }

    public static string Html(string title, IEnumerable<Block> blocks)
    {
        var text = new StringBuilder($"<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(title)}</title></head>\n<body>\n<nav><a href=\"/\">Saltmarsh Research</a> <a href=\"/reports\">Reports</a></nav>\n<main>\n");
        foreach (var block in blocks)
        {
            switch (block)
            {
                case Heading heading: text.Append($"<h{heading.Level}>{Encode(heading.Text)}</h{heading.Level}>\n"); break;
                case Paragraph paragraph: text.Append($"<p>{Encode(paragraph.Text)}</p>\n"); break;
                case Bullets bullets: text.Append("<ul>\n").Append(string.Concat(bullets.Items.Select(item => $"<li>{Encode(item)}</li>\n"))).Append("</ul>\n"); break;
                case Figure figure: text.Append($"<figure><p>{Encode(string.Join(" → ", figure.Boxes))}</p><figcaption>{Encode(figure.Caption)}</figcaption></figure>\n"); break;
                case Table table:
                    text.Append("<table>\n<thead><tr>").Append(string.Concat(table.Head.Select(cell => $"<th>{Encode(cell)}</th>"))).Append("</tr></thead>\n<tbody>\n");
                    foreach (var row in table.Rows) text.Append("<tr>").Append(string.Concat(row.Select(cell => $"<td>{Encode(cell)}</td>"))).Append("</tr>\n");
                    text.Append("</tbody>\n</table>\n");
                    break;
            }
        }

        return text.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[.]", "\\[.\\]", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}
