using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>What a ranking looks like from outside: the inputs from which its reliability is judged.</summary>
internal static class VerdictInputs
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "ln p1", "ln p1/p2", "entropy", "ln techniques", "ln software", "software of the first", "rarest shared software",
        "unique shared software", "software of others only", "containment", "bm25 share", "nearest report", "nearest family",
        "ln reports", "age", "bm25 ahead", "software ahead", "nearest ahead", "as of a date", "sources left out",
    ];

    /// <summary>How many of the inputs, from the end, tell the kind of question and not the ranking.</summary>
    public const int Situations = 2;

    /// <summary>The inputs from which "is the actor known at all" is judged: few, since the signal is weak.</summary>
    public static double[] ForKnown(double[] inputs) =>
        [inputs[0], inputs[1], inputs[2], inputs[6], inputs[7], inputs[8], inputs[11], .. inputs[^Situations..]];

    public static double[] Of(KnowledgeView view, Observation seen, FeatureMatrix matrix, int[] actors, double[] p)
    {
        int first = 0, second = -1;
        for (var i = 1; i < p.Length; i++) if (p[i] > p[first]) first = i;
        for (var i = 0; i < p.Length; i++) if (i != first && (second < 0 || p[i] > p[second])) second = i;
        var a = actors[first];
        var b = second < 0 ? a : actors[second];
        var entropy = -p.Sum(value => value > 0 ? value * Math.Log(value) : 0);
        var shared = seen.Software.Where(s => view.ActorSoftware[a * view.SoftwareCount + s] > 0).ToArray();
        var others = seen.Software.Count(s => view.SoftwareDf[s] > 0) - shared.Length;
        var possible = Math.Max(1e-9, seen.Techniques.Sum(t => view.Idf[t]));
        return
        [
            Math.Log(Math.Max(1e-12, p[first])), second < 0 ? 5 : Math.Log(Math.Max(1e-12, p[first]) / Math.Max(1e-12, p[second])), entropy,
            Math.Log(1 + seen.Techniques.Length), Math.Log(1 + seen.Software.Length),
            shared.Length / (double)Math.Max(1, seen.Software.Length), shared.Select(view.SoftwareIdf).DefaultIfEmpty(0).Max(),
            Value(a, Measure.SoftwareUnique), others, Value(a, Measure.Containment), Value(a, Measure.Bm25) / possible,
            Value(a, Measure.NearestReport), Value(a, Measure.NearestFamily), Value(a, Measure.Reports), Value(a, Measure.Age),
            (Value(a, Measure.Bm25) - Value(b, Measure.Bm25)) / possible,
            Value(a, Measure.SoftwareRarity) - Value(b, Measure.SoftwareRarity),
            Value(a, Measure.NearestReport) - Value(b, Measure.NearestReport),
            view.Lens.AsOf is null ? 0 : 1, view.Lens.AsOf is null && view.Lens.ExcludedSources.Count > 0 ? 1 : 0,
        ];

        double Value(int actor, Measure measure) => matrix.Values[actor * matrix.Features + (int)measure];
    }
}
