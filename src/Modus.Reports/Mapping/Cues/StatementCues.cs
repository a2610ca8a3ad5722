using System.Collections.Frozen;

namespace Modus.Reports.Mapping.Cues;

/// <summary>
/// Tells observed behaviour from what is denied, supposed, advised or told as background, by words of the clause
/// and by the head of the section. A scope is a clause: "did not use X but dumped Y" is observed.
/// </summary>
public static class StatementCues
{
    private const int LongestCue = 4;
    private const int MaxWords = 400;

    private static readonly FrozenDictionary<string, StatementKind> cues = Table(
        (StatementKind.Negated, "no evidence of|no evidence that|no indication of|no indication that|no signs of|did not|does not|do not|didn't|doesn't|was not|were not|"
            + "wasn't|weren't|has not|have not|had not|never|failed to|unable to|without success|not observed|not found|not seen|could not|couldn't|cannot|"
            + "rather than|instead of|was blocked|were blocked|was prevented"),
        (StatementKind.Recommended, "should|we recommend|recommends|recommended|recommend that|we advise|advised to|we suggest|it is important to|make sure|ensure that|be sure to|"
            + "consider using|consider blocking|consider disabling|defenders can|defenders may|organizations can|organizations must|organisations can|organisations must|"
            + "users must|users can|administrators can|administrators must|to mitigate|to prevent|to protect against|to defend against|to detect this|"
            + "monitor for|look for|hunt for|watch for|alert on|search for signs|keep software|keep systems|enable multi-factor|apply the patch|patch your"),
        (StatementKind.Hypothetical, "could|may|might|possibly|potentially|perhaps|would allow|would enable|would be able|if successful|if the attacker|in theory|theoretically|"
            + "it is possible|it is plausible|is likely to|are likely to|likely to|presumably|may have|might have|could have|suspected of|we suspect"),
        (StatementKind.Background, "typically|historically|in the past|previously reported|in previous campaigns|in earlier campaigns|commonly used by|often used by|attackers often|"
            + "attackers commonly|threat actors often|threat actors commonly|many attackers|many threat actors|other threat actors|other actors|other groups|similar actors|in general"),
        (StatementKind.Capability, "can|is able to|are able to|is capable of|are capable of|capable of|has the ability to|have the ability to|supports|allows the operator|"
            + "allows attackers|allows the attacker|includes functionality|contains functionality|has functionality|is designed to|provides the ability"));

    private static readonly FrozenSet<string> adviceVerbs = FrozenSet.ToFrozenSet(
        "block|disable|enable|enforce|ensure|implement|limit|monitor|patch|restrict|review|apply|audit|consider|deploy|configure|require|educate|train|update|use|maintain|segment|remove|install|employ|prevent".Split('|'), StringComparer.Ordinal);

    private static readonly FrozenSet<string> adviceHeads = FrozenSet.ToFrozenSet(
        "mitigation|mitigations|recommendation|recommendations|recommended|detection|detections|remediation|defense|defenses|hardening|protections|protection|guidance|prevention".Split('|'), StringComparer.Ordinal);

    private static readonly FrozenSet<string> backgroundHeads = FrozenSet.ToFrozenSet(
        "background|history|references|bibliography|about|glossary".Split('|'), StringComparer.Ordinal);

    /// <summary>The kind of a statement.</summary>
    /// <param name="sentence">The sentence; only its first 400 words are read.</param>
    /// <param name="section">The head of the section it stands in, or null.</param>
    /// <returns>The kind of its most affirmative clause: a sentence is set aside only if every clause that says something is.</returns>
    public static StatementKind Classify(string sentence, string? section = null)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        var fromHead = Head(section);
        var kind = OfClauses(sentence);
        return kind is StatementKind.Observed or StatementKind.Capability ? fromHead ?? kind : kind;
    }

    /// <summary>Whether statements of a kind are kept apart from what was seen.</summary>
    public static bool IsSetAside(StatementKind kind) =>
        kind is StatementKind.Negated or StatementKind.Recommended or StatementKind.Hypothetical or StatementKind.Background;

    private static StatementKind? Head(string? section)
    {
        if (string.IsNullOrEmpty(section)) return null;
        foreach (var (word, _) in Words(section))
        {
            if (adviceHeads.Contains(word)) return StatementKind.Recommended;
            if (backgroundHeads.Contains(word)) return StatementKind.Background;
        }

        return null;
    }

    private static StatementKind OfClauses(string sentence)
    {
        var words = Words(sentence).Take(MaxWords).ToList();
        if (words.Count == 0) return StatementKind.Observed;
        StatementKind? best = null;
        var start = 0;
        for (var i = 0; i <= words.Count; i++)
        {
            if (i < words.Count && !(i > start && OpensClause(words, i))) continue;
            if (i - start >= 2 || (start == 0 && i == words.Count))
            {
                var kind = OfClause(words.GetRange(start, i - start), start == 0);
                if (best is null || Rank(kind) < Rank(best.Value)) best = kind;
            }

            start = i;
        }

        return best ?? StatementKind.Observed;
    }

    /// <summary>A clause opens at "but", "however", "although", "instead" and after a semicolon; a comma alone opens none.</summary>
    private static bool OpensClause(List<(string Word, bool AfterStop)> words, int at) =>
        words[at].AfterStop || words[at].Word is "but" or "however" or "although" or "though" or "whereas"
        || (words[at].Word == "instead" && (at + 1 >= words.Count || words[at + 1].Word != "of"));

    private static int Rank(StatementKind kind) => kind switch
    {
        StatementKind.Observed => 0,
        StatementKind.Capability => 1,
        StatementKind.Hypothetical => 2,
        StatementKind.Background => 3,
        StatementKind.Recommended => 4,
        _ => 5,
    };

    private static StatementKind OfClause(List<(string Word, bool AfterStop)> clause, bool opensSentence)
    {
        if (opensSentence && adviceVerbs.Contains(clause[0].Word)) return StatementKind.Recommended;
        StatementKind? found = null;
        for (var i = 0; i < clause.Count; i++)
        {
            for (var length = Math.Min(LongestCue, clause.Count - i); length > 0; length--)
            {
                var cue = length == 1 ? clause[i].Word : string.Join(' ', clause.GetRange(i, length).Select(word => word.Word));
                if (!cues.TryGetValue(cue, out var kind)) continue;
                if (kind == StatementKind.Negated && IsDouble(clause, i, length)) kind = StatementKind.Observed;
                if (found is null || Strength(kind) > Strength(found.Value)) found = kind;
                i += length - 1;
                break;
            }
        }

        return found ?? StatementKind.Observed;
    }

    private static int Strength(StatementKind kind) => kind switch
    {
        StatementKind.Negated => 5,
        StatementKind.Recommended => 4,
        StatementKind.Hypothetical => 3,
        StatementKind.Background => 2,
        StatementKind.Capability => 1,
        _ => 0,
    };

    /// <summary>"did not only", "never fails": what looks like a denial affirms.</summary>
    private static bool IsDouble(List<(string Word, bool AfterStop)> clause, int at, int length)
    {
        var next = at + length < clause.Count ? clause[at + length].Word : "";
        return next is "only" or "just" or "merely" or "fail" or "fails" or "failed" or "stop" or "stopped" or "limited";
    }

    private static IEnumerable<(string Word, bool AfterStop)> Words(string text)
    {
        var stop = false;
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                stop |= text[i] == ';';
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || (text[i] is '\'' or '’' or '-' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1])))) i++;
            yield return (text[start..i].ToLowerInvariant().Replace('’', '\''), stop);
            stop = false;
        }
    }

    private static FrozenDictionary<string, StatementKind> Table(params (StatementKind Kind, string Cues)[] kinds) =>
        kinds.SelectMany(kind => kind.Cues.Split('|').Select(cue => KeyValuePair.Create(cue, kind.Kind)))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
