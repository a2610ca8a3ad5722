using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>Questions with known answers out of the knowledge itself: each report of one actor, with the report left out.</summary>
internal static class TrainingCases
{
    public const int LeastTechniques = 5;
    public const int LeastKept = 3;
    private const int LeadDays = 30;
    private const double ThinnedImportance = 0.25;
    private static readonly double[] thinned = [0.1, 0.25, 0.5];

    /// <summary>All questions: with and without the date of the report, whole and thinned.</summary>
    /// <param name="index">The knowledge.</param>
    /// <param name="software">True to ask with software, where there is any; false to ask with techniques alone.</param>
    /// <param name="seed">Seed of the thinning.</param>
    /// <param name="visit">Is shown each whole question: its kind, view, observation, actor, and whether the actor is still known.</param>
    public static List<MeasuredCase> From(KnowledgeIndex index, bool software, int seed, Action<string, KnowledgeView, Observation, int, bool>? visit = null)
    {
        var random = new Random(seed);
        var cases = new List<MeasuredCase>();
        foreach (var report in SoleReports(index))
        {
            if (software && report.Software.Length == 0) continue;
            var name = index.Sources[report.Source];
            var seen = new Observation(report.Techniques, software ? report.Software : [], [], []);
            Add("leave one out", new Lens { ExcludedSources = [name] });
            if (report.Day != KnowledgeIndex.Undated)
                Add("as of", new Lens { ExcludedSources = [name], AsOf = DateOnly.FromDayNumber(report.Day - LeadDays) });

            void Add(string group, Lens lens)
            {
                var view = new KnowledgeView(index, lens);
                var known = view.Size[report.Actor] >= LeastKept;
                var actor = index.Actors[report.Actor];
                var fold = report.Actor % AttributionTrainer.Folds;
                visit?.Invoke(group, view, seen, report.Actor, known);
                cases.Add(MeasuredCase.Of(group, fold, view, seen, actor, known));
                var share = thinned[random.Next(thinned.Length)];
                var thin = new Observation(Thin(seen.Techniques, share, random), Thin(seen.Software, share, random), [], []);
                cases.Add(MeasuredCase.Of(group + ", thinned", fold, view, thin, actor, known, ThinnedImportance));
            }
        }
        return cases;
    }

    /// <summary>Reports that speak of one actor only and name enough techniques.</summary>
    public static IEnumerable<ActorReport> SoleReports(KnowledgeIndex index)
    {
        var reports = new KnowledgeView(index, Lens.All).Reports.SelectMany(list => list).ToList();
        var sole = reports.GroupBy(report => report.Source).Where(group => group.Count() == 1).Select(group => group.Key).ToHashSet();
        return reports.Where(report => sole.Contains(report.Source) && report.Techniques.Length >= LeastTechniques);
    }

    private static int[] Thin(int[] items, double share, Random random)
    {
        if (items.Length == 0) return [];
        var mixed = (int[])items.Clone();
        random.Shuffle(mixed);
        return [.. mixed.Take(Math.Max(1, (int)Math.Round(share * items.Length))).Order()];
    }
}
