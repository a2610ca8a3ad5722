using System.Globalization;
using Modus.Casework.Cases;
using Modus.Casework.Investigation;

namespace Modus.Web.Cases;

/// <summary>How values look on pages.</summary>
internal static class Forms
{
    public static string Time(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";

    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) : "";

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Css(Standing standing) => standing.ToString().ToLowerInvariant();

    public static string Sign(Standing standing) => standing switch { Standing.Seen => "■", Standing.Told => "◆", Standing.Claimed => "◇", _ => "○" };

    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The marking in the words and case of TLP 2.0; null where none is set.</summary>
    public static string? Tlp(string? tlp) => string.IsNullOrEmpty(tlp) ? null : "TLP:" + tlp.ToUpperInvariant();

    public static string TlpCss(string tlp) => "tlp-" + string.Concat(tlp.ToLowerInvariant().Select(letter => char.IsAsciiLetter(letter) ? letter : '-'));

    /// <summary>The place of a quote in words.</summary>
    public static string Place(CaseQuote quote) => quote.Page is { } page ? string.Create(CultureInfo.InvariantCulture, $"page {page}") : string.Create(CultureInfo.InvariantCulture, $"offset {quote.SourceStart ?? quote.Start}");

    /// <summary>A quote in three parts: before, the words that carry the technique, after.</summary>
    public static (string Before, string Matched, string After) Parts(CaseQuote quote)
    {
        var at = quote.Matched.Length > 0 ? quote.Text.IndexOf(quote.Matched, StringComparison.Ordinal) : -1;
        return at < 0 ? (quote.Text, "", "") : (quote.Text[..at], quote.Matched, quote.Text[(at + quote.Matched.Length)..]);
    }
}
