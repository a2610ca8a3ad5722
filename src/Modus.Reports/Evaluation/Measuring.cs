namespace Modus.Reports.Evaluation;

/// <summary>Computes measures from scored reports.</summary>
internal static class Measuring
{
    private const int Draws = 1_000;
    private const int Bins = 10;
    private const double HighPrecision = 0.95;
    private const float Sure = 0.8f;

    /// <summary>All measures of a method.</summary>
    public static MapperMeasures Of(string method, IReadOnlyList<ScoredReport> reports, bool probabilities, int seed)
    {
        var perReport = reports.Select(Sentences).ToList();
        var documents = reports.Select(report => SetCounts.Of(report.Taken(), report.Truth)).ToList();
        var all = perReport.Aggregate(default(SetCounts), (sum, next) => sum + next);
        var labelled = reports.SelectMany(report => report.Sentences).Where(sentence => sentence.Labels.Length > 0).ToList();
        var sure = reports.SelectMany(Verdicts).Where(one => one.Probability >= Sure).ToList();
        return new()
        {
            Method = method,
            Sentence = all,
            SentenceF1 = Bootstrap(reports.Count, seed, draw => draw.Aggregate(default(SetCounts), (sum, at) => sum + perReport[at]).F1),
            MacroF1 = Macro(reports),
            DocumentF1 = Bootstrap(reports.Count, seed, draw => draw.Average(at => documents[at].F1)),
            DocumentPrecision = documents.Average(counts => counts.Right + counts.Wrong + counts.Missed == 0 ? 1 : counts.Precision),
            DocumentRecall = documents.Average(counts => counts.Right + counts.Wrong + counts.Missed == 0 ? 1 : counts.Recall),
            Document = documents.Aggregate(default(SetCounts), (sum, next) => sum + next),
            Top1 = Hit(labelled, 1),
            Top3 = Hit(labelled, 3),
            Top5 = Hit(labelled, 5),
            CalibrationError = probabilities ? Calibration(reports.SelectMany(Verdicts)) : null,
            SentenceCalibrationError = probabilities ? Calibration(reports.SelectMany(report => report.Sentences).SelectMany(Verdicts)) : null,
            SurePrecision = probabilities && sure.Count > 0 ? sure.Count(one => one.Right) / (double)sure.Count : null,
            SureCoverage = probabilities ? sure.Count(one => one.Right) / (double)Math.Max(1, reports.Sum(report => report.Truth.Count)) : null,
            CoverageAtHighPrecision = probabilities ? Coverage(reports.SelectMany(Verdicts), reports.Sum(report => report.Truth.Count)) : null,
            SentenceCoverageAtHighPrecision = probabilities
                ? Coverage(reports.SelectMany(report => report.Sentences).SelectMany(Verdicts), reports.SelectMany(report => report.Sentences).Sum(sentence => sentence.Labels.Length)) : null,
        };
    }

    /// <summary>Share of sentences with a true class among the first few.</summary>
    public static double Hit(IReadOnlyList<ScoredSentence> labelled, int first) =>
        labelled.Count == 0 ? 0 : labelled.Count(sentence => sentence.Ranked.Take(first).Any(one => sentence.Labels.Contains(one.Class))) / (double)labelled.Count;

    /// <summary>The threshold with the highest measure among those offered; the lowest of equals.</summary>
    public static float Best(IEnumerable<float> thresholds, Func<float, double> measure) => thresholds.MaxBy(measure);

    private static SetCounts Sentences(ScoredReport report)
    {
        var sum = default(SetCounts);
        foreach (var sentence in report.Sentences)
        {
            var taken = sentence.Ranked.Where(one => one.Score >= report.SentenceThreshold).Select(one => one.Class).ToHashSet();
            sum += SetCounts.Of(taken, sentence.Labels.ToHashSet());
        }

        return sum;
    }

    private static double Macro(IReadOnlyList<ScoredReport> reports)
    {
        var byClass = new Dictionary<int, SetCounts>();
        foreach (var report in reports)
        {
            foreach (var sentence in report.Sentences)
            {
                foreach (var (c, score) in sentence.Ranked)
                {
                    if (score < report.SentenceThreshold) continue;
                    byClass[c] = byClass.GetValueOrDefault(c) + (sentence.Labels.Contains(c) ? new(1, 0, 0) : new SetCounts(0, 1, 0));
                }

                foreach (var label in sentence.Labels)
                    if (!sentence.Ranked.Any(one => one.Class == label && one.Score >= report.SentenceThreshold))
                        byClass[label] = byClass.GetValueOrDefault(label) + new SetCounts(0, 0, 1);
            }
        }

        var truths = reports.SelectMany(report => report.Truth).ToHashSet();
        return truths.Count == 0 ? 0 : truths.Average(c => byClass.GetValueOrDefault(c).F1);
    }

    /// <summary>Draws reports with replacement and takes the middle 95 % of the measure.</summary>
    private static Interval Bootstrap(int count, int seed, Func<int[], double> measure)
    {
        var random = new Random(seed);
        var values = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
            values[draw] = measure([.. Enumerable.Range(0, count).Select(_ => random.Next(count))]);
        Array.Sort(values);
        return new(measure([.. Enumerable.Range(0, count)]), values[Draws / 40], values[Draws - 1 - (Draws / 40)]);
    }

    private static IEnumerable<(float Probability, bool Right)> Verdicts(ScoredReport report) =>
        report.Best().Select(pair => (pair.Value, report.Truth.Contains(pair.Key)));

    private static IEnumerable<(float Probability, bool Right)> Verdicts(ScoredSentence sentence) =>
        sentence.Ranked.Select(one => (one.Score, sentence.Labels.Contains(one.Class)));

    private static double Calibration(IEnumerable<(float Probability, bool Right)> verdicts)
    {
        var sums = new (double Probability, int Right, int Count)[Bins];
        var total = 0;
        foreach (var (p, right) in verdicts)
        {
            var bin = Math.Min(Bins - 1, (int)(p * Bins));
            sums[bin] = (sums[bin].Probability + p, sums[bin].Right + (right ? 1 : 0), sums[bin].Count + 1);
            total++;
        }

        return sums.Where(bin => bin.Count > 0).Sum(bin => Math.Abs(bin.Probability - bin.Right)) / Math.Max(1, total);
    }

    private static double Coverage(IEnumerable<(float Probability, bool Right)> verdicts, int gold)
    {
        var pairs = verdicts.OrderByDescending(pair => pair.Probability).ToList();
        int right = 0, most = 0;
        for (var i = 0; i < pairs.Count; i++)
        {
            right += pairs[i].Right ? 1 : 0;
            var ends = i + 1 == pairs.Count || pairs[i + 1].Probability < pairs[i].Probability;
            if (ends && right >= HighPrecision * (i + 1)) most = right;
        }

        return gold == 0 ? 0 : most / (double)gold;
    }
}
