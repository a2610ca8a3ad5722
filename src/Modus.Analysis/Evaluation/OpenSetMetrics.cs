namespace Modus.Analysis.Evaluation;

/// <summary>How far stated confidences can be trusted when the truth may be nobody we know.</summary>
/// <param name="Cases">Answers judged, unknown actors included.</param>
/// <param name="Correct">Share of all answers whose first candidate is right.</param>
/// <param name="CalibrationError">Expected calibration error over ten equal bins.</param>
/// <param name="Brier">Mean squared error of the confidence.</param>
/// <param name="Separation">Area under the curve of confidence, right against wrong answers.</param>
/// <param name="CoverageAt90">Largest share that can be asserted, most confident first, with at least 90 % right.</param>
/// <param name="CoverageAt80">The same with at least 80 % right.</param>
/// <param name="CalibrationErrorByChance">The calibration error that confidences exactly right in the long run would show on so few answers.</param>
public sealed record OpenSetMetrics(
    int Cases, double Correct, double CalibrationError, double Brier, double Separation, double CoverageAt90, double CoverageAt80, double CalibrationErrorByChance)
{
    private const int Draws = 200;

    /// <summary>Judges answers.</summary>
    /// <param name="answers">Confidence from 0 to 1, and whether the answer was right.</param>
    public static OpenSetMetrics Of(IReadOnlyList<(double Confidence, bool Right)> answers) => answers.Count == 0
        ? new(0, 0, 0, 0, 0, 0, 0, 0)
        : new(answers.Count, answers.Average(item => item.Right ? 1.0 : 0), CalibrationErrorOf(answers),
            answers.Average(item => Math.Pow(item.Confidence - (item.Right ? 1 : 0), 2)), Area(answers),
            Coverage(answers, 0.9), Coverage(answers, 0.8), CalibrationErrorByChanceOf([.. answers.Select(item => item.Confidence)]));

    /// <summary>Expected calibration error over equal bins of confidence.</summary>
    /// <param name="answers">Confidence from 0 to 1, and whether the answer was right.</param>
    /// <param name="bins">How many bins.</param>
    public static double CalibrationErrorOf(IReadOnlyList<(double Confidence, bool Right)> answers, int bins = 10) =>
        answers.GroupBy(item => Math.Min(bins - 1, (int)(item.Confidence * bins))).Sum(bin =>
            Math.Abs(bin.Sum(item => item.Confidence - (item.Right ? 1 : 0)))) / Math.Max(1, answers.Count);

    /// <summary>Mean calibration error of outcomes drawn with exactly the stated probabilities: no calibration can be told from perfect below it.</summary>
    /// <param name="confidences">Confidences from 0 to 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static double CalibrationErrorByChanceOf(IReadOnlyList<double> confidences, int seed = 1)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, Draws).Average(_ => CalibrationErrorOf([.. confidences.Select(confidence => (confidence, random.NextDouble() < confidence))]));
    }

    /// <summary>Largest share that can be asserted in order of confidence with the wanted precision. Ties stand or fall together.</summary>
    /// <param name="answers">Confidence, and whether the answer was right.</param>
    /// <param name="precision">Wanted share of right ones among the asserted.</param>
    public static double Coverage(IReadOnlyList<(double Confidence, bool Right)> answers, double precision)
    {
        var best = 0;
        int taken = 0, right = 0;
        foreach (var tie in answers.GroupBy(item => item.Confidence).OrderByDescending(group => group.Key))
        {
            taken += tie.Count();
            right += tie.Count(item => item.Right);
            if (right >= precision * taken - 1e-9) best = taken;
        }
        return best / (double)Math.Max(1, answers.Count);
    }

    /// <summary>Chance that a right answer has the higher confidence than a wrong one, ties counting half.</summary>
    private static double Area(IReadOnlyList<(double Confidence, bool Right)> answers)
    {
        var right = answers.Where(item => item.Right).Select(item => item.Confidence).ToArray();
        var wrong = answers.Where(item => !item.Right).Select(item => item.Confidence).ToArray();
        if (right.Length == 0 || wrong.Length == 0) return double.NaN;
        double sum = 0;
        foreach (var r in right)
            foreach (var w in wrong) sum += r > w ? 1 : r.Equals(w) ? 0.5 : 0;
        return sum / ((double)right.Length * wrong.Length);
    }
}
