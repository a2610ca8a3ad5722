namespace Modus.Analysis.Knowledge;

/// <summary>The view at the level of techniques without sub-techniques: sources that name any of a family.</summary>
internal sealed class FamilyCounts
{
    private readonly float[] counts;
    private readonly double[] length;
    private readonly double[] idf;
    private readonly double[] background;
    private readonly double average;
    private readonly int width;

    public FamilyCounts(KnowledgeView view, ActorReport[][] reports)
    {
        width = view.TechniqueCount;
        counts = new float[view.ActorCount * width];
        length = new double[view.ActorCount];
        background = new double[width];
        foreach (var list in reports)
            foreach (var report in list)
                foreach (var family in report.Families)
                {
                    counts[report.Actor * width + family]++;
                    length[report.Actor]++;
                    background[family]++;
                }
        var df = new int[width];
        var active = 0;
        for (var a = 0; a < view.ActorCount; a++)
        {
            if (length[a] == 0) continue;
            active++;
            for (var f = 0; f < width; f++) if (counts[a * width + f] > 0) df[f]++;
        }
        average = active == 0 ? 1 : length.Sum() / active;
        idf = [.. df.Select(users => Math.Log(1 + (active - users + 0.5) / (users + 0.5)))];
        var families = view.Index.Family.Distinct().Count();
        var total = background.Sum();
        for (var f = 0; f < width; f++) background[f] = (background[f] + 0.5) / (total + 0.5 * families);
    }

    public double Idf(int family) => idf[family];

    public double Bm25Part(int actor, int family)
    {
        var tf = counts[actor * width + family];
        return tf == 0 ? 0 : idf[family] * Attribution.Rankers.Saturated(tf, length[actor] / average);
    }

    public double LanguagePart(int actor, int family, double mass) =>
        Math.Log((counts[actor * width + family] + mass * background[family]) / (length[actor] + mass) / background[family]);
}
