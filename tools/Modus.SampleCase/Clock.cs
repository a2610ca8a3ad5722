using System.Globalization;

namespace Modus.SampleCase;

/// <summary>The days of the case. All times are UTC.</summary>
internal static class Clock
{
    public static readonly DateTime Start = new(2026, 3, 9, 0, 0, 0, DateTimeKind.Utc);

    public static readonly DateTime End = new(2026, 3, 13, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Local time is one hour ahead during the whole case.</summary>
    public static readonly TimeSpan Local = TimeSpan.FromHours(1);

    /// <summary>The hole in the log of the first host.</summary>
    public static readonly DateTime SensorStop = At(9, "09:40:00");

    public static readonly DateTime SensorStart = At(9, "10:05:00");

    public static readonly DateTime AuditEnd = At(10, "03:47:30");

    public static readonly DateTime TrailStop = At(11, "11:41:00");

    public static readonly DateTime TrailStart = At(11, "14:02:00");

    /// <summary>A time of day in March 2026.</summary>
    public static DateTime At(int day, string time) =>
        DateTime.SpecifyKind(new DateTime(2026, 3, day) + TimeSpan.Parse(time, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    public static string Iso(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string IsoMillis(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Times spread evenly with jitter over the case, none within the silence.</summary>
    public static IEnumerable<DateTime> Spread(Rng rng, int count, DateTime start, DateTime end, DateTime? silentFrom = null, DateTime? silentTo = null)
    {
        var silence = silentFrom is { } from && silentTo is { } to ? to - from : TimeSpan.Zero;
        var slot = (end - start - silence).Ticks / count;
        for (var i = 0; i < count; i++)
        {
            var time = start.AddTicks((i * slot) + (slot / 5) + (long)(rng.Below(1000) / 1000.0 * (slot * 3 / 5)));
            if (silentFrom is { } gap && time >= gap) time += silence;
            yield return new DateTime(time.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        }
    }
}
