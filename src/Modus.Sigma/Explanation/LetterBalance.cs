namespace Modus.Sigma.Explanation;

/// <summary>
/// How many letters of a needle a stretch of a text lacks, whatever their order: never more than the edits that make one the other,
/// so that most stretches need no measuring of those. The stretch moves on by one place at a time.
/// </summary>
internal sealed class LetterBalance
{
    private const int Kinds = 64;

    private readonly int[] balance = new int[Kinds];
    private readonly string text;
    private readonly int length;
    private int start;
    private int end;
    private int missing;

    /// <summary>A stretch as long as the needle, at the start of the text.</summary>
    public LetterBalance(string needle, string text)
    {
        this.text = text;
        length = needle.Length;
        missing = length;
        foreach (var c in needle) balance[Kind(c)]++;
    }

    /// <summary>The letters that the stretch at a place lacks; places are asked for in rising order.</summary>
    public int MissingAt(int at)
    {
        for (; start < at; start++)
            if (start < end && ++balance[Kind(text[start])] > 0) missing++;
        for (end = Math.Max(end, start); end < text.Length && end < at + length; end++)
            if (balance[Kind(text[end])]-- > 0) missing--;
        return missing;
    }

    /// <summary>Cases of a letter are one kind, and so may be others: that lowers what is found missing, which is safe.</summary>
    private static int Kind(char c) => char.ToLowerInvariant(c) % Kinds;
}
