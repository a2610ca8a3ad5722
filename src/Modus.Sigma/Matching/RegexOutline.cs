using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>What every match of a regular expression must have: a least length, and one of a few texts. So the expression runs only where it can match.</summary>
/// <remarks>It only tells what it is sure of; where it meets what it does not know, it tells nothing.</remarks>
internal static class RegexOutline
{
    private const int MaxTexts = 16;
    private const int MaxSets = 6;
    private const int MaxLength = 1 << 20;

    // A class of so few characters is written out, and an item that stands so often at most.
    private const int MaxClass = 6, MaxRepeats = 8;

    // Shorter rows of one class are in most values.
    private const int LeastRow = 8;

    private static readonly Part nothing = new(null, [], 0);

    /// <summary>The least length of a match in characters, and texts of which each match holds one (case does not matter); empty when unknown.</summary>
    public static (int MinLength, IReadOnlyList<string> Texts) Of(RegexTest test)
    {
        var (length, sets) = All(test);
        return (length, sets.Count == 0 ? [] : sets[0]);
    }

    /// <summary>The least length of a match, and sets of texts: each match holds one text of every set. The rarest set comes first.</summary>
    public static (int MinLength, IReadOnlyList<IReadOnlyList<string>> Sets) All(RegexTest test)
    {
        var whole = RegexTree.Read(test) is { } tree ? Of(tree) : nothing;
        return (whole.MinLength, [.. whole.Sets().Where(set => set.Count <= MaxTexts && set.All(text => text.Length > 0)).OrderByDescending(Worth).Take(MaxSets)]);
    }

    /// <summary>The rows of ASCII characters of one class that every match in an ASCII text holds, and whether a single row says all: then what holds it matches.</summary>
    public static (IReadOnlyList<RegexRow> Rows, bool IsAll) RowsOf(RegexTest test)
    {
        var tree = RegexTree.Read(test);
        var rows = tree is null ? [] : Of(tree).Rows;
        return (rows, tree is RegexSequence { Parts: [RegexRepeat { Part: RegexSet { IsExact: true }, Least: >= LeastRow }] });
    }

    private static Part Of(RegexTree tree)
    {
        switch (tree)
        {
            case RegexSet set: return new(set.IsAscii ? Letters(set.Class) : null, [], 1);
            case RegexAnchor: return new([""], [], 0);
            case RegexChoice choice: return AnyOf([.. choice.Parts.Select(Of)]);
            case RegexSequence sequence:
                var run = new Run();
                foreach (var part in sequence.Parts) run.Add(part);
                return run.End();
            default:
                var alone = new Run();
                alone.Add(tree);
                return alone.End();
        }
    }

    private static Part AnyOf(Part[] parts)
    {
        var least = parts.Min(part => part.MinLength);
        if (parts.All(part => part.Exact is not null) && parts.Sum(part => part.Exact!.Count) <= MaxTexts)
            return new([.. parts.SelectMany(part => part.Exact!).Distinct(StringComparer.Ordinal)], [], least);
        var texts = parts.Select(part => part.Sets().MaxBy(Worth)).ToList();
        return new(null, texts.Contains(null) ? [] : [[.. texts.SelectMany(text => text!).Distinct(StringComparer.Ordinal)]], least);
    }

    // What is written in one case: all texts are compared folded.
    private static string[]? Letters(UInt128 set)
    {
        string[] letters = [.. Enumerable.Range(0, 128).Where(c => (set >> c & 1) != 0).Select(c => char.ToLowerInvariant((char)c).ToString()).Distinct(StringComparer.Ordinal)];
        return letters.Length is > 0 and <= MaxClass ? letters : null;
    }

    // The rarest text counts: the shortest of a choice, letters less than signs.
    private static int Worth(IReadOnlyList<string> texts) => texts.Count > MaxTexts ? -1 : texts.Min(text => text.Sum(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '\\' or '.' or '-' or '/' ? 2 : 5));

    // One of several characters is in nearly every value.
    private static bool IsRare(IReadOnlyList<string> texts) => texts.All(text => text.Length > (texts.Count > 1 ? 1 : 0));

    /// <summary>The texts that stand side by side in a sequence.</summary>
    private sealed class Run
    {
        private readonly List<IReadOnlyList<string>> sets = [];
        private readonly List<RegexRow> rows = [];
        private List<string> texts = [""];
        private int length;
        private bool isExact = true;

        public void Add(RegexTree item)
        {
            var (tree, least, most) = item is RegexRepeat repeat ? (repeat.Part, repeat.Least, repeat.Most) : (item, 1, 1);
            var part = Of(tree);
            length = Math.Min(MaxLength, length + (part.MinLength * Math.Min(least, 1 << 10)));
            if (tree is RegexSet set && least >= LeastRow) rows.Add(new(set.Class, least));
            if (least >= 1) rows.AddRange(part.Rows);
            if (part.Exact is { } exact && least == most && least is >= 1 and <= MaxRepeats)
            {
                for (var time = 0; time < least; time++) Extend(exact);
                return;
            }

            isExact = false;
            if (part.Exact is { } repeated && least >= 1) Extend(repeated);
            Break();
            if (least >= 1 && part.Exact is null) sets.AddRange(part.Sets());
        }

        public Part End()
        {
            if (isExact) return new(texts, [], length) { Rows = rows };
            Break();
            return new(null, sets, length) { Rows = rows };
        }

        private void Break()
        {
            if (IsRare(texts)) sets.Add(texts);
            texts = [""];
        }

        private void Extend(IReadOnlyList<string> ends)
        {
            // Too many ways to write the run: what stands so far is one, and the next begins.
            if (texts.Count * ends.Count > MaxTexts)
            {
                isExact = false;
                Break();
            }

            texts = [.. texts.SelectMany(start => ends.Select(end => start + end))];
        }
    }

    private sealed record Part(IReadOnlyList<string>? Exact, IReadOnlyList<IReadOnlyList<string>> Inner, int MinLength)
    {
        public IReadOnlyList<RegexRow> Rows { get; init; } = [];

        public IReadOnlyList<IReadOnlyList<string>> Sets() => Exact is null ? Inner : IsRare(Exact) ? [Exact] : [];
    }
}
