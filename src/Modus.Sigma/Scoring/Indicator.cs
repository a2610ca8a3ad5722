using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Scoring;

/// <summary>What kind of indicator a value is.</summary>
public enum IndicatorKind
{
    /// <summary>MD5, SHA-1 or SHA-256 of a file, or an import hash.</summary>
    Hash,

    /// <summary>A public address or network.</summary>
    Address,

    /// <summary>A host or domain name.</summary>
    Domain,

    /// <summary>A web address.</summary>
    Url,

    /// <summary>A mail address.</summary>
    Mail,
}

/// <summary>A value of one day with the day after which it should no longer be trusted.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The value, hashes and names in lower case.</param>
/// <param name="Seen">The day it was written down; null when unknown.</param>
/// <param name="Expires">The day it goes stale: a year for hashes, 90 days for domains and mail, 30 for addresses; null when <paramref name="Seen"/> is.</param>
/// <param name="Origin">The rule's key, or the file of the event.</param>
public sealed record Indicator(IndicatorKind Kind, string Value, DateOnly? Seen, DateOnly? Expires, string Origin);

/// <summary>Finds indicators in rules and texts.</summary>
public static partial class Indicators
{
    /// <summary>Characters of one text that are searched: 65,536.</summary>
    public const int MaxText = 65_536;

    private static readonly string[] fileEndings =
    [
        "exe", "dll", "sys", "ps1", "psm1", "bat", "cmd", "vbs", "vbe", "js", "jse", "hta", "txt", "log", "dat", "tmp", "ini", "xml", "json", "php", "asp", "aspx", "jsp",
        "doc", "docx", "xls", "xlsx", "ppt", "pdf", "zip", "rar", "lnk", "msi", "cab", "inf", "reg", "cfg", "conf", "sh", "py", "pl", "jar", "dmp", "dit", "hiv", "config",
        "service", "timer", "local", "html", "htm", "css", "png", "jpg", "gif", "ico", "scr", "cpl", "ocx", "mof", "evtx", "etl", "db", "sqlite", "bin", "so", "ko", "go",
    ];

    /// <summary>The days an indicator of a kind may be trusted.</summary>
    public static int Lifetime(IndicatorKind kind) => kind switch
    {
        IndicatorKind.Hash => 365,
        IndicatorKind.Domain or IndicatorKind.Mail => 90,
        _ => 30,
    };

    /// <summary>The indicators in the predicates of a rule, each once, in the order of kind and value.</summary>
    public static ImmutableArray<Indicator> In(CompiledRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var found = new SortedSet<(IndicatorKind, string)>();
        Collect(rule.Expression, found);
        return Made(found, rule.Header.Modified ?? rule.Header.Date, rule.Header.Key);
    }

    /// <summary>The indicators in a text, for example a value of an event that matched.</summary>
    /// <param name="text">The text; only its first <see cref="MaxText"/> characters are searched.</param>
    /// <param name="seen">The day it was seen.</param>
    /// <param name="origin">Where it comes from.</param>
    public static ImmutableArray<Indicator> In(string text, DateOnly? seen, string origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new SortedSet<(IndicatorKind, string)>();
        Find(text.Length > MaxText ? text[..MaxText] : text, found);
        return Made(found, seen, origin);
    }

    internal static IndicatorKind? KindOf(string text)
    {
        var found = new SortedSet<(IndicatorKind, string)>();
        Find(text.Length > MaxText ? text[..MaxText] : text, found);
        return found.Count == 0 ? null : found.Min.Item1;
    }

    internal static bool IsPublic(Network network) =>
        !reserved.Any(own => own.IsV6 == network.IsV6 && own.Length <= network.Length && own.Contains(network.ToString().Split('/')[0]));

    private static readonly Network[] reserved =
    [
        .. new[] { "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "ff00::/8" }
            .Select(text => Network.Parse(text)!),
    ];

    private static void Collect(Expression expression, SortedSet<(IndicatorKind, string)> found)
    {
        switch (expression)
        {
            case All all:
                foreach (var part in all.Parts) Collect(part, found);
                break;
            case Any any:
                foreach (var part in any.Parts) Collect(part, found);
                break;
            // What a filter takes away is known to be good.
            case PatternTest pattern:
                foreach (var part in pattern.Pattern.Parts) Find(part.Text, found);
                break;
            case NetworkTest network when IsPublic(network.Network) && network.Network.Length >= (network.Network.IsV6 ? 48 : 16):
                found.Add((IndicatorKind.Address, network.Network.ToString()));
                break;
        }
    }

    private static ImmutableArray<Indicator> Made(SortedSet<(IndicatorKind Kind, string Value)> found, DateOnly? seen, string origin) =>
        [.. found.Select(one => new Indicator(one.Kind, one.Value, seen, seen?.AddDays(Lifetime(one.Kind)), origin))];

    private static void Find(string text, SortedSet<(IndicatorKind, string)> found)
    {
        if (text.Length < 4) return;
        foreach (Match match in Hashes().Matches(text)) found.Add((IndicatorKind.Hash, match.Value.ToLowerInvariant()));
        foreach (Match match in Urls().Matches(text))
            if (match.Value.Length > 10) found.Add((IndicatorKind.Url, match.Value.TrimEnd('.', ',', ')', '"', '\'')));
        foreach (Match match in Addresses().Matches(text))
            if (Network.Parse(match.Value) is { } network && IsPublic(network)) found.Add((IndicatorKind.Address, match.Value));
        foreach (Match match in Mails().Matches(text)) found.Add((IndicatorKind.Mail, match.Value.ToLowerInvariant()));
        foreach (Match match in Domains().Matches(text))
        {
            var name = match.Value.TrimStart('.').ToLowerInvariant();
            var ending = name[(name.LastIndexOf('.') + 1)..];
            if (name.Contains('.', StringComparison.Ordinal) && !fileEndings.Contains(ending) && !found.Contains((IndicatorKind.Mail, name))) found.Add((IndicatorKind.Domain, name));
        }
    }

    [GeneratedRegex(@"\b([0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})\b", RegexOptions.NonBacktracking)]
    private static partial Regex Hashes();

    [GeneratedRegex(@"\bhttps?://[^\s""'<>|*]+", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Urls();

    [GeneratedRegex(@"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\b[a-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,12}\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Mails();

    [GeneratedRegex(@"(^|[\s/@""'=]|\.)[a-z0-9-]{2,63}(\.[a-z0-9-]{1,63})*\.(com|net|org|info|biz|io|me|cc|ru|cn|top|xyz|club|site|online|live|app|dev|co|us|uk|de|nl|eu|to|su|tk|pw|sh|link|space|store|pro|tech|cloud|host|icu|vip|work|onion|gg|ly|gl|in|br|ir|kr|jp|tw|hk|fr|it|es|pl|ua)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Domains();
}
