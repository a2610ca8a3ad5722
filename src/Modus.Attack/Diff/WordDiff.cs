namespace Modus.Attack.Diff;

/// <summary>What a piece of two compared texts is.</summary>
public enum WordChange
{
    /// <summary>It stands in both.</summary>
    Kept,

    /// <summary>It stands in the earlier text only.</summary>
    Removed,

    /// <summary>It stands in the later text only.</summary>
    Added,
}

/// <summary>A run of words and the blanks between them.</summary>
/// <param name="Change">Where it stands.</param>
/// <param name="Text">The run, blanks included.</param>
public sealed record WordPiece(WordChange Change, string Text);

/// <summary>Compares two texts word by word.</summary>
public static class WordDiff
{
    /// <summary>Words, after equal beginnings and ends are set aside, above which a text counts as rewritten whole.</summary>
    public const int MaxWords = 2000;

    /// <summary>The pieces in reading order: the earlier text is what is kept and removed, the later what is kept and added.</summary>
    public static IReadOnlyList<WordPiece> Between(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (left, right) = (Words(before), Words(after));
        var start = 0;
        while (start < left.Count && start < right.Count && left[start] == right[start]) start++;
        var end = 0;
        while (end < left.Count - start && end < right.Count - start && left[^(end + 1)] == right[^(end + 1)]) end++;
        var pieces = new List<WordPiece>();
        Append(pieces, WordChange.Kept, left[..start]);
        Middle(pieces, left[start..(left.Count - end)], right[start..(right.Count - end)]);
        Append(pieces, WordChange.Kept, left[(left.Count - end)..]);
        return pieces;
    }

    private static void Middle(List<WordPiece> pieces, List<string> left, List<string> right)
    {
        if (left.Count > MaxWords || right.Count > MaxWords)
        {
            Append(pieces, WordChange.Removed, left);
            Append(pieces, WordChange.Added, right);
            return;
        }
        // The length of the longest common run of words that starts at each pair of places.
        var longest = new int[left.Count + 1, right.Count + 1];
        for (var i = left.Count - 1; i >= 0; i--)
            for (var j = right.Count - 1; j >= 0; j--)
                longest[i, j] = left[i] == right[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        for (int i = 0, j = 0; i < left.Count || j < right.Count;)
        {
            if (i < left.Count && j < right.Count && left[i] == right[j])
            {
                Append(pieces, WordChange.Kept, [left[i]]);
                i++;
                j++;
            }
            else if (i < left.Count && (j == right.Count || longest[i + 1, j] >= longest[i, j + 1])) Append(pieces, WordChange.Removed, [left[i++]]);
            else Append(pieces, WordChange.Added, [right[j++]]);
        }
    }

    private static void Append(List<WordPiece> pieces, WordChange change, List<string> words)
    {
        if (words.Count == 0) return;
        var text = string.Concat(words);
        if (pieces.Count > 0 && pieces[^1].Change == change) pieces[^1] = pieces[^1] with { Text = pieces[^1].Text + text };
        else pieces.Add(new WordPiece(change, text));
    }

    /// <summary>Each word with the blanks that follow it.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (int from = 0, at = 0; at < text.Length; from = at)
        {
            while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            words.Add(text[from..at]);
        }
        return words;
    }
}
