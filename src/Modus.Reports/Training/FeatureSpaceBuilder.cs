using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Training;

/// <summary>Counts in how many sentences each feature stands, and keeps those that stand in enough.</summary>
internal sealed class FeatureSpaceBuilder(NameMask names, bool characters)
{
    private const int LeastWord = 2;
    private const int LeastSequence = 3;
    private const int SentencesAWord = 14_000;
    private const int SentencesASequence = 5_600;

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

    /// <summary>
    /// The space of the features that stand in enough sentences; its order depends on the keys alone. Among more sentences a feature must stand in
    /// more of them: what stands in two of fifty thousand is mostly a name, and a space that grew with its texts would only grow slower.
    /// </summary>
    /// <param name="leastWord">In how many sentences a word must stand, whatever their number; null for the usual.</param>
    public FeatureSpace Build(int? leastWord = null)
    {
        var leastOfWord = leastWord ?? Math.Max(LeastWord, sentences / SentencesAWord);
        var leastSequence = Math.Max(LeastSequence, sentences / SentencesASequence);
        var kept = words.Where(pair => pair.Value >= leastOfWord).OrderBy(pair => pair.Key).ToList();
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
