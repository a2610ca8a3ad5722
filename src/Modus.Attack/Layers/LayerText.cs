using System.Text;
using System.Text.Unicode;

namespace Modus.Attack.Layers;

/// <summary>Makes clean UTF-8 of a file's bytes, and tells what had to be replaced.</summary>
internal static class LayerText
{
    public static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> bytes, LayerProblems problems)
    {
        var span = bytes.Span;
        if (span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        else if (span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) bytes = Encoding.Convert(Encoding.Unicode, Encoding.UTF8, span[2..].ToArray());
        else if (span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) bytes = Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, span[2..].ToArray());
        if (!Utf8.IsValid(bytes.Span))
        {
            problems.Add(LayerCodes.TextRepaired, "$", "bytes that are no UTF-8 were replaced by U+FFFD", "save the file as UTF-8");
            bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span));
        }
        return WithoutHalfSurrogates(bytes, problems);
    }

    /// <summary>An escape such as <c>\ud800</c> without its other half names no character; it becomes <c>\ufffd</c>.</summary>
    private static ReadOnlyMemory<byte> WithoutHalfSurrogates(ReadOnlyMemory<byte> bytes, LayerProblems problems)
    {
        var span = bytes.Span;
        if (span.IndexOf("\\ud"u8) < 0 && span.IndexOf("\\uD"u8) < 0) return bytes;
        byte[]? mended = null;
        for (var at = 0; at + 1 < span.Length; at++)
        {
            if (span[at] != '\\') continue;
            var unit = Escaped(span, at);
            if (unit < 0xD800 || unit > 0xDFFF)
            {
                at++;
                continue;
            }
            var next = Escaped(span, at + 6);
            if (unit < 0xDC00 && next is >= 0xDC00 and <= 0xDFFF)
            {
                at += 11;
                continue;
            }
            mended ??= span.ToArray();
            "\\ufffd"u8.CopyTo(mended.AsSpan(at));
            at += 5;
        }
        if (mended is null) return bytes;
        problems.Add(LayerCodes.TextRepaired, "$", "half characters (unpaired surrogates) were replaced by U+FFFD", "write whole characters");
        return mended;
    }

    /// <summary>The code unit of a <c>\uXXXX</c> escape at a place, or -1.</summary>
    private static int Escaped(ReadOnlySpan<byte> span, int at)
    {
        const int Length = 6;
        if (at < 0 || at + Length > span.Length || span[at] != '\\' || span[at + 1] != 'u') return -1;
        var unit = 0;
        foreach (var letter in span.Slice(at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)letter)) return -1;
            unit = unit * 16 + Convert.ToInt32(((char)letter).ToString(), 16);
        }
        return unit;
    }
}
