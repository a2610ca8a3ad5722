using Modus.Reports.Documents;

namespace Modus.Reports.Sentences;

/// <summary>Splits blocks into sentences without cutting indicators, paths, versions or abbreviations.</summary>
/// <remarks>
/// A full stop ends a sentence only where white space and a likely beginning follow, or where two sentences are glued
/// ("attack.The"). Headings, captions and code blocks are one unit; a line break that the author set ends a unit
/// unless the next line goes on in lower case.
/// </remarks>
public static class SentenceSplitter
{
    /// <summary>Characters of the longest unit; a longer one, which only tables and hostile input have, is cut at white space.</summary>
    public const int LongestUnit = 4_000;

    private const int FragmentLength = 15;

    /// <summary>Splits a plain text, taken as one paragraph, into spans.</summary>
    public static IReadOnlyList<(int Start, int Length)> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var spans = new List<(int, int)>();
        SplitBlock(text, 0, text.Length, spans);
        return spans;
    }

    internal static List<Sentence> Split(string text, IReadOnlyList<Block> blocks)
    {
        var sentences = new List<Sentence>();
        var spans = new List<(int Start, int Length)>();
        foreach (var block in blocks)
        {
            spans.Clear();
            if (block.Kind is BlockKind.Code or BlockKind.Heading) Add(text, block.Start, block.End, spans);
            else SplitBlock(text, block.Start, block.End, spans);
            foreach (var (start, length) in spans)
                sentences.Add(new Sentence(sentences.Count, block.Index, start, length, IsFragment(text.AsSpan(start, length))));
        }

        return sentences;
    }

    /// <summary>Whether a unit is too short to say anything.</summary>
    internal static bool IsFragment(ReadOnlySpan<char> text)
    {
        if (text.Length < FragmentLength && !HoldsWideLetters(text)) return true;
        var run = 0;
        foreach (var c in text)
        {
            run = char.IsLetter(c) ? run + 1 : 0;
            if (run == 3 || c >= '\u3040') return false;
        }

        return true;
    }

    private static bool HoldsWideLetters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (c >= '\u3040' && char.IsLetter(c)) return true;
        return false;
    }

    private static void SplitBlock(string text, int start, int end, List<(int Start, int Length)> spans)
    {
        var first = start;
        var inTicks = false;
        for (var at = start; at < end; at++)
        {
            if (text[at] == '`') inTicks = !inTicks && text.IndexOf('`', at + 1, Math.Min(end - at - 1, 500)) > 0;
            if (inTicks) continue;
            var next = Boundary.After(text, first, at, end);
            if (next < 0) continue;
            Add(text, first, next, spans);
            first = next;
            at = next - 1;
        }

        Add(text, first, end, spans);
    }

    private static void Add(string text, int start, int end, List<(int Start, int Length)> spans)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        while (end - start > LongestUnit)
        {
            var cut = text.AsSpan(start, LongestUnit).LastIndexOfAny(' ', '\n');
            if (cut <= 0) cut = LongestUnit;
            spans.Add((start, cut));
            start += cut;
            while (start < end && char.IsWhiteSpace(text[start])) start++;
        }

        if (end > start) spans.Add((start, end - start));
    }
}
