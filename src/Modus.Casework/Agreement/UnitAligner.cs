using System.Text;
using Modus.Casework.Mappings;

namespace Modus.Casework.Agreement;

/// <summary>One piece of evidence that at least one coder judged.</summary>
/// <param name="Document">The document it belongs to.</param>
/// <param name="Label">What tells it from others, for people.</param>
/// <param name="Text">Its words; null where nobody quoted any.</param>
/// <param name="Techniques">A set of techniques a coder; null where the coder did not look at the document.</param>
internal sealed record AlignedUnit(string Document, string Label, string? Text, IReadOnlyList<IReadOnlyList<string>?> Techniques);

/// <summary>Finds which mappings of several coders are about the same piece of evidence: by its name, its span, or its words.</summary>
internal sealed class UnitAligner
{
    // Two spans are the same evidence where the shorter lies in the longer by at least half.
    private const double LeastOverlap = 0.5;

    private readonly List<(int Coder, StatedMapping Mapping, string Document)> items = [];
    private readonly List<int> leader = [];

    private UnitAligner() { }

    /// <summary>Says whether every coder tells what each mapping rests on.</summary>
    public static bool HasEvidence(IReadOnlyList<Coder> coders) =>
        coders.All(coder => coder.Mappings.Count > 0 && coder.Mappings.All(mapping => mapping.Unit is not null || mapping.IsQuote || mapping.Start is not null));

    /// <summary>The name that documents of different coders have in common: without folder and ending, in lower case.</summary>
    public static string DocumentKey(string name)
    {
        var plain = name.Replace('\\', '/').Trim();
        plain = plain[(plain.LastIndexOf('/') + 1)..];
        var dot = plain.LastIndexOf('.');
        return (dot > 0 && plain.Length - dot <= 6 ? plain[..dot] : plain).ToLowerInvariant();
    }

    /// <summary>Whether the coders' documents have names in common; where not, all their evidence counts as one document's.</summary>
    public static bool ShareDocuments(IReadOnlyList<Coder> coders)
    {
        var names = coders.Select(coder => coder.Mappings.Select(mapping => DocumentKey(mapping.Document)).ToHashSet(StringComparer.Ordinal)).ToList();
        return names.Skip(1).Any(others => others.Overlaps(names[0]));
    }

    /// <summary>The units, by document and place.</summary>
    public static IReadOnlyList<AlignedUnit> Align(IReadOnlyList<Coder> coders)
    {
        var aligner = new UnitAligner();
        var byDocument = ShareDocuments(coders);
        for (var coder = 0; coder < coders.Count; coder++)
            foreach (var mapping in coders[coder].Mappings)
            {
                aligner.leader.Add(aligner.items.Count);
                aligner.items.Add((coder, mapping, byDocument ? DocumentKey(mapping.Document) : ""));
            }
        aligner.Join(item => item.Mapping.Unit is { } unit ? $"u\u001f{unit}" : null);
        aligner.Join(item => item.Mapping is { IsQuote: true, Text: { } text } ? $"t\u001f{Words(text)}" : null);
        aligner.JoinSpans();
        return aligner.Units(coders.Count);
    }

    /// <summary>Letters and digits in lower case: line ends, quotes and dashes differ from tool to tool.</summary>
    internal static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var character in text)
            if (char.IsLetterOrDigit(character)) words.Append(char.ToLowerInvariant(character));
        return words.ToString();
    }

    private void Join(Func<(int Coder, StatedMapping Mapping, string Document), string?> key)
    {
        var first = new Dictionary<(string, string), int>();
        for (var at = 0; at < items.Count; at++)
        {
            if (key(items[at]) is not { Length: > 2 } name) continue;
            if (!first.TryAdd((items[at].Document, name), at)) Unite(first[(items[at].Document, name)], at);
        }
    }

    private void JoinSpans()
    {
        foreach (var document in Enumerable.Range(0, items.Count).Where(at => items[at].Mapping is { Start: not null, Length: > 0 }).GroupBy(at => items[at].Document, StringComparer.Ordinal))
        {
            // The furthest end so far is enough to look back at: what ended before the next begins overlaps nothing more.
            var open = new List<int>();
            foreach (var at in document.OrderBy(at => items[at].Mapping.Start).ThenByDescending(at => items[at].Mapping.Length))
            {
                var (start, length) = (items[at].Mapping.Start!.Value, items[at].Mapping.Length!.Value);
                open.RemoveAll(other => EndOf(other) <= start);
                foreach (var other in open)
                {
                    var common = Math.Min(EndOf(other), start + length) - start;
                    if (common >= LeastOverlap * Math.Min(length, items[other].Mapping.Length!.Value)) Unite(other, at);
                }
                open.Add(at);
            }
        }
    }

    private long EndOf(int at) => items[at].Mapping.Start!.Value + items[at].Mapping.Length!.Value;

    private int LeaderOf(int at)
    {
        while (leader[at] != at) at = leader[at] = leader[leader[at]];
        return at;
    }

    private void Unite(int one, int other)
    {
        var (left, right) = (LeaderOf(one), LeaderOf(other));
        leader[Math.Max(left, right)] = Math.Min(left, right);
    }

    private List<AlignedUnit> Units(int coders)
    {
        var looked = items.Select(item => (item.Coder, item.Document)).ToHashSet();
        return
        [
            .. Enumerable.Range(0, items.Count).GroupBy(LeaderOf).Select(group => group.Select(at => items[at]).ToList()).Select(group =>
            {
                var document = group[0].Document;
                var sets = Enumerable.Range(0, coders).Select(coder => looked.Contains((coder, document))
                    ? (IReadOnlyList<string>?)[.. group.Where(item => item.Coder == coder).Select(item => item.Mapping.Technique).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                    : null).ToList();
                var first = group[0].Mapping;
                var label = first.Unit ?? (first.Start is { } start ? FormattableString.Invariant($"offset {start}") : first.Place);
                return new AlignedUnit(document, label, group.Select(item => item.Mapping.Text).FirstOrDefault(text => text is not null), sets);
            }).OrderBy(unit => unit.Document, StringComparer.Ordinal),
        ];
    }
}
