using System.Collections.Frozen;

namespace Modus.Reports.Mentions;

/// <summary>A name found in a text, not yet judged.</summary>
internal readonly record struct NameHit(NameWriting Writing, int Start, int Length);

/// <summary>Finds the names of a vocabulary in a text: whole words, longest first, small differences of joining allowed.</summary>
internal sealed class NameIndex
{
    private const int ShortestJoined = 8;

    private readonly FrozenDictionary<string, NameWriting[]> byFirst;

    /// <summary>Builds the index over the active entries.</summary>
    public NameIndex(IReadOnlyList<VocabularyEntry> entries)
    {
        var writings = new Dictionary<string, NameWriting>(StringComparer.Ordinal);
        var field = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!entry.IsActive || entry.Kind > MentionKind.Mitigation) continue; // Names of telemetry are everyday words of the field.
            foreach (var name in entry.Aliases.Prepend(entry.Name)) Add(writings, field, entry, name);
        }

        byFirst = writings.Values.GroupBy(static writing => writing.Tokens[0], StringComparer.Ordinal).ToFrozenDictionary(
            static group => group.Key,
            static group => group.OrderByDescending(static writing => writing.Letters).ThenBy(static writing => writing.Written, StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);
        FieldWords = field.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Words that the knowledge base itself uses inside longer names of techniques, tactics and mitigations: the field's everyday language.</summary>
    public FrozenSet<string> FieldWords { get; }

    /// <summary>Finds names, in order and without overlaps.</summary>
    public List<NameHit> Find(string text)
    {
        var hits = new List<NameHit>();
        var lookup = byFirst.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[64];
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var end = Math.Max(at + 1, NameTokens.End(text, at));
            var begins = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            if (begins && end - at <= lower.Length)
            {
                var length = text.AsSpan(at, end - at).ToLowerInvariant(lower);
                if (length > 0 && lookup.TryGetValue(lower[..length], out var writings) && Longest(text, at, end, writings) is { } hit)
                {
                    hits.Add(hit);
                    end = hit.Start + hit.Length;
                }
            }

            at = end;
        }

        return hits;
    }

    private static NameHit? Longest(string text, int at, int firstEnd, NameWriting[] writings)
    {
        NameHit? best = null;
        foreach (var writing in writings)
        {
            var end = EndOf(text, firstEnd, writing);
            if (end < 0 || (end < text.Length && char.IsLetterOrDigit(text[end]))) continue;
            if (best is null || end - at > best.Value.Length) best = new NameHit(writing, at, end - at);
        }

        return best;
    }

    private static int EndOf(string text, int end, NameWriting writing)
    {
        for (var token = 1; token < writing.Tokens.Length; token++)
        {
            var next = end;
            while (next < text.Length && next - end < 8 && !char.IsLetterOrDigit(text[next])) next++;
            if (next >= text.Length || !char.IsLetterOrDigit(text[next])) return -1;
            var wanted = writing.Tokens[token];
            var turn = char.IsDigit(wanted[0]) != char.IsDigit(writing.Tokens[token - 1][^1]);
            if (!NameTokens.Fits(text.AsSpan(end, next - end), writing.Gaps[token - 1], turn)) return -1;
            if (string.Compare(text, next, wanted, 0, wanted.Length, StringComparison.OrdinalIgnoreCase) != 0) return -1;
            end = next + wanted.Length;
            if (token + 1 < writing.Tokens.Length && end < text.Length && NameTokens.End(text, next) != end) return -1;
        }

        return end;
    }

    private static void Add(Dictionary<string, NameWriting> writings, HashSet<string> field, VocabularyEntry entry, string name)
    {
        var (tokens, gaps) = NameTokens.Cut(name);
        if (tokens.Length == 0 || tokens.Sum(static token => token.Length) < 2) return;
        Put(writings, entry, name, tokens, gaps);
        if (entry.Kind is MentionKind.Group or MentionKind.Software or MentionKind.Campaign)
        {
            if (tokens.Length == 2 && gaps[0] == " " && tokens[0].Length + tokens[1].Length >= ShortestJoined && tokens.All(static token => char.IsLetter(token[0])))
                Put(writings, entry, name.Replace(" ", "", StringComparison.Ordinal), [tokens[0] + tokens[1]], []);
        }
        else if (tokens.Length > 1 && name == entry.Name)
        {
            // Not the long form "Parent: Sub": that would make an everyday word of every sub-technique's own name.
            foreach (var token in tokens) field.Add(token);
        }
    }

    private static void Put(Dictionary<string, NameWriting> writings, VocabularyEntry entry, string name, string[] tokens, string[] gaps)
    {
        var key = string.Concat(tokens.SelectMany((token, at) => new[] { token, at < gaps.Length ? gaps[at] : "" }));
        if (!writings.TryGetValue(key, out var writing))
            writings[key] = writing = new NameWriting(tokens, gaps, name, NameWriting.ShapeOf(name, tokens.Length), []);
        if (!writing.Entries.Contains(entry)) writing.Entries.Add(entry);
    }
}
