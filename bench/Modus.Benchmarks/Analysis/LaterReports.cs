using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;

namespace Modus.Benchmarks.Analysis;

/// <summary>Questions about now: each release is asked about the reports of one actor that it does not cite and the newest of the split does.</summary>
/// <remarks>A report is asked of every release that lacks it, so these cases teach what new reports are like and are no sample of them.</remarks>
internal static class LaterReports
{
    private const string Newest = "16.1";

    /// <summary>A report is asked of several releases, and of old ones harder than of the last before it: a quarter of a question in how far a first can be trusted.</summary>
    private const double Repeated = 0.25;
    private static readonly string[] releases = ["7.2", "8.2", "9.0", "10.1", "11.3", "12.1", "13.1", "14.1", "15.1"];

    public static List<MeasuredCase> Cases(EvaluationData data, bool software)
    {
        var newest = data.Release(Newest);
        var folds = Folds(data);
        var addresses = newest.Knowledge.Sources.ToDictionary(source => source.Name, source => source.Address, StringComparer.Ordinal);
        var reports = TrainingCases.SoleReports(newest).ToList();
        var cases = new List<MeasuredCase>();
        foreach (var release in releases)
        {
            var index = data.Release(release);
            var cited = index.Knowledge.Sources.Select(source => source.Address).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
            var view = new KnowledgeView(index, Lens.All);
            foreach (var report in reports)
            {
                var source = newest.Sources[report.Source];
                if (index.Sources.Find(source) >= 0 || (addresses.GetValueOrDefault(source) is { } address && cited.Contains(address))) continue;
                var techniques = Numbers(report.Techniques, newest.Techniques, index.Techniques);
                if (techniques.Length < TrainingCases.LeastTechniques) continue;
                var tools = Numbers(report.Software, newest.Software, index.Software);
                var actor = newest.Actors[report.Actor];
                var at = index.Actors.Find(actor);
                cases.Add(MeasuredCase.Of(AttributionLab.Later, folds.GetValueOrDefault(actor, report.Actor % AttributionTrainer.Folds), view,
                    new(techniques, software ? tools : [], [], []), actor, at >= 0 && view.Size[at] >= TrainingCases.LeastKept, importance: 0)
                with
                { OwnImportance = 1, TrustImportance = Repeated });
            }
        }
        return cases;
    }

    /// <summary>The fold of each actor of the development split.</summary>
    public static Dictionary<string, int> Folds(EvaluationData data) => ((string[])["loro", "causal", "temporal"]).SelectMany(name => data.Cases(name))
        .GroupBy(item => item.Actor, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Fold, StringComparer.Ordinal);

    /// <summary>Items of one release in the numbers of another, those it does not have left out.</summary>
    public static int[] Numbers(int[] items, IdTable from, IdTable to) => [.. items.Select(item => to.Find(from[item])).Where(item => item >= 0).Distinct().Order()];
}
