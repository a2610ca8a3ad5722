namespace Modus.Reports.Qualifiers;

/// <summary>Cuts sentences into clauses.</summary>
internal static class Clause
{
    private static readonly string[] borders =
        ["; ", " but ", " however", " although ", " though ", " whereas ", " instead ", " yet ", " while ", ": ", ", so ", " then "];

    /// <summary>The clause around a span.</summary>
    public static (int From, int To) Around(string sentence, int start, int end)
    {
        int from = 0, to = sentence.Length;
        foreach (var border in borders)
        {
            var before = start > 0 ? sentence.LastIndexOf(border, start - 1, StringComparison.OrdinalIgnoreCase) : -1;
            if (before >= 0 && !IsNotOnly(sentence, before, border)) from = Math.Max(from, before + border.Length);
            var after = end < sentence.Length ? sentence.IndexOf(border, end, StringComparison.OrdinalIgnoreCase) : -1;
            if (after >= 0) to = Math.Min(to, after + 1);
        }

        return (Math.Min(from, start), Math.Max(to, end));
    }

    /// <summary>Where a whole word stands in a text, any case; -1 where it does not.</summary>
    public static int IndexOfWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var stop = at + word.Length;
            if ((at == 0 || !char.IsLetter(text[at - 1])) && (stop == text.Length || !char.IsLetter(text[stop]))) return at;
        }

        return -1;
    }

    private static bool IsNotOnly(string sentence, int border, string kind) =>
        kind == " but " && sentence.AsSpan(0, border).Contains("not only", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The words of a clause in lower case, and which of them is the one in question.</summary>
internal sealed class ClauseWords
{
    private const int MaxWords = 400;
    private readonly List<string> words = [];

    /// <summary>Number of words.</summary>
    public int Count => words.Count;

    /// <summary>Index of the first word of the span in question.</summary>
    public int Target { get; private set; }

    /// <summary>A word.</summary>
    public string this[int at] => words[at];

    /// <summary>Cuts a clause into words; the nearest words around the span are kept where there are very many.</summary>
    public static ClauseWords Of(ReadOnlySpan<char> clause, int start, int end)
    {
        var made = new ClauseWords { Target = -1 };
        for (var at = 0; at < clause.Length; at++)
        {
            if (!char.IsLetterOrDigit(clause[at])) continue;
            var stop = at;
            while (stop < clause.Length && (char.IsLetterOrDigit(clause[stop]) || (clause[stop] == '\'' && stop + 1 < clause.Length && char.IsLetter(clause[stop + 1])))) stop++;
            if (made.Target < 0 && stop > start) made.Target = made.words.Count;
            if (made.Target >= 0 && at >= end && made.words.Count > MaxWords) break;
            made.words.Add(at >= start && at < end ? "\0" : clause[at..stop].ToString().ToLowerInvariant());
            at = stop;
        }

        if (made.Target < 0) made.Target = made.words.Count;
        return made;
    }

    /// <summary>Where a run of words stands; a word that ends in <c>*</c> stands for all words that begin so.</summary>
    public IEnumerable<int> Find(string[] run)
    {
        for (var at = 0; at + run.Length <= words.Count; at++)
            if (Matches(at, run)) yield return at;
    }

    /// <summary>Whether one of several runs stands at an index.</summary>
    public bool FollowedBy(int at, string[][] runs) => Array.Exists(runs, run => at + run.Length <= words.Count && Matches(at, run));

    private bool Matches(int at, string[] run)
    {
        for (var step = 0; step < run.Length; step++)
        {
            var wanted = run[step];
            var word = words[at + step];
            if (wanted[^1] == '*' ? !word.StartsWith(wanted.AsSpan(0, wanted.Length - 1), StringComparison.Ordinal) : word != wanted) return false;
        }

        return true;
    }
}
