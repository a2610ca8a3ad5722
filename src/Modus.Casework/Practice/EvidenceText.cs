using System.Text;
using Modus.Attack;
using Modus.Casework.Investigation;
using Modus.Reports.Documents;
using Modus.Reports.Entities;
using Modus.Reports.Mapping;
using Modus.Reports.Mentions;
using Modus.Reports.Qualifiers;

namespace Modus.Casework.Practice;

/// <summary>What the readers of reports make of the words of a piece of evidence; worked out once a text.</summary>
internal sealed class EvidenceText
{
    private EvidenceText(string text) => Text = text;

    /// <summary>The words.</summary>
    public string Text { get; }

    /// <summary>What the mapper suggests, likeliest first.</summary>
    public required IReadOnlyList<MapSuggestion> Suggestions { get; init; }

    /// <summary>What it suggests where the names of tools are masked; null where no tool is named.</summary>
    public required IReadOnlyList<MapSuggestion>? WithoutTools { get; init; }

    /// <summary>Ids of techniques that the text prints or names.</summary>
    public required IReadOnlySet<string> Named { get; init; }

    /// <summary>Names of tools and malware in the text.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>True where nothing but indicators is left.</summary>
    public required bool IsIndicatorsOnly { get; init; }

    /// <summary>Where the words that speak for a technique stand.</summary>
    public required Func<string, (int Start, int Length)?> Deciding { get; init; }

    /// <summary>What the text does with a technique: reports, denies, advises …</summary>
    public Qualified StatementOn(string technique)
    {
        if (Deciding(technique) is { } span) return QualifierReader.OfClause(Text, span.Start, span.Length);
        // Nothing points at the technique: the whole sentence is looked at, from its end.
        return QualifierReader.OfClause(Text, Text.Length, 0);
    }

    /// <summary>How likely the mapper takes a technique, or one of its family, to be.</summary>
    public static float ProbabilityOf(IReadOnlyList<MapSuggestion> suggestions, string technique) =>
        suggestions.Where(suggestion => Mappings.TechniqueIds.ParentOf(suggestion.Technique) == Mappings.TechniqueIds.ParentOf(technique)).Select(suggestion => suggestion.Probability).DefaultIfEmpty(0).Max();

    /// <summary>Reads texts with one vocabulary and one mapper.</summary>
    internal sealed class Reader(KnowledgeAtHand knowledge)
    {
        // Longer quotes are whole paragraphs: what decides stands in their first sentences or nowhere.
        private const int LongestText = 4000;

        // Words that say what an indicator is, not what was done with it.
        private static readonly HashSet<string> labels = new(StringComparer.OrdinalIgnoreCase)
        {
            "ioc", "iocs", "indicator", "indicators", "hash", "hashes", "md5", "sha1", "sha256", "sha512", "sha", "domain", "domains", "address", "addresses", "file", "files", "filename",
            "url", "urls", "server", "and", "the", "for", "with", "port", "host", "hosts", "sample", "samples", "malicious", "email", "mail", "name", "path", "ipv4", "ipv6",
        };

        private readonly Dictionary<string, EvidenceText> read = new(StringComparer.Ordinal);
        private readonly Lazy<MentionVocabulary> vocabulary = new(() => Vocabularies.Of(knowledge));
        private readonly Lazy<TechniqueMapper> mapper = new(() => new TechniqueMapper(MapperModel.Shipped));

        public EvidenceText Of(string text)
        {
            var cut = text.Length <= LongestText ? text : text[..LongestText];
            return read.TryGetValue(cut, out var known) ? known : read[cut] = Make(cut);
        }

        private EvidenceText Make(string text)
        {
            var document = ReportReader.ReadText(text, "evidence", DocumentFormat.PlainText).Document;
            IReadOnlyList<Mention> mentions = document is null ? [] : MentionFinder.Find(document, vocabulary.Value);
            var tools = mentions.Where(mention => mention is { Kind: MentionKind.Software, Form: MentionForm.Name }).ToList();
            var named = mentions.Where(mention => mention.Kind == MentionKind.Technique).SelectMany(mention => mention.Candidates.Select(candidate => candidate.Id).Append(mention.Id)).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var places = mentions.Where(mention => mention is { Kind: MentionKind.Technique, Id: not null }).GroupBy(mention => mention.Id!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Quote, StringComparer.Ordinal);
            // Offsets of mentions count in the document's text, which may have fewer blanks; with any difference they are not used.
            var aligned = document?.Text == text;
            return new EvidenceText(text)
            {
                Suggestions = mapper.Value.Map(text).Suggestions,
                WithoutTools = tools.Count == 0 || document is null ? null : mapper.Value.Map(Masked(document.Text, tools)).Suggestions,
                Named = named,
                Tools = [.. tools.Select(tool => tool.Quote.Text).Distinct(StringComparer.OrdinalIgnoreCase)],
                IsIndicatorsOnly = document is not null && IsIndicators(document),
                Deciding = technique => aligned && places.TryGetValue(technique, out var quote) ? (quote.Start, quote.Length)
                    : mapper.Value.Explain(text, technique, 1, 0).Words is [{ Weight: > 0 } word, ..] ? (word.Start, word.Length) : null,
            };
        }

        private static string Masked(string text, List<Mention> tools)
        {
            var masked = new StringBuilder();
            var at = 0;
            foreach (var tool in tools.OrderBy(tool => tool.Quote.Start))
            {
                if (tool.Quote.Start < at) continue;
                masked.Append(text, at, tool.Quote.Start - at).Append("a tool");
                at = tool.Quote.Start + tool.Quote.Length;
            }
            return masked.Append(text, at, text.Length - at).ToString();
        }

        private static bool IsIndicators(Document document)
        {
            var entities = EntityFinder.Find(document).Where(entity => entity.Kind is EntityKind.Ipv4 or EntityKind.Ipv6 or EntityKind.Domain or EntityKind.Url or EntityKind.Email
                or EntityKind.Md5 or EntityKind.Sha1 or EntityKind.Sha256 or EntityKind.Sha512 or EntityKind.FileName).ToList();
            if (entities.Count == 0) return false;
            var rest = document.Text.ToCharArray();
            foreach (var entity in entities) rest.AsSpan(entity.Quote.Start, entity.Quote.Length).Fill(' ');
            var words = new string([.. rest.Select(character => char.IsLetterOrDigit(character) ? character : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return !words.Any(word => word.Length > 2 && word.Any(char.IsLetter) && !labels.Contains(word));
        }
    }
}
