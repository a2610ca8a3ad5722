using System.Globalization;
using Modus.Logs;

namespace Modus.Casework.Ingest;

/// <summary>Zones of times that have none.</summary>
public static class Zones
{
    // Events looked at before a file counts as one whose times have a zone, or that has no times.
    private const int Looked = 50;

    /// <summary>Reads a zone: an IANA name, <c>UTC</c>, or an offset such as <c>+01:00</c>.</summary>
    /// <returns>Null where it is none that this system knows.</returns>
    public static TimeZoneInfo? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var word = text.Trim();
        if (word.Equals("UTC", StringComparison.OrdinalIgnoreCase) || word is "Z" or "z") return TimeZoneInfo.Utc;
        if (word.Length > 1 && word[0] is '+' or '-')
        {
            var figures = word[1..];
            if (!TimeSpan.TryParseExact(figures, [@"hh\:mm", "hh", "hhmm", @"h\:mm"], CultureInfo.InvariantCulture, out var offset) || offset > TimeSpan.FromHours(14)) return null;
            if (word[0] == '-') offset = -offset;
            return TimeZoneInfo.CreateCustomTimeZone(word, offset, word, word);
        }
        return TimeZoneInfo.TryFindSystemTimeZoneById(word, out var zone) ? zone : null;
    }

    /// <summary>The first time without a zone that a log writes, as read; null where its times have one.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? FirstWithout(string path)
    {
        var reader = new LogReader(new LogReadOptions { Threads = 1 });
        foreach (var seen in reader.Read(path).Take(Looked))
            if (seen.Time.Quality == TimeQuality.ZoneUnknown) return seen.Time.Utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return null;
    }

    /// <summary>What a reader of logs asks for the zones of files.</summary>
    /// <param name="zoneOf">The zone of a file as people write it; null where it is not known. Asked once a file.</param>
    public static Func<string, TimeZoneInfo?> Reader(Func<string, string?> zoneOf)
    {
        var known = new System.Collections.Concurrent.ConcurrentDictionary<string, TimeZoneInfo?>(StringComparer.Ordinal);
        return file => known.GetOrAdd(file, name => zoneOf(name) is { } zone ? Read(zone) : null);
    }
}
