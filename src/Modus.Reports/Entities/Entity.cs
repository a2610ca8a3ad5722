using Modus.Reports.Documents;

namespace Modus.Reports.Entities;

/// <summary>What kind of thing a text names besides the objects of the knowledge base.</summary>
public enum EntityKind
{
    /// <summary>An IPv4 address.</summary>
    Ipv4,

    /// <summary>An IPv6 address.</summary>
    Ipv6,

    /// <summary>A domain name.</summary>
    Domain,

    /// <summary>An address with a scheme.</summary>
    Url,

    /// <summary>A mail address.</summary>
    Email,

    /// <summary>An MD5 digest.</summary>
    Md5,

    /// <summary>A SHA-1 digest.</summary>
    Sha1,

    /// <summary>A SHA-256 digest.</summary>
    Sha256,

    /// <summary>A SHA-512 digest.</summary>
    Sha512,

    /// <summary>The name of a file.</summary>
    FileName,

    /// <summary>A path in a file system.</summary>
    FilePath,

    /// <summary>A key of the Windows registry.</summary>
    RegistryKey,

    /// <summary>A mutex by its name.</summary>
    Mutex,

    /// <summary>A CVE number.</summary>
    Vulnerability,

    /// <summary>A product that is attacked or abused.</summary>
    Product,

    /// <summary>A date, with time and zone where given.</summary>
    Date,

    /// <summary>A sector of the economy; the value is a word of STIX's industry-sector vocabulary.</summary>
    Sector,

    /// <summary>A country; the value is its ISO 3166-1 alpha-2 code.</summary>
    Country,
}

/// <summary>A moment as exactly as a text gives it.</summary>
/// <param name="Year">Year.</param>
/// <param name="Month">Month, 1 to 12; null where only the year or quarter is given.</param>
/// <param name="Day">Day of the month; null where not given.</param>
/// <param name="Time">Time of day; null where not given.</param>
/// <param name="Offset">Offset from UTC; null where no zone is given.</param>
public sealed record StatedDate(int Year, int? Month, int? Day, TimeOnly? Time, TimeSpan? Offset)
{
    /// <summary>The date in ISO 8601, as exact as it is known.</summary>
    public override string ToString()
    {
        var text = $"{Year:D4}{(Month is { } month ? $"-{month:D2}" : "")}{(Day is { } day ? $"-{day:D2}" : "")}";
        if (Time is not { } time) return text;
        text += time.Second == 0 ? $"T{time.Hour:D2}:{time.Minute:D2}" : $"T{time.Hour:D2}:{time.Minute:D2}:{time.Second:D2}";
        if (Offset is not { } offset) return text;
        return offset == TimeSpan.Zero ? text + "Z" : $"{text}{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours):D2}:{Math.Abs(offset.Minutes):D2}";
    }
}

/// <summary>A thing that a document names, as a quote.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its normalised value: refanged, digests and host names in lower case, dates in ISO 8601.</param>
/// <param name="IsDefanged">Whether the text writes it so that it does not work ("evil[.]example", "hxxp").</param>
/// <param name="Quote">The place.</param>
/// <param name="Date">For dates, the parts that the text gives.</param>
/// <param name="IsVictim">For sectors and countries, whether the sentence speaks of those attacked.</param>
public sealed record Entity(EntityKind Kind, string Value, bool IsDefanged, Quote Quote, StatedDate? Date = null, bool IsVictim = false);
