using Modus.Analysis.Attribution;

namespace Modus.Analysis.Knowledge;

/// <summary>Which sources speak of which actors and software, whatever they say of them. Built once for a release.</summary>
internal sealed class SourceLinks
{
    /// <summary>Shorter names stand in too many other words.</summary>
    private const int ShortestName = 4;

    public SourceLinks(KnowledgeIndex index)
    {
        ActorsOfSource = Lists(index.Sources.Count, index.ActorTechnique.Concat(index.ActorSoftware).Select(cell => (cell.Source, cell.Row)));
        DescribedIn = Lists(index.Software.Count, index.SoftwareTechnique.Select(cell => (cell.Row, cell.Source)));
        MentionedIn = Lists(index.Software.Count, index.SoftwareTechnique.Select(cell => (cell.Row, cell.Source))
            .Concat(index.ActorSoftware.Select(cell => (cell.Column, cell.Source))));
        ActorsNamedBy = Lists(index.Sources.Count, Named(index));
        Compatriot = new string?[index.Actors.Count];
        foreach (var actor in index.Knowledge.Actors) Compatriot[index.Actors.Find(actor.Id)] = actor.SuspectedNation;
    }

    /// <summary>Actors that a source says anything about.</summary>
    public int[][] ActorsOfSource { get; }

    /// <summary>Actors whose name or alias stands in the name of a source.</summary>
    public int[][] ActorsNamedBy { get; }

    /// <summary>Sources that say what a software does.</summary>
    public int[][] DescribedIn { get; }

    /// <summary>Sources that say what a software does or who uses it.</summary>
    public int[][] MentionedIn { get; }

    /// <summary>Suspected nation of each actor, or null.</summary>
    public string?[] Compatriot { get; }

    private static IEnumerable<(int Source, int Actor)> Named(KnowledgeIndex index)
    {
        var names = index.Knowledge.Actors.SelectMany(actor => actor.Aliases.Append(actor.Name).Select(QuestionReader.Plain)
                .Where(name => name.Length >= ShortestName).Distinct(StringComparer.Ordinal).Select(name => (name, Actor: index.Actors.Find(actor.Id))))
            .GroupBy(item => item.name[..ShortestName], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        for (var source = 0; source < index.Sources.Count; source++)
        {
            var text = QuestionReader.Plain(index.Sources[source]);
            for (var at = 0; at + ShortestName <= text.Length; at++)
            {
                if (!names.TryGetValue(text.AsSpan(at, ShortestName), out var begin)) continue;
                foreach (var (name, actor) in begin)
                    if (string.CompareOrdinal(text, at, name, 0, name.Length) == 0 && !SplitsNumber(text, at + name.Length)) yield return (source, actor);
            }
        }
    }

    // A name that ends in a number is not the beginning of a longer number.
    private static bool SplitsNumber(string text, int end) => end < text.Length && char.IsAsciiDigit(text[end]) && char.IsAsciiDigit(text[end - 1]);

    private static int[][] Lists(int count, IEnumerable<(int Row, int Value)> pairs)
    {
        var sets = new SortedSet<int>?[count];
        foreach (var (row, value) in pairs) (sets[row] ??= []).Add(value);
        return [.. sets.Select(set => set is null ? [] : set.ToArray())];
    }
}
