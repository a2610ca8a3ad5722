using System.Text.Json;
using Modus.Reports.Documents;

namespace Modus.Reports.Stix;

/// <summary>Finds the strings of a parsed JSON text again in its source, so that each character gets its place.</summary>
internal sealed class JsonCursor(string source)
{
    private int from;
    private int to;

    /// <summary>Where the last string was found.</summary>
    public int At { get; private set; }

    /// <summary>Goes on to an object that stands behind all objects entered before.</summary>
    public void Enter(JsonElement item)
    {
        var raw = item.GetRawText();
        var found = source.IndexOf(raw, to, StringComparison.Ordinal);
        if (found < 0) return;
        (from, to, At) = (found, found + raw.Length, found);
    }

    /// <summary>Writes a string value as blocks: blank lines part paragraphs.</summary>
    public void Write(DocumentBuilder builder, JsonElement value, BlockKind kind)
    {
        var raw = value.GetRawText();
        var found = source.IndexOf(raw, from, to - from, StringComparison.Ordinal);
        if (found >= 0) At = found;
        builder.Begin(kind, kind == BlockKind.Heading ? 1 : 0);
        var at = At + 1;
        var breaks = 0;
        foreach (var c in value.GetString()!)
        {
            var length = LengthAt(at);
            if (c == '\n')
            {
                if (++breaks == 2) builder.Begin(kind);
                else builder.Break(at);
            }
            else
            {
                if (!char.IsWhiteSpace(c)) breaks = 0;
                builder.Append(c, Math.Min(at, source.Length), length);
            }

            at += length;
        }

        builder.End();
    }

    /// <summary>Source characters of one character: an escape is longer than one.</summary>
    private int LengthAt(int at)
    {
        if (at + 1 >= source.Length || source[at] != '\\') return 1;
        return source[at + 1] == 'u' ? 6 : 2;
    }
}
