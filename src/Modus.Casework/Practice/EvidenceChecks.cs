using Modus.Attack;
using Modus.Casework.Mappings;
using Modus.Reports.Qualifiers;

namespace Modus.Casework.Practice;

/// <summary>Is there evidence, and does it say that it happened?</summary>
internal static class EvidenceChecks
{
    // With the tool's name masked, this much is left of a behaviour that the words themselves describe.
    private const float Described = 0.1f;

    public static void Run(StatedMapping mapping, Technique? technique, PracticeGround ground)
    {
        if (mapping.IsConfirmed && mapping.Reviewer.Length > 0 && mapping.Reviewer == mapping.Annotator)
            ground.Add(PracticeChecks.OwnReview, mapping, $"{mapping.Technique} was entered and confirmed by {mapping.Reviewer}.");
        if (mapping.Text is not { } words)
        {
            if (mapping.HasEvents) return;
            ground.Add(PracticeChecks.NoEvidence, mapping, $"Nothing shows {mapping.Technique}: it is asserted, neither quoted nor seen.", severity: mapping.IsConfirmed ? PracticeSeverity.Error : null);
            return;
        }
        if (!mapping.IsQuote)
        {
            if (mapping.HasEvents) return;
            ground.Add(PracticeChecks.Unquoted, mapping, $"{mapping.Technique} rests on a comment: '{Cut(words)}'.");
            return;
        }
        var text = ground.Texts.Of(words);
        if (text.IsIndicatorsOnly)
        {
            ground.Add(PracticeChecks.Indicator, mapping, $"The evidence for {mapping.Technique} is nothing but indicators: '{Cut(words)}'.");
            return;
        }
        Statement(mapping, technique?.Id ?? mapping.Technique!, text, ground);
        // Where events show it, nobody had to infer it from a name.
        if (!mapping.HasEvents && technique is not null && text is { Tools.Count: > 0, WithoutTools: { } masked } && !text.Named.Contains(technique.Id)
            && EvidenceText.ProbabilityOf(masked, technique.Id) < Described)
            ground.Add(PracticeChecks.ToolName, mapping, $"{technique.Id} ({technique.FullName}) is inferred from the name '{text.Tools[0]}': without it the words say nothing of the kind.");
    }

    private static void Statement(StatedMapping mapping, string technique, EvidenceText text, PracticeGround ground)
    {
        var (qualifier, cue) = Of(mapping.Statement, text, technique);
        var word = cue is null ? "" : $" ('{cue}')";
        switch (qualifier)
        {
            case Qualifier.Negated: ground.Add(PracticeChecks.Denial, mapping, $"The text denies {mapping.Technique}{word}."); break;
            case Qualifier.Recommended: ground.Add(PracticeChecks.Advice, mapping, $"The text advises on {mapping.Technique}{word}; nothing says that it happened."); break;
            case Qualifier.Hypothetical: ground.Add(PracticeChecks.Assumption, mapping, $"The text supposes {mapping.Technique}{word}."); break;
            case Qualifier.Background: ground.Add(PracticeChecks.Background, mapping, $"The text speaks of {mapping.Technique} in general, or of others{word}."); break;
            case Qualifier.Quoted: ground.Add(PracticeChecks.Background, mapping, $"The text repeats somebody else's words on {mapping.Technique}{word}."); break;
            case Qualifier.Capability: ground.Add(PracticeChecks.Capability, mapping, $"The text says that something is able to do {mapping.Technique}{word}, not that it did."); break;
            default: break;
        }
    }

    /// <summary>What a reader of the whole document told wins over what the sentence alone tells: headings pass their meaning down.</summary>
    private static Qualified Of(string? told, EvidenceText text, string technique) =>
        Enum.TryParse<Qualifier>(told, ignoreCase: true, out var known) && known != Qualifier.Observed ? new Qualified(known, null) : text.StatementOn(technique);

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
