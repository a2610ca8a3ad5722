using System.Text;
using Modus.Attack.Images;

namespace Modus.Attack.Search;

/// <summary>The descriptions of a release in lower case, one after the other, for a plain scan.</summary>
internal sealed class TextIndex
{
    private const int PieceBefore = 60;
    private const int PieceAfter = 100;
    private readonly Image image;
    private readonly byte[] text;
    private readonly List<(int Row, int Start)> starts = [];

    public TextIndex(Image image)
    {
        this.image = image;
        using var all = new MemoryStream();
        for (var row = 0; row < image.ObjectCount; row++)
        {
            if (image.Kind(row) == ObjectKind.Other) continue;
            starts.Add((row, (int)all.Position));
            all.Write(image.Bytes(row, Column.Description));
            all.WriteByte((byte)'\n');
            all.Write(image.Bytes(row, Column.Detection));
            all.WriteByte(0);
        }
        text = all.ToArray();
        // Letters beyond ASCII stay as they are: their bytes must not move.
        for (var i = 0; i < text.Length; i++)
            if (text[i] is >= (byte)'A' and <= (byte)'Z') text[i] |= 0x20;
    }

    /// <summary>The rows whose text holds every word, with a piece of the text around the first word.</summary>
    public IEnumerable<(int Row, string Piece)> Find(IReadOnlyList<string> words)
    {
        var counts = new int[starts.Count];
        var places = new int[starts.Count];
        for (var number = 0; number < words.Count; number++)
        {
            var word = Encoding.UTF8.GetBytes(words[number]);
            var index = 0;
            for (var at = 0; at < text.Length;)
            {
                var found = text.AsSpan(at).IndexOf(word);
                if (found < 0) break;
                at += found;
                while (index + 1 < starts.Count && starts[index + 1].Start <= at) index++;
                if (counts[index] == number) counts[index]++;
                if (number == 0) places[index] = at;
                // On to the next object: one find is enough.
                at = index + 1 < starts.Count ? starts[index + 1].Start : text.Length;
            }
        }
        for (var index = 0; index < counts.Length; index++)
            if (counts[index] == words.Count)
                yield return (starts[index].Row, Piece(starts[index].Row, places[index] - starts[index].Start));
    }

    // Lower case was made in place, so that offsets hold in the text as written.
    private string Piece(int row, int offset)
    {
        var description = image.Bytes(row, Column.Description);
        var source = offset < description.Length ? description : image.Bytes(row, Column.Detection);
        if (offset >= description.Length) offset -= description.Length + 1;
        var start = Math.Max(0, offset - PieceBefore);
        var end = Math.Min(source.Length, offset + PieceAfter);
        while (start > 0 && IsInside(source[start])) start--;
        while (end < source.Length && IsInside(source[end])) end++;
        return (start > 0 ? "…" : "") + Encoding.UTF8.GetString(source[start..end]).ReplaceLineEndings(" ").Trim() + (end < source.Length ? "…" : "");
    }

    private static bool IsInside(byte value) => (value & 0xC0) == 0x80;
}
