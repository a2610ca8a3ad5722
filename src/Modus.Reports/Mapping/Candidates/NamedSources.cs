using Modus.Reports.Mapping.Features;
using Modus.Reports.Training;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>
/// Which actors, campaigns and malware a name stands for, and which techniques ATT&amp;CK has seen with them. Only what the
/// rest of a document names is asked, as weak context: the words of a sentence decide, never the names in it.
/// </summary>
internal sealed class NamedSources
{
    private readonly Dictionary<ulong, ushort[]> byName = [];
    private readonly HashSet<int>[] classes;
    private readonly HashSet<int>[] families;

    /// <summary>Names over the sources of procedure examples.</summary>
    /// <param name="hashes">Hashes of names, rising; one that stands for several sources comes several times.</param>
    /// <param name="sources">The source of each, as a number of the index.</param>
    /// <param name="precedents">The procedure examples.</param>
    /// <param name="parents">The parent of each class, or -1.</param>
    public NamedSources(ulong[] hashes, ushort[] sources, PrecedentIndex precedents, int[] parents)
    {
        Hashes = hashes;
        Sources = sources;
        for (var from = 0; from < hashes.Length;)
        {
            var to = from + 1;
            while (to < hashes.Length && hashes[to] == hashes[from]) to++;
            byName[hashes[from]] = sources[from..to];
            from = to;
        }

        classes = [.. precedents.SourceIds.Select(_ => new HashSet<int>())];
        families = [.. precedents.SourceIds.Select(_ => new HashSet<int>())];
        for (var c = 0; c + 1 < precedents.ClassStarts.Length; c++)
        {
            for (var example = precedents.ClassStarts[c]; example < precedents.ClassStarts[c + 1]; example++)
            {
                classes[precedents.Sources[example]].Add(c);
                families[precedents.Sources[example]].Add(parents[c] >= 0 ? parents[c] : c);
            }
        }
    }

    /// <summary>Hashes of names, rising.</summary>
    public ulong[] Hashes { get; }

    /// <summary>The source of each.</summary>
    public ushort[] Sources { get; }

    /// <summary>The names of a release over its procedure examples.</summary>
    public static NamedSources Of(AttackTexts texts, PrecedentIndex precedents, int[] parents)
    {
        var pairs = texts.NamedSources
            .Select(named => (Hash: NameMask.HashOf(named.Name), Source: Array.BinarySearch(precedents.SourceIds, named.Source, StringComparer.Ordinal)))
            .Where(pair => pair.Hash != 0 && pair.Source >= 0).Distinct().OrderBy(pair => pair.Hash).ThenBy(pair => pair.Source).ToList();
        return new([.. pairs.Select(pair => pair.Hash)], [.. pairs.Select(pair => (ushort)pair.Source)], precedents, parents);
    }

    /// <summary>The sources that names stand for, each as often as it is named.</summary>
    public int[] Find(IReadOnlyList<ulong> names)
    {
        if (names.Count == 0) return [];
        var found = new List<int>();
        foreach (var name in names)
            foreach (var source in byName.GetValueOrDefault(name) ?? []) found.Add(source);
        return [.. found];
    }

    /// <summary>The techniques that a source was seen with.</summary>
    public IReadOnlySet<int> ClassesOf(int source) => classes[source];

    /// <summary>Their parents, or themselves where they have none.</summary>
    public IReadOnlySet<int> FamiliesOf(int source) => families[source];
}
