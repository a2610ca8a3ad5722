using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace Modus.Reports.Entities;

/// <summary>Says what a single token of a text is, if it is an indicator.</summary>
internal static class IndicatorReader
{
    private const int LongestToken = 2_048;
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> noMailbox = SearchValues.Create("/\\:<>\"");
    private static readonly SearchValues<char> schemeMarks = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+0123456789");
    private static readonly SearchValues<char> ipv6Marks = SearchValues.Create("0123456789abcdefABCDEF:.");
    private static readonly SearchValues<char> noFileName = SearchValues.Create("/\\:?*\"<>|=,;()");

    private static readonly FrozenSet<string> extensions = Set(
        "exe dll sys drv ocx cpl scr com ps1 psm1 psd1 bat cmd vbs vbe vba js jse mjs wsf wsh hta lnk url doc docx docm dot dotm xls xlsx xlsm xlsb xll ppt pptx pptm one pdf rtf chm zip rar 7z gz tgz tar cab iso img vhd vhdx msi msp msix appx jar war class apk ipa py pyc sh pl rb php asp aspx ashx jsp jspx cfm cgi go rs cs ts txt log dat bin tmp bak ini cfg conf xml json yml yaml csv sql db sqlite pem key pfx crt cer eml msg html htm svg png jpg jpeg gif ico so dylib elf dmg pkg app plist reg inf job mof sct xsl evtx dmp swf ova nls lock onion");

    /// <summary>Generic and sponsored endings in use; all endings of two letters count as countries' besides.</summary>
    private static readonly FrozenSet<string> endings = Set(
        "com net org info biz edu gov mil int arpa onion name pro mobi asia tel jobs travel museum aero coop cat post xxx xyz top site online club shop store tech space website live life world today news blog app dev cloud host page link click work fun icu buzz vip win bid loan men date trade stream download party review science racing webcam accountant cricket faith ninja guru email network systems solutions services agency group company center support digital media studio design zone city money finance bank capital market run rocks social chat team wiki army global international tools software technology security express press pub bar pics photos video lol monster cyou rest quest sbs cfd bond hair skin makeup beauty autos boats homes yachts fit ink art cam moe one plus gold red blue pink black africa london paris berlin tokyo moscow");

    private static readonly FrozenSet<string> countryEndingsThatAreExtensions = Set("py sh pl rs ps cs md so go ts gz la cc am");

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token without the punctuation around it.</param>
    /// <param name="afterVersionWord">Whether the word before it announces a version number.</param>
    /// <returns>Kind, normalised value and whether it was defanged; null where it is no indicator.</returns>
    public static (EntityKind Kind, string Value, bool IsDefanged)? Read(string token, bool afterVersionWord)
    {
        if (token.Length is < 4 or > LongestToken) return null;
        if (Path(token) is { } path) return (path, token, false);
        if (Digest(token) is { } digest) return (digest, token.ToLowerInvariant(), false);
        if (Cve(token)) return (EntityKind.Vulnerability, token.ToUpperInvariant(), false);
        var (plain, changed) = Refang.Of(token);
        if (plain.IndexOf("://", StringComparison.Ordinal) is > 1 and var scheme) return Url(plain, scheme, changed);
        var at = plain.IndexOf('@', StringComparison.Ordinal);
        if (at > 0) return at == plain.LastIndexOf('@') && IsHost(plain[(at + 1)..], true) && !plain.AsSpan(0, at).ContainsAny(noMailbox) ? (EntityKind.Email, plain.ToLowerInvariant(), changed) : null;
        var host = HostPart(plain);
        if (Ipv4(host) && (changed || !afterVersionWord)) return (EntityKind.Ipv4, host, changed);
        if (Ipv6(plain)) return (EntityKind.Ipv6, plain.ToLowerInvariant(), changed);
        if (plain.Length > host.Length && plain[host.Length] == '/' && IsHost(host, changed) && (changed || !IsFile(host))) return (EntityKind.Url, plain, changed);
        if (!changed && IsFile(plain)) return (EntityKind.FileName, plain, false);
        return IsHost(host, changed) && plain.Length - host.Length is 0 or > 1 && (plain.Length == host.Length || plain[host.Length] == ':') ? (EntityKind.Domain, host.ToLowerInvariant(), changed) : null;
    }

    /// <summary>Whether a token begins a path or key whose names may hold spaces.</summary>
    public static bool MayHoldSpaces(string token) =>
        Path(token) is EntityKind.FilePath && (token[0] == '%' || token is [_, ':', '\\', ..]) || Path(token) is EntityKind.RegistryKey;

    private static EntityKind? Path(string token)
    {
        if (token.StartsWith("HK", StringComparison.OrdinalIgnoreCase) && IsHive(token)) return EntityKind.RegistryKey;
        if (token.StartsWith("Global\\", StringComparison.Ordinal) || token.StartsWith("Local\\", StringComparison.Ordinal)) return EntityKind.Mutex;
        if (token is [var drive, ':', '\\' or '/', var next, ..] && char.IsAsciiLetter(drive) && next is not ('/' or '\\' or ' ')) return EntityKind.FilePath;
        if (token is ['\\', '\\', var host, ..] && (char.IsAsciiLetterOrDigit(host) || host is '.' or '?' or '<' or '*') && token.IndexOf('\\', 3) > 0) return EntityKind.FilePath;
        if (token[0] == '%' && token.IndexOf("%\\", 1, StringComparison.Ordinal) > 1) return EntityKind.FilePath;
        if (token is ['/', var root, ..] && char.IsAsciiLetter(root) && token.IndexOf('/', 2) > 0 && IsUnixRoot(token)) return EntityKind.FilePath;
        return token.StartsWith("~/", StringComparison.Ordinal) ? EntityKind.FilePath : null;
    }

    private static bool IsHive(string token)
    {
        var end = token.IndexOf('\\', StringComparison.Ordinal);
        if (end < 0) return false;
        var hive = token[..end].TrimEnd(':').ToUpperInvariant();
        return hive is "HKLM" or "HKCU" or "HKCR" or "HKU" or "HKCC" || hive.StartsWith("HKEY_", StringComparison.Ordinal);
    }

    private static bool IsUnixRoot(string token)
    {
        var first = token[1..token.IndexOf('/', 2)];
        return first is "etc" or "tmp" or "var" or "usr" or "bin" or "sbin" or "home" or "root" or "opt" or "dev" or "proc" or "lib" or "lib64" or "mnt" or "sys" or "run" or "srv" or "boot"
            or "Users" or "Library" or "Applications" or "System" or "private" or "Volumes" or "data" or "sdcard" or "storage" or "vmfs";
    }

    private static EntityKind? Digest(string token)
    {
        EntityKind? kind = token.Length switch { 32 => EntityKind.Md5, 40 => EntityKind.Sha1, 64 => EntityKind.Sha256, 128 => EntityKind.Sha512, _ => null };
        if (kind is null) return null;
        bool digit = false, letter = false;
        foreach (var c in token)
        {
            if (!char.IsAsciiHexDigit(c)) return null;
            digit |= char.IsAsciiDigit(c);
            letter |= char.IsAsciiLetter(c);
        }

        return digit && letter ? kind : null;
    }

    private static bool Cve(string token) =>
        token.Length is >= 13 and <= 16 && token.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase) && token[8] == '-'
        && token.AsSpan(4, 4).IndexOfAnyExceptInRange('0', '9') < 0 && token.AsSpan(9).IndexOfAnyExceptInRange('0', '9') < 0;

    private static (EntityKind, string, bool)? Url(string plain, int scheme, bool changed)
    {
        if (plain.AsSpan(0, scheme).ContainsAnyExcept(schemeMarks)) return null;
        var rest = plain[(scheme + 3)..];
        var host = HostPart(rest[(rest.IndexOf('@', StringComparison.Ordinal) is > 0 and var user && rest.AsSpan(0, user).IndexOf('/') < 0 ? user + 1 : 0)..]);
        return host.Length > 0 && (Ipv4(host) || IsHost(host, true) || host[0] is '[' or '<' or '{' or '%') ? (EntityKind.Url, plain, changed) : null;
    }

    /// <summary>The host of an address without its scheme: up to a port, a path, a query.</summary>
    private static string HostPart(string text)
    {
        var end = text.AsSpan().IndexOfAny(":/?#");
        return end < 0 ? text : text[..end];
    }

    private static bool Ipv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, static part => part.Length is >= 1 and <= 3 && byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            && text is not "0.0.0.0" && !(parts[0] == "0");
    }

    private static bool Ipv6(string text) =>
        text.AsSpan().Count(':') >= 2 && text.AsSpan().ContainsAnyInRange('0', '9') && !text.AsSpan().ContainsAnyExcept(ipv6Marks)
        && (text.Contains("::", StringComparison.Ordinal) || text.AsSpan().Count(':') == 7)
        && IPAddress.TryParse(text, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    /// <summary>Whether a text is a host name; endings that nobody knows count where the writer defanged it.</summary>
    private static bool IsHost(string text, bool trusted)
    {
        var labels = text.Split('.');
        if (labels.Length < 2 || text.Length > 253) return false;
        foreach (var label in labels)
        {
            if (label.Length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-') return false;
            foreach (var c in label)
                if (!char.IsLetterOrDigit(c) && c is not ('-' or '_')) return false;
        }

        var ending = labels[^1];
        if (ending.Length < 2 || ending.Any(char.IsDigit) && !ending.StartsWith("xn--", StringComparison.OrdinalIgnoreCase)) return false;
        if (trusted) return true;
        if (char.IsUpper(ending[0]) && text.Any(char.IsLower)) return false;
        if (labels[^2].Length < 2 && labels.Length == 2) return false;
        var lower = ending.ToLowerInvariant();
        return endings.Contains(lower) || (lower.Length == 2 && !countryEndingsThatAreExtensions.Contains(lower) && labels[0].Length > 1);
    }

    private static bool IsFile(string text)
    {
        var stop = text.LastIndexOf('.');
        if (stop < 1 || stop == text.Length - 1 || text.AsSpan().ContainsAny(noFileName)) return false;
        var extension = text[(stop + 1)..].ToLowerInvariant();
        if (!extensions.Contains(extension) || !text.AsSpan(0, stop).ContainsAnyInRange('0', 'z')) return false;
        return extension is not ("com" or "app" or "one" or "onion") || (extension == "com" && text.Equals("command.com", StringComparison.OrdinalIgnoreCase));
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
