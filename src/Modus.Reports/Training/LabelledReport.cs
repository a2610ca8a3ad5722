namespace Modus.Reports.Training;

/// <summary>A sentence and the techniques that people found in it.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Labels">ATT&amp;CK ids; none where nothing was marked.</param>
public sealed record LabelledSentence(string Text, IReadOnlyList<string> Labels)
{
    /// <summary>What a further reading of the report found in the sentence, or null where none is at hand. It is learnt, and never measured against.</summary>
    public FurtherReading? Further { get; init; }
}

/// <summary>What further readers of a report, who looked for every technique, found in a sentence.</summary>
/// <param name="Found">ATT&amp;CK ids that all of them found; none where the sentence states nothing to them.</param>
/// <param name="Disputed">ATT&amp;CK ids that some of them found and others did not.</param>
public sealed record FurtherReading(IReadOnlyList<string> Found, IReadOnlyList<string> Disputed);

/// <summary>A report whose sentences were read by people.</summary>
/// <param name="Id">Its name in the corpus.</param>
/// <param name="Sentences">Its sentences in order.</param>
/// <param name="Fold">The part of a cross-validation it belongs to, or null to have one dealt.</param>
public sealed record LabelledReport(string Id, IReadOnlyList<LabelledSentence> Sentences, int? Fold = null)
{
    /// <summary>
    /// Whether the report was invented to learn from. The linear models learn its sentences; judges, curves and thresholds come from real reports
    /// alone, since invented ones are denser and say more plainly what they mean.
    /// </summary>
    public bool IsPractice { get; init; }
}
