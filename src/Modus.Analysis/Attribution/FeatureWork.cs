using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>What the measures of all candidates share for one observation: cosines with reports and software.</summary>
internal sealed class FeatureWork
{
    /// <summary>Keeps a short report or a thin software profile from looking like a perfect match.</summary>
    private const double Damping = 8;

    private readonly KnowledgeView view;
    private readonly Observation seen;
    private readonly bool[] observed;
    private readonly double[] familyWeight;
    private readonly double[] softwareCosine;
    private readonly double norm;
    private readonly double familyNorm;

    public FeatureWork(KnowledgeView view, Observation seen)
    {
        this.view = view;
        this.seen = seen;
        observed = new bool[view.TechniqueCount];
        familyWeight = new double[view.TechniqueCount];
        double sum = 0, familySum = 0;
        foreach (var t in seen.Techniques)
        {
            observed[t] = true;
            sum += view.Idf[t] * view.Idf[t];
            var f = view.Index.Family[t];
            if (familyWeight[f] > 0) continue;
            familyWeight[f] = view.Families.Idf[f];
            familySum += familyWeight[f] * familyWeight[f];
        }
        norm = Math.Sqrt(sum);
        familyNorm = Math.Sqrt(familySum);
        softwareCosine = new double[view.SoftwareCount];
        for (var s = 0; s < view.SoftwareCount; s++)
            if (view.SoftwareDf[s] > 0) softwareCosine[s] = Overlap(view.TechniquesOfSoftware[s]) / SoftwareScale(s);
    }

    /// <summary>Cosine between the observation and a report, techniques weighted by rarity.</summary>
    public double Similarity(int actor, int report)
    {
        var dot = Overlap(view.Reports[actor][report].Techniques);
        return dot == 0 ? 0 : dot / (norm * Math.Sqrt(view.ReportNorms[actor][report] + Damping));
    }

    public void AddSimilarity(FeatureMatrix matrix, int actor, int report, Measure measure, Measure? also)
    {
        var techniques = view.Reports[actor][report].Techniques;
        var scale = norm * Math.Sqrt(view.ReportNorms[actor][report] + Damping);
        for (var i = 0; i < seen.Techniques.Length; i++)
        {
            var t = seen.Techniques[i];
            if (Array.BinarySearch(techniques, t) < 0) continue;
            var value = view.Idf[t] * view.Idf[t] / scale;
            matrix.Add(actor, (int)measure, i, value);
            if (also is { } second) matrix.Add(actor, (int)second, i, value);
        }
    }

    /// <summary>The same at the level of techniques without sub-techniques.</summary>
    public double FamilySimilarity(int actor, int report)
    {
        double dot = 0;
        foreach (var f in view.Reports[actor][report].Families) dot += familyWeight[f] * familyWeight[f];
        return dot == 0 ? 0 : dot / (familyNorm * Math.Sqrt(view.FamilyNorms[actor][report] + Damping));
    }

    public void AddFamilySimilarity(FeatureMatrix matrix, int actor, int report, Measure measure)
    {
        var families = view.Reports[actor][report].Families;
        var scale = familyNorm * Math.Sqrt(view.FamilyNorms[actor][report] + Damping);
        var done = new HashSet<int>();
        for (var i = 0; i < seen.Techniques.Length; i++)
        {
            var f = view.Index.Family[seen.Techniques[i]];
            if (Array.BinarySearch(families, f) >= 0 && done.Add(f))
                matrix.Add(actor, (int)measure, i, familyWeight[f] * familyWeight[f] / scale);
        }
    }

    /// <summary>How much the observation looks like a software of the actor, the more so the fewer others use it.</summary>
    public void AddSoftwareProfile(FeatureMatrix matrix, int actor, Measure measure)
    {
        var best = -1;
        double most = 0;
        foreach (var s in view.SoftwareOfActor[actor])
        {
            var value = softwareCosine[s] / view.SoftwareDf[s];
            if (value > most) (most, best) = (value, s);
        }
        if (best < 0) return;
        var scale = SoftwareScale(best) * view.SoftwareDf[best];
        for (var i = 0; i < seen.Techniques.Length; i++)
        {
            var t = seen.Techniques[i];
            if (Array.BinarySearch(view.TechniquesOfSoftware[best], t) >= 0)
                matrix.Add(actor, (int)measure, i, view.Idf[t] * view.Idf[t] / scale);
        }
    }

    private double SoftwareScale(int software) => Math.Max(1e-9, norm * Math.Sqrt(view.SoftwareNorm[software] + Damping));

    private double Overlap(int[] techniques)
    {
        double dot = 0;
        foreach (var t in techniques) if (observed[t]) dot += view.Idf[t] * view.Idf[t];
        return dot;
    }
}
