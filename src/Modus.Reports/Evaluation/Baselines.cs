using Modus.Reports.Mapping.Features;
using Modus.Reports.Training;

namespace Modus.Reports.Evaluation;

/// <summary>Plain methods on the same reports and parts, so that a figure never stands alone.</summary>
internal static class Baselines
{
    private const int Kept = 8;
    private const int Steps = 60;

    /// <summary>Measures every baseline.</summary>
    public static IEnumerable<MapperMeasures> Measure(
        AttackPart attack, IReadOnlyList<LearntReport> reports, int[] reported, MapperOptions options, Action<string>? progress, CancellationToken stop)
    {
        (string Name, Func<BaselineData, Func<int, float[]>> Fit)[] methods =
        [
            ("majority", Majority),
            ("BM25, nearest sentences", Bm25),
            ("complement naive Bayes", ComplementNaiveBayes),
            ("plain linear", data => Linear(data, reported, options, stop)),
        ];
        foreach (var (name, fit) in methods)
        {
            var unthresholded = new List<ScoredReport>();
            foreach (var fold in reports.Select(report => report.Fold).Distinct().Order())
            {
                stop.ThrowIfCancellationRequested();
                var data = BaselineData.Of(attack, [.. reports.Where(report => report.Fold != fold)], [.. reports.Where(report => report.Fold == fold)], reported);
                var score = fit(data);
                var at = 0;
                foreach (var report in reports.Where(report => report.Fold == fold))
                {
                    unthresholded.Add(new(report.Id, fold, [.. report.Sentences.Select(sentence =>
                        new ScoredSentence(sentence.Classes, Rank(score(at++), reported)))], 0, 0));
                }
            }

            yield return Measuring.Of(name, Thresholded(unthresholded), probabilities: false, options.Seed);
            progress?.Invoke($"{name} measured");
        }
    }

    private static (int Class, float Score)[] Rank(float[] scores, int[] reported) =>
        [.. scores.Select((score, number) => (reported[number], score)).OrderByDescending(one => one.score).ThenBy(one => one.Item1).Take(Kept)];

    /// <summary>Thresholds for each part from the out-of-fold scores of the others.</summary>
    private static List<ScoredReport> Thresholded(List<ScoredReport> reports)
    {
        var result = new List<ScoredReport>();
        foreach (var fold in reports.Select(report => report.Fold).Distinct().Order())
        {
            var others = reports.Where(report => report.Fold != fold).ToList();
            var scores = others.SelectMany(report => report.Sentences).Select(sentence => sentence.Ranked[0].Score).Order().ToArray();
            var grid = Enumerable.Range(1, Steps).Select(step => scores[(int)((long)scores.Length * step / (Steps + 1))]).Distinct().ToArray();
            var sentence = Measuring.Best(grid, threshold => SentenceF1(others, threshold));
            var document = Measuring.Best(grid, threshold =>
                others.Average(report => SetCounts.Of((report with { DocumentThreshold = threshold }).Taken(), report.Truth).F1));
            result.AddRange(reports.Where(report => report.Fold == fold)
                .Select(report => report with { SentenceThreshold = sentence, DocumentThreshold = document }));
        }

        return result;
    }

    private static double SentenceF1(List<ScoredReport> reports, float threshold)
    {
        long right = 0, wrong = 0, gold = 0;
        foreach (var sentence in reports.SelectMany(report => report.Sentences))
        {
            gold += sentence.Labels.Length;
            foreach (var (c, score) in sentence.Ranked)
            {
                if (score < threshold) break;
                if (sentence.Labels.Contains(c)) right++;
                else wrong++;
            }
        }

        return right == 0 ? 0 : 2.0 * right / (right + wrong + gold);
    }

    private static Func<int, float[]> Majority(BaselineData data)
    {
        var counts = new float[data.ClassCount];
        foreach (var positive in data.Positives.SelectMany(classes => classes)) counts[positive]++;
        return _ => counts;
    }

    private static Func<int, float[]> Linear(BaselineData data, int[] reported, MapperOptions options, CancellationToken stop)
    {
        var costs = new float[reported.Length];
        Array.Fill(costs, 1f);
        var model = LinearTrainer.Train(new(data.Train, data.Positives, new ushort[data.Train.Count], [costs]), data.Space.Count, reported.Length,
            new(0.5f, options.Epochs, options.Seed), stop);
        var margins = new float[reported.Length];
        return row =>
        {
            model.Score(data.Test.Indices(row), data.Test.Values(row), margins);
            return margins;
        };
    }

    /// <summary>The summed BM25 of the ten nearest labelled sentences, by their classes; word features only.</summary>
    private static Func<int, float[]> Bm25(BaselineData data)
    {
        const float Saturation = 1.2f;
        const float LengthShare = 0.75f;
        const int Nearest = 10;
        var labelled = Enumerable.Range(0, data.Train.Count).Where(row => data.Positives[row].Length > 0).ToArray();
        var lengths = labelled.Select(row => (float)data.Words(data.Train.Indices(row))).ToArray();
        var mean = lengths.Average();
        var postings = new List<(int At, float Value)>[data.Space.WordCount];
        for (var at = 0; at < labelled.Length; at++)
        {
            var weight = (Saturation + 1) / (1 + (Saturation * (1 - LengthShare + (LengthShare * lengths[at] / mean))));
            foreach (var feature in data.Train.Indices(labelled[at]))
                if (feature < data.Space.WordCount) (postings[feature] ??= []).Add((at, weight * data.Space.Weights[feature]));
        }

        var sums = new float[labelled.Length];
        return row =>
        {
            Array.Clear(sums);
            foreach (var feature in data.Test.Indices(row))
            {
                if (feature >= data.Space.WordCount || postings[feature] is null) continue;
                foreach (var (at, value) in postings[feature]) sums[at] += value;
            }

            var scores = new float[data.ClassCount];
            foreach (var at in Enumerable.Range(0, sums.Length).Where(at => sums[at] > 0).OrderByDescending(at => sums[at]).ThenBy(at => at).Take(Nearest))
                foreach (var c in data.Positives[labelled[at]]) scores[c] += sums[at];
            return scores;
        };
    }

    private static Func<int, float[]> ComplementNaiveBayes(BaselineData data)
    {
        const float Smoothing = 0.3f;
        var features = data.Space.Count;
        // The last class is "no technique": naive Bayes needs an answer for every sentence.
        var classes = data.ClassCount + 1;
        var sums = new float[classes][];
        for (var c = 0; c < classes; c++) sums[c] = new float[features];
        var all = new float[features];
        for (var row = 0; row < data.Train.Count; row++)
        {
            var indices = data.Train.Indices(row);
            var values = data.Train.Values(row);
            int[] own = data.Positives[row].Length > 0 ? data.Positives[row] : [classes - 1];
            for (var k = 0; k < indices.Length; k++)
            {
                all[indices[k]] += values[k];
                foreach (var c in own) sums[c][indices[k]] += values[k];
            }
        }

        var total = all.Sum();
        for (var c = 0; c < classes; c++)
        {
            var rest = total - sums[c].Sum() + (Smoothing * features);
            for (var f = 0; f < features; f++) sums[c][f] = -MathF.Log((Smoothing + Math.Max(0, all[f] - sums[c][f])) / rest);
            var norm = sums[c].Sum();
            for (var f = 0; f < features; f++) sums[c][f] /= norm;
        }

        return row =>
        {
            var scores = new float[classes];
            var indices = data.Test.Indices(row);
            var values = data.Test.Values(row);
            for (var c = 0; c < classes; c++)
                for (var k = 0; k < indices.Length; k++) scores[c] += values[k] * sums[c][indices[k]] * features;
            var none = scores[^1];
            return [.. scores.Take(classes - 1).Select(score => score - none)];
        };
    }
}
