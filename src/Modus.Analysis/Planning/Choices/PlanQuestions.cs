using Modus.Analysis.Planning.Cover;

namespace Modus.Analysis.Planning.Choices;

/// <summary>Makes problems of choice out of what a release or a rule folder says.</summary>
public static class PlanQuestions
{
    /// <summary>Which logs to collect: a cell is covered when all logs of one of its analytics are there.</summary>
    /// <param name="techniques">The techniques with their weights.</param>
    /// <param name="analytics">The analytics.</param>
    /// <param name="estate">Share of the estate by platform; empty: each technique's weight is parted evenly over its platforms.</param>
    /// <param name="cost">The price of a log by name.</param>
    public static PlanQuestion Sources(IReadOnlyList<WeighedTechnique> techniques, IReadOnlyList<AnalyticFact> analytics, IReadOnlyDictionary<string, double> estate, Func<string, double> cost)
    {
        var spelling = Spellings(analytics.SelectMany(item => item.LogSources));
        string[] names = [.. spelling.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var number = names.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        var byTechnique = analytics.Where(item => item.LogSources.Count > 0).ToLookup(item => item.Technique, StringComparer.Ordinal);
        return Build(techniques, estate, [.. names.Select(name => new CoverItem(name, cost(name)))], names,
            (technique, platform) => [(1.0, [.. byTechnique[technique.Id]
                .Where(item => item.Platforms.Count == 0 || item.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase))
                .Select(item => (IReadOnlyList<int>)[.. item.LogSources.Select(name => number[spelling[Key(name)]]).Distinct().Order()])])]);
    }

    /// <summary>Which measures to take: a cell is covered when one measure that answers it is there, with its log source where it needs one.</summary>
    /// <param name="techniques">The techniques with their weights.</param>
    /// <param name="measures">The measures.</param>
    /// <param name="estate">Share of the estate by platform; empty: platforms are not told apart.</param>
    /// <param name="cost">The price of a measure, and of a log source by name.</param>
    /// <param name="withSources">True where log sources are items with a price of their own.</param>
    public static PlanQuestion Measures(IReadOnlyList<WeighedTechnique> techniques, IReadOnlyList<MeasureFact> measures, IReadOnlyDictionary<string, double> estate, Func<string, double> cost, bool withSources = false)
    {
        string[] sources = withSources ? [.. measures.Select(item => item.LogSource).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [];
        var source = sources.Index().ToDictionary(item => item.Item, item => measures.Count + item.Index, StringComparer.Ordinal);
        CoverItem[] items = [.. measures.Select(item => new CoverItem(item.Id, cost(item.Id))), .. sources.Select(name => new CoverItem(name, cost(name)))];
        string[] names = [.. measures.Select(item => item.Name), .. sources];
        var byTechnique = measures.Index().SelectMany(item => item.Item.Effects.Select(effect => (effect.Technique, item.Index, effect.Grade)))
            .ToLookup(item => item.Technique, StringComparer.Ordinal);
        return Build(techniques, estate, items, names, (technique, platform) =>
        {
            var effects = byTechnique[technique.Id].Where(item => platform.Length == 0 || measures[item.Index].Platforms.Count == 0
                || measures[item.Index].Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase)).ToList();
            if (effects.Count == 0) return [(1.0, [])];
            // Grades are parted into slices: whoever reaches a grade covers all slices up to it.
            double[] grades = [0, .. effects.Select(item => Math.Clamp(item.Grade, 0, 1)).Append(1).Distinct().Order()];
            return [.. Enumerable.Range(1, grades.Length - 1).Where(at => grades[at] > grades[at - 1]).Select(at => (grades[at] - grades[at - 1],
                (IReadOnlyList<IReadOnlyList<int>>)[.. effects.Where(item => item.Grade >= grades[at]).Select(item => Way(item.Index))]))];
        });

        IReadOnlyList<int> Way(int measure) => measures[measure].LogSource is { } log && withSources ? [measure, source[log]] : [measure];
    }

    private static PlanQuestion Build(IReadOnlyList<WeighedTechnique> techniques, IReadOnlyDictionary<string, double> estate, IReadOnlyList<CoverItem> items, IReadOnlyList<string> names,
        Func<WeighedTechnique, string, IReadOnlyList<(double Share, IReadOnlyList<IReadOnlyList<int>> Ways)>> ways)
    {
        var cells = new List<PlanCell>();
        var targets = new List<CoverTarget>();
        foreach (var technique in techniques)
            foreach (var (platform, share) in Platforms(technique, estate))
                foreach (var (part, list) in ways(technique, platform))
                {
                    cells.Add(new(technique.Id, platform, share * part));
                    targets.Add(new(platform.Length == 0 ? technique.Id : $"{technique.Id} {platform}", technique.Weight * share * part, list));
                }
        return new(new(items, targets), cells, names);
    }

    private static IEnumerable<(string Platform, double Share)> Platforms(WeighedTechnique technique, IReadOnlyDictionary<string, double> estate)
    {
        if (technique.Platforms.Count == 0) return [("", 1)];
        if (estate.Count == 0) return technique.Platforms.Order(StringComparer.Ordinal).Select(platform => (platform, 1.0 / technique.Platforms.Count));
        return technique.Platforms.Order(StringComparer.Ordinal).Select(platform => (platform, estate.GetValueOrDefault(platform))).Where(item => item.Item2 > 0);
    }

    /// <summary>One spelling for names that differ by case or outer blanks only: the most frequent.</summary>
    private static Dictionary<string, string> Spellings(IEnumerable<string> names) =>
        names.GroupBy(Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(name => name.Trim()).GroupBy(name => name, StringComparer.Ordinal)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).First().Key, StringComparer.Ordinal);

    private static string Key(string name) => name.Trim().ToUpperInvariant();
}
