using Modus.Reports.Mapping;
using Modus.Reports.Training;

namespace Modus.Reports.Evaluation;

/// <summary>What a given model reaches on reports.</summary>
/// <param name="Exact">By technique and sub-technique.</param>
/// <param name="Parent">With sub-techniques counted as their parents on both sides.</param>
/// <param name="UnknownLabels">Labels that the model does not know and that were left out, each once.</param>
/// <param name="CandidateRecall">Share of the reports' parents that stand among the report's first 120 suggestions.</param>
public sealed record FixedEvaluationResult(MapperMeasures Exact, MapperMeasures Parent, IReadOnlyList<string> UnknownLabels, double CandidateRecall);

/// <summary>
/// Measures a model as it is on reports it was not fitted on: another house's reports, with its own idea of what counts as a
/// mapping. Nothing is fitted and the thresholds are the model's own.
/// </summary>
public static class FixedEvaluation
{
    /// <summary>Suggestions of a report among which candidate recall is counted.</summary>
    public const int FirstCandidates = 120;

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reports">Labelled reports.</param>
    /// <param name="openSet">
    /// True to count every technique of the model, also those that the reports' people never used; false to count only techniques that some
    /// report is labelled with.
    /// </param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="stop">Stops the work.</param>
    public static FixedEvaluationResult Measure(
        MapperModel model, IReadOnlyList<LabelledReport> reports, bool openSet = false, int seed = 17, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reports);
        var (exact, parent) = Scored(model, reports, Used(model, reports), openSet, stop);
        return new(
            Measuring.Of("exact", exact, probabilities: true, seed), Measuring.Of("parent", parent, probabilities: true, seed),
            Unknown(model, reports), Recall(parent));
    }

    /// <summary>The classes that reports are labelled with.</summary>
    internal static HashSet<int> Used(MapperModel model, IReadOnlyList<LabelledReport> reports) =>
        [.. Labels(reports).Where(model.Base.Classes.Index.ContainsKey).Select(label => model.Base.Classes.Index[label])];

    /// <summary>The labels that a model does not know, each once.</summary>
    internal static List<string> Unknown(MapperModel model, IReadOnlyList<LabelledReport> reports) =>
        [.. Labels(reports).Where(label => !model.Base.Classes.Index.ContainsKey(label)).Order(StringComparer.Ordinal)];

    /// <summary>Reports as a model scores them, by technique and with sub-techniques counted as their techniques.</summary>
    internal static (List<ScoredReport> Exact, List<ScoredReport> Parent) Scored(
        MapperModel model, IReadOnlyList<LabelledReport> reports, HashSet<int> used, bool openSet, CancellationToken stop)
    {
        var parents = model.Base.Classes.Parents;
        int Root(int c) => parents[c] >= 0 ? parents[c] : c;
        var mapper = new TechniqueMapper(model);
        var mapped = reports.Where(report => report.Sentences.Count > 0)
            .Select(report => (report, mapped: mapper.MapDocument([.. report.Sentences.Select(sentence => sentence.Text)], stop))).ToList();
        List<ScoredReport> By(Func<int, int> root)
        {
            var kept = used.Select(root).ToHashSet();
            return [.. mapped.Select(one => Score(one.report, one.mapped, model, root, c => openSet || kept.Contains(c)))];
        }

        return (By(c => c), By(Root));
    }

    private static IEnumerable<string> Labels(IReadOnlyList<LabelledReport> reports) =>
        reports.SelectMany(report => report.Sentences).SelectMany(sentence => sentence.Labels).Distinct();

    /// <summary>A report as a model scores it, with the classes that are kept.</summary>
    internal static ScoredReport Score(LabelledReport report, MappedDocument mapped, MapperModel model, Func<int, int> root, Func<int, bool> keep)
    {
        var index = model.Base.Classes.Index;
        (int Class, float Score)[] Best(IEnumerable<(string Technique, float Probability)> suggestions) =>
            [.. suggestions.GroupBy(one => root(index[one.Technique])).Where(group => keep(group.Key))
                .Select(group => (group.Key, group.Max(one => one.Probability))).OrderByDescending(one => one.Item2).ThenBy(one => one.Key)];

        return new(
            report.Id, 0,
            [.. report.Sentences.Select((sentence, i) => new ScoredSentence(
                [.. sentence.Labels.Where(index.ContainsKey).Select(label => root(index[label])).Distinct().Order()],
                Best(mapped.Sentences[i].Suggestions.Select(one => (one.Technique, one.Probability)))))],
            model.SentenceThreshold, model.DocumentThreshold,
            Best(mapped.Techniques.Select(one => (one.Technique, one.Probability))).ToDictionary(one => one.Class, one => one.Score));
    }

    private static double Recall(List<ScoredReport> reports)
    {
        var found = reports.Sum(report => report.Best().OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Take(FirstCandidates).Count(pair => report.Truth.Contains(pair.Key)));
        return found / (double)Math.Max(1, reports.Sum(report => report.Truth.Count));
    }
}
