using System.Net;

namespace Modus.Casework.Indicators;

/// <summary>What an indicator is.</summary>
public enum IndicatorType
{
    /// <summary>A public IPv4 address.</summary>
    Ipv4,

    /// <summary>A public IPv6 address.</summary>
    Ipv6,

    /// <summary>A network of public addresses, in CIDR form.</summary>
    Network,

    /// <summary>A domain or host name.</summary>
    Domain,

    /// <summary>A web address.</summary>
    Url,

    /// <summary>A mail address.</summary>
    Email,

    /// <summary>MD5 of a file.</summary>
    Md5,

    /// <summary>SHA-1 of a file.</summary>
    Sha1,

    /// <summary>SHA-256 of a file.</summary>
    Sha256,

    /// <summary>SHA-512 of a file.</summary>
    Sha512,

    /// <summary>MD5 over a program's list of imports.</summary>
    Imphash,

    /// <summary>The name of a mutex.</summary>
    Mutex,
}

/// <summary>Facts on types of indicators.</summary>
public static class IndicatorTypes
{
    /// <summary>Days an indicator of a type may be trusted after it was last seen, where a workspace says nothing else.</summary>
    /// <remarks>A judgement: addresses change hands within weeks, names within months, bytes stay what they are but are rebuilt.</remarks>
    public static int UsualDays(IndicatorType type) => type switch
    {
        IndicatorType.Md5 or IndicatorType.Sha1 or IndicatorType.Sha256 or IndicatorType.Sha512 or IndicatorType.Imphash or IndicatorType.Mutex => 365,
        IndicatorType.Domain or IndicatorType.Email => 90,
        _ => 30,
    };

    /// <summary>An indicator as it can be shown without anything following it: <c>hxxp://evil[.]example</c>. Hashes and mutexes stay as they are.</summary>
    public static string Defang(IndicatorType type, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return type switch
        {
            IndicatorType.Url => DefangUrl(value),
            IndicatorType.Email => value.Replace("@", "[@]", StringComparison.Ordinal).Replace(".", "[.]", StringComparison.Ordinal),
            IndicatorType.Ipv6 => value.Replace(":", "[:]", StringComparison.Ordinal),
            IndicatorType.Ipv4 or IndicatorType.Domain or IndicatorType.Network => value.Replace(".", "[.]", StringComparison.Ordinal),
            _ => value,
        };
    }

    /// <summary>The type of an address by its form; null for what is no address, or one that nobody else can reach.</summary>
    internal static IndicatorType? OfAddress(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || !(text.Contains(':', StringComparison.Ordinal) || text.Count(letter => letter == '.') == 3)) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        foreach (var own in reserved)
            if (own.Contains(address)) return null;
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IndicatorType.Ipv4 : IndicatorType.Ipv6;
    }

    private static readonly IPNetwork[] reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static string DefangUrl(string value)
    {
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var end = value.IndexOfAny(['/', '?', '#'], start);
        if (end < 0) end = value.Length;
        var before = value[..start];
        if (before.StartsWith("http", StringComparison.OrdinalIgnoreCase)) before = string.Concat("hxxp", before.AsSpan(4));
        return before + value[start..end].Replace(".", "[.]", StringComparison.Ordinal) + value[end..];
    }
}
