namespace Modus.Reports.Mapping.Models;

/// <summary>Bends probabilities by a straight line over their log-odds.</summary>
/// <param name="Slope">Above 1 makes probabilities more decided; always positive.</param>
/// <param name="Shift">Added to the log-odds.</param>
internal readonly record struct LogisticBend(float Slope, float Shift)
{
    /// <summary>The bend that changes nothing.</summary>
    public static LogisticBend None { get; } = new(1, 0);

    /// <summary>The bent probability.</summary>
    public float At(float probability) =>
        this == None ? probability : BoostedTrees.Probability((Slope * BoostedTrees.LogOdds(probability)) + Shift);

    /// <summary>This bend, and another after it.</summary>
    public LogisticBend Then(LogisticBend next) => new(next.Slope * Slope, (next.Slope * Shift) + next.Shift);
}
