namespace Modus.Tests.Reports.Training;

/// <summary>Runs of words, by which a text that repeats another is known.</summary>
internal static class WordRuns
{
    private const int Length = 8;

    /// <summary>The runs of eight words of a text.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var words = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, Math.Max(0, words.Length - Length + 1)).Select(from => string.Join(' ', words[from..(from + Length)]));
    }
}
