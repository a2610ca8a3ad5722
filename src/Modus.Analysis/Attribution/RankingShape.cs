using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>What is needed, beside a ranking, to judge how reliable it is. Small, so that thousands can be held.</summary>
internal sealed class RankingShape
{
    private readonly int techniques;
    private readonly int software;
    private readonly int knownSoftware;
    private readonly double possible;
    private readonly float[] values;
    private readonly double[] rarestShared;
    private readonly SharedSoftware[] shared;
    private readonly int width;

    public RankingShape(KnowledgeView view, Observation seen, FeatureMatrix matrix, int[] actors)
    {
        techniques = seen.Techniques.Length;
        software = seen.Software.Length;
        knownSoftware = seen.Software.Count(s => view.SoftwareDf[s] > 0);
        possible = Math.Max(1e-9, seen.Techniques.Sum(t => view.Idf[t]));
        Situation = Situations.Of(view.Index, view.Lens);
        width = matrix.Features;
        values = new float[actors.Length * width];
        rarestShared = new double[actors.Length];
        shared = [.. actors.Select(actor => SharedSoftware.Of(view, seen, actor))];
        for (var i = 0; i < actors.Length; i++)
        {
            for (var k = 0; k < width; k++) values[i * width + k] = (float)matrix.Values[actors[i] * width + k];
            foreach (var s in seen.Software)
                if (view.ActorSoftware[actors[i]][s] > 0) rarestShared[i] = Math.Max(rarestShared[i], view.SoftwareIdf(s));
        }
    }

    /// <summary>How many of the inputs, from the end, tell the kind of question and not the ranking.</summary>
    public const int Kinds = 2;

    /// <summary>Measures by each of which the first is compared with the best of the others.</summary>
    private static readonly Measure[] leads =
    [
        Measure.Bm25, Measure.LanguageModel, Measure.KindredModel, Measure.NearestReport, Measure.NearestThree,
        Measure.SoftwareRarity, Measure.SoftwareSharedSources, Measure.RareSoftwareProfile, Measure.ReportModel,
    ];

    /// <summary>What tells software that is an actor's own from tools, by each of which the first is compared too.</summary>
    private static readonly (string Name, Func<RankingShape, int, double> Of)[] ownership =
    [
        ("malware", (shape, row) => shape.Value(row, Measure.SoftwareRarity) - shape.shared[row].ToolRarity),
        ("own software", (shape, row) => shape.shared[row].Owned),
        ("named with", (shape, row) => shape.Value(row, Measure.SoftwareNamedWith)),
    ];

    /// <summary>A lead of so many standard deviations is as good as any longer one.</summary>
    private const double LongestLead = 4;

    public static IReadOnlyList<string> Names { get; } =
    [
        "ln p1", "ln p1/p2", "entropy", "ln techniques", "ln software", "software of the first", "rarest shared software",
        "unique shared software", "software of others only", "containment", "bm25 share", "nearest report", "nearest family",
        "ln reports", "age", "bm25 ahead", "software ahead", "nearest ahead", "ln p1 × ln techniques", .. leads.Select(measure => $"lead by {measure}"), "leads",
        "rarity of tools", "unique tools", "own software", "nobody's software", "named with", "shared sources", "language model",
        "report model", "report over profile", .. ownership.Select(item => $"{item.Name} ahead"), "as of a date", "sources left out",
    ];

    private static readonly int[] known =
        [.. ((string[])["rarest shared software", "unique shared software", "rarity of tools", "unique tools"]).Select(name => Array.IndexOf([.. Names], name))];

    /// <summary>How many inputs there are to judge whether the actor is known.</summary>
    public static int KnownInputs => known.Length + Kinds;

    /// <summary>The kind of question: a number of <see cref="Situations"/>.</summary>
    public int Situation { get; }

    /// <summary>Inputs from which "is the first candidate right" is judged.</summary>
    public double[] ForRight(double[] p)
    {
        int first = 0, second = -1;
        for (var i = 1; i < p.Length; i++) if (p[i] > p[first]) first = i;
        for (var i = 0; i < p.Length; i++) if (i != first && (second < 0 || p[i] > p[second])) second = i;
        if (second < 0) second = first;
        var entropy = -p.Sum(value => value > 0 ? value * Math.Log(value) : 0);
        var certainty = Math.Log(Math.Max(1e-12, p[first]));
        var count = Value(first, Measure.SoftwareCount);
        double[] ahead = [.. leads.Select(measure => Lead(first, measure))];
        return
        [
            certainty, second == first ? 5 : certainty - Math.Log(Math.Max(1e-12, p[second])), entropy,
            Math.Log(1 + techniques), Math.Log(1 + software), count / Math.Max(1, software), rarestShared[first],
            Value(first, Measure.SoftwareUnique), knownSoftware - count, Value(first, Measure.Containment), Value(first, Measure.Bm25) / possible,
            Value(first, Measure.NearestReport), Value(first, Measure.NearestFamily), Value(first, Measure.Reports), Value(first, Measure.Age),
            (Value(first, Measure.Bm25) - Value(second, Measure.Bm25)) / possible,
            Value(first, Measure.SoftwareRarity) - Value(second, Measure.SoftwareRarity),
            Value(first, Measure.NearestReport) - Value(second, Measure.NearestReport),
            certainty * (Math.Log(1 + techniques) - 2), .. ahead.Select(lead => Math.Clamp(lead, -LongestLead, LongestLead)), ahead.Count(lead => lead > 1e-9),
            shared[first].ToolRarity, shared[first].ToolUnique, shared[first].Owned, shared[first].Nobodys,
            Value(first, Measure.SoftwareNamedWith), Value(first, Measure.SoftwareSharedSources), Value(first, Measure.LanguageModel),
            Value(first, Measure.ReportModel), Value(first, Measure.ReportModel) - Value(first, Measure.LanguageModel),
            .. ownership.Select(item => item.Of(this, first) - BestOther(first, item.Of)),
            Situation == Situations.AsOf ? 1 : 0, Situation == Situations.LeftOut ? 1 : 0,
        ];
    }

    /// <summary>Inputs from which it is judged whether the actor is known at all where the first is wrong: few, since the signal is weak.</summary>
    public double[] ForKnown(double[] p)
    {
        var all = ForRight(p);
        return [.. known.Select(at => all[at]), .. all[^Kinds..]];
    }

    /// <summary>How far the first is ahead of the best other by one measure, in standard deviations over the candidates; negative where it is behind.</summary>
    private double Lead(int first, Measure measure)
    {
        double sum = 0, square = 0, other = double.NegativeInfinity;
        var candidates = rarestShared.Length;
        for (var row = 0; row < candidates; row++)
        {
            var value = Value(row, measure);
            sum += value;
            square += value * value;
            if (row != first) other = Math.Max(other, value);
        }
        var deviation = Math.Sqrt(Math.Max(0, square / candidates - sum / candidates * (sum / candidates)));
        return deviation < 1e-6 || candidates < 2 ? 0 : (Value(first, measure) - other) / deviation;
    }

    private double BestOther(int first, Func<RankingShape, int, double> measure)
    {
        var best = double.NegativeInfinity;
        for (var row = 0; row < rarestShared.Length; row++)
            if (row != first) best = Math.Max(best, measure(this, row));
        return double.IsNegativeInfinity(best) ? 0 : best;
    }

    private double Value(int row, Measure measure) => values[row * width + (int)measure];
}
