namespace Modus.Reports.Mapping.Candidates;

/// <summary>A candidate of a sentence after it was judged.</summary>
/// <param name="Class">The technique.</param>
/// <param name="Probability">Its probability in the sentence.</param>
/// <param name="Printed">Whether the sentence prints its id.</param>
/// <param name="Named">Whether the sentence has its name.</param>
internal readonly record struct JudgedCandidate(int Class, float Probability, bool Printed, bool Named);

/// <summary>The figures by which a technique is judged for a whole document. None says which technique it is.</summary>
internal static class DocumentFigures
{
    /// <summary>How many figures a technique has.</summary>
    public const int Width = 16;

    private const float Lively = 0.3f;
    private const int Strongest = 4;

    /// <summary>The figures of every technique that is a candidate somewhere.</summary>
    /// <param name="classes">The techniques.</param>
    /// <param name="sentences">The judged candidates of each sentence, in order.</param>
    public static Dictionary<int, float[]> Of(TechniqueClasses classes, IReadOnlyList<IReadOnlyList<JudgedCandidate>> sentences)
    {
        var found = new Sum?[classes.Count];
        var total = 0f;
        for (var i = 0; i < sentences.Count; i++)
        {
            var judged = sentences[i];
            for (var k = 0; k < judged.Count; k++)
            {
                var candidate = judged[k];
                (found[candidate.Class] ??= new()).Add(candidate);
                total += candidate.Probability;
            }
        }

        var order = Enumerable.Range(0, found.Length).Where(c => found[c] is not null).OrderByDescending(c => found[c]!.Best[0]).ThenBy(c => c).ToArray();
        var rows = new Dictionary<int, float[]>(order.Length);
        for (var place = 0; place < order.Length; place++)
            rows[order[place]] = Row(classes, found, order[place], found[order[place]]!, place, total, sentences.Count);
        return rows;
    }

    private static float[] Row(TechniqueClasses classes, Sum?[] found, int c, Sum sum, int place, float total, int sentences)
    {
        var row = new float[Width];
        sum.Best.CopyTo(row, 0);
        row[4] = sum.All;
        row[5] = 1 - sum.None;
        row[6] = sum.LivelyCount;
        row[7] = sum.All / Math.Max(1e-3f, total);
        row[8] = MathF.Log(1 + sentences);
        row[9] = total / MathF.Sqrt(sentences);
        row[10] = place;
        row[11] = sum.Printed;
        row[12] = sum.Named;
        row[13] = MathF.Log(1 + classes.Procedures[c]);
        row[14] = classes.Parents[c] >= 0 ? 1 : 0;
        var rival = 0f;
        var parent = classes.Parents[c] >= 0 ? classes.Parents[c] : c;
        if (parent != c && found[parent] is { } above) rival = above.Best[0];
        foreach (var other in classes.Children[parent])
            if (other != c && found[other] is { } its) rival = Math.Max(rival, its.Best[0]);
        row[15] = rival;
        return row;
    }

    private sealed class Sum
    {
        public float[] Best { get; } = new float[Strongest];

        public float All { get; private set; }

        public float None { get; private set; } = 1;

        public int LivelyCount { get; private set; }

        public int Printed { get; private set; }

        public int Named { get; private set; }

        public void Add(JudgedCandidate candidate)
        {
            var p = candidate.Probability;
            All += p;
            None *= 1 - p;
            LivelyCount += p > Lively ? 1 : 0;
            Printed += candidate.Printed ? 1 : 0;
            Named += candidate.Named ? 1 : 0;
            for (var at = 0; at < Strongest; at++)
            {
                if (p <= Best[at]) continue;
                (Best[at], p) = (p, Best[at]);
            }
        }
    }
}
