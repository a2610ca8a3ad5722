using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>The measures by which candidates are compared, in the order of the columns.</summary>
internal enum Measure
{
    Bm25,
    LanguageModel,
    Containment,
    Multinomial,
    Bm25Family,
    LanguageModelFamily,
    KindredModel,
    RecentBm25,
    ImpliedOnly,
    CampaignTechniques,
    NearestReport,
    NearestThree,
    NearestFamily,
    ReportModel,
    RareSoftwareProfile,
    SoftwareRarity,
    SoftwareCount,
    SoftwareUnique,
    SoftwareSharedSources,
    SoftwareDescribedWith,
    SoftwareNamedWith,
    SoftwareOfCompatriots,
    SoftwareOfAssociates,
    PlainSum,
    Reports,
    Breadth,
    RecentReports,
    Age,
    SoftwareSize,
}

/// <summary>Measures every candidate against an observation; each measure is a sum over the pieces of evidence.</summary>
internal static class CandidateFeatures
{
    /// <summary>Names of the measures, in the order of the columns.</summary>
    public static IReadOnlyList<string> Names { get; } = Enum.GetNames<Measure>();

    private const double DirichletMass = 80;
    private const double MultinomialMass = 0.1;
    private const double DaysOfMonth = 30.4;
    private const int RecentDays = 3 * 365;

    /// <summary>Months since the last report that an actor without any dated report is given.</summary>
    private const double UndatedMonths = 180;

    /// <summary>Software with at most so many known users counts as unique.</summary>
    public const int UniqueUsers = 2;

    public static FeatureMatrix Compute(KnowledgeView view, Observation seen, bool keepParts = false)
    {
        var matrix = new FeatureMatrix(view.ActorCount, Names.Count, seen.Techniques.Length + seen.Software.Length, keepParts);
        var work = new FeatureWork(view, seen);
        var model = new ReportModel(view, seen);
        for (var actor = 0; actor < view.ActorCount; actor++)
        {
            matrix.Usable[actor] = view.Size[actor] > 0;
            if (!matrix.Usable[actor]) continue;
            AddTechniques(view, seen, matrix, actor);
            AddReports(view, work, matrix, actor);
            model.Add(matrix, actor);
            AddSoftware(view, seen, matrix, actor);
            AddBackground(view, matrix, actor);
        }
        for (var i = 0; i < seen.Software.Length; i++) SoftwareLinks.Add(view, seen.Software[i], seen.Techniques.Length + i, matrix);
        return matrix;
    }

    private static void AddTechniques(KnowledgeView view, Observation seen, FeatureMatrix matrix, int actor)
    {
        var share = 1.0 / Math.Max(1, seen.Techniques.Length);
        var length = view.Length[actor];
        for (var i = 0; i < seen.Techniques.Length; i++)
        {
            var t = seen.Techniques[i];
            var n = view.Counts[actor][t];
            var idf = view.Idf[t];
            var usual = view.Background[t];
            var family = view.Index.Family[t];
            var plain = Rankers.Bm25Part(view, actor, t, KnowledgeView.ImpliedWeight);
            matrix.Add(actor, (int)Measure.Bm25, i, plain);
            matrix.Add(actor, (int)Measure.PlainSum, i, plain);
            matrix.Add(actor, (int)Measure.LanguageModel, i, Math.Log((n + DirichletMass * usual) / (length + DirichletMass) / usual));
            matrix.Add(actor, (int)Measure.Multinomial, i, Math.Log((n + MultinomialMass) / (length + MultinomialMass * view.TechniqueCount)));
            matrix.Add(actor, (int)Measure.Bm25Family, i, view.Families.Bm25Part(actor, family));
            matrix.Add(actor, (int)Measure.LanguageModelFamily, i, view.Families.LanguagePart(actor, family, DirichletMass));
            matrix.Add(actor, (int)Measure.KindredModel, i,
                Math.Log((n + DirichletMass / 2 * (view.Kindred[actor][t] + usual)) / (length + DirichletMass) / usual));
            if (n > 0) matrix.Add(actor, (int)Measure.Containment, i, share);
            else if (view.Implied[actor][t] > 0) matrix.Add(actor, (int)Measure.ImpliedOnly, i, idf);
            if (view.CampaignCounts[actor][t] > 0) matrix.Add(actor, (int)Measure.CampaignTechniques, i, idf);
            if (view.RecentCounts[actor][t] is > 0 and var recent)
                matrix.Add(actor, (int)Measure.RecentBm25, i, idf * Rankers.Saturated(recent));
        }
    }

    private static void AddReports(KnowledgeView view, FeatureWork work, FeatureMatrix matrix, int actor)
    {
        Span<(double Score, int Report)> best = [(0, -1), (0, -1), (0, -1)];
        (double Score, int Report) family = (0, -1);
        var reports = view.Reports[actor];
        for (var r = 0; r < reports.Length; r++)
        {
            var exact = work.Similarity(actor, r);
            for (var slot = 0; slot < best.Length; slot++)
            {
                if (exact <= best[slot].Score) continue;
                for (var lower = best.Length - 1; lower > slot; lower--) best[lower] = best[lower - 1];
                best[slot] = (exact, r);
                break;
            }
            var broad = work.FamilySimilarity(actor, r);
            if (broad > family.Score) family = (broad, r);
        }
        for (var slot = 0; slot < best.Length && best[slot].Report >= 0; slot++)
            work.AddSimilarity(matrix, actor, best[slot].Report, Measure.NearestThree, slot == 0 ? Measure.NearestReport : null);
        if (family.Report >= 0) work.AddFamilySimilarity(matrix, actor, family.Report, Measure.NearestFamily);
        work.AddSoftwareProfile(matrix, actor, Measure.RareSoftwareProfile);
    }

    private static void AddSoftware(KnowledgeView view, Observation seen, FeatureMatrix matrix, int actor)
    {
        for (var i = 0; i < seen.Software.Length; i++)
        {
            var s = seen.Software[i];
            if (view.ActorSoftware[actor][s] == 0) continue;
            var piece = seen.Techniques.Length + i;
            matrix.Add(actor, (int)Measure.SoftwareRarity, piece, view.SoftwareIdf(s));
            matrix.Add(actor, (int)Measure.PlainSum, piece, Rankers.SoftwareWeight * view.SoftwareIdf(s));
            matrix.Add(actor, (int)Measure.SoftwareCount, piece, 1);
            if (view.SoftwareDf[s] <= UniqueUsers) matrix.Add(actor, (int)Measure.SoftwareUnique, piece, 1.0 / view.SoftwareDf[s]);
        }
    }

    private static void AddBackground(KnowledgeView view, FeatureMatrix matrix, int actor)
    {
        int recent = 0, last = int.MinValue;
        foreach (var report in view.Reports[actor])
        {
            if (report.Day == KnowledgeIndex.Undated || report.Day > view.Today) continue;
            if (view.Today - report.Day <= RecentDays) recent++;
            last = Math.Max(last, report.Day);
        }
        var months = last == int.MinValue ? UndatedMonths : (view.Today - last) / DaysOfMonth;
        matrix.Add(actor, (int)Measure.Reports, matrix.Background, Math.Log(1 + view.Reports[actor].Length));
        matrix.Add(actor, (int)Measure.Breadth, matrix.Background, Math.Log(1 + view.Size[actor]));
        matrix.Add(actor, (int)Measure.RecentReports, matrix.Background, Math.Log(1 + recent));
        matrix.Add(actor, (int)Measure.Age, matrix.Background, Math.Log(1 + months));
        matrix.Add(actor, (int)Measure.SoftwareSize, matrix.Background, Math.Log(1 + view.SoftwareSize[actor]));
    }
}
