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
