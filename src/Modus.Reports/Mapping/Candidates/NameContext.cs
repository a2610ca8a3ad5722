namespace Modus.Reports.Mapping.Candidates;

/// <summary>How far the actors and malware that a document names elsewhere are known for a technique.</summary>
internal sealed class NameContext
{
    /// <summary>How many figures it gives.</summary>
    public const int Width = 4;

    private const int MostSources = 32;

    private readonly NamedSources sources;
    private readonly IReadOnlyList<SentenceScores> sentences;
    private readonly TechniqueClasses classes;
    private readonly Dictionary<int, int> counts;
    private readonly float[] withClass;
    private readonly float[] withFamily;
    private readonly int[] known;
    private readonly float all;

    /// <summary>The context of one document.</summary>
    public NameContext(NamedSources sources, TechniqueClasses classes, IReadOnlyList<SentenceScores> sentences)
    {
        this.sources = sources;
        this.classes = classes;
        this.sentences = sentences;
        counts = sentences.SelectMany(sentence => sentence.Sources).CountBy(source => source)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(MostSources).ToDictionary();
        withClass = new float[classes.Count];
        withFamily = new float[classes.Count];
        known = new int[classes.Count];
        foreach (var (source, count) in counts)
        {
            var weight = MathF.Sqrt(count);
            all += weight;
            foreach (var c in sources.FamiliesOf(source)) withFamily[c] += weight;
            foreach (var c in sources.ClassesOf(source))
            {
                withClass[c] += weight;
                known[c]++;
            }
        }
    }

    /// <summary>What the names in a sentence itself weigh, which is taken off.</summary>
    public IReadOnlyList<(int Source, float Weight, bool Only)> Own(int at)
    {
        var own = sentences[at].Sources;
        if (own.Length == 0) return [];
        var taken = new List<(int, float, bool)>();
        foreach (var (source, times) in own.CountBy(source => source))
            if (counts.TryGetValue(source, out var count)) taken.Add((source, MathF.Sqrt(count) - MathF.Sqrt(count - times), count == times));
        return taken;
    }

    /// <summary>Writes the figures of a technique: the share of names known for it, for its family, their number, and how many names there are.</summary>
    public void Write(Span<float> row, int c, IReadOnlyList<(int Source, float Weight, bool Only)> own)
    {
        var family = classes.Parents[c] >= 0 ? classes.Parents[c] : c;
        float one = withClass[c], wide = withFamily[family], whole = all;
        var (number, distinct) = (known[c], counts.Count);
        foreach (var (source, weight, only) in own)
        {
            whole -= weight;
            distinct -= only ? 1 : 0;
            if (sources.FamiliesOf(source).Contains(family)) wide -= weight;
            if (!sources.ClassesOf(source).Contains(c)) continue;
            one -= weight;
            number -= only ? 1 : 0;
        }

        row[3] = distinct;
        if (distinct == 0)
        {
            row[..3].Fill(float.NaN);
            return;
        }

        row[0] = one / (whole + 1);
        row[1] = wide / (whole + 1);
        row[2] = number;
    }
}
