using System.Globalization;

namespace Modus.Casework.Store;

/// <summary>Times as the store writes them: UTC, ISO 8601, ten-millionths of a second, so that text order is time order.</summary>
internal static class TimeText
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
