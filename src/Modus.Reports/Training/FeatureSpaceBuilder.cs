using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Training;

/// <summary>Counts in how many sentences each feature stands, and keeps those that stand in enough.</summary>
internal sealed class FeatureSpaceBuilder(NameMask names, bool characters)
{
    private readonly Dictionary<uint, int> words = [];
    private readonly Dictionary<uint, int> sequences = [];
    private readonly HashSet<uint> seen = [];
    private readonly FeatureScanner scanner = new(names);
    private int sentences;

    /// <summary>Counts the features of a sentence.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        scanner.Scan(text);
        sentences++;
        Count(scanner.WordKeys, words);
        if (characters) Count(scanner.CharacterKeys(), sequences);
    }

    /// <summary>The space of the features that stand in at least so many sentences; its order depends on the keys alone.</summary>
    public FeatureSpace Build(int leastWord = 2, int leastSequence = 3)
    {
        var kept = words.Where(pair => pair.Value >= leastWord).OrderBy(pair => pair.Key).ToList();
        var wordCount = kept.Count;
        var known = kept.Select(pair => pair.Key).ToHashSet();
        kept.AddRange(sequences.Where(pair => pair.Value >= leastSequence && !known.Contains(pair.Key)).OrderBy(pair => pair.Key));
        return new(
            [.. kept.Select(pair => pair.Key)],
            [.. kept.Select(pair => MathF.Log((1f + sentences) / (1f + pair.Value)) + 1)],
            wordCount);
    }

    private void Count(List<uint> keys, Dictionary<uint, int> counts)
    {
        seen.Clear();
        foreach (var key in keys)
            if (seen.Add(key))
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
    }
}
