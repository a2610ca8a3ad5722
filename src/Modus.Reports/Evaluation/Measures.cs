namespace Modus.Reports.Evaluation;

/// <summary>A measure with its bootstrap interval over reports.</summary>
/// <param name="Value">The measure.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of it.</param>
public readonly record struct Interval(double Value, double Low, double High);

/// <summary>What a method reached on reports it had not seen.</summary>
public sealed record MapperMeasures
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>Sentence level, all classes together.</summary>
    public required SetCounts Sentence { get; init; }

    /// <summary>Sentence micro F1 with interval.</summary>
    public required Interval SentenceF1 { get; init; }

    /// <summary>Mean F1 over classes at sentence level.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>Mean over reports of the F1 of their sets of techniques, with interval.</summary>
    public required Interval DocumentF1 { get; init; }

    /// <summary>Mean precision over reports.</summary>
    public required double DocumentPrecision { get; init; }

    /// <summary>Mean recall over reports.</summary>
    public required double DocumentRecall { get; init; }

    /// <summary>Report level, all pairs together.</summary>
    public required SetCounts Document { get; init; }

    /// <summary>Share of labelled sentences with a true technique first.</summary>
    public required double Top1 { get; init; }

    /// <summary>Share with a true technique among the first three.</summary>
    public required double Top3 { get; init; }

    /// <summary>Share with a true technique among the first five.</summary>
    public required double Top5 { get; init; }

    /// <summary>Expected calibration error of report-level probabilities in ten bins; null for scores that are no probabilities.</summary>
    public double? CalibrationError { get; init; }

    /// <summary>The same of sentence-level probabilities.</summary>
    public double? SentenceCalibrationError { get; init; }

    /// <summary>Precision of report-level probabilities of 0.8 and more; null without any, or for scores that are no probabilities.</summary>
    public double? SurePrecision { get; init; }

    /// <summary>Part of the reports' techniques that such probabilities find.</summary>
    public double? SureCoverage { get; init; }

    /// <summary>Part of the reports' techniques that is found where precision is still 95 %; null for scores that are no probabilities.</summary>
    public double? CoverageAtHighPrecision { get; init; }

    /// <summary>The same of sentences' labels and their probabilities.</summary>
    public double? SentenceCoverageAtHighPrecision { get; init; }
}
