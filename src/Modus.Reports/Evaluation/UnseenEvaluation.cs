using Modus.Reports.Mapping;
using Modus.Reports.Training;

namespace Modus.Reports.Evaluation;

/// <summary>How techniques are found that no report was labelled with.</summary>
/// <param name="Release">The release whose techniques were mapped to.</param>
/// <param name="Reports">Number of reports.</param>
/// <param name="Techniques">Techniques that were kept from the reports, each once.</param>
/// <param name="Exact">
/// The kept techniques alone, by reports that others' labels taught nothing about; places are those among the suggestions of all techniques.
/// </param>
public sealed record UnseenResult(string Release, int Reports, int Techniques, MapperMeasures Exact);

/// <summary>
/// Measures the mapper on techniques whose labels it never saw. Reports and techniques are dealt in parts; for each part a mapper is fitted
/// on the other reports with the other techniques' labels, and is asked about the part's techniques in the part's reports.
/// </summary>
public static class UnseenEvaluation
{
    /// <summary>Measures the mapper.</summary>
    /// <param name="texts">A release's texts.</param>
    /// <param name="reports">Labelled reports.</param>
    /// <param name="options">How to fit; null for the defaults.</param>
    /// <param name="progress">Told after each part, or null.</param>
    /// <param name="stop">Stops the work.</param>
    public static UnseenResult Measure(
        AttackTexts texts, IReadOnlyList<LabelledReport> reports, MapperOptions? options = null, Action<string>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(reports);
        options ??= new();
        reports = [.. reports.Where(report => !report.IsPractice)];
        var attack = AttackPart.Train(texts, options, stop);
        var learnt = MapperTrainer.Learn(texts, reports, options.Folds);
        var folds = learnt.Select(report => report.Fold).Distinct().Order().ToList();
        var byRows = learnt.SelectMany(report => report.Sentences).SelectMany(sentence => sentence.Classes).CountBy(c => c)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key).ToList();
        List<ScoredReport> kept = [], all = [];
        for (var part = 0; part < folds.Count; part++)
        {
            var unseen = byRows.Where((_, at) => at % folds.Count == part).ToHashSet();
            var model = MapperTrainer.Train(attack, Labelled(texts, learnt.Where(report => report.Fold != folds[part]), c => !unseen.Contains(c)), options, stop);
            foreach (var report in Labelled(texts, learnt.Where(report => report.Fold == folds[part] && report.Sentences.Count > 0), unseen.Contains))
            {
                var mapped = new TechniqueMapper(model).MapDocument([.. report.Sentences.Select(sentence => sentence.Text)], stop);
                kept.Add(FixedEvaluation.Score(report, mapped, model, c => c, unseen.Contains));
                all.Add(FixedEvaluation.Score(report, mapped, model, c => c, _ => true));
            }

            progress?.Invoke($"part {part + 1} of {folds.Count}: {unseen.Count} techniques kept from the reports");
        }

        var measures = Measuring.Of("techniques without labels", kept, probabilities: true, options.Seed);
        var places = Measuring.Of("places", all, probabilities: true, options.Seed);
        return new(texts.Release, reports.Count, byRows.Count, measures with { Top1 = places.Top1, Top3 = places.Top3, Top5 = places.Top5 });
    }

    private static List<LabelledReport> Labelled(AttackTexts texts, IEnumerable<LearntReport> reports, Func<int, bool> keep) =>
        [.. reports.Select(report => new LabelledReport(
            report.Id, [.. report.Sentences.Select(sentence => new LabelledSentence(sentence.Text, [.. sentence.Classes.Where(keep).Select(c => texts.Techniques[c].Id)]))],
            report.Fold))];
}
