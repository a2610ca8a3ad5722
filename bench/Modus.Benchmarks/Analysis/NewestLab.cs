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
    private const string LeftOut = $"loro, {Newest}", AsOf = $"causal, {Newest}", NextRelease = $"{Before} asked about {Newest}", AllNext = $"temporal and {NextRelease}";
    private const int LeadDays = 30;

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

        ByActor(data, index, old, reports, Fresh);

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

    /// <summary>The protocols of the development split on the newest release, the model learned from the split without the actor in question.</summary>
    private static void ByActor(EvaluationData data, KnowledgeIndex index, KnowledgeIndex old, List<ActorReport> reports, Func<ActorReport, bool> fresh)
    {
        var folds = LaterReports.Folds(data);
        string[] protocols = [.. AttributionLab.Whole, AttributionLab.Later, .. AttributionLab.Thinned];
        var ranks = new SortedDictionary<(string Name, string Group), List<double>>();
        foreach (var item in reports.SelectMany(report => Asks(report, true)).Where(item => item.Known))
            foreach (var (name, score) in new (string, Func<KnowledgeView, Observation, double[]>)[] { ("BM25", Rankers.Bm25), ("BM25 + implied + software", Rankers.Bm25Software) })
            {
                if (!ranks.TryGetValue((name, item.Group), out var list)) ranks[(name, item.Group)] = list = [];
                list.Add(RankMetrics.Rank(score(item.View, item.Seen), item.View.Index.Actors.Find(item.Actor)));
            }
        foreach (var ((name, group), list) in ranks)
        {
            var m = RankMetrics.Of(list);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {group} | {name} | {m.Cases} | {m.Top1:.000} / {m.Top5:.000} / {m.Mrr:.000} |"));
        }
        List<MeasuredCase> Asked(bool software) => [.. reports.SelectMany(report => Questions(report, software))];
        var (techniques, software) = (AttributionLab.Load(data, false, protocols), AttributionLab.Load(data, true, protocols));
        var (plain, with) = (Asked(false), Asked(true));
        var answers = AttributionTrainer.Transfer(techniques, plain);
        var tools = AttributionTrainer.Transfer([.. software.Where(item => item.HasSoftware)], [.. with.Where(item => item.HasSoftware)]);
        var lacking = plain.Zip(with).Where(pair => !pair.Second.HasSoftware).Select(pair => pair.First).ToHashSet(ReferenceEqualityComparer.Instance);
        List<HeldOut> mixed = [.. tools, .. answers.Where(item => lacking.Contains(item.Case))];
        foreach (var (label, fresher, split) in new[]
        {
            ("techniques", answers, AttributionLab.Answers(techniques, null)), ("with software", mixed, AttributionLab.Answers(techniques, software)),
        })
        {
            AttributionLab.Print(label, [.. fresher, .. split.Concat(fresher).Where(item => item.Case.Group is "temporal" or NextRelease)
                .Select(item => item with { Case = item.Case with { Group = AllNext } })], data.Nations());
            AttributionLab.PrintPaired(label, fresher);
        }

        IEnumerable<MeasuredCase> Questions(ActorReport report, bool asked) => Asks(report, asked).Select(item =>
            MeasuredCase.Of(item.Group, folds.GetValueOrDefault(item.Actor, report.Actor % AttributionTrainer.Folds), item.View, item.Seen, item.Actor, item.Known));

        IEnumerable<(string Group, KnowledgeView View, Observation Seen, string Actor, bool Known)> Asks(ActorReport report, bool asked)
        {
            var seen = new Observation(report.Techniques, asked ? report.Software : [], [], []);
            var without = new Lens { ExcludedSources = [index.Sources[report.Source]] };
            yield return Ask(LeftOut, new(index, without), seen);
            if (report.Day != KnowledgeIndex.Undated)
                yield return Ask(AsOf, new(index, without with { AsOf = DateOnly.FromDayNumber(report.Day - LeadDays) }), seen);
            var earlier = LaterReports.Numbers(report.Techniques, index.Techniques, old.Techniques);
            if (fresh(report) && earlier.Length >= TrainingCases.LeastTechniques)
                yield return Ask(NextRelease, new(old, Lens.All), new(earlier, asked ? LaterReports.Numbers(report.Software, index.Software, old.Software) : [], [], []));

            (string, KnowledgeView, Observation, string, bool) Ask(string group, KnowledgeView view, Observation observed)
            {
                var actor = index.Actors[report.Actor];
                var at = view.Index.Actors.Find(actor);
                return (group, view, observed, actor, at >= 0 && view.Size[at] >= TrainingCases.LeastKept);
            }
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
