using System.Buffers;
using Modus.Reports.Documents;

namespace Modus.Reports.Qualifiers;

/// <summary>Reads from cues whether a statement reports, denies, supposes, advises or tells of others.</summary>
/// <remarks>
/// The scope is the clause: cues on the other side of "but", "however", "instead" or a semicolon do not count. A heading
/// passes its class to everything below it. "Not only" and a second negation make no denial. Where cues of several
/// classes stand in one clause, the order is: quoted, advice outright, negated, recommended, hypothetical, background,
/// capability.
/// </remarks>
public static class QualifierReader
{
    private static readonly SearchValues<char> openers = SearchValues.Create(" -*•–\"'0123456789.)(");

    /// <summary>Words of a heading beyond which it tells a story rather than naming a section.</summary>
    private const int LongestHeading = 7;

    /// <summary>The qualifier of a span of a document.</summary>
    public static Qualified Of(Document document, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(document);
        var block = document.BlockAt(start);
        if (block is null) return default;
        if ((block.Traits & BlockTraits.Boilerplate) != 0) return new Qualified(Qualifier.Quoted, "page furniture");
        if (OfSection(document, block) is { } inherited) return inherited;
        if (block.Kind is BlockKind.Heading or BlockKind.Code || document.SentenceAt(start) is not { } sentence) return default;
        return OfClause(document.TextOf(sentence), start - sentence.Start, length);
    }

    /// <summary>The qualifier of a span of a sentence that stands alone.</summary>
    public static Qualified OfClause(string sentence, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var (from, to) = Clause.Around(sentence, start, Math.Min(sentence.Length, start + length));
        var clause = sentence.AsSpan(from, to - from);
        var words = ClauseWords.Of(clause, start - from, start + length - from);
        return Imperative(sentence, words, from) ?? Cues.First(words, Cues.StrongAdvice, Qualifier.Recommended)
            ?? Negation(words) ?? Cues.First(words, Cues.Recommended, Qualifier.Recommended)
            ?? Cues.First(words, Cues.Hypothetical, Qualifier.Hypothetical) ?? Cues.First(words, Cues.Background, Qualifier.Background)
            ?? Cues.First(words, Cues.Capability, Qualifier.Capability) ?? default(Qualified);
    }

    private static Qualified? Negation(ClauseWords words)
    {
        Qualified? found = null;
        var negations = 0;
        var denied = -1;
        foreach (var cue in Cues.Negated)
        {
            foreach (var at in words.Find(cue.Words))
            {
                var last = at + cue.Words.Length - 1;
                if (last == denied || words.FollowedBy(last + 1, Cues.Harmless)) continue;
                negations++;
                denied = last;
                if (cue.BeforeOnly && at >= words.Target) continue;
                found ??= new Qualified(Qualifier.Negated, string.Join(' ', cue.Words));
            }
        }

        return negations == 1 ? found : null;
    }

    private static Qualified? Imperative(string sentence, ClauseWords words, int from)
    {
        if (words.Count == 0 || sentence.AsSpan(0, from).ContainsAnyExcept(openers)) return null;
        return words.Target > 0 && Cues.Imperatives.Contains(words[0]) ? new Qualified(Qualifier.Recommended, words[0]) : null;
    }

    private static Qualified? OfSection(Document document, Block block)
    {
        foreach (var heading in document.HeadingsOf(block))
        {
            var text = document.TextOf(heading);
            if (text.AsSpan().Count(' ') >= LongestHeading) continue;
            foreach (var (word, qualifier) in Cues.Headings)
                if (Clause.IndexOfWord(text, word) >= 0) return new Qualified(qualifier, $"heading \"{word}\"");
        }

        return null;
    }
}
