using System.Globalization;
using Modus.Analysis.Attribution;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;
using Modus.Attack;

namespace Modus.Benchmarks.Analysis;

/// <summary>The shipped figures on a release that is newer than all they were learned from.</summary>
internal static class NewestLab
{
    private const string Newest = "18.1";
    private const string Before = "16.1";

    public static void Run(EvaluationData data)
    {
        var old = data.Release(Before);
        var facts = ReleaseAdapter.Read(KnowledgeBase.Open().Get(Newest)!, EmbeddedFacts.SourceDates, EmbeddedFacts.SuspectedNations, Domains.Enterprise);
        var index = new KnowledgeIndex(facts);
        var reports = TrainingCases.SoleReports(index).ToList();
        var addresses = old.Knowledge.Sources.Select(item => item.Address).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var addressOf = facts.Sources.Where(item => item.Address is not null).ToDictionary(item => item.Name, item => item.Address!, StringComparer.Ordinal);
        bool Fresh(ActorReport report) => index.Sources[report.Source] is var name && old.Sources.Find(name) < 0 && !(addressOf.TryGetValue(name, out var address) && addresses.Contains(address));
        var newer = new Attributor(index);
        var older = new Attributor(old);
        foreach (var software in (bool[])[false, true])
        {
            var kind = software ? "with software" : "techniques";
            Print($"leave one out, {Newest}, all reports", kind, reports.Select(report => Ask(newer, report, software, [index.Sources[report.Source]])));
            Print($"leave one out, {Newest}, reports that {Before} does not cite", kind, reports.Where(Fresh).Select(report => Ask(newer, report, software, [index.Sources[report.Source]])));
            Print($"next release, {Before} asked about reports that only {Newest} cites", kind, reports.Where(Fresh)
                .Where(report => report.Techniques.Count(t => old.Techniques.Find(index.Techniques[t]) >= 0) >= TrainingCases.LeastTechniques)
                .Select(report => Ask(older, report, software, [])));
        }

        (double Rank, bool Known, double Confidence) Ask(Attributor attributor, ActorReport report, bool software, string[] excluded)
        {
            var lens = new Lens { ExcludedSources = excluded };
            var asked = attributor.Index;
            var answer = attributor.Answer(new()
            {
                Techniques = [.. report.Techniques.Select(t => index.Techniques[t])],
                Software = software ? [.. report.Software.Select(s => index.Software[s])] : [],
                Lens = lens,
                Explained = 0,
            });
            var actor = index.Actors[report.Actor];
            var at = asked.Actors.Find(actor);
            var known = at >= 0 && attributor.ViewOf(lens).Size[at] >= TrainingCases.LeastKept;
            var place = answer.Candidates.Select((item, rank) => (item.Id, rank)).Where(item => item.Id == actor).Select(item => item.rank + 1.0).DefaultIfEmpty(double.PositiveInfinity).First();
            return (place, known, answer.Candidates.Count == 0 ? 0 : answer.Candidates[0].Probability);
        }
    }

    private static void Print(string what, string kind, IEnumerable<(double Rank, bool Known, double Confidence)> asked)
    {
        var answers = asked.ToList();
        var m = RankMetrics.Of([.. answers.Where(item => item.Known).Select(item => item.Rank)]);
        var o = OpenSetMetrics.Of([.. answers.Select(item => (item.Confidence, item.Known && item.Rank <= 1))]);
        var half = 1.96 * Math.Sqrt(m.Top1 * (1 - m.Top1) / Math.Max(1, m.Cases));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {kind} | {m.Cases} | {m.Top1:.000} ± {half:.000} / {m.Top5:.000} / {m.Mrr:.000} | {o.Cases} | {o.Separation:.000} | {o.CalibrationError:.000} ({o.CalibrationErrorByChance:.000}) | {o.CoverageAt90:.000} | {o.CoverageAt80:.000} |"));
    }
}
