using System.Text;

namespace Modus.Reports.Documents;

/// <summary>Turns the bytes of a text file into characters: byte order mark, declared encoding, UTF-8, else Windows-1252.</summary>
internal static class TextDecoder
{
    private const int HeadLength = 2_048;
    private static readonly UTF8Encoding strict = new(false, true);
    private static readonly string[] declarations = ["charset=", "encoding="];

    /// <summary>Decodes a text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cut">Whether the bytes are the beginning of a longer file, so that the last character may be cut.</param>
    /// <param name="note">What the reader should know about the decoding; null where it was plain.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, bool cut, out string? note)
    {
        note = null;
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (WideWithoutMark(bytes) is { } wide) return wide.GetString(bytes);
        if (cut) bytes = WholeCharacters(bytes);
        try
        {
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            var encoding = Declared(bytes) ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
            if (encoding.CodePage == Encoding.UTF8.CodePage)
            {
                note = "Some bytes are not valid UTF-8 and were replaced.";
                return Encoding.UTF8.GetString(bytes);
            }

            note = $"The text is not UTF-8 and was read as {encoding.WebName}.";
            return encoding.GetString(bytes);
        }
    }

    /// <summary>Whether bytes look like text: few zero bytes and control characters, or UTF-16.</summary>
    public static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || WideWithoutMark(head) is not null) return true;
        var odd = 0;
        foreach (var b in head)
            if (b == 0 || (b < 0x20 && b is not (0x09 or 0x0A or 0x0D or 0x0C or 0x1B))) odd++;
        return odd * 100 <= head.Length;
    }

    private static Encoding? WideWithoutMark(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, HeadLength)];
        if (head.Length < 16) return null;
        int even = 0, odd = 0;
        for (var at = 0; at < head.Length; at++)
        {
            if (head[at] != 0) continue;
            if (at % 2 == 0) even++;
            else odd++;
        }

        if (odd * 3 > head.Length && even * 20 < head.Length) return Encoding.Unicode;
        return even * 3 > head.Length && odd * 20 < head.Length ? Encoding.BigEndianUnicode : null;
    }

    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 4 && back <= bytes.Length; back++)
        {
            var b = bytes[^back];
            if (b < 0x80) break;
            if (b >= 0xC0) return bytes[..^back];
        }

        return bytes;
    }

    private static Encoding? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadLength)]);
        foreach (var declaration in declarations)
        {
            var at = head.IndexOf(declaration, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            var rest = head.AsSpan(at + declaration.Length).TrimStart("\"' ");
            var stop = 0;
            while (stop < rest.Length && (char.IsAsciiLetterOrDigit(rest[stop]) || rest[stop] is '-' or '_')) stop++;
            try
            {
                var name = rest[..stop].ToString();
                return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            }
            catch (ArgumentException)
            {
                return null; // An encoding nobody knows: the caller falls back and says so.
            }
        }

        return null;
    }
}
