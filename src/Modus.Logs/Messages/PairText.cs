using System.Buffers;

namespace Modus.Logs.Messages;

/// <summary>Takes messages apart that consist of <c>name=value</c> pairs, as firewalls and many programs write them.</summary>
internal static class PairText
{
    /// <summary>The fewest pairs that make a message one of pairs.</summary>
    public const int Fewest = 4;

    private static readonly SearchValues<byte> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-@/[]"u8);

    /// <summary>Reads the pairs of a message that begins with one; words without a name belong to the value before.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, MessagePairs pairs)
    {
        text = text.Trim((byte)' ');
        if (text.IsEmpty || NameEnd(text) < 0) return false;
        while (!text.IsEmpty && pairs.Count < MessagePairs.MaxPairs)
        {
            var equals = NameEnd(text);
            if (equals < 0)
            {
                var blank = text.IndexOf((byte)' ');
                pairs.Append(" "u8);
                pairs.Append(blank < 0 ? text : text[..blank]);
                text = blank < 0 ? default : text[(blank + 1)..].TrimStart((byte)' ');
                continue;
            }

            var name = text[..equals];
            text = text[(equals + 1)..];
            if (text.StartsWith("\""u8) && Closing(text) is > 0 and var quote)
            {
                pairs.Add(name, text[1..quote], "\"\\"u8);
                text = text[(quote + 1)..].TrimStart(" ,;"u8);
                continue;
            }

            var end = End(text);
            pairs.Add(name, text[..end]);
            text = text[end..].TrimStart(" ,;"u8);
        }

        return pairs.Count >= Fewest;
    }

    private static int NameEnd(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(NameLetters);
        return end > 0 && end <= 64 && text[end] == '=' && (char.IsAsciiLetter((char)text[0]) || text[0] == '_') ? end : -1;
    }

    private static int Closing(ReadOnlySpan<byte> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '"') return at;
        }

        return -1;
    }

    /// <summary>A value without quotes ends at a blank, or at a comma or semicolon before the next name.</summary>
    private static int End(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == ' ') return at;
            if (text[at] is (byte)',' or (byte)';' && NameEnd(text[(at + 1)..].TrimStart((byte)' ')) > 0) return at;
        }

        return text.Length;
    }
}
