using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>The words of a document, each kept once: long documents say the same words again and again.</summary>
internal sealed class WordPool
{
    private const int LongestWord = 32;
    private const int MostWords = 200_000;

    private readonly HashSet<string> words = new(StringComparer.Ordinal);

    /// <summary>The word that was collected.</summary>
    public string Of(StringBuilder text)
    {
        if (text.Length > LongestWord) return text.ToString();
        Span<char> letters = stackalloc char[LongestWord];
        text.CopyTo(0, letters, text.Length);
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlySpan<char> word = letters[..text.Length];
        if (known.TryGetValue(word, out var kept)) return kept;
        var made = word.ToString();
        if (words.Count < MostWords) words.Add(made);
        return made;
    }
}
