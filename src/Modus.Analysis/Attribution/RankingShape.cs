using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>What is needed, beside a ranking, to judge how reliable it is. Small, so that thousands can be held.</summary>
internal sealed class RankingShape
{
    private readonly int techniques;
    private readonly int software;
    private readonly int knownSoftware;
    private readonly double possible;
    private readonly bool dated;
    private readonly bool partly;
    private readonly float[] values;
    private readonly double[] rarestShared;
    private readonly int width;

    public RankingShape(KnowledgeView view, Observation seen, FeatureMatrix matrix, int[] actors)
    {
        techniques = seen.Techniques.Length;
        software = seen.Software.Length;
        knownSoftware = seen.Software.Count(s => view.SoftwareDf[s] > 0);
        possible = Math.Max(1e-9, seen.Techniques.Sum(t => view.Idf[t]));
        dated = view.Lens.AsOf is not null;
        partly = !dated && view.Lens.ExcludedSources.Count > 0;
        width = matrix.Features;
        values = new float[actors.Length * width];
        rarestShared = new double[actors.Length];
        for (var i = 0; i < actors.Length; i++)
        {
            for (var k = 0; k < width; k++) values[i * width + k] = (float)matrix.Values[actors[i] * width + k];
            foreach (var s in seen.Software)
                if (view.ActorSoftware[actors[i] * view.SoftwareCount + s] > 0) rarestShared[i] = Math.Max(rarestShared[i], view.SoftwareIdf(s));
        }
    }

    /// <summary>How many of the inputs, from the end, tell the kind of question and not the ranking.</summary>
    public const int Situations = 2;

    public static IReadOnlyList<string> Names { get; } =
    [
        "ln p1", "ln p1/p2", "entropy", "ln techniques", "ln software", "software of the first", "rarest shared software",
        "unique shared software", "software of others only", "containment", "bm25 share", "nearest report", "nearest family",
        "ln reports", "age", "bm25 ahead", "software ahead", "nearest ahead", "ln p1 × ln techniques", "as of a date", "sources left out",
    ];

    /// <summary>The kind of question: 0 about now, 1 as of a date, 2 with sources left out.</summary>
    public int Situation => dated ? 1 : partly ? 2 : 0;

    /// <summary>Inputs from which "is the first candidate right" is judged.</summary>
    public double[] ForRight(double[] p)
    {
        int first = 0, second = -1;
        for (var i = 1; i < p.Length; i++) if (p[i] > p[first]) first = i;
        for (var i = 0; i < p.Length; i++) if (i != first && (second < 0 || p[i] > p[second])) second = i;
        if (second < 0) second = first;
        var entropy = -p.Sum(value => value > 0 ? value * Math.Log(value) : 0);
        var certainty = Math.Log(Math.Max(1e-12, p[first]));
        var shared = Value(first, Measure.SoftwareCount);
        return
        [
            certainty, second == first ? 5 : certainty - Math.Log(Math.Max(1e-12, p[second])), entropy,
            Math.Log(1 + techniques), Math.Log(1 + software), shared / Math.Max(1, software), rarestShared[first],
            Value(first, Measure.SoftwareUnique), knownSoftware - shared, Value(first, Measure.Containment), Value(first, Measure.Bm25) / possible,
            Value(first, Measure.NearestReport), Value(first, Measure.NearestFamily), Value(first, Measure.Reports), Value(first, Measure.Age),
            (Value(first, Measure.Bm25) - Value(second, Measure.Bm25)) / possible,
            Value(first, Measure.SoftwareRarity) - Value(second, Measure.SoftwareRarity),
            Value(first, Measure.NearestReport) - Value(second, Measure.NearestReport),
            certainty * (Math.Log(1 + techniques) - 2), dated ? 1 : 0, partly ? 1 : 0,
        ];
    }

    /// <summary>Inputs from which "is the actor known at all" is judged: few, since the signal is weak.</summary>
    public double[] ForKnown(double[] p)
    {
        var all = ForRight(p);
        return [all[6], all[7], .. all[^Situations..]];
    }

    private double Value(int row, Measure measure) => values[row * width + (int)measure];
}
