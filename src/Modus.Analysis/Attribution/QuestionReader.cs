using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>Turns ids and names as people write them into the numbers of an index, and says what it could not use.</summary>
internal sealed class QuestionReader
{
    /// <summary>More than this of anything in one question is a mistake, not an incident.</summary>
    public const int MostItems = 5_000;

    private readonly KnowledgeIndex index;
    private readonly Dictionary<string, List<int>> softwareNames = new(StringComparer.Ordinal);

    public QuestionReader(KnowledgeIndex index)
    {
        this.index = index;
        foreach (var software in index.Knowledge.Software)
            foreach (var name in software.Aliases.Append(software.Name).Select(Plain).Distinct())
            {
                if (!softwareNames.TryGetValue(name, out var list)) softwareNames[name] = list = [];
                list.Add(index.Software.Find(software.Id));
            }
    }

    public int[] Techniques(IReadOnlyList<string> ids, List<AnalysisProblem> problems) => Read(ids, "technique", problems, id =>
    {
        if (index.Techniques.Find(id) is >= 0 and var found) return found;
        if (!index.Knowledge.Successors.TryGetValue(id, out var successor) || index.Techniques.Find(successor) is not (>= 0 and var heir)) return -1;
        problems.Add(new("MD6002", $"{id} was replaced by {successor}, which is used instead", $"write {successor}", Skipped: false));
        return heir;
    });

    public int[] Software(IReadOnlyList<string> names, List<AnalysisProblem> problems) => Read(names, "software", problems, name =>
    {
        if (index.Software.Find(name) is >= 0 and var found) return found;
        if (index.Knowledge.Successors.TryGetValue(name, out var successor) && index.Software.Find(successor) is >= 0 and var heir) return heir;
        if (!softwareNames.TryGetValue(Plain(name), out var list)) return -1;
        if (list.Distinct().Count() == 1) return list[0];
        problems.Add(new("MD6003", $"the name {name} belongs to {string.Join(" and ", list.Distinct().Select(s => index.Software[s]))}", "write the id", Skipped: true));
        return -2;
    });

    /// <summary>A name in lower case with only letters and digits: how names are compared.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private int[] Read(IReadOnlyList<string> texts, string what, List<AnalysisProblem> problems, Func<string, int> find)
    {
        var found = new SortedSet<int>();
        if (texts.Count > MostItems)
            problems.Add(new("MD6004", $"{texts.Count} entries of {what}; only the first {MostItems} are used", "ask about one incident at a time", Skipped: true));
        foreach (var text in texts.Take(MostItems))
        {
            var at = find(text.Trim());
            if (at < 0) at = at == -2 ? -2 : find(text.Trim().ToUpperInvariant());
            if (at >= 0) found.Add(at);
            else if (at == -1)
                problems.Add(new("MD6001", $"{what} {Shown(text)} is not in release {index.Knowledge.Release}",
                    "check the id, or ask with the release it belongs to", Skipped: true));
        }
        return [.. found];
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
