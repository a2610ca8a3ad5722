using System.Collections.Frozen;

namespace Modus.Reports.Html;

/// <summary>Estimates how deep mark-up is nested, before a parser spends time on it that grows with the square of the depth.</summary>
internal static class HtmlNesting
{
    /// <summary>Open elements beyond which a page is refused.</summary>
    public const int DeepestOpen = 4_000;

    /// <summary>Elements without content, and those that the next of their kind closes.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> closeThemselves =
        "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th tbody thead tfoot colgroup option optgroup html head body rt rp path circle rect line polygon polyline use stop ellipse"
            .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Elements that a parser opens again in every block until they are closed.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> formatting =
        "a b big code em font i nobr s small strike strong tt u".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Estimates from tags alone what a page will become.</summary>
    /// <param name="html">The page.</param>
    /// <param name="most">Start tags after which the estimate ends.</param>
    /// <returns>
    /// The largest number of elements open at once, how many elements are opened again in other blocks, and where the start tag stands that
    /// is one too many, or the page's length.
    /// </returns>
    public static (int Depth, long Reopened, int End) Of(string html, int most)
    {
        int open = 0, deepest = 0, styles = 0, tags = 0;
        var reopened = 0L;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var closes = html[at + 1] == '/';
            var start = at + (closes ? 2 : 1);
            if (start >= html.Length || !char.IsAsciiLetter(html[start])) continue;
            var stop = start;
            while (stop < html.Length && stop - start < 32 && (char.IsAsciiLetterOrDigit(html[stop]) || html[stop] == '-')) stop++;
            var name = html.AsSpan(start, stop - start);
            if (!closes && ++tags > most) return (deepest, reopened, at);
            if (formatting.Contains(name)) styles = Math.Max(0, styles + (closes ? -1 : 1));
            else if (!closes) reopened += styles;
            if (closeThemselves.Contains(name)) continue;
            open = Math.Max(0, open + (closes ? -1 : 1));
            deepest = Math.Max(deepest, open);
        }

        return (deepest, reopened, html.Length);
    }
}
