using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Modus.Reports.Html;

/// <summary>What elements and attributes of HTML mean for reading.</summary>
internal static class HtmlElements
{
    private const int LongestLook = 2_000;

    private static readonly FrozenSet<string> blocks = Set(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul xmp");

    private static readonly FrozenSet<string> noText = Set(
        "script style template noscript svg math canvas iframe object embed audio video map datalist noframes noembed head title meta link select textarea");

    private static readonly FrozenSet<string> furniture = Set("nav footer form button dialog menu");

    private static readonly FrozenSet<string> furnitureRoles = Set("navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar");

    private static readonly FrozenSet<string> furnitureWords = Set(
        "cookie cookies consent gdpr breadcrumb breadcrumbs sidebar newsletter subscribe subscription share sharing social related comments pagination navbar navigation menu masthead");

    /// <summary>Whether an element begins and ends a block of text.</summary>
    public static bool IsBlock(string name) => blocks.Contains(name);

    /// <summary>Whether an element holds no text of the page.</summary>
    public static bool IsNoText(string name) => noText.Contains(name);

    /// <summary>Whether an element is page furniture by its name, role or class words.</summary>
    public static bool IsFurniture(IElement element, string name, bool inMain)
    {
        if (furniture.Contains(name)) return true;
        if (name is "header" or "aside" && !inMain && !Holds(element, "h1")) return true;
        if (element.GetAttribute("role") is { } role && furnitureRoles.Contains(role)) return true;
        if (name is not ("div" or "section" or "ul" or "aside" or "p")) return false;
        return HoldsFurnitureWord(element.GetAttribute("class")) || HoldsFurnitureWord(element.GetAttribute("id"));
    }

    /// <summary>Whether a table serves layout: said so, or a table inside it.</summary>
    public static bool IsLayoutTable(IElement table) =>
        table.GetAttribute("role") is "presentation" or "none" || Holds(table, "table");

    /// <summary>Whether an element is found among the first descendants of another; a bounded look, for mark-up made to be slow.</summary>
    private static bool Holds(IElement root, string name)
    {
        var open = new Stack<(INodeList Children, int Next)>();
        open.Push((root.ChildNodes, 0));
        for (var steps = 0; steps < LongestLook && open.TryPop(out var top);)
        {
            if (top.Next >= top.Children.Length) continue;
            open.Push((top.Children, top.Next + 1));
            steps++;
            if (top.Children[top.Next] is not IElement element) continue;
            if (element.LocalName == name) return true;
            open.Push((element.ChildNodes, 0));
        }

        return false;
    }

    /// <summary>Whether an element holds a footnote.</summary>
    public static bool IsFootnote(IElement element, string name)
    {
        if (element.GetAttribute("role") is "doc-footnote" or "doc-endnote" or "doc-endnotes") return true;
        if (name is not ("div" or "section" or "li" or "p" or "aside")) return false;
        return Words(element.GetAttribute("class")).Any(static word => word is "footnote" or "footnotes" or "endnote" or "endnotes");
    }

    /// <summary>Why a reader of the rendered page does not see an element's text; null where nothing says so.</summary>
    public static string? HiddenReason(IElement element)
    {
        if (element.HasAttribute("hidden")) return "marked as hidden";
        if (element.GetAttribute("style") is not { Length: > 0 and < 10_000 } style) return null;
        string? colour = null, background = null;
        foreach (var part in style.Split(';'))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            var property = part[..colon].Trim().ToLowerInvariant();
            var value = part[(colon + 1)..].Trim().ToLowerInvariant();
            if (property == "color") colour = value;
            if (property is "background" or "background-color") background = value;
            if (Unseen(property, value) is { } reason) return reason;
        }

        return colour is not null && (colour == background || (IsWhite(colour) && (background is null || IsWhite(background))))
            ? "in the colour of its background" : null;
    }

    private static string? Unseen(string property, string value) => property switch
    {
        "display" when value.StartsWith("none", StringComparison.Ordinal) => "not displayed",
        "visibility" when value.StartsWith("hidden", StringComparison.Ordinal) => "not visible",
        "opacity" when value is "0" or "0.0" or "0%" or ".0" => "fully transparent",
        "font-size" when IsTiny(value) => "too small to read",
        "left" or "top" or "right" or "text-indent" or "margin-left" when IsFarOff(value) => "placed outside the page",
        _ => null,
    };

    private static bool IsTiny(string value) => Number(value) is { } size && size * (value.EndsWith("em", StringComparison.Ordinal) ? 16 : value.EndsWith('%') ? 0.16 : 1) < 2;

    private static bool IsFarOff(string value) => Number(value) is <= -500;

    private static double? Number(string value)
    {
        var stop = 0;
        while (stop < value.Length && (char.IsAsciiDigit(value[stop]) || value[stop] is '-' or '.')) stop++;
        return double.TryParse(value.AsSpan(0, stop), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static bool IsWhite(string colour) =>
        colour.Replace(" ", "", StringComparison.Ordinal) is "white" or "#fff" or "#ffffff" or "rgb(255,255,255)" or "transparent";

    private static bool HoldsFurnitureWord(string? value) => Words(value).Any(furnitureWords.Contains);

    private static string[] Words(string? value) =>
        value is { Length: > 0 and < 500 } ? value.ToLowerInvariant().Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries) : [];

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
