using System.Globalization;

namespace Modus.Cli.Shell;

/// <summary>Times as people type them. What has no zone is UTC.</summary>
internal static class Times
{
    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>An instant, or one counted back from now: <c>-24h</c>, <c>-7d</c>, <c>-30m</c>, <c>yesterday</c>.</summary>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        if (text == "yesterday")
        {
            time = new DateTimeOffset(now.UtcDateTime.Date.AddDays(-1), TimeSpan.Zero);
            return true;
        }
        if (text.Length > 2 && text[0] == '-' && int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            TimeSpan? back = text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                'w' => TimeSpan.FromDays(7.0 * count),
                _ => null,
            };
            if (back is { } span && span < now - DateTimeOffset.MinValue)
            {
                time = now - span;
                return true;
            }
        }
        return TryParse(text, out time);
    }
}
