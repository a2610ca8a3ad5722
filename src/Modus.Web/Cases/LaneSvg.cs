using System.Globalization;
using System.Net;
using System.Text;

namespace Modus.Web.Cases;

/// <summary>The timeline as SVG. Razor has no good way with SVG's text, so it is written here; every text is escaped.</summary>
internal static class LaneSvg
{
    private const int LongestHost = 20;

    public static string Of(LaneDrawing lanes)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"lanes\" viewBox=\"0 0 {LaneDrawing.Width} {lanes.Height}\" role=\"group\" aria-label=\"Timeline by host; the table below says the same\">");
        svg.Append("<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line class=\"stripe\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke-width=\"2\"/></pattern></defs>");
        foreach (var (x, text) in lanes.Days)
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"day\" x1=\"{LaneDrawing.Text(x)}\" y1=\"20\" x2=\"{LaneDrawing.Text(x)}\" y2=\"{lanes.Height - 6}\"/><text x=\"{LaneDrawing.Text(x + 4)}\" y=\"14\">{Escape(text)}</text>");
        for (var lane = 0; lane < lanes.Hosts.Count; lane++)
        {
            var y = LaneDrawing.Text(LaneDrawing.LaneY(lane));
            var name = lanes.Hosts[lane].Length > LongestHost ? lanes.Hosts[lane][..(LongestHost - 1)] + "…" : lanes.Hosts[lane];
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"lane\" x1=\"{LaneDrawing.LaneLeft}\" y1=\"{y}\" x2=\"{LaneDrawing.LaneRight}\" y2=\"{y}\"/><text x=\"0\" y=\"{LaneDrawing.Text(LaneDrawing.LaneY(lane) + 4)}\">{Escape(name)}</text>");
        }
        foreach (var hole in lanes.Holes)
            svg.Append(CultureInfo.InvariantCulture, $"<a href=\"#{Escape(hole.Href)}\"><rect class=\"hole\" x=\"{LaneDrawing.Text(hole.X)}\" y=\"{LaneDrawing.Text(hole.Y)}\" width=\"{LaneDrawing.Text(hole.Width)}\" height=\"{LaneDrawing.Text(hole.Height)}\"><title>{Escape(hole.Title)}</title></rect></a>");
        foreach (var dot in lanes.Dots)
            svg.Append(CultureInfo.InvariantCulture, $"<a href=\"#{Escape(dot.Href)}\" tabindex=\"-1\"><circle cx=\"{LaneDrawing.Text(dot.X)}\" cy=\"{LaneDrawing.Text(dot.Y)}\" r=\"{LaneDrawing.Text(dot.Radius)}\"><title>{Escape(dot.Title)}</title></circle></a>");
        return svg.Append("</svg>").ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(new string([.. text.Select(character => char.IsControl(character) ? ' ' : character)]));
}
