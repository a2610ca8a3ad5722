using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>How likely an observation is by an actor's profile and the one of its reports that explains it best, each piece beside chance.</summary>
/// <remarks>An actor is more than the sum of its reports: what one operation did together, with which software, says more about
/// the next one like it than a profile of ten years does.</remarks>
internal sealed class ReportModel
{
    /// <summary>How much of a guess comes from the report; the rest comes from the profile.</summary>
    private const double ReportShare = 0.5;
    private const double ReportMass = 10;
    private const double ProfileMass = 80;

    /// <summary>Software of one report is not independent of its techniques, nor of each other.</summary>
    private const double SoftwareWeight = 0.6;
    private const double SoftwareReportMass = 2;
    private const double SoftwareProfileMass = 8;

    /// <summary>Software of an average actor, to turn a number of users into a share.</summary>
    private const double UsualSoftware = 6;

    private readonly KnowledgeView view;
    private readonly Observation seen;
    private readonly int[] placeOfTechnique;
    private readonly int[] placeOfSoftware;
    private readonly double[] usual;
    private readonly double[] profile;
    private readonly double[] best;
    private readonly bool[] shared;
    private readonly double[] parts;

    public ReportModel(KnowledgeView view, Observation seen)
    {
        this.view = view;
        this.seen = seen;
        var techniques = seen.Techniques.Length;
        var pieces = techniques + seen.Software.Length;
        (usual, profile, parts, best, shared) = (new double[pieces], new double[pieces], new double[pieces], new double[pieces], new bool[pieces]);
        placeOfTechnique = Places(seen.Techniques, view.TechniqueCount, 0);
        placeOfSoftware = Places(seen.Software, view.SoftwareCount, techniques);
        for (var i = 0; i < techniques; i++) usual[i] = view.Background[seen.Techniques[i]];
        for (var i = techniques; i < pieces; i++)
            usual[i] = (view.SoftwareDf[seen.Software[i - techniques]] + 0.5) / (Math.Max(1, view.ActiveActors) * UsualSoftware);
    }

    /// <summary>Adds the measure of one actor. Reports that share nothing with the observation explain it no better than the profile alone.</summary>
    public void Add(FeatureMatrix matrix, int actor)
    {
        FillProfile(actor);
        Array.Clear(shared);
        var most = Explain(0, 0);
        parts.CopyTo(best, 0);
        foreach (var report in view.Reports[actor])
        {
            if (!Mark(report)) continue;
            var value = Explain(report.Techniques.Length, report.Software.Length);
            if (value <= most) continue;
            most = value;
            parts.CopyTo(best, 0);
        }
        for (var i = 0; i < best.Length; i++) matrix.Add(actor, (int)Measure.ReportModel, i, best[i]);
    }

    private void FillProfile(int actor)
    {
        double software = 0;
        foreach (var s in view.SoftwareOfActor[actor]) software += view.ActorSoftware[actor][s];
        var techniques = seen.Techniques.Length;
        for (var i = 0; i < techniques; i++)
            profile[i] = (view.Counts[actor][seen.Techniques[i]] + ProfileMass * usual[i]) / (view.Length[actor] + ProfileMass);
        for (var i = techniques; i < profile.Length; i++)
            profile[i] = (view.ActorSoftware[actor][seen.Software[i - techniques]] + SoftwareProfileMass * usual[i]) / (software + SoftwareProfileMass);
    }

    /// <summary>Marks what a report shares with the observation; false where that is nothing.</summary>
    private bool Mark(ActorReport report)
    {
        Array.Clear(shared);
        var any = false;
        foreach (var t in report.Techniques)
            if (placeOfTechnique[t] >= 0) any = shared[placeOfTechnique[t]] = true;
        foreach (var s in report.Software)
            if (placeOfSoftware[s] >= 0) any = shared[placeOfSoftware[s]] = true;
        return any;
    }

    /// <summary>How much likelier each piece is than by chance, as logarithms into the parts, for a report with so many techniques and software; returns their sum.</summary>
    private double Explain(int techniques, int software)
    {
        double sum = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var isTechnique = i < seen.Techniques.Length;
            parts[i] = 0;
            // Software that nobody is known to use tells nobody apart.
            if (!isTechnique && view.SoftwareDf[seen.Software[i - seen.Techniques.Length]] == 0) continue;
            var (mass, length) = isTechnique ? (ReportMass, techniques) : (SoftwareReportMass, software);
            var guess = (1 - ReportShare) * profile[i] + ReportShare * ((shared[i] ? 1 : 0) + mass * usual[i]) / (length + mass);
            parts[i] = (isTechnique ? 1 : SoftwareWeight) * Math.Log(guess / usual[i]);
            sum += parts[i];
        }
        return sum;
    }

    private static int[] Places(int[] items, int count, int first)
    {
        var places = new int[count];
        Array.Fill(places, -1);
        for (var i = 0; i < items.Length; i++) places[items[i]] = first + i;
        return places;
    }
}
