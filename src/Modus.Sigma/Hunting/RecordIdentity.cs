using System.Globalization;
using System.Text;
using Modus.Logs;

namespace Modus.Sigma.Hunting;

/// <summary>Tells a record again that several logs hold: a host's own log file beside what a collector took from it.</summary>
public static class RecordIdentity
{
    /// <summary>Host, channel, record number and time of an event whose log numbers its records within a channel; null for any other event.</summary>
    public static string? Of(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        var channel = logEvent.Fields.Find("Channel");
        if (channel < 0 || logEvent.Host.IsEmpty || !logEvent.TryGet(channel, out var name) || name.IsEmpty || logEvent.RecordId is var record && record <= 0) return null;
        return string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(logEvent.Host).ToLowerInvariant()}\0{Encoding.UTF8.GetString(name)}\0{record}\0{logEvent.Time.Utc.Ticks / TimeSpan.TicksPerMillisecond}");
    }
}

/// <summary>Which records a rule matched before. Blocks come in reading order, so that the first log of several keeps the hit.</summary>
internal sealed class SeenRecords
{
    /// <summary>The most hits that are remembered; of later ones a repetition is reported again.</summary>
    public const int MaxRemembered = 1_000_000;

    private readonly Dictionary<(RecordKey Record, int Rule), int> seen = [];

    /// <summary>Hits on records that an earlier log held.</summary>
    public long Repeated { get; private set; }

    /// <summary>Whether no earlier log held a record that a rule matched. What one log says twice counts twice: that is its own statement.</summary>
    public bool IsNew(RecordKey? record, int rule, int file)
    {
        if (record is not { } key) return true;
        if (seen.TryGetValue((key, rule), out var first))
        {
            if (first == file) return true;
        }
        else
        {
            if (seen.Count < MaxRemembered) seen.Add((key, rule), file);
            return true;
        }
        Repeated++;
        return false;
    }
}
