using Modus.Reports.Documents;
using Modus.Reports.Qualifiers;

namespace Modus.Reports.Mentions;

/// <summary>Finds what a document names outright: ids, links, names and aliases, each as a quote.</summary>
public static class MentionFinder
{
    /// <summary>Characters of a document that are searched; what follows is not.</summary>
    public const int LongestText = 16_000_000;

    /// <summary>Printed ids, and names, that are taken from a document; no report for people comes near.</summary>
    public const int MostMentions = 20_000;

    private const int LongestRow = 8_000;

    /// <summary>Finds the mentions of a document, in the order of their places.</summary>
    /// <param name="document">The document.</param>
    /// <param name="vocabulary">What to look for.</param>
    /// <param name="weak">Whether to include everyday words that equal a technique's or tactic's name.</param>
    public static IReadOnlyList<Mention> Find(Document document, MentionVocabulary vocabulary, bool weak = false)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var mentions = new List<Mention>();
        var text = document.Text.Length <= LongestText ? document.Text : document.Text[..LongestText];
        IReadOnlyList<PrintedId> printed = [.. IdScanner.Find(text, vocabulary).Take(MostMentions)];
        var statements = new Dictionary<(int, int), Quote>();
        foreach (var id in printed) mentions.Add(OfId(document, vocabulary, id, statements));
        AddLinks(document, vocabulary, printed, mentions, statements);
        AddNames(document, text, vocabulary, printed, weak, mentions, statements);
        mentions.Sort(static (left, right) =>
            left.Quote.Start != right.Quote.Start ? left.Quote.Start.CompareTo(right.Quote.Start) : left.Form.CompareTo(right.Form));
        return mentions;
    }

    private static Mention OfId(Document document, MentionVocabulary vocabulary, PrintedId id, Dictionary<(int, int), Quote> statements)
    {
        IReadOnlyList<VocabularyEntry> candidates = vocabulary.Find(id.Id) is { } entry ? [entry] : [];
        return Make(document, id.InLink ? MentionForm.Link : MentionForm.Id, id.Kind, id.Id, candidates, MentionCertainty.Printed, id.Start, id.Length, id.Release, statements);
    }

    private static void AddLinks(Document document, MentionVocabulary vocabulary, IReadOnlyList<PrintedId> printed, List<Mention> mentions, Dictionary<(int, int), Quote> statements)
    {
        foreach (var link in document.Links.Take(MostMentions))
        {
            if (link.Length == 0 || KnowledgeBaseAddress.Read(link.Target) is not { } target) continue;
            if (Prints(printed, target.Id, link.Start, link.Length)) continue;
            IReadOnlyList<VocabularyEntry> candidates = vocabulary.Find(target.Id) is { } entry ? [entry] : [];
            mentions.Add(Make(document, MentionForm.Link, target.Kind, target.Id, candidates, MentionCertainty.Printed, link.Start, link.Length, target.Release, statements));
        }
    }

    private static void AddNames(
        Document document, string text, MentionVocabulary vocabulary, IReadOnlyList<PrintedId> printed, bool weak, List<Mention> mentions,
        Dictionary<(int, int), Quote> statements)
    {
        var uses = new List<NameUse>();
        foreach (var hit in vocabulary.Names.Find(text).Take(MostMentions))
            if (document.BlockAt(hit.Start) is { } block && hit.Start >= block.Start && hit.Start + hit.Length <= block.End) uses.Add(NameUse.Of(document, hit));
        var rule = new NameRule(document, vocabulary.Names, uses);
        var linked = mentions.Where(static mention => mention.Form == MentionForm.Link).OrderBy(static mention => mention.Quote.Start).ToArray();
        foreach (var use in uses)
        {
            if (rule.Judge(use) is not { } certainty) continue;
            if (Search.LastAtOrBefore(linked, use.Hit.Start, static mention => mention.Quote.Start) is >= 0 and var at
                && use.Hit.Start < linked[at].Quote.End && use.Hit.Writing.Entries.Exists(entry => entry.Id == linked[at].Id)) continue;
            var candidates = Decide(document, use, printed);
            if (candidates.Count < use.Hit.Writing.Entries.Count) certainty = MentionCertainty.Distinctive;
            else if (certainty == MentionCertainty.Weak && candidates.Count == 1 && IsPaired(document, use, printed, candidates[0].Id)) certainty = MentionCertainty.Contextual;
            if (certainty == MentionCertainty.Weak && !weak) continue;
            mentions.Add(Make(
                document, MentionForm.Name, candidates[0].Kind, candidates.Count == 1 ? candidates[0].Id : null, candidates, certainty, use.Hit.Start, use.Hit.Length, null, statements));
        }
    }

    /// <summary>Of the objects that share a name, the one whose id the same statement prints; else all, by id.</summary>
    private static List<VocabularyEntry> Decide(Document document, NameUse use, IReadOnlyList<PrintedId> printed)
    {
        var entries = use.Hit.Writing.Entries;
        if (entries.Count > 1 && entries.Find(entry => IsPaired(document, use, printed, entry.Id)) is { } paired) return [paired];
        return [.. entries.OrderBy(static entry => entry.Id, StringComparer.Ordinal)];
    }

    private static bool IsPaired(Document document, NameUse use, IReadOnlyList<PrintedId> printed, string id)
    {
        var (start, length) = Statement(document, use.Hit.Start, use.Hit.Length);
        return Prints(printed, id, start, length);
    }

    private static bool Prints(IReadOnlyList<PrintedId> printed, string id, int start, int length)
    {
        for (var at = Math.Max(0, Search.LastAtOrBefore(printed, start, static one => one.Start)); at < printed.Count && printed[at].Start < start + length; at++)
            if (printed[at].Start >= start && printed[at].Id == id) return true;
        return false;
    }

    private static Mention Make(
        Document document, MentionForm form, MentionKind kind, string? id, IReadOnlyList<VocabularyEntry> candidates,
        MentionCertainty certainty, int start, int length, string? release, Dictionary<(int, int), Quote> statements)
    {
        // A sentence that names many things is quoted once for all of them.
        var place = Statement(document, start, length);
        if (!statements.TryGetValue(place, out var statement)) statements[place] = statement = document.Quote(place.Start, place.Length);
        var qualified = QualifierReader.Of(document, start, length);
        return new Mention(
            form, kind, id, candidates, certainty, document.Quote(start, length), statement,
            qualified.Qualifier, qualified.Cue, document.BlockAt(start)?.Traits ?? BlockTraits.None, release);
    }

    /// <summary>What a mention stands in: the row of a table, else the sentence, else itself.</summary>
    private static (int Start, int Length) Statement(Document document, int start, int length)
    {
        if (document.RowAt(start) is { Length: <= LongestRow } row) return (row.Start, row.Length);
        return document.SentenceAt(start) is { } sentence ? (sentence.Start, sentence.Length) : (start, length);
    }
}
