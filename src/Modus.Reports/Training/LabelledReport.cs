namespace Modus.Reports.Training;

/// <summary>A sentence and the techniques that people found in it.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Labels">ATT&amp;CK ids; none where nothing was marked.</param>
public sealed record LabelledSentence(string Text, IReadOnlyList<string> Labels);

/// <summary>A report whose sentences were read by people.</summary>
/// <param name="Id">Its name in the corpus.</param>
/// <param name="Sentences">Its sentences in order.</param>
/// <param name="Fold">The part of a cross-validation it belongs to, or null to have one dealt.</param>
public sealed record LabelledReport(string Id, IReadOnlyList<LabelledSentence> Sentences, int? Fold = null);
