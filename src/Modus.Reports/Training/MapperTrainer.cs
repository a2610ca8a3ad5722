using Modus.Reports.Mapping;
using Modus.Reports.Mapping.Candidates;

namespace Modus.Reports.Training;

/// <summary>Fits a mapper from the texts of a release and from labelled reports. The same input gives the same figures.</summary>
public static class MapperTrainer
{
    private const int PartsAtOnce = 2;

    /// <summary>Fits a mapper.</summary>
    /// <param name="texts">A release's texts.</param>
    /// <param name="reports">Labelled reports; at least two of them with labels.</param>
    /// <param name="options">How to fit; null for the defaults.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="ArgumentException">Fewer than two reports carry a technique of the release.</exception>
    public static MapperModel Train(
        AttackTexts texts, IReadOnlyList<LabelledReport> reports, MapperOptions? options = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(reports);
        options ??= new();
        return Train(AttackPart.Train(texts, options, stop), reports, options, stop);
    }

    /// <summary>Fits a mapper over what was learnt from ATT&amp;CK before.</summary>
    internal static MapperModel Train(AttackPart attack, IReadOnlyList<LabelledReport> reports, MapperOptions options, CancellationToken stop)
    {
        var learnt = Learn(attack.Texts, reports, options.Folds);
        var reported = Reported(learnt, options);
        var open = reports.SelectMany(report => report.Sentences).Any(sentence => sentence.Further is not null);
        var among = open ? null : learnt.Where(report => report.Fold != LearntReport.Practice).SelectMany(report => report.Sentences).SelectMany(sentence => sentence.Classes).ToHashSet();
        var folds = learnt.Where(report => report.Fold != LearntReport.Practice && report.Sentences.Any(sentence => sentence.Sure.Length > 0)).Select(report => report.Fold).Distinct().Order().ToArray();
        if (folds.Length < 2) throw new ArgumentException("Fewer than two parts of the reports carry a technique of the release.", nameof(reports));
        var parts = new List<List<JudgedSentence>>[folds.Length];
        BaseModels? fitted = null;
        // Reading and counting go on in one part while another keeps the cores busy. The longest comes first.
        Parallel.For(0, folds.Length + 1, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = PartsAtOnce }, part =>
        {
            if (part == 0)
            {
                fitted = ReportPart.Train(attack, reported, learnt, options, stop);
                return;
            }

            var fold = folds[part - 1];
            var models = ReportPart.Train(attack, reported, [.. learnt.Where(report => report.Fold != fold)], options, stop);
            parts[part - 1] = JudgeTrainer.Figures(models, [.. learnt.Where(report => report.Fold == fold)], among);
        });

        var whole = fitted!;
        var judge = JudgeTrainer.Train(whole.Classes, [.. parts.SelectMany(part => part)], options, stop);
        var card = new MapperCard(
            attack.Texts.Release, attack.Texts.Procedures.Count, learnt.Count, learnt.Sum(report => report.Sentences.Count),
            learnt.Sum(report => report.Sentences.Count(sentence => sentence.Sure.Length > 0)), reported.Length, 0);
        return new(card, whole, judge, attack.Precedents);
    }

    /// <summary>The classes that the report model shall know, rising: those that enough sentences carry.</summary>
    private static int[] Reported(List<LearntReport> learnt, MapperOptions options)
    {
        var sentences = learnt.SelectMany(report => report.Sentences).ToList();
        var often = sentences.SelectMany(sentence => sentence.Sure.Concat(sentence.Disputed)).CountBy(c => c)
            .Where(pair => pair.Value >= options.LeastFurther).Select(pair => pair.Key);
        var labelled = learnt.Where(report => report.Fold != LearntReport.Practice).SelectMany(report => report.Sentences).SelectMany(sentence => sentence.Classes).CountBy(c => c)
            .Where(pair => pair.Value >= options.LeastLabelled).Select(pair => pair.Key);
        return [.. labelled.Concat(often).Distinct().Order()];
    }

    /// <summary>The fold of each report: its own, else the longest report goes to the shortest fold. Practice reports have none.</summary>
    internal static int[] Deal(IReadOnlyList<LabelledReport> reports, int folds)
    {
        var lengths = new int[Math.Max(2, folds)];
        var dealt = new int[reports.Count];
        foreach (var at in Enumerable.Range(0, reports.Count).OrderByDescending(at => reports[at].Sentences.Count).ThenBy(at => reports[at].Id, StringComparer.Ordinal))
        {
            if (reports[at].IsPractice)
            {
                dealt[at] = LearntReport.Practice;
                continue;
            }

            dealt[at] = reports[at].Fold ?? Array.IndexOf(lengths, lengths.Min());
            if (reports[at].Fold is null) lengths[dealt[at]] += reports[at].Sentences.Count;
        }

        return dealt;
    }

    /// <summary>
    /// Brings labels to the classes of the release, and deals folds. Where a further reading found a technique that the labels cover, the
    /// labels decide: what they lack is disputed. Practice reports are labelled with whatever they state, so their labels cover nothing.
    /// </summary>
    internal static List<LearntReport> Learn(AttackTexts texts, IReadOnlyList<LabelledReport> reports, int folds)
    {
        var classOf = texts.Techniques.Select((technique, c) => (technique.Id, c)).ToDictionary(one => one.Id, one => one.c, StringComparer.Ordinal);
        var dealt = Deal(reports, folds);
        var covered = reports.Where(report => !report.IsPractice).SelectMany(report => report.Sentences).SelectMany(sentence => Classes(sentence.Labels)).ToHashSet();
        return [.. reports.Select((report, at) => new LearntReport(report.Id, dealt[at], [.. report.Sentences.Select(Learnt)]))];

        int[] Classes(IEnumerable<string> labels) => [.. labels.Select(label => ClassOf(label, classOf, texts)).Where(c => c >= 0).Distinct().Order()];

        LearntSentence Learnt(LabelledSentence sentence)
        {
            var labels = Classes(sentence.Labels);
            if (sentence.Further is not { } further) return new(sentence.Text, labels);
            var found = Classes(further.Found);
            int[] sure = [.. labels.Concat(found.Where(c => !covered.Contains(c))).Distinct().Order()];
            return new(sentence.Text, labels) { Sure = sure, Disputed = [.. found.Concat(Classes(further.Disputed)).Distinct().Except(sure).Order()] };
        }
    }

    private static int ClassOf(string label, Dictionary<string, int> classOf, AttackTexts texts)
    {
        if (classOf.TryGetValue(label, out var c)) return c;
        return texts.Successors.TryGetValue(label, out var successor) && classOf.TryGetValue(successor, out c) ? c : -1;
    }
}
