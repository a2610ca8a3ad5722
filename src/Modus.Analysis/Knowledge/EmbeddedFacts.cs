using System.Globalization;

namespace Modus.Analysis.Knowledge;

/// <summary>Facts that come with this library because releases without prose lack them.</summary>
public static class EmbeddedFacts
{
    private static readonly Lazy<IReadOnlyDictionary<string, DateOnly>> dates = new(() => ReadDates(Lines("source-dates.tsv")));
    private static readonly Lazy<IReadOnlyDictionary<string, string>> nations = new(() => Pairs(Lines("suspected-nations.tsv"))
        .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));

    /// <summary>The day each cited source came out, by citation name, where its reference says so.</summary>
    public static IReadOnlyDictionary<string, DateOnly> SourceDates => dates.Value;

    /// <summary>The country that a community suspects behind an actor, by actor id. A label, never a finding.</summary>
    public static IReadOnlyDictionary<string, string> SuspectedNations => nations.Value;

    /// <summary>Reads lines of name, tab, ISO date; lines that start with # are notes.</summary>
    /// <param name="lines">The lines.</param>
    /// <exception cref="FormatException">A line has no tab or no date.</exception>
    public static IReadOnlyDictionary<string, DateOnly> ReadDates(IEnumerable<string> lines) =>
        Pairs(lines).ToDictionary(pair => pair.Key, pair => DateOnly.ParseExact(pair.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var tab = line.LastIndexOf('\t');
            if (tab < 0) throw new FormatException($"A line has no tab: {line}");
            yield return new(line[..tab], line[(tab + 1)..]);
        }
    }

    private static List<string> Lines(string resource)
    {
        using var stream = typeof(EmbeddedFacts).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        return lines;
    }
}
