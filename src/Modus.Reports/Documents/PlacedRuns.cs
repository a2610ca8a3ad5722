using System.Collections;

namespace Modus.Reports.Documents;

/// <summary>The words of a document with their rectangles, in the order of the text; a word takes 16 bytes, so that thousands of pages fit.</summary>
/// <remarks>Rectangles are kept to a thousandth of a point. Height and page are kept once for words that stand in one line.</remarks>
internal sealed class PlacedRuns : IReadOnlyList<PlacedRun>
{
    private const int ChunkLength = 1 << 12;
    private const double Unit = 1_000;

    private readonly List<Word[]> chunks = [];
    private readonly List<Line> lines = [];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public PlacedRun this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var word = chunks[index / ChunkLength][index % ChunkLength];
            var line = lines[Search.LastAtOrBefore(lines, index, static line => line.First)];
            return new(word.Start, word.Length, line.Page, new Box(word.Left / Unit, line.Top / Unit, word.Right / Unit, line.Bottom / Unit));
        }
    }

    /// <summary>Adds a word after the last one.</summary>
    public void Add(int start, int length, int page, Box box)
    {
        int top = Whole(box.Top), bottom = Whole(box.Bottom);
        if (lines.Count == 0 || lines[^1].Page != page || lines[^1].Top != top || lines[^1].Bottom != bottom) lines.Add(new(Count, page, top, bottom));
        if (Count == chunks.Count * ChunkLength) chunks.Add(new Word[ChunkLength]);
        chunks[Count / ChunkLength][Count % ChunkLength] = new(start, length, Whole(box.Left), Whole(box.Right));
        Count++;
    }

    /// <summary>Forgets words that begin at or after an offset.</summary>
    public void CutAt(int start)
    {
        while (Count > 0 && chunks[(Count - 1) / ChunkLength][(Count - 1) % ChunkLength].Start >= start) Count--;
        while (lines.Count > 0 && lines[^1].First >= Count) lines.RemoveAt(lines.Count - 1);
        while (chunks.Count > 0 && (chunks.Count - 1) * ChunkLength >= Count) chunks.RemoveAt(chunks.Count - 1);
    }

    /// <inheritdoc/>
    public IEnumerator<PlacedRun> GetEnumerator()
    {
        for (var at = 0; at < Count; at++) yield return this[at];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int Whole(double points) => (int)Math.Clamp(Math.Round(points * Unit), int.MinValue, int.MaxValue);

    private readonly record struct Word(int Start, int Length, int Left, int Right);

    private readonly record struct Line(int First, int Page, int Top, int Bottom);
}
