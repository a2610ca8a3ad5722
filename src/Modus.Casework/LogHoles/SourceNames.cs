using System.IO.Enumeration;
using System.Text.Json;
using Modus.Attack;

namespace Modus.Casework.LogHoles;

/// <summary>Which of ATT&amp;CK's log sources a log is: the table beside this file.</summary>
internal static class SourceNames
{
    private static readonly Lazy<IReadOnlyList<(string Source, IReadOnlyList<string> Names)>> table = new(Load);

    /// <summary>The patterns of ATT&amp;CK's names that a log source, in Sigma's words, goes by there; empty where none is known.</summary>
    public static IReadOnlyList<string> Of(string source) =>
        [.. table.Value.Where(row => FileSystemName.MatchesSimpleExpression(row.Source, source)).SelectMany(row => row.Names).Distinct()];

    /// <summary>The living techniques with an analytic that reads one of the logs, by id.</summary>
    public static IReadOnlyList<string> TechniquesSeenIn(IReadOnlyList<string> sources, IReadOnlyList<Release> releases)
    {
        var patterns = sources.SelectMany(Of).Distinct().ToList();
        if (patterns.Count == 0) return [];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var release in releases)
            foreach (var strategy in release.DetectionStrategies)
                if (strategy.Analytics.Any(analytic => analytic.LogSources.Any(log => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, log.Name.Trim())))))
                    found.UnionWith(strategy.Techniques.Where(technique => technique.IsAlive).Select(technique => technique.Id));
        return [.. found];
    }

    private static IReadOnlyList<(string, IReadOnlyList<string>)> Load()
    {
        using var stream = typeof(SourceNames).Assembly.GetManifestResourceStream("Modus.Casework.LogHoles.log-sources.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateObject().Select(row => (row.Name, (IReadOnlyList<string>)[.. row.Value.EnumerateArray().Select(name => name.GetString()!)]))];
    }
}
