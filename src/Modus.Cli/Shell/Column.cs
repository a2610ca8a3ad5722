using System.Globalization;

namespace Modus.Cli.Shell;

/// <summary>One column of a listing: the same definition serves the table, JSON, CSV and Markdown.</summary>
/// <param name="Key">Name of the JSON member and of the CSV column, in snake case.</param>
/// <param name="Header">Heading for people; null keeps the column out of tables.</param>
/// <param name="Value">A string, number, bool, time, list of strings, or null.</param>
internal sealed record Column<T>(string Key, string? Header, Func<T, object?> Value)
{
    /// <summary>True for numbers in a table.</summary>
    public bool Right { get; init; }

    /// <summary>The column that gives way first when the terminal is narrow.</summary>
    public bool Gives { get; init; }
}

/// <summary>How single values are written.</summary>
internal static class Values
{
    /// <summary>A value as people and CSV files read it; lists are joined.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "yes" : "no",
        double number => number.ToString("0.###", CultureInfo.InvariantCulture),
        DateTimeOffset time => Time(time),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IEnumerable<string> list => string.Join(", ", list),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>ISO 8601 in UTC; fractions only where there are some.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
