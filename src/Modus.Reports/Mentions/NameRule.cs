using Modus.Reports.Documents;

namespace Modus.Reports.Mentions;

/// <summary>Tells names from everyday words.</summary>
/// <remarks>
/// The principle: writing is evidence only where it could have been otherwise. A name with a digit, an inner capital or
/// several capitalised words cannot be an everyday word and counts as it stands. A name of one plain word counts where
/// a capital tells (not at the beginning of a sentence, not in a title) and the word is not an everyday word here: the
/// document does not also write it in lower case, and the knowledge base does not use it inside its own longer
/// technique names. Everyday words, names of at most three letters and commands need a word beside them that says what
/// they are, or use as a command. A plain word at the beginning of a sentence follows what the rest of the document
/// says. One-word technique and tactic names need the word technique or tactic beside them, or their id in the same
/// statement, since reports use those words on every page; only the rare word for an act stands on its capital alone.
/// </remarks>
internal sealed class NameRule
{
    private const int ShortName = 3;
    private const int LongName = 6;

    private readonly Document document;
    private readonly NameIndex names;
    private readonly Dictionary<NameWriting, int> toldCapitals = [];
    private readonly Dictionary<NameWriting, int> lowerUses = [];

    public NameRule(Document document, NameIndex names, IEnumerable<NameUse> uses)
    {
        this.document = document;
        this.names = names;
        foreach (var use in uses)
        {
            var counts = use.Case == NameCase.Lower ? lowerUses : use.CaseTells ? toldCapitals : null;
            if (counts is null || (use.Case == NameCase.Lower && use.IsCommand)) continue;
            counts[use.Hit.Writing] = counts.GetValueOrDefault(use.Hit.Writing) + 1;
        }
    }

    /// <summary>How sure it is that a use means the object; null where it is nothing but an everyday word.</summary>
    public MentionCertainty? Judge(NameUse use)
    {
        var kind = use.Hit.Writing.Entries[0].Kind;
        return kind is MentionKind.Group or MentionKind.Software or MentionKind.Campaign ? JudgeActor(use) : JudgeConcept(use);
    }

    private MentionCertainty? JudgeActor(NameUse use)
    {
        var writing = use.Hit.Writing;
        if (writing.Shape is NameShape.Word or NameShape.Command && use.Hit.Start > 0 && document.Text[use.Hit.Start - 1] == '.') return null;
        switch (writing.Shape)
        {
            case NameShape.Marked when writing.Letters > ShortName:
                return MentionCertainty.Distinctive;
            case NameShape.Phrase when use.Case is NameCase.Official or NameCase.Upper || (use.Case == NameCase.Capitalised && char.IsUpper(writing.Written[0])):
                return MentionCertainty.Distinctive;
            case NameShape.Phrase:
                return use.HasClassWord ? MentionCertainty.Contextual : MentionCertainty.Weak;
            case NameShape.Command:
                return JudgeCommand(use);
        }

        if (use.IsCommand && use.Case != NameCase.Lower) return MentionCertainty.Contextual;
        if (use.Case == NameCase.Lower) return use.IsCommand && writing.Shape == NameShape.Word ? MentionCertainty.Contextual : null;
        if (use.Case is NameCase.Capitalised && writing.Shape == NameShape.Marked) return use.HasClassWord ? MentionCertainty.Contextual : null;
        if (use.HasClassWord) return MentionCertainty.Contextual;
        if (writing.Letters <= ShortName) return null;
        if (IsEveryday(writing)) return null;
        if (use.CaseTells) return MentionCertainty.Contextual;
        return toldCapitals.ContainsKey(writing) || writing.Letters >= LongName ? MentionCertainty.Contextual : null;
    }

    private MentionCertainty? JudgeCommand(NameUse use)
    {
        if (use.IsCommand) return MentionCertainty.Contextual;
        if (use.HasClassWord && use.Case == NameCase.Official) return MentionCertainty.Contextual;
        return use.Hit.Writing.Letters >= LongName && !names.FieldWords.Contains(use.Hit.Writing.Tokens[0]) && !EverydayWords.Contains(use.Hit.Writing.Tokens[0])
            ? MentionCertainty.Contextual : null;
    }

    private MentionCertainty? JudgeConcept(NameUse use)
    {
        var writing = use.Hit.Writing;
        if (use.Case == NameCase.Lower) return MentionCertainty.Weak;
        if (writing.Shape == NameShape.Phrase) return use.Case is NameCase.Official or NameCase.Upper ? MentionCertainty.Distinctive : MentionCertainty.Weak;
        if (writing.Shape == NameShape.Marked) return use.Case == NameCase.Official ? MentionCertainty.Distinctive : MentionCertainty.Weak;
        if (!use.CaseTells) return MentionCertainty.Weak;
        // The word for an act ("masquerading") needs no capital, so one tells; products always have one, and it tells nothing.
        return IsAct(writing) && !IsEveryday(writing)
            || document.SentenceAt(use.Hit.Start) is { } sentence && NameWords.ConceptWordBeside(document.Text, use.Hit, sentence.Start, sentence.End)
            ? MentionCertainty.Contextual : MentionCertainty.Weak;
    }

    private static bool IsAct(NameWriting writing) =>
        writing.Entries.Count == 1 && writing.Tokens[0].EndsWith("ing", StringComparison.Ordinal);

    private bool IsEveryday(NameWriting writing) =>
        lowerUses.ContainsKey(writing) || names.FieldWords.Contains(writing.Tokens[0]) || EverydayWords.Contains(writing.Tokens[0]);
}
