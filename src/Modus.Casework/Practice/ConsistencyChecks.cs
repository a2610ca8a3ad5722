using Modus.Casework.Agreement;
using Modus.Casework.Mappings;

namespace Modus.Casework.Practice;

/// <summary>Is the same evidence mapped alike wherever it is mapped?</summary>
internal static class ConsistencyChecks
{
    // Shorter texts are no evidence of their own: the same three words stand in many reports.
    private const int ShortestText = 20;

    public static void Run(IReadOnlyList<StatedMapping> mappings, PracticeGround ground)
    {
        foreach (var same in mappings.Where(mapping => mapping is { IsQuote: true, Text.Length: >= ShortestText }).GroupBy(mapping => UnitAligner.Words(mapping.Text!), StringComparer.Ordinal))
        {
            // One author may see several techniques in a sentence: what counts is the set that each source gives it.
            var sources = same.GroupBy(mapping => (mapping.File, mapping.Document, mapping.Annotator ?? "")).Select(group => (First: group.First(), Ids: Ids(group, ground))).ToList();
            if (sources.Count < 2 || sources.All(source => source.Ids.SetEquals(sources[0].Ids))) continue;
            foreach (var (first, ids) in sources)
            {
                var others = sources.Where(source => !source.Ids.SetEquals(ids)).ToList();
                if (others.Count == 0) continue;
                var other = others[0];
                ground.Add(PracticeChecks.Inconsistent, first, $"The same words are {string.Join(", ", ids)} here and {string.Join(", ", other.Ids)} in {Name(other.First)}{(others.Count > 1 ? FormattableString.Invariant($" and {others.Count - 1} more") : "")}.");
            }
        }
    }

    private static SortedSet<string> Ids(IEnumerable<StatedMapping> mappings, PracticeGround ground) =>
        new(mappings.Select(mapping => ground.Resolver.Resolve(mapping.Technique!, "mapping", null, mapping.Release).Technique?.Id ?? mapping.Technique!), StringComparer.Ordinal);

    private static string Name(StatedMapping mapping) =>
        string.Join(", ", new[] { mapping.File, mapping.Place, mapping.Annotator is null ? "" : $"by {mapping.Annotator}" }.Where(part => part.Length > 0));
}
