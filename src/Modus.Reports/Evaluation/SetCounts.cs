namespace Modus.Reports.Evaluation;

/// <summary>How far a set of answers and a set of truths overlap, summed over cases.</summary>
/// <param name="Right">In both.</param>
/// <param name="Wrong">Answers that are not true.</param>
/// <param name="Missed">Truths that were not answered.</param>
public readonly record struct SetCounts(long Right, long Wrong, long Missed)
{
    /// <summary>The part of the answers that is right; 0 without answers.</summary>
    public double Precision => Right + Wrong == 0 ? 0 : Right / (double)(Right + Wrong);

    /// <summary>The part of the truths that was answered; 0 without truths.</summary>
    public double Recall => Right + Missed == 0 ? 0 : Right / (double)(Right + Missed);

    /// <summary>The harmonic mean of precision and recall; 1 where there is neither answer nor truth.</summary>
    public double F1 => Right + Wrong + Missed == 0 ? 1 : 2.0 * Right / ((2 * Right) + Wrong + Missed);

    /// <summary>The counts of one pair of sets.</summary>
    public static SetCounts Of(IReadOnlySet<int> answers, IReadOnlySet<int> truths)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(truths);
        var right = answers.Count(truths.Contains);
        return new(right, answers.Count - right, truths.Count - right);
    }

    /// <summary>The sum of two counts.</summary>
    public static SetCounts operator +(SetCounts a, SetCounts b) => a.Add(b);

    /// <summary>The sum of two counts.</summary>
    public SetCounts Add(SetCounts other) => new(Right + other.Right, Wrong + other.Wrong, Missed + other.Missed);
}
