using Modus.Reports.Mapping;
using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Training;

namespace Modus.Reports.Evaluation;

/// <summary>What an evaluation found.</summary>
/// <param name="Release">The release whose techniques were mapped to.</param>
/// <param name="Reports">Number of reports.</param>
/// <param name="Sentences">Number of sentences.</param>
/// <param name="Techniques">Number of techniques the reports are labelled with.</param>
/// <param name="Methods">
/// The mapper, where readings of the reports disagree the mapper without what they disagree about, then the baselines of the same run.
/// </param>
/// <param name="Confusions">Techniques given where a sentence's only label was another, most frequent first.</param>
public sealed record MapperEvaluationResult(
    string Release, int Reports, int Sentences, int Techniques, IReadOnlyList<MapperMeasures> Methods, IReadOnlyList<Confusion> Confusions);

/// <summary>A technique taken for another.</summary>
/// <param name="Label">What people said.</param>
/// <param name="Suggested">What the mapper put first.</param>
/// <param name="Count">How often.</param>
/// <param name="Family">Whether the two are parent and sub-technique, or sub-techniques of one parent.</param>
public sealed record Confusion(string Label, string Suggested, int Count, bool Family);

/// <summary>
/// Measures the mapper by cross-validation over reports. Each part is scored by a mapper fitted on the other parts only; its
/// thresholds come from out-of-fold scores inside those parts.
/// </summary>
public static class MapperEvaluation
{
    private const int MostConfusions = 40;

    /// <summary>Measures the mapper and the baselines.</summary>
    /// <param name="texts">A release's texts.</param>
    /// <param name="reports">Labelled reports; practice reports are learnt from and not measured.</param>
    /// <param name="options">How to fit; null for the defaults.</param>
    /// <param name="baselines">Whether to measure the baselines too.</param>
    /// <param name="progress">Told after each part, or null.</param>
    /// <param name="stop">Stops the work.</param>
    public static MapperEvaluationResult CrossValidate(
        AttackTexts texts, IReadOnlyList<LabelledReport> reports, MapperOptions? options = null, bool baselines = true,
        Action<string>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(reports);
        options ??= new();
        var attack = AttackPart.Train(texts, options, stop);
        var learnt = MapperTrainer.Learn(texts, reports, options.Folds);
        var measured = learnt.Where(report => report.Fold != LearntReport.Practice).ToList();
        var reported = measured.SelectMany(report => report.Sentences).SelectMany(sentence => sentence.Classes).ToHashSet();
        var open = reports.SelectMany(report => report.Sentences).Any(sentence => sentence.Further is not null);
        var scored = new List<ScoredReport>();
        foreach (var fold in measured.Select(report => report.Fold).Distinct().Order())
        {
            var others = reports.Where((_, at) => learnt[at].Fold != fold).Select((report, _) => report).ToList();
            var model = MapperTrainer.Train(attack, WithFolds(others, learnt), options, stop);
            scored.AddRange(Score(model, [.. measured.Where(report => report.Fold == fold)], reported, open));
            progress?.Invoke($"part {fold} of {measured.Count} reports scored");
        }

        var methods = new List<MapperMeasures> { Measuring.Of("mapper", scored, probabilities: true, options.Seed) };
        if (measured.Exists(report => report.Sentences.Any(sentence => sentence.Disputed.Length > 0)))
            methods.Add(Measuring.Of("mapper, disputed ones left out", Undisputed(scored, measured), probabilities: true, options.Seed));
        if (baselines) methods.AddRange(Baselines.Measure(attack, measured, [.. reported.Order()], options, progress, stop));
        return new(texts.Release, measured.Count, measured.Sum(report => report.Sentences.Count), reported.Count, methods, Confusions(texts, scored));
    }

    /// <summary>The reports without the answers that one reading says are right and another says are wrong.</summary>
    private static List<ScoredReport> Undisputed(List<ScoredReport> scored, List<LearntReport> learnt)
    {
        var byId = learnt.ToDictionary(report => report.Id, report => report.Sentences, StringComparer.Ordinal);
        return [.. scored.Select(report =>
        {
            var sentences = byId[report.Id];
            var disputed = sentences.SelectMany(sentence => sentence.Disputed).Where(c => !report.Truth.Contains(c)).ToHashSet();
            return report with
            {
                Sentences = [.. report.Sentences.Select((sentence, i) => sentence with { Ranked = [.. sentence.Ranked.Where(one => !sentences[i].Disputed.Contains(one.Class))] })],
                Document = report.Document?.Where(pair => !disputed.Contains(pair.Key)).ToDictionary(),
            };
        })];
    }

    /// <summary>Scores reports with a mapper, keeping only the classes the evaluation knows.</summary>
    internal static IEnumerable<ScoredReport> Score(MapperModel model, IReadOnlyList<LearntReport> reports, IReadOnlySet<int> reported, bool open)
    {
        var scorer = new SentenceScorer(model.Base);
        var choice = new CandidateChoice(model.Base.Classes, open ? null : reported);
        foreach (var report in reports)
        {
            var scores = report.Sentences.Select(sentence => scorer.Score(sentence.Text)).ToList();
            var figures = new CandidateFigures(model.Base, scores);
            var judged = report.Sentences.Select((_, i) =>
            {
                var candidates = choice.Of(scores[i]).Where(reported.Contains).ToArray();
                return model.Judge.Candidates(model.Base.Classes, scores[i], candidates, figures.Rows(i, candidates));
            }).ToList();
            yield return new(
                report.Id, report.Fold,
                [.. report.Sentences.Select((sentence, i) => new ScoredSentence(sentence.Classes,
                    [.. judged[i].Select(one => (one.Class, one.Probability)).OrderByDescending(one => one.Probability).ThenBy(one => one.Class)]))],
                model.SentenceThreshold, model.DocumentThreshold,
                DocumentFigures.Of(model.Base.Classes, judged).ToDictionary(pair => pair.Key, pair => model.Judge.Document.Probability(pair.Value)));
        }
    }

    private static List<LabelledReport> WithFolds(List<LabelledReport> reports, List<LearntReport> learnt)
    {
        var folds = learnt.ToDictionary(report => report.Id, report => report.Fold, StringComparer.Ordinal);
        return [.. reports.Select(report => report with { Fold = folds[report.Id] })];
    }

    private static List<Confusion> Confusions(AttackTexts texts, List<ScoredReport> scored)
    {
        var counts = new Dictionary<(int, int), int>();
        foreach (var report in scored)
        {
            foreach (var sentence in report.Sentences)
            {
                if (sentence.Labels.Length != 1 || sentence.Ranked.Length == 0 || sentence.Ranked[0].Class == sentence.Labels[0]) continue;
                var pair = (sentence.Labels[0], sentence.Ranked[0].Class);
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
            }
        }

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(MostConfusions)
            .Select(pair => new Confusion(texts.Techniques[pair.Key.Item1].Id, texts.Techniques[pair.Key.Item2].Id, pair.Value,
                Root(texts.Techniques[pair.Key.Item1]) == Root(texts.Techniques[pair.Key.Item2])))];
    }

    private static string Root(TechniqueText technique) => technique.Parent ?? technique.Id;
}
